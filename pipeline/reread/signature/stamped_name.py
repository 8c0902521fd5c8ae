"""The signer's name where it was stamped in red, most often in a script face: read by the line reader, which was taught such faces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.page import Box, Line
from pipeline.layout.columns import reading_order
from pipeline.layout.zones import says_capacity
from pipeline.recognize.image.background import Pixels
from pipeline.recognize.image.frames import redness
from pipeline.recognize.image.inks import red_face
from pipeline.recognize.image.stamped_lines import StampedLine, stamped_lines
from pipeline.recognize.ocr.line_cut import Cut
from pipeline.recognize.ocr.line_image import HEIGHT, line_image
from pipeline.recognize.ocr.line_reader import LineReader
from pipeline.reread.looks import cut_out, inside, same_place
from pipeline.reread.signature.line_names import LineName, is_read, line_of, name_in
from pipeline.reread.signature.name_vote import names_office

_RED, _INKED = 40, 0.002  # how far red must outshine green and blue, of 255; the share of the block that is so where a stamp stands
_A4 = 595.0  # points: how wide a sheet is; a picture of one may say less


def with_stamped_name(image: Pixels, dpi: int, lines: Sequence[Line], block: Box, unit: float, reader: LineReader) -> list[Line]:
    """Return the page's lines with the name that is stamped in red under the capacity, where the page's reading has none.

    image: the upright sheet; block: where the signature stands; unit: points a pixel of the image.
    """
    own = [line for line in lines if inside(line.box, block)]
    floor = max((line.box.y1 for line in own if says_capacity(line) or names_office(line)), default=block.y0)
    part = cut_out(image, block, unit)
    if any(is_read(line) for line in own if line.box.y0 > floor - 2) or part.ndim == 2 or min(part.shape[:2]) < 40:
        return list(lines)
    red = redness(part)
    if int(np.count_nonzero(red > _RED)) < _INKED * red.size:
        return list(lines)
    scale = round(dpi * min(1.0, image.shape[1] * unit / _A4))
    found = [stamp for stamp in stamped_lines(red_face(red), scale) if block.y0 + (stamp.y0 + stamp.y1) / 2 * unit > floor]
    named = _named(found, block, unit, reader)
    if named is None:
        return list(lines)
    there = [line for line in own if same_place(line.box, named.box) and not (names_office(line) or says_capacity(line))]
    return reading_order([*(line for line in lines if not any(line is other for other in there)), line_of(named, there)])


def _named(found: Sequence[StampedLine], block: Box, unit: float, reader: LineReader) -> LineName | None:
    """The surest name among the stamped lines."""
    read = reader.read([_cut(stamp, block, unit) for stamp in found])
    names = [name_in(words, block.y0 + stamp.y0 * unit, block.y0 + stamp.y1 * unit) for stamp, words in zip(found, read, strict=True)]
    return max((name for name in names if name), key=lambda name: min(word.confidence for word in name.words), default=None)


def _cut(stamp: StampedLine, block: Box, unit: float) -> Cut:
    return Cut(line_image(stamp.gray), block.x0 + stamp.x0 * unit, unit * stamp.gray.shape[0] / HEIGHT)
