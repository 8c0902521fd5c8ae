"""What the labeller takes an invented letter's lines for, and the features that it tells them by."""

from __future__ import annotations

import pytest

from models.page import Role
from pipeline.layout import grid_of, opinions
from pipeline.layout.learned import line_features
from tests.pipeline.extract.header.build import page
from tests.pipeline.layout.test_roles import LETTER


@pytest.mark.parametrize(
    ("start", "role"),
    [
        ("SỞ Y TẾ", Role.LETTERHEAD),
        ("CỘNG HÒA", Role.MOTTO),
        ("Số:", Role.NUMBER),
        ("Gia Lai, ngày", Role.PLACE_DAY),
        ("V/v góp ý", Role.SUBJECT),
        ("- Sở Tư pháp;", Role.ADDRESSEES),
        ("PHÓ CHỦ TỊCH", Role.CAPACITY),
        ("- Lưu: VT", Role.COPIES),
        ("Trần Văn Bình", Role.SIGNER),
    ],
)
def test_the_lines_of_a_plain_letter_are_known(start: str, role: Role) -> None:
    grid = grid_of(page(LETTER))
    said = opinions(grid, first=True)
    item = next(item for item in grid.rows if item.text.startswith(start))
    assert max(said[id(item.line)], key=lambda label: said[id(item.line)][label]) == role


def test_features_tell_place_cue_and_neighbours_and_no_word_of_an_office() -> None:
    grid = grid_of(page(LETTER))
    told = dict(zip((item.text for item in grid.rows), line_features(grid, first=True), strict=True))
    assert {"cue subject", "under text", "over cue number"} & set(told["V/v góp ý dự thảo Quy chế"]) == {"cue subject", "over cue number"}
    other = grid_of(page(LETTER.replace("góp ý", "lấy ý")))
    assert line_features(other, first=True) == line_features(grid, first=True)
