"""When something is due, and the flags beside a standing: REMINDED, VOID, OVERDUE, NO_DEADLINE."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date
from datetime import timedelta
from typing import Literal, NamedTuple

from models.graph import Node
from models.reference import Deadline, Deliverable
from models.skeleton import skeleton
from models.trace import Action, Closing, Standing
from pipeline.trace.acting import Links, concerns
from pipeline.trace.reminding import PROOF, addressed, later, reminders
from rules.places.addressees import expand_all, named_provinces, unknown_groups
from rules.places.groups import named_on

# A plan or a report delivers what was owed; a letter that passes the task on does not.
DELIVERED = Standing.PLANNED

_ADDRESSEES = re.compile(
    r"\b(QUY (UY BAN|CO QUAN|DON VI|DIA PHUONG)|CAC (DIA PHUONG|CO QUAN|DON VI|TINH)|DIA PHUONG|UY BAN NHAN DAN|UBND)\b"
)

# Those of whom the letter spoke before.
_BACK = re.compile(r"\bCAC (?:TINH|DIA PHUONG|DON VI|CO QUAN).*\b(?:TREN|NEU TREN|NOI TREN|CON LAI|CHUA)$")


class Due(NamedTuple):
    """A day by which a province owes something, and what; met: when that was delivered (Date.max: on a day that is not known)."""

    day: Date
    deliverable: Deliverable
    met: Date | None = None


class Owed(NamedTuple):
    """What a province owes of an instruction. due: the earliest day not yet delivered for, else the last; open: whether anything is
    still owed for a known day; delivered: whether all came in time (null: something is owed, or nothing was delivered)."""

    due: Date | None
    open: bool
    delivered: Literal["in_time", "late"] | None


def owed(known: Links, id: str, province: str, actions: Sequence[Action] = (), closed: Closing | None = None) -> Owed:
    """What a province owes, each deliverable judged by itself. actions: of its committee, on the instruction; closed: a person's word."""
    judged = _met(days(known, id, province), actions, closed)
    left = [one.day for one in judged if one.met is None]
    if left:
        return Owed(min(left), True, None)
    # a delivery of unread day is not said to be late
    late = any(one.met is not None and one.day < one.met < Date.max for one in judged)
    there = closed is not None or any(one.standing >= DELIVERED for one in actions)
    return Owed(max((one.day for one in judged), default=None), False, ("late" if late else "in_time") if there else None)


def days(known: Links, id: str, province: str) -> list[Due]:
    """The days that bind a province, each with what is due, as extended and put right: the instruction's own, else those that its
    latest reminder sets."""
    own = _set(known, known.graph.nodes[id], province)
    for one in later(known, id):
        node = known.graph.nodes[one.id]
        for moved in _moved(node):
            if concerns(node, one.reference, moved.of) and _binds(known, node, moved, province):
                own = _after(own, moved)
    if own:
        return own
    asked = [_set(known, node, province) for node in reminders(known, id, province)]
    return max(asked, key=lambda some: max((one.day for one in some), default=Date.min), default=[])


def _set(known: Links, node: Node, province: str) -> list[Due]:
    """The days that a document itself sets a province."""
    said = node.letter.deadlines if node.letter is not None else ()
    return [
        Due(one.date, one.deliverable)
        for one in said
        if one.date is not None and not one.moved and (node.date is None or one.date >= node.date) and _binds(known, node, one, province)
    ]


def _moved(node: Node) -> list[Deadline]:
    return [one for one in node.letter.deadlines if one.moved and (one.date or one.more)] if node.letter is not None else []


def _binds(known: Links, node: Node, deadline: Deadline, province: str) -> bool:
    """Whether a day is set for a province: one set for ministries alone, or for other provinces, is none of its own; "quý cơ quan" are
    those addressed."""
    name = named_on(province, node.date)
    who = tuple(one for one in deadline.who if not _BACK.search(skeleton(one)))
    if unknown_groups(who, node.date):
        return False  # it is asked about
    if len(who) < len(deadline.who) and node.letter is not None:
        missing = named_provinces([one for said in node.letter.reminders for one in said.named], node.date)
        if missing:
            return name in missing
    named, told = expand_all(who, node.date), addressed(known, node.id)
    return name in named if named else (not who or _addressees(who)) and (not told or name in told)


def _addressees(who: tuple[str, ...]) -> bool:
    """Whether a term is set for those whom the letter addresses, in whatever words."""
    return any(_ADDRESSEES.search(skeleton(one)) and not skeleton(one).startswith(("SO ", "CAC SO")) for one in who)


def _after(own: list[Due], moved: Deadline) -> list[Due]:
    """The days after one was extended or put right: the one that it names; else those of what it is for, all where none is of that."""
    day, more = moved.date, timedelta(days=moved.more or 0)
    meant = [one for one in own if one.day == moved.was] or [one for one in own if one.deliverable == moved.deliverable] or own
    kept = [one for one in own if one not in meant]
    if day is None:
        return [*kept, *(one._replace(day=one.day + more) for one in meant)]
    # an extension never brings a day forward
    kinds = [one if moved.moved == "extended" and one.day > day else one._replace(day=day) for one in meant]
    return [*kept, *(kinds or [Due(day, moved.deliverable)])]


def _met(some: list[Due], actions: Sequence[Action], closed: Closing | None) -> list[Due]:
    """The days, each with when it was delivered for. A plan or a report meets a day for plans; one report the first open day for
    reports, the next the next."""
    if closed is not None:
        return [one._replace(met=closed.on) for one in some]
    reports = iter(sorted(one.date or Date.max for one in actions if one.standing >= PROOF["report"]))
    out = []
    for one in sorted(some, key=lambda one: one.day):
        if one.deliverable == "report":
            met = next(reports, None)
        else:
            met = min((a.date or Date.max for a in actions if a.standing >= PROOF[one.deliverable]), default=None)
        out.append(one._replace(met=met))
    return out


def is_void(known: Links, id: str) -> bool:
    """Whether a document was repealed or replaced as a whole by its issuer, that one's successor, or a body over it."""
    return id in known.ended


def flags_of(
    known: Links, id: str, province: str, due: Owed, actions: Sequence[Action], closed: Closing | None, as_of: Date | None
) -> tuple[str, ...]:  # fmt: skip
    """The flags of (instruction, province) on a day. Overdue only where a due date is known, past, and nothing was delivered for it."""
    flags = []
    if reminders(known, id, province, actions, closed.on if closed else None):
        flags.append("REMINDED")
    void = is_void(known, id)
    if void:
        flags.append("VOID")
    if due.due is None:
        flags.append("NO_DEADLINE")
    elif as_of is not None and due.open and due.due < as_of and not void:
        flags.append("OVERDUE")
    return tuple(flags)
