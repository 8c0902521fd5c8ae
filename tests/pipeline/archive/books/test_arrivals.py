"""Arrival numbers are the legal register: a stamp says one or a clerk gives it, once a year, and none is invented."""

from __future__ import annotations

import csv
import json
import threading
from datetime import date as Date
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from models.ledger import SameArrival
from pipeline.archive import NotHeld
from pipeline.archive.books.arrivals import Given, NotNumbered
from pipeline.archive.graph.relinking import replace
from pipeline.archive.people import corrections
from pipeline.archive.safety.verification import verify
from pipeline.archive.search.listing import Wanted, listed
from pipeline.archive.tables import history, schema
from pipeline.archive.tables.arrival_rows import ArrivalTaken
from pipeline.archive.tables.database import connect, reading, writing
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.office import Office, open_office
from tests.pipeline.archive.invented import HA_TINH, NGHE_AN, hand_in, sheet, write
from tests.pipeline.archive.tables.dumps import laid_out

TODAY = Date.today()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path / "archive")


def stamped(number: str | None, day: str = f"{TODAY.year}-01-15") -> dict[str, str | None]:
    """What a ĐẾN stamp says."""
    return {"number": number, "date": day}


def put(office: Office, folder: Path, *sheets: str) -> list[str]:
    """Hand letters in; their ids in this order."""
    there = {one.id for one in office.archive.letters()}
    hand_in(office.archive, *(write(folder / "in", f"{n:03}-{abs(hash(text))}.pdf", text) for n, text in enumerate(sheets)))
    return [one.id for one in office.archive.letters() if one.id not in there]


def numbers(office: Office) -> dict[str, str]:
    """The incoming register's arrival number of each letter, by its own number."""
    book = office.register("incoming")
    return dict(zip(book["Số, ký hiệu văn bản"], book["Số đến"], strict=True))


def test_no_number_is_invented(office: Office, tmp_path: Path) -> None:
    put(office, tmp_path, sheet("1/UBND-VX", HA_TINH), sheet("2/UBND-VX", HA_TINH, arrival=stamped("17")), sheet("3/UBND-VX", HA_TINH))
    assert numbers(office) == {"1/UBND-VX": "", "2/UBND-VX": "17", "3/UBND-VX": ""}
    book = office.register("incoming").set_index("Số, ký hiệu văn bản")
    assert (book.loc["1/UBND-VX", "Ngày đến"], book.loc["1/UBND-VX", "Ghi chú"]) == ("", "chưa vào sổ")
    assert list(office.register("incoming", since=TODAY, until=TODAY)["Số, ký hiệu văn bản"]) == ["1/UBND-VX", "3/UBND-VX"]
    assert verify(office.archive.engine, office.where).faults == []


def test_a_clerk_gives_numbers_after_the_highest_of_the_year(office: Office, tmp_path: Path) -> None:
    one, _, three, four, _ = put(
        office, tmp_path, sheet("1/UBND-VX", HA_TINH), sheet("2/UBND-VX", HA_TINH, arrival=stamped("17")), sheet("3/UBND-VX", HA_TINH),
        sheet("4/UBND-VX", HA_TINH, arrival=stamped(None)),
        # what a doubtful stamp says does not move the register on
        sheet("5/UBND-VX", HA_TINH, arrival=stamped("9000"), review=["arrival"]),
    )  # fmt: skip
    assert office.arrive([three, "1/UBND-VX"], who="Lan") == [Given(three, "18", TODAY), Given(one, "19", TODAY)]
    # the day is the stamp's where it says one
    assert office.arrive([four], who="Lan") == [Given(four, "20", Date(TODAY.year, 1, 15))]
    assert numbers(office) == {"1/UBND-VX": "19", "2/UBND-VX": "17", "3/UBND-VX": "18", "4/UBND-VX": "20", "5/UBND-VX": "9000"}
    assert [(one.field, one.new, one.who) for one in office.history(three)] == [
        ("arrival.number", "18", "Lan"), ("arrival.date", TODAY.isoformat(), "Lan"),
    ]  # fmt: skip
    assert verify(office.archive.engine, office.where).faults == []


def test_the_year_begins_where_it_is_set_and_each_year_has_its_own(office: Office, tmp_path: Path) -> None:
    one, two, three = put(office, tmp_path, *(sheet(f"{n}/UBND-VX", HA_TINH) for n in (1, 2, 3)))
    assert office.first_arrival(TODAY.year, 826) == 826 and office.next_arrival(TODAY.year) == 826
    assert [given.number for given in office.arrive([one])] == ["826"]
    assert [given.number for given in office.arrive([two], on=Date(2021, 3, 9))] == ["1"]
    assert [given.number for given in office.arrive([three], first=4, on=Date(2021, 3, 9))] == ["4"]
    assert office.next_arrival(2021) == 5 and office.next_arrival(TODAY.year) == 827
    for wrong in (0, -3):
        with pytest.raises(ValueError):
            office.first_arrival(2021, wrong)


def test_one_number_once_a_year(office: Office, tmp_path: Path) -> None:
    one, two, _ = put(
        office, tmp_path, *(sheet(f"{n}/UBND-VX", HA_TINH, **more) for n, more in ((1, {}), (2, {}), (3, {"arrival": stamped("6")})))
    )
    office.arrive([one], first=5)
    for asked in ([two], [two, one]):
        with pytest.raises((ArrivalTaken, NotNumbered)):
            office.arrive(asked, first=5)
    with pytest.raises(ArrivalTaken):  # a stamp bears it
        office.arrive([two], first=6)
    with pytest.raises(ArrivalTaken):  # nor by a correction
        office.correct(two, "arrival.number", "005", "Lan")
    assert numbers(office)["2/UBND-VX"] == "" and office.history(two) == []
    assert [given.number for given in office.arrive([two], first=5, on=Date(2020, 1, 2))] == ["5"]
    with writing(office.archive.engine) as connection, pytest.raises(IntegrityError):
        row = connection.execute(select(schema.arrival_numbers).where(schema.arrival_numbers.c.letter == one)).one()
        connection.execute(insert(schema.arrival_numbers).values(**{**row._asdict(), "letter": "another"}))


def test_two_clerks_at_once_never_give_one_number_twice(office: Office, tmp_path: Path) -> None:
    ids = put(office, tmp_path, *(sheet(f"{n}/UBND-VX", HA_TINH) for n in range(1, 13)))
    gate = threading.Barrier(4)

    def clerk(mine: list[str]) -> None:
        with open_office(office.where) as desk:
            gate.wait()
            for id in mine:
                desk.arrive([id])

    clerks = [threading.Thread(target=clerk, args=(ids[at::4],)) for at in range(4)]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join()
    assert sorted(map(int, numbers(office).values())) == list(range(1, 13))


def test_what_is_given_none(office: Office, tmp_path: Path) -> None:
    office.office = NGHE_AN
    body = "nội dung của một công văn được quét hai lần ở hai máy khác nhau trong cùng một ngày"
    own, first, copy, blank, has = put(
        office, tmp_path, sheet("1/UBND-VX"), sheet("2/UBND-VX", HA_TINH, body=body), sheet("2/UBND-VX", HA_TINH, body=f"{body} vân vân"),
        sheet(None, None, None, None, doc_type=None), sheet("3/UBND-VX", HA_TINH, arrival=stamped("1")),
    )  # fmt: skip
    office.arrive([first])
    for id, why in ((own, "own"), (copy, "copy"), (blank, "blank"), (has, "number"), (first, "number")):
        with pytest.raises(NotNumbered) as refused:
            office.arrive([id])
        assert (refused.value.id, refused.value.why) == (id, why)
    with pytest.raises(NotHeld):
        office.arrive(["nothing"])


def test_all_or_none(office: Office, tmp_path: Path) -> None:
    one, two = put(office, tmp_path, sheet("1/UBND-VX", HA_TINH), sheet("2/UBND-VX", HA_TINH, arrival=stamped("1")))
    with pytest.raises(NotNumbered):
        office.arrive([one, two])
    assert numbers(office)["1/UBND-VX"] == "" and office.history() == []


def test_a_number_is_shown_the_same_everywhere(office: Office, tmp_path: Path) -> None:
    one, two = put(office, tmp_path, sheet("1/UBND-VX", HA_TINH), sheet("2/UBND-VX", HA_TINH, arrival=stamped("7")))
    office.arrive([one], first=31, on=Date(TODAY.year, 2, 3))
    day = f"{TODAY.year}-02-03"
    assert [(one.header.arrival.number, str(one.header.arrival.date)) for one in office.letter("1/UBND-VX") if one.header.arrival] == [
        ("31", day)
    ]
    office.export("jsonl", tmp_path / "all.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["id"]: line["header"]["arrival"]["number"] for line in lines} == {one: "31", two: "7"}
    office.export("csv", tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["id"]: row["arrival_number"] for row in csv.DictReader(file)} == {one: "31", two: "7"}
    with reading(office.archive.engine) as connection:
        shown = listed(connection, Wanted()).lines
    assert {(line.id, line.arrival_number, str(line.arrived_on)) for line in shown} >= {(one, "31", day)}
    assert numbers(office) == {"1/UBND-VX": "31", "2/UBND-VX": "7"}


def test_a_given_number_stays_and_can_be_taken_back(office: Office, tmp_path: Path) -> None:
    one, two = put(office, tmp_path, sheet("1/UBND-VX", HA_TINH), sheet("2/UBND-VX", HA_TINH))
    office.arrive([one], first=5)
    office.correct(one, "subject", "một nội dung khác", "Lan")
    hand_in(office.archive, *(tmp_path / "in").iterdir())
    assert numbers(office)["1/UBND-VX"] == "5"
    office.take_back(one, [change.seq for change in office.history(one) if change.field.startswith("arrival")], "Lan")
    assert numbers(office)["1/UBND-VX"] == ""
    assert [given.number for given in office.arrive([two], first=5)] == ["5"]
    assert verify(office.archive.engine, office.where).faults == []


def test_two_stamps_with_one_number_of_a_year_are_told(office: Office, tmp_path: Path) -> None:
    one, two, _, _ = put(
        office, tmp_path, sheet("1/UBND-VX", HA_TINH, arrival=stamped("825")), sheet("2/UBND-VX", HA_TINH, arrival=stamped("0825")),
        sheet("3/UBND-VX", HA_TINH, arrival=stamped("825", "2020-09-23")), sheet("4/UBND-VX", HA_TINH, arrival=stamped("826")),
    )  # fmt: skip
    said = SameArrival(number="825", year=TODAY.year, letters=(one, two))
    assert office.same_arrivals() == [said] and office.same_arrivals([two]) == [said]
    notes = office.register("incoming").set_index("Số, ký hiệu văn bản")["Ghi chú"]
    assert {number for number, note in notes.items() if "trùng số đến" in note} == {"1/UBND-VX", "2/UBND-VX"}
    # both stay as they were read
    assert numbers(office) == {"1/UBND-VX": "825", "2/UBND-VX": "0825", "3/UBND-VX": "825", "4/UBND-VX": "826"}


def test_what_an_archive_of_before_gave_by_itself_is_marked_as_its_own(tmp_path: Path) -> None:
    laid_out("0010", tmp_path / "a")
    with open_office(tmp_path / "a") as office:
        book = office.register("incoming")
        assert list(book["Số đến"]) == ["", ""]
        own = {letter.archive_number for letter in office.archive.letters() if letter.id in set(book.index)}
        assert len(own) == 2 and {number.split("/")[0] for number in own if number} == {"1", "2"}
        assert all("số do kho tự đánh trước đây, không phải số đến" in note for note in book["Ghi chú"])
        assert [given.number for given in office.arrive(list(book.index))] == ["1", "2"]
        assert verify(office.archive.engine, office.where).faults == []


def typed_before(folder: Path, number: str, most: int) -> tuple[str, ...]:
    """Put a number right in so many letters of an archive of step 0010, as that step's version did; their ids."""
    arrival = json.dumps({"number": number, "date": None})
    said = "UPDATE letters SET arrival_source = 'sheet', arrival_number = :number, arrival_serial = NULL, arrived_on = NULL, "
    said += "record = json_set(record, '$.header.arrival', json(:arrival)) WHERE id = :id"
    engine = connect(folder / "archive.db")
    with writing(engine) as connection:
        open_ones = text("SELECT id FROM letters WHERE NOT quarantined AND copy_of IS NULL ORDER BY no LIMIT :most")
        ids = tuple(connection.execute(open_ones, {"most": most}).scalars())
        for id in ids:
            history.write(connection, history.NewChange("Lan", "letter", id, "arrival.number", None, number))
            connection.execute(text(said), {"number": number, "arrival": arrival, "id": id})
    engine.dispose()
    return ids


def test_two_letters_to_which_people_gave_one_number_before_that_was_refused_can_still_be_put_right(tmp_path: Path) -> None:
    laid_out("0010", tmp_path / "a")
    ids = typed_before(tmp_path / "a", "5", 2)
    with open_office(tmp_path / "a") as office:
        for id in ids:
            office.correct(id, "subject", "một nội dung khác", "Lan")
        assert [(one.number, one.letters) for one in office.same_arrivals()] == [("5", ids)]
        assert verify(office.archive.engine, office.where).faults == []


def test_a_stamps_number_put_right_stays_where_a_new_reading_shows_no_stamp(office: Office, tmp_path: Path) -> None:
    one, two = put(office, tmp_path, sheet("1/UBND-VX", HA_TINH, arrival=stamped("6")), sheet("2/UBND-VX", HA_TINH))
    office.arrive([two], first=5, on=Date(TODAY.year, 1, 15))
    office.correct(one, "arrival.number", "5", "Lan")
    with writing(office.archive.engine) as connection:
        letter_store = LetterStore(connection)
        read, pages = letter_store.parsed(one), letter_store.letter(one).text
        anew = read.model_copy(update={"header": read.header.model_copy(update={"arrival": None}), "text": pages})
        stands = corrections.standing(anew, corrections.made(connection, [one]))
        replace(letter_store, office.archive.linker, read.source.sha256, [anew], [stands], row=None, quarantined=False)
    assert numbers(office) == {"1/UBND-VX": "5", "2/UBND-VX": "5"}
    assert verify(office.archive.engine, office.where).faults == []


@pytest.mark.parametrize("number", ["5A", "20210000000012345678901"])
def test_whatever_people_typed_for_a_number_outlives_the_upgrade(tmp_path: Path, number: str) -> None:
    laid_out("0010", tmp_path / "a")
    (id,) = typed_before(tmp_path / "a", number, 1)
    with open_office(tmp_path / "a") as office:
        assert number in set(office.register("incoming")["Số đến"])
        assert verify(office.archive.engine, office.where).faults == []
        office.correct(id, "subject", "một nội dung khác", "Lan")
        assert number in set(office.register("incoming")["Số đến"])
        assert verify(office.archive.engine, office.where).faults == []
