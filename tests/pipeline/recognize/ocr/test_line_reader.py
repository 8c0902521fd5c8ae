"""The line reader on lines drawn here, in a face of every system; skipped where its weights are not installed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.page import Box, Word
from pipeline.recognize.ocr import line_reader as face
from pipeline.recognize.ocr.line_cut import Cut, cut
from pipeline.recognize.ocr.line_reader import LineReader, line_reader, stamp_reader
from tests.pipeline.conftest import font

UNIT = 72 / 200


@pytest.fixture
def reader() -> LineReader:
    made = line_reader()
    if made is None:
        pytest.skip("weights/lines.onnx is not installed")
    return made


def drawn(text: str, points: float = 14) -> Cut:
    """A line of text, in black on white."""
    image = Image.new("L", (1500, 120), 255)
    pencil = ImageDraw.Draw(image)
    x0, y0, x1, y1 = pencil.textbbox((40, 30), text, font=font(points))
    pencil.text((40, 30), text, fill=0, font=font(points))
    made = cut(np.asarray(image), UNIT, [Word(text=text, box=Box(x0 * UNIT, y0 * UNIT, x1 * UNIT, y1 * UNIT))])
    assert made is not None
    return made


def test_lines_of_all_widths_are_read_in_their_order(reader: LineReader) -> None:
    texts = ["Kính gửi: Sở Nội vụ tỉnh Hà Giang", "Số: 125/QĐ-UBND", "GIÁM ĐỐC", "ngày 15 tháng 3 năm 2021"]
    read = reader.read([drawn(text) for text in texts])
    assert [" ".join(word.text for word in words) for words in read] == texts


def test_words_stand_where_they_were_drawn(reader: LineReader) -> None:
    (words,) = reader.read([drawn("Kính gửi: Sở Nội vụ")])
    assert all(left.x1 <= right.x0 + 1 for left, right in pairwise(words))
    assert words[0].x0 == pytest.approx(40 * UNIT, abs=6)  # a step within its first letter
    assert all(0 < word.confidence <= 1 for word in words)


def test_without_weights_there_is_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face, "WEIGHTS", face.WEIGHTS.with_name("none.onnx"))
    line_reader.cache_clear()
    try:
        assert line_reader() is None
    finally:
        line_reader.cache_clear()


def test_stamps_have_a_reader_of_their_own_and_print_s_without_it(monkeypatch: pytest.MonkeyPatch, reader: LineReader) -> None:
    monkeypatch.setattr(face, "STAMPS", face.STAMPS.with_name("none.onnx"))
    stamp_reader.cache_clear()
    try:
        assert stamp_reader() is reader
        monkeypatch.undo()
        stamp_reader.cache_clear()
        own = stamp_reader()
        assert own is not None and own is not reader
        (words,) = own.read([drawn("HIỆU TRƯỞNG")])
        assert [word.text for word in words] == ["HIỆU", "TRƯỞNG"]
    finally:
        stamp_reader.cache_clear()
