"""What stands round a letter: its copies, those that it cites and that cite it, equal numbers, its case file, the next to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from models.ledger import SameArrival, SameNumber
from models.letter import Letter
from pipeline.archive.books.arrivals import refused
from pipeline.archive.books.case_files import title_of
from pipeline.archive.books.same_arrival import same_arrivals
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.search.listing import LetterLine, cited_by, count_cited_by, lines_of, secret_ones
from pipeline.archive.search.review_queue import next_doubtful
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.queries.visibility import hidden
from pipeline.desk.services import Desk

CITING = 60  # letters that cite one, on its page
COUNTED = 1000  # and that are counted there


class Surroundings(NamedTuple):
    """same: ids of all copies, its own too; lines: of the letters that are named and may be seen, by id; citing: the first of those
    that cite it; cited: how many do, at most COUNTED; following: the next letter that asks for a look; filed: code and title of its
    case file; equal: equal numbers, each with the other letters that bear it; arrivals: equal arrival numbers, likewise; unnumbered: it has
    no arrival number and may be given one."""

    same: set[str]
    lines: dict[str, LetterLine]
    citing: list[Letter]
    cited: int
    following: str | None
    filed: tuple[str, str | None] | None
    equal: list[tuple[SameNumber, list[str]]]
    arrivals: list[tuple[SameArrival, list[str]]]
    unnumbered: bool


def surroundings(desk: Desk, person: Person, own: Letter, named: Iterable[str], *, secret: bool) -> Surroundings:
    """What stands round a letter, as this person may see it. named: ids that its history names; secret: it is under quarantine."""
    same = set(desk.office.archive.copies(own.id))
    targets = {id for ref in own.references for id in (ref.target, *ref.candidates) if id}
    kept_back = hidden(desk, person, targets | same)
    with reading(desk.office.archive.engine) as connection:
        equal = [] if secret else same_numbers(connection, [own.id])
        arrivals = [] if secret else same_arrivals(connection, [own.id])
        others = {id for letters in (*(one.letters for one in equal), *(one.letters for one in arrivals)) for id in letters}
        kept_back |= set() if person.cleared else secret_ones(connection, others)
        lines = lines_of(connection, [one for one in {*targets, *same, *others, *named} if one not in kept_back])
        citing, more = cited_by(connection, list(same), limit=CITING, secret=person.cleared)
        cited = count_cited_by(connection, list(same), COUNTED, secret=person.cleared) if more else len(citing)
        filed = (own.file_code, title_of(connection, own.file_code)) if own.file_code else None
        following = next_doubtful(connection, own.id)
        unnumbered = refused(connection, own, desk.office.office) is None
    pairs = [(one, [id for id in one.letters if id in lines and id not in same]) for one in equal]
    stamps = [(one, [id for id in one.letters if id in lines and id not in same]) for one in arrivals]
    told = [pair for pair in pairs if pair[1]], [pair for pair in stamps if pair[1]]
    return Surroundings(same, lines, list(citing), cited, following, filed, *told, unnumbered)
