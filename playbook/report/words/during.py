"""What is said of a LIVE while it runs: one sentence for the host, one an alert, and what it is held against."""

from __future__ import annotations

from playbook import formats
from playbook.diagnosis.findings import Dip, Judgement
from playbook.during.so_far import SoFar
from playbook.knowledge.load import Knowledge

from .sentences import lowered


def running_line(found: SoFar, knowledge: Knowledge, currency: str | None = None) -> str:
    """`0:45 in: CTR is 9.1%, below your usual 14% at this minute.`"""
    at = formats.clock(found.minute)
    if found.basis == "none" and not found.alerts:
        return f"{at} in. A usual needs three saved LIVEs; until then, these are plain numbers."
    judgements = found.diagnosis.judgements
    worst = next((each for each in found.diagnosis.worst if judgements[each.metric].verdict == "below"), None)
    if worst is None:
        fell = ", ".join(dict.fromkeys(_name(each.metric, knowledge) for each in found.alerts))
        return f"{at} in: {f'{fell} fell just now' if fell else 'nothing stands out below your usual'}."
    judgement = judgements[worst.metric]
    name = _name(worst.metric, knowledge)
    return (
        f"{at} in: {name} is {value(judgement, knowledge, currency)}, "
        f"below your usual {value(judgement, knowledge, currency, judgement.usual)}{compared(found)}."
    )


def compared(found: SoFar) -> str:
    """What the usual is of."""
    return " at this minute" if found.basis == "same_minutes" else " over whole LIVEs"


def basis(found: SoFar) -> str:
    """Under the numbers: what they are held against, and what would make it better."""
    if found.basis == "same_minutes":
        return f"Usual: the first {found.minute:.0f} minutes of your last {found.lives} LIVEs with a trend."
    if found.basis == "whole_lives":
        return (
            "Compared with your whole LIVEs: only rates have a usual then, and ERR after half an hour. With the trends "
            "of three LIVEs saved, every number is compared at the same minute."
        )
    return "No usual yet: save three LIVEs, best with their trends."


def alert(dip: Dip, knowledge: Knowledge, currency: str | None = None) -> str:  # noqa: ARG001
    """`CTR has fallen since 0:41: about 45% under this LIVE's own level (range 30% to 60%).`"""
    name = _name(dip.metric, knowledge)
    depth, low, high = (formats.percent_in(number, 0) for number in (dip.depth, dip.low, dip.high))
    text = (
        f"{name[:1].upper()}{name[1:]} has fallen since {formats.clock(dip.start_minute)}: about {depth} under "
        f"this LIVE's own level (range {low} to {high})."
    )
    near = [f"{each.type.replace('_', ' ')} at {formats.clock(each.minute)}" for each in dip.events]
    return f"{text} Around the same time: {', '.join(near)}." if near else text


def value(judgement: Judgement, knowledge: Knowledge, currency: str | None, number: float | None = None) -> str:
    """A metric's value (or another number in its unit) as a person reads it."""
    metric = knowledge.metrics[judgement.metric]
    shown = judgement.value if number is None else number
    return formats.value_short(shown, metric.shown_as, currency)


def _name(metric: str, knowledge: Knowledge) -> str:
    return lowered(knowledge.metrics[metric].short)
