"""What carries action from a letter to the one it cites.

implements, responds_to, guides and follows_up carry it; acknowledges where the citing letter assigns or instructs; based_on where
its own subject names the cited programme: each where the letter says it of itself, and done. A law or decree that is merely a legal
ground is never acted on. What an instruction's own issuer says of it later (an extension, a correction) leads to it too, and what takes
another's place to what that one led to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import Any, NamedTuple

from models.graph import Edge, Graph, Node
from models.reference import Polarity, Reference
from models.skeleton import plain_words, skeleton
from models.trace import Closing
from pipeline.link.organizations import body
from pipeline.trace.authority import heirs_of, speaks_for_issuer
from pipeline.trace.closing import of_instruction
from pipeline.trace.ending import Ending, ending, ends_on
from pipeline.trace.government_level import GovernmentLevel, government_level
from pipeline.trace.grounds import Programmes, is_legal, names
from rules.places.addressees import expand_all

# The strongest proof first: of several references from one letter to another this one is shown.
_STRENGTH = ("implements", "responds_to", "guides", "follows_up", "acknowledges", "based_on", "amends", "replaces", "mentions")
ACTS = frozenset(_STRENGTH[:6])
# What those below are asked to do is an instruction.
_PASSED_ON = ("implements", "guides", "follows_up")
_REPORTS = {"BC", "BAO CAO"}
_REPORTING = re.compile(
    r"[,;.]\s*(?P<who>[^,;.:]{0,80}?)\s*\b(?:XIN |KINH |TRAN TRONG )*(?:GUI )?(?:BAO CAO|SO LIEU|DANH SACH|DANH MUC|CUNG CAP|TRA LOI|"
    r"PHUC DAP|CO Y KIEN|THAM GIA Y KIEN|GOP Y)\b"
)
# What a letter is about where its words name no document: what it follows up; else what it puts right; else whatever it does not merely
# rest on or send on.
_ABOUT = (("follows_up",), ("amends", "replaces"), ("implements", "responds_to", "acknowledges", "guides", "mentions"))


class Links(NamedTuple):
    """A graph made ready for tracing, of documents that are there on the day asked of.

    back: by a document what carries action to it, and from where; cited_by: plain edges by what they cite; levels: where each issuer
    sits; days: of each document the earliest that it can be of; ended: the edges by which a document was repealed, withdrawn or replaced
    as a whole by those who may; partly: who says of whom that it is done in part; refused: by a document those that say that they did not
    do it; closed: the people's words that a document's matter is closed, by its id; learned: what was found out of a document once and
    holds for every province, by what it is and the document's id.
    """

    graph: Graph
    back: dict[str, dict[str, Reference]]
    cited_by: dict[str, tuple[Edge, ...]]
    levels: dict[str, GovernmentLevel]
    days: dict[str, Date | None]
    ended: dict[str, tuple[Edge, ...]]
    partly: frozenset[tuple[str, str]]
    refused: dict[str, set[str]]
    closed: dict[str, tuple[Closing, ...]]
    learned: dict[tuple[str, str], Any]


def links(graph: Graph, as_of: Date | None = None, closings: Sequence[Closing] = ()) -> Links:
    """Index the edges that carry action among documents issued by `as_of` (all, where it is null)."""
    nodes = graph.nodes
    days = _days(graph)
    there = {id for id, day in days.items() if as_of is None or day is None or day <= as_of}
    levels = {id: government_level(node) for id, node in nodes.items()}
    said = Programmes(graph)
    pairs: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    cited_by: dict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        if edge.source in there and edge.target in there:
            cited_by[edge.target].append(edge)
            pairs[edge.source, edge.target].append(edge.reference)
    back: dict[str, dict[str, Reference]] = defaultdict(dict)
    partly: set[tuple[str, str]] = set()
    refused: dict[str, set[str]] = defaultdict(set)
    ended: dict[str, list[Edge]] = defaultdict(list)
    for (id, cited), references in pairs.items():
        if not in_order(days[id], days[cited]):
            continue
        source, target = nodes[id], nodes[cited]
        ends = [(r, how) for r in references if (how := ending(r, source, target)) not in (None, Ending.SUSPENDED)]
        ends = [(r, how) for r, how in ends if as_of is None or (day := ends_on(r, source)) is None or day <= as_of]
        ended[cited] += [Edge(source=id, target=cited, reference=r) for r, _ in ends]
        carrying = acts_on(references, source, target, said)
        above = levels[id].kind in ("centre", "ministry")
        if not carrying and not above and not_done(references):
            refused[cited].add(id)
        if above:
            carrying += of_those_above(references, source, target)
        carrying += [r for r, how in ends if how is Ending.REPLACED]
        if carrying:
            back[cited][id] = min(carrying, key=strength)
            if any(_in_part(r) for r in references):
                partly.add((id, cited))
    closed = {id: words for id in there if closings and (words := of_instruction(closings, nodes[id], as_of))}
    return Links(
        graph, dict(back), {id: tuple(edges) for id, edges in cited_by.items()}, levels, days,
        {id: tuple(edges) for id, edges in ended.items() if edges}, frozenset(partly), dict(refused), closed, {},
    )  # fmt: skip


def _days(graph: Graph) -> dict[str, Date | None]:
    """The earliest day that each document can be of: its own; where that is not known, the latest of what it cites (null: none is)."""
    days = {id: node.date for id, node in graph.nodes.items()}
    for edge in graph.edges:
        cited = graph.nodes[edge.target].date
        if cited is not None and graph.nodes[edge.source].date is None:
            days[edge.source] = max(cited, days[edge.source] or cited)
    return days


def strength(reference: Reference) -> int:
    """How strongly a reference proves that it is acted on: 0 is the strongest."""
    return _STRENGTH.index(reference.relation) if reference.relation in _STRENGTH else len(_STRENGTH)


def in_order(source: Date | None, target: Date | None) -> bool:
    """Whether a letter is dated not before what it cites, whatever is in review; a day that nothing tells contradicts nothing."""
    return source is None or target is None or source >= target


def acts_on(references: Sequence[Reference], source: Node, target: Node, said: Programmes) -> list[Reference]:
    """Those of a letter's references to one document by which it acts on it. said: what is known of each document's programme."""
    return [r for r in _done(references, source) if _carries(r, source, target, said)]


def _done(references: Sequence[Reference], source: Node) -> list[Reference]:
    """What a letter says of itself, and done. A report that denies reports nothing; against a letter's words no title speaks, nor that it
    received what it refuses, or rests on it."""
    denied = not_done(references)
    if denied - {"postponed"} and is_report(source):
        return []
    done = [r for r in references if (r.agent, r.polarity) == ("self", "affirmed")]
    return [r for r in done if r.relation not in ("acknowledges", "based_on") and not in_subject(r, source)] if denied else done


def not_done(references: Iterable[Reference]) -> set[Polarity]:
    """How a letter says of a whole document that it did not do what that asks: denied, stopped, put off."""
    said = {r.polarity for r in references if r.agent == "self" and r.relation in ACTS and r.scope == "whole"}
    return said & {"denied", "stopped", "postponed"}


def _in_part(reference: Reference) -> bool:
    """Whether a letter says that it did a document in part: not that it did a paragraph of it, which has a name."""
    return reference.agent == "self" and reference.scope == "part" and not reference.pinpoint and reference.relation in ACTS


def is_report(node: Node) -> bool:
    return skeleton(node.doc_type or "") in _REPORTS


def in_subject(reference: Reference, node: Node) -> bool:
    """Whether a reference stands in the letter's subject, not in its text."""
    return bool(reference.sentence) and skeleton(reference.sentence) in skeleton(node.subject or "")


def _carries(reference: Reference, source: Node, target: Node, said: Programmes) -> bool:
    if reference.relation == "acknowledges":
        return source.instructs or (reports_in(reference, source) and _goes_to(source, target))
    if reference.relation == "based_on":
        return not is_legal(target, reference) and names(source.subject, target, said.of(target.id))
    return reference.relation in ACTS


def reports_in(reference: Reference, letter: Node) -> bool:
    """Whether an official letter reports in the sentence that cites: "Thực hiện …, Ủy ban nhân dân tỉnh báo cáo như sau"."""
    to = letter.letter.header.recipients if letter.letter is not None else ()
    place = reference.place_in_sentence
    if not to or place is None or skeleton(letter.doc_type or "") != "CV" or reference.polarity != "affirmed":
        return False
    issuer = plain_words(letter.issuer or "")
    said = _REPORTING.finditer(skeleton(reference.sentence[place[1] :]))
    return any(one["who"].strip().replace("UBND", "UY BAN NHAN DAN") in issuer for one in said)


def _goes_to(letter: Node, target: Node) -> bool:
    """Whether a letter goes to the issuer of what it cites, or to that one's successor."""
    to = letter.letter.header.recipients if letter.letter is not None else ()
    return bool(heirs_of(body(target.issuer)) & {body(one) for one in to})


def of_those_above(references: Iterable[Reference], source: Node, target: Node) -> list[Reference]:
    """By what else a letter of those above leads to a document: it asks those it addresses to carry that out; or it is the issuer's own
    word on it: a reminder, an extension, a correction, an amendment. An answer to it is an answer to what it is about."""
    below = bool(expand_all(source.obliged, source.date))
    asked = [r for r in references if r.polarity == "asked" and r.relation in _PASSED_ON and below]
    about = [r for r in references if _is_word_on(r, source)]
    return asked + (about if about and not is_legal(target) and speaks_for_issuer(source, target) else [])


def _is_word_on(reference: Reference, source: Node) -> bool:
    if reference.polarity in ("denied", "stopped"):
        return False
    letter = source.letter
    if letter is not None:
        words = [one.of for one in letter.reminders] + [one.of for one in letter.deadlines if one.moved]
        if any(concerns(source, reference, of) for of in words):
            return True
    changes = reference.relation == "amends" or (reference.relation == "replaces" and reference.scope != "whole")
    return reference.agent == "self" and (changes or reference.polarity == "postponed")


def concerns(letter: Node, reference: Reference, of: Sequence[str]) -> bool:
    """Whether words of a letter are about what it cites here. of: ids of the references that stand in these words."""
    held = letter.letter.references if letter.letter is not None else ()
    if of and any(one.id in of for one in held):
        return reference.id in of
    for kinds in _ABOUT:
        if any(one.relation in kinds for one in held):
            return reference.relation in kinds
    return True
