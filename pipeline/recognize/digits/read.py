"""Serials and days that were written, stamped or set in an odd face, read from the pixels by two networks (weights/digits.md)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
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

WEIGHTS = tuple(Path(__file__).parent.parent / "weights" / name for name in ("digits.onnx", "digits-2.onnx"))
_STEP = 2 / SCALE  # points a step of a network
# base line and left edge moved, points: each network's looks at a place
LOOKS = (((0.0, 0.0), (0.9, 0.8), (-0.4, 2.0)), ((0.0, 0.0), (-1.0, -0.5), (0.4, -2.0)))
_LEAST = 1e-4  # of a value that a network does not name
_MOST = 0.999

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
    """A loaded network, and what its training found: the scores' temperature."""

    session: onnxruntime.InferenceSession
    temperature: float


class Judgement(NamedTuple):
    """By what the networks' joint share of a value becomes the chance that it is right (training/digits/calibrate.py)."""

    slope: float
    offset: float

    def chance(self, share: float) -> float:
        share = min(max(share, _LEAST), 1 - _LEAST)
        return 1 / (1 + math.exp(-(self.slope * math.log(share / (1 - share)) + self.offset)))


@cache
def recognizers() -> tuple[Recognizer, ...]:
    """Load the networks once; raises onnxruntime's NoSuchFile where one is missing."""
    still_engines()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a process a core
    loaded = []
    for path in WEIGHTS:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        loaded.append(Recognizer(session, float(session.get_modelmeta().custom_metadata_map["temperature"])))
    return tuple(loaded)


@cache
def judgement() -> Judgement:
    """What the calibration on drawn lines found, kept in the first network's file."""
    facts = recognizers()[0].session.get_modelmeta().custom_metadata_map
    return Judgement(float(facts["slope"]), float(facts["offset"]))


def scores_of(network: Recognizer, lines: Iterable[Ink]) -> list[beam.Scores]:
    """A network's scores of each line, (steps, classes); a step is two pixels of the line."""
    held = list(lines)
    wide = (max((i.shape[1] for i in held), default=2) + 1) // 2 * 2
    batch = np.zeros((len(held), 1, HEIGHT, wide), np.float32)
    for row, line in enumerate(held):
        batch[row, 0, :, : line.shape[1]] = line
    said = network.session.run(["scores"], {"lines": batch})[0]
    return [said[row, : (line.shape[1] + 1) // 2] for row, line in enumerate(held)]


@dataclass(frozen=True)
class Looks:
    """A place looked at: each network's scores of each of its looks, and where the first one saw each class (points)."""

    scores: tuple[tuple[beam.Scores, ...], ...]
    seen: tuple[tuple[str, float, float], ...]
    box: Box
    _said: dict[Form, list[dict[str, float]]] = field(default_factory=dict, compare=False)

    def values(self, form: Form, find: Callable[[dict[str, float]], dict[str, float]]) -> dict[str, float]:
        """The values that `find` finds in what the line may say in a form, each with the chance that it is right."""
        if form not in self._said:
            self._said[form] = [said_in(network, scores, form) for network, scores in zip(recognizers(), self.scores, strict=True)]
        shares = together([find(said) for said in self._said[form]])
        return {value: judgement().chance(share) for value, share in shares.items()}


def look(image: Image, dpi: float, x0: float, x1: float, base: float) -> Looks:
    """Read a stretch of a line, points; base: the y of its base line."""
    cuts = [[cut(image, dpi, x0 + left, x1, base + down) for down, left in looks] for looks in LOOKS]
    scores = tuple(tuple(scores_of(n, (ink for ink, _ in held))) for n, held in zip(recognizers(), cuts, strict=True))
    box = cuts[0][0][1]
    seen = tuple((c, box.x0 + a * _STEP, box.x0 + (b + 1) * _STEP) for c, a, b in beam.spans(scores[0][0]))
    return Looks(scores=scores, seen=seen, box=box)


def serials_at_a_glance(image: Image, dpi: float, x0: float, x1: float, base: float) -> list[tuple[str, ...]]:
    """What each network's first look sees of a serial on a stretch of a line ("" where none), by its best path alone: what is printed needs
    no more, and it costs a quarter of `serial_at`. All as there."""
    return _glances(image, dpi, x0, x1, base, _SERIAL)


def dates_at_a_glance(image: Image, dpi: float, x0: float, x1: float, base: float) -> list[tuple[str, ...]]:
    """What each network's first look sees of day and month, as `serials_at_a_glance` does of a serial."""
    return _glances(image, dpi, x0, x1, base, _DAY, _MONTH)


def _glances(image: Image, dpi: float, x0: float, x1: float, base: float, *rules: re.Pattern[str]) -> list[tuple[str, ...]]:
    ink, _ = cut(image, dpi, x0, x1, base)
    said = ["".join(c for c, _, _ in beam.spans(scores_of(network, [ink])[0])) for network in recognizers()]
    return [tuple(found[1] if (found := rule.search(text)) else "" for rule in rules) for text in said]


def said_in(network: Recognizer, scores: Sequence[beam.Scores], form: Form) -> dict[str, float]:
    """What a network's looks at one place say: the mean of their probabilities."""
    said: dict[str, float] = {}
    for score in scores:
        for text, share in beam.likely(score, network.temperature, form).items():
            said[text] = said.get(text, 0.0) + share / len(scores)
    return said


def together(found: Sequence[dict[str, float]]) -> dict[str, float]:
    """The shares of all networks' values together: the geometric mean, so that what one of them does not see counts for little. A value
    is told whole, its length with it; "" is none."""
    values = {value for one in found for value in one}
    joint = {v: math.exp(sum(math.log(max(one.get(v, 0.0), _LEAST)) for one in found) / len(found)) for v in values}
    total = sum(joint.values())
    return {v: share / total for v, share in joint.items() if v}


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


def years_in(said: dict[str, float]) -> dict[str, float]:
    """The shares of the years."""
    return _tally(said, _YEAR)


def _reading(found: dict[str, float], seen: tuple[tuple[str, float, float], ...], box: Box, after: str, before: str) -> DigitReading | None:
    values = sorted(found.items(), key=lambda vp: -vp[1])
    if not values:
        return None
    text, confidence = values[0]
    alike = [(v, p) for v, p in values if len(v) == len(text)]
    digits = tuple(min(_MOST, max(confidence, sum(p for v, p in alike if v[i] == c))) for i, c in enumerate(text))
    start = next((b for c, _, b in seen if c == after), box.x0)
    inside = [(a, b) for c, a, b in seen if (c in alphabet.DIGITS or c in alphabet.LETTERS) and a >= start - 1]
    stop = next((a for c, a, _ in seen if c in before and a > start), box.x1)
    inside = [(a, b) for a, b in inside if b <= stop + 1] or [(start, stop)]
    where = Box(inside[0][0] - 1.5, box.y0 + 3, inside[-1][1] + 1.5, box.y1 - 3)
    return DigitReading(text=text, confidence=confidence, digits=digits, box=where, others=tuple(values[1:4]))


class SerialReading(BaseModel):
    """A serial, and what ends it: "/" or "-" ("" where neither was seen), seen from x `stop` on (points)."""

    model_config = ConfigDict(frozen=True)

    serial: DigitReading
    end: str
    stop: float


def serial_at(image: Image, dpi: float, x0: float, x1: float, base: float) -> SerialReading | None:
    """The serial on a stretch of a line, points (base: the y of its base line); None where the recognizer sees none."""
    seen = look(image, dpi, x0, x1, base)
    serial = _reading(seen.values(forms.serial, serials_in), seen.seen, seen.box, alphabet.LABEL, alphabet.SLASH + alphabet.HYPHEN)
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
    day = _reading(seen.values(forms.date, days_in), seen.seen, seen.box, alphabet.DAY, alphabet.MONTH)
    month = _reading(seen.values(forms.date, months_in), seen.seen, seen.box, alphabet.MONTH, alphabet.YEAR)
    year = _reading(seen.values(forms.year, years_in), seen.seen, seen.box, alphabet.YEAR, "")
    names = {alphabet.DAY: "ngày", alphabet.MONTH: "tháng", alphabet.YEAR: "năm"}
    return DateReading(day=day, month=month, year=year, words={names[c]: (a, b) for c, a, b in seen.seen if c in names})
