"""Minutes of LIVEs in rougher worlds than `simulation.rooms`: bursts, products that differ, wilder wobble, money.

Falls are planted as there. Truth is kept: where the bursts were, which product was pinned when, and the level of each
minute before counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook.model.session import Event, Session
from playbook.simulation.rooms import RATES, Fall, Restlessness, audience_curve, draw_falls, warm_up

Floats = NDArray[np.float64]
_LEVEL_SD = 0.25
_START = datetime(2026, 3, 2, 19, 0)
#: A burst's metrics: people are sent in (raid), or everybody comments (giveaway).
BURSTS = {"giveaway": ("impressions", "comment_rate", "follow_rate"), "raid": ("impressions",)}
#: sd of the log of one order's amount: a few orders are ten times the middle.
AMOUNT_SD = 0.8
_BASKET = 25.0


@dataclass(frozen=True)
class Burst:
    """Minutes [start, end) in which `metrics` are `times` as high."""

    kind: str
    start: int
    end: int
    times: float

    @property
    def metrics(self) -> tuple[str, ...]:
        return BURSTS[self.kind]


@dataclass(frozen=True)
class Pitch:
    """Minutes [start, end) in which `product` was pinned; its CTR is `factor` times that of the room."""

    product: str
    start: int
    end: int
    factor: float


@dataclass(frozen=True)
class RoughRoom:
    """One LIVE: `trend` has a row per minute with counts and `gmv`; the rest is what was planted.

    `levels` are each metric's true level and `swings` its own true wobble and extra variance, of which a search that
    knows all but the counting could make use.
    """

    trend: pd.DataFrame
    falls: tuple[Fall, ...]
    bursts: tuple[Burst, ...]
    pitches: tuple[Pitch, ...]
    restless: dict[str, Restlessness]

    @property
    def minutes(self) -> int:
        return len(self.trend)

    def events(self, bursts: bool = False, pins: bool = False) -> tuple[Event, ...]:
        """The log of a room whose host noted its bursts, or its pins."""
        noted = [Event("giveaway" if b.kind == "giveaway" else "ad", float(b.start), float(b.end))
                 for b in self.bursts if bursts]  # fmt: skip
        noted += [Event("pin", float(p.start), float(p.end), product=p.product) for p in self.pitches if pins]
        return tuple(sorted(noted, key=lambda each: each.minute))

    def session(self, name: str = "room", bursts: bool = False, pins: bool = False) -> Session:
        """The LIVE as the app has it."""
        counts = {each: float(self.trend[each].sum()) for each in self.trend.columns if each not in ("minute",)}
        return Session(
            name, counts, start=_START, duration_minutes=float(self.minutes), currency="USD", gmv_kind="direct",
            trend=self.trend, trend_step=1.0, events=self.events(bursts, pins),
        )  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What a room is like: how many bursts, wobble that many times as large, sd of the log CTR between pitches.

    `warming`: ERR is away from its later level at the start. `quiet_bursts` keeps bursts out of the first minutes.
    """

    bursts: int = 0
    wobble: float = 1.0
    products: float = 0.0


def rough_room(
    rng: np.random.Generator,
    per_minute: float,
    kind: Kind,
    falls: int | Sequence[Fall] | None = None,
    minutes: int | None = None,
) -> RoughRoom:
    """A LIVE of 90 to 300 minutes shown about `per_minute` times a minute.

    `falls` as for `simulation.rooms.room`: None plants one to three, 0 none.
    """
    length = int(rng.integers(90, 301)) if minutes is None else minutes
    if falls is None:
        falls = int(rng.integers(1, 4))
    planted = draw_falls(rng, length, falls) if isinstance(falls, int) else tuple(falls)
    bursts = draw_bursts(rng, length, kind.bursts)
    pitches = draw_pitches(rng, length, kind.products)
    level: dict[str, Floats] = {}
    restless: dict[str, Restlessness] = {}
    for metric in ("impressions", *RATES):
        own = Restlessness.draw(rng)
        restless[metric] = replace(own, sd=own.sd * kind.wobble, extra=own.extra * kind.wobble)
        base = 1.0 if metric == "impressions" else RATES[metric][2] * float(np.exp(rng.normal(0, _LEVEL_SD)))
        curve = per_minute * audience_curve(rng, length) if metric == "impressions" else np.ones(length)
        if metric == "err":
            curve = curve * warm_up(rng, length)
        level[metric] = base * curve * _touched(metric, length, planted, bursts, pitches)
    counts = _counted(rng, {name: each * restless[name].swing(rng, length) for name, each in level.items()})
    frame = pd.DataFrame({"minute": np.arange(length, dtype=float)} | counts)
    return RoughRoom(frame, planted, bursts, pitches, restless)


def _touched(
    metric: str, minutes: int, falls: Sequence[Fall], bursts: Sequence[Burst], pitches: Sequence[Pitch]
) -> Floats:
    """What a metric's level is multiplied by in each minute because of what was planted."""
    factor = np.ones(minutes)
    for fall in falls:
        if fall.metric == metric:
            factor[fall.start : fall.end] *= 1 - fall.depth
    for burst in bursts:
        if metric in burst.metrics:
            factor[burst.start : burst.end] *= burst.times
    for pitch in pitches:
        if metric == "ctr":
            factor[pitch.start : pitch.end] *= pitch.factor
    return factor


def draw_bursts(rng: np.random.Generator, minutes: int, how_many: int) -> tuple[Burst, ...]:
    """`how_many` bursts of 3 to 9 minutes, 2 to 4 times as many, at least ten minutes apart."""
    found: list[Burst] = []
    while len(found) < how_many:
        length = int(rng.integers(3, 10))
        start = int(rng.integers(5, minutes - length - 5))
        if all(start >= each.end + 10 or start + length + 10 <= each.start for each in found):
            found.append(Burst(str(rng.choice(list(BURSTS))), start, start + length, float(rng.uniform(2, 4))))
    return tuple(sorted(found, key=lambda each: each.start))


def draw_pitches(rng: np.random.Generator, minutes: int, spread: float) -> tuple[Pitch, ...]:
    """Three to six products by turns, each pinned for 8 to 20 minutes; their CTRs differ by `spread` (sd of the log).

    None where `spread` is 0.
    """
    if spread == 0:
        return ()
    own = np.exp(rng.normal(0, spread, int(rng.integers(3, 7))))
    own /= own.mean()
    found: list[Pitch] = []
    start = 0
    while start < minutes:
        end = min(minutes, start + int(rng.integers(8, 21)))
        which = len(found) % len(own)
        found.append(Pitch(f"product {which + 1}", start, end, float(own[which])))
        start = end
    return tuple(found)


def _counted(rng: np.random.Generator, rate: dict[str, Floats]) -> dict[str, Floats]:
    counts = {"impressions": rng.poisson(rate["impressions"])}
    for metric, (count, of, _) in RATES.items():
        counts[count] = rng.binomial(counts[of], np.clip(rate[metric], 0, 0.95))
    orders = counts["sku_orders"]
    gmv = [float(amounts(rng, int(each)).sum()) for each in orders]
    return {name: each.astype(float) for name, each in counts.items()} | {"gmv": np.array(gmv)}


def amounts(rng: np.random.Generator, orders: int) -> Floats:
    """What each of so many orders was worth: log-normal with the tail of `AMOUNT_SD`."""
    return np.asarray(_BASKET * np.exp(rng.normal(-(AMOUNT_SD**2) / 2, AMOUNT_SD, orders)))
