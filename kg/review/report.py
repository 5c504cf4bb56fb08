"""The quality report as tables and as a page that opens from disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from kg.errors import Text
from kg.review.quality import Figures, Quality

TITLE = Text("Quality of what was read", "读取质量报告")
_COLUMNS = (
    Text("precision", "精确率"),
    Text("at least (95 %)", "下限（95%）"),
    Text("right", "正确"),
    Text("edited", "修改"),
    Text("wrong", "错误"),
    Text("added by hand", "人工补充"),
    Text("open", "待审核"),
    Text("reviewed", "审核进度"),
)
_STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 2rem;width:100%}th,td{padding:.3rem .6rem;border-bottom:1px solid #ccc}
th{text-align:left}td:not(:first-child),th:not(:first-child){text-align:right}caption{text-align:left;font-weight:bold}"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def tables(found: Quality, kinds: Mapping[str, str], lang: str) -> Iterator[Table]:
    """The report's tables: by kind with the total, by rule, by producer.

    Args:
        kinds: names of the kinds of facts.
    """
    total = Text("total", "总计").say(lang)
    by_kind = {kinds.get(kind, kind): figures for kind, figures in found.by_kind.items()} | {total: found.total}
    for first, figures in (
        (Text("kind", "种类"), by_kind),
        (Text("rule", "规则"), found.by_rule),
        (Text("producer", "抽取来源"), found.by_producer),
    ):
        columns = [first.say(lang), *(column.say(lang) for column in _COLUMNS)]
        yield Table(first.say(lang), columns, [[name, *_cells(each)] for name, each in figures.items()])


def _cells(figures: Figures) -> list[str]:
    counts = (figures.right, figures.edited, figures.wrong, figures.added, figures.open)
    return [_share(figures.precision), _share(figures.at_least), *map(str, counts), _share(figures.coverage)]


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def waiting(found: Quality, lang: str) -> str:
    """What is still to be decided, in a sentence."""
    text = Text(
        f"{found.total.open} facts and {found.proposals} pairs of units are to be decided.",
        f"待审核：{found.total.open} 条事实、{found.proposals} 对单位。",
    )
    return text.say(lang)


def report_json(found: Quality) -> dict[str, Any]:
    """The report as plain data."""

    def plain(figures: Figures) -> dict[str, Any]:
        shares = {"precision": figures.precision, "at_least": figures.at_least, "coverage": figures.coverage}
        return {**asdict(figures), **shares}

    groups = {"by_kind": found.by_kind, "by_rule": found.by_rule, "by_producer": found.by_producer}
    return {
        **{name: {key: plain(figures) for key, figures in group.items()} for name, group in groups.items()},
        "total": plain(found.total),
        "proposals": found.proposals,
    }


def page(found: Quality, kinds: Mapping[str, str], lang: str) -> str:
    """The report as one HTML file without script; nothing in it is loaded from elsewhere."""
    title = escape(TITLE.say(lang))
    body = "".join(map(_table, tables(found, kinds, lang)))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    looks = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{_STYLE}</style>'
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"{looks}</head>\n"
        f"<body><main><h1>{title}</h1><p>{escape(waiting(found, lang))}</p>\n{body}</main></body></html>\n"
    )


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in table.rows)
    return f"<table><caption>{escape(table.title)}</caption><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>\n"
