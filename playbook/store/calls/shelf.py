"""The shelf of a shop: what it keeps of the strategies, uses, or does not want."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.language import N_
from playbook.store import importing, shelf, shops
from playbook.store.access import Role, needs
from playbook.store.shelf import Place

from .base import Calls


@dataclass(frozen=True)
class ShelfCalls(Calls):
    """Look at the shelf, and put something on it."""

    @needs(Role.viewer)
    def shelf(self, shop_id: str) -> dict[str, Place]:
        """The place of each strategy that has one, by the strategy's id."""
        with self._reading() as connection:
            shops.one(connection, shop_id)
            return shelf.listed(connection, shop_id)

    @needs(Role.coach, noted=N_("moved a strategy"))
    def put_on_shelf(self, shop_id: str, strategy: str, place: Place | None) -> Place | None:
        """Put a strategy into a place; None takes it off. Where it was before comes back, for a way back."""
        self.ticket.detail = f"{strategy}: {place or 'taken off'}"
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            shops.one(connection, shop_id)
            before = shelf.listed(connection, shop_id).get(strategy)
            shelf.put(connection, shop_id, strategy, place, self.clock())
            return before
