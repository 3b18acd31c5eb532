"""A review with everything in it that a report can show, its texts hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd

from playbook.knowledge.load import load
from playbook.model.session import Event, Source
from playbook.pipeline import Review, review
from playbook.plans.outcomes import PlanOutcome, judge_plan
from playbook.plans.plan import Plan, opened, plan_for
from tests.diagnosis.shops import STEADY, live, wobbly

KNOWLEDGE = load()
NOW = datetime(2026, 6, 1, 12, 0)
HOSTILE = """=HYPERLINK("http://bad.example","x")<script>alert(1)</script>"'&{{ 7*7 }}"""
HALVED = {name: STEADY[name] / 2 for name in ("views", "product_impressions", "product_clicks", "sku_orders", "gmv")}


def reviewed(hostile: bool = True) -> Review:
    """A LIVE in which half as many came in as usual, with a trend and events."""
    words = HOSTILE if hostile else "Evening LIVE"
    minutes = pd.DataFrame({"minute": range(0, 120, 5), "impressions": [1700.0] * 24, "views": [110.0] * 24})
    minutes.loc[3, "views"] = None
    session = replace(
        live(20, **HALVED),
        title=words,
        host=words,
        trend=minutes,
        trend_step=5.0,
        events=(Event("pin", 10.0, product=words), Event("giveaway", 11.0, detail=words), Event("other", 119.0)),
        source=Source(words, "test"),
        notes=(words,),
    )
    return review(session, wobbly(20, 0.05), KNOWLEDGE)


def planned(found: Review, hostile: bool = True) -> Plan:
    plan = plan_for(found.recommendations[0].strategy, [*wobbly(20, 0.05), found.session], KNOWLEDGE.metrics, NOW)
    words = HOSTILE if hostile else plan.title
    return opened(replace(plan, title=words, steps=(words,), trigger=words, words=(("en", words),)), [])


def judged(plan: Plan) -> PlanOutcome:
    since = [replace(each, id=f"later {index}") for index, each in enumerate(live(30 + day) for day in range(3))]
    answers = {each.id: True for each in since}
    return judge_plan(plan, since, [*wobbly(20, 0.05)], answers, KNOWLEDGE.metrics)
