"""Lines of a signature block by their ink, red or black, seals aside, as the line reader reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from models.page import Box
from pipeline.recognize.image.background import Pixels, is_bilevel, lightest, normalize_background, scaled, softened
from pipeline.recognize.image.frames import redness
from pipeline.recognize.image.inks import red_face
from pipeline.recognize.image.stamped_lines import StampedLine, stamped_lines
from pipeline.recognize.ocr.engine import Gray
from pipeline.recognize.ocr.line_cut import Cut
from pipeline.recognize.ocr.line_image import HEIGHT, line_image
from pipeline.recognize.ocr.line_reader import LineReader, LineWord
from pipeline.reread.looks import cut_out

_RED, _INKED = 40, 0.002  # how far red must outshine green and blue, of 255; the share of the block that is so where a stamp stands
_READ_DPI = 180  # a stamp's letters are larger than print's
_TIGHTER = (0.0, 0.06, -0.08)  # of its height: how much of a line is left off above and below, look by look
_SMALL = 40  # pixels: a block that is smaller holds nothing
_A4 = 595.0  # points: how wide a sheet is; a picture of one may say less


class InkLine(NamedTuple):
    """A line of one ink: its box on the page, what stands before and behind it included, and its words as several looks saw them."""

    box: Box
    looks: Sequence[Sequence[LineWord]]


def ink_lines(image: Pixels, dpi: int, block: Box, unit: float, reader: LineReader, *, red: bool, below: float) -> list[InkLine]:
    """Return the lines in red, or those in black, highest first, whose middle stands below a height (points).

    image: the upright sheet; unit: points a pixel of it; block: where the signature stands, points.
    """
    part = cut_out(image, block, unit)
    face = (_red(part) if red else _black(part)) if min(part.shape[:2]) >= _SMALL else None
    if face is None:
        return []
    face, at = scaled(face, round(dpi * min(1.0, image.shape[1] * unit / _A4)), _READ_DPI)
    unit *= part.shape[1] / face.shape[1]
    found = [stamp for stamp in stamped_lines(face, at) if _box(stamp, block, unit).middle[1] > below]
    read = reader.read([_cut(stamp, block, unit, tighter) for stamp in found for tighter in _TIGHTER])
    looks = [read[at : at + len(_TIGHTER)] for at in range(0, len(read), len(_TIGHTER))]
    return [InkLine(_box(stamp, block, unit), seen) for stamp, seen in zip(found, looks, strict=True)]


def _red(part: Pixels) -> Gray | None:
    """The red ink in black on white; None where next to nothing is red."""
    if part.ndim == 2:
        return None
    red = redness(part)
    return red_face(red) if int(np.count_nonzero(red > _RED)) >= _INKED * red.size else None


def _black(part: Pixels) -> Gray:
    if part.ndim == 3:
        return normalize_background(lightest(part))
    return softened(part) if is_bilevel(part) else normalize_background(part)


def _box(stamp: StampedLine, block: Box, unit: float) -> Box:
    return Box(block.x0 + stamp.x0 * unit, block.y0 + stamp.y0 * unit, block.x0 + stamp.x1 * unit, block.y0 + stamp.y1 * unit)


def _cut(stamp: StampedLine, block: Box, unit: float, tighter: float) -> Cut:
    """The line less a share of its height above and below (more where that is negative)."""
    rows = round(tighter * stamp.gray.shape[0])
    gray = stamp.gray[rows : stamp.gray.shape[0] - rows] if rows > 0 else np.pad(stamp.gray, ((-rows, -rows), (0, 0)), constant_values=255)
    return Cut(line_image(gray), block.x0 + stamp.x0 * unit, unit * gray.shape[0] / HEIGHT)
