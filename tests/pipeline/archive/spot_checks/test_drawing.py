"""Sure fields are drawn by lot: none that is asked about, settled or secret, equal numbers of each, the same by the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.archive.spot_checks.drawing import allotted, draw
from pipeline.archive.tables.database import reading
from pipeline.office import Office
from tests.pipeline.archive.invented import hand_in, sheet, write

READ = {field: {"page": 1, "box": [1, 1, 99, 9], "confidence": 0.99} for field in ("number", "subject", "issuer")}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An archive of six letters, each with number, subject and issuer read from its sheet; one of them is secret."""
    with pipeline.open(tmp_path / "archive") as opened:
        pages = [sheet(f"{n}/UBND-VX", review=["subject"] if n == 1 else [], evidence=READ) for n in range(1, 6)]
        pages.append(sheet("9/UBND-VX", evidence=READ, secrecy="MẬT"))
        hand_in(opened.archive, *(write(tmp_path / "in", f"{n}.pdf", page) for n, page in enumerate(pages)))
        yield opened


def drawn(office: Office, size: int = 100, seed: str = "một") -> list[tuple[str, str]]:
    with reading(office.archive.engine) as connection:
        return draw(connection, size, seed).items


def id_of(office: Office, number: str) -> str:
    (letter,) = office.letter(number)
    return letter.id


def test_only_what_the_archive_holds_sure_is_drawn(office: Office) -> None:
    office.correct(id_of(office, "2/UBND-VX"), "issuer", "Ủy ban nhân dân tỉnh Hà Tĩnh", "Lan")
    found = drawn(office)
    # five letters that are not secret: of one the subject is asked about, of one a person has said the issuer; the day was read nowhere
    assert Counter(field for _, field in found) == {"number": 5, "subject": 4, "issuer": 4}
    assert (id_of(office, "1/UBND-VX"), "subject") not in found and (id_of(office, "2/UBND-VX"), "issuer") not in found
    assert id_of(office, "9/UBND-VX") not in {letter for letter, _ in found}


def test_the_fields_come_in_turn_and_in_equal_numbers(office: Office) -> None:
    found = drawn(office, 6)
    assert [field for _, field in found] == ["issuer", "number", "subject"] * 2 and len(set(found)) == 6


def test_the_same_seed_draws_the_same_and_another_does_not(office: Office) -> None:
    assert drawn(office, 6) == drawn(office, 6)
    assert len({tuple(drawn(office, 6, str(seed))) for seed in range(8)}) > 1


def test_every_letter_may_be_drawn(office: Office) -> None:
    first = {next(letter for letter, field in drawn(office, 3, str(seed)) if field == "number") for seed in range(60)}
    assert len(first) == 5


def test_what_a_field_lacks_the_others_give() -> None:
    assert allotted(200, {"number": 1000, "subject": 1000, "arrival.date": 20}) == {"number": 90, "subject": 90, "arrival.date": 20}
    assert allotted(9, {"number": 2, "subject": 1}) == {"number": 2, "subject": 1}
    assert allotted(5, {"number": 0}) == {"number": 0}
