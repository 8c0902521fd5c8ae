"""How much of a document is ended or changed, by the words of the citation."""

from __future__ import annotations

import pytest

from models.letter import Header
from models.reference import Relation, Scope
from pipeline.extract.references import read_text
from pipeline.extract.references.relate.scope import scope_of_text
from pipeline.extract.references.text.body_text import of_text


@pytest.mark.parametrize(
    ("relation", "text", "pinpoint", "scope"),
    [
        ("replaces", "Quyết định số 5/QĐ-UBND", None, "whole"),
        ("replaces", "Quyết định số 5/QĐ-UBND", "khoản 2 Điều 1", "part"),
        ("replaces", "một phần Quyết định số 5/QĐ-UBND", None, "part"),
        ("amends", "một số điều của Quyết định số 5/QĐ-UBND", None, "part"),
        ("implements", "khoản 2 Điều 1 Quyết định số 5/QĐ-UBND", "khoản 2 Điều 1", "whole"),
    ],
)
def test_a_part_is_known_by_its_pinpoint_or_its_words(relation: Relation, text: str, pinpoint: str | None, scope: Scope) -> None:
    assert scope_of_text(relation, text, pinpoint) == scope


def test_a_letter_says_which_part_it_ends() -> None:
    said = "Quyết định này thay thế khoản 2 Điều 1 Quyết định số 5/QĐ-UBND ngày 02 tháng 01 năm 2020."
    (found,) = read_text(of_text(said), Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", doc_type="QĐ")).references
    assert (found.relation, found.pinpoint, found.scope) == ("replaces", "khoản 2 Điều 1", "part")
