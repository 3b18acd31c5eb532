"""The minutes of one made-up LIVE, with falls planted in it whose place and size are known.

Nothing here knows how a fall is looked for. Counts are drawn minute by minute: the room is shown about
`per_minute` times a minute along an audience curve of +-25 %, and each rate has a level of its own, drawn for this
LIVE. Three kinds of noise lie on every metric: counting, a slow wobble of the log (first-order autoregression), and
extra variance from minute to minute. The sizes of the last two are drawn for each LIVE.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Each rate's count, what it is counted over, and its middle level.
RATES: dict[str, tuple[str, str, float]] = {
    "err": ("views", "impressions", 0.12),
    "ctr": ("product_clicks", "views", 0.14),
    "ctor": ("sku_orders", "product_clicks", 0.08),
    "follow_rate": ("new_followers", "views", 0.012),
    "comment_rate": ("comments", "views", 0.10),
}
METRICS = ("impressions", *RATES)

#: No fall is planted before this minute: ERR is still warming up.
FIRST_FALL = 30
#: sd of the log of a rate's level from LIVE to LIVE.
_LEVEL_SD = 0.25


@dataclass(frozen=True)
class Fall:
    """A planted fall: `metric` lost the fraction `depth` in minutes [start, end)."""

    metric: str
    start: int
    end: int
    depth: float

    @property
    def sudden(self) -> bool:
        return self.end - self.start <= 8


@dataclass(frozen=True)
class Room:
    """One LIVE: `trend` has a row per minute with `minute` and counts; `falls` is what was planted."""

    trend: pd.DataFrame
    falls: tuple[Fall, ...]

    @property
    def minutes(self) -> int:
        return len(self.trend)


@dataclass(frozen=True)
class Restlessness:
    """How a LIVE's numbers swing of themselves: sd and memory of a slow wobble of the log, and the extra variance."""

    sd: float
    memory: float
    extra: float

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Restlessness:
        """That of one LIVE."""
        return cls(rng.uniform(0.05, 0.11), rng.uniform(0.6, 0.9), rng.uniform(0.01, 0.04))

    def swing(self, rng: np.random.Generator, minutes: int) -> Floats:
        """What a level is multiplied by in each minute; mean about 1."""
        slow = np.exp(_wobble(rng, minutes, self.sd, self.memory))
        return np.asarray(slow * rng.gamma(1 / self.extra, self.extra, minutes))


def room(
    rng: np.random.Generator,
    per_minute: float,
    falls: int | Sequence[Fall] | None = None,
    minutes: int | None = None,
) -> Room:
    """A LIVE of 90 to 300 minutes shown about `per_minute` times a minute.

    `falls` is how many to plant (None: one to three; 0: a quiet LIVE), or the falls themselves.
    """
    length = int(rng.integers(90, 301)) if minutes is None else minutes
    if falls is None:
        falls = int(rng.integers(1, 4))
    planted = draw_falls(rng, length, falls) if isinstance(falls, int) else tuple(falls)
    restless = Restlessness.draw(rng)

    def swing(metric: str) -> Floats:
        """What the level is multiplied by in each minute: wobble, extra variance, falls; mean about 1."""
        factor = restless.swing(rng, length)
        for fall in planted:
            if fall.metric == metric:
                factor[fall.start : fall.end] *= 1 - fall.depth
        return factor

    counts = {"impressions": rng.poisson(per_minute * audience_curve(rng, length) * swing("impressions"))}
    for metric, (count, of, middle) in RATES.items():
        level = middle * np.exp(rng.normal(0, _LEVEL_SD))
        share = level * swing(metric) * (warm_up(rng, length) if metric == "err" else 1.0)
        counts[count] = rng.binomial(counts[of], np.clip(share, 0, 0.95))
    frame = pd.DataFrame({"minute": np.arange(length, dtype=float)} | {k: v.astype(float) for k, v in counts.items()})
    return Room(frame, planted)


def draw_falls(rng: np.random.Generator, minutes: int, how_many: int) -> tuple[Fall, ...]:
    """`how_many` falls after minute 30, none overlapping another of the same metric."""
    falls: list[Fall] = []
    while len(falls) < how_many:
        metric = str(rng.choice(METRICS))
        if rng.random() < 0.5:
            length, depth = int(rng.integers(15, 41)), rng.uniform(0.25, 0.55)
        else:
            length, depth = int(rng.integers(4, 9)), rng.uniform(0.50, 0.80)
        start = int(rng.integers(FIRST_FALL, minutes - length + 1))
        apart = all(f.metric != metric or start >= f.end + 5 or start + length + 5 <= f.start for f in falls)
        if apart:
            falls.append(Fall(metric, start, start + length, float(depth)))
    return tuple(sorted(falls, key=lambda fall: fall.start))


def audience_curve(rng: np.random.Generator, minutes: int) -> Floats:
    """A smooth course of up to 25 % around 1: half a wave to one and a half over the LIVE."""
    waves, phase = rng.uniform(0.5, 1.5), rng.uniform(0, 2 * np.pi)
    return np.asarray(1 + 0.25 * np.sin(2 * np.pi * waves * np.arange(minutes) / minutes + phase))


def warm_up(rng: np.random.Generator, minutes: int) -> Floats:
    """ERR against its later level: away by up to half at the start, gone after 15 to 30 minutes."""
    away, lasts = rng.uniform(-0.5, 0.5), rng.uniform(15, 30)
    return np.asarray(1 + away * np.clip(1 - np.arange(minutes) / lasts, 0, None))


def _wobble(rng: np.random.Generator, minutes: int, sd: float, memory: float) -> Floats:
    """A first-order autoregression with the given sd and memory from minute to minute."""
    shocks = rng.normal(0, sd * np.sqrt(1 - memory**2), minutes)
    values = np.empty(minutes)
    values[0] = rng.normal(0, sd)
    for at in range(1, minutes):
        values[at] = memory * values[at - 1] + shocks[at]
    return values
