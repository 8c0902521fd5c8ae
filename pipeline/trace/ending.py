"""Whether a letter's words end another document as a whole, from when on, and whether they put something in its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from datetime import timedelta
from enum import Enum
from typing import NamedTuple

from models.graph import Node
from models.reference import EffectClause, Reference
from pipeline.trace.authority import may_end
from pipeline.trace.wording import vbpl


class Ending(Enum):
    """How a document ends. REPLACED: what ends it stands for what it stood for; SUSPENDED: for a time only."""

    REPLACED = "replaced"
    REPEALED = "repealed"
    SUSPENDED = "suspended"


def ending(reference: Reference, source: Node, target: Node) -> Ending | None:
    """How `source` ends `target`; null where it does not: words or a part alone, not done, told of another, or not its to end."""
    if reference.relation != "replaces" or reference.scope != "whole" or (reference.polarity, reference.agent) != ("affirmed", "self"):
        return None
    return in_words(reference) if may_end(source, target) else None


def in_words(reference: Reference) -> Ending:
    """What the sentence says. Without a cue (an item of a list, whose article has the verb) nothing says that another takes the place of
    what ends."""
    deed = vbpl(reference).deed
    return Ending(deed) if deed in ("replaced", "suspended") else Ending.REPEALED


def ends_on(reference: Reference, source: Node) -> Date | None:
    """The day from which a document is ended by another: that which the words name, else the other's own."""
    clauses = [one for one in (source.letter.effect or ()) if reference.id in one.of] if source.letter and reference.id else []
    day, _ = holds_from(source, clauses)
    return max((one for one in (day, source.date) if one is not None), default=None)


class Begins(NamedTuple):
    """Of what the document says itself. days: each that it names for its beginning; untold: it begins on a day that it does not name."""

    days: tuple[Date, ...]
    untold: bool


def begins(node: Node) -> Begins:
    """From when a document says that it is in force, as a whole."""
    own = [one for one in own_clauses(node) if one.says == "from" and one.scope == "whole"]
    days = sorted({day for one in own if (day := day_of(one, node.date)) is not None})
    return Begins(tuple(days), any(day_of(one, node.date) is None for one in own))


def own_clauses(node: Node) -> tuple[EffectClause, ...]:
    """What a document says of the days of its own being in force."""
    return tuple(one for one in (node.letter.effect or ()) if not one.of) if node.letter is not None else ()


def day_of(clause: EffectClause, signed: Date | None) -> Date | None:
    """The day of a clause; null where it hangs on one that is not known."""
    if clause.after is not None:
        return signed + timedelta(days=clause.after) if signed else None
    return clause.date


def holds_from(source: Node, clauses: Sequence[EffectClause]) -> tuple[Date | None, bool]:
    """From when a deed holds: the day that is said of it, else that on which the letter itself takes effect; and whether there is a day
    that the words do not tell (a letter that says nothing of days has none)."""
    own = begins(source)
    start = own.days[0] if len(own.days) == 1 and not own.untold else None
    said = next((one for one in clauses if one.says == "ends"), None)
    if said is None or said.with_letter:
        return start, start is None and bool(own.days or own.untold)
    day = day_of(said, source.date)
    return day, day is None
