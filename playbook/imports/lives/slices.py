"""Files about parts of one LIVE: products, channels, followers, events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from playbook.imports.cells.times import clock
from playbook.imports.cells.values import blank, numbers
from playbook.imports.layout.columns import Counted, Rows, counted, money_columns, rows
from playbook.imports.layout.recognise import LayoutMatch
from playbook.knowledge.exports import Profile, normalise_header
from playbook.language import _
from playbook.model.session import EVENT_TYPES, Event, Product, Session, Slice

Part = TypeVar("Part")
_DAY = 1440.0
#: Events may be set up this long before the LIVE.
_BEFORE = 180.0
#: So many products and events of one LIVE are read. Each is judged against all others, which costs their square.
MOST = 1_000


def products(match: LayoutMatch) -> tuple[Rows, tuple[Product, ...]]:
    """A row a product. `gmv` is direct where printed, else attributed."""
    found = rows(match)
    counts = counted(found)
    _fill_gmv(counts)
    ids, names = found.texts("product_id"), found.texts("product")
    prices = _plain(found, "price")
    pinned = _plain(found, "pinned_minutes")
    result = []
    for at in range(len(found)):
        name = names[at] if names else None
        code = ids[at] if ids else None
        if code is None and name is None:
            found.remark(_("a product without a name and an id; skipped"), at)
            continue
        if code is not None and "e+" in code.lower():
            found.remark(_("the product id was saved as a rounded number; its last digits are lost"), at)
        values = {column: cells[at] for column, cells in counts.counts.items()}
        result.append(Product(code, name, values, prices[at], pinned[at]))
    if len(result) > MOST:
        found.remark(
            _(
                "has {count} products of one LIVE; the first {most} are used. Give those that matter",
                count=format(len(result), ","),
                most=format(MOST, ","),
            )
        )
    return found, tuple(result[:MOST])


def _fill_gmv(counts: Counted) -> None:
    columns = counts.counts
    for name in ("gmv_attributed", "gmv_direct"):
        if name in columns:
            own = columns.get("gmv", [None] * len(columns[name]))
            columns["gmv"] = [
                value if value is not None else old for value, old in zip(columns[name], own, strict=True)
            ]


def _plain(found: Rows, name: str) -> list[float | None]:
    """A price or a number of minutes; impossible ones are unknown, with a remark."""
    position = found.match.columns.get(name)
    if position is None:
        return [None] * len(found)
    read = money_columns(found, [position])[position] if name == "price" else numbers(found.column(position), "rate")
    values = list(read.values)
    problems = dict(read.problems)
    for at, value in enumerate(values):
        if value is not None and value < 0:
            problems[at], values[at] = _("is below zero, which cannot be; left unknown"), None
    for at, problem in sorted(problems.items()):
        found.remark(problem, at, position)
    return values


def slices(match: LayoutMatch, field: str) -> tuple[Rows, tuple[Slice, ...]]:
    """Channels or audiences: counts, and cells with a percent sign as shares of the whole.

    Printed names that mean the same channel are added up; an unknown one is `other` for channels, with a remark.
    """
    found = rows(match)
    counts = counted(found, shares=True)
    _fill_gmv(counts)
    if "gmv_attributed" in counts.shares:
        counts.shares.setdefault("gmv", counts.shares["gmv_attributed"])
    named = _names(match.profile)
    result: dict[str, Slice] = {}
    for at, printed in enumerate(found.texts(field) or []):
        if printed is None:
            found.remark(
                _("no audience is named; skipped") if field == "audience" else _("no channel is named; skipped"), at
            )
            continue
        name = named.get(normalise_header(printed))
        if name is None:
            known = ", ".join(match.profile.names)
            if field == "audience":
                found.remark(
                    _("no audience '{printed}'; known: {known}. The row is skipped", printed=printed, known=known), at
                )
                continue
            found.remark(
                _("no channel '{printed}'; known: {known}. It is counted as other", printed=printed, known=known), at
            )
            name = "other"
        values = {column: cells[at] for column, cells in counts.counts.items()}
        shares = {column: cells[at] for column, cells in counts.shares.items() if cells[at] is not None}
        before = result.get(name)
        if before is not None:
            values = _added(before.counts, values)
            shares = {column: share for column, share in _added(before.shares, shares).items() if share is not None}
        result[name] = Slice(name, values, shares)
    return found, tuple(result.values())


def _added(one: Mapping[str, float | None], other: Mapping[str, float | None]) -> dict[str, float | None]:
    """Sums; unknown where one of the two is."""
    total: dict[str, float | None] = {}
    for name in {**one, **other}:
        first, second = one.get(name), other.get(name)
        total[name] = None if first is None or second is None else first + second
    return total


def _names(profile: Profile) -> dict[str, str]:
    return {normalise_header(text): name for name, texts in profile.names.items() for text in texts}


def events(
    match: LayoutMatch, session: Session | None, first_clock: float | None = None
) -> tuple[Rows, tuple[Event, ...]]:
    """What was done during the LIVE, by minute from its start.

    Clock times need the start of `session`, or `first_clock`, the clock time at minute 0; without either the row
    is left out with a remark.
    """
    found = rows(match)
    begun = first_clock
    start = None if session is None else session.timed_start
    if start is not None:
        begun = start.hour * 60 + start.minute + start.second / 60
    named = _names(match.profile)
    texts = {name: found.texts(name) or [None] * len(found) for name in ("type", "detail", "product", "note")}
    minutes, ends = _column(found, "minute"), _column(found, "end")
    clocks = _column(found, "time")
    result = []
    for at in range(len(found)):
        minute = _minute(minutes[at], clocks[at], begun)
        if minute is None:
            found.remark(_why(minutes[at], clocks[at], begun), at)
            continue
        kind, note = _kind(found, at, texts["type"][at], texts["note"][at], named)
        end = _minute(ends[at], ends[at], begun)
        if end is not None and end < minute:
            found.remark(_("ends before it begins; the end is left unknown"), at)
            end = None
        _outside(found, at, minute, session)
        result.append(Event(kind, minute, end, texts["detail"][at], texts["product"][at], note))
    if len(result) > MOST:
        found.remark(
            _(
                "has {count} events of one LIVE; the first {most} are used. Give those that matter",
                count=format(len(result), ","),
                most=format(MOST, ","),
            )
        )
    return found, tuple(sorted(result, key=lambda event: event.minute)[:MOST])


def _column(found: Rows, name: str) -> Sequence[str]:
    position = found.match.columns.get(name)
    return [""] * len(found) if position is None else [text.strip() for text in found.column(position)]


def _minute(number: str, clocked: str, begun: float | None) -> float | None:
    """Minutes from the start: a plain number, else a clock time from the time the LIVE began."""
    if not blank(number) and ":" not in number:
        return numbers([number], "rate").values[0]
    moment = clock(clocked) if not blank(clocked) else None
    if moment is None or begun is None:
        return None
    offset = (moment - begun) % _DAY
    return offset - _DAY if offset > _DAY - _BEFORE else offset


def _why(number: str, clocked: str, begun: float | None) -> str:
    if blank(number) and blank(clocked):
        return _("has no minute and no time; the event is left out")
    if begun is None and clock(clocked) is not None:
        return _(
            "the start of the LIVE is not known, so a clock time cannot be placed; use minutes. The event is left out"
        )
    return _("'{cell}' is neither a minute nor a clock time; the event is left out", cell=number or clocked)


def _kind(
    found: Rows, at: int, printed: str | None, note: str | None, named: Mapping[str, str]
) -> tuple[str, str | None]:
    word = normalise_header(printed or "")
    kind = named.get(word) or word.replace(" ", "_")
    if kind in EVENT_TYPES:
        return kind, note
    if printed is None:
        found.remark(_("has no type; known: {known}. Kept as other", known=", ".join(EVENT_TYPES)), at)
        return "other", note
    found.remark(
        _("no event type '{printed}'; known: {known}. Kept as other", printed=printed, known=", ".join(EVENT_TYPES)), at
    )
    return "other", f"{printed}: {note}" if note else printed


def _outside(found: Rows, at: int, minute: float, session: Session | None) -> None:
    length = None if session is None else session.duration_minutes
    if length is not None and minute > length:
        found.remark(
            _(
                "lies at minute {minute}, after the end of the LIVE ({length} minutes)",
                minute=format(minute, ".0f"),
                length=format(length, ".0f"),
            ),
            at,
        )


def with_events(session: Session, more: Sequence[Event]) -> Session:
    """The session with these events besides its own, in order of time, none twice."""
    every = dict.fromkeys((*session.events, *more))
    return replace(session, events=tuple(sorted(every, key=lambda event: event.minute)))
