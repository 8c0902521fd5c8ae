"""The archive's originals read anew: what people did survives, a sure value that changes is asked about, a kill loses nothing."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from models.letter import Letter
from models.rereading import ChangeKind, Chosen, RereadReport
from pipeline.archive import Archive, NotHeld
from pipeline.archive.books import case_files
from pipeline.archive.rereading import reports
from pipeline.archive.safety.verification import verify
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import reading, writing
from pipeline.ingest import ingest
from pipeline.ingest.rereading import answer_split
from tests.pipeline.archive.invented import HA_TINH, NGHE_AN, STAGES, cite, hand_in, sheet, write
from tests.pipeline.ingest.anew import ANEW, changed, otherwise, pages_of, read_anew, started
from tests.pipeline.ingest.taking import ONE, take, whole
from tests.waiting import BOUND, until


@pytest.fixture(autouse=True)
def stays_whole(archive: Archive) -> Iterator[None]:
    """Whatever is read anew, the archive is whole after it."""
    yield
    assert verify(archive.engine, archive.root).faults == []


def only(archive: Archive, number: str) -> Letter:
    (letter,) = archive.find(number, with_text=True)
    return letter


def rows(archive: Archive, id: int) -> list[tuple[str, str, object, object]]:
    with reading(archive.engine) as connection:
        return [(one.field, one.kind.value, one.old, one.new) for one in reports.told(connection, id)]


def test_a_sure_value_that_is_read_otherwise_is_asked_about_with_both_readings(archive: Archive, tmp_path: Path) -> None:
    page = sheet("1/UBND-VX", subject="kế hoạch năm 2021", review=["place"], place="Vinh")
    hand_in(
        archive, write(tmp_path / "in", "a.pdf", otherwise(page, subject="kế hoạch năm 2024", place="Nghệ An", review=[], urgency="KHẨN"))
    )
    report = read_anew(archive)
    letter = only(archive, "1/UBND-VX")
    assert letter.header.subject == "kế hoạch năm 2024" and letter.review == ("subject",)
    assert any("kế hoạch năm 2021" in line for line in letter.evidence["subject"].repairs)
    # what was in doubt before, or was not there, is told and not asked
    assert changed(report) == {("subject", "asked", 1), ("place", "changed", 1), ("urgency", "found", 1)}
    assert rows(archive, report.id)[0] == ("place", "changed", "Vinh", "Nghệ An")
    assert (report.files, report.done, report.left, report.failed) == (1, 1, 0, ())


def test_the_question_stands_until_a_person_answers_or_the_reading_comes_back(archive: Archive, tmp_path: Path) -> None:
    pages = [otherwise(sheet(f"{n}/UBND-VX", subject="năm 2021"), subject="năm 2024") for n in (1, 2)]
    hand_in(archive, *(write(tmp_path / "in", f"{n}.pdf", page) for n, page in enumerate(pages)))
    for _ in range(2):
        read_anew(archive)
        assert [only(archive, f"{n}/UBND-VX").review for n in (1, 2)] == [("subject",), ("subject",)]
    archive.correct(only(archive, "1/UBND-VX").id, "subject", "năm 2024", "Lan")
    read_anew(archive)
    assert [only(archive, f"{n}/UBND-VX").review for n in (1, 2)] == [(), ("subject",)]
    read_anew(archive, stages=STAGES)
    back = only(archive, "2/UBND-VX")
    assert (back.header.subject, back.review) == ("năm 2021", ())


def test_a_value_that_is_lost_is_asked_about_and_spelling_alone_is_not(archive: Archive, tmp_path: Path) -> None:
    page = sheet("1/UBND-VX", subject="Hoà Bình", recipients=["Sở Y tế"])
    hand_in(archive, write(tmp_path / "in", "a.pdf", otherwise(page, subject="HÒA  BÌNH", recipients=[])))
    report = read_anew(archive)
    letter = only(archive, "1/UBND-VX")
    assert letter.review == ("recipients",) and any("Sở Y tế" in line for line in letter.evidence["recipients"].repairs)
    assert changed(report) == {("subject", "spelled", 1), ("recipients", "asked", 1)}


def test_corrections_numbers_case_files_closings_and_links_survive(archive: Archive, tmp_path: Path) -> None:
    first = sheet("36/QĐ-TTg", "Thủ tướng Chính phủ", "2021-01-11", "Kế hoạch tổng thể", doc_type="QĐ")
    plan = otherwise(sheet("12/KH-UBND", NGHE_AN, "2021-03-05", cites=[cite("35/QĐ-TTg")]), subject="đọc khác", number="21/KH-UBND")
    hand_in(archive, write(tmp_path / "in", "a.pdf", first), write(tmp_path / "in", "b.pdf", plan))
    one, other = only(archive, "36/QĐ-TTg"), only(archive, "12/KH-UBND")
    archive.correct(other.id, "number", "12/KH-UBND", "Lan")
    archive.correct(other.id, "progress", "Đã kết thúc", "Lan")
    archive.correct(other.id, "reference:35/QĐ-TTg:target", one.id, "Lan")
    code = filed(archive, other.id)
    arrived = arrivals(archive)
    report = read_anew(archive)
    now = archive.letter(other.id)
    assert (now.header.number, now.header.subject, now.file_code) == ("12/KH-UBND", "đọc khác", code)
    assert now.references[0].target == one.id and now.references[0].settled
    assert arrivals(archive) == arrived and [change.new for change in archive.corrections(other.id)][1] == "Đã kết thúc"
    assert changed(report) == {("number", "settled", 1), ("subject", "asked", 1)}


def filed(archive: Archive, id: str) -> str:
    """Make a case file, put a letter into it, and return its code."""
    with writing(archive.engine) as connection:
        values = {"code": "2021.01", "notation": "01", "year": 2021, "title": "Năng suất", "position": 1}
        connection.execute(schema.case_files.insert().values(**values))
        case_files.put(connection, "2021.01", [id], "Lan")
    return "2021.01"


def arrivals(archive: Archive) -> dict[str, str | None]:
    with reading(archive.engine) as connection:
        return {row.id: row.arrival_number for row in connection.execute(select(schema.letters.c.id, schema.letters.c.arrival_number))}


def two(folder: Path, second: str) -> Path:
    """A file of two letters, of which the later version makes one."""
    return write(folder, "hai.pdf", sheet("1/UBND-VX", body="một"), "trang hai", otherwise(second, joined=True), "trang bốn")


def test_a_letter_with_work_on_it_that_would_vanish_stays_until_a_person_says_so(archive: Archive, tmp_path: Path) -> None:
    take(archive, two(tmp_path / "in", sheet("2/UBND-VX", HA_TINH)))
    second = only(archive, "2/UBND-VX")
    archive.correct(second.id, "subject", "ý kiến", "Lan")
    report = read_anew(archive)
    (held,) = report.held
    assert (held.file, held.old, held.new, held.answer) == ("hai.pdf", ((1, 2), (3, 4)), ((1, 4),), None)
    assert pages_of(archive, "hai.pdf") == [(1, 2), (3, 4)] and archive.letter(second.id).header.subject == "ý kiến"
    assert ("pages", "held") in {(one.field, one.kind.value) for one in report.counts}

    answer_split(archive, held.sha256, "keep", "Lan")
    assert [one.answer for one in read_anew(archive).held] == ["keep"]
    assert pages_of(archive, "hai.pdf") == [(1, 2), (3, 4)]

    answer_split(archive, held.sha256, "take", "Lan")
    report = read_anew(archive)
    assert report.held == () and pages_of(archive, "hai.pdf") == [(1, 4)]
    with pytest.raises(NotHeld):
        archive.letter(second.id)
    # its correction and what became of it stand in the history
    said = {(one.letter, one.field) for one in archive.corrections()}
    assert (second.id, "subject") in said
    assert ("pages", "gone", [3, 4], None) in rows(archive, report.id)


def test_an_arrival_number_alone_keeps_a_letter(archive: Archive, tmp_path: Path) -> None:
    stamp = {"number": "825", "date": "2022-09-23"}
    take(archive, two(tmp_path / "in", sheet("2/UBND-VX", HA_TINH, arrival=stamp)))
    assert read_anew(archive).held != () and len(archive) == 2


def test_a_letter_that_nobody_has_numbered_lets_itself_be_taken_into_another(archive: Archive, tmp_path: Path) -> None:
    take(archive, two(tmp_path / "in", sheet("2/UBND-VX", HA_TINH)))
    assert read_anew(archive).held == () and pages_of(archive, "hai.pdf") == [(1, 4)]


def test_a_part_lies_where_the_whole_lay_and_a_corrected_letter_is_not_parted_unasked(archive: Archive, tmp_path: Path) -> None:
    parts = [write(tmp_path / "in", f"{n}.pdf", sheet(f"{n}/UBND-VX"), f"~{sheet(f'{n}9/UBND-VX')}") for n in (1, 2)]
    hand_in(archive, *parts)
    code = filed(archive, only(archive, "1/UBND-VX").id)
    archive.correct(only(archive, "2/UBND-VX").id, "place", "Vinh", "Lan")
    report = read_anew(archive)
    assert report.failed == ()
    assert [one.file for one in report.held] == ["2.pdf"] and pages_of(archive, "2.pdf") == [(1, 2)]
    assert pages_of(archive, "1.pdf") == [(1, 1), (2, 2)]
    assert {only(archive, number).file_code for number in ("1/UBND-VX", "19/UBND-VX")} == {code}
    assert only(archive, "1/UBND-VX").source.file == "1.pdf"


@pytest.mark.parametrize("after", [0, 2])
def test_killed_in_the_middle_and_asked_for_again_it_goes_on(archive: Archive, tmp_path: Path, gate: Path, after: int) -> None:
    gate.touch()
    for n in range(1, 6):
        page = otherwise(sheet(f"{n}/UBND-VX", cites=[cite(f"{n - 1}/UBND-VX")]), subject="đọc lại")
        write(tmp_path / "in", f"{n:03}.pdf", page, f"!until {gate}")
    take(archive, tmp_path / "in")
    gate.unlink()
    archive.correct(only(archive, "3/UBND-VX").id, "subject", "người sửa", "Lan")
    running = started(archive)
    until(lambda: begun(archive) and last(archive).left == 5)
    if after:
        # what waits at the gate is let through, so many times
        gate.touch()
        until(lambda: last(archive).done >= after)
    running.send_signal(signal.SIGKILL)
    running.wait()
    gate.touch()
    left = last(archive)
    assert left.done >= after
    report = read_anew(archive)
    assert (report.resumed, report.files, report.left) == (left.left > 0, 5, 0)
    whole(archive, 5)
    letters = {letter.header.number: letter.header.subject for letter in archive.letters()}
    assert letters == {f"{n}/UBND-VX": "người sửa" if n == 3 else "đọc lại" for n in range(1, 6)}
    told = rows(archive, left.id)
    assert sorted(told) == sorted([("subject", "settled" if n == 3 else "asked", told[0][2], "đọc lại") for n in range(1, 6)])


def last(archive: Archive) -> RereadReport:
    """How the last reading anew stands."""
    with reading(archive.engine) as connection:
        found = reports.last(connection)
    assert found is not None
    return found


def begun(archive: Archive) -> bool:
    with reading(archive.engine) as connection:
        return reports.last(connection) is not None


def test_two_at_once_share_the_files(archive: Archive, tmp_path: Path, gate: Path) -> None:
    gate.touch()
    for n in range(1, 7):
        write(tmp_path / "in", f"{n}.pdf", otherwise(sheet(f"{n}/UBND-VX"), subject="đọc lại"), f"!until {gate}")
    take(archive, tmp_path / "in")
    gate.unlink()
    running = [started(archive) for _ in range(2)]
    until(lambda: len(claimed(archive)) == 2)
    gate.touch()
    for process in running:
        assert process.communicate(timeout=BOUND) and process.returncode == 0
    state = last(archive)
    assert (state.files, state.left, state.ended is None) == (6, 0, False)
    assert changed(state) == {("subject", "asked", 6)}


def claimed(archive: Archive) -> set[str]:
    with reading(archive.engine) as connection:
        held = schema.reread_files.c.holder
        return set(connection.execute(select(held).where(held.isnot(None))).scalars())


def test_secret_letters_are_left_out_and_what_becomes_secret_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    page = otherwise(sheet("2/UBND-VX", subject="điều kín"), subject="điều rất kín", secrecy="MẬT")
    hand_in(
        archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-NC", secrecy="MẬT", body="kín")), write(tmp_path / "in", "b.pdf", page),
        write(tmp_path / "in", "c.pdf", otherwise(sheet("3/UBND-VX", subject="trước"), subject="sau")),
    )  # fmt: skip
    archive.correct(only(archive, "2/UBND-VX").id, "place", "Vinh", "Lan")
    report = read_anew(archive)
    assert (report.files, report.done, report.secret) == (2, 2, 1)
    assert changed(report) == {("subject", "asked", 1)}
    for number in ("1/UBND-NC", "2/UBND-VX"):
        letter = only(archive, number)
        assert letter.header.secrecy == "MẬT" and letter.header.subject is None and not letter.text
        assert archive.original(letter.id) is None
    data = b"".join(path.read_bytes() for path in archive.root.glob("archive.db*"))
    assert "kín".encode() not in data and "điều rất".encode() not in data


def test_secrecy_that_a_person_lifted_stays_lifted(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", otherwise(sheet("1/UBND-NC", secrecy="MẬT"), subject="đọc lại"))
    hand_in(archive, path)
    archive.correct(only(archive, "1/UBND-NC").id, "secrecy", None, "Lan")
    take(archive, path)
    read_anew(archive)
    letter = only(archive, "1/UBND-NC")
    assert (letter.header.secrecy, letter.header.subject) == (None, "đọc lại")


def test_only_what_was_chosen_is_read(archive: Archive, tmp_path: Path) -> None:
    for n in range(1, 5):
        hand_in(archive, write(tmp_path / "in", f"{n}.pdf", otherwise(sheet(f"{n}/UBND-VX", day=f"2021-0{n}-01"), subject="đọc lại")))
    read_anew(archive, Chosen(files=("1.pdf",)))
    read_anew(archive, Chosen(letters=("2 ubnd vx",)))
    read_anew(archive, Chosen(since=date(2021, 3, 1), until=date(2021, 3, 31)))
    assert {letter.header.number for letter in archive.letters() if letter.header.subject == "đọc lại"} == {
        f"{n}/UBND-VX" for n in (1, 2, 3)
    }
    for nothing in (Chosen(files=("9.pdf",)), Chosen(letters=("9/UBND-VX",))):
        with pytest.raises(NotHeld):
            read_anew(archive, nothing)


def test_what_cannot_be_read_keeps_what_the_archive_has_and_is_tried_again(archive: Archive, tmp_path: Path) -> None:
    take(archive, write(tmp_path / "in", "a.pdf", otherwise(sheet("1/UBND-VX"), subject="đọc lại")))
    kept = archive.original(only(archive, "1/UBND-VX").id)
    assert kept is not None
    data = kept.read_bytes()
    kept.chmod(0o600)
    kept.write_bytes(data + b" ")
    report = read_anew(archive)
    assert [one.file for one in report.failed] == ["a.pdf"] and "verify" in report.failed[0].why("en")
    assert len(archive) == 1 and only(archive, "1/UBND-VX").header.subject != "đọc lại"
    kept.write_bytes(data)
    assert read_anew(archive).failed == () and only(archive, "1/UBND-VX").header.subject == "đọc lại"


def test_a_file_handed_in_again_asks_and_holds_alike(archive: Archive, tmp_path: Path) -> None:
    path = two(tmp_path / "in", sheet("2/UBND-VX", HA_TINH))
    take(archive, path)
    archive.correct(only(archive, "2/UBND-VX").id, "subject", "ý kiến", "Lan")
    ingest(archive, [path], stages=ANEW, pace=ONE, again=True, who="Lan")
    state = last(archive)
    assert [one.file for one in state.held] == ["hai.pdf"] and len(archive) == 2
    assert {one.kind for one in state.counts} == {ChangeKind.HELD}
