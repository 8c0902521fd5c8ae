"""A sheet that holds two pages side by side."""

from __future__ import annotations

from models.intake import Intake
from models.page import Box, Line, Page, Word
from pipeline.extract import parse
from pipeline.layout import label
from pipeline.segment import split
from tests.pipeline.extract.header.build import BODY, FOOT, HEIGHT, WIDTH, head, page

ONE = (
    head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "126/SYT-NVY", "05/10/2022", "Gia Lai") + "L V/v góp ý\n.\nK Kính gửi: Sở Tư pháp.\n" + BODY + FOOT
)
TWO = (
    head("UBND TỈNH GIA LAI", "SỞ NỘI VỤ", "77/SNV-TCBC", "06/10/2022", "Gia Lai")
    + "L V/v báo cáo\n.\nK Kính gửi: Sở Y tế.\n"
    + BODY
    + FOOT
)


def moved(line: Line, by: float) -> Line:
    return Line(words=tuple(Word(text=w.text, box=Box(w.box.x0 + by, w.box.y0, w.box.x1 + by, w.box.y1)) for w in line.words))


def sheet(left: str, right: str) -> Page:
    lines = (*(moved(line, 0) for line in page(left).lines), *(moved(line, WIDTH) for line in page(right).lines))
    return Page(number=3, width=2 * WIDTH, height=HEIGHT, kind="scan", lines=lines)


def test_two_letters_on_one_sheet_are_two() -> None:
    pages = label(sheet(ONE, TWO))
    assert [(one.part, one.width > 0.8 * WIDTH) for one in pages] == [(1, True), (2, True)]
    spans = split(pages)
    assert [(span.first, span.first_part, span.order) for span in spans] == [(3, 1, 1), (3, 2, 2)]
    intake = Intake.model_validate(
        {"path": "a.pdf", "name": "a.pdf", "sha256": "ab" * 32, "size": 1, "kind": "pdf", "pages": 3},
    )
    letters = [parse(intake, pages, span) for span in spans]
    assert [letter.header.number for letter in letters] == ["126/SYT-NVY", "77/SNV-TCBC"]
    assert [letter.id.partition("-")[2] for letter in letters] == ["3", "3.2"]
    where = letters[1].evidence["number"].box
    assert where is not None and where.x0 > WIDTH, "boxes are of the whole sheet"


def test_a_wide_page_with_one_motto_is_one() -> None:
    wide = page(ONE).model_copy(update={"width": 2 * WIDTH})
    assert len(label(wide)) == 1


def test_a_page_is_not_parted_where_it_is_to_stay_whole() -> None:
    assert len(label(sheet(ONE, TWO), whole=True)) == 1


def test_a_booklet_begins_at_the_right_of_its_first_sheet() -> None:
    last = "P 3. Các đơn vị báo cáo kết quả về Sở Y tế trước ngày 15 tháng 4 năm 2022.\n" + FOOT
    pages = label(sheet(last, ONE))
    assert [(one.part, one.left > 0) for one in pages] == [(1, True), (2, False)]
    (span,) = split(pages)
    assert (span.first, span.last, span.first_part, span.last_part) == (3, 3, 1, 2)
