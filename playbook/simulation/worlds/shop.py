"""LIVEs of a shop that behaves as one seller's 184 LIVEs did: spread, memory, correlations, tails, pull of traffic.

Every number of a LIVE is drawn on the log scale as

    level + slope x traffic + slow wandering + this LIVE's session effect + what the world does to it (`ShopCourse`)

and the counts are then drawn from it (binomial, Poisson, orders of heavy-tailed value). `LAWS` holds the shape of that
seller's noise; levels are those of that seller's middle LIVE, scattered anew for each shop. Like and share rate have
session effects with the tails of Student's t. ERR falls with impressions an hour by an elasticity of -.53 and what
follows from that and the smaller slopes is an elasticity of GMV an hour of about .57. The table that `LAWS` follows
gives ERR a correlation with traffic of -.55 as well, which no straight line with that elasticity and spread has: the
elasticity is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from playbook.model.session import Session

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Law:
    """How one number of a shop varies, on the log scale.

    `sd`: from LIVE to LIVE, traffic taken out (robust sd where `tails` are heavy). `share` of that variance is
    remembered, with `phi` of it from one LIVE to the next. `slope`: elasticity to impressions an hour. `tails`:
    degrees of freedom of Student's t for the session effects; None is normal.
    """

    level: float
    sd: float
    share: float
    phi: float
    slope: float = 0.0
    tails: float | None = None


#: Impressions an hour and the rates, seconds and amounts that make a LIVE.
LAWS: dict[str, Law] = {
    "traffic": Law(60_000, 0.50, 0.58, 0.92),
    "err": Law(0.071, 0.20, 0.40, 0.90, slope=-0.53),
    "comment_rate": Law(0.032, 0.317, 0.42, 0.92, slope=-0.185),
    "follow_rate": Law(0.0047, 0.28, 0.50, 0.96, slope=0.045),
    "share_rate": Law(0.0020, 0.357, 0.10, 0.90, slope=0.094, tails=4.0),
    "like_rate": Law(0.66, 0.81, 0.78, 0.93, slope=-0.49, tails=4.0),
    "ctr": Law(0.22, 0.25, 0.46, 0.88, slope=0.005),
    "product_ctr": Law(0.046, 0.177, 0.54, 0.95, slope=-0.137),
    "ctor": Law(0.029, 0.212, 0.50, 0.90, slope=0.114),
    "stay": Law(25.0, 0.19, 0.46, 0.90, slope=-0.027),
    "basket": Law(64.0, 0.089, 0.88, 0.99, slope=-0.03),
}
#: Correlations of what is left once traffic is taken out. Whole: stay with CTR .81 and comments .75, ERR with stay
#: -.42 and with CTR -.46.
TOGETHER: dict[tuple[str, str], float] = {
    ("stay", "ctr"): 0.81, ("stay", "comment_rate"): 0.75, ("ctr", "comment_rate"): 0.62, ("err", "stay"): -0.74,
    ("err", "ctr"): -0.71, ("err", "comment_rate"): -0.52, ("ctr", "product_ctr"): 0.40,
}  # fmt: skip
#: The rates that a world may move.
RATES = ("err", "comment_rate", "follow_rate", "share_rate", "like_rate", "ctr", "ctor")
#: sd of the log of one order's amount.
ORDER_SD = 0.4
#: Not more orders than this are drawn one by one; the rest are worth their mean.
_DRAWN_ORDERS = 3_000
_START = datetime(2025, 10, 1, 19, 0)
_STAY_NOISE = 1.2


@dataclass(frozen=True)
class ShopCourse:
    """What a world does to a shop's LIVEs, oldest first.

    `moves`: added to the log of a number in each LIVE; a move of `traffic` pulls the rates by their slopes.
    `hosts`, `starts`: one a LIVE, or None where the world has none of its own. `paid`: extra impressions of each LIVE
    as a fraction of the free ones.
    """

    lives: int
    moves: Mapping[str, Floats] = field(default_factory=dict)
    hosts: tuple[str, ...] | None = None
    starts: tuple[datetime, ...] | None = None
    paid: Floats | None = None

    def __post_init__(self) -> None:
        unknown = set(self.moves) - set(LAWS)
        if unknown:
            raise ValueError(f"not numbers of a shop: {sorted(unknown)}")
        wrong = [name for name, move in self.moves.items() if len(move) != self.lives]
        if wrong:
            raise ValueError(f"moves of another length than {self.lives} LIVEs: {sorted(wrong)}")

    def and_also(self, moves: Mapping[str, Floats]) -> ShopCourse:
        """This course with further moves on top."""
        names = {*self.moves, *moves}
        none = np.zeros(self.lives)
        return replace(self, moves={name: self.moves.get(name, none) + moves.get(name, none) for name in names})


@dataclass(frozen=True)
class Lived:
    """One LIVE and its truth: every number as it was before counting, and as usual.

    `usual` is that of a LIVE of this shop now: without this LIVE's session effect, without what the world did, at the
    traffic that this LIVE had (`traffic` itself at its own usual). `pull`: log of what this LIVE's traffic, against
    the usual one, did to GMV through the rates.
    """

    session: Session
    number: Mapping[str, float]
    usual: Mapping[str, float]
    pull: float


#: What GMV is made of besides impressions.
_OF_GMV = ("err", "ctr", "ctor", "basket")


@dataclass(frozen=True)
class SimulatedShop:
    """One shop's own laws; `correlation` is that of `laws` in their order."""

    laws: Mapping[str, Law]
    correlation: Floats

    @property
    def elasticity(self) -> float:
        """By how much GMV a thousand impressions changes with impressions an hour (log by log): below zero."""
        return sum(self.laws[name].slope for name in _OF_GMV)

    def lives(self, rng: np.random.Generator, course: ShopCourse) -> list[Session]:
        """LIVEs of this shop, oldest first. The same generator gives the same LIVEs before a course's first move."""
        return [each.session for each in self.lived(rng, course)]

    def lived(self, rng: np.random.Generator, course: ShopCourse) -> list[Lived]:
        """As `lives`, with the truth of each."""
        slow, own = self._drawn(rng, course.lives)
        hours = np.clip(3.0 * np.exp(rng.normal(0, 0.33, course.lives)), 0.75, 8.0)
        seeds = rng.integers(0, 2**63, course.lives)
        still = np.zeros(course.lives)
        traffic = slow["traffic"] + own["traffic"] + course.moves.get("traffic", still)
        number, usual = {}, {}
        for name, law in self.laws.items():
            pulled = np.log(law.level) + law.slope * traffic
            usual[name] = np.exp(pulled + slow[name])
            number[name] = np.exp(pulled + slow[name] + own[name] + course.moves.get(name, still))
        usual["traffic"] = self.laws["traffic"].level * np.exp(slow["traffic"])
        pull = self.elasticity * (traffic - slow["traffic"])
        lives = []
        for at in range(course.lives):
            now = {name: float(column[at]) for name, column in number.items()}
            session = _live(np.random.default_rng(seeds[at]), at, now, float(hours[at]), course)
            lives.append(
                Lived(session, now, {name: float(column[at]) for name, column in usual.items()}, float(pull[at]))
            )
        return lives

    def _drawn(self, rng: np.random.Generator, lives: int) -> tuple[dict[str, Floats], dict[str, Floats]]:
        """Of every number in each LIVE the slow wandering and the LIVE's own luck, on the log scale."""
        laws = list(self.laws.values())
        share, phi = np.array([law.share for law in laws]), np.array([law.phi for law in laws])
        root = np.linalg.cholesky(self.correlation)
        now = root @ rng.normal(size=len(laws))
        slow, own = np.empty((2, lives, len(laws)))
        for at in range(lives):
            now = phi * now + np.sqrt(1 - phi**2) * (root @ rng.normal(size=len(laws)))
            slow[at] = np.sqrt(share) * now
            own[at] = np.sqrt(1 - share) * (root @ self._luck(rng))
        sd = np.array([law.sd for law in laws])
        return dict(zip(self.laws, (slow * sd).T, strict=True)), dict(zip(self.laws, (own * sd).T, strict=True))

    def _luck(self, rng: np.random.Generator) -> Floats:
        """Standard deviates; those with heavy tails have the quartiles of a normal."""
        luck = rng.normal(size=len(self.laws))
        for at, law in enumerate(self.laws.values()):
            if law.tails is not None:
                luck[at] = rng.standard_t(law.tails) * _QUARTILE_OF_NORMAL / _quartile_of_t(law.tails)
        return luck


def _live(rng: np.random.Generator, at: int, number: Mapping[str, float], hours: float, course: ShopCourse) -> Session:
    paid = 0.0 if course.paid is None else float(course.paid[at])
    counts = _counts(rng, number, hours, paid)
    if course.paid is not None:
        counts["ads_cost"] = round(counts["impressions"] * paid / (1 + paid) * 0.004, 2)
    start = course.starts[at] if course.starts else _START + timedelta(days=at, minutes=int(rng.integers(-90, 90)))
    return Session(
        f"live-{at:03d}",
        counts,
        title=f"LIVE {at + 1}",
        start=start,
        duration_minutes=float(round(hours * 60)),
        currency="BRL",
        gmv_kind="direct",
        host=course.hosts[at] if course.hosts else None,
    )


_QUARTILE_OF_NORMAL = 0.6745


def _quartile_of_t(freedom: float) -> float:
    return float(stdtrit(freedom, 0.75))


def seller() -> SimulatedShop:
    """The shop whose laws are `LAWS` themselves."""
    return SimulatedShop(LAWS, correlation())


def real_shop(rng: np.random.Generator, impressions_per_hour: float | None = None) -> SimulatedShop:
    """A shop of the same kind: levels, spreads and slopes scattered, 2,000 to 150,000 impressions an hour."""
    size = impressions_per_hour or float(np.exp(rng.uniform(np.log(2_000), np.log(150_000))))
    laws = {}
    for name, law in LAWS.items():
        level = size if name == "traffic" else law.level * float(np.exp(rng.normal(0, 0.25)))
        slope = law.slope + (float(rng.normal(0, 0.08)) if law.slope else 0.0)
        laws[name] = replace(law, level=level, sd=law.sd * float(np.exp(rng.normal(0, 0.2))), slope=slope)
    return SimulatedShop(laws, correlation())


def correlation(names: Sequence[str] = tuple(LAWS)) -> Floats:
    """That of `TOGETHER`, in the order of `names`."""
    matrix = np.eye(len(names))
    for (one, other), value in TOGETHER.items():
        if one in names and other in names:
            i, j = names.index(one), names.index(other)
            matrix[i, j] = matrix[j, i] = value
    return matrix


def _counts(rng: np.random.Generator, number: Mapping[str, float], hours: float, paid: float) -> dict[str, float]:
    shown = int(rng.poisson(number["traffic"] * (1 + paid) * hours))
    views = int(rng.binomial(shown, min(number["err"], 0.95)))
    each = number["ctr"] / number["product_ctr"]
    seen = int(rng.poisson(views * each))
    clicks = int(rng.binomial(seen, min(number["product_ctr"], 0.95)))
    orders = int(rng.binomial(clicks, min(number["ctor"], 0.95)))
    drawn = order_amounts(rng, number["basket"], min(orders, _DRAWN_ORDERS)).sum()
    noise = rng.normal(0, (_STAY_NOISE / max(views, 1)) ** 0.5)
    counts = {
        "impressions": shown,
        "views": views,
        "viewers": rng.binomial(views, 0.85),
        "product_impressions": seen,
        "product_clicks": clicks,
        "sku_orders": orders,
        "gmv": round(float(drawn + number["basket"] * max(0, orders - _DRAWN_ORDERS)), 2),
        "comments": rng.poisson(views * number["comment_rate"]),
        "new_followers": rng.binomial(views, min(number["follow_rate"], 0.95)),
        "shares": rng.poisson(views * number["share_rate"]),
        "likes": rng.poisson(views * min(number["like_rate"], 500.0)),
        "avg_viewing_seconds": round(number["stay"] * float(np.exp(noise)), 1),
    }
    return {name: float(value) for name, value in counts.items()}


def order_amounts(rng: np.random.Generator, mean: float, orders: int) -> Floats:
    """Amounts of single orders: log-normal, so that a few are several times the middle."""
    return np.asarray(mean * np.exp(rng.normal(-(ORDER_SD**2) / 2, ORDER_SD, orders)))
