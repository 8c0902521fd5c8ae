"""The bodies that the tables know: by name, by the words that their names begin with, and by the abbreviations in numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from models.skeleton import code, nfc, skeleton
from rules.likeness import nearest
from rules.places.units import split_place
from rules.tables import parts, rows
from rules.thresholds import threshold


@cache
def _heads() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["kind"]) for row in rows("issuer_heads"))


@cache
def _short() -> tuple[tuple[re.Pattern[str], str], ...]:
    ordered = sorted(rows("issuer_abbreviations"), key=lambda row: -len(row["short"]))
    return tuple((re.compile(rf"(?<![\w&]){re.escape(row['short'])}(?![\w&])\.?"), row["long"].upper()) for row in ordered)


@cache
def catalogue() -> dict[str, str]:
    """Names that the tables know by their skeleton's letters: ministries, central and Party bodies, departments without place."""
    found: dict[str, str] = {}
    for table in ("agencies", "departments", "bodies"):
        for row in rows(table):
            for name in row["name"].split(" / "):
                plain = _placeless(nfc(name))
                found.setdefault(code(plain), plain)
    return found


def named_alike(text: str) -> Collection[str]:
    """Return the letters of the tables' names that `text` may be a misreading of: a phòng, chi cục or ban is no ministry of its name."""
    return _by_head().get(skeleton(text).split(" ")[0], ()) if kind_of(text) else catalogue()


@cache
def _by_head() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, name in catalogue().items():
        found.setdefault(skeleton(name).split(" ")[0], []).append(key)
    return {head: tuple(keys) for head, keys in found.items()}


def _placeless(name: str) -> str:
    """A name of the tables without what stands for its place: "Công an tỉnh" → "Công an"."""
    return re.sub(r" (?:tỉnh|\(.*\))$", "", name)


@cache
def needing_place() -> frozenset[str]:
    """The skeletons of bodies whose name without its place would not tell them apart."""
    return frozenset(skeleton(row["name"]) for row in rows("bodies") if row["needs_place"])


@cache
def kinds_of_every_place() -> frozenset[str]:
    """The kinds of body that every province, district or commune has."""
    return frozenset(row["kind"] for row in rows("body_kinds") if row["every_place"])


@cache
def kinds_that_complete() -> frozenset[str]:
    """The kinds of body whose name completes a line above that names none by itself."""
    return frozenset(row["kind"] for row in rows("body_kinds") if row["joins_line_above"])


@cache
def kinds_of_equal_rank() -> frozenset[str]:
    """The kinds of body that issue together with one another ("BỘ Y TẾ - BỘ TÀI CHÍNH"); one of another kind after a dash is under it."""
    return frozenset(row["kind"] for row in rows("body_kinds") if row["issues_jointly"])


def kind_of(text: str) -> str | None:
    """Return the kind of body whose name `text` begins ("department", "committee", …), or None."""
    bare = re.sub(r"^\W+", "", skeleton(text))
    return next((kind for pattern, kind in _heads() if pattern.search(bare)), None)


def without_debris(text: str) -> str:
    """Return a line without the strokes of a stamp or pen before a body's name: "-Ý _UBND TỈNH" → "UBND TỈNH"."""
    words = nfc(text).replace("_", " ").split()
    for at in range(1, min(4, len(words))):
        rest = " ".join(words[at:])
        if all(len(code(word)) < 2 for word in words[:at]) and kind_of(rest):
            return rest
    return text


def expand(text: str) -> str:
    """Write out the abbreviations of an issuer block: "UBND TỈNH" → "ỦY BAN NHÂN DÂN TỈNH"."""
    text = nfc(text).replace("_", " ")
    for pattern, long in _short():
        text = pattern.sub(f"{long} ", text)
    return " ".join(text.replace(" ,", ",").split())


def nearly(text: str) -> str | None:
    """The body of the tables that a whole line nearly is, where its head was misread ("Ở TÀI CHÍNH"); None for any other line."""
    key = code(text)
    found = nearest(key, catalogue(), threshold("issuer_line")) if len(key) >= 8 else None
    return catalogue()[found[0]] if found else None


class Bearer(NamedTuple):
    """A central body that bore an abbreviation. since, until: the first and the last day, month or year of it, "" where open."""

    name: str
    kind: str
    since: str
    until: str


@cache
def _bearers() -> dict[str, tuple[Bearer, ...]]:
    found: dict[str, list[Bearer]] = {}
    for row in rows("agencies"):
        for way in (row["abbr"], *parts(re.sub(r"\([^)]*\)", "", row["abbr_variants"]))):
            if re.fullmatch(r"[^.+…]{2,}", way.strip()):
                found.setdefault(code(way), []).append(Bearer(row["name"], row["kind"], row["valid_from"], row["valid_to"]))
    return {key: tuple(ways) for key, ways in found.items()}


def bearers(symbol: str) -> tuple[Bearer, ...]:
    """Return the central bodies that numbers name by an abbreviation, of all days; () where it is none's."""
    return _bearers().get(code(symbol), ())


@cache
def _departments() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("departments"):
        for way in (row["abbr"], *parts(row["abbr_variants"])):
            if key := code(way):
                found.setdefault(key, row["name"])
    return found


def department_of(symbol: str) -> str | None:
    """Return the department, without its province, that numbers name by an abbreviation: "SYT" → "Sở Y tế"; None where it is none's."""
    return _departments().get(code(symbol))


@cache
def _of_every_place() -> frozenset[str]:
    return frozenset(code(row["abbr"]) for row in rows("symbols") if row["every_place"])


def every_place_has(symbol: str) -> bool:
    """Tell whether every province has a body that numbers name by an abbreviation: UBND, TU, a department's."""
    key = code(symbol)
    if any(not one.kind.startswith("party") for one in bearers(symbol)):
        return False
    party = any(one.kind == "party-province" for one in bearers(symbol))
    return party or key in _of_every_place() or "UBND" in key or department_of(symbol) is not None


@lru_cache(4096)
def symbols_of(name: str) -> tuple[str, ...]:
    """Return the abbreviations by which numbers name the body: "Sở Y tế tỉnh Kiên Giang" → ("SYT", "YT"); () where no table has it."""
    return _symbols().get(code(split_place(nfc(name))[0]), ())


@cache
def _symbols() -> dict[str, tuple[str, ...]]:
    """A body's name, by its letters, to the abbreviations of all rows that bear it."""
    found: dict[str, dict[str, None]] = {}
    for table in ("agencies", "departments"):
        for row in rows(table):
            ways = (row["abbr"], *(way.split("(")[0].strip() for way in parts(row["abbr_variants"])))
            for name in row["name"].split(" / "):
                found.setdefault(code(_placeless(name)), {}).update(dict.fromkeys(way for way in ways if way))
    return {key: tuple(ways) for key, ways in found.items()}


def letter_symbol(name: str) -> str | None:
    """Return the abbreviation that the body's official letters bear ("BNN" of 4981/BNN-TY, not BNNPTNT), or None where no table has it."""
    known = symbols_of(name)
    for row in rows("agencies"):
        if row["abbr"] in known and (found := re.search(r"(?:^|[ ;])\d+/([^/;-]+)-", row["example_symbol"])) and found[1] in known:
            return found[1]
    return known[0] if known else None


def fits(name: str, symbol: str) -> bool:
    """Return whether `symbol`, an issuer in a number, can stand for `name`: a known abbreviation, or letters that its words begin with."""
    key = code(symbol)
    if key in {code(item) for item in symbols_of(name)}:
        return True
    own, told = _numbers(skeleton(name).replace("-", " ").split()), _numbers(re.findall(r"\d+|(?<=KV)[IVX]+", key))
    if own and not told <= own:
        return False  # "KVXII" is not of the region XIII
    initials = "".join(map(_initial, re.findall(r"[A-Z0-9]+", skeleton(name))))
    at = 0
    for char in key:
        at = initials.find(char, at) + 1
        if at == 0:
            return False
    return True


def _initial(word: str) -> str:
    """What a symbol may hold of a name's word: its first letter, a number whole; a Roman one also in figures ("KBKV16")."""
    if word.isdigit():
        return word
    return f"{word}{roman}" if len(word) > 1 and (roman := _arabic(word)) else word[0]


def _numbers(words: Iterable[str]) -> frozenset[int]:
    """The numbers among words, in figures or Roman."""
    found = (int(word) if word.isdigit() else _arabic(word) for word in words)
    return frozenset(number for number in found if number)


def _arabic(word: str) -> int | None:
    """A Roman number below forty; None where a word is none."""
    found = re.fullmatch(r"(X{0,3})(IX|IV|V?I{0,3})", word)
    if found is None:
        return None
    ones = {"IX": 9, "IV": 4}.get(found[2], 5 * found[2].count("V") + found[2].count("I"))
    return 10 * len(found[1]) + ones
