"""Fresh cases for a quiz: the same question about another made-up LIVE, with the answer that the review gives.

A question that the engine can answer is asked about a new LIVE each time, so that a repeat is a new case and the answer
stands in no label. A case on which chance and what was planted disagree is thrown away. Questions of words are
asked in one of the ways that the lesson has.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playbook import formats
from playbook.knowledge.event_words import event_words
from playbook.knowledge.lessons import Choice, Lesson, MarkDip, NumberAnswer, Order, PickStrategy, Question
from playbook.knowledge.load import Knowledge
from playbook.language import _, ngettext
from playbook.model.session import Event
from playbook.pipeline import Review, review
from playbook.report.words import sentences
from playbook.simulation import rooms, shops

from . import cases_more as more
from .answers import SAME_DIP, dips_of, disagreement, engine_words, overlap
from .cases import CUT, RAISED, Maker, Posed, factors, made_shop
from .samples import room_session

#: Made-up LIVEs before giving up and asking as the lesson does.
DRAWS = 25
_MINUTES, _PER_MINUTE = 150, 500.0
#: A number may be off by so much of itself.
_OFF = 0.02
#: The largest leak is at least so many times the next one.
_CLEAR = 2.0
_EVENTS = ("unpin", "violation", "flash_sale", "billboard")


def posed(question: Question, knowledge: Knowledge, seed: int) -> Posed:
    """The question about the LIVE of a seed; as the lesson asks it where the engine has nothing to say about others."""
    make = _maker(question)
    for draw in range(DRAWS if make else 0):
        assert make is not None
        found = make(question, np.random.default_rng([seed, draw]), knowledge)
        if found is not None and _agrees(found):
            return found
    return Posed(_in_other_words(question, seed))


def _in_other_words(question: Question, seed: int) -> Question:
    """One of the ways in which the lesson asks this, drawn by the seed."""
    if not isinstance(question, Choice | Order) or not question.again:
        return question
    drawn = int(np.random.default_rng(seed).integers(len(question.again) + 1))
    if drawn == 0:
        return question
    return question.model_copy(update=dict(question.again[drawn - 1]))


def has_variants(question: Question) -> bool:
    """Whether the question can be asked about other LIVEs than the lesson's, or in other words."""
    return is_about_a_live(question) or (isinstance(question, Choice | Order) and bool(question.again))


def is_about_a_live(question: Question) -> bool:
    """Whether the engine can make other LIVEs to ask it about."""
    return _maker(question) is not None


def quiz(lesson: Lesson, knowledge: Knowledge, seed: int) -> tuple[Posed, ...]:
    """A whole quiz on the LIVEs of a seed."""
    return tuple(posed(each, knowledge, seed * 31 + place) for place, each in enumerate(lesson.quiz))


def _agrees(found: Posed) -> bool:
    if found.review is None:
        return True
    answer = disagreement(found.question, found.review)
    return answer is None or answer[2]


def _maker(question: Question) -> Maker | None:
    if isinstance(question, MarkDip):
        return _dip
    if isinstance(question, PickStrategy):
        return _strategy
    check = question.check
    if check is None:
        return None
    make = more.MAKERS.get(check.about) or _MAKERS.get(check.about)
    fits = check.about == "dimension" or check.metric in _KNOWN.get(check.about, (None, *shops.RATES))
    return make if fits else None


def _named(metric: str, knowledge: Knowledge) -> str:
    return sentences.lowered(knowledge.metrics[metric].label)


def _stands(metric: str, found: Review) -> str:
    judged = found.judgements[metric]
    value, usual = sentences.value(found, judged), sentences.usual_range(found, judged)
    label = found.knowledge.metrics[metric].label
    return _("{metric}: {value}; usual is {usual}.", metric=label, value=value, usual=usual)


def _one_of(rng: np.random.Generator, right: str, others: Sequence[str], many: int = 4) -> list[str]:
    """The right choice among others, in the order of the list they come from."""
    wrong = [each for each in others if each != right]
    kept = {right, *(wrong[int(at)] for at in rng.permutation(len(wrong))[: many - 1])}
    return [each for each in dict.fromkeys([*others, right]) if each in kept]


def _value(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, NumberAnswer) and question.check is not None
    metric = question.check.metric or ""
    found = made_shop(rng, knowledge, {})
    value = found.judgements[metric].value
    if value is None:
        return None
    top, of = (found.session.counts[each] for each in shops.MADE_OF[metric])
    names = [knowledge.counts[each].label for each in shops.MADE_OF[metric]]
    above, below, named = formats.count(top), formats.count(of), _named(metric, knowledge)
    why = _(
        "{above} {count_above} divided by {below} {count_below}.",
        above=above, count_above=names[0], below=below, count_below=names[1],
    )  # fmt: skip
    ask = _("What was the {metric} of this LIVE?", metric=named)
    asked = question.model_copy(update={"ask": ask, "right": value, "tolerance": _OFF * value, "why": why})
    return Posed(asked, found, "counts")


def _verdict(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, Choice) and question.check is not None
    metric = question.check.metric or ""
    size = [rng.uniform(*CUT), 1.0, rng.uniform(*RAISED)][int(rng.integers(3))]
    found = made_shop(rng, knowledge, {metric: float(size)})
    named = _named(metric, knowledge)
    ask = _("How did the {metric} of this LIVE stand?", metric=named)
    return chosen(question, found, ask, _stands(metric, found), list(question.choices), (metric,))


def _status(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, Choice) and question.check is not None
    metric = question.check.metric or ""
    found = made_shop(rng, knowledge, {metric: float(rng.uniform(*CUT))}, (2, 4) if rng.random() < 0.5 else ())
    named = _named(metric, knowledge)
    ask = _("The {metric} of this LIVE is below its usual. Is that new?", metric=named)
    why = _("A repeat offender was below its usual in one of the five LIVEs before, too.")
    return chosen(question, found, ask, why, list(question.choices), (metric,))


def _worst(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, Choice)
    metric = str(rng.choice(list(shops.RATES)))
    found = made_shop(rng, knowledge, {metric: float(rng.uniform(*CUT))})
    shown = factors(found)
    if not found.diagnosis.worst or found.diagnosis.worst[0].metric != metric:
        return None
    labels = [knowledge.metrics[each].label for each in shown]
    choices = _one_of(rng, knowledge.metrics[metric].label, labels)
    ask = _("Which metric was the worst one of this LIVE?")
    return chosen(question, found, ask, _stands(metric, found), choices, shown)


def _leak(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, Choice)
    metric = str(rng.choice(["err", "ctr", "ctor"]))
    found = made_shop(rng, knowledge, {metric: float(rng.uniform(*CUT))})
    parts = sorted(found.diagnosis.leak.parts, key=lambda each: each.amount) if found.diagnosis.leak else []
    if len(parts) < 3 or parts[0].amount >= 0 or parts[0].amount > _CLEAR * min(parts[1].amount, 0.0):
        return None
    shown = tuple(each.factor for each in found.diagnosis.leak.parts if each.factor in found.judgements)  # type: ignore[union-attr]
    choices = _one_of(rng, knowledge.metrics[parts[0].factor].label, [knowledge.metrics[each].label for each in shown])
    ask = _("Against the usual, at which step is the largest part of the missing money?")
    return chosen(question, found, ask, _stands(parts[0].factor, found), choices, shown)


def chosen(
    question: Choice, found: Review, ask: str, why: str, choices: list[str], shown: tuple[str, ...]
) -> Posed | None:
    """The question with the engine's answer; None where that is not among the choices."""
    assert question.check is not None
    right = next((each for each in choices if each.casefold() == engine_words(question.check, found).casefold()), None)
    if right is None:
        return None
    asked = question.model_copy(update={"ask": ask, "choices": choices, "right": right, "why": why})
    return Posed(asked, found, "numbers", shown)


def _dimension(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, Choice) and question.check is not None
    names = [name for name, each in knowledge.metrics.items() if each.role == "factor"]
    metric = str(rng.choice(names))
    right, named = sentences.dimension(knowledge.metrics[metric].dimension), _named(metric, knowledge)
    check = question.check.model_copy(update={"metric": metric})
    ask = _("To which dimension does the {metric} belong?", metric=named)
    why = f"{knowledge.metrics[metric].plain}"
    return Posed(question.model_copy(update={"ask": ask, "right": right, "check": check, "why": why}))


def made_room(
    rng: np.random.Generator, knowledge: Knowledge, metric: str, sudden: bool
) -> tuple[Review, rooms.Fall, str] | None:
    """A made-up LIVE with one fall and an event just before it; None where the review sees it otherwise."""
    length = int(rng.integers(5, 9)) if sudden else int(rng.integers(18, 33))
    start = int(rng.integers(rooms.FIRST_FALL + 10, _MINUTES - length - 15))
    fall = rooms.Fall(
        metric, start, start + length, float(rng.uniform(0.60, 0.70) if sudden else rng.uniform(0.45, 0.55))
    )
    made = rooms.room(rng, _PER_MINUTE, [fall], _MINUTES)
    kinds = [str(each) for each in rng.permutation(_EVENTS)]
    far = [each for each in (12, _MINUTES - 8) if abs(each - start) > 25]
    other = [Event(kind, float(at)) for kind, at in zip(kinds[1:], far, strict=False)]
    events = [Event(kinds[0], float(start - 2)), *other]
    found = review(room_session(made.trend, f"pool-{start}", tuple(events)), [], knowledge)
    dips = dips_of(metric, found)
    if not dips or overlap((dips[0].start_minute, dips[0].end_minute), (fall.start, fall.end)) < SAME_DIP:
        return None
    return found, fall, kinds[0]


def _dip(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, MarkDip)
    made = made_room(rng, knowledge, question.metric, sudden=bool(rng.random() < 0.4))
    if made is None:
        return None
    found = made[0]
    dip = dips_of(question.metric, found)[0]
    right = (int(dip.start_minute), int(dip.end_minute))
    part, named = formats.change_size(dip.depth), _named(question.metric, knowledge)
    why = _("It lost about {part} of itself there, and came back.", part=part)
    ask = _("Mark the dip in the {metric}.", metric=named)
    return Posed(
        question.model_copy(update={"ask": ask, "right": right, "why": why}), found, "minutes", (question.metric,)
    )


def _of_dip(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    """Of what kind is the dip, or what was logged before it."""
    assert isinstance(question, Choice) and question.check is not None
    metric = question.check.metric or ""
    made = made_room(rng, knowledge, metric, sudden=bool(rng.random() < 0.5))
    if made is None:
        return None
    found, fall, near = made
    named = _named(metric, knowledge)
    if question.check.about == "dip_kind":
        ask, lasted = _("Of what kind is the dip in the {metric}?", metric=named), fall.end - fall.start
        why = ngettext("It lasted about {n} minute.", "It lasted about {n} minutes.", lasted, n=lasted)
        posed_now = chosen(question, found, ask, why, list(question.choices), (metric,))
    else:
        ask = _("What was logged shortly before the dip in the {metric}?", metric=named)
        choices = _one_of(rng, event_words(near), [event_words(each) for each in _EVENTS], 3)
        clock = formats.clock(fall.start - 2)
        why = _("It stands two minutes before the dip begins, at {clock}. That is a lead.", clock=clock)
        posed_now = chosen(question, found, ask, why, choices, (metric,))
    if posed_now is None or posed_now.review is None:
        return None
    return Posed(posed_now.question, found, "minutes", (metric,))


def _strategy(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    """What fits, among strategies for what is not weak here."""
    assert isinstance(question, PickStrategy)
    metric = str(rng.choice(list(shops.RATES)))
    found = made_shop(rng, knowledge, {metric: float(rng.uniform(*CUT))})
    below = [name for name in factors(found) if found.judgements[name].verdict == "below"]
    fitting = [each.id for each in found.recommendations if metric in knowledge.strategies[each.id].metrics]
    if below != [metric] or not fitting:
        return None
    recommended = {each.id for each in found.recommendations}
    others = [
        name for name, each in knowledge.strategies.items() if name not in recommended and metric not in each.metrics
    ]
    right = fitting[int(rng.integers(len(fitting)))]
    wrong = [others[int(at)] for at in rng.permutation(len(others))[:3]]
    choices = [each for each in knowledge.strategies if each in {right, *wrong}]
    why = _stands(metric, found)
    ask = _("What fits this LIVE?")
    asked = question.model_copy(update={"ask": ask, "choices": choices, "right": right, "why": why})
    return Posed(asked, found, "numbers", factors(found))


#: Which metrics a question may be about, where that is not one of the seven rates.
_KNOWN: dict[str, Sequence[str | None]] = {
    "dip_kind": rooms.METRICS, "dip_event": rooms.METRICS,
    "verdict": (*shops.RATES, "impressions"),
}  # fmt: skip
_MAKERS: dict[str, Maker] = {
    "value": _value, "verdict": _verdict, "status": _status, "worst": _worst, "leak": _leak, "dimension": _dimension,
    "dip_kind": _of_dip, "dip_event": _of_dip,
}  # fmt: skip
