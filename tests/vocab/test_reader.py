"""The ontology folder becomes objects; what is broken is named with file and line."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.vocab.reader import ontology_files, read_ontology
from kg.vocab.terms import COOP, SCHEMES


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """A copy of the ontology's Turtle files that a test may break."""
    shutil.copytree(root / "ontology" / "vocabulary", tmp_path / "vocabulary")
    for name in ("core.ttl", "style.ttl"):
        shutil.copy(root / "ontology" / name, tmp_path)
    return tmp_path


def test_the_shipped_folder_has_all_schemes(root: Path) -> None:
    assert set(read_ontology(root / "ontology").vocabulary.schemes()) == set(SCHEMES)


def test_classes_and_properties_have_labels_in_both_languages(root: Path) -> None:
    ontology = read_ontology(root / "ontology")
    assert [ontology.label(COOP + "operatedBy", lang) for lang in ("zh", "en")] == ["主办单位", "operated by"]


def test_a_kind_has_its_label_through_the_ontology(root: Path) -> None:
    assert read_ontology(root / "ontology").label("https://w3id.org/coop-kg/ontology/level/county", "zh") == "县级"


def test_classes_are_told_from_properties(root: Path) -> None:
    schema = read_ontology(root / "ontology").schema
    assert [schema[COOP + name].is_class for name in ("Unit", "unitKind")] == [True, False]


def test_title_and_version_are_read(root: Path) -> None:
    ontology = read_ontology(root / "ontology")
    assert (ontology.title["zh"], ontology.version) == ("单位协作本体", "1.0.0")


def test_a_style_has_colour_and_shape(root: Path) -> None:
    style = read_ontology(root / "ontology").styles["https://w3id.org/coop-kg/ontology/unit-kind/court"]
    assert (style.colour, style.shape) == ("#0072B2", "square")


def test_triggers_come_from_all_names_but_english_labels(root: Path) -> None:
    platform = read_ontology(root / "ontology").vocabulary.concept("mechanism-kind", "platform")
    assert platform is not None
    assert platform.triggers[0] == "平台"
    assert "platform" not in platform.triggers


def test_it_is_read_once(root: Path) -> None:
    assert read_ontology(root / "ontology") is read_ontology(root / "ontology")


def test_it_is_read_again_when_a_file_has_changed(folder: Path) -> None:
    before = read_ontology(folder)
    path = folder / "core.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('owl:versionInfo "1.0.0"', 'owl:versionInfo "1.0.1"'), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert (before.version, read_ontology(folder).version) == ("1.0.0", "1.0.1")


def test_a_folder_without_styles_will_do(folder: Path) -> None:
    (folder / "style.ttl").unlink()
    assert read_ontology(folder).styles == {}


def test_the_schema_is_read_before_the_vocabularies(folder: Path) -> None:
    assert [path.name for path in ontology_files(folder)] == [
        "core.ttl",
        "levels.ttl",
        "mechanism-kinds.ttl",
        "outcome-kinds.ttl",
        "unit-kinds.ttl",
        "style.ttl",
    ]


def test_broken_turtle_is_named_with_file_and_line(folder: Path) -> None:
    path = folder / "vocabulary" / "levels.ttl"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[11] = "this is not Turtle"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_ontology(folder)
    assert f"{path}, line 12:" in caught.value.message.en
    assert "第 12 行" in caught.value.message.zh


def test_bytes_that_are_not_utf8_are_named_with_the_file(folder: Path) -> None:
    path = folder / "vocabulary" / "levels.ttl"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(ConfigError, match=r"levels\.ttl, line \d+:"):
        read_ontology(folder)


def test_a_missing_core_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"core\.ttl is missing"):
        read_ontology(tmp_path)


@pytest.mark.parametrize(
    ("line", "instead"),
    [('    skos:notation "county" ;', ""), ("    coop:order 4 ;", '    coop:order "four" ;')],
)
def test_a_concept_without_what_it_needs_is_named(folder: Path, line: str, instead: str) -> None:
    path = folder / "vocabulary" / "levels.ttl"
    text = path.read_text(encoding="utf-8")
    assert line in text
    path.write_text(text.replace(line, instead), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"levels\.ttl, line \d+: the concept county needs"):
        read_ontology(folder)
