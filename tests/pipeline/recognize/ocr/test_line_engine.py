"""Pages by the line reader: its words take the layout's place and order; a wide blank parts what stands on one line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.recognize.ocr.engine import BLOCK, Gray, OcrWord
from pipeline.recognize.ocr.line_cut import Cut
from pipeline.recognize.ocr.line_engine import LineEngine
from pipeline.recognize.ocr.line_reader import LineLetter, LineWord

HEADS = [[(100, 100, 200, 130), (210, 102, 300, 131), (700, 100, 800, 128)], [(100, 160, 240, 190)]]


class Layout:
    """Two lines, the first with a wide blank."""

    def __init__(self, lines: list[list[tuple[int, int, int, int]]]) -> None:
        self.found = lines

    def lines(self, image: Gray, dpi: int) -> list[list[tuple[int, int, int, int]]]:
        return self.found

    def recognize(self, image: Gray, dpi: int, psm: int = 3) -> list[OcrWord]:
        return [OcrWord("khối", 1, 2, 3, 4, 0.5, 0)]


RUNS = [HEADS[0][:2], HEADS[0][2:], HEADS[1]]  # as the wide blank parts them


class Reader:
    """Says a word on each box of its cuts, its letters' places late, as those of CTC are; and keeps the cuts."""

    def __init__(self) -> None:
        self.cuts: list[Cut] = []

    def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
        self.cuts = list(cuts)
        return [[_word(x0 + 12, x1 + 2) for x0, _, x1, _ in run] for run in RUNS[: len(cuts)]]


def _word(x0: float, x1: float) -> LineWord:
    return LineWord((LineLetter("C", 0.9, x0, x0 + 8), LineLetter("hữ", 0.7, x1 - 8, x1)), 0.6)


def page() -> Gray:
    image = np.full((400, 1000), 255, np.uint8)
    for line in HEADS:
        for x0, y0, x1, y1 in line:
            image[y0 + 4 : y1 - 4, x0:x1:3] = 0
    return image


def test_a_wide_blank_parts_a_line_into_two_cuts_of_one_row() -> None:
    reader = Reader()
    seen = LineEngine(Layout(HEADS), reader).recognize(page(), 200)
    assert len(reader.cuts) == 3
    assert [word.line for word in seen] == [0, 0, 0, 1]
    assert [word.x0 > 600 for word in seen] == [False, False, True, False]


def test_words_are_as_high_as_the_layout_tells_as_wide_as_their_ink_and_as_sure_as_their_letters() -> None:
    seen = LineEngine(Layout(HEADS), Reader()).recognize(page(), 200)
    assert [(word.y0, word.y1) for word in seen] == [(y0, y1) for line in HEADS for _, y0, _, y1 in line]
    for word, (x0, _, x1, _) in zip(seen, [box for line in HEADS for box in line], strict=True):
        assert abs(word.x0 - x0) <= 3
        assert abs(word.x1 - x1) <= 3
    assert seen[0].text == "Chữ"
    assert abs(seen[0].confidence - 0.8) < 1e-9


def test_a_cut_on_which_nothing_is_said_has_no_words() -> None:
    class Mute:
        def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
            return [[] for _ in cuts]

    assert LineEngine(Layout(HEADS), Mute()).recognize(page(), 200) == []


def test_what_is_no_whole_page_is_left_to_the_engine_beneath() -> None:
    seen = LineEngine(Layout(HEADS), Reader()).recognize(page(), 200, BLOCK)
    assert [word.text for word in seen] == ["khối"]


def test_an_empty_page_has_no_words() -> None:
    assert LineEngine(Layout([]), Reader()).recognize(page(), 200) == []
