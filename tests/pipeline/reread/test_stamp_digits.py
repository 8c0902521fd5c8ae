"""Number and day of an arrival stamp, read beside their labels from the pixels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from models.page import Box, Line, Stamp, Word
from pipeline.reread.stamp_digits import mend_stamp
from tests.pipeline.conftest import DPI

PT = 72 / 25.4  # points a millimetre
X, Y = 20.0, 60.0  # of the stamp, mm


def row(label: str, written: str, down: float, confidence: float) -> Line:
    """A row of the stamp as the engine saw it, `down` mm from the frame's top."""
    top, foot, right = (Y + down) * PT, (Y + down + 3.4) * PT, (X + (27 if label == "Số:" else 30)) * PT
    words = [Word(text=label, box=Box((X + 22) * PT, top, right, foot), confidence=0.95)]
    if written:
        words.append(Word(text=written, box=Box((X + 32) * PT, top, (X + 46) * PT, foot), confidence=confidence))
    return Line(words=tuple(words))


def stamp(number: str, day: str, confidence: float = 0.4) -> Stamp:
    frame = Box(X * PT, Y * PT, (X + 50) * PT, (Y + 26) * PT)
    lines = (row("Số:", number, 3, confidence), row("Ngày:", day, 11, confidence))
    return Stamp(kind="arrival", box=frame, lines=lines, confidence=confidence)


Drawn = Callable[[str, str], np.ndarray]


@pytest.fixture
def drawn(sheet: Callable[[], Image.Image], arrival: Callable[..., None]) -> Drawn:
    def make(number: str, day: str) -> np.ndarray:
        image = sheet()
        arrival(image, (X, Y), number, day)
        return np.asarray(image)

    return make


def said(one: Stamp) -> list[str]:
    return [line.text for line in one.lines]


def test_what_the_engine_lost_is_read_from_the_pixels(drawn: Drawn) -> None:
    mended = mend_stamp(stamp("B2§", "Z3/9l"), drawn("825", "23/9/2022"), DPI)
    assert said(mended) == ["Số: 825", "Ngày: 23/9/2022"]
    assert mended.confidence >= 0.9


def test_what_the_engine_read_surely_stays(drawn: Drawn) -> None:
    sure = stamp("826", "23/9/2022", confidence=0.95)
    assert mend_stamp(sure, drawn("825", "23/9/2022"), DPI) is sure


def test_a_clean_reading_that_the_pixels_gainsay_stays_with_its_doubt(drawn: Drawn) -> None:
    unsure = stamp("826", "23/9/2022", confidence=0.4)
    assert said(mend_stamp(unsure, drawn("825", "23/9/2022"), DPI))[0] == "Số: 826"


def test_other_stamps_have_no_number(drawn: Drawn) -> None:
    mark = stamp("B2§", "").model_copy(update={"kind": "urgency"})
    assert mend_stamp(mark, drawn("825", ""), DPI) is mark


def test_number_and_day_are_found_where_no_label_was_made_out(drawn: Drawn) -> None:
    arrived = Line(words=(Word(text="ĐẾN", box=Box((X + 3) * PT, (Y + 8) * PT, (X + 18) * PT, (Y + 14) * PT), confidence=0.9),))
    unread = stamp("", "").model_copy(update={"lines": (arrived,), "confidence": 0.0})
    mended = mend_stamp(unread, drawn("825", "23/9/2022"), DPI)
    assert said(mended) == ["Số: 825", "Ngày: 23/9/2022", "ĐẾN"]
    assert mended.confidence >= 0.9


def test_an_empty_frame_has_neither(drawn: Drawn) -> None:
    arrived = Line(words=(Word(text="ĐẾN", box=Box((X + 3) * PT, (Y + 8) * PT, (X + 18) * PT, (Y + 14) * PT), confidence=0.9),))
    empty = stamp("", "").model_copy(update={"lines": (arrived,)})
    assert mend_stamp(empty, drawn("", ""), DPI) is empty
