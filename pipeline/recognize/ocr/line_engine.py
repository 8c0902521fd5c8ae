"""A page read by our own line reader: tesseract's layout says where lines stand, the network what they say."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean, median
from typing import Protocol

from models.page import Box, Word
from pipeline.recognize.ocr.engine import PAGE, Engine, Gray, OcrWord
from pipeline.recognize.ocr.line_cut import cut
from pipeline.recognize.ocr.line_reader import LineReader, LineWord

Boxes = list[tuple[int, int, int, int]]  # x0, y0, x1, y1, pixels

_APART = 2.2  # times a line's height: a blank that wide parts two columns, each cut by itself


class Layout(Engine, Protocol):
    """An engine that can also tell where lines stand without reading them."""

    def lines(self, image: Gray, dpi: int) -> list[Boxes]:
        """Return of each line the boxes of its words, left to right."""
        ...


class LineEngine:
    """Whole pages by the line reader; all else (a single row, a block, sparse text) by the engine that also tells the layout."""

    def __init__(self, layout: Layout, reader: LineReader) -> None:
        self._layout, self._reader = layout, reader

    def recognize(self, image: Gray, dpi: int, psm: int = PAGE) -> list[OcrWord]:
        """Return the words of a grey image, in the layout's order."""
        if psm != PAGE:
            return self._layout.recognize(image, dpi, psm)
        runs = [(row, run) for row, boxes in enumerate(self._layout.lines(image, dpi)) for run in _runs(boxes)]
        cuts = [cut(image, 1.0, [Word(text="", box=Box(*box)) for box in run]) for _, run in runs]
        said = iter(self._reader.read([made for made in cuts if made is not None]))
        return [seen for (row, run), made in zip(runs, cuts, strict=True) if made is not None for seen in _seen(next(said), run, row)]


def _runs(boxes: Boxes) -> Iterator[Boxes]:
    """A line's words, parted where a wide blank stands between columns."""
    high = median(y1 - y0 for _, y0, _, y1 in boxes)
    held = boxes[:1]
    for box in boxes[1:]:
        if box[0] - held[-1][2] > _APART * high:
            yield held
            held = []
        held.append(box)
    yield held


def _seen(words: list[LineWord], run: Boxes, row: int) -> Iterator[OcrWord]:
    """What the reader said, in boxes as high as those of the layout that it stands over."""
    for word in words:
        over = [b for b in run if min(b[2], word.x1) - max(b[0], word.x0) > 0.2 * min(b[2] - b[0], word.x1 - word.x0)] or run
        top, foot = min(b[1] for b in over), max(b[3] for b in over)
        sure = fmean(letter.confidence for letter in word.letters)
        yield OcrWord(word.text, round(word.x0), top, max(round(word.x0) + 1, round(word.x1)), foot, sure, row)
