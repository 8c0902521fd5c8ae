"""Ask an archive what the world's lines ask, and say which it has right.

Of an instruction (a letter's id, or "NUMBER DAY") and a province, on a day: standing, flag, due, beside (a letter shown beside it), merged.
Of a letter: header (a field), review (a field: yes, no); and of what it cites (a letter's id, a number, "Luật DAY"):
cites (a relation; any, none), edge (the same, and it leads to that letter), candidate (yes, no), polarity, agent, scope, issuer, date,
number, type, issuers (all that bear this number, " + " between).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date as Date
from typing import NamedTuple

from benchmarks.traps.world import Line, letters
from models.letter import Letter
from models.reference import Reference
from models.skeleton import skeleton
from models.trace import Standing, Trace
from pipeline.archive import NotHeld
from pipeline.office import Office

BARE = "mentions"
LAWS = re.compile(r"(Luật|Hiến pháp) (\d{4}-\d\d-\d\d)")
Said = frozenset[str]


class Verdict(NamedTuple):
    """A line, what the archive says, and whether that is right."""

    line: Line
    said: str
    right: bool


def key(number: str | None) -> str:
    """A number as it is compared: without marks, case, spaces and hyphens; its point stays."""
    return re.sub(r"[^\w.]", "", skeleton(number or "")).upper().lstrip("0")


def about(references: Sequence[Reference], cited: str) -> list[Reference]:
    """The references to what is named: a letter's id, numbers (" | " between), or a law by its day."""
    law = LAWS.fullmatch(cited)
    if law:
        day = Date.fromisoformat(law[2])
        return [one for one in references if one.doc_type == law[1] and one.date == day]
    keys = {key(letters()[part].number if part in letters() else part) for part in cited.split(" | ")}
    return [one for one in references if key(one.number) in keys]


def relations(references: Sequence[Reference]) -> Said:
    """Their relations; a bare mention beside more is left aside."""
    found = frozenset(one.relation for one in references)
    return found - {BARE} or found


def right(said: Said, value: str, ask: str) -> bool:
    """Whether all that is said is right; of relations, whether the right one is among them."""
    if value.startswith("<="):
        return all(Standing[one] <= Standing[value[2:]] for one in said)
    if value.startswith(("not ", "no ")):
        return bool(said or ask == "flag") and value.split(" ", 1)[1] not in said
    if value in ("any", "none"):
        return bool(said) == (value == "any")
    if ask == "issuers":
        return {skeleton(one) for one in said} == {skeleton(one) for one in value.split(" + ")}
    options = {skeleton(one) if ask == "issuer" else one for one in value.split(" | ")}
    told = {skeleton(one) if ask == "issuer" else one for one in said}
    return bool(told & options) if ask in ("cites", "edge", "flag", "beside", "number") else bool(told) and told <= options


class Asked:
    """An archive that holds the world, and its answers; letters by the world's ids."""

    def __init__(self, office: Office) -> None:
        """Raises KeyError where a sheet is not held."""
        self.office = office
        held = sorted(office.archive.letters(), key=lambda one: one.source.pages)
        self.letters: dict[str, Letter] = {}
        for one in held:
            self.letters.setdefault(one.source.file.removesuffix(".pdf"), one)
        self._traces: dict[tuple[str, str, Date | None], Trace | None] = {}

    def trace(self, of: str, province: str, on: Date | None) -> Trace | None:
        """The trace of this instruction (not of another of its number) in the province on a day; None where nobody cites it."""
        if (of, province, on) not in self._traces:
            named = letters().get(of)
            number, day = (named.number, named.day) if named else (of.split(" ")[0], Date.fromisoformat(of.split(" ")[1]))
            try:
                found = self.office.trace(number, province, on)
            except NotHeld:
                found = []
            self._traces[of, province, on] = next((one for one in found if one.instruction.date == day), None)
        return self._traces[of, province, on]

    def verdict(self, line: Line) -> Verdict:
        """What the archive says of a line, and whether it is right."""
        said = frozenset(_OF_TRACES[line.ask](self, line) if line.ask in _OF_TRACES else self._of_letter(line))
        return Verdict(line, ", ".join(sorted(said)) or "-", right(said, line.value, line.ask))

    def _of_letter(self, line: Line) -> Said:
        letter = self.letters[line.of]
        if line.ask == "header":
            said = letter.header.model_dump(mode="json")[line.about]
            return frozenset({said} if said else ())
        if line.ask == "review":
            return frozenset({"yes" if line.about in letter.review else "no"})
        if line.ask in ("edge", "candidate"):
            target = self.letters[line.about].id
            if line.ask == "edge":
                return relations([one for one in letter.references if one.target == target])
            return frozenset({"yes" if any(target in one.candidates for one in letter.references) else "no"})
        found = about(letter.references, line.about)
        if line.ask == "cites":
            return relations(found)
        if line.ask in ("polarity", "agent", "scope"):
            found = [one for one in found if one.relation in relations(found)]
        field = {"issuers": "issuer", "type": "doc_type"}.get(line.ask, line.ask)
        return frozenset(str(value) for one in found if (value := getattr(one, field)) is not None)


def _standing(asked: Asked, line: Line) -> Said:
    trace = asked.trace(line.of, line.about, line.on)
    return frozenset({trace.standing.name if trace else Standing.NOT_ADDRESSED.name})


def _flag(asked: Asked, line: Line) -> Said:
    trace = asked.trace(line.of, line.about, line.on)
    return frozenset(trace.flags if trace else ())


def _due(asked: Asked, line: Line) -> Said:
    trace = asked.trace(line.of, line.about, line.on)
    return frozenset({str(trace.due)} if trace and trace.due else ())


def _merged(asked: Asked, line: Line) -> Said:
    trace = asked.trace(line.of, line.about, line.on)
    return frozenset({trace.merged} if trace and trace.merged else ())


def _beside(asked: Asked, line: Line) -> Said:
    trace = asked.trace(line.of, line.about, line.on)
    names = {one.id: name for name, one in asked.letters.items()}
    return frozenset(names.get(one.letter, one.letter) for one in (trace.departments if trace else ()))


_OF_TRACES: dict[str, Callable[[Asked, Line], Said]] = {
    "standing": _standing,
    "flag": _flag,
    "due": _due,
    "beside": _beside,
    "merged": _merged,
}
ASKS = (
    *_OF_TRACES,
    "header",
    "review",
    "edge",
    "candidate",
    "cites",
    "polarity",
    "agent",
    "scope",
    "issuer",
    "date",
    "number",
    "type",
    "issuers",
)
