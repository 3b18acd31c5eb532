"""Ways of playing a practice LIVE, from doing nothing to knowing what is wrong.

A policy sees the dashboard only. `knowing` alone is told the faults: with it, the best way known of a luck is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from playbook.knowledge.practice import ActionId, Practice

from .actions import BUDGETS, GIVEAWAYS, Action
from .dashboard import RATES, Dashboard, dashboard
from .drawing import drawn
from .simulator import PracticeLive

Policy = Callable[[Dashboard], list[Action]]

#: Tools for a rate below usual, the likeliest first, and after how many minutes each is done again.
ANSWERS: dict[str, tuple[ActionId, ...]] = {
    "err": ("billboard", "coupon"),
    "stay": ("giveaway_watch", "host_change"),
    "ctr": ("say_click", "flash_sale"),
    "ctor": ("say_answer", "urgency_true", "coupon"),
}
_AGAIN: dict[ActionId, int] = {
    "billboard": 22, "coupon": 15, "giveaway_watch": 25, "host_change": 90, "say_click": 9, "flash_sale": 14,
    "say_answer": 9, "urgency_true": 9,
}  # fmt: skip
#: A tool that was taken for a rate is kept up for so many minutes; one that did not help is given up after so many, and
#: tried again after so many.
_KEPT_UP, _GIVEN_UP, _TRIED_AGAIN = 40, 8, 20
#: A pinned product is changed after so many minutes.
_PIN = 15


def do_nothing(now: Dashboard) -> list[Action]:  # noqa: ARG001
    """Whatever is pinned at the start stays."""
    return []


def ordinary(now: Dashboard) -> list[Action]:
    """A plain LIVE: another pin and one word about it every 20 minutes. Its rates are what a usual is made of."""
    if now.minute % 20 == 0:
        return [Action("pin", (now.minute // 20) % len(now.prices)), Action("say_click")]
    return []


def playbook(now: Dashboard) -> list[Action]:
    """Another pin now and then; for a rate clearly below usual the tools advised for it, one after the other."""
    return [*_pins(now), *_answered(now, ANSWERS)]


def attentive(now: Dashboard) -> list[Action]:
    """As `playbook`, and reads what viewers write before choosing the tool: what it answers comes first."""
    heard = [each.answer for each in now.said if now.minute - each.minute <= 12]
    ranked = {
        what: tuple(sorted(tools, key=lambda each: -heard.count(each)))
        if any(heard.count(t) > 1 for t in tools)
        else ()
        for what, tools in ANSWERS.items()
    }
    return [*_pins(now), *_answered(now, ranked)]


def knowing(practice: Practice, seed: int) -> Policy:
    """Mends what was drawn, from the minute it begins, and otherwise changes the pin only."""
    faults = drawn(practice, seed).faults

    def policy(now: Dashboard) -> list[Action]:
        actions = _pins(now)
        for fault in faults:
            if fault.at_work(now.minute) and (fault.lasts is None or fault.from_minute + fault.lasts - now.minute > 3):
                best = sorted(fault.mended_by, key=lambda each: -each.takes_away * each.minutes)
                began = now.minute - fault.from_minute
                for mend in best:
                    if now.since(mend.action) < min(mend.minutes, began + 1):
                        break
                    if _can(now, mend.action):
                        actions.append(_tool(now, mend.action))
                        break
        return actions

    return policy


def _pins(now: Dashboard) -> list[Action]:
    """Always a pin, changed after a quarter of an hour."""
    if now.pinned is None or now.pinned_for >= _PIN:
        return [Action("pin", _next_product(now))]
    return []


def _answered(now: Dashboard, answers: Mapping[str, Sequence[ActionId]]) -> list[Action]:
    """For each rate the tool to take now, if any: kept up once it helped, the next one where it did not."""
    actions: list[Action] = []
    for what, tools in answers.items():
        all_of = ANSWERS[what]
        using = min(all_of, key=now.since)  # the one taken last
        age = now.since(using)
        if age < _GIVEN_UP:
            continue
        low = _low(now, what, int(min(age, 8)))
        if low and age < _AGAIN[using]:
            tools = [each for each in tools if now.since(each) > _TRIED_AGAIN]  # it should have helped by now
        elif not low and not (_AGAIN[using] <= age < _AGAIN[using] + 3 and _keeps(now, what, using)):
            continue
        elif age < _KEPT_UP and using in tools:
            tools = [using, *tools]
        chosen = next((each for each in tools if _can(now, each)), None)
        if chosen is not None:
            actions.append(_tool(now, chosen))
    return actions


def _low(now: Dashboard, what: str, last: int) -> bool:
    if what == "stay":
        return now.short(last)
    return now.settled(what) and now.low(what, last)


def _keeps(now: Dashboard, what: str, tool: ActionId) -> bool:
    """Whether a tool that helped is worth doing again though its rate looks well: for a while after it was low."""
    first = min((each.minute for each in now.done if each.action.kind == tool), default=now.minute)
    return what in ("ctr", "ctor", "err") and now.minute - first < _KEPT_UP


def _can(now: Dashboard, tool: ActionId) -> bool:
    """In budget, nothing of its kind running."""
    if tool in BUDGETS and now.budget.get(BUDGETS[tool][0], 0) <= 0:
        return False
    kinds = GIVEAWAYS if tool in GIVEAWAYS else (tool,)
    return not any(each.action.kind in kinds and each.running(now.minute) for each in now.done)


def _tool(now: Dashboard, tool: ActionId) -> Action:
    return Action(tool, now.pinned or 0, 10) if tool == "flash_sale" else Action(tool)


def _next_product(now: Dashboard) -> int:
    """Each product once in the order of the bag, then the one that earned most a minute, never the same twice."""
    earned = [[row.gmv for row in now.rows if row.pinned == each] for each in range(len(now.prices))]
    untried = [each for each, rows in enumerate(earned) if not rows]
    if untried:
        return untried[0]
    others = [each for each in range(len(earned)) if each != now.pinned]
    return max(others, key=lambda each: sum(earned[each]) / len(earned[each]))


def _rounds(lines: Sequence[ActionId], every: int, tools: Iterable[tuple[ActionId, int, int]]) -> Policy:
    """Blind: a line every so many minutes in turn, and each tool every so many minutes from a minute on."""
    tools = tuple(tools)

    def policy(now: Dashboard) -> list[Action]:
        actions = _pins(now)
        if lines and now.minute >= 2 and (now.minute - 2) % every == 0:
            actions.append(Action(lines[(now.minute - 2) // every % len(lines)]))
        actions += [
            _tool(now, kind) for kind, again, first in tools if now.minute >= first and now.since(kind) >= again
        ]
        return actions

    return policy


_LINES: tuple[ActionId, ...] = ("say_click", "say_answer", "urgency_true", "say_comment")
#: The routine of a careful operator who never looks at a number: what the room's patience bears.
clockwork = _rounds(_LINES, 7, [("billboard", 30, 20)])
#: Other blind routines: only the lines that sell, all tools by the clock, and as often as one can.
BLIND: dict[str, Policy] = {
    "clockwork": clockwork,
    "lines that sell": _rounds(_LINES[:3], 6, []),
    "tools by the clock": _rounds((), 1, [("billboard", 22, 20), ("coupon", 22, 25), ("host_change", 200, 45),
                                          ("giveaway_watch", 30, 30)]),
    "busy": _rounds(_LINES, 3, [("billboard", 25, 1), ("coupon", 20, 15)]),
}  # fmt: skip


def everything(now: Dashboard) -> list[Action]:
    """Every line every ten minutes and every tool as soon as it can be had."""
    actions = _pins(now)
    lines: tuple[ActionId, ...] = (*_LINES, "say_follow")
    actions += [Action(kind) for kind in lines if now.since(kind) >= 10]
    tools: tuple[ActionId, ...] = ("giveaway_watch", "coupon", "flash_sale", "ad", "billboard", "host_change")
    return [*actions, *(_tool(now, kind) for kind in tools if _can(now, kind) and now.since(kind) >= 10)]


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
    assert name in RATES
    rate = now.rate(name, 3)
    return rate is not None and rate < 0.85 * now.usual[name]


POLICIES: dict[str, Policy] = {
    "do_nothing": do_nothing, "clockwork": clockwork, "playbook": playbook, "attentive": attentive, "panic": panic,
    "everything": everything,
}  # fmt: skip


def play(practice: Practice, seed: int, policy: Policy, usual: Mapping[str, float]) -> PracticeLive:
    """A whole practice LIVE under a policy. `usual` is what `runs.usual_of` gives."""
    live = PracticeLive(practice, seed)
    while live.ended is None:
        live.step(policy(dashboard(live, usual)))
    return live


def best_known(practice: Practice, seed: int, usual: Mapping[str, float]) -> PracticeLive:
    """Of all ways known, told what is wrong or not, the one that earned most with this luck number."""
    ways = (knowing(practice, seed), attentive, playbook, do_nothing)
    return max((play(practice, seed, each, usual) for each in ways), key=lambda live: live.net)
