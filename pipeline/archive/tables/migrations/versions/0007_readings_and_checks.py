"""Letters say in which form their record is written; originals read anew, file by file, with what changed; fields checked by lot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # 0: of before. `Archive.tidy` writes those anew, so many at a time, and what reads them does not wait for that
    op.add_column("letters", sa.Column("form", sa.Integer, nullable=False, server_default="0"))
    op.create_index("letters_form", "letters", ["form"])
    op.create_table(
        "rereads",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("chosen", sa.Text, nullable=False),
        sa.Column("secret", sa.Integer, nullable=False, server_default="0"),
        sa.Column("ended", sa.Text),
    )
    op.create_table(
        "reread_files",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("reread", sa.Integer, sa.ForeignKey("rereads.id"), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("holder", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("reason_en", sa.Text),
        sa.Column("split", sa.Text),
        sa.Column("answer", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("reread_files_state", "reread_files", ["reread", "state"])
    op.create_table(
        "reread_changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("reread", sa.Integer, sa.ForeignKey("rereads.id"), nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("old", sa.Text),
        sa.Column("new", sa.Text),
    )
    op.create_index("reread_changes_reread", "reread_changes", ["reread", "field"])
    op.create_index("ix_reread_changes_sha256", "reread_changes", ["sha256"])
    op.create_table(
        "spot_checks",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("seed", sa.Text, nullable=False),
        sa.Column("shares", sa.Text, nullable=False),
        sa.Column("ended", sa.Text),
    )
    op.create_table(
        "spot_check_items",
        sa.Column("spot_check", sa.Integer, sa.ForeignKey("spot_checks.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("who", sa.Text),
        sa.Column("at", sa.Text),
    )


def downgrade() -> None:
    for table in ("spot_check_items", "spot_checks", "reread_changes", "reread_files", "rereads"):
        op.drop_table(table)
    op.drop_index("letters_form", "letters")
    with op.batch_alter_table("letters") as letters:
        letters.drop_column("form")
