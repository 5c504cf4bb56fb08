"""Commands that read: build, extract, validate, evaluate."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg
from kg.cli import output
from kg.cli.group import command
from kg.cli.ledger import kinds, print_ledger
from kg.cli.parts import Number, OneOf, Option, form_option
from kg.cli.words import language, say
from kg.errors import Exit, Text
from kg.vocab.terms import COOP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.config import Config
    from kg.evaluate import Gold, Score
    from kg.load.ledger import LedgerEntry
    from kg.vocab.reader import Ontology

EXECUTORS = ("serial", "processes", "dask")
_CLEAR = "\r\x1b[2K"


@command(
    Text(
        "Build the store from files, folders or patterns; without SOURCE, from what kg.toml names. "
        "Only files that changed since the last build are read again. "
        "Ends with the ledger; exit code 1 if some file could not be used.",
        "从文件、文件夹或通配符构建图谱库；不写 SOURCE 则取 kg.toml 所列。"
        "只重新读取上次构建之后有改动的文件。"
        "最后列出每个文件的读取情况；有文件未能使用时退出码为 1。",
    )
)
@click.argument("source", nargs=-1)
@click.option(
    "--check",
    is_flag=True,
    cls=Option,
    about=Text("Only say what would change; exit code 1 if something would.", "只说明会有哪些改动，不构建；有改动时退出码为 1。"),
)
@click.option(
    "--fresh",
    is_flag=True,
    cls=Option,
    about=Text("Read every file again, whatever was read before.", "不管以前读过什么，重新读取所有文件。"),
)
@click.option(
    "--executor",
    cls=Option,
    type=OneOf(Text("executor", "执行方式"), EXECUTORS),
    about=Text(
        "Who reads: this process, several, or a dask cluster; default: several processes where there are many files.",
        "由本进程、多个进程还是 dask 集群读取；默认：文件多时用多个进程。",
    ),
)
@click.option(
    "--workers",
    cls=Option,
    metavar="N",
    type=Number(1, 256),
    about=Text("How many processes read; default: as many as there are processors.", "读取进程的个数；默认与处理器个数相同。"),
)
def build(
    source: tuple[str, ...], check: bool, fresh: bool, executor: str | None, workers: float | None, store: str | None
) -> int:
    graph = kg.open(store)
    if check:
        from kg.cli.changes import print_changes

        return print_changes(graph.changes(source))
    from kg.pipeline import Options
    from kg.pipeline.executor import executor_named

    who = executor_named(executor, int(workers or 0), graph.config.seconds, graph.config.scheduler)
    result = graph.build(source, _progress(), Options(fresh, who))
    if sys.stderr.isatty():
        click.echo(_CLEAR, nl=False, err=True)
    print_ledger(result, kinds(graph.ontology))
    return Exit.DONE if result.ledger.ok else Exit.NOT_CONFORMING


def _progress() -> Callable[[LedgerEntry], None]:
    """Tells each file on stderr: in one line that changes on a terminal, else not at all but every hundred."""
    done = 0

    def tell(entry: LedgerEntry) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            words = output.clean(f"{done} {entry.source}").replace("\n", " ")
            click.echo(_CLEAR + words[:60], nl=False, err=True)
        elif done % 100 == 0:
            click.echo(say(f"{done} files read", f"已读取 {done} 个文件"), err=True)

    return tell


@command(
    Text(
        "Show what is found in files, with the sentences that prove it; writes nothing. "
        "With --format jsonl, the candidates before it is decided what is one thing, one in a line.",
        "显示在文件中找到的事实及其原句；不保存任何内容。用 --format jsonl 则每行输出一条合并之前的候选事实。",
    ),
    store=False,
)
@click.argument("file", nargs=-1, required=True)
@form_option("text", "json", "jsonl")
def extract(file: tuple[str, ...], form: str) -> int:
    from kg.cli.facts import facts_json, print_facts
    from kg.pipeline import GrammarReader, read_facts

    graph = kg.open()
    config = graph.config
    if form == "jsonl":
        return _candidates(config, file)
    readings = list(read_facts(config, file, GrammarReader(config)))
    pairs = [pair for reading in readings for pair in reading.documents]
    if form == "json":
        click.echo(json.dumps([facts_json(document, facts) for document, facts in pairs], ensure_ascii=False, indent=1))
    else:
        for document, facts in pairs:
            print_facts(document, facts, graph.ontology)
    errors = [reading.entry.error for reading in readings if reading.entry.error]
    if errors:
        raise errors[0]
    return Exit.DONE


def _candidates(config: Config, files: Sequence[str]) -> int:
    """Prints the candidates of each file as they are found, then complains of the first that could not be read."""
    from kg.pipeline import GrammarReader, read_candidates
    from kg.review.records import candidate_line

    errors = []
    for entry, documents in read_candidates(config, files, GrammarReader(config)):
        for document, candidates in documents:
            for candidate in candidates:
                click.echo(candidate_line(candidate, document.id, kg.__version__))
        errors += [entry.error] if entry.error else []
    if errors:
        raise errors[0]
    return Exit.DONE


@command(
    Text(
        "Check the store against the shapes and checks of the ontology; exit code 1 if it does not conform.",
        "按本体的形状和检查项校验图谱库；不符合时退出码为 1。",
    )
)
def validate(store: str | None) -> int:
    with kg.open(store) as graph:
        report = graph.validate(language())
    for row in report.rows:
        output.line(f"{row.severity}  {row.focus}", "bold")
        output.line(f"    {row.message.say(language())}")
    output.line(
        say("The store conforms.", "图谱库符合要求。")
        if report.conforms
        else say("The store does not conform.", "图谱库不符合要求。")
    )
    return Exit.DONE if report.conforms else Exit.NOT_CONFORMING


@command(
    Text(
        "Compare what is found with references (GOLD: JSON files or folders of them): precision, recall and F1, "
        "also for each sector that references name. "
        "The text is the file that a reference names, beside it, in --text or in data/reports; "
        "with --store, the store's graph is compared instead.",
        "把找到的事实与标注（GOLD：JSON 文件或其文件夹）对照，给出精确率、召回率和 F1；标注写明行业的，另按行业给出。"
        "原文为标注所指的文件，在标注旁、--text 或 data/reports 中查找；写明 --store 时则对照图谱库中的图。",
    )
)
@click.argument("gold", nargs=-1, required=True)
@click.option(
    "--text", metavar="PATH", cls=Option, about=Text("The text, or the folder that holds it.", "原文文件，或其所在的文件夹。")
)
@click.option("--errors", is_flag=True, cls=Option, about=Text("List every miss and every false find.", "列出每个遗漏和误报。"))
@click.option(
    "--floor",
    cls=Option,
    metavar="F1",
    type=Number(0, 1),
    about=Text("Exit code 1 if an F1 is below this.", "任一 F1 低于此值则退出码为 1。"),
)
@form_option("table", "json")
def evaluate(gold: tuple[str, ...], text: str | None, errors: bool, floor: float | None, form: str, store: str | None) -> int:
    from kg.evaluate import by_sector, gold_files, total, total_of

    golds = gold_files(Path(path) for path in gold)
    scores = _scores(golds, text, store)
    summed = total(scores)
    summed["total"] = total_of(summed)
    sectors = by_sector(golds, scores)
    names = _kinds(kg.open().ontology)
    if form == "json":
        click.echo(json.dumps(_score_json(summed, sectors), ensure_ascii=False, indent=1))
    else:
        _print_score(summed, names)
        _print_sectors(sectors, names)
    if errors and form == "table":
        for reference, one in zip(golds, scores, strict=True):
            _print_errors(reference, one, names)
    return Exit.NOT_CONFORMING if floor is not None and any(figure.f1 < floor for figure in summed.values()) else Exit.DONE


def _scores(golds: Sequence[Gold], text: str | None, store: str | None) -> list[Score]:
    from kg.evaluate import in_store, score, score_texts

    with kg.open(store) as graph:
        if store:
            return [score(gold, in_store(graph.store, Path(gold.source).name)) for gold in golds]
        return score_texts(golds, graph.config, Path(text) if text else None)


def _kinds(ontology: Ontology) -> dict[str, str]:
    return {**kinds(ontology), "partners": ontology.label(COOP + "Partner", language()), "total": say("total", "总计")}


def _print_score(summed: Score, names: Mapping[str, str]) -> None:
    columns = [
        ("kind", "种类"),
        ("precision", "精确率"),
        ("recall", "召回率"),
        ("F1", "F1"),
        ("right", "正确"),
        ("missed", "遗漏"),
    ]
    rows = [
        [
            names[kind],
            *(f"{number:.3f}" for number in (figure.precision, figure.recall, figure.f1)),
            *(str(number) for number in (figure.hits, len(figure.missed), len(figure.extra))),
        ]
        for kind, figure in summed.items()
    ]
    output.table([say(*column) for column in (*columns, ("extra", "误报"))], rows)


def _score_json(summed: Score, sectors: Mapping[str, Score]) -> dict[str, object]:
    """The figures of each kind; under "sectors", where references name some, the same for each sector."""
    figures: dict[str, object] = {kind: figure.to_json() for kind, figure in summed.items()}
    parts = {sector: _score_json(score, {}) for sector, score in sectors.items()}
    return {**figures, "sectors": parts} if parts else figures


def _print_sectors(sectors: Mapping[str, Score], names: Mapping[str, str]) -> None:
    """A row a sector: F1 of each kind, then precision, recall and F1 of all kinds together."""
    from kg.evaluate import KINDS, total_of

    if not sectors:
        return
    columns = [say("sector (F1)", "行业（F1）"), *(names[kind] for kind in KINDS)]
    rows = []
    for sector, score in sectors.items():
        every = total_of(score)
        numbers = (*(score[kind].f1 for kind in KINDS), every.precision, every.recall, every.f1)
        rows.append([sector, *(f"{number:.3f}" for number in numbers)])
    output.line()
    output.table([*columns, say("precision", "精确率"), say("recall", "召回率"), "F1"], rows)


def _print_errors(gold: Gold, one: Score, names: Mapping[str, str]) -> None:
    output.line()
    output.line(str(gold.path), "bold")
    for kind, figure in one.items():
        for word, items in ((say("missed", "遗漏"), figure.missed), (say("extra", "误报"), figure.extra)):
            for item in items:
                output.line(f"  {word} {names[kind]}{say(': ', '：')}{item}")
