"""Running text from page lines: what is left out, what is joined, and which page an offset is on."""

from __future__ import annotations

from datetime import date

import pytest

from models.letter import Header
from models.page import Box, Line, Page, Word
from pipeline.extract.references import read_pages
from pipeline.extract.references.text.body_text import body_text
from pipeline.layout import relabel

HEADER = Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", number="77/UBND-VX", doc_type="CV", place="Nghệ An", date=date(2021, 3, 1))


def line(text: str, x: float, y: float, width: float | None = None) -> Line:
    words = text.split()
    step = (width or 5.0 * len(text)) / max(1, len(words))
    return Line(words=tuple(Word(text=w, box=Box(x + n * step, y, x + (n + 1) * step, y + 12)) for n, w in enumerate(words)))


def page(number: int, *lines: Line) -> Page:
    return relabel(Page(number=number, width=595, height=842, kind="digital", lines=lines))


FIRST = page(
    1,
    line("ỦY BAN NHÂN DÂN", 90, 50),
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50),
    line("Số: 78/UBND-VX", 100, 80),
    line("Nghệ An, ngày 01 tháng 3 năm 2021", 320, 80),
    line("Kính gửi: Sở Y tế", 150, 140, 200),
    line("Thực hiện Công văn số 332/BKHCN-TĐC ngày 23 tháng 02 năm 2021 của Bộ Khoa học và", 113, 170, 428),
    line("Công nghệ, UBND tỉnh yêu cầu các đơn vị thực hiện theo Quyết định số 36/QĐ-", 85, 186, 456),
)
SECOND = page(
    2,
    line("2", 295, 40),
    line("TTg ngày 11/01/2021 của Thủ tướng Chính phủ.", 85, 70, 220),
    line("Nơi nhận:", 85, 200),
    line("TM. ỦY BAN NHÂN DÂN", 350, 200),
    line("- Lưu: VT, theo Công văn số 99/SYT-VP.", 85, 215),
)


def test_header_page_number_and_foot_are_left_out() -> None:
    text = body_text([FIRST, SECOND], HEADER, None).text
    assert "CỘNG HÒA" not in text and "78/UBND-VX" not in text and "99/SYT-VP" not in text
    assert "\n2\n" not in f"\n{text}\n" and " 2 " not in text


def test_number_broken_over_a_page_is_one_reference_on_its_first_page() -> None:
    said = {r.number: r for r in read_pages([FIRST, SECOND], HEADER).references}
    assert set(said) == {"332/BKHCN-TĐC", "36/QĐ-TTg"}
    assert said["36/QĐ-TTg"].date == date(2021, 1, 11)
    assert said["36/QĐ-TTg"].page == 1


def test_paragraph_goes_on_over_the_page_and_offsets_know_their_page() -> None:
    laid = body_text([FIRST, SECOND], HEADER, None)
    at = laid.text.index("TTg ngày")
    assert laid.page_at(at) == 2 and laid.page_at(laid.text.index("332/")) == 1
    assert any(p.start < laid.text.index("332/") and at < p.end for p in laid.paragraphs)


def test_annex_is_marked() -> None:
    annex = page(3, line("PHỤ LỤC", 250, 60), line("(Kèm theo Công văn số 77/UBND-VX ngày 01/3/2021 của UBND tỉnh)", 120, 80))
    laid = body_text([FIRST, SECOND, annex], HEADER, (3, 3))
    assert [p.kind for p in laid.paragraphs if "PHỤ LỤC" in laid.text[p.start : p.end]] == ["annex"]
    assert "77/UBND-VX" not in {r.number for r in read_pages([FIRST, SECOND, annex], HEADER, (3, 3)).references}


def test_subject_that_the_header_holds_is_read_once_and_first() -> None:
    header = HEADER.model_copy(update={"subject": "triển khai Chỉ thị số 19/CT-TTg ngày 24/4/2020 của Thủ tướng Chính phủ"})
    first = read_pages([FIRST, SECOND], header).references[0]
    assert (first.number, first.relation, first.date) == ("19/CT-TTg", "implements", date(2020, 4, 24))


@pytest.mark.parametrize("height", [2.0, 4.5])
def test_a_speck_between_two_lines_of_a_scan_parts_no_sentence(height: float) -> None:
    speck = Line(words=(Word(text="P", box=Box(300, 184, 303, 184 + height), confidence=0.9),))
    lines = [
        line("Kính gửi: Sở Y tế", 150, 140, 200),
        line("4. Triển khai thực hiện các nhiệm vụ của địa phương được giao tại Chỉ thị của Thủ", 113, 170, 428),
        line("Tướng số 16/CT-TTg ngày 20/5/2024 và các kế hoạch của năm nay trên địa bàn tỉnh này", 85, 190, 456),
    ]
    scan = relabel(Page(number=1, width=595, height=842, kind="scan", lines=(*lines[:2], speck, lines[2])))
    laid = body_text([scan], HEADER, None)
    (paragraph,) = [one for one in laid.paragraphs if "16/CT-TTg" in laid.text[one.start : one.end]]
    assert laid.text[paragraph.start : paragraph.end].startswith("4. Triển khai thực hiện")
    assert [one.relation for one in read_pages([scan], HEADER).references] == ["implements"]


def test_blank_pages_and_no_pages() -> None:
    blank = Page(number=1, width=595, height=842, kind="blank")
    assert read_pages([], HEADER).references == () and read_pages([blank], HEADER).references == ()
