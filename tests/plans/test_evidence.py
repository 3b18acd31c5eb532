"""What a shop's own tries say, and how the order of advice follows them."""

from __future__ import annotations

import json
import math
from datetime import datetime

import numpy as np
import pytest

from playbook.advice.match import firing
from playbook.advice.rank import ranked
from playbook.advice.recommend import recommend
from playbook.knowledge.load import load
from playbook.plans.evidence import Evidence, evidence_of, pooled, trust_of
from playbook.plans.outcomes import Outcome, OutcomeVerdict
from tests.advice.build import diagnosis, judged

KNOWLEDGE = load()
STARTS = {f"live-{day}": datetime(2026, 10, day, 19, 0) for day in range(1, 20)}


def tried(number: int, verdict: OutcomeVerdict, strategy: str = "err_billboard", **more: object) -> Outcome:
    values: dict[str, object] = {"log_change": 0.1, "error": 0.1, "last_session": f"live-{number}"} | more
    done = 0 if verdict == "not_done" else 3
    return Outcome(f"plan-{number}", strategy, "err", verdict, done, 0, 0, **values)  # type: ignore[arg-type]


def test_tries_are_counted_and_pooled() -> None:
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


def test_pooling_knows_when_tries_differ() -> None:
    alike, apart = pooled([0.1, 0.1, 0.1], [0.05] * 3), pooled([0.6, 0.1, -0.4], [0.05] * 3)
    assert alike[0] == pytest.approx(0.1) and apart[0] == pytest.approx(0.1)
    assert apart[2] - apart[1] > 5 * (alike[2] - alike[1])
    assert pooled([0.2, 0.0], [0.01, 1.0])[0] == pytest.approx(0.2, abs=0.01)
    with pytest.raises(ValueError, match="at least one effect"):
        pooled([], [])
    with pytest.raises(ValueError, match="an error above 0"):
        pooled([0.1], [0.0])


def test_pooled_ranges_hold_the_truth() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        errors = rng.uniform(0.05, 0.3, 6)
        _, low, high = pooled(list(rng.normal(0.1, np.sqrt(errors**2 + 0.15**2))), list(errors))
        held += low < 0.1 < high
    assert 0.92 <= held / 400 <= 0.99


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
