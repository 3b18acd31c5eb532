"""Ranking and recommending."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from playbook.advice.rank import AT_MOST, strength
from playbook.advice.recommend import recommend, suggestions_for
from playbook.diagnosis.findings import Chronic, Leak, LeakPart, Slide, Verdict
from playbook.knowledge.load import load

from .build import diagnosis, judged, mark

KNOWLEDGE = load()
ANSWERED = [name for name, each in KNOWLEDGE.metrics.items() if each.role == "factor"] + ["impressions_per_hour"]


@pytest.mark.parametrize("metric", ANSWERED)
@pytest.mark.parametrize("others", ["unknown", "usual", "below"])
def test_a_weak_metric_is_always_named(metric: str, others: Verdict) -> None:
    """Whatever the volumes do, and even when everything else is weaker still by volume."""
    volumes = [judged(name, 600, 1000, others, 12.0) for name in ("impressions", "views", "viewers")]
    named = recommend(diagnosis(judged(metric, 0.6, 1.0, "below", 9.0), *volumes, worst=(metric,)), KNOWLEDGE)
    assert any(metric in each.metrics for each in named)
    assert named[0].metrics[0] == metric


def test_nothing_weak_nothing_advised() -> None:
    found = [judged(name, 1.0, 1.0, "usual", -1.0) for name in KNOWLEDGE.metrics]
    assert recommend(diagnosis(*found, worst=("err", "ctr", "ctor")), KNOWLEDGE) == ()
    assert recommend(diagnosis(), KNOWLEDGE) == ()


def test_each_of_the_three_worst_gets_its_first_before_any_gets_a_second() -> None:
    found = diagnosis(
        judged("ctor", 0.05, 0.1, "below", 9.0),
        judged("comment_rate", 0.05, 0.1, "below", 6.0),
        judged("err", 0.08, 0.1, "below", 3.0),
        judged("impressions_per_hour", 500, 1000, "below", 50.0),
        worst=("ctor", "comment_rate", "err"),
    )
    named = recommend(found, KNOWLEDGE)
    assert [each.metrics[0] for each in named[:4]] == ["ctor", "comment_rate", "err", "impressions_per_hour"]
    assert len(named) == AT_MOST
    assert [each.strength for each in named[:3]] == sorted((each.strength for each in named[:3]), reverse=True)


def test_at_most_a_handful_even_when_everything_is_weak() -> None:
    found = [judged(name, 0.5, 1.0, "below", 5.0) for name in KNOWLEDGE.metrics]
    named = recommend(diagnosis(*found, worst=("err", "ctr", "ctor")), KNOWLEDGE)
    assert len(named) == AT_MOST
    assert {each.metrics[0] for each in named[:3]} == {"err", "ctr", "ctor"}


def test_a_link_to_gmv_outranks_equal_evidence_elsewhere() -> None:
    found = diagnosis(
        judged("comment_rate", 0.05, 0.1, "below", 6.0), judged("ctor", 0.05, 0.1, "below", 6.0),
        worst=("comment_rate", "ctor"),
    )  # fmt: skip
    assert [each.metrics[0] for each in recommend(found, KNOWLEDGE)[:2]] == ["ctor", "comment_rate"]


def test_an_outcome_comes_after_the_metrics_that_explain_it() -> None:
    found = diagnosis(
        judged("gmv_per_hour", 500.0, 1000.0, "below", 40.0),
        judged("ctor", 0.05, 0.1, "below", 4.0),
        judged("views", 1000, 1000, "usual"),
        judged("ctr", 0.2, 0.2, "usual"),
        worst=("ctor",),
    )
    assert [each.metrics for each in recommend(found, KNOWLEDGE)] == [("ctor",), ("ctor",), ("gmv_per_hour",)]


def test_the_answer_does_not_depend_on_the_order_of_judgements() -> None:
    found = [judged(name, 0.5, 1.0, "below", 5.0) for name in ANSWERED]
    expected = [each.id for each in recommend(diagnosis(*found), KNOWLEDGE)]
    shuffled = list(found)
    random.Random(7).shuffle(shuffled)
    assert [each.id for each in recommend(diagnosis(*shuffled), KNOWLEDGE)] == expected


def test_strength_of_slides_and_chronic_weaknesses() -> None:
    found = diagnosis(
        slides=(Slide("ctr", 0.07, 0.1, -0.3, -0.4, -0.2, 5), Slide("err", 0.1, 0.1, 0.0, -0.1, 0.1, 5)),
        chronic=(Chronic("ctor", mark("ctor", 0.2), 5, 5),),
    )
    # z = ln(0.7) over a standard error of (ln 0.8 - ln 0.6) / 3.92: 4.86; half its square is 11.8; x 1.3 for the cost
    assert strength("ctr", "sliding", found, KNOWLEDGE.metrics) == pytest.approx(15.35, abs=0.05)
    assert strength("err", "sliding", found, KNOWLEDGE.metrics) == 0
    assert strength("ctor", "chronic", found, KNOWLEDGE.metrics) == pytest.approx(1.674, abs=0.001)
    assert strength("share_rate", "below_usual", found, KNOWLEDGE.metrics) == 0
    named = {each.id: each for each in recommend(found, KNOWLEDGE)}
    assert set(named) == {"ctr_refresh_bag", "ctor_below_market"}


def test_to_dict_is_json_with_the_keys_others_rely_on() -> None:
    found = diagnosis(judged("err", 0.06, 0.1, "below", 9.0), worst=("err",))
    first = recommend(found, KNOWLEDGE)[0]
    told = json.loads(json.dumps(first.to_dict()))
    assert told["strategy"] == "err_billboard"
    assert told["metrics"] == ["err"]
    assert "6.0%" in told["because"] and "10.0%" in told["because"]
    assert told["title"] == KNOWLEDGE.strategies["err_billboard"].title
    assert told["first_step"] == first.first_step
    assert first.evidence == ("this LIVE 6.0%, usual 10.0%, range 8.0–12.0% (-40%): below",)


def test_suggestions_for_what_felt_weak() -> None:
    found = suggestions_for(["ctor", "err", "ctor"], KNOWLEDGE)
    assert [each.metrics[0] for each in found[:2]] == ["ctor", "err"]
    assert len({each.id for each in found}) == len(found) == AT_MOST
    assert all(each.status == "tested" for each in found)
    assert suggestions_for(["nonsense"], KNOWLEDGE) == ()
    assert suggestions_for([], KNOWLEDGE) == ()


@pytest.mark.parametrize("metric", ANSWERED)
def test_every_metric_has_a_suggestion(metric: str) -> None:
    assert suggestions_for([metric], KNOWLEDGE)[0].metrics[0] == metric


def leak_of(**amounts: float) -> Leak:
    """A loss split over factors, each part sure to a fifth."""
    parts = tuple(
        LeakPart(name, amount, amount - abs(amount) / 5, amount + abs(amount) / 5, amount * 1.5, amount * 0.5)
        for name, amount in amounts.items()
    )
    return Leak(1000.0, 1000.0 + sum(amounts.values()), parts, could_be_noise=False)


def test_the_card_for_the_largest_loss_of_money_comes_first() -> None:
    found = diagnosis(
        judged("err", 0.05, 0.1, "below", 40.0), judged("comment_rate", 0.05, 0.1, "below", 50.0),
        judged("ctor", 0.05, 0.1, "below", 4.0), worst=("comment_rate", "err", "ctor"),
    )  # fmt: skip
    assert [each.metrics[0] for each in recommend(found, KNOWLEDGE)[:3]] == ["err", "comment_rate", "ctor"]
    dear = replace(found, leak=leak_of(err=-100.0, ctor=-400.0))
    assert [each.metrics[0] for each in recommend(dear, KNOWLEDGE)[:3]] == ["ctor", "err", "comment_rate"]
    unsure = replace(found, leak=replace(dear.leak, could_be_noise=True))  # type: ignore[type-var]
    assert recommend(unsure, KNOWLEDGE) == recommend(found, KNOWLEDGE)


def test_a_loss_whose_range_holds_a_gain_moves_nothing() -> None:
    found = diagnosis(
        judged("err", 0.05, 0.1, "below", 40.0), judged("ctor", 0.05, 0.1, "below", 4.0), worst=("err", "ctor")
    )
    part = LeakPart("ctor", -400.0, -900.0, 100.0, -1000.0, 200.0)
    vague = replace(found, leak=Leak(1000.0, 600.0, (part,), could_be_noise=False))
    assert [each.id for each in recommend(vague, KNOWLEDGE)] == [each.id for each in recommend(found, KNOWLEDGE)]


def test_shown_less_is_answered_first_where_it_cost_most() -> None:
    found = diagnosis(
        judged("impressions_per_hour", 500, 1000, "below", 5.0), judged("ctor", 0.05, 0.1, "below", 50.0),
        worst=("ctor",),
    )  # fmt: skip
    dear = replace(found, leak=leak_of(impressions=-300.0, ctor=-50.0))
    assert recommend(dear, KNOWLEDGE)[0].metrics == ("impressions_per_hour",)
    assert recommend(found, KNOWLEDGE)[0].metrics == ("ctor",)


def test_what_the_app_knows_is_said_and_not_asked() -> None:
    found = diagnosis(judged("ctor", 0.05, 0.1, "below", 9.0), worst=("ctor",))
    with_value = diagnosis(
        judged("ctor", 0.05, 0.1, "below", 9.0), judged("gmv_per_order", 41.0, 25.0, "usual"), worst=("ctor",)
    )
    told = recommend(with_value, KNOWLEDGE, "USD")[0]
    assert told.id == "ctor_usual_order_value"
    assert "An order was worth $41.00 in this LIVE, and usually $25.00." in told.because
    assert "unknown" not in recommend(found, KNOWLEDGE, "USD")[0].because
    for each in KNOWLEDGE.strategies.values():
        for step in each.do:
            assert "look up your" not in step.step.casefold(), each.id
