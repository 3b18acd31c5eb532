"""What one step at its usual would have brought: entries, clicks, orders, money.

Everything before the step stays as it was counted, everything after it goes on at this LIVE's own rates: had a rate
been `usual` in place of `now`, each count behind it would have been usual / now times as large. More impressions are
of colder people: there a count grows by (usual / now) ** elasticity, with the shop's own slopes of the rates between
on traffic. This says what a step is worth and promises nothing; its range holds the counting of this LIVE, how well
the usual is known, and the slopes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from playbook.diagnosis.baseline.usual import Usuals
from playbook.diagnosis.findings import Judgement, More, WhatIf
from playbook.knowledge.metrics import Metric
from playbook.metrics.chains import GMV, FunnelCount, funnel
from playbook.model.session import Session
from playbook.stats.arrays import Floats

from .leak import FunnelStep, drawn, elasticity, steps_of


def what_ifs(
    session: Session, judgements: Mapping[str, Judgement], found: Usuals, metrics: Mapping[str, Metric]
) -> tuple[WhatIf, ...]:
    """For every factor of the leak that was worse than usual, in the order of the funnel.

    Empty where GMV cannot be split. A factor of zero is left out: times nothing says nothing.
    """
    gmv = judgements["gmv_per_hour"].numerator if "gmv_per_hour" in judgements else session.counts.get("gmv")
    steps = steps_of(gmv, judgements, found, metrics) if gmv else None
    if steps is None or not gmv:
        return ()
    now, usual, slopes = drawn(steps, found)
    ratios = np.log(usual) - np.log(now)
    counts = funnel(metrics)
    made = (
        _one(step, steps, session, judgements[step.factor], gmv, (ratios[:, at], slopes), counts)
        for at, step in enumerate(steps)
    )
    return tuple(each for each in made if each is not None)


def _one(
    step: FunnelStep,
    steps: list[FunnelStep],
    session: Session,
    judgement: Judgement,
    gmv: float,
    draws: tuple[Floats, Floats],
    counts: Sequence[FunnelCount],
) -> WhatIf | None:
    now, usual = judgement.value, judgement.usual
    if not now or usual is None or usual <= now:
        return None
    behind = [
        (name, session.orders if name == "sku_orders" else session.counts.get(name)) for name in _behind(step, counts)
    ]
    counted = [(name, value) for name, value in behind if value is not None and value > 0]
    log, (ratio, slopes) = math.log(usual / now), draws
    more = []
    for name, value in [*counted, ("gmv", gmv)]:
        pulled = _pulled(step, steps, name, counts)
        power = elasticity(sum(steps[at].slope for at in pulled)) if pulled else 1.0
        powers = np.maximum(1 + slopes[:, pulled].sum(axis=1), 0.1) if pulled else np.ones(len(ratio))
        amount = math.expm1(min(log * power, 30.0))
        low, high = np.expm1(np.minimum(np.quantile(ratio * powers, [0.025, 0.975]), 30.0))
        more.append(More(name, value * amount, value * min(float(low), amount), value * max(float(high), amount)))
    return WhatIf(step.factor, now, usual, tuple(more))


def _behind(step: FunnelStep, counts: Sequence[FunnelCount]) -> list[str]:
    """The counts from a step on, in the order of the funnel; those that only its finer links count are not shown."""
    names = [each.count for each in counts]
    if step.count not in names:
        return []
    return [each.count for each in counts[names.index(step.count) :] if not each.fine]


def _pulled(step: FunnelStep, steps: list[FunnelStep], count: str, counts: Sequence[FunnelCount]) -> list[int]:
    """The steps between impressions and a count, which traffic pulls; none for other steps than impressions."""
    if step.factor != "impressions" or count == "impressions":
        return []
    order = [*(each.count for each in counts), GMV]
    return [at for at, each in enumerate(steps) if at > 0 and order.index(each.count) <= order.index(count)]
