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
from playbook.diagnosis.findings import Judgement, Leak, LeakPart
from playbook.model.session import Session
from playbook.stats.kalman import Floats
from playbook.stats.prediction import noise_of

#: Factors whose product is GMV, the finest first. GPMs count per thousand.
CHAINS = (
    ("impressions", "err", "product_impressions_per_view", "product_ctr", "ctor", "gmv_per_order"),
    ("impressions", "err", "ctr", "ctor", "gmv_per_order"),
    ("views", "ctr", "ctor", "gmv_per_order"),
    ("impressions", "err", "watch_gpm"),
    ("impressions", "show_gpm"),
    ("views", "watch_gpm"),
)
_OF_GMV = ("gmv_per_hour", "watch_gpm", "show_gpm")
_PER_THOUSAND = frozenset({"show_gpm", "watch_gpm"})
_DRAWS, _SEED = 400, 20
_MOST = 1e13


@dataclass(frozen=True)
class Step:
    """One factor: its value now and usually (GPMs for one, not for a thousand), with the sd of the log of each."""

    factor: str
    now: float
    usual: float
    now_sd: float
    usual_sd: float


def leak(session: Session, judgements: Mapping[str, Judgement], found: Usuals) -> tuple[Leak | None, str | None]:
    """The split of GMV, or None and a sentence that says what is missing.

    The usual GMV is the product of the factors' usuals for a LIVE of this length, ERR at the usual traffic.
    Ranges come from drawing the counts of this LIVE and the usuals anew 400 times (seeded).
    """
    gmv = judgements["gmv_per_hour"].numerator if "gmv_per_hour" in judgements else session.counts.get("gmv")
    if gmv is None:
        return None, "GMV is not split over the funnel: this export has no GMV."
    if not gmv <= _MOST:
        return None, "GMV is not split over the funnel: it is too large to be one."
    known = _known_gmv(found)
    if known < NEEDED:
        return (
            None,
            f"GMV is not split over the funnel: it needs {NEEDED} earlier LIVEs with a known GMV and a known length, "
            f"views or impressions, {known} so far.",
        )
    nothing = "GMV is not split over the funnel: the earlier LIVEs sold next to nothing."
    steps = steps_of(gmv, judgements, found)
    if steps is None:
        if any(name in judgements and judgements[name].usual == 0 for name in _OF_GMV):
            return None, nothing
        return None, "GMV is not split over the funnel: the counts between impressions and orders are not known."
    usual = float(np.prod([step.usual for step in steps]))
    if not 0.005 <= usual <= _MOST:
        return None, nothing
    amounts, note = _amounts(np.array([[s.now for s in steps]]), np.array([[s.usual for s in steps]]), steps)
    low, high = _resampled(steps)
    cents = _to_cents(amounts[0], round(gmv * 100) - round(usual * 100))
    parts = tuple(
        LeakPart(step.factor, cent / 100, _cent(min(a, cent / 100)), _cent(max(b, cent / 100)))
        for step, cent, a, b in zip(steps, cents, low, high, strict=True)
    )
    verdict = judgements["gmv_per_hour"].verdict if "gmv_per_hour" in judgements else "unknown"
    return Leak(_cent(usual), _cent(gmv), parts, verdict in ("usual", "unknown"), note), None


def split(now: Floats, usual: Floats) -> Floats:
    """LMDI parts, shape (cases, factors), of positive factors: rows sum to the difference of the products."""
    g1, g0 = now.prod(axis=1), usual.prod(axis=1)
    ratio = np.log(now) - np.log(usual)
    total = ratio.sum(axis=1)
    small = np.abs(total) < 1e-9
    mean = np.where(small, (g1 + g0) / 2, (g1 - g0) / np.where(small, 1.0, total))
    return np.asarray(mean[:, None] * ratio)


def _amounts(now: Floats, usual: Floats, steps: list[Step]) -> tuple[Floats, str | None]:
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
    spoken = steps[zero].factor.replace("_", " ")
    return parts, f"Nothing came through at one step ({spoken}), so all that was still to come is counted there."


def _resampled(steps: list[Step]) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(_SEED)
    shape = (_DRAWS, len(steps))
    usual, now = np.array([s.usual for s in steps]), np.array([s.now for s in steps])
    drawn_usual = usual * np.exp(rng.standard_normal(shape) * [s.usual_sd for s in steps])
    drawn_now = now * np.exp(rng.standard_normal(shape) * [s.now_sd for s in steps])
    parts, _ = _amounts(drawn_now, drawn_usual, steps)
    low, high = np.quantile(parts, [0.025, 0.975], axis=0)
    return low, high


def _known_gmv(found: Usuals) -> int:
    names = [name for name in _OF_GMV if name in found.names]
    return max((int(found.known[found.names.index(name), 0]) for name in names), default=0)


def steps_of(gmv: float, judgements: Mapping[str, Judgement], found: Usuals) -> list[Step] | None:
    """The finest chain of which every usual is known, and every value down to the first zero; None without one."""
    for chain in CHAINS:
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
        # A chain that stops at nought must not hide money that was counted.
        if complete and (gmv == 0 or all(value > 0 for value in values)):
            return [_step(name, value, found) for name, value in zip(chain, values, strict=True)]
    return None


def _of_this_gmv(chain: Sequence[str], gmv: float, judgements: Mapping[str, Judgement]) -> bool:
    """Whether the factors multiply to this GMV: the orders may belong to money of another kind."""
    if "gmv_per_order" not in chain or "gmv_per_order" not in judgements:
        return True
    return judgements["gmv_per_order"].numerator in (None, gmv)


def _step(name: str, value: float, found: Usuals) -> Step:
    row = found.index(name)
    forecast, rows = found.forecast, found.rows
    x = _usual_traffic(found) if name == "err" else 0.0
    weight, mean = forecast.weight[row], forecast.level[row] + forecast.slope[row] * x
    var = forecast.level_var[row] + 2 * x * forecast.cross[row] + x**2 * forecast.slope_var[row]
    middle = float(weight @ mean)
    usual_sd = float(np.sqrt(max(weight @ (var + (mean - middle) ** 2), 0.0)))
    scale = float(rows.scale[row]) / (1000 if name in _PER_THOUSAND else 1)
    one = slice(row, row + 1)
    seen = np.where(rows.whole[one], rows.count[one], rows.exposure[one] * rows.events[one])
    rate = np.exp(np.clip(rows.y_now[one], -600, 600))
    noise = noise_of(rate, seen, rows.cost[one], rows.proportion[one])
    now = value / 1000 if name in _PER_THOUSAND else value
    return Step(name, now, float(np.exp(np.clip(middle, -600, 600))) * scale, float(np.sqrt(noise[0])), usual_sd)


def _usual_traffic(found: Usuals) -> float:
    """Usual log impressions per hour, on the scale on which ERR's traffic is measured; 0 where not known."""
    if "impressions_per_hour" not in found.names:
        return 0.0
    row, err = found.index("impressions_per_hour"), found.index("err")
    if found.rows.known_values[row] < NEEDED or not np.isfinite(found.rows.value[row]):
        return 0.0
    usual = float(found.forecast.middle(found.rows.x_now)[row])
    return float(np.clip(found.rows.x_now[err] + usual - found.rows.y_now[row], -2.5, 2.5))


def _to_cents(amounts: Floats, total: int) -> list[int]:
    """Whole cents that sum to `total`: rounded down, the rest going to the largest remainders."""
    exact = amounts * 100
    exact = exact + (total - exact.sum()) * (np.abs(exact) / max(float(np.abs(exact).sum()), 1e-9))
    down = [int(v) for v in np.floor(exact)]
    order = np.argsort(np.floor(exact) - exact, kind="stable")
    rest = total - sum(down)
    for turn in range(abs(rest)):
        down[int(order[turn % len(down)])] += 1 if rest > 0 else -1
    return down


def _cent(amount: float) -> float:
    return round(float(amount), 2) + 0.0  # no negative zero
