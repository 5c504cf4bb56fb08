"""Every check is empty on a good graph, and finds what it is for on a broken one."""

from __future__ import annotations

import re

import pytest

from tests.ontology.graphs import FOLDER, PROLOGUE, ask, fixture_store

CHECKS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((FOLDER / "checks").glob("*.rq"))}

# Check → what breaks the fixture, and the offenders that it then names.
BROKEN = {
    "no-evidence": ("DELETE WHERE { m:m1 coop:evidence ?e }", ["m:m1"]),
    "partner-is-initiator": ("INSERT DATA { c:c3 coop:participant u:branch2 }", ["c:c3"]),
    "quote-lacks-exact": (
        'DELETE WHERE { e:d3-0-17 coop:quote ?q }; INSERT DATA { e:d3-0-17 coop:quote "另一句。" }',
        ["e:d3-0-17"],
    ),
    "offsets-differ-from-exact": ("DELETE WHERE { e:d3-0-17 coop:end ?z }; INSERT DATA { e:d3-0-17 coop:end 51 }", ["e:d3-0-17"]),
    "same-name-same-parent": (
        'INSERT DATA { u:twin a coop:Unit ; skos:prefLabel "青川县检察院第二党支部"@zh ; coop:parentUnit u:office1 }',
        ["u:branch1"],
    ),
    "same-name-no-parent": ('INSERT DATA { u:twin a coop:Unit ; skos:prefLabel "云岭公司"@zh }', ["u:company", "u:twin"]),
    "unlabelled": ('DELETE WHERE { u:school skos:prefLabel ?l }; INSERT DATA { u:school skos:prefLabel "" }', ["u:school"]),
    "blank-node": ("INSERT DATA { [] skos:note 'x' }", ["*"]),
    "figure-without-bound": ("DELETE WHERE { o:rate coop:quantityBound ?b }", ["o:rate"]),
    "operates-without-inverse": ("DELETE WHERE { u:branch1 coop:operates m:m2 }", ["m:m2"]),
    "cooperates-one-way": ("DELETE WHERE { u:school coop:cooperatesWith ?u }", ["u:branch3"]),
    "cooperates-unproved": ("DELETE WHERE { c:c5 coop:participant ?u }", ["u:branch3", "u:school"]),
    "part-of-itself": ("INSERT DATA { u:office1 coop:parentUnit u:branch1 }", ["u:branch1", "u:office1"]),
    "parent-below": ("INSERT DATA { u:supreme coop:parentUnit u:office1 }", ["u:supreme"]),
    "honour-without-owner": ("DELETE WHERE { o:honour coop:achievedBy ?u }", ["o:honour"]),
    "case-without-facts": ("DELETE WHERE { ?fact coop:reportedIn case:k3 }", ["case:k3"]),
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_empty_on_a_good_graph(name: str) -> None:
    assert ask(fixture_store(*(FOLDER / "vocabulary").glob("*.ttl"), FOLDER / "core.ttl"), CHECKS[name])[1] == []


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_what_it_is_for(name: str) -> None:
    update, offenders = BROKEN[name]
    store = fixture_store()
    store.update(PROLOGUE + update)
    columns, rows = ask(store, CHECKS[name])
    assert columns == ["focus", "detail"]
    assert len(rows) == 1 if offenders == ["*"] else [row[0] for row in rows] == offenders


def test_generic_units_of_two_cases_may_share_a_name() -> None:
    store = fixture_store()
    store.update(PROLOGUE + 'INSERT DATA { u:others a coop:Unit ; skos:prefLabel "高校"@zh ; coop:generic true }')
    assert ask(store, CHECKS["same-name-no-parent"])[1] == []


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_says_problem_and_solution_in_both_languages(name: str) -> None:
    problem, solution, severity = CHECKS[name].splitlines()[:3]
    assert re.fullmatch(r"# Problem: [^|]+ \| [^|]+", problem)
    assert re.fullmatch(r"# Solution: [^|]+ \| [^|]+", solution)
    assert severity in ("# Severity: error", "# Severity: warning")
