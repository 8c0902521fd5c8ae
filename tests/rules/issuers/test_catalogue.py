"""The bodies that the tables know: each row found by its name, its abbreviations, and how its name begins."""

from __future__ import annotations

import pytest

from models.skeleton import code, skeleton
from rules.issuers.catalogue import bearers, catalogue, department_of, expand, fits, kind_of, letter_symbol, nearly, symbols_of
from rules.tables import rows


@pytest.mark.parametrize("row", rows("agencies"), ids=[row["abbr"] for row in rows("agencies")])
def test_an_agency_is_found_by_its_name_and_its_abbreviation(row: dict[str, str]) -> None:
    for name in row["name"].split(" / "):
        if "(" not in name:
            assert row["abbr"] in symbols_of(name)
            assert fits(name, row["abbr"])
    if "…" not in row["abbr"] and "." not in row["abbr"]:
        assert row["name"] in {one.name for one in bearers(row["abbr"])}


@pytest.mark.parametrize(
    "row", [row for row in rows("departments") if row["abbr"]], ids=[row["name"] for row in rows("departments") if row["abbr"]]
)
def test_a_department_is_found_by_its_abbreviation(row: dict[str, str]) -> None:
    found = department_of(row["abbr"].lower())
    assert found is not None
    assert code(row["abbr"]) in {code(other["abbr"]) for other in rows("departments") if other["name"] == found}


@pytest.mark.parametrize("row", rows("issuer_abbreviations"), ids=[row["short"] for row in rows("issuer_abbreviations")])
def test_an_abbreviation_of_an_issuer_s_block_is_written_out(row: dict[str, str]) -> None:
    assert expand(f"{row['short']} X") == f"{row['long'].upper()} X"


def test_a_body_of_every_place_is_one_that_the_tables_name() -> None:
    assert {code(row["name"]) for row in rows("bodies") if row["needs_place"]} <= set(catalogue())


def test_what_a_line_names() -> None:
    assert kind_of("- SỞ Y TẾ") == "department"
    assert kind_of("TRIỂN KHAI KẾ HOẠCH") is None
    assert nearly("Ở TÀI CHÍNH") in ("Bộ Tài chính", "Sở Tài chính")
    assert nearly("V/v triển khai") is None
    assert letter_symbol("Bộ Nông nghiệp và Phát triển nông thôn") == "BNN"
    assert not fits("Sở Y tế", "STC")
    assert skeleton(expand("UBND TỈNH GIA LAI")) == "UY BAN NHAN DAN TINH GIA LAI"


@pytest.mark.parametrize(
    ("name", "symbol", "fitting"),
    [
        ("Kho bạc Nhà nước khu vực XVI", "KBKV16", True),
        ("Bệnh viện 74 Sa Huỳnh", "BV74", True),
        ("Kiểm toán nhà nước khu vực XIII", "KVXII", False),
        ("Kiểm toán nhà nước khu vực XIII", "KVXIII", True),
    ],
)
def test_a_symbol_bears_the_number_of_its_issuer_s_name_in_figures_or_roman(name: str, symbol: str, fitting: bool) -> None:
    assert fits(name, symbol) is fitting
