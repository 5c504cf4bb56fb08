"""The fixture as a store, and answers as plain values."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import QuerySolutions, RdfFormat, Store

from kg.vocab.terms import LEVEL, MECHANISM_KIND, ONTOLOGY, OUTCOME_KIND, PREFIXES, UNIT_KIND

FOLDER = Path(__file__).parents[2] / "ontology"
FIXTURE = Path(__file__).with_name("fixture.ttl")

# Namespaces of the fixture, for updates and for short answers.
_FOLDERS = {"d": "document", "u": "unit", "m": "mechanism", "c": "cooperation", "o": "outcome", "case": "case", "e": "evidence"}
_SCHEMES = {"mk": MECHANISM_KIND, "uk": UNIT_KIND, "ok": OUTCOME_KIND, "lv": LEVEL}
SHORT = {
    **{name: f"https://example.org/id/{folder}/" for name, folder in _FOLDERS.items()},
    **{name: f"{ONTOLOGY}/{scheme}/" for name, scheme in _SCHEMES.items()},
}
PROLOGUE = "".join(f"PREFIX {name}: <{space}> " for name, space in {**PREFIXES, **SHORT}.items())


def fixture_store(*files: Path) -> Store:
    """The fixture, with further Turtle files, in memory."""
    store = Store()
    for path in (FIXTURE, *files):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return store


def ask(store: Store, text: str) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of a SELECT; unbound is "", IRIs of the fixture are short."""
    answer = store.query(text)
    assert isinstance(answer, QuerySolutions)
    rows = [["" if term is None else _short(term.value) for term in row] for row in answer]
    return [variable.value for variable in answer.variables], rows


def _short(value: str) -> str:
    for name, space in SHORT.items():
        if value.startswith(space):
            return f"{name}:{value.removeprefix(space)}"
    return value
