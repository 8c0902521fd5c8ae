"""The table of doubt: each row names what the code tells, and weighs the way it may."""

from __future__ import annotations

import ast
from pathlib import Path

from rules.doubt import chance, fitted, weights

CODE = Path(__file__).resolve().parents[2] / "pipeline" / "extract" / "doubt"


def test_every_row_is_told_by_the_code() -> None:
    """A feature that nobody tells would weigh nothing, however well it is fitted."""
    said = {
        node.value
        for path in CODE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {row.name for row in fitted()} - said == {"base"}


def test_no_weight_and_no_prior_speaks_the_other_way() -> None:
    for row in fitted():
        signs = {"for": (0, 1), "against": (-1, 0), "either": (-1, 0, 1)}[row.way]
        assert all((value > 0) - (value < 0) in signs for value in (row.prior, row.weight)), row


def test_each_feature_that_speaks_against_a_field_lowers_its_chance() -> None:
    for row in fitted():
        field = row.field or "subject"
        if row.name != "base" and row.weight < 0:
            assert chance(field, {row.name: 1.0}) < chance(field, {}), row


def test_a_field_knows_its_own_rows_and_those_of_all() -> None:
    assert {"rule", "known"} <= {name for name, _ in weights("issuer")}
    assert "known" not in {name for name, _ in weights("date")}
