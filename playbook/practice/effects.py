"""What was done, as factors on the rates of a minute. A pure function of the log of actions; no luck in here.

The sizes are ours, chosen so that each tool helps what it is meant for and costs something; no seller's data stand
behind them. The directions follow published work:

* a pitch is an inverted U over its minutes (Xu & Liang 2025), and a longer average pitch means less for the session
  (Xie, Sharma, Mehra 2025, doi 10.1177/10591478251314455); pins are held 10 to 15 minutes (TikTok Shop Academy US
  463621005051661), so the best minutes lie between 5 and 14;
* giveaways lift the room while they run and leave it weaker afterwards (Zhang, Liu, Ming, Cheng, SSRN 4083469); a
  task ties the prize to something wanted;
* frequent swings in mood sell fewer units (DOI 10.25912/RDF_1776126191166): what is asked of the room takes of its
  patience, and a room without patience leaves and buys less;
* an urgency line that is not true brings warnings (US 4581457528194817) and costs trust.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playbook.knowledge.practice import Fault, Practice

from .actions import GIVEAWAYS, ActionTaken

#: Off the price in a flash sale, and on average with a coupon.
SALE_OFF, COUPON_OFF = 0.20, 0.08
#: An ad brings people who fit less well.
_AD_SHOWN, _AD_ERR, _AD_ORDER = 1.35, 0.85, 0.94
_WARNED, _WARNED_MINUTES, _RECOVERS = 0.5, 15, 10
#: Nothing pinned: fewer enter, and clicks need a search in the bag.
_NO_PIN_ERR, _NO_PIN_CLICK = 0.92, 0.55
#: Chance a minute of a warning for nothing, and in the three minutes after a stretched line.
_HAZARD, _HAZARD_STRETCHED = 0.0002, 0.04


@dataclass
class Factors:
    """What each rate is multiplied by; `warning` is the chance of a warning in this minute."""

    shown: float = 1.0
    enter: float = 1.0
    stay: float = 1.0
    comment: float = 1.0
    follow: float = 1.0
    click: float = 1.0
    order: float = 1.0
    price: float = 1.0
    warning: float = _HAZARD


def factors(
    practice: Practice,
    minute: int,
    done: Sequence[ActionTaken],
    pinned: int | None,
    since: int,
    warnings: Iterable[int],
) -> Factors:
    """Everything that bears on this minute. `since` is the minute at which `pinned` was pinned."""
    now = Factors()
    _pitch(now, practice, pinned, minute - since)
    _lines(now, done, minute)
    _tools(now, done, minute, pinned)
    _giveaways(now, done, minute)
    _crowd(now, done, minute)
    _host(now, done, minute)
    for at in warnings:
        now.shown *= _after_warning(minute - at)
    for fault in practice.faults:
        _weaken(now, fault, minute, done)
    return now


def pitch(age: int) -> float:
    """How well the pinned product is opened after so many minutes: rises to minute 5, holds to 14, then tires."""
    if age < 5:
        return 0.90 + 0.03 * age
    return max(0.95, 1.05 - 0.01 * max(0, age - 14))


def _pitch(now: Factors, practice: Practice, pinned: int | None, age: int) -> None:
    if pinned is None:
        now.enter *= _NO_PIN_ERR
        now.click *= _NO_PIN_CLICK
        return
    product = practice.products[pinned]
    now.click *= product.draws * pitch(age)
    now.order *= product.sells
    now.stay *= max(0.95, 1 - 0.004 * max(0, age - 16))


def _fading(age: int, lasts: int) -> float:
    return max(0.0, 1 - age / lasts) if age >= 0 else 0.0


#: Line: (what it helps, by how much at best, over how many minutes).
_SAID = {
    "say_comment": ("comment", 0.4, 6),
    "say_follow": ("follow", 0.8, 5),
    "say_click": ("click", 0.03, 6),
    "say_answer": ("order", 0.03, 6),
    "urgency_true": ("order", 0.04, 5),
    "urgency_stretched": ("order", 0.20, 5),
}
#: A line said again sooner than this is worth less.
_RESTED = 9


def _lines(now: Factors, done: Sequence[ActionTaken], minute: int) -> None:
    last: dict[str, int] = {}
    overstated = 0
    for each in done:
        kind = each.action.kind
        if kind not in _SAID:
            continue
        what, size, lasts = _SAID[kind]
        rested = min(1.0, (each.minute - last[kind]) / _RESTED) if kind in last else 1.0
        last[kind] = each.minute
        age = minute - each.minute
        setattr(now, what, getattr(now, what) * (1 + size * rested**2 * _fading(age, lasts)))
        if kind == "urgency_stretched":
            overstated += 1
            if 0 <= age < 3:
                now.warning += _HAZARD_STRETCHED * (1 + 0.5 * (overstated - 1))
    now.order *= max(0.6, 0.95**overstated)


def _tools(now: Factors, done: Sequence[ActionTaken], minute: int, pinned: int | None) -> None:
    latest: dict[str, int] = {}
    for each in done:
        kind, age = each.action.kind, minute - each.minute
        rested = min(1.0, (each.minute - latest[kind]) / 30) if kind in latest else 1.0
        if kind in ("billboard", "coupon", "flash_sale"):
            latest[kind] = each.minute
        if kind == "coupon" and each.running(minute):
            now.order *= 1 + 0.03 * rested
            now.price *= 1 - COUPON_OFF
        elif kind == "flash_sale":
            if each.running(minute) and each.action.product == pinned:
                now.enter *= 1.05
                now.order *= 1 + 0.20 * rested
                now.price *= 1 - SALE_OFF
            elif each.end <= minute:
                now.order *= 1 - 0.15 * _fading(minute - each.end, 12)
        elif kind == "ad" and each.running(minute):
            now.shown *= _AD_SHOWN
            now.enter *= _AD_ERR
            now.order *= _AD_ORDER
        elif kind == "billboard" and age == 0:
            now.stay *= 0.98
    if "billboard" in latest:
        now.enter *= 1 + 0.02 * _fading(minute - latest["billboard"], 30)


def _giveaways(now: Factors, done: Sequence[ActionTaken], minute: int) -> None:
    before: int | None = None
    for each in done:
        kind = each.action.kind
        if kind not in GIVEAWAYS:
            continue
        crowded = before is not None and each.minute - before < 25
        before = each.end
        if each.running(minute):
            now.enter *= 1.06
            now.stay *= 1.40 if kind == "giveaway_watch" else 1.25
            now.click *= 0.92
            now.follow *= 2.5 if kind == "giveaway_follow" else 1.0
            now.comment *= 2.5 if kind == "giveaway_comment" else 1.0
        elif each.end <= minute:
            depth = (0.22 if kind == "giveaway_free" else 0.10) * (1.5 if crowded else 1.0)
            left = depth * _fading(minute - each.end, 12)
            now.stay *= 1 - left
            now.order *= 1 - left


#: What each takes of the room's patience, of 1, and how much comes back in a minute.
_TRIES_PATIENCE: dict[str, float] = {
    "say_comment": 0.10, "say_follow": 0.12, "say_click": 0.10, "say_answer": 0.10, "urgency_true": 0.11,
    "urgency_stretched": 0.22, "giveaway_follow": 0.18, "giveaway_comment": 0.18, "giveaway_watch": 0.18,
    "giveaway_free": 0.22, "coupon": 0.15, "flash_sale": 0.15, "billboard": 0.12, "ad": 0.05, "pin": 0.04,
    "unpin": 0.04, "host_change": 0.12,
}  # fmt: skip
_COMES_BACK, _ENOUGH = 0.0132, 0.6


def patience(done: Sequence[ActionTaken], minute: int) -> float:
    """What is left of the room's patience, from 1 (rested) to 0: whatever is asked of it takes some."""
    now, before = 1.0, 0
    for each in done:
        if each.minute > minute:
            break
        now = min(1.0, now + _COMES_BACK * (each.minute - before))
        now, before = max(0.0, now - _TRIES_PATIENCE[each.action.kind]), each.minute
    return min(1.0, now + _COMES_BACK * (minute - before))


def _crowd(now: Factors, done: Sequence[ActionTaken], minute: int) -> None:
    """A room that is asked for too much grows restless: people leave, and fewer buy."""
    short = max(0.0, _ENOUGH - patience(done, minute)) / _ENOUGH
    now.stay *= 1 - 0.40 * short
    now.click *= 1 - 0.15 * short
    now.order *= 1 - 0.35 * short


def _host(now: Factors, done: Sequence[ActionTaken], minute: int) -> None:
    """A host tires after an hour; a new one costs a few minutes and starts fresh."""
    began = 0
    for each in done:
        if each.action.kind == "host_change":
            began = each.minute
            now.stay *= 1 - 0.25 * _fading(minute - each.minute, 8)
    now.stay *= 1 - 0.12 * min(1.0, max(0, minute - began - 60) / 30)


def _after_warning(age: int) -> float:
    if age < 0:
        return 1.0
    if age < _WARNED_MINUTES:
        return _WARNED
    return 1 - (1 - _WARNED) * _fading(age - _WARNED_MINUTES, _RECOVERS)


_ON = {
    "impressions": "shown", "err": "enter", "avg_viewing_duration": "stay", "comment_rate": "comment",
    "follow_rate": "follow", "ctr": "click", "ctor": "order",
}  # fmt: skip


def _weaken(now: Factors, fault: Fault, minute: int, done: Sequence[ActionTaken]) -> None:
    """The fault at its depth, less what mends it."""
    if not fault.at_work(minute):
        return
    what = _ON[fault.metric]
    setattr(now, what, getattr(now, what) * (1 - fault.depth * unmended(fault, minute, done)))


def unmended(fault: Fault, minute: int, done: Sequence[ActionTaken]) -> float:
    """The part of a fault that is left: the strongest action still at work counts.

    What was done before the fault began does not help: it is part of what no longer works.
    """
    left = 1.0
    for mend in fault.mended_by:
        if any(
            each.action.kind == mend.action and fault.from_minute <= each.minute <= minute < each.minute + mend.minutes
            for each in done
        ):
            left = min(left, 1 - mend.takes_away)
    return left
