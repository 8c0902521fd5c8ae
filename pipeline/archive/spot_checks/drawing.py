"""Sure fields drawn by lot: equal numbers of each field, the same ones whenever the seed and the archive are the same."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from pipeline.archive.people.corrections import FIELDS
from pipeline.archive.spot_checks.outcomes import CHECKED_FIELDS
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import table

_BATCH = 500


class Drawn(NamedTuple):
    """sure: by field, how often the archive holds it sure; items: (letter, field), one field after the other in turn."""

    sure: dict[str, int]
    items: list[tuple[str, str]]


def draw(connection: Connection, size: int, seed: str) -> Drawn:
    """Draw that many sure fields, or all there are; memory holds what may be drawn and no more."""
    sure = dict.fromkeys(CHECKED_FIELDS, 0)
    # of each field the letters whose lots are lowest: the largest of them first, to give way
    lots: dict[str, list[tuple[int, str]]] = {field: [] for field in CHECKED_FIELDS}
    for letter, field in _sure(connection):
        sure[field] += 1
        lot = (-int.from_bytes(hashlib.sha256(f"{seed} {letter} {field}".encode()).digest()), letter)
        if len(lots[field]) < size:
            heapq.heappush(lots[field], lot)
        else:
            heapq.heappushpop(lots[field], lot)
    many = allotted(size, sure)
    turns = [[(letter, field) for _, letter in sorted(lots[field], reverse=True)[: many[field]]] for field in CHECKED_FIELDS]
    return Drawn(sure, [one for turn in zip_longest(*turns) for one in turn if one is not None])


def allotted(size: int, sure: Mapping[str, int]) -> dict[str, int]:
    """How many of each field: equal numbers, and what one field lacks is shared out among the others.

    >>> allotted(10, {"number": 100, "subject": 100, "arrival.date": 1})
    {'number': 5, 'subject': 4, 'arrival.date': 1}
    """
    found = dict.fromkeys(sure, 0)
    left = min(size, sum(sure.values()))
    while left:
        more = [field for field in sure if found[field] < sure[field]]
        each = max(1, left // len(more))
        for field in more:
            given = min(each, sure[field] - found[field], left)
            found[field] += given
            left -= given
    return found


def _sure(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each field that is not asked about and that no person has settled, by its letter; none of a secret one."""
    said = (schema.history.c.about == "letter", schema.history.c.field.in_(FIELDS))
    settled = {
        (id, field.partition(".")[0]) for id, field in connection.execute(select(schema.history.c.id, schema.history.c.field).where(*said))
    }
    parts = [func.json_extract(table.c.record, f"$.{name}") for name in ("header", "review", "evidence")]
    open_ones = select(table.c.id, *parts).where(table.c.quarantined.is_(False), table.c.secrecy.is_(None)).order_by(table.c.no)
    for id, *texts in connection.execute(open_ones).yield_per(_BATCH):
        header, review, evidence = (json.loads(text) for text in texts)
        for field in CHECKED_FIELDS:
            head, _, part = field.partition(".")
            value = (header[head] or {}).get(part) if part else header[head]
            if value and (id, head) not in settled and is_sure(field, review, evidence):
                yield id, field


def is_sure(field: str, review: Any, evidence: Mapping[str, Any]) -> bool:
    """Whether a field was read somewhere on the sheet, and is not asked about."""
    names = (field, field.partition(".")[0])
    return not any(name in review for name in names) and any(name in evidence for name in names)
