"""The LIVEs of the week to come as the shop's last weeks went, with what each may bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from playbook.diagnosis.baseline.ahead import LiveAhead, Outlook, ahead
from playbook.diagnosis.baseline.history import start_of
from playbook.knowledge.metrics import Metric
from playbook.model.session import Session

#: Weeks that say how the shop goes on air, and in how many of them a slot has to come back.
WEEKS, OFTEN = 4, 2
#: More LIVEs are not planned for one week.
MOST = 14


@dataclass(frozen=True)
class Planned:
    """A LIVE of the week to come with its outlooks by metric."""

    live: LiveAhead
    outlooks: Mapping[str, Outlook]


def usual_week(history: Sequence[Session], now: datetime) -> list[LiveAhead]:
    """LIVEs of the seven days from `now` (shop's wall clock) on, earliest first: slots (weekday and start hour) that
    came back in two of the last four weeks; where none did, those of the last week again. Empty without LIVEs.
    """
    dated = sorted((each for each in history if each.start is not None and each.ordinary), key=start_of)
    if not dated:
        return []
    until = max(min(now, start_of(dated[-1]) + timedelta(days=7)), start_of(dated[-1]))
    recent = [each for each in dated if start_of(each) > until - timedelta(days=7 * WEEKS)]
    slots: dict[tuple[int, int], list[Session]] = {}
    for each in recent:
        slots.setdefault(_slot(each), []).append(each)
    often = {slot: lives for slot, lives in slots.items() if len({_week(each, until) for each in lives}) >= OFTEN}
    if not often:
        last = [each for each in recent if start_of(each) > until - timedelta(days=7)]
        often = {_slot(each): [each] for each in last}
    made = [_coming(slot, lives, now) for slot, lives in often.items()]
    return sorted(made, key=lambda each: each.start)[:MOST]


def forecast(lives: Sequence[LiveAhead], history: Sequence[Session], metrics: Mapping[str, Metric]) -> list[Planned]:
    """What each of them may bring; about 0.2 s a LIVE."""
    return [Planned(each, ahead(each, history, metrics)) for each in lives]


def _slot(live: Session) -> tuple[int, int]:
    start = start_of(live) + timedelta(minutes=30)
    return start.weekday(), start.hour


def _week(live: Session, until: datetime) -> int:
    return (until - start_of(live)).days // 7


def _coming(slot: tuple[int, int], lives: Sequence[Session], now: datetime) -> LiveAhead:
    """The next time of a slot, as long as its LIVEs mostly were, with the host of the latest."""
    day, hour = slot
    begin = datetime.combine(now.date() + timedelta(days=(day - now.weekday()) % 7), time(hour))
    if begin <= now:
        begin += timedelta(days=7)
    lengths = [each.hours for each in lives if each.hours]
    hours = max(0.5, round(2 * float(np.median(lengths))) / 2) if lengths else 2.0
    return LiveAhead(begin, hours, lives[-1].host)
