"""Marks of secrecy that a page's one reading does not see: stamped askew, faint, in grey, on print, without a frame, on any page.

A letter that bears one must never reach the index: so what may be such a stamp is cut out, turned level and read by itself. The stamps
are 8 mm high and 20, 30 or 40 mm wide (Decree 30/2020, app. I, box 10a).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np

from models.page import Box, Line, Reading, Stamp, Word
from models.skeleton import skeleton
from pipeline.recognize.image.background import Pixels, roughly_scaled
from pipeline.recognize.image.frames import Region, turned_crop, unframed
from pipeline.recognize.ocr.engine import BLOCK, ROW, Engine, Gray, OcrWord
from pipeline.recognize.ocr.line_reader import line_reader
from pipeline.recognize.ocr.quality import is_syllable
from pipeline.recognize.stamps.crossed_marks import Fit, laid_on, unexplained
from pipeline.recognize.stamps.marks import mark_in
from pipeline.recognize.stamps.parted_inks import InkPlane, parted_inks
from pipeline.recognize.stamps.said_marks import alone, said
from rules.likeness import likeness
from rules.secrecy import highest_mark
from rules.thresholds import threshold

_PART = 0.62  # share of the sheet, from the top, in which marks stand
_FIND_DPI, _READ_DPI = 150, 250
_INK = 215  # of 255: what is ink at all on a plane
_STEEP = 26.0  # degrees
_FRAME, _WORDS = ((15.0, 52.0), (5.5, 15.0)), ((7.0, 44.0), (2.6, 9.5))  # width and height, mm
_MOST = 8  # spots that are read on a page


@dataclass(frozen=True, slots=True)
class _Spot:
    """What may be a stamp, in pixels of the plane it was found in: a rectangle that lies at `angle` degrees."""

    middle: tuple[float, float]
    size: tuple[float, float]
    angle: float
    framed: bool


def find_secrecy(image: Pixels, dpi: int, seen: Sequence[OcrWord], factor: float, engine: Engine) -> list[tuple[Stamp, Region]]:
    """Find marks of secrecy on an upright sheet; at most one is returned.

    seen: the page's words, whose pixels times `factor` are the image's. The stamp's box is in pixels of `image`.
    """
    top, at = roughly_scaled(np.ascontiguousarray(image[: int(image.shape[0] * _PART)]), dpi, _FIND_DPI)
    words = _boxes(seen, factor * at / dpi)
    left, planes = _MOST, list(parted_inks(top, at))
    for plane, print_too, _ in planes:
        for spot in islice(_spots(plane, at, words, print_too=print_too), left):
            left -= 1
            found = _read(plane, at, spot, engine)
            if found and (spot.framed or not _in_a_phrase(plane, spot)):
                return [_stamped(found, spot, dpi / at)]
    return _crossed(planes, at, words, dpi / at)


def _in_a_phrase(plane: Gray, spot: _Spot) -> bool:
    """Tell print of which a word that reads as a mark is cut out: other words in capitals stand close beside it."""
    reader = line_reader()
    if reader is None:
        return False
    return alone(plane, Fit(spot.middle, spot.size, spot.angle, 1.0), reader) is None


def _crossed(planes: Sequence[InkPlane], dpi: int, words: Sequence[tuple[OcrWord, Box]], factor: float) -> list[tuple[Stamp, Region]]:
    """A mark that print or a seal runs across, which no engine reads by itself: a person is asked."""
    reader = line_reader()
    for plane, print_too, known in planes if reader else ():
        ink = np.asarray(cv2.compare(plane, _INK, cv2.CMP_LT), np.uint8)
        doubtful = unexplained(ink, [(_is_print(w, box, words), box) for w, box in words]) if print_too else ink
        for fit in laid_on(ink, known, doubtful, dpi):
            if reader and (name := said(plane, fit, reader)):
                spot = _Spot(fit.middle, fit.size, fit.angle, framed=False)
                return [_stamped((name, threshold("secrecy_asked"), ""), spot, factor)]
    return []


def _boxes(seen: Sequence[OcrWord], factor: float) -> list[tuple[OcrWord, Box]]:
    return [(s, Box(s.x0 * factor, s.y0 * factor, s.x1 * factor, s.y1 * factor)) for s in seen]


def _spots(plane: Gray, dpi: int, words: Sequence[tuple[OcrWord, Box]], *, print_too: bool) -> list[_Spot]:
    """What has a stamp's size and shape, frames first."""
    ink = cv2.compare(plane, _INK, cv2.CMP_LT)
    ink = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), np.uint8)
    frames = [spot for spot in _frames(ink, dpi) if not _in_table(spot, ink, dpi) and not (print_too and _is_text(spot, words))]
    rest = ink.copy()
    for spot in frames:
        cv2.fillPoly(rest, [np.array(_corners(spot), np.int32)], (0,))
    if print_too:
        for word, box in words:
            if _is_print(word, box, words):
                cv2.rectangle(rest, (int(box.x0) - 2, int(box.y0) - 2), (int(box.x1) + 2, int(box.y1) + 2), (0,), -1)
    loose = [spot for spot in _clusters(rest, dpi) if not print_too or not _in_a_row(spot, words)]
    return frames + loose


def _px(mm: float, dpi: int) -> float:
    return mm / 25.4 * dpi


def _frames(ink: Gray, dpi: int) -> list[_Spot]:
    """Rectangles drawn in ink, at any angle: their inner outline is closed, or their outer one is a rectangle's."""
    closed = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)
    outlines, _ = cv2.findContours(closed, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    least = _px(_FRAME[0][0], dpi) ** 2
    found: list[_Spot] = []
    for outline in outlines:
        _, _, wide, high = cv2.boundingRect(outline)
        if len(outline) < 4 or wide * wide + high * high < least:
            continue  # most are letters
        spot = _level(cv2.minAreaRect(outline), framed=True)
        if spot is None or not _fits(spot.size, _FRAME, dpi) or not 1.5 < spot.size[0] / spot.size[1] < 7.5:
            continue
        if cv2.contourArea(outline) > 0.8 * spot.size[0] * spot.size[1] and not any(_same(spot, other) for other in found):
            found.append(spot)
    return found


def _in_table(spot: _Spot, ink: Gray, dpi: int) -> bool:
    """Tell a table's cell: rules that run on beyond its corners."""
    if abs(spot.angle) > 3:
        return False
    x0, x1 = (round(spot.middle[0] + side * spot.size[0] / 2) for side in (-1, 1))
    y0, y1 = (round(spot.middle[1] + side * spot.size[1] / 2) for side in (-1, 1))
    near, far, wide = round(_px(0.8, dpi)), round(_px(3.2, dpi)), max(2, round(_px(0.6, dpi)))
    level = [(slice(y - wide, y + wide + 1), slice(a, b)) for y in (y0, y1) for a, b in ((x0 - far, x0 - near), (x1 + near, x1 + far))]
    upright = [(slice(a, b), slice(x - wide, x + wide + 1)) for x in (x0, x1) for a, b in ((y0 - far, y0 - near), (y1 + near, y1 + far))]
    runs = 0
    for axis, places in enumerate((level, upright)):
        for rows, columns in places:
            if min(rows.start, columns.start) >= 0:
                band = ink[rows, columns]
                runs += bool(band.size and (band.max(axis=axis) > 0).mean() > 0.85)
    return runs >= 2


def _clusters(ink: Gray, dpi: int) -> list[_Spot]:
    """Ink of one to two words' size that stands by itself."""
    joined = cv2.dilate(ink, np.ones((max(1, round(_px(0.9, dpi))), max(1, round(_px(2.2, dpi)))), np.uint8))
    outlines, nested = cv2.findContours(np.asarray(joined, np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    found: list[tuple[int, _Spot]] = []
    for k, outline in enumerate(outlines):
        x, y, w, h = cv2.boundingRect(outline)
        if nested[0][k][3] >= 0 or not _px(6, dpi) < w < _px(50, dpi) or not _px(2.5, dpi) < h < _px(24, dpi):
            continue  # nested[0][k][3]: the outline of a hole
        own = np.zeros((h, w), np.uint8)
        cv2.drawContours(own, outlines, k, (255,), cv2.FILLED, hierarchy=nested, maxLevel=1, offset=(-x, -y))
        points = cv2.findNonZero(cv2.bitwise_and(own, np.ascontiguousarray(ink[y : y + h, x : x + w])))
        if points is None or len(points) < _px(1, dpi) ** 2 * 4:
            continue
        (cx, cy), size, angle = cv2.minAreaRect(points)
        spot = _level(((cx + x, cy + y), size, angle), framed=False)
        if spot and _fits(spot.size, _WORDS, dpi) and spot.size[0] > 1.25 * spot.size[1]:
            share = len(points) / (spot.size[0] * spot.size[1])
            if 0.12 < share < 0.75:
                found.append((-len(points), spot))
    return [spot for _, spot in sorted(found, key=lambda pair: pair[0])]


def _level(rect: tuple[tuple[float, float], tuple[float, float], float], *, framed: bool) -> _Spot | None:
    (cx, cy), (w, h), angle = rect
    if w < h:
        w, h, angle = h, w, angle - 90
    angle = (angle + 90) % 180 - 90
    return _Spot((cx, cy), (w, h), angle, framed) if abs(angle) <= _STEEP and h > 0 else None


def _fits(size: tuple[float, float], bounds: tuple[tuple[float, float], tuple[float, float]], dpi: int) -> bool:
    return all(_px(low, dpi) <= side <= _px(high, dpi) for side, (low, high) in zip(size, bounds, strict=True))


def _same(one: _Spot, other: _Spot) -> bool:
    return abs(one.middle[0] - other.middle[0]) < 0.3 * other.size[0] and abs(one.middle[1] - other.middle[1]) < 0.4 * other.size[1]


def _corners(spot: _Spot) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in cv2.boxPoints((spot.middle, (spot.size[0] + 6, spot.size[1] + 6), spot.angle))]


def _is_secret(text: str) -> bool:
    return any(name in skeleton(text) for name in ("MAT", "MÂT"))


def _is_print(word: OcrWord, box: Box, words: Sequence[tuple[OcrWord, Box]]) -> bool:
    """Tell a word of the letter's own text: surely read, and no MẬT that stands by itself."""
    if word.confidence < 0.5 or (not is_syllable(word.text.strip(".,;:()/-“”").lower()) and word.confidence < 0.8):
        return False
    return not _is_secret(word.text) or _beside(box, word, words)


def _beside(box: Box, own: OcrWord | None, words: Sequence[tuple[OcrWord, Box]]) -> bool:
    """Tell whether print stands close before or after a box, on its line, that is no part of a mark."""
    for word, other in words:
        if word is own or skeleton(word.text).strip(" |[]-.:") in ("TOI", "TUYET", "MAT") or not any(c.isalnum() for c in word.text):
            continue
        overlap = min(box.y1, other.y1) - max(box.y0, other.y0)
        gap = max(box.x0 - other.x1, other.x0 - box.x1)
        tall = min(box.height, other.height)
        if word.confidence > 0.3 and overlap > 0.5 * tall and -0.3 * tall < gap < 1.5 * tall and other.height > 0.4 * box.height:
            return True
    return False


def _in_a_row(spot: _Spot, words: Sequence[tuple[OcrWord, Box]]) -> bool:
    if abs(spot.angle) > 8:
        return False
    (x, y), (w, h) = spot.middle, spot.size
    return _beside(Box(x - w / 2, y - h / 2, x + w / 2, y + h / 2), None, words)


def _is_text(spot: _Spot, words: Sequence[tuple[OcrWord, Box]]) -> bool:
    """Tell a table's cell: words that are no mark were surely read in it."""
    (x, y), (w, h) = spot.middle, spot.size
    inside = [
        s for s, box in words if abs(box.middle[0] - x) < w / 2 and abs(box.middle[1] - y) < h / 2 and sum(c.isalpha() for c in s.text) > 1
    ]
    plain = [s for s in inside if s.confidence > 0.8 and is_syllable(s.text.strip(".,;:()-").lower())]
    return len(plain) >= 2 and not any(_is_secret(s.text) for s in inside)


def _read(plane: Gray, dpi: int, spot: _Spot, engine: Engine) -> tuple[str, float, str] | None:
    """Read what stands in a spot, level and larger. Return the mark, how sure, and what was read; None where it is none of secrecy."""
    grow = -0.10 if spot.framed else 0.25
    size = (spot.size[0] + grow * spot.size[1], spot.size[1] * (1 + grow))
    for angle in (spot.angle,) if spot.framed else (spot.angle, spot.angle / 2):
        cut = turned_crop(plane, spot.middle, size, angle)
        if min(cut.shape[:2]) < 8:
            return None
        zoom = _READ_DPI / dpi
        face = np.asarray(cv2.resize(cut, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC), np.uint8)
        face = _stretched(face)
        looks = ((unframed(face), ROW), (face, BLOCK)) if spot.framed else ((face, ROW),)
        for look, psm in looks:
            margined = np.asarray(cv2.copyMakeBorder(look, 16, 16, 16, 16, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)
            words = [s for s in engine.recognize(margined, _READ_DPI, psm) if sum(c.isalpha() for c in s.text) > 1]
            raw = " ".join(s.text for s in words)
            name = _named(raw, framed=spot.framed)
            if name:
                return name, sum(s.confidence for s in words) / len(words), raw
    return None


def _stretched(face: Gray) -> Gray:
    """Ink to black, paper to white."""
    low, high = (float(v) for v in np.percentile(face, (3, 90)))
    if high - low < 25:
        return face
    return np.asarray(np.clip((face.astype(np.float32) - low) / (high - low) * 255, 0, 255), np.uint8)


def _named(text: str, *, framed: bool) -> str | None:
    mark = mark_in(text)
    if not text.isupper():  # a stamp is in capitals; "Mật" is a word
        return None
    if mark is not None and mark.kind == "secrecy":
        return highest_mark(mark.label)
    bare = "".join(c for c in skeleton(text) if "A" <= c <= "Z")
    if not framed or mark is not None:
        return None
    # a frame of a stamp's size may also be a table's cell: only what no name and no word is
    if bare in ("NAT", "MAL", "MATI", "IMAT", "MATT"):
        return "MẬT"
    return "TUYỆT MẬT" if likeness(bare, "TUYETMAT") >= 0.75 and bare.endswith("AT") else None


def _stamped(found: tuple[str, float, str], spot: _Spot, factor: float) -> tuple[Stamp, Region]:
    name, confidence, raw = found
    quad = tuple((x * factor, y * factor) for x, y in _corners(spot))
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    region = Region((round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))), spot.angle, True, False, quad)
    box = Box(*map(float, region.box))
    word = Word(text=name, box=box, confidence=min(1.0, confidence))
    line = Line(words=(word,), reading=Reading.STAMP, readings=() if raw == name else (raw,))
    return Stamp(kind="secrecy", box=box, lines=(line,), confidence=min(1.0, confidence)), region
