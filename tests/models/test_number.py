"""A number's parts are those of its text, and go with the record that bears it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.letter import Header
from models.number import number_key, printed
from models.reference import Reference
from rules.numbers.reading import parse

TABLE = Path(__file__).parents[1] / "rules" / "numbers" / "number_examples.tsv"
CANONICAL = sorted(
    {
        number.canonical
        for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        if (number := parse(row["raw"])) and number.serial
    }
)


@pytest.mark.parametrize("text", CANONICAL)
def test_what_prints_is_taken_apart_as_it_was_read(text: str) -> None:
    read, again = parse(text), printed(text)
    assert read is not None and again is not None
    assert again.canonical == text
    assert (again.serial, again.suffix, again.year, again.symbol, again.regime, again.key) == (
        read.serial, read.suffix, read.year, read.symbol, read.regime, read.key,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("05/NQ-HĐND", "5||NQHDND"),
        ("5/nq-hdnd", "5||NQHDND"),
        (" 30a / 2008 / NQ-CP ", "30A|2008|NQCP"),
        ("17-NQ/TW", "17||NQTW"),
        ("UBND-VX", None),
        ("102", None),
        ("12/-", None),
        ("", None),
        (None, None),
    ],
)
def test_the_key_under_which_a_number_is_held(text: str | None, key: str | None) -> None:
    assert number_key(text) == key


def test_a_record_keeps_the_parts_that_were_read() -> None:
    number = parse("1002/UBND-VX")
    one = Reference.bearing(number, relation="mentions")
    assert one.number == "1002/UBND-VX" and one.document is number
    assert one.model_copy(update={"relation": "implements"}).document is number


def test_a_corrected_number_has_its_own_parts() -> None:
    one = Header(number="36/QĐ-TTg")
    assert one.document is not None and one.document.segments == ("QĐ", "TTg")
    other = one.model_copy(update={"number": "37/QĐ-TTg"})
    assert other.document is not None and other.document.serial == "37"
    assert one.model_copy(update={"number": None}).document is None


def test_parts_are_no_part_of_the_record() -> None:
    read, plain = Reference.bearing(parse("36/QĐ-TTg")), Reference(number="36/QĐ-TTg")
    assert read == plain and hash(read) == hash(plain)
    assert read.model_dump() == plain.model_dump() and "document" not in read.model_dump_json()


def test_a_copy_with_another_serial_has_a_key_of_its_own() -> None:
    """Its key was asked for before: serials that share a symbol, of numbers that are read once and kept, were merged into one."""
    one = printed("334/BKHCN-TĐC")
    assert one is not None and (one.key, one.serial_code, one.notation_code) == ("334||BKHCNTDC", "334", "BKHCNTDC")
    other = one.model_copy(update={"serial": "0332", "symbol": "BKHCN-KH"})
    assert (other.key, other.serial_code, other.notation_code) == ("332||BKHCNKH", "332", "BKHCNKH")
