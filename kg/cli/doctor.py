"""The command that looks at the installation: versions, the store, the ontology, fonts, a browser for the tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import kg
from kg.cli import output
from kg.cli.group import command
from kg.cli.words import language, say
from kg.errors import Exit, KgError, Text

if TYPE_CHECKING:
    from kg.graph import Graph

PACKAGES = (
    "pyoxigraph", "rdflib", "networkx", "pyvis", "resvg-py", "rjieba", "python-docx", "python-calamine", "pyshacl", "click",
    "rich", "starlette", "uvicorn",
)  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome")


class Sign(NamedTuple):
    """What was looked at, what was seen, and whether the main job needs it and lacks it."""

    what: Text
    seen: Text
    bad: bool = False


@command(
    Text(
        "Look at the installation: versions, store, ontology, fonts, browser. Exit code 2 if something needed is missing.",
        "检查安装情况：版本、图谱库、本体、字体、浏览器。缺少必需的内容时退出码为 2。",
    )
)
def doctor(store: str | None) -> int:
    bad = 0
    for look in (_versions, lambda: _settings(store), _tools):
        for sign in look():
            bad += sign.bad
            output.line(f"{'✗' if sign.bad else '✓'} {sign.what.say(language())}{say(': ', '：')}{sign.seen.say(language())}")
    return Exit.UNUSABLE if bad else Exit.DONE


def _same(text: str) -> Text:
    return Text(text, text)


def _versions() -> Iterator[Sign]:
    import importlib.metadata
    import platform

    yield Sign(_same("kg"), _same(kg.__version__))
    yield Sign(_same("Python"), _same(f"{platform.python_version()} ({sys.platform})"))
    for name in PACKAGES:
        try:
            yield Sign(_same(name), _same(importlib.metadata.version(name)))
        except importlib.metadata.PackageNotFoundError:
            yield Sign(
                _same(name), Text("missing; install kg again with its dependencies", "缺少；请连同依赖重新安装 kg"), bad=True
            )


def _settings(store: str | None) -> Iterator[Sign]:
    graphs: list[Graph] = []

    def config() -> Text:
        graphs.append(kg.open(store))
        file = graphs[0].config.root / "kg.toml"
        return _same(str(file) if file.is_file() else "–")

    yield _try(Text("settings", "设置"), config)
    for graph in graphs:
        yield _try(Text("ontology", "本体"), partial(_ontology, graph))
        built = not isinstance(graph.location, Path) or graph.location.exists()
        yield _try(Text("store", "图谱库"), partial(_store, graph), needed=built)


def _try(what: Text, look: Callable[[], Text], needed: bool = True) -> Sign:
    try:
        return Sign(what, look())
    except KgError as error:
        seen = Text(f"{error.message.en}. {error.hint.en}", f"{error.message.zh}。{error.hint.zh}")
        return Sign(what, seen, bad=needed)


def _ontology(graph: Graph) -> Text:
    from kg.query.saved import saved_queries

    ontology = graph.ontology
    queries = len(saved_queries(graph.config.ontology))
    folder, terms = ontology.folder, len(ontology.schema)
    return Text(f"{folder}, {terms} terms, {queries} saved queries", f"{folder}，{terms} 个术语，{queries} 个已存查询")


def _store(graph: Graph) -> Text:
    with graph:
        count = len(graph.store.graphs())
    return Text(f"{graph.location}, readable, {count} graphs", f"{graph.location}，可读，{count} 个图")


def _tools() -> Iterator[Sign]:
    from kg.render.png import can_write

    named = _same(", ".join(_chinese_fonts()[:3]))
    none = Text("none found; PNG pictures need one, such as Noto Sans CJK", "未找到；PNG 图片需要一种，例如 Noto Sans CJK")
    seen = (named if named.en else Text("found", "有")) if can_write("国") else none
    yield Sign(Text("Chinese fonts", "中文字体"), seen)
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    absent = Text("none found; only the browser tests need one", "未找到；只有浏览器测试需要")
    yield Sign(_same("Chromium"), _same(browser) if browser else absent)
    yield Sign(Text("output", "输出"), _same(f"{sys.stdout.encoding}, {shutil.get_terminal_size().columns}"))


def _chinese_fonts() -> list[str]:
    """Families that know Chinese, as fontconfig tells; Windows and macOS come with some."""
    if sys.platform in ("win32", "darwin"):
        return [{"win32": "Microsoft YaHei", "darwin": "PingFang SC"}[sys.platform]]
    if not shutil.which("fc-list"):
        return []
    import subprocess

    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, encoding="utf-8", timeout=20)
    return sorted({line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()})
