"""A scan that the archive keeps, read anew by the product's own eyes: what people did stands, also where its pages are parted otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import pipeline
from models.letter import Letter
from models.rereading import Chosen
from pipeline.archive.safety.verification import verify
from pipeline.ingest import Pace, Stages
from pipeline.office import Office
from tests.pipeline.ingest.anew import parse_before, split_before

SCAN = Path(__file__).parents[3] / "samples" / "letters" / "seed-scan.pdf"
ONE = Pace(workers=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An archive of Nghệ An's committee with a file plan; it is whole after whatever is done."""
    with pipeline.open(tmp_path / "archive") as opened:
        opened.office = "Ủy ban nhân dân tỉnh Nghệ An"
        (tmp_path / "plan.tsv").write_text("Số và ký hiệu hồ sơ\tTiêu đề hồ sơ\n01\tNăng suất\n", encoding="utf-8")
        opened.import_plan(tmp_path / "plan.tsv", year=2021)
        yield opened
        assert verify(opened.archive.engine, opened.archive.root).faults == []


def on_page(office: Office, page: int) -> Letter:
    (letter,) = (one for one in office.archive.letters() if one.source.pages[0] == page)
    return letter


def numbered(office: Office) -> dict[str, str]:
    """The arrival numbers of incoming letters, by id."""
    frame = office.register("incoming")
    return {str(id): str(number) for id, number in zip(frame.index, frame.iloc[:, 1], strict=True)}


def test_a_scan_read_anew_is_the_same_and_keeps_what_people_did(office: Office, reading: Stages) -> None:
    office.ingest(SCAN, stages=reading, pace=ONE)
    letter, plan = on_page(office, 1), on_page(office, 2)
    (code,) = (one.code for one in office.case_files())
    office.correct(letter.id, "subject", "người sửa", "Lan")
    office.correct(letter.id, "arrival.number", "77", "Lan")
    office.correct(letter.id, "reference:332/BKHCN-TĐC:target", None, "Lan")
    office.put(code, [plan.id], who="Lan")
    office.arrive(list(numbered(office)), first=1, who="Lan")
    closed = office.close_matter("332/BKHCN-TĐC", "Nghệ An", "Lan", date(2021, 12, 1))
    before = list(office.archive.letters(with_text=True))
    arrived, changes = numbered(office), office.history()
    assert sorted(arrived.values()) == ["1", "2"]
    report = office.reread(pace=ONE, who="Lan")
    assert (report.files, report.done, report.failed, report.held, report.counts) == (1, 1, (), (), ())
    assert list(office.archive.letters(with_text=True)) == before and numbered(office) == arrived
    assert office.archive.letter(letter.id).header.subject == "người sửa"
    assert office.case_file(code)[1][0].id == plan.id and office.closings() == [closed] and office.history() == changes


def test_pages_that_are_parted_otherwise_now_wait_for_a_word_and_then_keep_what_people_did(office: Office, reading: Stages) -> None:
    office.ingest(SCAN, stages=reading._replace(split=split_before, parse=parse_before), pace=ONE)
    first, torn, rest = (on_page(office, page) for page in (1, 3, 5))
    (code,) = (one.code for one in office.case_files())
    office.correct(torn.id, "subject", "người sửa", "Lan")
    office.put(code, [rest.id], who="Lan")
    office.arrive(list(numbered(office)), who="Lan")
    arrived = numbered(office)
    report = office.reread(pace=ONE, who="Lan", stages=reading)
    (held,) = report.held
    assert (held.old, held.new) == (((1, 2), (3, 4), (5, 6)), ((1, 1), (2, 2), (3, 6)))
    assert [one.source.pages for one in office.archive.letters()] == [(1, 2), (3, 4), (5, 6)] and numbered(office) == arrived
    assert office.archive.letter(torn.id).header.subject == "người sửa" and office.archive.letter(rest.id).file_code == code

    office.answer_split(held.sha256, "take", who="Lan")
    report = office.reread(Chosen(files=(SCAN.name,)), pace=ONE, who="Lan", stages=reading)
    letters = {one.source.pages: one for one in office.archive.letters()}
    assert sorted(letters) == [(1, 1), (2, 2), (3, 6)] and report.held == ()
    whole = letters[3, 6]
    assert (whole.id, whole.header.subject, whole.file_code, whole.header.number) == (torn.id, "người sửa", code, "334/BKHCN-TĐC")
    assert {id: number for id, number in numbered(office).items() if id in arrived} == {
        id: number for id, number in arrived.items() if id != rest.id
    }
    # the sheets' own places have come back, and what was sure of another is asked about
    answering = letters[1, 1]
    assert answering.id == first.id and answering.header.place == "Nghệ An" and "place" in answering.review
    # links go to the letters as they are now
    targets = {one.number: one.target for one in answering.references}
    assert (targets["332/BKHCN-TĐC"], targets["334/BKHCN-TĐC"]) == (letters[2, 2].id, whole.id)
