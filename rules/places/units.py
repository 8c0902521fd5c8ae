"""The words before a place's name (place_units.tsv), and the place that closes a body's name."""

from __future__ import annotations

import re
from functools import cache

from models.skeleton import code, nfc, skeleton
from rules.casing import sentence_case
from rules.likeness import likeness
from rules.places.provinces import Province, province_in, province_like
from rules.tables import parts, rows
from rules.thresholds import threshold
from rules.words.syllables import is_syllable

_LIKE = 0.5  # how like a province's word another syllable must be to be it misread


@cache
def _labels() -> dict[str, str]:
    """Skeleton of a unit's word to the same in running text: {"TINH": "tỉnh", "TP": "thành phố", …}."""
    return {skeleton(row["printed"]): row["label"] for row in rows("place_units")}


@cache
def labels() -> tuple[str, ...]:
    """Return the units' words as running text has them: "tỉnh", "thành phố", …"""
    return tuple(dict.fromkeys(_labels().values()))


@cache
def _provincial() -> frozenset[str]:
    return frozenset(skeleton(row["printed"]) for row in rows("place_units") if row["level"] == "province")


@cache
def _unit() -> str:
    """A pattern of all units' words, over skeletons."""

    def one(row: dict[str, str]) -> str:
        barred = "|".join(f" {skeleton(word)}" for word in [*parts(row["other_words"]), *parts(row["own_bodies"])])
        return skeleton(row["printed"]) + (f"(?!{barred})" if barred else "")

    return "|".join(one(row) for row in rows("place_units"))


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!HOP TAC )({_unit()})\.?\s*(?=\w)")


@cache
def _bounded() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_unit()})\b")


@cache
def _below() -> re.Pattern[str]:
    """The words of units below a province, with their marks: "quận" is not "quản", "xã" not that of "xã hội"."""
    units = [row for row in rows("place_units") if row["level"] != "province" and row["printed"].lower() == row["label"]]
    ways = (row["label"] + "".join(rf"(?!\s+{word})" for word in parts(row["other_words"])) for row in units)
    return re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE)


def below_province(text: str) -> bool:
    """Tell whether a text with its marks names a district, a commune, or one of their kind: a city of a province's, too.

    >>> below_province("Ủy ban nhân dân thành phố Sơn La"), below_province("Ủy ban nhân dân thành phố Hà Nội")
    (True, False)
    """
    plain = nfc(text)
    return _below().search(plain) is not None or any(_within_province(plain[city.end() :]) for city in _CITY.finditer(plain))


_CITY = re.compile(r"(?<!\w)(?:thành phố|TP\.?)\s+", re.IGNORECASE)
# what follows the word where it names no city: "các tỉnh, thành phố trực thuộc Trung ương"
_NO_NAME = re.compile(r"(?:TRUC THUOC|THUOC|CO|VEN|TRONG|TREN|VA|CAC|NAY|CUA|KHAC|CON LAI)\b")


def _within_province(rest: str) -> bool:
    """Whether the name behind "thành phố" is a city's that belongs to a province."""
    bare = skeleton(rest)
    return rest[:1].isupper() and not _NO_NAME.match(bare) and not code(bare).startswith(_run_by_centre())


@cache
def _run_by_centre() -> tuple[str, ...]:
    """The cities that are as a province is, of any day, by the letters of their names."""
    old = (row["old_name"] for row in rows("provinces") if row["old_unit_type"] != "tỉnh")
    new = (row["new_name"] for row in rows("provinces_2025") if row["unit_type_20250701"] != "tỉnh")
    return tuple(dict.fromkeys([*(code(name) for name in (*old, *new)), "HCM"]))


def names_unit(text: str) -> bool:
    """Tell whether a text holds a unit's word: "ỦY BAN NHÂN DÂN XÃ", not "XÃ HỘI"."""
    return _bounded().search(skeleton(text)) is not None


def split_place(text: str) -> tuple[str, str | None, Province | None, float]:
    """Split a body's text into its stem and the place that closes it: (stem, place as named, province, likeness of its name, 0 to 1)."""
    bare = skeleton(text)
    found = [hit for hit in _word().finditer(bare) if hit.start() and hit.end() > hit.end(1)]
    if found and len(bare) == len(text):
        # the unit that stands nearest after the stem: "… TỈNH GIA LAI", "… HUYỆN CẦN GIỜ, TP. HỒ CHÍ MINH"
        hit = found[0]
        stem, unit, rest = text[: hit.start()].strip(" ,-"), hit[1], text[hit.end() :].strip(" .,-")
        label = _labels()[unit]
        if unit in _provincial():
            province = province_in(rest)
            if province and (code(province.name) in code(rest) or len(rest) < 6):
                return stem, f"{label} {province.name}", province, 1.0
            like = province_like(rest)
            if like and like[1] >= threshold("province_of_body") and not _is_another(rest, like[0].name):
                return stem, f"{label} {like[0].name}", like[0], like[1]
        return stem, f"{label} {sentence_case(f'xã {rest}')[3:]}", None, 1.0
    return _bare_province(text)


def _is_another(read: str, meant: str) -> bool:
    """Whether a name that was read is no province's misread, but another place's: "Đông Hà" is no "Đồng Nai"."""
    said, words = skeleton(read).split(" "), skeleton(meant).split(" ")
    if len(said) != len(words) or not all(is_syllable(word) for word in read.split(" ")):
        return False
    return any(likeness(one, other) < _LIKE for one, other in zip(said, words, strict=True))


def _bare_province(text: str) -> tuple[str, str | None, Province | None, float]:
    """The same for a body's text that ends with a province's name and no unit's word before it: "SỞ Y TẾ KIÊN GIANG"."""
    province = province_in(text)
    key, tail = code(province.name) if province else "", code(text)
    if province and tail.endswith(key) and len(tail) > len(key) + 3:
        words = text.split()
        for cut in range(len(words) - 1, 0, -1):
            if code(" ".join(words[cut:])) == key:
                return " ".join(words[:cut]).strip(" ,-"), province.titled(), province, 1.0
    return text, None, None, 1.0
