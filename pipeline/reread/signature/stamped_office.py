"""A deputy's office that was stamped close under his head's: the page's one reading sees the printed line alone.

The sheet was typed for the head ("GIÁM ĐỐC"); his deputy writes KT. before it and stamps "PHÓ GIÁM ĐỐC" under it, into the line and
the seal (Decree 30/2020, app. I, box 7a).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.page import Box, Line, Reading, Word
from models.skeleton import skeleton
from pipeline.layout.columns import reading_order
from pipeline.recognize.image.background import Pixels, clear, lightest, sized
from pipeline.recognize.ocr.engine import BLOCK, ROW, Engine
from pipeline.recognize.ocr.line_reader import LineReader
from pipeline.reread.looks import cut_out, inside, read_look
from pipeline.reread.signature.ink_lines import InkLine, ink_lines
from rules.likeness import likeness
from rules.persons.offices import deputies

_READ_DPI = 300
_ASIDE, _INTO, _BELOW = 40.0, (1.0, 4.5), 15.0  # points: how far the stamp may stand out at the sides, into the line, and below it
_ALIKE = 0.78
_CAPITALS = 0.7


def with_stamped_office(
    image: Pixels, dpi: int, lines: Sequence[Line], block: Box, unit: float, engine: Engine, reader: LineReader | None = None
) -> list[Line]:
    """Return the page's lines with a deputy's office read under his head's, where it stands there and was not read.

    image: the upright sheet; block: where the signature stands; unit: points a pixel of the image; reader: reads what is stamped in red.
    """
    own = [line for line in lines if inside(line.box, block)]
    flat = [re.sub(r"^\W+|\W+$", "", skeleton(line.text)) for line in own]
    if any(re.match(r"K\W?T\b", text) or any(skeleton(deputy) in text for deputy in deputies().values()) for text in flat):
        return list(lines)
    heads = [(line, head) for line, text in zip(own, flat, strict=True) if _in_capitals(line) and (head := _head_in(text))]
    if len(heads) != 1:
        return list(lines)
    line, head = heads[0]
    deputy = deputies()[head]
    for into in _INTO:
        band = Box(line.box.x0 - _ASIDE, line.box.y1 - into, line.box.x1 + 0.5 * _ASIDE, line.box.y1 + _BELOW)
        part = cut_out(image, band, unit)
        if min(part.shape[:2]) < 10:
            return list(lines)
        face = sized(clear(lightest(part)), dpi, _READ_DPI)
        for psm in (ROW, BLOCK):
            for seen in read_look(engine, (*face, psm), band, Reading.SIGNATURE):
                if _is_deputy(seen, skeleton(deputy)):
                    kept = [other for other in lines if other is line or not (inside(other.box, band) and other in own)]
                    return reading_order([*kept, _said(seen, deputy, line)])
    red = _in_red(ink_lines(image, dpi, block, unit, reader, red=True, below=line.box.y0) if reader else [], head, line.box)
    return reading_order([*lines, _said(red, deputy, line)]) if red else list(lines)


def _in_capitals(line: Line) -> bool:
    """Whether a line is printed in capitals; a pen may have left a small letter beside them."""
    letters = [c for c in line.text if c.isalpha()]
    return sum(c.isupper() for c in letters) > _CAPITALS * len(letters)


def _in_red(found: Sequence[InkLine], head: str, over: Box) -> Line | None:
    """The deputy's office in red, stamped into the head's printed one or right under it; of its first word a seal may leave nothing."""
    for red in found:
        for seen in red.looks if red.box.middle[1] < over.y1 + _BELOW else ():
            words = tuple(Word(text=w.text, box=Box(w.x0, red.box.y0, w.x1, red.box.y1), confidence=w.confidence) for w in seen)
            if words and head in skeleton(" ".join(word.text for word in words)):
                return Line(words=words, reading=Reading.SIGNATURE)
    return None


def _head_in(text: str) -> str | None:
    """The head's office that a line says, however a letter of it was misread, with no more beside it than a pen left."""
    words, best, at = text.split(), _ALIKE, None
    for head in deputies():
        size = len(head.split())
        for start in range(len(words) - size + 1):
            rest = [*words[:start], *words[start + size :]]
            alike = likeness(head, " ".join(words[start : start + size]))
            if alike >= best and all(len(word) <= 3 for word in rest) and len(rest) <= 2:
                best, at = alike, head
    return at


def _is_deputy(seen: Line, deputy: str) -> bool:
    text = re.sub(r"^\W+|\W+$", "", skeleton(seen.text))
    return text.startswith("PH") and abs(len(text) - len(deputy)) <= 3 and likeness(deputy, text) >= _ALIKE


def _said(seen: Line, deputy: str, over: Line) -> Line:
    """The deputy's office as it is spelled, set below the line that it was stamped into; what was read beside it."""
    box = seen.box
    down = max(0.0, over.box.y1 - 2 - box.y0)
    words = deputy.split()
    wide = box.width / len(words)
    y0, y1 = box.y0 + down, max(box.y1, box.y0 + down + 4)
    made = tuple(
        Word(text=text, box=Box(box.x0 + at * wide, y0, box.x0 + (at + 0.9) * wide, y1), confidence=seen.confidence)
        for at, text in enumerate(words)
    )
    return Line(words=made, reading=Reading.OFFICE, readings=(seen.text,))
