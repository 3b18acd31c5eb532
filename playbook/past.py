"""What a store knows of a shop, as a review of one of its LIVEs takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.language import _
from playbook.model.session import Session, UnusableFile

if TYPE_CHECKING:
    from playbook.diagnosis.findings import Benchmark

    from .store import Shop, Store


def shop_of(store: Store, name: str) -> Shop:
    """The shop of this name. Raises StoreError that lists what there is."""
    from .store import StoreError

    found = store.find_shop(name)
    if found is None:
        there = ", ".join(shop.name for shop in store.shops()) or _("none")
        raise StoreError(
            _(
                "There is no shop '{name}' in {store}. There are: {known}. To make it, use import with --create.",
                name=name,
                store=store.where,
                known=there,
            )
        )
    return found


@dataclass(frozen=True)
class Past:
    """What a store knows of a shop, for a review; nothing is written."""

    store: Store
    shop: Shop

    @property
    def playbook_folder(self) -> Path | None:
        """The shop's own strategies, else those chosen on the page for all shops."""
        from . import userdata

        return userdata.own_playbook(self.shop.playbook_folder)

    def benchmarks(self) -> list[Benchmark]:
        """As a review takes them."""
        from playbook.diagnosis.findings import Benchmark

        return [Benchmark(**vars(each)) for each in self.store.benchmarks(self.shop.id)]

    def accepted(self) -> dict[str, datetime]:
        """By metric since when another level counts as usual."""
        return self.store.accepted_levels(self.shop.id)

    def pick(self, which: str) -> Session:
        """A stored LIVE with all its parts. Raises UnusableFile that lists what there is."""
        from .imports import pick

        there = self.store.sessions(self.shop.id)
        if not there:
            name, where = self.shop.name, self.store.where
            raise UnusableFile(
                _("{shop} has no LIVEs in {store}. Import an export, or give files.", shop=name, store=where)
            )
        return self.store.session(self.shop.id, pick(there, which).id)

    def joined(self, session: Session, others: Sequence[Session]) -> tuple[Session, list[Session]]:
        """A LIVE from files with the parts stored of it, and every LIVE known besides it."""
        from playbook.imports.lives.identity import merge

        plan = self.store.plan_import(self.shop.id, [session])
        known = [each.id for each in (*plan.updated, *plan.confirmed, *plan.older, *plan.unchanged)]
        stored = self.store.session(self.shop.id, known[0]) if known else None
        history = self.store.history(self.shop.id, session.start)
        apart = [each for each in history if stored is None or each.id != stored.id]
        return _filled(session, stored), merge([*apart, *others])[0]


def _filled(session: Session, stored: Session | None) -> Session:
    if stored is None:
        return session
    parts = {kind: getattr(session, kind) or getattr(stored, kind)
             for kind in ("products", "events", "channels", "followers")}  # fmt: skip
    if session.trend is None and stored.trend is not None:
        return replace(session, trend=stored.trend, trend_step=stored.trend_step, **parts)
    return replace(session, **parts)
