"""Which shops need somebody today: reasons in a fixed order, counted, never a made-up score."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from playbook.diagnosis.over_lives.weekly import DAYS
from playbook.store.records import Glanced, Shop

from .glance import Glance, LiveLine, Weak

Reason = Literal["fell", "repeat", "weak", "silent", "overdue", "plan", "unread"]

#: From so many days without a LIVE a shop is silent,
SILENT_DAYS = 7
#: and where that is longer than its own pause between LIVEs, times this.
_RHYTHM = 3.0


@dataclass(frozen=True)
class ShopNeed:
    """A shop on a day. `weak` is what was below usual in its last LIVE, worst first, without what somebody chose to
    leave out; `days` since that LIVE, `look_days` since the last look. `glance` is None until it has been worked out.
    """

    line: Glanced
    glance: Glance | None
    reasons: tuple[Reason, ...] = ()
    weak: tuple[Weak, ...] = ()
    days: int | None = None
    look_days: int | None = None

    @property
    def repeats(self) -> tuple[Weak, ...]:
        return tuple(each for each in self.weak if each.times > 1)

    @property
    def shop(self) -> Shop:
        return self.line.shop


@dataclass(frozen=True)
class Week:
    """Seven days of a shop beside the seven before them, from its glance. `change` is the GMV of the week against what
    LIVEs of these lengths usually sold, over those LIVEs where both are known (`compared`). `below` counts metrics by
    LIVEs in which they were below usual.
    """

    lives: tuple[LiveLine, ...]
    before: int
    gmv: float | None
    change: float | None
    compared: int
    below: Mapping[str, int]


def need(line: Glanced, glance: Glance | None, now: datetime, left_out: Collection[str] = ()) -> ShopNeed:
    """What a shop needs at `now` (aware)."""
    if glance is None:
        return ShopNeed(line, None)
    days = None
    if glance.last is not None:
        days = max((line.shop.wall_clock(now).date() - glance.last.start.date()).days, 0)
    looked = line.shop.looked_at or line.reviewed_at
    look_days = None if looked is None else max((now - looked).days, 0)
    weak = tuple(each for each in glance.weak if each.metric not in left_out)
    found: list[Reason] = []
    if glance.change is not None and glance.change < 0 and not glance.noise:
        found.append("fell")
    if weak:
        found.append("repeat" if any(each.times > 1 for each in weak) else "weak")
    if days is not None and silent(glance, days):
        found.append("silent")
    if glance.plan is not None and glance.plan.verdict in ("worked", "no_sign", "not_done"):
        found.append("plan")
    if line.sessions and (look_days is None or look_days >= DAYS):
        found.append("overdue")
    if line.not_reviewed:
        found.append("unread")
    return ShopNeed(line, glance, tuple(found), weak, days, look_days)


def silent(glance: Glance, days: int) -> bool:
    """No LIVE for longer than a week, and for longer than three times the shop's usual pause."""
    if days < SILENT_DAYS:
        return False
    dates = sorted({each.start.date() for each in glance.lives[-20:]})
    pauses = sorted((later - earlier).days for earlier, later in pairwise(dates))
    usual = pauses[len(pauses) // 2] if pauses else 1
    return days >= _RHYTHM * usual


def by_need(needs: Sequence[ShopNeed]) -> list[ShopNeed]:
    """Who needs somebody first: money that fell beyond the shop's own ups and downs, then what keeps being weak, what
    is weak, silence, a look that is due. Among equals the larger fall comes first; then the name.
    """
    order: Sequence[Reason] = ("fell", "repeat", "weak", "silent", "plan", "overdue", "unread")

    def rank(each: ShopNeed) -> tuple[object, ...]:
        change = each.glance.change if each.glance else None
        return (
            each.glance is None,
            tuple(reason not in each.reasons for reason in order[:4]),
            change if change is not None and "fell" in each.reasons else 0.0,
            -max((weak.times for weak in each.weak), default=0),
            tuple(reason not in each.reasons for reason in order[4:]),
            each.shop.name.casefold(),
        )

    return sorted(needs, key=rank)


def pressing(needs: Sequence[ShopNeed], at_most: int = 3) -> list[ShopNeed]:
    """The first few that have a reason of their last LIVEs: a fall, a weakness or silence."""
    wanted = {"fell", "repeat", "weak", "silent"}
    return [each for each in by_need(needs) if wanted & set(each.reasons)][:at_most]


def week_of(glance: Glance, until: datetime) -> Week:
    """The seven days up to `until`, by the shop's wall clock."""
    since = until - timedelta(days=DAYS)
    lives = tuple(each for each in glance.lives if since < each.start <= until)
    before = sum(since - timedelta(days=DAYS) < each.start <= since for each in glance.lives)
    known = [each.gmv for each in lives if each.gmv is not None]
    both = [(each.gmv, each.usual_gmv) for each in lives if each.gmv is not None and each.usual_gmv]
    usual = sum(each[1] or 0.0 for each in both)
    below: dict[str, int] = {}
    for each in lives:
        for name in each.below:
            below[name] = below.get(name, 0) + 1
    return Week(
        lives,
        before,
        sum(known) if known and len(known) == len(lives) else None,
        sum(each[0] or 0.0 for each in both) / usual - 1 if usual else None,
        len(both),
        dict(sorted(below.items(), key=lambda item: -item[1])),
    )


def by_week(found: Sequence[tuple[ShopNeed, Week]]) -> list[tuple[ShopNeed, Week]]:
    """The largest fall of a week first, weeks without a LIVE after those that can be compared."""

    def rank(pair: tuple[ShopNeed, Week]) -> tuple[object, ...]:
        need, week = pair
        return (week.change is None, week.change or 0.0, not week.lives, need.shop.name.casefold())

    return sorted(found, key=rank)
