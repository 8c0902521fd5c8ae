"""Boxes that were stamped on a sheet: found by their four sides, in red ink or in black, upright or aslant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np

from pipeline.recognize.image.background import Pixels, roughly_scaled
from pipeline.recognize.ocr.engine import Gray

_Rule: TypeAlias = tuple[int, int, int, int]

_FIND_DPI = 120
_RED = 22  # how far red must outshine green and blue, of 255
_PLAIN = 150
_BREAK_MM = 0.4  # breaks in a rule that are closed: less than there is between words, so that a line of print makes no rule
_FAINT = 205  # ink of a normalize_background scan: a red stamp scanned in grey is pale, and paler still made small
_WIDE, _TALL = (14.0, 78.0), (5.0, 48.0)  # what a stamped frame measures, mm (Decree 30/2020, app. I: KHẨN 20 × 8, dấu ĐẾN 35 × 50)
_SIDE = 0.62  # share of each side that must be inked


@dataclass(frozen=True, slots=True)
class Region:
    """A stamped region. box: x0, y0, x1, y1 in pixels of the image searched; angle: degrees by which turning the region anticlockwise
    makes it level; framed: it has four sides; red: its ink is red."""

    box: tuple[int, int, int, int]
    angle: float
    framed: bool
    red: bool
    quad: tuple[tuple[float, float], ...] = ()

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside the frame."""
        if self.quad:
            return bool(cv2.pointPolygonTest(np.array(self.quad, np.float32), (x, y), False) >= 0)
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


def redness(image: Pixels) -> Gray:
    """How far red outshines green and blue, a grey image; all zero for a grey scan."""
    if image.ndim == 2:
        return np.zeros_like(image)
    red, green, blue = cv2.split(image)
    return np.asarray(cv2.subtract(red, cv2.max(green, blue)), np.uint8)


def red_regions(image: Pixels, dpi: int) -> list[Region]:
    """Find frames and words in red ink, frames first; round seals are none of them."""
    if image.ndim == 2:
        return []
    small, at = roughly_scaled(image, dpi, _FIND_DPI)
    mask = cv2.compare(redness(small), _RED, cv2.CMP_GT)
    if int(np.count_nonzero(mask)) < 60:
        return []
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8)
    frames = _outermost([*_framed(mask, at, red=True), *_ruled(mask, at, red=True)])
    rest = mask.copy()
    for frame in frames:
        cv2.fillPoly(rest, [np.array(frame.quad, np.int32)], (0,))
    words = cv2.dilate(rest, np.ones((_px(1.2, at), _px(3.0, at)), np.uint8))
    loose = [r for r in _loose(np.asarray(words, np.uint8), rest, at) if not any(f.holds(*_middle(r.box)) for f in frames)]
    return [_grown(r, dpi / at) for r in (*frames, *loose)]


def black_regions(gray: Gray, dpi: int, *, hard: bool) -> list[Region]:
    """Find frames in black ink. gray: of `background.normalize_background`; hard: it comes of a black and white scan."""
    small, at = roughly_scaled(gray, dpi, _FIND_DPI)
    mask = cv2.compare(small, _PLAIN if hard else _FAINT, cv2.CMP_LT)
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)
    return [_grown(r, dpi / at) for r in _outermost([*_framed(mask, at, red=False), *_ruled(mask, at, red=False)])]


def _px(mm: float, dpi: int) -> int:
    return max(1, round(mm / 25.4 * dpi))


def _middle(box: tuple[int, int, int, int]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _grown(region: Region, factor: float) -> Region:
    x0, y0, x1, y1 = (round(v * factor) for v in region.box)
    return Region((x0, y0, x1, y1), region.angle, region.framed, region.red, tuple((x * factor, y * factor) for x, y in region.quad))


def _framed(mask: Gray, dpi: int, *, red: bool) -> list[Region]:
    """Components of ink that run along the four sides of a rectangle of a stamp's size; the outermost of nested ones."""
    found: list[Region] = []
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    large = stats[:, cv2.CC_STAT_WIDTH] >= _px(_WIDE[0], dpi)  # most are letters: not one by one
    for k in np.flatnonzero(large[1:]) + 1:
        x, y, w, h, area = (int(v) for v in stats[k])
        if not (_fits(w, h, dpi) and area > w + h):
            continue
        part = (labels[y : y + h, x : x + w] == k).astype(np.uint8) * 255
        points = cv2.findNonZero(part)
        (cx, cy), (rw, rh), angle = cv2.minAreaRect(points)
        if rw < rh:
            rw, rh, angle = rh, rw, angle - 90
        angle = (angle + 90) % 180 - 90
        if abs(angle) > 50 or min(rw, rh) < _px(_TALL[0], dpi) or not _sided(part, (cx, cy), (rw, rh), angle):
            continue
        corners = cv2.boxPoints(((cx + x, cy + y), (rw, rh), angle))
        quad = tuple((float(px), float(py)) for px, py in corners)
        found.append(Region((x, y, x + w, y + h), angle, True, red, quad))
    return found


def _ruled(mask: Gray, dpi: int, *, red: bool) -> list[Region]:
    """Pairs of level rules with upright ones at their ends: finds a frame that letters or strokes run across."""
    thick = np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), np.uint8)
    level = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, _px(_BREAK_MM, dpi)), np.uint8))
    level = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, _px(12, dpi)), np.uint8))
    upright = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((_px(2, dpi), 1), np.uint8))
    upright = cv2.morphologyEx(upright, cv2.MORPH_OPEN, np.ones((_px(5, dpi), 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(level, np.uint8), connectivity=8)
    rules = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:] if h < _px(6, dpi)]
    rules = sorted((r for r in rules if r[2] - r[0] <= _px(1.6 * _WIDE[1], dpi)), key=lambda r: r[1])[:80]
    walls = np.asarray(upright, np.uint8)
    found: list[Region] = []
    for i, top in enumerate(rules):
        for bottom in rules[i + 1 :]:
            if _px(_TALL[0], dpi) <= bottom[3] - top[1] <= _px(_TALL[1], dpi):
                box = _between(top, bottom, walls, dpi)
                if box:
                    corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
                    found.append(Region(box, 0.0, True, red, tuple((float(x), float(y)) for x, y in corners)))
    return found


def _between(top: _Rule, bottom: _Rule, walls: Gray, dpi: int) -> _Rule | None:
    """The frame that two level rules make with walls at its ends: print may run on from a rule, so either's ends may be the frame's."""
    near = _px(3.5, dpi)
    for left in sorted({top[0], bottom[0]}, reverse=True):
        for right in sorted({top[2], bottom[2]}):
            spanned = all(r[0] <= left + near and r[2] >= right - near for r in (top, bottom))
            sized = _px(_WIDE[0], dpi) <= right - left <= _px(_WIDE[1], dpi) and bottom[3] - top[1] < 1.6 * (right - left)
            if spanned and sized and all(_walled(walls, x, top[1], bottom[3], near) for x in (left, right)):
                return (left, top[1], right, bottom[3])
    return None


def _walled(upright: Gray, x: int, top: int, bottom: int, near: int) -> bool:
    band = upright[top:bottom, max(0, x - near) : x + near]
    return band.size > 0 and float((band.max(axis=1) > 0).mean()) >= _SIDE


def _outermost(found: list[Region]) -> list[Region]:
    found = sorted(found, key=lambda r: -(r.box[2] - r.box[0]) * (r.box[3] - r.box[1]))
    outer: list[Region] = []
    for region in found:
        if not any(o.holds(*_middle(region.box)) for o in outer):
            outer.append(region)
    return outer


def _fits(width: int, height: int, dpi: int) -> bool:
    return _px(_WIDE[0], dpi) <= width <= _px(_WIDE[1], dpi) and _px(_TALL[0], dpi) <= height <= _px(_TALL[1], dpi) + _px(25, dpi)


def _sided(part: Gray, middle: tuple[float, float], size: tuple[float, float], angle: float) -> bool:
    """Tell whether ink runs along all four sides, once the part is turned level."""
    level = turned_crop(part, middle, size, angle, 0)
    height, width = level.shape
    band = max(2, round(min(height, width) * 0.1))
    sides: Sequence[Gray] = (level[:band], level[-band:], level[:, :band].T, level[:, -band:].T)
    return all(float((side.max(axis=0) > 0).mean()) >= _SIDE for side in sides)


def turned_crop(image: Pixels, middle: tuple[float, float], size: tuple[float, float], angle: float, paper: int = 255) -> Pixels:
    """Cut a rectangle that lies at `angle` degrees (clockwise) out of an image, level."""
    width, height = max(1, round(size[0])), max(1, round(size[1]))
    matrix = cv2.getRotationMatrix2D(middle, angle, 1.0)
    matrix[0, 2] += width / 2 - middle[0]
    matrix[1, 2] += height / 2 - middle[1]
    border = (paper,) * 3
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=border), np.uint8)


def cut(image: Pixels, region: Region, inset: float = 0.0) -> Pixels:
    """Cut a region out of the image, level. inset: share of the height taken off each side, to lose the frame itself."""
    if region.quad:
        (cx, cy), (w, h), angle = cv2.minAreaRect(np.array(region.quad, np.float32))
        if w < h:
            w, h, angle = h, w, angle - 90
        angle = (angle + 90) % 180 - 90
        trim = 2 * inset * min(w, h)
        return turned_crop(image, (cx, cy), (w - trim, h - trim), angle)
    x0, y0, x1, y1 = region.box
    return image[max(0, y0) : y1, max(0, x0) : x1]


def unframed(image: Gray) -> Gray:
    """Take the outline off a cut-out stamp: strokes that span most of it; what is lettered stays."""
    height, width = image.shape
    ink = ((image < 170) * 255).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    gone = np.zeros(count, bool)
    for k in range(1, count):
        _, _, w, h, area = (int(v) for v in stats[k])
        outline = w > 0.5 * width and h > 0.5 * height
        rule = (w > 0.35 * width and h < 0.12 * height) or (h > 0.5 * height and w < 0.06 * width)
        gone[k] = outline or (rule and area > 0.3 * max(w, h))
    mask = cv2.dilate((gone[labels] * 255).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(np.where(mask > 0, 255, image), np.uint8)


def _loose(words: Gray, ink: Gray, dpi: int) -> list[Region]:
    """Clusters of red ink of a line of words' size, level or aslant; a seal is too tall, or round."""
    found: list[Region] = []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(words, connectivity=8)
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        if not _px(10, dpi) <= w <= _px(80, dpi) or not _px(4, dpi) <= h <= _px(60, dpi):
            continue
        points = cv2.findNonZero(((labels[y : y + h, x : x + w] == k) & (ink[y : y + h, x : x + w] > 0)).astype(np.uint8))
        if points is None or len(points) < 40:
            continue
        (cx, cy), (rw, rh), angle = cv2.minAreaRect(points)
        if rw < rh:
            rw, rh, angle = rh, rw, angle - 90
        angle = (angle + 90) % 180 - 90
        if rh > rw * 0.72 or abs(angle) > 50 or not _px(3.5, dpi) <= rh <= _px(26, dpi):
            continue
        corners = cv2.boxPoints(((cx + x, cy + y), (rw + 6, rh + 6), angle))
        found.append(Region((x, y, x + w, y + h), angle, False, True, tuple((float(px), float(py)) for px, py in corners)))
    return found
