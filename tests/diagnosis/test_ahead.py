"""What a LIVE to come may bring: by host and hour, with a range, and unknown where there is too little."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from playbook.diagnosis.baseline.ahead import LiveAhead, ahead, usual_next
from playbook.report.words.ahead import chance_line, outlook_line, short_line, so_far_line, which
from playbook.simulation.worlds import ShopCourse, real_shop
from playbook.store.records import Target

from .shops import METRICS, live, wobbly

NEXT = LiveAhead(datetime(2026, 9, 1, 19, 0), 2.0)


def with_hosts(number: int) -> list:
    """Dana brings twice what Bo brings."""
    made = []
    for at, each in enumerate(wobbly(number, 0.05, seed=3)):
        factor = 2.0 if at % 3 == 0 else 1.0
        counts = {name: each.counts[name] * factor for name in ("gmv", "sku_orders")}
        made.append(replace(each, counts={**each.counts, **counts}, host="Dana" if factor == 2.0 else "Bo"))
    return made


def test_under_three_lives_it_cannot_be_told() -> None:
    found = ahead(NEXT, [live(0), live(1)], METRICS)["gmv"]
    assert found.usual is None and found.lives == 2 and found.chance_of(900) is None
    assert outlook_line(found, METRICS["gmv"], "USD").startswith("GMV: cannot tell. It needs 3 earlier LIVEs")
    assert ahead(NEXT, [], METRICS)["orders"].usual is None
    assert usual_next([], datetime(2026, 9, 1)) is None


def test_a_calm_shop_brings_what_it_brought_by_the_hour() -> None:
    history = wobbly(30, 0.05)
    found, twice = (ahead(each, history, METRICS) for each in (NEXT, replace(NEXT, hours=4.0)))
    assert found["gmv"].usual == pytest.approx(960, rel=0.1) and found["orders"].usual == pytest.approx(48, rel=0.15)
    assert found["gmv"].low < 960 < found["gmv"].high < 1_700
    assert twice["gmv"].usual == pytest.approx(2 * found["gmv"].usual, rel=0.1)
    assert twice["gmv"].high - twice["gmv"].low > found["gmv"].high - found["gmv"].low


def test_who_hosts_says_what_to_expect() -> None:
    history = with_hosts(30)
    dana, bo, nobody = (ahead(replace(NEXT, host=each), history, METRICS)["gmv"] for each in ("Dana", "Bo", None))
    assert dana.usual / bo.usual == pytest.approx(2.0, rel=0.15)
    assert bo.usual < nobody.usual < dana.usual
    assert np.log(nobody.high / nobody.low) > 1.3 * np.log(dana.high / dana.low)


def test_the_hour_says_what_to_expect() -> None:
    history = [
        replace(each, start=each.start.replace(hour=9), counts={**each.counts, "gmv": each.counts["gmv"] / 2})
        if at % 2 else each
        for at, each in enumerate(wobbly(30, 0.05, seed=4))
    ]  # fmt: skip
    early, late = (
        ahead(replace(NEXT, start=NEXT.start.replace(hour=hour)), history, METRICS)["gmv"] for hour in (9, 19)
    )
    assert late.usual / early.usual == pytest.approx(2.0, rel=0.2)


def test_one_odd_live_moves_little() -> None:
    history = wobbly(20, 0.05, seed=6)
    odd = [*history[:10], replace(history[10], counts={**history[10].counts, "gmv": 9_000.0}), *history[11:]]
    plain, with_it = (ahead(NEXT, each, METRICS)["gmv"] for each in (history, odd))
    assert with_it.usual == pytest.approx(plain.usual, rel=0.06)
    assert np.log(with_it.high / with_it.low) < 1.6 * np.log(plain.high / plain.low)


def test_ads_stand_apart() -> None:
    history = [replace(each, counts={**each.counts, "ads_cost": 0.0}) for each in wobbly(12, 0.05)]
    assert ahead(replace(NEXT, ads=True), history, METRICS)["gmv"].reason == (
        "Too few LIVEs with ads to tell: it needs 3."
    )
    assert ahead(NEXT, history, METRICS)["gmv"].usual is not None


def test_ranges_hold_real_like_lives() -> None:
    """A small part of `benchmarks/judgement/planning.py`."""
    held = []
    for index in range(40):
        rng = np.random.default_rng([5, index])
        *history, session = real_shop(rng).lives(rng, ShopCourse(25))
        found = ahead(LiveAhead(session.start, session.hours), history, METRICS)["gmv"]
        held.append(found.low <= session.counts["gmv"] <= found.high)
    assert 34 <= sum(held) <= 40


def test_chances_are_told_in_tenths() -> None:
    found = ahead(NEXT, wobbly(30, 0.2), METRICS)["gmv"]
    assert found.chance_of(found.usual) == pytest.approx(0.5, abs=0.05)
    assert found.chance_of(found.high) < 0.05 < 0.95 < found.chance_of(found.low)
    said = [chance_line(found, each, METRICS["gmv"], "USD") for each in (found.low / 2, found.usual, 3 * found.high)]
    assert "nearly all" in said[0] and "about 5 in 10" in said[1] and "hardly any" in said[2]


def test_in_words() -> None:
    history = wobbly(30, 0.05)
    found = ahead(replace(NEXT, host="Dana"), history, METRICS)
    assert which(replace(NEXT, host="Dana")) == "Tue, Sep 1, 19:00, 2 hours, with Dana"
    assert outlook_line(found["gmv"], METRICS["gmv"], "USD").startswith("GMV: about $9")
    assert "95 of 100 such LIVEs bring $" in outlook_line(found["gmv"], METRICS["gmv"], "USD")
    assert short_line(NEXT, found, METRICS, "USD").startswith("Tue, Sep 1, 19:00, 2 hours: GMV $")
    wanted = Target("gmv", 2_000.0, 2.0, datetime(2026, 9, 1))
    on_air = live(0, 60.0, gmv=500.0)
    assert so_far_line(on_air, wanted, METRICS["gmv"]) == "Target $2,000: $500 so far (25%), after 1:00 of 2:00."
    assert "reached" in so_far_line(live(0, 60.0, gmv=2_500.0), wanted, METRICS["gmv"])
    assert so_far_line(live(0, 60.0, gmv=None), wanted, METRICS["gmv"]) == ""


def test_the_next_live_is_as_the_latest_are() -> None:
    found = usual_next(wobbly(8, 0.1), datetime(2026, 6, 1, 12, 0))
    assert found == LiveAhead(datetime(2026, 6, 1, 19, 0), 2.0, None)
    late = usual_next(wobbly(8, 0.1), datetime(2026, 6, 1, 19, 30))
    assert late is not None and late.start == datetime(2026, 6, 2, 19, 0)
    night = [
        replace(each, start=each.start.replace(hour=hour))
        for each, hour in zip(wobbly(4, 0.1), (23, 23, 0, 0), strict=True)
    ]
    assert usual_next(night, datetime(2026, 6, 1, 12)).start.hour in (23, 0)
    assert usual_next(wobbly(8, 0.1), datetime(2026, 6, 1, 12, 0) + timedelta(days=400)) is not None
