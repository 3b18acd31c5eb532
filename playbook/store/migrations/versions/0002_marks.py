"""Notes on a LIVE, when it was reviewed, and when a shop had its last weekly look."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("live", sa.Column("note", sa.Text))
    op.add_column("live", sa.Column("reviewed_at", sa.DateTime))
    op.add_column("shop", sa.Column("looked_at", sa.DateTime))
