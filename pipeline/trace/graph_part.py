"""The part of an archive's graph that decides how instructions stand: read without what merely cites them, and traced as the whole is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date as Date
from functools import partial

from sqlalchemy import Connection

from models.graph import Graph, Node
from models.letter import Letter
from models.reference import Reference
from pipeline.archive import Archive
from pipeline.archive.graph.leading_letters import Ground, Walk, bearing, held, leading, mentioning, read
from pipeline.archive.graph.words_of_programmes import said_of
from pipeline.archive.tables.database import reading
from pipeline.link import assemble
from pipeline.link.assembling import Excerpt
from pipeline.trace.government_level import group_of
from pipeline.trace.grounds import is_legal, names, told


def leading_to(archive: Archive, keys: Collection[str], *, secret: bool = True) -> Graph:
    """The documents, held or only cited, that bear one of these numbers, and all that a trace of them asks for.

    secret: also letters under quarantine.
    """
    with reading(archive.engine) as connection:
        citing, numbers = mentioning(connection, keys, secret=secret)
        walk = Walk(group_of, partial(_acting, connection, secret))
        rows = leading(connection, bearing(connection, keys, secret=secret), citing, walk, secret=secret)
        letters, inferred = read(connection, rows)
        # the earliest day that one of unread day can be of is told by what it cites
        undated = [inferred.get(one.id, one) for one in letters if inferred.get(one.id, one).header.date is None]
        if undated:
            cited = [r for one in undated for r in one.references]
            more, others = mentioning(connection, {key for r in cited if (key := r.number_key)}, secret=secret)
            rows, numbers = rows | more | set(held(connection, _targets(undated), secret=secret).values()), numbers | others
            letters, inferred = read(connection, rows)
        there = {one.id for one in letters}
        elsewhere = held(connection, _targets(letters) - there, secret=secret)
        said = _said(connection, letters, secret=secret)

    def meant(reference: Reference) -> bool:
        return reference.number_key in numbers and reference.target not in elsewhere

    graph = assemble(letters, archive.texts, Excerpt(inferred, meant))
    return graph.model_copy(update={"said": said})


def _targets(letters: Iterable[Letter]) -> set[str]:
    return {r.target for one in letters for r in one.references if r.target}


def _said(connection: Connection, letters: Sequence[Letter], *, secret: bool) -> dict[str, tuple[str, ...]]:
    """What is said of those of the letters that others of them rest on: their subjects may name its programme."""
    grounds = {r.target for one in letters for r in one.references if (r.relation, r.polarity, r.agent) == ("based_on", "affirmed", "self")}
    copies: dict[str, list[str]] = {}
    for one in letters:
        copies.setdefault(one.copy_of or one.id, []).append(one.id)
    asked: Mapping[str, Sequence[str]] = {id: some for id, some in copies.items() if grounds.intersection(some)}

    return said_of(connection, asked, secret=secret)


def _acting(connection: Connection, secret: bool, grounds: Sequence[Ground]) -> set[Ground]:
    """Those of the grounds by which a letter may act on what it rests on: no law, and its subject names the programme."""
    cited: dict[str, list[Ground]] = defaultdict(list)
    for one in grounds:
        if not is_legal(node := _node(one), Reference(number=one.number, doc_type=one.cited_as)) and one.subject:
            cited[node.id].append(one)
    said = said_of(connection, {id: [id] for id in cited}, secret=secret) if cited else {}
    programmes = {id: told(some[0].about, said[id]) for id, some in cited.items()}
    return {one for id, some in cited.items() for one in some if names(one.subject, _node(one), programmes[id])}


def _node(one: Ground) -> Node:
    day = Date.fromisoformat(one.date) if one.date else None
    return Node(id=one.target, number=one.number, date=day, doc_type=one.doc_type, subject=one.about)
