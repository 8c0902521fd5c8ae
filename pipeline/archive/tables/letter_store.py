"""The letters in their tables: written, read back, and asked for as link's `Candidates`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime as Datetime

from sqlalchemy import Connection, Text, bindparam, cast, delete, func, insert, literal, null, select, text, tuple_, update

from models.letter import Letter
from models.reference import Reference
from pipeline.archive.tables import arrival_rows, attested_rows, clock, schema, seals
from pipeline.archive.tables.database import new_row
from pipeline.archive.tables.for_link.letter_candidates import LetterCandidates
from pipeline.archive.tables.for_trace import standing_rows
from pipeline.archive.tables.letter_rows import (
    as_json,
    citation_rows,
    columns_of,
    indexed,
    kept_text,
    letter_of,
    seal,
    without_meaning,
)
from pipeline.archive.tables.seals import Sealed
from pipeline.archive.tables.search_folding import compare, folded, marked
from pipeline.exit_codes import ExitCode
from pipeline.extract.older_records import FORM, brought_up
from rules.places.groups import province_in

table, citations = schema.letters, schema.citations
_KEPT = (table.c.no, table.c.ledger_id, table.c.seal, table.c.came_on, table.c.stored_at, table.c.archive_number, table.c.quarantined)
_BATCH = 500


def unsettled(connection: Connection, rows: Sequence[int]) -> dict[int, set[str]]:
    """Which letters, by id, the citations of these rows are not said to mean until that is settled; by `letters.no`."""
    found: dict[int, set[str]] = {}
    query = select(schema.unsettled.c.no, schema.unsettled.c.about).where(schema.unsettled.c.no.in_(rows))
    for no, about in connection.execute(query):
        found.setdefault(no, set()).add(about)
    return found


class NotHeld(KeyError):
    """The archive has no letter of this id or number."""

    exit_code = ExitCode.NOT_HELD

    def __str__(self) -> str:
        return str(self.args[0])


def _first_day(stored_at: str) -> str:
    """The day on which a letter was first stored, as the office's clock shows it."""
    return Datetime.fromisoformat(stored_at).astimezone().date().isoformat()


class LetterStore(LetterCandidates):
    """The letters held, as one connection sees them."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        # ids of letters that a citation was taken from or given to, since this was last emptied
        self.touched: set[str] = set()
        self._noted: set[str] = set()

    # reading back
    def letters(self, numbers: Iterable[int], *, with_text: bool = True) -> list[Letter]:
        """The letters of these rows (`letters.no`), in the order asked for."""
        wanted = list(numbers)
        found: dict[int, Letter] = {}
        for start in range(0, len(wanted), _BATCH):
            found |= self._read(wanted[start : start + _BATCH], with_text=with_text)
        return [found[no] for no in wanted if no in found]

    def letter(self, id: str) -> Letter:
        """The letter of this id, with its text. Raises NotHeld."""
        found = self.letters(self.rows([id]).values())
        if not found:
            raise NotHeld(id)
        return found[0]

    def on_file(self, sha256: str) -> list[Letter]:
        """The letters that stand on a file, by page."""
        return self.letters(self.rows(self.of_file(sha256)).values())

    def lean(self, numbers: Iterable[int]) -> list[Letter]:
        """The same without text, evidence, signatures and case file: what a trace needs."""
        wanted, found = list(numbers), dict[int, Letter]()
        record = func.json_remove(table.c.record, "$.evidence", "$.signatures").label("record")
        for start in range(0, len(wanted), _BATCH):
            rows = self.connection.execute(select(table.c.no, record).where(table.c.no.in_(wanted[start : start + _BATCH]))).all()
            found |= self._without_unsettled({row.no: brought_up(Letter.model_validate_json(row.record)) for row in rows})
        return [found[no] for no in wanted if no in found]

    def references(self, places: Sequence[tuple[int, int]]) -> list[Reference]:
        """The references of these places (`letters.no`, position), in the order asked for; nothing else of their letters is read."""
        found: dict[tuple[int, int], Reference] = {}
        at = func.json_extract(table.c.record, literal("$.references[").concat(cast(citations.c.position, Text)).concat("]"))
        query = select(citations.c.no, citations.c.position, at.label("record")).join(table, table.c.no == citations.c.no)
        for start in range(0, len(places), _BATCH):
            some = places[start : start + _BATCH]
            rows = self.connection.execute(query.where(tuple_(citations.c.no, citations.c.position).in_(some)))
            found |= {(row.no, row.position): Reference.model_validate_json(row.record) for row in rows}
        return [found[place] for place in places if place in found]

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of these letters, their pages joined by a line end; those without one are not in it."""
        found: dict[str, str] = {}
        for start in range(0, len(ids), _BATCH):
            query = select(table.c.id, schema.texts.c.pages).join(table, table.c.no == schema.texts.c.no)
            rows = self.connection.execute(query.where(table.c.id.in_(ids[start : start + _BATCH])))
            found |= {row.id: "\n".join(json.loads(row.pages)) for row in rows}
        return found

    def _read(self, numbers: Sequence[int], *, with_text: bool) -> dict[int, Letter]:
        filed = schema.case_letters
        pages = schema.texts.c.pages if with_text else null().label("pages")
        query = select(table.c.no, table.c.record, table.c.archive_number, filed.c.code, pages).outerjoin(
            filed, filed.c.letter == table.c.id
        )
        if with_text:
            query = query.outerjoin(schema.texts, schema.texts.c.no == table.c.no)
        rows = self.connection.execute(query.where(table.c.no.in_(numbers)))
        return self._without_unsettled({row.no: letter_of(row.record, row.pages, row.code, row.archive_number) for row in rows})

    def _without_unsettled(self, letters: dict[int, Letter]) -> dict[int, Letter]:
        """Letters by row, without what their citations said to mean before it changed, where that is still to be settled."""
        return letters | {no: without_meaning(letters[no], about) for no, about in unsettled(self.connection, list(letters)).items()}

    def all(self, *, with_text: bool = False, lean: bool = False) -> Iterator[Letter]:
        """Every letter, in the order of storing; a batch is held in memory at a time. lean: as `lean` has them."""
        last = 0
        while numbers := list(
            self.connection.execute(select(table.c.no).where(table.c.no > last).order_by(table.c.no).limit(_BATCH)).scalars()
        ):
            yield from self.lean(numbers) if lean else self.letters(numbers, with_text=with_text)
            last = numbers[-1]

    def rows(self, ids: Sequence[str]) -> dict[str, int]:
        """`letters.no` of each of these ids that is held."""
        found: dict[str, int] = {}
        for start in range(0, len(ids), _BATCH):
            query = select(table.c.id, table.c.no).where(table.c.id.in_(ids[start : start + _BATCH]))
            found |= {row.id: row.no for row in self.connection.execute(query)}
        return found

    def of_file(self, sha256: str) -> list[str]:
        """The ids of the letters on a file, by page."""
        query = select(table.c.id).where(table.c.sha256 == sha256).order_by(table.c.first_page)
        return list(self.connection.execute(query).scalars())

    def under_quarantine(self, sha256: str) -> bool:
        """Whether only register lines are kept of a file."""
        query = select(table.c.no).where(table.c.sha256 == sha256, table.c.quarantined).limit(1)
        return self.connection.execute(query).first() is not None

    def asking(self, files: Iterable[str]) -> int:
        """How many letters of these files ask for a look."""
        query, wanted = select(func.count()).select_from(table).where(table.c.review > 0), sorted(files)
        batches = (wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH))
        return sum(self.connection.execute(query.where(table.c.sha256.in_(some))).scalar_one() for some in batches)

    def parsed(self, id: str) -> Letter:
        """The letter as it was read: before corrections and resolving. Without its text."""
        read = self.connection.execute(select(table.c.parsed).where(table.c.id == id)).scalar_one()
        return brought_up(Letter.model_validate_json(read))

    # writing
    def changing(self, ids: Iterable[str]) -> None:
        """Note, for what is kept of traces, that letters are about to change."""
        new = set(ids) - self._noted
        self._noted |= new
        standing_rows.note(self.connection, new)

    def put(self, parsed: Letter, corrected: Letter, *, ledger_id: int | None, quarantined: bool, told: bool = False) -> int:
        """Write a letter anew or in its own place; return its row. Its copies and targets are still to be settled.

        told: what it tells others is as it was, and they need not be judged again. Raises ArrivalTaken.
        """
        self.forget()
        self.changing([parsed.id])
        there = self.connection.execute(select(*_KEPT).where(table.c.id == parsed.id)).first()
        parsed, corrected = brought_up(parsed), brought_up(corrected)
        stored_at = there.stored_at if there else clock.now(self.connection).isoformat(timespec="seconds")
        values = {
            **columns_of(corrected), "quarantined": quarantined, "parsed": as_json(parsed), "record": as_json(corrected),
            "ledger_id": ledger_id, "sha256": parsed.source.sha256, "first_page": parsed.source.pages[0],
            "seal": seal(as_json(parsed), kept_text(corrected, parsed.text)), "form": FORM,
        }  # fmt: skip
        values["came_on"] = came_on = values["arrived_on"] or _first_day(stored_at)
        values["arrival_source"] = arrival_rows.keep(self.connection, parsed, corrected, came_on, quarantined=quarantined)
        if there is None:
            no = new_row(self.connection.execute(insert(table).values(id=parsed.id, stored_at=stored_at, **values)))
        else:
            no = int(there.no)
            if ledger_id is None or there.ledger_id is not None:
                del values["ledger_id"]  # it keeps its place in the order of handing in
            self.connection.execute(update(table).where(table.c.no == no).values(**values))
        sealed = Sealed(values["seal"], came_on, stored_at, there.archive_number if there else None)
        if there is None or sealed != Sealed(there.seal, there.came_on, stored_at, there.archive_number):
            seals.chain(self.connection, parsed.id, sealed)
        self._issuer(corrected)
        if there is not None:
            self._forget(no)
        self._text(no, corrected, parsed.text)
        self._cite(no, corrected)
        if there is not None and there.quarantined != quarantined:
            standing_rows.forget(self.connection)
        if not told:
            attested_rows.changed(self.connection, parsed.id)
        return no

    def arrive(self, letter: Letter) -> None:
        """Write a letter that a clerk gave its arrival number: the rest of it is as it was. Raises ArrivalTaken."""
        there = self.connection.execute(select(*_KEPT).where(table.c.id == letter.id)).one()
        values = {**columns_of(letter), "record": as_json(letter)}
        values["came_on"] = came_on = values["arrived_on"] or _first_day(there.stored_at)
        values["arrival_source"] = arrival_rows.keep(
            self.connection, self.parsed(letter.id), letter, came_on, quarantined=there.quarantined, given=True
        )
        self.connection.execute(update(table).where(table.c.no == there.no).values(**values))
        if came_on != there.came_on:
            seals.chain(self.connection, letter.id, Sealed(there.seal, came_on, there.stored_at, there.archive_number))

    def refresh(self, letter: Letter, inferred: frozenset[int] = frozenset()) -> None:
        """Write a letter whose copy or targets have changed: the rest of it is as it was.

        inferred: positions of the references whose target only other letters tell.
        """
        self.changing([letter.id])
        no = self.connection.execute(select(table.c.no).where(table.c.id == letter.id)).scalar_one()
        self.connection.execute(update(table).where(table.c.no == no).values(record=as_json(letter), copy_of=letter.copy_of))
        self._loosen(no)
        self._cite(no, letter, inferred)

    def drop(self, ids: Sequence[str]) -> None:
        """Take letters out, with their text and their words in the index."""
        attested_rows.unsaid(self.connection, ids)
        self.changing(ids)
        self.forget()
        for id, no in self.rows(ids).items():
            self._forget(no)
            self.connection.execute(delete(table).where(table.c.id == id))
            seals.chain(self.connection, id, None)

    def _issuer(self, letter: Letter) -> None:
        name = letter.header.issuer
        if name and not self.connection.execute(select(schema.issuers.c.name).where(schema.issuers.c.name == name)).first():
            self.connection.execute(insert(schema.issuers).values(name=name, fold=compare(name), province=province_in(name)))

    def _text(self, no: int, letter: Letter, pages: tuple[str, ...]) -> None:
        kept = kept_text(letter, pages)
        if kept is None:
            return
        self.forget()
        self.connection.execute(insert(schema.texts).values(no=no, pages=kept))
        if self.connection.dialect.name == "sqlite":
            whole = indexed(letter, pages)
            self.connection.execute(
                text("INSERT INTO words(rowid, folded, marked) VALUES (:no, :folded, :marked)"),
                {"no": no, "folded": folded(whole), "marked": marked(whole)},
            )

    def _forget(self, no: int) -> None:
        """Take out a letter's text, its words in the index and its citations."""
        if self.connection.dialect.name == "sqlite":
            self.connection.execute(text("DELETE FROM words WHERE rowid = :no"), {"no": no})
        self.forget()
        for of_text in (schema.texts, schema.word_pairs):
            self.connection.execute(delete(of_text).where(of_text.c.no == no))
        self._loosen(no)

    def _loosen(self, no: int) -> None:
        self.touched |= set(self.connection.execute(select(citations.c.target).where(citations.c.no == no)).scalars()) - {None}
        self.connection.execute(delete(citations).where(citations.c.no == no))

    def _cite(self, no: int, letter: Letter, inferred: frozenset[int] = frozenset()) -> None:
        self.touched |= {one.target for one in letter.references if one.target}
        rows = [{"no": no, **one, "inferred": one["position"] in inferred} for one in citation_rows(letter)]
        if rows:
            self.connection.execute(insert(citations), rows)

    def set_copies(self, copies: dict[str, str | None]) -> None:
        """Set the column `copy_of` of letters by id, before their records are written."""
        self.forget()
        self.changing(copies)
        if copies:
            statement = update(table).where(table.c.id == bindparam("the_id")).values(copy_of=bindparam("of"))
            self.connection.execute(statement, [{"the_id": id, "of": of} for id, of in copies.items()])
