"""Rules over several LIVEs and inside one, each worked by hand at its edge."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import t as student

from playbook.diagnosis.by_minute import readings
from playbook.diagnosis.by_minute.minutes import _width
from playbook.diagnosis.by_minute.takings import _one_order
from playbook.diagnosis.findings import Benchmark
from playbook.diagnosis.over_lives import chronic
from playbook.diagnosis.over_lives.logs import logs
from playbook.diagnosis.over_lives.slots import hour_blocks
from playbook.diagnosis.over_lives.story import _related, _weak
from playbook.diagnosis.parts.products import _pinned
from playbook.model.session import Event, Product
from tests.diagnosis.shops import METRICS, live
from tests.diagnosis.test_small_rules import _leak


def test_a_leak_of_nothing_has_no_main_part_and_every_other_part_must_be_surely_smaller() -> None:
    even = _leak(100.0, (-10, -12, -8), (10, 5, 20))
    assert even.largest is even.parts[1] and even.main is None
    rose = _leak(150.0, (10, -5, 35), (40, 30, 50), (0, -5, 5))
    assert rose.largest is None, "one of the two others may be as large"
    fell = _leak(50.0, (-10, -35, 5), (-40, -50, -30), (0, -5, 5))
    assert fell.largest is None


# --- the shop's own level against a typed figure: five LIVEs, Student's t with four degrees


def _level(values: list[float], noise: float, wander: float, luck: float, slope: float, x: list[float]):
    """One metric whose forecast has a single part; the last of `values` is the judged LIVE."""
    past = len(values) - 1
    rows = SimpleNamespace(
        y=np.log([values[:-1]]), noise=np.full((1, past), noise), x=np.array([x[:-1]]), known=np.ones((1, past), bool),
        y_now=np.log(values[-1:]), x_now=np.array(x[-1:]), scale=np.array([2.0]), exposure=np.array([0.5 / noise]),
        events=np.array([2.0]), cost=np.array([1.0]), proportion=np.array([False]),
    )  # fmt: skip
    part = SimpleNamespace(
        weight=np.ones((1, 1)), slope=np.array([[slope]]), session_variance=np.array([[luck]]),
        wander_variance=np.array([[wander]]),
    )  # fmt: skip
    return SimpleNamespace(rows=rows, forecast=part, index=lambda _name: 0)


def test_a_metric_is_below_a_figure_when_the_level_of_five_lives_is_surely_so() -> None:
    values, x = [1.0, 0.50, 0.52, 0.48, 0.51, 0.49], [0.3, -0.2, 0.1, 0.4, -0.1, 0.0]
    found = _level(values, noise=0.01, wander=0.002, luck=0.02, slope=-0.5, x=x)
    traffic = 0.25 * float(np.var(x))
    error = math.sqrt(0.002 + (0.02 + traffic + 0.01) / 5)
    middle = 2.0 * math.exp(float(np.log(values[-5:]).mean()))  # `scale` makes it the metric's unit
    reach = student.ppf(0.95, 4) * error
    for away, sure in ((1.001, True), (0.999, False)):
        above, below = middle * math.exp(reach * away), middle * math.exp(-reach * away)
        assert chronic._sure(found, Benchmark("err", above, "typed", "2026-05-01"), False) is sure
        assert chronic._sure(found, Benchmark("err", below, "typed", "2026-05-01"), True) is sure
        assert not chronic._sure(found, Benchmark("err", below, "typed", "2026-05-01"), False)
    assert chronic._sure(found, Benchmark("err", 0.0, "typed", "2026-05-01"), True)


def test_with_three_lives_the_error_is_that_of_three() -> None:
    found = _level([0.5, 0.5, 0.5], noise=0.03, wander=0.0, luck=0.0, slope=0.0, x=[0.0, 0.0, 0.0])
    reach = student.ppf(0.95, 4) * math.sqrt(0.03 / 3)
    for away, sure in ((1.001, True), (0.999, False)):
        figure = Benchmark("err", math.exp(reach * away), "typed", "2026-05-01")
        assert chronic._sure(found, figure, False) is sure


def test_logs_end_with_the_judged_live_and_leave_out_what_is_unknown() -> None:
    found = _level([1.0, 2.0, 4.0], noise=0.25, wander=0.0, luck=0.0, slope=0.0, x=[0.1, 0.2, 0.3])
    found.rows.known = np.array([[True, False]])
    y, noise, x = logs(found, 0)
    assert y == pytest.approx([0.0, math.log(4.0)]) and x == pytest.approx([0.1, 0.3])
    assert noise == pytest.approx([0.25, 0.25]), "cost 1 over four events expected"
    found.rows.proportion, found.rows.y_now = np.array([True]), np.log([0.5])
    assert logs(found, 0)[1][-1] == pytest.approx(0.125), "binomial: 1 - rate times as much"


# --- factors that fell together


def _judged(verdict: str, gap: float | None, doubt: float | None):
    return SimpleNamespace(verdict=verdict, gap=gap, log_bayes_factor=doubt)


def test_a_factor_is_weak_below_its_range_or_where_its_value_speaks_for_a_cut() -> None:
    high, low = METRICS["err"], METRICS["err"].model_copy(update={"good": "low"})
    assert _weak(_judged("below", None, None), high)
    assert _weak(_judged("usual", -0.1, 0.1), high) and not _weak(_judged("usual", -0.1, 0.0), high)
    assert not _weak(_judged("usual", 0.1, 0.1), high) and not _weak(_judged("usual", 0.0, 0.1), high)
    assert _weak(_judged("usual", 0.1, 0.1), low) and not _weak(_judged("usual", 0.0, 0.1), low)
    assert not _weak(_judged("above", -0.1, 0.1), high) and not _weak(_judged("unknown", -0.1, 0.1), high)
    assert not _weak(_judged("usual", None, 0.1), high) and not _weak(_judged("usual", -0.1, None), high)


def test_two_factors_are_related_as_their_lives_and_what_is_known_of_such_metrics_say() -> None:
    alike = {n: SimpleNamespace(moves_with=w) for n, w in (("a", "entering"), ("b", "entering"), ("c", None))}
    steps = np.array([1.0, 2.0, 3.0, 4.0])
    nan = np.nan

    def related(one: str, other: str, first: list[float], second: list[float]) -> bool:
        return _related(one, other, {one: np.array(first), other: np.array(second)}, alike)

    up, down = list(steps), list(-steps)
    assert related("a", "b", up, down), "(4 x -1 + 60 x .75) / 64 = .64"
    assert not related("a", "c", up, up), "4 / 64 = .06: four LIVEs alone show little"
    many = list(np.arange(60.0))
    assert related("a", "c", many, many), "60 / 120 is a half"
    assert not related("a", "c", many[:59], many[:59])
    assert not related("a", "b", many[:13], [-each for each in many[:13]]), "(45 - 13) / 73 = .44"
    assert related("a", "b", many[:10], [-each for each in many[:10]]), "(45 - 10) / 70 is a half"
    assert related("a", "b", [1.0, nan, 2.0, nan], up), "two in common are too few: what is known decides"
    assert not related("a", "c", [1.0, nan, 2.0, nan], up)
    level = [1.0] * 40
    assert related("a", "b", level, many[:40]) and related("a", "b", many[:40], level), "one that never moves"
    odd = [0.0, 1.0, 0.0]
    assert not related("a", "b", odd * 20, [-each for each in odd * 20]), "(45 - 60) / 120"


# --- slots, pins, minutes


def test_start_hours_join_a_neighbour_that_has_five() -> None:
    def at(*hours: tuple[int, int, int]) -> list[str]:
        starts = [(hour, minute) for hour, minute, many in hours for _ in range(many)]
        return hour_blocks([replace(live(), start=datetime(2026, 5, 4, *each)) for each in starts])

    assert set(at((19, 0, 5), (20, 0, 2))) == {"19:00"} and set(at((19, 0, 4), (20, 0, 2))) == {"19:00", "20:00"}
    assert at((19, 29, 1), (19, 30, 1)) == ["19:00", "20:00"], "to the nearest hour"
    assert set(at((23, 0, 5), (0, 0, 1))) == {"23:00"} and set(at((0, 0, 5), (23, 30, 1))) == {"00:00"}
    assert set(at((0, 0, 5), (23, 0, 1))) == {"00:00"}, "midnight is near"
    assert set(at((19, 0, 5), (21, 0, 2))) == {"19:00", "21:00"}, "two hours are not"
    assert at((18, 0, 5), (19, 0, 1), (20, 0, 6))[5] == "20:00", "of two as near the more frequent"


def test_a_pin_is_of_a_product_whatever_its_capitals() -> None:
    lamp = Product("7", "LAMP", {})
    said = lambda *names: replace(live(), events=tuple(Event("pin", 3.0, product=each) for each in names))  # noqa: E731
    assert _pinned(said("Lamp"), lamp) is True and _pinned(said("7"), lamp) is True
    assert (
        _pinned(said("rug"), lamp) is False
        and _pinned(said("rug", None), lamp) is None
        and _pinned(live(), lamp) is None
    )
    assert _pinned(live(), replace(lamp, pinned_minutes=0.0)) is False
    assert _pinned(live(), replace(lamp, pinned_minutes=0.5)) is True


def test_rows_that_stand_at_one_moment_say_nothing_of_the_width_of_a_row() -> None:
    assert _width(np.array([0.0, 0.0001, 5.0]), None) == 5.0
    assert _width(np.array([0.0, 1.0, 2.0, 7.0]), None) == 1.0 and _width(np.array([3.0, 3.0]), None) is None
    assert _width(np.array([0.0, 1.0]), 5.0) == 5.0 and _width(np.array([0.0, 1.0]), 0.0) == 1.0


def test_one_order_by_its_moments() -> None:
    """Minutes of 1, 2 and 1 orders, 10, 40 and 20 worth: mean 17.5; chi-square (7.5^2 + 5^2 / 2 + 2.5^2) / 17.5^2."""
    money, orders = np.array([10.0, 40.0, 20.0, np.nan, 5.0]), np.array([1.0, 2.0, 1.0, 3.0, 0.0])
    apart = (7.5**2 + 5.0**2 / 2 + 2.5**2) / 17.5**2
    assert _one_order(money, orders) == pytest.approx(17.5 * (1 + (apart + 5 * 0.6) / (3 - 1 + 5)))
    assert _one_order(np.array([0.0]), np.array([2.0])) is None and _one_order(np.array([3.0]), np.array([0.0])) is None


def test_a_reading_is_the_shortest_length_at_which_half_of_all_places_would_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin = np.array([0, 3, 6, 0, 3, 6, 0])
    end = begin + np.array([2, 2, 2, 3, 3, 3, 5])
    asked = {}

    def weighed(loss, variance, expected, minutes):
        asked.update(loss=loss, minutes=minutes)
        return np.array([9.0, 1.0, 2.0, 1.0, 3.0, 4.0, 9.0])

    monkeypatch.setattr(readings, "scan", lambda *_: SimpleNamespace(variance=begin, expected=end))
    monkeypatch.setattr(readings, "evidence_of", weighed)
    series = SimpleNamespace(metric="err", step=2.0)
    for needed, minutes in ((2.0, 4.0), (2.1, 6.0), (3.0, 6.0), (3.1, 10.0), (9.1, None)):
        assert readings.reading(series, None, (begin, end), needed).minutes == minutes
    assert asked["loss"].tolist() == [0.5] * 7 and asked["minutes"].tolist() == [4, 4, 4, 6, 6, 6, 10]


def test_what_cannot_be_read_in_ten_minutes_is_said_once_a_length() -> None:
    read = [readings.TrendReading("err", 10.0), readings.TrendReading("ctr", 12.0), readings.TrendReading("ctor", None),
            readings.TrendReading("comment_rate", 12.0), readings.TrendReading("follow_rate", 11.0)]  # fmt: skip
    short = {name: METRICS[name].short for name in METRICS}
    said = [(each.kind, each.values) for each in readings.too_few(read, METRICS)]
    assert said == [
        ("unreadable_under", {"metrics": [short["follow_rate"]], "minutes": 11.0}),
        ("unreadable_under", {"metrics": [short["ctr"], short["comment_rate"]], "minutes": 12.0}),
        ("unreadable", {"metrics": [short["ctor"]]}),
    ]


def test_a_figure_is_missed_for_long_when_three_of_five_known_lives_are_under_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chronic, "_sure", lambda *_: True)

    def missed(*values: float, good: str = "high") -> int | None:
        table = SimpleNamespace(enough=lambda _: np.isfinite(np.array(values)), like_last=lambda _: np.array(values))
        metric = {"err": METRICS["err"].model_copy(update={"good": good})}
        typed = [Benchmark("err", 0.1, "typed", "2026-05-01"), Benchmark("other", 0.1, "typed", "2026-05-01"),
                 Benchmark("err", math.nan, "typed", "2026-05-01")]  # fmt: skip
        found = chronic.chronic(typed, table, {"err": None}, metric, None)
        return found[0].below if found else None

    assert missed(0.05, 0.09, 0.09, 0.2, 0.09, 0.2) == 3 and missed(0.05, 0.09, 0.2, 0.2, 0.09, 0.2) is None
    assert missed(0.1, 0.1, 0.1, 0.1, 0.1) is None and missed(0.1, 0.1, 0.1, 0.1, 0.1, good="low") is None
    assert missed(0.2, 0.2, 0.2, math.nan, 0.05, good="low") == 3
