"""Pitch rounds: five numbers each, and which ran too long."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.diagnosis.by_minute.rounds import rounds
from playbook.knowledge.load import load
from playbook.model.session import Event, Session
from playbook.simulation.rooms import Fall, room

METRICS = load().metrics


def session(seed: int, events: list[Event], falls: tuple[Fall, ...] = (), per_minute: float = 1500) -> Session:
    trend = room(np.random.default_rng(seed), per_minute, falls, minutes=120).trend
    return Session("s", {}, duration_minutes=120, trend=trend, trend_step=1.0, events=tuple(events))


#: Four rounds of ten minutes and one of forty.
PINS = [Event("pin", 10, product="A"), Event("pin", 20, product="B"), Event("pin", 30, product="C"),
        Event("pin", 40, 80, product="D"), Event("pin", 80, 90, product="E")]  # fmt: skip


def test_the_numbers_of_a_round() -> None:
    events = [
        Event("script", 5),
        Event("pin", 10, product="A"),
        Event("script", 12),
        Event("script", 18),
        Event("unpin", 22),
    ]
    live = session(1, events)
    assert live.trend is not None
    found = rounds(live, METRICS)[0]
    rows = live.trend
    assert (found.product, found.minute, found.minutes, found.build_up, found.closes) == ("A", 10, 12, 5, 2)
    assert found.orders_after_pin == rows["sku_orders"][10:13].sum()
    assert found.clicks == rows["product_clicks"][10:22].sum()
    assert found.ctor == pytest.approx(rows["sku_orders"][10:22].sum() / rows["product_clicks"][10:22].sum())
    assert found.views_change == pytest.approx(rows["views"][5:10].sum() / rows["views"][0:5].sum() - 1)


def test_without_a_trend_only_the_log_speaks() -> None:
    live = Session("s", {}, duration_minutes=120, events=tuple(PINS))
    found = rounds(live, METRICS)
    assert [each.minutes for each in found] == [10, 10, 10, 40, 10]
    assert all(each.clicks is None and each.orders_after_pin is None and each.closes is None for each in found)
    assert found[3].too_long is None and found[0].too_long is False
    assert rounds(Session("s", {}), METRICS) == ()


def test_a_round_whose_clicks_fade_is_too_long() -> None:
    told = [rounds(session(seed, PINS, (Fall("ctr", 60, 80, 0.6),)), METRICS)[3] for seed in range(20)]
    assert np.mean([each.too_long is True for each in told]) >= 0.8
    assert all(each.later_clicks is not None and each.later_clicks < 0 for each in told if each.too_long)


def test_a_long_round_that_holds_is_not() -> None:
    told = [rounds(session(100 + seed, PINS), METRICS)[3].too_long for seed in range(60)]
    assert np.mean([each is True for each in told]) <= 0.07


def test_with_few_clicks_it_cannot_be_told() -> None:
    assert rounds(session(3, PINS, per_minute=4), METRICS)[3].too_long is None
