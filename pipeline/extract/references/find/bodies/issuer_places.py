"""Places in the names of bodies: the level word with its proper name ("huyện Tân Kỳ", "Quận 1"), the citing letter's own place, and
bodies of one kind told apart by their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.extract.references.text.folding import fold
from rules.places.groups import province_in
from rules.tables import rows

LEVEL = r"(?:tinh|thanh pho|tp\.?|t\.p|huyen|quan|thi xa|tx\.?|xa|phuong|thi tran|dac khu)"
LEVELS = {
    "tp": "thành phố", "tp.": "thành phố", "t.p": "thành phố", "thanh pho": "thành phố", "tx": "thị xã", "tx.": "thị xã",
    "thi xa": "thị xã", "tinh": "tỉnh", "huyen": "huyện", "quan": "quận", "xa": "xã", "phuong": "phường", "thi tran": "thị trấn",
    "dac khu": "đặc khu",
}  # fmt: skip
_ONE_PLACE = 0.75  # from here on two names of places are one, read badly
_PROVINCE_LEVEL = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp\.?)(?=\s)")
_CAPITAL = "[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
_NUMBERED = re.compile(r"\s(\d{1,2})(?![\w/]|\.\d|\s?-)")
_NAME = re.compile(rf"\s+(?:{_CAPITAL}[\w'’]*)(?:[\s-]+{_CAPITAL}[\w'’]*){{0,3}}")


@cache
def _provinces_by_fold() -> dict[str, str]:
    names = {re.sub(r"[\s-]+", " ", fold(r["old_name"])): r["old_name"] for r in rows("provinces")}
    return {**names, "hue": "Huế"}


@cache
def _provinces() -> re.Pattern[str]:
    order = sorted(_provinces_by_fold(), key=len, reverse=True)
    return re.compile(rf"\s+({'|'.join(n.replace(' ', '[ -]+') for n in order)})(?!\w)")


def spelled_province(name: str) -> str:
    """A body's name with the province behind its level as the table spells it: "thành phố Cân Thơ", read with a mark lost."""
    folded = fold(name)
    for level in reversed(list(_PROVINCE_LEVEL.finditer(folded))):
        known = _provinces().match(folded, level.end())
        if known and name[level.end() : known.end()].lstrip()[:1].isupper():
            proper = _provinces_by_fold()[re.sub(r"[\s-]+", " ", known[1])]
            name = f"{name[: level.end()]} {proper}{name[known.end() :]}"
    return name


def _in_small_letters(text: str, at: int, match: re.Match[str] | None) -> re.Match[str] | None:
    """The name after a level in small letters, without words that are all capitals: "tỉnh QUYẾT ĐỊNH" names no province."""
    if match and text[at - 1 : at].islower():
        for word in re.finditer(rf"{_CAPITAL}{{2,}}(?!\w)", match[0]):
            if re.search("[aeiouy]", fold(word[0])):
                return _NAME.match(text, at, match.start() + word.start())
    return match


def named_place(text: str, folded: str, at: int, level: str | None) -> tuple[str, int]:
    """The proper name that follows a level word ("tỉnh Nghệ An"): the name and where it ends."""
    known = _provinces().match(folded, at) if level in (None, "tinh", "thanh pho", "tp", "tp.") else None
    if known and text[at : known.end()].lstrip()[:1].isupper():
        return _provinces_by_fold()[re.sub(r"[\s-]+", " ", known[1])], known.end()
    numbered = _NUMBERED.match(text, at) if level in ("quan", "phuong", "xa") else None
    if numbered:
        return numbered[1], numbered.end()
    match = _in_small_letters(text, at, _NAME.match(text, at))
    if not match or len(match[0].strip()) < 2 or folded.startswith(" ve ", at):
        return "", at
    name = match[0].strip()
    if level and "-" in name and not province_in(name):
        name = name.split("-")[0].strip()
    province = province_in(name) if level in (None, "tinh", "thanh pho", "tp", "tp.") else None
    if province:
        # the capitals that follow a province's name are no part of it ("tỉnh Nghệ An Về việc")
        words = name.split()
        while len(words) > 1 and province_in(" ".join(words[:-1])) == province:
            words.pop()
        return province, text.find(words[-1], at) + len(words[-1])
    return name, at + len(match[0].rstrip())


@cache
def unit_kind(province: str) -> str:
    """ "tỉnh" or "thành phố": what a province or centrally run city is called."""
    kinds = {r["old_name"]: r["old_unit_type"] for r in rows("provinces")}
    return "tỉnh" if kinds.get(province, "tỉnh" if province != "Huế" else "") == "tỉnh" else "thành phố"


def at_home(name: str | None, letterheads: Sequence[str | None]) -> str | None:
    """An issuer named by its level alone ("Ủy ban nhân dân huyện") with the place of that level that the citing letter's head has."""
    level = re.search(rf"(?<=\s)(?:{'|'.join(dict.fromkeys(LEVELS.values()))})$", name or "")
    for letterhead in letterheads if level else ():
        if level and (own := re.search(rf"(?<=\s){level[0]}\s({_CAPITAL}.*|\d+)$", letterhead or "")):
            return f"{name} {own[1]}"
    return name


def elsewhere(one: str | None, two: str | None) -> bool:
    """Whether two issuers are the same kind of body of two places: "Ủy ban nhân dân tỉnh Bắc Ninh" and "… Hưng Yên"."""
    a, b = (re.fullmatch(rf"(.*?)\s(?:{'|'.join(dict.fromkeys(LEVELS.values()))})\s(.+)", name or "") for name in (one, two))
    return bool(a and b and fold(a[1]) == fold(b[1]) and Levenshtein.normalized_similarity(fold(a[2]), fold(b[2])) < _ONE_PLACE)


def two_bodies(one: str | None, two: str | None) -> bool:
    """Whether two issuers are surely not one: of two places, or of names that neither hold each other nor are alike."""
    if elsewhere(one, two):
        return True
    a, b = fold(one or ""), fold(two or "")
    return bool(a and b) and a not in b and b not in a and Levenshtein.normalized_similarity(a, b) < _ONE_PLACE
