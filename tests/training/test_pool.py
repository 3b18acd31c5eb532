"""Every question of every pool agrees with the engine, and a repeat is a new case."""

from __future__ import annotations

from collections import Counter

import pytest

import playbook
from playbook.knowledge.lessons import Choice, Order, Question
from playbook.training import pool
from playbook.training.answers import disagreement

KNOWLEDGE = playbook.load()
ASKED = [
    pytest.param(question, id=f"{lesson.id}-{place}")
    for lesson in KNOWLEDGE.lessons.values()
    for place, question in enumerate(lesson.quiz)
    if pool.is_about_a_live(question)
]


def variants(question: Question, seeds: range) -> list[pool.Posed]:
    found = [pool.posed(question, KNOWLEDGE, seed) for seed in seeds]
    for each in found:
        if each.review is not None:
            told = disagreement(each.question, each.review)
            assert told is None or told[2], told
    return found


@pytest.mark.parametrize("question", ASKED)
def test_a_fresh_case_agrees_with_the_engine(question: Question) -> None:
    (found,) = variants(question, range(1))
    assert found.question is not question and type(found.question) is type(question)


@pytest.mark.long
@pytest.mark.parametrize("question", ASKED)
def test_at_least_four_variants_of_each(question: Question) -> None:
    found = variants(question, range(8))
    distinct = {(each.question.model_dump_json(), each.review.session.counts["views"] if each.review else 0.0)
                for each in found}  # fmt: skip
    assert len(distinct) >= 4


def test_every_question_has_at_least_four_variants_and_each_can_be_drawn() -> None:
    every = [each for lesson in KNOWLEDGE.lessons.values() for each in lesson.quiz]
    asked_in_words = [each for each in every if not pool.is_about_a_live(each)]
    assert asked_in_words and all(pool.has_variants(each) for each in every)
    for question in asked_in_words:
        assert isinstance(question, Choice | Order)
        drawn = [pool.posed(question, KNOWLEDGE, seed).question for seed in range(60)]
        assert len({each.ask for each in drawn}) == 1 + len(question.again) >= 4
        assert all(each.kind == question.kind and each.check == question.check for each in drawn)  # type: ignore[union-attr]


def test_most_questions_that_the_engine_can_answer_have_a_pool() -> None:
    checked = [
        question
        for lesson in KNOWLEDGE.lessons.values()
        for question in lesson.quiz
        if getattr(question, "check", None) is not None or question.kind in ("dip", "strategy")
    ]
    assert len(ASKED) >= 0.75 * len(checked)


@pytest.mark.long
def test_the_answer_is_not_always_the_same() -> None:
    question = next(each for lesson in KNOWLEDGE.lessons.values() for each in lesson.quiz
                    if getattr(each, "check", None) is not None and each.check.about == "verdict")  # type: ignore[union-attr]  # fmt: skip
    answers = Counter(each.question.right for each in variants(question, range(24)))  # type: ignore[union-attr]
    assert len(answers) >= 2 and max(answers.values()) < 20


def test_the_same_seed_gives_the_same_case() -> None:
    question = ASKED[0].values[0]
    one, other = (pool.posed(question, KNOWLEDGE, 5) for _ in range(2))  # type: ignore[arg-type]
    assert one.question == other.question
