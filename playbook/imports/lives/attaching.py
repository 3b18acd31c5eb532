"""Trends, products, channels, followers and events to the LIVE they belong to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from playbook.imports.layout.columns import Rows, counted, rows
from playbook.imports.opening import Found
from playbook.imports.results import Failure, Question
from playbook.language import N_, _
from playbook.model.session import Session

from .belonging import Part, Placement, part_of, place
from .gathering import State, TableRead, change, session_of
from .session_list import session_list, zone_question
from .slices import events as read_events
from .slices import products, slices, with_events
from .trend import lay, on_clock, read_trend

#: Kinds of which a LIVE has one file, in words for a person.
_PARTS = {
    "trend": N_("one LIVE over time"), "products": N_("the products of one LIVE"),
    "events": N_("the events of one LIVE"), "channels": N_("the channels of one LIVE"),
    "followers": N_("the followers of one LIVE"),
}  # fmt: skip
#: Kinds that say by their own numbers which LIVE they are of.
_PLACED = ("trend", "products")
#: Instead of a LIVE's id: a person is asked, or left the file out.
_ASKED, _LEFT_OUT = "?", ""


def attach_parts(state: State) -> None:
    """Trends, then the other parts, to the LIVE they belong to."""
    for kind in _PARTS:
        tables = [found for found in state.opened.found if found.match.profile.kind == kind]
        homes = _homes(state, kind, tables)
        used: dict[str | None, str] = {}
        for found in tables:
            name = found.match.table.file
            clear = id(found) in homes
            home = homes.get(id(found), state.picked)
            if home == _LEFT_OUT:
                state.opened.failures.append(Failure(name, _("{file}: left out, as you said.", file=name)))
            if home in (_ASKED, _LEFT_OUT):
                continue
            if home in used and kind != "events":
                message = _(
                    "{file}: {other} already gave {part}. Give one such file at a time.",
                    file=name, other=used[home], part=_(_PARTS[kind]),
                )  # fmt: skip
                state.opened.failures.append(Failure(name, message))
            elif kind == "trend":
                if _attach_trend(state, found, home, clear=clear):
                    used[home or state.picked] = name
            elif home is None:
                message = _(
                    "{file}: this file holds {part}, not its totals. Add the list of LIVEs to it "
                    "(Creator-Live-Performance), or the trend of that LIVE (Trend Stat).",
                    file=name, part=_(_PARTS[kind]),
                )  # fmt: skip
                state.opened.failures.append(Failure(name, message))
            else:
                used[home] = name
                _attach_part(state, found, home, clear=clear)


def _homes(state: State, kind: str, tables: list[Found]) -> dict[int, str]:
    """The LIVE of each trend or product file, by `id` of its table, where what it says itself is clear.

    Several such files are laid only where that is clear, and asked about else. A single one that says nothing is of
    the LIVE under review, as it is when a person named the LIVE.
    """
    homes = {id(found): state.belongs[file] for found in tables if (file := found.match.table.file) in state.belongs}
    open_ones = [found for found in tables if id(found) not in homes and found.whole is None]
    lives = [*state.sessions, *state.saved]
    listed = bool(state.sessions) and state.picked is not None
    # What says nothing of its LIVE (events, channels) goes with the LIVE under review where there is a list.
    doubtful = state.sure_only and (kind in _PLACED or not listed)
    if state.which != "latest" or not lives or not (doubtful or (kind in _PLACED and len(lives) > 1)):
        return homes
    free = [live for live in lives if live.id not in homes.values()]
    said = [_part(state, each) if kind in _PLACED else Part(each.match.table.file) for each in open_ones]
    for found, placed in zip(open_ones, place(said, free), strict=True):
        if placed.live is not None:
            homes[id(found)] = placed.live
        elif len(tables) > 1 or doubtful or not listed:
            homes[id(found)] = _ASKED
            _ask_home(state, found, placed)
    return homes


def _part(state: State, found: Found) -> Part:
    """What a table says of the LIVE it is about; nothing of it is reported yet."""
    name = found.match.table.file
    if found.match.profile.kind == "products":
        counts = counted(rows(found.match)).counts
        return part_of(name, counts, running=False)
    trend = read_trend(found.match, state.options)
    times = [each for each in trend.clocks or [] if each is not None]
    moments = [each for each in trend.moments or [] if each is not None]
    minutes = [each for each in on_clock(trend, None) if each is not None]
    said = part_of(name, trend.counts)
    span, step = _span(minutes) if len(minutes) > 1 else (None, 0.0)
    return replace(said, clock=times[0] if times else None, moment=min(moments, default=None), span=span, step=step)


def _span(minutes: list[float]) -> tuple[float, float]:
    """From the first row to the end of the last, and how long a row is: it stands for the time until the next one."""
    ordered = sorted(set(minutes))
    step = min((later - earlier for earlier, later in pairwise(ordered)), default=0.0)
    return ordered[-1] - ordered[0] + step, step


def _ask_home(state: State, found: Found, placed: Placement) -> None:
    name, kind = found.match.table.file, found.match.profile.kind
    message = _(
        "{file}: this file holds {part}, and its numbers and times do not show clearly which one. It was laid on none. "
        "Say which LIVE it is of, or give it alone with that LIVE named.",
        file=name, part=_(_PARTS[kind]),
    )  # fmt: skip
    state.opened.failures.append(Failure(name, message))
    likely = placed.candidates[0] if placed.candidates and placed.evidence > 0 else None
    text = _("{file}: which LIVE is this file of?", file=name)
    state.questions.append(Question("which_live", name, text, placed.candidates, column=kind, preset=likely))


def _attach_trend(state: State, found: Found, home: str | None, *, clear: bool) -> bool:
    """Lay a trend on its LIVE, or make one of it when there is no list. False when it has no usable row."""
    whole = None
    if found.whole is not None:
        whole = next(iter(session_list(found.whole, state.options).sessions), None)
    trend = read_trend(found.match, state.options, whole)
    owner = _owner(state, whole, trend.found, home)
    name = found.match.table.file
    empty = not any(value is not None for column in trend.counts.values() for value in column)
    if empty or all(minute is None for minute in on_clock(replace(trend, found=_silent(trend.found)), owner)):
        message = _(
            "{file}: no row has both a time and a count. Expected times like 19:05; download the trend again.",
            file=name,
        )
        message += trend.found.first()
        state.opened.failures.append(Failure(name, message))
        return False
    live, questions = lay(trend, owner, state.totals)
    state.questions += questions
    if trend.utc and owner is None:
        state.questions.append(zone_question(name))
    if owner is None:
        state.sessions = [live]
        state.picked = live.id
    else:
        change(state, owner.id, lambda _old: live)
        if whole is None:
            _note_home(state, trend.found, owner.id, clear=clear)
    state.done.append(TableRead(found, trend.found, home=live.id))
    return True


def _silent(rows: Rows) -> Rows:
    return replace(rows, remarks=[])


def _owner(state: State, whole: Session | None, rows: Rows, home: str | None) -> Session | None:
    """The LIVE that was found for it, unless the file itself carries the start of another one in the list."""
    if home is None:
        return None
    picked = session_of(state, home)
    if whole is None or whole.start is None or _near(picked, whole):
        return picked
    other = next((live for live in (*state.sessions, *state.saved) if _near(live, whole)), None)
    if other is None:
        return picked
    live = _called(state, other.id)
    rows.remark(_("by its start this belongs to the LIVE {live}, so it was put there", live=live))
    return other


def _near(live: Session, whole: Session) -> bool:
    return live.start is not None and whole.start is not None and abs(live.start - whole.start) <= timedelta(minutes=2)


def _attach_part(state: State, found: Found, home: str, *, clear: bool) -> None:
    live = session_of(state, home)
    kind = found.match.profile.kind
    if kind == "products":
        rows_read, parts = products(found.match)
        live = replace(live, products=parts)
    elif kind == "events":
        rows_read, happened = read_events(found.match, live, _first_clock(state))
        live = with_events(live, happened)
    elif kind == "channels":
        rows_read, channels = slices(found.match, "channel")
        live = replace(live, channels=channels)
    else:
        rows_read, followers = slices(found.match, "audience")
        live = replace(live, followers=followers)
    change(state, live.id, lambda _old: live)
    _note_home(state, rows_read, home, clear=clear)
    state.done.append(TableRead(found, rows_read, home=home))


def _first_clock(state: State) -> float | None:
    """The clock time at minute 0 where only a trend with clock times is known."""
    for read in state.done:
        if read.found.match.profile.kind == "trend":
            clocks = read_trend(read.found.match, state.options).clocks or []
            return next((value for value in clocks if value is not None), None)
    return None


def _note_home(state: State, rows_read: Rows, home: str, *, clear: bool) -> None:
    """Say where a file was laid by what it says itself; or that it was put to the LIVE under review, and ask."""
    name = rows_read.match.table.file
    if len(state.sessions) + len(state.saved) < 2 or state.which != "latest" or name in state.belongs:
        return
    if not clear:
        ids = tuple(live.id for live in reversed(state.sessions))
        text = _(
            "{file}: this file does not say which LIVE it is about. It was put to the LIVE {live}. Is that right?",
            file=name, live=_called(state, home),
        )  # fmt: skip
        state.questions.append(Question("which_live", name, text, ids))
    elif home != state.picked:
        live = _called(state, home)
        rows_read.remark(_("by its numbers and times this is of the LIVE {live}, so it was put there", live=live))


def _called(state: State, name: str) -> str:
    live = session_of(state, name)
    return live.id if live.began is None else _("of {start}", start=live.began)
