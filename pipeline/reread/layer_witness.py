"""The number and the day of a digital page held against its pixels: digits of a text layer may lie (a font that maps them otherwise, text
under a white box, a number that is only drawn), and what people see counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.page import Box, Line, Page, Reading, Role
from models.skeleton import code, skeleton
from pipeline.layout.zones import lost_head_lines
from pipeline.recognize import Engine, OcrWord
from pipeline.recognize.ocr.engine import BLOCK, ROW, Gray
from pipeline.recognize.page_reading import Part
from rules import cues
from rules.likeness import distance

_LOOKS = (150, 300)  # dpi: the second only where the first does not say what the layer says
_ASIDE, _OVER = 6.0, 0.3  # points of white beside a line; share of its height over and under it
_LETTERS = 1.5  # how far the letters of a symbol may lie apart, look-alikes counting half
_DRAWN = re.compile(r"\d\s*/\s*[A-Z]{2}")  # a number that stands where the layer has none
_CLEAR, _CONFIDENCE = 0.7, 0.5  # how sure a look must be to deny the layer; how sure a line then is at most
_WITNESSED = (Role.NUMBER, Role.PLACE_DAY)


def contradicted(page: Page, part: Part, engine: Engine) -> dict[Role, str]:
    """Return what the text layer says in the lines of number and day, by role, where a page's pixels say otherwise in one of them.

    Empty where they agree, and where the pixels do not speak clearly. part: draws a box of the page; as `PageReading` has it.
    """
    lines = [line for role in _WITNESSED for line in page.lines if line.role is role][:4]
    drawn = [line for line in lines if line.reading is not Reading.WIDGET]  # an annotation's look is not always drawn
    if any(_denied(line, page, part, engine) for line in drawn) or _drawn_alone(page, part, engine):
        return {role: next((line.text for line in lines if line.role is role), "") for role in _WITNESSED}
    return {}


def lost_letters(page: Page) -> bool:
    """Tell whether the text layer of a digital page lost letters: a word of its motto lacks some, which nobody leaves out."""
    if page.kind != "digital":
        return False
    words = cues.motto_words()
    said = [skeleton(word.text).strip(" .,-–") for line in page.lines if line.role is Role.MOTTO for word in line.words]
    return any(len(word) > 1 and word not in words and any(_within(word, other) for other in words) for word in said)


def _within(word: str, other: str) -> bool:
    """Whether a word is another with letters left out: "OC" of "DOC"."""
    letters = iter(other)
    return len(word) < len(other) and all(letter in letters for letter in word)


def told_of(lines: Sequence[Line], layer: dict[Role, str]) -> tuple[Line, ...]:
    """Return a page's lines as they were read of its pixels, number and day doubted, each with what the text layer says instead."""
    return tuple(_told(line, layer[line.role]) if line.role in layer else line for line in lines)


def _told(line: Line, said: str) -> Line:
    words = tuple(word.model_copy(update={"confidence": min(word.confidence, _CONFIDENCE)}) for word in line.words)
    return line.model_copy(update={"words": words, "reading": Reading.AGAINST_LAYER, "readings": (line.text, said)})


def _denied(line: Line, page: Page, part: Part, engine: Engine) -> bool:
    """Whether two looks at a line, each sure of itself, read the same in it, and not what the layer has there."""
    box, over = line.box, _OVER * line.box.height
    place = Box(page.left + box.x0 - _ASIDE, box.y0 - over, page.left + box.x1 + _ASIDE, box.y1 + over)
    seen: list[str] = []
    for dpi in _LOOKS:
        words = _words(part(place, dpi), dpi, ROW, engine)
        text = " ".join(word.text for word in words)
        if _agree(line.text, text):
            return False
        if _least_sure(words, line, place.x0, 72 / dpi) < _CLEAR:
            return False
        seen.append(text)
    return _agree(*seen)


def _least_sure(words: Sequence[OcrWord], line: Line, left: float, unit: float) -> float:
    """How sure a look is of what it sees of figures: where it reads some, and where the layer has some; of its best word where nowhere."""
    spans = [(word.box.x0, word.box.x1) for word in line.words if any(char.isdigit() for char in word.text)]
    counted = []
    for word in words:
        middle = left + (word.x0 + word.x1) / 2 * unit
        if any(char.isdigit() for char in word.text) or any(x0 <= middle <= x1 for x0, x1 in spans):
            counted.append(word.confidence)
    return min(counted, default=max((word.confidence for word in words), default=0.0))


def _words(image: Gray, dpi: int, psm: int, engine: Engine) -> list[OcrWord]:
    return engine.recognize(image, dpi, psm) if min(image.shape) > 4 else []


def _agree(layer: str, seen: str) -> bool:
    """Whether two readings of a line have the same digits, and letters that readers may take for one another."""
    words = {_alike(word) for word in layer.split() if len(word) > 1 and word.isalpha()}
    seen = " ".join(re.sub(r"\d", "", word) if _alike(word) in words else word for word in seen.split())  # "1a" for the name "Ia"
    if re.sub(r"\D", "", layer) != re.sub(r"\D", "", seen):
        return False
    one, other = (re.sub(r"\d", "", code(text)) for text in (layer, seen))
    return distance(one, other, max(_LETTERS, 0.25 * len(one)), "numbers") <= max(_LETTERS, 0.25 * len(one))


def _alike(word: str) -> str:
    """A word without its marks, letters that look like figures as these."""
    return skeleton(word).strip(" .,;:").translate(str.maketrans("ILO", "110"))


def _drawn_alone(page: Page, part: Part, engine: Engine) -> bool:
    """Whether a number is seen where a letter must have it and the layer has none."""
    if any(line.role is Role.NUMBER for line in page.lines):
        return False
    rows: dict[int, list[str]] = {}
    for place in lost_head_lines(page):
        for word in _words(part(place, _LOOKS[0]), _LOOKS[0], BLOCK, engine) if place.x0 == 0 else ():
            rows.setdefault(word.line, []).append(word.text)
    seen = [skeleton(" ".join(words)) for words in rows.values()]
    return any(cues.match("number", bare) and _DRAWN.search(bare) for bare in seen)
