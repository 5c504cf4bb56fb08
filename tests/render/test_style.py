"""Looks of kinds."""

from __future__ import annotations

from pathlib import Path

from kg.errors import Text
from kg.render import Mark, Styles
from kg.render.style import SHAPES
from kg.vocab.reader import read_ontology


def test_no_two_kinds_look_the_same() -> None:
    legend = Styles().legend(f"kind{number}" for number in range(49))
    assert len({(mark.colour, mark.shape) for mark in legend.values()}) == 49


def test_kinds_with_a_style_keep_it_and_others_get_another() -> None:
    styles = Styles(kinds={"court": Mark(Text("court", "法院"), "#0072B2", "dot", 3)})
    legend = styles.legend(["new", "court"])
    assert list(legend) == ["court", "new"]
    assert (legend["court"].colour, legend["court"].shape) == ("#0072B2", "dot")
    assert (legend["new"].colour, legend["new"].shape) != ("#0072B2", "dot")


def test_an_unknown_kind_stands_last_and_says_so() -> None:
    legend = Styles().legend(["", "court"])
    assert list(legend) == ["court", ""]
    assert legend[""].label.zh == "类别未知"


def test_every_style_of_the_ontology_is_a_shape_the_viewer_draws(root: Path) -> None:
    styles = Styles.of(read_ontology(root / "ontology"))
    assert {mark.shape for mark in styles.kinds.values() if mark.shape} <= set(SHAPES)
    assert styles.kinds["court"].label == Text(en="court", zh="法院")
