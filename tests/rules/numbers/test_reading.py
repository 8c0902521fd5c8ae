"""Document numbers: the 52 of the domain's table, careless and misread ones, and what is none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.repair import RepairKind
from rules.numbers.reading import parse, read, scan

TABLE = Path(__file__).with_name("number_examples.tsv")
EXAMPLES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_table_has_its_52_rows() -> None:
    assert len(EXAMPLES) == 52


@pytest.mark.parametrize("row", EXAMPLES, ids=[r["raw"] for r in EXAMPLES])
def test_example_parses(row: dict[str, str]) -> None:
    number = parse(row["raw"])
    assert number is not None
    said = (
        number.serial,
        number.suffix,
        str(number.year or ""),
        number.symbol,
        number.type_abbr,
        number.issuer_abbr,
        number.unit,
        number.regime,
    )
    assert said == tuple(row[k] for k in ("num", "suffix", "year", "symbol", "type_abbr", "issuer_abbr", "unit", "regime"))
    if row["canonical"]:
        assert number.canonical == row["canonical"]


@pytest.mark.parametrize("row", [r for r in EXAMPLES if r["num"]], ids=[r["raw"] for r in EXAMPLES if r["num"]])
def test_example_is_found_in_running_text(row: dict[str, str]) -> None:
    raw = row["raw"].removeprefix("Số: ")
    text = f"Căn cứ văn bản số {raw} ngày 02 tháng 3 năm 2021 của cơ quan"
    assert [f.number.canonical for f in scan(text)] == [row["canonical"]]


CARELESS = {
    "36 qd ttg": "36/QĐ-TTg",
    "so 1002/ubnd-vx": "1002/UBND-VX",
    "332BKHCN-TĐC": "332/BKHCN-TĐC",
    "36lQĐ-TTg": "36/QĐ-TTg",
    "36|QĐ-TTg": "36/QĐ-TTg",
    "l322/QĐ-TTg": "1322/QĐ-TTg",
    "39/2O18/NĐ-CP": "39/2018/NĐ-CP",
    "36/QB-TTg": "36/QĐ-TTg",
    "12/LIBND-VX": "12/UBND-VX",
    "13/CT-TT9": "13/CT-TTg",
    "12/BC-UBNĐ": "12/BC-UBND",
    "72/2020/QH 14": "72/2020/QH14",
    "01 - NQ/TU": "01-NQ/TU",
    "36/QĐ TTg": "36/QĐ-TTg",
}


@pytest.mark.parametrize(("raw", "canonical"), CARELESS.items())
def test_misread_number_is_mended_and_says_so(raw: str, canonical: str) -> None:
    item = read(raw)
    assert item is not None
    number, repairs = item
    assert number.canonical == canonical
    assert repairs or raw == "72/2020/QH 14"


AS_PRINTED = [
    "4606/BGDĐT-GDTrH", "12/C.IV", "19/PTTH&TTĐT", "3176b/QĐ-SYT", "05/NQ-HĐND", "123/XYZ-ABC", "64/2003/TTLT/BTC-BNV", "08-NQ/ĐUK",
    "2004/KH-SYT-CĐN", "07/QyĐ-SYT", "123/TB-BCĐ389", "45/UBND-KT&HT",
]  # fmt: skip


@pytest.mark.parametrize("raw", AS_PRINTED)
def test_sound_number_stays_as_printed(raw: str) -> None:
    item = read(raw)
    assert item is not None
    assert (item[0].canonical, item[1]) == (raw, ())


@pytest.mark.parametrize("raw", ["12/15", "11/3/2018", "24/7", "332", "QĐ-TTg", "TCVN 6909:2001", "", "Nghệ An", "1/2"])
def test_what_is_no_number(raw: str) -> None:
    assert parse(raw) is None


@pytest.mark.parametrize(
    "text",
    [
        "theo QCVN 102:2016/BTTTT và TCVN 6909:2001",
        "theo Mẫu số 01/DT và Biểu số 02a/BC",
        "đạt 12/15 chỉ tiêu, 02 lớp/năm, 100.000đ/người/ngày",
        "trực 24/7, điện thoại (024) 3123 4567, ngày 11/3/2018",
        "tại số 8 Hoàng Quốc Việt; km 12+300; thửa 15, tờ 3",
    ],
)
def test_running_text_without_numbers(text: str) -> None:
    assert scan(text) == []


def test_scan_gives_places_in_the_text_as_it_was_handed_in() -> None:
    text = "các Quyết định số 36/QÐ–TTg, 1322/QĐ-TTg và Công văn số 334/BKHHCN - TĐC của Bộ"
    found = scan(text)
    assert [text[f.start : f.end] for f in found] == ["36/QÐ–TTg", "1322/QĐ-TTg", "334/BKHHCN - TĐC"]
    assert [f.number.canonical for f in found] == ["36/QĐ-TTg", "1322/QĐ-TTg", "334/BKHCN-TĐC"]
    assert RepairKind.ETH in {one.kind for one in found[0].repairs} and found[1].repairs == ()


@pytest.mark.parametrize("text", ["03/BCĐX-CAT(PC04)", "1413/CAT-PC04(Đ1)", "156-CV/TĐTN-BCTĐ&TTN", "88/ĐK36-02S", "12/CAH(QLHC)"])
def test_a_unit_in_brackets_or_behind_an_ampersand_is_of_the_symbol(text: str) -> None:
    found = read(f"{text} ngày 05")
    assert found is not None and found[0].canonical == text


def test_brackets_after_a_blank_are_none_of_the_symbol() -> None:
    found = read("12/QĐ-UBND (A1)")
    assert found is not None and found[0].canonical == "12/QĐ-UBND"
