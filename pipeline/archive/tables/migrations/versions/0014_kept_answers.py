"""How instructions stand where somebody asked, kept, and which letters changed since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_answers",
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("secret", sa.Boolean, nullable=False),
        sa.Column("merged", sa.Boolean, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("closings", sa.Text, nullable=False),
        sa.UniqueConstraint("asked", "secret", "merged", name="kept_answers_asked"),
    )
    asked = sa.Column("of", sa.Integer, sa.ForeignKey("kept_answers.no", ondelete="CASCADE"), primary_key=True)
    op.create_table(
        "standings",
        asked,
        sa.Column("node", sa.Text, primary_key=True),
        sa.Column("mark", sa.Text),
        sa.Column("trace", sa.Text, nullable=False),
    )
    asked = sa.Column("of", sa.Integer, sa.ForeignKey("kept_answers.no", ondelete="CASCADE"), primary_key=True)
    op.create_table(
        "ending_days", asked, sa.Column("day", sa.Text, primary_key=True), sa.Column("node", sa.Text, primary_key=True)
    )
    op.create_table(
        "changed_letters",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
    )
    op.add_column("letters", sa.Column("keeps", sa.Boolean, nullable=False, server_default="0"))
    letters = sa.table("letters", sa.column("record", sa.Text), sa.column("keeps", sa.Boolean))
    says = sa.or_(letters.c.record.contains('"moved":"'), letters.c.record.contains('"reminders":[{'))
    op.get_bind().execute(sa.update(letters).where(says).values(keeps=True))
    keeping = sa.text("keeps")
    op.create_index("letters_keeping", "letters", ["no"], sqlite_where=keeping, postgresql_where=keeping)
    # few of many: those of unread day, and those whose day others tell
    undated = sa.text("date IS NULL")
    op.create_index("letters_undated", "letters", ["no"], sqlite_where=undated, postgresql_where=undated)
    told = sa.text("inferred_date IS NOT NULL")
    op.create_index("letters_inferred_date", "letters", ["inferred_date"], sqlite_where=told, postgresql_where=told)


def downgrade() -> None:
    op.drop_index("letters_inferred_date", "letters")
    op.drop_index("letters_undated", "letters")
    op.drop_index("letters_keeping", "letters")
    op.drop_column("letters", "keeps")
    for table in ("changed_letters", "ending_days", "standings", "kept_answers"):
        op.drop_table(table)
