"""Why a query has no answer, in words: it cannot be read, or it passed a limit."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.errors import QueryError, Text


class StoppedError(QueryError):
    """A query that passed a limit; nothing of its answer is given.

    Args:
        limit: "time", "memory", "depth", "rows", "size", or "left" where the asker gave it up.
    """

    def __init__(self, limit: str, message: Text, hint: Text) -> None:
        super().__init__(message, hint)
        self.limit = limit

    def __reduce__(self) -> tuple[type[StoppedError], tuple[str, Text, Text]]:  # type: ignore[override]
        return type(self), (self.limit, self.message, self.hint)


_LESS = Text("ask for fewer rows: add LIMIT, or leave out ORDER BY and DISTINCT", "请加上 LIMIT，或去掉 ORDER BY、DISTINCT")
_PARTS = Text("ask for it in parts: add LIMIT and OFFSET, or count instead", "请用 LIMIT 和 OFFSET 分批查询，或改为计数")
_WORDS: Mapping[str, tuple[Text, Text]] = {
    "time": (
        Text("the query was stopped after {} seconds", "查询超过 {} 秒，已停止"),
        Text(
            "connect all its patterns by shared variables, add LIMIT, or allow more time with --timeout",
            "请让各个三元组共用变量，加上 LIMIT，或用 --timeout 放宽时限",
        ),
    ),
    "memory": (Text("the query was stopped: it wants too much memory", "查询所需内存过多，已停止"), _LESS),
    "depth": (
        Text("the query was stopped: its process ended (nested too deeply?)", "查询已中断：其进程已结束（嵌套太深？）"),
        Text("write it with fewer brackets inside one another", "请减少括号的嵌套层数"),
    ),
    "rows": (Text("the answer has more than {} rows; nothing of it is given", "结果超过 {} 行，未返回任何内容"), _PARTS),
    "size": (Text("the answer is larger than {} bytes; nothing of it is given", "结果超过 {} 字节，未返回任何内容"), _PARTS),
    "left": (
        Text("the query was stopped: nobody waits for its answer", "查询已停止：已无人等待其结果"),
        Text("ask again", "请重新查询"),
    ),
}


def stopped(limit: str, most: float = 0) -> StoppedError:
    """The error for a query that passed a limit.

    >>> str(stopped("rows", 100))
    'the answer has more than 100 rows; nothing of it is given'
    """
    message, hint = _WORDS[limit]
    return StoppedError(limit, Text(*(words.format(f"{most:.15g}") for words in message)), hint)


_DAMAGE = re.compile(r"Corruption\b|IO error\b")


def wrong(reason: str) -> QueryError:
    """The error for a query that Oxigraph refuses; `kg.query.help` makes more of it. A damaged database is said to be so.

    >>> str(wrong("Corruption: block checksum mismatch"))
    'the store is damaged: Corruption: block checksum mismatch'
    """
    if _DAMAGE.search(reason):
        return QueryError(
            Text(f"the store is damaged: {reason}", f"图谱库已损坏：{reason}"),
            Text("build it from its sources again: `kg build --fresh`", "请从来源文件重新构建：`kg build --fresh`"),
        )
    return QueryError(
        Text(f"the query cannot be read: {reason}", f"无法读懂查询：{reason}"), Text("correct it at that place", "请在该处修改")
    )
