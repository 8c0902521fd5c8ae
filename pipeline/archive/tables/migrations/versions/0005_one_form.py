"""Archives of every form that a step ever had become alike: what a table has is looked at, not what its step should have made.

Step 0001 was made without what citing letters tell of a letter's number (`told_…`), and had it added later in its own text; step 0002
made a table `closings` for some hours, in which nothing was ever kept. Steps are frozen since this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    letters = _columns("letters")
    lacking = [name for name in ("told_number", "told_date", "told_key") if name not in letters]
    for name in lacking:
        op.add_column("letters", sa.Column(name, sa.Text))
    if "told_key" in lacking:
        op.create_index("ix_letters_told_key", "letters", ["told_key"])
    if "told" not in _columns("citations"):
        op.add_column("citations", sa.Column("told", sa.Boolean, nullable=False, server_default="0"))
    if lacking:
        # who cites what is to be settled once more, by those who can: `Archive.tidy` does, before the next ingest
        connection.execute(sa.text("INSERT INTO settings (key, value) VALUES ('settle.all', '0005')"))
    if sa.inspect(connection).has_table("closings") and not connection.execute(sa.text("SELECT count(*) FROM closings")).scalar():
        op.drop_table("closings")


def _columns(table: str) -> set[str]:
    return {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}


def downgrade() -> None:
    """Nothing is taken away: the tables of step 0004 have all this."""
