"""A deputy's office stamped into the line of his head's: invented blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.page import Box, Line, Page, Reading, Word
from pipeline.extract.header import read_header
from pipeline.recognize.ocr.engine import default_engine
from pipeline.recognize.ocr.line_reader import line_reader
from pipeline.reread.signature.stamped_office import with_stamped_office
from tests.pipeline.conftest import BODY, DPI, FOOT, HEAD, MM, write

UNIT = 72 / DPI  # points a pixel
Keep = Callable[..., Path]
Read = Callable[[Path], list[Page]]


def signed(*items: tuple[float, float, str, bool], pen: bool = True) -> Image.Image:
    """The invented letter with another signature block; items: x, y in mm, text, bold."""
    image = Image.new("RGB", (round(210 * MM), round(297 * MM)), (250, 249, 246))
    copies = [item for item in FOOT if item[0] < 90]
    write(image, (*HEAD, *BODY, *copies, *items))
    if pen:  # KT. before the office
        draw, x, y = ImageDraw.Draw(image), (items[0][0] - 9) * MM, items[0][1] * MM
        for a, b, c, d in ((0, 0, 0, 24), (0, 13, 16, 0), (2, 12, 18, 24), (24, 2, 42, 1), (33, 2, 33, 25)):
            draw.line((x + a, y + b, x + c, y + d), fill=(20, 20, 40), width=2)
    return image


def seen_alone(text: str, x: float, y: float) -> Line:
    """A line of the block as the page's one reading saw it; x, y in mm."""
    box = Box(x * MM * UNIT, (y + 0.8) * MM * UNIT, (x + 24) * MM * UNIT, (y + 4.6) * MM * UNIT)
    return Line(words=(Word(text=text, box=box, confidence=0.9),))


@pytest.mark.parametrize(("down", "read"), [(4.0, "GIÁM ĐỐC"), (3.4, "GIÁM ĐÓC J2"), (3.4, "ZT GIÁM ĐÓC")])
def test_a_deputys_stamp_that_was_not_read_is_found_under_his_heads_office(down: float, read: str) -> None:
    y = FOOT[0][1]
    sheet = signed((135, y, "GIÁM ĐỐC", True), (127, y + down, "PHÓ GIÁM ĐỐC", True))
    block = Box(0.42 * 595, (y - 9) * MM * UNIT, 595, (y + 74) * MM * UNIT)
    lines = with_stamped_office(np.asarray(sheet), DPI, [seen_alone(read, 135, y)], block, UNIT, default_engine())
    assert [line.text for line in lines] == [read, "PHÓ GIÁM ĐỐC"]


@pytest.mark.parametrize(("aside", "read"), [(0, "GIÁM ĐỐC"), (14, "GIÁM ĐỐC"), (14, "lk. GIÁM ĐỐC")])
def test_a_deputys_stamp_in_red_is_found_beside_his_heads_office_with_a_seal_on_it(aside: float, read: str) -> None:
    y = FOOT[0][1]
    sheet = signed((125, y, "GIÁM ĐỐC", True))
    write(sheet, [(118 + aside, y + 4.5, "PHÓ GIÁM ĐỐC", False)], ink=(205, 60, 70))
    draw = ImageDraw.Draw(sheet)
    for radius in (18.0, 17.0):
        box = [(111 + aside - radius) * MM, (y + 14 - radius) * MM, (111 + aside + radius) * MM, (y + 14 + radius) * MM]
        draw.ellipse(box, outline=(205, 30, 50), width=3)
    block = Box(0.42 * 595, (y - 9) * MM * UNIT, 595, (y + 74) * MM * UNIT)
    lines = with_stamped_office(np.asarray(sheet), DPI, [seen_alone(read, 125, y)], block, UNIT, default_engine(), line_reader())
    assert [line.text for line in lines] == [read, "PHÓ GIÁM ĐỐC"]
    assert lines[1].reading is Reading.OFFICE


@pytest.mark.parametrize("under", ["", "SỞ THỦY LỢI", "Nguyễn Văn Hùng", "GIÁM ĐỐC"])
def test_what_is_no_deputys_office_adds_nothing(under: str) -> None:
    y = FOOT[0][1]
    sheet = signed((135, y, "GIÁM ĐỐC", True), (127, y + 4, under, True), pen=False)
    block = Box(0.42 * 595, (y - 9) * MM * UNIT, 595, (y + 74) * MM * UNIT)
    (only,) = with_stamped_office(np.asarray(sheet), DPI, [seen_alone("GIÁM ĐỐC", 135, y)], block, UNIT, default_engine())
    assert only.text == "GIÁM ĐỐC"


def test_a_deputy_who_signs_for_his_head(keep: Keep, read_pages: Read) -> None:
    y = FOOT[0][1]
    sheet = signed((135, y, "GIÁM ĐỐC", True), (127, y + 4, "PHÓ GIÁM ĐỐC", True), (130, y + 32, "Nguyễn Văn Hùng", True))
    signer = read_header(read_pages(keep(sheet))).header.signer
    assert (signer.name, signer.title, signer.capacity) == ("Nguyễn Văn Hùng", "Phó Giám đốc", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))


def test_a_head_who_signs_himself_stays_the_head(keep: Keep, read_pages: Read) -> None:
    y = FOOT[0][1]
    sheet = signed((135, y, "GIÁM ĐỐC", True), (130, y + 32, "Nguyễn Văn Hùng", True), pen=False)
    signer = read_header(read_pages(keep(sheet))).header.signer
    assert (signer.name, signer.title, signer.capacity) == ("Nguyễn Văn Hùng", "Giám đốc", ("GIÁM ĐỐC",))
