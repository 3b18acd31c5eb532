"""Column mappings and what was said of sheets kept by hand: for the store as a whole, so that a team maps once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("layout", sa.Column("id", sa.Text, primary_key=True), sa.Column("data", sa.Text, nullable=False))
    op.create_table(
        "sheet_answer",
        sa.Column("layout", sa.Text, primary_key=True),
        sa.Column("header", sa.Text, primary_key=True),
        sa.Column("meaning", sa.Text, nullable=False),
    )
    op.create_table("taken_over", sa.Column("folder", sa.Text, primary_key=True))
