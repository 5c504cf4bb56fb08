# ruff: noqa: E501
"""An invented region of sixty units for tests and screenshots of the viewer: nothing in it names a real body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.network import Network, from_tables

BASE = "https://example.org/id/"


@dataclass(frozen=True)
class Term:
    value: str


@dataclass(frozen=True)
class Table:
    columns: Sequence[str]
    rows: Sequence[Sequence[Term | None]]


def table(columns: str, *rows: Sequence[object]) -> Table:
    """A query result; None and "" are unbound."""
    return Table(columns.split(), [[Term(str(cell)) if cell not in (None, "") else None for cell in row] for row in rows])


# label; kind; level; aliases
UNITS = """
青榆市人民检察院第一检察部党支部;party_branch;municipal;市检一部支部
白鹭区人民检察院第二党支部;party_branch;county;白鹭二支部
柳河县人民检察院党总支;party_branch;county;
青榆银行营业部党支部;party_branch;municipal;
青榆市人民检察院;procuratorate;municipal;市检察院 市院
白鹭区人民检察院;procuratorate;county;
柳河县人民检察院;procuratorate;county;
青榆市中级人民法院;court;municipal;市中院
白鹭区人民法院;court;county;
柳河县人民法院;court;county;
青榆市公安局;police;municipal;
白鹭区公安分局;police;county;
柳河县公安局松山派出所;police;township;松山派出所
青榆市司法局;justice;municipal;
白鹭区司法局;justice;county;
青榆市教育局;government;municipal;
青榆市生态环境局;government;municipal;
青榆市市场监督管理局;government;municipal;
白鹭区人民政府;government;county;
柳河县自然资源和规划局;government;county;
柳河县水利局;government;county;
白鹭区民政局;government;county;
共青团青榆市委员会;mass_organisation;municipal;团市委
青榆市妇女联合会;mass_organisation;municipal;市妇联
青榆市总工会;mass_organisation;municipal;
白鹭区残疾人联合会;mass_organisation;county;
青榆大学法学院;university;municipal;
北岭政法学院;university;provincial;
青榆师范学院;university;municipal;
白鹭区第一中学;school;county;白鹭一中
白鹭区实验小学;school;county;
柳河县松山镇中心小学;school;township;
未成年人司法研究中心;research_institute;provincial;
青榆水环境研究所;research_institute;municipal;
青榆市第一人民医院;hospital;municipal;市一医院
白鹭区妇幼保健院;hospital;county;
青榆银行;bank;municipal;
柳河农村商业银行;bank;county;
青禾科技有限公司;enterprise;municipal;
白鹭湖文旅集团;enterprise;county;
松山茶业合作社;enterprise;village;
青榆市律师协会;association;municipal;
青榆市民营企业家协会;association;municipal;
白鹭区志愿者协会;association;county;
柳河县护林协会;association;county;
白鹭区湖滨街道;government;township;
湖滨社区;community;village;
梧桐里社区;community;village;
松山镇石桥村;community;village;
松山镇云上村;community;village;
青榆革命纪念馆;museum;municipal;
白鹭湖湿地博物馆;museum;county;
北岭省人民检察院;procuratorate;provincial;省检察院
北岭省河湖保护委员会;committee;provincial;
青榆市未成年人保护委员会;committee;municipal;
青榆市人民检察院办公室;department;municipal;
高校;university;;
社会组织;association;;
外省某检察机关;procuratorate;;
旧城改造指挥部;committee;;
"""

# initiator; partners; mechanism; its kind; years; outcome
LINKS = """
青榆市人民检察院第一检察部党支部;青榆市中级人民法院 青榆市公安局 青榆市司法局 青榆市律师协会;“同行”党建联席会议制度;system;2021 2023;联合制发办案指引
青榆市人民检察院第一检察部党支部;青榆大学法学院 北岭政法学院 未成年人司法研究中心;“明灯”检校共建平台;platform;2020;共建课程
青榆市人民检察院第一检察部党支部;白鹭区第一中学 白鹭区实验小学 共青团青榆市委员会 青榆市教育局 青榆市妇女联合会;“小白杨”法治课堂品牌;brand;2019 2022;举办法治课
青榆市人民检察院第一检察部党支部;青榆革命纪念馆;“寻根”主题党日活动;activity;2021;
青榆市人民检察院第一检察部党支部;高校;;;;
青榆市人民检察院第一检察部党支部;青榆市未成年人保护委员会 青榆市人民检察院办公室;未成年人保护工作站;post;2022;帮助未成年人
白鹭区人民检察院第二党支部;白鹭区人民法院 白鹭区公安分局 白鹭区司法局;“三方同堂”业务研讨机制;mechanism;2020 2023;
白鹭区人民检察院第二党支部;湖滨社区 梧桐里社区 白鹭区湖滨街道 白鹭区民政局;“湖畔议事”服务站;post;2022;化解纠纷
白鹭区人民检察院第二党支部;白鹭区残疾人联合会 白鹭区志愿者协会 社会组织 白鹭区妇幼保健院;“暖光”救助平台;platform;2021;发放救助金
白鹭区人民检察院第二党支部;白鹭湖文旅集团 白鹭湖湿地博物馆;湿地保护联盟;joint_body;2023;修复湿地
白鹭区人民检察院第二党支部;青榆市人民检察院第一检察部党支部;“上下一盘棋”结对机制;mechanism;2022;
柳河县人民检察院党总支;柳河县人民法院 柳河县公安局松山派出所 柳河县自然资源和规划局;“护林”联合巡查机制;mechanism;2021 2024;补种树苗
柳河县人民检察院党总支;柳河县水利局 北岭省河湖保护委员会 青榆水环境研究所 青榆市生态环境局;“河长+检察长”协作机制;mechanism;2020 2022;清理河道
柳河县人民检察院党总支;松山镇石桥村 松山镇云上村 松山茶业合作社 柳河农村商业银行;“茶山红”结对帮扶活动;activity;2023;增收
柳河县人民检察院党总支;柳河县护林协会 柳河县松山镇中心小学;“小小护林员”志愿服务队;joint_body;2024;
青榆银行营业部党支部;青榆银行 青禾科技有限公司 青榆市民营企业家协会 青榆市市场监督管理局;“清风贷”服务专班;joint_body;2022 2023;发放贷款
青榆银行营业部党支部;柳河农村商业银行 青榆市总工会;金融知识宣讲活动;activity;2023;
青榆银行营业部党支部;青榆市人民检察院第一检察部党支部;“企检同心”工作室;platform;2023;避免损失
白鹭区人民政府;白鹭区人民检察院第二党支部;湿地保护联盟;joint_body;2023;
青榆市中级人民法院;青榆市人民检察院第一检察部党支部;“同行”党建联席会议制度;system;2023;
青榆市人民检察院;北岭省人民检察院 青榆市人民检察院第一检察部党支部;;;2022;
白鹭区人民检察院;白鹭区人民检察院第二党支部;;;2022;
柳河县人民检察院;柳河县人民检察院党总支;;;2022;
柳河县公安局;柳河县人民检察院;“护林”联合巡查机制;mechanism;2021;
青榆市第一人民医院;白鹭区妇幼保健院 青榆市妇女联合会;“一站式”询问室;platform;2022;
青榆师范学院;柳河县松山镇中心小学;支教活动;activity;2023;
外省某检察机关;旧城改造指挥部;公益诉讼协作会议;activity;2021;
"""

SENTENCES = (
    "{year}，{source}与{target}依托{through}开展联合学习，并就{topic}形成一致意见。",
    "在{through}推动下，{source}联合{target}，围绕{topic}建立常态化沟通渠道，全年会商十二次。",
    "{source}通过{through}同{target}签订共建协议，共同推进{topic}。",
)
TOPICS = ("未成年人综合保护", "河湖生态修复", "涉企案件办理", "基层矛盾化解", "法治宣传教育")
DOCUMENTS = ("青榆市党建与业务融合典型事例", "白鹭区共建案例汇编", "柳河县协作工作报告")


def iri(label: str) -> str:
    return f"{BASE}unit/{label}"


def edges() -> Table:
    """The rows of the links query: one a pair, mechanism and year."""
    rows: list[Sequence[object]] = []
    for line in LINKS.strip().splitlines():
        source, partners, mechanism, kind, years, outcome = line.split(";")
        for target in partners.split():
            for year in years.split() or [""]:
                rows.append(_row(len(rows), source, target, mechanism, kind, year, outcome))
    return table(
        "source sourceLabel target targetLabel proof label mechanism mechanismKind year outcome quote exact start"
        " document title file address rule producer status confidence",
        *rows,
    )


def _row(number: int, source: str, target: str, mechanism: str, kind: str, year: str, outcome: str) -> list[object]:
    words = {"year": f"{year}年" if year else "近年来", "source": source, "target": target, "through": mechanism or "日常往来"}
    sentence = SENTENCES[number % 3].format(**words, topic=TOPICS[number % 5])
    start = min(sentence.index(source), sentence.index(target))
    exact = sentence[start : max(sentence.index(source) + len(source), sentence.index(target) + len(target))]
    title = DOCUMENTS[number % 3]
    address = "https://example.org/cases/1.html" if number % 3 == 0 else ""
    where = [f"{BASE}document/{number % 3}", title, f"cases/{title}.docx", address]
    how = [f"cooperate.with.{number % 4}", "rules", ("unreviewed", "accepted", "edited")[number % 7 % 3], 0.8]
    ends = [iri(source), source, iri(target), target]
    label = f"{source}与{target}"
    fact = [f"{BASE}cooperation/{number:03}", label, mechanism, kind, year, outcome]
    return [*ends, *fact, sentence, exact, 40 * number, *where, *how]


def nodes() -> Table:
    """The rows of the units query: one a unit and alias."""
    rows: list[Sequence[object]] = []
    for line in UNITS.strip().splitlines():
        label, kind, level, aliases = line.split(";")
        generic = "true" if label in ("高校", "社会组织") else "false"
        rows.extend((iri(label), label, alias, kind, level, generic) for alias in aliases.split() or [""])
    return table("node label alt kind level generic", *rows)


def findings() -> Table:
    """The rows of the facts query: mechanisms and outcomes of the units that initiate."""
    rows: dict[str, Sequence[object]] = {}
    for number, line in enumerate(LINKS.strip().splitlines()):
        source, _, mechanism, kind, years, outcome = line.split(";")
        year = (years.split() or [""])[-1]
        where = [f"{BASE}document/{number % 3}", DOCUMENTS[number % 3], f"cases/{DOCUMENTS[number % 3]}.docx"]
        if mechanism:
            quote = f"{source}探索建立{mechanism}，把支部建在业务一线。"
            fact = [iri(source), f"{BASE}mechanism/{source}/{mechanism}", "mechanism", mechanism, kind, "", ""]
            rows[fact[1]] = [*fact, quote, mechanism, number * 90, *where, "create.verb", "rules", "accepted"]
        if outcome:
            amount = f"≥ {(number + 3) * 37}"
            quote = f"截至{year}年，{source}累计{outcome}{(number + 3) * 37}次以上。"
            fact = [iri(source), f"{BASE}outcome/{number}", "outcome", outcome, "count", amount, year]
            rows[fact[1]] = [
                *fact,
                quote,
                f"{outcome}{(number + 3) * 37}次",
                number * 90 + 50,
                *where,
                "count.measure",
                "rules",
                "unreviewed",
            ]
    return table(
        "node proof type label kind amount year quote exact start document title file rule producer status", *rows.values()
    )


def demo() -> Network:
    """The invented network."""
    return from_tables(edges(), nodes(), findings())
