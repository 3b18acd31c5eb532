"""Grading a quiz: each answer against the lesson's, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from playbook.knowledge.lessons import Choice, Lesson, MarkDip, NumberAnswer, Order, PickStrategy, Question
from playbook.language import _

from .answers import SAME_DIP, amount, overlap

#: A marked stretch need not be as exact as the engine's own.
ENOUGH_OF_A_DIP = SAME_DIP * 0.7

#: A choice or a strategy's id; a number in the unit of the question, fractions for percent; minutes; steps in order.
Answer = str | float | tuple[float, float] | tuple[str, ...]


@dataclass(frozen=True)
class Feedback:
    """One question after it was answered. `right` is the answer in words, `why` its reason."""

    correct: bool
    answered: bool
    right: str
    why: str


@dataclass(frozen=True)
class Graded:
    """A whole quiz: `score` is the fraction answered right."""

    score: float
    passed: bool
    feedback: tuple[Feedback, ...]


def grade(lesson: Lesson, answers: Mapping[int, Answer | None]) -> Graded:
    """`answers` by place of the question, counted from 0; one that is missing or None counts as wrong."""
    return score(lesson, [feedback(question, answers.get(index)) for index, question in enumerate(lesson.quiz)])


def score(lesson: Lesson, told: Sequence[Feedback]) -> Graded:
    """A whole quiz from the feedback to each of its questions."""
    part = sum(each.correct for each in told) / len(told)
    return Graded(part, part >= lesson.pass_mark - 1e-9, tuple(told))


def feedback(question: Question, answer: Answer | None) -> Feedback:
    """Whether an answer is right, and why."""
    correct = answer is not None and is_right(question, answer)
    return Feedback(correct, answer is not None, right_words(question), question.why)


def answer_words(question: Question, answer: Answer) -> str:
    """What a person answered, in words; a strategy by its id."""
    if isinstance(question, NumberAnswer) and isinstance(answer, int | float):
        return amount(question, float(answer))
    if isinstance(question, MarkDip) and isinstance(answer, tuple):
        return _minutes(f"{answer[0]:g}", f"{answer[1]:g}")
    return _in_order(map(str, answer)) if isinstance(answer, tuple) else str(answer)


def is_right(question: Question, answer: Answer) -> bool:
    """Whether an answer counts as right; one of another shape than the question asks for does not."""
    if isinstance(question, NumberAnswer):
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            return False
        return abs(answer - question.right) <= question.tolerance * (1 + 1e-9)
    if isinstance(question, MarkDip):
        if not isinstance(answer, tuple) or len(answer) != 2:
            return False
        start, end = answer
        if isinstance(start, str) or isinstance(end, str):
            return False
        return overlap((start, end), question.right) >= ENOUGH_OF_A_DIP
    if isinstance(question, Order):
        return answer == tuple(question.right)
    return answer == question.right


def right_words(question: Question) -> str:
    """The right answer in words; a strategy by its id, which a screen replaces by its title."""
    if isinstance(question, NumberAnswer):
        return amount(question, question.right)
    if isinstance(question, MarkDip):
        return _minutes(*question.right)
    if isinstance(question, Order):
        return _in_order(question.right)
    return question.right


def _minutes(start: object, end: object) -> str:
    return _("minutes {start} to {end}", start=start, end=end)


def _in_order(names: Iterable[str]) -> str:
    """`Views, then Comments, then Orders`."""
    told = ""
    for each in names:
        told = _("{first}, then {next}", first=told, next=each) if told else each
    return told


def shuffled(question: Choice | Order | PickStrategy, seed: str = "") -> list[str]:
    """Choices or steps in an order that says nothing about the answer, the same at every run."""
    listed = question.right if isinstance(question, Order) else question.choices
    mixed = sorted(listed, key=lambda each: sha256(f"{seed}{question.ask}\0{each}".encode()).digest())
    if isinstance(question, Order) and mixed == question.right:
        return [*mixed[1:], mixed[0]]
    return mixed
