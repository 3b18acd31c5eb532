"""Things that happen inside or around a LIVE and change nothing: placebo events, products alike, ordinary channels.

And a few that do: a product nobody orders, a room that collapses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from playbook.model.session import Event, Product, Session, Slice
from playbook.simulation.rooms import RATES, Fall

from .rooms import Kind, RoughRoom, rough_room

Floats = NDArray[np.float64]
#: A low is this far under the level of the last half hour, over this many minutes; after an event none for a while.
_LOW, _OVER, _PAUSE = 0.12, 5, 25
_FIRST, _LAST = 30, 12
#: Channels and their usual shares of views.
CHANNELS = {"for_you": 0.55, "following": 0.15, "inbox": 0.05, "live_feed": 0.12, "search": 0.03, "video": 0.10}


def at_random(rng: np.random.Generator, live: RoughRoom, events: int = 3, kind: str = "flash_sale") -> Session:
    """A quiet LIVE with events at random minutes that change nothing."""
    session = live.session()
    minutes = np.sort(rng.choice(np.arange(15, live.minutes - _LAST), events, replace=False))
    return replace(session, events=tuple(Event(kind, float(each)) for each in minutes))


def after_a_low(live: RoughRoom, metric: str, kind: str = "giveaway") -> Session:
    """A quiet LIVE whose host answers each low of `metric` with something that changes nothing."""
    count, of = ("impressions", None) if metric == "impressions" else RATES[metric][:2]
    hits = live.trend[count].to_numpy(dtype=float)
    base = np.ones(live.minutes) if of is None else live.trend[of].to_numpy(dtype=float)
    found: list[Event] = []
    last = -_PAUSE
    for minute in range(_FIRST, live.minutes - _LAST):
        if minute - last < _PAUSE:
            continue
        now = hits[minute - _OVER : minute].sum() / max(base[minute - _OVER : minute].sum(), 1.0)
        level = hits[minute - _FIRST : minute].sum() / max(base[minute - _FIRST : minute].sum(), 1.0)
        if now < (1 - _LOW) * level:
            found.append(Event(kind, float(minute)))
            last = minute
    return replace(live.session(), events=tuple(found))


def dated(lives: Sequence[Session]) -> list[Session]:
    """The LIVEs of one shop, a day apart, with ids of their own."""
    first = next(live.start for live in lives if live.start is not None)
    return [replace(live, id=f"live-{at:03d}", start=first + timedelta(days=at)) for at, live in enumerate(lives)]


def products_over_lives(
    rng: np.random.Generator, number: int, earlier: int, clicks: float, left: float = 1.0
) -> list[Session]:
    """The same products in `earlier` LIVEs and one more, each with a CTOR of its own (4 to 12 %) that differs by 15 %
    (log sd) from LIVE to LIVE; in the last one the CTOR of the first is `left` of itself."""
    own = rng.uniform(0.04, 0.12, number)
    size = clicks * np.r_[1.0, np.exp(rng.normal(0, 0.8, number - 1))]
    lives = []
    for live in range(earlier + 1):
        made = []
        for at in range(number):
            opened = int(rng.poisson(size[at])) + 1
            rate = own[at] * float(np.exp(rng.normal(0, 0.15))) * (left if at == 0 and live == earlier else 1.0)
            bought = int(rng.binomial(opened, min(rate, 0.9)))
            counts = {
                "product_impressions": opened / 0.14,
                "product_clicks": float(opened),
                "sku_orders": float(bought),
            }
            made.append(Product(str(at), f"product {at + 1}", counts))
        lives.append(Session(f"live {live}", {}, products=tuple(made)))
    return lives


def product_list(
    rng: np.random.Generator, number: int, clicks: float, ctor: float, none_at: int | None = None
) -> Session:
    """Products that are alike: clicks differ tenfold, product CTR is 14 %. `none_at`: the first has so many clicks and
    no order."""
    made = []
    for at in range(number):
        shown = int(rng.lognormal(np.log(clicks / 0.14), 1.0)) + 1
        opened = int(rng.binomial(shown, 0.14))
        bought = int(rng.binomial(opened, ctor))
        if none_at is not None and at == 0:
            shown, opened, bought = round(none_at / 0.14), none_at, 0
        counts = {"product_impressions": float(shown), "product_clicks": float(opened), "sku_orders": float(bought)}
        made.append(Product(str(at), f"product {at + 1}", counts))
    return Session("list", {}, products=tuple(made))


def channel_lives(rng: np.random.Generator, lives: int, restless: float = 0.35) -> list[Session]:
    """LIVEs whose channels' shares vary from LIVE to LIVE (sd of the log before they are scaled to sum to one)."""
    base = np.log(np.array(list(CHANNELS.values()))) + rng.normal(0, 0.3, len(CHANNELS))
    made = []
    for at in range(lives):
        views = int(np.exp(rng.normal(np.log(8_000), 0.5)))
        weight = np.exp(base + rng.normal(0, restless, len(CHANNELS)))
        counts = rng.multinomial(views, weight / weight.sum())
        slices = tuple(Slice(name, {"views": float(each)}) for name, each in zip(CHANNELS, counts, strict=True))
        made.append(replace(_PLAIN, id=f"live-{at:03d}", counts={"views": float(views)}, channels=slices))
    return dated(made)


_PLAIN = rough_room(np.random.default_rng(0), 1.0, Kind(), 0, 90).session()


def collapse(rng: np.random.Generator) -> RoughRoom:
    """A room of 590 impressions a minute whose ERR falls from about 8.7 to 1.4 % for eleven minutes from minute 66."""
    return rough_room(rng, 590.0, Kind(), [Fall("err", 66, 77, 1 - 1.4 / 8.7)], minutes=120)


def in_rows(live: RoughRoom, minutes: int) -> Session:
    """The LIVE as noted every so many minutes; what is left over at its end is dropped."""
    rows = live.minutes // minutes
    summed = live.trend.iloc[: rows * minutes].groupby(lambda at: at // minutes).sum()
    summed["minute"] = np.arange(rows) * float(minutes)
    return replace(live.session(), trend=summed.reset_index(drop=True), trend_step=float(minutes))
