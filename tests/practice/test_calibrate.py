"""A scenario takes the shop's own rates, and its own where the shop has none."""

from __future__ import annotations

import math
from datetime import datetime

import pytest

from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.practice.calibrate import calibrated
from playbook.practice.policies import do_nothing, play

PRACTICE = load().practice["weekday_evening"]


def shop(number: int, currency: str = "IDR") -> list[Session]:
    counts = {"impressions": 60_000.0, "views": 3_000.0, "product_clicks": 600.0, "sku_orders": 30.0,
              "gmv": 6_000_000.0, "avg_viewing_seconds": 45.0}  # fmt: skip
    return [
        Session(str(at), counts, start=datetime(2026, 1, 1 + at), duration_minutes=120.0, currency=currency)
        for at in range(number)
    ]


def test_rates_and_money_of_the_shop() -> None:
    mine = calibrated(PRACTICE, shop(3))
    assert mine.rates.err == pytest.approx(0.05) and mine.rates.ctr == pytest.approx(0.2)
    assert mine.rates.viewing_seconds == 45
    orders = [math.prod((each.impressions_per_minute, each.err, each.ctr, each.ctor)) for each in
              (mine.rates, PRACTICE.rates)]  # fmt: skip
    assert orders[0] == pytest.approx(orders[1]), "full enough that ten minutes say something"
    assert mine.rates.comment_rate == PRACTICE.rates.comment_rate
    assert mine.currency == "IDR"
    assert sum(each.price for each in mine.products) / len(mine.products) == pytest.approx(200_000)
    assert play(mine, 1, do_nothing, {}).ended == "over"


def test_too_few_lives_change_nothing() -> None:
    assert calibrated(PRACTICE, shop(2)) is PRACTICE
    assert calibrated(PRACTICE, [*shop(2), *shop(1, "USD")]) is PRACTICE
    assert calibrated(PRACTICE, []) is PRACTICE
