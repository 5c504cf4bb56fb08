"""The portable page: one HTML file that opens from disk, loads nothing, and shows text only as text."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import Text, UnsupportedError
from kg.network import Network
from kg.network.writing import write_whole
from kg.render.carried import Carried, packed
from kg.render.data import About, page_data
from kg.render.style import Styles

_HERE = Path(__file__).parent
_STATIC = _HERE.parent / "server" / "static"
_NEEDS_SCRIPT = Text(
    en="The drawing needs JavaScript, which this program has switched off.",
    zh="网络图需要 JavaScript，当前程序已将其关闭。",
)


def render_html(
    network: Network,
    path: Path,
    lang: str = "zh",
    title: Text | None = None,
    caption: Text | None = None,
    styles: Styles | None = None,
    evidence: bool = True,
    sizes: Mapping[str, float] | None = None,
    carried: Carried | None = None,
) -> Path:
    """Write the page of a network to `path`, whole or not at all, always in UTF-8; returns `path`.

    Args:
        network: as `kg.network.build` makes it; it is not changed.
        lang: language the page opens in ("zh" or "en"); its reader can switch.
        title: heading; caption: what the picture shows (query, date, sources).
        styles: names, colours and shapes of kinds.
        evidence: false leaves the sentences out.
        sizes: radius of every node; None lets them grow with the root of the degree.
        carried: the graph for a page that its reader can ask with SPARQL.

    Raises:
        InputError: the place cannot be written.
    """
    about = About(title or Text("Network", "网络图"), caption or Text("", ""))
    write_whole(path, page(page_data(network, about, styles or Styles(), lang, evidence, sizes), carried))
    return path


def page(data: dict[str, Any], carried: Carried | None = None) -> bytes:
    """The whole page around the viewer's data; same data, same bytes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    names = ("sparql.js", "viewer.js") if carried else ("viewer.js",)
    scripts, css, lang = [_static(name) for name in names], _static("viewer.css"), data["lang"]
    if carried:
        data = {**data, "sparql": carried.data()}
    templates = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined)
    html = templates.get_template("page.html.jinja").render(
        lang="zh-CN" if lang == "zh" else "en",
        policy=policy(scripts, css, engine=carried is not None),
        title=data["title"][lang],
        caption=data["caption"][lang],
        needs_script=_NEEDS_SCRIPT.say(lang),
        css=Markup(css),
        scripts=[Markup(script) for script in scripts],
        data=Markup(json_in_html(data)),
        parts=[(name, type, Markup(text)) for name, type, text in _parts(carried)] if carried else [],
    )
    return html.encode("utf-8", "backslashreplace")


def _parts(carried: Carried) -> list[tuple[str, str, str]]:
    """Elements that nothing runs before the reader asks: the engine's worker, its WebAssembly, the graph."""
    return [
        ("kg-engine", "text/plain", _static("engine.js")),
        ("kg-wasm", "text/plain", packed(_read("oxigraph.wasm"))),
        ("kg-graph", "application/trig", carried.text()),
    ]


def policy(scripts: Sequence[str], css: str, engine: bool = False) -> str:
    """The Content Security Policy (W3C CSP 3) of a page: only these very scripts and style run, nothing is fetched.

    Args:
        engine: true lets the page's own engine run, WebAssembly in a worker.
    """
    may_run = " ".join(map(_source, scripts)) + (" 'wasm-unsafe-eval'; worker-src blob:" if engine else "")
    return (
        f"default-src 'none'; script-src {may_run}; style-src {_source(css)};"
        " img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def json_in_html(data: object) -> str:
    r"""JSON that cannot end its script element, whatever text it holds.

    >>> json_in_html(["</script>"])
    '["\\u003c/script\\u003e"]'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _static(name: str) -> str:
    return _read(name).decode("utf-8")


def _read(name: str) -> bytes:
    try:
        return (_STATIC / name).read_bytes()
    except OSError as error:
        raise UnsupportedError(
            Text(f"The viewer is missing: {_STATIC / name}", f"缺少查看器文件：{_STATIC / name}"),
            Text("run `make web`, or install kg again", "请运行 `make web`，或重新安装 kg"),
        ) from error
