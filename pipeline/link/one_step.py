"""Citations that are one step from a held letter. A letter off by what readers and typists confuse may be meant (`near`); one off by a day,
a look-alike digit or its issuer's later name is a candidate, and a person says (`steps`). Another year is another document."""

from __future__ import annotations

from collections.abc import Iterator

from models.letter import Letter
from models.letter_summary import LetterSummary
from models.number import PrintedNumber
from models.reference import Reference
from models.skeleton import code
from pipeline.link.candidates import Candidates
from pipeline.link.fitting import named, one_kind, same_kind, silent
from pipeline.link.organizations import SURE, expected, same_body
from pipeline.link.similarity import distance
from pipeline.link.successors import took_over
from rules.numbers.symbols import is_type
from rules.thresholds import threshold

_LOOK_ALIKE = 0.5  # one digit that is taken for another


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
    for short in candidates.dated(reference.date):
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
    for short in candidates.dated(reference.date):
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
                silent(reference, letter) or not short.subject or named(reference, letter, (short,), candidates, least=2)
            )  # fmt: skip
        if fits:
            yield short


def _beside_body(number: PrintedNumber) -> tuple[str, ...]:
    """The segments of a symbol but for the body's: ("QD",) of QĐ-BNN, ("TY",) of BNN-TY."""
    parts = tuple(code(part) for part in number.segments)
    return parts[:1] + parts[2:] if parts and is_type(parts[0]) else parts[1:]
