"""A part of a PDF page as it is seen, wherever the part lies: words may stand off the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from models.page import Box
from pipeline.recognize.pdf.pixels import drawn_over, part_as_seen


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


@pytest.mark.parametrize(("over", "told"), [("", False), ("letters", True), ("rules", False), ("white letters", False)])
def test_outlines_over_a_scan_are_told_from_rules(over: str, told: bool, tmp_path: Path) -> None:
    """A stamp that a program drew over a scan is no part of the scan's own pixels."""
    path = tmp_path / "scan.pdf"
    Image.new("L", (400, 200), 255).save(path, "PDF", resolution=144)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        many = " ".join(f"{20 + x % 9} {20 + x % 7} l" for x in range(70))
        drawn = {
            "": "", "letters": f"0.8 0.1 0.1 rg 20 20 m {many} h f", "white letters": f"1 1 1 rg 20 20 m {many} h f",
            "rules": "0 0 0 RG 10 10 m 90 10 l S 10 20 m 90 20 l S",
        }[over]  # fmt: skip
        document.pages[0].contents_add(f" q {drawn} Q".encode())
        document.save(path)
    document = pdfium.PdfDocument(path)
    assert drawn_over(document[0]) is told
    document.close()
