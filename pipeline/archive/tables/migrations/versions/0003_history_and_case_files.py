"""Corrections become a hash-chained history; letters get their seal; case files.

How the history is chained and a letter sealed stands here as it was on that day: a step knows nothing that may change.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime as Datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BATCH = 500
_HEAD = "history.head"
_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in ("seq", "at", "who", "about", "id", "field", "digest", "hash"))
_TRIGGERS = (
    "CREATE TRIGGER history_no_update BEFORE UPDATE ON history WHEN NOT "
    f"({_SAME} AND NEW.old IS NULL AND NEW.new IS NULL AND NEW.salt IS NULL) "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
)


def upgrade() -> None:
    op.create_table(
        "history",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", sa.Text),
        sa.Column("new", sa.Text),
        sa.Column("salt", sa.Text),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_index("history_about_id", "history", ["about", "id"])
    op.create_table(
        "case_files",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("notation", sa.Text, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("heading", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("retention", sa.Text),
        sa.Column("keeper", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("sheets", sa.Integer),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_index("case_files_notation", "case_files", ["notation"])
    op.create_table(
        "case_letters",
        sa.Column("letter", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, sa.ForeignKey("case_files.code"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_index("ix_case_letters_code", "case_letters", ["code"])
    op.add_column("letters", sa.Column("seal", sa.Text, nullable=False, server_default=""))
    _chain()
    op.drop_table("corrections")
    _seal()


def _chain() -> None:
    """Write the corrections anew as the first rows of the history; nothing proves what was changed in them before this day."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for trigger in _TRIGGERS:
            op.execute(trigger)
    seq, before = 0, ""
    for row in connection.execute(sa.text("SELECT * FROM corrections ORDER BY seq")).all():
        seq += 1
        old, new = (_plain(json.loads(value or "null")) for value in (row.old, row.new))
        salt, at = secrets.token_hex(16), Datetime.fromisoformat(row.at).isoformat()
        digest = _sha256(_plain([salt, old, new]))
        before = _sha256(_plain([before, seq, at, row.who, "letter", row.letter, row.field, digest]))
        values = {
            "seq": seq, "at": at, "who": row.who, "about": "letter", "id": row.letter, "field": row.field, "old": old, "new": new,
            "salt": salt, "digest": digest, "hash": before,
        }  # fmt: skip
        connection.execute(sa.text(f"INSERT INTO history ({', '.join(values)}) VALUES (:{', :'.join(values)})"), values)
    if seq:
        connection.execute(sa.text("INSERT INTO settings (key, value) VALUES (:key, :value)"), {"key": _HEAD, "value": f"{seq} {before}"})


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _seal() -> None:
    connection, last = op.get_bind(), 0
    query = "SELECT l.no, l.parsed, t.pages FROM letters l LEFT JOIN texts t ON t.no = l.no WHERE l.no > :last ORDER BY l.no LIMIT :most"
    while rows := connection.execute(sa.text(query), {"last": last, "most": _BATCH}).all():
        values = [{"no": row.no, "seal": _sha256(f"{row.parsed}\n{row.pages or ''}")} for row in rows]
        connection.execute(sa.text("UPDATE letters SET seal = :seal WHERE no = :no"), values)
        last = rows[-1].no


def downgrade() -> None:
    raise NotImplementedError("a chained history is not taken apart again: restore a backup made before")
