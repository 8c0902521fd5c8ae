"""The signer's name out of several readings of one block: syllable by syllable, what most looks at the ink agree on.

A seal covers the name's left third (Decree 30/2020, app. I, box 8) and a pen runs over it: each look loses another letter of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from models.page import Box, Line, Reading, Word
from models.skeleton import skeleton
from rules import cues
from rules.casing import name_case
from rules.likeness import likeness
from rules.persons.names import bare_name
from rules.persons.offices import offices
from rules.persons.readings import UNREAD, heard

_STRANGE = re.compile(r"^[^\w]+|[^\w]+$")
_LEAST = 0.6  # of a syllable's chance, for it to speak for a name at all
_LENGTHS = {2: -0.45, 3: 0.0, 4: -0.1, 5: -0.3}  # names of three syllables are the rule; of two, a surname was most often lost
_INK = 0.35  # what a word is worth that was seen and not made out
_LIKE = 0.7  # from which a line in capitals is an office misread
_SMALL = 0.5  # how sure a syllable is at most that every look begins with a small letter: what stood before it was hidden
_SEALED = 4  # letters of a word in capitals that are no torn syllable
_TWICE = 2  # looks that read a title where a word stands: it is a piece of that
_SEEN = 0.3  # confidence of a word whose box can be believed


@dataclass(slots=True)
class _Slot:
    """Where one syllable stands, and what each look read there."""

    x0: float
    x1: float
    said: list[tuple[Word, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Voted:
    """A name that readings agree on. line: on the page, with what the looks read; sure: the chance of its least sure syllable."""

    line: Line
    sure: float


def voted(readings: Sequence[Sequence[Line]], floor: float) -> Voted | None:
    """Return the name that stands below `floor` (points) by all readings of a block; None where they have none."""
    lines = [line for reading in readings for line in reading if line.box.middle[1] > floor and _may_be(line)]
    best: tuple[float, Voted] | None = None
    tried: set[tuple[int, ...]] = set()
    for line in lines:
        level = [other for other in lines if _level(other.box, line.box)]
        titles = [word.box for other in level for word in other.words[: _title(other)] if any(map(str.isalpha, word.text))]
        for words in _runs(line, level):
            if sum(_covers(box, words[0].box) for box in titles) >= _TWICE:
                continue  # a piece of a rank or a degree that other looks read whole
            ends = tuple(round(x / 3) for word in words for x in (word.box.x0, word.box.x1))
            if ends not in tried:
                tried.add(ends)
                made = _vote(words, level)
                best = made if made and (best is None or made[0] > best[0] + 1e-6) else best
    return best[1] if best else None


def _runs(line: Line, level: Sequence[Line]) -> Iterator[list[Word]]:
    """The words of a line that may be one name, junk before it left off; and with the word before it that only another look read."""
    words = _words(line)
    for start in range(len(words) - 1):
        run = words[start : start + 6]
        if len(run) <= 5:
            yield run
    if len(words) < 5 and words:
        tall = words[0].box.height
        for word in (w for other in level for w in _words(other) if w.confidence > 0.4 and not _of_seal(w.text)):
            if 0 <= words[0].box.x0 - word.box.x1 < 1.2 * tall:
                yield [word, *words]


def names_office(line: Line, *, plainly: bool = False) -> bool:
    """Tell whether a line names an office: word for word in any letters, or (but not `plainly`) misread in capitals."""
    text = _unmarked(line).rstrip(" .,;:")
    if any(office in text and re.search(rf"\b{office}\b", text) for office in offices()):
        return True
    capitals = sum(c.isupper() for c in line.text) > 0.7 * sum(c.isalpha() for c in line.text)
    return not plainly and capitals and (text.startswith("PHO ") or _whole_likeness(text) >= _LIKE)


def office_likeness(line: Line) -> float:
    """How like an office, 0 to 1, what a line in capitals begins with is."""
    return _head_likeness(_unmarked(line)) if line.text.isupper() else 0.0


def _unmarked(line: Line) -> str:
    """A line's skeleton without the mark of capacity that it begins with, however torn."""
    bare = skeleton(line.text)
    found = cues.match("mark_torn", bare)
    return bare[found.end() :] if found else bare


@lru_cache(4096)
def _whole_likeness(text: str) -> float:
    return max(likeness(text, office) for office in offices()) if 5 < len(text) < 45 else 0.0


@lru_cache(4096)
def _head_likeness(text: str) -> float:
    return max(likeness(text[: len(office)], office) for office in offices()) if 5 < len(text) < 45 else 0.0


def _may_be(line: Line) -> bool:
    words = _words(line)
    small = sum(w.text[:1].islower() for w in words)
    clear = line.confidence > _SEEN or any(w.confidence > 0.5 and len(w.text) > 1 for w in words)
    return clear and 1 <= len(words) <= 7 and small * 2 <= len(words) and not names_office(line)


def _words(line: Line) -> list[Word]:
    """The words that may be of a name: academic titles and strokes left out."""
    words = list(line.words[_title(line) :])
    for i, (word, after) in enumerate(pairwise(words)):
        if word.box.x0 + 1 < after.box.x0 < word.box.x1:  # a pen's stroke stretched its box over the next
            words[i] = word.model_copy(update={"box": word.box._replace(x1=after.box.x0)})
    words = [w for w in words if any(c.isalpha() for c in w.text) and not _is_degree(w.text)]
    sealed = [w for w in words if _of_seal(w.text)]
    return [w for w in words if w not in sealed] if len(sealed) == 1 and _is_cased(words) else words


def _is_degree(text: str) -> bool:
    """Whether a word is a degree's letters, behind junk and however torn ("TS-LS.", "ThS"): capitals without a vowel are no syllable."""
    return sum(c.isupper() for c in text) > 1 and not any(c in "AEIOUY" for c in skeleton(text))


def _of_seal(text: str) -> bool:
    """Whether a word beside small letters is a seal's own (KIÊN of "TỈNH KIÊN GIANG"): no name is half in capitals."""
    return text.isupper() and not any(map(str.isdigit, text)) and sum(map(str.isalpha, text)) >= _SEALED


def _is_cased(words: Sequence[Word]) -> bool:
    """Whether two words at least are in small letters behind their first: a name's, and none in capitals."""
    return sum(any(map(str.islower, word.text)) for word in words) > 1


def _title(line: Line) -> int:
    """How many words at a line's beginning are titles."""
    titled = bare_name(line.text)
    return len(line.text.split()) - len(titled.split()) if line.text.endswith(titled) else 0


def _covers(title: Box, word: Box) -> bool:
    """Whether a word lies where a title was read: one that a stroke stretched over the name covers more than that."""
    return min(title.x1, word.x1) - max(title.x0, word.x0) > 0.6 * word.width and title.x1 < word.x1 + 0.3 * word.height


def _level(left: Box, right: Box) -> bool:
    overlap = min(left.y1, right.y1) - max(left.y0, right.y0)
    return overlap > 0.5 * min(left.height, right.height) and left.x0 < right.x1 and right.x0 < left.x1


def _vote(pivot: Sequence[Word], level: Sequence[Line]) -> tuple[float, Voted] | None:
    """Vote on the places of these words as the name's syllables: (worth, the name)."""
    slots = [_Slot(w.box.x0, w.box.x1) for w in pivot]
    if not 2 <= len(slots) <= 5:
        return None
    cased = _is_cased(pivot)
    for line in level:
        _spread(slots, [w for w in _words(line) if not (cased and _of_seal(w.text))])
    for slot in slots:
        starts = sorted(w.box.x0 for w, _ in slot.said if w.confidence > _SEEN)
        slot.x0 = starts[len(starts) // 4] if starts else slot.x0
    worth, least = _LENGTHS[len(slots)] - _joined(slots, level), 1.0
    words: list[Word] = []
    for place, slot in enumerate(slots):
        if not slot.said:
            return None
        tall = max(w.box.height for w, _ in slot.said)
        # ink before a word, or a gap too wide for a blank: its first letter was not made out
        start = slot.x0 + 0.45 * tall
        if place:
            start = min(start, max((w.box.x1 for w, _ in slots[place - 1].said if w.confidence > _SEEN), default=start) + 0.8 * tall)
        said = [(UNREAD * (w.box.x0 > start) + text, w.confidence) for w, text in slot.said]
        name, chance = heard(said, "surname" if place == 0 else "given" if place == len(slots) - 1 else "middle")
        sure = max((w.confidence for w, text in slot.said if text.lower() == name), default=0.0)
        support = min(1.0, sum(max(w.confidence, _INK) for w, _ in slot.said))
        worth += chance * support - _LEAST
        mine = round(chance * (0.93 + 0.07 * sure) if sure else 0.85 * chance * (0.5 + 0.5 * support), 3)
        if alike := [text for _, text in slot.said if text.lower() == name]:
            mine = mine if any(text[:1].isupper() for text in alike) else min(mine, _SMALL)
        least = min(least, mine)
        box = max((w for w, _ in slot.said), key=lambda w: w.confidence).box
        words.append(Word(text=name_case(name), box=box, confidence=mine))
    raws = dict.fromkeys(line.text for line in sorted(level, key=lambda line: -line.confidence))
    return worth, Voted(Line(words=tuple(words), reading=Reading.NAME_VOTE, readings=tuple(raws)[:5]), least)


def _joined(slots: Sequence[_Slot], level: Sequence[Line]) -> float:
    """How much speaks against these places: words, surely read, that lie over two of them, or between them over none."""
    against = 0.0
    for word in (w for line in level for w in _words(line) if w.confidence > 0.6):
        over = [min(s.x1, word.box.x1) - max(s.x0, word.box.x0) > 0.6 * (s.x1 - s.x0) for s in slots]
        between = slots[0].x1 < word.box.middle[0] < slots[-1].x0 and len(word.text) > 1
        missed = between and not any(
            min(s.x1, word.box.x1) - max(s.x0, word.box.x0) > 0.35 * min(word.box.width, s.x1 - s.x0) for s in slots
        )
        against += 0.5 * word.confidence * (sum(over) > 1 or missed)
    return against


def _spread(slots: Sequence[_Slot], words: Sequence[Word]) -> None:
    """Give each word to the slot that it overlaps most; two in one slot are one syllable torn apart."""
    held: dict[int, list[Word]] = {}
    for word in words:
        overlaps = [min(s.x1, word.box.x1) - max(s.x0, word.box.x0) for s in slots]
        at = max(range(len(slots)), key=lambda i: overlaps[i])
        if overlaps[at] > 0.35 * min(word.box.width, slots[at].x1 - slots[at].x0):
            held.setdefault(at, []).append(word)
    for at, group in held.items():
        box = group[0].box
        for word in group[1:]:
            box = box.union(word.box)
        trust = sum(w.confidence * len(w.text) for w in group) / sum(len(w.text) for w in group)
        text = "".join(_STRANGE.sub("", w.text) for w in group)
        if box.width <= 1.8 * (slots[at].x1 - slots[at].x0):
            slots[at].said.append((Word(text=text or group[0].text, box=box, confidence=trust), text))
