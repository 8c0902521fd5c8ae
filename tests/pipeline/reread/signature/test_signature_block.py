"""How often a signature block is read again: until its office and its name are told, and no oftener."""

from __future__ import annotations

import numpy as np
import pytest

from models.page import Box
from pipeline.recognize.ocr.engine import Gray, OcrWord
from pipeline.reread.signature.signature_block import read_again


class _Reading:
    """An engine that reads the same rows whatever it is shown, and counts how often it is asked."""

    def __init__(self, *rows: str) -> None:
        self.rows, self.asked = rows, 0

    def recognize(self, image: Gray, dpi: int, psm: int = 3) -> list[OcrWord]:
        self.asked += 1
        high, wide = image.shape
        seen = []
        for row, text in enumerate(self.rows):
            for at, word in enumerate(text.split()):
                x, y = round((0.1 + 0.15 * at) * wide), round((0.1 + 0.25 * row) * high)
                seen.append(OcrWord(word, x, y, x + round(0.12 * wide), y + round(0.06 * high), 0.97, row))
        return seen


@pytest.mark.parametrize(
    ("rows", "least", "most"),
    [
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Tạ Thị Thu Huế"), 2, 4),  # a rare name: sure by two readings, by one alone never
        (("XYZ CHỦ", "Tạ Thị Thu Huế"), 10, 10),  # over it stands no office: all five faces, each in two sizes
    ],
)
def test_a_block_is_read_until_two_readings_agree_on_office_and_name(rows: tuple[str, ...], least: int, most: int) -> None:
    engine = _Reading(*rows)
    sheet = np.full((2339, 1654), 240, np.uint8)
    sheet[1500:1900, 900:1500:7] = 60  # ink of some kind
    lines = read_again(sheet, 200, [], Box(300, 500, 560, 700), 0.36, engine)
    assert rows[-1] in [line.text for line in lines]
    assert least <= engine.asked <= most
