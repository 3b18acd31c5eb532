"""What a shop holds itself to: levels that it accepts as its new usual, and what its next LIVE is to reach."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert

from playbook.language import N_, _
from playbook.store import aims, importing, shops
from playbook.store.access import Role, needs
from playbook.store.errors import StoreError
from playbook.store.records import Target
from playbook.store.schema import accepted_level, target

from .base import Calls


@dataclass(frozen=True)
class AimCalls(Calls):
    """One accepted level and one target a metric; another one takes the place of the last."""

    @needs(Role.viewer)
    def accepted_levels(self, shop_id: str) -> dict[str, datetime]:
        """By metric the start (shop's wall clock) of the first LIVE of the level that counts as usual now."""
        with self._reading() as connection:
            return aims.levels(connection, shop_id)

    @needs(Role.coach, noted=N_("accepted a new usual"))
    def accept_level(self, shop_id: str, metric: str, since: datetime | None) -> None:
        """From the LIVE that began at `since` on the level is the shop's usual; None takes that back."""
        self.ticket.detail = metric if since else f"{metric}: taken back"
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            shops.one(connection, shop_id)
            of = (accepted_level.c.shop_id == shop_id, accepted_level.c.metric == metric)
            connection.execute(delete(accepted_level).where(*of))
            if since is not None:
                row = {"shop_id": shop_id, "metric": metric, "since": since, "accepted_at": self.clock()}
                connection.execute(insert(accepted_level), [row])

    @needs(Role.viewer)
    def targets(self, shop_id: str) -> dict[str, Target]:
        """By metric what the next LIVE is to reach; one whose row is damaged is left out."""
        with self._reading() as connection:
            return aims.targets(connection, shop_id)

    @needs(Role.coach, noted=N_("set a target"))
    def set_target(self, shop_id: str, metric: str, value: float | None, hours: float = 0.0) -> None:
        """What the next LIVE of so many hours is to reach; None for no target.

        Raises StoreError for what is not a number above nought.
        """
        if value is not None and not (math.isfinite(value) and value > 0 and math.isfinite(hours) and hours > 0):
            raise StoreError(_("A target is a number above 0, for a LIVE of more than 0 hours."))
        self.ticket.detail = metric if value is not None else f"{metric}: taken back"
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            shops.one(connection, shop_id)
            connection.execute(delete(target).where(target.c.shop_id == shop_id, target.c.metric == metric))
            if value is not None:
                row = {"shop_id": shop_id, "metric": metric, "value": value, "hours": hours, "set_at": self.clock()}
                connection.execute(insert(target), [row])
