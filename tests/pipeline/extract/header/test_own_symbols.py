"""A symbol of which one reader misread a part, mended by what the letter says elsewhere; what it says otherwise stays."""

from __future__ import annotations

import pytest

from models.number import DocumentNumber
from models.repair import RepairKind
from pipeline.extract.header.own_symbols import abbreviations, as_told, is_disputed, parts_told, with_figures
from rules.numbers.reading import read

BODY = "Căn cứ Quyết định số 232/QĐ-ĐHBM ngày 02/3/2021; Kế hoạch số 17 /KH-ĐHBM; Nghị định số 30/2020/NĐ-CP"


def test_the_parts_of_symbols_in_a_text() -> None:
    assert parts_told(BODY, ("TĐC.",)) == {"QĐ", "ĐHBM", "KH", "NĐ", "CP", "TĐC"}


@pytest.mark.parametrize(
    ("number", "readings", "text", "issuer", "mended"),
    [
        ("12/TB-ĐBBM", ("Số: 12 /ĐHBM", "Số 12/TB-ĐBBM"), BODY, None, "12/TB-ĐHBM"),
        ("12/TB-DHBM", (), BODY, None, "12/TB-ĐHBM"),
        ("12/TB-ĐHBM", ("Số: 12/TB-ĐBBM",), BODY + " 9/TB-ĐBBM", None, "12/TB-ĐHBM"),
        ("12/TB-ĐBBM", ("Số: 12/TB-ĐHBX",), BODY, None, "12/TB-ĐBBM"),
        ("12/TB-ĐBBM", (), BODY, None, "12/TB-ĐBBM"),
        ("38/DHNN", (), "", "Trường Đại học Ngoại ngữ", "38/ĐHNN"),
        ("38/TB-DCT", (), "", "Trường Đại học Công Thương", "38/TB-DCT"),
        ("12/TT-BM", ("Số: 12/TTr-BM",), "7/TTr-ĐHBM", None, "12/TT-BM"),
    ],
    ids=["one reader's part", "a bar", "both parts", "neither", "one part alone", "the issuer's initials", "others than its initials",
         "a type is the title's"],
)  # fmt: skip
def test_a_part_is_spelled_as_the_letter_spells_it(
    number: str, readings: tuple[str, ...], text: str, issuer: str | None, mended: str
) -> None:
    said = read(number)
    assert said is not None
    told, repairs = as_told(said[0], readings, parts_told(text, ()), issuer)
    assert f"{told.serial}/{told.symbol}" == mended
    assert bool(repairs) == (mended != number)


def test_what_a_table_has_put_right_is_not_undone_by_words_that_lost_the_same_stroke() -> None:
    said = read("332/BKHCN-TDC")
    assert said is not None and said[0].symbol == "BKHCN-TĐC"
    lost = parts_told("Lưu: VT, TDC. Công văn số 12/BKHCN-TDC", ())
    kept = {item.value for item in said[1] if item.kind is RepairKind.STROKE}
    assert as_told(said[0], (), lost, None, kept) == (said[0], [])


def test_an_abbreviation_that_the_letter_writes_bears_out_a_reader() -> None:
    said = read("02/SYT-KO")
    assert said is not None
    readings = ("Số: 02 /SYT-KOICA", "Số: 02/SYT-KO")
    written = abbreviations("bàn giao tài sản của Dự án KOICA, theo SĐT 0123")
    assert written == {"KOICA", "SĐT"}
    told, _ = as_told(said[0], readings, (), "Sở Y tế", (), written)
    assert told.symbol == "SYT-KOICA"
    assert as_told(said[0], readings, {"KO"}, "Sở Y tế", (), written)[0].symbol == "SYT-KOICA"  # "số 04/KO ICA" is cited
    assert as_told(said[0], readings, (), "Sở Y tế", (), abbreviations("Lưu: VT, KO. Dự án KO, KOX"))[0].symbol == "SYT-KO"


@pytest.mark.parametrize(
    ("number", "readings", "told", "disputed"),
    [
        ("38/TB-ĐXT", ("Số: 38 /TB-DXT", "Số: 38/TB-ĐXT"), set(), True),
        ("38/TB-ĐXT", ("Số: 38 /TB-DXT", "Số: 38/TB-ĐXT"), {"ĐXT"}, False),
        ("38/TB-ĐXT", ("Số: 38 /IB-ĐXT", "Số: 38/TB-ĐXT"), set(), False),
        ("38/TB-ĐXT", (), set(), False),
        ("38/BYT-VP", ("Số: 38 /BVT-VP", "Số: 38/BYT-VP"), set(), False),
        ("38/SYT-KO", ("Số: 02 /SYT-KOICA", "Số: 02/SYT-KO"), set(), True),
        ("38/ĐHSB-ĐT", ("Số: 38 /DHSB-ĐT", "Số: 38/ĐHSB-ĐT"), set(), False),
        ("368-CV/BPTT", ("Số 368-CV/BPTI", "Số 368-CV/BPTT"), set(), False),
    ],
    ids=["two spellings", "the letter's own", "a type", "one reading", "a body of the tables", "a part cut short", "initials", "a Party's"],
)
def test_a_part_that_readers_spell_otherwise_and_nothing_tells_is_disputed(
    number: str, readings: tuple[str, ...], told: set[str], disputed: bool
) -> None:
    said = read(number)
    assert said is not None
    assert is_disputed(said[0], readings, told, ("Phòng Đào tạo", "Trường Đại học Sông Ba")) is disputed


@pytest.mark.parametrize(
    ("printed", "meant"), [("BCA-VOI", "BCA-V01"), ("CAT-PCO4", "CAT-PC04"), ("BCA-C04", "BCA-C04"), ("SYT-VOI", "SYT-VOI")]
)
def test_a_police_unit_is_spelled_with_figures(printed: str, meant: str) -> None:
    number = DocumentNumber(serial="12", symbol=printed, issuer_abbr=printed[:3], unit=printed[4:])
    mended, repair = with_figures(number)
    assert mended.symbol == meant and (repair is not None) is (printed != meant)
