"""The receiving clerk's stamp (dấu ĐẾN): printed labels in a frame, number and day written or stamped in beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from models.page import Box, Line, Reading, Word
from models.skeleton import nfc, skeleton
from pipeline.recognize.image.background import Pixels, darkest, is_bilevel, normalize_background, without_red
from pipeline.recognize.image.frames import Region, cut, redness, unframed
from pipeline.recognize.ocr.engine import BLOCK, SPARSE, Engine, Gray
from rules.confusions import as_printed

_SCALES = (200, 300, 250, 400)  # dpi: what is written is 7 to 12 points tall, and read right at one scale where it fails at another
_CLEAR = 0.8  # how sure both must be for two scales to do
_LABELS_AT = 300
_BLUE = 22  # how far blue must outshine red for an ink to be a pen's, of 255

_NUMBER = re.compile(r"^(S[OE0]?|5[O0])(\W.*)?$")
_DAY = re.compile(r"^([NHM][GH]?[AO]?[YV]|NG[AOE]\w?)(\W.*)?$")
_PASSED_ON = re.compile(r"^C[HN]UY[EÊ]?N")
_FILED = re.compile(r"\b[HB]O SO\b")  # Lưu hồ sơ số
_ARRIVED = re.compile(r"^[DĐ][EÊ]N$")
_DATE = re.compile(r"(\d{1,2})[/.\-,](\d{1,2})(?:[/.\-,](\d{4}|\d{2}))?")
_LIKE_DAY = re.compile(r"\d.{0,3}[/⁄J|].{1,4}[/⁄J|I1].{0,3}\d|\d.*[/⁄].*\d")
_SERIAL = re.compile(r"\d{1,5}")


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something read inside the frame. x, y: its middle; w, h: its size; all as shares of the frame's width and height."""

    text: str
    x: float
    y: float
    w: float
    h: float
    confidence: float


def is_arrival(texts: Sequence[str]) -> bool:
    """Tell by its words whether a frame is an arrival stamp: ĐẾN, and one of the labels Số, Ngày, Chuyển, Lưu hồ sơ; or three of these."""
    words = [w.strip(".:|[]") for text in texts for w in skeleton(text).split()]
    labels = sum(any(rule.match(w) for w in words) for rule in (_NUMBER, _DAY, _PASSED_ON)) + bool(_FILED.search(" ".join(words)))
    arrived = any(_ARRIVED.match(w) for w in words)
    return (arrived and (labels >= 1 or "CONG" in words or "CV" in words)) or labels >= 3


def is_label(text: str) -> bool:
    """Tell whether a word is one that is printed in arrival stamps."""
    bare = skeleton(text).strip("|[](){}!'_.-: ")
    return any(rule.match(bare) for rule in (_NUMBER, _DAY, _PASSED_ON, _ARRIVED))


def how_sure(lines: Sequence[Line]) -> list[float]:
    """How sure number and day of a stamp are, those that were read."""
    return [line.words[-1].confidence for line in lines if line.words[0].text in ("Số:", "Ngày:")]


def read_arrival(image: Pixels, dpi: int, region: Region, engine: Engine) -> tuple[Line, ...] | None:
    """Read the inside of a frame; None where it is no arrival stamp. Boxes of the lines are in pixels of `image`.

    The lines begin "Số:" and "Ngày:" where a number and a day were made out; the rest is as read.
    """
    inside = cut(image, region, 0.02)
    coloured = region.red and inside.ndim == 3
    at = _at(inside, dpi, _LABELS_AT)
    faces = [red_alone(at)] if coloured else [plain(at), _toned(at)]
    looks: list[list[_Mark]] = []
    for face, psm in ((face, psm) for psm in (SPARSE, BLOCK) for face in faces):
        looks.append(_marks(engine, face, _LABELS_AT, psm))
        if is_arrival([m.text for look in looks for m in look]):
            break
    labels = max(looks, key=lambda look: sum(is_label(m.text) for m in look))
    sure = is_arrival([m.text for look in looks for m in look])
    if not sure and not _sized(region, dpi):
        return None
    readings: list[list[_Mark]] = []
    for scale in _SCALES:
        readings.append(_written(engine, _at(inside, dpi, scale), scale, coloured))
        day = _day(readings, labels)
        number = _number(readings, labels, day)
        if len(readings) > 1 and number and day and day.text.count("/") == 2 and min(number.confidence, day.confidence) > _CLEAR:
            break
    if coloured and number is None and (day is None or not day.confidence):
        # what is blue may be the paper, or another's pen: a program, or a black pen, filled it in
        readings += [_marks(engine, normalize_background(without_red(_at(inside, dpi, scale))), scale, SPARSE) for scale in _SCALES]
        day = _day(readings, labels)
        number = _number(readings, labels, day)
    if not sure and not (number and day and day.text.count("/") == 2 and min(number.confidence, day.confidence) > 0.3):
        return None
    return tuple(_lines(labels, number, day, region))


def _sized(region: Region, dpi: int) -> bool:
    """Tell whether a frame measures what arrival stamps do (35 × 50 mm by Decree 30/2020, app. IV; wider ones are sold)."""
    width, height = ((region.box[i + 2] - region.box[i]) / dpi * 25.4 for i in (0, 1))
    return 32 <= width <= 66 and 15 <= height <= 52


def _at(inside: Pixels, dpi: int, target: int) -> Pixels:
    factor = target / dpi
    if 0.95 < factor < 1.05:
        return inside
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(inside, None, fx=factor, fy=factor, interpolation=how), np.uint8)


def _marks(engine: Engine, image: Gray, dpi: int, psm: int) -> list[_Mark]:
    height, width = image.shape
    return [
        _Mark(
            nfc(s.text), (s.x0 + s.x1) / 2 / width, (s.y0 + s.y1) / 2 / height, (s.x1 - s.x0) / width, (s.y1 - s.y0) / height, s.confidence
        )
        for s in engine.recognize(image, dpi, psm)
    ]


def _written(engine: Engine, image: Pixels, dpi: int, coloured: bool) -> list[_Mark]:
    """What is written into the stamp, read at one scale."""
    ink: Gray | None = None
    if coloured:
        ink = _pen_alone(image)
        if ink is None:
            ink = normalize_background(without_red(image))
    else:
        ink = plain(image)
    return _marks(engine, ink, dpi, SPARSE)


def red_alone(image: Pixels) -> Gray:
    """The red ink in black on white, all else gone."""
    return np.asarray(cv2.subtract(np.full(image.shape[:2], 255, np.uint8), cv2.convertScaleAbs(redness(image), alpha=2.0)), np.uint8)


def _pen_alone(image: Pixels) -> Gray | None:
    """What is written in blue, the letter's own black text gone; None where nothing is blue."""
    red, _, blue = cv2.split(image)
    mask = cv2.compare(cv2.subtract(blue, red), _BLUE, cv2.CMP_GT)
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), np.uint8)
    if int(np.count_nonzero(mask)) < 0.002 * mask.size:
        return None
    near = cv2.dilate(mask, np.ones((7, 7), np.uint8))
    ink = normalize_background(without_red(image))
    return np.asarray(np.where(near > 0, ink, 255), np.uint8)


def plain(inside: Pixels) -> Gray:
    """The crop in grey, levelled, its frame off."""
    return unframed(_toned(inside))


def _toned(inside: Pixels) -> Gray:
    gray = darkest(inside)
    return gray if is_bilevel(gray) else normalize_background(gray)


def _bare(text: str) -> str:
    """Strip a label that was read as one with its figure, and the dotted rule that the figure is written on."""
    text = re.sub(r"^[^\W\d]{2,}\W*(?=\d)", "", text)
    return re.sub(r"^[.…_\-:,'`~\"*]+|[.…_\-:,'`~\"*]+$", "", text)


def _as_day(text: str) -> tuple[str, float] | None:
    """Return a day as d/m/y, and 1 where its slashes were read as such, less where strokes were taken for them."""
    for spelling, weight in ((text, 1.0), (text.translate(as_printed("stamp slash")), 0.6)):
        found = _DATE.fullmatch(spelling)
        if found and 1 <= int(found[1]) <= 31 and 1 <= int(found[2]) <= 12:
            return "/".join(part for part in found.groups() if part), weight * (1.0 if found[3] else 0.4)
    return None


def _anchor(labels: Sequence[_Mark], rule: re.Pattern[str]) -> _Mark | None:
    return next((m for m in labels if rule.match(skeleton(m.text).strip("|[](){}!'_.- "))), None)


def _vote(votes: Iterable[tuple[str, float, _Mark]]) -> _Mark | None:
    """The reading with most behind it; its confidence is its share of all that was read there, times how sure the engine was."""
    tally: dict[str, list[tuple[float, _Mark]]] = {}
    for text, weight, mark in votes:
        tally.setdefault(text, []).append((weight, mark))
    if not tally:
        return None
    total = sum(w for group in tally.values() for w, _ in group)
    text, group = max(tally.items(), key=lambda item: sum(w for w, _ in item[1]))
    mark = max(group, key=lambda g: g[0])[1]
    share = sum(w for w, _ in group) / total if total else 0.0
    return replace(mark, text=text, confidence=round(share * max(m.confidence for _, m in group), 3))


def _day(readings: Sequence[Sequence[_Mark]], labels: Sequence[_Mark]) -> _Mark | None:
    label = _anchor(labels, _DAY)
    votes: list[tuple[str, float, _Mark]] = []
    for mark in (m for reading in readings for m in reading):
        day = _as_day(_bare(mark.text))
        if day and (label is None or abs(mark.y - label.y) < 0.3):
            votes.append((day[0], day[1] * max(0.05, mark.confidence), mark))
    return _vote(votes) or _unread_day(readings, label)


def _unread_day(readings: Sequence[Sequence[_Mark]], label: _Mark | None) -> _Mark | None:
    """What stands where the day does, with strokes between figures, and was not read as one: whoever reads digits by hand looks there."""
    found = [mark for reading in readings for mark in reading if _LIKE_DAY.search(mark.text) and mark.w > 0.2]
    found = [mark for mark in found if (abs(mark.y - label.y) < 0.3 if label else 0.3 < mark.y < 0.75)]
    return replace(max(found, key=lambda mark: mark.w), confidence=0.0) if found else None


def _number(readings: Sequence[Sequence[_Mark]], labels: Sequence[_Mark], day: _Mark | None) -> _Mark | None:
    """The figures level with Số; else those above the day."""
    label, day_label = _anchor(labels, _NUMBER), _anchor(labels, _DAY)
    floor = min((m.y for m in (day, day_label) if m is not None), default=0.6) - 0.08
    votes: list[tuple[str, float, _Mark]] = []
    for mark in (m for reading in readings for m in reading):
        level = abs(mark.y - label.y) < 0.22 and mark.x > label.x - 0.1 if label else mark.y < floor
        if not level:
            continue
        text = _bare(mark.text)
        for spelling, weight in ((text, 1.0), (text.translate(as_printed("stamp figures")), 0.6)):
            if _SERIAL.fullmatch(spelling):
                votes.append((spelling, weight * max(0.05, mark.confidence) * (0.5 + 0.1 * len(spelling)), mark))
                break
    return _vote(votes)


def _lines(labels: Sequence[_Mark], number: _Mark | None, day: _Mark | None, region: Region) -> list[Line]:
    made: list[Line] = []
    used: list[_Mark] = []
    for text, rule, value in (("Số:", _NUMBER, number), ("Ngày:", _DAY, day)):
        label = _anchor(labels, rule)
        if label:
            used.append(label)
        words = [_word(replace(label or value, text=text), region)] if (label or value) and value else []
        if value:
            made.append(Line(words=(*words, _word(value, region)), reading=Reading.STAMP))
    for mark in labels:
        if mark not in used and re.search(r"[^\W_]", mark.text) and mark.confidence > 0.3:
            made.append(Line(words=(_word(mark, region),), reading=Reading.STAMP))
    return made


def _word(mark: _Mark, region: Region) -> Word:
    x0, y0, x1, y1 = region.box
    width, height = x1 - x0, y1 - y0
    left, top = x0 + (mark.x - mark.w / 2) * width, y0 + (mark.y - mark.h / 2) * height
    return Word(text=mark.text, box=Box(left, top, left + mark.w * width, top + mark.h * height), confidence=mark.confidence)
