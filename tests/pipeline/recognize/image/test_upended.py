"""Sheets that lie level and on their side, told apart by their ink."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from pipeline.recognize.image.background import ready
from pipeline.recognize.image.upended import upended

Make = Callable[[], Image.Image]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_lines_of_a_sheet_on_its_side_stand_on_end(sheet: Make, turn: int) -> None:
    share = upended(*ready(np.asarray(sheet().rotate(turn, expand=True)), 200))
    assert share > 0.7 if turn % 180 else share < 0.4


def test_where_nothing_is_printed_nothing_stands_on_end() -> None:
    assert upended(np.full((2339, 1654), 255, np.uint8), 200) == 0
    assert upended(np.full((40, 1654), 255, np.uint8), 200) == 0  # a strip lower than the parts that are looked at
