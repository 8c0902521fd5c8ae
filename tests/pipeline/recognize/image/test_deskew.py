"""What of a sheet the engine is shown, and where its words then stand."""

from __future__ import annotations

import numpy as np

from pipeline.recognize.image.deskew import recognize_deskewed
from pipeline.recognize.ocr.engine import OcrWord


class _Pointing:
    """An engine that sees one word: all the ink that it is shown."""

    shown: tuple[int, int] = (0, 0)

    def recognize(self, image: np.ndarray, dpi: int, psm: int = 3) -> list[OcrWord]:
        self.shown = image.shape
        down, across = np.nonzero(image < 128)
        return [OcrWord("x", int(across.min()), int(down.min()), int(across.max()), int(down.max()), 0.9, 0)]


def sheet() -> np.ndarray:
    gray = np.full((2339, 1654), 255, np.uint8)
    gray[400:1900, 300:1200] = 0
    return gray


def test_the_engine_is_shown_the_whole_sheet_for_at_a_cut_edge_it_drops_words() -> None:
    for dpi in (100, 200):
        engine = _Pointing()
        (word,) = recognize_deskewed(sheet(), dpi, engine)
        assert (word.x0, word.y0, word.x1, word.y1) == (300, 400, 1199, 1899)
        assert engine.shown == (2339, 1654)
