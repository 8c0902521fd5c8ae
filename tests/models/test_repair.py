"""Repairs are told apart by kind; a line is made of them for people alone."""

from __future__ import annotations

import re

import pytest

from models.repair import Doubt, DoubtKind, Repair, RepairKind

LINES = {
    Repair(RepairKind.DIGITS, "1O2/UBND", "102/UBND"): "digits: 1O2/UBND → 102/UBND",
    Repair(RepairKind.SYMBOL, "BKHHCN", "BKHCN", "issuer"): "symbol: BKHHCN → BKHCN (issuer)",
    Repair(RepairKind.TYPE_RESTORED, "UBND", "KH", "title"): "symbol: KH set before UBND (title)",
    Repair(RepairKind.HYPHEN): "hyphen restored",
    Repair(RepairKind.HYPHEN, "QDUBND", "QĐ-UBND"): "hyphen restored: QDUBND → QĐ-UBND",
    Repair(RepairKind.CAPACITY_MARK, "CHỦ TỊCH", "KT."): "capacity: KT. read before CHỦ TỊCH",
    Repair(RepairKind.CAPACITY_MARK, "CHỦ TỊCH"): "capacity: read before CHỦ TỊCH",
    Repair(RepairKind.ENCODING, "TCVN3"): "TCVN3 decoded",
}


@pytest.mark.parametrize("repair", LINES, ids=str)
def test_a_repair_has_its_line_for_people(repair: Repair) -> None:
    assert str(repair) == LINES[repair]


@pytest.mark.parametrize("kind", RepairKind)
def test_each_kind_has_a_line(kind: RepairKind) -> None:
    line = str(Repair(kind, "đọc", "sửa"))
    assert line and not re.search(r"[{}]", line)


@pytest.mark.parametrize("kind", DoubtKind)
def test_each_doubt_names_its_field(kind: DoubtKind) -> None:
    assert str(Doubt(kind, "date", "2021-01-11")).startswith("date: ")
