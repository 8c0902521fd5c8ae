"""How a number is built: the patterns that find one in text, and the number that a symbol's segments make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from models.number import DocumentNumber, Regime
from models.repair import Repair, RepairKind
from models.skeleton import code
from rules.confusions import pairs
from rules.numbers.symbols import is_agency, is_type, joint_types, spell
from rules.tables import rows

CAPITAL = "A-ZĐÐƯƠÂÊÔĂ"
_BRACKETED = rf"\((?:[{CAPITAL}]{{1,4}}\d{{1,3}}|[{CAPITAL}]{{2,6}})\)"  # the unit of "CAT(PC04)", "CAH(QLHC)"
_SEGMENT = rf"[A-Za-zĐđÐƯƠưÂÊÔĂ][A-Za-z0-9ĐđÐƯƠưÂÊÔĂ]*(?:[.&][{CAPITAL}0-9]{{1,8}}(?![a-zà-ỹ]))*(?:{_BRACKETED})?"
GLUE = r"\s{0,2}(?:[:.]\s?)?-\s{0,2}(?:[-:.]\s?)?"  # a hyphen with the specks that a scan puts round it
_COUNTED = rf"\d{{1,3}}[{CAPITAL}](?!\w)"  # of "36-02S": a station's own number
SYMBOL = rf"{_SEGMENT}(?:{GLUE}(?:{_SEGMENT}|{_COUNTED})|/{_SEGMENT})*"
STATE = re.compile(
    rf"(?<![\w/.\-§$+])(?<!\d:)(\d{{1,6}}(?:(?<=\d)\.\d{{1,3}}(?=\s?/\s?(?:19|20)\d\d\s?/\s?[{CAPITAL}]+-))?)(?:\s?([a-zđ]|[A-H]))?\s{{0,2}}/\s?/?\s{{0,2}}(?:((?:19|20)\s?\d\s?\d)(?:\s{{0,2}}/\s{{0,2}}|(?=[{CAPITAL}])))?({SYMBOL})"
)
PARTY = re.compile(
    rf"(?<![\w/.\-])(\d{{1,6}})(?:\s{{0,2}}-\s{{0,2}}|(?=[{CAPITAL}]{{2}})|\s(?=[{CAPITAL}]{{2,3}}/\s?(?:TW|TU|HU|QU|ThU|ĐU)(?!\w)))([{CAPITAL}][A-Za-zĐđÐ]{{0,4}})\s{{0,2}}/\s{{0,2}}([{CAPITAL}][{CAPITAL}0-9]*(?:(?:-\s?|&)[{CAPITAL}0-9]+(?![a-zà-ỹ]))*)"
)
LOST = re.compile(
    rf"(?<!\w)[Ss][ốóôo]\s?[:.]?\s?(\d{{1,6}})\s?[lI|!\\]?\s?([{CAPITAL}0][{CAPITAL}a-z0-9]*(?:\s?-\s?[{CAPITAL}(][{CAPITAL}A-Za-z0-9&]*)+)"
)
BROKEN = re.compile(r"(?<!\w)[Ss][ốôóo]\s?:?\s?(\d{1,4}(?:\s\d{1,3}){1,2})(?=\s?/\s?(?:(?:19|20)\d\d\s?/?\s?)?[A-ZĐÐ])")
FIGURES = re.compile(r"\d+")
SO = re.compile("[Ss][ốôóo]")
CARELESS = re.compile(r"(\d{1,6})([a-h](?=[\s/]))?[\s/lI|.]*(?:((?:19|20)\d\d)[\s/.-]+)?([A-Za-zĐđ][\w&.]*(?:[\s/-]+[A-Za-zĐđ][\w&.]*)*)")
_A_UNIT = re.compile(r"[A-ZĐ]\d{1,3}")  # of the police: P1, V01, C04


def matches(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begin at these offsets, in order, none within the one before: as `finditer` gives them."""
    end = 0
    for at in starts:
        match = pattern.match(text, at) if at >= end else None
        if match:
            yield match
            end = match.end()


@cache
def dashed() -> re.Pattern[str]:
    """A number of before the slash: "64-CP", "34-SL"; its bodies are the cue `dashed` of number_cues.tsv."""
    return re.compile(rf"(?<![\w/.\-])(\d{{1,4}})\s?-\s?({cue('dashed').pattern})(?![\w/\-])")


def _class(*printed: str) -> str:
    """The letters that are read for digits, of some or of all, as they stand in a pattern's brackets."""
    return "".join(re.escape(read) for digit, read in pairs("digits") if not printed or digit in printed)


@cache
def typed() -> re.Pattern[str]:
    """Any of the signs that are typed for those of a number: longer dashes, Ð."""
    return re.compile(f"[{''.join(re.escape(read) for _, read in pairs('typed'))}]")


@cache
def misread() -> re.Pattern[str]:
    """A serial after "số" that letters may stand in for digits of: "Số 1O02", "số l 322"."""
    return re.compile(rf"(?<!\w)[Ss]ố\s?:?\s?([{_class('1')}]\s\d{{1,4}}|[\d{_class()}]{{1,6}})(?=\s?/)")


DASHED_YEAR = re.compile(rf"(?<!\w)[Ss]ố\s?:?\s?\d{{1,4}}[a-h]?(-)(?=\s?(?:19|20)\d\d\s?/\s?[{CAPITAL}]+-)")


@cache
def misread_agency() -> re.Pattern[str]:
    """An agency after a slash, its first letter read as a digit: "45/8YT-DP"."""
    return re.compile(rf"(?<=\d/)([\d])([{CAPITAL}]{{2,6}})(?=-[{CAPITAL}])")


@cache
def misread_serial() -> re.Pattern[str]:
    """A serial that begins a number, letters for digits and blanks inside allowed."""
    return re.compile(rf"[\d{_class()}][\d{_class()}\s]{{0,7}}(?=[a-hđ]?\s*[/|⁄∕\\])")


@cache
def misread_year() -> re.Pattern[str]:
    """A year between two slashes with letters for digits: "39/2O18/NĐ-CP"."""
    return re.compile(rf"(?<=/)2[{_class('0')}][{_class('0')}\d][{_class('0', '1')}\d](?=/)")


@cache
def cue(name: str) -> re.Pattern[str]:
    """Return the pattern of a cue of number_cues.tsv, over text."""
    return re.compile("|".join(row["pattern"] for row in rows("number_cues") if row["cue"] == name))


def _code_like(segment: str, *, spaced: bool) -> bool:
    """Whether a segment looks like an abbreviation rather than a word. spaced: a blank stood before it."""
    capitals = sum(c.isupper() for c in segment)
    if spaced:
        return (
            bool(_A_UNIT.fullmatch(segment))
            or (capitals >= 2 and capitals * 2 >= sum(c.isalpha() for c in segment) - 1)
            or (is_agency(segment) and segment[0].isupper())
        )
    return capitals >= 1 or segment.isdigit() or is_agency(segment)


def split_symbol(symbol: str) -> tuple[tuple[str, ...], int, list[Repair]]:
    """A symbol's segments, how many of its characters they take, and the repairs: words after a spaced hyphen are cut off."""
    parts = re.split(rf"({GLUE}|/)", symbol)
    segments, size, repairs = [parts[0]], len(parts[0]), []
    for glue, segment in zip(parts[1::2], parts[2::2], strict=True):
        if not _code_like(segment, spaced=glue not in ("-", "/")):
            break
        if glue not in ("-", "/"):
            repairs.append(Repair(RepairKind.SPACED_HYPHEN))
        segments.append(segment)
        size += len(glue) + len(segment)
    return tuple(segments), size, list(dict.fromkeys(repairs))


def plausible(segments: tuple[str, ...]) -> bool:
    """Whether the segments can be a symbol: capitals, or lower case that the dictionary knows."""
    first = segments[0]
    if len(segments) == 1 and cue("measure").search(code(first)):
        return False
    if len(segments) == 1:
        if is_agency(first) and (first != first.lower()):
            return True
        return sum(c.isupper() for c in first) >= 2 and len(code(first)) >= 2
    if first == first.lower():
        return is_type(first) and is_agency(segments[1])
    return first[0].isupper() or first[0].isdigit()


@cache
def make(
    serial: str, suffix: str, year: int | None, segments: tuple[str, ...], slashed: str, party: bool
) -> tuple[DocumentNumber, tuple[Repair, ...]]:
    """The number and the repairs of its symbol. slashed: the symbol's own separators, "-" or "/", one between two segments."""
    spelled = spell(segments, party=party)
    parts = spelled.segments
    if party:
        symbol = f"{parts[0]}/{'-'.join(parts[1:])}"
    else:
        glue = "-" * (len(parts) - 1 - len(slashed)) + slashed
        symbol = parts[0] + "".join(g + p for g, p in zip(glue, parts[1:], strict=True))
    rest = parts[1:] if spelled.type_abbr else parts
    if spelled.type_abbr and code(spelled.type_abbr) in joint_types():
        issuer, unit = ";".join(rest), ""
    elif party:
        issuer, unit = "-".join(rest), ""
    else:
        issuer, unit = (rest[0] if rest else ""), "-".join(rest[1:])
    regime: Regime = "state-qppl" if year else "state"
    if party:
        regime = "party"
    elif any(re.match(r"(?:UBTV)?QH\d", p) for p in parts):
        regime = "na"
    elif issuer == "UB":  # before 2005 every number of a people's committee bore its year
        regime = "state"
    number = DocumentNumber(
        serial=serial, suffix=suffix, year=year, symbol=symbol, type_abbr=spelled.type_abbr, issuer_abbr=issuer, unit=unit, regime=regime
    )
    return number, spelled.repairs


def unglued(segments: tuple[str, ...], after: str) -> tuple[tuple[str, ...], int]:
    """Cut off the head of a word that a text layer glued to the symbol ("QĐ-TTgngày"); returns segments and characters dropped."""
    last = segments[-1]
    if after[:1].isalpha():
        for tail in ("ng", "c", "v"):
            if last.endswith(tail) and is_agency(last[: -len(tail)]):
                return (*segments[:-1], last[: -len(tail)]), len(tail)
    return segments, 0
