"""A file is known by its inode and its time of any change too; how often it has harmed its reader."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # null: not looked at since; such a file is hashed once more
    op.add_column("ledger", sa.Column("inode", sa.Integer))
    op.add_column("ledger", sa.Column("ctime_ns", sa.Integer))
    op.add_column("ledger", sa.Column("harmed", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    for name in ("harmed", "ctime_ns", "inode"):
        op.drop_column("ledger", name)
