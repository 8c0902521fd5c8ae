"""Text layers that lie and are hidden, over scans that lie in the page in every way: nothing of them is believed, and MẬT is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from fuzz.lying_layers import FRAMES, HIDING, LIE, Blind, Lie, first, lies, write
from fuzz.scan_pieces import PIECES, TRUTH


@pytest.mark.parametrize("lie", sorted({one[:2]: one for one in lies(400)}.values()), ids=lambda one: f"{one.pieces}, {one.hiding}")
def test_the_pixels_are_read(lie: Lie, tmp_path: Path) -> None:
    page = first(write(lie, tmp_path / "lie.pdf"), Blind())
    assert page.kind == "scan"
    assert TRUTH in page.text and LIE not in page.text


def test_each_way_is_tried() -> None:
    tried = lies(400)
    assert {one.pieces for one in tried} == set(PIECES)
    assert {one.hiding for one in tried} == set(HIDING)
    assert {one.frame for one in tried} == set(FRAMES)


@pytest.mark.parametrize(
    "lie",
    [
        Lie("strips", "mode 3", "turned", True),
        Lie("nested form", "beneath", "off the origin", True),
        Lie("pattern", "clipped", "cropped", True),
    ],
    ids=lambda one: one.pieces,
)
def test_a_stamp_on_the_pixels_is_seen_and_the_number_filed_is_theirs(lie: Lie, tmp_path: Path) -> None:
    (letter,) = pipeline.read(write(lie, tmp_path / "lie.pdf"))
    assert letter.header.secrecy == "MẬT"
    assert letter.header.number == f"{TRUTH}/STL-KH"
