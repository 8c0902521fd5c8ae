"""Names of persons: what a Vietnamese name looks like (person_names.tsv), and the titles that do not belong to it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from models.repair import Repair, RepairKind
from models.skeleton import nfc, skeleton
from rules.casing import name_case
from rules.tables import rows
from rules.words.marks import plain

_RANKS = frozenset({"TA", "TUONG", "UY"})


@cache
def _syllables(kind: str) -> dict[str, tuple[str, ...]]:
    """Skeleton of a syllable to its spellings, most of a kind ("surname", "given") in the table."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows("person_names"):
        if row["kind"] == kind and row["syllable"].lower() not in found[skeleton(row["syllable"])]:
            found[skeleton(row["syllable"])].append(row["syllable"].lower())
    return {key: tuple(value) for key, value in found.items()}


@cache
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("person_titles")))


def bare_name(text: str) -> str:
    """Return a printed name without academic and military titles: "PGS.TS. Lê Văn An" → "Lê Văn An"."""
    text = re.sub(r"^[^\w]+|[^\w]+$", "", " ".join(nfc(text).split()))
    torn = text.split(" ")[:2]
    at = next((i for i, word in enumerate(torn, 1) if ends_rank(word)), 0)
    if at and len(text.split(" ")) >= at + 2:
        return " ".join(text.split(" ")[at:])
    found = _titles().match(skeleton(text))
    if found is None or found.end() >= len(text):
        return text
    rest = text[found.end() :].strip(" .,-")
    address = re.fullmatch(r"(?:ONG|BA) ", found[0])
    # Ông and Bà are a surname where no other follows: before two syllables, or before a middle name
    return text if address and (len(rest.split()) == 2 or rest.split()[0].lower() in _middles()) else rest


def ends_rank(word: str) -> bool:
    """Tell the second word of a rank (Thượng tá, Thiếu tướng, Đại úy), whose first a stroke may hide: in small letters it is no surname.

    >>> ends_rank("tá"), ends_rank("Tạ")
    (True, False)
    """
    return word[:1].islower() and skeleton(word) in _RANKS


@cache
def _middles() -> frozenset[str]:
    """Syllables that follow a surname far more often than they are one."""
    middles = [row for row in rows("person_names") if row["kind"] == "middle"]
    syllables = ((row["syllable"].lower(), float(row["per_mille"])) for row in middles)
    return frozenset(syllable for syllable, rate in syllables if rate > 10 * _rates().get(syllable, 0.0))


def follows_surname(syllable: str) -> bool:
    """Tell whether a syllable (Thị, Văn) stands behind a surname far more often than it is one."""
    return syllable.lower() in _middles()


def may_follow_surname(syllable: str) -> bool:
    """Tell the same of one whose marks were lost (Thi), where something stands before it.

    >>> may_follow_surname("Thi"), may_follow_surname("Kim")
    (True, False)
    """
    return skeleton(syllable) in {skeleton(middle) for middle in _middles()}


@cache
def _rates() -> dict[str, float]:
    return {row["syllable"].lower(): float(row["per_mille"] or 0) for row in rows("person_names") if row["kind"] == "surname"}


def surname_rate(name: str) -> float:
    """How many in a thousand bear the surname that a name begins with; 0 where the table has none such or no figure for it."""
    return _rates().get(name.split()[0].lower(), 0.0) if name.split() else 0.0


def said_once(words: list[str]) -> list[str]:
    """A name's syllables without a surname that was read twice, its first letters under a pen's stroke: "Lê Lê Văn An"."""
    return words[1:] if len(words) > 3 and words[0].lower() == words[1].lower() else words


def read_name(text: str, typed: bool = False) -> tuple[str, float, tuple[Repair, ...]] | None:
    """Read a signer's name out of `text`, a line. Returns (name, how like a name it is from 0 to 1, repairs); None where it is no name.

    A name has two to six syllables, the first a surname. A surname whose marks were misread takes the only spelling that the table
    has; so does a later syllable. What no table has stays as read and lowers the figure. typed: whether `text` is no reading of pixels:
    then nothing was misread, and a spelling that no table has is a rare one ("Giàng A Sính").
    """
    name = bare_name(text)
    words = [re.sub(r"[^\w'-]", "", word) for word in name.split()]
    words = [word for word in words if word]
    if not 2 <= len(words) <= 6 or any(char.isdigit() for char in name):
        return None
    if not name.isupper() and sum(word[:1].isupper() for word in words) < len(words) - 1:
        return None
    trust, repairs, out = 1.0, list[Repair](), list[str]()
    if (once := said_once(words)) != words:
        words = once
        repairs.append(Repair(RepairKind.NAME, name, name_case(" ".join(words))))
        trust -= 0.2
    for place, word in enumerate(words):
        kinds = ("surname",) if place == 0 else ("given", "middle", "surname")
        low = plain(word.lower())
        spellings = tuple(dict.fromkeys(plain(s) for kind in kinds for s in _syllables(kind).get(skeleton(word), ())))
        if low in spellings:
            out.append(word)
        elif len(spellings) == 1 and not typed:
            out.append(spellings[0])
            repairs.append(Repair(RepairKind.NAME, word, name_case(spellings[0])))
            trust -= 0.12 if place == 0 else 0.2
        elif spellings:
            out.append(word)
            trust -= 0.3
        else:
            out.append(word)
            trust -= 0.5 if place == 0 else 0.35
    return name_case(" ".join(out)), max(trust, 0.0), tuple(repairs)
