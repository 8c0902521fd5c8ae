"""Where a reference stands: offsets of the running text, boxes of the sheet, and the spans of the pipeline."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from models.letter import Header
from models.page import Box, Line, Page, Word
from models.reference import Reference
from pipeline.extract.references import read_pages, read_text, reader
from pipeline.extract.references.text.body_text import body_text, of_text
from pipeline.layout import relabel

TEXTS = [
    row["text"].replace("¶", "\n")
    for row in csv.DictReader(
        Path(__file__).with_name("citations.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
]
HEADER = Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", subject="triển khai Chỉ thị số 19/CT-TTg của Thủ tướng Chính phủ", doc_type="CV")


def line(text: str, x: float, y: float) -> Line:
    """Each word is 10 points wide, 12 high, and 20 from the next one's beginning."""
    words = tuple(Word(text=word, box=Box(x + 20 * n, y, x + 20 * n + 10, y + 12)) for n, word in enumerate(text.split()))
    return Line(words=words)


PAGES = [
    relabel(page, first=page.number == 4)
    for page in (
        Page(
            number=4,
            width=595,
            height=842,
            kind="scan",
            lines=(
                line("Số: 78/UBND-VX", 100, 80),
                line("V/v triển khai Chỉ thị số 19/CT-TTg", 60, 100),
                line("của Thủ tướng Chính phủ", 60, 115),
                line("Kính gửi: Sở Y tế", 150, 200),
                line("Thực hiện Công văn số 332/BKHCN-TĐC ngày 23 tháng 02 năm 2021 của", 113, 300),
                line("Bộ Khoa học và Công nghệ, Sở Y tế báo cáo trước ngày 15/4/2021 theo", 85, 316),
                line("Quyết định số 36/QĐ-", 85, 332),
            ),
        ),
        Page(number=5, width=595, height=842, kind="scan", lines=(line("TTg của Thủ tướng Chính phủ.", 85, 70),)),
    )
]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def said() -> dict[str | None, Reference]:
    return {one.number: one for one in read_pages(PAGES, HEADER).references}


@pytest.mark.parametrize("text", TEXTS)
def test_the_place_holds_the_words(text: str) -> None:
    laid = of_text(text)
    found = read_text(laid, Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", doc_type="CV")).references
    assert [one.id for one in found] == [f"r{n}" for n in range(1, len(found) + 1)]
    for one in found:
        assert one.start is not None and one.end is not None
        assert squeezed(laid.text[one.start : one.end]) == one.text
        if one.within:
            assert one.sentence[slice(*one.within)] == one.text


@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_the_references_places(text: str) -> None:
    doc = reader()(text)
    spans = {span.id_: span for span in doc.spans["references"]}
    assert {one.id: (one.start, one.end) for one in doc._.references} == {
        id: (span.start_char, span.end_char) for id, span in spans.items()
    }
    assert all(one.label_ for key in ("citations", "aliases", "anaphora") for one in doc.spans[key])


def test_a_token_that_a_citation_ends_in_is_split_there() -> None:
    doc = reader()("Thực hiện Quyết định số 36/QĐ-TTgngày 11 tháng 01 năm 2021, các đơn vị báo cáo.")
    assert [span.text for span in doc.spans["numbers"]] == ["36/QĐ-TTg"]
    assert doc.text == "Thực hiện Quyết định số 36/QĐ-TTgngày 11 tháng 01 năm 2021, các đơn vị báo cáo."


def test_the_running_text_of_a_letter_is_laid_out_again_the_same() -> None:
    text = body_text(PAGES, HEADER, None).text
    assert text == body_text(PAGES, HEADER, None).text
    assert all(squeezed(text[one.start : one.end]) == one.text for one in said().values())


def test_boxes_are_those_of_the_words_one_a_line() -> None:
    boxes = said()["332/BKHCN-TĐC"].boxes
    # "Công văn … của" begins two words into the first line and runs on over six words of the second
    assert [(one.page, one.box) for one in boxes] == [(4, Box(153, 300, 363, 312)), (4, Box(85, 316, 195, 328))]


def test_boxes_go_on_over_the_page() -> None:
    boxes = said()["36/QĐ-TTg"].boxes
    assert [(one.page, one.box) for one in boxes] == [(4, Box(85, 332, 155, 344)), (5, Box(85, 70, 195, 82))]


def test_each_run_of_words_is_found_in_the_text_that_the_letter_keeps() -> None:
    kept = {page.number: page.text for page in PAGES}
    for one in said().values():
        there = " ".join(kept[run.page][run.start : run.end] for run in one.boxes)
        assert there.replace("QĐ- TTg", "QĐ-TTg").strip(",.") == one.text.replace("QĐ- TTg", "QĐ-TTg")


def test_a_citation_in_the_subject_stands_where_the_sheet_has_it() -> None:
    one = said()["19/CT-TTg"]
    assert HEADER.subject and one.start is not None and HEADER.subject[one.start : one.end] == one.text
    assert [(box.page, box.box) for box in one.boxes] == [(4, Box(120, 100, 190, 112)), (4, Box(60, 115, 150, 127))]


def test_a_subject_that_a_person_typed_has_no_box() -> None:
    header = HEADER.model_copy(update={"subject": "triển khai Chỉ thị số 20/CT-UBND của tỉnh"})
    found = {one.number: one for one in read_pages(PAGES, header).references}
    assert found["20/CT-UBND"].boxes == ()
