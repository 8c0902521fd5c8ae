"""The first tables: ledger, originals, letters and their texts, citations, issuers, corrections, settings; the index of words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False, server_default=""),
        sa.Column("size", sa.Integer),
        sa.Column("mtime_ns", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("cause", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("reason_en", sa.Text),
        sa.Column("exit_code", sa.Integer, nullable=False, server_default="0"),
        sa.Column("letters", sa.Integer, nullable=False, server_default="0"),
        sa.Column("pages", sa.Integer, nullable=False, server_default="0"),
        sa.Column("holder", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.UniqueConstraint("path", "sha256", name="ledger_path_sha256"),
    )
    op.create_index("ix_ledger_state", "ledger", ["state"])
    op.create_index("ledger_sha256", "ledger", ["sha256"])
    op.create_table(
        "originals",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("kept_at", sa.Text, nullable=False),
    )
    op.create_table(
        "letters",
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("ledger_id", sa.Integer, sa.ForeignKey("ledger.id")),
        sa.Column("first_page", sa.Integer, nullable=False),
        sa.Column("number", sa.Text),
        sa.Column("number_key", sa.Text),
        sa.Column("number_code", sa.Text),
        sa.Column("serial", sa.Integer),
        sa.Column("issuer", sa.Text),
        sa.Column("date", sa.Text),
        sa.Column("doc_type", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("province", sa.Text),
        sa.Column("secrecy", sa.Text),
        sa.Column("quarantined", sa.Boolean, nullable=False, server_default="0"),
        sa.Column("copy_of", sa.Text),
        sa.Column("told_number", sa.Text),
        sa.Column("told_date", sa.Text),
        sa.Column("told_key", sa.Text),
        sa.Column("review", sa.Integer, nullable=False, server_default="0"),
        sa.Column("arrived_on", sa.Text),
        sa.Column("arrival_number", sa.Text),
        sa.Column("arrival_serial", sa.Integer),
        sa.Column("arrival_source", sa.Text),
        sa.Column("stored_at", sa.Text, nullable=False),
        sa.Column("parsed", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_index("ix_letters_copy_of", "letters", ["copy_of"])
    op.create_index("ix_letters_sha256", "letters", ["sha256"])
    op.create_index("ix_letters_told_key", "letters", ["told_key"])
    op.create_index("letters_arrived", "letters", ["arrival_source", "arrived_on"])
    op.create_index("letters_date", "letters", ["date"])
    op.create_index("letters_doc_type_date", "letters", ["doc_type", "date"])
    op.create_index("letters_issuer_date", "letters", ["issuer", "date"])
    op.create_index("letters_number_code", "letters", ["number_code"])
    op.create_index("letters_number_key", "letters", ["number_key"])
    op.create_index("letters_province_date", "letters", ["province", "date"])
    op.create_index("letters_serial", "letters", ["serial"])
    op.create_table(
        "texts",
        sa.Column("no", sa.Integer, sa.ForeignKey("letters.no", ondelete="CASCADE"), primary_key=True),
        sa.Column("pages", sa.Text, nullable=False),
    )
    op.create_table(
        "citations",
        sa.Column("no", sa.Integer, sa.ForeignKey("letters.no", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("number", sa.Text),
        sa.Column("number_key", sa.Text),
        sa.Column("number_code", sa.Text),
        sa.Column("date", sa.Text),
        sa.Column("issuer", sa.Text),
        sa.Column("doc_type", sa.Text),
        sa.Column("relation", sa.Text, nullable=False),
        sa.Column("target", sa.Text),
        sa.Column("told", sa.Boolean, nullable=False, server_default="0"),
    )
    op.create_index("citations_date", "citations", ["date"])
    op.create_index("citations_number_code", "citations", ["number_code"])
    op.create_index("citations_number_key", "citations", ["number_key", "date"])
    op.create_index("citations_target", "citations", ["target"])
    op.create_table(
        "issuers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("fold", sa.Text, nullable=False),
        sa.Column("province", sa.Text),
    )
    op.create_table(
        "corrections",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", sa.Text),
        sa.Column("new", sa.Text),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("ix_corrections_letter", "corrections", ["letter"])
    if op.get_bind().dialect.name == "sqlite":
        # rowid is letters.no; `folded` has no marks, `marked` has each syllable's tone at its end (pipeline.archive.folding)
        op.execute("CREATE VIRTUAL TABLE words USING fts5(folded, marked, tokenize='unicode61 remove_diacritics 0')")


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS words")
    for table in ("corrections", "issuers", "citations", "texts", "letters", "originals", "ledger", "settings"):
        op.drop_table(table)
