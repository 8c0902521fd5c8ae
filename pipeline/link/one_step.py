"""Citations that are one step from a held letter. A letter off by what readers and typists confuse may be meant (`near`); one off by a day,
a look-alike digit or its issuer's later name is a candidate, and a person says (`steps`). Another year is another document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from models.letter import Letter
from models.letter_summary import LetterSummary
from models.number import PrintedNumber
from models.reference import Reference
from models.skeleton import code
from pipeline.link.candidates import Candidates, dated_like
from pipeline.link.fitting import named, one_kind, same_kind, silent
from pipeline.link.organizations import SURE, expected, same_body
from pipeline.link.similarity import distance, speaks_of
from pipeline.link.successors import took_over
from rules.confusions import alike
from rules.numbers.symbols import is_type
from rules.thresholds import threshold

_LOOK_ALIKE = 0.5  # one digit that is taken for another


def may_be_meant(cited: PrintedNumber, held: PrintedNumber | None, *, doubtful: bool) -> bool:
    """Whether a held letter of the cited day can be what `near` or `steps` takes, by its number alone. doubtful: it was not surely read."""
    serial, theirs = cited.serial_code, held.serial_code if held else ""
    if theirs == serial:
        return True
    symbol, their_symbol = cited.notation_code, held.notation_code if held else ""
    if theirs and not doubtful:
        # all that is left is a look-alike digit; most serials differ in more, which costs less to see
        apart = sum(one != other for one, other in zip(serial, theirs, strict=True)) if len(serial) == len(theirs) else 0
        return apart == 1 and symbol == their_symbol and distance(theirs, serial, 1.0) == _LOOK_ALIKE
    off = distance(symbol, their_symbol) if their_symbol else threshold("symbol_near")
    return off + (distance(serial, theirs) if theirs else _LOOK_ALIKE) <= threshold("number_near")


@lru_cache(maxsize=4096)
def serials_like(cited: PrintedNumber) -> tuple[int, ...]:
    """The serials (`candidates.serial_of`) that a surely read number of the cited day bears that `may_be_meant` does not leave out."""
    return tuple(sorted({serial for serial, _ in _serials(cited.serial_code)}))


@lru_cache(maxsize=4096)
def keys_like(held: PrintedNumber) -> tuple[str, ...]:
    """How the keys (`PrintedNumber.key`) begin of the numbers by which a surely read letter of that day may be meant."""
    return tuple(sorted(f"{serial}{suffix}|" for serial, suffix in _serials(held.serial_code)))


def _serials(one: str) -> set[tuple[int, str]]:
    """Serial and suffix of a number's serial, and of those that look like it."""
    halves = {pair for both in alike("numbers") for pair in (both, both[::-1])}
    ways = {one, *(one[:at] + other + one[at + 1 :] for at, mark in enumerate(one) for of, other in halves if of == mark)}
    found = (re.fullmatch(r"(\d+)([A-Z]?)", way) for way in ways)
    return {(int(one[1]), one[2]) for one in found if one}


def near(reference: Reference, letter: Letter, candidates: Candidates, taken: frozenset[str]) -> list[LetterSummary]:
    """Held letters of the cited issuer and day whose number is unread, in doubt or in another spelling, and may be the cited one.

    taken: the letter, its copies, and what other references of it cite exactly (332 and 334 of one day).
    """
    cited = reference.document
    if reference.date is None or cited is None or reference.number_key is None:
        return []
    serial, symbol = cited.serial_code, cited.notation_code
    wanted = expected(reference, letter)
    found = []
    for short in dated_like(candidates, reference.date, cited):
        if short.id in taken or same_body(wanted, short) != SURE or not one_kind(reference, short):
            continue
        theirs, their_symbol = (short.document.serial_code, short.document.notation_code) if short.document else ("", "")
        most = threshold("symbol_near")
        off = distance(symbol, their_symbol) if their_symbol else most
        if theirs == serial:
            # an office gives a serial once a day: half a symbol is enough where the types are the same
            fits = off <= most or (same_kind(reference, short) and (symbol.endswith(their_symbol) or symbol.startswith(their_symbol)))
        else:
            # another serial is another letter, unless it was not read, or not surely, and the citation names this one's subject
            apart = _LOOK_ALIKE if not theirs else distance(serial, theirs)
            fits = (
                off + apart <= threshold("number_near")
                and named(reference, letter, (short,), candidates)
                and (not theirs or candidates.number_in_doubt(short.id))
            )
        if fits:
            found.append(short)
    return found


def steps(reference: Reference, letter: Letter, candidates: Candidates, own: frozenset[str], taken: frozenset[str]) -> list[LetterSummary]:
    """The held letters that a citation is one step from; each once.

    own: the letter and its copies; taken: these, and what other references of it cite exactly.
    """
    if reference.date is None or reference.document is None:
        return []
    found = {
        short.id: short for short in (*_another_day(reference, letter, candidates, own), *_that_day(reference, letter, candidates, taken))
    }
    return list(found.values())


def _another_day(reference: Reference, letter: Letter, candidates: Candidates, own: frozenset[str]) -> Iterator[LetterSummary]:
    """Letters of the cited number and issuer, of another day of the year: a number is given once a year."""
    if reference.number_key is None or reference.date is None:
        return
    wanted, day = expected(reference, letter), letter.header.date
    for short in candidates.numbered(reference.number_key):
        if short.id in own or short.date is None or short.date.year != reference.date.year or (day is not None and short.date > day):
            continue
        if same_body(wanted, short) == SURE and one_kind(reference, short):
            yield short


def _that_day(reference: Reference, letter: Letter, candidates: Candidates, taken: frozenset[str]) -> Iterator[LetterSummary]:
    """Letters of the cited day: of a serial that looks like the cited one, or of the body whose place the named one has taken since."""
    cited = reference.document
    if reference.date is None or cited is None or not cited.serial_code:
        return
    wanted = expected(reference, letter)
    for short in dated_like(candidates, reference.date, cited):
        held = short.document
        if short.id in taken or held is None or not one_kind(reference, short):
            continue
        if held.serial_code == cited.serial_code:
            renamed = took_over(reference.issuer or wanted.implied, short.issuer, letter.header.date)
            # what stands beside the body's letters in both symbols: type and unit
            fits = renamed and (not cited.symbol or _beside_body(held) == _beside_body(cited))
        else:
            alike = distance(held.serial_code, cited.serial_code, 1.0) == _LOOK_ALIKE and held.notation_code == cited.notation_code
            fits = alike and same_body(wanted, short) == SURE and (
                silent(reference, letter)
                or not short.subject
                or named(reference, letter, (short,), candidates, least=2)
                or speaks_of(short.subject, letter.header.subject or "", least=3)
            )  # fmt: skip
        if fits:
            yield short


def _beside_body(number: PrintedNumber) -> tuple[str, ...]:
    """The segments of a symbol but for the body's: ("QD",) of QĐ-BNN, ("TY",) of BNN-TY."""
    parts = tuple(code(part) for part in number.segments)
    return parts[:1] + parts[2:] if parts and is_type(parts[0]) else parts[1:]
