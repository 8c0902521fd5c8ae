"""Words become lines: one base line, one column, top to bottom and left before right. All measures in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from models.page import Line, Reading, Word
from models.skeleton import skeleton
from rules import cues
from rules.words.syllables import is_syllable

BODY_GAP, COLUMN_GAP, WRITTEN_GAP = 1.9, 0.75, 9.0  # gaps that part a line, in letter heights

_TWICE = 0.6  # of the narrower word's width: two words that lie so far over each other are one


class _Piece(NamedTuple):
    """A word with the base line of its row, points."""

    word: Word
    base: float
    row: int
    reading: Reading


@dataclass(slots=True)
class _Run:
    """Pieces of one line, left to right."""

    pieces: list[_Piece]

    @property
    def x0(self) -> float:
        return self.pieces[0].word.box.x0

    @property
    def x1(self) -> float:
        return max(p.word.box.x1 for p in self.pieces)

    @property
    def base(self) -> float:
        return median(p.base for p in self.pieces)

    @property
    def height(self) -> float:
        return median(p.word.box.height for p in self.pieces)

    @property
    def text(self) -> str:
        return " ".join(p.word.text for p in self.pieces)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the two columns of the header and of the foot part. x: left edge of the right-hand column; until, since: y."""

    head_x: float
    head_until: float
    foot_since: float
    width: float


def compose(rows: Sequence[Line], width: float, height: float) -> list[Line]:
    """Return the lines of a page of `width` × `height` points: rows parted where its columns part, and joined where one was torn."""
    runs = [_Run([_Piece(word, _base(line), at, line.reading) for word in line.words]) for at, line in enumerate(rows) if line.words]
    if not runs:
        return []
    letter = median(p.word.box.height for run in runs for p in run.pieces)
    columns = _columns(runs, width, height, letter)
    parts = [part for run in runs for part in _split(run, columns, letter)]
    joined = _join(parts, columns, letter)
    return [_line(run) for run in _in_order(joined, letter)]


def _base(line: Line) -> float:
    return line.box.y1 if line.base is None else line.base


def _line(run: _Run) -> Line:
    pieces = _once(sorted(run.pieces, key=lambda p: p.word.box.x0))
    reading = next((p.reading for p in pieces if p.reading is not Reading.PAGE), Reading.PAGE)
    return Line(words=tuple(p.word for p in pieces), reading=reading, base=median(p.base for p in pieces))


def _once(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces, left to right, without those that were read twice: of two words in one place the longer, or the surer."""
    kept: list[_Piece] = []
    for piece in pieces:
        twin = next((at for at in range(max(0, len(kept) - 2), len(kept)) if _is_twice(kept[at], piece)), None)
        if twin is None:
            kept.append(piece)
        elif (len(piece.word.text), piece.word.confidence) > (len(kept[twin].word.text), kept[twin].word.confidence):
            kept[twin] = piece
    return kept


def _is_twice(one: _Piece, other: _Piece) -> bool:
    left, right = one.word.box, other.word.box
    said, again = skeleton(one.word.text), skeleton(other.word.text)
    over = min(left.x1, right.x1) - max(left.x0, right.x0) > _TWICE * min(left.width, right.width)
    if said != again and any(len(piece.word.text) == 1 and is_syllable(piece.word.text) for piece in (one, other)):
        return False  # "lấy ý kiến": the engine draws the box of the one over the other
    return over and any(char.isalnum() for char in (said if len(said) < len(again) else again)) and (said in again or again in said)


def _columns(runs: Sequence[_Run], width: float, height: float, letter: float) -> _Columns:
    head_x, head_y, foot = 0.0, 0.0, height
    for run in runs:
        words = [skeleton(p.word.text) for p in run.pieces]
        for i in range(len(words)):
            phrase = " ".join(words[i : i + 3])
            if run.base < height * 0.45 and run.pieces[i].word.box.x0 > width * 0.25 and cues.match("motto_words", phrase):
                x = run.pieces[i].word.box.x0
                head_x, head_y = (min(head_x, x) if head_x else x), max(head_y, run.base)
            if run.pieces[i].word.box.x0 < width * 0.4 and cues.match("copies_words", " ".join(words[i : i + 2])):
                foot = min(foot, run.base - 3 * letter) if run.base > height * 0.15 else foot
    if not head_x:
        return _Columns(width * 0.42, height * 0.2, foot, width)
    return _Columns(head_x, head_y + 7 * letter, foot, width)


def _parts_here(left: _Run, right: _Run, gap: float, columns: _Columns, letter: float) -> bool:
    """Tell whether the gap between two neighbours on one base line parts two lines."""
    before = skeleton(left.pieces[-1].word.text).rstrip(":. ")
    after = skeleton(" ".join(p.word.text for p in right.pieces[:4]))
    if cues.match("motto_words", after) and _is_set_as_motto(right) and gap > 0.25 * letter and right.x0 > columns.width * 0.25:
        return True
    if (cues.match("before_gap", before) or cues.match("after_gap", after)) and gap < WRITTEN_GAP * letter:
        return False
    if left.pieces[-1].word.text.endswith(",") and cues.match("begins_day", after) and gap < WRITTEN_GAP * letter:
        return False  # the place before its day
    middle = (left.x1 + right.x0) / 2
    y = left.base
    if y <= columns.head_until and right.x0 >= columns.head_x - 4 * letter and left.x1 <= columns.head_x + 8 * letter:
        return gap > BODY_GAP * letter or (gap > COLUMN_GAP * letter and columns.width * 0.28 < middle < columns.width * 0.68)
    if y >= columns.foot_since and columns.width * 0.36 < middle < columns.width * 0.68:
        return gap > COLUMN_GAP * 1.3 * letter
    return gap > BODY_GAP * letter


def _is_set_as_motto(run: _Run) -> bool:
    """Whether words are set as a motto's: in capitals, or "Độc lập"; "Đảng Cộng sản" of a ground is not."""
    return run.text[:4].isupper() or skeleton(run.text)[2:7] == "C LAP"


def _split(run: _Run, columns: _Columns, letter: float) -> list[_Run]:
    parts: list[_Run] = []
    start = 0
    for i in range(1, len(run.pieces)):
        left, right = _Run(run.pieces[start:i]), _Run(run.pieces[i:])
        if _parts_here(left, right, right.x0 - left.x1, columns, letter):
            parts.append(left)
            start = i
    return [*parts, _Run(run.pieces[start:])]


def _join(parts: list[_Run], columns: _Columns, letter: float) -> list[_Run]:
    """Join parts that stand side by side on one base line: a serial written in by hand, a raised or lowered word."""
    parts = sorted(parts, key=lambda r: (r.pieces[0].reading is not Reading.PAGE, r.x0))
    done: list[_Run] = []
    for part in parts:
        best: tuple[float, _Run] | None = None
        for run in done:
            gap = _seam(run, part, columns, letter)
            if gap is not None and (best is None or gap < best[0]):
                best = (gap, run)
        if best:
            best[1].pieces = sorted([*best[1].pieces, *part.pieces], key=lambda p: p.word.box.x0)
        else:
            done.append(_Run(list(part.pieces)))
    return done


def _seam(run: _Run, part: _Run, columns: _Columns, letter: float) -> float | None:
    """The gap at which a part joins a run, behind it, before it or in a gap within it; None where it does not belong to its line."""
    base, far = part.pieces[0].base, 3 * letter
    if abs(run.pieces[0].base - base) > far and abs(run.pieces[-1].base - base) > far:
        return None
    start, end = part.x0 + 0.4 * letter, part.x1 - 0.4 * letter
    before = [p for p in run.pieces if p.word.box.x1 <= start]
    after = [p for p in run.pieces if p.word.box.x0 >= end]
    if len(before) + len(after) < len(run.pieces):
        return None
    gaps: list[float] = []
    for left, right in ((_Run(before), part), (part, _Run(after))):
        if not left.pieces or not right.pieces:
            continue
        gap = right.x0 - left.x1
        if not _level(left, right):
            return None
        if not (before and after) and _parts_here(left, right, gap, columns, letter):
            return None
        gaps.append(gap)
    return min(gaps, default=None)


def _span(pieces: Iterable[_Piece]) -> tuple[float, float]:
    """The height that pieces take up, each measured from its own base line."""
    spans = [(p.base - p.word.box.height, p.base) for p in pieces]
    return min(s[0] for s in spans), max(s[1] for s in spans)


def _level(left: _Run, right: _Run) -> bool:
    """Tell whether two runs stand on one line: near the seam they overlap for most of the lower one's height."""
    top0, base0 = _span(left.pieces[-3:])
    top1, base1 = _span(right.pieces[:3])
    overlap = min(base0, base1) - max(top0, top1)
    return overlap > 0.55 * min(base0 - top0, base1 - top1) and abs(base0 - base1) < 0.8 * min(base0 - top0, base1 - top1)


def _in_order(runs: list[_Run], letter: float) -> list[_Run]:
    """Sort top to bottom, and left before right where two lines stand side by side."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda r: r.base):
        if (
            rows
            and run.base - rows[-1][0].base < 0.6 * letter
            and all(run.x0 >= r.x1 - letter or run.x1 <= r.x0 + letter for r in rows[-1])
        ):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [run for row in rows for run in sorted(row, key=lambda r: r.x0)]


def reading_order(lines: Sequence[Line]) -> list[Line]:
    """Sort lines top to bottom, and left before right where two stand side by side."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda ln: ln.box.middle[1]):
        box = line.box
        last = rows[-1][0].box if rows else None
        beside = last and all(box.x0 >= o.box.x1 or box.x1 <= o.box.x0 for o in rows[-1])
        if last and beside and box.middle[1] - last.middle[1] < 0.5 * min(box.height, last.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda ln: ln.box.x0)]
