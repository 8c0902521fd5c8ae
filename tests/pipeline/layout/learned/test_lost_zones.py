"""Zones that the rules found nowhere are filled where the labeller is sure, as proposals."""

from __future__ import annotations

import pytest

from models.page import Role
from pipeline.layout.body import Labels
from pipeline.layout.learned import lost_zones
from pipeline.layout.learned.lost_zones import fill_lost
from pipeline.layout.rows import Grid, grid_of
from tests.pipeline.extract.header.build import page
from tests.pipeline.layout.test_roles import LETTER


def filled(grid: Grid, lost: Role, **more: bool) -> dict[str, Role]:
    """The roles that lines get, where the rules found all but one zone."""
    labels = Labels()
    for item in grid.rows:
        if item.role not in (lost, Role.BODY, Role.NONE):
            labels.put(item, item.role, 0.9)
    fill_lost(grid, labels, **{"first": True, **more})
    lines = [labels.line(item, "full") for item in grid.rows if item.role is lost]
    assert all(line.role_confidence <= 0.8 for line in lines)
    return {line.text: line.role for line in lines}


def test_a_subject_that_the_rules_found_nowhere_is_proposed() -> None:
    grid = grid_of(page(LETTER))
    assert filled(grid, Role.SUBJECT) == {"V/v góp ý dự thảo Quy chế": Role.SUBJECT}
    assert set(filled(grid, Role.PLACE_DAY).values()) == {Role.PLACE_DAY}
    assert set(filled(grid, Role.ADDRESSEES).values()) == {Role.ADDRESSEES}


def test_a_page_on_which_no_letter_begins_gets_no_head() -> None:
    assert filled(grid_of(page(LETTER)), Role.SUBJECT, first=False) == {"V/v góp ý dự thảo Quy chế": Role.NONE}


def test_a_line_of_which_the_labeller_is_not_sure_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lost_zones, "threshold", lambda name: 1.1)
    assert set(filled(grid_of(page(LETTER)), Role.SUBJECT).values()) == {Role.NONE}
