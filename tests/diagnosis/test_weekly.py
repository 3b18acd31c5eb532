"""The weekly look on shops whose truth is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from playbook.diagnosis.baseline.history import start_of
from playbook.diagnosis.over_lives.weekly import Totals, Weekly, weekly
from playbook.model.session import Session
from playbook.simulation.shops import calm_shop, restless_shop

from .shops import METRICS, changed, live, said, wobbly


def after(session: Session, hours: float = 5) -> datetime:
    return start_of(session) + timedelta(hours=hours)


def look(lives: list[Session], **options) -> Weekly:
    return weekly(lives, METRICS, **{"until": after(lives[-1]), "reviewed": {}} | options)


def verdicts(changes) -> dict[str, str]:
    return {each.metric: each.verdict for each in changes}


def test_the_week_is_the_seven_days_before() -> None:
    lives = wobbly(20, 0.1)
    found = look(lives)
    assert found.sessions == ("live-16", "live-17", "live-18", "live-19"), "one every second day"
    assert found.until - found.since == timedelta(days=7)
    assert found.last_live == lives[-1]
    assert {each.recent_lives for each in found.changes} == {4}
    assert {each.recent_lives for each in found.since_last} == {1}
    later = look(lives, until=after(lives[-1]) + timedelta(days=30))
    assert later.sessions == () and later.changes == () and later.last_live == lives[-1]


def test_numbers_are_sums_over_sums() -> None:
    lives = [live(index) for index in range(12)]
    lives[-1] = changed(lives[-1], impressions=400_000.0, views=20_000.0)
    found = {each.metric: each for each in look(lives).changes}
    views, shown = 3 * 5_000 + 20_000, 3 * 40_000 + 400_000
    assert found["err"].recent == pytest.approx(views / shown, rel=1e-12)
    assert found["err"].earlier == pytest.approx(5_000 / 40_000, rel=1e-12)
    assert found["impressions"].recent == pytest.approx(shown / 4)
    seconds = found["avg_viewing_duration"]
    assert seconds.recent == pytest.approx(45.0)
    assert found["err"].change == pytest.approx(views / shown / 0.125 - 1)


def test_a_week_and_a_mean_week_are_added_up() -> None:
    found = look([live(index) for index in range(20)])
    assert found.week == Totals(4.0, 8.0, 4 * 960.0)
    assert found.mean_week is not None
    assert found.mean_week.lives == pytest.approx(16 / 5) and found.mean_week.gmv == pytest.approx(16 / 5 * 960)
    assert (found.gmv_kind, found.currency) == ("direct", "USD")


def test_an_ordinary_week_stays_silent() -> None:
    """Ranges hold about 95 % also over several LIVEs of a shop with memory; none may be far off."""
    said, single = Counter(), Counter()
    for seed in range(60):
        lives = restless_shop(np.random.default_rng(seed), 32, 20_000)
        found = look(lives)
        said.update(each.verdict for each in found.changes)
        single.update(each.verdict for each in found.since_last)
    for counted in (said, single):
        judged = sum(counted.values()) - counted["unknown"]
        assert judged > 900
        assert 0.02 < (counted["below"] + counted["above"]) / judged < 0.07


def test_a_week_that_fell_is_seen() -> None:
    seen = 0
    for seed in range(30):
        lives = calm_shop(np.random.default_rng(seed), 40_000, 20, {at: {"ctr": 0.6} for at in range(16, 20)})
        found = look(lives, until=start_of(lives[-1]) + timedelta(hours=5))
        seen += verdicts(found.changes)["ctr"] == "below"
        assert verdicts(found.changes)["ctr"] in ("below", "usual")
    assert seen >= 27


def test_a_repeat_offender_is_below_in_the_week_and_before() -> None:
    lives = calm_shop(np.random.default_rng(3), 400_000, 22, {16: {"follow_rate": 0.4}, 20: {"follow_rate": 0.4}})
    found = look(lives)
    (repeat,) = [each for each in found.repeats if each.metric == "follow_rate"]
    assert repeat.below == ("live-020",) and repeat.judged == len(found.sessions) and repeat.weak_in_last_5 == 1
    (deviation,) = [each for each in found.deviations if each.metric == "follow_rate"]
    assert (deviation.session_id, deviation.verdict) == ("live-020", "below")
    assert deviation.value < deviation.low < deviation.usual < deviation.high


def test_below_once_is_no_repeat() -> None:
    lives = calm_shop(np.random.default_rng(3), 400_000, 22, {20: {"follow_rate": 0.4}})
    assert "follow_rate" not in {each.metric for each in look(lives).repeats}


def test_s27_lives_of_over_an_hour_that_nobody_reviewed_deserve_a_look() -> None:
    lives = [live(index) for index in range(20)]
    lives[-1] = replace(lives[-1], duration_minutes=59.0)
    lives[-2] = replace(lives[-2], running=True)
    seen = {lives[-3].id: after(lives[-3])}
    found = look(lives, reviewed=seen)
    assert [each.session_id for each in found.deeper] == ["live-16"]
    longer = look(lives, reviewed=seen, last_look=after(lives[-8]))
    assert [each.session_id for each in longer.deeper] == [f"live-{n}" for n in (13, 14, 15, 16)], "since the last look"


@pytest.mark.parametrize(("days", "due"), [(0, False), (6, False), (7, True), (40, True)])
def test_s27_a_look_is_due_after_seven_days(days: int, due: bool) -> None:
    lives = wobbly(5, 0.1)
    until = after(lives[-1])
    found = look(lives, last_look=until - timedelta(days=days))
    assert (found.days_since_look, found.due) == (days, due)
    assert look(lives, reviewed={"live-0": until - timedelta(days=days)}).due is due


def test_without_any_look_one_is_due_and_without_lives_none() -> None:
    assert look(wobbly(3, 0.1)).due is True
    empty = weekly([], METRICS, until=datetime(2026, 8, 1), reviewed={})
    assert (empty.due, empty.changes, empty.last_live, empty.week.lives) == (False, (), None, 0)
    assert said(empty.notes) == ("No LIVE of at least 30 minutes is stored yet: import an export first.",)


def test_direct_and_attributed_gmv_are_not_compared() -> None:
    lives = [live(index) for index in range(20)]
    lives[-1] = replace(lives[-1], gmv_kind="attributed", counts=dict(lives[-1].counts) | {"gmv": 9_000.0})
    found = {each.metric: each for each in look(lives).changes}
    assert found["gmv_per_hour"].recent_lives == 1 and found["gmv_per_hour"].verdict == "unknown"
    assert found["gmv_per_hour"].reason == "it needs 3 earlier LIVEs with this number, and there are 0"
    assert found["ctr"].recent_lives == 4
    assert look(lives).week.gmv is None


def test_with_a_short_history_nothing_is_judged() -> None:
    found = look([live(index) for index in range(5)])
    assert set(verdicts(found.changes).values()) == {"unknown"}
    assert all(each.reason for each in found.changes)


def test_lives_that_never_count_are_left_out() -> None:
    lives = [live(index) for index in range(20)]
    odd = [replace(live(19), id="short", duration_minutes=10.0), replace(live(18), id="euro", currency="EUR"),
           replace(live(17), id="undated", start=None)]  # fmt: skip
    found = look([*lives, *odd], until=after(lives[-1]))
    assert found.sessions == look(lives).sessions
    assert "1 LIVE in another currency left out of the usual." in said(found.notes)


def test_one_live_has_the_range_and_verdict_of_its_review() -> None:
    """The table of the latest LIVE and the list of single LIVEs may not say different things."""
    for seed in range(12):
        found = look(restless_shop(np.random.default_rng(seed), 32, 20_000))
        last = {each.metric: each for each in found.deviations if each.session_id == found.sessions[-1]}
        outside = [each for each in found.since_last if each.verdict in ("below", "above")]
        factors = [each for each in outside if METRICS[each.metric].role == "factor"]
        assert {each.metric for each in factors} == set(last)
        for each in factors:
            assert (each.verdict, each.low, each.high) == (
                last[each.metric].verdict, last[each.metric].low, last[each.metric].high,
            )  # fmt: skip
