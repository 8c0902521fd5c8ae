"""The signature block read again, larger and by its inks, where the page's one reading lost the signer under seal and pen.

A name is often a stamp of its own, in red or in black, and the seal and a blue pen run over it (Decree 30/2020, app. I, boxes 7a to 8).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np

from models.page import Box, Line
from models.skeleton import skeleton
from pipeline.recognize.cleaning import Pixels, levelled, scaled, two_tone
from pipeline.recognize.engine import BLOCK, SPARSE, Engine, Gray
from pipeline.recognize.frames import redness
from pipeline.recognize.worth import is_syllable
from pipeline.recognize.zones import cut_out, inside, read_look, replaced, score

_COPIES = re.compile(r"^\W*N[OƠỚ0Ợ]?[IÍ1L]? ?NH[AẬÂ]N\b|^\W*\S{0,3}I? NHAN\W*$")
_HEADS = "CHU TICH|GIAM DOC|BO TRUONG|THU TRUONG|HIEU TRUONG|CHANH VAN PHONG|BI THU|CHANH AN|CUC TRUONG"
_CAPACITY = re.compile(rf"^\W*(T/?M|K/?T|T/?L|TUQ|Q)\b\W|\b({_HEADS})\b")
_NAME_WORD = re.compile(r"^[A-ZĐÀ-ỸƠƯĂÂÊÔ][a-zà-ỹđơưăâêô]{0,6}$")
_READ_DPI = (200, 250)  # what is stamped is read at one of them where the other fails
_ABOVE, _BELOW = 26.0, 210.0  # points: how far the block reaches above and below the line "Nơi nhận"
_LEFT = 0.42  # share of the width at which the block may begin
_RING = 0.42  # share of a circle that is inked where it is a seal's ring
_SURE = 0.85
_DEEP = (0.10, 0.36), (0.12, 0.45)  # of the paper's light: print is kept, a seal that was red goes
_STROKE_MM = 11.0  # a letter of a signature block is lower than this, a pen's stroke and a seal are not


def block_of(lines: Sequence[Line], width: float, height: float) -> Box | None:
    """Where the signature block stands: right of "Nơi nhận", or under a line of capacity in the right half; None where neither was read."""
    for line in lines:
        flat = skeleton(line.text)
        copies = line.box.x0 < 0.4 * width and len(line.words) <= 4 and _COPIES.match(flat)
        capacity = line.box.x0 > 0.45 * width and line.text.isupper() and _CAPACITY.search(flat)
        if copies or (capacity and line.box.y0 > 0.12 * height):
            top, foot = max(0.0, line.box.y0 - _ABOVE), min(height, line.box.y0 + _BELOW)
            level = [other.box for other in lines if top <= other.box.y0 <= foot]
            running = any(box.width > 0.55 * width and box.y0 > line.box.y1 for box in level)
            if copies or not running:
                ends = [box.x1 + 4 for box in level if box.x0 < 0.35 * width and box.y0 >= line.box.y0 - 4 and box.x1 < 0.66 * width]
                return Box(max(_LEFT * width, max(ends, default=0.0)), top, width, foot)
    return None


def is_sure(lines: Sequence[Line], block: Box) -> bool:
    """Tell whether a person's whole name and a capacity over it were surely read in the block."""
    held = [line for line in lines if inside(line.box, block) and line.confidence > _SURE]
    named = any(_is_name(line) and len(line.words) >= 3 for line in held)
    return named and any(_CAPACITY.search(skeleton(line.text)) for line in held)


def _is_name(line: Line) -> bool:
    words = [w.text.strip(".,;") for w in line.words if any(c.isalpha() for c in w.text)]
    tail = [w for w in words if "." not in w]
    return 2 <= len(tail) <= 5 and all(_NAME_WORD.match(w) and is_syllable(w) for w in tail) and len(words) <= 6


def read_again(image: Pixels, dpi: int, lines: Sequence[Line], block: Box, unit: float, engine: Engine) -> list[Line]:
    """Return the page's lines with the block's read anew. image: the upright sheet; unit: points a pixel of it."""
    part = cut_out(image, block, unit)
    if min(part.shape[:2]) < 40:
        return list(lines)
    looks = [(*_sized(look, dpi, target), layout) for look, layout in _looks(part, dpi) for target in _READ_DPI]
    return replaced(lines, block, [read_look(engine, look, block, "signature zone") for look in looks], _worth, 2.0)


def _sized(look: Gray, dpi: int, target: int) -> tuple[Gray, int]:
    """The look at `target` dpi; here a coarser one is made larger too."""
    if dpi > target or abs(dpi - target) < 20:
        return scaled(look, dpi, target)
    return np.asarray(cv2.resize(look, None, fx=target / dpi, fy=target / dpi, interpolation=cv2.INTER_CUBIC), np.uint8), target


def _worth(line: Line) -> float:
    return score(line) + (2.0 if _is_name(line) else 0.0)


def _looks(part: Pixels, dpi: int) -> list[tuple[Gray, int]]:
    """The block by its inks: black print alone, thin of strokes; red print alone."""
    looks: list[tuple[Gray, int]] = []
    if part.ndim == 3:
        black = levelled(np.asarray(part.max(axis=2), np.uint8))  # red and blue ink are light in their own channel, black in none
        looks += [(black, BLOCK), (without_strokes(black, dpi), SPARSE)]
        red = redness(part)
        if int(np.count_nonzero(red > 40)) > 0.002 * red.size:
            face = np.asarray(cv2.subtract(np.full(red.shape, 255, np.uint8), cv2.convertScaleAbs(red, alpha=2.0)), np.uint8)
            looks.append((without_strokes(face, dpi), SPARSE))
    elif two_tone(part):
        gray = without_strokes(np.asarray(cv2.GaussianBlur(part, (3, 3), 0.8), np.uint8), dpi)
        looks += [(gray, layout) for layout in (BLOCK, SPARSE)]
    else:
        looks += [(without_strokes(levelled(part), dpi), SPARSE)]
        looks += [(levelled(part, *deep), layout) for deep in _DEEP for layout in (BLOCK, SPARSE)]
    return looks


def without_strokes(gray: Gray, dpi: int) -> Gray:
    """Take out a seal's rings and what stands inside them, and whatever else is too large to be a letter: a signature's strokes."""
    gray, seals = without_rings(gray, dpi)
    ink = ((gray < 160) * 255).astype(np.uint8)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = round(_STROKE_MM / 25.4 * dpi)
    gone = np.zeros(count, bool)
    for k in range(1, count):
        _, _, w, h, _ = (int(v) for v in stats[k])
        cx, cy = centres[k]
        within = any((cx - sx) ** 2 + (cy - sy) ** 2 < (0.97 * r) ** 2 and cy < sy + 0.55 * r for sx, sy, r in seals)
        gone[k] = within or h > large or w > 4 * large
    mask = cv2.dilate((gone[labels] * 255).astype(np.uint8), np.ones((3, 3), np.uint8))
    return _lettered(np.asarray(np.where(mask > 0, 255, gray), np.uint8), dpi)


def _lettered(gray: Gray, dpi: int) -> Gray:
    """Keep what is as tall as a letter, and the marks close to it; specks and the ghost of the back page go."""
    mm = dpi / 25.4
    ink = ((gray < 160) * 255).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tall = np.zeros(count, bool)
    for k in range(1, count):
        tall[k] = stats[k][cv2.CC_STAT_HEIGHT] >= 1.2 * mm and stats[k][cv2.CC_STAT_AREA] >= 0.25 * mm * mm
    reach = 2 * max(1, round(1.1 * mm)) + 1
    near = cv2.dilate((tall[labels] * 255).astype(np.uint8), np.ones((reach, reach), np.uint8))
    return np.asarray(np.where(near > 0, gray, 255), np.uint8)


def without_rings(gray: Gray, dpi: int) -> tuple[Gray, list[tuple[float, float, float]]]:
    """Take the rings of round seals out, and nothing beside them; return them too: middle and radius in pixels."""
    small, at = scaled(gray, dpi, 75)
    mm = at / 25.4
    ink = cv2.GaussianBlur(255 - small, (3, 3), 0)
    found = cv2.HoughCircles(ink, cv2.HOUGH_GRADIENT, 1, 15 * mm, param1=120, param2=28, minRadius=round(14 * mm), maxRadius=round(24 * mm))
    if found is None:
        return gray, []
    out = gray.copy()
    seals: list[tuple[float, float, float]] = []
    rows, columns = np.indices(gray.shape)
    for cx, cy, r in found.reshape(-1, 3)[:2] * (dpi / at):
        distance = np.hypot(columns - cx, rows - cy).astype(np.int32)
        reach = int(1.12 * r)
        near = distance <= reach
        every = np.bincount(distance[near], minlength=reach + 1)
        dark = np.bincount(distance[near & (gray < 160)], minlength=reach + 1)
        share = dark / np.maximum(every, 1)
        rings = [d for d in range(int(0.5 * r), reach + 1) if share[d] > _RING]
        if not rings:
            continue
        thick = np.zeros(reach + 3, bool)
        for d in rings:
            thick[max(0, d - 2) : d + 3] = True
        out[near & thick[np.minimum(distance, reach + 2)]] = 255
        seals.append((float(cx), float(cy), float(max(rings))))
    return out, seals
