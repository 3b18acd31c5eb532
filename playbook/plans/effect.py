"""By how much did a metric move in the LIVEs in which something was done, beyond what was to be expected?

The model is the one of `kalman`: level, a slow autoregression, session variance, counting noise, and for the enter
room rate a slope on traffic. Added are an effect in the LIVEs marked as done, steady growth of unknown size, so that a
shop which grows anyway is not taken for one that was changed, and a slope on each control, a metric that the change
should not touch. All LIVEs enter at once, the bad one that led to the change included, so
what is expected is already drawn from it towards the shop's own level: the fall back to the middle that follows
any bad LIVE is not taken for an effect. Slopes on controls start at zero and have to be earned by LIVEs in which
both metrics moved together: a difference in differences on the log scale with shrunk weights.

Each combination of spread, memory and persistence gives a generalised least squares estimate (Rasmussen and
Williams, "Gaussian Processes for Machine Learning", section 2.7, with a flat prior of the effect); they are
weighted by how well they explain the LIVEs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

import numpy as np
from scipy.special import ndtr

from playbook.diagnosis.baseline.frame import frame
from playbook.diagnosis.baseline.history import NEEDED, past_of, start_of
from playbook.diagnosis.baseline.series import MetricRows, rows_of
from playbook.knowledge.metrics import Metric
from playbook.metrics.formula import formulas
from playbook.metrics.table import table
from playbook.model.session import Session
from playbook.stats.arrays import Bools, Floats
from playbook.stats.kalman import HEAVIER, VAGUE, grid, standalone_weights
from playbook.stats.robust import median

#: Prior sd of a steady growth of the log by itself, from LIVE to LIVE.
GROWTH_SD = 0.01
#: Prior sd of the slope on one control, in units of both metrics' ordinary spread.
_CONTROL_SD = 0.30
_AFTER = timedelta(minutes=1)

#: For a LIVE's id, the metrics that other plans moved in it.
Moved = Mapping[str, Collection[str]]
NOTHING_MOVED: Moved = MappingProxyType({})


@dataclass(frozen=True)
class Effect:
    """The effect on the log scale: one (weight, mean, sd) a part of the mixture, and the LIVEs it rests on.

    `seen` is the typical (geometric mean) value over the LIVEs in which it was done, `expected` what it would have
    been by everything else known, both in the metric's unit.
    """

    weight: Floats
    mean: Floats
    sd: Floats
    seen: float
    expected: float
    on: int
    off: int

    @property
    def middle(self) -> float:
        """The estimate: log of seen over expected."""
        return float(self.weight @ self.mean)

    @property
    def error(self) -> float:
        """Its standard error, the spread between the parts included."""
        return float(np.sqrt(self.weight @ (self.sd**2 + (self.mean - self.middle) ** 2)))

    def chance_below(self, size: float) -> float:
        """How likely it is that the log effect is less than `size`."""
        return float(self.weight @ ndtr((size - self.mean) / self.sd))


@dataclass(frozen=True)
class _Record:
    """One metric over LIVEs from old to new; `controls` has a row a control, 0 where unknown."""

    ids: tuple[str, ...]
    y: Floats
    noise: Floats
    x: Floats
    variance_inflation: Floats
    known: Bools
    controls: Floats
    controls_sd: Floats
    spread: float
    slope: float
    slope_sd: float
    scale: float


def effect_of(
    sessions: Sequence[Session],
    done: Mapping[str, bool | None],
    metric: str,
    controls: Sequence[str],
    metrics: Mapping[str, Metric],
    moved: Moved = NOTHING_MOVED,
) -> Effect | None:
    """The effect on `metric` in the LIVEs whose id `done` maps to True, or None where it cannot be estimated.

    LIVEs mapped to None are left out; those mapped to False, or not mapped, are LIVEs without the change. Needs
    one LIVE with it and three without, in each of which the metric is known. Which LIVEs count is decided by
    `history.past_of`, looking back from after the latest; at most the latest 60. A number that another plan moved in
    a LIVE says nothing of that LIVE.
    """
    record = _record(sessions, metric, controls, metrics, moved)
    if record is None:
        return None
    mark = np.array([np.nan if done.get(name, False) is None else float(bool(done.get(name))) for name in record.ids])
    use = record.known & np.isfinite(mark)
    on = use & (mark == 1)
    if not on.any() or int((use & ~on).sum()) < NEEDED:
        return None
    off = int((use & ~on).sum())
    weight, mean, sd = _estimate(record, use, np.where(on, 1.0, 0.0))
    sd = sd * _short(off)
    seen = float(record.y[on].mean())
    expected = seen - float(weight @ mean)
    top = np.clip(np.array([seen, expected]), -600, 600)
    values = np.exp(top) * record.scale
    return Effect(weight, mean, sd, float(values[0]), float(values[1]), int(on.sum()), off)


def error_ahead(
    sessions: Sequence[Session],
    metric: str,
    controls: Sequence[str],
    metrics: Mapping[str, Metric],
    lives: Sequence[int],
    alternating: bool = False,
) -> tuple[float, ...] | None:
    """The standard error that the effect will have after each number of `lives` (at least 1) with the change.

    `alternating`: every second LIVE goes without the change, the first with it.

    From this shop's own variation and counts: the coming LIVEs are taken to be as large as the median one of the
    past. None where under three past LIVEs know the metric.
    """
    record = _record(sessions, metric, controls, metrics)
    if record is None or record.known.sum() < NEEDED:
        return None
    noise = float(median(np.where(record.known, record.noise, np.nan)[None])[0])
    errors = []
    for more in lives:
        pattern = np.tile([1.0, 0.0], more)[:-1] if alternating else np.ones(more)
        longer = _longer(record, len(pattern), noise)
        on = np.r_[np.zeros(len(record.y)), pattern]
        weight, _, sd = _estimate(longer, longer.known, on, fitted=_weights_of(record))
        errors.append(float(np.sqrt(weight @ sd**2)) * _short(int(record.known.sum())))
    return tuple(errors)


def _short(lives: int) -> float:
    """By how much errors grow because spread, memory and slopes were learned from so few LIVEs.

    Set on simulated shops: with 9 LIVEs errors come out a tenth too small otherwise, with 40 hardly.
    """
    return float(np.sqrt(1 + 2 / lives))


def known_lives(
    sessions: Sequence[Session], metric: str, metrics: Mapping[str, Metric], moved: Moved = NOTHING_MOVED
) -> frozenset[str]:
    """The ids of the LIVEs that count and in which the metric is known, and not moved by another plan."""
    record = _record(sessions, metric, (), metrics, moved)
    return frozenset() if record is None else frozenset(np.array(record.ids, dtype=object)[record.known].tolist())


def _record(
    sessions: Sequence[Session],
    metric: str,
    controls: Sequence[str],
    metrics: Mapping[str, Metric],
    moved: Moved = NOTHING_MOVED,
) -> _Record | None:
    """Everything as seen from just after the latest LIVE, a stand-in of the same length and kind."""
    dated = [each for each in sessions if each.start is not None and each.ordinary]
    if not dated or metric not in metrics:
        return None
    last = max(dated, key=start_of)
    after = replace(last, id=" after all", start=start_of(last) + _AFTER)
    past = past_of(after, dated).sessions
    names = [metric, *(each for each in dict.fromkeys(controls) if each in metrics and each != metric)]
    of = formulas({name: metrics[name] for name in names})
    view = frame(table((*past, after), of.values()), [len(past)])
    rows = [rows_of(view, name, of[name]) for name in names]
    own, there = rows[0], view.before[0]
    ids = tuple(past[position].id for position in view.past[0][there])
    unmoved = np.array([[name not in moved.get(one, ()) for one in ids] for name in names])
    deviations = np.array([_deviation(row, there, still) for row, still in zip(rows[1:], unmoved[1:], strict=True)])
    spread = float(own.spread[0])
    return _Record(
        ids,
        own.y[0][there],
        own.noise[0][there],
        own.x[0][there],
        view.variance_inflation[0][there],
        own.known[0][there] & unmoved[0],
        deviations.reshape(len(rows) - 1, len(ids)),
        np.array([_CONTROL_SD * spread / float(row.spread[0]) for row in rows[1:]]),
        spread,
        float(own.slope[0]),
        float(own.slope_sd[0]),
        float(own.scale[0]),
    )


def _deviation(row: MetricRows, there: Bools, still: Bools) -> Floats:
    """A control's logs around their middle, what traffic explains taken out; 0 where unknown or moved by a plan."""
    logs = (row.y[0] - row.slope[0] * row.x[0])[there]
    known = row.known[0][there] & still
    if not known.any():
        return np.zeros(len(logs))
    middle = float(median(np.where(known, logs, np.nan)[None])[0])
    return np.where(known, logs - middle, 0.0)


def _longer(record: _Record, more: int, noise: float) -> _Record:
    """The record with `more` ordinary LIVEs to come; controls are taken to be at their middle."""

    def grown(values: Floats, fill: float) -> Floats:
        return np.asarray(np.r_[values, np.full(more, fill)])

    return replace(
        record,
        ids=(*record.ids, *("",) * more),
        y=grown(record.y, 0.0),
        noise=grown(record.noise, noise),
        x=grown(record.x, 0.0),
        variance_inflation=grown(record.variance_inflation, 1.0),
        known=np.r_[record.known, np.ones(more, dtype=bool)],
        controls=np.c_[record.controls, np.zeros((len(record.controls), more))],
    )


def _covariance(record: _Record, use: Bools) -> Floats:
    """Covariance (parts, LIVEs, LIVEs) of the logs of the LIVEs in use, under every part of the grid."""
    spread, share, phi, _ = grid(np.array([record.spread]))
    variance = spread[0] ** 2
    at = np.flatnonzero(use)
    x, beside = record.x[at], record.controls[:, at]
    common = VAGUE + record.slope_sd**2 * np.outer(x, x) + (beside.T * record.controls_sd**2) @ beside
    since = at - at.mean()
    common += GROWTH_SD**2 * np.outer(since, since)
    lag = np.abs(at[:, None] - at[None, :])
    wander = (share * variance)[:, None, None] * phi[:, None, None] ** lag
    own = HEAVIER * ((1 - share) * variance)[:, None] * record.variance_inflation[at] + record.noise[at]
    return np.asarray(common + wander + own[:, :, None] * np.eye(len(at)))


def _estimate(record: _Record, use: Bools, on: Floats, fitted: Floats | None = None) -> tuple[Floats, Floats, Floats]:
    """Weight, mean and sd of the effect, one a part. `fitted` weights replace those of this fit."""
    cov = _covariance(record, use)
    y = record.y[use] - record.slope * record.x[use]
    y = y - y.mean()
    known = np.stack([np.where(on[use] > 0, 1.0, 0.0), y], axis=1)
    solved = np.linalg.solve(cov, np.broadcast_to(known, (len(cov), *known.shape)))
    precision = solved[:, :, 0] @ known[:, 0]
    mean = (solved[:, :, 0] @ y) / precision
    if fitted is not None:
        return fitted, mean, 1 / np.sqrt(precision)
    error = solved[:, :, 1] @ y - mean**2 * precision
    fit = -0.5 * (np.linalg.slogdet(cov)[1] + np.log(precision) + error)
    weight = standalone_weights() * np.exp(fit - fit.max())
    return np.asarray(weight / weight.sum()), mean, 1 / np.sqrt(precision)


def _weights_of(record: _Record) -> Floats:
    """How well each part explains the LIVEs so far."""
    cov = _covariance(record, record.known)
    y = (record.y - record.slope * record.x)[record.known]
    y = y - y.mean()
    solved = np.linalg.solve(cov, np.broadcast_to(y[:, None], (len(cov), len(y), 1)))[:, :, 0]
    fit = -0.5 * (np.linalg.slogdet(cov)[1] + solved @ y)
    weight = standalone_weights() * np.exp(fit - fit.max())
    return np.asarray(weight / weight.sum())
