"""When do LIVEs of a shop do better: by start hour and by weekday, lengths and the shop's drift taken out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playbook.diagnosis.baseline.history import start_of
from playbook.model.session import Session, other_account
from playbook.stats.arrays import Floats
from playbook.stats.group_effects import GroupEffect, drift, group_effects
from playbook.stats.max_test import above_by_luck

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: A slot is called better by luck in at most 5 % of flat shops. Less than that here, as drift and memory of a shop make
#: the shuffled labels a little too different from each other (`benchmarks/groups.py`).
ALPHA = 0.04
#: Parts of that for hours and for weekdays, and for GMV an hour itself; its five steps have the rest alike.
HOURS_SHARE, TOTAL_SHARE = 0.8, 0.5
#: What GMV an hour is a product of: each count over the one before, the first over hours on air.
STEPS = ("impressions", "views", "product_clicks", "sku_orders", "gmv")
#: So many of the latest LIVEs are looked at.
LATEST = 400
#: LIVEs from which on slots are compared.
NEEDED_LIVES = 12


@dataclass(frozen=True)
class Slot:
    """A start hour or a weekday. `change` is GMV an hour against the other slots, drawn towards nought, with its 95 %
    range, as fractions; `better` where it is more than luck, in GMV an hour or in one of `STEPS`: `step` is that one
    and `step_change` by how much it was higher; both None where GMV an hour itself stands out.
    """

    label: str
    lives: int
    change: float
    low: float
    high: float
    better: bool
    step: str | None = None
    step_change: float | None = None


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
    placed = sorted((each for each in sessions if each.start is not None and each.ordinary), key=start_of)[-LATEST:]
    same = comparable(placed)
    if len(same) < NEEDED_LIVES:
        return Slots((), (), len(same), len(placed) - len(same))
    values = np.array([math.log((each.counts["gmv"] or 0.0) / (each.hours or 1.0)) for each in same])
    length = np.log([[each.duration_minutes or 1.0] for each in same])
    names = [hour_blocks(same), [WEEKDAYS[start_of(each).weekday()] for each in same]]
    found = [group_effects(values, each, length) for each in names]
    kept = [[each.label for each in part] for part in found]
    looks = _looks(same, values, length)
    labels = [(_columns(each, part), share) for each, part, share in
              zip(names, kept, (HOURS_SHARE, 1 - HOURS_SHARE), strict=True)]  # fmt: skip
    luck = above_by_luck([(y, x, share) for _, y, x, share in looks], labels)
    made = [
        {effect.label: _slot(effect, p[:, at], looks, column[:, at]) for at, effect in enumerate(part)}
        for part, p, (column, _) in zip(found, luck, labels, strict=True)
    ]
    return Slots(
        tuple(made[0][each] for each in sorted(made[0])),
        tuple(made[1][each] for each in sorted(made[1], key=WEEKDAYS.index)),
        len(same),
        len(placed) - len(same),
    )


#: A look: which step (None: GMV an hour), its values on the log scale, covariates, its share of the false finds.
Look = tuple[str | None, Floats, Floats, float]


def _looks(same: Sequence[Session], values: Floats, length: Floats) -> list[Look]:
    """GMV an hour, and each step of it that every LIVE knows."""
    base = np.column_stack([np.ones(len(same)), drift(len(same))])
    if np.ptp(length) > 0:
        base = np.column_stack([base, length - length.mean()])
    steps: list[tuple[str, Floats]] = []
    before = np.array([each.hours or 1.0 for each in same])
    for name in STEPS:
        known = [each.counts.get(name) for each in same]
        if any(each is None for each in known):
            continue
        now = np.array([max(float(each or 0.0), 0.5) for each in known])
        steps.append((name, np.log(now / before)))
        before = now
    if len(steps) < 2:  # GMV alone is the whole
        return [(None, values, base, 1.0)]
    share = (1 - TOTAL_SHARE) / len(steps)
    return [(None, values, base, TOTAL_SHARE), *((name, y, base, share) for name, y in steps)]


def _columns(labels: Sequence[str], kept: Sequence[str]) -> Floats:
    return np.array([[float(each == name) for name in kept] for each in labels]).reshape(len(labels), len(kept))


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


def _slot(effect: GroupEffect, luck: Floats, looks: Sequence[Look], inside: Floats) -> Slot:
    """`luck` is how often luck alone does as much in each look, `inside` which LIVEs are in the slot."""
    change, low, high = (math.expm1(each) for each in (effect.shrunk, effect.low, effect.high))
    at = int(np.argmin(luck)) if luck[0] > ALPHA else 0
    better = bool(luck[at] <= ALPHA) and effect.effect > 0
    step, step_change = None, None
    if better and looks[at][0] is not None:
        step, y, x, _ = looks[at]
        step_change = math.expm1(float(np.linalg.lstsq(np.column_stack([inside, x]), y, rcond=None)[0][0]))
    return Slot(effect.label, effect.count, change, low, high, better, step, step_change)
