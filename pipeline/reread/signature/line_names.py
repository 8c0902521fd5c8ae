"""A person's name out of what the line reader read of a line, and the line of the page that says it.

Nothing stands beside the line reader's word where the engine reads none of it: then a person is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import takewhile
from statistics import fmean, median
from typing import NamedTuple

from models.page import Box, Line, Reading, Word
from models.skeleton import skeleton
from pipeline.recognize.ocr.line_reader import LineWord
from pipeline.reread.line_vote import agreement
from pipeline.reread.signature.name_vote import names_office
from rules.casing import name_case
from rules.likeness import likeness
from rules.persons.names import bare_name, ends_rank, follows_surname, may_follow_surname, read_name, surname_rate
from rules.persons.readings import Place, heard
from rules.words.marks import plain
from rules.words.syllables import is_syllable

_READ, _WHOLE = 0.6, 0.9  # how sure a name's words are, and how like a name it is, that needs no other look
_ALONE = 0.5  # how sure a name is at most that the line reader alone has read
_LEAST, _FAINT, _NAME = 0.45, 0.4, 0.75  # of a syllable's chance, and in script; how like a name the whole must be
_RARE = 0.8  # how like a name it is that begins with a surname which no table has, Thị or Văn behind it; or ends with such a given name
_HEARD = 0.4  # how far a look is believed at least: of script faces the line reader is seldom sure, and often right
_COMMON = 5.0  # in a thousand: a surname that tells a name
_SURELY = 0.7  # of a surname's chance, for which its capital need not be seen
_LIKE = 0.6  # how like a name a line is at least that may be one
_SHORT = 0.8  # what a name of two syllables is worth beside a longer one: its first was lost as often as not
_MOST = 5  # syllables of a name
_LOOKS, _ALIKE = 2 / 3, 0.6  # of the looks: as many must see a syllable; how like it, letter for letter, they must be in the mean
_MADE_OUT = 0.5  # how sure a syllable is at most that no look read letter for letter
_OF_PLACES = frozenset({"TP", "Tp", "phố", "tỉnh"})  # a place that bears a person's name stands behind them
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class LineName(NamedTuple):
    """A name. words: on the page, with the chance of each; said: all that the line reader read there."""

    words: tuple[Word, ...]
    said: str

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return self.words[0].box.union(self.words[-1].box)


def is_name(line: Line) -> bool:
    """Tell whether a line is as a person's name is, its given name known or not, however it was read."""
    said = read_name(line.text)
    return said is not None and said[1] >= _LIKE


def is_read(line: Line) -> bool:
    """Tell whether a line is a person's whole name, well read."""
    said = read_name(line.text)
    return said is not None and said[1] > _WHOLE and min(word.confidence for word in line.words) > _READ


def name_of_looks(looks: Sequence[Sequence[LineWord]], y0: float, y1: float, *, script: bool = False) -> LineName | None:
    """The name that several looks at one line end with, between these heights on the page: syllable by syllable what they most likely
    stand for. Titles and what a seal left before it do not belong to it; None where the looks differ. script: they may differ in its
    capitals, and be unsure, where nothing else tells a name."""
    spelt = [_spelt(words) for words in looks]
    runs: list[tuple[Word, ...]] = []
    for count in range(2, _MOST + 1):
        rows = [words[-count:] for words in spelt if len(words) >= count and _has_capitals(words[-count:])]
        led = sum(follows_surname(row[0].text) for row in rows)  # its surname stands before it
        led += sum(ends_rank(row[0].text) for row in rows)
        led += sum(
            len(words) > count and may_follow_surname(words[-count].text) and not follows_surname(words[-count].text) for words in spelt
        )
        led += sum(len(words) > count and words[-count - 1].text.strip(".,") in _OF_PLACES for words in spelt)
        if len(rows) >= _LOOKS * len(looks) and 2 * led < len(rows):
            run = tuple(_heard([row[at] for row in rows], at, count, (y0, y1), script=script) for at in range(count))
            runs += [run] if all(word.confidence for word in run) else []
    best = _best(runs, script=script)
    if best is None:
        return None
    clearest = max(looks, key=lambda words: sum(word.confidence for word in words[-len(best) :]))
    return LineName(best, " ".join(word.text for word in clearest))


def _spelt(words: Sequence[LineWord]) -> list[LineWord]:
    return [word for word in words if _LETTERS.fullmatch(word.text.strip(".,;:-"))]


def _has_capitals(run: Sequence[LineWord]) -> bool:
    """Whether words begin as those of a name do; of three and more one may not, as it was read."""
    return sum(word.text[:1].isupper() for word in run) >= max(2, len(run) - 1)


def _best(runs: Sequence[tuple[Word, ...]], *, script: bool) -> tuple[Word, ...] | None:
    """The likeliest of runs of words that are a name each, if any is."""
    best, most = None, 0.0
    for run in runs:
        text = " ".join(word.text for word in run)
        said = read_name(text)
        if (
            said is None
            or min(word.confidence for word in run) < (_FAINT if script else _LEAST)
            or bare_name(text) != text
            or follows_surname(run[0].text)
        ):
            continue
        rare = follows_surname(run[1].text) and is_syllable(run[0].text)
        rare = rare or (script and surname_rate(text) > _COMMON and is_syllable(run[-1].text))  # Ngoạn: given names are without number
        like = max(said[1], _RARE if len(run) > 2 and rare else 0.0)
        worth = like * math.prod(word.confidence for word in run) ** (1 / len(run)) * (_SHORT if len(run) == 2 else 1.0)
        if like >= _NAME and worth > most and not names_office(Line(words=run)):
            best, most = run, worth
    return best


def _place(at: int, count: int) -> Place:
    return "surname" if at == 0 else "given" if at == count - 1 else "middle"


def _heard(said: Sequence[LineWord], at: int, count: int, rows: tuple[float, float], *, script: bool) -> Word:
    """One syllable out of what the looks read in its place; its chance is 0 where they read too little of it."""
    text, chance = heard([(word.text, max(word.confidence, _HEARD * script)) for word in said], _place(at, count), script=script)
    alike = fmean(_alike(text, word.text, head=script and at == 0 and chance > _SURELY) for word in said)
    seen = fmean(dict([*word.others, (word.text, word.confidence)]).get(name_case(text), 0.0) for word in said)
    sure = min(chance, _MADE_OUT + (1 - _MADE_OUT) * seen) if alike >= _ALIKE else 0.0
    if not any(word.text[:1].isupper() for word in said):  # what stood before a small letter was hidden
        sure = min(sure, _MADE_OUT)
    box = Box(median(word.x0 for word in said), rows[0], median(word.x1 for word in said), rows[1])
    return Word(text=name_case(text), box=box._replace(x1=max(box.x1, box.x0 + 0.5)), confidence=round(sure, 3))


def _alike(text: str, read: str, *, head: bool) -> float:
    """How like a reading a syllable is, letter for letter. head: also without its capital, which script faces draw as any other."""
    one, other = skeleton(text), skeleton(read)
    return max(likeness(one, other), likeness(one[1:], other[1:]) if head else 0.0)


def line_of(name: LineName, there: Sequence[Line]) -> Line:
    """The name as a line of the page. A word is no surer than _ALONE where none of the readings that stand there says its letters, or the
    end of them: a seal hides how a name begins."""
    # what was voted out of readings by the names that are usual is no reading of its own
    heard = [text for line in there for text in (*(() if line.reading is Reading.NAME_VOTE else (line.text,)), *line.readings)]
    confirmed = any(skeleton(name.text) in skeleton(text) for text in heard)
    alone = [not confirmed and not any(_says(text.split(), name.words, back) for text in heard) for back in range(len(name.words), 0, -1)]
    words = tuple(
        word.model_copy(update={"confidence": min(word.confidence, _ALONE)}) if lone else word
        for word, lone in zip(name.words, alone, strict=True)
    )
    alike = max((agreement(text, name.text) for text in heard), default=0.0)
    return Line(words=words, reading=Reading.NAME_VOTE, readings=tuple(dict.fromkeys((name.said, *heard)))[:6], agreed=round(alike, 3))


def _says(read: Sequence[str], words: Sequence[Word], back: int) -> bool:
    """Whether a reading that ends as the name does says the word so many from its end, or how that one ends."""
    if len(read) < back or any(likeness(skeleton(read[-n]), skeleton(words[-n].text)) < _ALIKE for n in range(1, back)):
        return False
    seen, word = read[-back].strip(".,;:-"), words[-back].text
    same, marked = _same_end(skeleton(seen), skeleton(word)), _same_end(plain(seen.lower()), plain(word.lower()))
    return len(seen) <= len(word) + 1 and (same == len(word) or (same > 1 and (2 * same > len(word) or 2 * marked >= len(word) > 2)))


def _same_end(one: str, other: str) -> int:
    """How many letters two words end with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False)))
