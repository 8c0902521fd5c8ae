"""A part of a PDF page as it is seen, wherever the part lies: words may stand off the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pytest

from models.page import Box
from pipeline.recognize.pdf.pixels import part_as_seen


@pytest.fixture
def page() -> Iterator[Any]:
    """A white page of 200 × 100 points."""
    document = pdfium.PdfDocument.new()
    yield document.new_page(200, 100)
    document.close()


@pytest.mark.parametrize(
    "box", [(210, 10, 250, 30), (-50, 10, -5, 30), (10, 105, 60, 120), (10, -30, 60, -2), (10, 50, 60, 50), (199.9, 10, 260, 30)]
)
def test_of_what_lies_off_the_page_there_are_no_pixels(page: Any, box: tuple[float, float, float, float]) -> None:
    assert part_as_seen(page, Box(*box), 200).size == 0


@pytest.mark.parametrize(("box", "shape"), [((10, 10, 60, 30), (20, 50)), ((150, 10, 260, 30), (20, 50)), ((-20, 90, 50, 140), (10, 50))])
def test_a_part_that_goes_over_the_edge_ends_there(page: Any, box: tuple[float, float, float, float], shape: tuple[int, int]) -> None:
    assert part_as_seen(page, Box(*box), 72).shape == shape
