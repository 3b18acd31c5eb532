"""After a practice LIVE: the score beside two others on the same luck, and three sentences from the run's evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playbook import formats
from playbook.knowledge.practice import Fault

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
    "impressions": "the impressions", "avg_viewing_duration": "the viewing duration",
    "err": "the enter room rate", "comment_rate": "the comment rate", "follow_rate": "the follow rate",
    "ctr": "the click-through rate", "ctor": "the click-to-order rate",
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
        left = formats.several(early, "minute")
        lost = f"You ended it {left} early; the two figures beside yours are of whole LIVEs."
        again = f"Go back to {formats.clock(live.minute)} and play it to its end."
        seen = f"You saw {formats.several(live.minute, 'minute')} of it, too few to say what went well."
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
        return ("Nothing was wrong in this LIVE. Every low moment was chance, and little to do was right.",)
    return tuple(_wrong(each, live) for each in live.practice.faults)


def _wrong(fault: Fault, live: PracticeLive) -> str:
    end = live.practice.minutes if fault.lasts is None else min(live.practice.minutes, fault.from_minute + fault.lasts)
    when = f"From {formats.clock(fault.from_minute)} to {formats.clock(end)}"
    took = formats.change_size(fault.depth)
    tools = " or ".join(DO[each.action] for each in fault.mended_by)
    what = f"{fault.says}; it took" if fault.says else "something took"
    return f"{when} {what} {took} of {_NAMES[fault.metric]}. What helps: {tools}."


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
    """`8% above`, `54% below`."""
    return f"{formats.change_size(gap)} {'above' if gap > 0 else 'below'}"


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
        return f"Of all you did, this brought most: {_told(most, live)}, {_money(most.amount, live)}."
    gaps = _against_usual(live, usual)
    if live.net > nothing:
        more = formats.money(live.net - nothing, live.practice.currency)
        if gaps and gaps[-1][0] > 0:
            best = gaps[-1]
            what = f"{_NAMES[best[1]]} was {_side(best[0])} usual"
            return f"You earned {more} more than doing nothing, and {what}."
        return f"You earned {more} more than doing nothing."
    if gaps and gaps[-1][0] > 0:
        return f"The strongest number was {_NAMES[gaps[-1][1]]}, {_side(gaps[-1][0])} usual."
    if not live.warnings:
        return "You got through without a warning."
    return "You played the LIVE to see how it behaves, which is what practice is for."


def _cost(live: PracticeLive, usual: Mapping[str, float], found: list[Worth]) -> str:
    if live.ended == "warnings":
        return ended_words(live)
    worst = min(found, key=lambda each: each.amount, default=None)
    if worst is not None and worst.amount < 0 and _counts(worst, live):
        return f"This cost most: {_told(worst, live)}, {_money(worst.amount, live)} less than without it."
    own = [at for at in live.warnings if at - 1 not in live.practice.violations]
    if own:
        return (
            f"A warning came at minute {own[0]}; the LIVE is shown about half as often for 15 minutes after one, "
            "and stretched urgency makes one likelier."
        )
    prizes = sum(each.action.kind in GIVEAWAYS for each in live.done)
    if live.spent > 0.15 * max(live.gmv, 1):
        spent = formats.money(live.spent, live.practice.currency)
        return f"Prizes and ads took {spent} of the GMV ({formats.several(prizes, 'giveaway')})."
    gaps = _against_usual(live, usual)
    if gaps and gaps[0][0] < -0.05:
        return f"The weakest number was {_NAMES[gaps[0][1]]}, {_side(gaps[0][0])} usual."
    return "No rate ended clearly below usual."


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
        return "No single thing more or less would have brought much on this luck. Try another one.", None
    back, brings = f"Go back to {formats.clock(best.minute)}", f"On the same luck it brings {_money(gain, live)} more."
    if what == "habit":
        return f"{back} and do without this from there on: {_lower(worth.words(best, live))}. {brings}", best.minute
    if what == "once":
        return f"{back} and leave this out: {_lower(worth.words(best, live))}. {brings}", best.minute
    return f"{back} and try this: {worth.to_do(best, live)}. {brings}", best.minute


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
