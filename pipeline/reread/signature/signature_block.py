"""The signature block read again, larger and by its inks, where the page's one reading lost the signer under seal and pen.

A name is often a stamp of its own, in red or in black, and the seal and a blue pen run over it (Decree 30/2020, app. I, boxes 7a to 8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from models.page import Box, Line, Reading
from pipeline.layout.columns import reading_order
from pipeline.layout.zones import begins_capacity, says_capacity
from pipeline.recognize.image.background import Pixels, is_bilevel, lightest, normalize_background, sized, softened, without_red
from pipeline.recognize.image.frames import redness
from pipeline.recognize.image.inks import beneath_red, red_face, without_strokes
from pipeline.recognize.ocr.engine import BLOCK, SPARSE, Engine, Gray
from pipeline.recognize.ocr.quality import is_syllable
from pipeline.reread.looks import cut_out, inside, read_look, replaced, same_place, score
from pipeline.reread.signature.name_vote import Voted, names_office, office_likeness, voted

_NAME_WORD = re.compile(r"^[A-ZĐÀ-ỸƠƯĂÂÊÔ][a-zà-ỹđơưăâêô]{0,6}$")
_READ_DPI, _CLOSE_DPI = (200, 250), (225, 300)  # what is stamped is read at one of them where the other fails
_SURE, _PLAIN = 0.85, 0.7  # how sure a reading is that needs no second one; a name, by its syllables, that one reading settles
_AGREED = 0.99  # how sure a name must be on which several readings agree
_GUESSED, _SHORT = 0.35, 0.6  # how sure a name must be to be said at all; one of two syllables
_RED = 40  # how far red must outshine green and blue, of 255
_DEEP = (0.10, 0.36), (0.12, 0.45)  # of the paper's light: print is kept, a seal that was red goes


def is_sure(lines: Sequence[Line], block: Box) -> bool:
    """Tell whether a person's whole name and a capacity over it were surely read in the block."""
    held = [line for line in lines if inside(line.box, block) and line.confidence > _SURE]
    if not any(says_capacity(line) for line in held):
        return False
    name = _named([held], held, block)
    return name is not None and name.sure > _PLAIN and len(name.line.words) > 2 and name.line.text in "".join(name.line.readings)


def _is_agreed(name: Voted | None, lines: Sequence[Line], block: Box) -> bool:
    """Tell whether several readings agree on a whole name, an office or a capacity surely read over it: further ones say nothing new.

    A name of a rare syllable ("Huế") is never sure by one reading.
    """
    if name is None or name.sure < _AGREED or len(name.line.words) < 3:
        return False
    over = [line for line in lines if inside(line.box, block) and line.confidence > _SURE and line.box.y1 < name.line.box.y1]
    return any(says_capacity(line) or names_office(line, plainly=True) for line in over)


def _plainly_titled(lines: Sequence[Line], block: Box) -> bool:
    """Tell whether each line in capitals in the block was read as an office or a capacity word for word."""
    capitals = [line for line in lines if inside(line.box, block) and line.text.isupper() and len(line.text) > 2]
    return all(line.confidence > _SURE and (names_office(line, plainly=True) or begins_capacity(line)) for line in capitals)


def _is_name(line: Line) -> bool:
    words = [w.text.strip(".,;") for w in line.words if any(c.isalpha() for c in w.text)]
    tail = [w for w in words if "." not in w]
    return 2 <= len(tail) <= 5 and all(_NAME_WORD.match(w) and is_syllable(w) for w in tail) and len(words) <= 6


def read_again(image: Pixels, dpi: int, lines: Sequence[Line], block: Box, unit: float, engine: Engine) -> list[Line]:
    """Return the page's lines with the block's read anew. image: the upright sheet; unit: points a pixel of it."""
    part = cut_out(image, block, unit)
    if min(part.shape[:2]) < 40:
        return list(lines)
    own = [line for line in lines if inside(line.box, block)]
    readings: list[list[Line]] = []
    out, name = list(lines), None
    for look, psm, red in _looks(part, dpi):
        for target in _READ_DPI:
            seen = read_look(engine, (*sized(look, dpi, target), psm), block, Reading.SIGNATURE)
            readings.append([line for line in seen if not red or not _of_seal(line)])
        out = replaced(lines, block, readings, _worth, 2.0)
        name = _named([*readings, own], out, block)
        if _plainly_titled(out, block) and (is_sure(out, block) or _is_agreed(name, out, block)):
            break
    if name and (name.sure < _SURE or len(name.line.words) < 3):
        near = name.line.box
        band = Box(max(block.x0, near.x0 - 50), near.y0 - 7, min(block.x1, near.x1 + 25), near.y1 + 6)
        closer = [read_look(engine, look, band, Reading.SIGNATURE) for look in _close_looks(cut_out(image, band, unit), dpi)]
        name = _named([*readings, own, *closer], out, block) or name
    return _with_name(out, name, block) if name and name.sure > (_GUESSED if len(name.line.words) > 2 else _SHORT) else out


def _of_seal(line: Line) -> bool:
    """Tell whether a line in red is a seal's own text: in capitals, and no office that was stamped in."""
    return any(len(w.text) > 2 and w.text.isupper() for w in line.words) and not names_office(line) and not says_capacity(line)


def _named(readings: Sequence[Sequence[Line]], lines: Sequence[Line], block: Box) -> Voted | None:
    """The name that the readings agree on, below the lines of capacity."""
    over = [line.box.y1 for line in lines if inside(line.box, block) and (says_capacity(line) or names_office(line))]
    return voted(readings, max(over, default=block.y0 + 20) - 2)


def _with_name(lines: Sequence[Line], name: Voted, block: Box) -> list[Line]:
    """The lines with the name's own in place of what was read there."""
    box = name.line.box
    kept = [line for line in lines if names_office(line) or not (inside(line.box, block) and same_place(line.box, box))]
    return reading_order([*kept, name.line])


def _worth(line: Line) -> float:
    office = office_likeness(line)
    return score(line) + (2.0 if _is_name(line) else 8 * office if office > 0.8 else 0.0)


def _looks(part: Pixels, dpi: int) -> Iterator[tuple[Gray, int, bool]]:
    """The block by its inks, each made when it is asked for, with its psm: black print alone, thin of strokes; red print alone (True)."""
    if part.ndim == 3:
        black = normalize_background(lightest(part))
        yield black, BLOCK, False
        yield without_strokes(black, dpi), SPARSE, False
        red = redness(part)
        if int(np.count_nonzero(red > _RED)) > 0.002 * red.size:
            yield beneath_red(black, part, red), BLOCK, False
            yield without_strokes(red_face(red), dpi), SPARSE, True
    elif is_bilevel(part):
        gray = without_strokes(softened(part), dpi)
        yield from ((gray, psm, False) for psm in (BLOCK, SPARSE))
    else:
        yield without_strokes(normalize_background(part), dpi), SPARSE, False
        yield from ((normalize_background(part, *deep), psm, False) for deep in _DEEP for psm in (BLOCK, SPARSE))


def _close_looks(part: Pixels, dpi: int) -> list[tuple[Gray, int, int]]:
    """The name's own line, cut out and read once more, larger."""
    if min(part.shape[:2]) < 12:
        return []
    if part.ndim == 3:
        black, red = normalize_background(lightest(part)), redness(part)
        faces = [black, normalize_background(without_red(part))]
        if int(np.count_nonzero(red > _RED)) > 0.01 * red.size:
            faces += [beneath_red(black, part, red), red_face(red)]
    else:
        faces = [softened(part)] if is_bilevel(part) else [normalize_background(part), normalize_background(part, *_DEEP[0])]
    return [(*sized(face, dpi, target), BLOCK) for face in faces for target in _CLOSE_DPI]
