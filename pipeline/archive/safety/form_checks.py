"""Tables are as the archive makes them, what is kept as JSON reads back, and citations stand in their table as the record has them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, select, text

from models.letter import Letter
from models.repair import Known
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_rows import citation_rows


def within(stored: Any, read: Any) -> bool:
    """Whether all that is stored was read: a name that no reader knows would be passed over, and what stands under it lost.

    read: as it would be stored now; it may have fields that were not there when it was stored.

    >>> within({"number": "1"}, {"number": "1", "date": None}), within({"nuMber": "1"}, {"number": None})
    (True, False)
    """
    if isinstance(stored, dict):
        return isinstance(read, dict) and all(key in read and within(value, read[key]) for key, value in stored.items())
    if isinstance(stored, list):
        return isinstance(read, list) and len(stored) == len(read) and all(map(within, stored, read))
    return bool(stored == read)


def reads_back(kept: str, model: BaseModel) -> bool:
    """Whether a model says all that the JSON does of which it was made."""
    return within(json.loads(kept), model.model_dump(mode="json"))


def cited(letter: Letter, there: list[Mapping[str, Any]], open_ones: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a letter's rows in the table of citations. open_ones: what none of them means until it is settled."""
    wanted = [{**one, "target": None} if one["target"] in open_ones else one for one in citation_rows(letter)]
    if len(wanted) != len(there) or not all(_told(one, row) for one, row in zip(wanted, there, strict=True)):
        yield "bảng dẫn chiếu khác với bản ghi", "the table of citations differs from the record"


def _told(wanted: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a row says what a citation does; of an archive of before it may weigh more, and its words be still to be filled."""
    same = all(row[name] == value for name, value in wanted.items() if name not in ("weight", "said"))
    return same and row["weight"] >= wanted["weight"] and row["said"] in (None, wanted["said"])


def known(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """What is known of letters by others, where it does not read back: (letter, Vietnamese, English)."""
    for row in connection.execute(select(schema.vouchers.c.letter, schema.vouchers.c.known)):
        if not reads_back(row.known, Known.model_validate_json(row.known)):
            yield row.letter, "điều các văn bản khác cho biết đã bị thay đổi", "what other letters tell of it was altered"


def tables(connection: Connection) -> Iterator[str]:
    """Tables and indices that are not as the archive makes them, by name."""
    rows = connection.execute(text("SELECT type, name, tbl_name FROM sqlite_master")).all()
    yield from (str(row.name) for row in rows if row.type not in ("table", "index", "trigger"))
    there = {(row.type, row.name, row.tbl_name) for row in rows}
    for table in schema.metadata.sorted_tables:
        if ("table", table.name, table.name) not in there:
            yield table.name
            continue
        columns = connection.execute(text(f"PRAGMA table_info({table.name})")).all()
        if {(one.name, one.type) for one in columns} != {(one.name, str(one.type)) for one in table.columns}:
            yield table.name
        yield from (str(one.name) for one in table.indexes if ("index", one.name, table.name) not in there)
