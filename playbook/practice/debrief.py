"""After a practice LIVE: the score beside two others on the same luck, and three sentences from the run's evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playbook import formats
from playbook.knowledge.practice import Fault
from playbook.language import N_, _, ngettext

from . import worth
from .actions import GIVEAWAYS
from .dashboard import RATES
from .policies import best_known, do_nothing, play
from .runs import ended_words
from .score import PASS, score
from .simulator import PracticeLive
from .worth import DO, Worth

#: Less than this part of what was earned is not worth a sentence.
_WORTH_A_WORD = 0.01
_NAMES = {
    "impressions": N_("the impressions"), "avg_viewing_duration": N_("the viewing duration"),
    "err": N_("the enter room rate"), "comment_rate": N_("the comment rate"), "follow_rate": N_("the follow rate"),
    "ctr": N_("the click-through rate"), "ctor": N_("the click-to-order rate"),
}  # fmt: skip


@dataclass(frozen=True)
class Debrief:
    """Money is GMV less prizes and ads: of this run, of doing nothing and of the best way known, on the same luck.

    `score` is as in `score.score`. `wrong` has a sentence for each thing that was wrong; `worths` every action with
    what it brought; `again_from` is the minute from which to try another way.
    """

    net: float
    nothing: float
    best: float
    score: float
    passed: bool
    well: str
    cost: str
    next_try: str
    wrong: tuple[str, ...] = ()
    worths: tuple[Worth, ...] = ()
    again_from: int | None = None


def debrief(live: PracticeLive, usual: Mapping[str, float]) -> Debrief:
    """Judge a finished run against others of the same scenario and seed."""
    nothing = play(live.practice, live.seed, do_nothing, usual).net
    best = max(best_known(live.practice, live.seed, usual).net, live.net)
    scored = score(live.net, nothing, best, len(live.practice.faults))
    found = worth.worths(live)
    next_try, again_from = _next_try(live, found)
    early = live.practice.minutes - live.minute if live.ended == "early" else 0
    if early > live.minute:  # too little was played to say what went well in it or what was wrong
        lost = ngettext(
            "You ended it {n} minute early; the two figures beside yours are of whole LIVEs.",
            "You ended it {n} minutes early; the two figures beside yours are of whole LIVEs.",
            early, n=early,
        )  # fmt: skip
        clock = formats.clock(live.minute)
        again = _("Go back to {clock} and play it to its end.", clock=clock)
        seen = ngettext(
            "You saw {n} minute of it, too few to say what went well.",
            "You saw {n} minutes of it, too few to say what went well.",
            live.minute, n=live.minute,
        )  # fmt: skip
        return Debrief(live.net, nothing, best, scored, scored >= PASS, seen, lost, again,
                       worths=tuple(found), again_from=live.minute)  # fmt: skip
    return Debrief(
        net=live.net,
        nothing=nothing,
        best=best,
        score=scored,
        passed=scored >= PASS,
        well=_well(live, usual, nothing, found),
        cost=_cost(live, usual, found),
        next_try=next_try,
        wrong=wrong(live),
        worths=tuple(found),
        again_from=again_from,
    )


def wrong(live: PracticeLive) -> tuple[str, ...]:
    """What was drawn, a sentence each; one sentence where nothing was."""
    if not live.practice.faults:
        return (_("Nothing was wrong in this LIVE. Every low moment was chance, and little to do was right."),)
    return tuple(_wrong(each, live) for each in live.practice.faults)


def _wrong(fault: Fault, live: PracticeLive) -> str:
    end = live.practice.minutes if fault.lasts is None else min(live.practice.minutes, fault.from_minute + fault.lasts)
    since, until, part = formats.clock(fault.from_minute), formats.clock(end), formats.change_size(fault.depth)
    tools = formats.listed([_(DO[each.action]) for each in fault.mended_by], "or")
    helps = _("What helps: {tools}.", tools=tools)
    metric = _(_NAMES[fault.metric])
    if fault.says:
        took = _(
            "From {start} to {end} {what}; it took {part} of {metric}.",
            start=since, end=until, what=fault.says, part=part, metric=metric,
        )  # fmt: skip
    else:
        took = _(
            "From {start} to {end} something took {part} of {metric}.",
            start=since, end=until, part=part, metric=metric,
        )  # fmt: skip
    return f"{took} {helps}"


def rates_of(live: PracticeLive) -> dict[str, float | None]:
    """The rates of the whole run, as fractions; None where there is nothing to divide by."""
    found: dict[str, float | None] = {}
    for name, (top, of) in RATES.items():
        under = sum(getattr(row, of) for row in live.rows)
        found[name] = sum(getattr(row, top) for row in live.rows) / under if under else None
    return found


def _against_usual(live: PracticeLive, usual: Mapping[str, float]) -> list[tuple[float, str]]:
    """Change from usual and rate, weakest first."""
    return sorted((value / usual[name] - 1, name) for name, value in rates_of(live).items() if value is not None)


def _side(gap: float) -> str:
    """`8% above usual`, `54% below usual`."""
    part = formats.change_size(gap)
    return _("{part} above usual", part=part) if gap > 0 else _("{part} below usual", part=part)


def _told(each: Worth, live: PracticeLive) -> str:
    """`0:25 Unpinned`."""
    return f"{formats.clock(each.minute)} {worth.words(each, live)}"


def _money(amount: float, live: PracticeLive) -> str:
    return formats.money(abs(amount), live.practice.currency)


def _counts(each: Worth | None, live: PracticeLive) -> bool:
    return each is not None and abs(each.amount) > _WORTH_A_WORD * max(live.net, 1.0)


def _well(live: PracticeLive, usual: Mapping[str, float], nothing: float, found: list[Worth]) -> str:
    most = max(found, key=lambda each: each.amount, default=None)
    if most is not None and most.amount > 0 and _counts(most, live):
        what, amount = _told(most, live), _money(most.amount, live)
        return _("Of all you did, this brought most: {what}, {amount}.", what=what, amount=amount)
    gaps = _against_usual(live, usual)
    if live.net > nothing:
        more = formats.money(live.net - nothing, live.practice.currency)
        if gaps and gaps[-1][0] > 0:
            metric, side = _(_NAMES[gaps[-1][1]]), _side(gaps[-1][0])
            return _(
                "You earned {amount} more than doing nothing, and {metric} was {side}.",
                amount=more, metric=metric, side=side,
            )  # fmt: skip
        return _("You earned {amount} more than doing nothing.", amount=more)
    if gaps and gaps[-1][0] > 0:
        metric, side = _(_NAMES[gaps[-1][1]]), _side(gaps[-1][0])
        return _("The strongest number was {metric}, {side}.", metric=metric, side=side)
    if not live.warnings:
        return _("You got through without a warning.")
    return _("You played the LIVE to see how it behaves, which is what practice is for.")


def _cost(live: PracticeLive, usual: Mapping[str, float], found: list[Worth]) -> str:
    if live.ended == "warnings":
        return ended_words(live)
    worst = min(found, key=lambda each: each.amount, default=None)
    if worst is not None and worst.amount < 0 and _counts(worst, live):
        what, amount = _told(worst, live), _money(worst.amount, live)
        return _("This cost most: {what}, {amount} less than without it.", what=what, amount=amount)
    own = [at for at in live.warnings if at - 1 not in live.practice.violations]
    if own:
        return _(
            "A warning came at minute {minute}; the LIVE is shown about half as often for 15 minutes after one, and "
            "stretched urgency makes one likelier.",
            minute=own[0],
        )
    prizes = sum(each.action.kind in GIVEAWAYS for each in live.done)
    if live.spent > 0.15 * max(live.gmv, 1):
        spent = formats.money(live.spent, live.practice.currency)
        return ngettext(
            "Prizes and ads took {amount} of the GMV ({n} giveaway).",
            "Prizes and ads took {amount} of the GMV ({n} giveaways).",
            prizes, amount=spent, n=prizes,
        )  # fmt: skip
    gaps = _against_usual(live, usual)
    if gaps and gaps[0][0] < -0.05:
        metric, side = _(_NAMES[gaps[0][1]]), _side(gaps[0][0])
        return _("The weakest number was {metric}, {side}.", metric=metric, side=side)
    return _("No rate ended clearly below usual.")


def _next_try(live: PracticeLive, found: list[Worth]) -> tuple[str, int | None]:
    """The one change that would have brought most on this luck, and the minute to go back to for it.

    Doing without a habit, leaving out what cost most, or doing one thing more: whichever is worth most.
    """
    habit, more = worth.worst_habit(live), worth.missed(live)
    worst = min(found, key=lambda each: each.amount, default=None)
    gains = [(-habit.amount, "habit", habit)] if habit else []
    gains += [(-worst.amount, "once", worst)] if worst else []
    gains += [(more.amount, "more", more)] if more else []
    gain, what, best = max(gains, key=lambda each: each[0], default=(0.0, "", None))
    if best is None or gain <= 0 or not _counts(best, live):
        return _("No single thing more or less would have brought much on this luck. Try another one."), None
    clock, amount = formats.clock(best.minute), _money(gain, live)
    done, brings = _lower(worth.words(best, live)), _("On the same luck it brings {amount} more.", amount=amount)
    if what == "habit":
        back = _("Go back to {clock} and do without this from there on: {what}.", clock=clock, what=done)
    elif what == "once":
        back = _("Go back to {clock} and leave this out: {what}.", clock=clock, what=done)
    else:
        to_do = worth.to_do(best, live)
        back = _("Go back to {clock} and try this: {what}.", clock=clock, what=to_do)
    return f"{back} {brings}", best.minute


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
