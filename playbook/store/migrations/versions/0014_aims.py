"""Levels that a person accepted as the new usual, and what the next LIVE is to reach."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accepted_level",
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("metric", sa.Text, primary_key=True),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("accepted_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "target",
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("metric", sa.Text, primary_key=True),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("hours", sa.Float, nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False),
    )
