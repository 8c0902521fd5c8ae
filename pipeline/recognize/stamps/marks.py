"""Marks of urgency, secrecy and copying: told by their words, wherever they are stamped or printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from models.page import Box, Line, Reading, Stamp, StampKind, Word
from models.skeleton import nfc, skeleton
from pipeline.recognize.image.background import Pixels
from pipeline.recognize.image.frames import Region, cut, unframed
from pipeline.recognize.ocr.engine import BLOCK, SPARSE, Engine, Gray
from pipeline.recognize.stamps.arrival import plain, red_alone
from rules.secrecy import typed_mark
from rules.tables import rows
from rules.thresholds import threshold

_READ_DPI = 250
_AXES: dict[str, StampKind] = {"urgency": "urgency", "security": "secrecy", "circulation": "other"}
_COPY = re.compile(r"^(SAO Y|SAO LUC|TRICH SAO)\b")
_UPPER_PART = 0.5  # marks of urgency and secrecy stand in the upper half of a sheet (Decree 30/2020, app. I, boxes 10a, 10b, 11)
_HEAD = 0.36  # share of the page in which a small "Mật" may be one
_APART = 1.2  # times a line's height: a gap that parts two columns


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that was made out. label: as the decree prints it; exact: its letters were read without a fault."""

    kind: StampKind
    label: str
    exact: bool


@cache
def _known() -> dict[str, tuple[StampKind, str]]:
    known: dict[str, tuple[StampKind, str]] = {}
    for row in rows("urgency_security"):
        label = row["label_vi"].upper()
        if row["axis"] in _AXES and row["code"] not in ("thuong", "none") and "(" not in label:
            known[skeleton(label)] = (_AXES[row["axis"]], label)
    return known


def mark_in(text: str) -> Mark | None:
    """Return the mark that a text is, frame strokes and misread marks allowed for; None where it is none, or says more than a mark.

    >>> mark_in("| HÓA TỐC |").label
    'HỎA TỐC'
    """
    bare = re.sub(r"[^A-Z ]+", " ", skeleton(text))
    bare = " ".join(w for w in bare.split() if len(w) > 1)
    if _COPY.match(bare):
        return Mark("copy", nfc(text).strip(), True)
    known = _known()
    if bare in known:
        kind, label = known[bare]
        return Mark(kind, label, True)
    closed = bare.replace(" ", "")
    for spelling, (kind, label) in known.items():
        aim = spelling.replace(" ", "")
        if closed == aim or (len(aim) >= 6 and abs(len(closed) - len(aim)) <= 1 and Levenshtein.distance(closed, aim, score_cutoff=1) <= 1):
            return Mark(kind, label, closed == aim)
    return None


def read_mark(image: Pixels, dpi: int, region: Region, engine: Engine) -> Stamp | None:
    """Read a small frame or a cluster of red words; None where it is no mark. The stamp's boxes are in pixels of `image`."""
    inside = cut(image, region, 0.04 if region.framed else 0.0)
    factor = _READ_DPI / dpi
    if min(inside.shape[:2]) < 8:
        return None
    inside = np.asarray(cv2.resize(inside, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), np.uint8)
    face = red_alone(inside) if region.red and inside.ndim == 3 else plain(inside)
    for look, psm in ((unframed(face), BLOCK), (face, BLOCK), (face, SPARSE)):
        words = [s for s in engine.recognize(_margined(look), _READ_DPI, psm) if sum(c.isalpha() for c in s.text) > 1]
        mark = mark_in(" ".join(s.text for s in words))
        if mark and (mark.kind != "secrecy" or any(s.text.isupper() for s in words)):  # "mật:" under a stamp's frame is print
            confidence = sum(s.confidence for s in words) / len(words)
            return _stamp(mark, Box(*map(float, region.box)), confidence, " ".join(s.text for s in words))
    return None


def _margined(image: Gray) -> Gray:
    return np.asarray(cv2.copyMakeBorder(image, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)


def _stamp(mark: Mark, box: Box, confidence: float, raw: str) -> Stamp:
    word = Word(text=mark.label, box=box, confidence=min(1.0, confidence))
    line = Line(words=(word,), reading=Reading.STAMP, readings=() if raw == mark.label else (raw,))
    return Stamp(kind=mark.kind, box=box, lines=(line,), confidence=min(1.0, confidence))


def printed_marks(page_lines: Sequence[Line], width: float, height: float) -> tuple[list[Line], list[Stamp]]:
    """Part the lines that are marks (in capitals, alone on their line, in the page's upper half) from the rest; what says the secrecy of
    the letter, and more or otherwise, stays a line, and is a mark too.

    width, height: of the page, points.
    """
    kept: list[Line] = []
    stamps: list[Stamp] = []
    for line in page_lines:
        letters = [c for c in line.text if c.isalpha()]
        capital = bool(letters) and sum(c.isupper() for c in letters) >= 0.9 * len(letters)
        mark = mark_in(line.text) if capital and line.box.y1 < _UPPER_PART * height and len(line.words) <= 6 else None
        if mark and mark.kind == "secrecy" and _goes_on(line, page_lines):
            kept.append(line)
            continue
        if mark and mark.kind != "copy":
            stamps.append(_stamp(mark, line.box, line.confidence, line.text))
            continue
        kept.append(line)
        if secret := _typed(line, page_lines, width, height):
            stamps.append(secret)
    return kept, stamps


def _typed(line: Line, page_lines: Sequence[Line], width: float, height: float) -> Stamp | None:
    """The mark of secrecy that a line of the head says, letters that stand apart and small ones included; no cell of a table does."""
    typed = typed_mark(line.text) if line.box.y1 < _UPPER_PART * height else None
    if typed is None:
        return None
    if not typed.sure and (line.box.y1 > _HEAD * height or _is_cell(line, page_lines, width)):
        return None
    confidence = max(0.5, line.confidence) if typed.sure else threshold("secrecy_asked")
    return _stamp(Mark("secrecy", typed.mark, typed.sure), line.box, confidence, line.text)


def _goes_on(line: Line, page_lines: Sequence[Line]) -> bool:
    """Tell a part of a heading that a stamp cut in two: words in capitals follow close on its row."""
    high = line.box.height
    return any(
        abs(one.box.middle[1] - line.box.middle[1]) < 0.5 * high and 0 < one.box.x0 - line.box.x1 < 2 * high and one.text.isupper()
        for one in page_lines
    )


def _is_cell(line: Line, page_lines: Sequence[Line], width: float) -> bool:
    """Tell a cell of a table: what stands beside it is more than the head's other column. width: of the page, points."""
    beside = [one for one in page_lines if one is not line and abs(one.box.middle[1] - line.box.middle[1]) < 0.5 * line.box.height]
    words = sorted((word for one in beside for word in one.words), key=lambda word: word.box.x0)
    wide = sum(right.box.x0 - left.box.x1 > _APART * line.box.height for left, right in pairwise(words))
    here = line.box.middle[0] < width / 2
    return len(beside) > 1 or wide > 0 or any((one.box.middle[0] < width / 2) == here for one in beside)
