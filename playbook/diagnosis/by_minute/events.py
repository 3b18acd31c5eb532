"""What was going on around a dip, and what was different after an event than before it. No cause is claimed.

A change is held against what the minutes before it lead to expect (`before_after`), because an event is often a reply
to a low level, and low levels rise again by themselves. Over several LIVEs the changes of one type of event beyond that
are pooled by random effects (DerSimonian and Laird 1986) with a Student range (Hartung and Knapp 2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.special import stdtrit

from playbook.diagnosis.findings import AROUND, Dip, EventEffect, NearEvent, Note, PooledEffect, note
from playbook.knowledge.metrics import Metric
from playbook.model.session import PROMOTIONS, Event, Session
from playbook.stats.meta_analysis import random_effects

from .before_after import MOMENTS, EventChange, ExpectedCourse
from .minutes import counted, on_grid

#: Pooling needs this many events, in this many LIVEs.
_EVENTS, _LIVES = 3, 2
#: Not more than the latest of them are looked at.
_LATEST = 30
_FACED = 1.959964


def with_events(dip: Dip, events: Sequence[Event], ends: float | None = None) -> Dip:
    """The dip with what happened from five minutes before it to its end, and the questions that the log leaves open.

    Events are spans: one that began earlier belongs to it when it ended in these minutes or runs into them. `ends` is
    the LIVE's length in minutes.
    """
    near = tuple(
        _near(each, dip)
        for each in sorted(events, key=lambda each: each.minute)
        if each.minute < dip.end_minute and _over(each) >= dip.start_minute - AROUND
    )
    questions = tuple(_questions(dip, near, events, ends))
    return replace(dip, events=near, questions=questions, pinned=something_pinned(dip.start_minute, events))


def _over(event: Event) -> float:
    """The minute at which an event is over; the one at which it began where no end was logged."""
    return event.minute if event.end_minute is None else max(event.end_minute, event.minute)


def _near(event: Event, dip: Dip) -> NearEvent:
    ended = None if event.end_minute is None else max(0.0, dip.start_minute - _over(event))
    before = max(0.0, dip.start_minute - event.minute)
    return NearEvent(event.type, event.minute, before, event.detail, event.product, event.end_minute, ended)


def _questions(dip: Dip, near: Sequence[NearEvent], events: Sequence[Event], ends: float | None) -> list[Note]:
    """What to ask. A log of what was done answers by what it does not have, too."""
    types = {each.type for each in near}
    kept = logged(events) is not None
    asked = []
    pinned = pinned_at(dip.start_minute, events)
    if pinned is not None:
        asked.append(note("pinned", product=pinned))
    elif not any(each.type in ("pin", "unpin") for each in events):
        asked.append(note("which_pinned"))
    if not kept and not types & PROMOTIONS:
        asked.append(note("promotion"))
    if not kept and "violation" not in types:
        asked.append(note("violation"))
    if dip.metric == "ctor":
        asked.append(note("buyable"))
    if ends is not None and dip.end_minute >= ends - 1:
        asked.append(note("closing"))
    return asked


def pinned_at(minute: float, events: Iterable[Event]) -> str | None:
    """The product pinned at that minute by the log; None when none was, `a product` when it has no name."""
    now: str | None = None
    for event in sorted(events, key=lambda each: each.minute):
        if event.minute > minute:
            break
        if event.type == "pin":
            over = event.end_minute is not None and event.end_minute <= minute
            now = None if over else (event.product or event.detail or "A product")
        elif event.type == "unpin":
            now = None
    return now


def something_pinned(minute: float, events: Sequence[Event]) -> bool | None:
    """Whether a product was pinned at that minute by the log; None where the log has no pins at all."""
    if not any(each.type in ("pin", "unpin") for each in events):
        return None
    return pinned_at(minute, events) is not None


def logged(events: Sequence[Event]) -> frozenset[str] | None:
    """The types of events that a log has; None where nobody kept a log of what was done.

    Violations alone are no log: they are noted down even where nothing else is.
    """
    types = frozenset(each.type for each in events)
    return types if types - {"violation"} else None


def effects(session: Session, metrics: Mapping[str, Metric]) -> tuple[EventEffect, ...]:
    """For each event and metric the change from the ten minutes before to the ten after; by time."""
    return tuple(effect for effect, _ in _measured(session, metrics))


def _measured(session: Session, metrics: Mapping[str, Metric]) -> list[tuple[EventEffect, EventChange]]:
    events = [each for each in session.events if np.isfinite(each.minute)]
    minutes = on_grid(session.trend, session.trend_step, session.duration_minutes) if events else None
    if minutes is None:
        return []
    courses = {}
    for name, metric in metrics.items():
        around = metric.by_minute is not None and metric.by_minute.around_events
        series = counted(minutes, name, metric) if around else None
        if series is not None and series.bins >= 6:
            courses[name] = ExpectedCourse(series)
    found = []
    for event in sorted(events, key=lambda each: each.minute):
        for name, course in courses.items():
            change = course.change(event.minute)
            if change is not None:
                found.append((_effect(event, name, change), change))
    return found


def _effect(event: Event, metric: str, change: EventChange) -> EventEffect:
    reach = _FACED * change.variance**0.5
    return EventEffect(
        type=event.type,
        minute=event.minute,
        metric=metric,
        before=change.before,
        after=change.after,
        change=float(np.expm1(change.log)),
        low=float(np.expm1(change.log - reach)),
        high=float(np.expm1(change.log + reach)),
        larger_than=change.larger_than,
        moments=MOMENTS,
        ordinary=change.ordinary,
        detail=event.detail,
        product=event.product,
    )


def pooled(sessions: Sequence[Session], metrics: Mapping[str, Metric]) -> tuple[PooledEffect, ...]:
    """Changes after each type of event over LIVEs with a trend and a log, beyond what was to be expected."""
    groups: dict[tuple[str, str], list[tuple[int, float, float]]] = {}
    with_log = [each for each in sessions if each.events and each.trend is not None][-_LATEST:]
    for live, session in enumerate(with_log):
        for effect, change in _measured(session, metrics):
            row = (live, change.beyond, change.error**2)
            groups.setdefault((effect.type, effect.metric), []).append(row)
    found = []
    for (kind, metric), rows in sorted(groups.items()):
        lives = len({live for live, _, _ in rows})
        if len(rows) >= _EVENTS and lives >= _LIVES:
            all_of = random_effects([row[1] for row in rows], [row[2] for row in rows])
            reach = float(stdtrit(len(rows) - 1, 0.975)) * all_of.modified_error
            low, high = max(all_of.mean - reach, -1.0), all_of.mean + reach
            found.append(PooledEffect(kind, metric, len(rows), lives, max(all_of.mean, -1.0), low, high))
    return tuple(found)
