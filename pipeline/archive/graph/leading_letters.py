"""The letters from which ways lead to a document: walked down from it over the citations' columns, as a trace walks.

A way leads through central letters and those of one province. Whatever else cites these is left out, however much it is: what a trace
asks of it (what it says of a document's programme) is read by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date as Date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select, true

from models.letter import Letter
from models.number import printed
from pipeline.archive.graph.cited_only import unheld
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.link.similarity import distance
from rules.thresholds import threshold

_BATCH = 400
_Value = TypeVar("_Value", int, str)
_LETTER = (table.c.no, table.c.id, table.c.copy_of, table.c.issuer, table.c.province)
_CITATION = (citations.c.target, citations.c.relation, citations.c.weight, citations.c.doc_type.label("cited_as"))


_again = table.alias("again")
_SEVERAL = or_(table.c.copy_of.isnot(None), exists().where(_again.c.copy_of == table.c.id))


class _Found(NamedTuple):
    """A letter, and the group of provinces whose letters lie between it and the document (null: central ones alone)."""

    no: int
    through: str | None


def bearing(connection: Connection, keys: Collection[str], *, secret: bool) -> set[int]:
    """The rows of the letters that bear one of these numbers, on their sheet or as their citations tell."""
    if not keys:
        return set()
    borne = or_(table.c.number_key.in_(list(keys)), table.c.inferred_key.in_(list(keys)))
    return set(connection.execute(select(table.c.no).where(borne, visible(secret=secret))).scalars())


def mentioning(
    connection: Connection, keys: Collection[str], *, secret: bool, were: Iterable[tuple[str, str, str]] = ()
) -> tuple[set[int], set[str]]:  # fmt: skip
    """The rows of the letters that cite one of these numbers and mean nothing that is held; and the numbers, with those that a
    misspelling of one of that day may be told as one with. were: key, number and day of citations that were there before."""
    rows, known = set[int](), set[str]()
    front = {*keys, *(key for one in were for key in _misspelt(connection, *one, secret=secret))}
    while front:
        known |= front
        open_ones = select(citations.c.no, citations.c.number, citations.c.number_key, citations.c.date).where(unheld(secret=secret))
        found = connection.execute(open_ones.where(citations.c.number_key.in_(sorted(front)))).all()
        rows |= {one.no for one in found}
        cited = {(one.number_key, one.number, one.date) for one in found if one.date}
        front = {key for key, number, day in cited for key in _misspelt(connection, key, number, day, secret=secret)} - known
    return rows, known


def _misspelt(connection: Connection, key: str, number: str, day: str, *, secret: bool) -> Iterator[str]:
    """The numbers of that serial, year and day that are cited, mean nothing held, and are spelled nearly so."""
    start = "|".join(key.split("|")[:2]) + "|"
    same = (citations.c.date == day, citations.c.number_key >= start, citations.c.number_key < start + "\uffff")
    query = select(citations.c.number_key, citations.c.number).where(*same, citations.c.number_key != key, unheld(secret=secret))
    own = printed(number)
    for other_key, other in connection.execute(query.distinct()):
        meant = printed(other)
        if own is not None and meant is not None and distance(own.notation_code, meant.notation_code) <= threshold("symbol_near"):
            yield other_key


class Ground(NamedTuple):
    """A citation as a mere ground, by columns: of the citing letter and of the cited one."""

    subject: str | None
    cited_as: str | None
    target: str
    number: str | None
    date: str | None
    doc_type: str | None
    about: str | None


Rests = Callable[[Sequence[Ground]], set[Ground]]


class Walk(NamedTuple):
    """What a trace alone can say while the ways are walked.

    home: by a letter's issuer and province the group of provinces in whose offices it was written; null for a central one, or where the
    row does not say; acts: those of some grounds by which the citing letter may act on what it rests on; instructs: by its name whether
    a body may lay something on a province; said: by id what is said of the programmes of those of which that was asked.
    """

    home: Callable[[str | None, str | None], str | None]
    acts: Rests
    instructs: Callable[[str | None], bool]
    said: dict[str, tuple[str, ...]]


class Own(NamedTuple):
    """A province, as `Walk.home` has it, and the names of the units that are of it."""

    group: str
    units: frozenset[str]


def leading(
    connection: Connection, rows: Iterable[int], citing: Iterable[int], walk: Walk, *, secret: bool, own: Own | None = None
) -> set[int]:  # fmt: skip
    """The rows from which ways lead to the documents of `rows`, or begin with one of `citing`; these, what else tells something of the
    former, and all their copies, included. own: ways of this group's letters alone."""
    search, through = _Search(connection, walk, own, secret=secret), own.group if own else None
    front = search.step(search.reached({(no, through) for no in rows}, at_target=True), least=1)
    front |= search.reached({(no, through) for no in citing})
    while front:
        front = search.step(front)
    return search.rows


class _Search:
    """What was reached by now. rows: all of it."""

    def __init__(self, connection: Connection, walk: Walk, own: Own | None, *, secret: bool) -> None:
        self._connection, self._walk, self._seen = connection, walk, visible(secret=secret)
        if own is not None:
            names = connection.execute(
                select(schema.issuers.c.name, schema.issuers.c.province).where(schema.issuers.c.province.isnot(None))
            )
            central = [name for name, province in names if walk.home(name, province) is None]
            here = or_(table.c.province.is_(None), table.c.province.in_(sorted(own.units)), table.c.issuer.in_(central))
            self._seen &= or_(here, citations.c.relation == "replaces", _SEVERAL)
        self._asked = visible(secret=secret)
        self.rows: set[int] = set()
        self._places: set[_Found] = set()
        self._ids: dict[int, str] = {}
        self._homes: dict[int, str | None] = {}
        self._records: dict[int, tuple[int, ...]] = {}

    def reached(self, found: Collection[tuple[int, str | None]], *, at_target: bool = False) -> set[_Found]:
        """Note the letters, with their copies, and return those places that are new. at_target: ways of any province end there."""
        self._learn({no for no, _ in found})
        new = set[_Found]()
        for no, through in found:
            for record in self._records.get(no, ()):
                self.rows.add(record)
                own = None if at_target else self._homes[record]
                place = _Found(record, own or through)
                if place not in self._places and (own is None or through is None or own == through):
                    self._places.add(place)
                    new.add(place)
        return new

    def step(self, front: Collection[_Found], least: int = 2) -> set[_Found]:
        """The places from which one citation leads to these. least: of the citations' weight; what weighs less than 2 leads no further."""
        throughs: dict[str, set[str | None]] = defaultdict(set)
        for place in front:
            throughs[self._ids[place.no]].add(place.through)
        single = {self._ids[place.no] for place in front if len(self._records[place.no]) == 1}
        rows = [row for some in batches(sorted(throughs)) for row in self._connection.execute(self._citing(some, least))]
        self._learn({row.no for row in rows if row.several})
        self._records |= {row.no: (row.no,) for row in rows if not row.several}
        rows = [row for row in rows if row.relation == "replaces" or self._passed(row, throughs)]
        grounds = [row for row in rows if row.relation == "based_on" and row.weight == 2 and row.target in single]
        grounds = [row for row in grounds if len(self._records[row.no]) == 1]
        idle = {ground_of(row) for row in grounds}
        idle -= self._walk.acts(sorted(idle, key=str))
        found = set[tuple[int, str | None]]()
        for row in rows:
            mine = self._passed(row, throughs)
            if row.relation == "replaces" and not mine:
                self.rows.add(row.no)  # it may end what it stands beside
            if row.relation == "based_on" and ground_of(row) in idle:
                continue
            # what one copy says another may make lead
            if row.weight == 2 or len(self._records[row.no]) > 1:
                found |= {(row.no, through) for through in mine}
            elif least < 2:
                self.rows |= set(self._records[row.no])
        return self.reached(found)

    def _citing(self, targets: Sequence[str], least: int) -> Select[Any]:
        cited = table.alias("cited")
        told = (func.coalesce(getattr(cited.c, f"inferred_{name}"), getattr(cited.c, name)).label(name) for name in ("number", "date"))
        of_cited = (*told, cited.c.doc_type.label("kind"), cited.c.subject.label("about"))
        query = select(*_CITATION, *_LETTER, table.c.subject, _SEVERAL.label("several"), *of_cited).join(
            table, table.c.no == citations.c.no
        )
        query = query.join(cited, cited.c.id == citations.c.target).where(citations.c.target.in_(targets), self._seen)
        # what weighs 1 of a copy may lead by another
        heavy = citations.c.weight >= least
        return query.where(heavy if least < 2 else heavy | (citations.c.relation == "acknowledges"))

    def _passed(self, row: Any, throughs: Mapping[str, set[str | None]]) -> set[str | None]:
        """The groups through which a way goes on by this citation: one that a record of the letter was written in."""
        homes = {self._own(row), *(self._homes[no] for no in self._records.get(row.no, ()))}
        return {through for through in throughs[row.target] if None in homes or through is None or through in homes}

    def _own(self, row: Any) -> str | None:
        if row.no not in self._homes:
            self._homes[row.no] = self._walk.home(row.issuer, row.province)
            self._ids[row.no] = row.id
        return self._homes[row.no]

    def _learn(self, rows: Collection[int]) -> None:
        """Read of each row its letter's copies."""
        for some in batches(sorted(rows - self._records.keys())):
            letters = {row.no: row for row in self._connection.execute(select(*_LETTER).where(table.c.no.in_(some), self._asked))}
            firsts = {row.copy_of or row.id for row in letters.values()}
            several = defaultdict[str, list[int]](list)
            for one in (table.c.copy_of.in_(firsts), table.c.id.in_(firsts)):
                for row in self._connection.execute(select(*_LETTER).where(one, self._asked)):
                    self._own(row)
                    several[row.copy_of or row.id].append(row.no)
            for row in letters.values():
                self._own(row)
                records = tuple({row.no, *several.get(row.copy_of or row.id, ())})
                self._records |= dict.fromkeys(records, records)


def ground_of(row: Any) -> Ground:
    """The ground that a row of these columns tells: subject, cited_as, target, number, date, kind, about."""
    return Ground(row.subject, row.cited_as, row.target, row.number, row.date, row.kind, row.about)


def read(connection: Connection, rows: Iterable[int], *, secret: bool) -> tuple[list[Letter], dict[str, Letter]]:
    """The letters of these rows that may be seen, without text and evidence; and by id those whose number or day their citations tell,
    completed."""
    told = dict[str, Any]()
    wanted = [
        no
        for some in batches(sorted(rows))
        for no in connection.execute(select(table.c.no).where(table.c.no.in_(some), visible(secret=secret)).order_by(table.c.no)).scalars()
    ]
    letters = LetterStore(connection).lean(wanted)
    query = select(table.c.id, table.c.inferred_number, table.c.inferred_date)
    for some in batches(wanted):
        # one that its citations tell a day alone has no number here
        is_told = or_(table.c.inferred_number.isnot(None), table.c.inferred_date.isnot(None))
        told |= {row.id: row for row in connection.execute(query.where(table.c.no.in_(some), is_told))}
    return letters, {one.id: _completed(one, told[one.id]) for one in letters if one.id in told}


def held(connection: Connection, ids: Collection[str], *, secret: bool) -> dict[str, int]:
    """Those of these letters that are held, with their rows."""
    found = dict[str, int]()
    for some in batches(sorted(ids)):
        found |= {
            row.id: row.no for row in connection.execute(select(table.c.id, table.c.no).where(table.c.id.in_(some), visible(secret=secret)))
        }
    return found


def _completed(letter: Letter, row: Any) -> Letter:
    day = Date.fromisoformat(row.inferred_date) if row.inferred_date else None
    return letter.model_copy(update={"header": letter.header.model_copy(update={"number": row.inferred_number, "date": day})})


def visible(*, secret: bool) -> ColumnElement[bool]:
    return true() if secret else table.c.quarantined.is_(False)


def batches(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]
