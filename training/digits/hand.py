"""One hand writing a string of digits: drawn strokes, a handwriting font, or written digits, as a mask of ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from training.digits import fonts
from training.digits.strokes import WAYS, curve

Rng = np.random.Generator


@dataclass(frozen=True)
class Hand:
    """How one clerk writes. height: of a digit, pixels; the rest are shares of it; ways: the way chosen for each character.

    style: seed of what this hand makes of every way; bow: powers that move a character's middle across and down; pressure: how far the
    pen's width changes along a stroke; flick: chance that a stroke is drawn out before or behind, towards the neighbours; uneven: how far
    digits differ in size, and taper, by how much the last is larger than the first; crowd: how far a digit may run into the one before;
    joined: chance that the pen stays down between two; again: chance that a digit is written over, itself or another; dry: how far the
    ink fails along the way.
    """

    kind: str  # "strokes", "font", "written", "print"
    height: float
    pen: float
    slant: float
    spacing: float
    jitter: float
    drift: float
    narrow: float
    face: str
    ways: dict[str, int]
    style: int = 0
    bow: tuple[float, float] = (1.0, 1.0)
    pressure: float = 0.0
    flick: float = 0.0
    uneven: float = 0.0
    taper: float = 0.0
    crowd: float = 0.1
    joined: float = 0.0
    again: float = 0.0
    dry: float = 0.0


def choose(rng: Rng, height: float, held_out: bool = False, kind: str | None = None) -> Hand:
    """Draw a hand. height: of a capital in print, pixels; held_out: one of the fonts kept for validation, evenly
    written: loose hands are drawn more often than they are met."""
    if kind is None:
        kind = "font" if held_out else str(rng.choice(["strokes", "font", "written"], p=[0.74, 0.2, 0.06]))
    faces = fonts.available(fonts.HELD_OUT if held_out else (fonts.NUMBERING if kind == "print" else fonts.HANDS))
    marker = rng.random() < 0.22
    tall = rng.uniform(0.85, 1.15) if kind == "print" else rng.uniform(0.85, 1.65) if rng.random() < 0.7 else rng.uniform(0.75, 1.2)
    spacing = float(rng.choice([rng.uniform(-0.12, 0.1), rng.uniform(0.05, 0.3), rng.uniform(0.3, 0.8)], p=[0.45, 0.45, 0.1]))
    narrow = rng.uniform(0.7, 1.25)
    if marker:  # a thick pen leaves room, or nobody could read it
        spacing, narrow = max(0.05, spacing), max(0.9, narrow)
    return Hand(
        kind=kind,
        height=height * tall,
        pen=rng.uniform(0.12, 0.19) if marker else rng.uniform(0.03, 0.12),
        slant=float(rng.normal(0.14, 0.2)) if kind != "print" else 0.0,
        spacing=spacing,
        jitter=rng.uniform(0.01, 0.07),
        drift=float(rng.normal(0, 0.06 if rng.random() < 0.75 else 0.14)),
        narrow=narrow,
        face=str(rng.choice(faces)),
        ways={c: int(rng.integers(len(w))) for c, w in WAYS.items()},
        style=int(rng.integers(2**31)),
        bow=(float(np.exp(rng.normal(0, 0.12))), float(np.exp(rng.normal(0, 0.16)))),
        pressure=rng.uniform(0.15, 0.5) if rng.random() < 0.5 else 0.0,
        flick=rng.uniform(0.1, 0.5) if rng.random() < 0.3 else 0.0,
        **({} if kind == "print" or held_out else _loose(rng)),
    )


def _loose(rng: Rng) -> dict[str, float]:
    """How loosely a hand writes: most write evenly."""
    return {
        "uneven": rng.uniform(0.05, 0.2) if rng.random() < 0.4 else 0.0,
        "taper": rng.uniform(-0.45, 0.3) if rng.random() < 0.25 else 0.0,
        "crowd": rng.uniform(0.1, 0.3) if rng.random() < 0.3 else 0.1,
        "joined": rng.uniform(0.2, 0.8) if rng.random() < 0.15 else 0.0,
        "again": rng.uniform(0.05, 0.3) if rng.random() < 0.06 else 0.0,
        "dry": rng.uniform(0.3, 1.0) if rng.random() < 0.12 else 0.0,
    }


def _strokes(rng: Rng, hand: Hand, char: str) -> np.ndarray:
    """A character drawn with a pen, as a mask with its left and right edges tight; its base line is at the row `pad + height`."""
    way = hand.ways[char] if rng.random() < 0.88 else int(rng.integers(len(WAYS[char])))
    aspect, strokes = WAYS[char][way]
    own = np.random.default_rng((hand.style, ord(char), way))  # what this hand always makes of this way
    tall = hand.height * rng.uniform(0.93, 1.07) * own.uniform(0.9, 1.1)
    width = aspect * tall * hand.narrow * rng.uniform(0.88, 1.12) * own.uniform(0.85, 1.18)
    pad = int(hand.height * 0.45)
    lean = hand.slant + rng.normal(0, 0.04)
    mask = np.zeros((int(hand.height) + 2 * pad, int(width * 1.5 + abs(lean) * tall * 2) + 2 * pad), np.uint8)
    pen = hand.pen * hand.height * rng.uniform(0.88, 1.12)
    bend = rng.normal(0, hand.jitter, 4)
    for stroke in strokes:
        held: list[tuple[float, float]] = []
        last: tuple[float, float] | None = None
        for x, y in stroke:
            moved = own.normal(0, 0.045, 2)
            if held and (x, y) == last:  # a corner's second point stays on its first
                held.append(held[-1])
            else:
                held.append((x + moved[0] + rng.normal(0, hand.jitter * 0.7), y + moved[1] + rng.normal(0, hand.jitter * 0.7)))
            last = (x, y)
        if hand.flick and char != "-":
            held = _flicked(rng, hand, held)
        points = curve(held)
        points = np.sign(points) * np.abs(points) ** np.array(hand.bow)
        points = points + np.stack(
            [bend[0] * np.sin(points[:, 1] * 3 + bend[1] * 60), bend[2] * np.sin(points[:, 0] * 3 + bend[3] * 60)], 1
        )
        x = points[:, 0] * width + (1 - points[:, 1]) * lean * tall + pad + max(0.0, -lean) * tall + width * 0.15
        y = points[:, 1] * tall + pad + hand.height - tall
        _line(rng, mask, np.stack([x, y], 1), pen, hand.pressure)
    return mask


def _flicked(rng: Rng, hand: Hand, stroke: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A stroke drawn out a little before its start or behind its end."""
    if rng.random() < hand.flick:
        x, y = stroke[0]
        stroke = [(x - rng.uniform(0.05, 0.3), y + rng.uniform(-0.05, 0.25)), *stroke]
    if rng.random() < hand.flick:
        x, y = stroke[-1]
        stroke = [*stroke, (x + rng.uniform(0.05, 0.3), y - rng.uniform(-0.05, 0.2))]
    return stroke


def _line(rng: Rng, mask: np.ndarray, points: np.ndarray, pen: float, pressure: float) -> None:
    """Draw a curve with a pen so wide (pixels), its width changing by up to the share `pressure` on the way."""
    shift = 4  # sub-pixel bits
    pixels = np.round(points * 2**shift).astype(np.int32)
    if not pressure:
        cv2.polylines(mask, [pixels[:, None]], False, 255, max(1, round(pen)), cv2.LINE_AA, shift)
        return
    phase, turns = rng.uniform(0, 2 * np.pi), rng.uniform(0.5, 1.5)
    widths = pen * (1 + pressure * np.sin(phase + turns * 2 * np.pi * np.linspace(0, 1, len(points))))
    for a, b, wide in zip(pixels, pixels[1:], widths, strict=False):
        cv2.line(mask, a.tolist(), b.tolist(), 255, max(1, round(wide + rng.uniform(-0.3, 0.3))), cv2.LINE_AA, shift)


def _tight(mask: np.ndarray) -> np.ndarray:
    columns = np.flatnonzero(mask.max(0) > 40)
    return mask[:, columns[0] : columns[-1] + 1] if len(columns) else mask


def _glyph(rng: Rng, hand: Hand, char: str) -> tuple[np.ndarray, float]:
    """A character's mask and the row of its base line."""
    kind = hand.kind
    if kind == "written" and not char.isdigit():
        kind = "strokes"
    if kind == "strokes":
        return _tight(_strokes(rng, hand, char)), int(hand.height * 0.45) + hand.height
    if kind == "written":
        ways = fonts.written()[char]
        source = ways[int(rng.integers(len(ways)))]
        tall = hand.height * rng.uniform(0.92, 1.08)
        wide = max(3, int(source.shape[1] * tall / 64 * 0.9 * hand.narrow))
        mask = cv2.resize(source, (wide, int(tall)), interpolation=cv2.INTER_AREA)
        return _turned(mask, 0.0, hand.slant * 0.5), tall
    size = max(8, round(hand.height * 1.35))
    mask, base = fonts.text(hand.face, size, char)
    if not mask.size or mask.max() == 0:
        return _tight(_strokes(rng, hand, char)), int(hand.height * 0.45) + hand.height
    digit, _ = fonts.text(hand.face, size, "8")
    scale = hand.height / max(4, digit.shape[0])
    wide = max(2, round(mask.shape[1] * scale * (1 if hand.kind == "print" else hand.narrow)))
    mask = cv2.resize(mask, (wide, max(2, round(mask.shape[0] * scale))), interpolation=cv2.INTER_AREA)
    if hand.kind == "font":
        mask = _turned(mask, float(rng.normal(0, 3)), hand.slant * 0.5)
        if rng.random() < 0.3:
            mask = (cv2.dilate if rng.random() < 0.6 else cv2.erode)(mask, np.ones((2, 2), np.uint8))
    return mask, base * scale


def _turned(mask: np.ndarray, degrees: float, slant: float) -> np.ndarray:
    if abs(degrees) < 0.5 and abs(slant) < 0.02:
        return mask
    height, width = mask.shape
    turn = np.tan(np.radians(degrees))
    extra = int(abs(slant) * height) + 1
    matrix = np.array([[1, -slant, max(0.0, slant) * height], [turn, 1, -turn * width / 2]], np.float32)
    return cv2.warpAffine(mask, matrix, (width + extra, height), flags=cv2.INTER_LINEAR)


def write(rng: Rng, hand: Hand, text: str) -> tuple[np.ndarray, int]:
    """Return the mask of `text` (0 to 255, tight left and right) and the row of its base line."""
    glyphs = [_sized(rng, hand, *_written(rng, hand, c), i / max(1, len(text) - 1) - 0.5) for i, c in enumerate(text)]
    gap = hand.spacing * hand.height * 0.6
    spare = hand.height * (0.5 + abs(hand.drift) * len(glyphs) / 2)
    above = int(max(b for _, b in glyphs) + spare) + 2
    below = int(max(m.shape[0] - b for m, b in glyphs) + spare) + 2
    width = int(sum(m.shape[1] for m, _ in glyphs) + (abs(gap) + 0.3 * hand.height) * len(glyphs)) + 8
    sheet = np.zeros((above + below, width), np.uint8)
    x = 2.0
    left: tuple[int, int] | None = None  # where the pen left the digit before
    for i, (mask, base) in enumerate(glyphs):
        y = above - base + hand.drift * hand.height * (i - len(glyphs) / 2) + rng.normal(0, hand.jitter * hand.height * 0.7)
        row, column = max(0, int(y)), max(0, int(x))
        part = mask[: sheet.shape[0] - row, : sheet.shape[1] - column]
        place = sheet[row : row + part.shape[0], column : column + part.shape[1]]
        np.maximum(place, part, out=place)
        if left and hand.joined and rng.random() < hand.joined:
            come = _edge(part, row, column, part.shape[1] // 4, upper=True)
            cv2.line(sheet, left, come, 255, max(1, round(hand.pen * hand.height * 0.6)), cv2.LINE_AA)
        left = _edge(part, row, column, part.shape[1] * 3 // 4, upper=False)
        least = 1.0 if hand.kind == "print" else -hand.crowd * hand.height
        x += mask.shape[1] + max(least, gap * (1 if hand.kind == "print" else rng.uniform(0.5, 1.5)))
    return _tight(_dried(rng, hand, sheet)), above


def _written(rng: Rng, hand: Hand, char: str) -> tuple[np.ndarray, float]:
    """A character's mask and the row of its base line, written over where this hand does so: upon itself, or upon a fainter digit."""
    mask, base = _glyph(rng, hand, char)
    if not hand.again or not char.isdigit() or rng.random() > hand.again:
        return mask, base
    wrong = rng.random() < 0.4
    under, foot = _glyph(rng, hand, str(rng.integers(0, 10)) if wrong else char)
    rise, across = int(base - foot + rng.normal(0, 0.04) * hand.height), int(rng.normal(0, 0.05) * hand.height)
    place = mask.copy()
    moved = cv2.warpAffine(under, np.array([[1, 0, across], [0, 1, rise]], np.float32), mask.shape[::-1])
    np.maximum(place, (moved * (rng.uniform(0.2, 0.6) if wrong else 1.0)).astype(np.uint8), out=place)
    return place, base


def _sized(rng: Rng, hand: Hand, mask: np.ndarray, base: float, place: float) -> tuple[np.ndarray, float]:
    """A character larger or smaller than this hand's others, with its base line. place: -0.5 for the string's first to 0.5 for its last."""
    scale = float(np.exp(rng.normal(0, hand.uneven))) * (1 + hand.taper * place)
    if abs(scale - 1) < 0.03:
        return mask, base
    scale = min(max(scale, 0.55), 1.5)
    lift = rng.uniform(0, 0.4) * (1 - scale) * hand.height if scale < 1 else 0.0
    size = (max(2, round(mask.shape[1] * scale)), max(2, round(mask.shape[0] * scale)))
    return cv2.resize(mask, size, interpolation=cv2.INTER_AREA), base * scale + lift


def _edge(mask: np.ndarray, row: int, column: int, near: int, *, upper: bool) -> tuple[int, int]:
    """The place on the sheet of a glyph's ink nearest to its column `near`, the topmost or the lowest there."""
    rows, columns = np.nonzero(mask > 100)
    if not len(rows):
        return column, row
    at = columns[np.argmin(np.abs(columns - near))]
    held = rows[columns == at]
    return int(column + at), int(row + (held.min() if upper else held.max()))


def _dried(rng: Rng, hand: Hand, sheet: np.ndarray) -> np.ndarray:
    """The ink of a pen that gives less of it here and there."""
    if not hand.dry:
        return sheet
    grid = rng.uniform(-0.6, 1.6, (4, max(4, sheet.shape[1] // 12))).astype(np.float32)
    flow = np.clip(cv2.resize(grid, sheet.shape[::-1], interpolation=cv2.INTER_LINEAR), 0, 1)
    return (sheet * (1 - hand.dry * 0.8 * (1 - flow))).astype(np.uint8)
