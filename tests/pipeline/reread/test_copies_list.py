"""The list of copies read again by itself, where the page's one reading of it is doubtful."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image

from models.page import Line, Reading
from pipeline.layout.zones import copies_zone
from pipeline.recognize.ocr.engine import default_engine
from pipeline.reread.copies_list import is_doubtful, read_list
from tests.pipeline.conftest import DPI
from tests.pipeline.extract.header.build import line

WIDTH, HEIGHT = 210 / 25.4 * 72, 297 / 25.4 * 72
PRINTED = ("Nơi nhận:", "- Như trên;", "- Lưu: VT, KH.")


def list_of(*texts: str, confidence: float = 0.96) -> list[Line]:
    """The list's lines where the invented sheet prints them."""
    rows = zip((120.5, 126.5, 131.5), texts, strict=True)
    return [line(text, 30 / 25.4 * 72, y / 25.4 * 72, confidence=confidence) for y, text in rows]


def doubtful(lines: list[Line]) -> bool:
    zone = copies_zone(lines, WIDTH, HEIGHT)
    assert zone is not None
    return is_doubtful(lines, zone)


def test_a_list_that_was_read_surely_is_left_alone() -> None:
    assert not doubtful(list_of(*PRINTED))
    assert doubtful(list_of("Nơi nhân:", *PRINTED[1:])), "a misread title is doubtful"
    assert doubtful(list_of(*PRINTED, confidence=0.8))


def test_an_item_that_was_torn_is_read_whole(sheet: Callable[[], Image.Image]) -> None:
    body = line("trước ngày 15 tháng 4 năm 2022", 85, 270, confidence=0.95)
    torn = list_of("Nơi nhận:", "- Nhu tr", "- Lưu: VT, KH.", confidence=0.6)
    zone = copies_zone([body, *torn], WIDTH, HEIGHT)
    assert zone is not None
    found = read_list(np.asarray(sheet()), DPI, [body, *torn], zone, 72 / DPI, default_engine())
    assert body in found
    anew = [one.text for one in found if one.reading is Reading.COPIES]
    assert anew[:2] == ["Nơi nhận:", "- Như trên;"] and len(found) == 4
