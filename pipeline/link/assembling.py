"""Letters and what they cite become one graph: a node a document, held or only cited, and an edge a reference."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date as Date
from typing import Any, NamedTuple

from models.graph import Edge, Graph, Node
from models.letter import Letter
from models.reference import Reference
from pipeline.link.candidates import summary_of
from pipeline.link.copies import documents
from pipeline.link.inferred_numbers import settled
from pipeline.link.mentions import Mention, stubs
from pipeline.link.obliging import instructs, obliged

_AT_ONCE = 500  # texts that are held at a time
Texts = Callable[[Sequence[str]], Mapping[str, str]]


class Excerpt(NamedTuple):
    """What letters that are not all there are cannot tell each other. inferred: by id those whose number or day citations tell,
    completed; meant: whether a reference is to a document that is not held and that is asked for, so that all its mentions are there."""

    inferred: Mapping[str, Letter]
    meant: Callable[[Reference], bool]


def assemble(letters: Iterable[Letter], texts: Texts | None = None, part: Excerpt | None = None) -> Graph:
    """Build the directive graph of resolved letters; the same whatever order they come in.

    Copies of a letter are one node, named by the smallest id; a document that is cited and not held is a node of its own, its
    dateless mentions joined to the dated where only one fits. An unread number or day is that which its citations tell.
    Edges run from citing to cited, by the citing letters' days. The letters' texts tell whom they oblige and whether they
    instruct: letters without text have this from their recipients, assignments and cited sentences alone.
    texts: gives the texts of letters that come without, by id; only those are asked for whose text can tell a trace something.
    part: of letters that are not all there are: references that lead out of them are left out.
    """
    facts: dict[str, TextFacts] = {}
    bare = _bare(letters, facts, texts)
    found, inferred = settled(bare) if part is None else (list(bare), part.inferred)
    by_id = {letter.id: letter for letter in found}
    node_of: dict[str, str] = {}
    nodes: dict[str, Node] = {}
    groups = _documents(by_id, _TextOf(by_id, facts, texts))
    if texts is not None:
        _read(groups, facts, texts)
    for group in groups:
        for member in group:
            node_of[member.id] = group[0].id
        nodes[group[0].id] = _node(group, [facts[member.id] for member in group], [inferred.get(member.id, member) for member in group])
    edges: list[Edge] = []
    open_mentions: list[Mention] = []
    for id in sorted(by_id):
        letter = by_id[id]
        for reference in letter.references:
            target = node_of.get(reference.target or "")
            if target is None and part is not None and not part.meant(reference):
                continue
            if target is None:
                open_mentions.append(Mention.of(letter, reference, node_of[id]))
            elif target != node_of[id]:
                edges.append(Edge(source=node_of[id], target=target, reference=reference))
    for stub, mentions in stubs(open_mentions):
        nodes[stub.id] = stub
        edges += [Edge(source=m.source, target=stub.id, reference=m.reference) for m in mentions]
    return Graph(nodes=dict(sorted(nodes.items())), edges=tuple(_unique(edges, nodes)))


class TextFacts(NamedTuple):
    """What is kept of a letter's text, so that a hundred thousand fit in memory: itself packed, and what it says."""

    packed: bytes
    obliged: tuple[str, ...]
    instructs: bool


def _bare(letters: Iterable[Letter], facts: dict[str, TextFacts], texts: Texts | None) -> Iterator[Letter]:
    """The letters without their text; what it says goes to `facts`: at once, or by what they say without it where it comes later."""
    for letter in letters:
        if texts is not None:
            known = letter.obligations is not None
            said = (obliged(letter), instructs(letter)) if known else (letter.header.recipients, bool(letter.assignments))
            facts[letter.id] = TextFacts(b"", *said)
            yield letter
            continue
        text = "\n".join(letter.text)
        # a copy is told already: its text will not be asked for
        packed = b"" if letter.copy_of or not letter.header.number else zlib.compress(text.encode())
        facts[letter.id] = TextFacts(packed, obliged(letter), instructs(letter))
        yield letter.model_copy(update={"text": ()})


def _read(groups: Iterable[Sequence[Letter]], facts: dict[str, TextFacts], texts: Texts) -> None:
    """Read the texts that tell more than records of before: whom a letter without recipients obliges, and whether one instructs that
    acknowledges another and assigns nothing (no other relation asks that)."""
    wanted: dict[str, Letter] = {}
    for group in groups:
        asks = any(one.relation == "acknowledges" for member in group for one in member.references)
        for member in group:
            if member.obligations is not None:
                continue
            if not facts[member.id].obliged or (asks and not any(facts[one.id].instructs for one in group)):
                wanted[member.id] = member
    ids = list(wanted)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        found = texts(some)
        for id in some:
            whole = wanted[id].model_copy(update={"text": (found.get(id, ""),)})
            facts[id] = TextFacts(b"", obliged(whole), instructs(whole))


class _TextOf:
    """The texts of letters by id, for telling copies apart: unpacked, or asked for; "" where none is needed."""

    def __init__(self, by_id: Mapping[str, Letter], facts: Mapping[str, TextFacts], texts: Texts | None) -> None:
        self._by_id, self._facts, self._texts = by_id, facts, texts

    def __call__(self, id: str) -> str:
        if self._texts is None:
            packed = self._facts[id].packed
            return zlib.decompress(packed).decode() if packed else ""
        letter = self._by_id[id]
        return "" if letter.copy_of or not letter.header.number else self._texts([id]).get(id, "")


def _documents(by_id: dict[str, Letter], text_of: Callable[[str], str]) -> list[tuple[Letter, ...]]:
    """LetterSummary letters by document, each group's smallest id first."""
    root = {id: id for id in by_id}

    def find(id: str) -> str:
        while root[id] != id:
            root[id] = root[root[id]]
            id = root[id]
        return id

    def join(one: str, other: str) -> None:
        one, other = sorted((find(one), find(other)))
        root[other] = one

    buckets: dict[tuple[str, Date], list[str]] = defaultdict(list)
    for id, letter in sorted(by_id.items()):
        if letter.copy_of in by_id:
            join(id, str(letter.copy_of))
        key = letter.header.number_key
        if key and letter.header.date:
            buckets[key, letter.header.date].append(id)

    for ids in buckets.values():
        if len(ids) > 1:
            for group in documents([summary_of(by_id[id]) for id in ids], text_of):
                for other in group[1:]:
                    join(group[0].id, other.id)
    groups: dict[str, list[Letter]] = defaultdict(list)
    for id in sorted(by_id):
        groups[find(id)].append(by_id[id])
    return [tuple(group) for group in groups.values()]


def _node(group: Sequence[Letter], facts: Sequence[TextFacts], inferred: Sequence[Letter]) -> Node:
    """A held document: the fields of its first copy, and from the others what that one lacks. inferred: as completed by who cites it."""
    heads = [letter.header for letter in inferred]

    def first(field: str) -> Any:
        found = getattr(heads[0], field)
        return found or next((value for head in heads[1:] if (value := getattr(head, field))), None)

    return Node(
        id=group[0].id, number=first("number"), date=first("date"), issuer=first("issuer"), doc_type=first("doc_type"),
        subject=first("subject"), letter=group[0], copies=tuple(letter.id for letter in group),
        obliged=next((one.obliged for one in facts if one.obliged), ()), instructs=any(one.instructs for one in facts),
    )  # fmt: skip


def _unique(edges: Iterable[Edge], nodes: dict[str, Node]) -> list[Edge]:
    """Each (citing, cited, what is said of it, words) once, however many copies say it; by the citing letter's day, then by page."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for edge in sorted(edges, key=lambda e: _order(e, nodes)):
        r = edge.reference
        mark = (edge.source, edge.target, r.relation, r.polarity, r.agent, r.scope, r.text)
        if mark not in seen:
            seen.add(mark)
            kept.append(edge)
    return kept


def _order(edge: Edge, nodes: dict[str, Node]) -> tuple[Date, str, int, str, tuple[str, ...]]:
    r: Reference = edge.reference
    said = (r.relation, r.text, r.polarity, r.agent, r.scope, r.pinpoint or "", r.sentence)
    return (nodes[edge.source].date or Date.max, edge.source, r.page, edge.target, said)
