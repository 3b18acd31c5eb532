"""The last five LIVEs together against those before them: a slow fall that no single LIVE shows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playbook.diagnosis.baseline.usual import Usuals
from playbook.diagnosis.findings import Slide
from playbook.knowledge.metrics import Metric

from .logs import logs

_RECENT, _EARLIER, _EARLIER_NEEDED = 5, 20, 5
_ROLES = ("factor", "outcome")
#: 95 % of a t distribution with some twenty degrees of freedom: the spread is itself estimated.
_TIMES = 2.1
#: A dozen metrics are looked at, so a slide is reported only beyond this many sd.
_TOLD = 2.1


def slides(found: Usuals, metrics: Mapping[str, Metric]) -> tuple[Slide, ...]:
    """Factors, outcomes and volumes that sellers steer by whose last five LIVEs are worse beyond doubt, worst first.

    Two weighted means of log values (five LIVEs, this one in, against up to twenty before) are compared. The
    variance of their difference has counting noise, session variance and the shop's slow wandering in it, so that
    ordinary ups and downs rarely count as a slide. Rates are compared at equal traffic.
    """
    names = [n for n, m in metrics.items() if m.role in _ROLES or m.steered_by]
    slid = [slide for name in names if (slide := _slide(found, name, metrics[name].good == "low"))]
    return tuple(sorted(slid, key=lambda s: -abs(np.log1p(s.change))))


def _slide(found: Usuals, name: str, low_is_good: bool) -> Slide | None:
    row = found.index(name)
    y, noise, x = logs(found, row)
    y = y - float(found.forecast.weight[row] @ found.forecast.slope[row]) * x  # at equal traffic
    if len(y) < _RECENT + _EARLIER_NEEDED or found.verdict[found.names.index(name), 0] == 2:
        return None
    y, noise = y[-_RECENT - _EARLIER :], noise[-_RECENT - _EARLIER :]
    # The spread as the earlier LIVEs alone show it: a slide must not widen what it is measured by.
    part, then = found.forecast, row + _RECENT - 1
    weight = part.weight[then]
    session_variance = float(weight @ part.session_variance[then])
    wander_variance, phi = float(weight @ part.wander_variance[then]), float(weight @ part.phi)
    steps = np.abs(np.subtract.outer(np.arange(len(y)), np.arange(len(y))))
    cov = wander_variance * phi**steps + np.diag(session_variance + noise)
    trust = 1 / (session_variance + noise)
    new = np.arange(len(y)) >= len(y) - _RECENT
    contrast = np.where(new, trust / trust[new].sum(), -trust / trust[~new].sum())
    change, sd = float(contrast @ y), float(np.sqrt(contrast @ cov @ contrast))
    ends = change - _TIMES * sd, change + _TIMES * sd
    if (change if low_is_good else -change) <= _TOLD * sd:
        return None
    earlier = float(np.exp(-(contrast[~new] @ y[~new])) * found.rows.scale[row])
    fall, low, high = (float(np.expm1(v)) for v in (change, *ends))
    return Slide(name, earlier * (1 + fall), earlier, fall, low, high, len(y))
