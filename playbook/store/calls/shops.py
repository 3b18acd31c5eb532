"""Shops, and the market figures beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from playbook.language import N_, _
from playbook.store import audit, importing, queries, shops
from playbook.store.access import Role, every_shop, needs
from playbook.store.errors import StaleError
from playbook.store.records import Shop, ShopBenchmark, ShopLine
from playbook.store.schema import shop

from .base import Calls, among


@dataclass(frozen=True)
class ShopCalls(Calls):
    """Make, change and list shops."""

    @needs(Role.owner, every_shop, noted=N_("made the shop"))
    def create_shop(
        self,
        name: str,
        *,
        timezone: str | None = None,
        currency: str | None = None,
        market: str | None = None,
        playbook_folder: str | None = None,
    ) -> Shop:
        """Raises StoreError for a name that is empty or taken, an unknown time zone, or what is not a currency."""
        values = {"name": name, "timezone": timezone, "currency": currency, "market": market,
                  "playbook_folder": playbook_folder}  # fmt: skip
        with self._writing() as connection:
            key = self.ticket.shop_id = shops.create(connection, self.clock(), values)
            return shops.one(connection, key)

    @needs(Role.owner, noted=N_("changed the shop"))
    def change_shop(self, shop_id: str, *, seen: Mapping[str, str | None] | None = None, **values: str | None) -> Shop:
        """Set name, timezone, currency, market or playbook_folder. Raises StoreError as `create_shop`.

        `seen` is what these were when they were shown: raises StaleError where one of them is another by now.
        """
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            if seen is not None:
                shops.unchanged(connection, shops.one(connection, shop_id), seen, values)
            shops.change(connection, shop_id, values)
            self.ticket.detail = shops.labels(values)
            return shops.one(connection, shop_id)

    @needs(None)
    def shops(self) -> list[Shop]:
        """By name, without deleted ones."""
        with self._reading() as connection:
            seen = self._seen(connection)
            return [each for each in shops.listed(connection) if among(each.id, seen)]

    @needs(Role.viewer)
    def shop(self, shop_id: str) -> Shop:
        with self._reading() as connection:
            return shops.one(connection, shop_id)

    @needs(None)
    def find_shop(self, name: str) -> Shop | None:
        """By name; case and needless spaces do not matter."""
        return next((each for each in self.shops() if shops.key_of(each.name) == shops.key_of(name)), None)

    @needs(None)
    def overview(self) -> list[ShopLine]:
        """Every shop with its number of LIVEs and its latest one."""
        with self._reading() as connection:
            seen = self._seen(connection)
            return [each for each in queries.overview(connection, self.met) if among(each.shop.id, seen)]

    @needs(Role.viewer)
    def benchmarks(self, shop_id: str) -> list[ShopBenchmark]:
        with self._reading() as connection:
            return shops.benchmarks(connection, shop_id)

    @needs(Role.coach, noted=N_("changed market figures"))
    def set_benchmarks(
        self, shop_id: str, benchmarks: Sequence[ShopBenchmark], *, seen: Sequence[ShopBenchmark] | None = None
    ) -> None:
        """Replace the shop's benchmarks. `seen` are those that were shown: raises StaleError where they are others."""
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            if seen is not None and shops.benchmarks(connection, shop_id) != list(seen):
                owner = shops.one(connection, shop_id)
                whom = audit.who_changed(connection, owner, "changed market figures", _("the market figures"))
                raise StaleError(_("Not saved: {change}. The table shows them as they are now.", change=whom))
            shops.set_benchmarks(connection, shop_id, benchmarks)

    @needs(Role.coach)
    def mark_looked(self, shop_id: str, at: datetime | None = None) -> None:
        """The weekly look was taken, now or `at` (aware)."""
        with self._writing() as connection:
            shops.one(connection, shop_id)
            connection.execute(update(shop).where(shop.c.id == shop_id).values(looked_at=at or self.clock()))
