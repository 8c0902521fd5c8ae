"""A page read by our own line reader: tesseract's layout says where lines stand, the network what they say."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean, median
from typing import Protocol

import numpy as np
import numpy.typing as npt

from models.page import Box, Word
from pipeline.recognize.ocr.engine import PAGE, Engine, Gray, OcrWord
from pipeline.recognize.ocr.line_cut import Cut, cut
from pipeline.recognize.ocr.line_reader import LineLetter, LineReader, LineWord

Boxes = list[tuple[int, int, int, int]]  # x0, y0, x1, y1, pixels

_APART = 2.2  # times a line's height: a blank that wide parts two columns, each cut by itself
_INK = 0.4  # how dark a column's darkest pixel is that is ink
_BLANK = 4  # columns: a blank wider than that parts words
_EARLY = 12  # columns before the last letter's place, from which on the blank behind it is looked for


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
        made = [(row, run, cut(image, 1.0, [Word(text="", box=Box(*box)) for box in run])) for row, run in runs]
        held = [(row, run, line) for row, run, line in made if line is not None]
        said = self._reader.read([line for _, _, line in held])
        return [word for (row, run, line), words in zip(held, said, strict=True) for word in _seen(words, line, run, row)]


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


def _seen(words: list[LineWord], line: Cut, run: Boxes, row: int) -> Iterator[OcrWord]:
    """What the reader said, as wide as its ink and as high as the layout's boxes that it stands over."""
    for word, (x0, x1) in zip(words, _widths(words, line), strict=True):
        over = [b for b in run if min(b[2], x1) - max(b[0], x0) > 0.2 * min(b[2] - b[0], x1 - x0)] or run
        top, foot = min(b[1] for b in over), max(b[3] for b in over)
        sure = fmean(letter.confidence for letter in word.letters)
        yield OcrWord(word.text, round(x0), top, max(round(x0) + 1, round(x1)), foot, sure, row)


def _widths(words: list[LineWord], line: Cut) -> Iterator[tuple[float, float]]:
    """Where each word's ink begins and ends, pixels of the page: a network that reads by CTC tells a letter's place only roughly."""
    inked = np.flatnonzero(line.ink.max(axis=0) > _INK)
    if not len(inked):
        yield from ((word.x0, word.x1) for word in words)
        return
    firsts = [_column(word.letters[0], line) for word in words]
    lasts = [_column(word.letters[-1], line) for word in words]
    ends = [0, *(max(first, last - _EARLY) for first, last in zip(firsts, lasts, strict=True)), int(inked[-1]) + _BLANK + 2]
    for i in range(len(words)):
        before = inked[(inked >= ends[i]) & (inked <= firsts[i])]
        behind = inked[(inked >= ends[i + 1]) & (inked <= (firsts[i + 1] if i + 1 < len(words) else ends[i + 2]))]
        start, end = _edge(before[::-1], firsts[i], alone=i == 0), _edge(behind, lasts[i], alone=i + 1 == len(words))
        yield line.at(start), line.at(end + 1)


def _edge(columns: npt.NDArray[np.int_], else_at: int, *, alone: bool) -> int:
    """The last of these columns, in their order, before the first blank that parts words; where there is none, the last of all if no word
    stands beyond (`alone`), else the last before the widest."""
    if not len(columns):
        return else_at
    gaps = np.abs(np.diff(columns))
    wide = np.flatnonzero(gaps > _BLANK)
    if len(wide):
        return int(columns[wide[0]])
    return int(columns[-1]) if alone or not len(gaps) else int(columns[int(gaps.argmax())])


def _column(letter: LineLetter, line: Cut) -> int:
    """The column of the cut at a letter's middle."""
    return round(((letter.x0 + letter.x1) / 2 - line.left) / line.step)
