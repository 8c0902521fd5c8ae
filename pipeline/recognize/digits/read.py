"""Serials and days that were written, stamped or set in an odd face, read from the pixels by our own recognizer (weights/digits.md)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict

from models.page import Box
from pipeline.recognize.digits import alphabet, beam, forms
from pipeline.recognize.digits.forms import Form
from pipeline.recognize.digits.ink import HEIGHT, SCALE, Image, Ink, cut, height_of
from pipeline.settings import still_engines

if TYPE_CHECKING:
    import onnxruntime

WEIGHTS = Path(__file__).parent.parent / "weights" / "digits.onnx"
_STEP = 2 / SCALE  # points a step of the recognizer
LOOKS = ((0.0, 0.0), (-1.0, -0.5), (0.9, 0.8), (-0.4, 2.0), (0.4, -2.0))  # base line and left edge moved, points: looks at a place

_PADDED = 0.1  # what a share of "0dd" counts for

_SERIAL = re.compile(r"^#?(\d{1,6}[aAbBcd]?)(?:[/-].*)?$")
_DAY = re.compile(r"^N?(\d{1,2})T")
_MONTH = re.compile(r"T(\d{1,2})(?:Y|$)")
_YEAR = re.compile(r"Y((?:19|20)\d\d)$")


class DigitReading(BaseModel):
    """Digits as they were read. text: "226A", "05"; confidence: that all of it is right, 0 to 1, calibrated; digits: that of each
    character; box: of the digits, points; others: further readings with theirs, likeliest first."""

    model_config = ConfigDict(frozen=True)

    text: str
    confidence: float
    digits: tuple[float, ...]
    box: Box
    others: tuple[tuple[str, float], ...] = ()


class Recognizer(NamedTuple):
    """The loaded network, and what its training found: the scores' temperature; slope and offset by which a share becomes a confidence."""

    session: onnxruntime.InferenceSession
    temperature: float
    slope: float
    offset: float

    def sure(self, share: float) -> float:
        """The calibrated chance that a reading is right, of the share of probability that the looks gave it."""
        share = min(max(share, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(self.slope * math.log(share / (1 - share)) + self.offset)))


@cache
def recognizer() -> Recognizer:
    """Load weights/digits.onnx once; raises onnxruntime's NoSuchFile where it is missing."""
    still_engines()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a process a core
    session = onnxruntime.InferenceSession(str(WEIGHTS), options, providers=["CPUExecutionProvider"])
    facts = session.get_modelmeta().custom_metadata_map
    return Recognizer(session, float(facts["temperature"]), float(facts.get("slope", "1")), float(facts.get("offset", "0")))


def scores_of(lines: Iterable[Ink]) -> list[beam.Scores]:
    """The recognizer's scores of each line, (steps, classes); a step is two pixels of the line."""
    session = recognizer().session
    held = list(lines)
    wide = (max((i.shape[1] for i in held), default=2) + 1) // 2 * 2
    batch = np.zeros((len(held), 1, HEIGHT, wide), np.float32)
    for row, line in enumerate(held):
        batch[row, 0, :, : line.shape[1]] = line
    said = session.run(["scores"], {"lines": batch})[0]
    return [said[row, : (line.shape[1] + 1) // 2] for row, line in enumerate(held)]


@dataclass(frozen=True)
class Looks:
    """A place looked at: the scores of each look, and where the first one saw each class (points)."""

    scores: tuple[beam.Scores, ...]
    seen: tuple[tuple[str, float, float], ...]
    box: Box

    def said(self, form: Form) -> dict[str, float]:
        """What the line may say in a form, with probabilities."""
        return said_in(self.scores, form)


def look(image: Image, dpi: float, x0: float, x1: float, base: float) -> Looks:
    """Read a stretch of a line, points; base: the y of its base line."""
    cuts = [cut(image, dpi, x0 + left, x1, base + down) for down, left in LOOKS]
    scores = scores_of(c[0] for c in cuts)
    box = cuts[0][1]
    seen = tuple((c, box.x0 + a * _STEP, box.x0 + (b + 1) * _STEP) for c, a, b in beam.spans(scores[0]))
    return Looks(scores=tuple(scores), seen=seen, box=box)


def said_in(scores: Sequence[beam.Scores], form: Form) -> dict[str, float]:
    """What several looks at one place say: the mean of their probabilities."""
    said: dict[str, float] = {}
    for score in scores:
        for text, share in beam.likely(score, recognizer().temperature, form).items():
            said[text] = said.get(text, 0.0) + share / len(scores)
    return said


def serials_in(said: dict[str, float]) -> dict[str, float]:
    """The shares of the serials among what is said; "" for what holds none. Only serials under 10 are padded (Decree 30/2020, box 3): a
    zero before two digits or more is a misread digit rather than a form that an office keeps."""
    found = _tally(said, _SERIAL)
    odd = [v for v in found if re.match(r"0\d\d", v)]
    if not odd:
        return found
    total = sum(found.values())
    weighed = {v: p * (_PADDED if v in odd else 1.0) for v, p in found.items()}
    return {v: p * total / sum(weighed.values()) for v, p in weighed.items()}


def days_in(said: dict[str, float]) -> dict[str, float]:
    """The shares of the days, 1 to 31."""
    return _tally(said, _DAY, range(1, 32))


def months_in(said: dict[str, float]) -> dict[str, float]:
    """The shares of the months, 1 to 12."""
    return _tally(said, _MONTH, range(1, 13))


def _tally(said: dict[str, float], rule: re.Pattern[str], valid: range | None = None) -> dict[str, float]:
    """Add up the probability of each value that the rule finds; of all that was said, not only of what fits."""
    found: dict[str, float] = {}
    for text, share in said.items():
        match = rule.search(text)
        value = match[1] if match else ""
        if value and valid is not None and int(value) not in valid:
            value = ""
        found[value] = found.get(value, 0.0) + share
    return found


def _reading(found: dict[str, float], seen: tuple[tuple[str, float, float], ...], box: Box, after: str, before: str) -> DigitReading | None:
    values = sorted(((v, p) for v, p in found.items() if v), key=lambda vp: -vp[1])
    if not values:
        return None
    text, confidence = values[0]
    alike = [(v, p) for v, p in values if len(v) == len(text)]
    sure = recognizer().sure
    digits = tuple(max(sure(confidence), sure(sum(p for v, p in alike if v[i] == c))) for i, c in enumerate(text))
    start = next((b for c, _, b in seen if c == after), box.x0)
    inside = [(a, b) for c, a, b in seen if (c in alphabet.DIGITS or c in alphabet.LETTERS) and a >= start - 1]
    stop = next((a for c, a, _ in seen if c in before and a > start), box.x1)
    inside = [(a, b) for a, b in inside if b <= stop + 1] or [(start, stop)]
    where = Box(inside[0][0] - 1.5, box.y0 + 3, inside[-1][1] + 1.5, box.y1 - 3)
    return DigitReading(
        text=text, confidence=sure(confidence), digits=digits, box=where, others=tuple((v, sure(p)) for v, p in values[1:4])
    )


class SerialReading(BaseModel):
    """A serial, and what ends it: "/" or "-" ("" where neither was seen), seen from x `stop` on (points)."""

    model_config = ConfigDict(frozen=True)

    serial: DigitReading
    end: str
    stop: float


def serial_at(image: Image, dpi: float, x0: float, x1: float, base: float) -> SerialReading | None:
    """The serial on a stretch of a line, points (base: the y of its base line); None where the recognizer sees none."""
    seen = look(image, dpi, x0, x1, base)
    serial = _reading(serials_in(seen.said(forms.serial)), seen.seen, seen.box, alphabet.LABEL, alphabet.SLASH + alphabet.HYPHEN)
    if serial is None:
        return None
    end, stop = next(
        ((c, a) for c, a, _ in seen.seen if c in (alphabet.SLASH, alphabet.HYPHEN) and a >= serial.box.x0), ("", serial.box.x1)
    )
    return SerialReading(serial=_as_high(serial, image, dpi, base), end=end, stop=stop)


def _as_high(read: DigitReading, image: Image, dpi: float, base: float) -> DigitReading:
    """The reading with its box as high as what is written there."""
    top, foot = height_of(image, dpi, read.box.x0, read.box.x1, base)
    return read.model_copy(update={"box": Box(read.box.x0, top, read.box.x1, foot)})


class DateReading(BaseModel):
    """Day, month and year as they were read, each None where the recognizer sees none; words: x0 and x1, points, of what was seen of
    "ngày", "tháng" and "năm"."""

    model_config = ConfigDict(frozen=True)

    day: DigitReading | None
    month: DigitReading | None
    year: DigitReading | None
    words: dict[str, tuple[float, float]] = {}


def date_at(image: Image, dpi: float, x0: float, x1: float, base: float) -> DateReading:
    """What is read on a stretch of a line, points; base: the y of its base line."""
    seen = look(image, dpi, x0, x1, base)
    said = seen.said(forms.date)
    day = _reading(days_in(said), seen.seen, seen.box, alphabet.DAY, alphabet.MONTH)
    month = _reading(months_in(said), seen.seen, seen.box, alphabet.MONTH, alphabet.YEAR)
    year = _reading(_tally(seen.said(forms.year), _YEAR), seen.seen, seen.box, alphabet.YEAR, "")
    names = {alphabet.DAY: "ngày", alphabet.MONTH: "tháng", alphabet.YEAR: "năm"}
    return DateReading(day=day, month=month, year=year, words={names[c]: (a, b) for c, a, b in seen.seen if c in names})
