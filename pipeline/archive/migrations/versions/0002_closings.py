"""Closings: a person's word that a matter is closed in a province; and numbers by their day, for citations that bear one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closings",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("number_key", sa.Text, nullable=False),
        sa.Column("issued", sa.Text),
        sa.Column("issuer", sa.Text),
        sa.Column("province", sa.Text, nullable=False),
        sa.Column("closed_on", sa.Text),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("closings_number_key", "closings", ["number_key"])
    op.drop_index("letters_number_key", "letters")
    op.create_index("letters_number_key", "letters", ["number_key", "date"])


def downgrade() -> None:
    op.drop_index("letters_number_key", "letters")
    op.create_index("letters_number_key", "letters", ["number_key"])
    op.drop_table("closings")
