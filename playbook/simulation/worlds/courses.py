"""The worlds: what happens to a shop's LIVEs besides its own ups and downs.

Each function draws one world as a `ShopCourse` of so many LIVEs, the last of which is the judged one. In none but the
lasting fault is anything wrong with the last LIVE that was not so before. `WORLDS` lists those in which a healthy LIVE
has to be called healthy.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np

from .shop import RATES, Floats, ShopCourse

#: Rates that depend on who hosts.
_OF_HOST = ("err", "comment_rate", "ctr", "ctor", "stay")
_FIRST = datetime(2025, 10, 1)
#: Hours at which a shop goes LIVE, and how traffic differs between them (log).
SLOTS: dict[int, float] = {10: -0.25, 14: 0.0, 20: 0.25}


def nothing(_rng: np.random.Generator, lives: int) -> ShopCourse:
    """Only the shop's own ups and downs."""
    return ShopCourse(lives)


def level_shift(rng: np.random.Generator, lives: int) -> ShopCourse:
    """One to three rates at another level, 25 to 45 % up or down, since 4 to 15 LIVEs ago."""
    since = int(rng.integers(4, min(16, max(5, lives - 3))))
    moves = {}
    for name in rng.choice(RATES, int(rng.integers(1, 4)), replace=False):
        moves[str(name)] = _from(lives, lives - 1 - since, float(rng.choice([-1, 1]) * rng.uniform(0.22, 0.45)))
    return ShopCourse(lives, moves)


def hosts(rng: np.random.Generator, lives: int) -> ShopCourse:
    """Two to four hosts by turns, who differ by some 15 to 20 % in ERR, CTR, CTOR, comments and viewing duration."""
    return _hosted(rng, lives, rng.integers(0, int(rng.integers(2, 5)), lives))


def new_host(rng: np.random.Generator, lives: int) -> ShopCourse:
    """Another host than ever before has the last two to five LIVEs."""
    return _hosted(rng, lives, (np.arange(lives) >= lives - int(rng.integers(2, 6))).astype(int))


def _hosted(rng: np.random.Generator, lives: int, who: np.ndarray) -> ShopCourse:
    good = rng.normal(0, 0.17, (int(who.max()) + 1, len(_OF_HOST)))
    moves = {name: np.asarray(good[:, at][who], dtype=np.float64) for at, name in enumerate(_OF_HOST)}
    return ShopCourse(lives, moves, hosts=tuple(f"host {'ABCD'[each]}" for each in who))


def outliers(rng: np.random.Generator, lives: int) -> ShopCourse:
    """One past LIVE in twelve, and at least one, has two numbers three to five times too large or too small."""
    moves = {name: np.zeros(lives) for name in ("traffic", *RATES)}
    odd = np.flatnonzero(rng.random(lives - 1) < 1 / 12)
    for at in odd if len(odd) else rng.integers(0, lives - 1, 1):
        for name in rng.choice(list(moves), 2, replace=False):
            moves[str(name)][at] = rng.choice([-1, 1]) * rng.uniform(1.1, 1.6)
    return ShopCourse(lives, moves)


def drift(rng: np.random.Generator, lives: int) -> ShopCourse:
    """Every number goes up or down by its own 0 to 2 % a LIVE, for as long as the shop exists."""
    steps: Floats = np.arange(lives, dtype=np.float64) - (lives - 1)
    names = ("traffic", *RATES, "stay")
    return ShopCourse(lives, {name: np.asarray(steps * rng.uniform(-0.02, 0.02)) for name in names})


def weekday_and_hour(rng: np.random.Generator, lives: int) -> ShopCourse:
    """Three slots of the day with traffic 25 % apart, and weekdays that differ by some 10 %, in every number."""
    days = np.cumsum(rng.integers(1, 3, lives))
    slots = rng.choice(list(SLOTS), lives)
    starts = tuple(
        _FIRST + timedelta(days=int(day), hours=int(hour), minutes=int(rng.integers(-20, 20)))
        for day, hour in zip(days, slots, strict=True)
    )
    weekday = np.array([each.weekday() for each in starts])
    moves = {name: rng.normal(0, 0.10, 7)[weekday] for name in ("traffic", *RATES)}
    moves["traffic"] = moves["traffic"] + np.array([SLOTS[int(each)] for each in slots])
    moves["ctor"] = moves["ctor"] + rng.normal(0, 0.08, 24)[slots]
    return ShopCourse(lives, moves, starts=starts)


def ads(rng: np.random.Generator, lives: int) -> ShopCourse:
    """Three LIVEs in ten have paid traffic: one to three times as many impressions besides, of colder people."""
    return paid_traffic(rng, lives, rng.random(lives) < 0.3)


def paid_traffic(rng: np.random.Generator, lives: int, which: np.ndarray) -> ShopCourse:
    """As `ads`, in the LIVEs marked in `which`."""
    paid = np.where(which, rng.uniform(1.0, 3.0, lives), 0.0)
    part = paid / (1 + paid)
    moves = {name: np.log(1 - part * cold) for name, cold in (("err", 0.5), ("ctr", 0.25), ("ctor", 0.3))}
    return ShopCourse(lives, moves, paid=paid)


def growth(lives: int, a_live: float, names: tuple[str, ...] = RATES) -> ShopCourse:
    """These numbers grow by the fraction `a_live` from each LIVE to the next, all through."""
    return ShopCourse(lives, {name: np.arange(lives) * np.log1p(a_live) for name in names})


def shock(lives: int, first: int, size: float, names: tuple[str, ...] = RATES) -> ShopCourse:
    """From LIVE `first` on (counted from 0) all these rates are higher by the fraction `size`: a season, a holiday."""
    return ShopCourse(lives, {name: _from(lives, first, float(np.log1p(size))) for name in names})


def lasting_fault(lives: int, metric: str, first: int, left: float) -> ShopCourse:
    """From LIVE `first` on, `metric` is at `left` of itself, and nobody mends it."""
    return ShopCourse(lives, {metric: _from(lives, first, float(np.log(left)))})


def _from(lives: int, first: int, size: float) -> Floats:
    return np.where(np.arange(lives) >= first, size, 0.0)


#: Worlds in which the last LIVE is an ordinary one of its kind.
WORLDS: dict[str, Callable[[np.random.Generator, int], ShopCourse]] = {
    "real-like": nothing,
    "level shift": level_shift,
    "hosts by turns": hosts,
    "new host": new_host,
    "outliers": outliers,
    "drift": drift,
    "weekday and hour": weekday_and_hour,
    "ads": ads,
}
