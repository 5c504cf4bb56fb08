"""The one door by which loaders and other parts enter: a table of built-ins, then entry points of the group "kg.<kind>".

Built-ins are named as "module:Class" and imported when they are called, not before. An installed package adds a
part, or replaces a built-in of the same name, by an entry point:

    [project.entry-points."kg.loaders"]
    epub = "my_package.epub:EpubLoader"
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from kg.errors import ConfigError, Text

BUILT_IN: dict[str, dict[str, str]] = {
    "loaders": {
        "docx": "kg.load.docx:DocxLoader",
        "csv": "kg.load.table:CsvLoader",
        "workbook": "kg.load.table:WorkbookLoader",
        "html": "kg.load.html:HtmlLoader",
        "pdf": "kg.load.pdf:PdfLoader",
        "rdf": "kg.load.rdf:RdfLoader",
        "text": "kg.load.text:TextLoader",
        "markdown": "kg.load.markdown:MarkdownLoader",
        "refused": "kg.load.refused:RefusingLoader",
    },
}


def plugins(kind: str) -> dict[str, Callable[..., Any]]:
    """The parts of a kind by name, built-ins first; calling one imports its module and makes the object.

    Args:
        kind: "loaders", … : the entry points of the group `"kg." + kind` are added.

    >>> plugins("loaders")["text"]().suffixes
    ('.txt', '.text')
    """
    found: dict[str, Callable[..., Any]] = {
        name: partial(_make_built_in, target) for name, target in BUILT_IN.get(kind, {}).items()
    }
    for point in sorted(entry_points(group=f"kg.{kind}"), key=lambda point: point.name):
        found[point.name] = partial(_make_entry, point)
    return found


def _make_built_in(target: str, *args: Any, **kwargs: Any) -> Any:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)(*args, **kwargs)


def _make_entry(point: EntryPoint, *args: Any, **kwargs: Any) -> Any:
    try:
        part = point.load()
    except (ImportError, AttributeError) as error:
        raise ConfigError(
            Text(
                en=f"plug-in {point.name} ({point.value}) cannot be loaded: {error}",
                zh=f"插件 {point.name}（{point.value}）无法加载：{error}",
            ),
            Text(en="reinstall or uninstall the package that brings it", zh="请重新安装或卸载提供该插件的软件包"),
        ) from error
    return part(*args, **kwargs)
