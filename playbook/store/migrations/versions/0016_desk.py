"""Shops at a glance, who answers for them, comments, closed months, and taking back what was moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _of_shop(*, key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), primary_key=key, nullable=False
    )


def upgrade() -> None:
    op.add_column("shop", sa.Column("in_charge", sa.Text))
    op.add_column("shop", sa.Column("tags", sa.Text))
    op.add_column("shop", sa.Column("moved_at", sa.DateTime))
    op.create_table(
        "glance", _of_shop(key=True), sa.Column("key", sa.String(64), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )  # fmt: skip
    op.create_table(
        "comment",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_shop(),
        sa.Column("session_id", sa.Text),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("to_do", sa.Boolean, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("owner", sa.Text),
        sa.Column("done_at", sa.DateTime),
        sa.Column("done_by", sa.Text),
    )
    op.create_index("by_comment", "comment", ["shop_id", "at"])
    op.create_table(
        "closed_month",
        _of_shop(key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("closed_at", sa.DateTime, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "tidying",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_shop(),
        sa.Column("other_id", sa.String(32)),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("undone_at", sa.DateTime),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("by_tidied", "tidying", ["shop_id", "at"])
