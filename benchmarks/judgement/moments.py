"""Events, products, live alerts, channels: what is said of things that changed nothing, and what is missed.

    python -m benchmarks.judgement.moments [--size CASES] [--workers N] [--seed S | --held-out]

Placebo events: ranks among ordinary moments have to be uniform, and pooled ranges have to hold zero even where a
low set the event off. Live alerts: a LIVE is looked at every five minutes (the usual every ten), each time knowing
only what came before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks import products as listed
from benchmarks.dips import SIZES
from benchmarks.judgement.table import Aim, TableRow, mean, over, run, share
from playbook.diagnosis import diagnose
from playbook.diagnosis.findings import Benchmark
from playbook.diagnosis.parts.products import products
from playbook.during.so_far import so_far, until
from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.simulation.rooms import Fall
from playbook.simulation.worlds import ShopCourse, real_shop
from playbook.simulation.worlds.moments import (
    after_a_low,
    at_random,
    channel_lives,
    collapse,
    dated,
    in_rows,
    product_list,
    products_over_lives,
)
from playbook.simulation.worlds.rooms import Kind, RoughRoom, rough_room

METRICS = load().metrics
FACTORS = tuple(name for name, metric in METRICS.items() if metric.role == "factor")


def ranks(per_minute: int, seed: int, index: int) -> list[float]:
    """Of every placebo event and metric: the share of ordinary moments than which the change is larger."""
    rng = np.random.default_rng([seed, 1, per_minute, index])
    live = at_random(rng, rough_room(rng, per_minute, Kind(), 0, 180))
    effects = diagnose(live, (), METRICS).event_effects
    return [each.larger_than / each.moments for each in effects if each.larger_than is not None and each.moments]


def placebos(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    for per_minute in SIZES:
        found = over(partial(ranks, per_minute, seed), size, workers)
        for least, aim in ((0.95, Aim(high=0.06)), (0.50, Aim(0.45, 0.55))):
            figure = mean([[float(each >= least) for each in group] for group in found])
            yield TableRow("E", f"placebo events, {per_minute:,} a minute: rank of at least {least:.2f}", figure, aim)


def pooled(metric: str, per_minute: int, seed: int, index: int) -> bool | None:
    """Whether the pooled range of thirty LIVEs' events, set off by lows, holds zero; None where there is none."""
    rng = np.random.default_rng([seed, 2, per_minute, index])
    rooms = (rough_room(rng, per_minute, Kind(), 0, 150) for _ in range(30))
    *past, last = dated([after_a_low(live, metric) for live in rooms])
    effects = diagnose(last, past, METRICS).pooled_effects
    one = next((each for each in effects if each.metric == metric), None)
    return None if one is None else one.low <= 0 <= one.high


def lows(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    for metric in ("impressions", "comment_rate"):
        for per_minute in SIZES:
            held = over(partial(pooled, metric, per_minute, seed), max(1, size // 3), workers)
            figure = share(each for each in held if each is not None)
            what = f"events set off by a low of {metric}, {per_minute:,} a minute: pooled range holds zero"
            yield TableRow("E", what, figure, Aim(low=0.90))


def alike(number: int, clicks: int, seed: int, index: int) -> tuple[bool, bool]:
    """Any verdict in a list of products that are alike; the planted one with half the CTOR named."""
    rng = np.random.default_rng([seed, 3, number, clicks, index])
    one, other = (listed.listed(rng, number, clicks, planted) for planted in (False, True))
    return listed.any_verdict(one), listed.names_first(other)


def no_order(number: int, seed: int, index: int) -> tuple[bool, bool]:
    """A product with 200 clicks and no order named; any product of an alike list of CTOR 3 % named."""
    rng = np.random.default_rng([seed, 4, number, index])
    special = products(product_list(rng, number, 250, 0.03, none_at=200))
    plain = products(product_list(rng, number, 250, 0.03))
    assert special is not None and plain is not None
    first = special.products[0]
    named = "leaks" in first.roles or first.ctor.verdict == "below"
    return named, any(each.ctor.verdict in ("below", "above") or "leaks" in each.roles for each in plain.products)


def against_own_past(seed: int, index: int) -> tuple[bool, bool]:
    """Of ten products over seven LIVEs: any told to sell worse than before though none does; the halved one told."""
    rng = np.random.default_rng([seed, 6, index])
    plain, halved = (products_over_lives(rng, 10, 6, 1000, left) for left in (1.0, 0.5))
    one, other = (products(lives[-1], lives[:-1]) for lives in (plain, halved))
    assert one is not None and other is not None
    return bool(one.of_role("slipped")), "slipped" in other.products[0].roles


def of_products(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    for number in listed.NUMBERS:
        for clicks in listed.CLICKS:
            found = over(partial(alike, number, clicks, seed), size, workers)
            what = f"{number} products, about {clicks:,} clicks"
            yield TableRow("E", f"{what}: a verdict though alike", share(each[0] for each in found), Aim(high=0.05))
            yield TableRow(
                "E", f"{what}: half the CTOR at 2,800 named", share(each[1] for each in found), Aim(low=0.90)
            )
    for number in (5, 10, 15):
        found = over(partial(no_order, number, seed), size, workers)
        named = share(each[0] for each in found)
        yield TableRow("E", f"{number} products, no order at 200 clicks beside 3 %: named", named, Aim(low=0.80))
        false = share(each[1] for each in found)
        yield TableRow("E", f"{number} products of 3 %, alike: a verdict on CTOR", false, Aim(high=0.05))
    found = over(partial(against_own_past, seed), size, workers)
    false = share(each[0] for each in found)
    yield TableRow(
        "E", "10 products against their own past: one told to sell worse though none does", false, Aim(high=0.05)
    )
    yield TableRow("E", "the same: half the CTOR at 1,000 clicks told", share(each[1] for each in found))


def seen_at(session: Session, minute: float) -> Session:
    """What a running LIVE knows at that minute: its rows so far."""
    assert session.trend is not None and session.trend_step is not None
    whole = session.trend["minute"] + session.trend_step <= minute + 1e-6
    short = until(session, minute)
    assert short is not None
    trend = session.trend[whole].reset_index(drop=True)
    return replace(short, trend=trend, trend_step=session.trend_step, running=True)


def alerted(fallen: bool, per_minute: int, seed: int, index: int) -> tuple[bool, list[bool]]:
    """Whether any look brings an alert, and of each planted fall whether it was told by ten minutes after its end."""
    rng = np.random.default_rng([seed, 5 + fallen, per_minute, index])
    live = rough_room(rng, per_minute, Kind(), None if fallen else 0, minutes=120)
    session = live.session()
    told = {minute: so_far(seen_at(session, minute), (), METRICS).alerts for minute in range(30, 121, 5)}
    return any(told.values()), [_told(fall, told) for fall in live.falls]


def _told(fall: Fall, alerts: dict) -> bool:
    return any(
        each.metric == fall.metric and each.start_minute < fall.end and each.end_minute > fall.start
        for minute, found in alerts.items()
        if fall.start <= minute <= fall.end + 10
        for each in found
    )


def below_at_some_look(seed: int, index: int) -> bool:
    """An ordinary LIVE of a shop with ten past ones: any factor below its usual at any look."""
    rng = np.random.default_rng([seed, 7, index])
    rooms: list[RoughRoom] = [rough_room(rng, 250, Kind(), 0, int(rng.integers(120, 200))) for _ in range(11)]
    *past, now = dated([live.session() for live in rooms])
    for minute in range(30, 121, 10):
        judgements = so_far(seen_at(now, minute), past, METRICS).diagnosis.judgements
        if any(judgements[name].verdict == "below" for name in FACTORS):
            return True
    return False


def collapse_told(seed: int, index: int) -> bool:
    """A collapse of ERR for eleven minutes, noted every six, told by the second row that lies in it."""
    session = in_rows(collapse(np.random.default_rng([seed, 8, index])), 6)
    found = so_far(seen_at(session, 78.0), (), METRICS).alerts
    return any(each.metric == "err" for each in found)


def live(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    few = max(1, size // 2)
    for per_minute in SIZES:
        quiet = over(partial(alerted, False, per_minute, seed), few, workers)
        false = share(each[0] for each in quiet)
        yield TableRow("E", f"a quiet LIVE has an alert, {per_minute:,} a minute", false, Aim(high=0.03))
        falls = over(partial(alerted, True, per_minute, seed), few, workers)
        yield TableRow("E", f"a planted fall is told in time, {per_minute:,} a minute", mean([e[1] for e in falls]))
    low = over(partial(below_at_some_look, seed), few, workers)
    yield TableRow("E", "an ordinary LIVE is below its usual at some look", share(low), Aim(high=0.10))
    told = over(partial(collapse_told, seed), size, workers)
    yield TableRow("E", "a collapse of ERR to a sixth is told within two rows", share(told), Aim(low=0.95))


def channel(seed: int, index: int) -> list[float]:
    rng = np.random.default_rng([seed, 9, index])
    *past, session = channel_lives(rng, int(rng.integers(5, 31)) + 1)
    found = [each for each in diagnose(session, past, METRICS).channels if each.verdict != "unknown"]
    return [float(each.verdict != "usual") for each in found]


def chronic(seed: int, index: int) -> list[float]:
    """Of four rates that are truly a tenth above their figure: whether each is called chronic."""
    rng = np.random.default_rng([seed, 10, index])
    shop = real_shop(rng, 60_000)
    *past, session = shop.lives(rng, ShopCourse(12))
    rates = ("err", "ctr", "ctor", "comment_rate")
    figures = [Benchmark(name, shop.laws[name].level / 1.1, "typed in", "2026-01-01") for name in rates]
    named = {each.metric for each in diagnose(session, past, METRICS, figures).chronic}
    return [float(name in named) for name in rates]


def channels(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    found = over(partial(channel, seed), 2 * size, workers)
    yield TableRow("E", "an ordinary channel share has a verdict", mean(found), Aim(high=0.05))
    yield TableRow("E", "any share of an ordinary LIVE has one", share(any(each) for each in found), Aim(high=0.10))
    called = mean(over(partial(chronic, seed), size, workers))
    yield TableRow("E", "a rate truly 10 % above its figure is chronic", called, Aim(high=0.03))


def rows(size: int, seed: int, workers: int = 1) -> Iterator[TableRow]:
    for part in (placebos, lows, of_products, live, channels):
        yield from part(size, seed, workers)


if __name__ == "__main__":
    run(rows, 100, __doc__)
