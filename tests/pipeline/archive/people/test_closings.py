"""CLOSED: a person's word, append-only, taken back by another; read by the trace and the follow-up register."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path

import pytest

from models.trace import Standing
from pipeline.archive import NotHeld
from pipeline.archive.people.closings import Ambiguous, NotAMatter, NotClosed
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.history import changes
from pipeline.office import Office, open_office
from tests.pipeline.archive.invented import HA_TINH, MINISTRY, NGHE_AN, cite, hand_in, sheet, write

DAY = Date(2021, 5, 2)
TO = ["Ủy ban nhân dân tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Hà Tĩnh"]
DUE = [{"date": "2021-04-15", "what": "báo cáo kết quả"}]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = open_office(tmp_path / "archive")
    office.office = NGHE_AN
    hand_in(
        office.archive,
        *(
            write(tmp_path / "in", f"{n}.pdf", text)
            for n, text in enumerate(
                (
                    sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", recipients=TO, deadlines=DUE),
                    sheet("9/UBND-VX", HA_TINH, "2021-03-01", cites=[cite("332/BKHCN-TĐC", "2021-02-23", MINISTRY)]),
                    sheet("36/QĐ-TTg", "Thủ tướng Chính phủ", "2021-01-11", "phê duyệt kế hoạch", doc_type="QĐ"),
                    sheet("36/QĐ-TTg", "Thủ tướng Chính phủ", "2020-01-11", "việc khác", doc_type="QĐ"),
                )
            )
        ),
    )
    return office


def test_a_persons_word_closes_a_matter_where_no_letter_does(office: Office) -> None:
    assert office.trace("332/BKHCN-TĐC", "Nghệ An", Date(2021, 6, 1))[0].standing is Standing.ADDRESSED
    office.close_matter("332 bkhcn tdc", "tỉnh Nghệ An", "Lê Lan", DAY, note="biên bản bàn giao")
    (found,) = office.trace("332/BKHCN-TĐC", "Nghệ An", Date(2021, 6, 1))
    assert found.standing is Standing.CLOSED
    assert found.closed is not None
    assert (found.closed.by, found.closed.on, found.closed.note) == ("Lê Lan", DAY, "biên bản bàn giao")
    # it was told, not proved by a letter: the province has not "acted" by that, and is no longer overdue
    assert (found.acted, found.letters, found.flags) == (False, (), ())
    line = next(
        one for one in office.trace_all(Date(2021, 6, 1)) if one.province == "Nghệ An" and one.instruction.number == "332/BKHCN-TĐC"
    )
    assert line.standing is Standing.CLOSED
    assert line.record()["standing"] == "CLOSED"


def test_it_is_closed_from_that_day_on_and_nowhere_else(office: Office) -> None:
    office.close_matter("332/BKHCN-TĐC", "Nghệ An", "Lê Lan", DAY)
    assert office.trace("332/BKHCN-TĐC", "Nghệ An", Date(2021, 5, 1))[0].standing is Standing.ADDRESSED
    assert office.trace("332/BKHCN-TĐC", "Nghệ An", DAY)[0].standing is Standing.CLOSED
    assert office.trace("332/BKHCN-TĐC", "Hà Tĩnh", DAY)[0].standing is Standing.ASSIGNED


def test_it_is_taken_back_and_both_words_stay(office: Office) -> None:
    office.close_matter("332/BKHCN-TĐC", "Hà Tĩnh", "Lê Lan", DAY)
    office.close_matter("332/BKHCN-TĐC", "Hà Tĩnh", "Trần Minh", None)
    assert office.trace("332/BKHCN-TĐC", "Hà Tĩnh", Date(2021, 6, 1))[0].standing is Standing.ASSIGNED
    assert office.closings() == []
    with reading(office.archive.engine) as connection:
        said = changes(connection, "closing")
    assert [(one.who, bool(one.old), bool(one.new)) for one in said] == [("Lê Lan", False, True), ("Trần Minh", True, False)]
    with pytest.raises(NotClosed):
        office.close_matter("332/BKHCN-TĐC", "Hà Tĩnh", "Trần Minh", None)


def test_which_one_where_and_who_must_be_known(office: Office) -> None:
    with pytest.raises(NotHeld):
        office.close_matter("77/QĐ-XYZ", "Nghệ An", "Lê Lan", DAY)
    with pytest.raises(NotAMatter):
        office.close_matter("332/BKHCN-TĐC", "Xứ Khác", "Lê Lan", DAY)
    with pytest.raises(NotAMatter):
        office.close_matter("332/BKHCN-TĐC", "Nghệ An", " ", DAY)
    with pytest.raises(Ambiguous, match=r"11/01/2020.*11/01/2021|11/01/2021.*11/01/2020"):
        office.close_matter("36/QĐ-TTg", "Nghệ An", "Lê Lan", DAY)
    closed = office.close_matter("36/QĐ-TTg", "Nghệ An", "Lê Lan", DAY, issued=Date(2021, 1, 11))
    assert closed is not None and closed.issued == Date(2021, 1, 11)
    by_day = {one.instruction.date: one.standing for one in office.trace("36/QĐ-TTg", "Nghệ An", Date(2021, 6, 1))}
    assert by_day == {Date(2021, 1, 11): Standing.CLOSED, Date(2020, 1, 11): Standing.NOT_ADDRESSED}


def test_the_follow_up_register_says_so(office: Office) -> None:
    name = "Tiến độ giải quyết"
    office.close_matter("332/BKHCN-TĐC", "Hà Tĩnh", "Lê Lan", DAY)
    book = office.register("follow-up", today=Date(2021, 6, 1))
    assert not any("Đã kết thúc" in text for text in book[name])
    office.close_matter("332/BKHCN-TĐC", "Nghệ An", "Lê Lan", DAY)
    book = office.register("follow-up", today=Date(2021, 6, 1))
    assert [text for text in book[name] if "Đã kết thúc" in text] == ["Đã kết thúc ngày 02/5/2021 (theo Lê Lan)"]


def test_reading_the_file_again_leaves_it_closed(office: Office, tmp_path: Path) -> None:
    office.close_matter("332/BKHCN-TĐC", "Nghệ An", "Lê Lan", DAY)
    hand_in(office.archive, tmp_path / "in" / "0.pdf")
    assert office.trace("332/BKHCN-TĐC", "Nghệ An", Date(2021, 6, 1))[0].standing is Standing.CLOSED


@pytest.mark.parametrize(
    ("entry", "on"),
    [("Đã kết thúc ngày 02/5/2021", DAY), ("Đã hoàn thành ngày 02-05-2021.", DAY), ("xong", None), ("Đã giải quyết xong", None)],
)
def test_the_registers_own_entry_closes_it_where_it_says_so(office: Office, entry: str, on: Date | None) -> None:
    (letter,) = office.letter("332/BKHCN-TĐC")
    before = Date.today()
    office.correct(letter.id, "progress", entry, "Lê Lan")
    days = {on} if on else {before, Date.today()}
    (found,) = office.trace("332/BKHCN-TĐC", "Nghệ An")
    assert found.standing is Standing.CLOSED
    assert found.closed is not None
    assert (found.closed.by, found.closed.note) == ("Lê Lan", entry) and found.closed.on in days
    # it is the register of Nghệ An's committee: of no other province
    assert office.trace("332/BKHCN-TĐC", "Hà Tĩnh")[0].standing is Standing.ASSIGNED
    office.correct(letter.id, "progress", "đang làm lại", "Lê Lan")
    assert office.trace("332/BKHCN-TĐC", "Nghệ An")[0].standing is Standing.ADDRESSED


@pytest.mark.parametrize(
    "entry", ["Chưa hoàn thành", "Đã hoàn thành 50%", "cơ bản hoàn thành", "Đã giao Sở Y tế", "Đã xong ngày 31/2/2021"]
)
def test_an_entry_that_does_not_say_so_closes_nothing(office: Office, entry: str) -> None:
    (letter,) = office.letter("332/BKHCN-TĐC")
    office.correct(letter.id, "progress", entry, "Lê Lan")
    assert office.trace("332/BKHCN-TĐC", "Nghệ An")[0].standing is Standing.ADDRESSED
