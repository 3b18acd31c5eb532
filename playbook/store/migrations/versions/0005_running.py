"""LIVEs on air: what was tapped during them and which totals were noted, row by row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "running",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("title", sa.Text),
        sa.Column("who", sa.Text),
        sa.Column("ended_by", sa.Text),
        sa.Column("currency", sa.Text),
        sa.Column("watching", sa.Text),
        sa.Column("watching_on", sa.Text),
        sa.Column("watch_totals", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_index("by_started", "running", ["shop_id", "started_at"])
    op.create_table(
        "tap",
        *_row(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("product", sa.Text),
        sa.Column("detail", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("ends", sa.String(32)),
    )
    op.create_index("by_tapped", "tap", ["running_id", "at"])
    op.create_table(
        "total", *_row(), sa.Column("kind", sa.String(16), nullable=False), sa.Column("data", sa.Text, nullable=False)
    )
    op.create_index("by_noted", "total", ["running_id", "at"])


def _row() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("running_id", sa.String(32), sa.ForeignKey("running.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.Text),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("undone_at", sa.DateTime),
    ]
