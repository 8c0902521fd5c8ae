"""An arrival stamp's number and day (dấu ĐẾN, "Số: 825", "Ngày: 23/9/2022"), which a clerk writes or stamps in beside the labels."""

from __future__ import annotations

import re
from collections.abc import Callable

from models.page import Box, Line, Reading, Stamp, Word
from pipeline.recognize.digits import forms
from pipeline.recognize.digits.ink import Image
from pipeline.recognize.digits.read import Looks, look, serials_in

BELIEVED = 0.9  # from this confidence ours takes the place of what the engine could not read
OFFERED = 0.75  # from this it is offered, with its doubt, where the engine made out nothing
READ = 0.88  # an engine's clean reading this sure stays

_TALL = (60.0, 120.0)  # points: a frame of three to five rows
_NUMBER_AT, _DAY_AT = (0.42, 0.38, 0.34, 0.26), (0.58, 0.54, 0.62, 0.5)  # of its height: where the base lines of number and day may lie
_VALUES_FROM = 0.36  # of its width: behind ĐẾN
_OVER = 4.0  # points by which a hand runs over its edge
_ROW = 12.0  # points

Values = Callable[[Looks], dict[str, float]]

_DATE = re.compile(r"^N?(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)?\d\d)$")
_CLEAN_NUMBER = re.compile(r"\d{1,6}[a-dA-D]?")
_CLEAN_DATE = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)?\d\d")


def mend_stamp(stamp: Stamp, image: Image, dpi: float) -> Stamp:
    """Return an arrival stamp with its number and day read from the upright page's pixels where that is surer than the engine's reading.

    image: RGB or grey; dpi: pixels an inch. Stamps of other kinds come back as they are.
    """
    if stamp.kind != "arrival":
        return stamp
    lines = [
        _mended(line, stamp.box, image, dpi, _CLEAN_NUMBER, _numbers)
        if line.words[0].text == "Số:"
        else _mended(line, stamp.box, image, dpi, _CLEAN_DATE, _dates)
        if line.words[0].text == "Ngày:"
        else line
        for line in stamp.lines
    ]
    lines = [*_found(stamp, image, dpi), *lines]
    if tuple(lines) == stamp.lines:
        return stamp
    sure = [line.words[-1].confidence for line in lines if line.words[0].text in ("Số:", "Ngày:")]
    return stamp.model_copy(update={"lines": tuple(lines), "confidence": min(sure)})


def _found(stamp: Stamp, image: Image, dpi: float) -> list[Line]:
    """The lines of number and day that the engine made nothing of, read where the frame has them: red labels print badly."""
    frame, held = stamp.box, {line.words[0].text for line in stamp.lines}
    if not _TALL[0] < frame.height < _TALL[1]:
        return []
    made = []
    for label, rows, values_in in (("Số:", _NUMBER_AT, _numbers), ("Ngày:", _DAY_AT, _dates)):
        if label in held:
            continue
        left = frame.x0 + _VALUES_FROM * frame.width
        best = (0.0, "", 0.0)
        for base in (frame.y0 + row * frame.height for row in rows):
            seen = values_in(look(image, dpi, left, frame.x1 + _OVER, base))
            best = max(best, max(((p, v, base) for v, p in seen.items()), default=best))
            if best[0] >= BELIEVED:
                break
        sure, value, base = best
        if sure >= OFFERED:
            sure = sure if sure >= BELIEVED else OFFERED
            name = Word(text=label, box=Box(left - 1, base - _ROW, left, base), confidence=sure)
            text = Word(text=value, box=Box(left, base - _ROW, frame.x1, base), confidence=sure)
            made.append(Line(words=(name, text), reading=Reading.STAMP))
    return made


def _mended(
    line: Line, frame: Box, image: Image, dpi: float, clean: re.Pattern[str], values_in: Callable[[Looks], dict[str, float]]
) -> Line:
    label, written = line.words[0], line.words[1:]
    engine = " ".join(w.text for w in written)
    trust = min((w.confidence for w in written), default=0.0) if clean.fullmatch(engine) else 0.0
    if trust >= READ:
        return line
    seen = look(image, dpi, label.box.x0 - 2, max(frame.x1 - 2, label.box.x1 + 30), label.box.y1)
    ours, value = max(((p, v) for v, p in values_in(seen).items()), default=(0.0, ""))
    if not value or ours < BELIEVED:
        return line
    if clean.fullmatch(engine):
        if re.sub(r"\D+", "/", engine) != re.sub(r"\D+", "/", value):
            return line  # a frame's edge hides a last digit as surely as a bad reading: the engine's stays, with its doubt
        ours = 1 - (1 - ours) * (1 - 0.5 * trust)
    box = Box(label.box.x1 + 1, label.box.y0, max(frame.x1 - 2, label.box.x1 + 2), label.box.y1)
    return line.model_copy(update={"words": (label, Word(text=value, box=box, confidence=ours))})


def _numbers(seen: Looks) -> dict[str, float]:
    return seen.values(forms.serial, serials_in)


def _dates(seen: Looks) -> dict[str, float]:
    return seen.values(forms.stamped_date, _dates_in)


def _dates_in(said: dict[str, float]) -> dict[str, float]:
    """The shares of the dates that a calendar has, written day/month/year; "" for what is none."""
    found: dict[str, float] = {}
    for text, share in said.items():
        match = _DATE.match(text)
        value = f"{match[1]}/{match[2]}/{match[3]}" if match and 0 < int(match[1]) < 32 and 0 < int(match[2]) < 13 else ""
        found[value] = found.get(value, 0.0) + share
    return found
