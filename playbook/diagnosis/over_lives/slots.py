"""When do LIVEs of a shop do better: by start hour and by weekday, lengths and the shop's drift taken out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playbook.diagnosis.baseline.history import start_of
from playbook.model.session import Session, other_account
from playbook.stats.group_effects import GroupEffect, group_effects

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: A slot is called better by luck in at most 5 % of flat shops: hours, then weekdays. Less than that in sum, as values
#: that are drawn in and weights that are estimated make a test a little too sure (`benchmarks/groups.py`).
HOURS_ALPHA, DAYS_ALPHA = 0.03, 0.008
#: LIVEs from which on slots are compared.
NEEDED_LIVES = 12


@dataclass(frozen=True)
class Slot:
    """A start hour or a weekday. `change` is GMV an hour against the other slots, drawn towards nought, with its 95 %
    range, as fractions; `better` where it is more than luck.
    """

    label: str
    lives: int
    change: float
    low: float
    high: float
    better: bool


@dataclass(frozen=True)
class Slots:
    """Both looks at `lives` LIVEs; `left_out` have another currency, account or kind of GMV, or no GMV or length."""

    hours: tuple[Slot, ...]
    days: tuple[Slot, ...]
    lives: int
    left_out: int

    @property
    def best(self) -> Slot | None:
        """The better slot that is worth most."""
        found = [each for each in (*self.hours, *self.days) if each.better]
        return max(found, key=lambda each: each.change, default=None)


def slots(sessions: Sequence[Session]) -> Slots:
    """LIVEs of the kind of the latest, oldest first."""
    placed = sorted((each for each in sessions if each.start is not None and each.ordinary), key=start_of)
    same = comparable(placed)
    if len(same) < NEEDED_LIVES:
        return Slots((), (), len(same), len(placed) - len(same))
    values = np.array([math.log((each.counts["gmv"] or 0.0) / (each.hours or 1.0)) for each in same])
    length = np.log([[each.duration_minutes or 1.0] for each in same])
    hours = hour_blocks(same)
    days = [WEEKDAYS[start_of(each).weekday()] for each in same]
    by_hour = group_effects(values, hours, length)
    by_day = group_effects(values, days, length)
    return Slots(
        tuple(_slot(each, HOURS_ALPHA) for each in sorted(by_hour, key=lambda each: each.label)),
        tuple(_slot(each, DAYS_ALPHA) for each in sorted(by_day, key=lambda each: WEEKDAYS.index(each.label))),
        len(same),
        len(placed) - len(same),
    )


def comparable(placed: Sequence[Session]) -> list[Session]:
    """Those with GMV and a length, of the currency, account and kind of GMV of the latest."""
    known = [each for each in placed if (each.counts["gmv"] or 0) > 0 and each.duration_minutes and each.hours]
    if not known:
        return []
    last = known[-1]
    return [
        each
        for each in known
        if each.gmv_kind == last.gmv_kind
        and each.currency in (None, last.currency)
        and not other_account(each.creator, last.creator)
    ]


def hour_blocks(lives: Sequence[Session]) -> list[str]:
    """`19:00` for each: its start to the nearest hour; neighbours with few LIVEs join the nearest that has more."""
    hours = [(start_of(each).hour + (start_of(each).minute >= 30)) % 24 for each in lives]
    counts = {hour: hours.count(hour) for hour in set(hours)}
    often = {hour for hour, many in counts.items() if many >= 5}

    def home(hour: int) -> int:
        if hour in often or not often:
            return hour
        near = min(often, key=lambda each: (min((each - hour) % 24, (hour - each) % 24), -counts[each]))
        return near if min((near - hour) % 24, (hour - near) % 24) <= 1 else hour

    return [f"{home(hour):02d}:00" for hour in hours]


def _slot(effect: GroupEffect, alpha: float) -> Slot:
    change, low, high = (math.expm1(each) for each in (effect.shrunk, effect.low, effect.high))
    return Slot(effect.label, effect.count, change, low, high, effect.p_better < alpha)
