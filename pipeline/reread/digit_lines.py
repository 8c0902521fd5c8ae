"""A page's number line and date line with what our recognizer read in their gaps, where it is surer than the page's one reading.

Other lines come back as they were; a printed serial or day that the engine read surely is left alone. A line that was changed has the
reading DIGITS, and in it each word of digits has as its confidence the calibrated chance that all of it is right (weights/digits.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from models.page import Box, Line, Page, Reading, Role, Word
from pipeline.layout.gaps import Place, date_place, serial_place
from pipeline.recognize.digits import (
    DateReading,
    DigitReading,
    SerialReading,
    date_at,
    dates_at_a_glance,
    serial_at,
    serials_at_a_glance,
)
from pipeline.recognize.digits.ink import Image
from pipeline.reread.print_size import print_scale, resized, resized_line
from pipeline.reread.stamp_digits import mend_stamp

PRINTED = 0.88  # from this confidence the engine's reading of clean digits is taken for print well read
WORTH = 0.15  # below this ours is no reading
_TYPE = 8.0  # points by which its end may be nearer to the hyphen that was seen than its beginning
_HEAD = 0.4  # of the page's height

Glances = Callable[[Image, float, float, float, float], list[tuple[str, ...]]]

_PARTY = re.compile(
    r"\d[a-dA-D]?\s?[-–—]\s?[A-ZĐÐ][A-Za-zĐđÐ]{0,3}\s?[/⁄]\s?[A-ZĐÐ]"
)  # 368-CV/TU: only the Party's numbers have a hyphen there
_CUT = re.compile(r"[/⁄](?=[A-ZĐÐ]|(?:19|20)\d\d[/⁄])|(?<![A-ZĐÐ/⁄])[A-ZĐÐ]{2}|[/⁄]$")  # where a symbol, or the year before it, may begin


def with_digits(page: Page, image: Image, dpi: float) -> Page:
    """Return a scanned page with its number, its day and its arrival stamps mended. image: the upright page; dpi: pixels an inch."""
    if not _begins_letter(page):
        return page
    lines = list(page.lines)
    scale = print_scale(page)
    usual, fine = (page, dpi) if scale == 1 else (resized(page, 1 / scale), dpi * scale)  # as if its print had a letter's size
    serial, date = serial_place(usual), date_place(usual)
    if serial is not None and not _confirmed(_printed_serial(usual, serial), serials_at_a_glance, image, fine, serial):
        read = serial_at(image, fine, serial.x0, serial.x1, serial.base)
        held = usual.lines[serial.line]
        if read is not None and (new := number_line(held, serial, read)) is not held:
            lines[serial.line] = _back(new, scale)
    if (
        date is not None
        and _alone(usual.lines[date.line], date)
        and not _confirmed(_printed_date(usual, date), dates_at_a_glance, image, fine, date)
    ):
        held = usual.lines[date.line]
        if (new := date_line(held, date, date_at(image, fine, date.x0, date.x1, date.base))) is not held:
            lines[date.line] = _back(new, scale)
    stamps = tuple(mend_stamp(stamp, image, dpi) for stamp in page.stamps)
    same = tuple(lines) == page.lines and stamps == page.stamps
    return page if same else page.model_copy(update={"lines": tuple(lines), "stamps": stamps})


def _printed_serial(page: Page, place: Place) -> list[tuple[str, float]]:
    engine = _engine_serial(page.lines[place.line].words[place.first : place.last + 1])
    return [engine] if engine else []


def _printed_date(page: Page, place: Place) -> list[tuple[str, float]]:
    return _engine_date(page.lines[place.line].words[place.first : place.last + 1]) or []


def _confirmed(engine: Sequence[tuple[str, float]], glances: Glances, image: Image, dpi: float, place: Place) -> bool:
    """Tell whether the engine's clean print is what each network sees at a glance: a whole reading would leave the line as it is."""
    if not engine or min(sure for _, sure in engine) < PRINTED:
        return False
    said = [_bare(text) for text, _ in engine]
    return all([_bare(text) for text in seen] == said for seen in glances(image, dpi, place.x0, place.x1, place.base))


def _bare(text: str) -> str:
    return text.lstrip("0").upper()


def _back(line: Line, scale: float) -> Line:
    """A line of usual size on the page's own scale."""
    return line if scale == 1 else resized_line(line, scale)


def _begins_letter(page: Page) -> bool:
    """Whether a motto stands at the page's head: on other pages a number or date is running text."""
    return any(line.role is Role.MOTTO and line.box.y0 < _HEAD * page.height for line in page.lines)


def _alone(line: Line, place: Place) -> bool:
    """Tell whether the date stands alone: a line of running text has further words behind the year."""
    held = " ".join(w.text for w in line.words[place.first : place.last + 1])
    return len(re.findall(r"(?i)ng[àa]y", held)) <= 1 and len(line.words) - place.last <= 3 and place.last - place.first < 11


def number_line(line: Line, place: Place, read: SerialReading) -> Line:
    """The line with the serial that was read, as words "Số:", "226A", "/SYT-NVY"; unchanged where the engine's reading is better."""
    held = line.words[place.first : place.last + 1]
    engine = _engine_serial(held)
    ours = read.serial
    sure = _together(ours, engine)
    if sure is None:
        return line
    party = read.end == "-" or bool(_PARTY.search(" ".join(w.text for w in held)))
    symbol = _symbol(held, read.stop, party=party)
    base = held[0].box
    label = Word(
        text="Số:", box=Box(place.x0 + 3, base.y0, max(place.x0 + 4, ours.box.x0), base.y1), confidence=max(0.9, held[0].confidence)
    )
    serial = Word(text=ours.text, box=ours.box, confidence=sure)
    if party and symbol:  # the Party's form, 127-QĐ/TW: its hyphen goes with the serial, where no vote on the symbol loses it
        serial = serial.model_copy(update={"text": ours.text + "-"})
        symbol = (symbol[0].model_copy(update={"text": symbol[0].text.lstrip("/-–— ")}), *symbol[1:])
    return _with(line, place, (label, serial, *symbol))


def _together(ours: DigitReading, engine: tuple[str, float] | None) -> float | None:
    """The confidence of our reading beside the engine's; None where the engine's is to stay."""
    if engine is not None:
        text, confidence = engine
        if text.upper() == ours.text.upper():
            return None if confidence >= PRINTED else 1 - (1 - ours.confidence) * (1 - 0.5 * confidence)
        if confidence >= PRINTED and ours.confidence < 0.9:
            return None
        if ours.confidence < 0.6 * confidence:
            return None
    return ours.confidence if ours.confidence >= WORTH else None


def _engine_serial(words: Sequence[Word]) -> tuple[str, float] | None:
    """What the engine read in the gap where it is clean digits, and how surely."""
    found = re.match(r"^[^\w]{0,2}\S{2}\s?[:.]?\s*(\d{1,6}[a-dA-D]?)\s?[/⁄-]", " ".join(w.text for w in words))
    if not found:
        return None
    return found[1], min(w.confidence for w in words if any(c.isdigit() for c in w.text))


def _symbol(words: Sequence[Word], stop: float, *, party: bool) -> tuple[Word, ...]:
    """The words after the gap. A word that was glued to the gap's reading is cut where the recognizer saw the slash, at `stop` (points)."""
    near: list[tuple[float, int, int]] = []  # distance from the slash seen, word, character
    for at, word in enumerate(words):
        for found in _CUT.finditer(word.text, 2 if at == 0 else 0):
            x = word.box.x0 + word.box.width * found.start() / len(word.text)
            near.append((abs(x - stop), at, found.start()))
        if near and at > min(near)[1]:
            break
    if not near:
        return ()
    # a slash that the engine saw is surer than any place; in the Party's form (127-QĐ/TW) the type stands before it
    fit = [n for n in near if (words[n[1]].text[n[2]] in "/⁄") is not party]
    best, at, start = min(fit or near)
    if party:  # a type that was torn from its slash ("TB.ĐTN") is of the symbol too
        _, at, start = min((n for n in fit or near if n[0] < best + _TYPE), key=lambda n: n[1:])
    word = words[at]
    text = "/" + word.text[start:].lstrip("/⁄ ")
    x0 = min(max(word.box.x0, stop), word.box.x1 - 1)
    first = word.model_copy(update={"text": text, "box": Box(x0, word.box.y0, word.box.x1, word.box.y1)})
    return (first, *words[at + 1 :])


def date_line(line: Line, place: Place, read: DateReading) -> Line:
    """The line with day and month (and a year that the engine lost) as words of their own; unchanged where the engine's is better."""
    held = line.words[place.first : place.last + 1]
    if read.day is None or read.month is None or min(read.day.confidence, read.month.confidence) < WORTH:
        return line
    engine = _engine_date(held)
    sure = [r.confidence for r in (read.day, read.month)]
    if engine is not None:
        alike = [int(r.text) == int(text) for r, (text, _) in zip((read.day, read.month), engine[:2], strict=True)]
        if all(alike) and all(c >= PRINTED for _, c in engine[:2]):
            return line
        for i, (same, (_, confidence)) in enumerate(zip(alike, engine[:2], strict=True)):
            if same:
                sure[i] = 1 - (1 - sure[i]) * (1 - 0.5 * confidence)
            elif (confidence >= PRINTED and sure[i] < 0.9) or sure[i] < 0.6 * confidence:
                return line
    year = _year(held, read.year)
    if year is None:
        return line
    top, foot = min(w.box.y0 for w in held), max(w.box.y1 for w in held)
    names = {name: _named(held, name, read.words.get(name), Box(place.x0, top, place.x1, foot)) for name in ("ngày", "tháng", "năm")}
    day = Word(text=read.day.text, box=read.day.box, confidence=sure[0], italic=held[0].italic)
    month = Word(text=read.month.text, box=read.month.box, confidence=sure[1], italic=held[0].italic)
    return _with(line, place, (names["ngày"], day, names["tháng"], month, names["năm"], year))


def _engine_date(words: Sequence[Word]) -> list[tuple[str, float]] | None:
    """Day and month with confidences where the engine read them as clean digits."""
    found = re.search(r"(?i)ng[àa]y\s?(\d{1,2})\s?th[áa]ng\s?(\d{1,2})\s?n[ăa]m", " ".join(w.text for w in words))
    if not found or not 0 < int(found[1]) < 32 or not 0 < int(found[2]) < 13:
        return None
    return [(t, min(w.confidence for w in words if t in w.text)) for t in (found[1], found[2])]


def _year(words: Sequence[Word], read: DigitReading | None) -> Word | None:
    for word in reversed(words):
        found = re.search(r"((?:19|20)\d\d)[.,;]?$", word.text)
        if found:
            return word.model_copy(update={"text": found[1]})
    return Word(text=read.text, box=read.box, confidence=read.confidence) if read and read.confidence > 0.5 else None


def _named(words: Sequence[Word], name: str, seen: tuple[float, float] | None, around: Box) -> Word:
    """The printed word that the engine may have misread or glued; its box from the engine, else from the recognizer."""
    for word in words:
        if word.text.strip(".,:").lower() == name:
            return word.model_copy(update={"text": name})
    x0, x1 = seen or (around.x0, around.x1)
    return Word(text=name, box=Box(x0, around.y0, max(x1, x0 + 1), around.y1), confidence=0.9)


def _with(line: Line, place: Place, words: Iterable[Word]) -> Line:
    whole = (*line.words[: place.first], *words, *line.words[place.last + 1 :])
    return line.model_copy(update={"words": whole, "reading": Reading.DIGITS})
