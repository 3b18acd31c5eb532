"""Where the money went: the gap to the usual GMV, split over the steps of the funnel.

The split is the logarithmic mean Divisia index (Ang 2005, "The LMDI approach to decomposition analysis"):
with G1 the GMV, G0 its usual, and x1, x0 a factor now and usually, the factor's part is
L(G1, G0) ln(x1 / x0), L being the logarithmic mean. The parts add up to the gap whatever their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playbook.diagnosis.baseline.history import NEEDED
from playbook.diagnosis.baseline.usual import Usuals
from playbook.diagnosis.findings import Judgement, Leak, LeakPart, Note, note
from playbook.knowledge.metrics import Metric, Ratio
from playbook.metrics.chains import GMV, count_of, gmv_chains
from playbook.model.session import Session
from playbook.stats.arrays import Floats
from playbook.stats.kalman import TAIL_INFLATION

_DRAWS, _SEED = 600, 20
#: Variance of the prior around a usual, in units of the variance between LIVEs.
_WIDER = 4.0
_LEAST_ELASTICITY = 0.1
_MOST = 1e13


@dataclass(frozen=True)
class FunnelStep:
    """One factor: its value now and usually at this LIVE's traffic (GPMs for one, not for a thousand).

    `row` is its row in the usuals; `slope` the expected slope of its log on log impressions an hour; `count` the count
    it leads to.
    """

    factor: str
    now: float
    usual: float
    row: int
    slope: float
    count: str


def leak(
    session: Session, judgements: Mapping[str, Judgement], found: Usuals, metrics: Mapping[str, Metric]
) -> tuple[Leak | None, Note | None]:
    """The split of GMV, or None; and a note that says what is missing, or how a zero was handled.

    A rate is held against its usual at this LIVE's traffic, as its card is. What more or fewer impressions do to the
    rates belongs to the impressions, whose part is that of (now / usual) ** elasticity. The usual GMV is what
    remains: the product of the usuals at the usual traffic of a LIVE of this length. Ranges: see `drawn`.
    """
    gmv = judgements["gmv_per_hour"].numerator if "gmv_per_hour" in judgements else session.counts.get("gmv")
    if gmv is None:
        return None, note("split_no_gmv")
    if not gmv <= _MOST:
        return None, note("split_too_large")
    outcomes = _outcomes(metrics)
    known = _known_gmv(found, outcomes)
    if known < NEEDED:
        return None, note("split_few_lives", needed=NEEDED, known=known)
    nothing = note("split_nothing_sold")
    steps = steps_of(gmv, judgements, found, metrics)
    if steps is None:
        if any(name in judgements and judgements[name].usual == 0 for name in outcomes):
            return None, nothing
        return None, note("split_no_counts")
    now, usually = np.array([s.now for s in steps]), with_pull(steps)
    usual = float(usually.prod())
    if not 0.005 <= usual <= _MOST:
        return None, nothing
    amounts, remark = _amounts(now[None], usually[None], steps)
    (low, high), (joint_low, joint_high) = _ranges(steps, *drawn(steps, found))
    cents = _to_cents(amounts[0], round(gmv * 100) - round(usual * 100))
    parts = tuple(
        LeakPart(step.factor, cent / 100, *(_cent(each) for each in _around(cent / 100, *ends)))
        for step, cent, *ends in zip(steps, cents, low, high, joint_low, joint_high, strict=True)
    )
    verdict = judgements["gmv_per_hour"].verdict if "gmv_per_hour" in judgements else "unknown"
    return Leak(_cent(usual), _cent(gmv), parts, verdict in ("usual", "unknown")), remark


def split(now: Floats, usual: Floats) -> Floats:
    """LMDI parts, shape (cases, factors), of positive factors: rows sum to the difference of the products."""
    g1, g0 = now.prod(axis=1), usual.prod(axis=1)
    ratio = np.log(now) - np.log(usual)
    total = ratio.sum(axis=1)
    small = np.abs(total) < 1e-9
    mean = np.where(small, (g1 + g0) / 2, (g1 - g0) / np.where(small, 1.0, total))
    return np.asarray(mean[:, None] * ratio)


def _amounts(now: Floats, usual: Floats, steps: list[FunnelStep]) -> tuple[Floats, Note | None]:
    """Parts of every case. Behind a factor of zero nothing can be split: it takes all that was still to come.

    Up to the last step that is not zero the parts are those of a LIVE that went on as usual from there.
    """
    zero = next((i for i, step in enumerate(steps) if step.now <= 0), None)
    if zero is None:
        return split(now, usual), None
    parts = np.zeros(now.shape)
    reached = usual.copy()
    reached[:, :zero] = now[:, :zero]
    parts[:, :zero] = split(reached, usual)[:, :zero]
    parts[:, zero] = -reached.prod(axis=1)
    return parts, note("split_at_zero", factor=steps[zero].factor)


def _around(amount: float, *ends: float) -> list[float]:
    """Ends low, high, low, high of ranges, each made to hold the amount itself."""
    return [max(end, amount) if at % 2 else min(end, amount) for at, end in enumerate(ends)]


def elasticity(slopes: float) -> float:
    """By how much a product of factors grows with impressions (log by log), given the sum of their slopes.

    More impressions never bring less in all: shops whose numbers seem to say so have too few of them.
    """
    return max(1 + slopes, _LEAST_ELASTICITY)


def with_pull(steps: Sequence[FunnelStep]) -> Floats:
    """Usuals of the steps at their usual traffic: impressions, where they lead, carry their pull on the rates."""
    usual = np.array([step.usual for step in steps])
    if steps[0].factor == "impressions" and steps[0].now > 0:
        power = elasticity(sum(step.slope for step in steps[1:]))
        usual[0] = steps[0].now * (usual[0] / steps[0].now) ** power
    return usual


def drawn(steps: Sequence[FunnelStep], found: Usuals) -> tuple[Floats, Floats, Floats]:
    """Values now, usuals at this traffic, and slopes on it, as they could be: (draws, steps) each; seeded.

    A usual is drawn from its forecast (level and slope together), a value from what its count says of the rate behind
    it, with a gamma prior around the usual twice as wide as LIVEs differ: gamma-Poisson, and for money and means
    its log-normal like. A step of which nothing is known, behind one that let nothing through, is drawn from the prior.
    """
    rng = np.random.default_rng(_SEED)
    now, usual, slopes = np.empty((3, _DRAWS, len(steps)))
    reached = True
    for at, step in enumerate(steps):
        level, slopes[:, at] = _usual_drawn(rng, step, found)
        usual[:, at] = level
        now[:, at] = _now_drawn(rng, step, found, level, reached)
        reached &= step.now > 0
    return now, usual, slopes


def _usual_drawn(rng: np.random.Generator, step: FunnelStep, found: Usuals) -> tuple[Floats, Floats]:
    """The usual at this LIVE's traffic, in the step's unit, and the slope on traffic."""
    part, row = found.forecast, step.row
    x = float(found.rows.x_now[row])
    which = rng.choice(len(part.weight[row]), _DRAWS, p=part.weight[row])
    one, other = rng.standard_normal((2, _DRAWS))
    slope_sd = np.sqrt(np.maximum(part.slope_var[row, which], 1e-18))
    slope = part.slope[row, which] + slope_sd * one
    with_slope = part.cross[row, which] / slope_sd * one
    rest = np.sqrt(np.maximum(part.level_var[row, which] - (part.cross[row, which] / slope_sd) ** 2, 0.0))
    middle = float(part.weight[row] @ (part.level[row] + part.slope[row] * x))
    away = part.level[row, which] + with_slope + rest * other + slope * x - middle
    # Past sessions have the heavier tails too, so the usual is as much more uncertain.
    return step.usual * np.exp(np.clip(away * TAIL_INFLATION**0.5, -20, 20)), slope


def _now_drawn(rng: np.random.Generator, step: FunnelStep, found: Usuals, usual: Floats, reached: bool) -> Floats:
    """The rate behind the value that was counted, in the step's unit."""
    rows, part, row = found.rows, found.forecast, step.row
    prior = _WIDER * float(part.weight[row] @ part.session_variance[row])
    if not reached:
        return np.asarray(usual * np.exp(rng.normal(0, np.sqrt(prior), _DRAWS)))
    if rows.whole[row]:
        count, unit = float(rows.count[row]), step.usual / float(np.exp(_middle(found, row)))
        shape = 1 / prior
        return np.asarray(rng.gamma(count + shape, 1.0, _DRAWS) / (rows.exposure[row] / unit + shape / usual))
    seen = max(float(rows.exposure[row] * rows.events[row]), 0.5)
    noise = max(float(rows.cost[row]) / seen, 1e-12)
    if step.now <= 0:
        return np.asarray(usual * np.exp(rng.normal(0, np.sqrt(prior), _DRAWS)))
    trust = prior / (prior + noise)
    middle = trust * np.log(step.now) + (1 - trust) * np.log(usual)
    return np.asarray(np.exp(rng.normal(middle, np.sqrt(trust * noise))))


def _middle(found: Usuals, row: int) -> float:
    x = float(found.rows.x_now[row])
    middle = float(found.forecast.weight[row] @ (found.forecast.level[row] + found.forecast.slope[row] * x))
    return min(max(middle, -600.0), 600.0)


def _ranges(
    steps: Sequence[FunnelStep], now: Floats, usual: Floats, slopes: Floats
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """95 % ranges of the parts one by one, and the same stretched until they hold all parts of 95 % of draws."""
    if steps[0].factor == "impressions":
        power = np.maximum(1 + slopes[:, 1:].sum(axis=1), _LEAST_ELASTICITY)
        usual[:, 0] = now[:, 0] * (usual[:, 0] / now[:, 0]) ** power
    parts = split(now, usual)
    low, middle, high = np.quantile(parts, [0.025, 0.5, 0.975], axis=0)
    below, above = np.maximum(middle - low, 1e-9), np.maximum(high - middle, 1e-9)
    away = np.where(parts < middle, (middle - parts) / below, (parts - middle) / above).max(axis=1)
    stretch = max(float(np.quantile(away, 0.95)), 1.0)
    return (low, high), (middle - stretch * below, middle + stretch * above)


def _outcomes(metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """GMV by the hour, by views, by impressions."""
    return tuple(name for name, metric in metrics.items() if metric.role == "outcome" and count_of(metric) == GMV)


def _known_gmv(found: Usuals, outcomes: Sequence[str]) -> int:
    names = [name for name in outcomes if name in found.names]
    return max((int(found.known[found.names.index(name), 0]) for name in names), default=0)


def steps_of(
    gmv: float, judgements: Mapping[str, Judgement], found: Usuals, metrics: Mapping[str, Metric]
) -> list[FunnelStep] | None:
    """The finest chain of which every usual is known, and every value down to the first zero; None without one."""
    for chain in gmv_chains(metrics):
        if not _of_this_gmv(chain, gmv, judgements):
            continue
        if not all(name in judgements and 1e-12 < (judgements[name].usual or 0) < _MOST for name in chain):
            continue
        values: list[float] = []
        for name in chain:
            value = judgements[name].value
            if value is not None and value > 1 and found.rows.proportion[found.index(name)]:
                break  # more came out of this step than went in, so a count is wrong
            if values and values[-1] == 0:
                value = 0.0
            if value is None:
                break
            values.append(value)
        complete = len(values) == len(chain) and all(value == 0 or 1e-12 < value < _MOST for value in values)
        # A chain that stops at zero must not hide money that was counted.
        if complete and (gmv == 0 or all(value > 0 for value in values)):
            return [_step(name, value, found, metrics[name]) for name, value in zip(chain, values, strict=True)]
    return None


def _of_this_gmv(chain: Sequence[str], gmv: float, judgements: Mapping[str, Judgement]) -> bool:
    """Whether the factors multiply to this GMV: the orders may belong to money of another kind."""
    if "gmv_per_order" not in chain or "gmv_per_order" not in judgements:
        return True
    return judgements["gmv_per_order"].numerator in (None, gmv)


def _step(name: str, value: float, found: Usuals, metric: Metric) -> FunnelStep:
    row = found.index(name)
    times = metric.times if isinstance(metric, Ratio) else 1
    scale = float(found.rows.scale[row]) / times
    slope = float(found.forecast.weight[row] @ found.forecast.slope[row]) if found.rows.slope_sd[row] > 0 else 0.0
    return FunnelStep(name, value / times, float(np.exp(_middle(found, row))) * scale, row, slope, count_of(metric))


def _to_cents(amounts: Floats, total: int) -> list[int]:
    """Whole cents that sum to `total`: rounded down, the rest going to the largest remainders.

    The amounts sum to it but for rounding, by the identity of the split: less than a cent a part, and the last digit
    of a float.
    """
    exact = amounts * 100
    residual, size = total - float(exact.sum()), float(np.abs(exact).sum())
    assert abs(residual) <= len(amounts) + 1e-9 * size, "the parts do not sum to the gap"
    exact = exact + residual * np.abs(exact) / max(size, 1e-9)  # a part of nothing stays nothing
    down = [int(v) for v in np.floor(exact)]
    order = np.argsort(np.floor(exact) - exact, kind="stable")
    rest = total - sum(down)
    for turn in range(abs(rest)):
        down[int(order[turn % len(down)])] += 1 if rest > 0 else -1
    return down


def _cent(amount: float) -> float:
    return round(float(amount), 2) + 0.0  # no negative zero
