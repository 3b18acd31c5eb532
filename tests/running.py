"""Running totals of a simulated LIVE, for the tests of the page that takes them."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from playbook.model.running import RunningLive, TotalsRow
from playbook.model.session import Session
from playbook.simulation.rooms import Fall, Room, room

START = datetime(2026, 11, 20, 19, 0)
FALL = Fall("ctr", 60, 100, 0.6)


def live(seed: int, falls: tuple[Fall, ...] = (), minutes: int = 120, per_minute: float = 2500) -> Room:
    return room(np.random.default_rng(seed), per_minute, falls, minutes=minutes)


def totals(of: Room, start: datetime = START, every: int = 10, until: int | None = None) -> list[TotalsRow]:
    """What a dashboard shows every so many minutes."""
    sums = of.trend.drop(columns="minute").cumsum()
    return [
        TotalsRow(start + timedelta(minutes=minute), {str(k): float(v) for k, v in sums.iloc[minute - 1].items()})
        for minute in range(every, (until or of.minutes) + 1, every)
    ]


def noted(of: Room, start: datetime = START, every: int = 10, until: int | None = None) -> RunningLive:
    return RunningLive(start, tuple(totals(of, start, every, until)), currency="USD")


def past(how_many: int = 6, minutes: int = 130) -> list[Session]:
    """Earlier LIVEs of one shop, one a day, with trends by the minute."""
    lives = []
    for number in range(how_many):
        trend = live(100 + number, minutes=minutes).trend
        counts = {str(name): float(trend[name].sum()) for name in trend if name != "minute"}
        start = START - timedelta(days=how_many - number)
        lives.append(Session(
            id=f"past-{number}", counts=counts, start=start, duration_minutes=float(minutes), currency="USD",
            trend=trend, trend_step=1.0,
        ))  # fmt: skip
    return lives
