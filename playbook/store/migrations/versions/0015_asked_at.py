"""When something was assigned; practice scenarios have other names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

#: Scenarios that were taken out, and the one of the same level that stands in for each.
_NOW = {
    "people_pass_by": "weekday_evening",
    "watch_and_do_not_click": "small_presents",
    "click_and_do_not_buy": "shoe_rack",
    "half_time": "long_evening",
    "two_faults": "crowded_night",
}


def upgrade() -> None:
    op.add_column("assignment", sa.Column("asked_at", sa.DateTime))
    table = sa.table("assignment", sa.column("kind"), sa.column("item"))
    for before, now in _NOW.items():
        op.execute(table.update().where(table.c.kind == "practice", table.c.item == before).values(item=now))
