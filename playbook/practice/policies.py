"""Ways of playing a practice LIVE: nothing, an ordinary routine, the playbook's way, and panic.

A policy sees the dashboard only, never the planted faults.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playbook.knowledge.practice import ActionId, Practice

from .actions import GIVEAWAYS, Action
from .dashboard import Dashboard, dashboard
from .simulator import PracticeLive

Policy = Callable[[Dashboard], list[Action]]


def do_nothing(now: Dashboard) -> list[Action]:  # noqa: ARG001
    """Whatever is pinned at the start stays."""
    return []


def ordinary(now: Dashboard) -> list[Action]:
    """A plain LIVE: another pin and one word about it every 20 minutes. Its rates are what a usual is made of."""
    if now.minute % 20 == 0:
        return [Action("pin", (now.minute // 20) % len(now.prices)), Action("say_click")]
    return []


def playbook(now: Dashboard) -> list[Action]:
    """The routine, and for each rate that is clearly below usual the tool advised for it."""
    actions = _routine(now)
    if now.settled("err") and now.low("err", 10) and now.since("billboard") >= 20:
        actions.append(Action("billboard"))
    if not now.settled("ctr"):
        return actions
    if now.low("ctr", 10) and now.since("say_click") >= 8:
        actions.append(Action("say_click"))
    if now.low("ctor", 15):
        if now.since("say_answer") >= 9:
            actions.append(Action("say_answer"))
        elif now.since("urgency_true") >= 10:
            actions.append(Action("urgency_true"))
    if now.low("comment_rate", 10) and now.since("say_comment") >= 9:
        actions.append(Action("say_comment"))
    if now.low("follow_rate", 20) and now.since("say_follow") >= 12:
        actions.append(Action("say_follow"))
    staying = now.online(10) < 0.7 * now.usual["stay"] * sum(row.views for row in now.rows[-10:]) / 10
    if staying and now.since("host_change") >= 45:
        actions.append(Action("host_change"))
    return actions


def _routine(now: Dashboard) -> list[Action]:
    """Always a pin, changed after 14 minutes; a billboard at the start and now and then; calls to act in turn."""
    actions: list[Action] = []
    if now.pinned is None or now.pinned_for >= 14:
        actions.append(Action("pin", _next_product(now)))
    if now.since("billboard") >= 30:
        actions.append(Action("billboard"))
    for kind, every, first in _CALLS:
        if now.minute >= first and now.since(kind) >= every:
            actions.append(Action(kind))
    return actions


#: Call to act, every this many minutes, from this minute on.
_CALLS: tuple[tuple[ActionId, int, int], ...] = (
    ("say_click", 10, 2), ("say_answer", 12, 5), ("urgency_true", 12, 11), ("say_comment", 12, 8),
    ("say_follow", 20, 14),
)  # fmt: skip


def _next_product(now: Dashboard) -> int:
    """Each product once in the order of the bag, then the one that earned most a minute, never the same twice."""
    earned = [[row.gmv for row in now.rows if row.pinned == each] for each in range(len(now.prices))]
    untried = [each for each, rows in enumerate(earned) if not rows]
    if untried:
        return untried[0]
    others = [each for each in range(len(earned)) if each != now.pinned]
    return max(others, key=lambda each: sum(earned[each]) / len(earned[each]))


def panic(now: Dashboard) -> list[Action]:
    """At every low moment a prize without a task, a stretched line and another pin."""
    actions: list[Action] = []
    if any(now.minute >= 5 and _seems_low(now, name) for name in ("err", "ctr", "ctor")):
        running = any(each.running(now.minute) for each in now.done if each.action.kind in GIVEAWAYS)
        if not running:
            actions.append(Action("giveaway_free"))
        if now.since("urgency_stretched") >= 5:
            actions.append(Action("urgency_stretched"))
        if now.since("pin") >= 2:
            actions.append(Action("pin", ((now.pinned or 0) + 1) % len(now.prices)))
    return actions


def _seems_low(now: Dashboard, name: str) -> bool:
    """Three minutes below usual: mostly noise, and it feels like a fall."""
    rate = now.rate(name, 3)
    return rate is not None and rate < 0.85 * now.usual[name]


POLICIES: dict[str, Policy] = {"do_nothing": do_nothing, "playbook": playbook, "panic": panic}


def play(practice: Practice, seed: int, policy: Policy, usual: Mapping[str, float]) -> PracticeLive:
    """A whole practice LIVE under a policy. `usual` is what `runs.usual_of` gives."""
    live = PracticeLive(practice, seed)
    while live.ended is None:
        live.step(policy(dashboard(live, usual)))
    return live
