"""What recognizing one page gives: the page, and its pixels for whoever must look again."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from models.page import Page
from pipeline.recognize.pdf.pixels import Sheet


class PageReading(NamedTuple):
    """page: its lines are rows, each of words on one base line, whatever columns they are of; pixels: the upright sheet, of a digital page
    drawn only when it is asked for, and only while the reading is at hand (the next page closes it)."""

    page: Page
    pixels: Callable[[], Sheet]
