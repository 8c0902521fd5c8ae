"""The titles, mottos and types of documents: each row read as itself."""

from __future__ import annotations

import pytest

from models.skeleton import skeleton
from rules import cues
from rules.document_types import type_names, type_spellings
from rules.tables import rows
from rules.thresholds import threshold


@pytest.mark.parametrize("row", rows("titles"), ids=[row["title"] for row in rows("titles")])
def test_a_title_is_read_as_itself(row: dict[str, str]) -> None:
    assert cues.title(skeleton(row["title"])) == (skeleton(row["title"]), row["doc_type"], 1.0)


@pytest.mark.parametrize("row", rows("mottos"), ids=[row["phrase"] for row in rows("mottos")])
def test_a_motto_tells_whose_letter_it_is(row: dict[str, str]) -> None:
    assert cues.motto(skeleton(row["phrase"])) == row["regime"]
    assert cues.motto("ỦY BAN NHÂN DÂN TỈNH GIA LAI") is None


def test_types_are_called_by_language() -> None:
    assert type_names()["QĐ"] == "Quyết định"
    assert type_names("en")["QĐ"] == "decision"
    assert "TCVN" not in type_names(), "a standard is no type of document"
    assert set(type_names()) == set(type_names("en"))


def test_every_way_to_write_a_type() -> None:
    ways = set(type_spellings())
    assert {("Quyết định", "QĐ"), ("QĐ", "QĐ"), ("Công văn", "CV"), ("Luật", "Luật")} <= ways
    assert {abbreviation for _, abbreviation in ways} >= set(type_names())


def test_a_threshold_that_no_row_has_is_a_fault() -> None:
    assert 0.5 < threshold("review.chance") < 1
    with pytest.raises(KeyError):
        threshold("no such figure")
