"""Rows of what a shop holds itself to: accepted levels and targets."""

from __future__ import annotations

import math
from datetime import datetime

from sqlalchemy import Connection, select

from .records import Target
from .schema import accepted_level, target


def levels(connection: Connection, shop_id: str) -> dict[str, datetime]:
    """By metric the start (shop's wall clock) of the first LIVE of the level that counts as usual now."""
    query = select(accepted_level.c.metric, accepted_level.c.since).where(accepted_level.c.shop_id == shop_id)
    return {row.metric: row.since for row in connection.execute(query) if row.since is not None}


def targets(connection: Connection, shop_id: str) -> dict[str, Target]:
    """By metric what the next LIVE is to reach; one whose row is damaged is left out."""
    query = select(target.c.metric, target.c.value, target.c.hours, target.c.set_at).where(target.c.shop_id == shop_id)
    return {
        row.metric: Target(*row)
        for row in connection.execute(query.order_by(target.c.metric))
        if all(isinstance(each, float | int) and math.isfinite(each) for each in (row.value, row.hours))
    }
