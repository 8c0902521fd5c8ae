"""The documents round one, a page at a time: what it cites and what cites it, and the same of each document that is opened.

Work and memory are bounded by what is asked for, not by how often a decree is cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select, true

from models.graph import Edge, Graph, Node
from models.letter import Letter
from models.reference import Reference
from models.skeleton import code
from pipeline.archive.graph.cited_only import unheld
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.exit_codes import ExitCode
from pipeline.link import assemble

PAGE = 30  # documents that one opening brings, of those cited and of those citing each
MOST = 200  # documents of one picture
LINKS = 700  # pairs of documents that are linked in one picture
COUNTED = 1000  # citing letters that are counted of a document; beyond it is "at least"
_READ = 300  # letters that may cite a document that is not held, of which that is looked at
_DOCUMENT = func.coalesce(table.c.copy_of, table.c.id)


class EgoGraph(NamedTuple):
    """Part of the directive graph. centre: the id of its node; opened: ids of the nodes whose neighbours were asked for.

    left: by node, how many of its neighbours are not in it (at most COUNTED are counted); links_left: pairs left out.
    """

    graph: Graph
    centre: str
    opened: frozenset[str]
    left: dict[str, int]
    links_left: int


class NoSuchNode(KeyError):
    """Neither held nor cited, or not for who asks."""

    exit_code = ExitCode.NO_SUCH_NODE


class _Stub(NamedTuple):
    """A document that is cited and not held, as its node's id tells it. key: its number's, or its kind's code where it has no number."""

    key: str
    day: Date | None
    body: str

    @classmethod
    def of(cls, id: str) -> _Stub | None:
        parts = id.removeprefix("doc:").split("@")
        if not id.startswith("doc:") or len(parts) != 3:
            return None
        try:
            return cls(parts[0], Date.fromisoformat(parts[1]) if parts[1] else None, parts[2])
        except ValueError:
            return None

    def cited(self) -> ColumnElement[bool]:
        """What the citations of it look like; the issuer is for the reading of each letter to tell."""
        day = self.day.isoformat() if self.day else None
        if "|" in self.key:
            same = citations.c.number_key == self.key
            return same & (citations.c.date.is_(None) | (citations.c.date == day) if day else citations.c.date.is_(None))
        return citations.c.number_key.is_(None) & (citations.c.date == day)

    @property
    def mark(self) -> str:
        return self.key if "|" in self.key else f"{self.key}@{self.day or ''}"

    def is_one(self, ref: Reference) -> bool:
        return _mark(ref) == self.mark and (ref.date == self.day or ref.date is None)


def _mark(ref: Reference) -> str:
    """What tells a cited document that is not held: its number, else its kind and day; "" where neither is known."""
    return ref.number_key or (f"{code(ref.doc_type)}@{ref.date}" if ref.doc_type and ref.date else "")


def ego_graph(connection: Connection, centre: str, opened: Sequence[str] = (), *, secret: bool = False, most: int = MOST) -> EgoGraph:
    """The documents next to a node's, and next to those of the nodes opened: each opening brings PAGE more, oldest first.

    centre, opened: ids of letters, or of nodes that are cited and not held; secret: also what is under quarantine. A node is opened
    again to see more of its neighbours. Raises NoSuchNode where the centre is none; others that are none are passed over.
    """
    search = _Search(connection, most, secret=secret)
    pages: dict[str, int] = {centre: 1}
    for id in opened:
        pages[id] = pages.get(id, 0) + 1
    search.ask(pages)
    if centre not in search.asked:
        raise NoSuchNode(centre)
    letters = search.letters()
    graph = assemble(letters)
    named = {copy: node.id for node in graph.nodes.values() for copy in (node.id, *node.copies)}
    places = {id: found for id in search.asked if (found := named.get(id) or _again(graph, id))}
    if centre not in places:
        raise NoSuchNode(centre)
    opened_nodes = frozenset(places.values())
    graph, links_left = _thinned(_next_to(graph, opened_nodes), opened_nodes)
    spent = {places[id] for id in places if id not in search.more}
    left = {id: 0 if id in spent else many for id, many in search.left(graph).items()}
    return EgoGraph(graph, places[centre], opened_nodes, left, links_left)


def _next_to(graph: Graph, opened: frozenset[str]) -> Graph:
    """The opened nodes and their neighbours."""
    near = {id for edge in graph.edges if opened & {edge.source, edge.target} for id in (edge.source, edge.target)} | opened
    edges = tuple(edge for edge in graph.edges if edge.source in near and edge.target in near)
    return Graph(nodes={id: node for id, node in graph.nodes.items() if id in near}, edges=edges)


def _again(graph: Graph, id: str) -> str | None:
    """The node of a document that is not held, whose id may have changed with what is read of it."""
    stub = _Stub.of(id)
    start = f"doc:{stub.key}@{stub.day or ''}@" if stub else "?"
    alike = sorted(one for one in graph.nodes if one.startswith(start))
    return next((one for one in alike if one == id), alike[0] if len(alike) == 1 else None)


def _thinned(graph: Graph, opened: frozenset[str]) -> tuple[Graph, int]:
    """The graph with at most LINKS pairs: those of the opened nodes first. And how many pairs were left out."""
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in graph.edges:
        pairs.setdefault((edge.source, edge.target), []).append(edge)
    order = sorted(pairs, key=lambda pair: not opened & set(pair))
    kept = set(order[:LINKS])
    edges = tuple(edge for edge in graph.edges if (edge.source, edge.target) in kept)
    return Graph(nodes=graph.nodes, edges=edges), len(pairs) - len(kept)


class _Search:
    """What is gathered for one picture.

    asked: rows by the id asked for (none where it is not held); more: of these, those with neighbours that were left out.
    """

    def __init__(self, connection: Connection, most: int, *, secret: bool) -> None:
        self.connection, self.most = connection, most
        self.seen: ColumnElement[bool] = true() if secret else table.c.quarantined.is_(False)
        self.unheld = unheld(secret=secret)
        self.letter_store = LetterStore(connection)
        self.asked: dict[str, list[int]] = {}
        self.more: set[str] = set()
        self._documents: dict[str, None] = {}  # ids of first copies that are to be shown
        self._stubs: set[str] = set()  # marks of documents not held that are to be shown
        self._rows: set[int] = set()
        self._read: dict[int, Letter] = {}

    def ask(self, pages: Mapping[str, int]) -> None:
        """Gather the neighbours of each of these, so many pages of them, while there is room."""
        for id in pages:
            rows = self._rows_of(id)
            if rows or _Stub.of(id):
                self.asked[id] = rows
                self._rows |= set(rows)
                self._documents[id] = None
        for id, rows in self.asked.items():
            many = pages[id] * PAGE
            if rows:
                whole = self._cited(rows, many)
                whole &= self._citing(self._query(rows), many)
            else:
                stub = _Stub.of(id)
                assert stub is not None
                self._stubs.add(stub.mark)
                whole = self._citing_stub(id, stub, many)
            if not whole:
                self.more.add(id)

    def _rows_of(self, id: str) -> list[int]:
        first = self.connection.execute(select(_DOCUMENT).where(table.c.id == id, self.seen)).scalar()
        if first is None:
            return []
        query = select(table.c.no).where((table.c.id == first) | (table.c.copy_of == first), self.seen).order_by(table.c.no)
        return list(self.connection.execute(query).scalars())

    def _room(self) -> bool:
        return len(self._documents) + len(self._stubs) < self.most

    def _add(self, document: str, rows: Iterable[int]) -> bool:
        """Whether there was room for it."""
        if document not in self._documents and not self._room():
            return False
        self._documents[document] = None
        self._rows |= set(rows)
        return True

    def _cited(self, rows: Sequence[int], many: int) -> bool:
        """Gather what these letters cite, in the order of their text. Whether that was all, as for the two below."""
        references = list(dict.fromkeys((ref.target, _mark(ref)) for one in self._letters(rows) for ref in one.references))
        held = self._copies([target for target, _ in references[:many] if target])
        whole = len(references) <= many
        for target, mark in references[:many]:
            if target in held:
                whole &= self._add(*held[target])
            elif mark:
                room = mark in self._stubs or self._room()
                whole &= room
                if room:
                    self._stubs.add(mark)
        return whole

    def _copies(self, ids: Sequence[str]) -> dict[str, tuple[str, list[int]]]:
        """The document of each of these letters, and the rows of its records."""
        of = select(table.c.id, _DOCUMENT.label("first")).where(table.c.id.in_(ids), self.seen)
        first = {row.id: row.first for row in self.connection.execute(of)}
        rows: dict[str, list[int]] = {}
        firsts = list(first.values())
        query = select(table.c.no, _DOCUMENT.label("first")).where(table.c.id.in_(firsts) | table.c.copy_of.in_(firsts), self.seen)
        for row in self.connection.execute(query.order_by(table.c.no)):
            rows.setdefault(row.first, []).append(row.no)
        return {id: (document, rows[document]) for id, document in first.items() if document in rows}

    def _query(self, rows: Sequence[int]) -> Any:
        """The letters that cite these."""
        own = select(table.c.id).where(table.c.no.in_(rows))
        return select(citations.c.no).where(citations.c.target.in_(own))

    def _citing(self, citing: Any, many: int) -> bool:
        found = select(table.c.id).where(table.c.no.in_(citing), self.seen).order_by(table.c.date, table.c.no).limit(many + 1)
        return self._gather(list(self.connection.execute(found).scalars()), many)

    def _citing_stub(self, id: str, stub: _Stub, many: int) -> bool:
        citing = select(citations.c.no).where(stub.cited(), self.unheld)
        found = select(table.c.no).where(table.c.no.in_(citing), self.seen).order_by(table.c.date, table.c.no).limit(_READ)
        read = self._letters(list(self.connection.execute(found).scalars()))
        graph = assemble(_with(one, [ref for ref in one.references if stub.is_one(ref)]) for one in read)
        node = _again(graph, id)
        ids = [copy for edge in graph.edges if edge.target == node for copy in graph.nodes[edge.source].copies]
        return self._gather(ids, many) and len(read) < _READ

    def _gather(self, ids: Sequence[str], many: int) -> bool:
        held = self._copies(ids[:many])
        added = [self._add(*held[id]) for id in ids[:many] if id in held]
        return all(added) and len(ids) <= many

    def _letters(self, rows: Sequence[int]) -> list[Letter]:
        lacking = [no for no in rows if no not in self._read]
        self._read |= dict(zip(lacking, self.letter_store.letters(lacking, with_text=False), strict=True))
        return [self._read[no] for no in rows]

    def letters(self) -> list[Letter]:
        """The letters gathered, with those of their references alone that lead to what is shown."""
        found = self._letters(sorted(self._rows))
        there = {one.id for one in found}
        targets = {ref.target for one in found for ref in one.references if ref.target} - there
        query = select(table.c.id).where(table.c.id.in_(targets), self.seen)
        elsewhere = set(self.connection.execute(query).scalars()) if targets else set()
        # one that is held and not for who asks is told as any that is only cited
        return [_with(one, [self._plain(ref, there) for ref in one.references if self._leads(ref, there, elsewhere)]) for one in found]

    def _leads(self, ref: Reference, there: set[str], elsewhere: set[str]) -> bool:
        return ref.target in there or (ref.target not in elsewhere and _mark(ref) in self._stubs)

    @staticmethod
    def _plain(ref: Reference, there: set[str]) -> Reference:
        return ref if ref.target in there else ref.model_copy(update={"target": None, "candidates": ()})

    def left(self, graph: Graph) -> dict[str, int]:
        """By node, how many of its neighbours are not in the graph."""
        near: dict[str, tuple[set[str], set[str]]] = {id: (set(), set()) for id in graph.nodes}
        for edge in graph.edges:
            near[edge.source][0].add(edge.target)
            near[edge.target][1].add(edge.source)
        read = {one.id: one for one in self._read.values()}
        return {id: self._left(node, read, *near[id]) for id, node in graph.nodes.items()}

    def _left(self, node: Node, read: Mapping[str, Letter], cites: set[str], cited_by: set[str]) -> int:
        named = {ref.target or _mark(ref) for copy in node.copies for ref in read[copy].references} - {""}
        stub = _Stub.of(node.id)
        if stub is not None:
            citing: Any = select(citations.c.no).where(stub.cited(), self.unheld)
        else:
            citing = select(citations.c.no).where(citations.c.target.in_(node.copies))
        few = select(_DOCUMENT).where(table.c.no.in_(citing.limit(COUNTED + 1)), self.seen).distinct().subquery()
        total = self.connection.execute(select(func.count()).select_from(few)).scalar_one()
        return max(0, len(named) - len(cites)) + max(0, total - len(cited_by))


def _with(letter: Letter, references: Sequence[Reference]) -> Letter:
    return letter.model_copy(update={"references": tuple(references)})
