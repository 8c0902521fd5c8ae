"""What was stamped on a scanned sheet, and which of the words read there are the stamp's and not the letter's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from models.page import Box, Stamp, Word
from models.skeleton import skeleton
from pipeline.recognize.image.background import Pixels, is_bilevel, normalize_background, roughly_scaled, without_red
from pipeline.recognize.image.frames import Region, black_regions, red_regions
from pipeline.recognize.ocr.engine import Engine, OcrWord
from pipeline.recognize.ocr.quality import is_syllable
from pipeline.recognize.stamps.arrival import how_sure, is_arrival, is_label, read_arrival
from pipeline.recognize.stamps.marks import mark_in, read_mark
from pipeline.recognize.stamps.secrecy_marks import find_secrecy

_PART = 0.62  # share of the sheet, from the top, in which stamps are looked for
_MOST = 5  # regions of a kind that are read
_PEN = 14  # by how much blue outshines red in a pen's stroke once a scanner has blurred it, of 255
_MOTTO = re.compile(r"C[OÔ]NG H|DOC LAP|HANH PHUC|DANG CONG SAN")
_LABELS = re.compile(r"^(DEN|CHUYEN|VAN DEN|CV DEN)\b|\bCHUYEN ?:")


def find_stamps(image: Pixels, dpi: int, seen: Sequence[OcrWord], factor: float, engine: Engine) -> list[tuple[Stamp, Region]]:
    """Find the arrival stamp and the marks of urgency and secrecy on an upright sheet.

    seen: the page's words, whose pixels times `factor` are the image's. Boxes of the stamps are in pixels of `image`.
    """
    found = _framed_or_red(image, dpi, seen, factor, engine)
    if not any(stamp.kind == "secrecy" for stamp, _ in found):
        found += find_secrecy(image, dpi, seen, factor, engine)
    return found


def _framed_or_red(image: Pixels, dpi: int, seen: Sequence[OcrWord], factor: float, engine: Engine) -> list[tuple[Stamp, Region]]:
    top = np.ascontiguousarray(image[: int(image.shape[0] * _PART)])
    found: list[tuple[Stamp, Region]] = []
    reds = red_regions(top, dpi)
    for region in [r for r in reds if r.framed][:_MOST] + [r for r in reds if not r.framed][:_MOST]:
        stamp = _read(top, dpi, region, engine)
        if stamp:
            found.append((stamp, region))
    if any(stamp.kind == "arrival" for stamp, _ in found) or not _looks_first(seen, top.shape[0] / factor):
        return found
    small, at = roughly_scaled(top, dpi, 150)
    hard = is_bilevel(top)
    blacks = black_regions(without_red(small) if hard else normalize_background(without_red(small)), at, hard=hard)
    for region in _likely(blacks, at)[:_MOST]:
        grown = _scaled(region, dpi / at)
        if _is_text(grown, seen, factor):
            continue
        if any(r.holds((grown.box[0] + grown.box[2]) / 2, (grown.box[1] + grown.box[3]) / 2) for _, r in found):
            continue
        stamp = _read(top, dpi, grown, engine)
        if stamp:
            found.append((stamp, grown))
    return found


def _looks_first(seen: Sequence[OcrWord], bottom: float) -> bool:
    """Tell whether this may be a letter's first page, or shows a label of an arrival stamp: only there black frames are worth a look."""
    upper = skeleton(" ".join(s.text for s in seen if s.y1 < bottom))
    return bool(_MOTTO.search(upper)) or any(_LABELS.match(skeleton(s.text)) for s in seen if s.y1 < bottom)


def _likely(regions: Sequence[Region], dpi: int) -> list[Region]:
    """Frames of the size of stamps, the leftmost and highest first; a grid of many is a table's."""
    fits = [r for r in regions if r.box[2] - r.box[0] < 72 / 25.4 * dpi]
    return sorted(fits, key=lambda r: r.box[0] + r.box[1])


def _is_text(region: Region, seen: Sequence[OcrWord], factor: float) -> bool:
    """Tell a table's cell or a ruled heading: plain words were read in it without doubt."""
    inside = [s for s in seen if region.holds((s.x0 + s.x1) / 2 * factor, (s.y0 + s.y1) / 2 * factor)]
    plain = [s for s in inside if s.confidence > 0.85 and len(s.text) > 1 and is_syllable(s.text.strip(".,;:()-").lower())]
    return len(plain) >= 4 and mark_in(" ".join(s.text for s in inside)) is None and not is_arrival([s.text for s in inside])


def _scaled(region: Region, factor: float) -> Region:
    x0, y0, x1, y1 = (round(v * factor) for v in region.box)
    return Region((x0, y0, x1, y1), region.angle, region.framed, region.red, tuple((x * factor, y * factor) for x, y in region.quad))


def _read(image: Pixels, dpi: int, region: Region, engine: Engine) -> Stamp | None:
    mm = [(region.box[i + 2] - region.box[i]) / dpi * 25.4 for i in (0, 1)]
    if region.framed and mm[0] >= 28 and mm[1] >= 13 and abs(region.angle) < 15:
        lines = read_arrival(image, dpi, region, engine)
        if lines is not None:
            return Stamp(kind="arrival", box=Box(*map(float, region.box)), lines=lines, confidence=min(how_sure(lines), default=0.0))
    if mm[1] <= 22 or abs(region.angle) > 10:
        return read_mark(image, dpi, region, engine)
    return None


def own_words(seen: Sequence[OcrWord], factor: float, image: Pixels, found: Sequence[tuple[Stamp, Region]]) -> list[OcrWord]:
    """Return the words that are the letter's own: what lies in a stamp's frame is the stamp's, but for black print that the
    frame was stamped over."""
    rows: dict[int, list[OcrWord]] = {}
    for s in seen:
        rows.setdefault(s.line, []).append(s)
    kept: list[OcrWord] = []
    for s in seen:
        x, y = (s.x0 + s.x1) / 2 * factor, (s.y0 + s.y1) / 2 * factor
        region = next((r for stamp, r in found if r.framed and r.holds(x, y) and stamp.kind != "copy"), None)
        if region is None or _printed_under(s, rows[s.line], region, factor, image):
            kept.append(s)
    return kept


def _printed_under(s: OcrWord, row: Sequence[OcrWord], region: Region, factor: float, image: Pixels) -> bool:
    """Tell whether a word inside a frame is print that runs on outside it."""
    if region.red and image.ndim == 3:
        return _is_black(s, factor, image) and s.confidence > 0.3
    if is_label(s.text) or s.confidence < 0.5:
        return False
    run = [w for w in sorted(row, key=lambda w: w.x0) if w.x0 >= s.x0]
    tall = median(w.y1 - w.y0 for w in run)
    for left, right in pairwise(run):
        if right.x0 - left.x1 > 1.5 * tall:
            run = run[: run.index(right)]
            break
    outside = [w for w in run if w.x0 * factor > region.box[2] and w.confidence > 0.6 and is_syllable(w.text.strip(".,;:"))]
    return len(outside) >= 2 and 0.6 * tall < s.y1 - s.y0 < 1.6 * tall


def _is_black(s: OcrWord, factor: float, image: Pixels) -> bool:
    """Tell black print from a blue pen and from red ink's rests by the colour of the word's darkest pixels."""
    x0, y0, x1, y1 = (int(v * factor) for v in (s.x0, s.y0, s.x1, s.y1))
    part = image[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1].reshape(-1, 3).astype(np.int16)
    if len(part) == 0:
        return False
    light = part.max(axis=1)
    dark = part[light <= np.percentile(light, 12)]
    pen = float((dark[:, 2] - dark[:, 0]).mean())
    return abs(pen) < _PEN and float(dark.max(axis=1).mean()) < 150


def in_points(stamp: Stamp, unit: float) -> Stamp:
    """Return the stamp with its boxes in points. unit: points a pixel."""

    def box(b: Box) -> Box:
        return Box(b.x0 * unit, b.y0 * unit, b.x1 * unit, b.y1 * unit)

    def word(w: Word) -> Word:
        return w.model_copy(update={"box": box(w.box)})

    lines = tuple(line.model_copy(update={"words": tuple(word(w) for w in line.words)}) for line in stamp.lines)
    return stamp.model_copy(update={"box": box(stamp.box), "lines": lines})
