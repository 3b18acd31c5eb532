"""What one step at its usual would have brought: entries, clicks, orders, money.

Everything before the step stays as it was counted, everything after it goes on at this LIVE's own rates: had a rate
been `usual` in place of `now`, each count behind it would have been usual / now times as large. This is arithmetic on
the funnel, not a promise: it says what a step is worth, and its range holds the counting of this LIVE and how well the
usual is known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from playbook.diagnosis.baseline.usual import Usuals
from playbook.diagnosis.findings import Judgement, More, WhatIf
from playbook.model.session import Session

from .leak import Step, steps_of

_WIDTH = 1.959964

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

    Empty where GMV cannot be split. A factor of nought is left out: times nothing says nothing.
    """
    gmv = judgements["gmv_per_hour"].numerator if "gmv_per_hour" in judgements else session.counts.get("gmv")
    steps = steps_of(gmv, judgements, found) if gmv else None
    if steps is None or not gmv:
        return ()
    made = (_one(step, session, judgements[step.factor], gmv) for step in steps)
    return tuple(each for each in made if each is not None)


def _one(step: Step, session: Session, judgement: Judgement, gmv: float) -> WhatIf | None:
    now, usual = judgement.value, judgement.usual
    if not now or usual is None or usual <= now:
        return None
    log = math.log(usual / now)
    away = _WIDTH * math.hypot(step.now_sd, step.usual_sd)
    ratios = [math.expm1(min(each, 30.0)) for each in (log, log - away, log + away)]
    behind = [
        (name, session.orders if name == "sku_orders" else session.counts.get(name))
        for name in _BEHIND.get(step.factor, ())
    ]
    counted = [(name, value) for name, value in behind if value is not None and value > 0]
    more = tuple(More(name, *(value * ratio for ratio in ratios)) for name, value in [*counted, ("gmv", gmv)])
    return WhatIf(step.factor, now, usual, more)
