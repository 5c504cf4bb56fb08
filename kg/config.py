"""kg.toml: where the sources, the knowledge and the store are. Without a kg.toml the defaults stand."""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kg.errors import ConfigError, Text
from kg.ids import DEFAULT_BASE
from kg.service import Service, is_address

FILE = "kg.toml"
_EXAMPLE = Text('A line looks like: store = "build/store"', '每行的写法如：store = "build/store"')
_MODEL = 'url = "http://127.0.0.1:8000/v1", model = "qwen"'
_MODEL_EXAMPLE = Text(f"Such as: {_MODEL}", f"例如：{_MODEL}")
_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]")
_AT_LINE = re.compile(r" ?\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def shipped_ontology() -> Path:
    """The ontology folder that came with the package: beside kg/ in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    beside = package.parent / "ontology"
    return beside if (beside / "core.ttl").is_file() else package / "_ontology"


@dataclass(frozen=True)
class Llm:
    """A language model that helps to read (`[llm]`); without that table none is asked.

    Attributes:
        url: address of an OpenAI-compatible service, up to and with "/v1".
        model: name of the model there.
        key: name of the environment variable that holds the key; "" sends none.
        requests: questions that one build may ask.
        seconds: that an answer may take.
        parallel: questions that are asked at once.
        format: what form of answer the server can be held to: "schema", "object" or "text".
    """

    url: str
    model: str
    key: str = ""
    requests: int = 1000
    seconds: float = 120.0
    parallel: int = 4
    format: str = "schema"


@dataclass(frozen=True)
class Config:
    """What kg.toml says.

    Attributes:
        root: folder of kg.toml; relative paths in the file start here.
        base: IRI that all data IRIs start with; ends in "/" or "#".
        ontology: folder with the vocabulary, the grammar and the queries.
        store: folder of the embedded store, or a SPARQL service.
        decisions: file of what reviewers decided, which builds replay.
        sources: paths or globs of files, relative to `root`.
        timeout: seconds that a query may take.
        limit_mb: mebibytes that one source file may have (`[load] limit_mb`).
        seconds: that a worker process may take to read one file (`[build] seconds`).
        scheduler: address of a dask cluster that reads for `--executor dask` (`[build] scheduler`); "" starts one here.
        llm: the language model to ask; None asks none.

    >>> Config(Path("/work")).store == Path("/work/build/store")
    True
    """

    root: Path
    base: str = DEFAULT_BASE
    ontology: Path = Path()
    store: Path | Service = Path()
    decisions: Path = Path()
    sources: tuple[str, ...] = ()
    timeout: float = 30.0
    limit_mb: float = 32.0
    seconds: float = 120.0
    scheduler: str = ""
    llm: Llm | None = None

    def __post_init__(self) -> None:
        if self.ontology == Path():
            object.__setattr__(self, "ontology", shipped_ontology())
        if self.store == Path():
            object.__setattr__(self, "store", self.root / "build" / "store")
        if self.decisions == Path():
            object.__setattr__(self, "decisions", self.root / "data" / "review" / "decisions.jsonl")

    def place(self, store: Path | str | None) -> Path | Service:
        """The store that somebody names: a folder, or a service by its address; None is that of kg.toml.

        Raises:
            ConfigError: the address cannot be used.
        """
        if store is None:
            return self.store
        if isinstance(store, Path) or not is_address(store):
            return Path(store)
        return self.store if isinstance(self.store, Service) and self.store.query == store else Service.at(store)

    def folder(self, place: Path | Service) -> Path:
        """The folder in which a store is built: its own, or one below build/ whose graph is then sent to the service."""
        if isinstance(place, Path):
            return place
        return self.root / "build" / f"service-{hashlib.sha256(place.query.encode()).hexdigest()[:8]}"

    @classmethod
    def read(cls, path: Path | None = None) -> Config:
        """The configuration in `path`, or in the nearest kg.toml at or above the current folder, or the defaults.

        Raises:
            ConfigError: the file is missing or broken; says in which line.
        """
        file = path or find(Path.cwd())
        return cls(Path.cwd()) if file is None else _Reader(file).config()


def find(folder: Path) -> Path | None:
    """The nearest kg.toml in `folder` or the folders above it."""
    candidates = (place / FILE for place in (folder, *folder.parents))
    return next((file for file in candidates if file.is_file()), None)


class _Reader:
    """Reads and checks one kg.toml; every complaint names the file and the line."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.root = file.resolve().parent
        self.text = self._read()

    def config(self) -> Config:
        values = self._parse()
        checks: Mapping[str, Callable[[str, Any], Any]] = {
            "base": self._base,
            "ontology": self._folder,
            "store": self._store,
            "decisions": self._place,
            "sources": self._sources,
            "timeout": self._positive,
            "load": partial(self._table, {"limit_mb": self._positive}),
            "build": partial(self._table, {"seconds": self._positive, "scheduler": self._string}),
            "llm": self._llm,
        }
        checked = self._checked(values, checks)
        return Config(self.root, **checked.pop("load", {}), **checked.pop("build", {}), **checked)

    def _table(self, checks: Mapping[str, Callable[[str, Any], Any]], key: str, value: Any) -> dict[str, Any]:
        """A table of the file, with the keys that `checks` knows."""
        if isinstance(value, dict):
            return self._checked(value, checks)
        raise self._wrong(key, value, Text(f"a table: [{key}]", f"一个表：[{key}]"))

    def _llm(self, key: str, value: Any) -> Llm:
        checks: Mapping[str, Callable[[str, Any], Any]] = {
            "url": self._address,
            "model": self._string,
            "key": self._string,
            "requests": self._whole,
            "seconds": self._positive,
            "parallel": self._whole,
            "format": self._answer_format,
        }
        table = self._table(checks, key, value)
        for name in ("url", "model"):
            if name not in table:
                raise self._error(self._line(key), f"[{key}] needs “{name}”", f"[{key}] 缺少“{name}”", _MODEL_EXAMPLE)
        return Llm(**table)

    def _address(self, key: str, value: Any) -> str:
        if re.fullmatch(r"https?://[^\s/@?#]+(?:/[^\s?#]*)?", self._string(key, value)):
            return str(value)
        raise self._wrong(
            key, value, Text("the address of a service: http://… or https://…", "服务的地址：http://… 或 https://…")
        )

    def _answer_format(self, key: str, value: Any) -> str:
        if value in ("schema", "object", "text"):
            return str(value)
        raise self._wrong(key, value, Text('"schema", "object" or "text"', '"schema"、"object" 或 "text"'))

    def _whole(self, key: str, value: Any) -> int:
        if self._positive(key, value) == int(value):
            return int(value)
        raise self._wrong(key, value, Text("a whole number above 0", "大于 0 的整数"))

    def _checked(self, values: Mapping[str, Any], checks: Mapping[str, Callable[[str, Any], Any]]) -> dict[str, Any]:
        for key in values:
            if key not in checks:
                raise self._unknown(key, checks)
        return {key: checks[key](key, value) for key, value in values.items()}

    def _read(self) -> str:
        try:
            return self.file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            hint = Text("Save the file as UTF-8.", "请把文件另存为 UTF-8。")
            raise self._error(line, "is not UTF-8", "不是 UTF-8 编码", hint) from None
        except OSError as error:
            raise ConfigError(
                Text(f"cannot read {self.file}: {error.strerror}", f"无法读取 {self.file}：{error.strerror}"),
                Text("Name a file that exists and may be read.", "请给出存在且可读的文件。"),
            ) from None

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text.replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError as error:
            place = _AT_LINE.search(str(error))
            line = int(place["line"]) if place and place["line"] else self.text.count("\n") + 1
            reason = _AT_LINE.sub("", str(error))
            raise self._error(line, f"not valid TOML: {reason}", f"不是有效的 TOML：{reason}", _EXAMPLE) from None

    def _unknown(self, key: str, known: Iterable[str]) -> ConfigError:
        names = list(known)
        near = difflib.get_close_matches(key, names, 1, 0.5)
        listed = ", ".join(names)
        hint = Text(f"Known keys: {listed}.", f"可用的键：{listed}。")
        if near:
            hint = Text(f"Did you mean “{near[0]}”? {hint.en}", f"是不是“{near[0]}”？{hint.zh}")
        return self._error(self._line(key), f"unknown key “{key}”", f"未知的键“{key}”", hint)

    def _string(self, key: str, value: Any) -> str:
        if isinstance(value, str) and value.strip():
            return value
        raise self._wrong(key, value, Text("a text in quotes", "带引号的文字"))

    def _base(self, key: str, value: Any) -> str:
        if _ABSOLUTE_IRI.fullmatch(self._string(key, value)):
            return str(value)
        wanted = Text(f"an IRI that ends in / or #, such as {DEFAULT_BASE}", f"以 / 或 # 结尾的 IRI，例如 {DEFAULT_BASE}")
        raise self._wrong(key, value, wanted)

    def _place(self, key: str, value: Any) -> Path:
        return self.root / self._string(key, value)

    def _store(self, key: str, value: Any) -> Path | Service:
        """A folder, the address of a service, or the table [store] with its addresses."""
        if not isinstance(value, dict):
            text = self._string(key, value)
            return self._service(key, {"query": text}) if is_address(text) else self._place(key, value)
        parts = self._checked(value, dict.fromkeys(("query", "update", "graphs", "union"), self._string))
        if "query" not in parts:
            hint = Text('Add a line query = "https://…".', '请加上一行 query = "https://…"。')
            raise self._error(self._line(key), "[store] names no query address", "[store] 没有写明查询地址", hint)
        return self._service(key, parts)

    def _service(self, key: str, parts: Mapping[str, str]) -> Service:
        try:
            return Service.at(parts["query"]) if len(parts) == 1 else Service(**parts)
        except ConfigError as error:
            raise self._error(self._line(key), error.message.en, error.message.zh, error.hint) from None

    def _folder(self, key: str, value: Any) -> Path:
        folder = self._place(key, value)
        if folder.is_dir():
            return folder
        raise self._error(
            self._line(key),
            f"there is no folder {folder}",
            f"没有文件夹 {folder}",
            Text(f"Correct “{key}”, or leave it out to use what ships with kg.", f"请改正“{key}”；不写则用随 kg 附带的文件夹。"),
        )

    def _sources(self, key: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        raise self._wrong(key, value, Text('a list of texts such as ["data/reports/*"]', '文字列表，例如 ["data/reports/*"]'))

    def _positive(self, key: str, value: Any) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf"):
            return float(value)
        raise self._wrong(key, value, Text("a number above 0", "大于 0 的数"))

    def _wrong(self, key: str, value: Any, wanted: Text) -> ConfigError:
        hint = Text(f"It must be {wanted.en}.", f"应为{wanted.zh}。")
        return self._error(self._line(key), f"“{key}” cannot be {value!r}", f"“{key}”不能是 {value!r}", hint)

    def _line(self, key: str) -> int:
        """The line where `key` or a table of that name stands."""
        start = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
        return next((number for number, line in enumerate(self.text.splitlines(), 1) if start.match(line)), 1)

    def _error(self, line: int, en: str, zh: str, hint: Text) -> ConfigError:
        return ConfigError(Text(f"{self.file}, line {line}: {en}", f"{self.file} 第 {line} 行：{zh}"), hint)
