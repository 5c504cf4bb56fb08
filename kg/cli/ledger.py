"""Prints the ledger of a build: a row for each file, then what was noticed, then what could not be read and the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.cli import output
from kg.cli.counts import counted
from kg.cli.words import language, say
from kg.vocab.terms import COOP

if TYPE_CHECKING:
    from kg.load.ledger import LedgerEntry
    from kg.pipeline import BuildResult
    from kg.vocab.reader import Ontology

CLASSES = {"cases": "Case", "units": "Unit", "mechanisms": "Mechanism", "cooperations": "Cooperation", "outcomes": "Outcome"}
LONG = 100  # with more files than this, those that give nothing to say are only counted


def kinds(ontology: Ontology) -> dict[str, str]:
    """The name of each kind of fact in the language in force."""
    return {plural: ontology.label(COOP + name, language()) for plural, name in CLASSES.items()}


def print_ledger(result: BuildResult, names: Mapping[str, str]) -> None:
    """Prints all of it, and how the build ended; `names` of the kinds of facts."""
    entries = result.ledger.entries
    _print_table(entries, names)
    for entry in entries:
        _print_notes(entry)
    failed = [entry for entry in entries if entry.error]
    if failed:
        output.line()
        output.line(say("Not read, or nothing found:", "未能读取或没有内容可取："), "bold red")
    for entry in failed:
        _print_error(entry)
    print_orphans(result.ledger.orphans)
    output.line()
    output.line(_summary(result, names), "bold")


def print_orphans(orphans: Sequence[Mapping[str, Any]]) -> None:
    """The decisions of reviewers that found no place (as the ledger has them), each with what is most like it."""
    from kg.review import Decision
    from kg.review.labels import ACTIONS

    if orphans:
        output.line()
        heading = say("Decisions that found no place (they stay in the file):", "未能落实的审核决定（仍保留在文件中）：")
        output.line(heading, "bold red")
    for orphan in orphans[:LONG]:
        decision = Decision.from_json(orphan["decision"])
        words = "、".join(dict.fromkeys([*decision.units, *(words.text for words in decision.roles)])) or decision.id
        output.line(f"? {ACTIONS[decision.action].say(language())} {words}  {decision.document}")
        output.line("  " + say(orphan["reason"]["en"], orphan["reason"]["zh"]))
        if decision.sentence:
            output.quote(decision.sentence, decision.exact, "  ")
        nearest = orphan.get("nearest", {})
        near = nearest.get("sentence") or nearest.get("name")
        if near:
            output.line(say("  most like it: ", "  最接近的是：") + near)
    if len(orphans) > LONG:
        more = len(orphans) - LONG
        output.line(say(f"and {more} more; all are in ledger.json", f"另有 {more} 条，均记录在 ledger.json 中"))


def _print_table(entries: Sequence[LedgerEntry], names: Mapping[str, str]) -> None:
    shown = [entry for entry in entries if len(entries) <= LONG or entry.error or entry.notes]
    columns = [say("file", "文件"), say("encoding", "编码"), *names.values()]
    output.table(columns, [_row(entry) for entry in shown])
    if len(shown) < len(entries):
        more = len(entries) - len(shown)
        output.line(
            say(
                f"and {more} more files without remarks; all are in ledger.json",
                f"另有 {more} 个文件无须说明，均记录在 ledger.json 中",
            )
        )


def _row(entry: LedgerEntry) -> list[str]:
    mark = "✗ " if entry.error else "– " if entry.skipped else "✓ "
    return [mark + entry.source, entry.encoding or entry.format, *(str(entry.facts.get(kind) or "") for kind in CLASSES)]


def _print_notes(entry: LedgerEntry) -> None:
    notes = [note.say(language()) for note in entry.notes]
    if entry.replaced:
        places = ", ".join(entry.replaced_at[:5])
        notes.insert(
            0, say(f"{entry.replaced} characters unreadable, at {places}", f"{entry.replaced} 个字符无法辨认，位于 {places}")
        )
    if entry.counts:
        notes.append(counted(entry.counts))
    if notes:
        output.line(entry.source, "bold")
        for note in notes:
            output.line(f"  {note}")


def _print_error(entry: LedgerEntry) -> None:
    if entry.error:
        output.line(f"✗ {entry.error.message.say(language())}", "red")
        output.line(f"  → {entry.error.hint.say(language())}")


def _summary(result: BuildResult, names: Mapping[str, str]) -> str:
    files = len(result.ledger.entries)
    failed = sum(entry.error is not None for entry in result.ledger.entries)
    found = say(", ", "，").join(f"{name} {result.facts[kind]}" for kind, name in names.items())
    en = f"{files} files, {result.characters:,} characters in {result.seconds:.1f} s: {found}."
    zh = f"{files} 个文件，{result.characters:,} 个字符，用时 {result.seconds:.1f} 秒：{found}。"
    if failed:
        en += f" {failed} could not be used, see above (exit code 1)."
        zh += f"有 {failed} 个文件未能使用，见上（退出码 1）。"
    if result.unchanged:
        en += " Nothing has changed since the last build."
        zh += "与上次构建相比没有改动。"
    elif result.read < files - failed:
        en += f" Read now: {result.read}; the others are as they were."
        zh += f"本次读取 {result.read} 个，其余没有改动。"
    if not result.written and not result.unchanged:
        en += " Nothing could be read, so the store was left as it was."
        zh += "没有可读的内容，图谱库保持原样。"
    return say(en, zh)
