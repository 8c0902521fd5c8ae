"""A number's symbol as the letter itself spells its parts: in numbers that it cites, in its filing line, in its issuer's name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from models.number import DocumentNumber
from models.repair import Repair, RepairKind
from models.skeleton import code
from rules.confusions import as_printed
from rules.issuers.catalogue import fits
from rules.numbers.symbols import is_agency, is_type, units

_SYMBOL = re.compile(r"\d{1,6}[a-zđ]?\s?/\s?(?:\d{4}\s?/\s?)?([A-ZĐ][A-Za-zĐđ\d&]*(?:-[A-ZĐ][A-Za-zĐđ\d&]*)*)(?!\w)")
_CAPITALS = re.compile(r"(?<!\w)[A-ZĐ]{3,}\d{0,2}(?!\w)")
_POLICE = ("BCA", "CA")  # what the symbols of police bodies begin with
_POLICE_UNIT = re.compile(r"(P?[ACDHVX]|P|K)([O0-9Il]{2})")
_READ = re.compile(r"/\s?(?:\d{4}\s?/\s?)?([A-ZĐ][\w&]*(?:\s?-\s?[\w&]+)*)\W*$")


def parts_told(text: str, units: Iterable[str]) -> frozenset[str]:
    """The parts of all symbols in a text ("35/TB-ĐHKTCN": TB, ĐHKTCN), and the units of a filing line."""
    return frozenset(part for found in _SYMBOL.findall(text) for part in found.split("-")) | {unit.strip(".") for unit in units}


def abbreviations(text: str) -> frozenset[str]:
    """The words in capitals of a text: three letters and more, a number behind them ("GAVI", "PC04")."""
    return frozenset(_CAPITALS.findall(text))


def as_told(
    number: DocumentNumber,
    readings: Sequence[str],
    told: Collection[str],
    issuer: str | None,
    known: Collection[str] = (),
    written: Collection[str] = (),
) -> tuple[DocumentNumber, list[Repair]]:
    """The number, a part of whose symbol only one of its readings has, as the letter spells that part elsewhere; and what was changed.

    readings: what each reader says of the number's line; told: as `parts_told` gives them; known: parts that a table has put right, which
    stand: elsewhere in the letter they lost the same stroke; written: abbreviations of its text, which bear out a reader's spelling. D and
    Đ of a part are also told by the words of the issuer's name whose initials it is.
    """
    if number.regime != "state":
        return number, []
    segments = number.symbol.split("-")
    repairs = []
    for at, part in enumerate(segments):
        heard = _heard(readings, len(segments) - at) - {part}  # a type may be lost, the end is there
        whole = {word for word in heard if word in written and len(part) > 1 and word.startswith(part) and len(word) > len(part) + 1}
        if not whole and (is_type(part) or part in told or part in known):
            continue  # a part that a blank cut in two is cut so wherever the letter cites it
        meant = whole or {word for word in told if _barless(word) == _barless(part) or word in heard}
        meant = (
            meant
            or _once(part, issuer)
            or set(_initials(issuer or "", part))
            or {word for word in heard if word in written and part not in written}
        )
        if len(meant) == 1 and (word := meant.pop()) != part:
            repairs.append(Repair(RepairKind.SYMBOL, part, word, "its own words"))
            segments[at] = word
    if not repairs:
        return number, []
    swapped = {repair.raw: repair.value for repair in repairs}
    update = {"symbol": "-".join(segments)}
    update |= {name: swapped[value] for name in ("issuer_abbr", "unit") if (value := getattr(number, name)) in swapped}
    return number.model_copy(update=update), repairs


def _once(part: str, issuer: str | None) -> set[str]:
    """The part with one Đ for the two that readers see, where it can stand for the issuer so alone: "ĐĐGS" of a Đoàn giám sát."""
    single = part.replace("ĐĐ", "Đ")
    return {single} if issuer and single != part and fits(issuer, single) and not fits(issuer, part) else set()


def uncut(number: DocumentNumber, repairs: Sequence[Repair], issuer: str | None) -> tuple[DocumentNumber, tuple[Repair, ...]]:
    """The number with its first part whole again where it was cut for a lost hyphen and is yet its issuer's initials: "CĐYT" of the Công
    đoàn Y tế is no telegram's; and the repairs that stand."""
    firsts = "".join(word[0] for word in re.findall(r"\w+", issuer or "")).upper()
    for repair in repairs:
        if repair.kind is RepairKind.HYPHEN and len(repair.raw) > 2 and repair.raw.isalpha() and repair.raw in firsts:
            symbol = number.symbol.replace(repair.value, repair.raw, 1)
            first, _, rest = symbol.partition("-")
            whole = number.model_copy(update={"symbol": symbol, "type_abbr": "", "issuer_abbr": first, "unit": rest})
            return whole, tuple(one for one in repairs if one is not repair)
    return number, tuple(repairs)


def is_disputed(number: DocumentNumber, readings: Sequence[str], told: Collection[str], names: Sequence[str | None]) -> bool:
    """Whether readers spell a part of the number's symbol otherwise, and nothing tells which of them is right: no table has it as it is,
    the letter does not write it, and it is not the initials of one of these names. told: parts and abbreviations of the letter's other
    lines."""
    segments = number.symbol.split("-") if number.regime == "state" else []
    for at, part in enumerate(segments):
        settled = part in told or is_type(part) or is_agency(part) or code(part) in units()
        settled = settled or any(part in _initials(name or "", part) for name in names)
        if not settled and any(other != part for other in _heard(readings, len(segments) - at)):
            return True
    return False


def _heard(readings: Sequence[str], behind: int) -> set[str]:
    """What each reading has for the part of the symbol that is so many from its end: a type may be lost, the end is there."""
    found = [hit[1].replace(" ", "").split("-") for text in readings if (hit := _READ.search(text))]
    return {parts[-behind] for parts in found if len(parts) >= behind}


def _initials(issuer: str, part: str) -> list[str]:
    """The initials of words of a name that follow one another, where they are this part but for D and Đ."""
    firsts = "".join(word[0] for word in re.findall(r"\w+", issuer)).upper()
    runs = (firsts[at : at + len(part)] for at in range(len(firsts) - len(part) + 1))
    return list({run for run in runs if len(part) > 2 and _barless(run) == _barless(part)})


def _barless(part: str) -> str:
    return part.replace("Đ", "D")


def with_figures(number: DocumentNumber) -> tuple[DocumentNumber, Repair | None]:
    """Spell a police unit's figures as figures, where letters were read for them: "BCA-VOI" is V01, "CAT-PCO4" PC04."""
    found = _POLICE_UNIT.fullmatch(number.unit) if number.issuer_abbr.startswith(_POLICE) else None
    if found is None or found[2].isdigit():
        return number, None
    unit = found[1] + found[2].translate(as_printed("digits"))
    symbol = number.symbol[: -len(number.unit)] + unit
    return number.model_copy(update={"symbol": symbol, "unit": unit}), Repair(RepairKind.DIGITS, number.unit, unit)
