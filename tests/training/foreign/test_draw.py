"""Foreign sheets as they are drawn: readable as such, and the same whenever they are drawn."""

from __future__ import annotations

from training.foreign.draw import drawn, kinds


def test_a_sheet_is_the_same_whenever_it_is_drawn_and_no_two_seeds_draw_one() -> None:
    assert drawn("contract", 3) == drawn("contract", 3) != drawn("contract", 4)


def test_every_kind_is_filled_and_stays_on_its_sheet() -> None:
    for kind in kinds():
        page = drawn(kind, 0)
        assert page.lines and "{" not in page.text, kind
        assert all(line.box.x0 >= 0 and line.box.y1 <= page.height for line in page.lines), kind
