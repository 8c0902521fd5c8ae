"""Capitals of names and offices: Decree 30/2020, appendix II, so far as a table can tell them (casing.tsv)."""

from __future__ import annotations

import re
from functools import cache

from models.skeleton import nfc
from rules.tables import rows

_LINK = {"và", "các", "của", "cho", "về", "thuộc", "với", "tại", "số", "trên"}


@cache
def _place() -> re.Pattern[str]:
    """What stands before a place's or a body's own name, and up to three words of it: each word takes a capital."""
    labels = "|".join(dict.fromkeys(row["label"] for row in rows("place_units")))
    return re.compile(rf"(?<!\w)((?:{labels}) )((?:\w+(?: |$)){{1,3}})")


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Each phrase in lower case and as it is written, the shortest first."""
    phrases = [row["phrase"] for row in rows("casing")]
    phrases += [row["old_name"] for row in rows("provinces")]
    phrases += [row["name"] for table in ("agencies", "departments", "bodies") for row in rows(table) if "/" not in row["name"]]
    return tuple((phrase.lower(), phrase) for phrase in sorted({nfc(phrase) for phrase in phrases}, key=len))


@cache
def _alone(phrase: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """The pattern of a phrase that is no part of a word; most are never looked for, so it is made when one is."""
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", flags)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence_case(text: str) -> str:
    """Return a name printed in capitals as running text has it: first letter, proper nouns and known phrases in capitals.

    >>> sentence_case("PHÓ CHÁNH VĂN PHÒNG")
    'Phó Chánh Văn phòng'
    >>> sentence_case("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN")
    'Ủy ban nhân dân tỉnh Nghệ An'
    >>> sentence_case("TRUNG TÂM GDNN-GDTX HUYỆN HÀM YÊN")
    'Trung tâm GDNN-GDTX huyện Hàm Yên'
    """
    low = nfc(text).lower()
    low = _place().sub(lambda m: m[1] + " ".join(_keep(w) for w in m[2].split(" ")), low)
    for key, phrase in _phrases():
        if key in low.lower():
            low = _alone(key).sub(phrase, low) if _alone(key).search(low) else _alone(key, re.IGNORECASE).sub(phrase, low)
    low = re.sub(r"(?<!\w)(\w*\d\w*|[ivxl]{2,}|[bcdđghklmnpqrstvx]{3,})(?!\w)", lambda m: m[0].upper(), low)
    return _capital(low)


def _keep(word: str) -> str:
    return word if word in _LINK else _capital(word)


def name_case(text: str) -> str:
    """Return a person's name with a capital for each of its syllables.

    >>> name_case("NGUYỄN VĂN AN")
    'Nguyễn Văn An'
    """
    return " ".join("-".join(_capital(part) for part in word.lower().split("-")) for word in nfc(text).split())
