"""Several LIVEs together against those before them: one number a metric, with the range that is ordinary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from playbook.diagnosis.findings import Verdict
from playbook.language import N_, _
from playbook.metrics.compute import too_few
from playbook.metrics.formula import HOURS, Formula
from playbook.metrics.table import MetricTable
from playbook.stats.arrays import Floats
from playbook.stats.prediction import noise_of

from .history import NEEDED
from .judge import number
from .usual import VERDICTS, Usuals

#: With fewer events expected than this, a log is no measure and nothing is judged.
_EVENTS_NEEDED = 10.0
#: 95 % of a t distribution with some twenty degrees of freedom: the spread is itself estimated.
_TIMES = 2.1
_TOO_FEW = N_("too few of them to tell a change from chance")


@dataclass(frozen=True)
class Change:
    """A metric over some LIVEs, in its own unit: sum over sum; for plain counts and without a weight, the mean.

    `earlier` is the same over the LIVEs before. `usual`, `low` and `high` say what those LIVEs let expect of
    `recent`, at its own traffic and length; 95 % of ordinary times lie in the range. `verdict` is in the sense of
    better or worse; `reason` says why it is unknown.
    """

    metric: str
    recent: float | None
    earlier: float | None
    usual: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    recent_lives: int
    earlier_lives: int
    reason: str | None = None

    @property
    def change(self) -> float | None:
        """recent / earlier - 1."""
        if self.recent is None or not self.earlier:
            return None
        return self.recent / self.earlier - 1


def compare(
    table: MetricTable,
    found: Usuals,
    formulas: Mapping[str, Formula],
    good_low: set[str],
    targets: Sequence[int],
    window: Sequence[int],
) -> tuple[Change, ...]:
    """Every metric of the LIVEs at `window` (places in `targets`, which are positions in `table`, latest first).

    What is expected of them is the forecast made before the first of them: a mixture over how fast the shop
    wanders and how much its LIVEs differ. The variance of the mean of several LIVEs has the doubt about the
    level, the wander in between, the session variance and counting noise in it. One LIVE alone has the range of its
    review, so that the two never say different things.
    """
    return tuple(
        _change(table, found, name, of, name in good_low, targets, sorted(window, reverse=True))
        for name, of in formulas.items()
    )


def _change(
    table: MetricTable,
    found: Usuals,
    name: str,
    of: Formula,
    low_is_good: bool,
    targets: Sequence[int],
    window: Sequence[int],
) -> Change:
    base = found.names.index(name) * len(targets)
    inside = _alike(table, found, base, of, targets, window)
    if not inside:
        return _unknown(name, None, None, 0, 0, _("not known"))
    rows, then = found.rows, base + inside[0]
    here = [targets[at] for at in inside]
    before = targets[inside[0]] - rows.y.shape[1] + np.flatnonzero(rows.known[then])
    recent, earlier = _pooled(table, of, here), _pooled(table, of, before)
    lives = len(here), len(before)
    if len(before) < NEEDED:
        reason = _(
            "it needs {needed} earlier LIVEs with this number, and there are {known}", needed=NEEDED, known=len(before)
        )
        return _unknown(name, recent, earlier, *lives, reason)
    total = float(np.nansum(table.denominator(of)[here]))
    if of.denominator is not None and not of.average and total < of.needs_at_least:
        return _unknown(name, recent, earlier, *lives, too_few(total, of))
    if len(inside) == 1:
        return _alone(found, then, Change(name, recent, earlier, None, None, None, "unknown", *lives, _(_TOO_FEW)))
    exposure = rows.exposure[[base + at for at in inside]]
    middle, sd, events = _expected(found, then, exposure, _traffic(table, of, rows.x_now[then], here))
    if rows.zero[then] or (events < _EVENTS_NEEDED and not of.average):
        return _unknown(name, recent, earlier, *lives, _(_TOO_FEW))
    scale = float(exposure.mean()) if of.denominator is None else float(of.times)
    usual, low, high = (scale * float(np.exp(middle + times * sd)) for times in (0.0, -_TIMES, _TIMES))
    side = 0 if recent is None or low <= recent <= high else 1 if recent > high else -1
    verdict: Verdict = "usual" if side == 0 else "above" if (side > 0) != low_is_good else "below"
    return Change(name, recent, earlier, number(usual), number(low), number(high), verdict, *lives)


def _alone(found: Usuals, then: int, change: Change) -> Change:
    """One LIVE, as its review judges it."""
    verdict = VERDICTS[int(found.verdict.flat[then])]
    usual, low, high = (number(column.flat[then]) for column in (found.usual, found.low, found.high))
    if verdict == "unknown":
        return change
    return replace(change, usual=usual, low=low, high=high, verdict=verdict, reason=None)


def _unknown(name: str, recent: float | None, earlier: float | None, here: int, before: int, reason: str) -> Change:
    return Change(name, recent, earlier, None, None, None, "unknown", here, before, reason)


def _alike(
    table: MetricTable, found: Usuals, base: int, of: Formula, targets: Sequence[int], window: Sequence[int]
) -> list[int]:
    """The LIVEs of the window, oldest first, in which the metric is known; of money and orders only one kind."""
    known = [at for at in window if np.isfinite(found.rows.value[base + at])]
    for applies, kinds in ((of.of_orders, table.orders_kinds()), (of.money, table.gmv_kinds(of))):
        if applies and known:
            kind = kinds[targets[known[-1]]]
            known = [at for at in known if kinds[targets[at]] == kind]
    return known


def _pooled(table: MetricTable, of: Formula, at: Sequence[int] | np.ndarray) -> float | None:
    """Sum over sum; a printed mean weighted by its views; a plain count for the average LIVE."""
    if not len(at):
        return None
    above, below = table.numerator(of)[at], table.denominator(of)[at]
    if of.denominator is None:
        return number(float(above.mean()))
    if of.average:
        weight = np.where(np.isnan(below), 100.0, below)
        return number(float((above * weight).sum() / weight.sum())) if weight.sum() > 0 else None
    return number(float(above.sum() / below.sum()) * of.times) if below.sum() > 0 else None


def _traffic(table: MetricTable, of: Formula, first: float, here: Sequence[int]) -> Floats:
    """Log impressions per hour of each LIVE, counted from the same zero as the forecast's; 0 where it is not used."""
    if of.traffic_slope is None:
        return np.zeros(len(here))
    shown, hours = table.columns["impressions"][here], table.columns[HOURS][here]
    fine = (shown > 0) & (hours > 0)
    logs = np.where(fine, np.log(np.where(fine, shown, 1.0) / np.where(fine, hours, 1.0)), np.nan)
    away = logs - logs[0] + first
    return np.clip(np.where(np.isfinite(away), away, first), -2.5, 2.5)


def _expected(found: Usuals, then: int, exposure: Floats, x: Floats) -> tuple[float, float, float]:
    """Mean and sd of the log of the pooled rate, and the number of events expected in all."""
    rows, part = found.rows, found.forecast
    share = exposure / exposure.sum()
    at = float(share @ x)
    level = part.level[then] + part.slope[then] * at
    doubt = part.level_var[then] + 2 * at * part.cross[then] + at**2 * part.slope_var[then]
    session_variance, wander_variance, phi = part.session_variance[then], part.wander_variance[then], part.phi
    middle = float(part.weight[then] @ level)
    rate = float(np.exp(np.clip(middle, -600, 600)))
    events = exposure * (rate if rows.whole[then] else float(rows.events[then]))
    one = slice(then, then + 1)
    noise = [
        float(noise_of(np.array([rate]), np.array([many]), rows.cost[one], rows.proportion[one])[0]) for many in events
    ]
    counted = float(share**2 @ np.minimum(noise, 1e3))
    # A sum over sum is a mean of rates, not of logs: it lies higher by half of what LIVEs differ among themselves.
    level = level + session_variance * (1 - share @ share) / 2
    var = doubt + session_variance * (share @ share) + _wandering(share, phi) * wander_variance + counted
    weight = part.weight[then]
    mean = float(weight @ level)
    return mean, float(np.sqrt(weight @ (var + (level - mean) ** 2))), float(events.sum())


def _wandering(share: Floats, phi: Floats) -> Floats:
    """Variance that a slow part of variance 1 gathers in the mean of LIVEs after the first of them."""
    gathered = np.zeros_like(phi)
    for start in range(1, len(share)):
        rest = share[start:]
        reach = (rest[:, None] * phi[None, :] ** np.arange(len(rest))[:, None]).sum(axis=0)
        gathered += reach**2 * (1 - phi**2)
    return gathered
