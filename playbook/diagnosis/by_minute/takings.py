"""Money by minute as counts: how many orders of the usual size the GMV of a minute is worth.

Few orders make the most of it, and one may be ten times another, so a minute's GMV says less than its orders do. GMV of
a minute is a sum of a Poisson number of amounts; its variance over its mean is E[amount^2] / E[amount] (compound
Poisson: Feller 1968, section XII.2). Divided by that, it has the mean and the variance of a count, which is what the
search needs to know. Both moments are this LIVE's own: the mean amount, and how far minutes of as many orders lie
apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from playbook.knowledge.metrics import Metric, Ratio

from .minutes import Floats, MinuteCounts, Minutes, counted

#: Relative variance of one order's amount before any is seen, worth so many minutes with orders.
_SPREAD, _WEIGHT = 0.6, 5.0


def takings_of(metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """Money followed inside a LIVE: by the minute, and by the view."""
    return tuple(name for name, metric in metrics.items() if metric.by_minute and metric.by_minute.takings)


def takings(minutes: Minutes, name: str, metrics: Mapping[str, Metric]) -> MinuteCounts | None:
    """GMV or Watch GPM as `counted` gives other metrics; None without GMV and orders by minute."""
    if "gmv" not in minutes.columns or "sku_orders" not in minutes.columns:
        return None
    one = _one_order(minutes.columns["gmv"], minutes.columns["sku_orders"])
    series = counted(minutes, name, metrics[name])
    if one is None or series is None:
        return None
    metric = metrics[name]
    worth = one * (metric.times if isinstance(metric, Ratio) else 1.0)
    return replace(series, hits=series.hits / one, worth=worth, proportion=False)


def _one_order(gmv: Floats, orders: Floats) -> float | None:
    """E[amount^2] / E[amount] of the orders of a LIVE; None where nothing was sold."""
    fine = np.isfinite(gmv) & np.isfinite(orders) & (orders > 0)
    money, number = gmv[fine], orders[fine]
    if not fine.any() or money.sum() <= 0:
        return None
    mean = float(money.sum() / number.sum())
    apart = float(((money - number * mean) ** 2 / number).sum()) / mean**2  # chi-square, with one less than minutes
    return mean * (1 + (apart + _WEIGHT * _SPREAD) / (len(money) - 1 + _WEIGHT))
