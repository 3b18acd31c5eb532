"""What a plan and its outcome say in words. "Worked" means: moved as hoped beyond what else explains."""

from __future__ import annotations

from playbook import formats
from playbook.knowledge.load import Knowledge
from playbook.plans.evidence import Evidence
from playbook.plans.outcomes import Outcome
from playbook.plans.plan import Plan

from .sentences import lowered

VERDICTS = {"worked": "worked", "no_sign": "no sign", "cannot_tell": "cannot tell yet", "not_done": "not done"}
FOR = {"host": "For the host", "operations": "For operations"}


def hoped(plan: Plan, knowledge: Knowledge) -> str:
    """`ERR up by 10% or more`."""
    return f"{_short(plan.metric, knowledge)} {plan.direction} by {formats.change_size(plan.worth)} or more"


def when_done(plan: Plan) -> str:
    """`within 10 minutes of the start (0:10)`: the trigger, with its place in the LIVE where it names one."""
    return plan.trigger if plan.minute is None else f"{plan.trigger} ({formats.clock(plan.minute)})"


def effort(plan: Plan, knowledge: Knowledge) -> str:
    """How many LIVEs and clicks it takes to see the change that is worth having."""
    if plan.visible is None:
        return "Too few earlier LIVEs to say how many it takes."
    seen = formats.change_size(plan.visible)
    if plan.lives_needed is None:
        return f"A change of {formats.change_size(plan.worth)} is too small to see in 40 LIVEs of this shop; " + (
            f"{formats.several(plan.lives, 'LIVE')} show one of {seen}."
        )
    counted = ""
    if plan.units_needed is not None and plan.unit is not None:
        counted = f", about {_round(plan.units_needed)} {lowered(knowledge.counts[plan.unit].label)}"
    needed, size = formats.several(plan.lives_needed, "LIVE"), formats.change_size(plan.worth)
    words = f"It takes {needed}{counted} to see a change of {size}."
    if plan.lives_needed > plan.lives:
        words += f" After {formats.several(plan.lives, 'LIVE')} one of {seen} shows."
    return words


def stop_rule(plan: Plan) -> str:
    """When it is judged."""
    half = -(-plan.lives // 2)
    whole = formats.several(plan.lives, "LIVE")
    looks = f"after {half} and after {whole}" if half < plan.lives else f"after {whole}"
    if plan.alternate:
        return f"Do it in every second LIVE, the first one with it. Judged {looks} with it, not before."
    return f"Judged {looks} with it, not before. Every second LIVE without it makes the answer clearer."


def outcome_sentence(outcome: Outcome, knowledge: Knowledge, currency: str | None = None) -> str:
    """`Worked: ERR 9.1% over 4 LIVEs with it, 7.9% expected (+15%, range +4% to +28%).`"""
    if outcome.verdict == "not_done":
        return f"Not done in {formats.several(outcome.not_done, 'LIVE')} since."
    verdict = VERDICTS[outcome.verdict]
    start = verdict[:1].upper() + verdict[1:]
    if outcome.verdict == "cannot_tell":
        more = f" It takes {formats.several(outcome.more, 'LIVE')} more with it." if outcome.more else ""
        told = f" {measured(outcome, knowledge, currency)}" if outcome.change is not None else ""
        return f"{start}: {outcome.reason}.{more}{told}"
    return f"{start}: {measured(outcome, knowledge, currency)}"


def measured(outcome: Outcome, knowledge: Knowledge, currency: str | None = None) -> str:
    """`ERR 9.1% over 4 LIVEs with it, 7.9% expected (+15%, range +4% to +28%).` Empty where nothing was measured."""
    if outcome.change is None or outcome.metric not in knowledge.metrics:
        return ""
    metric = knowledge.metrics[outcome.metric]
    seen, expected = (formats.value(each, metric.shown_as, currency) for each in (outcome.seen, outcome.expected))
    low, high = formats.change(outcome.low), formats.change(outcome.high)
    return (
        f"{metric.short} {seen} over {formats.several(outcome.done, 'LIVE')} with it, {expected} expected "
        f"({formats.change(outcome.change)}, range {low} to {high})."
    )


def evidence_sentence(evidence: Evidence, knowledge: Knowledge) -> str:
    """`Tried 3 times here: worked twice ...`: this shop's own tries of a strategy."""
    if not evidence.tries:
        return "Not tried here yet."
    counts = [(evidence.worked, "worked"), (evidence.no_sign, "no sign"), (evidence.cannot_tell, "cannot tell yet")]
    told = ", ".join(f"{number} {words}" for number, words in counts if number)
    times = "once" if evidence.tries == 1 else f"{evidence.tries} times"
    parts = [f"Tried {times} here: {told}."]
    if evidence.change is not None:
        low, high = formats.change(evidence.low), formats.change(evidence.high)
        parts.append(
            f"{_short(evidence.metric, knowledge)} {formats.change(evidence.change)} on the whole, "
            f"range {low} to {high}."
        )
    if evidence.last_used is not None:
        parts.append(f"Last used {evidence.last_used.day} {evidence.last_used:%b %Y}.")
    return " ".join(parts)


def _short(metric: str, knowledge: Knowledge) -> str:
    return knowledge.metrics[metric].short if metric in knowledge.metrics else metric


def _round(number: int) -> str:
    """Two digits: more would claim too much."""
    digits = max(len(str(number)) - 2, 0)
    return formats.count(float(round(number, -digits)))
