"""What is said of a LIVE while it runs: one sentence for the host, one an alert, and what it is held against."""

from __future__ import annotations

from playbook import formats
from playbook.diagnosis.findings import Dip, Judgement
from playbook.during.so_far import SoFar
from playbook.knowledge.event_words import event_words
from playbook.knowledge.load import Knowledge
from playbook.language import _

from .sentences import lowered


def running_line(found: SoFar, knowledge: Knowledge, currency: str | None = None) -> str:
    """`0:45 in: CTR is 9.1%, below your usual 14% at this minute.`"""
    at = formats.clock(found.minute)
    if found.basis == "none" and not found.alerts:
        return _("{clock} in. A usual needs three saved LIVEs; until then, these are plain numbers.", clock=at)
    judgements = found.diagnosis.judgements
    worst = next((each for each in found.diagnosis.worst if judgements[each.metric].verdict == "below"), None)
    if worst is None:
        fell = ", ".join(dict.fromkeys(_name(each.metric, knowledge) for each in found.alerts))
        if fell:
            return _("{clock} in: {metrics} fell just now.", clock=at, metrics=fell)
        return _("{clock} in: nothing stands out below your usual.", clock=at)
    judgement = judgements[worst.metric]
    said = {
        "clock": at, "metric": _name(worst.metric, knowledge), "value": value(judgement, knowledge, currency),
        "usual": value(judgement, knowledge, currency, judgement.usual),
    }  # fmt: skip
    if found.basis == "same_minutes":
        return _("{clock} in: {metric} is {value}, below your usual {usual} at this minute.", **said)
    return _("{clock} in: {metric} is {value}, below your usual {usual} over whole LIVEs.", **said)


def basis(found: SoFar) -> str:
    """Under the numbers: what they are held against, and what would make it better."""
    if found.basis == "same_minutes":
        return _(
            "Usual: the first {minutes} minutes of your last {lives} LIVEs with a trend.",
            minutes=round(found.minute), lives=found.lives,
        )  # fmt: skip
    if found.basis == "whole_lives":
        return _(
            "Compared with your whole LIVEs: only rates have a usual then, and ERR after half an hour. With the trends "
            "of three LIVEs saved, every number is compared at the same minute."
        )
    return _("No usual yet: save three LIVEs, best with their trends.")


def alert(dip: Dip, knowledge: Knowledge, currency: str | None = None) -> str:  # noqa: ARG001
    """`CTR has fallen since 0:41: about 45% under this LIVE's own level (range 30% to 60%).`"""
    name = _capital(_name(dip.metric, knowledge))
    depth, low, high = (formats.percent_in(number, 0) for number in (dip.depth, dip.low, dip.high))
    text = _(
        "{metric} has fallen since {clock}: about {part} under this LIVE's own level (range {low} to {high}).",
        metric=name, clock=formats.clock(dip.start_minute), part=depth, low=low, high=high,
    )  # fmt: skip
    near = ", ".join(
        _("{event} at {clock}", event=event_words(each.type), clock=formats.clock(each.minute)) for each in dip.events
    )
    return " ".join([text, _("Around the same time: {events}.", events=near)]) if near else text


def event(kind: str) -> str:
    """`Flash sale`: what a button of the event pad is called, and what it leaves in the log."""
    return _capital(event_words(kind))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def value(judgement: Judgement, knowledge: Knowledge, currency: str | None, number: float | None = None) -> str:
    """A metric's value (or another number in its unit) as a person reads it."""
    metric = knowledge.metrics[judgement.metric]
    shown = judgement.value if number is None else number
    return formats.value_short(shown, metric.shown_as, currency)


def _name(metric: str, knowledge: Knowledge) -> str:
    return lowered(knowledge.metrics[metric].short)
