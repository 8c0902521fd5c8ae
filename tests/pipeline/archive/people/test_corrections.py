"""Corrections: kept apart from the reading, put upon it again when the file is read anew, and what follows from them is settled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from models.letter import Letter
from models.reference import Reference
from pipeline.archive import Archive, NotAField, NotHeld, open_archive
from pipeline.archive.correcting import Asked, ChangedMeanwhile
from pipeline.archive.people.corrections import NotTakenBack
from pipeline.archive.people.reference_corrections import put
from pipeline.archive.tables import history
from pipeline.archive.tables.database import reading
from tests.pipeline.archive.invented import HA_TINH, MINISTRY, NGHE_AN, cite, hand_in, sheet, write


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return open_archive(tmp_path / "archive")


def test_a_correction_survives_reading_again(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", sheet("1002/UBND-VX", subject="trien khai", review=["subject", "date"]))
    hand_in(archive, path)
    (letter,) = archive.find("1002")
    after = archive.correct(letter.id, "subject", "triển khai Chương trình", "văn thư A")
    assert (after.header.subject, after.review) == ("triển khai Chương trình", ("date",))
    hand_in(archive, path)
    again = archive.letter(letter.id)
    assert (again.header.subject, again.review) == ("triển khai Chương trình", ("date",))
    assert len(archive) == 1
    change = archive.corrections(letter.id)[0]
    assert (change.old, change.new, change.who) == ("trien khai", "triển khai Chương trình", "văn thư A")


def test_every_change_stays_in_the_list(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX")))
    (letter,) = archive.find("1")
    archive.correct(letter.id, "place", "Vinh", "A")
    archive.correct(letter.id, "place", "Nghệ An", "B")
    archive.correct(letter.id, "place", None, "A")
    assert [(c.old, c.new, c.who) for c in archive.corrections()] == [(None, "Vinh", "A"), ("Vinh", "Nghệ An", "B"), ("Nghệ An", None, "A")]
    assert archive.letter(letter.id).header.place is None


def test_what_was_put_right_is_taken_back_and_asked_for_again(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", sheet("1002/UBND-VX", subject="trien khai", review=["subject", "date"]))
    hand_in(archive, path)
    (letter,) = archive.find("1002")
    (first,) = archive.correct_all([Asked(letter.id, "subject", "triển khai", "A")])
    (second,) = archive.correct_all([Asked(letter.id, "subject", "triển khai Kế hoạch", "A")])
    assert archive.take_back(letter.id, [second], "B").header.subject == "triển khai"
    after = archive.take_back(letter.id, [first], "B")
    assert (after.header.subject, after.review) == ("trien khai", ("subject", "date"))
    assert archive.corrections(letter.id) == []
    # read anew, the reading stands; and the history keeps all of it, chained
    hand_in(archive, path)
    assert archive.letter(letter.id).header.subject == "trien khai"
    with reading(archive.engine) as connection:
        assert [one.new for one in history.changes(connection, "letter", [letter.id])][2:] == [[second], [first]]
        assert list(history.breaks(connection)) == []


def test_what_does_not_stand_is_not_taken_back(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, *(write(tmp_path / "in", f"{n}.pdf", sheet(f"{n}/UBND-VX")) for n in (1, 2)))
    (one,), (other,) = archive.find("1/UBND-VX"), archive.find("2/UBND-VX")
    (change,) = archive.correct_all([Asked(one.id, "place", "Vinh", "A")])
    for id, wrong in ((other.id, [change]), (one.id, [change, change + 1]), (one.id, [0])):
        with pytest.raises(NotTakenBack):
            archive.take_back(id, wrong, "A")
    assert archive.letter(one.id).header.place == "Vinh"
    archive.take_back(one.id, [change], "A")
    with pytest.raises(NotTakenBack):
        archive.take_back(one.id, [change], "A")


def test_fields_are_put_right_all_or_none_and_over_nobody_elses_change(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX", subject="cũ")))
    (letter,) = archive.find("1")
    with pytest.raises(NotAField):
        archive.correct_all([Asked(letter.id, "subject", "mới", "A"), Asked(letter.id, "date", "hôm qua", "A")])
    with pytest.raises(ChangedMeanwhile):
        archive.correct_all([Asked(letter.id, "place", "Vinh", "A"), Asked(letter.id, "subject", "mới", "A", seen="khác")])
    assert archive.corrections(letter.id) == [] and archive.letter(letter.id).header.subject == "cũ"
    archive.correct_all([Asked(letter.id, "place", "Vinh", "A", seen=""), Asked(letter.id, "subject", "mới", "A", seen="cũ")])
    with pytest.raises(ChangedMeanwhile):
        archive.correct_all([Asked(letter.id, "place", "Huế", "B", seen="")])
    assert archive.letter(letter.id).header.place == "Vinh"


def test_two_who_correct_one_field_at_once_do_not_both_succeed(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX")))
    (letter,) = archive.find("1")

    def put_right(who: int) -> bool:
        try:
            archive.correct_all([Asked(letter.id, "place", f"nơi {who}", f"văn thư {who}", seen="")])
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(8) as clerks:
        assert sum(clerks.map(put_right, range(8))) == 1
    assert len(archive.corrections(letter.id)) == 1


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("date", "07/3/2021", Date(2021, 3, 7)),
        ("date", "2021-03-07", Date(2021, 3, 7)),
        ("recipients", "Sở A; Sở B\nSở C", ("Sở A", "Sở B", "Sở C")),
        ("recipients", [], ()),
        ("signer.name", " Chu Văn An ", "Chu Văn An"),
        ("arrival.date", "09/3/2021", Date(2021, 3, 9)),
        ("arrival.number", "825", "825"),
        ("urgency", "KHẨN", "KHẨN"),
        ("issuer", HA_TINH, HA_TINH),
    ],
)
def test_values_are_taken_as_clerks_write_them(archive: Archive, tmp_path: Path, field: str, typed: Any, kept: Any) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX")))
    value: Any = archive.correct(archive.find("1")[0].id, field, typed, "A").header
    for part in field.split("."):
        value = getattr(value, part)
    assert value == kept


@pytest.mark.parametrize(("field", "value"), [("date", "hôm qua"), ("urgency", "GẤP"), ("màu", "đỏ"), ("text", "x"), ("secrecy", "KÍN")])
def test_what_does_not_fit_is_refused_and_changes_nothing(archive: Archive, tmp_path: Path, field: str, value: str) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX")))
    before = archive.find("1", with_text=True)
    with pytest.raises(NotAField):
        archive.correct(before[0].id, field, value, "A")
    assert archive.find("1", with_text=True) == before
    assert archive.corrections() == []


def test_who_and_what_must_be_known(archive: Archive) -> None:
    with pytest.raises(NotHeld):
        archive.correct("x-1", "subject", "y", "A")
    with pytest.raises(ValueError):
        archive.correct("x-1", "subject", "y", " ")


def test_a_corrected_number_finds_those_who_cite_it(archive: Archive, tmp_path: Path) -> None:
    hand_in(
        archive,
        write(tmp_path / "in", "a.pdf", sheet("1002/UBND-VX", cites=[cite("332/BKHCN-TĐC", "2021-02-23", MINISTRY)])),
        write(tmp_path / "in", "b.pdf", sheet("999/BKHCN-TĐC", MINISTRY, "2021-02-23")),
    )
    citing, cited = archive.find("1002")[0], archive.find("999")[0]
    assert citing.references[0].target is None
    archive.correct(cited.id, "number", "332/BKHCN-TĐC", "A")
    assert archive.letter(citing.id).references[0].target == cited.id
    archive.correct(cited.id, "number", "999/BKHCN-TĐC", "A")
    assert archive.letter(citing.id).references[0].target is None
    assert archive.search("332/BKHCN-TĐC")[0].letter.id == citing.id


def test_the_text_and_search_stay(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX", body="con cò bay lả bay la")))
    (letter,) = archive.find("1", with_text=True)
    after = archive.correct(letter.id, "subject", "về con vạc", "A")
    assert after.text == letter.text
    assert archive.search("lả bay")[0].letter.id == letter.id
    assert archive.search("con vạc")[0].letter.id == letter.id
    assert archive.search("", limit=5)[0].letter.header.issuer == NGHE_AN


def test_a_person_says_which_of_two_letters_is_meant_and_reading_again_keeps_it(archive: Archive, tmp_path: Path) -> None:
    one = write(tmp_path / "in", "one.pdf", sheet("87/QĐ-UBND", subject="phân bổ kinh phí sự nghiệp môi trường", body="môi trường"))
    two = write(tmp_path / "in", "two.pdf", sheet("87/QĐ-UBND", subject="thành lập Ban Chỉ đạo phòng chống thiên tai", body="thiên tai"))
    citing = write(tmp_path / "in", "c.pdf", sheet("5/BC-UBND", day="2021-04-01", cites=[cite("87/QĐ-UBND", "2021-03-07", NGHE_AN)]))
    hand_in(archive, one, two, citing)
    first, second = archive.find("87/QĐ-UBND")
    (letter,) = archive.find("5/BC-UBND")
    (reference,) = letter.references
    assert reference.target is None and set(reference.candidates) == {first.id, second.id}
    field = "reference:87/QĐ-UBND:target"
    (settled,) = archive.correct(letter.id, field, second.id, "A").references
    assert (settled.target, settled.candidates, settled.settled) == (second.id, (), True)
    assert [citer.id for citer in archive.citing([second.id])] == [letter.id]
    hand_in(archive, citing, one)
    assert archive.letter(letter.id).references[0].target == second.id
    # none of them, after all
    assert archive.correct(letter.id, field, None, "B").references[0].target is None
    hand_in(archive, two, citing)
    assert archive.letter(letter.id).references[0].target is None
    assert archive.citing([second.id]) == []


def test_a_number_misread_in_a_citation_is_put_right_and_finds_its_letter(archive: Archive, tmp_path: Path) -> None:
    citing = write(tmp_path / "in", "c.pdf", sheet("5/BC-UBND", day="2021-04-01", cites=[cite("145/QĐ-UBND", "2021-03-07", NGHE_AN)]))
    hand_in(archive, citing, write(tmp_path / "in", "a.pdf", sheet("1466/QĐ-UBND", issuer=HA_TINH, day="2020-12-29")))
    (letter,) = archive.find("5/BC-UBND")
    (meant,) = archive.find("1466/QĐ-UBND")
    archive.correct(letter.id, "reference:145 qđ-ubnd:date", "29/12/2020", "A")
    archive.correct(letter.id, "reference:145/QĐ-UBND:issuer", HA_TINH, "A")
    after = archive.correct(letter.id, "reference:145/QĐ-UBND:number", "1466/QĐ-UBND", "A")
    assert after.references[0].target == meant.id
    hand_in(archive, citing)
    assert archive.letter(letter.id).references[0].target == meant.id
    assert [change.old for change in archive.corrections(letter.id)] == ["2021-03-07", NGHE_AN, "145/QĐ-UBND"]


TWICE = [cite("87/QĐ-UBND", "2021-03-07", NGHE_AN), cite("87/QĐ-UBND", "2020-05-01", NGHE_AN)]


def test_of_two_citations_of_one_number_the_one_that_is_named_is_put_right(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "c.pdf", sheet("5/BC-UBND", day="2021-04-01", cites=TWICE)))
    (letter,) = archive.find("5/BC-UBND")
    after = archive.correct(letter.id, "reference:r2:date", "2019-05-01", "A")
    assert [(one.id, str(one.date)) for one in after.references] == [("r1", "2021-03-07"), ("r2", "2019-05-01")]
    (change,) = archive.corrections(letter.id)
    assert (change.field, change.old, change.new) == ("reference:r2 87/QĐ-UBND:date", "2020-05-01", "2019-05-01")


def test_a_number_that_means_two_documents_is_refused_and_both_are_named(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "c.pdf", sheet("5/BC-UBND", day="2021-04-01", cites=TWICE)))
    (letter,) = archive.find("5/BC-UBND")
    with pytest.raises(NotAField, match="reference:r1:date, reference:r2:date"):
        archive.correct(letter.id, "reference:87/QĐ-UBND:date", "2019-05-01", "A")
    assert archive.corrections() == []


def test_a_document_that_is_cited_in_two_ways_is_put_right_in_both_by_its_number(archive: Archive, tmp_path: Path) -> None:
    ways = [cite("87/QĐ-UBND", "2021-03-07", NGHE_AN, "based_on"), cite("87/QĐ-UBND", "2021-03-07", NGHE_AN)]
    hand_in(archive, write(tmp_path / "in", "c.pdf", sheet("5/BC-UBND", day="2021-04-01", cites=ways)))
    (letter,) = archive.find("5/BC-UBND")
    after = archive.correct(letter.id, "reference:87/QĐ-UBND:date", "2021-03-08", "A")
    assert [str(one.date) for one in after.references] == ["2021-03-08"] * 2
    assert archive.corrections(letter.id)[0].field == "reference:r1+r2 87/QĐ-UBND:date"


def test_a_reading_that_finds_more_keeps_the_correction_on_its_citation() -> None:
    field = "reference:r1 87/QĐ-UBND:date"

    def read(*numbers: str) -> Letter:
        references = tuple(Reference(id=f"r{at}", number=number) for at, number in enumerate(numbers, 1))
        return Letter.model_construct(references=references)

    def dates(letter: Letter) -> list[str | None]:
        return [one.date and str(one.date) for one in put(letter, field, "2021-03-08").references]

    assert dates(read("87/QĐ-UBND", "9/QĐ-TTg")) == ["2021-03-08", None]
    # one more was found before it: its id is another's now, its number is still its own
    assert dates(read("1/CT-TTg", "87/QĐ-UBND")) == [None, "2021-03-08"]
    # which of two it was is not known any more
    assert dates(read("1/CT-TTg", "87/QĐ-UBND", "87/QĐ-UBND")) == [None, None, None]
    assert dates(read("1/CT-TTg")) == [None]


def test_a_correction_of_before_ids_holds_for_all_that_bear_its_number() -> None:
    references = tuple(Reference(id=f"r{at}", number="87/QĐ-UBND") for at in (1, 2))
    letter = put(Letter.model_construct(references=references), "reference:87/QĐ-UBND:date", "2021-03-08")
    assert [str(one.date) for one in letter.references] == ["2021-03-08"] * 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reference:9/QĐ-TTg:number", "8/QĐ-TTg"),
        ("reference:r2:number", "8/QĐ-TTg"),
        ("reference:1/QĐ-TTg:target", "nobody-1"),
        ("reference:1/QĐ-TTg:date", "hôm qua"),
        ("reference:1/QĐ-TTg:relation", "amends"),
    ],
)
def test_what_fits_no_citation_is_refused(archive: Archive, tmp_path: Path, field: str, value: str) -> None:
    hand_in(archive, write(tmp_path / "in", "c.pdf", sheet("5/BC-UBND", cites=[cite("1/QĐ-TTg")])))
    letter = archive.letter(archive.find("5/BC-UBND")[0].id)
    with pytest.raises(NotAField):
        archive.correct(letter.id, field, value, "A")
    assert archive.letter(letter.id) == letter and archive.corrections() == []


def test_what_a_person_named_stands_when_it_becomes_secret(archive: Archive, tmp_path: Path) -> None:
    """It is held still, as its register line: another letter of the number is no answer to what they said."""
    one = write(tmp_path / "in", "one.pdf", sheet("87/QĐ-UBND", subject="phân bổ kinh phí sự nghiệp môi trường", body="môi trường"))
    two = write(tmp_path / "in", "two.pdf", sheet("87/QĐ-UBND", subject="thành lập Ban Chỉ đạo phòng chống thiên tai", body="thiên tai"))
    citing = write(tmp_path / "in", "c.pdf", sheet("5/BC-UBND", day="2021-04-01", cites=[cite("87/QĐ-UBND", "2021-03-07", NGHE_AN)]))
    hand_in(archive, one, two, citing)
    first, second = archive.find("87/QĐ-UBND")
    (letter,) = archive.find("5/BC-UBND")
    archive.correct(letter.id, "reference:87/QĐ-UBND:target", second.id, "A")
    archive.correct(second.id, "secrecy", "MẬT", "A")
    (reference,) = archive.letter(letter.id).references
    assert (reference.target, reference.settled, reference.candidates) == (second.id, True, ())
    # read again, with the other letter there
    hand_in(archive, citing, one)
    (reference,) = archive.letter(letter.id).references
    assert (reference.target, reference.settled) == (second.id, True) and first.id not in reference.candidates
