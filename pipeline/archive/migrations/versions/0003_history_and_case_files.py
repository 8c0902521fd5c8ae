"""Corrections become a hash-chained history; letters get their seal; case files."""

from __future__ import annotations

import json
from datetime import datetime as Datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BATCH = 500


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
    from pipeline.archive import history

    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for trigger in history.TRIGGERS.values():
            op.execute(trigger)
    for row in connection.execute(sa.text("SELECT * FROM corrections ORDER BY seq")).all():
        history.write(
            connection, who=row.who, about="letter", id=row.letter, field=row.field, old=json.loads(row.old or "null"),
            new=json.loads(row.new or "null"), at=Datetime.fromisoformat(row.at),
        )  # fmt: skip


def _seal() -> None:
    from pipeline.archive.holdings import seal

    connection, last = op.get_bind(), 0
    query = "SELECT l.no, l.parsed, t.pages FROM letters l LEFT JOIN texts t ON t.no = l.no WHERE l.no > :last ORDER BY l.no LIMIT :most"
    while rows := connection.execute(sa.text(query), {"last": last, "most": _BATCH}).all():
        values = [{"no": row.no, "seal": seal(row.parsed, row.pages)} for row in rows]
        connection.execute(sa.text("UPDATE letters SET seal = :seal WHERE no = :no"), values)
        last = rows[-1].no


def downgrade() -> None:
    raise NotImplementedError("a chained history is not taken apart again: restore a backup made before")
