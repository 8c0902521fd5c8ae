"""The part of an archive's graph that decides how instructions stand: read without what merely cites them, and traced as the whole is."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date as Date
from functools import lru_cache, partial

from sqlalchemy import Connection

from models.graph import Graph, Node
from models.letter import Letter
from models.reference import Reference
from models.skeleton import code
from pipeline.archive import Archive
from pipeline.archive.graph.cited_letters import LedTo, addressing, by_kind, cited_by, issued, keeping_to, mentioned, numbered, written_in
from pipeline.archive.graph.leading_letters import Ground, Own, Walk, bearing, held, leading, mentioning, read
from pipeline.archive.graph.words_of_programmes import said_of
from pipeline.archive.tables.database import reading
from pipeline.link import assemble
from pipeline.link.assembling import Excerpt
from pipeline.trace.government_level import government_level, group_of
from pipeline.trace.grounds import is_legal, names, told
from rules.places.addressees import expand_all
from rules.places.groups import HUE_CITY, MERGED, made_of, named_on, successor


def leading_to(archive: Archive, keys: Collection[str], *, secret: bool = True) -> Graph:
    """The documents, held or only cited, that bear one of these numbers, and all that a trace of them asks for.

    secret: also letters under quarantine.
    """
    with reading(archive.engine) as connection:
        citing, numbers = mentioning(connection, keys, secret=secret)
        ways = walk(connection, secret=secret)
        rows = leading(connection, bearing(connection, keys, secret=secret), citing, ways, secret=secret)
        return _graph(archive, connection, LedTo(rows, numbers, set()), ways, secret=secret)


def laid_on(connection: Connection, province: str, *, secret: bool) -> LedTo:
    """The documents, held or only cited, that were laid on a province or on which its letters act."""
    own = _own(province)
    start = written_in(connection, own.units, secret=secret) | set(_laid_on(connection, own.group, secret=secret))
    return cited_by(connection, start, walk(connection, secret=secret), own.group, secret=secret)


def _own(province: str) -> Own:
    own = successor(province, MERGED)
    return Own(own, frozenset({own, named_on(own, None), named_on(own, HUE_CITY), *made_of(own)}))


def of_documents(archive: Archive, connection: Connection, asked: LedTo, province: str, ways: Walk, *, secret: bool) -> Graph:
    """The graph of these documents and of all that a trace of them in a province asks for. ways: see `walk`."""
    citing, numbers = mentioning(connection, asked.keys, secret=secret)
    unnamed = by_kind(connection, asked.kinds, secret=secret)
    found = leading(connection, asked.rows, citing | unnamed, ways, secret=secret, own=_own(province))
    found = keeping_to(connection, found, secret=secret)
    # whether a law is acted on at all the letters of all provinces tell
    laws = {no for no, number, kind in numbered(connection, asked.rows) if is_law(number, kind)}
    of_laws, _ = mentioning(
        connection, {key for key, number, kind in mentioned(connection, numbers) if is_law(number, kind)}, secret=secret
    )
    found |= leading(connection, laws, of_laws | unnamed, ways, secret=secret)
    return _graph(archive, connection, LedTo(found, numbers, asked.kinds), ways, secret=secret)


def walk(connection: Connection, *, secret: bool) -> Walk:
    """What a walk over the archive's columns asks of trace, of one state of the archive."""
    said = dict[str, tuple[str, ...]]()
    return Walk(group_of, partial(_acting, connection, secret, said), _may_instruct, said)


def instructing(connection: Connection, rows: Collection[int]) -> Iterator[int]:
    """Those of the letters of these rows whose issuers may lay something on a province."""
    yield from (no for no, issuer in issued(connection, rows) if _may_instruct(issuer))


def is_law(number: str | None, doc_type: str | None) -> bool:
    """Whether a document of that number and type is a law, decree or circular."""
    return is_legal(Node(id="", number=number, doc_type=doc_type))


def _laid_on(connection: Connection, own: str, *, secret: bool) -> Iterator[int]:
    """The rows of the letters that may lay something on a province, as it is since the mergers."""
    for one in addressing(connection, _may_instruct, secret=secret):
        if one.obligations is None or one.date is None or own in _addressed(one.recipients, one.copies, one.obligations, one.date):
            yield one.no


@lru_cache(maxsize=16384)
def _may_instruct(issuer: str | None) -> bool:
    """Whether a body of that name may lay something on a province (see proof.is_instruction)."""
    return government_level(Node(id="", number=None, issuer=issuer)).kind not in ("committee", "department", "district")


@lru_cache(maxsize=16384)
def _addressed(recipients: str | None, copies: str | None, obligations: str | None, day: str | None) -> frozenset[str]:
    """The provinces, as they are since the mergers, that phrases name. Each: a JSON list."""
    phrases = [phrase for some in (recipients, copies, obligations) if some for phrase in json.loads(some)]
    return frozenset(successor(name, MERGED) for name in expand_all(phrases, Date.fromisoformat(day) if day else None))


def _graph(archive: Archive, connection: Connection, part: LedTo, ways: Walk, *, secret: bool) -> Graph:
    """The graph of these letters. part: with all mentions of what is not held."""
    rows, numbers, kinds = part
    letters, inferred = read(connection, rows, secret=secret)
    # the earliest day that one of unread day can be of is told by what it cites
    undated = [inferred.get(one.id, one) for one in letters if inferred.get(one.id, one).header.date is None]
    if undated:
        cited = [r for one in undated for r in one.references]
        more, others = mentioning(connection, {key for r in cited if (key := r.number_key)}, secret=secret)
        laws = {(r.doc_type, r.date.isoformat()) for r in cited if not r.number_key and r.doc_type and r.date}
        rows, numbers, kinds = rows | more | by_kind(connection, laws, secret=secret), numbers | others, kinds | laws
        letters, inferred = read(connection, rows | set(held(connection, _targets(undated), secret=secret).values()), secret=secret)
    elsewhere = held(connection, _targets(letters) - {one.id for one in letters}, secret=secret)
    said, named = _said(connection, letters, ways, secret=secret), {(code(kind), day) for kind, day in kinds}

    def meant(reference: Reference) -> bool:
        if reference.target in elsewhere:
            return False
        key, day = reference.number_key, reference.date
        return key in numbers if key else day is not None and (code(reference.doc_type or ""), day.isoformat()) in named

    graph = assemble(letters, archive.texts, Excerpt(inferred, meant))
    return graph.model_copy(update={"said": said})


def _targets(letters: Iterable[Letter]) -> set[str]:
    return {r.target for one in letters for r in one.references if r.target}


def _said(connection: Connection, letters: Sequence[Letter], ways: Walk, *, secret: bool) -> dict[str, tuple[str, ...]]:
    """What is said of those of the letters that others of them rest on: their subjects may name its programme."""
    grounds = {r.target for one in letters for r in one.references if (r.relation, r.polarity, r.agent) == ("based_on", "affirmed", "self")}
    copies: dict[str, list[str]] = {}
    for one in letters:
        copies.setdefault(one.copy_of or one.id, []).append(one.id)
    asked = {id: some for id, some in copies.items() if grounds.intersection(some)}
    known = {id: ways.said[id] for id, some in asked.items() if some == [id] and id in ways.said}
    return known | said_of(connection, {id: some for id, some in asked.items() if id not in known}, secret=secret)


def _acting(connection: Connection, secret: bool, said: dict[str, tuple[str, ...]], grounds: Sequence[Ground]) -> set[Ground]:
    """Those of the grounds by which a letter may act on what it rests on: no law, and its subject names the programme.

    said: what is said of these, by id, as far as it was asked.
    """
    cited: dict[str, list[Ground]] = defaultdict(list)
    for one in grounds:
        if not is_legal(node := _node(one), Reference(number=one.number, doc_type=one.cited_as)) and one.subject:
            cited[node.id].append(one)
    said |= said_of(connection, {id: [id] for id in cited.keys() - said.keys()}, secret=secret)
    programmes = {id: told(some[0].about, said[id]) for id, some in cited.items()}
    return {one for id, some in cited.items() for one in some if names(one.subject, _node(one), programmes[id])}


def _node(one: Ground) -> Node:
    day = Date.fromisoformat(one.date) if one.date else None
    return Node(id=one.target, number=one.number, date=day, doc_type=one.doc_type, subject=one.about)
