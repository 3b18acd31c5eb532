"""Trainees, their results in lessons, drills and practice LIVEs, and what is assigned to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trainee",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_index("one_trainee", "trainee", ["shop_id", "name_key"], unique=True)
    op.create_table(
        "result",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("trainee_id", sa.String(32), sa.ForeignKey("trainee.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("by_trainee", "result", ["trainee_id", "at"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("trainee_id", sa.String(32), sa.ForeignKey("trainee.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("due", sa.Date),
    )
    op.create_index("one_assignment", "assignment", ["trainee_id", "kind", "item"], unique=True)
