"""Inside one LIVE: grids, levels, shifts, events, rounds and shapes, each worked by hand or as a dense normal."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import multivariate_normal, norm
from scipy.stats import t as student

from playbook.diagnosis.by_minute import confirm, events, rounds, shape, shifts
from playbook.diagnosis.by_minute.against import Against, _most, first_level
from playbook.diagnosis.by_minute.before_after import ExpectedCourse, var_of_difference, wobble_of
from playbook.diagnosis.by_minute.dips import _dip, _restless
from playbook.diagnosis.by_minute.minutes import MinuteCounts, counted, on_grid
from playbook.diagnosis.by_minute.pitched import by_stretch, levels
from playbook.diagnosis.by_minute.shifts import Shift, TriedShift, lifting, without
from playbook.diagnosis.by_minute.takings import _one_order, takings, takings_of
from playbook.diagnosis.by_minute.violations import violations
from playbook.diagnosis.findings import Dip, Drift
from playbook.knowledge.load import load
from playbook.model.session import Event, Session
from playbook.stats.ar_noise import Wobble, mean_square
from tests.diagnosis.shops import METRICS, live

LOG_ODDS = 3.0


def series(
    hits: list[float], base: float | list[float] = 1.0, step: float = 1.0, first: float = 0.0, **more
) -> MinuteCounts:
    counts = np.asarray(hits, dtype=float)
    return MinuteCounts(
        "err", first, step, counts, np.broadcast_to(base, counts.shape).astype(float), **{"proportion": False, **more}
    )


# --- grids


def test_a_minute_is_in_the_bin_that_begins_nearest() -> None:
    one = series([1.0] * 6, step=5.0, first=10.0)
    assert [one.at(each) for each in (-50, 12, 13, 20, 39, 500)] == [0, 0, 1, 2, 6, 6]
    assert one.minute(3) == 25.0 and replace(one, worth=4.0).rate(1, 3) == 4.0 and one.rate(2, 2) is None


def test_rows_lie_on_a_grid_and_the_last_covers_what_is_left() -> None:
    rows = pd.DataFrame({"minute": [2.0, 4.0, 6.0, 10.0, 12.0], "views": [1.0, 2.0, np.nan, -4.0, 9.0]})
    found = on_grid(rows, 2.0, 11.0)
    assert found is not None and (found.first, found.step) == (2.0, 2.0)
    assert found.seen.tolist() == [2.0, 2.0, 2.0, 0.0, 1.0], "the row at 12 began after the end"
    assert found.columns["views"].tolist()[:2] == [1.0, 2.0] and np.isnan(found.columns["views"][2:]).all()
    assert on_grid(rows, 2.0, 10.0).seen.tolist() == [2.0, 2.0, 2.0], "nor does one at the very end count"
    assert on_grid(rows, 2.0, 0.0).seen.tolist() == [2.0] * 3 + [0.0] + [2.0] * 2, "a length of nothing is none"
    assert on_grid(None, 2.0, 9.0) is None and on_grid(rows, 2.0, 1.0) is None
    twice = on_grid(pd.DataFrame({"minute": [0.0, 0.2, 5.0], "views": [1.0, 2.0, 0.0]}), 5.0, None)
    assert twice is not None and twice.columns["views"].tolist() == [3.0, 0.0], "zero is a count"


def test_long_series_are_joined_to_coarser_bins_unless_they_are_not() -> None:
    many = 1001
    rows = pd.DataFrame({"minute": np.arange(many, dtype=float), "impressions": 4.0, "views": 1.0})
    grid = on_grid(rows, 1.0, float(many))
    assert grid is not None
    whole, fine = counted(grid, "err", METRICS["err"]), counted(grid, "err", METRICS["err"], joined=False)
    assert whole is not None and fine is not None and fine.step == 1.0 and whole.step > 1.0
    assert whole.hits.sum() == fine.hits.sum() and whole.base.sum() == fine.base.sum() == 4 * fine.bins
    assert whole.bins == math.ceil(fine.bins / whole.step)
    gap = rows.assign(impressions=[0.0, *rows["impressions"][1:]])
    none = counted(on_grid(gap.assign(impressions=0.0), 1.0, float(many)), "err", METRICS["err"])
    assert none is None, "nothing was shown"


# --- a level, and what lies far from it


def test_a_series_against_a_level() -> None:
    one = series([2.0, 1.0, 30.0, 0.0], [10.0, 10.0, 10.0, 0.0], proportion=True)
    level = np.full(4, 0.1)
    found = Against.level(one, level, np.zeros((4, 0)))
    assert found.noise[:2] == pytest.approx([0.9, 0.9]) and found.deviation[:2] == pytest.approx([1.0, 0.0])
    assert found.noise[2:].tolist() == [1e4, 1e4] and found.deviation[2:].tolist() == [0, 0], (
        "a burst, and nothing known"
    )
    assert found.expected[:2] == pytest.approx([1 / 0.9] * 2) and found.counting == pytest.approx(0.9)
    assert not found.blank and replace(found, noise=np.full(4, 1e4)).blank
    plain = Against.level(replace(one, proportion=False), level, np.zeros((4, 0)))
    assert plain.noise[:2] == pytest.approx([1.0, 1.0])
    sure = Against.level(series([9.0, 9.0, 9.0, 9.0], 10.0, proportion=True), np.full(4, 0.9), np.zeros((4, 0)))
    assert sure.noise == pytest.approx([0.2 / 9] * 4), "never under a fifth"


def test_how_far_an_ordinary_bin_may_lie() -> None:
    """3 sd of the middle scatter less counting (at least .03 a minute), 2.5 of counting, and its skew."""
    deviation, noise = np.array([0.5, 0.7, 0.3, 0.9, 0.1]), np.full(5, 0.01)
    scatter = 1.4826 * 0.2
    assert _most(deviation, noise, 1.0) == pytest.approx([3 * math.sqrt(scatter**2 - 0.01) + 2.5 * 0.1 + 0.03] * 5)
    assert _most(0 * deviation, noise, 2.0) == pytest.approx([3 * math.sqrt(0.015) + 0.25 + 0.03] * 5)
    seen = Against(np.array([0.0, 0.0, 0.0, -0.9, 0.1]), np.ones(5), noise, np.zeros((5, 0)), 1.0)
    assert seen.calm.tolist() == [0.0, 0.0, 0.0, 0.0, 0.1], "a fall is as odd as a burst"


def test_the_first_level_is_the_middle_rate_of_stretches_of_ten_hits() -> None:
    steady = [5.0] * 40
    assert first_level(series(steady)) == pytest.approx(np.full(40, 5.0))
    fallen = first_level(series([5.0] * 30 + [1.0] * 10))
    assert fallen == pytest.approx(np.full(40, 5.0)), "a fall does not weigh in"
    assert first_level(series([1.0] * 20 + [2.0] * 20))[0] == pytest.approx(1.5), "three stretches of either"
    assert first_level(series([1.0] * 49)) == pytest.approx(np.full(49, 1.0)), "four stretches: the whole"
    assert first_level(series([0.0] * 30 + [2.0] * 19))[0] == pytest.approx(38 / 49)


def test_a_short_or_empty_series_says_nothing_of_how_restless_its_room_is() -> None:
    assert _restless(None, ()) is None and _restless(series([9.0] * 5, step=10.0), ()) is None
    assert _restless(series([0.01] * 40), ()) is None, "hardly a hit"
    pins = (Event("pin", 0.0, product="a"), Event("pin", 20.0, product="b"))
    assert _restless(series([9.0] * 40), ()) is not None and _restless(series([9.0] * 40), pins) is not None
    of_products = series([9.0] * 40, of_products=True)
    assert _restless(of_products, pins) is None and _restless(of_products, ()) is not None


# --- shifts


def test_where_a_promotion_may_have_lifted_a_series() -> None:
    one = series([5.0] * 40)
    ((begin, end),) = lifting([Event("giveaway", 10.0, end_minute=14.0)], one, 0)
    assert set(zip(begin.tolist(), end.tolist(), strict=True)) == {(a, b) for a in (9, 10, 11) for b in (13, 14, 15)}
    ((begin, end),) = lifting([Event("giveaway", 10.0)], one, 0)
    assert set(end.tolist()) == set(range(13, 23)) and set(begin.tolist()) == {9, 10, 11}
    assert lifting([Event("pin", 10.0), Event("giveaway", math.nan)], one, 0) == []
    ((begin, end),) = lifting([Event("giveaway", 10.0, end_minute=30.0)], one, 0)
    assert max(end - begin) == 20, "half of the LIVE, and no more"
    ((begin, end),) = lifting([Event("giveaway", 38.0, end_minute=40.0)], one, 38)
    assert begin.tolist() == [38, 39] and end.tolist() == [39, 40], (
        "inside the series, and no more than half of the rest"
    )


def test_a_series_without_its_shifts() -> None:
    found = without(np.zeros(6), [Shift(1, 3, 0.0, 0.4, 0.1), Shift(4, 5, 0.0, -0.5, 0.1)])
    assert found.tolist() == [0.0, 0.4, 0.4, 0.0, -0.5, 0.0]


def _tried(begin: list[int], end: list[int], **more) -> TriedShift:
    return TriedShift(np.array(begin), np.array(end), 0, 1.0, **more)


def _picked(monkeypatch: pytest.MonkeyPatch, falls: list[float], rises: list[float], **more):
    """What is picked of three windows of which the evidence is given, as it would be were nothing fitted away."""
    tried = _tried([0, 10, 20], [5, 15, 25], **more)

    def scanned(fitted, begin, end, step):
        size = len(begin)
        return SimpleNamespace(
            evidence=np.array((falls + [-np.inf] * size)[:size]), rise=np.array((rises + [-np.inf] * size)[:size]),
            loss=np.full(size, 0.5), variance=np.full(size, 0.1), expected=np.ones(size),
        )  # fmt: skip

    monkeypatch.setattr(shifts, "scan", scanned)
    monkeypatch.setattr(shifts, "_settled", lambda fitted, best, tried, free: best)
    return shifts.pick(lambda shifts: SimpleNamespace(), tried, (), LOG_ODDS)


def test_falls_and_rises_are_picked_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    none = -np.inf
    price = math.log(3)
    got = _picked(monkeypatch, [LOG_ODDS + price + 0.01, none, none], [none] * 3)
    assert [each.span for each in got.falls] == [(0, 5)] and not got.rises
    assert got.gained == pytest.approx(LOG_ODDS + 0.01)
    assert not _picked(monkeypatch, [LOG_ODDS + price - 0.01, none, none], [none] * 3).falls
    up = _picked(monkeypatch, [none] * 3, [none, price + 0.01, none])
    assert [each.span for each in up.rises] == [(10, 15)] and up.number == 1
    assert not _picked(monkeypatch, [none] * 3, [none, price - 0.01, none]).rises
    logged = [(np.array([10, 11]), np.array([15, 16]))]
    lifted = _picked(monkeypatch, [none] * 3, [math.log(2) + 0.01, none, none], logged=logged)
    assert [each.span for each in lifted.rises] == [(10, 15)], (
        "a logged one needs no more than to be likelier than none"
    )
    assert not _picked(monkeypatch, [none] * 3, [math.log(2) - 0.01, none, none], logged=logged).rises


def _weighing(
    monkeypatch: pytest.MonkeyPatch, evidence: dict[tuple[int, int], float], bins: int = 100
) -> confirm.Weighing:
    seen = SimpleNamespace(deviation=np.zeros(bins))
    found = confirm.Weighing(seen, _tried([0, 10, 20], [5, 15, 25]), (), None)
    monkeypatch.setattr(
        confirm.Weighing, "_weighed", lambda self, fall, others: replace(fall, evidence=evidence[fall.span])
    )
    return found


def test_falls_are_confirmed_the_weakest_going_first(monkeypatch: pytest.MonkeyPatch) -> None:
    price = math.log(3)
    one, two = Shift(0, 5, 9.0, 0.5, 0.1), Shift(10, 15, 9.0, 0.5, 0.1)
    weighing = _weighing(monkeypatch, {(0, 5): LOG_ODDS + price, (10, 15): LOG_ODDS + price - 0.1})
    kept = weighing.confirmed([one, two], LOG_ODDS)
    assert [each.span for each in kept] == [(0, 5)] and kept[0].evidence == LOG_ODDS + price
    assert _weighing(monkeypatch, {(0, 5): 0.0}).confirmed([one], LOG_ODDS) == []
    assert _weighing(monkeypatch, {}, bins=59).confirmed([one, two], LOG_ODDS) == [one, two], "too short to tell"
    assert _weighing(monkeypatch, {(0, 5): 0.0}, bins=60).confirmed([one], LOG_ODDS) == []
    clear, long = Shift(40, 61, 3.0 + price, 0.5, 0.1), Shift(40, 61, 2.9 + price, 0.5, 0.1)
    assert weighing.confirmed([clear], LOG_ODDS) == [clear] and weighing.confirmed([long], LOG_ODDS) == []
    fifth = Shift(40, 60, 9.0, 0.5, 0.1)
    weighing = _weighing(monkeypatch, {(40, 60): 0.0, (0, 5): LOG_ODDS + price})
    assert [each.span for each in weighing.confirmed([fifth, one], LOG_ODDS)] == [(0, 5)], "a fifth is not long"


def test_a_fall_is_weighed_over_the_wobbles_by_all_windows_that_touch_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    seen = SimpleNamespace(deviation=np.zeros(9), counting=0.1, step=1.0, refit=lambda wobble: lambda shifts: wobble)
    tried = _tried([0, 3, 5, 6, 8], [3, 6, 6, 8, 9])

    def scanned(fitted, begin, end, step):
        asked.append(list(zip(begin.tolist(), end.tolist(), strict=True)))
        return SimpleNamespace(evidence=np.arange(len(begin), dtype=float) + fitted)

    monkeypatch.setattr(confirm, "likelihood", lambda *_: None)
    monkeypatch.setattr(confirm, "wobbles", lambda likely, prior: [(0.25, 0.0), (0.75, 1.0)])
    monkeypatch.setattr(confirm, "scan", scanned)
    found = confirm.Weighing(seen, tried, (), None)._weighed(Shift(3, 6, 0.0, 0.5, 0.1), ())
    assert asked == [[(3, 6), (5, 6)]] * 2, "one that ends where it begins does not touch it"
    both = math.exp(0) + math.exp(1)
    assert found.evidence == pytest.approx(math.log(0.25 * both + 0.75 * both * math.e))


def test_the_depth_of_a_dip_is_drawn_towards_what_dips_are() -> None:
    """Loss .6 with variance .05 x .4 = .02; the prior .45 with sd .25: weight .0625 / .0825."""
    one = series([10.0] * 20 + [4.0] * 10 + [10.0] * 10, 100.0, first=2.0)
    found = _dip(Shift(20, 30, 7.0, 0.6, 0.05), one, -2.0, False)
    weight = 0.25**2 / (0.25**2 + 0.05 * 0.4)
    depth = weight * 0.6 + (1 - weight) * 0.45
    reach = 2.2 * math.sqrt(weight * 0.05 * 0.4)
    assert (found.start_minute, found.end_minute, found.kind) == (22, 32, "sudden")
    assert (found.depth, found.low, found.high) == pytest.approx((depth, depth - reach, min(1, depth + reach)))
    assert found.value == pytest.approx(0.04) and found.level == pytest.approx(0.04 / 0.4) and found.evidence == 5.0
    assert _dip(Shift(20, 31, 7.0, 0.6, 0.05), one, 0.0, True).kind == "prolonged"
    assert _dip(Shift(20, 30, 7.0, 1.2, 1e-9), one, 0.0, False).depth == 0.99


# --- levels of products


def test_each_pinned_product_has_a_level_of_its_own() -> None:
    pins = (
        Event("pin", 1.6, product="lamp"),
        Event("unpin", 4.0),
        Event("pin", 6.0, product="rug"),
        Event("giveaway", 1.0),
    )
    found = levels(series([5.0] * 8, of_products=True), pins)
    assert (found[:, 0] > 0).tolist() == [False, False, True, True, False, False, False, False], (
        "by the middle of a bin"
    )
    assert (found[:, 1] > 0).tolist() == [False] * 6 + [True] * 2 and found.max() == 0.35
    assert levels(series([5.0] * 8), pins).shape == (8, 0) and levels(
        series([5.0] * 8, of_products=True), ()
    ).shape == (8, 0)


@pytest.mark.parametrize("step", [1.0, 2.0])
def test_a_level_that_changes_by_stretch_against_one_that_does_not(step: float) -> None:
    rng = np.random.default_rng(1)
    bins, wobble = 12, Wobble(0.1, 0.8, 0.02)
    deviation, noise, course = rng.normal(0, 0.3, bins), np.linspace(0.02, 0.05, bins), 0.2 * rng.normal(size=(bins, 3))
    lag = step * np.abs(np.subtract.outer(np.arange(bins), np.arange(bins)))
    calm = 1 + course @ course.T + 0.01 * mean_square(0.8, step) * 0.8**lag + np.diag(noise + 0.02 / step)
    density = [
        multivariate_normal(np.zeros(bins), calm + sd**2 * np.exp(-lag / 10)).logpdf(deviation)
        for sd in (0.0, 0.1, 0.2, 0.3, 0.45)
    ]
    wanted = np.log(np.exp(np.array(density[1:]) - density[0]).mean())
    assert by_stretch(deviation, noise, wobble, course, step) == pytest.approx(wanted)


# --- before and after


@pytest.mark.parametrize(("step", "proportion"), [(1.0, False), (2.0, True)])
def test_what_comes_after_a_moment_is_predicted_as_a_conditional_normal(step: float, proportion: bool) -> None:
    rng = np.random.default_rng(2)
    bins, side = 120, round(10 / step)
    one = series(rng.poisson(6, bins).tolist(), 20.0, step=step, proportion=proportion)
    base = one.base.copy()
    base[[7, 30]] = 0.0
    one = replace(one, base=base, hits=np.where(base > 0, one.hits, 0.0))
    at = 60
    found = ExpectedCourse(one).change(at * step)
    wobble, rate = wobble_of(one), one.hits.sum() / one.base.sum()
    expected = np.maximum(one.base * rate, 1e-4)
    away = np.where(one.known, np.minimum(one.hits / expected - 1, 1 + 4 / expected), 0.0)
    lag = np.abs(np.subtract.outer(np.arange(bins), np.arange(bins)))
    common = 1 + one.course_sd**2 * np.exp(-0.5 * (lag / (0.15 * bins)) ** 2)
    common += wobble.sd**2 * mean_square(wobble.memory, step) * wobble.memory ** (step * lag)
    own = (max(0.2, 1 - rate) if proportion else 1) / expected + wobble.extra / step
    past = [i for i in range(max(0, at - round(90 / step)), at) if one.known[i]]
    then = np.arange(at, at + side)
    mean = np.zeros(bins)
    mean[then] = one.base[then] / one.base[then].sum()
    seen = common[np.ix_(past, past)] + np.diag(own[past])
    toward = mean @ common[:, past]
    variance = mean @ common @ mean + mean**2 @ own - toward @ np.linalg.solve(seen, toward)
    middle = 1 + toward @ np.linalg.solve(seen, away[past])
    assert found is not None
    assert found.expected == pytest.approx(middle * rate)
    after = one.hits[then].sum() / one.base[then].sum()
    assert found.beyond == pytest.approx(after / rate / middle - 1)
    assert found.error == pytest.approx(math.sqrt(variance) / middle)
    before = slice(at - side, at)
    hits0, hits1 = one.hits[before].sum(), one.hits[then].sum()
    assert found.log == pytest.approx(
        math.log((hits1 + 0.5) / one.base[then].sum()) - math.log((hits0 + 0.5) / one.base[before].sum())
    )
    assert found.variance == pytest.approx(1 / (hits0 + 0.5) + 1 / (hits1 + 0.5) + var_of_difference(wobble, 10.0))
    assert found.larger_than == math.floor(40 * (1 - 2 * student.cdf(-abs(found.beyond) / found.error, 60)))
    assert ExpectedCourse(one).change(9.0 * step * side / 10) is None, "too near the beginning"


def test_the_variance_of_a_difference_of_two_means_of_an_ar_1() -> None:
    """Two minutes a side with memory m: means of (1, 2) and (3, 4)."""
    m, sd, extra = 0.6, 0.2, 0.03
    cov = sd**2 * m ** np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
    sign = np.array([-0.5, -0.5, 0.5, 0.5])
    assert var_of_difference(Wobble(sd, m, extra), 2.0) == pytest.approx(sign @ cov @ sign + 2 * extra / 2)


# --- events


def _a_dip(start: int = 30, end: int = 50) -> Dip:
    one = series([10.0] * 80, 100.0)
    return replace(_dip(Shift(start, end, 7.0, 0.6, 0.05), one, 0.0, False), metric="ctor")


def test_what_was_going_on_from_five_minutes_before_a_dip_to_its_end() -> None:
    spans = [(10.0, 25.0), (11.0, 24.9), (25.0, None), (24.0, None), (49.9, None), (50.0, None), (26.0, 3.0)]
    log = [Event("giveaway", minute, end_minute=end) for minute, end in spans]
    found = events.with_events(_a_dip(), log, 80.0)
    assert [each.minute for each in found.events] == [10.0, 25.0, 26.0, 49.9]
    assert [(each.before, each.ended) for each in found.events] == [(20.0, 5.0), (5.0, None), (4.0, 4.0), (0.0, None)]


def test_a_log_answers_by_what_it_has_and_what_it_has_not() -> None:
    def asked(*log: Event, ends: float | None = 80.0, metric: str = "err") -> list[str]:
        return [each.kind for each in events.with_events(replace(_a_dip(), metric=metric), log, ends).questions]

    assert asked() == ["which_pinned", "promotion", "violation"]
    assert asked(Event("violation", 30.0)) == ["which_pinned", "promotion"], "violations alone are no log"
    assert asked(Event("violation", 2.0)) == ["which_pinned", "promotion", "violation"]
    assert asked(Event("pin", 3.0, product="lamp")) == ["pinned"] and asked(Event("unpin", 3.0)) == []
    assert asked(Event("other", 3.0)) == ["which_pinned"]
    assert (
        asked(metric="ctor")[-1] == "buyable"
        and asked(ends=51.0)[-1] == "closing"
        and "closing" not in asked(ends=51.1)
    )
    assert "closing" not in asked(ends=None)


def test_the_change_at_an_event_has_a_95_percent_range() -> None:
    change = SimpleNamespace(log=-0.3, variance=0.04, before=0.2, after=0.1, larger_than=39, ordinary=0.05)
    found = events._effect(Event("pin", 12.0, detail="d"), "err", change)
    ends = np.expm1(-0.3 + norm.ppf([0.5, 0.025, 0.975]) * 0.2)
    assert (found.change, found.low, found.high) == pytest.approx(tuple(ends))


def test_changes_of_one_type_are_pooled_over_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    from statsmodels.stats.meta_analysis import combine_effects

    beyond, error = [0.2, 0.5, -0.1], [0.1, 0.2, 0.15]
    effect = SimpleNamespace(type="pin", metric="err")
    rows = iter([[(effect, SimpleNamespace(beyond=b, error=e)) for b, e in zip(beyond[:2], error[:2], strict=True)],
                 [(effect, SimpleNamespace(beyond=beyond[2], error=error[2]))]])  # fmt: skip
    monkeypatch.setattr(events, "_measured", lambda session, metrics: next(rows))
    lives = [replace(live(i), events=(Event("pin", 3.0),), trend=pd.DataFrame({"minute": [0.0]})) for i in range(2)]
    (found,) = events.pooled(lives, METRICS)
    theirs = combine_effects(np.array(beyond), np.array(error) ** 2, method_re="dl", use_t=True)
    reach = student.ppf(0.975, 2) * max(theirs.sd_eff_w_re, theirs.sd_eff_w_re * math.sqrt(theirs.scale_hksj_re))
    assert found.change == pytest.approx(theirs.mean_effect_re) and (found.events, found.lives) == (3, 2)
    assert (found.low, found.high) == pytest.approx(
        (max(theirs.mean_effect_re - reach, -1), theirs.mean_effect_re + reach)
    )


def test_pooling_needs_three_events_in_two_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    effect, change = SimpleNamespace(type="pin", metric="err"), SimpleNamespace(beyond=0.1, error=0.1)
    lives = [replace(live(i), events=(Event("pin", 3.0),), trend=pd.DataFrame({"minute": [0.0]})) for i in range(2)]
    for counts, many in (((2, 1), 1), ((1, 1), 0), ((3, 0), 0)):
        each = iter(counts)
        monkeypatch.setattr(events, "_measured", lambda session, metrics, each=each: [(effect, change)] * next(each))
        assert len(events.pooled(lives, METRICS)) == many


# --- money, rounds, shape, violations


def test_money_is_followed_by_the_minute_and_by_the_view_and_needs_sales() -> None:
    assert takings_of(METRICS) == ("gmv", "watch_gpm")
    rows = pd.DataFrame({"minute": np.arange(60.0), "views": 50.0, "gmv": 40.0, "sku_orders": 2.0})
    grid = on_grid(rows, 1.0, 60.0)
    found, by_view = takings(grid, "gmv", METRICS), takings(grid, "watch_gpm", METRICS)
    # Every order is 20: no chi-square, so 20 x (1 + 5 x .6 / (59 + 5)).
    one = 20 * (1 + 3 / 64)
    assert found is not None and found.worth == pytest.approx(one) and found.hits == pytest.approx(40 / one)
    assert by_view is not None and by_view.worth == pytest.approx(1000 * one) and not by_view.proportion
    assert takings(on_grid(rows.assign(gmv=0.0), 1.0, 60.0), "gmv", METRICS) is None
    assert takings(on_grid(rows.drop(columns="views"), 1.0, 60.0), "watch_gpm", METRICS) is None
    assert _one_order(np.array([0.5, 0.5]), np.array([1.0, 1.0])) == pytest.approx(0.5 * (1 + 3 / 6)), "cents are money"


def _room(**columns: float | list[float]) -> Session:
    rows = pd.DataFrame({"minute": np.arange(60.0), **columns})
    return replace(live(minutes=60.0), trend=rows, trend_step=1.0)


def test_the_numbers_of_a_round() -> None:
    room = replace(
        _room(views=[10.0] * 20 + [20.0] * 40, product_clicks=2.0, sku_orders=0.5),
        events=(Event("pin", 25.5, product="lamp", end_minute=40.0), Event("script", 20.0), Event("script", 30.0),
                Event("script", 40.0), Event("script", 5.0)),
    )  # fmt: skip
    (found,) = rounds.rounds(room, METRICS)
    assert (found.minutes, found.build_up, found.closes) == (14.5, 5.5, 1)
    assert found.clicks == pytest.approx(29.0) and found.orders == pytest.approx(7.25)
    assert found.click_rate == pytest.approx(0.1) and found.ctor == pytest.approx(0.25)
    assert found.orders_after_pin == pytest.approx(1.5)
    # Minutes 20 to 25.5 against 14.5 to 20: 20 a minute against 10.
    assert found.views_change == pytest.approx(1.0)
    bare = rounds.rounds(replace(room, trend=None, events=(Event("pin", 25.0),)), METRICS)[0]
    assert (bare.clicks, bare.ctor, bare.click_rate, bare.build_up, bare.closes) == (None, None, None, None, None)
    coarse = pd.DataFrame({"minute": np.arange(0, 60, 6.0), "views": 60.0, "product_clicks": 12.0, "sku_orders": 3.0})
    assert rounds.rounds(replace(room, trend=coarse, trend_step=6.0), METRICS)[0].clicks is None
    fine = coarse.assign(minute=np.arange(0, 50, 5.0))
    assert rounds.rounds(replace(room, trend=fine, trend_step=5.0), METRICS)[0].clicks is not None
    none = replace(room, trend=room.trend.assign(product_clicks=0.0))
    assert rounds.rounds(none, METRICS)[0].ctor is None


def test_a_sum_over_minutes_is_unknown_where_any_of_them_is() -> None:
    grid = on_grid(pd.DataFrame({"minute": np.arange(6.0), "views": [1.0, 2.0, np.nan, 4.0, 5.0, 6.0]}), 1.0, 6.0)
    assert rounds._sum(grid, "views", 0.5, 2.0) == pytest.approx(0.5 + 2.0)
    assert rounds._sum(grid, "views", 0.5, 2.5) is None and rounds._sum(grid, "views", 8.0, 9.0) is None
    assert rounds._sum(grid, "views", 3.0, None) is None and rounds._sum(None, "views", 3.0, 4.0) is None


def test_the_course_of_a_live_against_those_before_it() -> None:
    """Logs of three earlier courses 0, .1, .2: middle .1, sd .1, reach t(2) x .1 x sqrt(4/3)."""
    earlier = [Drift("err", math.expm1(each), 0.0, 0.0, "stable") for each in (0.0, 0.1, 0.2)]
    reach = student.ppf(0.975, 2) * 0.1 * math.sqrt(4 / 3)
    for here, verdict in ((0.1 - reach - 1e-9, "below"), (0.1 - reach + 1e-9, "usual"), (0.1 + reach + 1e-9, "above"),
                          (0.1 + reach - 1e-9, "usual")):  # fmt: skip
        found = shape._against(Drift("err", math.expm1(here), 0.0, 0.0, "falls"), earlier)
        assert found.verdict == verdict and found.lives == 3
        assert (found.usual, found.usual_low, found.usual_high) == pytest.approx(
            tuple(math.expm1(0.1 + times * reach) for times in (0, -1, 1)))  # fmt: skip
    assert shape._against(earlier[0], earlier[:2]).verdict == "unknown"
    flat = shape._against(earlier[1], [earlier[1]] * 3)
    assert math.log1p(flat.usual_high) == pytest.approx(0.1 + student.ppf(0.975, 2) * 0.03 * math.sqrt(4 / 3))


def test_the_first_third_against_the_last_with_counting_and_wobble() -> None:
    one = series([20.0] * 30 + [15.0] * 30 + [10.0] * 30, 100.0)
    found = shape._compare("err", one, (0, 30), (60, 90))
    error = math.sqrt(1 / 600 + 1 / 300 + var_of_difference(wobble_of(one), 30.0))
    ends = np.expm1(math.log(0.5) + norm.ppf([0.5, 0.025, 0.975]) * error)
    assert found is not None and (found.change, found.low, found.high) == pytest.approx(tuple(ends))
    assert found.course == ("falls" if ends[2] < 0 else "stable")
    assert (
        shape._compare("err", one, (0, 9), (60, 90)) is None
        and shape._compare("err", one, (0, 10), (60, 90)) is not None
    )


def test_whether_err_parts_from_impressions_by_fishers_range() -> None:
    shown = np.repeat([100.0, 120.0, 90.0, 150.0, 80.0, 110.0, 130.0], 15)
    views = np.repeat([20.0, 20.0, 20.0, 21.0, 20.0, 19.0, 20.0], 15)
    warm = int(METRICS["err"].by_minute.warm_up)
    columns = {"impressions": [100.0] * warm + shown.tolist(), "views": [20.0] * warm + views.tolist()}
    rows = pd.DataFrame({"minute": np.arange(len(shown) + warm, dtype=float), **columns})
    found = shape._together(on_grid(rows, 1.0, float(len(rows))), METRICS)
    r = float(np.corrcoef(np.log(shown[::15]), np.log(views[::15] / shown[::15]))[0, 1])
    low, high = np.tanh(np.arctanh(r) + norm.ppf([0.025, 0.975]) / math.sqrt(7 - 3))
    assert found == pytest.approx((r, low, high), rel=1e-5)


def test_violations_of_one_type_are_counted_over_ninety_days() -> None:
    def with_notices(day: int, *details: str | None) -> Session:
        start = datetime(2026, 5, 1, 19) + timedelta(days=day)
        log = tuple(Event("violation", float(at), detail=each) for at, each in enumerate(details))
        return replace(live(), id=f"d{day}", start=start, events=(*log, Event("pin", 50.0, product="lamp")))

    now = with_notices(90, "Medical claim", "Medical claim", None)
    past = [with_notices(0, "Medical claim"), with_notices(89, "Nudity"), with_notices(-1, "Medical claim")]
    of_metrics = [("violation", 1.0, "err"), ("violation", 0.0, "impressions"), ("violation", 0.0, "ctr")]
    of_metrics.append(("pin", 0.0, "err"))
    changes = [SimpleNamespace(type=kind, minute=minute, metric=metric) for kind, minute, metric in of_metrics]
    matcher = load().matcher
    first, second, third = violations(now, past, changes, matcher)
    assert (first.kind, first.in_90_days, second.in_90_days) == ("known", 2, 3), "the ninetieth day is in"
    assert (third.kind, third.in_90_days, third.name) == (None, None, None)
    assert [len(each.changes) for each in (first, second, third)] == [1, 1, 0]
    assert first.name == matcher.type_of("Medical claim")
    (fresh,) = violations(with_notices(90, "Nudity"), [with_notices(0, "Medical claim")], (), matcher)
    assert (fresh.kind, fresh.in_90_days) == ("new", 1)
    (alone,) = violations(with_notices(90, "Nudity"), [replace(live(), events=())], (), matcher)
    assert alone.kind is None
    undated = violations(replace(with_notices(90, "Nudity"), start=None), past, (), matcher)
    assert undated[0].in_90_days is None and undated[0].kind == "known"
    bare = violations(with_notices(90, "Nudity"), [replace(past[1], start=None)], (), matcher)
    assert bare[0].in_90_days == 1
