"""The workbook: what recognition or a letter's writer left in a cell is never reckoned out."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from models.letter import Letter
from models.reference import Assignment
from pipeline.archive.exports.spreadsheets import write_book
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import trace_all
from pipeline.trace.formats.workbook import tables
from tests.pipeline.link.by_hand import cites, letter

MOH, NGHE_AN = "Bộ Y tế", "Ủy ban nhân dân tỉnh Nghệ An"
DAY = date(2024, 6, 1)


def book(evil: str, path: Path) -> list[tuple[object, bool, str]]:
    """Every cell of a workbook into which `evil` was brought by a sentence and an assignment: value, quoted, type."""
    asked = letter("asked", "100/BYT-DP", "2024-03-01", MOH, to=(NGHE_AN,), subject="tiêm chủng")
    given = (Assignment(to=evil, role="chủ trì", what=evil),)
    reference = cites("100/BYT-DP", "2024-03-01", MOH, "implements", sentence=evil)
    acting = letter("acting", "9/UBND-VX", "2024-04-01", NGHE_AN, reference, assignments=given)
    shelf = MemoryIndex([asked, acting])
    held: dict[str, Letter] = {one.id: resolve(one, shelf) for one in shelf.letters.values()}
    write_book(tables(list(trace_all(assemble(held.values()), DAY)), DAY, held.get), path)
    return [(cell.value, bool(cell.quotePrefix), cell.data_type) for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_formula_gets_into_the_workbook(evil: str, tmp_path: Path) -> None:
    found = [cell for cell in book(evil, tmp_path / "a.xlsx") if cell[0] == evil]
    assert len(found) == 3  # the sentence, whom it was given to, what
    assert {(quoted, kind) for _, quoted, kind in found} == {(True, "s")}


def test_plain_words_stand_as_they_are(tmp_path: Path) -> None:
    found = [cell for cell in book("giao Sở Y tế chủ trì", tmp_path / "a.xlsx") if cell[0] == "giao Sở Y tế chủ trì"]
    assert {(quoted, kind) for _, quoted, kind in found} == {(False, "s")}
