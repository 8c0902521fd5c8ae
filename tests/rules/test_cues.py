"""The cue tables: every pattern matches one of its row's examples, and every example is matched, as folded text."""

from __future__ import annotations

import re

import pytest

from models.skeleton import code
from pipeline.extract.references.text.folding import fold
from rules.numbers.reading import parse
from rules.tables import rows

CUES = [(t, r) for t in ("relations", "deadlines") for r in rows(t) if r["pattern"]]
RELATIONS = {
    "based_on", "implements", "responds_to", "acknowledges", "follows_up", "proposed_by",
    "amends", "replaces", "guides", "encloses", "mentions",
}  # fmt: skip


@pytest.mark.parametrize(("table", "row"), CUES, ids=[f"{t}-{r.get('relation') or r.get('pattern_id')}" for t, r in CUES])
def test_pattern_and_examples_hold_together(table: str, row: dict[str, str]) -> None:
    patterns = [re.compile(p) for p in (row["pattern"], row.get("pattern_after", "")) if p]
    examples = [fold(e) for e in row["example"].split(" ¦ ")]
    assert all(any(p.search(e) for p in patterns) for e in examples), row["example"]
    assert any(patterns[0].search(e) for e in examples)


def test_every_relation_of_the_record_has_a_cue() -> None:
    assert {r["record_relation"] for r in rows("relations") if r["pattern"]} == RELATIONS


@pytest.mark.parametrize("row", rows("symbols"), ids=[r["abbr"] for r in rows("symbols")])
def test_example_of_a_symbol_holds_it(row: dict[str, str]) -> None:
    number = parse(row["example"])
    assert number is not None
    assert number.canonical == row["example"]
    assert code(row["abbr"]) in {code(s) for s in (*number.issuer_abbr.split(";"), number.unit, number.type_abbr)}


@pytest.mark.parametrize("row", rows("confusions"), ids=[f"{r['where']}-{r['printed']}-{r['read']}" for r in rows("confusions")])
def test_example_of_a_confusion_shows_it(row: dict[str, str]) -> None:
    printed, read = row["example"].split(" ¦ ")
    assert printed != read
    assert read in {
        printed[:i] + row["read"] + printed[i + len(row["printed"]) :] for i in range(len(printed)) if printed.startswith(row["printed"], i)
    }
