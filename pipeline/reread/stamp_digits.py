"""An arrival stamp's number and day (dấu ĐẾN, "Số: 825", "Ngày: 23/9/2022"), which a clerk writes or stamps in beside the labels."""

from __future__ import annotations

import re
from collections.abc import Callable

from models.page import Box, Line, Stamp, Word
from pipeline.recognize.digits import forms
from pipeline.recognize.digits.ink import Image
from pipeline.recognize.digits.read import Looks, look, recognizer, serials_in

BELIEVED = 0.9  # from this confidence ours takes the place of what the engine could not read
READ = 0.88  # an engine's clean reading this sure stays

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
    if tuple(lines) == stamp.lines:
        return stamp
    sure = [line.words[-1].confidence for line in lines if line.words[0].text in ("Số:", "Ngày:")]
    return stamp.model_copy(update={"lines": tuple(lines), "confidence": min(sure)})


def _mended(
    line: Line, frame: Box, image: Image, dpi: float, clean: re.Pattern[str], values_in: Callable[[Looks], dict[str, float]]
) -> Line:
    label, written = line.words[0], line.words[1:]
    engine = " ".join(w.text for w in written)
    trust = min((w.confidence for w in written), default=0.0) if clean.fullmatch(engine) else 0.0
    if trust >= READ:
        return line
    seen = look(image, dpi, label.box.x0 - 2, max(frame.x1 - 2, label.box.x1 + 30), label.box.y1)
    share, value = max(((p, v) for v, p in values_in(seen).items() if v), default=(0.0, ""))
    ours = recognizer().sure(share)
    if not value or ours < BELIEVED:
        return line
    if clean.fullmatch(engine):
        if re.sub(r"\D+", "/", engine) != re.sub(r"\D+", "/", value):
            return line  # a frame's edge hides a last digit as surely as a bad reading: the engine's stays, with its doubt
        ours = 1 - (1 - ours) * (1 - 0.5 * trust)
    box = Box(label.box.x1 + 1, label.box.y0, max(frame.x1 - 2, label.box.x1 + 2), label.box.y1)
    return line.model_copy(update={"words": (label, Word(text=value, box=box, confidence=ours))})


def _numbers(seen: Looks) -> dict[str, float]:
    return serials_in(seen.said(forms.serial))


def _dates(seen: Looks) -> dict[str, float]:
    """Dates that a calendar has, written day/month/year."""
    found: dict[str, float] = {}
    for text, share in seen.said(forms.stamped_date).items():
        match = _DATE.match(text)
        if match and 0 < int(match[1]) < 32 and 0 < int(match[2]) < 13:
            value = f"{match[1]}/{match[2]}/{match[3]}"
            found[value] = found.get(value, 0.0) + share
    return found
