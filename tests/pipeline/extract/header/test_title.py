"""The subject under a title: what a stamp before it hides is asked about, what specks are read as is none of it."""

from __future__ import annotations

import pytest

from models.page import Box, Page, Stamp
from pipeline.extract.header import read_header
from tests.pipeline.extract.header.build import BODY, FOOT, head, page

NOTICE = (
    head("SỞ CÔNG THƯƠNG", "TỈNH GIA LAI", "16/TB-SCT", "12/9/2023")
    + "\n.\nC THÔNG BÁO\nC Về việc quy định chức năng, nhiệm vụ và\nC cơ cấu tổ chức của Chi cục năm 2023\n.\n"
    + BODY
    + FOOT
)


def _under_title(first: str, gap: float) -> Page:
    """A scan of the notice whose second line begins with `first`, a stamp's right edge so many points before it."""
    sheet = page(NOTICE.replace("cơ cấu", f"{first} cấu"), kind="scan", confidence=0.97)
    row = next(line.box for line in sheet.lines if line.text.startswith(f"{first} cấu"))
    box = Box(row.x0 - 120 - gap, row.y0 - 4, row.x0 - gap, row.y1 + 20)
    return sheet.model_copy(update={"stamps": (Stamp(kind="arrival", box=box, confidence=0.9),)})


@pytest.mark.parametrize(("first", "gap", "asked"), [("ơ", 3.0, True), ("rơcb", -6.0, True), ("ơ", 60.0, False), ("cơ", 3.0, False)])
def test_a_line_whose_beginning_a_stamp_hides_is_asked_about(first: str, gap: float, asked: bool) -> None:
    seen = read_header([_under_title(first, gap)])
    assert seen.header.subject == f"quy định chức năng, nhiệm vụ và {first} cấu tổ chức của Chi cục năm 2023"
    assert ("subject" in seen.review) is asked


def test_signs_that_specks_are_read_as_are_none_of_a_subject() -> None:
    spec = NOTICE.replace("nhiệm vụ và", "nhiệm vụ ‹ và ˆ")
    assert read_header([page(spec, kind="scan", confidence=0.97)]).header.subject == (
        "quy định chức năng, nhiệm vụ và cơ cấu tổ chức của Chi cục năm 2023"
    )
