"""What the engine itself answers to a lesson's questions, and whether the lesson agrees.

A lesson whose sample no longer shows what it teaches fails here, at its line.
"""

from __future__ import annotations

from collections.abc import Iterator

from playbook import formats
from playbook.authoring.examples import ExampleResult
from playbook.diagnosis.findings import Dip
from playbook.knowledge.event_words import event_words
from playbook.knowledge.lessons import Check, Choice, Lesson, MarkDip, NumberAnswer, Order, PickStrategy, Question
from playbook.knowledge.load import Knowledge
from playbook.language import N_, _
from playbook.metrics.chains import funnel
from playbook.pipeline import Review
from playbook.report.words.sentences import dimension, verdict

from .samples import NoSample, sample_review

#: Words that stand for themselves in choices, beside the labels of metrics. They are the choices of the lessons letter
#: by letter, so that both have one message and the same translation.
STATUSES = {
    "new": N_("new"), "repeat": N_("repeat offender"), "unknown": N_("cannot tell"), None: N_("not below usual"),
}  # fmt: skip
SHARES = {
    "below": N_("smaller than usual"), "usual": N_("as usual"), "above": N_("larger than usual"),
    "unknown": N_("cannot tell"),
}  # fmt: skip
COURSES = {"falls": N_("falls"), "stable": N_("stable"), "rises": N_("rises")}
KINDS = {"sudden": N_("sudden"), "prolonged": N_("prolonged")}
#: Two stretches are the same dip when they share this part of the minutes that either covers.
SAME_DIP = 0.5


def run_all(knowledge: Knowledge, only_own: bool = False) -> list[ExampleResult]:
    """Every question of every lesson that the engine can answer; with `only_own` those of the laid-over folder."""
    return [
        result
        for name, lesson in knowledge.lessons.items()
        if not only_own or name in knowledge.own_lessons
        for result in _results(lesson, knowledge)
    ]


def _results(lesson: Lesson, knowledge: Knowledge) -> Iterator[ExampleResult]:
    document = knowledge.lesson_documents[lesson.id]
    try:
        review = sample_review(lesson.sample, knowledge)
    except NoSample as error:
        line = document.at(["sample"], "").line
        yield ExampleResult(lesson.id, "sample", document.file, line, "a sample", "none", f"sample: {error}", False)
        return
    for index, question in enumerate(lesson.quiz):
        answer = disagreement(question, review)
        if answer is None:
            continue
        expected, found, same = answer
        place: list[str | int] = ["quiz", index, "check" if _checked(question) else "right"]
        words = _("the answer says {expected}, the review of the sample says {found}", expected=expected, found=found)
        place_in_quiz = index + 1
        name = _("question {number}", number=place_in_quiz)
        yield ExampleResult(lesson.id, name, document.file, document.at(place, "").line, expected, found, words, same)


def _checked(question: Question) -> bool:
    return not isinstance(question, MarkDip | PickStrategy)


def disagreement(question: Question, review: Review) -> tuple[str, str, bool] | None:
    """The lesson's answer, the engine's, and whether they are the same; None where nothing is to be checked."""
    if isinstance(question, MarkDip):
        return _dip(question, review)
    if isinstance(question, PickStrategy):
        return _strategy(question, review)
    if question.check is None:
        return None
    if isinstance(question, Choice):
        found = engine_words(question.check, review)
        return question.right, found, question.right.casefold() == found.casefold()
    if isinstance(question, NumberAnswer):
        return _number(question, question.check, review)
    return _order(question, question.check, review)


def engine_words(check: Check, review: Review) -> str:
    """What a choice must be called to be right in the language in force: a metric's label, `below usual`."""
    diagnosis, metrics = review.diagnosis, review.knowledge.metrics
    if check.about == "worst":
        return metrics[diagnosis.worst[0].metric].label if diagnosis.worst else _("nothing")
    if check.about == "leak":
        losses = diagnosis.leak.parts if diagnosis.leak else ()
        return metrics[min(losses, key=lambda each: each.amount).factor].label if losses else _("nothing")
    if check.about == "share":
        shares = (each.verdict for each in diagnosis.channels if each.name == check.name and each.of == "views")
        return _(SHARES[next(shares, "unknown")])
    name = check.metric or ""
    if check.about == "verdict":
        return verdict(review.judgements[name].verdict)
    if check.about == "dimension":
        return dimension(metrics[name].dimension)
    if check.about == "status":
        statuses = (_(STATUSES[each.status]) for each in diagnosis.worst if each.metric == name)
        return next(statuses, _("not among the worst"))
    if check.about == "course":
        drifts = diagnosis.shape.drifts if diagnosis.shape else ()
        return next((_(COURSES[each.course]) for each in drifts if each.metric == name), _("cannot tell"))
    dips = dips_of(name, review)
    if not dips:
        return _("no dip")
    if check.about == "dip_kind":
        return _(KINDS[dips[0].kind])
    fresh = (each for each in dips[0].events if each.began)
    near = next(fresh, dips[0].events[0] if dips[0].events else None)
    return event_words(near.type) if near else _("nothing logged")


def dips_of(metric: str, review: Review) -> list[Dip]:
    """Dips of a metric, the surest first."""
    return sorted((each for each in review.diagnosis.dips if each.metric == metric), key=lambda each: -each.evidence)


def overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Shared minutes over the minutes that either covers: 0 apart, 1 the same."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    either = max(one[1], other[1]) - min(one[0], other[0])
    return max(shared, 0.0) / either if either > 0 else 0.0


def _dip(question: MarkDip, review: Review) -> tuple[str, str, bool]:
    dips = dips_of(question.metric, review)
    found = ", ".join(f"{each.start_minute}-{each.end_minute}" for each in dips) or _(
        "no dip of {metric}", metric=question.metric
    )
    same = any(overlap(question.right, (each.start_minute, each.end_minute)) >= SAME_DIP for each in dips)
    return f"{question.right[0]}-{question.right[1]}", found, same


def _strategy(question: PickStrategy, review: Review) -> tuple[str, str, bool]:
    recommended = [each.id for each in review.recommendations]
    of_choices = [each for each in question.choices if each in recommended]
    return question.right, ", ".join(recommended) or _("nothing"), of_choices == [question.right]


def _number(question: NumberAnswer, check: Check, review: Review) -> tuple[str, str, bool]:
    if check.about == "count":
        value = review.session.counts.get(check.count or "")
    else:
        judgement = review.judgements[check.metric or ""]
        value = judgement.value if check.about == "value" else judgement.usual
    same = value is not None and abs(value - question.right) <= question.tolerance
    return amount(question, question.right), amount(question, value), same


def amount(question: NumberAnswer, value: float | None) -> str:
    """A number in the question's unit, for a person."""
    if value is None:
        return _("unknown")
    if question.unit == "percent":
        return formats.percent(value)
    return formats.seconds(value) if question.unit == "seconds" else f"{value:,.10g}"


def _order(question: Order, check: Check, review: Review) -> tuple[str, str, bool]:
    metrics = review.knowledge.metrics
    if check.about == "worst_first":
        found = [metrics[each.metric].label for each in review.diagnosis.worst]
    else:
        steps = [each.count for each in funnel(metrics) if not each.fine]
        known = [(name, review.session.counts[name]) for name in steps]
        found = [review.knowledge.counts[name].label for name, number in known if number is not None]
    return ", ".join(question.right), ", ".join(found) or _("nothing"), question.right == found
