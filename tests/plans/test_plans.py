"""The one change, written down."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from playbook.advice.recommend import recommend
from playbook.knowledge.load import load
from playbook.plans.plan import (
    MOST_LIVES,
    Plan,
    TooManyPlans,
    candidates,
    closed,
    controls_for,
    opened,
    plan_for,
    trigger_of,
)
from tests.advice.build import diagnosis, judged, strategy
from tests.diagnosis.shops import live, wobbly

KNOWLEDGE = load()
METRICS = KNOWLEDGE.metrics
NOW = datetime(2026, 11, 1, 12, 0)


def made(name: str, number: int = 20, sd: float = 0.1) -> Plan:
    return plan_for(KNOWLEDGE.strategies[name], wobbly(number, sd), METRICS, NOW)


@pytest.mark.parametrize("name", list(KNOWLEDGE.strategies))
def test_every_strategy_makes_a_plan_that_survives_json_and_pickle(name: str) -> None:
    plan = made(name)
    assert plan.strategy == name and plan.made_after == "live-19" and plan.status == "candidate"
    assert 2 <= plan.lives <= MOST_LIVES and plan.worth > 0 and plan.trigger and plan.steps
    assert plan.metric not in plan.controls
    assert Plan.from_dict(json.loads(json.dumps(plan.to_dict(), allow_nan=False))) == plan
    assert pickle.loads(pickle.dumps(plan)) == plan


def test_what_is_missing_in_a_stored_plan_is_named() -> None:
    values = made("err_billboard").to_dict()
    with pytest.raises(ValueError, match="not a plan: metric, worth missing"):
        Plan.from_dict({key: value for key, value in values.items() if key not in ("metric", "worth")})
    with pytest.raises(ValueError, match="status is 'lost', not one of candidate, open, judged, dropped"):
        Plan.from_dict(values | {"status": "lost"})
    with pytest.raises(ValueError, match="lives is 0, not a whole number from 1 on"):
        Plan.from_dict(values | {"lives": 0})
    assert Plan.from_dict(values | {"added_later": 1}) == made("err_billboard")


def test_a_calm_shop_needs_fewer_lives_than_a_wild_one() -> None:
    calm, wild = made("err_billboard", 40, 0.02), made("err_billboard", 40, 0.3)
    assert calm.lives_needed is not None and calm.lives_needed <= 3
    assert wild.lives_needed is None or wild.lives_needed > MOST_LIVES
    assert wild.lives == MOST_LIVES
    assert calm.visible is not None and wild.visible is not None and calm.visible < 0.15 < wild.visible


def test_the_planned_number_gives_the_power_it_claims() -> None:
    """The promised 80 % over simulated effects of just the size that is worth having, by the normal approximation."""
    from scipy.special import ndtr, ndtri

    from playbook.plans.effect import error_ahead
    from playbook.stats.sequential import interim_analyses

    plan = made("err_billboard", 40, 0.1)
    assert plan.lives_needed is not None and plan.lives_needed > 1
    errors = error_ahead(wobbly(40, 0.1), "err", plan.controls, METRICS, [plan.lives_needed - 1, plan.lives_needed])
    assert errors is not None and errors[1] < errors[0]
    bound = ndtri(1 - interim_analyses(2)[1].limit)
    powers = [float(ndtr(np.log1p(plan.worth) / error - bound)) for error in errors]
    assert powers[1] >= 0.8 > powers[0]


def test_units_are_what_the_lives_hold_together() -> None:
    plan = made("err_billboard", 40, 0.03)
    assert plan.unit == "impressions" and plan.lives_needed is not None and plan.units_needed is not None
    assert plan.units_needed == pytest.approx(plan.lives_needed * 40_000, rel=0.05)
    assert made("flash_sale_volume").units_needed is None


def test_too_short_a_history_is_said_and_not_guessed() -> None:
    plan = plan_for(KNOWLEDGE.strategies["err_billboard"], [live(0), live(1)], METRICS, NOW)
    assert (plan.lives_needed, plan.units_needed, plan.visible, plan.lives) == (None, None, None, MOST_LIVES)
    with pytest.raises(ValueError, match="a plan is made after a LIVE; none was given"):
        plan_for(KNOWLEDGE.strategies["err_billboard"], [], METRICS, NOW)


def test_controls_leave_out_what_the_strategy_touches_and_what_explains_the_outcome() -> None:
    assert set(controls_for(KNOWLEDGE.strategies["duration_periodic_giveaways"], METRICS)).isdisjoint(
        {"avg_viewing_duration", "comment_rate"}
    )
    assert controls_for(KNOWLEDGE.strategies["flash_sale_volume"], METRICS) == ()


def test_the_trigger_comes_from_the_strategys_own_words() -> None:
    def of(*ats: dict[str, object] | None) -> tuple[str, float | None]:
        steps = [{"step": "x", **({"at": each} if each else {})} for each in ats]
        return trigger_of(strategy("x", [{"metric": "err", "is": "below_usual"}], do=steps))

    before, soon = {"moment": "before"}, {"moment": "during", "minute": 0, "words": "within 10 minutes of the start"}
    assert of(before, soon) == ("within 10 minutes of the start", 0.0)
    assert of(before) == ("before the LIVE", None)
    assert of(None) == ("during the LIVE", None)
    assert of({"moment": "during", "words": "before each round"}, {"moment": "during", "minute": 25}) == (
        "before each round", None,
    )  # fmt: skip
    assert of({"moment": "during", "minute": 25}) == ("minute 25", 25.0)
    assert of({"moment": "during", "minute": -10}) == ("in the last 10 minutes", None)
    assert of({"moment": "during", "minute": 5, "every": 20}) == ("every 20 minutes from minute 5", None)


def test_at_most_three_candidates_in_the_order_of_the_advice() -> None:
    found = diagnosis(*(judged(name, 0.5, 1.0, "below", 5.0) for name in METRICS), worst=("ctor", "err", "ctr"))
    advice = recommend(found, KNOWLEDGE)
    plans = candidates(advice, wobbly(10, 0.1), METRICS, NOW)
    assert [each.strategy for each in plans] == [each.id for each in advice[:3]]
    assert len({each.id for each in plans}) == 3
    assert candidates((), wobbly(10, 0.1), METRICS, NOW) == ()


def test_a_fourth_open_plan_is_refused_in_words() -> None:
    one = made("err_billboard")
    factors = {"err", *one.controls}
    three = [
        replace(one, id=str(number), title=f"Change {number}", status="open", metric=metric,
                controls=tuple(factors - {metric}))
        for number, metric in enumerate(("err", "ctor", "share_rate"))
    ]  # fmt: skip
    fresh = made("follow_spoken_prompt")
    assert opened(fresh, three[:2]).status == "open"
    assert opened(three[0], three).id == "0"
    with pytest.raises(TooManyPlans) as told:
        opened(fresh, three)
    assert str(told.value) == (
        "3 changes are open already: Change 0; Change 1; Change 2. Judge or drop one before a new one."
    )
    assert opened(fresh, [closed(three[0], "judged"), *three[1:]]).status == "open"


def test_a_plan_that_may_move_what_another_watches_is_refused() -> None:
    err = opened(made("err_billboard"), [])
    assert "err" not in made("ctr_always_a_pin").controls
    with pytest.raises(TooManyPlans, match="acts on the same number"):
        opened(made("ctr_always_a_pin"), [err])
    with pytest.raises(TooManyPlans, match="acts on the same number"):
        opened(err, [replace(made("ctr_always_a_pin"), status="open")])
    assert opened(made("impressions_openers"), [err]).status == "open", "volumes are no controls"


def test_two_open_plans_on_one_metric_are_refused_in_words() -> None:
    first = opened(made("err_billboard"), [])
    with pytest.raises(TooManyPlans) as told:
        opened(made("err_pinned_set"), [first])
    assert str(told.value) == (
        "'Put up a billboard that says why to come in' is open and acts on the same number: nobody could tell which of "
        "the two moved it. Judge or drop it first."
    )
