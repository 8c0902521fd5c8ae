"""Our reader as OCRmyPDF's engine, by OCRmyPDF's own command; skipped where that is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest

pytest.importorskip("ocrmypdf")

ROOT = Path(__file__).parents[3]
SCAN = ROOT / "samples" / "letters" / "seed-scan.pdf"


def one_page(target: Path, quarter: int = 0) -> Path:
    source, alone = pdfium.PdfDocument(SCAN), pdfium.PdfDocument.new()
    image = source[0].render(scale=150 / 72).to_pil().convert("RGB")
    image = image.rotate(-90 * quarter, expand=True)
    alone.close()
    image.save(target, "PDF", resolution=150)
    return target


def run(source: Path, target: Path, *more: str) -> str:
    command = [sys.executable, "-m", "ocrmypdf", "--plugin", "pipeline.submit.ocrmypdf_plugin", "-l", "vie", "--jobs", "1", "--quiet"]
    command += ["--rasterizer", "pypdfium", "--output-type", "pdf", *more, str(source), str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return pdfium.PdfDocument(target)[0].get_textpage().get_text_range()


def test_its_text_lies_where_the_words_stand(tmp_path: Path) -> None:
    text = run(one_page(tmp_path / "in.pdf"), tmp_path / "out.pdf")
    assert "Số: 1002/UBND-VX" in text and "Kính gửi" in text
    page = pdfium.PdfDocument(tmp_path / "out.pdf")[0]
    words = page.get_textpage()
    found = words.search("Kính gửi").get_next()
    assert found is not None
    left, bottom, _right, top = words.get_charbox(found[0])
    width, height = page.get_size()
    assert 0.1 * width < left < 0.6 * width and 0.55 * height < bottom < 0.85 * height and 0 < top - bottom < 30


def test_a_page_that_lies_turned_is_turned_upright(tmp_path: Path) -> None:
    text = run(one_page(tmp_path / "in.pdf", quarter=1), tmp_path / "out.pdf", "--rotate-pages")
    assert "Số: 1002/UBND-VX" in text
    width, height = pdfium.PdfDocument(tmp_path / "out.pdf")[0].get_size()
    assert height > width
