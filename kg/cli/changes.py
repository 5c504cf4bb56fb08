"""Prints what a build would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli import output
from kg.cli.words import language, say
from kg.errors import Exit, Text

if TYPE_CHECKING:
    from kg.pipeline import Changes

KINDS = {"new": Text("new", "新增"), "changed": Text("changed", "有改动"), "removed": Text("removed", "已移除")}


def print_changes(changes: Changes) -> int:
    """Prints a row for each file that differs, then what that means; the exit code is that of a check."""
    rows = [(word.say(language()), name) for kind, word in KINDS.items() for name in getattr(changes, kind)]
    if rows:
        output.table([say("what", "改动"), say("file", "文件")], rows)
        output.line()
    for reason in _reasons(changes):
        output.line(reason.say(language()))
    same = len(changes.same)
    output.line(say(f"{same} files are as they were.", f"{same} 个文件没有改动。"), "bold")
    return Exit.DONE if changes.none else Exit.NOT_CONFORMING


def _reasons(changes: Changes) -> list[Text]:
    """Why more than the files listed would be read or written."""
    if changes.none:
        return [Text("A build would change nothing.", "重新构建不会有任何改动。")]
    if not changes.store:
        none = Text("There is no store that was built whole: all would be read.", "没有完整构建过的图谱库：将读取所有文件。")
        return [none]
    reasons = []
    if changes.knowledge:
        reasons.append(
            Text(
                "The ontology folder, the settings or the program have changed: every file would be read again.",
                "本体文件夹、设置或程序有改动：将重新读取所有文件。",
            )
        )
    elif changes.tables:
        reasons.append(
            Text(
                "A table differs: where it names other units, every text would be read again.",
                "有表格不同：如果其中列出的单位有变，将重新读取所有文本。",
            )
        )
    if changes.writing and not (changes.knowledge or changes.new or changes.changed or changes.removed):
        reasons.append(
            Text(
                "What is made of the files differs: the store would be written anew.",
                "由文件得出的内容会不同：将重新写入图谱库。",
            )
        )
    return reasons
