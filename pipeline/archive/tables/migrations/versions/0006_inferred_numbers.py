"""What citing letters tell of a letter's number is called inferred, in the tables as elsewhere."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_RENAMED = (
    ("letters", "told_number", "inferred_number"),
    ("letters", "told_date", "inferred_date"),
    ("letters", "told_key", "inferred_key"),
    ("citations", "told", "inferred"),
)


def upgrade() -> None:
    op.drop_index("ix_letters_told_key", "letters")
    for table, old, new in _RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    op.create_index("ix_letters_inferred_key", "letters", ["inferred_key"])


def downgrade() -> None:
    op.drop_index("ix_letters_inferred_key", "letters")
    for table, old, new in _RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
    op.create_index("ix_letters_told_key", "letters", ["told_key"])
