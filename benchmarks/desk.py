"""What a look at all shops costs: `python -m benchmarks.desk [SHOPS]` (default 200, 30 LIVEs each).

Prints seconds of computing of the first look, of a look when everything is kept and nothing of it was read yet, of one
after a shop changed, and each as a ratio to one review of one LIVE: ratios are the same on every machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playbook.desk import glance, needs
from playbook.knowledge.load import load
from playbook.pipeline import review
from playbook.simulation.shops import restless_shop
from playbook.store import Store

LIVES = 30


def fill(store: Store, shops: int) -> None:
    """Shops with LIVEs every second day up to now."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    for place in range(shops):
        shop = store.create_shop(f"Shop {place:03d}", currency="USD")
        made = restless_shop(np.random.default_rng(place), LIVES, 10_000)
        dated = [
            replace(each, id=f"76{place:04d}{index:013d}", start=now - timedelta(days=2 * (LIVES - index)))
            for index, each in enumerate(made)
        ]
        store.apply(store.plan_import(shop.id, dated))


def spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main(shops: int) -> None:
    knowledge = load()
    with tempfile.TemporaryDirectory() as folder, Store.open(str(Path(folder) / "s.db")) as store:
        fill(store, shops)

        def look() -> list[needs.ShopNeed]:
            lines = store.glanced()
            found = glance.glances(store, lines, lambda _: None)
            return needs.by_need([needs.need(each, found.get(each.shop.id), datetime.now(UTC)) for each in lines])

        one = store.shops()[0]
        lives = store.sessions(one.id)
        review(lives[-1], lives[:-1], knowledge)
        alone = min(spent(lambda: review(lives[-1], lives[:-1], knowledge)) for _ in range(5))
        first = spent(look)
        glance._read_once.cache_clear()
        kept = spent(look)
        again = min(spent(look) for _ in range(5))
        store.delete_session(one.id, lives[0].id)
        changed = spent(look)
    print(f"one review: {alone * 1000:.0f} ms")
    for name, seconds in (("first", first), ("kept, not read yet", kept), ("kept", again), ("one changed", changed)):
        print(f"{shops} shops, {name}: {seconds:.3f} s, {seconds / alone:.1f} reviews")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
