"""The signer's name where it was stamped, most often in red and in a script face: read by the line reader, which was taught such faces."""

from __future__ import annotations

from collections.abc import Sequence

from models.page import Box, Line, Reading
from models.skeleton import skeleton
from pipeline.layout.columns import reading_order
from pipeline.layout.zones import says_capacity
from pipeline.recognize.image.background import Pixels
from pipeline.recognize.ocr.line_reader import LineReader
from pipeline.reread.looks import inside, same_place
from pipeline.reread.signature.ink_lines import ink_lines
from pipeline.reread.signature.line_names import LineName, is_name, is_read, line_of, name_of_looks
from pipeline.reread.signature.name_vote import names_office


def with_stamped_name(image: Pixels, dpi: int, lines: Sequence[Line], block: Box, unit: float, reader: LineReader) -> list[Line]:
    """Return the page's lines with the name that is stamped under the capacity, in red or else in black, where the page's reading has none.

    image: the upright sheet; block: where the signature stands; unit: points a pixel of the image.
    """
    own = [line for line in lines if inside(line.box, block)]
    offices = [line.box.y1 for line in own if says_capacity(line) or names_office(line)]
    floor = max(offices, default=block.y0)
    if any(is_read(line) for line in own if line.box.y0 > floor - 2):
        return list(lines)
    names: list[LineName] = []
    script = not any(line.reading is Reading.NAME_VOTE and is_name(line) for line in own)  # what the engine's looks agree on is no script
    for red in (True, False) if offices else (True,):  # in black stands whatever a sheet says, unless an office is over it
        found = () if names else ink_lines(image, dpi, block, unit, reader, red=red, below=floor)
        names += [name for ink in found if (name := name_of_looks(ink.looks, ink.box.y0, ink.box.y1, script=script))]
    if not names:
        return list(lines)
    named = max(names, key=lambda name: min(word.confidence for word in name.words))
    if any(line.reading is Reading.NAME_VOTE and skeleton(line.text) == skeleton(named.text) for line in own):
        return list(lines)  # what several looks agreed on stands
    there = [line for line in own if same_place(line.box, named.box) and not (names_office(line) or says_capacity(line))]
    return reading_order([*(line for line in lines if not any(line is other for other in there)), line_of(named, there)])
