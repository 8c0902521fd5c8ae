"""Words become rows: what stands on one base line of a sheet, whatever columns it is of. All measures in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from models.page import Line, Reading, Word

_GAP = 1.9  # letter heights that part a row where no column is known


@dataclass(slots=True)
class Piece:
    """A word with its base line.

    base: the y of the line it stands on, the sheet's skew taken out; row: pieces known to be of one line share it;
    reading: how the word was read.
    """

    word: Word
    base: float
    row: int
    reading: Reading = Reading.PAGE


def number_rows(pieces: Iterable[Piece]) -> None:
    """Give pieces that stand on one base line the same row."""
    row, last = -1, None
    for piece in sorted(pieces, key=lambda p: p.base):
        if last is None or piece.base - last > max(1.5, 0.25 * piece.word.box.height):
            row += 1
            last = piece.base
        piece.row = row


def rows_of(pieces: Sequence[Piece]) -> list[Line]:
    """Return a line for each row, its words from left to right."""
    rows: dict[int, list[Piece]] = {}
    for piece in pieces:
        rows.setdefault(piece.row, []).append(piece)
    return [_line(row) for row in rows.values()]


def parted_rows(pieces: Sequence[Piece]) -> list[Line]:
    """Return the rows, top to bottom, in two where words stand far apart: for the small text of boxes, which has no columns."""
    letter = median(p.word.box.height for p in pieces) if pieces else 0.0
    out: list[Line] = []
    for line in sorted(rows_of(pieces), key=lambda line: line.base or 0.0):
        start = 0
        for at in range(1, len(line.words) + 1):
            if at == len(line.words) or line.words[at].box.x0 - line.words[at - 1].box.x1 > _GAP * letter:
                out.append(line.model_copy(update={"words": line.words[start:at]}))
                start = at
    return out


def _line(row: Sequence[Piece]) -> Line:
    ordered = sorted(row, key=lambda p: p.word.box.x0)
    reading = next((p.reading for p in ordered if p.reading is not Reading.PAGE), Reading.PAGE)
    return Line(words=tuple(p.word for p in ordered), reading=reading, base=median(p.base for p in row))
