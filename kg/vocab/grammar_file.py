"""Reading the YAML files of ontology/extraction: an error names the file, the line and the entry."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from kg.errors import ConfigError, Text

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_grammar(path: Path) -> Any:
    """The content of a YAML file.

    Raises:
        ConfigError: the file is missing or is not YAML; names file and line.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    except FileNotFoundError:
        raise ConfigError(
            Text(f"missing grammar file: {path}", f"缺少语法文件：{path}"),
            Text("restore the ontology folder, or name another one in kg.toml", "请恢复本体文件夹，或在 kg.toml 中指定另一个"),
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        why = getattr(error, "problem", None) or str(error)
        raise ConfigError(
            Text(f"{path}, line {line}: not valid YAML: {why}", f"{path} 第 {line} 行：不是有效的 YAML：{why}"),
            Text("correct the line; quote texts that hold ':' or '#'", "请改正该行；含“:”或“#”的文本要加引号"),
        ) from None


def entry_error(path: Path, entry: str, problem: str, problem_zh: str) -> ConfigError:
    """An error about one entry; the line is looked up in the file."""
    line = next((n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if entry and entry in text), 1)
    return ConfigError(
        Text(f"{path}, line {line}, entry {entry}: {problem}", f"{path} 第 {line} 行，条目 {entry}：{problem_zh}"),
        Text("correct the entry; `make test` tries every example", "请改正该条目；make test 会检验每个例句"),
    )


def compiled(path: Path, entry: str, pattern: str) -> re.Pattern[str]:
    """`pattern` compiled; raises ConfigError that names the entry."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise entry_error(path, entry, f"bad pattern: {error}", f"正则表达式有误：{error}") from None
