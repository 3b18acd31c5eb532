"""Usuals, what is compared with what, and what is said of several LIVEs: each rule by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm, t

from playbook.diagnosis.baseline import ahead as ahead_module
from playbook.diagnosis.baseline import judge as judge_module
from playbook.diagnosis.baseline import series
from playbook.diagnosis.baseline.ahead import LiveAhead, Outlook, usual_next
from playbook.diagnosis.baseline.alike import alike, paid, without_verdicts
from playbook.diagnosis.baseline.compare import _pooled, _traffic, _wandering
from playbook.diagnosis.baseline.frame import WINDOW, _prefer, _same_orders, frame
from playbook.diagnosis.baseline.history import past_of
from playbook.diagnosis.baseline.next_week import usual_week
from playbook.diagnosis.baseline.orders import orders_behind
from playbook.diagnosis.baseline.usual import usuals
from playbook.diagnosis.diagnose import _mixed, _one_usual, _other_gmv, _other_orders, diagnose
from playbook.diagnosis.findings import Ads, Judgement, Leak, Weakness
from playbook.diagnosis.money.leak import _middle, _now_drawn, _of_this_gmv
from playbook.diagnosis.money.what_if import what_ifs
from playbook.diagnosis.of_export import of_export
from playbook.diagnosis.over_lives import slots
from playbook.diagnosis.over_lives.hosts import _alike as host_covariates
from playbook.diagnosis.over_lives.hosts import _effects, _rate
from playbook.diagnosis.over_lives.lasting import lasting
from playbook.diagnosis.over_lives.over_time import OverTime, Point, over_time
from playbook.diagnosis.over_lives.slide import slides
from playbook.diagnosis.over_lives.weekly import weekly
from playbook.diagnosis.over_lives.worst import best, is_worse, shared_dimension, worst
from playbook.diagnosis.parts.channels import _judged, _odds, _share
from playbook.diagnosis.parts.products import _before, _order_value, _plainly_low, _rates
from playbook.metrics.formula import formulas
from playbook.metrics.table import table
from playbook.model.session import Product, Session, Slice
from playbook.stats.kalman import Forecast
from tests.diagnosis.shops import METRICS, changed, live, wobbly

NOW = datetime(2026, 8, 3, 12, 0)  # a Monday
OF = formulas(METRICS)


def at(moment: datetime, minutes: float | None = 120.0, **counts: float | None) -> Session:
    return replace(live(minutes=minutes, **counts), id=f"{moment}", start=moment)


# --- which LIVEs stand in a usual


def test_what_was_left_out_is_said() -> None:
    session = replace(live(9), creator="mine")
    history = [
        *(replace(live(i), creator="mine") for i in range(4)), live(20), live(9), replace(live(9), id="same moment"),
        replace(live(5), start=None), replace(live(6), duration_minutes=10.0), replace(live(7), currency="EUR"),
        replace(live(8), creator="other"), replace(live(4), id="both", creator="other", currency="EUR"),
    ]  # fmt: skip
    found = past_of(session, history)
    assert [each.id for each in found.sessions] == [f"live-{i}" for i in range(4)]
    assert [(each.kind, each.values.get("lives")) for each in found.notes] == [
        ("undated", 1), ("short_lives", 1), ("other_currency", 2), ("other_accounts", 1)]  # fmt: skip
    undated = past_of(replace(session, start=None), [replace(live(5), start=None), live(3), live(2)])
    assert [each.id for each in undated.sessions] == ["live-5", "live-2", "live-3"]
    assert [each.kind for each in undated.notes] == ["no_start"]
    aware = replace(live(2), start=datetime(2026, 5, 8, 19, tzinfo=UTC))
    assert past_of(live(9), [aware]).sessions == (aware,)
    nowhere = replace(live(1), currency=None)
    assert past_of(live(9), [nowhere]).sessions == (nowhere,) and len(past_of(nowhere, [live(0)]).sessions) == 1


def test_lives_with_ads_stand_apart() -> None:
    said = ({"ads_cost": 0.0}, {"ads_cost": 0.0, "ads_gmv": 3.0}, {"ads_cost": 0.5}, {})
    assert [paid(changed(live(), **each)) for each in said] == [False, True, True, None]
    with_ads, without, says_nothing = (changed(live(), ads_cost=each) for each in (9.0, 0.0, None))
    past = [without, without, with_ads, says_nothing]
    three = alike(without, past)
    assert three.sessions == (without, without, says_nothing) and not three.mixed
    assert three.notes[0].values == {"lives": 1, "ads": False}
    two = alike(with_ads, past)
    assert two.mixed and two.sessions == tuple(past) and two.notes[0].values["lives"] == 2
    assert alike(says_nothing, past).sessions == tuple(past) and not alike(says_nothing, past).notes
    assert not alike(without, [without]).mixed and not alike(without, [without]).notes
    low = Judgement("err", 1.0, None, None, None, 2.0, 1.5, 3.0, "below")
    for session, words in ((with_ads, "with ads"), (without, "without ads")):
        said = without_verdicts({"err": low, "ctr": replace(low, verdict="usual")}, session)
        assert said["err"].verdict == "unknown" and f"LIVEs {words}:" in str(said["err"].reason)
        assert said["ctr"].verdict == "usual"


def test_a_frame_looks_back_on_what_started_before() -> None:
    many = [live(i) for i in range(WINDOW + 5)]
    columns = table(many, OF.values())
    found = frame(columns, [len(many) - 1, 3])
    assert found.past.shape == (2, WINDOW) and found.past[0].tolist() == list(range(4, WINDOW + 4))
    assert found.before[0].all() and found.before[1].sum() == 3
    assert found.past[1][found.before[1]].tolist() == [0, 1, 2], "the first LIVE is among them"
    assert found.traffic[0] == pytest.approx(math.log(40_000 / 2))
    same = [live(0), replace(live(1), start=live(0).start), replace(live(2), start=None)]
    few = frame(table(same, OF.values()), [1, 2])
    assert few.past.shape == (2, 2) and few.before.tolist() == [[False, False], [True, True]]
    assert frame(table([live(0)], OF.values()), [0]).before.tolist() == [[False]]
    unknown = frame(table([live(0, minutes=None)], OF.values()), [0])
    assert unknown.traffic[0] == pytest.approx(math.log(40_000)), "by the LIVE where lengths are not known"


def test_orders_of_one_kind_and_values_of_the_better_kind() -> None:
    kinds = np.array(["sku", "main", "sku", ""])
    view = SimpleNamespace(
        table=SimpleNamespace(orders_kinds=lambda: kinds),
        past=np.array([[0, 1, 2], [0, 1, 2]]),
        targets=np.array([1, 3]),
    )
    known = np.array([[True, True, True], [True, True, False]])
    assert _same_orders(view, known).tolist() == [[False, True, False], [False, True, False]], (
        "the latest known one's kind"
    )
    four = np.ones((2, 4), dtype=bool)
    same = np.array([[True, True, True, False], [True, True, False, False]])
    chosen, mixed = _prefer(four, same)
    assert chosen.tolist() == [[True, True, True, False], [True] * 4] and mixed.tolist() == [False, True]


# --- orders behind money


def test_orders_behind_money_where_some_sold_nothing() -> None:
    """The rate at which e^(-rate x exposure) sums to the LIVEs without a sale, by brentq."""
    money, exposure = np.array([[0.0, 40.0, 0.0, 90.0]]), np.array([[1.0, 2.0, 3.0, 4.0]])
    nan, used = np.full((1, 4), np.nan), np.ones((1, 4), dtype=bool)
    rate = brentq(lambda r: np.exp(-r * exposure).sum() - 2, 1e-4, 1e2)
    found, one = orders_behind(money, exposure, nan, used)
    assert found[0] == pytest.approx(rate, rel=1e-5) and one[0] == pytest.approx(130 / max(rate * 10, 1), rel=1e-5)
    told = orders_behind(money, exposure, np.array([[0.0, 2.0, np.nan, 3.0]]), used)
    assert told[0][0] == pytest.approx(5 / 7) and told[1][0] == pytest.approx(130 / 5)
    every = orders_behind(np.array([[30.0, 40.0, 60.0, 90.0]]), exposure, nan, used)
    assert every[0][0] == 1e15 and every[1][0] == 30.0, "the least that was seen"


def test_one_live_without_a_sale_among_many_that_are_alike_is_an_outlier() -> None:
    money = np.array([[0.0, 100.0, 110.0, 90.0, 100.0, 120.0, 80.0, 100.0]])
    exposure, used = np.full((1, 8), 2.0), np.ones((1, 8), dtype=bool)
    sold = np.log(money[0, 1:] / 2)
    differ = (1.4826 * np.median(np.abs(sold - np.median(sold)))) ** 2
    found, _ = orders_behind(money, exposure, np.full((1, 8), np.nan), used)
    assert found[0] == pytest.approx(1.5 / differ / 2)
    quarter = orders_behind(money[:, :4], exposure[:, :4], np.full((1, 4), np.nan), used[:, :4])[0]
    assert quarter[0] == pytest.approx(brentq(lambda r: 4 * math.exp(-2 * r) - 1, 1e-4, 1e2), rel=1e-5)


# --- rows of a metric


def test_logs_of_few_events_are_tangents_and_of_money_half_an_order() -> None:
    """At a rate of .1: with 2 expected log(.1) + (k/n - .1)/.1, and never over 6 more; with 8 log((k + .5)/n)."""
    one = np.ones((1, 1))
    found = [
        series._logs(k * one, n * one, 0.1 * one, expected * one, one, OF["err"])[0, 0]
        for k, n, expected in ((3.0, 20.0, 2.0), (20.0, 20.0, 2.0), (3.0, 80.0, 8.0), (0.0, 20.0, 3.9))
    ]
    assert found == pytest.approx([math.log(0.1) + 0.5, math.log(0.1) + 6, math.log(3.5 / 80), math.log(0.1) - 1])
    paid_ = series._logs(np.array([[0.0, 50.0]]), 4 * np.ones((1, 2)), 10 * one, one, 20 * one, OF["gmv_per_hour"])
    assert paid_[0] == pytest.approx([math.log(0.5 * 20 / 4), math.log(50 / 4)])
    stay = series._logs(np.array([[0.0, 30.0]]), one, 40 * one, one, one, OF["avg_viewing_duration"])
    assert stay[0] == pytest.approx([math.log(0.04), math.log(30)])


def test_what_one_order_costs_is_no_more_than_changes_leave_room_for() -> None:
    y = np.array([[1.0, 1.2, 0.9, 1.1]])
    used, expected = np.array([[True, True, False, True]]), np.full((1, 4), 8.0)
    # One pair of neighbours: .2^2 / 2; (2 x .5 + .5 x .02 x 8) / (2 + 1).
    assert series._cost(y, expected, used, OF["gmv_per_order"])[0] == pytest.approx((1.0 + 0.5 * 0.02 * 8) / 3)
    assert series._cost(y, expected, used, OF["err"])[0] == 1.0
    assert series._cost(y, expected, used, OF["gmv_per_hour"])[0] == 1.5
    wild = series._cost(np.array([[0.0, 3.0, -3.0, 3.0]]), expected, used | True, OF["gmv_per_order"])
    assert wild[0] == 0.5


def test_rows_of_a_metric_say_what_to_expect_of_it() -> None:
    lives = [live(i, views=5_000.0 + 100 * i) for i in range(6)]
    view = frame(table(lives, OF.values()), [5])
    err = series.rows_of(view, "err", OF["err"])
    middle = float(np.median([(5_000 + 100 * i) / 40_000 for i in range(5)]))
    assert err.events[0] == pytest.approx(middle) and err.exposure[0] == 40_000 and err.count[0] == 5_500
    assert err.y[0][err.known[0]] == pytest.approx([math.log((5_000.5 + 100 * i) / 40_000) for i in range(5)])
    assert err.noise[0][err.known[0]] == pytest.approx([(1 - middle) / (40_000 * middle)] * 5)
    assert err.votes[0] and not series.rows_of(view, "avg_viewing_duration", OF["avg_viewing_duration"]).votes[0]
    few = frame(table([live(i, sku_orders=0.0) for i in range(4)], OF.values()), [3])
    assert series.rows_of(few, "ctor", OF["ctor"]).zero[0], "three of nothing are a usual of nothing"
    assert not series.rows_of(frame(few.table, [2]), "ctor", OF["ctor"]).zero[0]
    gone = frame(table([*lives[:5], changed(lives[5], impressions=None)], OF.values()), [5])
    assert series.rows_of(gone, "err", OF["err"]).exposure[0] == 40_000, "that of a LIVE of the middle size"


def test_an_outlier_is_drawn_in_around_what_traffic_explains() -> None:
    lives = [live(i, impressions=40_000.0 * 2 ** (i % 3 - 1)) for i in range(9)]
    lives[4] = changed(lives[4], views=30_000.0)
    view = frame(table(lives, OF.values()), [8])
    rows = series.rows_of(view, "err", OF["err"])
    plain = np.array([math.log((each.counts["views"] + 0.5) / each.counts["impressions"]) for each in lives[:8]])
    shown = np.log([each.counts["impressions"] for each in lives[:8]])
    assert rows.x[0] == pytest.approx(shown - shown.mean())
    assert np.delete(rows.y[0] - plain, 4) == pytest.approx(np.zeros(7)) and rows.y[0, 4] < plain[4] - 0.1


def test_traffic_is_cut_off_where_it_says_no_more() -> None:
    view = SimpleNamespace(
        traffic=np.array([0.0, 0.0, 9.0, np.nan]), past=np.array([[0, 1], [0, 1]]), targets=np.array([2, 3])
    )
    x, now = series._traffic(view, np.ones((2, 2), dtype=bool))
    assert x.tolist() == [[0, 0], [0, 0]] and now.tolist() == [2.5, 0.0]


# --- usuals and verdicts


def test_usuals_of_three_lives_and_verdicts_outside_the_range() -> None:
    lives = [live(i, comments=(0.0 if i < 4 else 500.0)) for i in range(5)]
    low = {name for name, metric in METRICS.items() if metric.good == "low"}
    found = usuals(table(lives, OF.values()), OF, low, [4, 3, 2])
    row = found.names.index("comment_rate")
    assert found.usual[row, :2].tolist() == [0.0, 0.0] and np.isnan(found.usual[row, 2]), "two are too few"
    assert found.low[row, 0] == 0.0 and found.verdict[row].tolist() == [1, 0, 2]
    assert found.index("comment_rate") == 3 * row
    seen = found.names.index("impressions")
    assert found.low[seen, 0] == math.floor(found.low[seen, 0]) and found.high[seen, 0] == math.ceil(
        found.high[seen, 0]
    )
    assert found.low[seen, 0] <= 40_000 <= found.high[seen, 0]
    swapped = usuals(table(lives, OF.values()), OF, {"comment_rate"}, [4])
    assert swapped.verdict[row, 0] == -1, "more of what should be low is worse"


def test_a_judgement_knows_its_past_and_why_there_is_none() -> None:
    history = [changed(each, views=None if i == 2 else each.counts["views"]) for i, each in enumerate(wobbly(65, 0.05))]
    found = diagnose(live(65), history, METRICS).judgements
    past = found["err"].past
    assert len(past) == 60 and past[-1].session_id == "live-64" and past[0].session_id == "live-5"
    short = diagnose(live(4), history[:4], METRICS).judgements["err"]
    assert [each.value is None for each in short.past] == [False, False, True, False]
    none = diagnose(live(4, views=None), history[:4], METRICS).judgements["err"]
    assert none.verdict == "unknown" and none.reason and none.graded == ()
    assert (
        judge_module.number(math.nan) is None
        and judge_module.number(math.inf) is None
        and judge_module.number(2) == 2.0
    )
    few = diagnose(live(1), history[:1], METRICS).judgements["err"]
    assert "3 earlier LIVEs" in str(few.reason) and "1 so far" in str(few.reason)


# --- several LIVEs against those before


def test_the_variance_that_a_slow_part_gathers_is_that_of_a_dense_walk() -> None:
    """w after the first: shares of later LIVEs times AR(1) innovations of variance 1 - phi^2."""
    share, phi = np.array([0.2, 0.3, 0.4, 0.1]), np.array([0.5, 0.9])
    for which, one in enumerate(phi):
        toward = np.array([[one ** (i - j) if i >= j else 0.0 for j in range(1, 4)] for i in range(4)])
        cov = (1 - one**2) * toward @ toward.T
        assert _wandering(share, phi)[which] == pytest.approx(share @ cov @ share)


def test_pooled_values_are_sums_over_sums_and_printed_means_weighted_by_views() -> None:
    lives = [live(0, views=4_000.0, avg_viewing_seconds=30.0), live(1, views=8_000.0, avg_viewing_seconds=60.0)]
    columns = table(lives, OF.values())
    both = np.array([0, 1])
    assert _pooled(columns, OF["err"], both) == pytest.approx(12_000 / 80_000)
    assert _pooled(columns, OF["avg_viewing_duration"], both) == pytest.approx((30 * 4 + 60 * 8) / 12)
    assert _pooled(columns, OF["impressions"], both) == 40_000 and _pooled(columns, OF["err"], []) is None
    assert _pooled(columns, OF["watch_gpm"], both) == pytest.approx(1000 * 1_920 / 12_000)
    none = table([live(0, impressions=0.0, views=0.0)], OF.values())
    assert _pooled(none, OF["err"], np.array([0])) is None


def test_traffic_of_several_lives_is_counted_from_the_zero_of_the_first() -> None:
    lives = [live(0), live(1, impressions=80_000.0), live(2, minutes=None), live(3, minutes=0.0)]
    found = _traffic(table(lives, OF.values()), OF["err"], 0.4, [0, 1, 2, 3])
    assert found == pytest.approx([0.4, 0.4 + math.log(2), 0.4, 0.4])
    assert _traffic(table(lives, OF.values()), OF["impressions"], 0.4, [0, 1]).tolist() == [0, 0]


# --- the LIVE to come


def test_the_next_live_is_as_the_latest_five_mostly_were() -> None:
    assert usual_next([], NOW) is None
    starts = [(1, 9, 0), (20, 23, 30), (21, 0, 10), (22, 23, 50), (23, 0, 20), (24, 23, 40)]
    lengths = [30.0, 100.0, 95.0, 95.0, 95.0, 95.0]
    late = [at(datetime(2026, 7, *start), minutes) for start, minutes in zip(starts, lengths, strict=True)]
    found = usual_next(late, NOW)
    assert found is not None and found.start == datetime(2026, 8, 4, 0, 0), "midnight, of the five around it"
    assert found.hours == 1.5
    morning = usual_next([at(datetime(2026, 7, 20, 5, 45))], datetime(2026, 8, 3, 5, 0))
    assert morning is not None and morning.start == datetime(2026, 8, 3, 6, 0)
    short = usual_next([at(datetime(2026, 7, 20, 19, 0), 31.0)], NOW)
    assert short is not None and short.hours == 0.5 and short.start == datetime(2026, 8, 3, 19, 0)


def test_a_week_comes_back_as_the_last_four_went() -> None:
    twice = [at(NOW - timedelta(days=days) + timedelta(hours=7)) for days in (13, 6)]
    once = at(NOW - timedelta(days=5) + timedelta(hours=2))
    (slot,) = usual_week([*twice, once], NOW)
    assert slot.start == datetime(2026, 8, 4, 19, 0) and slot.hours == 2.0
    # A slot once: the last seven days again, from the latest on.
    old, fresh = at(NOW - timedelta(days=9)), at(NOW - timedelta(days=2))
    assert [each.start for each in usual_week([old, fresh], NOW)] == [datetime(2026, 8, 8, 12, 0)]
    twins = [at(NOW - timedelta(days=2)), at(NOW - timedelta(days=2) + timedelta(minutes=10))]
    assert len(usual_week(twins, NOW)) == 1 and usual_week([], NOW) == []
    month_ago = [at(NOW - timedelta(days=days)) for days in (27, 20)]
    assert [each.start.weekday() for each in usual_week(month_ago, NOW)] == [1]
    today = [at(NOW - timedelta(days=days)) for days in (14, 7)]
    assert [each.start for each in usual_week(today, NOW)] == [NOW + timedelta(days=7)], "this hour has begun"
    assert [each.start for each in usual_week(today, NOW - timedelta(minutes=1))] == [NOW]
    lengths = [at(NOW - timedelta(days=days), minutes) for days, minutes in ((13, 80.0), (6, 100.0))]
    assert usual_week(lengths, NOW)[0].hours == 1.5
    unknown = [at(NOW - timedelta(days=days), None) for days in (13, 6)]
    assert all(each.hours == 2.0 for each in usual_week(unknown, NOW))


def test_a_shop_that_paused_is_seen_as_it_was_in_the_week_after_its_last_live() -> None:
    last = NOW - timedelta(days=40)
    lives = [at(last - timedelta(days=days), minutes) for days, minutes in ((20.5, 60.0), (13.5, 120.0), (0.0, 90.0))]
    assert [each.hours for each in usual_week(lives, NOW)] == [1.5], "twenty-seven and a half days back"
    near = [at(NOW - timedelta(days=days), minutes) for days, minutes in ((7.5, 60.0), (0.5, 120.0))]
    assert [each.hours for each in usual_week(near, NOW)] == [1.5], "this week's and last week's"


def test_three_of_a_host_are_too_few_to_compare() -> None:
    from playbook.diagnosis.over_lives.hosts import hosts

    lives = [replace(live(i), host="A" if i < 6 else "B") for i in range(9)]
    found = hosts(lives, METRICS, ["err"])
    assert (found.hosts, found.few, found.rates) == (("A",), ("B",), {})
    assert hosts([*lives, replace(live(9), host="B")], METRICS, ["err"]).hosts == ("A", "B")


def test_the_type_of_a_violation_is_known_to_a_review_that_is_given_the_types() -> None:
    from playbook.knowledge.load import load
    from playbook.model.session import Event

    words = "Medical claim"
    session = replace(live(3), events=(Event("violation", 5.0, detail=words),))
    matcher = load().matcher
    assert matcher.type_of(words) is not None
    assert diagnose(session, [], METRICS, matcher=matcher).violations[0].name == matcher.type_of(words)
    assert diagnose(session, [], METRICS).violations[0].name is None


def test_with_few_events_expected_the_judged_live_too_is_a_tangent() -> None:
    lives = [live(i, product_clicks=20.0, sku_orders=2.0) for i in range(5)] + [
        live(5, product_clicks=10.0, sku_orders=0.0)
    ]
    rows = series.rows_of(frame(table(lives, OF.values()), [5]), "ctor", OF["ctor"])
    rate = 10.5 / 100
    assert rows.events[0] == pytest.approx(rate), "pooled, half an event added"
    assert rows.y_now[0] == pytest.approx(math.log(rate) - 1)


def test_how_likely_a_target_is() -> None:
    one = np.ones((1, 1))
    forecast = Forecast(one, math.log(5) * one, 0 * one, 0.02 * one, 0 * one, 0 * one, 0.03 * one, 0 * one, np.zeros(1))
    outlook = Outlook("gmv", 9, 10.0, 5.0, 20.0, None, forecast, 0.04, 2.0)
    assert outlook.chance_of(14.0) == pytest.approx(norm.sf(math.log(7 / 5) / 0.3))
    assert outlook.chance_of(0.0) is None and Outlook("gmv", 0).chance_of(5.0) is None


def test_three_lives_are_enough_to_look_ahead_and_hosts_hours_and_days_tell_them_apart() -> None:
    three = wobbly(3, 0.05)
    coming = LiveAhead(datetime(2026, 6, 1, 19), 2.0)
    assert ahead_module.ahead(coming, three, METRICS)["gmv"].usual is not None
    assert "needs 3" in str(ahead_module.ahead(coming, three[:2], METRICS)["gmv"].reason)
    lives = [
        at(datetime(2026, 8, 3, 9, 30)),
        at(datetime(2026, 8, 3, 12, 45)),
        replace(at(datetime(2026, 8, 3, 9, 30)), host="D"),
    ]
    host, hours = ahead_module._groupings([*lives, replace(lives[0], host="B")])
    assert host.alike[2].tolist() == [0, 0, 1, 0] and host.alike[0].tolist() == [1, 0, 0, 0]
    assert hours.alike[0, 1] == pytest.approx(math.exp(-0.5 * (3.25 / 2) ** 2)) and hours.alike[0, 2] == 1
    assert ahead_module._groupings([at(datetime(2026, 8, 3, 9)), at(datetime(2026, 8, 3, 11))]) == [], (
        "two hours are alike"
    )


# --- what the export says, ads, kinds


def test_what_an_export_says_of_itself() -> None:
    def said(session: Session, ads: Ads | None = None) -> list[str]:
        return [each.kind for each in of_export(session, ads)]

    settled = replace(live(), exported_at=datetime(2026, 8, 1))
    bare = said(settled)
    assert bare == ["no_trend"]
    import pandas as pd

    assert said(replace(settled, trend=pd.DataFrame({"minute": [0.0]}))) == []
    assert said(live()) == ["export_undated", "no_trend"] and said(live(gmv=None)) == ["no_trend"]
    assert "attributed_gmv" in said(replace(settled, gmv_kind="attributed")) and "attributed_gmv" not in bare
    cost, claims, nothing = (Ads(c, g, None, None, False) for c, g in ((3.0, None), (None, 3.0), (None, None)))
    assert ["ads_cost" in said(settled, each) for each in (cost, claims, nothing, None)] == [True, True, False, False]
    main = replace(settled, counts={**settled.counts, "sku_orders": None, "orders_main": 30.0})
    assert main.orders_kind == "main" and "not_sku_orders" in said(main) and "not_sku_orders" not in bare


def test_orders_of_another_kind_than_the_gmv() -> None:
    other = SimpleNamespace(orders_kind="sku", orders_gmv_kind="attributed", gmv_kind="direct", orders_gmv=9.0)
    from playbook.diagnosis.of_export import _orders_counted

    assert [each.kind for each in _orders_counted(other)] == ["attributed_orders"]
    other.orders_gmv = None
    assert [each.kind for each in _orders_counted(other)] == ["no_gmv_per_order"]
    other.gmv_kind = "attributed"
    assert list(_orders_counted(other)) == []


def test_kinds_that_differ_are_counted_and_named() -> None:
    mine, theirs = live(5), [replace(live(0), gmv_kind="attributed"), replace(live(1), gmv_kind=None), live(2)]
    (found,) = _other_gmv(mine, theirs)
    assert found.values == {"lives": 1, "other": "attributed", "kind": "direct"} and _other_gmv(mine, theirs[1:]) == []
    main = [changed(live(i), sku_orders=None, orders_main=30.0) for i in range(2)]
    (orders,) = _other_orders(mine, [*main, live(3)])
    assert orders.values["lives"] == 2 and _other_orders(mine, [live(3)]) == []
    names = SimpleNamespace(names=("err", "ctr"), mixed=np.array([[True, False], [False, True]]))
    (mixed,) = _mixed(names, METRICS)
    assert mixed.values == {"metrics": [METRICS["err"].short]}
    assert _mixed(SimpleNamespace(names=("err",), mixed=np.array([[False]])), METRICS) == []


def test_a_review_has_one_usual_gmv_where_it_lies_in_the_range() -> None:
    gmv = Judgement("gmv", 9.0, None, None, None, 10.0, 8.0, 12.0, "usual")
    for usual, taken in ((8.0, 8.0), (12.0, 12.0), (7.9, 10.0), (12.1, 10.0)):
        assert _one_usual(gmv, Leak(usual, 9.0, (), True)).usual == taken
    assert _one_usual(replace(gmv, low=None), Leak(9.0, 9.0, (), True)).usual == 10.0
    assert _one_usual(replace(gmv, high=None), Leak(9.0, 9.0, (), True)).usual == 10.0
    found = diagnose(live(10, views=2_600.0), wobbly(10, 0.08), METRICS)
    assert found.leak is not None and found.judgements["gmv"].usual == found.leak.usual_gmv


# --- money


def test_what_a_step_is_worth_at_its_usual_and_how_far_that_is_known() -> None:
    history = wobbly(20, 0.05)
    low = live(20, views=2_500.0, product_impressions=4_500.0, product_clicks=320.0, sku_orders=24.0, gmv=480.0)
    found = diagnose(low, history, METRICS)
    err = next(each for each in found.what_ifs if each.factor == "err")
    times = err.usual / err.now - 1
    counted = {each.count: each for each in err.more}
    assert set(counted) == {"views", "product_clicks", "sku_orders", "gmv"}
    for name, value in (("views", 2_500.0), ("product_clicks", 320.0), ("sku_orders", 24.0), ("gmv", 480.0)):
        one = counted[name]
        assert one.amount == pytest.approx(value * times)
        assert one.low <= one.amount <= one.high and one.low == pytest.approx(counted["gmv"].low / 480 * value)
        assert one.low < 0.95 * one.amount and 1.05 * one.amount < one.high < 3 * one.amount
    assert what_ifs(changed(low, gmv=0.0), {}, None, METRICS) == ()


def test_a_rate_behind_a_value_is_drawn_between_value_and_usual_on_the_log_scale() -> None:
    """Log-normal: trust = prior / (prior + noise) of the log of the value, the rest of the log of the usual."""
    from playbook.diagnosis.money.leak import FunnelStep

    one = np.ones(1)
    rows = SimpleNamespace(whole=np.array([False]), exposure=100 * one, events=one, cost=2 * one, count=0 * one)
    part = SimpleNamespace(weight=np.ones((1, 1)), session_variance=np.full((1, 1), 0.01))
    found = SimpleNamespace(rows=rows, forecast=part)
    step = FunnelStep("gmv_per_order", 30.0, 20.0, 0, 0.0, "gmv")
    drawn = np.log(_now_drawn(np.random.default_rng(1), step, found, np.full(600, 20.0), True))
    trust = 0.04 / (0.04 + 0.02)
    sd = math.sqrt(trust * 0.02)
    assert drawn.mean() == pytest.approx(trust * math.log(30) + (1 - trust) * math.log(20), abs=4 * sd / math.sqrt(600))
    assert drawn.std() == pytest.approx(sd, rel=0.12)
    behind = np.log(_now_drawn(np.random.default_rng(1), step, found, np.full(600, 20.0), False))
    assert behind.mean() == pytest.approx(math.log(20), abs=0.04) and behind.std() == pytest.approx(0.2, rel=0.12)
    nothing = np.log(_now_drawn(np.random.default_rng(1), replace(step, now=0.0), found, np.full(600, 20.0), True))
    assert nothing.mean() == pytest.approx(math.log(20), abs=0.04) and nothing.std() == pytest.approx(0.2, rel=0.12)
    cents = np.log(_now_drawn(np.random.default_rng(1), replace(step, now=0.5), found, np.full(600, 20.0), True))
    assert cents.mean() == pytest.approx(trust * math.log(0.5) + (1 - trust) * math.log(20), abs=0.03)
    rows.whole, rows.count, rows.x_now = np.array([True]), 30 * one, 0 * one
    part.level, part.slope = np.full((1, 1), math.log(0.2)), np.zeros((1, 1))
    rate = FunnelStep("err", 0.3, 0.2, 0, 0.0, "views")
    whole = _now_drawn(np.random.default_rng(1), rate, found, np.full(600, 0.2), True)
    assert whole.mean() == pytest.approx((30 + 25) / (100 + 25 / 0.2), rel=0.03)
    assert _middle(found, 0) == pytest.approx(math.log(0.2))


def test_orders_may_belong_to_money_of_another_kind() -> None:
    other = Judgement("gmv_per_order", 20.0, None, 900.0, 45.0, 20.0, 15.0, 25.0, "usual")
    assert _of_this_gmv(["err", "gmv_per_order"], 900.0, {"gmv_per_order": other})
    assert not _of_this_gmv(["err", "gmv_per_order"], 960.0, {"gmv_per_order": other})
    assert _of_this_gmv(["err"], 960.0, {"gmv_per_order": other}) and _of_this_gmv(["err", "gmv_per_order"], 960.0, {})


# --- worst, over time, slides, lasting


def test_the_worst_are_below_first_and_those_on_few_counts_last() -> None:
    history = wobbly(12, 0.05)
    found = diagnose(live(12, views=2_500.0, comments=100.0, new_followers=49.0, sku_orders=1.0), history, METRICS)
    verdicts = [found.judgements[each.metric].verdict for each in found.worst]
    assert verdicts == sorted(verdicts, key=["below", "usual", "unknown"].index) and len(found.worst) == 3
    assert [each.rank for each in found.worst] == [1, 2, 3]
    high = Judgement("err", 0.1, None, None, None, 0.2, 0.15, 0.3, "below")
    low_is_good = METRICS["err"].model_copy(update={"good": "low"})
    assert is_worse(high, METRICS["err"]) and not is_worse(high, low_is_good)
    assert not is_worse(replace(high, usual=None), METRICS["err"]) and not is_worse(
        replace(high, usual=0.1), METRICS["err"]
    )


def test_a_dimension_is_shared_by_three_that_are_all_below() -> None:
    dimension = {name: metric.dimension for name, metric in METRICS.items() if metric.role == "factor"}
    one = max(set(dimension.values()), key=list(dimension.values()).count)
    three = [name for name, each in dimension.items() if each == one][:3]
    other = next(name for name, each in dimension.items() if each != one)
    weak = [Weakness(name, 1, None, 0, 0, None) for name in (*three, other)]
    below = {w.metric: SimpleNamespace(verdict="below") for w in weak}
    assert len(three) == 3 and shared_dimension(weak[:3], below, METRICS) == one
    assert shared_dimension(weak[1:], below, METRICS) is None and shared_dimension(weak[:2], below, METRICS) is None
    usual = {**below, three[1]: SimpleNamespace(verdict="usual")}
    assert shared_dimension(weak[:3], usual, METRICS) is None


def test_the_best_earlier_live_is_the_latest_of_equals_among_those_that_know() -> None:
    lives = [live(0, views=6_000.0), live(1, views=None), live(2, views=6_000.0), live(3), live(4, views=9_000.0)]
    found = best(table(lives, OF.values()), OF["err"])
    assert found is not None and found.id == "live-2" and found.value == pytest.approx(0.15)
    lowest = best(table(lives, OF.values()), OF["err"], low_is_good=True)
    assert lowest is not None and lowest.id == "live-3"
    assert best(table([live(0, views=None), live(1)], OF.values()), OF["err"]) is None
    assert worst({}, None, {}, None, {}) == ()


def test_over_time_shows_the_last_lives_oldest_first() -> None:
    lives = wobbly(9, 0.05)
    odd = [replace(live(3), id="short", duration_minutes=10.0), replace(live(4), id="euro", currency="EUR"),
           replace(live(5), id="undated", start=None)]  # fmt: skip
    found = over_time([*lives[::-1], *odd], METRICS, 4)
    assert [each.id for each in found.sessions] == ["live-5", "live-6", "live-7", "live-8"]
    assert [each.session_id for each in found.points["err"]] == ["live-5", "live-6", "live-7", "live-8"]
    for place, each in enumerate(found.points["err"]):
        judged = diagnose(lives[5 + place], lives, METRICS).judgements["err"]
        assert (each.value, each.usual) == pytest.approx(
            (judged.value, judged.usual)
        ) and each.verdict == judged.verdict
    other = [replace(each, creator="mine") for each in lives]
    assert len(over_time([*other[:-1], replace(other[-1], creator="theirs")], METRICS, 4).sessions) == 1
    assert over_time([], METRICS).sessions == () and set(over_time([], METRICS).points) == set(METRICS)
    low = OverTime(
        (lives[0],),
        {"err": (Point("a", 1.0, 2.0, 1.5, 3.0, "below"),), "ctr": (Point("a", 2.0, 2.0, 1.5, 3.0, "usual"),)},
    )
    assert low.below(0, ["err", "ctr"]) == ["err"]


def _slide_row(
    y: np.ndarray,
    noise: np.ndarray,
    x: np.ndarray,
    slope: float,
    luck: float,
    wander: float,
    phi: float,
    verdict: int = 0,
):
    """Usuals of one metric whose forecasts have one part; `y` ends with the judged LIVE."""
    past = len(y) - 1
    rows = SimpleNamespace(
        y=y[None, :-1], noise=noise[None, :-1], x=x[None, :-1], known=np.ones((1, past), bool), y_now=y[-1:],
        x_now=x[-1:], scale=np.array([2.0]), exposure=1 / noise[-1:], events=np.ones(1), cost=np.ones(1),
        proportion=np.array([False]),
    )  # fmt: skip
    part = SimpleNamespace(
        weight=np.ones((6, 1)), slope=np.full((6, 1), slope), session_variance=np.array([[9.0]] * 4 + [[luck], [9.0]]),
        wander_variance=np.array([[9.0]] * 4 + [[wander], [9.0]]), phi=np.array([phi]),
    )  # fmt: skip
    return SimpleNamespace(rows=rows, forecast=part, names=("err",), verdict=np.array([[verdict]]), index=lambda _n: 0)


def test_a_slide_is_five_lives_against_up_to_twenty_by_weighted_means_at_equal_traffic() -> None:
    rng = np.random.default_rng(9)
    y, noise, x = rng.normal(0, 0.05, 32), rng.uniform(0.002, 0.02, 32), rng.normal(0, 0.5, 32)
    y = y - 0.3 * x
    y[-5:] -= 0.4
    luck, wander, phi = 0.003, 0.001, 0.9
    only = {"err": METRICS["err"]}
    (found,) = slides(_slide_row(y, noise, x, -0.3, luck, wander, phi), only)
    plain, own = (y + 0.3 * x)[-25:], luck + noise[-25:]
    new = np.arange(25) >= 20
    weight = np.where(new, 1 / own / (1 / own[new]).sum(), -1 / own / (1 / own[~new]).sum())
    cov = wander * phi ** np.abs(np.subtract.outer(np.arange(25), np.arange(25))) + np.diag(own)
    change, sd = weight @ plain, math.sqrt(weight @ cov @ weight)
    earlier = 2.0 * math.exp(-(weight[~new] @ plain[~new]))
    assert found.sessions == 25 and found.change == pytest.approx(math.expm1(change))
    assert (found.low, found.high) == pytest.approx((math.expm1(change - 2.1 * sd), math.expm1(change + 2.1 * sd)))
    assert found.earlier == pytest.approx(earlier) and found.recent == pytest.approx(earlier * math.exp(change))
    up = {"err": METRICS["err"].model_copy(update={"good": "low"})}
    assert slides(_slide_row(y, noise, x, -0.3, luck, wander, phi), up) == ()
    assert slides(_slide_row(y, noise, x, -0.3, luck, wander, phi, verdict=2), only) == ()
    assert slides(_slide_row(y[-9:], noise[-9:], x[-9:], -0.3, luck, wander, phi), only) == (), "nine are too few"
    assert len(slides(_slide_row(y[-10:], noise[-10:], x[-10:], -0.3, luck, wander, phi), only)) == 1
    volume = METRICS["impressions"]
    assert (
        slides(
            _slide_row(y, noise, x, -0.3, luck, wander, phi), {"err": volume.model_copy(update={"steered_by": False})}
        )
        == ()
    )
    assert (
        len(
            slides(
                _slide_row(y, noise, x, -0.3, luck, wander, phi),
                {"err": volume.model_copy(update={"steered_by": True})},
            )
        )
        == 1
    )


def test_slides_stand_by_how_far_they_fell() -> None:
    history = [live(i) for i in range(12)]
    recent = [live(12 + i, views=2_500.0, product_clicks=225.0) for i in range(5)]
    found = slides(_found([*history, *recent]), METRICS)
    sizes = [abs(math.log1p(each.change)) for each in found]
    assert len(found) >= 2 and sizes == sorted(sizes, reverse=True)


def _found(lives: list[Session]):
    low = {name for name, metric in METRICS.items() if metric.good == "low"}
    last = len(lives) - 1
    return usuals(table(lives, OF.values()), OF, low, range(last, max(-1, last - 6), -1))


def test_a_fault_that_lasts_is_weighed_from_three_lives_on_with_six_before() -> None:
    def seen(before: int, after: int, views: float = 2_500.0):
        lives = [live(i) for i in range(before)] + [live(before + i, views=views) for i in range(after)]
        found = lasting(_found(lives), table(lives, OF.values()), METRICS)
        return next((each for each in found if each.metric == "err"), None)

    one = seen(6, 3)
    assert one is not None and one.lives == 3 and one.since_session_id == "live-6"
    assert one.change == pytest.approx(-0.5, abs=0.03) and one.recent == pytest.approx(2_500 / 40_000, rel=0.01)
    assert one.earlier == pytest.approx(one.recent / (1 + one.change))
    # The range is that of a normal on the log scale around the same middle.
    up, down = math.log1p(one.high) - math.log1p(one.change), math.log1p(one.change) - math.log1p(one.low)
    assert up == pytest.approx(down) and 0.01 < up < 0.7
    assert seen(5, 3) is None and seen(6, 2) is None and seen(8, 4, 7_000.0) is None and seen(8, 4, 4_900.0) is None


# --- hosts, slots, weeks


def test_hosts_are_compared_by_log_rates_with_half_a_hit_and_what_counting_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from playbook.diagnosis.over_lives import hosts

    asked = {}
    monkeypatch.setattr(hosts, "group_effects", lambda *given: asked.update(given=given) or [])
    lives = [
        replace(live(i, views=v), host=h)
        for i, (v, h) in enumerate(zip((4_000.0, 39_900.0) * 4, "ABAB" * 2, strict=True))
    ]
    _, rates = _effects(lives, METRICS["err"])
    y, labels, _, noise, least = asked["given"]
    assert labels == list("ABAB" * 2) and least == 4
    assert y[:2] == pytest.approx([math.log(4_000.5 / 40_001), math.log(39_900.5 / 40_001)])
    assert noise[:2] == pytest.approx([(1 - 4_000.5 / 40_001) / 4_000.5, 0.01 / 39_900.5]), "never under a hundredth"
    assert rates == pytest.approx({"A": 0.1, "B": 39_900 / 40_000})
    assert _effects(lives[:7], METRICS["err"]) == ([], {})


def test_what_else_differs_between_hosts() -> None:
    lives = [
        live(0),
        live(1, minutes=60.0, impressions=None, views=300.0),
        live(2, minutes=None, impressions=0.0, views=0.0),
    ]
    found = host_covariates(lives, ["19:00"] * 3)
    assert found[:, 0] == pytest.approx(np.log([120, 60, 60])) and found[:, 1] == pytest.approx(
        [math.log(20_000), math.log(300), 0]
    )
    many = [live(i) for i in range(9)]
    blocks = ["19:00"] * 5 + ["12:00"] * 4
    assert host_covariates(many, blocks)[:, 2:].T.tolist() == [[0.0] * 5 + [1.0] * 4]


def test_a_host_is_better_only_as_far_as_the_number_of_looks_allows() -> None:
    from playbook.stats.group_effects import GroupEffect

    for tests, better, verdict in (
        (1, 0.0139, "above"),
        (1, 0.0141, "usual"),
        (5, 0.00279, "above"),
        (5, 0.0029, "usual"),
    ):
        effect = GroupEffect("A", 5, 0.2, 0.1, 0.15, 0.0, 0.3, better, 0.9)
        assert _rate(effect, "err", {"A": 0.1}, METRICS["err"], tests).verdict == verdict
        worse = _rate(effect, "err", {"A": 0.1}, METRICS["err"].model_copy(update={"good": "low"}), tests)
        assert worse.verdict == {"above": "below", "usual": "usual"}[verdict]


def test_slots_share_what_may_be_found_by_luck_among_the_steps() -> None:
    lives = [live(i) for i in range(20)]
    gmv, length = np.zeros(20), np.log([[120.0]] * 20)
    looks = slots._looks(lives, gmv, length)
    assert looks[0][0] is None and looks[0][3] == slots.TOTAL_SHARE
    assert [each[3] for each in looks[1:]] == pytest.approx(
        [(1 - slots.TOTAL_SHARE) / (len(looks) - 1)] * (len(looks) - 1)
    )
    assert sum(each[3] for each in looks) == pytest.approx(1) and looks[0][2].shape == (20, 2), (
        "a length that never differs says nothing"
    )
    first = slots.STEPS[0]
    assert looks[1][0] == first and looks[1][1] == pytest.approx(math.log(lives[0].counts[first] / 2))
    lone = [
        Session(f"s{i}", {"gmv": 5.0, "sku_orders": None}, start=live(i).start, duration_minutes=60.0) for i in range(4)
    ]
    (alone,) = slots._looks([changed(each, **dict.fromkeys(slots.STEPS)) for each in lone], gmv[:4], length[:4])
    assert alone[3] == 1.0
    zero = changed(live(1), **{first: 0.0})
    assert slots._looks([zero] * 20, gmv, length)[1][1] == pytest.approx(math.log(0.5 / 2))
    assert slots.comparable([live(0, gmv=0.0), live(1), live(2, gmv=None), live(3, minutes=None)]) == [live(1)]


def test_slots_know_the_length_on_the_log_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(slots, "group_effects", lambda y, labels, x: asked.append((y, x)) or [])
    slots.slots([live(i, minutes=60.0 + i) for i in range(slots.NEEDED_LIVES)])
    y, x = asked[0]
    assert x[:, 0] == pytest.approx(np.log([60 + i for i in range(len(x))]))
    assert y[0] == pytest.approx(math.log(960 / 1.0))


def test_a_week_ends_with_its_last_minute_and_its_sums_need_every_part() -> None:
    until = live(4).start
    assert until is not None
    looked = weekly([live(i) for i in range(8)], METRICS, until=until, reviewed={})
    assert looked.last_live is not None and looked.last_live.id == "live-4"
    assert looked.sessions == ("live-1", "live-2", "live-3", "live-4") or looked.sessions[-1] == "live-4"
    assert looked.week.hours == 2.0 * len(looked.sessions) and looked.week.gmv == 960.0 * len(looked.sessions)
    assert looked.mean_week is not None and looked.mean_week.lives * 1.0 == 4 - len(looked.sessions) + 1
    gone = weekly([*(live(i) for i in range(4)), live(4, gmv=None)], METRICS, until=until, reviewed={})
    assert gone.week.gmv is None and gone.week.hours == 2.0 * len(gone.sessions)
    endless = weekly([*(live(i) for i in range(4)), live(4, minutes=None)], METRICS, until=until, reviewed={})
    assert endless.week.hours is None and endless.week.gmv == 960.0 * len(endless.sessions)
    twin = replace(live(4), id="twin")
    assert weekly([live(3), live(4), twin], METRICS, until=until, reviewed={}).week.lives == 3


def test_a_factor_repeats_when_it_was_below_in_the_five_before() -> None:
    lives = [live(i, views=2_400.0 if i in (12, 14) else 5_000.0) for i in range(15)]
    until = lives[-1].start
    assert until is not None
    found = weekly(lives, METRICS, until=until, reviewed={})
    (err,) = [each for each in found.repeats if each.metric == "err"]
    assert err.below == ("live-12", "live-14") and err.weak_in_last_5 == 1
    assert {each.metric for each in found.deviations} <= {n for n, m in METRICS.items() if m.role == "factor"}
    assert {(each.session_id, each.metric) for each in found.deviations} >= {("live-12", "err"), ("live-14", "err")}
    assert all(each.verdict in ("below", "above") for each in found.deviations)
    once = weekly(
        [live(i, views=2_400.0 if i == 14 else 5_000.0) for i in range(15)], METRICS, until=until, reviewed={}
    )
    assert not [each for each in once.repeats if each.metric == "err"]


def test_long_lives_to_look_at_again_began_since_the_last_look_and_are_not_too_old() -> None:
    until = datetime(2026, 6, 30, 12)
    lives = [at(until - timedelta(days=days), 300.0) for days in (80, 20, 3)]
    found = weekly(lives, METRICS, until=until, reviewed={}, last_look=until - timedelta(days=25))
    assert [each.session_id for each in found.deeper] == [lives[1].id, lives[2].id]
    assert lives[0].id not in [each.session_id for each in weekly(lives, METRICS, until=until, reviewed={}).deeper]


# --- shares and products


def test_a_share_is_judged_by_student_with_the_prior_spread() -> None:
    """Log-odds -1, 0, 1 and four prior LIVEs of .35; counting 1 / (n p (1 - p)) at the usual share."""
    earlier = [1 / (1 + math.exp(-each)) for each in (-1.0, 0.0, 1.0)]
    squares = 2 + 4 * 0.35**2
    for views, noise in ((None, 0.0), (400.0, 1 / (400 * 0.25))):
        sd = math.sqrt(squares / 6 * (1 + 1 / 3) + noise)
        found, chance = _judged("channel", "inbox", "views", 0.7, earlier, views)
        assert chance == pytest.approx(2 * t.cdf(-math.log(0.7 / 0.3) / sd, 6))
        assert found.low == pytest.approx(1 / (1 + math.exp(t.ppf(0.975, 6) * sd)))
    shifted, chance = _judged("channel", "inbox", "views", 0.7, [0.7, 0.8, 0.75], None)
    odds = np.log([0.7 / 0.3, 0.8 / 0.2, 3.0])
    sd = math.sqrt((((odds - odds.mean()) ** 2).sum() + 4 * 0.35**2) / 6 * (4 / 3))
    assert chance == pytest.approx(2 * t.cdf(-abs(math.log(7 / 3) - odds.mean()) / sd, 6))
    assert _odds(0.0) == pytest.approx(math.log(0.0005 / 0.9995)) and _odds(1.0) == pytest.approx(-_odds(0.0))
    assert _odds(0.5) == 0.0 and shifted.earlier == 3


def test_a_share_is_known_only_when_every_part_is() -> None:
    def session(*counts: float | None) -> Session:
        parts = tuple(Slice(name, {"views": each}, {}) for name, each in zip("abc", counts, strict=False))
        return replace(live(), channels=parts)

    assert _share(session(30.0, 70.0), "channel", "a", "views") == pytest.approx(0.3)
    for unknown in ((30.0, None), (None, 70.0), (-1.0, 70.0), (0.0, 0.0)):
        assert _share(session(*unknown), "channel", "a", "views") is None


def test_a_product_that_nobody_orders_is_low_among_those_that_could_be() -> None:
    """Fisher's exact test, mid-p; how many could reject at all is Tarone's count."""
    hits, base = np.array([0.0, 30.0, 30.0, 0.0]), np.array([60.0, 300.0, 300.0, 5.0])
    # None of 60 where 60 of 600 were: about .0009, which four tests at .02 allow; none of 5 says nothing.
    assert _plainly_low(hits, base) == [True, False, False, False]
    assert _plainly_low(hits[:2], base[:2]) == [False, False] and _plainly_low(0 * hits, base) == [False] * 4
    assert _plainly_low(np.array([0.0, 0.0, 9.0]), np.array([50.0, 50.0, 50.0])) == [False] * 3, "all orders are of one"
    listed = [
        Product(str(i), f"p{i}", {"product_clicks": n, "sku_orders": k})
        for i, (k, n) in enumerate(zip(hits, base, strict=True))
    ]
    assert [each.verdict for each in _rates(listed, ("ctor", "sku_orders", "product_clicks"))] == [
        "below",
        "usual",
        "usual",
        "usual",
    ]


def test_the_number_of_products_that_could_be_low_is_allowed_for() -> None:
    """About one in nine sells: none of 42 has a mid-p near .004, which .02 allows one test, and not six."""
    sold, clicked = [30.0, 30.0], [280.0, 280.0]
    assert _plainly_low(np.array([0.0, *sold]), np.array([42.0, *clicked])) == [True, False, False]
    six = _plainly_low(np.array([0.0] * 6 + sold), np.array([42.0] * 6 + clicked))
    assert six == [False] * 8
    # Those of two clicks could never be low, and cost nothing.
    assert _plainly_low(np.array([0.0] * 6 + sold), np.array([42.0] + [2.0] * 5 + clicked))[0] is True


def test_a_product_has_a_usual_of_its_own_from_three_lives_on() -> None:
    def sold(index: int, *names: str) -> Session:
        counts = {"product_clicks": 200.0, "sku_orders": 20.0}
        return replace(live(index), products=tuple(Product(None, name, counts) for name in names))

    lamp = Product(None, "lamp", {"product_clicks": 200.0, "sku_orders": 2.0})
    past = [sold(0, "lamp"), sold(1, "lamp", "rug"), sold(2, "lamp")]
    found = _before(lamp, past, 1)
    assert found is not None and found.verdict == "below" and found.others == pytest.approx(0.1, rel=0.05)
    assert _before(lamp, past[:2], 1) is None and _before(lamp, [*past[:2], sold(2, "lamp", "lamp")], 1) is None
    assert _before(replace(lamp, counts={}), past, 1) is None


def test_what_an_order_brings_by_the_live_else_by_its_products() -> None:
    assert _order_value(live()) == 20.0
    parts = (Product("1", "a", {"gmv": 90.0, "sku_orders": 3.0}), Product("2", "b", {"gmv": 30.0, "sku_orders": None}),
             Product("3", "c", {"gmv": None, "sku_orders": 4.0}))  # fmt: skip
    session = replace(live(gmv=None, sku_orders=None), products=parts)
    assert _order_value(session) == 30.0 and _order_value(replace(session, products=parts[1:])) is None
