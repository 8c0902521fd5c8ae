"""A check from its lots to its figure: read blind, judged where it differs, gone on with after a stop, kept in the history."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import pipeline
from pipeline.archive.people.corrections import NotAField
from pipeline.archive.safety.verification import verify
from pipeline.archive.spot_checks.asking import NotAsked
from pipeline.archive.spot_checks.outcomes import Outcome, SpotCheck, SpotItem
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import reading, writing
from pipeline.office import Office
from tests.pipeline.archive.invented import hand_in, sheet, write

BOX = (1.0, 2.0, 90.0, 9.0)
READ = {field: {"page": 1, "box": BOX, "confidence": 0.99} for field in ("number", "date")}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An archive of four letters, each with number and day read from its sheet; it is whole after whatever is done."""
    with pipeline.open(tmp_path / "archive") as opened:
        pages = [sheet(f"{n}/UBND-VX", evidence=READ) for n in range(1, 5)]
        hand_in(opened.archive, *(write(tmp_path / "in", f"{n}.pdf", page) for n, page in enumerate(pages)))
        yield opened
        assert verify(opened.archive.engine, opened.archive.root).faults == []


def begun(office: Office, who: str = "Lan", size: int = 8) -> SpotCheck:
    check = office.begin_spot_check(size, who=who, seed="lá thăm")
    assert check is not None
    return check


def asked(office: Office, who: str = "Lan") -> SpotItem:
    check = office.spot_check(who=who)
    assert check is not None and check.next is not None
    return check.next


def truth(office: Office, item: SpotItem) -> str:
    header = office.archive.letter(item.letter).header
    return str(header.number) if item.field == "number" else f"{header.date:%d/%m/%Y}"


def right(office: Office) -> None:
    item = asked(office)
    assert office.answer_spot_check(item.position, truth(office, item), who="Lan").outcome is Outcome.RIGHT


def kept(office: Office, about: str) -> list[object]:
    return [one.new for one in office.history() if one.field == "spot_check" and one.about == about]


def test_a_field_is_shown_by_its_place_and_not_by_its_value(office: Office) -> None:
    check = begun(office)
    assert (check.size, check.done, check.seed, check.who) == (8, 0, "lá thăm", "Lan")
    item = asked(office)
    assert (item.position, item.page, item.box, item.held, item.outcome) == (1, 1, BOX, None, None)
    assert truth(office, item) not in check.model_dump_json()


def test_what_is_read_as_the_archive_has_it_is_right_and_leaves_a_row_without_values(office: Office) -> None:
    begun(office)
    item = asked(office)
    right(office)
    assert asked(office).position == 2 and kept(office, "letter") == [[item.field, "right"]]
    (row,) = (one for one in office.history(item.letter) if one.field == "spot_check")
    assert row.who == "Lan" and truth(office, item) not in str(row)


def test_where_the_archive_is_wrong_it_is_put_right_with_its_history(office: Office) -> None:
    begun(office)
    item = asked(office)
    number = item.field == "number"
    said = office.answer_spot_check(item.position, "77/UBND-VX" if number else "01/02/2020", who="Lan")
    assert said.outcome is Outcome.DIFFERS and said.held is not None
    # a stop here leaves it to be judged: it is not asked blind again, for its value was seen
    assert asked(office).outcome is Outcome.DIFFERS and asked(office).held == said.held
    with pytest.raises(NotAsked):
        office.answer_spot_check(item.position, truth(office, item), who="Lan")
    office.judge_spot_check(item.position, Outcome.WRONG, "77/UBND-VX" if number else "01/02/2020", who="Lan")
    header = office.archive.letter(item.letter).header
    assert header.number == "77/UBND-VX" if number else str(header.date) == "2020-02-01"
    assert [(one.field, one.who) for one in office.corrections(item.letter)] == [(item.field, "Lan")]
    assert kept(office, "letter") == [[item.field, "wrong"]] and asked(office).position == 2


def test_a_wrong_value_must_fit_its_field_before_it_is_counted(office: Office) -> None:
    begun(office)
    while asked(office).field != "date":
        right(office)
    item = asked(office)
    with pytest.raises(NotAField):
        office.answer_spot_check(item.position, "hôm qua", who="Lan")
    office.answer_spot_check(item.position, "01/02/2020", who="Lan")
    with pytest.raises(NotAField):
        office.judge_spot_check(item.position, Outcome.WRONG, "hôm qua", who="Lan")
    assert asked(office).position == item.position and office.corrections() == []


def test_mistyped_and_unreadable_are_kept_apart_and_the_figure_stands_in_the_history(office: Office) -> None:
    begun(office, size=4)
    for outcome in (Outcome.MISTYPED, Outcome.UNREADABLE):
        item = asked(office)
        office.answer_spot_check(item.position, "", who="Lan")
        office.judge_spot_check(item.position, outcome, who="Lan")
    office.answer_spot_check(asked(office).position, None, who="Lan")
    assert office.spot_results() == []
    right(office)
    (result,) = office.spot_results()
    assert (result.size, result.read, result.wrong, result.mistyped, result.unreadable, result.gone) == (4, 2, 0, 1, 2, 0)
    assert result.share == 0.0 and result.ended is not None and result.seed == "lá thăm"
    (row,) = kept(office, "check")
    assert isinstance(row, dict) and (row["share"], row["high"], row["mistyped"]) == (0.0, result.high, 1)
    assert office.corrections() == [] and office.spot_check(who="Lan") is None


def test_one_that_was_begun_is_gone_on_with_and_is_nobody_elses(office: Office) -> None:
    mine = begun(office)
    right(office)
    assert begun(office, size=2) == office.spot_check(who="Lan")
    assert (begun(office).id, begun(office).done) == (mine.id, 1)
    assert office.spot_check(who="Minh") is None
    other = begun(office, "Minh")
    assert other.id != mine.id and asked(office, "Minh").position == 1
    with pytest.raises(NotAsked):
        office.answer_spot_check(2, "x", who="Minh")
    assert office.end_spot_check(who="Nam") is None
    ended = office.end_spot_check(who="Minh")
    assert ended is not None and (ended.read, ended.share) == (0, None)
    assert asked(office).position == 2


def test_what_became_secret_or_was_settled_meanwhile_is_left_out(office: Office) -> None:
    begun(office)
    first, second = asked(office).letter, next(one.id for one in office.archive.letters() if one.id != asked(office).letter)
    office.correct(first, "secrecy", "MẬT", "Lan")
    with reading(office.archive.engine) as connection:
        drawn = connection.execute(select(schema.spot_check_items.c.letter, schema.spot_check_items.c.field)).all()
    for field in ("number", "date"):
        office.correct(second, field, f"88/UBND-VX-{field}" if field == "number" else "03/04/2020", "Lan")
    for _ in range(len(drawn) - 4):
        assert asked(office).letter not in (first, second)
        right(office)
    (result,) = office.spot_results()
    assert (result.size, result.read, result.gone) == (8, 4, 4)


def test_an_archive_without_a_sure_field_has_nothing_to_check(tmp_path: Path) -> None:
    with pipeline.open(tmp_path / "empty") as opened:
        assert opened.begin_spot_check(who="Lan") is None and opened.spot_check(who="Lan") is None
    shutil.rmtree(tmp_path / "empty")


def test_what_can_be_shown_no_more_ends_the_check_when_it_is_ended(office: Office) -> None:
    begun(office)
    with writing(office.archive.engine) as connection:
        connection.execute(schema.spot_check_items.update().values(letter="gone"))
    check = office.spot_check(who="Lan")
    assert check is not None and check.next is None
    ended = office.end_spot_check(who="Lan")
    assert ended is not None and (ended.gone, ended.read) == (8, 0)
