"""What was going on around a dip, and what was different after an event than before it. No cause is claimed.

A change is measured by the same yardstick at ordinary moments of the same LIVE: away from events, and with a similar
level beforehand, because an event is often a reply to a low level, and low levels rise again by themselves. Over
several LIVEs the changes of one type of event, less what is ordinary, are pooled by random effects (DerSimonian and
Laird 1986) with a Student range (Hartung and Knapp 2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from playbook.diagnosis.findings import AROUND, Dip, EventEffect, NearEvent, PooledEffect, Violation
from playbook.knowledge.metrics import Metric
from playbook.model.session import Event, Session

from .before_after import Change, Course
from .minutes import counted, on_grid

#: Metrics compared before and after an event.
COMPARED = ("impressions", "err", "ctr", "ctor", "comment_rate", "follow_rate")
#: Pooling needs this many events, in this many LIVEs.
_EVENTS, _LIVES = 3, 2
#: Not more than the latest of them are looked at.
_LATEST = 30
_PROMOTIONS = frozenset({"flash_sale", "giveaway", "coupon", "ad"})
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


def _questions(dip: Dip, near: Sequence[NearEvent], events: Sequence[Event], ends: float | None) -> list[str]:
    """What to ask. A log of what was done answers by what it does not have, too."""
    types = {each.type for each in near}
    kept = logged(events) is not None
    asked = []
    pinned = pinned_at(dip.start_minute, events)
    if pinned is not None:
        asked.append(f"{pinned} was pinned when it began: how did it do in other LIVEs?")
    elif not any(each.type in ("pin", "unpin") for each in events):
        asked.append("Which product was pinned during this time?")
    if not kept and not types & _PROMOTIONS:
        asked.append("Was a promotion or an ad running, or had one just ended?")
    if not kept and "violation" not in types:
        asked.append("Was there a violation during this time?")
    if dip.metric == "ctor":
        asked.append("Could the product be bought: price, variants, voucher, stock?")
    if ends is not None and dip.end_minute >= ends - 1:
        asked.append("Was the LIVE being closed by then?")
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


def _measured(session: Session, metrics: Mapping[str, Metric]) -> list[tuple[EventEffect, Change]]:
    events = [each for each in session.events if np.isfinite(each.minute)]
    minutes = on_grid(session.trend, session.trend_step, session.duration_minutes) if events else None
    if minutes is None:
        return []
    courses = {}
    for name in COMPARED:
        series = counted(minutes, name, metrics[name]) if name in metrics else None
        if series is not None and series.bins >= 6:
            courses[name] = Course(series, [each.minute for each in events])
    found = []
    for event in sorted(events, key=lambda each: each.minute):
        for name, course in courses.items():
            change = course.change(event.minute)
            if change is not None:
                found.append((_effect(event, name, change), change))
    return found


def _effect(event: Event, metric: str, change: Change) -> EventEffect:
    reach = _FACED * change.variance**0.5
    larger = change.larger_than
    return EventEffect(
        type=event.type,
        minute=event.minute,
        metric=metric,
        before=change.before,
        after=change.after,
        change=float(np.expm1(change.log)),
        low=float(np.expm1(change.log - reach)),
        high=float(np.expm1(change.log + reach)),
        larger_than=larger,
        moments=0 if larger is None else len(change.placebos),
        ordinary=None if larger is None else float(np.expm1(change.ordinary)),
        detail=event.detail,
        product=event.product,
    )


def pooled(sessions: Sequence[Session], metrics: Mapping[str, Metric]) -> tuple[PooledEffect, ...]:
    """Changes after each type of event over LIVEs with a trend and a log, less what was ordinary at such moments."""
    groups: dict[tuple[str, str], list[tuple[int, float, float]]] = {}
    told = [each for each in sessions if each.events and each.trend is not None][-_LATEST:]
    for live, session in enumerate(told):
        for effect, change in _measured(session, metrics):
            row = (live, change.log - change.ordinary, change.variance)
            groups.setdefault((effect.type, effect.metric), []).append(row)
    found = []
    for (kind, metric), rows in sorted(groups.items()):
        lives = len({live for live, _, _ in rows})
        if len(rows) >= _EVENTS and lives >= _LIVES:
            mean, error = random_effects([row[1] for row in rows], [row[2] for row in rows])
            reach = float(stdtrit(len(rows) - 1, 0.975)) * error
            low, high = np.expm1(mean - reach), np.expm1(mean + reach)
            found.append(PooledEffect(kind, metric, len(rows), lives, float(np.expm1(mean)), float(low), float(high)))
    return tuple(found)


def random_effects(values: Sequence[float], variances: Sequence[float]) -> tuple[float, float]:
    """Mean of `values` and its standard error (Hartung and Knapp), with variation between them estimated."""
    y, v = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    w = 1 / v
    fixed = (w * y).sum() / w.sum()
    spread = (w * (y - fixed) ** 2).sum() - (len(y) - 1)
    between = max(0.0, spread / (w.sum() - (w**2).sum() / w.sum())) if len(y) > 1 else 0.0
    w = 1 / (v + between)
    mean = float((w * y).sum() / w.sum())
    scale = (w * (y - mean) ** 2).sum() / (len(y) - 1) if len(y) > 1 else 1.0
    return mean, float(np.sqrt(max(scale, 1.0) / w.sum()))


def violations(session: Session, past: Sequence[Session], changes: Sequence[EventEffect]) -> tuple[Violation, ...]:
    """Each violation of the log: its type, whether an earlier LIVE's log has it too, and what changed after it."""
    logged = [each for each in past if each.events]
    seen = {_type(event) for each in logged for event in each.events if event.type == "violation"}
    found = []
    for event in sorted(session.events, key=lambda each: each.minute):
        if event.type != "violation":
            continue
        kind = _type(event)
        known: Literal["known", "new"] | None = None
        if kind is not None and logged:
            known = "known" if kind in seen else "new"
        around = tuple(
            each
            for each in changes
            if each.type == "violation" and each.minute == event.minute and each.metric in ("impressions", "err")
        )
        found.append(Violation(event.minute, event.detail, known, around))
    return tuple(found)


def _type(event: Event) -> str | None:
    words = (event.detail or event.note or "").casefold().split()
    return " ".join(words) or None
