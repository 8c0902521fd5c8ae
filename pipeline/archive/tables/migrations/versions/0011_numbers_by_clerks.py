"""Arrival numbers are a clerk's: those that the archive gave by itself are marked as its own. Seals are chained into the history.

What a letter's seal row says stands here as it was on that day: a step knows nothing that may change.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from datetime import UTC
from datetime import datetime as Datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BATCH = 500
_HEAD = "history.head"


def upgrade() -> None:
    op.create_table(
        "arrival_numbers",
        sa.Column("book", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("letter", sa.Text, nullable=False, unique=True),
    )
    op.create_index("arrival_numbers_serial", "arrival_numbers", ["book", "year", "serial"])
    op.add_column("letters", sa.Column("came_on", sa.Text, nullable=False, server_default=""))
    op.add_column("letters", sa.Column("archive_number", sa.Text))
    op.drop_index("letters_arrived", "letters")
    _part()
    op.create_index("letters_came", "letters", ["came_on"])
    op.create_index("letters_arrival", "letters", ["arrival_serial", "came_on"])
    _chain()


def _part() -> None:
    """Tell the archive's own numbers from what a stamp or a clerk says."""
    said = op.get_bind().execute
    said(sa.text("UPDATE letters SET came_on = COALESCE(arrived_on, substr(stored_at, 1, 10))"))
    said(
        sa.text(
            "UPDATE letters SET archive_number = arrival_number || '/' || substr(came_on, 1, 4), arrival_number = NULL, arrived_on = NULL, "
            "arrival_serial = NULL WHERE arrival_source = 'running'"
        )
    )
    said(sa.text("UPDATE letters SET arrival_source = NULL WHERE arrival_source <> 'sheet'"))
    rows = said(sa.text("SELECT no, id, came_on, arrival_number, quarantined, parsed FROM letters WHERE arrival_source = 'sheet'"))
    taken = set[tuple[str, int, str]]()
    for row in rows.all():
        number = row.arrival_number.strip()
        digits = re.match(r"\d{1,9}", number)
        serial = int(digits[0]) if digits else None
        values = {"no": row.no, "serial": serial, "source": "sheet"}
        if serial is not None and json.loads(row.parsed)["header"].get("arrival") is None:
            # no stamp was read: a person said so
            key = ("secret" if row.quarantined else "incoming", int(row.came_on[:4]), re.sub(r"^0+(?=\d)", "", number).casefold())
            if key not in taken:
                taken.add(key)
                values["source"] = "clerk"
                named = dict(zip(("book", "year", "number"), key, strict=True))
                said(
                    sa.text(
                        "INSERT INTO arrival_numbers (book, year, number, serial, letter) VALUES (:book, :year, :number, :serial, :letter)"
                    ),
                    {**named, "serial": serial, "letter": row.id},
                )
        said(sa.text("UPDATE letters SET arrival_serial = :serial, arrival_source = :source WHERE no = :no"), values)


def _chain() -> None:
    """Write each letter's seal to the end of the history; nothing proves what was changed in it before this day."""
    connection = op.get_bind()
    head = connection.execute(sa.text("SELECT value FROM settings WHERE key = :key"), {"key": _HEAD}).scalar() or "0 "
    seq, before = int(head.split(" ")[0]), head.split(" ")[1]
    at, last = Datetime.now(UTC).replace(microsecond=0).isoformat(), 0
    query = "SELECT no, id, seal, came_on, stored_at, archive_number FROM letters WHERE no > :last ORDER BY no LIMIT :most"
    while rows := connection.execute(sa.text(query), {"last": last, "most": _BATCH}).all():
        values = []
        for row in rows:
            seq, salt, new = seq + 1, secrets.token_hex(16), _plain([row.seal, row.came_on, row.stored_at, row.archive_number])
            said = (seq, at, "congvan", "seal", row.id, "seal", _sha256(_plain([salt, "null", new])))
            before = _sha256(_plain([before, *said]))
            names = ("seq", "at", "who", "about", "id", "field", "digest")
            values.append({**dict(zip(names, said, strict=True)), "old": "null", "new": new, "salt": salt, "hash": before})
        connection.execute(
            sa.text(f"INSERT INTO history ({', '.join(values[0])}) VALUES (:{', :'.join(values[0])})"), values
        )  # fmt: skip
        last = rows[-1].no
    connection.execute(sa.text("DELETE FROM settings WHERE key = :key"), {"key": _HEAD})
    if seq:
        connection.execute(sa.text("INSERT INTO settings (key, value) VALUES (:key, :value)"), {"key": _HEAD, "value": f"{seq} {before}"})


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def downgrade() -> None:
    raise NotImplementedError("numbers that the archive gave by itself are not taken for a clerk's again: restore a backup made before")
