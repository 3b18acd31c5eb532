"""Hosts as a person said them, and figures of the account beside its LIVEs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("live", sa.Column("host", sa.Text))
    op.create_table(
        "account_figure",
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("first", sa.Date, primary_key=True),
        sa.Column("last", sa.Date, primary_key=True),
        sa.Column("name", sa.String(24), primary_key=True),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("currency", sa.String(8)),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
