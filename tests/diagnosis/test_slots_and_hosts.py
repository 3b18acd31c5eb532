"""Hours, weekdays and hosts: what was planted is found, what is only luck is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from benchmarks.groups import called, placed
from playbook.diagnosis.over_lives.hosts import HOST_RATES, hosts
from playbook.diagnosis.over_lives.slots import slots
from playbook.knowledge.load import load

METRICS = load().metrics


def test_an_hour_that_sells_twice_as_much_is_better() -> None:
    found = slots(placed(3, False, 2.0))
    assert found.best is not None
    assert found.best.label == "20:00"
    assert found.best.low < 1.0 < found.best.high + 0.4
    assert [each.label for each in found.hours] == ["10:00", "15:00", "20:00"]
    assert [each.label for each in found.days][:2] == ["Mon", "Tue"]


def test_flat_shops_have_no_better_hour() -> None:
    assert sum(called(seed, False, 1.0)[0] for seed in range(100, 112)) <= 1


def test_lives_of_another_kind_are_left_out_and_counted() -> None:
    lives = placed(3, False)
    mixed = [replace(each, currency="IDR") if place % 4 == 0 else each for place, each in enumerate(lives[:-1])]
    found = slots([*mixed, lives[-1]])
    assert found.left_out - slots(lives).left_out in (14, 15)
    assert slots(lives[:5]).hours == ()


def test_a_start_close_to_the_hour_is_of_that_hour() -> None:
    lives = placed(3, False)
    early = [replace(each, start=each.start - timedelta(minutes=35)) for each in lives if each.start]
    assert {each.label for each in slots(early).hours} <= {"09:00", "10:00", "14:00", "15:00", "19:00", "20:00"}


def test_a_host_with_more_clicks_stands_apart_in_that_rate_alone() -> None:
    lives = [
        replace(each, counts={**each.counts, "product_clicks": round((each.counts["product_clicks"] or 0) * 1.5)})
        if each.host == "Rina"
        else each
        for each in placed(5, False)
    ]
    found = hosts(lives, METRICS, HOST_RATES)
    apart = {(each.host, each.verdict) for each in found.rates["ctr"] if each.verdict != "usual"}
    assert ("Rina", "above") in apart
    rina = next(each for each in found.rates["ctr"] if each.host == "Rina")
    assert rina.change == pytest.approx(0.5, abs=0.2)
    assert all(each.verdict == "usual" for each in found.rates["follow_rate"])


def test_a_host_with_few_lives_is_named_and_not_compared() -> None:
    lives = placed(5, False, lives=20)
    lives[0] = replace(lives[0], host="Guest")
    found = hosts(lives, METRICS, HOST_RATES)
    assert "Guest" in found.few
    assert all(each.host != "Guest" for rates in found.rates.values() for each in rates)
    assert hosts([replace(each, host="Ayu") for each in lives], METRICS, HOST_RATES).rates == {}
    assert np.isfinite([each.rate for rates in found.rates.values() for each in rates]).all()
