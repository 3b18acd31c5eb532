"""What can be done in a practice LIVE, what is refused and why, and how long each thing runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.knowledge.practice import ActionId, Practice
from playbook.language import N_, NN_, _, ngettext

GIVEAWAYS: tuple[ActionId, ...] = ("giveaway_follow", "giveaway_comment", "giveaway_watch", "giveaway_free")
LINES: tuple[ActionId, ...] = (
    "say_comment", "say_follow", "say_click", "say_answer", "urgency_true", "urgency_stretched"
)  # fmt: skip
#: How many minutes each runs; a flash sale as chosen.
RUNS = {**dict.fromkeys(GIVEAWAYS, 5), "coupon": 15, "ad": 10}
#: A flash sale lasts 1 to 20 minutes (TikTok Shop Academy US 6441265748903735).
SALE_MINUTES = (1, 20)
#: After this many warnings the platform ends the LIVE (US 5130820791011118: reminder, warning, interruption).
WARNINGS_END = 3
#: What of the budget each takes: its name in the scenario, and what is said when it is used up.
BUDGETS: dict[ActionId, tuple[str, str]] = {
    **dict.fromkeys(GIVEAWAYS, ("prizes", N_("All prizes are given away."))),
    **dict.fromkeys(("coupon", "flash_sale"), ("discounts", N_("No discount is left for this LIVE."))),
    "ad": ("ads", N_("The money for ads is used up.")),
    "billboard": ("billboards", N_("No other picture is prepared.")),
    "host_change": ("hosts", N_("Nobody else can take over.")),
}

#: The type of event that the review sees, and the words for its note.
EVENTS: dict[ActionId, tuple[str, str]] = {
    "pin": ("pin", N_("Pinned")),
    "unpin": ("unpin", N_("Unpinned")),
    "giveaway_follow": ("giveaway", N_("Giveaway, follow task")),
    "giveaway_comment": ("giveaway", N_("Giveaway, comment task")),
    "giveaway_watch": ("giveaway", N_("Giveaway, watch task")),
    "giveaway_free": ("giveaway", N_("Giveaway, no task")),
    "flash_sale": ("flash_sale", N_("Flash sale")),
    "billboard": ("billboard", N_("New billboard")),
    "coupon": ("coupon", N_("Coupon")),
    "say_comment": ("script", N_("Asked a question")),
    "say_follow": ("script", N_("Asked to follow")),
    "say_click": ("script", N_("Pointed at the pinned product")),
    "say_answer": ("script", N_("Answered a doubt")),
    "urgency_true": ("script", N_("Said the real stock and end time")),
    "urgency_stretched": ("script", N_("Said it is the last chance")),
    "ad": ("ad", N_("Ad")),
    "host_change": ("host_change", N_("Another host")),
}

_ONE_GIVEAWAY = NN_(
    "Only one giveaway runs at a time; wait {n} more minute.",
    "Only one giveaway runs at a time; wait {n} more minutes.",
)
_RUNNING = NN_("This one is still running; wait {n} more minute.", "This one is still running; wait {n} more minutes.")


@dataclass(frozen=True)
class Action:
    """One thing done at the start of a minute. `product` is its place in the bag; `minutes` is for a flash sale."""

    kind: ActionId
    product: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class ActionTaken:
    """An action as it was taken: from `minute` to before `end` (the same minute when it does not run)."""

    minute: int
    action: Action
    end: int

    def running(self, minute: int) -> bool:
        return self.minute <= minute < self.end


def refused(
    action: Action, minute: int, done: Sequence[ActionTaken], pinned: int | None, practice: Practice
) -> str | None:
    """Why an action cannot be taken now, in words for the seller; None when it can."""
    kind = action.kind
    if kind in BUDGETS and left(kind, done, practice) <= 0:
        return _(BUDGETS[kind][1])
    if kind in ("pin", "flash_sale") and not (
        action.product is not None and 0 <= action.product < len(practice.products)
    ):
        return _("Choose a product of the bag first.")
    if kind == "pin" and action.product == pinned:
        return _("This product is pinned already.")
    if kind == "unpin" and pinned is None:
        return _("Nothing is pinned.")
    if kind in GIVEAWAYS:
        return _still(GIVEAWAYS, minute, done, _ONE_GIVEAWAY)
    if kind == "flash_sale":
        low, high = SALE_MINUTES
        if action.minutes is None or not low <= action.minutes <= high:
            return _("A flash sale lasts {low} to {high} minutes.", low=low, high=high)
    if kind in ("flash_sale", "coupon", "ad"):
        return _still((kind,), minute, done, _RUNNING)
    return None


def left(kind: ActionId, done: Sequence[ActionTaken], practice: Practice) -> int:
    """How often something of a budget can still be done."""
    return budgets(done, practice)[BUDGETS[kind][0]]


def budgets(done: Sequence[ActionTaken], practice: Practice) -> dict[str, int]:
    """What is left of each budget."""
    found: dict[str, int] = dict(practice.budget)
    for each in done:
        if each.action.kind in BUDGETS:
            found[BUDGETS[each.action.kind][0]] -= 1
    return found


def _still(kinds: Sequence[ActionId], minute: int, done: Sequence[ActionTaken], why: tuple[str, str]) -> str | None:
    for each in done:
        if each.action.kind in kinds and each.running(minute):
            left = each.end - minute
            return ngettext(*why, left, n=left)
    return None


def end_of(action: Action, minute: int) -> int:
    """The minute before which the action still runs."""
    if action.kind == "flash_sale":
        return minute + (action.minutes or SALE_MINUTES[0])
    return minute + RUNS.get(action.kind, 0)
