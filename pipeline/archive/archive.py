"""The archive: letters kept, found again, and put right. One folder: archive.db, originals/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, delete, insert, select

from models.ledger import Facets, Hit, LedgerEntry, State
from models.letter import Letter
from models.letter_summary import LetterSummary
from pipeline.archive.correcting import Asked, correct, take_back
from pipeline.archive.graph.neighbours import citing, neighbours, spread, widen
from pipeline.archive.graph.relinking import FILL_ALL, SETTLE_ALL, Linker, fill_columns, settle_all, settle_rest
from pipeline.archive.people import corrections
from pipeline.archive.people.corrections import Correction
from pipeline.archive.place import place
from pipeline.archive.rereading import record_forms
from pipeline.archive.search.number_search import find, keys
from pipeline.archive.search.search_filters import Filters
from pipeline.archive.search.searching import count, search, search_counted
from pipeline.archive.secret.copies_made import holding
from pipeline.archive.secret.erasing import erase, owed
from pipeline.archive.secret.lifting import bring_back, unlock
from pipeline.archive.secret.quarantine import mask_names, quarantine
from pipeline.archive.secret.vault import put_away
from pipeline.archive.secret.workplaces import sweep
from pipeline.archive.tables import ledger, originals, schema
from pipeline.archive.tables.database import open_database, reading, writing
from pipeline.archive.tables.letter_store import LetterStore, NotHeld, citations, table


class Archive:
    """The letters of one folder. It answers link's `Candidates`; every answer is of one moment. Safe in several processes at once."""

    def __init__(self, root: Path, engine: Engine, linker: Linker) -> None:
        self.root = root
        self.engine = engine
        self.linker = linker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database. What was stored is stored; what was taken out is erased where this was the last that read it."""
        erase(self.engine)
        self.engine.dispose()

    def erase(self) -> bool:
        """Empty the database's log of what was taken out with a secret. Whether it is empty: an older reader may keep it."""
        return erase(self.engine)

    # link's Candidates
    def numbered(self, key: str) -> Sequence[LetterSummary]:
        with reading(self.engine) as connection:
            return LetterStore(connection).numbered(key)

    def numbered_on(self, key: str, day: Date) -> Sequence[LetterSummary]:
        with reading(self.engine) as connection:
            return LetterStore(connection).numbered_on(key, day)

    def with_serial(self, serial: int) -> Sequence[LetterSummary]:
        with reading(self.engine) as connection:
            return LetterStore(connection).with_serial(serial)

    def dated(self, day: Date) -> Sequence[LetterSummary]:
        with reading(self.engine) as connection:
            return LetterStore(connection).dated(day)

    def text_of(self, id: str) -> str:
        with reading(self.engine) as connection:
            return LetterStore(connection).text_of(id)

    # letters
    def __len__(self) -> int:
        with reading(self.engine) as connection:
            return count(connection)

    def letter(self, id: str) -> Letter:
        """The letter of this id, with its text. Raises NotHeld."""
        with reading(self.engine) as connection:
            return LetterStore(connection).letter(id)

    def letters(self, *, with_text: bool = False, lean: bool = False) -> Iterator[Letter]:
        """Every letter, in the order of storing; memory holds a few hundred at a time. lean: without evidence and signatures too."""
        with reading(self.engine) as connection:
            yield from LetterStore(connection).all(with_text=with_text, lean=lean)

    def find(self, number: str, *, with_text: bool = False) -> list[Letter]:
        """The letters that bear this number, however it is typed: several where several provinces, years or copies do."""
        with reading(self.engine) as connection:
            return LetterStore(connection).letters(find(connection, number), with_text=with_text)

    def keys(self, number: str, *, secret: bool = True) -> list[str]:
        """The keys (`DocumentNumber.key`) of the numbers, held or only cited, that a careless spelling may mean.

        secret: also of what is under quarantine.
        """
        with reading(self.engine) as connection:
            return keys(connection, number, secret=secret)

    def of_file(self, sha256: str) -> list[Letter]:
        """The letters that stand on a file, by page."""
        with reading(self.engine) as connection:
            return LetterStore(connection).on_file(sha256)

    def citing(self, ids: Iterable[str]) -> list[Letter]:
        """The letters with a reference to one of these, by date; without their text."""
        query = select(table.c.no).where(table.c.no.in_(select(citations.c.no).where(citations.c.target.in_(list(ids)))))
        with reading(self.engine) as connection:
            return LetterStore(connection).letters(connection.execute(query.order_by(table.c.date, table.c.no)).scalars(), with_text=False)

    def copies(self, id: str) -> list[str]:
        """The ids of all records of the same document, this one included."""
        with reading(self.engine) as connection:
            first = connection.execute(select(table.c.copy_of).where(table.c.id == id)).scalar() or id
            query = select(table.c.id).where((table.c.copy_of == first) | (table.c.id == first)).order_by(table.c.id)
            return list(connection.execute(query).scalars())

    def around(self, keys: Iterable[str], depth: int = 2) -> list[Letter]:
        """The letters that bear or cite one of these numbers (`DocumentNumber.key`), and those up to `depth` references away from them.

        References are followed both ways, also through documents that are cited and not held. They come without text (`texts`).
        """
        with reading(self.engine) as connection:
            return LetterStore(connection).letters(spread(connection, keys, depth, neighbours), with_text=False)

    def around_letter(self, id: str, depth: int = 2) -> list[Letter]:
        """The letter of this id, its copies, and the letters up to `depth` references away from it, both ways; without text.

        Raises NotHeld.
        """
        with reading(self.engine) as connection:
            letter_store = LetterStore(connection)
            rows = letter_store.rows([id])
            if not rows:
                raise NotHeld(id)
            return letter_store.letters(widen(connection, set(rows.values()), depth, neighbours), with_text=False)

    def reaching(self, keys: Iterable[str]) -> list[Letter]:
        """The letters that bear or cite one of these numbers, and those from which references lead there, over any number of them.

        They come without text (`texts`), evidence and signatures.
        """
        with reading(self.engine) as connection:
            return LetterStore(connection).lean(spread(connection, keys, None, citing))

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of these letters, their pages joined by a line end; those without one are not in it."""
        with reading(self.engine) as connection:
            return LetterStore(connection).texts(ids)

    def search(self, typed: str, filters: Filters = Filters(), *, limit: int = 20, offset: int = 0) -> list[Hit]:  # noqa: B008 (immutable)
        """The letters that a search finds, best first; they come without their text."""
        with reading(self.engine) as connection:
            return search(connection, typed, filters, limit=limit, offset=offset)

    def search_counted(
        self, typed: str, filters: Filters = Filters(), *, limit: int = 20, offset: int = 0, secret: bool = True  # noqa: B008 (immutable)
    ) -> tuple[list[Hit], Facets]:  # fmt: skip
        """The same, and what the best letters found are, by type, issuer, province and year. secret: also those under quarantine."""
        with reading(self.engine) as connection:
            return search_counted(connection, typed, filters, limit=limit, offset=offset, secret=secret)

    # ledger
    def status(self, states: Iterable[State] | None = None) -> list[LedgerEntry]:
        """Every file handed in, in that order; those of `states`, where given."""
        with reading(self.engine) as connection:
            return ledger.entries(connection, states)

    def counts(self) -> dict[State, int]:
        """How many files are in each state."""
        with reading(self.engine) as connection:
            return ledger.counts(connection)

    def original(self, id: str) -> Path | None:
        """The kept file on which a letter stands; null under quarantine."""
        with reading(self.engine) as connection:
            query = select(schema.originals.c.file).join(table, table.c.sha256 == schema.originals.c.sha256).where(table.c.id == id)
            file = connection.execute(query).scalar()
        return self.root / file if file else None

    # settings
    def setting(self, key: str) -> str | None:
        """What the archive was told of itself under `key`."""
        with reading(self.engine) as connection:
            return connection.execute(select(schema.settings.c.value).where(schema.settings.c.key == key)).scalar()

    def set(self, key: str, value: str | None) -> None:
        """Keep a setting; null forgets it."""
        with writing(self.engine) as connection:
            connection.execute(delete(schema.settings).where(schema.settings.c.key == key))
            if value is not None:
                connection.execute(insert(schema.settings).values(key=key, value=value))

    # people
    def corrections(self, id: str | None = None) -> list[Correction]:
        """What people have put right in a letter, or in all, oldest first."""
        with reading(self.engine) as connection:
            return corrections.made(connection, None if id is None else [id])

    def correct(self, id: str, field: str, value: Any, who: str) -> Letter:
        """Put a field right; what follows from it (targets, copies, quarantine) is settled at once. Return the letter as it is now.

        As `correcting.correct` has it. Raises NotHeld, NotAField, or ValueError without `who`.
        """
        self.correct_all([Asked(id, field, value, who)])
        return self.letter(id)

    def correct_all(self, asked: Sequence[Asked]) -> tuple[int, ...]:
        """Put fields of one letter right, all or none, as `correcting.correct` has it; the numbers of the changes."""
        return correct(self.engine, self.root, self.linker, asked)

    def take_back(self, id: str, changes: Sequence[int], who: str) -> Letter:
        """Take corrections of a letter back, all or none, by their numbers in its history. Raises NotHeld, NotTakenBack."""
        take_back(self.engine, self.root, self.linker, id, changes, who)
        return self.letter(id)

    def lift(self, id: str, who: str) -> Path | None:
        """Say of every letter on a letter's file that it is not secret. Return where its original lies, to be read anew from there; null
        where none is held: then it must be handed in again. What people put right before it became secret is gone. Raises NotHeld.
        """
        sha256 = self.letter(id).source.sha256
        for letter in self.of_file(sha256):
            if letter.header.secrecy:
                self.correct_all([Asked(letter.id, "secrecy", None, who)])
        return bring_back(self.engine, self.root, sha256)

    def remains(self) -> tuple[str | None, list[Path]]:
        """What may still be read of letters that became secret: since when words are not yet erased from the disk (null: all are), and
        the backups from before that hold them and are still there."""
        with reading(self.engine) as connection:
            return owed(connection), holding(connection)

    def tidy(self) -> None:
        """Finish what a stop may have cut off: half-made copies, a quarantine; write records of before anew. No ingest but the caller's
        may run."""
        originals.sweep(self.root)
        marked = select(table.c.sha256).where(table.c.secrecy.isnot(None), table.c.quarantined.is_(False)).distinct()
        # but for files whose secrecy was lifted, which are to be read anew
        query = select(table.c.sha256).where(table.c.quarantined, table.c.secrecy.isnot(None)).distinct()
        with reading(self.engine) as connection:
            half, whole = list(connection.execute(marked).scalars()), list(connection.execute(query).scalars())
        for sha256 in half:
            quarantine(self.engine, self.root, self.linker, sha256, self.of_file(sha256))
        for sha256 in whole:
            put_away(self.engine, self.root, sha256)
        unlock(self.engine, self.root)
        mask_names(self.engine)
        settle_rest(self.engine, self.linker)
        erase(self.engine)
        if self.setting(SETTLE_ALL) is not None:
            settle_all(self.engine, self.linker)
            self.set(SETTLE_ALL, None)
        record_forms.bring_up(self.engine)
        if self.setting(FILL_ALL) is not None:
            fill_columns(self.engine)
            self.set(FILL_ALL, None)


def open_archive(where: Path | str | None = None, linker: Linker = Linker()) -> Archive:  # noqa: B008 (immutable)
    """Open the archive in a folder, made where it is not there. Raises WrongArchive.

    where: else CONGVAN_ARCHIVE, else the user's data folder; linker: for tests.
    """
    root = place(where)
    archive = Archive(root, open_database(root), linker)
    archive.erase()
    sweep(root)
    return archive
