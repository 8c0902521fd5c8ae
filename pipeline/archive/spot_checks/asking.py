"""A check as it goes on: begun by a person, asked field by field, each answer held against the archive, and ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime as Datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from models.letter import Letter
from pipeline.archive.people.corrections import FIELDS, value_of
from pipeline.archive.spot_checks.drawing import Drawn, is_sure
from pipeline.archive.spot_checks.likeness import reads_alike, typed
from pipeline.archive.spot_checks.outcomes import Outcome, SpotCheck, SpotItem
from pipeline.archive.spot_checks.shares import result
from pipeline.archive.tables import history, schema
from pipeline.archive.tables.database import new_row
from pipeline.archive.tables.ledger import now
from pipeline.archive.tables.letter_store import table

checks, items = schema.spot_checks, schema.spot_check_items
_LEFT = items.c.outcome.is_(None) | (items.c.outcome == Outcome.DIFFERS)


class NotAsked(Exception):
    """This is not what the person is asked now: their check was ended, or the field is through."""


def begin(connection: Connection, who: str, seed: str, drawn: Drawn) -> SpotCheck | None:
    """Have a person read what was drawn by the lots of a seed; a check that they have begun is gone on with."""
    if standing(connection, who) is None:
        values = {"who": who, "at": now(), "seed": seed, "shares": json.dumps(drawn.sure)}
        id = new_row(connection.execute(insert(checks).values(**values)))
        rows = [{"spot_check": id, "position": at, "letter": letter, "field": field} for at, (letter, field) in enumerate(drawn.items, 1)]
        connection.execute(insert(items), rows)
    return standing(connection, who)


def standing(connection: Connection, who: str) -> SpotCheck | None:
    """How the check stands that a person has begun and not ended; null where there is none."""
    row = connection.execute(select(checks).where(checks.c.who == who, checks.c.ended.is_(None)).order_by(checks.c.id.desc())).first()
    if row is None:
        return None
    size, left = (
        connection.execute(select(func.count()).select_from(items).where(items.c.spot_check == row.id, which)).scalar_one()
        for which in (items.c.position > 0, _LEFT)
    )
    return SpotCheck(
        id=row.id, who=who, at=Datetime.fromisoformat(row.at), seed=row.seed, size=size, done=size - left,
        next=next(_left(connection, row.id), None),
    )  # fmt: skip


def _left(connection: Connection, id: int) -> Iterator[SpotItem]:
    """The fields that are still to be read, or judged, and can be shown."""
    query = select(items).where(items.c.spot_check == id, _LEFT).order_by(items.c.position)
    for row in connection.execute(query).all():
        letter = _letter(connection, row.letter)
        if letter is None:
            continue
        waits = row.outcome == Outcome.DIFFERS
        if not waits and not (is_sure(row.field, letter.review, letter.evidence) and not _settled(connection, row.letter, row.field)):
            continue
        stood = letter.evidence.get(row.field) or letter.evidence.get(row.field.partition(".")[0])
        yield SpotItem(
            position=row.position, letter=row.letter, field=row.field, page=stood.page if stood else letter.source.pages[0],
            box=stood.box if stood else None, outcome=Outcome(row.outcome) if waits else None,
            held=value_of(letter, row.field) if waits else None,
        )  # fmt: skip


def _letter(connection: Connection, id: str) -> Letter | None:
    """A letter, where it is held and not secret."""
    query = select(table.c.record).where(table.c.id == id, table.c.quarantined.is_(False), table.c.secrecy.is_(None))
    record = connection.execute(query).scalar()
    return Letter.model_validate_json(record) if record else None


def _settled(connection: Connection, id: str, field: str) -> bool:
    """Whether a person has said of the field, or of a part of it, what it is."""
    head = field.partition(".")[0]
    fields = [one for one in FIELDS if one.partition(".")[0] == head]
    said = select(schema.history.c.seq).where(
        schema.history.c.about == "letter", schema.history.c.id == id, schema.history.c.field.in_(fields)
    )
    return connection.execute(said.limit(1)).first() is not None


def answer(connection: Connection, who: str, position: int, text: str | None) -> SpotItem:
    """Hold what a person typed against the archive; null: they cannot read it. Return the field with its outcome, and with what the archive
    holds where it DIFFERS. Raises NotAsked, NotAField."""
    check, item = _asked(connection, who, position, judged=False)
    if text is None:
        return _settle(connection, check.id, item, Outcome.UNREADABLE, who)
    letter = _letter(connection, item.letter)
    assert letter is not None  # `_left` has shown it
    held = value_of(letter, item.field)
    if reads_alike(item.field, held, typed(item.field, text)):
        return _settle(connection, check.id, item, Outcome.RIGHT, who)
    connection.execute(_this(check.id, position).values(outcome=Outcome.DIFFERS, who=who, at=now()))
    return item.model_copy(update={"outcome": Outcome.DIFFERS, "held": held})


def to_judge(connection: Connection, who: str, position: int) -> SpotItem:
    """The field that was read otherwise and that the person is to judge. Raises NotAsked."""
    return _asked(connection, who, position, judged=True)[1]


def judge(connection: Connection, who: str, position: int, outcome: Outcome) -> SpotItem:
    """Keep a person's last word on a field that was read otherwise: WRONG, MISTYPED or UNREADABLE. Raises NotAsked."""
    check, item = _asked(connection, who, position, judged=True)
    return _settle(connection, check.id, item, outcome, who)


def _asked(connection: Connection, who: str, position: int, *, judged: bool) -> tuple[SpotCheck, SpotItem]:
    check = standing(connection, who)
    if check is None or check.next is None or check.next.position != position or (check.next.outcome is not None) != judged:
        raise NotAsked(str(position))
    return check, check.next


def _settle(connection: Connection, id: int, item: SpotItem, outcome: Outcome, who: str) -> SpotItem:
    connection.execute(_this(id, item.position).values(outcome=outcome, who=who, at=now()))
    history.write(connection, history.NewChange(who, "letter", item.letter, history.CHECKED, None, [item.field, outcome.value]))
    if next(_left(connection, id), None) is None:
        end(connection, who)
    return item.model_copy(update={"outcome": outcome, "held": None})


def _this(id: int, position: int) -> Any:
    return update(items).where(items.c.spot_check == id, items.c.position == position)


def end(connection: Connection, who: str) -> int | None:
    """End a person's check as it stands, and keep in the history what it came to; its id, null where none was open."""
    id: int | None = connection.execute(select(checks.c.id).where(checks.c.who == who, checks.c.ended.is_(None))).scalar()
    if id is None:
        return None
    shown = [one.position for one in _left(connection, id)]
    gone = (items.c.spot_check == id, _LEFT, items.c.position.not_in(shown))
    connection.execute(update(items).where(*gone).values(outcome=Outcome.GONE, at=now()))
    connection.execute(update(checks).where(checks.c.id == id).values(ended=now()))
    came_to = result(connection, id).model_dump(mode="json", exclude={"id", "who", "at", "ended", "fields"})
    history.write(connection, history.NewChange(who, "check", str(id), history.CHECKED, None, came_to))
    return id
