"""A scenario at a shop's own rates, so that the numbers on the practice dashboard are ones the seller knows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from playbook.knowledge.practice import Practice
from playbook.model.session import Session
from playbook.simulation.shops import MADE_OF

#: Fewer LIVEs than these say too little of what is usual.
LEAST = 3
_RATES, _SHOWN, _STAY = (0.0005, 0.95), (10.0, 20_000.0), (10.0, 900.0)


def calibrated(practice: Practice, sessions: Sequence[Session]) -> Practice:
    """The scenario at the pooled rates of the shop's ordinary LIVEs; as it is with fewer than LEAST of them.

    What the LIVEs do not tell keeps the scenario's own rate. Prices, prize and ad are scaled to the shop's GMV an
    order, in the currency of its latest LIVE; LIVEs in other currencies are left out.
    """
    ordinary = [each for each in sessions if each.ordinary and each.currency]
    kept = [each for each in ordinary if each.currency == ordinary[-1].currency]
    if len(kept) < LEAST:
        return practice
    rates = {name: _held(_ratio(kept, *pair), _RATES) for name, pair in MADE_OF.items()}
    rates["impressions_per_minute"] = _held(_shown(practice, kept, rates), _SHOWN)
    rates["viewing_seconds"] = _held(_stay(kept), _STAY)
    known = {name: value for name, value in rates.items() if value is not None}
    usual = practice.rates.model_copy(update=known)
    return practice.model_copy(update={"rates": usual, **_money(practice, kept)})


def _shown(practice: Practice, sessions: Sequence[Session], rates: Mapping[str, float | None]) -> float | None:
    """Impressions a minute of the shop, and at least so many that as many order as in the scenario.

    Ten minutes of a small room say nothing about a rate, and there would be nothing to practise on.
    """
    own, usual = _per_minute(sessions), practice.rates
    if own is None:
        return None
    here = usual.err * usual.ctr * usual.ctor
    mine = math.prod(rates.get(name) or getattr(usual, name) for name in ("err", "ctr", "ctor"))
    return max(own, usual.impressions_per_minute * here / mine)


def _money(practice: Practice, sessions: Sequence[Session]) -> Mapping[str, object]:
    order = _pooled([(each.orders_gmv, each.orders) for each in sessions])
    if not order:
        return {}
    scale = order / (sum(each.price for each in practice.products) / len(practice.products))
    products = [each.model_copy(update={"price": round(each.price * scale, 2)}) for each in practice.products]
    return {
        "products": products,
        "prize": round(practice.prize * scale, 2),
        "ad": round(practice.ad * scale, 2),
        "currency": sessions[-1].currency,
    }


def _ratio(sessions: Sequence[Session], top: str, of: str) -> float | None:
    """Pooled over the LIVEs in which both counts are known."""
    return _pooled([(each.counts[top], each.counts[of]) for each in sessions])


def _pooled(pairs: Sequence[tuple[float | None, float | None]]) -> float | None:
    known = [(above, under) for above, under in pairs if above is not None and under is not None]
    total = sum(under for _, under in known)
    return sum(above for above, _ in known) / total if total > 0 else None


def _per_minute(sessions: Sequence[Session]) -> float | None:
    pairs = [(each.counts["impressions"], each.duration_minutes) for each in sessions]
    known = [(count, minutes) for count, minutes in pairs if count is not None and minutes]
    return sum(count for count, _ in known) / sum(minutes for _, minutes in known) if known else None


def _stay(sessions: Sequence[Session]) -> float | None:
    """Seconds, each LIVE weighted by its views."""
    pairs = [(each.counts.get("avg_viewing_seconds"), each.counts["views"]) for each in sessions]
    known = [(seconds, views) for seconds, views in pairs if seconds is not None and views]
    return sum(seconds * views for seconds, views in known) / sum(views for _, views in known) if known else None


def _held(value: float | None, ends: tuple[float, float]) -> float | None:
    """Inside what a scenario may say; zero is no rate to play with."""
    return None if not value else min(max(value, ends[0]), ends[1])
