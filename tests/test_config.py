"""kg.toml: what it may say, and what is said about a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Config, shipped_ontology
from kg.errors import ConfigError


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "kg.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def complaint(folder: Path, text: str | bytes) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        Config.read(written(folder, text))
    return caught.value


def test_every_key_is_read_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    text = 'base = "https://example.org/id/"\nontology = "knowledge"\nstore = "graph"\n'
    text += 'sources = ["a/*.txt"]\ntimeout = 5\n[load]\nlimit_mb = 2.5\n[build]\nseconds = 9\n'
    config = Config.read(written(tmp_path, text))
    assert config == Config(
        tmp_path,
        "https://example.org/id/",
        tmp_path / "knowledge",
        tmp_path / "graph",
        sources=("a/*.txt",),
        timeout=5.0,
        limit_mb=2.5,
        seconds=9.0,
    )


def test_without_a_file_the_defaults_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = Config.read()
    assert (config.root, config.store, config.sources) == (tmp_path, tmp_path / "build" / "store", ())
    assert config.ontology == shipped_ontology()


def test_the_nearest_file_above_the_current_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, 'store = "here"')
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert Config.read().store == tmp_path / "here"


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    assert Config.read(written(tmp_path, b'\xef\xbb\xbfstore = "s"\r\ntimeout = 3\r\n')).timeout == 3.0


def test_broken_toml_names_file_and_line(tmp_path: Path) -> None:
    error = complaint(tmp_path, 'store = "a"\nsources = [\n"b" "c"]\n')
    assert f"{tmp_path / 'kg.toml'}, line 3: not valid TOML" in error.message.en
    assert "第 3 行" in error.message.zh


def test_toml_that_ends_too_early_names_a_line(tmp_path: Path) -> None:
    assert ", line 2: not valid TOML" in complaint(tmp_path, 'store = "a"\nsources = [').message.en


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_one(tmp_path: Path) -> None:
    error = complaint(tmp_path, '\nsorces = ["a"]\n')
    assert error.message.en.endswith("line 2: unknown key “sorces”")
    assert error.hint.en.startswith("Did you mean “sources”?")
    assert error.hint.zh.startswith("是不是“sources”？")


def test_an_unknown_key_of_a_table_is_named_with_its_line(tmp_path: Path) -> None:
    assert complaint(tmp_path, "[load]\nlimit = 3\n").message.en.endswith("line 2: unknown key “limit”")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('sources = "a"', "a list of texts"),
        ("sources = [1]", "a list of texts"),
        ("store = 3", "a text in quotes"),
        ('store = ""', "a text in quotes"),
        ('timeout = "5"', "a number above 0"),
        ("timeout = 0", "a number above 0"),
        ("timeout = true", "a number above 0"),
        ("timeout = nan", "a number above 0"),
        ('base = "no iri"', "an IRI that ends in / or #"),
        ('base = "https://example.org/id"', "an IRI that ends in / or #"),
        ("load = 3", "a table: [load]"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wanted(tmp_path: Path, text: str, wanted: str) -> None:
    error = complaint(tmp_path, "# a line before\n" + text)
    assert "line 2: “" + text.split(" ")[0] in error.message.en
    assert wanted in error.hint.en


def test_a_missing_ontology_folder_is_named_with_its_line(tmp_path: Path) -> None:
    error = complaint(tmp_path, 'store = "a"\nontology = "nowhere"')
    assert error.message.en.endswith(f"line 2: there is no folder {tmp_path / 'nowhere'}")


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    assert "line 2: is not UTF-8" in complaint(tmp_path, 'store = "a"\n# 说明'.encode("gb18030")).message.en


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read .*none\.toml"):
        Config.read(tmp_path / "none.toml")


def test_the_configuration_of_the_repository_is_valid(root: Path) -> None:
    config = Config.read(root / "kg.toml")
    assert config.sources == ("data/reports/*", "data/units.xlsx", "data/cooperation.csv")
