"""Marks of secrecy (Decree 30/2020, app. I, box 10a) as they are typed in a line, and as the name of a file bears them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from models.skeleton import nfc, skeleton
from rules.tables import rows

_LABEL = re.compile(r"\bDO MAT\s?[:=]\s?(TUYET MAT|TOI MAT|MAT)\b")
_NUMBERED = re.compile(r"^S\w?\s?[:.]?\s?\d.*?[\s(\[](TUYET MAT|TOI MAT|MAT)\W{0,2}$")
_MAT = re.compile(r"m[aâậạ]t", re.IGNORECASE)  # mặt, mất, mắt and mát are other words
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_OPEN, _SHUT = "([{<", ")]}>"
_LONGEST = 24  # letters of a line that is a mark and no more, its frame's strokes included


class TypedMark(NamedTuple):
    """mark: as the record has it; sure: in capitals alone on its line, or after "Độ mật:"; else a person is asked."""

    mark: str
    sure: bool


@cache
def _marks() -> dict[str, str]:
    """Skeleton of each mark to the mark as the record has it, the highest first: each holds the letters of the lower ones."""
    marks = [row["mark"] for row in rows("urgency_security") if row["axis"] == "security" and row["mark"]]
    return {skeleton(mark): mark for mark in reversed(marks)}


@cache
def _closed_up() -> dict[str, str]:
    return {bare.replace(" ", ""): mark for bare, mark in _marks().items()}


@cache
def raised() -> dict[str, str]:
    """The words that raise the lowest mark, which stands behind them: "TUYỆT" and its mark, "TỐI" and its."""
    *higher, lowest = _marks().values()
    return {mark.removesuffix(lowest).strip(): mark for mark in higher}


def highest_mark(text: str) -> str | None:
    """Return the highest mark whose letters stand in a stamp's text, as the record has it; None where none does.

    >>> highest_mark("ĐỘ TỐI MÂT"), highest_mark("HỎA TỐC")
    ('TỐI MẬT', None)
    """
    bare = skeleton(text)
    return next((mark for letters, mark in _marks().items() if letters in bare), None)


def typed_mark(text: str) -> TypedMark | None:
    """Return the mark of secrecy that a line is, or says of its letter; None where it says anything else.

    >>> typed_mark("M Ậ T"), typed_mark("Độ mật: Tối mật").mark, typed_mark("Mật độ"), typed_mark("Độ mật: Không")
    (TypedMark(mark='MẬT', sure=True), 'TỐI MẬT', None, None)
    """
    text = nfc(text)
    bare = skeleton(text)
    if said := _LABEL.search(bare):
        return TypedMark(_marks()[said[1]], sure=True)
    if (said := _NUMBERED.match(bare)) and text.rstrip(" .)]").endswith("T") and _MAT.search(text):
        return TypedMark(_marks()[said[1]], sure=False)
    if len(text) > _LONGEST:
        return None
    letters = re.sub(r"[\W\d_]+", "", text)
    mark = _closed_up().get(skeleton(letters))
    if mark is None or not _MAT.search(letters):
        return None
    return TypedMark(mark, sure=letters.isupper())


def named_mark(name: str) -> str | None:
    """Return the mark of secrecy in a file's name; None where it has none, or only words that hold its letters.

    >>> named_mark("CV 12 (mat).pdf"), named_mark("bao_mat.pdf"), named_mark("TUYET MAT 3.tif"), named_mark("Mat-xcơ-va.pdf")
    ('MẬT', None, 'TUYỆT MẬT', None)
    """
    stem = _parted(nfc(name))
    stem = stem[: stem.rfind(".")] if "." in stem[1:] and " " not in stem[stem.rfind(".") :] else stem
    tokens = [(found[0], found.start(), found.end()) for found in _TOKEN.finditer(stem)]
    folded = [skeleton(token) for token, _, _ in tokens]
    found = []
    for at, (token, start, end) in enumerate(tokens):
        if folded[at] in ("TUYETMAT", "TOIMAT"):
            found.append(folded[at])
        if folded[at] != "MAT" or not _MAT.fullmatch(token):
            continue
        if at and folded[at - 1] in ("TUYET", "TOI"):
            found.append(f"{folded[at - 1]}MAT")
        elif _bracketed(stem, start, end) or not any(pair in _words() for pair in pairwise(folded[max(0, at - 1) : at + 2])):
            found.append("MAT")
    return next((mark for key, mark in _closed_up().items() if key in found), None)


def _parted(name: str) -> str:
    """The name with a blank before each capital that follows a small letter."""
    return "".join(f" {char}" if char.isupper() and before.islower() else char for before, char in zip(f" {name}", name, strict=False))


def _bracketed(stem: str, start: int, end: int) -> bool:
    return stem[start - 1 : start] in (*_OPEN,) and stem[end : end + 1] in (*_SHUT,)


@cache
def _words() -> frozenset[tuple[str, str]]:
    """The skeletons of the words of two syllables that hold MAT and are no mark."""
    return frozenset((first, last) for row in rows("secrecy_words") for first, last in [skeleton(row["phrase"]).split()])
