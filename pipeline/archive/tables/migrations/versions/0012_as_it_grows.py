"""What an archive keeps so that a question costs no more as it grows: hashed words by which copies are told, and letters whose citations
are still to be settled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_WIDER = (
    ("letters", "letters_date", ["date", "serial", "review"]),
    ("citations", "citations_date", ["date", "number_key"]),
)


def upgrade() -> None:
    # filled where they are asked for
    op.create_table(
        "word_pairs",
        sa.Column("no", sa.Integer, sa.ForeignKey("letters.no", ondelete="CASCADE"), primary_key=True),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "unsettled",
        sa.Column("no", sa.Integer, sa.ForeignKey("letters.no", ondelete="CASCADE"), primary_key=True),
        sa.Column("about", sa.Text, primary_key=True),
    )
    for table, name, columns in _WIDER:
        op.drop_index(name, table)
        op.create_index(name, table, columns)
    op.create_index("letters_secret", "letters", ["quarantined", "secrecy"])


def downgrade() -> None:
    op.drop_index("letters_secret", "letters")
    for table, name, _ in _WIDER:
        op.drop_index(name, table)
        op.create_index(name, table, ["date"])
    op.drop_table("unsettled")
    op.drop_table("word_pairs")
