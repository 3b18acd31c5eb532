"""Events: which stand around a dip, what is asked, and what a change after an event is worth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import pytest

from playbook.diagnosis import diagnose
from playbook.diagnosis.by_minute.events import (
    effects,
    logged,
    pinned_at,
    pooled,
    something_pinned,
    with_events,
)
from playbook.diagnosis.by_minute.violations import violations
from playbook.diagnosis.findings import Dip
from playbook.knowledge.load import load
from playbook.knowledge.violations import Matcher
from playbook.model.session import Event, Session
from playbook.report.words.dips import around
from playbook.report.words.notes import question
from playbook.simulation.rooms import Fall, room
from playbook.simulation.worlds.moments import after_a_low, dated
from playbook.simulation.worlds.rooms import Kind, rough_room

KNOWLEDGE = load()
DEFINED = KNOWLEDGE.metrics
DIP = Dip("err", 41, 63, "prolonged", 0.4, 0.3, 0.5, 0.07, 0.12, 4.0)


def asked_of(dip: Dip) -> tuple[str, ...]:
    return tuple(question(each) for each in dip.questions)


def live(seed: int, events: Sequence[Event] = (), falls: Sequence[Fall] = (), size: float = 2_500) -> Session:
    made = room(np.random.default_rng(seed), size, list(falls), 160)
    totals = {name: float(made.trend[name].sum()) for name in made.trend.columns if name != "minute"}
    return Session(
        id=f"live {seed}",
        counts=totals,
        start=datetime(2026, 5, 1, 19) + timedelta(days=seed),
        duration_minutes=160.0,
        trend=made.trend,
        trend_step=1.0,
        events=tuple(events),
    )


def test_events_from_five_minutes_before_to_the_end_are_told() -> None:
    log = [Event("other", minute) for minute in (35.9, 36.0, 41.0, 62.9, 63.0)]
    near = with_events(DIP, log).events
    assert [(each.minute, each.before) for each in near] == [(36.0, 5.0), (41.0, 0.0), (62.9, 0.0)]


def test_events_are_spans_that_may_end_before_a_dip_or_run_into_it() -> None:
    log = [
        Event("billboard", 0, end_minute=39), Event("flash_sale", 10, end_minute=50), Event("coupon", 5, end_minute=35),
        Event("giveaway", 45, end_minute=60),
    ]  # fmt: skip
    near = with_events(DIP, log).events
    assert [(each.type, each.before, each.ended) for each in near] == [
        ("billboard", 41, 2), ("flash_sale", 31, 0), ("giveaway", 0, 0),
    ]  # fmt: skip
    assert [each.began for each in near] == [False, False, True]
    assert [around(each) for each in near] == [
        "billboard that ended 2 min before", "flash sale since 0:10, to 0:50", "giveaway at 0:45",
    ]  # fmt: skip


def test_what_the_log_answers_is_not_asked() -> None:
    asked = asked_of(with_events(DIP, []))
    assert asked == (
        "Which product was pinned during this time?",
        "Was a promotion or an ad running, or had one just ended?",
        "Was there a violation during this time?",
    )
    log = [Event("pin", 10, product="Blue mug"), Event("coupon", 45), Event("violation", 42, detail="Claim")]
    assert asked_of(with_events(DIP, log)) == ("Blue mug was pinned when it began: how did it do in other LIVEs?",)
    unpinned = with_events(DIP, [Event("pin", 10), Event("unpin", 30)])
    assert unpinned.questions == () and unpinned.pinned is False, "the log has no promotion and no violation either"
    assert asked_of(with_events(DIP, [], ends=63.5))[-1] == "Was the LIVE being closed by then?"


def test_what_was_pinned() -> None:
    log = [Event("pin", 5, product="A"), Event("pin", 20, end_minute=30, product="B"), Event("unpin", 50)]
    assert [pinned_at(minute, log) for minute in (4, 6, 25, 35, 60)] == [None, "A", "B", None, None]
    assert [something_pinned(minute, log) for minute in (4, 6, 35)] == [False, True, False]
    assert something_pinned(6, [Event("ad", 3)]) is None
    assert with_events(DIP, log).pinned is False and with_events(DIP, []).pinned is None


def test_a_log_of_violations_alone_is_no_log_of_what_was_done() -> None:
    assert logged([]) is None and logged([Event("violation", 5)]) is None
    assert logged([Event("violation", 5), Event("pin", 2)]) == {"violation", "pin"}


def test_a_planted_fall_after_an_event_is_larger_than_ordinary_moments() -> None:
    session = live(3, [Event("violation", 80, detail="Claim")], [Fall("impressions", 80, 105, 0.5)])
    found = {each.metric: each for each in effects(session, DEFINED)}
    change = found["impressions"]
    assert change.low < -0.5 < change.high or change.change == pytest.approx(-0.5, abs=0.2)
    assert change.moments >= 8 and change.larger_than is not None
    assert change.larger_than >= 0.9 * change.moments
    assert change.low < change.change < change.high


def test_an_event_at_an_ordinary_moment_ranks_anywhere() -> None:
    """Ranks of events that do nothing are spread evenly: their mean is a half."""
    found = [each for seed in range(40) for each in effects(live(seed, [Event("script", 90)]), DEFINED)]
    ranks = [
        each.larger_than / each.moments
        for each in found
        if each.larger_than is not None and each.metric in ("impressions", "err", "ctr")
    ]
    assert len(ranks) > 60
    assert np.mean(ranks) == pytest.approx(0.5, abs=0.12)


def test_ranges_of_changes_hold_nothing_where_nothing_happened() -> None:
    held = [
        each.low <= 0 <= each.high
        for seed in range(40)
        for each in effects(live(seed, [Event("pin", 75), Event("script", 110)]), DEFINED)
        if each.metric != "impressions"
    ]
    assert np.mean(held) > 0.88


def test_a_giveaway_on_a_low_moment_is_held_against_low_moments() -> None:
    """Started when few come in, it is followed by a recovery; so are other low moments, and that is subtracted."""
    raw, beyond = [], []
    for seed in range(30):
        quiet = live(seed)
        assert quiet.trend is not None
        smooth = quiet.trend["impressions"].rolling(10).mean()
        low = int(smooth[45:140].idxmin()) + 1
        found = [e for e in effects(live(seed, [Event("giveaway", low)]), DEFINED) if e.metric == "impressions"]
        for each in found:
            if each.ordinary is not None:
                raw.append(np.log1p(each.change))
                beyond.append(np.log1p(each.change) - np.log1p(each.ordinary))
    assert len(raw) >= 5
    assert np.mean(raw) > 0
    assert abs(np.mean(beyond)) < abs(np.mean(raw))


def test_ranks_of_events_that_do_nothing_are_rarely_high() -> None:
    """A rank of at least 19 in 20 belongs to one event in twenty."""
    found = [
        each for seed in range(40) for each in effects(live(seed, [Event("script", 60), Event("pin", 120)]), DEFINED)
    ]
    high = [each.larger_than >= 0.95 * each.moments for each in found if each.larger_than is not None]
    assert len(high) > 300
    assert np.mean(high) <= 0.06


@pytest.mark.parametrize("metric", ["impressions", "comment_rate"])
def test_what_follows_a_low_by_itself_is_not_put_down_to_the_event(metric: str) -> None:
    """Events set off by a low change nothing: the range over them holds nought, though numbers rose after them."""
    held = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        shop = dated([after_a_low(rough_room(rng, 1_000, Kind(), 0, 150), metric) for _ in range(25)])
        (one,) = (each for each in pooled(shop, {metric: DEFINED[metric]}) if each.metric == metric)
        held.append(one.low <= 0 <= one.high)
    assert sum(held) >= 2


def test_nothing_at_all_after_an_event_is_the_largest_change() -> None:
    """Whether there are counts enough is asked before they come, or the lowest would be left out."""
    session = live(2, [Event("violation", 80)], size=60)
    assert session.trend is not None
    session.trend.loc[80:89, "comments"] = 0
    (found,) = (each for each in effects(session, DEFINED) if each.metric == "comment_rate")
    assert found.after == 0 and found.larger_than is not None and found.larger_than >= 38


def test_too_near_an_end_or_too_few_counts_says_nothing() -> None:
    assert effects(live(1, [Event("pin", 3), Event("pin", 155), Event("pin", 900)]), DEFINED) == ()
    assert not [e for e in effects(live(1, [Event("pin", 80)], size=5), DEFINED) if e.metric == "ctor"]
    assert effects(Session("x", {}, events=(Event("pin", 5),)), DEFINED) == ()


def test_pooling_finds_what_each_event_alone_cannot_show() -> None:
    lives = [live(seed, [Event("unpin", 80)], [Fall("ctr", 80, 92, 0.3)]) for seed in range(10)]
    found = {(each.type, each.metric): each for each in pooled(lives, DEFINED)}
    change = found["unpin", "ctr"]
    assert (change.events, change.lives) == (10, 10)
    assert change.high < 0 and change.low < -0.3 < change.high
    assert pooled(lives[:2], DEFINED) == ()


def test_violations_are_known_or_new_by_the_logs_of_earlier_lives() -> None:
    past = [live(1, [Event("violation", 20, detail="Misleading  claim")])]
    now = live(2, [Event("violation", 50, detail="misleading Claim"), Event("violation", 60, detail="Other"),
                   Event("violation", 70)])  # fmt: skip
    assert [each.kind for each in violations(now, past, (), Matcher({}))] == ["known", "new", None]
    assert [each.kind for each in violations(now, [live(3)], (), Matcher({}))] == [None, None, None]


def test_dips_and_events_reach_the_json_of_the_contract() -> None:
    from playbook.pipeline import review

    session = live(3, [Event("unpin", 79, product="Mug")], [Fall("err", 80, 110, 0.55)])
    written = review(session, [], KNOWLEDGE).to_dict()
    dip = next(each for each in written["dips"] if each["metric"] == "err")
    assert abs(dip["start_minute"] - 80) <= 6 and abs(dip["end_minute"] - 110) <= 8
    assert dip["kind"] == "prolonged" and 0.3 < dip["depth"] < 0.75
    assert isinstance(dip["start_minute"], int) and isinstance(dip["end_minute"], int)
    assert [(each["type"], each["minute"]) for each in dip["events"]] == [("unpin", 79)]
    assert written["shape"]["drifts"] and written["event_effects"]


def test_a_live_without_a_trend_has_no_dips_and_no_shape() -> None:
    found = diagnose(Session("x", {"impressions": 100.0}), [], DEFINED)
    assert (found.dips, found.shape, found.event_effects, found.violations) == ((), None, (), ())
