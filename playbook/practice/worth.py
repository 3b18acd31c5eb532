"""What each action of a practice LIVE was worth: the same luck played again without it, or with one more.

The luck is drawn before the LIVE and no action changes it (`luck`), so two plays of a seed differ only by what was
done. A difference is therefore what the action did on this luck, later actions being the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from playbook.knowledge.practice import ActionId
from playbook.language import N_, _

from .actions import EVENTS, Action
from .simulator import PracticeLive

#: What there is to do, in words.
DO: dict[ActionId, str] = {
    "pin": N_("pin"),
    "unpin": N_("unpin"),
    "billboard": N_("put up a new billboard"),
    "say_click": N_("point at the pinned product"),
    "say_answer": N_("answer a doubt"),
    "say_comment": N_("ask a question"),
    "say_follow": N_("ask to follow"),
    "urgency_true": N_("say the real stock and end time"),
    "urgency_stretched": N_("say it is the last chance"),
    "giveaway_follow": N_("run a giveaway with a follow task"),
    "giveaway_comment": N_("run a giveaway with a comment task"),
    "giveaway_watch": N_("run a giveaway with a watch task"),
    "giveaway_free": N_("run a giveaway without a task"),
    "flash_sale": N_("run a flash sale of the pinned product"),
    "coupon": N_("give a coupon"),
    "ad": N_("run an ad"),
    "host_change": N_("change the host"),
}
#: Not tried where it was not done: what stretches the truth, pays for no task, or needs more said to do.
_NOT_TRIED: tuple[ActionId, ...] = ("unpin", "urgency_stretched", "giveaway_free", "ad")
#: Minutes of a flash sale that is tried.
_SALE = 10
_FIRST, _EVERY = 1, 8


@dataclass(frozen=True)
class Worth:
    """An action at a minute and the money, less prizes and ads, that it brought (or cost, below zero)."""

    minute: int
    action: Action
    amount: float


def replayed(
    live: PracticeLive,
    without: Collection[int] = (),
    added: Worth | None = None,
    until: int | None = None,
    begun: PracticeLive | None = None,
) -> PracticeLive:
    """The LIVE played again with the same luck and actions, up to the minute `until` where given.

    `without` leaves actions out, by their places in `live.done`; `added` does one more at its minute. What cannot be
    done any more is passed over. A LIVE that the player ended is ended at the same minute; one that warnings ended may
    go on. `begun` is a replay of its first minutes to go on from; it stays as it is.
    """
    last = live.practice.minutes if live.ended != "early" else live.minute
    again = begun.branch() if begun else PracticeLive(live.practice, live.seed)
    while again.ended is None and again.minute < (last if until is None else min(until, last)):
        now = again.minute
        taken = [each.action for at, each in enumerate(live.done) if each.minute == now and at not in without]
        if added is not None and added.minute == now:
            taken.append(added.action)
        again.step(taken)
    if until is None and live.ended == "early":
        again.stop()
    return again


def worths(live: PracticeLive) -> list[Worth]:
    """Every action of a finished run with its worth, in the order it was done."""
    found, begun = [], PracticeLive(live.practice, live.seed)
    for at, each in enumerate(live.done):
        begun = replayed(live, until=each.minute, begun=begun)
        amount = live.net - replayed(live, without=[at], begun=begun).net
        found.append(Worth(each.minute, each.action, round(amount, 2)))
    return found


def worst_habit(live: PracticeLive) -> Worth | None:
    """Of what was done more than once, the kind of action without which the LIVE would have earned most more.

    The minute and the action are its first; the amount is what all of them brought together, below zero. None where
    every kind brought something, or nothing was done twice.
    """
    kinds: dict[ActionId, list[int]] = {}
    for at, each in enumerate(live.done):
        kinds.setdefault(each.action.kind, []).append(at)
    found = [
        Worth(live.done[every[0]].minute, Action(kind), round(live.net - replayed(live, without=every).net, 2))
        for kind, every in kinds.items()
        if len(every) > 1
    ]
    worst = min(found, key=lambda each: each.amount, default=None)
    return worst if worst is not None and worst.amount < 0 else None


def missed(live: PracticeLive) -> Worth | None:
    """The one thing more that would have brought most on this luck; None where nothing would have."""
    tries, begun = [], PracticeLive(live.practice, live.seed)
    for each in _candidates(live):
        begun = replayed(live, until=each.minute, begun=begun)
        amount = replayed(live, added=each, begun=begun).net - live.net
        tries.append(Worth(each.minute, each.action, round(amount, 2)))
    best = max(tries, key=lambda each: each.amount, default=None)
    return best if best is not None and best.amount > 0 else None


def _candidates(live: PracticeLive) -> Iterator[Worth]:
    for minute in range(_FIRST, len(live.rows), _EVERY):
        pinned = live.rows[minute].pinned
        for kind in DO:
            if kind in _NOT_TRIED:
                continue
            if kind == "flash_sale":
                if pinned is not None:
                    yield Worth(minute, Action(kind, pinned, _SALE), 0.0)
            elif kind != "pin":
                yield Worth(minute, Action(kind), 0.0)
            elif pinned is None:
                yield from (Worth(minute, Action("pin", place), 0.0) for place in range(len(live.practice.products)))


def words(worth: Worth, live: PracticeLive) -> str:
    """What was done: `Pinned: Rain jacket`, `Answered a doubt`."""
    return _named(_(EVENTS[worth.action.kind][1]), worth, live)


def to_do(worth: Worth, live: PracticeLive) -> str:
    """What to do: `pin: Rain jacket`, `answer a doubt`."""
    return _named(_(DO[worth.action.kind]), worth, live)


def _named(said: str, worth: Worth, live: PracticeLive) -> str:
    return said if worth.action.product is None else f"{said}: {live.practice.products[worth.action.product].name}"
