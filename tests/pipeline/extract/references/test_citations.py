"""A table of texts and what they cite: one row a form and trap, written by hand.

expected: references parted by " ; ", each `number day issuer = relation`, "-" where there is none, a law by its kind;
"@" leads the pinpoint.
"¶" in a text parts paragraphs. The citing letter is 1002/UBND-VX of Nghệ An's committee, 7 March 2021, of the row's type.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from models.letter import Header
from models.reference import Reference
from pipeline.extract.references import read_text
from pipeline.extract.references.text.body_text import of_text

TABLE = Path(__file__).with_name("citations.tsv")
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
EXPECTED = re.compile(r"(\S+(?: luật| lệnh| pháp)?) (\d{4}-\d\d-\d\d|-) (.+?) = (\w+)(?: @ (.+))?")


def header(kind: str) -> Header:
    own = "1002/UBND-VX" if kind == "CV" else f"1002/{kind}-UBND"
    return Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", number=own, doc_type=kind, place="Nghệ An", date=date(2021, 3, 7))


def said(reference: Reference, pinpoint: bool) -> tuple[str | None, ...]:
    day = reference.date.isoformat() if reference.date else None
    what = reference.number or reference.doc_type
    return (what, day, reference.issuer, reference.relation, reference.pinpoint if pinpoint else None)


def meant(expected: str) -> list[tuple[str | None, ...]]:
    out = []
    for one in (part for part in expected.split(" ; ") if part.strip()):
        match = EXPECTED.fullmatch(one.strip())
        assert match, one
        out.append(tuple(None if field in ("-", None) else field for field in match.groups()))
    return out


def test_table_is_long_enough() -> None:
    assert len(ROWS) >= 400
    assert len({row["case"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_row(row: dict[str, str]) -> None:
    found = read_text(of_text(row["text"].replace("¶", "\n")), header(row["type"])).references
    want = meant(row["expected"] or "")
    assert Counter(said(r, any(w[4] for w in want)) for r in found) == Counter(want)


def test_the_small_r_of_a_submission_is_taken_for_lost_on_a_scan_alone() -> None:
    text = of_text("Theo đề nghị của Giám đốc Sở Tài chính tại Tờ trình số 46/TT-STC ngày 23/6/2020.")
    assert [one.number for one in read_text(text, header("QĐ")).references] == ["46/TT-STC"]
    assert [one.number for one in read_text(text._replace(scanned=True), header("QĐ")).references] == ["46/TTr-STC"]
