"""Outcomes of one sentence."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.extract.outcomes import OutcomeHit, find_outcomes
from kg.model import Mention
from kg.vocab.outcome_lexicon import Entry, read_outcome_lexicon

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
LEXICON = read_outcome_lexicon(ONTOLOGY)


def unit(text: str, name: str, offset: int = 0) -> Mention:
    start = text.index(name) + offset
    return Mention(name, start, start + len(name), name, "unit")


def told(hit: OutcomeHit) -> dict[str, str]:
    """An outcome as flat text, by the keys that the examples in the ontology use."""
    slots = {"value": hit.quantity, "bound": hit.bound, "unit": hit.unit, "year": hit.year, "by": hit.by}
    found = {key: slot.name for key, slot in slots.items() if slot is not None}
    return {"kind": hit.kind, "what": hit.what.text, **found, **({"period": hit.period.text} if hit.period else {})}


def read(text: str, *mentions: Mention) -> list[dict[str, str]]:
    return [told(hit) for hit in find_outcomes(text, mentions, LEXICON)]


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: entry.id)
def test_the_example_of_an_entry_gives_what_the_entry_says(entry: Entry) -> None:
    found = [hit for example in entry.examples for hit in read(example)]
    assert entry.examples and len(found) == len(entry.gives), found
    for want, got in zip(entry.gives, found, strict=True):
        assert {key: got.get(key) for key in want} == dict(want)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("累计化解纠纷179起，其中疑难纠纷19起、群体隐患10起", [("化解纠纷", "179"), ("疑难纠纷", "19"), ("群体隐患", "10")]),
        ("成立4个联合研究室和15个服务站", [("联合研究室", "4"), ("服务站", "15")]),
        ("批捕12件18人", [("批捕", "12"), ("批捕", "18")]),
        ("17名职工获评全县业务骨干", [("全县业务骨干", "17")]),
        ("32件作品获著作权登记", [("著作权登记", "32")]),
        ("9个镇将台账纳入本镇管理", [("将台账纳入本镇管理", "9")]),
        ("帮助12家合作社解决难题35个", [("合作社", "12"), ("解决难题", "35")]),
        ("开设国学讲座、普法讲座共8门", [("国学讲座、普法讲座", "8")]),
        ("制定了例会、轮值、交流等9项制度", [("制度", "9")]),
        ("为320名老人提供上门护理", [("老人提供上门护理", "320")]),
        ("获评市文明单位等市级以上荣誉16项", [("市文明单位等市级以上荣誉", "16")]),
        ("将167名村民代表纳入调解人才库", [("调解人才库", "167")]),
        ("督促复垦被非法占用的耕地21.6亩", [("复垦被非法占用的耕地", "21.6")]),
        ("派出两批共315名专家", [("专家", "315")]),
        ("与8家院校签署合作协议", [("院校签署合作协议", "8")]),
    ],
)
def test_what_is_counted_stands_before_or_after_the_number(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(hit["what"], hit["value"]) for hit in read(text)] == wanted
    assert {hit["kind"] for hit in read(text)} == {"count"}


@pytest.mark.parametrize(
    ("text", "kind", "what", "value"),
    [
        ("群众满意率达98.5%", "rate", "群众满意率", "98.5"),
        ("全镇对水费催缴的贡献率连续2年保持在60%以上", "rate", "水费催缴的贡献率", "60"),
        ("信访量同比下降15.6%", "change", "信访量同比下降", "15.6"),
        ("平均办理时限由15天缩短至3天", "change", "平均办理时限", "3"),
        ("占比从2019年的90%下降到2022年的64%", "change", "占比", "64"),
        ("受理量增长3倍", "change", "受理量增长", "3"),
        ("平均审理天数为23天", "count", "平均审理天数", "23"),
    ],
)
def test_rates_and_changes_name_what_they_measure(text: str, kind: str, what: str, value: str) -> None:
    (hit,) = read(text)
    assert (hit["kind"], hit["what"], hit["value"]) == (kind, what, value)


def test_a_change_without_a_noun_of_its_own_measures_what_was_counted_before() -> None:
    first, second = read("2022年诉前调解纠纷114.35万件，同比增长46.6%")
    assert (first["value"], first["what"]) == ("1143500", "诉前调解纠纷")
    assert (second["kind"], second["what"], second["value"]) == ("change", "诉前调解纠纷114.35万件，同比增长", "46.6")


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("负责人获评全省技术能手", "honour", "全省技术能手"),
        ("入选“2024年度创新案例”", "honour", "“2024年度创新案例”"),
        ("连续两年在全省技能竞赛活动中名列前茅", "honour", "全省技能竞赛活动"),
        ("该案成为全国唯一入选的生态保护典型案例", "honour", "生态保护典型案例"),
        ("经验做法两度写入年度蓝皮书", "citation", "年度蓝皮书"),
        ("经验做法被《法治日报》等媒体报道", "citation", "《法治日报》"),
        ("首创的取样规程被上级采纳", "adoption", "取样规程"),
        ("取样做法多次获得县委、县政府主要领导批示肯定", "adoption", "取样做法"),
        ("首创的取样规程，已经被上级采纳", "adoption", "取样规程"),
        ("孵化出一批典型案例", "qualitative", "典型案例"),
    ],
)
def test_what_others_gave_printed_or_took_over(text: str, kind: str, what: str) -> None:
    (hit,) = read(text)
    assert (hit["kind"], hit["what"]) == (kind, what)


def test_stacked_titles_are_honours_of_their_own() -> None:
    found = read("先后荣获“全国青年文明号”“省级文明单位”“市工人先锋号”等荣誉")
    assert [hit["what"] for hit in found] == ["“全国青年文明号”", "“省级文明单位”", "“市工人先锋号”"]


def test_a_list_of_honours_is_cut_where_the_next_verb_begins() -> None:
    found = read("甲项目入选全国典型案例、乙项目入选省级典型案例")
    assert [hit["what"] for hit in found] == ["全国典型案例", "省级典型案例"]


def test_the_unit_before_a_title_or_before_the_verb_is_who_recognised() -> None:
    text = "获评省高院“高质效服务”改革典型事例"
    (honour,) = read(text, unit(text, "省高院"))
    assert (honour["by"], honour["what"]) == ("省高院", "“高质效服务”改革典型事例")
    text = "该规程被省水利厅采纳推广"
    assert [hit["by"] for hit in read(text, unit(text, "省水利厅"))] == ["省水利厅"]


def test_year_and_period_carry_over_to_later_clauses() -> None:
    found = read("2024年，走访农户120家，解决难题35个")
    assert [hit["year"] for hit in found] == ["2024", "2024"]
    assert read("今年以来，走访农户120家")[0]["period"] == "今年以来"
    assert [hit.get("period") for hit in read("满意率连续3年保持在98%以上，建成12个站点")] == ["连续3年", None]


def test_a_year_inside_a_title_is_not_carried_over() -> None:
    assert [hit.get("year") for hit in read("入选“2024年度典型案例”，建成12个站点")] == ["2024", None]


@pytest.mark.parametrize(
    "text",
    [
        "第一支部推行“1+N”模式和“三级两室一团队”布局",
        "每周开展1次学习，实行24小时值班",
        "下一步计划建成12个站点，力争服务群众3万人",
        "到2027年底，全县建成站点30个",
        "该支部现有党员35名，下设3个小组",
        "联合辖区内11家银行网点开展活动",
        "区妇联等18家单位负责人出席仪式",
        "一是强化第十七条规定的落实，二是坚持两个维护",
        "拖欠17名工人工资共计43.6万元",
        "学习贯彻二十届三中全会精神，以“四融”促“四新”",
        "同一个小组的成员聚到一起",
        "记者从市局了解到",
        "排名前50的志愿者领到证书",
        "入围公示期间",
    ],
)
def test_numbers_that_are_no_outcome_stay_out(text: str) -> None:
    assert read(text) == []


def test_a_number_inside_a_unit_mention_stays_out() -> None:
    text = "组织11家金融机构开展宣传"
    assert read(text, unit(text, "11家金融机构")) == []


def test_offsets_are_of_the_document() -> None:
    text = "建成15个站点"
    (hit,) = find_outcomes(text, (), LEXICON, start=100)
    assert (hit.start, hit.end, hit.what.start, hit.what.end) == (100, 107, 105, 107)
    assert all(text[slot.start - 100 : slot.end - 100] == slot.text for slot in hit.slots)


def test_every_rule_is_an_entry_of_the_ontology() -> None:
    ids = {entry.id for entry in LEXICON.entries}
    examples = [text for entry in LEXICON.entries for text in entry.examples]
    assert {hit.rule for text in examples for hit in find_outcomes(text, (), LEXICON)} <= ids


def sentences(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found[0]) for found in re.finditer(r"[^。！？\n]+[。！？]?", text))


def test_the_outcomes_of_the_reference_report_are_found(shared: Path | None) -> None:
    """Every outcome of the reference by value and name, and nothing else; without it, the report of a made-up town."""
    if shared is None:
        assert len(read("2024年，建成15个站点，满意率达98%，获评全省先进集体")) == 3
        return
    gold = json.loads((shared / "gold" / "seed.json").read_text(encoding="utf-8"))
    text = (shared / "seeds" / gold["source"]).read_text(encoding="utf-8")
    body = text.index(gold["cases"][0]["title"])
    found = [hit for start, words in sentences(text) if start > body for hit in find_outcomes(words, (), LEXICON, start)]
    wanted = [outcome for case in gold["cases"] for outcome in case["outcomes"]]
    assert len(found) == len(wanted)
    for want, hit in zip(wanted, found, strict=True):
        assert float(hit.quantity.value if hit.quantity else 0) == want.get("value", 0)
        assert bare(want["what"]) in bare(hit.what.text) or bare(hit.what.text) in bare(want["what"])


def bare(name: str) -> str:
    return re.sub("[“”的]", "", name)


HOSTILE = [
    *["1,234", "走访1个", "荣获", "被在", "“", "由3个至", "一百", "计划。", "同比下降", "、2024年", "获奖1项、", "第一名位居"],
    *["写入", "在全国推广", "获1个批示", "从3天", "孵化一批"],
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_reading_stays_linear_on_hostile_text(piece: str) -> None:
    """Four times the text may take at most ten times the processor's time (the clock of this process only)."""
    short, long = (_seconds(piece * (length // len(piece))) for length in (5_000, 20_000))
    assert long < 10 * max(short, 0.02)


def _seconds(text: str) -> float:
    """The shortest of three times."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        find_outcomes(text, (), LEXICON)
        times.append(time.process_time() - begun)
    return min(times)
