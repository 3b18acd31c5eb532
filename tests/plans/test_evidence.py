"""What a shop's own tries say, and how the order of advice follows them."""

from __future__ import annotations

import json
import math
from datetime import datetime

import pytest

from playbook.advice.match import firing
from playbook.advice.rank import ranked
from playbook.advice.recommend import recommend
from playbook.knowledge.load import load
from playbook.plans.evidence import Evidence, confirmed, evidence_of, trust_of
from playbook.plans.outcomes import OutcomeVerdict, PlanOutcome
from tests.advice.build import diagnosis, judged

KNOWLEDGE = load()
STARTS = {f"live-{day}": datetime(2026, 10, day, 19, 0) for day in range(1, 20)}


def tried(number: int, verdict: OutcomeVerdict, strategy: str = "err_billboard", **more: object) -> PlanOutcome:
    p_value = 0.001 if verdict == "worked" else 0.5
    values: dict[str, object] = {"log_change": 0.1, "error": 0.1, "last_session": f"live-{number}", "p_value": p_value}
    values |= more
    done = 0 if verdict == "not_done" else 3
    return PlanOutcome(f"plan-{number}", strategy, "err", verdict, done, 0, 0, **values)  # type: ignore[arg-type]


def test_s32_tries_are_counted_and_pooled() -> None:
    verdicts: tuple[OutcomeVerdict, ...] = ("worked", "no_sign", "cannot_tell", "not_done")
    found = evidence_of([tried(index, verdict) for index, verdict in enumerate(verdicts, 1)], STARTS)["err_billboard"]
    assert (found.tries, found.worked, found.no_sign, found.cannot_tell, found.not_done) == (3, 1, 1, 1, 1)
    assert found.change == pytest.approx(math.expm1(0.1))
    assert found.low == pytest.approx(math.expm1(0.1 - 1.959964 * 0.1 / math.sqrt(3)), abs=1e-4)
    assert found.last_used == datetime(2026, 10, 3, 19, 0)
    assert json.loads(json.dumps(found.to_dict()))["trust"] == 1


def test_the_last_outcome_of_a_plan_counts() -> None:
    found = evidence_of([tried(1, "cannot_tell"), tried(1, "worked")], STARTS)["err_billboard"]
    assert (found.tries, found.worked, found.cannot_tell) == (1, 1, 0)


def test_of_many_plans_those_that_luck_explains_do_not_hold() -> None:
    lucky = [tried(number, "no_sign", "other") for number in range(1, 10)]
    weak = [tried(20, "worked", p_value=0.03)]
    assert confirmed(weak) == {"plan-20"} and confirmed([*lucky, *weak]) == frozenset()
    found = evidence_of([*lucky, *weak], STARTS)["err_billboard"]
    assert (found.worked, found.unconfirmed, found.plans, found.trust) == (0, 1, 10, 1)
    strong = tried(20, "worked", p_value=0.001)
    assert evidence_of([*lucky, strong], STARTS)["err_billboard"].worked == 1


def test_a_plan_without_a_p_value_has_the_largest_it_could_have() -> None:
    old = tried(1, "worked", p_value=None)
    assert confirmed([old]) == {"plan-1"} and confirmed([old, *(tried(n, "no_sign") for n in range(2, 5))]) == set()


def test_no_try_no_effect_and_no_outcomes_no_evidence() -> None:
    found = evidence_of([tried(1, "not_done", log_change=None, error=None)], {})["err_billboard"]
    assert (found.tries, found.change, found.last_used, found.trust) == (0, None, None, 1)
    assert evidence_of([], {}) == {}


def test_trust_grows_and_falls() -> None:
    def trust(worked: int, no_sign: int) -> float:
        return Evidence("x", "err", worked + no_sign, worked, no_sign, 0, 0).trust

    assert trust(0, 0) == 1
    assert trust(0, 5) < trust(0, 1) < trust(1, 1) == 1 < trust(1, 0) < trust(5, 0) < 2
    assert trust(0, 5) < 0.3


def test_a_strategy_that_failed_five_times_falls_and_one_that_worked_rises() -> None:
    found = diagnosis(judged("err", 0.06, 0.1, "below", 9.0), judged("ctor", 0.05, 0.1, "below", 7.5),
                      worst=("err", "ctor"))  # fmt: skip
    before = [each.id for each in recommend(found, KNOWLEDGE)]
    assert before[0] == "err_billboard"
    failed = trust_of(evidence_of([tried(number, "no_sign") for number in range(1, 6)], STARTS))
    after = [each.id for each in recommend(found, KNOWLEDGE, trust=failed)]
    assert after.index("err_billboard") >= 2, "behind its own alternative and behind the other weakness"
    second = next(each for each in before if each.startswith("err_") and each != "err_billboard")
    assert after.index(second) < after.index("err_billboard")
    risen = trust_of(evidence_of([tried(1, "worked", second)], STARTS))
    assert next(each.id for each in recommend(found, KNOWLEDGE, trust=risen)) == second


def test_without_evidence_the_order_is_the_playbooks() -> None:
    found = diagnosis(judged("err", 0.06, 0.1, "below", 9.0), worst=("err",))
    assert recommend(found, KNOWLEDGE, trust={}) == recommend(found, KNOWLEDGE)
    matches = firing(KNOWLEDGE.strategies.values(), found, KNOWLEDGE.metrics)
    assert ranked(matches, found, KNOWLEDGE.metrics) == ranked(matches, found, KNOWLEDGE.metrics, trust={"ctor": 0.1})
