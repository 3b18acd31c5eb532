"""A shop's shelf: which strategies it keeps, has in use, or does not want. One place a strategy."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Connection, delete, insert, select

from .schema import shelf

Place = Literal["kept", "in_use", "not_for_us"]
PLACES: tuple[Place, ...] = get_args(Place)


def listed(connection: Connection, shop_id: str) -> dict[str, Place]:
    """The place of each strategy that has one, the latest first; a row that says no place of ours is not there."""
    query = select(shelf.c.strategy, shelf.c.place).where(shelf.c.shop_id == shop_id).order_by(shelf.c.at.desc())
    found = {row.strategy: row.place for row in connection.execute(query)}
    return {name: place for name, place in found.items() if place in PLACES}


def put(connection: Connection, shop_id: str, strategy: str, place: Place | None, now: datetime) -> None:
    """Put a strategy into its place; None takes it from the shelf."""
    mine = (shelf.c.shop_id == shop_id, shelf.c.strategy == strategy)
    connection.execute(delete(shelf).where(*mine))
    if place is not None:
        row = {"shop_id": shop_id, "strategy": strategy, "place": place, "at": now}
        connection.execute(insert(shelf), [row])
