"""Equal number, symbol and issuer on different documents: warned of, never merged; copies of one document are no such case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.ledger import SameNumber
from pipeline.archive import Archive, open_archive
from pipeline.archive.books.registers import register
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.tables.database import reading
from pipeline.ingest import Pace, ingest
from tests.pipeline.archive.invented import HA_TINH, NGHE_AN, STAGES, hand_in, sheet, write

ROAD, SCHOOL = "phê duyệt dự án đường tỉnh lộ 558", "thành lập trường mầm non Hoa Sen"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive") as archive:
        yield archive


def warned(archive: Archive) -> list[SameNumber]:
    with reading(archive.engine) as connection:
        return same_numbers(connection)


def decision(subject: str, day: str = "2021-03-07", issuer: str = NGHE_AN, number: str = "87/QĐ-UBND") -> str:
    return sheet(number, issuer, day, subject, doc_type="QĐ", body=f"Điều 1. Nay {subject}; giao các đơn vị có liên quan thi hành.")


def test_two_documents_with_one_number_are_kept_apart_and_told(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "a.pdf", decision(ROAD))
    write(folder, "b.pdf", decision(SCHOOL))
    report = ingest(archive, [folder], stages=STAGES, pace=Pace(workers=1))
    letters = list(archive.letters())
    assert [letter.copy_of for letter in letters] == [None, None]
    (one,) = report.same_number
    assert (one.number, one.issuer, one.year) == ("87/QĐ-UBND", NGHE_AN, 2021)
    assert set(one.letters) == {letter.id for letter in letters}
    assert warned(archive) == [one]
    # told once: a later run that touches neither says nothing, the ledger's page still does
    later = ingest(archive, [write(tmp_path / "more", "c.pdf", decision(ROAD, number="88/QĐ-UBND"))], stages=STAGES, pace=Pace(workers=1))
    assert later.same_number == () and warned(archive) == [one]


def test_one_number_on_another_day_of_the_year_is_told_too(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path, "a.pdf", decision(ROAD)), write(tmp_path, "b.pdf", decision(SCHOOL, "2021-11-30")))
    assert len(warned(archive)) == 1


def test_the_same_number_of_another_year_issuer_or_symbol_is_nothing_to_tell(archive: Archive, tmp_path: Path) -> None:
    others = [decision(SCHOOL, "2022-01-05"), decision(SCHOOL, issuer=HA_TINH), decision(SCHOOL, number="87/KH-UBND")]
    hand_in(archive, *(write(tmp_path, f"{at}.pdf", text) for at, text in enumerate([decision(ROAD), *others])))
    assert len(archive) == 4 and warned(archive) == []


def test_another_scan_is_another_copy_and_no_warning(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path, "a.pdf", decision(ROAD)), write(tmp_path, "b.pdf", decision(ROAD), "trang trắng"))
    assert sum(letter.copy_of is not None for letter in archive.letters()) == 1
    assert warned(archive) == []
    # a third document beside the two copies: two documents, not three
    hand_in(archive, write(tmp_path, "c.pdf", decision(SCHOOL)))
    (one,) = warned(archive)
    assert len(one.letters) == 2


def test_a_correction_ends_the_warning(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path, "a.pdf", decision(ROAD)), write(tmp_path, "b.pdf", decision(SCHOOL)))
    (one,) = warned(archive)
    archive.correct(one.letters[1], "number", "78/QĐ-UBND", "Lan")
    assert warned(archive) == []


def test_the_register_names_other_copies_and_warns_of_equal_numbers(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path, "a.pdf", decision(ROAD)), write(tmp_path, "b.pdf", decision(ROAD), "trang trắng"))
    hand_in(archive, write(tmp_path, "c.pdf", decision(SCHOOL)), write(tmp_path, "d.pdf", decision(SCHOOL, number="90/QĐ-UBND")))
    with reading(archive.engine) as connection:
        book = register(connection, "incoming", None)
    notes = dict(zip(book["Tên loại và trích yếu nội dung văn bản"] + book["Số, ký hiệu văn bản"], book["Ghi chú"], strict=True))
    copied, warned, plain = (
        next(note for key, note in notes.items() if what in key and key.endswith(number))
        for what, number in ((ROAD, "87/QĐ-UBND"), (SCHOOL, "87/QĐ-UBND"), (SCHOOL, "90/QĐ-UBND"))
    )
    assert "trùng số, ký hiệu" in copied and "có bản khác: " in copied
    assert "trùng số, ký hiệu" in warned and "bản khác:" not in warned.replace("văn bản khác", "")
    assert "trùng" not in plain


def test_a_letter_enclosed_in_another_file_is_another_copy(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path, "a.pdf", decision(ROAD)))
    hand_in(archive, write(tmp_path, "b.pdf", sheet("12/TTr-STC", subject="gửi kèm quyết định"), decision(ROAD)))
    copies = {letter.source.file: letter.copy_of for letter in archive.find("87/QĐ-UBND")}
    assert len(copies) == 2 and sum(first is not None for first in copies.values()) == 1
    assert len(archive) == 3 and warned(archive) == []
