"""Slots and hosts beside each other: `python -m benchmarks.groups [--size 200]`.

Flat shops, in which neither hour nor weekday nor host makes a difference: how often one is called better all the same.
Shops in which one start hour brings 25 % more GMV, by a single step of it or a little by each: how often it is found
with 60 LIVEs. And hosts of whom one has 25 %
more clicks a view.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.judgement.table import Aim, TableRow, share, written
from playbook.diagnosis.over_lives.hosts import HOST_RATES, hosts
from playbook.diagnosis.over_lives.slots import STEPS, slots
from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.simulation.shops import calm_shop, restless_shop

LIVES = 60
HOURS = (10, 15, 20)
HOSTS = ("Ayu", "Maya", "Rina")


#: Where the planted difference lies: in one step of GMV an hour, or evenly in all five.
WAYS = {"gmv": "GMV an order", "sku_orders": "orders a click", "product_clicks": "clicks a view",
        "views": "views an impression", "impressions": "impressions", "all": "all five steps alike"}  # fmt: skip


def more_of(counts: dict[str, float | None], more: float, way: str) -> None:
    """Counts of a LIVE that sold `more` times as much, by the step `way`: it and those that follow are more."""
    first = 0 if way == "all" else STEPS.index(way)
    for place, name in enumerate(STEPS):
        size = more ** ((place + 1) / len(STEPS)) if way == "all" else more if place >= first else 1.0
        if counts.get(name):
            counts[name] = float(counts[name] or 0) * size


def placed(seed: int, restless: bool, more: float = 1.0, lives: int = LIVES, way: str = "gmv") -> list[Session]:
    """A shop whose LIVEs begin at one of three hours; those at 20:00 sell `more` times as much, by one of `WAYS`."""
    rng = np.random.default_rng(seed)
    shown = float(np.exp(rng.uniform(np.log(5_000), np.log(60_000))))
    made = restless_shop(rng, lives, shown) if restless else calm_shop(rng, 2 * shown, lives)
    day = datetime(2026, 1, 5)
    found = []
    for each in made:
        day += timedelta(days=int(rng.integers(1, 3)))
        hour = int(rng.choice(HOURS))
        counts = dict(each.counts)
        if hour == 20:
            more_of(counts, more, way)
        start = day.replace(hour=hour) + timedelta(minutes=int(rng.integers(-15, 15)))
        found.append(replace(each, start=start, counts=counts, host=str(rng.choice(HOSTS))))
    return found


def called(seed: int, restless: bool, more: float, way: str = "gmv") -> tuple[bool, bool]:
    """Whether any slot is called better, and whether it is the planted one."""
    found = slots(placed(seed, restless, more, way=way))
    better = {each.label for each in (*found.hours, *found.days) if each.better}
    return bool(better), "20:00" in better


def flagged(seed: int, restless: bool, more: float) -> tuple[bool, bool]:
    """Whether any host is flagged, and whether it is Rina, whose CTR is `more` times as high."""
    lives = placed(seed, restless)
    rng = np.random.default_rng(seed + 10**6)
    for place, each in enumerate(lives):
        if each.host == "Rina" and more != 1.0:
            clicks = rng.binomial(
                int(each.counts["views"] or 0),
                min(1.0, more * (each.counts["product_clicks"] or 0) / max(each.counts["views"] or 1, 1)),
            )
            lives[place] = replace(each, counts={**each.counts, "product_clicks": float(clicks)})
    found = hosts(lives, load().metrics, HOST_RATES)
    flags = {(each.host, each.metric) for rates in found.rates.values() for each in rates if each.verdict != "usual"}
    return bool(flags), ("Rina", "ctr") in flags


def best_possible(seed: int, restless: bool) -> bool:
    """Whether a test would find the planted slot that looks at this one alone and knows how much LIVEs differ."""
    lives = placed(seed, restless, 1.25)
    flat = placed(seed, restless)
    y = np.log([(each.counts["gmv"] or 1.0) / (each.hours or 1.0) for each in lives])
    sd = float(np.std(np.log([(each.counts["gmv"] or 1.0) / (each.hours or 1.0) for each in flat])))
    on = np.array([each.start is not None and (each.start + timedelta(minutes=30)).hour == 20 for each in lives])
    gap = y[on].mean() - y[~on].mean()
    return bool(gap / (sd * np.sqrt(1 / on.sum() + 1 / (~on).sum())) > 1.645)


def rows(size: int, first: int) -> list[TableRow]:
    """Each figure of `size` shops, from seed `first` on."""

    def over(one: Callable[[int], tuple[bool, bool]], which: int) -> list[bool]:
        return [one(first + each)[which] for each in range(size)]

    made = []
    for restless, kind in ((False, "calm"), (True, "restless")):
        flat = partial(called, restless=restless, more=1.0)
        made.append(TableRow("slots", f"{kind}, flat: a slot called better", share(over(flat, 0)), Aim(high=0.05)))
        for way, words in WAYS.items():
            planted = partial(called, restless=restless, more=1.25, way=way)
            made.append(TableRow("slots", f"{kind}, +25 % by {words}: found", share(over(planted, 1)), Aim(low=0.8)))
        made.append(
            TableRow(
                "slots",
                f"{kind}, +25 %: the most that a test of GMV an hour in that slot alone can find",
                share(best_possible(first + each, restless) for each in range(size)),
            )
        )
        none, one = partial(flagged, restless=restless, more=1.0), partial(flagged, restless=restless, more=1.25)
        made.append(TableRow("hosts", f"{kind}, alike: a host flagged", share(over(none, 0)), Aim(high=0.05)))
        made.append(TableRow("hosts", f"{kind}, one with +25 % CTR found", share(over(one, 1))))
    return made


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print("| | what | now | 95 % interval | to be reached | reached | cases |\n|-|-|-|-|-|-|-|")
    for row in rows(asked.size, asked.seed):
        print(written(row), flush=True)
