"""What each citation tells a trace, so that it is walked without reading what tells nothing; and the numbers that an issuer gave twice."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_LEADING = ("implements", "responds_to", "guides", "follows_up", "based_on", "amends", "replaces")
_ASKED = ("implements", "guides", "follows_up")
_BATCH = 500


def upgrade() -> None:
    op.add_column("citations", sa.Column("weight", sa.Integer, nullable=False, server_default="2"))
    op.add_column("citations", sa.Column("said", sa.Text))
    unsaid = sa.text("said IS NULL")
    op.create_index("citations_unsaid", "citations", ["no", "position"], sqlite_where=unsaid, postgresql_where=unsaid)
    op.create_table(
        "same_numbers",
        sa.Column("number_key", sa.Text, primary_key=True),
        sa.Column("year", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, primary_key=True),
    )
    connection = op.get_bind()
    settings = sa.table("settings", sa.column("key", sa.Text), sa.column("value", sa.Text))
    letters = sa.table("letters", sa.column("no", sa.Integer), sa.column("record", sa.Text))
    citations = sa.table("citations", sa.column("no", sa.Integer), sa.column("position", sa.Integer), sa.column("weight", sa.Integer))
    # how words and issuers are compared may change: not here
    connection.execute(sa.insert(settings), [{"key": "columns.all", "value": "1"}])
    place = (citations.c.no == sa.bindparam("of"), citations.c.position == sa.bindparam("at"))
    last, query = 0, sa.select(letters.c.no, letters.c.record).order_by(letters.c.no).limit(_BATCH)
    while rows := connection.execute(query.where(letters.c.no > last)).all():
        light = [{"of": no, "at": at, "new": new} for no, record in rows for at, new in _weights(record) if new != 2]
        if light:
            connection.execute(sa.update(citations).where(*place).values(weight=sa.bindparam("new")), light)
        last = rows[-1].no


def _weights(record: str) -> list[tuple[int, int]]:
    letter: dict[str, Any] = json.loads(record)
    keeps = bool(letter.get("reminders")) or any(one.get("moved") for one in letter.get("deadlines") or ())
    instructs = letter.get("instructs") is not False
    return [(at, 2 if keeps else _weight(one, instructs=instructs)) for at, one in enumerate(letter.get("references") or ())]


def _weight(reference: dict[str, Any], *, instructs: bool) -> int:
    own, relation = reference.get("agent", "self") == "self", reference["relation"]
    polarity = reference.get("polarity", "affirmed")
    if polarity == "affirmed":
        if relation == "acknowledges":
            return (2 if instructs else 1) if own else 0
        return 2 if own and relation in _LEADING else 1 if own and relation == "encloses" else 0
    if polarity == "asked" and relation in _ASKED:
        return 2
    changes = polarity == "postponed" or (polarity == "asked" and relation in ("amends", "replaces"))
    return 2 if own and changes else 1


def downgrade() -> None:
    op.drop_table("same_numbers")
    op.drop_index("citations_unsaid", "citations")
    op.drop_column("citations", "said")
    op.drop_column("citations", "weight")
