"""Which citations a person must say of whether one of the letters held is meant, so that they are found without reading every record."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("citations", sa.Column("asked", sa.Boolean, nullable=False, server_default="0"))
    op.create_index("citations_asked", "citations", ["no"], sqlite_where=sa.text("asked"), postgresql_where=sa.text("asked"))
    connection = op.get_bind()
    letters = sa.table("letters", sa.column("no", sa.Integer), sa.column("record", sa.Text))
    citations = sa.table("citations", sa.column("no", sa.Integer), sa.column("position", sa.Integer), sa.column("asked", sa.Boolean))
    asking = [
        {"of": no, "at": at}
        for no, record in connection.execute(sa.select(letters.c.no, letters.c.record).where(letters.c.record.contains('"candidates":["')))
        for at, one in enumerate(json.loads(record).get("references", ()))
        if one.get("candidates") and not one.get("target") and not one.get("settled")
    ]
    if asking:
        where = (citations.c.no == sa.bindparam("of"), citations.c.position == sa.bindparam("at"))
        connection.execute(sa.update(citations).where(*where).values(asked=True), asking)


def downgrade() -> None:
    op.drop_index("citations_asked", "citations")
    op.drop_column("citations", "asked")
