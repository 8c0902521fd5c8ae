"""The number's and the date's line, read again where the page's one reading has none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.page import Box, Line, Page, Reading
from pipeline.layout import relabel
from pipeline.layout.zones import lost_head_lines
from pipeline.recognize.ocr.engine import default_engine
from pipeline.reread.head_lines import read_torn
from tests.pipeline.conftest import DPI, MM
from tests.pipeline.extract.header.build import line

WIDTH, HEIGHT = 210 / 25.4 * 72, 297 / 25.4 * 72


def at(x: float, y: float, text: str) -> Line:
    """A line at (x, y) mm, as wide as the invented sheet prints it."""
    return line(text, x / 25.4 * 72, y / 25.4 * 72, confidence=0.95)


def lost(*lines: Line) -> list[Box]:
    return lost_head_lines(relabel(Page(number=1, width=WIDTH, height=HEIGHT, kind="scan", lines=lines)))


STATE = (at(30, 22, "UBND TỈNH ĐẠI HÒA"), at(100, 22, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), at(120, 28, "Độc lập - Tự do - Hạnh phúc"))
NUMBER, DATE = at(32, 38, "Số: 417/STL-KH"), at(112, 38, "Đại Hòa, ngày 05 tháng 3 năm 2022")


def test_a_head_with_number_and_date_is_not_read_again() -> None:
    assert lost(*STATE, NUMBER, DATE) == []


def test_a_party_letter_s_number_has_no_colon() -> None:
    head = [at(30, 22, "TỈNH ỦY ĐẠI HÒA"), at(110, 22, "ĐẢNG CỘNG SẢN VIỆT NAM"), at(32, 38, "Số 127-QĐ/TU"), DATE]
    assert lost(*head) == []


def test_a_page_without_a_motto_has_no_head() -> None:
    assert lost(at(30, 40, "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.")) == []


@pytest.mark.parametrize(
    ("held", "side", "text"),
    [
        ((NUMBER, at(112, 38, "Đại Hòa, 20th ph")), "right", "Đại Hòa, ngày 05 tháng 3 năm 2022"),
        ((DATE, at(32, 38, "| _")), "left", "Số: 417/STL-KH"),
    ],
)
def test_what_was_torn_is_read_again(sheet: Callable[[], Image.Image], held: tuple[Line, ...], side: str, text: str) -> None:
    image = sheet()
    ImageDraw.Draw(image).line((150 * MM, 33 * MM, 152 * MM, 45 * MM), fill=(200, 200, 205), width=2)
    (part,) = lost(*STATE, *held)
    assert (part.x0 > 0.3 * WIDTH) == (side == "right")
    found = read_torn(np.asarray(image), DPI, [*STATE, *held], part, 72 / DPI, default_engine())
    assert text in [line.text for line in found if line.reading is Reading.HEAD]
    assert STATE[1] in found
