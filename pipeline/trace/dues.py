"""When something is due, and the flags beside a standing: REMINDED, VOID, OVERDUE, NO_DEADLINE."""

from __future__ import annotations

import re
from datetime import date as Date
from functools import lru_cache

from models.graph import Edge
from models.skeleton import skeleton
from models.trace import Standing
from pipeline.trace.acting import Links
from rules.places.groups import expand_all, named_on

_REMINDS = re.compile(r"\b(DON DOC|NHAC|CHUA NHAN DUOC|KHAN TRUONG|CHAM (GUI|BAO CAO)|QUA HAN)\b")

# A plan or a report delivers what was owed; a letter that passes the task on does not.
DELIVERED = Standing.PLANNED


def due_of(known: Links, id: str, province: str) -> Date | None:
    """The day by which a province owes what an instruction asks: the instruction's own earliest, else its latest reminder's."""
    own = _days(known, id, province)
    if own:
        return min(own)
    later = [day for edge in reminders(known, id, province) for day in _days(known, edge.source, province)]
    return max(later, default=None)


def _days(known: Links, id: str, province: str) -> list[Date]:
    node = known.graph.nodes[id]
    if node.letter is None or not node.letter.deadlines:
        return []
    name = named_on(province, node.date)
    addressed = _addressed(known, id)
    days = []
    for deadline in node.letter.deadlines:
        if deadline.date is None or (node.date is not None and deadline.date < node.date):
            continue
        named = expand_all(deadline.who, node.date)
        # a term set for ministries alone, or for other provinces, binds no one here; "quý cơ quan" are those addressed
        binds = name in named if named else (not deadline.who or _addressees(deadline.who)) and (not addressed or name in addressed)
        if binds:
            days.append(deadline.date)
    return days


def _addressed(known: Links, id: str) -> frozenset[str]:
    """The provinces that a document addresses."""
    node, key = known.graph.nodes[id], ("addressed", id)
    if key not in known.learned:
        known.learned[key] = frozenset(expand_all(node.obliged, node.date))
    found: frozenset[str] = known.learned[key]
    return found


_ADDRESSEES = re.compile(
    r"\b(QUY (UY BAN|CO QUAN|DON VI|DIA PHUONG)|CAC (DIA PHUONG|CO QUAN|DON VI|TINH)|DIA PHUONG|UY BAN NHAN DAN|UBND)\b"
)


def _addressees(who: tuple[str, ...]) -> bool:
    """Whether a term is set for those whom the letter addresses, in whatever words."""
    return any(_ADDRESSEES.search(skeleton(one)) and not skeleton(one).startswith(("SO ", "CAC SO")) for one in who)


def reminders(known: Links, id: str, province: str) -> list[Edge]:
    """The references by which a later letter reminds this province of an instruction."""
    key = ("reminders", id)
    if key not in known.learned:
        known.learned[key] = [edge for edge in known.cited_by.get(id, ()) if _may_remind(known, edge)]
    edges: list[Edge] = known.learned[key]
    return [edge for edge in edges if named_on(province, known.graph.nodes[edge.source].date) in _addressed(known, edge.source)]


def _may_remind(known: Links, edge: Edge) -> bool:
    node = known.graph.nodes[edge.source]
    if edge.reference.relation != "follows_up" or node.letter is None or known.levels[edge.source].kind == "committee":
        return False
    return _reminds(node.subject or "", edge.reference.sentence)


@lru_cache(maxsize=4096)
def _reminds(subject: str, sentence: str) -> bool:
    return bool(_REMINDS.search(skeleton(f"{subject} {sentence}")))


def is_void(known: Links, id: str) -> bool:
    """Whether a held document replaces or repeals this one as a whole."""
    key = ("void", id)
    if key not in known.learned:
        known.learned[key] = any(
            edge.reference.relation == "replaces" and edge.reference.scope == "whole" for edge in known.cited_by.get(id, ())
        )
    return bool(known.learned[key])


def flags_of(known: Links, id: str, province: str, standing: Standing, due: Date | None, as_of: Date | None) -> tuple[str, ...]:
    """The flags of (instruction, province) on a day. Overdue only where a due date is known, past, and nothing was delivered."""
    flags = []
    if reminders(known, id, province):
        flags.append("REMINDED")
    void = is_void(known, id)
    if void:
        flags.append("VOID")
    if due is None:
        flags.append("NO_DEADLINE")
    elif as_of is not None and due < as_of and standing < DELIVERED and not void:
        flags.append("OVERDUE")
    return tuple(flags)
