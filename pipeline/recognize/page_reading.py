"""What recognizing one page gives: the page, and its pixels for whoever must look again."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from models.page import Box, Page
from pipeline.recognize.ocr.engine import Gray
from pipeline.recognize.pdf.pixels import Sheet

Part: TypeAlias = Callable[[Box, int], Gray]


class PageReading(NamedTuple):
    """page: its lines are rows, each of words on one base line, whatever columns they are of; pixels: the upright sheet, of a digital page
    drawn only when it is asked for, and only while the reading is at hand (the next page closes it); part: of a digital page, a box of it
    (points) drawn grey at so many dpi, which costs little; None of a scan."""

    page: Page
    pixels: Callable[[], Sheet]
    part: Part | None = None
