"""What one letter proves: that an instruction was laid on provinces, that it was received, and how far it was carried out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from models.graph import Node
from models.reference import Reference
from models.skeleton import plain_words, skeleton
from models.trace import Standing
from pipeline.link.organizations import body, is_local
from pipeline.trace.acting import ACTS, Links, in_order, is_report, reports_in
from pipeline.trace.authority import heirs_of
from pipeline.trace.chains import Chains, Way, takes_its_place
from rules.cues import in_issuer
from rules.places.addressees import expand_all
from rules.places.groups import MERGED, made_of, named_on
from rules.report_subjects import tells_results

# A plan, decision, programme or directive of its own.
_OWN = {"KH", "QD", "CTR", "CT", "NQ", "DA", "PA", "CD", "HD", "QC", "QYD"}
# What is asked of somebody above, or tells him: never an instruction to a province.
_NO_INSTRUCTION = {"TTR", "BC", "GM", "TO TRINH", "BAO CAO", "GIAY MOI"}
# What proves receipt, and no more; as does what a letter says that it has not done, or asks for.
_RECEIPT = ("acknowledges", "encloses")
_OWN_BODIES = ("committee", "council", "party", "department", "district")
# Who receives what is sent to the head of government.
_GOVERNMENT = frozenset({"CHINH PHU", "THU TUONG CHINH PHU", "VAN PHONG CHINH PHU"})
_ASIDE = re.compile(r"\([^)]*\)?")  # "(để báo cáo)"


@lru_cache(maxsize=1024)
def _kind(doc_type: str | None) -> str:
    return skeleton(doc_type or "")


def is_instruction(known: Links, id: str) -> bool:
    """Whether a document can lay something on a province: not its own committee's or a department's, not a report or a proposal."""
    node, place = known.graph.nodes[id], known.levels[id]
    kind = _kind(node.doc_type)
    if kind in _NO_INSTRUCTION or place.kind in ("committee", "department", "district"):
        return False
    return not (place.kind == "unknown" and is_local(node.document))


def told(known: Links, leading: Chains) -> set[str]:
    """The provinces that a document addresses, or that a held document which carries it out passes it on to: by their names on its day."""
    addressed: set[str] = set()
    day = known.graph.nodes[leading.target].date
    for each in (leading.target, *leading.passing_on()):
        node = known.graph.nodes[each]
        if not node.obliged or not is_instruction(known, each):
            continue
        names = expand_all(node.obliged, node.date)
        if node.date is not None and node.date >= MERGED and (day is None or day < MERGED):
            names = tuple(old for name in names for old in made_of(name))
        addressed.update(named_on(name, day) for name in names)
    return addressed


def proves(known: Links, way: Way) -> Standing:
    """What a committee's letter proves of the instruction at its way's end. One that takes another's place answers what that one did."""
    letter = known.graph.nodes[way.nodes[0]]
    hops = zip(way.references, way.nodes[1:], strict=True)
    reference, answered = next(hop for hop in hops if not takes_its_place(hop[0]))
    if reference.relation == "responds_to":
        # an answer to its own department is none to those who asked
        above = known.levels[answered].kind not in _OWN_BODIES
        # nor is a report that goes to its own council alone
        if above and (not _to_its_own(letter) or _to_those_who_asked(known, letter, way.nodes[1:])):
            return Standing.REPORTED
    elif (is_report(letter) or _tells_results(letter) or reports_in(reference, letter)) and _to_those_who_asked(
        known, letter, way.nodes[1:]
    ):
        return Standing.REPORTED
    return Standing.PLANNED if _kind(letter.doc_type) in _OWN else Standing.ASSIGNED


def _tells_results(letter: Node) -> bool:
    """Whether an official letter's subject says that it reports, and it goes to somebody by Kính gửi."""
    to = letter.letter.header.recipients if letter.letter is not None else ()
    return bool(to) and _kind(letter.doc_type) == "CV" and tells_results(letter.subject)


def _to_those_who_asked(known: Links, letter: Node, way: Sequence[str]) -> bool:
    """Whether a letter goes to an issuer on its way, its successor, or whom they name to send it to; where it names nobody, to whoever
    asked. A report to somebody else delivers nothing to them."""
    to = [who for one in _sent_to(letter) if (who := body(_ASIDE.sub("", one)))]
    asking = {heir for id in way for heir in heirs_of(body(known.graph.nodes[id].issuer))}
    if asking & _GOVERNMENT:
        asking |= _GOVERNMENT
    held = [node.letter for id in way if (node := known.graph.nodes[id]).letter is not None]
    named = [plain_words(deadline.what) for one in held for deadline in one.deadlines]
    if not to or any(one in asking or any(f" {one} " in f" {what} " for what in named) for one in to):
        return True
    # "Bộ Nội vụ (Vụ …)", "Vụ …, Bộ Nội vụ", and more of the letter that was read with it
    return any(one.startswith(f"{who} ") or (who.startswith("BO ") and one.endswith(f" {who}")) for one in to for who in asking if who)


def _to_its_own(letter: Node) -> bool:
    """Whether a letter goes to bodies of its own province alone; of one that names nobody that is not known."""
    to = letter.letter.header.recipients if letter.letter is not None else ()
    return bool(to) and all(in_issuer("in_a_province").search(plain_words(one)) for one in to)


def _sent_to(letter: Node) -> tuple[str, ...]:
    """Whom a letter goes to: Kính gửi, else all of Nơi nhận."""
    head = letter.letter.header if letter.letter is not None else None
    return (head.recipients or head.copies) if head is not None else ()


def receipts(known: Links, id: str) -> list[str]:
    """The committees' letters that say that a document was received, pass it on, or say that what it asks for is not done."""
    key = ("receipts", id)
    if key not in known.learned:
        sources = dict.fromkeys(edge.source for edge in known.cited_by.get(id, ()) if _proves_receipt(edge.reference))
        known.learned[key] = [
            source
            for source in sources
            if known.levels[source].kind == "committee" and source not in known.ended and in_order(known.days[source], known.days[id])
        ]
    found: list[str] = known.learned[key]
    return found


def _proves_receipt(reference: Reference) -> bool:
    if reference.agent != "self":
        return False
    return reference.relation in (_RECEIPT if reference.polarity == "affirmed" else ACTS)
