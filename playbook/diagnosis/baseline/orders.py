"""How many orders stand behind a GMV, and what one of them brings, also where exports do not print orders."""

from __future__ import annotations

import numpy as np

from playbook.stats.arrays import Bools, Floats
from playbook.stats.robust import median

#: Relative variance of one order's value, unless the numbers say it is less.
BASKET = 0.5
#: As many events that the noise of counting them is nothing.
MANY = 1e15
_TINY = 1e-15
#: A smaller share of LIVEs without a sale is a matter of outliers.
_ODD = 0.25


def orders_behind(money: Floats, exposure: Floats, orders: Floats, used: Bools) -> tuple[Floats, Floats]:
    """Orders for one unit of exposure, and the GMV of one order; (rows,) each, from (rows, columns).

    From the LIVEs that have both; where no LIVE has orders, from the money alone.
    """
    known = used & np.isfinite(orders)
    number = _sum(orders, known)
    rate = number / np.maximum(_sum(exposure, known), _TINY)
    value = _sum(money, known) / np.maximum(number, 1.0)
    untold = number <= 0
    if untold.any():
        rate[untold], value[untold] = _from_money(money[untold], exposure[untold], used[untold])
    return np.clip(rate, _TINY, MANY), value


def _from_money(money: Floats, exposure: Floats, used: Bools) -> tuple[Floats, Floats]:
    """The same without any orders.

    Where every LIVE sold something, orders count as many: the noise of counting them is then a part of the variation
    between LIVEs, which is estimated anyway. Where some sold nothing, their number says how many orders are usual.
    """
    nothing = used & (money <= 0)
    rate = np.where(nothing.any(axis=1), _told_by_nothing(money, exposure, used, nothing), MANY)
    value = _sum(money, used) / np.maximum(rate * _sum(exposure, used), 1.0)
    # With as many orders as that one is worth nothing; money of zero then stands below the least that was seen.
    least = np.where(used & ~nothing, money, np.inf).min(axis=1)
    return rate, np.where(nothing.any(axis=1) | ~np.isfinite(least), value, least)


def _told_by_nothing(money: Floats, exposure: Floats, used: Bools, nothing: Bools) -> Floats:
    """The rate at which the LIVEs without any order are expected to be as many as they were.

    Among LIVEs of which most sold, and alike, one of nothing is an outlier and no sign of a small shop: the orders
    are at least as many as let the others differ so little.
    """
    usual = np.maximum(median(np.where(used, exposure, np.nan)), _TINY)
    expected = np.clip(nothing.sum(axis=1), 0.5, np.maximum(used.sum(axis=1) - 0.5, 0.5))
    low, high = np.log(1e-3 / usual), np.log(1e3 / usual)
    for _ in range(30):  # by bisection: the sum of exp(-rate x exposure) falls as the rate grows
        middle = (low + high) / 2
        more = _sum(np.exp(-np.exp(middle)[:, None] * exposure), used) > expected
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    rate = np.exp((low + high) / 2)
    sold = used & ~nothing
    logs = np.log(np.where(sold, money / exposure, 1.0))
    away = np.abs(logs - median(np.where(sold, logs, np.nan))[:, None])
    differ = (1.4826 * median(np.where(sold, away, np.nan))) ** 2
    alike = (1 + BASKET) / np.maximum(differ, 1e-4) / usual
    odd = nothing.sum(axis=1) < _ODD * used.sum(axis=1)
    return np.asarray(np.where(odd, np.maximum(rate, alike), rate))


def _sum(values: Floats, where: Bools) -> Floats:
    return np.asarray(np.where(where, values, 0.0).sum(axis=1))
