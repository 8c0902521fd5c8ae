"""Letters that ask for a look, and those that bear a mark of urgency, are found without reading every record: a desk asks at each page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("urgency", sa.Text))
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("UPDATE letters SET urgency = json_extract(record, '$.header.urgency')")
    else:
        op.execute("UPDATE letters SET urgency = (record::json) -> 'header' ->> 'urgency'")
    op.create_index("letters_review", "letters", ["review", "quarantined"])
    op.create_index("letters_urgency", "letters", ["urgency"])


def downgrade() -> None:
    op.drop_index("letters_urgency", "letters")
    op.drop_index("letters_review", "letters")
    op.drop_column("letters", "urgency")
