"""One metric's history, and the judged values, in the shape that the forecast takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from playbook.metrics.formula import HOURS, Formula
from playbook.stats.arrays import Bools, Floats
from playbook.stats.kalman import Series
from playbook.stats.prediction import Task, noise_of
from playbook.stats.robust import median, winsorised

from .frame import Frame, alike
from .history import NEEDED
from .orders import BASKET, orders_behind

#: Sd of the log between LIVEs where metrics.yaml expects none.
_OTHER_SPREAD = 0.35
#: Relative variance of one view's length, unless the numbers say it is less.
_STAY = 1.5
_SHARE = 0.5
#: Nothing real lies outside; inside, no arithmetic overflows.
_TINY, _HUGE = 1e-15, 1e15


@dataclass(frozen=True)
class MetricRows:
    """One row a judged LIVE. The first five are (rows, columns), the rest (rows,).

    `rate` is in units of the numerator for one of the denominator; `scale` turns it into the metric's unit.
    `zero`: every past value is zero. `mixed`: kinds of counts had to be mixed.
    """

    y: Floats
    noise: Floats
    x: Floats
    known: Bools
    variance_inflation: Floats
    spread: Floats
    slope: Floats
    slope_sd: Floats
    group: NDArray[np.intp]
    votes: Bools
    count: Floats
    exposure: Floats
    events: Floats
    cost: Floats
    whole: Bools
    proportion: Bools
    y_now: Floats
    x_now: Floats
    scale: Floats
    value: Floats
    enough: Bools
    zero: Bools
    mixed: Bools

    @property
    def series(self) -> Series:
        return Series(
            self.y,
            self.noise,
            self.x,
            self.known,
            self.variance_inflation,
            self.spread,
            self.slope,
            self.slope_sd,
            self.group,
            self.votes,
        )

    @property
    def known_values(self) -> Floats:
        return np.asarray(self.known.sum(axis=1))

    def task(self, middle: Floats) -> Task:
        """What to predict; a whole numerator's own expected rate says how many events to expect."""
        events = np.where(self.whole, np.exp(np.clip(middle, -600, 600)), self.events)
        return Task(self.x_now, self.exposure, events, self.cost, self.whole, self.proportion)


def stack(parts: Iterable[MetricRows]) -> MetricRows:
    """Rows of several metrics under one another."""
    parts = list(parts)
    return MetricRows(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(MetricRows)})


def rows_of(frame: Frame, name: str, of: Formula) -> MetricRows:
    """The rows of one metric, one for each target of `frame`."""
    count, exposure, orders, value, scale = _columns(frame, of)
    now, past = frame.targets, frame.past
    known = frame.before & (np.isfinite(value) & (exposure > 0) & frame.table.possible(of))[past]
    if of.average or of.per_order:  # a mean of nothing says nothing; a rate of zero does
        known &= (value > 0)[past]
    used, mixed = alike(frame, of, frame.of_new_level(name, known))
    k, n, o = (np.where(used, column[past], fill) for column, fill in ((count, 0.0), (exposure, 1.0), (orders, np.nan)))
    whole = not of.average and not of.money
    rate, events, order = _rough(k, n, o, used, of)
    expected = n * events[:, None]
    proportion = np.full(len(now), of.at_most_one)
    fine = np.isfinite(value[now]) & (exposure[now] > 0)
    # Without a value of its own a LIVE still has a usual: that of a LIVE of the middle size.
    size = np.where(exposure[now] > 0, exposure[now], np.maximum(median(np.where(used, n, np.nan)), 1e-9))
    k_now, n_now = np.where(fine, count[now], 0.0), size
    y = _logs(k, n, rate[:, None], expected, order[:, None], of)
    y_now = _logs(k_now, n_now, rate, n_now * events, order, of)
    cost = _cost(y, expected, used, of)
    noise = noise_of(rate[:, None], expected, cost[:, None], proportion[:, None])
    x, x_now = _traffic(frame, used) if of.traffic_slope else (np.zeros(k.shape), np.zeros(len(now)))
    ones = np.ones(len(now))
    slope, slope_sd = (ones * each for each in of.traffic_slope or (0.0, 0.0))
    spread = ones * (of.prior_spread or _OTHER_SPREAD)
    return MetricRows(
        y=slope[:, None] * x + winsorised(y - slope[:, None] * x, noise, used, spread),
        noise=noise,
        x=x,
        known=used,
        variance_inflation=frame.variance_inflation,
        spread=spread,
        slope=slope,
        slope_sd=slope_sd,
        group=np.arange(len(now)),
        votes=ones * (of.prior_spread is not None and whole and of.denominator is not None) > 0,
        count=k_now,
        exposure=n_now,
        events=events,
        cost=cost,
        whole=ones * whole > 0,
        proportion=proportion,
        y_now=y_now,
        x_now=x_now,
        scale=ones * of.times if scale is None else np.where(scale[now] > 0, scale[now], 1.0),
        value=np.where(fine, value[now], np.nan),
        enough=frame.table.enough(of)[now],
        zero=(k.sum(axis=1) == 0) & (used.sum(axis=1) >= NEEDED),
        mixed=mixed,
    )


def _columns(frame: Frame, of: Formula) -> tuple[Floats, Floats, Floats, Floats, Floats | None]:
    """Numerator, denominator, orders, value, and what a rate is multiplied by where that differs by LIVE.

    Plain counts grow with the length of a LIVE, so they are taken by the hour where lengths are known.
    """
    table = frame.table
    count, exposure, value = table.numerator(of), table.denominator(of), table.value(of)
    scale = None
    if of.denominator is None:
        hours = table.columns[HOURS]
        judged = frame.targets[0]
        exposure = hours if hours[judged] > 0 else np.ones(len(hours))
        scale = exposure
    elif of.average:  # where the weight is not printed, as if a hundred had been counted
        exposure = np.where(np.isnan(exposure), 100.0, exposure)
    orders = np.minimum(table.columns["sku_orders"], _HUGE)
    exposure = np.where(exposure > 0, np.clip(exposure, 1e-6, _HUGE), exposure)
    return np.minimum(count, _HUGE), exposure, orders, value, scale


def _rough(k: Floats, n: Floats, o: Floats, used: Bools, of: Formula) -> tuple[Floats, Floats, Floats]:
    """A first idea of the rate, of the events behind one unit of the denominator, and of the money of one event.

    The median of the rates where counts are large (odd LIVEs do not move it), the pooled rate where small.
    """
    values = np.where(used, k if of.average else k / n, np.nan)
    middle, size = median(values), median(np.where(used, k, np.nan))
    # Half an event, or for money a trace of it, keeps a history of zeros finite.
    trace = 0.5 if not of.money else 1e-9
    pooled = (k.sum(axis=1) + trace) / np.where(used, n, 0.0).sum(axis=1).clip(1e-9)
    rate = np.where((middle > 0) & ((size >= 8) | of.money | of.average), middle, pooled)
    rate = np.clip(rate, _TINY, _HUGE)
    if of.money:
        return rate, *orders_behind(k, n, o, used)
    return rate, np.ones(len(rate)) if of.average else rate, np.zeros(len(rate))


def _logs(k: Floats, n: Floats, rate: Floats, expected: Floats, order: Floats, of: Formula) -> Floats:
    """Log rates that stay finite at zero.

    With few events expected the log is replaced by its tangent at the rough rate, which, unlike the log of a
    small count, is right on average. Money of zero stands for half an order.
    """
    if of.average:
        return np.asarray(np.log(np.maximum(k, 1e-3 * rate)))
    if of.money:
        least = np.maximum(0.5 * order / n, 1e-6 * rate)
        return np.asarray(np.log(np.maximum(k / n, np.maximum(least, 1e-300))))
    tangent = np.log(rate) + (k / n - rate) / rate
    return np.where(expected < 4, np.minimum(tangent, np.log(rate) + 6), np.log((k + 0.5) / n))


def _cost(y: Floats, expected: Floats, used: Bools, of: Formula) -> Floats:
    """Variance of the log that one event brings: 1 for counts; for money an order's own value comes on top.

    How much one value varies inside a LIVE is not printed, so a mean's cost is not more than half of what its
    changes from LIVE to LIVE leave room for.
    """
    if not of.average and not of.money:
        return np.ones(len(y))
    prior = _STAY if of.average else BASKET
    if not of.average and not of.per_order:
        return np.full(len(y), 1 + prior)
    pair = used[:, 1:] & used[:, :-1]
    change = np.where(pair, (y[:, 1:] - y[:, :-1]) ** 2 / 2, 0.0).sum(axis=1)
    size = np.minimum(median(np.where(used, expected, np.nan)), 1e6)
    estimate = (2 * prior + _SHARE * change * size) / (2 + pair.sum(axis=1))
    return np.asarray(np.minimum(estimate, prior))


def _traffic(frame: Frame, used: Bools) -> tuple[Floats, Floats]:
    """Log impressions per hour against the row's own mean, past and now; 0 where it is not known.

    A room that is shown to more people is shown to colder ones: fewer of them enter, so a rate is held against what is
    usual at its own traffic (docs/methods.md, "Rates and traffic").
    """
    past = frame.traffic[frame.past]
    fine = used & np.isfinite(past)
    middle = np.where(fine, past, 0.0).sum(axis=1) / np.maximum(fine.sum(axis=1), 1)
    now = frame.traffic[frame.targets] - middle
    now = np.where(np.isfinite(now) & fine.any(axis=1), now, 0.0)
    x = np.where(fine, past - middle[:, None], 0.0)
    return np.clip(x, -2.5, 2.5), np.clip(now, -2.5, 2.5)
