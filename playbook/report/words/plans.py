"""What a plan and its outcome say in words. "Worked" means: moved as hoped beyond what else explains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from playbook import formats
from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Moment
from playbook.language import N_, _
from playbook.model.session import Session
from playbook.plans.evidence import Evidence
from playbook.plans.outcomes import PlanOutcome
from playbook.plans.plan import Plan

from .sentences import lowered

VERDICTS = {"worked": "worked", "no_sign": "no sign", "cannot_tell": "cannot tell yet", "not_done": "not done"}
FOR = {"host": N_("For the host"), "operations": N_("For operations")}
_MOMENTS = {
    "before": N_("before the LIVE"), "during": N_("during the LIVE"), "after": N_("after the LIVE"),
    "before and during": N_("before and during the LIVE"), "before and after": N_("before and after the LIVE"),
    "during and after": N_("during and after the LIVE"),
    "before, during and after": N_("before, during and after the LIVE"),
}  # fmt: skip
_ORDER = ("before", "during", "after")


def moments(names: Sequence[Moment]) -> str:
    """`before and during the LIVE`: when a strategy is done."""
    known = [each for each in _ORDER if each in names]
    return _(_MOMENTS[" and ".join(filter(None, (", ".join(known[:-1]), known[-1])))])


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
    without = " with it and as many without" if plan.alternate else ""
    if plan.lives_needed is None:
        return f"A change of {formats.change_size(plan.worth)} is too small to see in 40 LIVEs of this shop; " + (
            f"{formats.several(plan.lives, 'LIVE')}{without} show one of {seen}."
        )
    counted = ""
    if plan.units_needed is not None and plan.unit is not None:
        counted = f", about {_round(plan.units_needed)} {lowered(knowledge.counts[plan.unit].label)}"
    needed, size = formats.several(plan.lives_needed, "LIVE"), formats.change_size(plan.worth)
    words = f"It takes {needed}{without}{counted} to see a change of {size}."
    if plan.lives_needed > plan.lives:
        words += f" After {formats.several(plan.lives, 'LIVE')} one of {seen} shows."
    return words


def stop_rule(plan: Plan) -> str:
    """When it is judged."""
    half = -(-plan.lives // 2)
    whole = formats.several(plan.lives, "LIVE")
    looks = f"after {half} and after {whole}" if half < plan.lives else f"after {whole}"
    if plan.draw is not None:
        return (
            f"Which LIVEs have it is drawn, about every second one. Judged {looks} drawn with it, not before, and as "
            "drawn: a LIVE that did not keep to the draw still counts where it was drawn."
        )
    if plan.alternate:
        return f"Do it in every second LIVE, the first one with it. Judged {looks} with it, not before."
    return f"Judged {looks} with it, not before. Every second LIVE without it makes the answer clearer."


def drawn_next(plan: Plan, now: datetime) -> str | None:
    """`Drawn for Fri 27 Nov, about 20:00: with the change.`; None without a draw. `now` by the shop's clock."""
    if plan.draw is None:
        return None
    start, on = next(plan.draw.coming(max(now, plan.draw.begins() - timedelta(seconds=1))))
    return f"Drawn for {formats.weekday(start)}, about {start:%H:%M}: {_drawn(on)}."


def drawn_week(plan: Plan, now: datetime) -> tuple[str, ...]:
    """`Fri 27 Nov 20:00: with it`: what was drawn for the usual starts of the coming seven days."""
    if plan.draw is None:
        return ()
    coming = plan.draw.coming(max(now, plan.draw.begins() - timedelta(seconds=1)))
    return tuple(f"{formats.weekday(start)} {start:%H:%M}: with{'' if on else 'out'} it" for start, on in coming)


def drawn_then(plan: Plan, session: Session) -> str:
    """` It was drawn with the change.`: what the draw said of a LIVE there was; empty without a draw."""
    if plan.draw is None or session.start is None:
        return ""
    return f" It was drawn {_drawn(plan.draw.on(session.start))}."


def _drawn(on: bool) -> str:
    return "with the change" if on else "without the change"


def outcome_sentence(outcome: PlanOutcome, knowledge: Knowledge, currency: str | None = None) -> str:
    """`Worked: ERR most likely +11% (range +1% to +23%). As measured: ...`: the verdict and what it rests on."""
    if outcome.verdict == "not_done":
        return f"Not done in {formats.several(outcome.not_done, 'LIVE')} since."
    verdict = VERDICTS[outcome.verdict]
    start = verdict[:1].upper() + verdict[1:]
    if outcome.verdict == "cannot_tell":
        more = f" It takes {formats.several(outcome.more, 'LIVE')} more with it." if outcome.more else ""
        counted = f" {measured(outcome, knowledge, currency)}" if outcome.change is not None else ""
        return f"{start}: {outcome.reason}.{more}{counted}"
    return f"{start}: {measured(outcome, knowledge, currency)}"


def measured(outcome: PlanOutcome, knowledge: Knowledge, currency: str | None = None) -> str:
    """`ERR most likely +11% (range +1% to +23%). As measured: 9.1% over 4 LIVEs with it, 7.9% expected (+15%).`

    The first is the size drawn towards what changes usually bring. Outcomes of before it was kept have the measured one
    alone with its range. Empty where nothing was measured.
    """
    if outcome.change is None or outcome.metric not in knowledge.metrics:
        return ""
    metric = knowledge.metrics[outcome.metric]
    seen, expected = (formats.value(each, metric.shown_as, currency) for each in (outcome.seen, outcome.expected))
    raw = f"{seen} over {formats.several(outcome.done, 'LIVE')} with it, {expected} expected"
    change = formats.change(outcome.change)
    if outcome.shrunk is None:
        low, high = formats.change(outcome.low), formats.change(outcome.high)
        return f"{metric.short} {raw} ({change}, range {low} to {high}).{_beside(outcome)}"
    low, high = formats.change(outcome.shrunk_low), formats.change(outcome.shrunk_high)
    likely = f"{metric.short} most likely {formats.change(outcome.shrunk)} (range {low} to {high})."
    return f"{likely} As measured: {raw} ({change}).{_beside(outcome)}"


def _beside(outcome: PlanOutcome) -> str:
    """What else a reader has to know of the size: the untouched rates that moved as well, LIVEs not as drawn."""
    words = ""
    if outcome.shift is not None:
        further = "; this one moved further" if outcome.verdict == "worked" else ""
        words += f" The rates it should not touch moved as well ({formats.change(outcome.shift)} together){further}."
    if outcome.deviated:
        lives = formats.several(outcome.deviated, "LIVE")
        words += f" In {lives} it was not done as drawn, so what it brings where it is done may be more."
    return words


def evidence_sentence(evidence: Evidence, knowledge: Knowledge) -> str:
    """`Tried 3 times here: worked twice ...`: this shop's own tries of a strategy."""
    if not evidence.tries:
        return "Not tried here yet."
    counts = [(evidence.worked, "worked"), (evidence.no_sign, "no sign"), (evidence.cannot_tell, "cannot tell yet")]
    if evidence.unconfirmed:
        lucky = f"worked by itself but may be luck among {formats.several(evidence.plans, 'plan')}"
        counts.insert(1, (evidence.unconfirmed, lucky))
    counted = ", ".join(f"{number} {words}" for number, words in counts if number)
    times = "once" if evidence.tries == 1 else f"{evidence.tries} times"
    parts = [f"Tried {times} here: {counted}."]
    if evidence.change is not None:
        low, high = formats.change(evidence.low), formats.change(evidence.high)
        parts.append(
            f"{_short(evidence.metric, knowledge)} {formats.change(evidence.change)} on the whole, "
            f"range {low} to {high}."
        )
    if evidence.last_used is not None:
        parts.append(f"Last used {formats.day_and_year(evidence.last_used)}.")
    return " ".join(parts)


def _short(metric: str, knowledge: Knowledge) -> str:
    return knowledge.metrics[metric].short if metric in knowledge.metrics else metric


def _round(number: int) -> str:
    """Two digits: more would claim too much."""
    digits = max(len(str(number)) - 2, 0)
    return formats.count(float(round(number, -digits)))
