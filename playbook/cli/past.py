"""What a store knows of a shop, for `review --db URL --shop NAME`; and a few words that the commands share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.model.session import Session, UnusableFile

if TYPE_CHECKING:
    from playbook.diagnosis.findings import Benchmark
    from playbook.store import Shop, Store


def shop_of(store: Store, name: str) -> Shop:
    """The shop of this name. Raises StoreError that lists what there is."""
    from playbook.store import StoreError

    found = store.find_shop(name)
    if found is None:
        there = ", ".join(shop.name for shop in store.shops()) or "none"
        raise StoreError(f"There is no shop '{name}' in {store.where}. There are: {there}. Add --create to import one.")
    return found


@dataclass(frozen=True)
class Past:
    """What a store knows of a shop, for a review; nothing is written."""

    store: Store
    shop: Shop

    @property
    def playbook_folder(self) -> Path | None:
        """The shop's own strategies, else those chosen on the page for all shops."""
        from playbook import userdata

        return userdata.own_playbook(self.shop.playbook_folder)

    def benchmarks(self) -> list[Benchmark]:
        """As a review takes them."""
        from playbook.diagnosis.findings import Benchmark

        return [Benchmark(**vars(each)) for each in self.store.benchmarks(self.shop.id)]

    def pick(self, which: str) -> Session:
        """A stored LIVE with all its parts. Raises UnusableFile that lists what there is."""
        from playbook.imports import pick

        there = self.store.sessions(self.shop.id)
        if not there:
            raise UnusableFile(f"{self.shop.name} has no LIVEs in {self.store.where}. Import an export, or give files.")
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


@contextmanager
def past(options: argparse.Namespace) -> Iterator[Past | None]:
    """The history that `review --db URL --shop NAME` names; None without. Raises UnusableFile."""
    if options.db is None and options.shop is None:
        if not options.paths:
            raise UnusableFile("Give the files of a LIVE, or a stored history with --db URL --shop NAME.")
        yield None
        return
    if options.db is None or options.shop is None:
        missing = "--shop NAME" if options.shop is None else "--db URL"
        raise UnusableFile(f"A stored history is named by --db URL and --shop NAME together; {missing} is missing.")
    from playbook.store import Store, StoreError

    try:
        with Store.open(options.db, create=False) as store:
            yield Past(store, shop_of(store, options.shop))
    except StoreError as error:
        raise UnusableFile(str(error)) from error


def lives(number: int, kind: str = "") -> str:
    """`1 new LIVE`, `4 LIVEs`."""
    return f"1 {kind}LIVE" if number == 1 else f"{number} {kind}LIVEs"


def say(line: object) -> None:
    """To standard error: what is not the result."""
    print(line, file=sys.stderr)
