"""The first released schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shop",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("timezone", sa.Text),
        sa.Column("currency", sa.Text),
        sa.Column("market", sa.Text),
        sa.Column("playbook_folder", sa.Text),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("deleted_at", sa.DateTime),
    )
    alive = sa.text("deleted_at IS NULL")
    op.create_index("one_name", "shop", ["name_key"], unique=True, sqlite_where=alive, postgresql_where=alive)
    op.create_table(
        "creator",
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
    )
    op.create_table(
        "benchmark",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("metric", sa.Text, nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("date", sa.Text, nullable=False),
    )
    op.create_index("ix_benchmark_shop_id", "benchmark", ["shop_id"])
    _lives()


def _lives() -> None:
    op.create_table(
        "live",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
        sa.Column("session_id", sa.Text, nullable=False),
        sa.Column("start", sa.DateTime),
        sa.Column("creator", sa.Text),
        sa.Column("current", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("deleted_at", sa.DateTime),
    )
    op.create_index("one_live", "live", ["shop_id", "session_id"], unique=True)
    op.create_index("by_start", "live", ["shop_id", "start"])
    op.create_table(
        "version",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("live_id", sa.String(32), sa.ForeignKey("live.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("exported_at", sa.DateTime),
        sa.Column("imported_at", sa.DateTime, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("session_id", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("one_number", "version", ["live_id", "number"], unique=True)
    op.create_table(
        "part",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("live_id", sa.String(32), sa.ForeignKey("live.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("exported_at", sa.DateTime),
        sa.Column("imported_at", sa.DateTime, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_index("one_part", "part", ["live_id", "kind", "number"], unique=True)
