"""The step by which an archive learns: whatever changed since the last time is looked at, and all readings that this touches.

After it the archive is as if all its letters had been read before any was judged, in whatever order they came. It can be stopped at any
moment: what is left is done the next time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Engine, delete, or_, select, update

from pipeline.archive.graph.relinking import Linker, settle, settle_rest, shorts
from pipeline.archive.known.attestations import Attestation, attested, stem_of
from pipeline.archive.known.judging import judged
from pipeline.archive.known.vouching import keep, vouched, vouchers
from pipeline.archive.people import corrections, reference_corrections
from pipeline.archive.tables import schema
from pipeline.archive.tables.attested_rows import AttestedState
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.archive.tables.letter_store import table as letters

table = schema.attested
_BATCH = 200  # letters a transaction: others that write wait no longer than that


def learn(engine: Engine, linker: Linker) -> None:
    """Look at what changed, so many letters a transaction, and judge the letters of the stems that it touches."""
    while ids := _left(engine, AttestedState.CHANGED):
        with writing(engine) as connection:
            _attest(connection, ids)
    while ids := _left(engine, AttestedState.TOLD):
        with writing(engine) as connection:
            _judge(connection, linker, ids)
    settle_rest(engine, linker)


def learn_of(connection: Connection, linker: Linker, ids: Sequence[str]) -> None:
    """The same for these letters, which have changed."""
    _attest(connection, ids)
    _judge(connection, linker, ids)


def _left(engine: Engine, state: AttestedState) -> list[str]:
    with reading(engine) as connection:
        return list(
            connection.execute(select(table.c.letter).where(table.c.state == state).order_by(table.c.letter).limit(_BATCH)).scalars()
        )


def _attest(connection: Connection, ids: Sequence[str]) -> None:
    """Write down what these letters tell now, and of which stem they told before."""
    letter_store = LetterStore(connection)
    query = select(letters.c.id, letters.c.no).where(letters.c.id.in_(ids), letters.c.quarantined.is_(False))
    there = {row.id: row.no for row in connection.execute(query)}
    rows = {row.letter: row for row in connection.execute(select(table).where(table.c.letter.in_(ids)))}
    done = corrections.made(connection, list(there))
    for id, row in rows.items():
        told, stem = "", ""
        if id in there:
            mine = [one for one in done if one.letter == id and not reference_corrections.is_one(one.field)]
            parsed = letter_store.parsed(id)
            one = attested(parsed, corrections.standing(parsed, mine), [change.field for change in mine])
            told, stem = one.model_dump_json(), stem_of(one.issuer.value)
        # what it told before may have borne others out: their stem is judged again too
        state = AttestedState.JUDGED if row.told == told and row.told_before is None else AttestedState.TOLD
        before = row.told_before if row.told_before is not None else row.stem
        values = {"told": told, "stem": stem, "told_before": before if state is AttestedState.TOLD else None, "state": state}
        connection.execute(update(table).where(table.c.letter == id).values(**values))


def _judge(connection: Connection, linker: Linker, ids: Sequence[str]) -> None:
    """Judge the letters of the stems that these tell of, or told of before."""
    own = connection.execute(select(table).where(table.c.letter.in_(ids), table.c.state == AttestedState.TOLD)).all()
    stems = {stem for row in own for stem in (row.stem, row.told_before) if stem}
    touched = or_(table.c.stem.in_(stems), table.c.told_before.in_(stems))
    for stem in sorted(stems):
        query = select(table.c.told).where(table.c.stem == stem, table.c.told != "").order_by(table.c.letter)
        _vouch(connection, linker, [Attestation.model_validate_json(told) for told in connection.execute(query).scalars()])
    if nameless := [row for row in own if not row.stem and row.told]:
        _vouch(connection, linker, [Attestation.model_validate_json(row.told) for row in nameless])
    waiting = connection.execute(select(table).where(touched, table.c.state == AttestedState.TOLD)).all() if stems else []
    over = [row.letter for row in waiting if {row.stem, row.told_before} - {"", None} <= stems] + list(ids)
    done = {"state": AttestedState.JUDGED, "told_before": None}
    connection.execute(update(table).where(table.c.letter.in_(over), table.c.state == AttestedState.TOLD).values(**done))
    connection.execute(delete(table).where(table.c.letter.in_(over), table.c.state == AttestedState.JUDGED, table.c.told == ""))


def _vouch(connection: Connection, linker: Linker, rows: Iterable[Attestation]) -> None:
    """Put upon the letters of one stem what is known, where that has changed."""
    told = list(rows)
    now = judged(told)
    ids = [one.letter for one in told]
    was = vouchers(connection, ids)
    changed = [id for id in ids if now.get(id, {}) != was.get(id, {})]
    letter_store = LetterStore(connection)
    before = shorts(letter_store, changed)
    for id in changed:
        keep(connection, id, now.get(id, {}))
        held = letter_store.letter(id)
        row = connection.execute(select(letters.c.ledger_id).where(letters.c.id == id)).scalar()
        parsed = letter_store.parsed(id).model_copy(update={"text": held.text})
        after = corrections.standing(vouched(parsed, now.get(id, {})), corrections.made(connection, [id]))
        letter_store.put(parsed, after, ledger_id=row, quarantined=False, told=True)
    if changed:
        settle(letter_store, [*before, *shorts(letter_store, changed)], linker)
