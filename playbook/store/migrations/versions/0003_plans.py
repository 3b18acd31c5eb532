"""Plans for coming LIVEs, and in which LIVEs they were carried out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("one_plan", "plan", ["shop_id", "name"], unique=True)
    op.create_table(
        "plan_done",
        sa.Column("plan_id", sa.String(32), sa.ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("session_id", sa.Text, primary_key=True),
        sa.Column("done", sa.Boolean, nullable=False),
    )
