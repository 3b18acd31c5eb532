"""What multiplies to GMV is read out of the formulas, and a metric of one's own is YAML alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import yaml

from playbook.diagnosis.diagnose import diagnose
from playbook.knowledge.load import CONTENT, load
from playbook.knowledge.metrics import Metric, Metrics
from playbook.metrics.chains import count_of, counts_of, funnel, gmv_chains
from playbook.metrics.formula import formulas
from playbook.model.session import Session
from playbook.pipeline import review
from playbook.report.charts.svg import funnel as drawn
from tests.diagnosis.shops import live, wobbly

METRICS = load().metrics


def test_every_chain_multiplies_to_gmv() -> None:
    assert gmv_chains(METRICS) == (
        ("impressions", "err", "product_impressions_per_view", "product_ctr", "ctor", "gmv_per_order"),
        ("impressions", "err", "ctr", "ctor", "gmv_per_order"),
        ("views", "product_impressions_per_view", "product_ctr", "ctor", "gmv_per_order"),
        ("views", "ctr", "ctor", "gmv_per_order"),
        ("impressions", "err", "watch_gpm"),
        ("impressions", "show_gpm"),
        ("views", "watch_gpm"),
    )
    counts = live(0).counts
    for chain in gmv_chains(METRICS):
        of = [formulas(METRICS)[name] for name in chain]
        values = [counts[each.numerator] / (counts[each.denominator] if each.denominator else 1) for each in of]
        assert np.prod(values) == pytest.approx(counts["gmv"])
    assert counts_of(("views", "watch_gpm"), METRICS) == ("views", "gmv")


def test_the_funnel_has_a_rate_for_each_count() -> None:
    assert [(each.count, each.rate, each.verb, each.fine) for each in funnel(METRICS)] == [
        ("impressions", None, "", False), ("views", "err", "entered", False),
        ("product_impressions", "product_impressions_per_view", "seen a view", True),
        ("product_clicks", "ctr", "clicked", False), ("sku_orders", "ctor", "ordered", False),
    ]  # fmt: skip
    assert funnel({name: metric for name, metric in METRICS.items() if name == "err"}) == ()


def with_toys() -> dict[str, Metric]:
    """metrics.yaml with three metrics more: two as steps of the funnel, one beside it."""
    text = yaml.safe_load((CONTENT / "metrics.yaml").read_text(encoding="utf-8"))
    toys = {
        "buyer_rate": {"numerator": "customers", "denominator": "product_clicks", "role": "factor", "verb": "bought"},
        "orders_per_buyer": {"numerator": "sku_orders", "denominator": "customers", "role": "part"},
        "item_rate": {"numerator": "items_sold", "denominator": "views", "role": "factor",
                      "by_minute": {"proportion": False, "warm_up": 10}},
    }  # fmt: skip
    for name, toy in toys.items():
        text["metrics"][name] = {
            "label": name, "short": name, "type": "ratio", "dimension": "convert", "needs_at_least": 20,
            "shown_as": "percent", "step": "toying", "less": "Less", "more": "More", "plain": "A toy.",
            "why": "To see.", "prior_spread": 0.2, **toy,
        }  # fmt: skip
    return Metrics.model_validate(text).metrics


def test_a_metric_more_is_yaml_alone() -> None:
    """It is judged, ranked, followed by minute, split over the funnel and drawn without a line of Python."""

    def counted(session: Session, customers: float, items: float) -> Session:
        return replace(session, counts=dict(session.counts) | {"customers": customers, "items_sold": items})

    metrics = with_toys()
    history = [counted(each, 400.0 + at, 900.0 - at) for at, each in enumerate(wobbly(9, 0.02))]
    trend = {"minute": np.arange(120.0), "views": 100.0, "items_sold": [30.0] * 60 + [6.0] * 20 + [30.0] * 40}
    session = replace(counted(live(9), 200.0, 400.0), trend_step=1.0, trend=pd.DataFrame(trend))
    found = diagnose(session, history, metrics)
    assert found.judgements["item_rate"].verdict == "below" and found.judgements["buyer_rate"].verdict == "below"
    assert {"item_rate", "buyer_rate"} <= {each.metric for each in found.worst}
    assert [each.metric for each in found.dips] == ["item_rate"]
    assert gmv_chains(metrics)[0][-4:] == ("product_ctr", "buyer_rate", "orders_per_buyer", "gmv_per_order")
    assert found.leak is not None and "buyer_rate" in [each.factor for each in found.leak.parts]
    knowledge = replace(load(), metrics=metrics)
    assert "bought" in drawn(review(session, history=history, knowledge=knowledge))


def test_the_count_of_a_metric_is_what_stands_above_the_line() -> None:
    found = {name: count_of(METRICS[name]) for name in ("impressions", "err", "ctor", "gmv_per_order")}
    assert found == {"impressions": "impressions", "err": "views", "ctor": "sku_orders", "gmv_per_order": "gmv"}
