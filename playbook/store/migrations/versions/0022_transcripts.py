"""What was said in a LIVE."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transcript",
        sa.Column("live_id", sa.String(32), sa.ForeignKey("live.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("offset", sa.Float, nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
