"""What a plan and its outcome say in words. "Worked" means: moved as hoped beyond what else explains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from playbook import formats
from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Moment
from playbook.language import N_, NN_, _, ngettext, pgettext
from playbook.model.session import Session
from playbook.plans.evidence import Evidence
from playbook.plans.outcomes import PlanOutcome
from playbook.plans.plan import Plan

from .sentences import lowered

VERDICTS = {
    "worked": N_("worked"), "no_sign": N_("no sign"), "cannot_tell": N_("cannot tell yet"), "not_done": N_("not done"),
}  # fmt: skip
FOR = {"host": N_("For the host"), "operations": N_("For operations")}
_MOMENTS = {
    "before": N_("before the LIVE"), "during": N_("during the LIVE"), "after": N_("after the LIVE"),
    "before and during": N_("before and during the LIVE"), "before and after": N_("before and after the LIVE"),
    "during and after": N_("during and after the LIVE"),
    "before, during and after": N_("before, during and after the LIVE"),
}  # fmt: skip
_ORDER = ("before", "during", "after")
_HOPED = {"up": N_("{metric} up by {size} or more"), "down": N_("{metric} down by {size} or more")}
#: How many LIVEs it takes to see a change: with as many without it or not, with a count beside it or not.
_TAKES = {
    (False, False): NN_(
        "It takes {lives} LIVE to see a change of {size}.", "It takes {lives} LIVEs to see a change of {size}."
    ),
    (False, True): NN_(
        "It takes {lives} LIVE, about {units} {count} to see a change of {size}.",
        "It takes {lives} LIVEs, about {units} {count} to see a change of {size}.",
    ),
    (True, False): NN_(
        "It takes {lives} LIVE with it and as many without to see a change of {size}.",
        "It takes {lives} LIVEs with it and as many without to see a change of {size}.",
    ),
    (True, True): NN_(
        "It takes {lives} LIVE with it and as many without, about {units} {count} to see a change of {size}.",
        "It takes {lives} LIVEs with it and as many without, about {units} {count} to see a change of {size}.",
    ),
}
#: When a plan is judged, by how its LIVEs are chosen, once and with a first look halfway.
_JUDGED = {
    "drawn": NN_(
        "Judged after {lives} LIVE drawn with it, not before, and as drawn: a LIVE that did not keep to the draw "
        "still counts where it was drawn.",
        "Judged after {lives} LIVEs drawn with it, not before, and as drawn: a LIVE that did not keep to the draw "
        "still counts where it was drawn.",
    ),
    "other": NN_("Judged after {lives} LIVE with it, not before.", "Judged after {lives} LIVEs with it, not before."),
}
_JUDGED_TWICE = {
    "drawn": NN_(
        "Judged after {half} and after {lives} LIVE drawn with it, not before, and as drawn: a LIVE that did not keep "
        "to the draw still counts where it was drawn.",
        "Judged after {half} and after {lives} LIVEs drawn with it, not before, and as drawn: a LIVE that did not keep "
        "to the draw still counts where it was drawn.",
    ),
    "other": NN_(
        "Judged after {half} and after {lives} LIVE with it, not before.",
        "Judged after {half} and after {lives} LIVEs with it, not before.",
    ),
}
_FOUND = {"worked": N_("Worked: {found}"), "no_sign": N_("No sign: {found}")}


def moments(names: Sequence[Moment]) -> str:
    """`before and during the LIVE`: when a strategy is done."""
    known = [each for each in _ORDER if each in names]
    return _(_MOMENTS[" and ".join(filter(None, (", ".join(known[:-1]), known[-1])))])


def hoped(plan: Plan, knowledge: Knowledge) -> str:
    """`ERR up by 10% or more`."""
    metric, size = _short(plan.metric, knowledge), formats.change_size(plan.worth)
    return _(_HOPED[plan.direction], metric=metric, size=size)


def when_done(plan: Plan) -> str:
    """`within 10 minutes of the start (0:10)`: the trigger, with its place in the LIVE where it names one."""
    return plan.trigger if plan.minute is None else f"{plan.trigger} ({formats.clock(plan.minute)})"


def effort(plan: Plan, knowledge: Knowledge) -> str:
    """How many LIVEs and clicks it takes to see the change that is worth having."""
    if plan.visible is None:
        return _("Too few earlier LIVEs to say how many it takes.")
    if plan.lives_needed is None:
        return _too_small(plan)
    said = {"lives": formats.count(plan.lives_needed), "size": formats.change_size(plan.worth)}
    counted = plan.units_needed is not None and plan.unit is not None
    if plan.units_needed is not None and plan.unit is not None:
        said |= {"units": _round(plan.units_needed), "count": lowered(knowledge.counts[plan.unit].label)}
    words = ngettext(*_TAKES[plan.alternate, counted], plan.lives_needed, **said)
    if plan.lives_needed <= plan.lives:
        return words
    shows = ngettext(
        "After {lives} LIVE one of {size} shows.", "After {lives} LIVEs one of {size} shows.",
        plan.lives, lives=formats.count(plan.lives), size=formats.change_size(plan.visible or 0.0),
    )  # fmt: skip
    return f"{words} {shows}"


def _too_small(plan: Plan) -> str:
    said = {
        "size": formats.change_size(plan.worth), "seen": formats.change_size(plan.visible or 0.0),
        "lives": formats.count(plan.lives),
    }  # fmt: skip
    if plan.alternate:
        return ngettext(
            "A change of {size} is too small to see in 40 LIVEs of this shop; {lives} LIVE with it and as many "
            "without show one of {seen}.",
            "A change of {size} is too small to see in 40 LIVEs of this shop; {lives} LIVEs with it and as many "
            "without show one of {seen}.",
            plan.lives, **said,
        )  # fmt: skip
    return ngettext(
        "A change of {size} is too small to see in 40 LIVEs of this shop; {lives} LIVE show one of {seen}.",
        "A change of {size} is too small to see in 40 LIVEs of this shop; {lives} LIVEs show one of {seen}.",
        plan.lives, **said,
    )  # fmt: skip


def stop_rule(plan: Plan) -> str:
    """When it is judged."""
    half = -(-plan.lives // 2)
    forms = _JUDGED_TWICE if half < plan.lives else _JUDGED
    kind = "other" if plan.draw is None else "drawn"
    judged = ngettext(*forms[kind], plan.lives, lives=formats.count(plan.lives), half=half)
    if plan.draw is not None:
        parts = (_("Which LIVEs have it is drawn, about every second one."), judged)
    elif plan.alternate:
        parts = (_("Do it in every second LIVE, the first one with it."), judged)
    else:
        parts = (judged, _("Every second LIVE without it makes the answer clearer."))
    return " ".join(parts)


def drawn_next(plan: Plan, now: datetime) -> str | None:
    """`Drawn for Fri 27 Nov, about 20:00: with the change.`; None without a draw. `now` by the shop's clock."""
    if plan.draw is None:
        return None
    start, on = next(plan.draw.coming(max(now, plan.draw.begins() - timedelta(seconds=1))))
    day, clock = formats.weekday(start), f"{start:%H:%M}"
    if on:
        return _("Drawn for {day}, about {clock}: with the change.", day=day, clock=clock)
    return _("Drawn for {day}, about {clock}: without the change.", day=day, clock=clock)


def drawn_week(plan: Plan, now: datetime) -> tuple[str, ...]:
    """`Fri 27 Nov 20:00: with it`: what was drawn for the usual starts of the coming seven days."""
    if plan.draw is None:
        return ()
    coming = plan.draw.coming(max(now, plan.draw.begins() - timedelta(seconds=1)))
    return tuple(_drawn_at(start, on) for start, on in coming)


def _drawn_at(start: datetime, on: bool) -> str:
    day, clock = formats.weekday(start), f"{start:%H:%M}"
    if on:
        return _("{day} {clock}: with it", day=day, clock=clock)
    return _("{day} {clock}: without it", day=day, clock=clock)


def drawn_then(plan: Plan, session: Session) -> str:
    """`It was drawn with the change.`: what the draw said of a LIVE there was; empty without a draw."""
    if plan.draw is None or session.start is None:
        return ""
    on = plan.draw.on(session.start)
    return _("It was drawn with the change.") if on else _("It was drawn without the change.")


def outcome_sentence(outcome: PlanOutcome, knowledge: Knowledge, currency: str | None = None) -> str:
    """`Worked: ERR most likely +11% (range +1% to +23%). As measured: ...`: the verdict and what it rests on."""
    if outcome.verdict == "not_done":
        return ngettext(
            "Not done in {lives} LIVE since.", "Not done in {lives} LIVEs since.",
            outcome.not_done, lives=formats.count(outcome.not_done),
        )  # fmt: skip
    found = measured(outcome, knowledge, currency)
    if outcome.verdict != "cannot_tell":
        return _(_FOUND[outcome.verdict], found=found)
    parts = [_("Cannot tell yet: {reason}.", reason=outcome.reason)]
    if outcome.more:
        more = ngettext(
            "It takes {lives} LIVE more with it.", "It takes {lives} LIVEs more with it.",
            outcome.more, lives=formats.count(outcome.more),
        )  # fmt: skip
        parts.append(more)
    return " ".join([*parts, *([found] if outcome.change is not None else [])])


def measured(outcome: PlanOutcome, knowledge: Knowledge, currency: str | None = None) -> str:
    """`ERR most likely +11% (range +1% to +23%). As measured: 9.1% over 4 LIVEs with it, 7.9% expected (+15%).`

    The first is the size drawn towards what changes usually bring. Outcomes of before it was kept have the measured one
    alone with its range. Empty where nothing was measured.
    """
    if outcome.change is None or outcome.metric not in knowledge.metrics:
        return ""
    metric = knowledge.metrics[outcome.metric]
    seen, expected = (formats.value(each, metric.shown_as, currency) for each in (outcome.seen, outcome.expected))
    said = {
        "metric": metric.short, "seen": seen, "lives": formats.count(outcome.done), "expected": expected,
        "change": formats.change(outcome.change),
    }  # fmt: skip
    if outcome.shrunk is None:
        alone = ngettext(
            "{metric} {seen} over {lives} LIVE with it, {expected} expected ({change}, range {low} to {high}).",
            "{metric} {seen} over {lives} LIVEs with it, {expected} expected ({change}, range {low} to {high}).",
            outcome.done, **said, low=formats.change(outcome.low), high=formats.change(outcome.high),
        )  # fmt: skip
        return " ".join([alone, *_beside(outcome)])
    likely = _(
        "{metric} most likely {change} (range {low} to {high}).",
        metric=metric.short, change=formats.change(outcome.shrunk),
        low=formats.change(outcome.shrunk_low), high=formats.change(outcome.shrunk_high),
    )  # fmt: skip
    raw = ngettext(
        "As measured: {seen} over {lives} LIVE with it, {expected} expected ({change}).",
        "As measured: {seen} over {lives} LIVEs with it, {expected} expected ({change}).",
        outcome.done, **said,
    )  # fmt: skip
    return " ".join([likely, raw, *_beside(outcome)])


def _beside(outcome: PlanOutcome) -> list[str]:
    """What else a reader has to know of the size: the untouched rates that moved as well, LIVEs not as drawn."""
    said = []
    if outcome.shift is not None:
        moved = formats.change(outcome.shift)
        if outcome.verdict == "worked":
            further = _(
                "The rates it should not touch moved as well ({change} together); this one moved further.", change=moved
            )
            said.append(further)
        else:
            said.append(_("The rates it should not touch moved as well ({change} together).", change=moved))
    if outcome.deviated:
        other = ngettext(
            "In {lives} LIVE it was not done as drawn, so what it brings where it is done may be more.",
            "In {lives} LIVEs it was not done as drawn, so what it brings where it is done may be more.",
            outcome.deviated, lives=formats.count(outcome.deviated),
        )  # fmt: skip
        said.append(other)
    return said


def evidence_sentence(evidence: Evidence, knowledge: Knowledge) -> str:
    """`Tried 3 times here: worked twice ...`: this shop's own tries of a strategy."""
    if not evidence.tries:
        return _("Not tried here yet.")
    counted = ", ".join(_tries(evidence))
    if evidence.tries == 1:
        parts = [_("Tried once here: {counts}.", counts=counted)]
    else:
        tried = ngettext(
            "Tried {times} time here: {counts}.", "Tried {times} times here: {counts}.",
            evidence.tries, times=evidence.tries, counts=counted,
        )  # fmt: skip
        parts = [tried]
    if evidence.change is not None:
        whole = _(
            "{metric} {change} on the whole, range {low} to {high}.",
            metric=_short(evidence.metric, knowledge), change=formats.change(evidence.change),
            low=formats.change(evidence.low), high=formats.change(evidence.high),
        )  # fmt: skip
        parts.append(whole)
    if evidence.last_used is not None:
        parts.append(_("Last used {day}.", day=formats.day_and_year(evidence.last_used)))
    return " ".join(parts)


def _tries(evidence: Evidence) -> list[str]:
    """`2 worked`, `1 no sign`: the verdicts there are, each with how many tries had it."""
    said = []
    if evidence.worked:
        said.append(pgettext("tries of a strategy", "{number} worked", number=evidence.worked))
    if evidence.unconfirmed:
        lucky = ngettext(
            "{number} worked by itself but may be luck among {plans} plan",
            "{number} worked by itself but may be luck among {plans} plans",
            evidence.plans, number=evidence.unconfirmed, plans=formats.count(evidence.plans),
        )  # fmt: skip
        said.append(lucky)
    if evidence.no_sign:
        said.append(pgettext("tries of a strategy", "{number} no sign", number=evidence.no_sign))
    if evidence.cannot_tell:
        said.append(pgettext("tries of a strategy", "{number} cannot tell yet", number=evidence.cannot_tell))
    return said


def _short(metric: str, knowledge: Knowledge) -> str:
    return knowledge.metrics[metric].short if metric in knowledge.metrics else metric


def _round(number: int) -> str:
    """Two digits: more would claim too much."""
    digits = max(len(str(number)) - 2, 0)
    return formats.count(float(round(number, -digits)))
