"""The signer's name where a seal or a pen lies on its first words: its own strip, no higher than the words that were read of it, read by
the line reader, which was taught to read through both."""

from __future__ import annotations

from collections.abc import Sequence

from models.page import Box, Line, Reading, Word
from models.skeleton import skeleton
from pipeline.layout.columns import reading_order
from pipeline.layout.zones import says_capacity
from pipeline.recognize.image.background import Pixels, is_bilevel, softened, without_red
from pipeline.recognize.ocr.line_cut import Cut
from pipeline.recognize.ocr.line_image import HEIGHT, line_image
from pipeline.recognize.ocr.line_reader import LineReader
from pipeline.reread.looks import cut_out, inside, same_place
from pipeline.reread.signature.line_names import LineName, is_read, line_of, name_of_looks
from pipeline.reread.signature.name_vote import names_office
from rules.words.syllables import is_syllable

_BEFORE, _OVER = (5.0, 6.0, 7.5), (0.0, 0.15, 0.3)  # of the words' height: how far before them the looks begin, and how far over them
_UNDER, _BEHIND = 0.15, 0.25
_READ = 0.5  # how sure a word of the name is that tells how high it is
_TALL = 1.7  # times the lowest word's height: a box that a stroke stretched


def with_sealed_name(image: Pixels, lines: Sequence[Line], block: Box, unit: float, reader: LineReader) -> list[Line]:
    """Return the page's lines with the whole of a name whose end was read under the capacity, where most looks at it say the same.

    image: the upright sheet; block: where the signature stands; unit: points a pixel of the image.
    """
    own = [line for line in lines if inside(line.box, block)]
    floor = max((line.box.y1 for line in own if says_capacity(line) or names_office(line)), default=block.y0)
    below = [line for line in own if line.box.y0 > floor - 2 and line.reading in (Reading.PAGE, Reading.SIGNATURE, Reading.NAME_VOTE)]
    if any(is_read(line) and len(line.words) > 2 for line in below):
        return list(lines)
    ends = [(line, tail) for line in below if (tail := _tail(line))]
    line, tail = max(ends, key=lambda end: (end[0].reading is Reading.NAME_VOTE, len(end[1])), default=(None, []))
    named = _named(image, tail, unit, reader) if line else None
    if line is None or named is None or skeleton(named.text) == skeleton(line.text):
        return list(lines)
    there = [other for other in own if same_place(other.box, named.box) and not (names_office(other) or says_capacity(other))]
    return reading_order([*(other for other in lines if not any(other is gone for gone in there)), line_of(named, there)])


def _tail(line: Line) -> list[Word]:
    """The words at a line's end that were read as syllables of a name."""
    tail: list[Word] = []
    for word in reversed(line.words):
        if word.confidence < _READ or not word.text[:1].isupper() or word.text.isupper() or not is_syllable(word.text):
            break
        if tail and word.box.height > _TALL * min(w.box.height for w in tail):
            break
        tail.insert(0, word)
    return tail[-2:]


def _named(image: Pixels, tail: Sequence[Word], unit: float, reader: LineReader) -> LineName | None:
    """The name that the looks stand for, where it ends as the words that were read."""
    y0, y1 = min(word.box.y0 for word in tail), max(word.box.y1 for word in tail)
    high = y1 - y0
    cuts = [
        _cut(image, Box(tail[0].box.x0 - before * high, y0 - over * high, tail[-1].box.x1 + _BEHIND * high, y1 + _UNDER * high), unit)
        for before in _BEFORE
        for over in _OVER
    ]
    named = name_of_looks(reader.read([cut for cut in cuts if cut]), y0, y1)
    return named if named and skeleton(named.words[-1].text) == skeleton(tail[-1].text) else None


def _cut(image: Pixels, zone: Box, unit: float) -> Cut | None:
    part = cut_out(image, zone, unit)
    if min(part.shape[:2]) < 6:
        return None
    gray = without_red(part)
    return Cut(line_image(softened(gray) if is_bilevel(gray) else gray), max(0.0, zone.x0), unit * part.shape[0] / HEIGHT)
