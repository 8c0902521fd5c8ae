"""Records of earlier forms are written anew once, so that nobody fills them in at every reading."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, func, select, update

from models.letter import Letter
from pipeline.archive.tables import schema, seals
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.for_trace import standing_rows
from pipeline.archive.tables.letter_rows import as_json, seal
from pipeline.archive.tables.seals import Sealed
from pipeline.extract.older_records import FORM, brought_up

_BATCH = 200  # letters a transaction: others that write wait no longer than that
table = schema.letters


def older(connection: Connection) -> int:
    """How many letters have a record of an earlier form."""
    return connection.execute(select(func.count()).select_from(table).where(table.c.form < FORM)).scalar_one()


def bring_up(engine: Engine) -> int:
    """Write the records of earlier forms in today's, so many a transaction; how many. Ingest may go on meanwhile, and a stop loses nothing.

    A record that does not match its seal, or that the chain holds otherwise, is left as it is: verifying is to find it so.
    """
    with reading(engine) as connection:
        if not older(connection):
            return 0
    done = last = 0
    query = select(table, schema.texts.c.pages)
    query = query.outerjoin(schema.texts, schema.texts.c.no == table.c.no).where(table.c.form < FORM).order_by(table.c.no).limit(_BATCH)
    while True:
        with writing(engine) as connection:
            rows = connection.execute(query.where(table.c.no > last)).all()
            held = seals.chained(connection, [row.id for row in rows])
            for row in rows:
                whole = held.get(row.id) == Sealed(row.seal, row.came_on, row.stored_at, row.archive_number)
                values = _today(row) if whole else None
                if values is not None:
                    standing_rows.note(connection, [row.id])
                    connection.execute(update(table).where(table.c.no == row.no).values(**values))
                    seals.chain(connection, row.id, Sealed(values["seal"], row.came_on, row.stored_at, row.archive_number))
                    done += 1
        if not rows:
            return done
        last = rows[-1].no


def _today(row: Any) -> dict[str, Any] | None:
    """A row's record as today's version writes it; null where it was altered, or is not to be read."""
    if seal(row.parsed, row.pages) != row.seal:
        return None
    text = tuple(json.loads(row.pages)) if row.pages else ()
    try:
        parsed, record = (
            as_json(brought_up(Letter.model_validate_json(one).model_copy(update={"text": text}))) for one in (row.parsed, row.record)
        )
    except ValidationError:
        return None
    return {"parsed": parsed, "record": record, "seal": seal(parsed, row.pages), "form": FORM}
