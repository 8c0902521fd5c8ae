"""Our own line reader: a small network that reads a line 32 pixels high into characters (weights/lines.md), tesseract's second opinion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.recognize.ocr.ctc import Said, Shares, shares_of, words_in
from pipeline.recognize.ocr.line_cut import Cut
from pipeline.recognize.ocr.line_image import HEIGHT, STEP
from pipeline.settings import still_engines

if TYPE_CHECKING:
    import onnxruntime

WEIGHTS = Path(__file__).parent.parent / "weights" / "lines.onnx"
STAMPS = WEIGHTS.with_name("stamps.onnx")  # the same network, taught names stamped in script faces, and worse at print
_LINES = 16  # read at once
_ALIKE = 1.25  # how much wider the widest line of a batch may be than its narrowest


class LineLetter(NamedTuple):
    """A character with the chance that it is right, 0 to 1, and where it stands, points."""

    text: str
    confidence: float
    x0: float
    x1: float


class LineWord(NamedTuple):
    """A word as the line reader saw it. confidence: the chance that all of it is right; others: what else it may be, with chances."""

    letters: tuple[LineLetter, ...]
    confidence: float
    others: tuple[tuple[str, float], ...] = ()

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)

    @property
    def x0(self) -> float:
        return self.letters[0].x0

    @property
    def x1(self) -> float:
        return self.letters[-1].x1


class LineReader(Protocol):
    """Reads cut-out lines into words."""

    def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
        """Return the words of each line, left to right."""
        ...


class Network:
    """The loaded network with the characters that it tells apart."""

    def __init__(self, weights: Path) -> None:
        still_engines()
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # a process a core
        self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
        facts = self._session.get_modelmeta().custom_metadata_map
        self._classes, self._temperature = str(facts["classes"]), float(facts.get("temperature", "1"))

    @property
    def classes(self) -> str:
        """The characters of classes 1, 2, … of the shares."""
        return self._classes

    def shares(self, line: NDArray[np.float32]) -> Shares:
        """The probabilities of each step of one line, as `line_image` makes it."""
        return shares_of(self._session.run(["scores"], {"lines": line[None, None]})[0][0], self._temperature)

    def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
        """Return the words of each line, left to right."""
        out: list[list[LineWord]] = [[] for _ in cuts]
        for rows in _batches(cuts):
            wide = max(cuts[row].ink.shape[1] for row in rows)
            batch = np.zeros((len(rows), 1, HEIGHT, wide), np.float32)
            for place, row in enumerate(rows):
                ink = cuts[row].ink
                batch[place, 0, :, : ink.shape[1]] = ink
            scores = self._session.run(["scores"], {"lines": batch})[0]
            for place, row in enumerate(rows):
                steps = scores[place, : cuts[row].ink.shape[1] // STEP]
                out[row] = [_placed(said, cuts[row]) for said in words_in(shares_of(steps, self._temperature), self._classes)]
        return out


@cache
def line_reader() -> Network | None:
    """Load weights/lines.onnx once; None where this installation has none."""
    return Network(WEIGHTS) if WEIGHTS.is_file() else None


@cache
def stamp_reader() -> LineReader | None:
    """Load weights/stamps.onnx once; the reader of print where this installation has none."""
    return Network(STAMPS) if STAMPS.is_file() else line_reader()


def _batches(cuts: Sequence[Cut]) -> Iterator[list[int]]:
    """Lines of like widths together, so that little is read that is not there."""
    rows: list[int] = []
    for row in sorted(range(len(cuts)), key=lambda i: cuts[i].ink.shape[1]):
        if rows and (len(rows) == _LINES or cuts[row].ink.shape[1] > _ALIKE * cuts[rows[0]].ink.shape[1]):
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def _placed(said: Said, cut: Cut) -> LineWord:
    letters = (LineLetter(c.text, c.chance, cut.at(c.first * STEP), cut.at((c.last + 1) * STEP)) for c in said.letters)
    return LineWord(tuple(letters), said.confidence, said.others)
