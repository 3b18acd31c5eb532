"""Trends, products, channels, followers and events to the LIVE they belong to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ..session import Session
from .columns import Rows
from .gathering import State, TableRead, change, session_of
from .opening import Found
from .results import Failure, Question
from .session_list import session_list
from .slices import events as read_events
from .slices import products, slices, with_events
from .trend import lay, on_clock, read_trend

#: Kinds of which a LIVE has one file, in words for a person.
_PARTS = {
    "trend": "one LIVE over time", "products": "the products of one LIVE", "events": "the events of one LIVE",
    "channels": "the channels of one LIVE", "followers": "the followers of one LIVE",
}  # fmt: skip


def attach_parts(state: State) -> None:
    """Trends, then the other parts, to the LIVE they belong to."""
    for kind in _PARTS:
        used: str | None = None
        for found in state.opened.found:
            if found.match.profile.kind != kind:
                continue
            name = found.match.table.file
            if used is not None and kind != "events":
                message = f"{name}: {used} already gave {_PARTS[kind]}. Give one such file at a time."
                state.opened.failures.append(Failure(name, message))
            elif kind == "trend":
                used = name if _attach_trend(state, found) else used
            elif state.picked is None:
                message = (
                    f"{name}: this file holds {_PARTS[kind]}, not its totals. Add the list of LIVEs or the trend of "
                    "that LIVE to it."
                )
                state.opened.failures.append(Failure(name, message))
            else:
                used = name
                _attach_part(state, found)


def _attach_trend(state: State, found: Found) -> bool:
    """Lay a trend on its LIVE, or make one of it when there is no list. False when it has no usable row."""
    whole = None
    if found.whole is not None:
        whole = next(iter(session_list(found.whole, state.options).sessions), None)
    trend = read_trend(found.match, state.options, whole)
    owner = _owner(state, whole, trend.found)
    name = found.match.table.file
    empty = not any(value is not None for column in trend.counts.values() for value in column)
    if empty or all(minute is None for minute in on_clock(replace(trend, found=_silent(trend.found)), owner)):
        message = (
            f"{name}: no row has both a time and a count. Expected times like 19:05; download the trend again."
            + trend.found.first()
        )
        state.opened.failures.append(Failure(name, message))
        return False
    live, questions = lay(trend, owner, state.totals)
    state.questions += questions
    if trend.utc and owner is None:
        state.questions.append(Question("timezone", name, f"{name}: in which timezone is the shop?"))
    if owner is None:
        state.sessions = [live]
        state.picked = live.id
    else:
        change(state, owner.id, lambda _old: live)
        _ask_which(state, name, whole)
    state.done.append(TableRead(found, trend.found))
    return True


def _silent(rows: Rows) -> Rows:
    return replace(rows, remarks=[])


def _owner(state: State, whole: Session | None, rows: Rows) -> Session | None:
    """The picked LIVE, unless the file itself carries the start of another one in the list."""
    if state.picked is None:
        return None
    picked = session_of(state, state.picked)
    if whole is None or whole.start is None or _near(picked, whole):
        return picked
    other = next((live for live in state.sessions if _near(live, whole)), None)
    if other is None:
        return picked
    rows.remark(f"by its start this belongs to the LIVE {other.id}, so it was put there")
    return other


def _near(live: Session, whole: Session) -> bool:
    return live.start is not None and whole.start is not None and abs(live.start - whole.start) <= timedelta(minutes=2)


def _attach_part(state: State, found: Found) -> None:
    assert state.picked is not None
    live = session_of(state, state.picked)
    kind = found.match.profile.kind
    if kind == "products":
        rows, parts = products(found.match)
        live = replace(live, products=parts)
    elif kind == "events":
        rows, happened = read_events(found.match, live, _first_clock(state))
        live = with_events(live, happened)
    elif kind == "channels":
        rows, channels = slices(found.match, "channel")
        live = replace(live, channels=channels)
    else:
        rows, followers = slices(found.match, "audience")
        live = replace(live, followers=followers)
    change(state, live.id, lambda _old: live)
    _ask_which(state, found.match.table.file, None)
    state.done.append(TableRead(found, rows))


def _first_clock(state: State) -> float | None:
    """The clock time at minute 0 where only a trend with clock times is known."""
    for read in state.done:
        if read.found.match.profile.kind == "trend":
            clocks = read_trend(read.found.match, state.options).clocks or []
            return next((value for value in clocks if value is not None), None)
    return None


def _ask_which(state: State, name: str, whole: Session | None) -> None:
    if len(state.sessions) > 1 and state.which == "latest" and whole is None:
        ids = tuple(live.id for live in reversed(state.sessions))
        text = f"{name}: this file does not say which LIVE it is about. It was put to {state.picked}. Is that right?"
        state.questions.append(Question("which_live", name, text, ids))
