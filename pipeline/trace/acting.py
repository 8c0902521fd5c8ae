"""What carries action from a letter to the one it cites, and the ways that lead from a letter to an instruction.

implements, responds_to, guides and follows_up carry it; acknowledges where the citing letter assigns or instructs; based_on where
its own subject names the cited programme. A law or decree that is merely a legal ground is never acted on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date as Date
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from models.graph import Edge, Graph, Node
from models.reference import Reference
from models.skeleton import skeleton
from models.trace import Closing
from pipeline.trace.closing import of_instruction
from pipeline.trace.government_level import GovernmentLevel, government_level

LONGEST = 4  # hops from a letter to an instruction
_LONG_ENOUGH = 4000  # characters that are known of a programme

# The strongest proof first: of several references from one letter to another this one is shown.
_STRENGTH = ("implements", "responds_to", "guides", "follows_up", "acknowledges", "based_on")

_LEGAL = re.compile(r"^(HIEN PHAP|BO LUAT|LUAT|PHAP LENH|LENH|NGHI DINH|THONG TU|THONG TU LIEN TICH|ND|TT|TTLT|PL)$")
# Words that every subject uses: what is left is the programme.
_FORMULA = re.compile(
    r"\b(V/V|VE VIEC|TRIEN KHAI|TO CHUC|THUC HIEN|BAN HANH|PHE DUYET|KEM THEO|TREN DIA BAN|TINH|THANH PHO|GIAO NHIEM VU|KET QUA|BAO CAO|"
    r"TANG CUONG|HUONG DAN|DON DOC|QUYET DINH|THEO CHI DAO|CUA|VE|VA|CAC|CHO|TAI|SO|NGAY|THANG|NAM)\b"
)


# A day, or the year inside a number: not a year that a programme bears.
_DAY = re.compile(r"NGAY\s+\d+\s*(?:THANG\s+\d+\s*NAM\s+\d{4}|[/.-]\s*\d+\s*[/.-]\s*\d{4})|/\s*\d{4}\s*/")


class Way(NamedTuple):
    """A way from a letter to an instruction: node ids, first and last included, and the reference of each hop."""

    nodes: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def hops(self) -> int:
        return len(self.references)


class Links(NamedTuple):
    """A graph made ready for tracing: who carries action to whom, and back; levels; plain edges by what they cite.

    closed: the people's words that a document's matter is closed, by its id; learned: what was found out of a document once and
    holds for every province, by what it is and the document's id.
    """

    graph: Graph
    forward: dict[str, dict[str, Reference]]
    back: dict[str, set[str]]
    cited_by: dict[str, tuple[Edge, ...]]
    levels: dict[str, GovernmentLevel]
    closed: dict[str, tuple[Closing, ...]]
    learned: dict[tuple[str, str], Any]


def links(graph: Graph, as_of: Date | None = None, closings: Sequence[Closing] = ()) -> Links:
    """Index the edges that carry action among documents issued by `as_of` (all, where it is null)."""
    there = {id for id, node in graph.nodes.items() if as_of is None or node.date is None or node.date <= as_of}
    said = _Said(graph)
    forward: dict[str, dict[str, Reference]] = defaultdict(dict)
    back: dict[str, set[str]] = defaultdict(set)
    cited_by: dict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        if edge.source not in there or edge.target not in there:
            continue
        source, target = graph.nodes[edge.source], graph.nodes[edge.target]
        cited_by[edge.target].append(edge)
        if carries(edge.reference, source, target, said) and in_order(source, target):
            known = forward[edge.source].get(edge.target)
            if known is None or _strength(edge.reference) < _strength(known):
                forward[edge.source][edge.target] = edge.reference
            back[edge.target].add(edge.source)
    levels = {id: government_level(node) for id, node in graph.nodes.items()}
    closed = {id: words for id in there if closings and (words := of_instruction(closings, graph.nodes[id], as_of))}
    return Links(graph, dict(forward), dict(back), {id: tuple(edges) for id, edges in cited_by.items()}, levels, closed, {})


def _strength(reference: Reference) -> int:
    return _STRENGTH.index(reference.relation)


def in_order(source: Node, target: Node) -> bool:
    """Whether a letter is dated not before what it cites; a day that is unread or in review contradicts nothing."""
    if source.date is None or target.date is None or source.date >= target.date:
        return True
    return any(node.letter is not None and "date" in node.letter.review for node in (source, target))


def carries(reference: Reference, source: Node, target: Node, said: _Said) -> bool:
    """Whether action is carried over a reference. said: what is known of each document's programme."""
    if reference.relation == "acknowledges":
        return source.instructs
    if reference.relation == "based_on":
        return not is_legal(target, reference) and names(source.subject, target, said.of(target.id))
    return reference.relation in _STRENGTH


def is_legal(node: Node, reference: Reference | None = None) -> bool:
    """Whether a document is a law, decree or circular: as a mere ground it is never acted on."""
    kinds = [node.doc_type, reference.doc_type if reference else None]
    number = node.document
    normative = number is not None and number.year is not None and not number.symbol.startswith(("QĐ", "NQ-HĐND", "CT"))
    return normative or any(_LEGAL.match(skeleton(kind)) for kind in kinds if kind)


class _Said:
    """What is known of each document's programme, as a skeleton: its subject, and what citing letters say right after its number.

    Put together only where it is asked for: of those that are cited as a ground.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._citing: dict[str, list[Reference]] | None = None
        self._known: dict[str, str] = {}

    def of(self, id: str) -> str:
        if id not in self._known:
            self._known[id] = self._put_together(id)
        return self._known[id]

    def _put_together(self, id: str) -> str:
        if self._citing is None:
            self._citing = defaultdict(list)
            for edge in self._graph.edges:
                self._citing[edge.target].append(edge.reference)
        known = skeleton(self._graph.nodes[id].subject or "")
        for r in self._citing.get(id, ()):
            if len(known) >= _LONG_ENOUGH:
                break
            place = r.place_in_sentence
            text, after = skeleton(r.text), skeleton(r.sentence[place[1] :] if place else r.sentence)
            # up to the next citation in the sentence: what follows it speaks of another document
            after = re.split(r"\bSO \d+|;|\bCAN CU\b", after)[0]
            known = f"{known} | {_DAY.sub(' ', text)} | {_DAY.sub(' ', after)}"
        return known


def names(subject: str | None, target: Node, said: str) -> bool:
    """Whether a citing letter's subject names the cited programme: by its words, or by its number ("Chương trình 1322").

    Years that both name must share one: a plan of 2021-2030 is not that of 2011-2020.
    """
    bare = skeleton(subject or "")
    serial = target.document.serial_code if target.document else ""
    if serial.isdigit() and re.search(rf"\b[A-Z]+ (SO )?0*{serial}\b(?!\s*[-/]\s*\d)", bare) and len(serial) > 1:
        return True
    pairs = _pairs(bare)
    shared = len(pairs & _pairs(said))
    if shared < 3 or shared < 0.5 * len(pairs):
        return False
    mine, theirs = set(re.findall(r"\b20\d\d\b", bare)), set(re.findall(r"\b20\d\d\b", said))
    return not mine or not theirs or bool(mine & theirs)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of words that stand side by side, formulas left out."""
    return frozenset(pairwise(re.findall(r"[0-9A-Z]+", _FORMULA.sub(" ", text))))


def ways(known: Links, start: str, longest: int = LONGEST) -> Iterator[Way]:
    """The shortest way from a letter to each document it acts on, at most `longest` hops.

    Between its ends a way leads through central documents and those of the letter's own province, never another's.
    """
    home = known.levels[start].province
    found = {start: Way((start,), ())}
    front = [start]
    for _ in range(longest):
        reached: list[str] = []
        for id in front:
            if id != start and known.levels[id].province not in (None, home):
                continue
            for target, reference in sorted(known.forward.get(id, {}).items(), key=lambda item: (_strength(item[1]), item[0])):
                if target not in found:
                    found[target] = Way((*found[id].nodes, target), (*found[id].references, reference))
                    reached.append(target)
                    yield found[target]
        front = reached


def sources(known: Links, target: str, longest: int = LONGEST) -> set[str]:
    """The documents from which `target` can be reached in at most `longest` hops."""
    seen, front = {target}, {target}
    for _ in range(longest):
        front = {source for id in front for source in known.back.get(id, ())} - seen
        seen |= front
    return seen - {target}
