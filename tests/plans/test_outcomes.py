"""Did it work? Held against shops whose truth is known."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from scipy.special import ndtr

from playbook.knowledge.load import load
from playbook.model.session import Event, Session
from playbook.plans.outcomes import PlanOutcome, judge_plan, seen_in_events
from playbook.plans.plan import Plan, plan_for
from playbook.simulation.plans import Changed, changed_after_a_bad_live, rate_of, worst_rate
from playbook.stats.sequential import interim_analyses, needed_error, visible
from tests.diagnosis.shops import live, wobbly

KNOWLEDGE = load()
NOW = datetime(2026, 11, 1, 12, 0)


def plan(history: list[Session], strategy: str = "err_billboard", **changes: object) -> Plan:
    made = plan_for(KNOWLEDGE.strategies[strategy], history, KNOWLEDGE.metrics, NOW)
    return replace(made, **{"status": "open", "lives": 4, **changes})


def later(number: int, start: int = 20, **factors: float) -> list[Session]:
    """LIVEs after the first `start`, a little apart from each other, with some counts multiplied."""
    made = []
    for index, each in enumerate(wobbly(number, 0.04, seed=99)):
        counts = {name: (value or 0) * factors.get(name, 1.0) for name, value in each.counts.items()}
        made.append(replace(live(start + index), counts=counts))
    return made


def done(lives: list[Session], answer: bool | None = True) -> dict[str, bool | None]:
    return {each.id: answer for each in lives}


def judged(made: Plan, since: list[Session], history: list[Session], answers: dict[str, bool | None]) -> PlanOutcome:
    return judge_plan(made, since, history, answers, KNOWLEDGE.metrics)


# -- the promise ---------------------------------------------------------------------------------------------------


def case_of(seed: int, effect: float, earlier: int, alternating: bool) -> tuple[Plan, Changed]:
    """A restless shop, its worst rate of a bad LIVE, and the plan that the playbook makes for that rate."""
    case = changed_after_a_bad_live(seed, earlier, 16 if alternating else 8, effect=effect, alternating=alternating)
    strategy = next(each for each in KNOWLEDGE.strategies.values() if each.watch.metric == case.metric)
    return plan_for(strategy, case.history, KNOWLEDGE.metrics, NOW), case


@pytest.mark.parametrize(
    ("earlier", "alternating", "shops"),
    [
        (9, False, 60),
        (20, True, 60),
        *(pytest.param(*case, 200, marks=pytest.mark.long) for case in [(9, False), (20, False), (20, True)]),
    ],
)
def test_without_an_effect_it_seldom_says_worked(earlier: int, alternating: bool, shops: int) -> None:
    """Restless shops with memory, the plan made after a bad LIVE, all looks taken."""
    worked, improved = 0, 0
    for seed in range(shops):
        made, case = case_of(70_000 + seed, 0.0, earlier, alternating)
        worked += judged(made, list(case.since), list(case.history), dict(case.done)).verdict == "worked"
        improved += rate_of(case.since[0], case.metric) > rate_of(case.history[-1], case.metric)
    assert worked / shops <= 0.05
    assert improved / shops > 0.7, "the trap that this avoids is there"


def test_looking_after_every_live_finds_what_looking_at_the_end_finds() -> None:
    for seed in range(8):
        made, case = case_of(60_000 + seed, 0.5, 20, False)
        told = [
            judged(made, list(case.since[:lives]), list(case.history), dict(case.done)).verdict for lives in range(1, 9)
        ]
        decided = next((each for each in told if each in ("worked", "no_sign")), "cannot_tell")
        assert decided == told[-1]


def test_a_large_effect_is_seen_more_often_than_not() -> None:
    cases = [case_of(80_000 + seed, 0.6, 20, False) for seed in range(60)]
    found = [judged(made, list(case.since), list(case.history), dict(case.done)).verdict for made, case in cases]
    assert found.count("worked") / len(found) > 0.5


# -- verdicts ------------------------------------------------------------------------------------------------------


def test_a_clear_rise_worked_and_its_size_is_inside_the_range() -> None:
    history = wobbly(20, 0.04)
    since = later(4, views=1.4, product_clicks=1.4, sku_orders=1.4, comments=1.4, new_followers=1.4, shares=1.4)
    found = judged(plan(history), since, history, done(since))
    assert found.verdict == "worked" and found.done == 4 and found.more is None
    assert found.low is not None and found.high is not None and found.low < 0.4 < found.high
    assert found.seen == pytest.approx(1.4 * 0.125, rel=0.1)
    assert found.expected == pytest.approx(0.125, rel=0.1)
    assert found.last_session == since[-1].id


def test_what_all_metrics_share_is_not_put_down_to_the_plan() -> None:
    """Comments and follows always move together here; both rise, so the plan for follows is not said to have worked."""
    lucky = [1.0, 1.5, 0.8, 1.3, 0.7, 1.2, 0.75, 1.4] * 4
    history = [
        replace(each, counts=dict(each.counts) | {"comments": 410 * luck, "new_followers": 50 * luck})
        for each, luck in zip(wobbly(32, 0.03), lucky, strict=True)
    ]
    risen = later(4, start=40, comments=1.6, new_followers=1.6)
    alone = later(4, start=40, new_followers=1.6)
    made = plan(history, "follow_spoken_prompt", controls=("comment_rate", "share_rate", "like_rate"))
    shared, own = (judged(made, since, history, done(since)) for since in (risen, alone))
    assert own.verdict == "worked"
    assert shared.verdict != "worked"
    assert own.change is not None and shared.change is not None and shared.change < own.change - 0.2


def test_a_plan_that_did_nothing_shows_no_sign_once_there_is_enough() -> None:
    history = wobbly(30, 0.02)
    since = later(6, start=40)
    found = judged(plan(history, worth=0.3), since, history, done(since))
    assert found.verdict == "no_sign"
    assert found.high is not None and found.high < 0.3


def test_a_fall_is_no_sign_and_a_plan_that_hopes_for_a_fall_is_its_mirror() -> None:
    history = wobbly(20, 0.04)
    since = later(4, views=0.6, product_clicks=0.6, sku_orders=0.6, comments=0.6, new_followers=0.6, shares=0.6)
    assert judged(plan(history), since, history, done(since)).verdict == "no_sign"
    assert judged(plan(history, direction="down"), since, history, done(since)).verdict == "worked"


def test_before_the_first_look_it_says_how_many_more() -> None:
    history = wobbly(20, 0.04)
    made = plan(history, lives=8)
    for factor, reason in (
        (1.10, "so far it moved the hoped way, but by no more than LIVEs of this shop differ by themselves"),
        (0.95, "so far it did not move the hoped way, but by no more than LIVEs of this shop differ by themselves"),
        (
            1.6,
            "so far it clearly moved the hoped way; it is judged after a fixed number of LIVEs",
        ),
    ):
        rates = ("views", "product_clicks", "sku_orders", "comments", "new_followers", "shares", "likes")
        since = later(1, **dict.fromkeys(rates, factor))
        found = judged(made, since, history, done(since))
        assert (found.verdict, found.more, found.analyses_taken) == ("cannot_tell", 3, 0)
        assert found.reason == reason


def test_not_done_and_not_known() -> None:
    history = wobbly(10, 0.04)
    since = later(2)
    made = plan(history)
    assert judged(made, since, history, done(since, False)).verdict == "not_done"
    asked = judged(made, since, history, {})
    assert (asked.verdict, asked.unknown) == ("cannot_tell", 2)
    assert asked.reason == "nobody has said yet whether it was done"
    mixed = judged(made, since, history, {since[0].id: False})
    assert mixed.verdict == "cannot_tell", "one LIVE may still turn out to have had it"
    assert judged(made, [], history, {}).reason == "there was no LIVE since"


def test_too_little_to_compare_with() -> None:
    since = later(4)
    found = judged(plan([live(0)]), since, [live(0)], done(since))
    assert found.verdict == "cannot_tell"
    assert found.reason == "a change is compared with at least three LIVEs without it, and there are fewer"


def test_a_metric_that_is_not_printed_is_said_so() -> None:
    history = wobbly(10, 0.04)
    since = [replace(each, counts=dict(each.counts) | {"impressions": None}) for each in later(3)]
    found = judged(plan(history), since, history, done(since))
    assert (found.verdict, found.reason) == ("cannot_tell", "the metric is not known in the LIVEs with the change")


def test_a_verdict_at_a_look_does_not_change_with_later_lives() -> None:
    history = wobbly(20, 0.04)
    since = later(4, views=1.4) + later(6, start=30, views=0.5)
    made = plan(history)
    early = judged(made, since[:4], history, done(since[:4]))
    assert early.verdict == "worked"
    late = judged(made, since, history, done(since))
    assert (late.verdict, late.change) == ("worked", early.change)


def test_a_stub_a_running_live_and_the_plans_own_live_do_not_count() -> None:
    history = wobbly(10, 0.04)
    extra = [replace(live(20), running=True), replace(live(21), duration_minutes=10.0), history[-1]]
    found = judged(plan(history), extra, history, done(extra))
    assert (found.done, found.reason) == (0, "there was no LIVE since")


def test_the_order_in_which_lives_are_given_does_not_matter() -> None:
    history, since = wobbly(12, 0.1), later(6, views=1.2)
    made, answers = plan(history), done(later(6))
    assert judged(made, since, history, answers) == judged(made, since[::-1], history[::-1], answers)


def test_numbers_that_make_no_sense_raise_nothing() -> None:
    history = wobbly(6, 0.04)
    odd = [live(20, impressions=0.0), live(21, views=0.0), live(22, impressions=1e300), live(23, views=-5.0)]
    found = judged(plan(history), odd, history, done(odd))
    json.dumps(found.to_dict(), allow_nan=False)


def test_an_outcome_survives_json_and_pickle() -> None:
    history, since = wobbly(12, 0.1), later(4, views=1.2)
    found = judged(plan(history), since, history, done(since))
    assert PlanOutcome.from_dict(json.loads(json.dumps(found.to_dict(), allow_nan=False))) == found
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(ValueError, match="not an outcome: verdict is 'great'"):
        PlanOutcome.from_dict(found.to_dict() | {"verdict": "great"})
    with pytest.raises(ValueError, match="not an outcome: strategy missing"):
        PlanOutcome.from_dict({key: value for key, value in found.to_dict().items() if key != "strategy"})


def test_a_live_before_the_plan_that_had_the_change_already_is_not_one_without_it() -> None:
    plain, risen = wobbly(16, 0.03), later(4, start=16, views=1.4, comments=1.4, product_clicks=1.4)
    since = later(4, start=30, views=1.4, comments=1.4, product_clicks=1.4)
    history = [*plain, *risen]
    told, untold = (judged(plan(history), since, history, done([*since, *known])) for known in (risen, []))
    assert told.change is not None and untold.change is not None
    assert told.change > untold.change + 0.05
    assert told.done == untold.done == 4


def test_every_second_live_needs_fewer_lives_with_the_change() -> None:
    strategy, history = KNOWLEDGE.strategies["err_billboard"], wobbly(30, 0.15)
    always, second = (plan_for(strategy, history, KNOWLEDGE.metrics, NOW, alternate) for alternate in (False, True))
    assert second.alternate and always.visible is not None and second.visible is not None
    assert second.visible < always.visible


def test_an_event_log_suggests_that_it_was_done_and_never_that_it_was_not() -> None:
    billboard, pin = (KNOWLEDGE.strategies[name] for name in ("err_billboard", "ctr_always_a_pin"))
    logged = replace(live(3), events=(Event("billboard", 0.0), Event("pin", 4.0)))
    assert seen_in_events(billboard, logged) is True
    assert seen_in_events(billboard, replace(logged, events=logged.events[1:])) is None
    assert seen_in_events(billboard, live(3)) is None
    assert seen_in_events(pin, logged) is None


# -- looks ---------------------------------------------------------------------------------------------------------


def test_looks_are_fixed_and_together_spend_less_than_a_twentieth() -> None:
    assert [each.lives for each in interim_analyses(6)] == [3, 6, 12, 24]
    assert [each.lives for each in interim_analyses(1)] == [1, 2, 4]
    rng = np.random.default_rng(4)
    for lives in (1, 2, 5, 8):
        took = [each.lives for each in interim_analyses(lives)]
        steps = rng.normal(0, np.sqrt(np.diff([0, *took])), (200_000, len(took)))
        z = steps.cumsum(axis=1) / np.sqrt(took)
        wrong = (ndtr(-z) <= [each.limit for each in interim_analyses(lives)]).any(axis=1)
        assert wrong.mean() < 0.05
        assert interim_analyses(lives)[0].limit <= 0.04
    with pytest.raises(ValueError, match="at least 1 LIVE, not 0"):
        interim_analyses(0)


def test_power_and_error_are_two_sides_of_one_thing() -> None:
    assert visible(needed_error(0.2)) == pytest.approx(0.2)
    assert needed_error(0.4) == pytest.approx(2 * needed_error(0.2))


def test_the_simulated_plan_has_the_effect_it_claims() -> None:
    plain, changed = (changed_after_a_bad_live(5, 12, 6, 400_000, effect) for effect in (0.0, 0.3))
    assert plain.history == changed.history and plain.metric == changed.metric == worst_rate(list(plain.history))
    ratios = [
        rate_of(b, plain.metric) / rate_of(a, plain.metric) for a, b in zip(plain.since, changed.since, strict=True)
    ]
    assert sum(ratios) / len(ratios) == pytest.approx(1.3, abs=0.1)
    assert changed.since[0].start is not None and changed.history[-1].start is not None
    assert changed.since[0].start > changed.history[-1].start - timedelta(hours=1)
    every_second = changed_after_a_bad_live(5, 12, 4, alternating=True)
    assert list(every_second.done.values()) == [True, False, True, False]
