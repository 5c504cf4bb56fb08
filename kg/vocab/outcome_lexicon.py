"""The words by which outcomes are read, from ontology/extraction/{numbers,measures,outcomes,honours}.yaml.

Each file is a list of entries. An entry has `id`, `role`, `words` (literal) and/or `patterns` (regular expressions without
named groups), `example` (a sentence, or a list of them) and `gives` (the outcomes that a test wants from the example).
Measure words also have `of` (thing, person, money, duration, percent, …), bound words `means` (a bound of the graph contract).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from kg.errors import ConfigError, Text

FILES = ("numbers.yaml", "measures.yaml", "outcomes.yaml", "honours.yaml")

ROLES = frozenset([
    "digit", "magnitude", "about-inside", "bound-before", "bound-after", "fraction", "vague-one", "measure",
    "name-before", "name-after", "create", "act", "raise", "reach", "total", "plan", "describe", "partner",
    "attend", "repeated", "scope", "benefit", "respectively",
    "verb-after", "carrier", "adverb", "sign", "mean-time", "qualitative", "many",
    "year-word", "run", "since", "until", "link", "lead", "honour", "honour-giving", "honour-weak",
    "honour-head", "honour-joint", "enrol", "passive", "rank", "rank-place", "region", "often", "subject-lead",
    "citation", "citation-passive", "medium", "medium-tail", "adoption", "praise", "not-adopted",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `words` are literal, `patterns` regular expressions; `gives` as in the file."""

    id: str
    role: str
    words: tuple[str, ...]
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    gives: tuple[Mapping[str, str], ...]
    of: str
    means: str
    where: str


@dataclass(frozen=True, slots=True)
class WordList:
    """All entries of a role as one compiled alternation.

    Attributes:
        source: the alternation as a regular expression (a group), "(?!)" when the role has no entry.
        pattern: `source` compiled.
        at_end: `source` compiled so that it ends where a search ends.
        by_word: the entry of each literal word.
        by_pattern: the entry of each pattern.
    """

    source: str
    pattern: re.Pattern[str]
    at_end: re.Pattern[str]
    by_word: Mapping[str, Entry]
    by_pattern: tuple[tuple[re.Pattern[str], Entry], ...]

    def entry(self, words: str) -> Entry | None:
        """The entry that `words` (a match of `pattern`) comes from; patterns that look ahead for something are not found."""
        found = self.by_word.get(words)
        tried = (entry for pattern, entry in self.by_pattern if pattern.fullmatch(words))
        return found or next(tried, None)

    def rule(self, words: str) -> str:
        """Id of the entry that `words` comes from, "" if none."""
        entry = self.entry(words)
        return entry.id if entry else ""

    def means(self, words: str) -> str:
        """What the entry of `words` means, "" if nothing."""
        entry = self.entry(words)
        return entry.means if entry else ""


@dataclass(frozen=True, slots=True)
class OutcomeLexicon:
    """Entries in file order, and the word list of every role."""

    entries: tuple[Entry, ...]
    lists: Mapping[str, WordList]
    digits: Mapping[str, int]
    magnitudes: Mapping[str, int]
    cache: dict[str, re.Pattern[str]] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, role: str) -> WordList:
        return self.lists[role]

    def compile(self, template: str) -> re.Pattern[str]:
        """`template` with every `<role>` replaced by the role's alternation, compiled once.

        >>> OutcomeLexicon((), {"act": _word_list([])}, {}, {}).compile("<act>x").pattern
        '(?!)x'
        """
        found = self.cache.get(template)
        if found is None:
            source = re.sub(r"(?<!\(\?P)<([a-z-]+)>", lambda match: self.lists[match[1]].source, template)
            found = self.cache[template] = re.compile(source)
        return found


def alternation(words: Iterable[str]) -> str:
    """A regular expression for `words`, longest first, grouped by first character so that a miss is cheap.

    >>> alternation(["走访", "走", "服务"])
    '(?:服务|走(?:访|))'
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    parts = [re.escape(first) + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})") for first, rests in by_first.items()]
    return f"(?:{'|'.join(parts)})" if parts else "(?!)"


def _word_list(entries: list[Entry]) -> WordList:
    words = [word for entry in entries for word in entry.words]
    patterns = [f"(?:{pattern})" for entry in entries for pattern in entry.patterns]
    parts = [*patterns, alternation(words)] if words else patterns
    source = "(?!)" if not parts else parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
    by_word = {word: entry for entry in reversed(entries) for word in entry.words}
    return WordList(
        source=source,
        pattern=re.compile(source),
        at_end=re.compile(source + r"\Z"),
        by_word=by_word,
        by_pattern=tuple((re.compile(pattern), entry) for entry in entries for pattern in entry.patterns),
    )


class _Loader(yaml.CSafeLoader):
    """Keeps the line of every mapping under the key "line of" (1-based)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {**super().construct_mapping(node, deep=deep), "line of": node.start_mark.line + 1}


def read_outcome_lexicon(folder: Path) -> OutcomeLexicon:
    """The lexicon of an ontology folder, read once per state of its files.

    Args:
        folder: the ontology folder; the four files are in its subfolder extraction/.

    Raises:
        ConfigError: a file is missing, is not YAML, or an entry is broken; names file and line.
    """
    paths = tuple(folder / "extraction" / name for name in FILES)
    missing = next((path for path in paths if not path.is_file()), None)
    if missing is not None:
        raise ConfigError(
            Text(f"{missing} is missing", f"缺少文件 {missing}"),
            Text("copy it from the ontology folder that ships with kg", "请从 kg 自带的 ontology 文件夹中复制该文件"),
        )
    return _read(paths, tuple(path.stat().st_mtime_ns for path in paths))


@lru_cache(maxsize=4)
def _read(paths: tuple[Path, ...], _state: tuple[int, ...]) -> OutcomeLexicon:
    entries = tuple(entry for path in paths for entry in _entries(path))
    by_id: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in by_id:
            raise _broken(entry.where, f'the id "{entry.id}" is used twice', f"标识“{entry.id}”出现了两次")
        by_id[entry.id] = entry
    by_role = {role: [entry for entry in entries if entry.role == role] for role in ROLES}
    lists = {role: _word_list(found) for role, found in by_role.items()}
    return OutcomeLexicon(entries, lists, _values(by_role["digit"]), _values(by_role["magnitude"]))


def _values(entries: list[Entry]) -> dict[str, int]:
    return {word: int(entry.means) for entry in entries for word in entry.words}


def _entries(path: Path) -> Iterator[Entry]:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _broken(f"{path}:{line}", f"not YAML: {error.problem}", f"不是有效的 YAML：{error.problem}") from error
    if not isinstance(raw, list):
        raise _broken(f"{path}:1", "a list of entries is wanted", "应为条目列表")
    for number, item in enumerate(raw, 1):
        if not isinstance(item, dict):
            raise _broken(f"{path}:1", f"entry {number} is not a mapping", f"第 {number} 个条目不是键值对")
        yield _entry(item, f"{path}:{item['line of']}")


def _entry(item: Mapping[str, Any], where: str) -> Entry:
    role = str(item.get("role", ""))
    if "id" not in item or role not in ROLES:
        raise _broken(where, f'an entry wants an id and a known role, not "{role}"', f"条目需要 id 和已知的 role，而不是“{role}”")
    words, patterns = _texts(item, "words", where), _texts(item, "patterns", where)
    if not words and not patterns:
        raise _broken(where, "an entry wants words or patterns", "条目需要 words 或 patterns")
    for pattern in patterns:
        _check(pattern, where)
    means = str(item.get("means", ""))
    if role in {"digit", "magnitude"} and not means.isdecimal():
        raise _broken(where, f'"means" must be a whole number, not "{means}"', f"means 应为整数，而不是“{means}”")
    gives = item.get("gives") or []
    if not isinstance(gives, list) or not all(isinstance(give, dict) for give in gives):
        raise _broken(where, '"gives" must be a list of mappings', "gives 应为键值对列表")
    return Entry(
        id=str(item["id"]),
        role=role,
        words=words,
        patterns=patterns,
        examples=_texts(item, "example", where),
        gives=tuple({key: str(value) for key, value in give.items() if key != "line of"} for give in gives),
        of=str(item.get("of", "")),
        means=means,
        where=where,
    )


def _texts(item: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = item.get(key) or []
    values = value.split() if isinstance(value, str) and key == "words" else [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) and one for one in values):
        raise _broken(where, f'"{key}" must be text or a list of texts', f"{key} 应为文本或文本列表")
    return tuple(values)


def _check(pattern: str, where: str) -> None:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        en, zh = f"not a regular expression: {pattern} ({error})", f"不是有效的正则表达式：{pattern}（{error}）"
        raise _broken(where, en, zh) from error
    if compiled.groups or compiled.match(""):
        zh = f"表达式不得含捕获组，也不得匹配空文本：{pattern}"
        raise _broken(where, f"a pattern has no groups and matches no empty text: {pattern}", zh)


def _broken(where: str, en: str, zh: str) -> ConfigError:
    return ConfigError(
        Text(f"{where}: {en}", f"{where}：{zh}"),
        Text("correct the entry at that line", "请改正该行的条目"),
    )
