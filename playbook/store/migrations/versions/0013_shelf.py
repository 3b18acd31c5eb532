"""What a shop put aside of the strategies: kept, in use, not for us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shelf",
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("strategy", sa.Text, primary_key=True),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
