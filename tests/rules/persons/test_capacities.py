"""The marks before an office: a row of signature_capacity.tsv is all that one needs."""

from __future__ import annotations

import pytest

from models.skeleton import skeleton
from rules.persons import capacities
from rules.persons.capacities import BY_ORDER, FOR_HEAD, capacity_mark, without_mark
from rules.tables import rows

SHOWN = [(row["mark"], example) for row in rows("signature_capacity") for example in row["example"].split(" ¦ ")]


@pytest.mark.parametrize(("mark", "example"), SHOWN, ids=[example for _, example in SHOWN])
def test_a_mark_is_read_as_its_row_shows(mark: str, example: str) -> None:
    found = capacity_mark(skeleton(example))
    assert found is not None
    assert found.mark == mark
    assert example.endswith(without_mark(example)) and without_mark(example)[0].isalpha()


def test_every_mark_has_an_example_of_each_misreading() -> None:
    for row in rows("signature_capacity"):
        for letters in row["misread"].split("; "):
            said = capacity_mark(f"{letters}. GIAM DOC") if letters else None
            assert said is None or said.mark == row["mark"]


@pytest.mark.parametrize("line", ["CHU TICH", "GIAM DOC", "PHO GIAM DOC", "TINH UY", "KTV NGUYEN VAN A", "QUYEN", "TONG CUC TRUONG", "KT."])
def test_what_is_no_mark(line: str) -> None:
    assert capacity_mark(line) is None
    assert without_mark(line) == line


def test_a_row_that_is_added_works(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {**dict.fromkeys(rows("signature_capacity")[0], ""), "mark": "TC.", "misread": "IC", "alone": "yes"}
    monkeypatch.setattr(capacities, "rows", lambda name: (*rows(name), row))
    for kept in (capacities._marks, capacities.capacity_mark):
        kept.cache_clear()
    try:
        for line in ("TC. GIAM DOC", "T.C. GIAM DOC", "IC. GIAM DOC", "TC GIAM DOC"):
            found = capacity_mark(line)
            assert found is not None and found.mark == "TC."
    finally:
        monkeypatch.undo()
        for kept in (capacities._marks, capacities.capacity_mark):
            kept.cache_clear()


def test_the_marks_that_tell_who_signs_for_whom_are_of_the_table() -> None:
    assert {row["mark"] for row in rows("signature_capacity")} >= FOR_HEAD | BY_ORDER
