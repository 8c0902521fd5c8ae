"""One line drawn as offices print it: faces, sizes, gaps, digits by pen, and what stands, lies and is stamped round it."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from pipeline.recognize.ocr.line_image import line_image
from training.digits import fonts as faces
from training.digits.hand import choose as hand_of
from training.digits.hand import write
from training.lines import fonts, stamped
from training.lines.text import Part, parts, stamped_name
from training.lines.wear import worn

Rng = np.random.Generator


def line(rng: Rng, held_out: bool = False, most: int = 1400, stamps: float = 0.15) -> tuple[np.ndarray, str]:
    """Return a line as the reader takes it (32 × width, 0 paper to 1 ink) and its text. most: pixels of width; stamps: share of names
    that are stamped in script faces."""
    while True:
        stamp = rng.random() < stamps
        said = [(stamped_name(rng), False)] if stamp else parts(rng)
        drawn = _stamped(rng, said[0][0], held_out) if stamp else _drawn(rng, said, held_out)
        if drawn is None:
            continue
        image = line_image(drawn)
        text = "".join(t for t, _ in said)
        if image.shape[1] <= most and image.shape[1] // 4 > 1.15 * len(text) + 2:
            return image, text


def _drawn(rng: Rng, said: list[Part], held_out: bool) -> np.ndarray | None:
    """The grey crop of a line (height × width), or None where its face lacks a character."""
    text = "".join(t for t, _ in said)
    italic = True if "ngày" in text and "tháng" in text and rng.random() < 0.6 else None
    face = fonts.choose(rng, held_out, italic)
    if fonts.lacking(face) & set(text):
        return None
    em = round(float(np.exp(rng.uniform(np.log(17), np.log(62)))))
    mask, base = _laid(rng, said, face, em, held_out)
    rows = np.flatnonzero(mask.max(1) > 60)
    columns = np.flatnonzero(mask.max(0) > 60)
    if not len(rows) or not len(columns):
        return None
    ink = mask.astype(np.float32) / 255 * rng.uniform(0.55, 1.0)
    if rng.random() < 0.55:
        _neighbours(rng, ink, mask, em)
    box = [columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]
    _marks(rng, ink, box, base, em)
    ink, box = _bent(rng, ink, box, em)
    top = max(0, box[1] - round(0.6 * em))  # what lies farther off is not seen
    ink, box = ink[top : box[3] + round(0.6 * em)], [box[0], box[1] - top, box[2], box[3] - top]
    return _cut(rng, worn(rng, np.ascontiguousarray(ink), em), box)


def _stamped(rng: Rng, text: str, held_out: bool) -> np.ndarray | None:
    """The grey crop of a name stamped in a script face, or None where its face lacks a letter or none is installed."""
    face = stamped.choose(rng, held_out)
    em = round(float(np.exp(rng.uniform(np.log(30), np.log(84)))))
    found = stamped.laid(rng, text, face, em) if face else None
    if found is None:
        return None
    mask, base = found
    rows, columns = np.flatnonzero(mask.max(1) > 60), np.flatnonzero(mask.max(0) > 60)
    if not len(rows) or not len(columns):
        return None
    ink = stamped.inked(rng, mask.astype(np.float32) / 255 * rng.uniform(0.5, 1.0), em)
    box = [columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]
    if rng.random() < 0.4:
        _marks(rng, ink, box, base, em)
    ink, box = _bent(rng, ink, box, em)
    top = max(0, box[1] - round(0.5 * em))
    ink, box = ink[top : box[3] + round(0.5 * em)], [box[0], box[1] - top, box[2], box[3] - top]
    return _cut(rng, worn(rng, np.ascontiguousarray(ink), em), box)


def _laid(rng: Rng, said: list[Part], face: str, em: int, held_out: bool) -> tuple[np.ndarray, int]:
    """The line's mask (0 to 255) with room above and below, and the row of its base line."""
    font = faces.font(face, em)
    pad = round(1.1 * em)
    cap = 0.66 * em
    text = "".join(t for t, _ in said)
    wide = rng.random() < 0.12  # blanks in a row, as tabulators leave
    width = round(font.getlength(text) * 1.8 + 4 * em * sum(pen for _, pen in said) + (5 * em * text.count(" ") if wide else 0)) + 2 * pad
    sheet = np.zeros((round(1.1 * em) + 2 * pad, width), np.uint8)
    base = pad + round(0.85 * em)
    spread = float(rng.choice([0.0, rng.uniform(0.05, 0.9)], p=[0.6, 0.4])) * em * 0.25  # a justified line's wider gaps
    track = rng.uniform(-0.02, 0.12) * em if rng.random() < 0.08 else 0.0
    x = float(pad)
    for run, pen in said:
        if pen:
            hand = hand_of(rng, cap, held_out, "print" if rng.random() < 0.08 else None)
            room = rng.uniform(-0.1, 0.9) * cap
            mask, row = write(rng, hand, run)
            x += room
            _paste(sheet, mask, round(x), round(base - row - rng.normal(0.02, 0.1) * hand.height))
            x += mask.shape[1] + rng.uniform(-0.1, 0.9) * cap
            continue
        pieces = list(run) if track else run.replace(" ", " \0").split("\0") if spread or wide else [run]
        image = Image.fromarray(sheet)
        pencil = ImageDraw.Draw(image)
        for piece in pieces:
            pencil.text((round(x), base), piece, fill=255, font=font, anchor="ls")
            gap = rng.uniform(0.5, 5) * em if wide and piece.endswith(" ") and rng.random() < 0.3 else 0.0
            x += font.getlength(piece) + track + (spread + gap if piece.endswith(" ") else 0)
        sheet = np.array(image)
    return sheet[:, : round(x) + pad], base


def _paste(sheet: np.ndarray, mask: np.ndarray, x: int, y: int) -> None:
    top, left = max(0, -y), max(0, -x)
    part = mask[top : top + sheet.shape[0] - max(0, y), left : left + sheet.shape[1] - max(0, x)]
    place = sheet[max(0, y) : max(0, y) + part.shape[0], max(0, x) : max(0, x) + part.shape[1]]
    np.maximum(place, part, out=place)


def _neighbours(rng: Rng, ink: np.ndarray, mask: np.ndarray, em: int) -> None:
    """Feet of the line above, heads of the line below: the line's own print, moved along."""
    for side in (-1, 1):
        if rng.random() < 0.75:
            away = round(rng.uniform(1.08, 1.7) * em)
            other = np.roll(mask, int(rng.integers(0, mask.shape[1])), 1)
            moved = np.zeros_like(mask)
            if side < 0:
                moved[: mask.shape[0] - away] = other[away:]
            else:
                moved[away:] = other[: mask.shape[0] - away]
            np.maximum(ink, moved.astype(np.float32) / 255 * rng.uniform(0.6, 1), out=ink)


def _marks(rng: Rng, ink: np.ndarray, box: list[int], base: int, em: int) -> None:
    """Rules, dots, frames, ticks, signatures and seals over or beside the line."""
    x0, _, x1, _ = box
    wide = max(1, x1 - x0)
    if rng.random() < 0.2:  # a rule under the line, under a part of it, or over it
        a, b = sorted(rng.uniform(x0, x1, 2)) if rng.random() < 0.6 else (x0, x1)
        y = base + round(rng.uniform(0.06, 0.4) * em) if rng.random() < 0.8 else base - round(rng.uniform(0.85, 1.1) * em)
        cv2.line(
            ink, (round(a), y), (round(b), y + int(rng.integers(-1, 2))), rng.uniform(0.4, 1), max(1, round(em * rng.uniform(0.02, 0.07)))
        )
    if rng.random() < 0.05:  # dots where a form leaves a gap
        for x in np.arange(x0, x0 + wide * rng.uniform(0.1, 1), em * rng.uniform(0.15, 0.35)):
            cv2.circle(ink, (round(x), base), max(1, round(em * 0.03)), rng.uniform(0.5, 1), -1)
    if rng.random() < 0.05:  # a frame's or table's side
        x = round(rng.choice([x0 - 0.2 * em, x1 + 0.25 * em]))
        cv2.line(ink, (x, 0), (x, ink.shape[0]), rng.uniform(0.5, 1), max(1, round(em * 0.04)))
    if rng.random() < 0.14:
        _seal(rng, ink, box, em)
    if rng.random() < 0.09:
        _signature(rng, ink, box, em)
    if rng.random() < 0.04:  # a tick behind an item
        x, y, s = x1 + rng.uniform(0.2, 1.5) * em, base - rng.uniform(0, 0.6) * em, em * rng.uniform(0.3, 0.9)
        spots = np.array([[x, y], [x + 0.3 * s, y + 0.4 * s], [x + s, y - 0.7 * s]], np.int32)
        cv2.polylines(ink, [spots[:, None]], False, rng.uniform(0.4, 0.9), max(1, round(em * 0.06)), cv2.LINE_AA)


def _seal(rng: Rng, ink: np.ndarray, box: list[int], em: int) -> None:
    """A round seal across the line: rings, a star's sides, letters round its edge; faint where red was lifted, dark in black and white."""
    dark = rng.uniform(0.08, 0.35) if rng.random() < 0.7 else rng.uniform(0.35, 0.9)
    radius = em * rng.uniform(2.2, 3.6)
    cx, cy = rng.uniform(box[0] - radius, box[2] + radius), rng.uniform(-1.0, 1.0) * radius + (box[1] + box[3]) / 2
    layer = np.zeros_like(ink)
    thick = max(1, round(em * rng.uniform(0.05, 0.12)))
    for share in (1.0, rng.uniform(0.85, 0.94), rng.uniform(0.55, 0.68)):
        if rng.random() < 0.85:
            cv2.circle(layer, (round(cx), round(cy)), round(radius * share), 1.0, thick, cv2.LINE_AA)
    for angle in np.arange(0, 2 * np.pi, em * 0.55 / (radius * 0.78)):  # letters, as strokes across the ring
        x, y = cx + radius * 0.78 * np.cos(angle), cy + radius * 0.78 * np.sin(angle)
        for _ in range(2):
            turn, size = rng.uniform(0, np.pi), em * rng.uniform(0.12, 0.3)
            dx, dy = size * np.cos(turn), size * np.sin(turn)
            cv2.line(layer, (round(x - dx), round(y - dy)), (round(x + dx), round(y + dy)), 1.0, thick, cv2.LINE_AA)
    star = [(cx + radius * 0.35 * np.cos(a), cy + radius * 0.35 * np.sin(a)) for a in np.arange(5) * 4 * np.pi / 5 - np.pi / 2]
    cv2.polylines(layer, [np.array(star, np.int32)[:, None]], True, 1.0, thick, cv2.LINE_AA)
    if rng.random() < 0.6:
        layer *= (rng.random(ink.shape, np.float32) > rng.uniform(0.05, 0.4)).astype(np.float32)
    np.maximum(ink, layer * dark, out=ink) if rng.random() < 0.5 else np.clip(ink + layer * dark, 0, 1, out=ink)


def _signature(rng: Rng, ink: np.ndarray, box: list[int], em: int) -> None:
    """Strokes of a pen that runs over the line from a signature above it."""
    dark, thick = rng.uniform(0.25, 0.9), max(1, round(em * rng.uniform(0.04, 0.09)))
    for _ in range(int(rng.integers(1, 3))):
        x = rng.uniform(box[0], box[2])
        spots = np.cumsum(np.stack([rng.normal(0.1, 0.8, 5), rng.normal(0, 0.9, 5)], 1), 0) * em + [
            x,
            (box[1] + box[3]) / 2 - em * rng.uniform(0, 1.5),
        ]
        t = np.linspace(0, 4, 60)
        smooth = np.stack([np.interp(t, range(5), spots[:, k]) for k in (0, 1)], 1)
        smooth = cv2.GaussianBlur(smooth.astype(np.float32), (1, 15), 4)
        cv2.polylines(ink, [np.round(smooth).astype(np.int32)[:, None]], False, dark, thick, cv2.LINE_AA)


def _bent(rng: Rng, ink: np.ndarray, box: list[int], em: int) -> tuple[np.ndarray, list[int]]:
    """Turned, leant, stretched or waved a little, as skewed scans, photographs and curved sheets are; the box follows."""
    if rng.random() < 0.35:
        return ink, box
    high, wide = ink.shape
    slope, lean = rng.normal(0, 0.006), rng.normal(0, 0.04)
    slope = float(np.clip(slope, -0.35 * em / wide, 0.35 * em / wide))
    across = rng.uniform(0.86, 1.16)
    mid = (box[1] + box[3]) / 2
    matrix = np.array([[across, -lean, lean * mid], [slope, 1, -slope * wide / 2]], np.float32)
    out = cv2.warpAffine(ink, matrix, (round(wide * across) + 4, high), flags=cv2.INTER_LINEAR)
    grown = round(abs(slope) * (box[2] - box[0]) / 2)
    moved = [round(box[0] * across), box[1] - grown, round(box[2] * across), box[3] + grown]
    if rng.random() < 0.12:
        wave = rng.uniform(0.02, 0.09) * em * np.sin(np.linspace(0, rng.uniform(1, 6), out.shape[1]) + rng.uniform(0, 6))
        ys, xs = np.indices(out.shape, np.float32)
        out = cv2.remap(out, xs, ys + wave[None, :].astype(np.float32), cv2.INTER_LINEAR)
    return out, moved


def _cut(rng: Rng, gray: np.ndarray, box: list[int]) -> np.ndarray | None:
    """The crop round the line's ink, as loose or tight as boxes of an engine's words are."""
    high = max(4, box[3] - box[1])
    loose = rng.random() < 0.18  # a line that climbs is boxed with its neighbours' feet and heads
    above, below = rng.uniform(0.0, 0.45, 2) * high if loose else rng.uniform(-0.03, 0.17, 2) * high
    before, after = rng.uniform(-0.02, 0.5, 2) * high
    y0, y1 = max(0, round(box[1] - above)), min(gray.shape[0], round(box[3] + below))
    x0, x1 = max(0, round(box[0] - before)), min(gray.shape[1], round(box[2] + after))
    return gray[y0:y1, x0:x1] if y1 - y0 >= 6 and x1 - x0 >= 4 else None
