"""What the untouched rates did is taken out, and rates that other plans move are no witnesses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.plans import effect, outcomes
from playbook.plans.effect import Effect, effect_of, known_lives
from playbook.plans.kept import moved_by
from playbook.plans.outcomes import PlanOutcome, judge_plan
from playbook.plans.plan import Plan, plan_for, touched, untouched
from playbook.plans.shared_move import SharedMove, shared_move
from playbook.simulation.worlds.plans import DESIGNS, Happening, tried
from playbook.stats.meta_analysis import random_effects
from tests.diagnosis.shops import wobbly
from tests.plans.test_plans import NOW

METRICS = load().metrics
STRATEGIES = load().strategies
CONTROLS = ("comment_rate", "follow_rate", "like_rate", "ctr", "ctor")


def shop(since: int = 8, **factors: float) -> tuple[list[Session], list[Session], dict[str, bool | None]]:
    """Twenty LIVEs, and some since then in which counts are multiplied."""
    lives = wobbly(20 + since, 0.06, seed=5)
    later = [
        replace(each, counts={name: (value or 0) * factors.get(name, 1.0) for name, value in each.counts.items()})
        for each in lives[20:]
    ]
    return lives[:20], later, {each.id: True for each in later}


def made(history: list[Session], strategy: str = "err_billboard") -> Plan:
    return replace(plan_for(STRATEGIES[strategy], history, METRICS, NOW), status="open", lives=4)


def one(middle: float, error: float) -> Effect:
    return Effect(np.array([1.0]), np.array([middle]), np.array([error]), 0.1, 0.1, 4, 20)


def test_a_shared_rise_is_found_and_nothing_where_nothing_moved() -> None:
    history, later, done = shop(comments=1.4, new_followers=1.4, likes=1.4, product_clicks=1.4, sku_orders=1.96)
    found = shared_move([*history, *later], done, CONTROLS, METRICS)
    assert found is not None and found.clear and found.pooled.effects == 5
    assert found.pooled.mean == pytest.approx(np.log(1.4), abs=0.08)
    history, later, done = shop()
    still = shared_move([*history, *later], done, CONTROLS, METRICS)
    assert still is not None and not still.clear and abs(still.pooled.mean) < 0.1
    assert shared_move([*history, *later], done, (), METRICS) is None


def test_it_is_taken_out_by_as_much_as_it_is_known() -> None:
    """By hand: prior variance 0.09, estimate 0.2 with variance 0.03: 0.2 x 0.09 / 0.12 = 0.15, and 0.0225 more."""
    known = SharedMove(replace(random_effects([0.2], [0.03]), plain_error=0.03**0.5))
    left = known.taken_from(one(0.3, 0.1))
    assert left.middle == pytest.approx(0.15) and left.error == pytest.approx((0.01 + 0.0225) ** 0.5)


def test_a_rise_that_all_rates_share_is_no_success_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    case = tried(1, DESIGNS[1], 0.0, Happening(shock=0.6))
    strategy = next(each for each in STRATEGIES.values() if each.watch.metric == case.metric)
    plan = plan_for(strategy, case.history, METRICS, NOW)

    def judged() -> PlanOutcome:
        return judge_plan(plan, case.since, case.history, case.ticked, METRICS)

    found = judged()
    assert found.verdict == "cannot_tell" and found.shift is not None and found.shift > 0.2
    assert found.reason == "it moved the hoped way, but not clearly further than the rates that it should not touch"
    monkeypatch.setattr(outcomes, "BESIDE_THE_OTHERS", 1.0)
    assert judged().verdict == "worked", "by itself it would have been taken for a success"


def test_a_rate_that_another_plan_moved_says_nothing_of_that_live() -> None:
    history, later, done = shop(likes=2.0)
    lives = [*history, *later]
    moved = {each.id: frozenset({"like_rate"}) for each in later}
    assert effect_of(lives, done, "like_rate", (), METRICS) is not None
    assert effect_of(lives, done, "like_rate", (), METRICS, moved) is None
    assert known_lives(lives, "like_rate", METRICS, moved) == {each.id for each in history}
    found = shared_move(lives, done, CONTROLS, METRICS, moved)
    assert found is not None and found.pooled.effects == 4
    plain, _, _ = shop()
    doubled, same = (effect_of(each, done, "err", CONTROLS, METRICS, moved) for each in (lives, [*plain, *shop()[1]]))
    seen = effect_of(lives, done, "err", CONTROLS, METRICS)
    assert doubled is not None and same is not None and seen is not None
    assert doubled.middle == pytest.approx(same.middle, abs=0.003)
    assert abs(seen.middle - same.middle) > 0.01


def test_what_a_plan_may_move_and_where() -> None:
    history, later, _ = shop()
    pin = made(history, "ctr_always_a_pin")
    assert touched(pin, METRICS) == {"ctr", "err"}
    assert touched(made(history, "impressions_openers"), METRICS) == {"impressions_per_hour"}
    said = {later[0].id: True, later[1].id: False}
    open_one = moved_by([(pin, said)], [*history, *later], METRICS)
    assert set(open_one) == {each.id for each in later} - {later[1].id}
    assert set(moved_by([(replace(pin, status="judged"), said)], [*history, *later], METRICS)) == {later[0].id}


def test_what_follows_from_the_metric_is_no_control() -> None:
    history, _, _ = shop()
    listed = replace(made(history), controls=("ctor", "product_ctr", "show_gpm", "gmv_per_hour", "gone"))
    assert untouched(listed, METRICS) == ("ctor",)


def test_two_changes_of_one_number_in_the_same_lives_cannot_be_told_apart() -> None:
    history, later, done = shop(views=1.5)
    moved = {each.id: frozenset({"err"}) for each in later}
    found = judge_plan(made(history), later, history, done, METRICS, moved)
    assert found.verdict == "cannot_tell"
    assert found.reason == "another change may have moved the same number in the LIVEs with the change"


def test_a_shop_that_grows_anyway_is_not_taken_for_one_that_was_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """ERR alone grows by 2 % a LIVE: with growth allowed for, most of the rise is no effect."""
    lives = [
        replace(each, counts=dict(each.counts) | {"views": (each.counts["views"] or 0) * 1.02**at})
        for at, each in enumerate(wobbly(28, 0.05, seed=5))
    ]
    done: dict[str, bool | None] = {each.id: True for each in lives[20:]}
    allowed = effect_of(lives, done, "err", (), METRICS)
    monkeypatch.setattr(effect, "GROWTH_SD", 0.0)
    ignored = effect_of(lives, done, "err", (), METRICS)
    assert allowed is not None and ignored is not None
    assert allowed.middle < 0.8 * ignored.middle and allowed.chance_below(0) > 2 * ignored.chance_below(0)
