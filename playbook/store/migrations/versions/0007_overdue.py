"""Since when something in the trash was seen to be overdue: one look by a clock set ahead erases nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("overdue", sa.Column("since", sa.DateTime, primary_key=True))
