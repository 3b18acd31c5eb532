"""Answers move what is believed of a learner the right way, and a learner of known skill is soon placed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks import mastery as bench
from playbook.training.mastery import HIGHEST, Answered, Belief, answered, mastery, weights


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=30), st.integers(1, 5))
def test_a_right_answer_raises_and_a_wrong_one_lowers(done: list[tuple[int, bool]], level: int) -> None:
    belief = Belief.unknown()
    for each in done:
        belief = belief.after(*each)
    assert belief.after(level, True).mean >= belief.mean >= belief.after(level, False).mean
    assert 1 <= belief.level <= HIGHEST and abs(sum(belief.weights) - 1) < 1e-9


def test_a_learner_is_placed_in_25_questions_and_sooner_than_by_the_others() -> None:
    found = {name: bench.placed(way, 60, 3) for name, way in bench.WAYS.items()}
    assert found["Bayes"].after_25 > 0.8
    assert found["Bayes"].error < min(found["Elo"].error, found["staircase"].error)


def test_one_metric_is_believed_apart_from_the_others() -> None:
    done = [Answered("err", "metric", 3, True), Answered("ctr", "metric", 3, False)] * 4
    now = mastery(done)
    assert now.of("err").mean > now.whole.mean > now.of("ctr").mean
    assert now.of("ctor").mean == Belief.around(now.whole.mean, 0.8).mean, "never asked about: near the whole"
    often = weights(now, ["err", "ctr", "ctor"])
    assert often["ctr"] > often["ctor"] > often["err"]


def test_steps_of_a_topic_are_believed_apart() -> None:
    now = mastery([Answered("err", "metric", 3, True), Answered("err", "strategy", 3, False)])
    assert now.parts["err", "metric"].mean > now.parts["err", "strategy"].mean
    assert now.whole.answers == 1


def test_a_stored_drill_is_read_and_a_damaged_one_passed_over() -> None:
    assert answered("err", {"level": 2, "parts": {"metric": True, "strategy": False}}) == [
        Answered("err", "metric", 2, True), Answered("err", "strategy", 2, False)
    ]  # fmt: skip
    assert answered("err", {}) == [] and answered("err", {"level": "x", "parts": {}}) == []
