"""Whole LIVEs of made-up shops.

Two kinds. A calm shop varies by 6 to 18 % a metric from LIVE to LIVE without memory; one rate may be cut in its
last LIVE, and which one is known. A restless shop varies by 20 to 35 % and more, remembers, its rates move
together, and its enter room rate falls when it is shown more. Numbers are drawn, none is taken from a shop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from playbook.model.session import Session

#: The seven rates that may be cut, with what they are multiplied by to give a count, and a typical size.
RATES: dict[str, float] = {
    "err": 0.12, "comment_rate": 0.10, "follow_rate": 0.012, "share_rate": 0.004,
    "like_rate": 0.60, "ctr": 0.14, "ctor": 0.08,
}  # fmt: skip
#: The counts that each is made of: this over that.
MADE_OF: dict[str, tuple[str, str]] = {
    "err": ("views", "impressions"), "comment_rate": ("comments", "views"), "follow_rate": ("new_followers", "views"),
    "share_rate": ("shares", "views"), "like_rate": ("likes", "views"), "ctr": ("product_clicks", "views"),
    "ctor": ("sku_orders", "product_clicks"),
}  # fmt: skip
#: The same shop selling worse: small counts nearly everywhere.
LOW_RATES = RATES | {"err": 0.05, "follow_rate": 0.005}
_START = datetime(2026, 3, 2, 19, 0)


@dataclass(frozen=True)
class Planted:
    """A judged LIVE with one rate cut to `left` of itself, and the LIVEs before it."""

    history: tuple[Session, ...]
    session: Session
    metric: str
    left: float


def calm_shop(
    rng: np.random.Generator,
    impressions: float,
    sessions: int,
    cuts: Mapping[int, Mapping[str, float]] | None = None,
    rates: Mapping[str, float] = RATES,
) -> list[Session]:
    """`sessions` LIVEs, oldest first; `cuts` multiplies rates or impressions of single LIVEs, counted from 0."""
    base = {name: rate * np.exp(rng.normal(0, 0.25)) for name, rate in rates.items()}
    sd = {name: rng.uniform(0.06, 0.18) for name in [*rates, "impressions", "stay", "basket", "products"]}
    basket, stay, products = rng.uniform(12, 45), rng.uniform(25, 90), rng.uniform(0.8, 2.5)
    lives = []
    for index in range(sessions):
        cut = (cuts or {}).get(index, {})
        luck = {name: float(np.exp(rng.normal(0, size))) for name, size in sd.items()}
        rate = {name: base[name] * luck[name] * cut.get(name, 1.0) for name in rates}
        shown = rng.poisson(impressions * luck["impressions"] * cut.get("impressions", 1.0))
        lives.append(
            _live(rng, index, 120.0, shown, rate, stay * luck["stay"], basket * luck["basket"],
                  products * luck["products"])
        )  # fmt: skip
    return lives


def planted_cut(
    rng: np.random.Generator, impressions: float, earlier: int = 9, rates: Mapping[str, float] = RATES
) -> Planted:
    """A calm shop whose last LIVE has one of the seven rates, drawn evenly, cut to 45-70 %."""
    metric = str(rng.choice(list(RATES)))
    left = float(rng.uniform(0.45, 0.70))
    lives = calm_shop(rng, impressions, earlier + 1, {earlier: {metric: left}}, rates)
    return Planted(tuple(lives[:-1]), lives[-1], metric, left)


#: Latent logs of a restless shop: sd from LIVE to LIVE, share of it that is remembered, persistence a LIVE.
RESTLESS: dict[str, tuple[float, float, float]] = {
    "traffic": (0.50, 0.55, 0.93), "err": (0.25, 0.40, 0.90), "comment_rate": (0.33, 0.40, 0.92),
    "follow_rate": (0.28, 0.48, 0.96), "share_rate": (0.36, 0.10, 0.90), "like_rate": (0.85, 0.75, 0.93),
    "ctr": (0.25, 0.40, 0.88), "ctor": (0.22, 0.48, 0.92), "stay": (0.19, 0.40, 0.90),
    "basket": (0.09, 0.88, 0.99), "products": (0.22, 0.45, 0.95),
}  # fmt: skip
_TOGETHER = {("stay", "ctr"): 0.8, ("stay", "comment_rate"): 0.75, ("ctr", "comment_rate"): 0.6,
             ("err", "stay"): -0.4, ("err", "ctr"): -0.4}  # fmt: skip


def restless_shop(
    rng: np.random.Generator,
    sessions: int,
    impressions_per_hour: float,
    changes: Mapping[int, Mapping[str, float]] | None = None,
) -> list[Session]:
    """`sessions` LIVEs, oldest first, of 40 minutes to four hours, with memory and correlated rates.

    `changes` multiplies rates of single LIVEs, counted from 0; `avg_viewing_duration` stands for the stay. The
    same seed gives the same LIVEs before the first change.
    """
    names = list(RESTLESS)
    sd, share, phi = (np.array(column) for column in zip(*RESTLESS.values(), strict=True))
    sd = sd * np.exp(rng.normal(0, 0.2, len(names)))
    chol = np.linalg.cholesky(correlation(names))
    slow = chol @ rng.normal(size=len(names))
    logs = np.zeros((sessions, len(names)))
    for index in range(sessions):
        slow = phi * slow + np.sqrt(1 - phi**2) * (chol @ rng.normal(size=len(names)))
        logs[index] = sd * (np.sqrt(share) * slow + np.sqrt(1 - share) * (chol @ rng.normal(size=len(names))))
    base = {name: rate * np.exp(rng.normal(0, 0.3)) for name, rate in RATES.items()}
    basket, stay, products = rng.uniform(12, 45), rng.uniform(25, 90), rng.uniform(0.8, 2.5)
    slope = rng.uniform(-0.45, -0.10)
    lives = []
    for index, row in enumerate(logs):
        luck = dict(zip(names, row, strict=True))
        minutes = float(np.clip(np.round(120 * np.exp(rng.normal(0, 0.35))), 40, 240))
        luck["err"] += slope * luck["traffic"]
        change = (changes or {}).get(index, {})
        rate = {name: base[name] * float(np.exp(luck[name])) * change.get(name, 1.0) for name in RATES}
        luck["stay"] += float(np.log(change.get("avg_viewing_duration", 1.0)))
        shown = rng.poisson(impressions_per_hour * minutes / 60 * np.exp(luck["traffic"]))
        lives.append(
            _live(rng, index, minutes, shown, rate, stay * float(np.exp(luck["stay"])),
                  basket * float(np.exp(luck["basket"])), products * float(np.exp(luck["products"])))
        )  # fmt: skip
    return lives


def correlation(names: list[str]) -> np.ndarray:
    matrix = np.eye(len(names))
    for (one, other), value in _TOGETHER.items():
        i, j = names.index(one), names.index(other)
        matrix[i, j] = matrix[j, i] = value
    return matrix


def _live(
    rng: np.random.Generator,
    index: int,
    minutes: float,
    shown: int,
    rate: Mapping[str, float],
    stay: float,
    basket: float,
    products: float,
) -> Session:
    views = rng.binomial(shown, min(rate["err"], 0.95))
    clicks = rng.binomial(views, min(rate["ctr"], 0.95))
    orders = rng.binomial(clicks, min(rate["ctor"], 0.95))
    spent = basket * rng.gamma(2.0, 0.5, size=min(orders, 400)).mean() * orders if orders else 0.0
    counts = {
        "impressions": shown,
        "views": views,
        "viewers": rng.binomial(views, 0.85),
        "product_impressions": rng.poisson(views * products),
        "product_clicks": clicks,
        "sku_orders": orders,
        "gmv": round(float(spent), 2),
        "comments": rng.poisson(views * rate["comment_rate"]),
        "new_followers": rng.binomial(views, min(rate["follow_rate"], 0.95)),
        "shares": rng.poisson(views * rate["share_rate"]),
        "likes": rng.poisson(views * rate["like_rate"]),
        "avg_viewing_seconds": round(stay * float(np.exp(rng.normal(0, (1.2 / max(views, 1)) ** 0.5))), 1),
    }
    return Session(
        f"live-{index:03d}",
        {name: float(number) for name, number in counts.items()},
        title=f"LIVE {index + 1}",
        start=_START + timedelta(days=2 * index, minutes=int(rng.integers(-90, 90))),
        duration_minutes=minutes,
        currency="USD",
        gmv_kind="direct",
    )
