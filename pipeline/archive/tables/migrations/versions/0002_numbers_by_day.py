"""Numbers are found by their day too: most citations bear one, and a number returns every year."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("letters_number_key", "letters")
    op.create_index("letters_number_key", "letters", ["number_key", "date"])


def downgrade() -> None:
    op.drop_index("letters_number_key", "letters")
    op.create_index("letters_number_key", "letters", ["number_key"])
