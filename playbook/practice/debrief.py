"""After a practice LIVE: the score beside two others on the same luck, and three sentences from the run's evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playbook import formats
from playbook.knowledge.practice import Practice

from .actions import GIVEAWAYS
from .dashboard import RATES
from .policies import do_nothing, play, playbook
from .runs import ended_words
from .simulator import Live

#: This part of the way from doing nothing to the playbook's way passes.
PASS = 0.5
_NAMES = {
    "err": "the enter room rate", "comment_rate": "the comment rate", "follow_rate": "the follow rate",
    "ctr": "the click-through rate", "ctor": "the click-to-order rate",
}  # fmt: skip


@dataclass(frozen=True)
class Debrief:
    """Money is GMV less prizes and ads. `score` is 0 (doing nothing) to 1 (the playbook's way), on the same luck."""

    net: float
    nothing: float
    sound: float
    score: float
    passed: bool
    well: str
    cost: str
    next_try: str


def debrief(live: Live, usual: Mapping[str, float]) -> Debrief:
    """Judge a finished run against two others of the same scenario and seed."""
    nothing = play(live.practice, live.seed, do_nothing, usual).net
    sound = play(live.practice, live.seed, playbook, usual).net
    span = sound - nothing
    score = min(1.0, max(0.0, (live.net - nothing) / span)) if span > 0 else float(live.net >= sound)
    return Debrief(
        net=live.net,
        nothing=nothing,
        sound=sound,
        score=score,
        passed=score >= PASS,
        well=_well(live, usual, nothing),
        cost=_cost(live, usual),
        next_try=_next_try(live),
    )


def rates_of(live: Live) -> dict[str, float | None]:
    """The rates of the whole run, as fractions; None where there is nothing to divide by."""
    found: dict[str, float | None] = {}
    for name, (top, of) in RATES.items():
        under = sum(getattr(row, of) for row in live.rows)
        found[name] = sum(getattr(row, top) for row in live.rows) / under if under else None
    return found


def _against_usual(live: Live, usual: Mapping[str, float]) -> list[tuple[float, str]]:
    """Change from usual and rate, weakest first."""
    return sorted((value / usual[name] - 1, name) for name, value in rates_of(live).items() if value is not None)


def _side(gap: float) -> str:
    """`8% above`, `54% below`."""
    return f"{formats.change_size(gap)} {'above' if gap > 0 else 'below'}"


def _well(live: Live, usual: Mapping[str, float], nothing: float) -> str:
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


def _cost(live: Live, usual: Mapping[str, float]) -> str:
    if live.ended == "warnings":
        return ended_words(live)
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


def _next_try(live: Live) -> str:
    """The first thing that would mend a fault and was not done; else what lay fallow."""
    kinds = {each.action.kind for each in live.done}
    pins = sum(each.action.kind == "pin" for each in live.done)
    if "urgency_stretched" in kinds:
        return "Try the same LIVE saying only what is true: the real stock and the real end time."
    for index, fault in enumerate(live.practice.faults):
        if not any(mend.action in kinds for mend in fault.mended_by):
            return f"Try this: {_lower(_answer(live.practice, index))}"
    if pins > max(3, len(live.rows) / 8):
        return "Try leaving each pin for 10 to 15 minutes; a pitch needs about five minutes to build."
    return f"Try this, earlier and again: {_lower(_answer(live.practice, 0))}"


def _answer(practice: Practice, index: int) -> str:
    return practice.good_answer[min(index, len(practice.good_answer) - 1)]


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
