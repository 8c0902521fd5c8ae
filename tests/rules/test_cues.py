"""The tables of relations, symbols and look-alikes against what the program makes of them."""

from __future__ import annotations

import re

import pytest

from models.skeleton import code
from rules.confusions import pairs
from rules.numbers.reading import parse
from rules.tables import rows

RELATIONS = {
    "based_on", "implements", "responds_to", "acknowledges", "follows_up", "proposed_by",
    "amends", "replaces", "guides", "encloses", "mentions",
}  # fmt: skip


def test_every_relation_of_the_record_has_a_cue() -> None:
    finer = {r["relation"]: r["record_relation"] for r in rows("relations")}
    read = {r["reads"] for r in rows("clause_phrases") if r["group"] in ("predicate", "lapse")}
    assert read <= set(finer) and {finer[one] for one in read} == RELATIONS


@pytest.mark.parametrize("row", rows("symbols"), ids=[r["abbr"] for r in rows("symbols")])
def test_example_of_a_symbol_holds_it(row: dict[str, str]) -> None:
    number = parse(row["example"])
    assert number is not None
    assert number.canonical == row["example"]
    assert code(row["abbr"]) in {code(s) for s in (*number.issuer_abbr.split(";"), number.unit, number.type_abbr)}


def _spelt(text: str) -> str:
    """The table's U+00D0 as the sign it stands for."""
    return re.sub(r"U\+([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("row", rows("confusions"), ids=[f"{r['where']}-{r['printed']}-{r['read']}" for r in rows("confusions")])
def test_example_of_a_confusion_shows_it(row: dict[str, str]) -> None:
    printed, read = (_spelt(example) for example in row["example"].split(" ¦ "))
    assert printed != read
    signs = [(_spelt(a), _spelt(b)) for a in row["printed"].split() for b in row["read"].split()]
    assert read in {printed[:i] + b + printed[i + len(a) :] for a, b in signs for i in range(len(printed)) if printed.startswith(a, i)}
    assert set(signs) - {(a, a) for a, _ in signs} <= set(pairs(row["where"]))
