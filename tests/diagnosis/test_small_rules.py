"""Small rules of findings, each by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import t as student

from playbook.diagnosis.baseline.graded import graded
from playbook.diagnosis.baseline.history import start_of
from playbook.diagnosis.by_minute.minutes import Minutes
from playbook.diagnosis.by_minute.rounds import _judged
from playbook.diagnosis.findings import Leak, LeakPart, Round
from playbook.diagnosis.money.ads import ads
from playbook.diagnosis.over_lives.over_time import Point
from playbook.diagnosis.parts.channels import shares
from playbook.model.session import Session, Slice
from tests.diagnosis.shops import changed, live


def test_the_range_of_a_share_is_that_of_one_more_value() -> None:
    """Log-odds -1, 0, 1: squares 2 and four prior ones of .35; 6 degrees; (1 + 1/3) for the mean."""
    odds = np.array([-1.0, 0.0, 1.0])
    lives = [
        Session(f"s{at}", {}, start=datetime(2026, 8, 1 + at),
                channels=(Slice("inbox", {}, {"views": 1 / (1 + np.exp(-each))}),))
        for at, each in enumerate((*odds, 0.0))
    ]  # fmt: skip
    (found,) = shares(lives[-1], lives[:-1])
    reach = student.ppf(0.975, 6) * np.sqrt((2 + 4 * 0.35**2) / 6 * (1 + 1 / 3))
    assert (found.low, found.usual, found.high) == pytest.approx(
        tuple(1 / (1 + np.exp(-each)) for each in (-reach, 0, reach))
    )


def _leak(gmv: float, *parts: tuple[float, float, float]) -> Leak:
    names = ("impressions", "err", "ctr")
    return Leak(
        100.0,
        gmv,
        tuple(LeakPart(n, a, a, a, low, high) for n, (a, low, high) in zip(names, parts, strict=False)),
        False,
    )


def test_the_largest_part_of_a_leak_is_named_only_when_it_is_sure() -> None:
    fell = _leak(50.0, (-10, -20, 5), (-40, -50, -30), (0, -5, 5))
    assert fell.largest is fell.parts[1] and fell.main is fell.parts[1]
    assert _leak(50.0, (-10, -31, 5), (-40, -50, -30)).largest is None
    assert _leak(50.0, (-10, -30, 5), (-40, -50, -30)).largest is None, "touching ranges"
    rose = _leak(150.0, (10, -5, 20), (40, 30, 50))
    assert rose.largest is rose.parts[1] and rose.main is rose.parts[1]
    assert _leak(150.0, (10, -5, 30), (40, 30, 50)).largest is None
    half = _leak(20.0, (-40, -45, -36), (-35, -35.5, -34.5), (-5, -6, -4))
    assert half.largest is half.parts[0] and half.main is None, "half of the gap is not more than half"


def test_the_gap_of_a_point() -> None:
    point = Point("s", 0.12, 0.1, 0.08, 0.14, "usual")
    assert point.gap == pytest.approx(0.2)
    assert replace(point, value=None).gap is None
    assert replace(point, usual=None).gap is None
    assert replace(point, usual=0.0).gap is None
    assert replace(point, value=0.0).gap == -1


def test_lives_are_ordered_by_the_wall_clock_and_those_without_a_start_come_first() -> None:
    assert start_of(Session("a", {})) == datetime.min
    assert start_of(Session("b", {}, start=datetime(2026, 8, 1, 19, tzinfo=UTC))) == datetime(2026, 8, 1, 19)


def test_ads_by_hand() -> None:
    found = ads(changed(live(), ads_cost=240.0))
    assert found is not None and (found.cost_per_order, found.gmv_less_cost) == (240 / 48, 960 - 240)
    assert not found.claims_all
    claimed = ads(changed(live(), ads_gmv=0.95 * 960))
    assert claimed is not None and claimed.claims_all and claimed.cost is None
    assert claimed.cost_per_order is None and claimed.gmv_less_cost is None
    less = ads(changed(live(), ads_gmv=0.94 * 960))
    assert less is not None and not less.claims_all
    assert ads(live()) is None and ads(changed(live(), ads_cost=0.0, ads_gmv=0.0)) is None
    unsold = ads(changed(live(), ads_cost=5.0, sku_orders=0.0, gmv=None))
    assert unsold is not None and unsold.cost_per_order is None and unsold.gmv_less_cost is None


def _usuals(*away: float, factor: float = 1.0, known: bool = True) -> SimpleNamespace:
    """A row of usuals of 1 whose values lie `away` from it, the judged LIVE first."""
    return SimpleNamespace(
        log_bayes_factor=np.array([[factor]]), usual=np.ones((1, len(away))), value=1 + np.array([away]),
        verdict=np.full((1, len(away)), 1 if known else 2),
    )  # fmt: skip


def _of(found: SimpleNamespace, series: list[float], low_is_good: bool = False) -> tuple[str, ...]:
    return graded(found, 0, np.array(series), low_is_good)  # type: ignore[arg-type]


def test_a_value_short_of_a_verdict_is_the_lowest_of_so_many() -> None:
    one = _usuals(-0.1)
    assert _of(one, [2, 3, 4, 5, np.nan, 6, 1]) == ("lowest of the last six LIVEs",)
    assert _of(one, [2, 3, 4, 5, 1]) == (), "five are too few"
    assert _of(one, [1, 3, 4, 5, 6, 1]) == (), "as low as another"
    assert _of(one, [0, *range(2, 11), 1]) == ("lowest of the last ten LIVEs",)
    assert _of(_usuals(0.1), [2, 3, 4, 5, 6, 7], low_is_good=True) == ("highest of the last six LIVEs",)
    assert _of(_usuals(-0.1, factor=0.6), [2, 3, 4, 5, 6, 1]) == (), "it does not speak for a fall"


def test_below_the_middle_so_many_times_running() -> None:
    assert _of(_usuals(-0.1, -0.1, -0.1, 0.1, -0.1), [1, 1]) == ("below the middle three times running",)
    assert _of(_usuals(-0.1, -0.1, -0.1, -0.1), [1, 1]) == ("below the middle four times running",)
    assert _of(_usuals(-0.1, -0.1, 0.1), [1, 1]) == ()
    assert _of(_usuals(-0.1, -0.1, 0.0), [1, 1]) == (), "at the middle is not below it"
    assert _of(_usuals(0.1, 0.1, 0.0), [1, 1], low_is_good=True) == ()
    assert _of(_usuals(0.1, 0.1, 0.1), [1, 1], low_is_good=True) == ("above the middle three times running",)
    assert _of(_usuals(-0.1, -0.1, -0.1, known=False), [1, 1]) == ()


def _round(minutes: float, second: float, usual: float = 8.0, spread: float | None = 0.0) -> Round:
    """A round from minute 10 on with 20 clicks of 100 views a minute in its first half and `second` in the other."""
    clicks = np.where(np.arange(60) < 10 + minutes / 2, 20.0, second)
    grid = Minutes(0.0, 1.0, np.ones(60), {"product_clicks": clicks, "views": np.full(60, 100.0)})
    return _judged(Round("lamp", 10.0, minutes), usual, grid, spread)


def test_a_round_is_too_long_when_it_is_long_and_its_clicks_fell() -> None:
    found = _round(20, 10.0)
    assert found.too_long and found.later_clicks == pytest.approx(-0.5)
    steady = _round(20, 20.0)
    assert steady.too_long is False and steady.later_clicks == pytest.approx(0.0)
    # 200 against 170 clicks: a fall of ln .85 = -.163 with an error of sqrt(1/200 + 1/170) = .104.
    assert _round(20, 17.0).too_long is False
    # 200 against 150: -.288 with .108, 2.66 errors; with a wobble of .02 as well it is 1.6.
    assert _round(20, 15.0).too_long is True and _round(20, 15.0, spread=0.02).too_long is False


def test_a_round_that_is_not_long_is_not_too_long() -> None:
    assert _round(12, 10.0).too_long is True, "1.5 times the median of 8"
    short = _round(12, 10.0, usual=8.1)
    assert short.too_long is False and short.later_clicks is None
    assert _round(10, 10.0, usual=2.0).too_long is False, "under twelve minutes"
    assert _round(20, 0.9).too_long is None, "nine clicks say nothing"
    assert _round(20, 10.0, spread=None).too_long is None
