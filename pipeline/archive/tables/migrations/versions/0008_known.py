"""What each letter tells of who issued and signed it, and what is known of a letter's fields by what others tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attested",
        sa.Column("letter", sa.Text, primary_key=True),
        sa.Column("stem", sa.Text, nullable=False, server_default=""),
        sa.Column("told", sa.Text, nullable=False, server_default=""),
        sa.Column("told_before", sa.Text),
        sa.Column("state", sa.Integer, nullable=False),
    )
    op.create_index("ix_attested_stem", "attested", ["stem"])
    op.create_index("ix_attested_told_before", "attested", ["told_before"])
    op.create_index("ix_attested_state", "attested", ["state"])
    op.create_table(
        "vouchers",
        sa.Column("letter", sa.Text, primary_key=True),
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("known", sa.Text, nullable=False),
    )
    # the next ingest looks at them all
    op.execute("INSERT INTO attested (letter, state) SELECT id, 0 FROM letters")


def downgrade() -> None:
    op.drop_table("vouchers")
    op.drop_table("attested")
