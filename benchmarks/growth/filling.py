"""A world put into an archive: straight through the letters' store, a batch a transaction; what was begun before goes on.

Each letter is linked as it comes, in memory, and only copies are settled: since letters cite only earlier ones, none that is held would be
linked otherwise for another that comes later (`unsettled` says whether that is so).
"""

from __future__ import annotations

import logging

from sqlalchemy import insert, select, update

from benchmarks.growth.world import OFFICE, copied, day_of, id_of, is_copy, letter
from models.ledger import State
from models.letter import Letter
from pipeline.archive import Archive
from pipeline.archive.graph.relinking import settle, shorts
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.letter_store import LetterStore, table
from pipeline.link import MemoryIndex, copy_of, resolve

_BATCH = 500
_WITH_TEXT = 200  # letters of which another copy may still come
log = logging.getLogger(__name__)


def fill(archive: Archive, count: int) -> None:
    """Have the archive hold the first `count` letters of the world."""
    archive.set("office", OFFICE)
    there = len(archive)
    if there >= count:
        return
    index = MemoryIndex(_without_text(one) for one in archive.letters(lean=True))
    for n in range(max(0, there - _WITH_TEXT), there):
        index.put(letter(n).model_copy(update={"copy_of": index.letters[id_of(n)].copy_of}))
    for start in range(there, count, _BATCH):
        _put(archive, range(start, min(count, start + _BATCH)), index)
        log.info("%d letters", min(count, start + _BATCH))


def _without_text(one: Letter) -> Letter:
    return one.model_copy(update={"text": (), "references": (), "evidence": {}})


def _put(archive: Archive, numbers: range, index: MemoryIndex) -> None:
    with writing(archive.engine) as connection:
        letter_store = LetterStore(connection)
        for n in numbers:
            one, day = letter(n), day_of(n)
            at, sha256 = f"{day}T08:00:00+00:00", one.source.sha256
            entry = {"path": f"/inbox/{n}.pdf", "sha256": sha256, "size": 1000, "mtime_ns": n, "state": State.STORED, "letters": 1}
            row = connection.execute(insert(schema.ledger).values(**entry, pages=2, at=at)).inserted_primary_key
            index.put(one)
            no = letter_store.put(one, resolve(one, index), ledger_id=row[0] if row else None, quarantined=False, told=True)
            if is_copy(n):
                settle(letter_store, shorts(letter_store, [one.id]), archive.linker)
                for at_n in (copied(n), n):
                    each = index.letters[id_of(at_n)]
                    index.put(each.model_copy(update={"copy_of": copy_of(each, index)}))
            connection.execute(update(table).where(table.c.no == no).values(came_on=day.isoformat(), stored_at=at))
            if n >= _WITH_TEXT:
                old = index.letters[id_of(n - _WITH_TEXT)]
                index.put(_without_text(old))


def unsettled(archive: Archive, count: int) -> int:
    """Settle some of the letters anew; how many were not as `fill` left them: none, or the world is not what it says."""
    with writing(archive.engine) as connection:
        letter_store = LetterStore(connection)
        ids = list(connection.execute(select(table.c.id).order_by(table.c.id).limit(count)).scalars())
        before = letter_store.letters(letter_store.rows(ids).values())
        settle(letter_store, shorts(letter_store, ids), archive.linker)
        after = letter_store.letters(letter_store.rows(ids).values())
        return sum(one != other for one, other in zip(before, after, strict=True))


def put_all(archive: Archive, letters: list[Letter], batch: int = 2_000) -> None:
    """Store letters that are linked among themselves already: what ingest ends with, without its asking the archive for each."""
    shelf = MemoryIndex(letters)
    for one in letters:
        if first := copy_of(one, shelf):
            shelf.put(one.model_copy(update={"copy_of": first}))
    for start in range(0, len(letters), batch):
        with writing(archive.engine) as connection:
            letter_store = LetterStore(connection)
            for one in letters[start : start + batch]:
                letter_store.put(one, resolve(shelf.letters[one.id], shelf), ledger_id=None, quarantined=False)
