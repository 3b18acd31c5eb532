"""What one step at its usual would have brought: entries, clicks, orders, money.

Everything before the step stays as it was counted, everything after it goes on at this LIVE's own rates: had a rate
been `usual` in place of `now`, each count behind it would have been usual / now times as large. More impressions are
of colder people: there a count grows by (usual / now) ** elasticity, with the shop's own slopes of the rates between
on traffic. This says what a step is worth and promises nothing; its range holds the counting of this LIVE, how well
the usual is known, and the slopes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from playbook.diagnosis.baseline.usual import Usuals
from playbook.diagnosis.findings import Judgement, More, WhatIf
from playbook.model.session import Session
from playbook.stats.arrays import Floats

from .leak import FunnelStep, drawn, elasticity, steps_of

#: The counts that stand behind each step, in the order of the funnel.
_BEHIND: dict[str, tuple[str, ...]] = {
    "impressions": ("impressions", "views", "product_clicks", "sku_orders"),
    "err": ("views", "product_clicks", "sku_orders"),
    "views": ("views", "product_clicks", "sku_orders"),
    "product_impressions_per_view": ("product_clicks", "sku_orders"),
    "product_ctr": ("product_clicks", "sku_orders"),
    "ctr": ("product_clicks", "sku_orders"),
    "ctor": ("sku_orders",),
}


def what_ifs(session: Session, judgements: Mapping[str, Judgement], found: Usuals) -> tuple[WhatIf, ...]:
    """For every factor of the leak that was worse than usual, in the order of the funnel.

    Empty where GMV cannot be split. A factor of zero is left out: times nothing says nothing.
    """
    gmv = judgements["gmv_per_hour"].numerator if "gmv_per_hour" in judgements else session.counts.get("gmv")
    steps = steps_of(gmv, judgements, found) if gmv else None
    if steps is None or not gmv:
        return ()
    now, usual, slopes = drawn(steps, found)
    ratios = np.log(usual) - np.log(now)
    made = (
        _one(step, steps, session, judgements[step.factor], gmv, (ratios[:, at], slopes))
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
) -> WhatIf | None:
    now, usual = judgement.value, judgement.usual
    if not now or usual is None or usual <= now:
        return None
    behind = [
        (name, session.orders if name == "sku_orders" else session.counts.get(name))
        for name in _BEHIND.get(step.factor, ())
    ]
    counted = [(name, value) for name, value in behind if value is not None and value > 0]
    log, (ratio, slopes) = math.log(usual / now), draws
    more = []
    for name, value in [*counted, ("gmv", gmv)]:
        pulled = _pulled(step, steps, name)
        power = elasticity(sum(steps[at].slope for at in pulled)) if pulled else 1.0
        powers = np.maximum(1 + slopes[:, pulled].sum(axis=1), 0.1) if pulled else np.ones(len(ratio))
        amount = math.expm1(min(log * power, 30.0))
        low, high = np.expm1(np.minimum(np.quantile(ratio * powers, [0.025, 0.975]), 30.0))
        more.append(More(name, value * amount, value * min(float(low), amount), value * max(float(high), amount)))
    return WhatIf(step.factor, now, usual, tuple(more))


def _pulled(step: FunnelStep, steps: list[FunnelStep], count: str) -> list[int]:
    """The steps between impressions and a count, which traffic pulls; none for other steps than impressions."""
    if step.factor != "impressions" or count == "impressions":
        return []
    names = [each.factor for each in steps]
    last = {"views": ("err",), "product_clicks": ("err", "product_impressions_per_view", "product_ctr", "ctr")}
    if count in last:
        return [at for at, name in enumerate(names) if name in last[count]]
    stop = ("gmv_per_order",) if count == "sku_orders" else ()
    return [at for at, name in enumerate(names) if at > 0 and name not in stop]
