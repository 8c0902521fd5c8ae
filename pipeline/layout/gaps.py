"""Where a letter's own serial and day stand: the gap after "Số:" and the gaps after "ngày" and "tháng" (Decree 30/2020, boxes 3 and 4).

Words may be misread ("Sô", "Só:", "ngà»", "háng"), and what was written by hand may have been read as junk, glued to its neighbours, or not
at all: the print round the gap tells where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from models.page import Line, Page, Role, Word
from models.skeleton import skeleton

HEAD = 0.45  # of the page's height: number and day stand above
_LEFT = 0.45  # of the page's width: the number's label begins before, the day after
_BEHIND = 45.0  # points of a symbol that are looked at with its serial: more, and a unit's figures ("BCA-V01") are near
_LETTER = 13.0  # points: the size of a header's print
_LABEL = re.compile(r"^[^\w]{0,2}(?:[Ss5$§]\s?[oôốồổỗộóòỏõọơớöøeéêếaáàâấÁÀÉÓÒÔ06ð?°º@]|S[ỐỔÔÓO](?=[:.\d]))[´'`]?(?![A-Za-zÀ-ỹ])")
_END = re.compile(r"[/⁄](?!\d)|[-–—](?=[A-ZĐÐ]{2})|[A-ZĐÐ]{2,}")
_UNIT_FIGURES = re.compile(r"[A-ZĐÐ]{2}\W*[A-ZĐÐ]+\W?(?=\d)")
_SYMBOL = re.compile(r"[/⁄] ?[A-ZĐÐ]{2,}")
_DAY = re.compile(r"^\W{0,2}[nmh][gq][àaáâảãä](?![iìíỉĩịnmuoctp])", re.IGNORECASE)  # not Ngãi, Ngân, Ngan
_MONTH = re.compile(r"(?:t?h[áàâăaảã]n[gq]|th[áàâăaả]\w?g)", re.IGNORECASE)
_YEAR = re.compile(r"n?[ăâåaảä]m\b", re.IGNORECASE)
_FIGURES = re.compile(r"(?:19|20)\d\d\W*$")


@dataclass(frozen=True)
class Place:
    """A stretch of a line to read digits in, in points. line: its index in the page; first, last: its words, both included.

    after: the word in which the print after the gap begins (the symbol; for a date the line's last word), None where it was not seen.
    """

    line: int
    first: int
    last: int
    x0: float
    x1: float
    base: float
    after: int | None = None


def serial_place(page: Page) -> Place | None:
    """Where the letter's serial stands: the uppermost line of the head's left that has "Số" and a symbol, else one with a symbol alone,
    else the line level with the date's that is as short as a number."""
    labelled = list(_labelled(page))
    if labelled:
        return min(labelled, key=lambda p: (p.after is None, p.base))
    return min(_symbols(page), key=lambda p: p.base, default=_level_with_date(page))


def date_place(page: Page) -> Place | None:
    """Where the letter's day stands: the uppermost line of the head's right that has two of "ngày", "tháng", "năm" and the year."""
    return min(_dated(page), key=lambda p: p.base, default=None)


def _head(page: Page, role: Role) -> list[tuple[int, Line]]:
    """The head's lines of a role, with their indexes; all of the head's where none has it: the line may be too torn to be told."""
    upper = [(index, line) for index, line in enumerate(page.lines) if line.words and line.box.y0 < page.height * HEAD]
    return [(index, line) for index, line in upper if line.role is role] or upper


def _labelled(page: Page) -> Iterator[Place]:
    for index, line in _head(page, Role.NUMBER):
        for first, word in enumerate(line.words[:4]):
            if word.box.x0 > page.width * _LEFT or not _LABEL.match(word.text):
                continue
            label = _LABEL.match(word.text)
            assert label is not None
            after = _end(line, first, label.end())
            if after is None and first > 0:
                continue
            limit = word.box.x0 + 150
            last = first
            while last + 1 < len(line.words) and line.words[last + 1].box.x0 < limit and not _breaks(line, last + 1, after):
                last += 1
            right = line.words[last].box.x1
            if after is not None:
                right = min(right, _look_end(line.words[after], label.end() if after == first else 0))
            else:
                right = max(right, word.box.x0 + 75)
            yield Place(index, first, last, word.box.x0 - 3, max(right, word.box.x0 + 60) + 2, _base(line, first, last), after)
            break


def _breaks(line: Line, at: int, after: int | None) -> bool:
    """Tell whether the line's word `at` is of the other column, or of running text behind the number."""
    gap = line.words[at].box.x0 - line.words[at - 1].box.x1
    return after is not None and at > after and (gap > _LETTER or bool(re.match(r"[a-zà-ỹ]{2}", line.words[at].text)))


def _end(line: Line, first: int, label_end: int) -> int | None:
    """The word in which the symbol begins: within 150 points of the label, by a slash or capitals."""
    x0 = line.words[first].box.x0
    if _END.search(line.words[first].text, label_end):
        return first
    for at in range(first + 1, len(line.words)):
        word = line.words[at]
        if word.box.x0 > x0 + 150:
            return None
        if _END.search(word.text):
            return at
    return None


def _look_end(word: Word, start: int) -> float:
    """The x up to which a serial is looked at with the symbol that begins in a word, from its character `start` on: before its figures.

    Where a character stands is told by the share of the word before it.
    """
    found = _END.search(word.text, start)
    begins = found.start() if found else 0
    x0 = word.box.x0 + word.box.width * begins / len(word.text)
    unit = _UNIT_FIGURES.search(word.text, begins)
    return min(x0 + _BEHIND, word.box.x0 + word.box.width * unit.end() / len(word.text) - 1.0 if unit else x0 + _BEHIND)


def _symbols(page: Page) -> Iterator[Place]:
    """Lines whose label was lost: a symbol ("/QĐ-UBND") in the head's left, with no more than junk before it."""
    for index, line in _head(page, Role.NUMBER):
        for at, word in enumerate(line.words[:4]):
            found = _SYMBOL.search(word.text)
            before = " ".join(w.text for w in line.words[:at]) + word.text[: found.start()] if found else ""
            if found and word.box.x0 < page.width * _LEFT and line.box.y0 > page.height * 0.03 and not re.search(r"[A-Za-zÀ-ỹ]{4}", before):
                share = found.start() / len(word.text)
                slash = word.box.x0 + share * word.box.width
                yield Place(index, 0, at, slash - 75, min(word.box.x1, slash + 45) + 2, _base(line, 0, at), at)
                break


def _level_with_date(page: Page) -> Place | None:
    """The number is set on the date's base line: a short line there, in the other column, is the number however it was read."""
    date = date_place(page)
    if date is None:
        return None
    for index, line in _head(page, Role.NUMBER):
        box = line.box
        if index != date.line and abs(box.y1 - date.base) < 8 and box.x1 < date.x0 and 40 < box.width < 170 and len(line.words) <= 5:
            last = len(line.words) - 1
            after = next((i for i, w in enumerate(line.words) if re.search(r"[/⁄-]|[A-ZĐÐ]{2,}", w.text)), None)
            return Place(index, 0, last, box.x0 - 3, min(box.x1, box.x0 + 130) + 2, _base(line, 0, last), after)
    return None


def _dated(page: Page) -> Iterator[Place]:
    for index, line in _head(page, Role.PLACE_DAY):
        day = month = year = figures = None
        for at, word in enumerate(line.words):
            text = word.text
            if (day is None and month is None and _DAY.match(text)) or (day is None and month is None and re.search(r"\wg[àaáâ]y", text)):
                day = at
            if month is None and _MONTH.search(text) and len(text) < 12:
                month = at
            if (day is not None or month is not None) and year is None and _YEAR.search(text) and at != day:
                year = at
            if (day is not None or month is not None) and figures is None and _FIGURES.search(text):
                figures = at
        seen = [a for a in (day, month, year, figures) if a is not None]
        if len(seen) < 2 or (day is None and (month is None or figures is None)) or (year is None and figures is None):
            continue
        first = day if day is not None else month
        assert first is not None
        left = line.words[first].box.x0 - (4 if day is not None else 62)
        if left < page.width * 0.3:  # the other column, or running text
            continue
        last = max(seen)
        right = line.words[last].box.x1
        yield Place(index, first, last, left, min(right + 5, left + 200), _date_base(line, first, last), last)


def _base(line: Line, first: int, last: int) -> float:
    """The y of the base line: the foot of the print round the gap, which handwriting may overhang."""
    words = [w for w in line.words[first : last + 1] if 5 < w.box.height < 1.4 * _LETTER]
    label = line.words[first]
    if 5 < label.box.height < 1.2 * _LETTER and len(label.text) <= 4:
        feet = [label.box.y1, *(w.box.y1 - 0.8 for w in words if w is not label and re.match(r"[/⁄]?[A-ZĐÐ]{2}", w.text))]
        return median(feet)
    printed = [w.box.y1 - 0.8 for w in words if re.search(r"[/⁄][A-ZĐÐ]{2}", w.text)]
    return min(printed, default=min((w.box.y1 for w in words), default=label.box.y1 - 1.5))


def _date_base(line: Line, first: int, last: int) -> float:
    """As `_base`: years and "năm" stand on the line, "ngày" and "tháng" hang under it by a fifth of a letter."""
    feet: list[float] = []
    for word in line.words[max(0, first - 2) : last + 1]:
        if 5 < word.box.height < 1.5 * _LETTER:
            bare = skeleton(word.text)
            if re.fullmatch(r"NAM|(19|20)\d\d", bare.strip(".,;:")):
                feet.append(word.box.y1)
            elif re.fullmatch(r"NGAY|THANG", bare):
                feet.append(word.box.y1 - 0.2 * _LETTER)
    return median(feet) if feet else median(w.box.y1 for w in line.words) - 1.0


def text_between(line: Line, place: Place) -> str:
    """What the engine read in a serial's gap: between the label and the symbol."""
    whole = " ".join(w.text for w in line.words[place.first : place.last + 1])
    label = _LABEL.match(whole)
    rest = whole[label.end() :] if label else whole
    end = re.search(r"[/⁄]|[-–—](?=[A-ZĐÐ]{2})", rest)
    return rest[: end.start()].strip(" :.,…_") if end else rest.split(" ")[0].strip(" :.,…_")


def is_label(word: Word) -> bool:
    """Tell whether a word begins with "Số", however it was misread."""
    return bool(_LABEL.match(word.text))
