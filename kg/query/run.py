"""Runs a query as people type it: known prefixes may be left out, parameters are put in as RDF terms, mistakes are explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import QueryError, Text
from kg.query.help import explain, refuse_unknown_terms
from kg.query.table import Row, Stream, Table, Term
from kg.store.base import Answer, Solutions, Store, Triples
from kg.store.dump import nt
from kg.store.sparql import declared_prefixes, tokens
from kg.vocab.labels import pick_label
from kg.vocab.terms import LABEL, PREF_LABEL, PREFIXES, TITLE, XSD

if TYPE_CHECKING:
    from kg.vocab.reader import Ontology

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d+)?")
_PREFIXED = re.compile(r"([a-z]+):([\w\-]+(?:/[\w\-]+)*)")
Value = str | Term | Sequence[Term]  # a Term is a sequence too: it is asked for first
_AT_ONCE = 500  # IRIs whose labels are asked for in one query


def run(
    store: Store,
    text: str,
    params: Mapping[str, Value] | None = None,
    timeout: float | None = None,
    ontology: Ontology | None = None,
    *,
    labels: bool = False,
    lang: str = "zh",
) -> Table:
    """The answer to a query as a table.

    Args:
        text: SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of `kg.vocab.terms.PREFIXES` may be left out.
        params: one value or several for its lines `VALUES ?name { … }`; "" leaves such a line as it is. See `term_of`.
        timeout: seconds until it is stopped; None for trusted queries.
        ontology: knows the terms that a mistyped one may have meant.
        labels: put a column ?xLabel beside each column ?x that holds IRIs.
        lang: language of those labels.

    Raises:
        QueryError: with line, column, cause and, where it can be told, the corrected query.
    """
    table = stream(store, text, params, timeout, ontology).table()
    return with_labels(store, table, lang, ontology) if labels else table


def stream(
    store: Store,
    text: str,
    params: Mapping[str, Value] | None = None,
    timeout: float | None = None,
    ontology: Ontology | None = None,
) -> Stream:
    """The answer to a query as it comes, for results that are larger than memory; see `run`.

    Raises:
        QueryError: as `run`; one that is stopped at its limit says so while its rows are read.
    """
    whole = substitute(text, params or {})
    prologue = missing_prefixes(whole)
    try:
        if ontology:
            refuse_unknown_terms(store, whole, ontology)
        return _stream(store.query(prologue + whole, timeout), whole)
    except QueryError as error:
        raise explain(error, whole, len(prologue)) from error


@lru_cache(maxsize=64)
def missing_prefixes(text: str) -> str:
    """Declarations for the known prefixes that the text uses without declaring them; no newline, so that lines still count.

    >>> missing_prefixes("SELECT * { ?s a coop:Branch }")
    'PREFIX coop: <https://w3id.org/coop-kg/ontology#> '
    """
    declared = declared_prefixes(text)
    used = {token.text.partition(":")[0] for token in tokens(text) if token.kind == "name"}
    missing = [name for name in PREFIXES if name in used and name not in declared]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing)


def term_of(value: str | Term) -> Term:
    """A parameter as a term: <…>, an address or a name with a known prefix is an IRI; a number is a number; else text.

    >>> term_of("coop:Branch").value, term_of("12").datatype, term_of("甲院").kind
    ('https://w3id.org/coop-kg/ontology#Branch', 'http://www.w3.org/2001/XMLSchema#integer', 'literal')
    """
    if isinstance(value, Term):
        return value
    if re.fullmatch(r"<[^<>\"{}|^`\\\x00-\x20]*>", value):
        return Term(value[1:-1], "iri")
    if re.fullmatch(r"https?://[^<>\"{}|^`\\\x00-\x20]+", value):
        return Term(value, "iri")
    if (match := _PREFIXED.fullmatch(value)) and match[1] in PREFIXES:
        return Term(PREFIXES[match[1]] + match[2], "iri")
    if match := _NUMBER.fullmatch(value):
        return Term(value, "literal", XSD + ("decimal" if match[1] else "integer"))
    return Term(value, "literal", XSD + "string")


def substitute(text: str, params: Mapping[str, Value]) -> str:
    """Puts values into the lines `VALUES ?name { … }` as RDF terms: a value can never become syntax.

    Raises:
        QueryError: the query has no such line for a parameter.

    >>> substitute("SELECT * { VALUES ?n { UNDEF } ?s ?p ?n }", {"n": "x\\" } # "})
    'SELECT * { VALUES ?n { "x\\\\" } # " } ?s ?p ?n }'
    """
    for name, value in params.items():
        line = re.compile(rf"(VALUES\s+\?{re.escape(name)}\s*\{{)[^{{}}]*\}}", re.IGNORECASE)
        if not line.search(text):
            raise QueryError(
                Text(f"the query has no parameter {name}", f"查询没有参数 {name}"),
                Text(
                    f"a parameter is a line `VALUES ?{name} {{ UNDEF }}` in it",
                    f"参数是查询中的一行 `VALUES ?{name} {{ UNDEF }}`",
                ),
            )
        if value != "":
            filled = " ".join(nt(term_of(each)) for each in ([value] if isinstance(value, str | Term) else value))
            text = line.sub(lambda match, filled=filled: f"{match[1]} {filled} }}", text, count=1)  # type: ignore[misc]
    return text


def _stream(answer: Answer, text: str) -> Stream:
    if isinstance(answer, Solutions):
        order = _order(answer.variables, text)
        columns = tuple(answer.variables[place] for place in order)
        moved = order != sorted(order)
        return Stream(columns, (tuple([row[place] for place in order]) for row in answer.rows) if moved else answer.rows)
    if isinstance(answer, Triples):
        return Stream(("subject", "predicate", "object"), tuple(dict.fromkeys(answer.triples)), "graph")
    return Stream(("answer",), ((Term("true" if answer else "false", "literal", XSD + "boolean"),),), "ask")


def _order(variables: Sequence[str], text: str) -> list[int]:
    """The places of the variables as columns: after SELECT * as they come in the query, which Oxigraph sorts by name.

    >>> _order(("o", "p", "s"), "SELECT * { ?s ?p ?o }"), _order(("b", "a"), "SELECT ?b ?a { ?a ?c ?b }")
    ([2, 1, 0], [0, 1])
    """
    words = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    start = next((place for place, word in enumerate(words) if word.text.upper() == "SELECT"), len(words))
    chosen = next((word.text for word in words[start + 1 :] if word.text.upper() not in {"DISTINCT", "REDUCED"}), "")
    if chosen != "*":
        return list(range(len(variables)))
    seen = {name: place for place, name in reversed(list(enumerate(word.text[1:] for word in words if word.kind == "variable")))}
    return sorted(range(len(variables)), key=lambda place: seen.get(variables[place], len(words)))


def with_labels(store: Store, table: Table, lang: str, ontology: Ontology | None = None) -> Table:
    """The table with a column ?xLabel beside each column ?x that holds IRIs and has none yet."""
    with_iris = [
        place
        for place, name in enumerate(table.columns)
        if f"{name}Label" not in table.columns and any(row[place] and row[place].kind == "iri" for row in table.rows)  # type: ignore[union-attr]
    ]
    iris = {term.value for row in table.rows for place in with_iris if (term := row[place]) and term.kind == "iri"}
    known = labels_of(store, iris, lang, ontology)
    columns: list[str] = []
    for place, name in enumerate(table.columns):
        columns += [name, f"{name}Label"] if place in with_iris else [name]
    return Table(tuple(columns), tuple(_labelled(row, with_iris, known) for row in table.rows), table.form)


def _labelled(row: Row, places: Sequence[int], known: Mapping[str, str]) -> Row:
    cells: list[Term | None] = []
    for place, term in enumerate(row):
        cells.append(term)
        if place in places:
            label = known.get(term.value) if term and term.kind == "iri" else None
            cells.append(Term(label, "literal", XSD + "string") if label else None)
    return tuple(cells)


def labels_of(store: Store, iris: Iterable[str], lang: str, ontology: Ontology | None = None) -> dict[str, str]:
    """The label to show for each IRI that has one: from the graph (prefLabel, title, rdfs:label), else from the ontology."""
    ordered = sorted(iris)
    found: dict[str, list[tuple[str, str]]] = {}
    for start in range(0, len(ordered), _AT_ONCE):
        values = " ".join(f"<{iri}>" for iri in ordered[start : start + _AT_ONCE])
        query = f"SELECT DISTINCT ?x ?l {{ VALUES ?x {{ {values} }} ?x <{PREF_LABEL}>|<{TITLE}>|<{LABEL}> ?l }}"
        answer = store.query(query)
        assert isinstance(answer, Solutions)
        for iri, label in answer.rows:
            if iri and label:
                found.setdefault(iri.value, []).append((label.value, label.lang))
    shown = {iri: pick_label(labels, lang) for iri, labels in found.items()}
    if ontology:
        known = [iri for iri in ordered if iri not in shown and (iri in ontology.schema or ontology.vocabulary.by_iri(iri))]
        shown |= {iri: ontology.label(iri, lang) for iri in known}
    return {iri: label for iri, label in shown.items() if label}
