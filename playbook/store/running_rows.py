"""Rows of LIVEs on air: read into a `RunningLive`, told as tables, and held to what a row may say."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from playbook.language import N_, _
from playbook.model.running import KINDS, MOST_NAME, MOST_NOTE, NOTED, RunningLive, Tap, TotalsRow, by_time
from playbook.model.session import CHANNELS

from .damage import UNREADABLE
from .errors import StoreError
from .records import Shop
from .schema import running, tap, total

#: Kinds of rows of totals: counts since the start, or fractions of views by channel.
COUNTS_ROW, SHARES_ROW = "counts", "shares"
LIMITS = {"product": MOST_NAME, "detail": MOST_NAME, "title": MOST_NAME, "note": MOST_NOTE, "who": 80, "ended_by": 80,
           "currency": 3, "watching": 4000, "watching_on": 300}  # fmt: skip


_NAMES = {
    "product": N_("product"), "detail": N_("detail"), "title": N_("title"), "note": N_("note"), "who": N_("name"),
    "currency": N_("currency"),
}  # fmt: skip


def within_limits(texts: Mapping[str, str | None]) -> None:
    """Raises StoreError for a text that is longer than its column may be, with the length found."""
    for name, text in texts.items():
        if text is not None and len(text) > LIMITS[name]:
            raise StoreError(
                _(
                    "The {name} has {count} characters; at most {most} are kept. Shorten it.",
                    name=_(_NAMES.get(name, name)),
                    count=format(len(text), ","),
                    most=format(LIMITS[name], ","),
                )
            )


def readable(table: str, values: Mapping[str, Any]) -> None:
    """Raises ValueError or StoreError for a row of a backup that the pages could not show."""
    within_limits({name: value for name, value in values.items() if name in LIMITS})
    if any(values.get(name, "") is None for name in ("at", "added_at", "started_at")):
        raise ValueError("its time is none")
    if table == tap.name and values["kind"] not in KINDS:
        raise ValueError(f"no kind of event is called {str(values['kind'])[:40]!r}")
    if table == total.name:
        numbers(json.loads(values["data"]), {COUNTS_ROW: NOTED, SHARES_ROW: CHANNELS}[values["kind"]])


#: LIVEs begin at a full second, so of those of one second the one that was made last comes first.
NEWEST = (running.c.started_at.desc(), running.c.created_at.desc(), running.c.id.desc())


def tables(connection: Connection, owner: Shop) -> dict[str, list[dict[str, Any]]]:
    """Every LIVE on air of a shop with all its rows, the undone ones too, as a table each for `export`."""
    began = running.c.started_at
    order = (began, running.c.id)
    lives = connection.execute(select(running).where(running.c.shop_id == owner.id).order_by(*order)).mappings()
    found: dict[str, list[dict[str, Any]]] = {"running": [_told(row, owner) for row in lives]}
    for name, table in (("taps", tap), ("totals", total)):
        query = select(table, began).join(running).where(running.c.shop_id == owner.id)
        rows = connection.execute(query.order_by(*order, table.c.at, table.c.added_at, table.c.id)).mappings()
        found[name] = [_told(row, owner) | _counted(row.get("data", "{}")) for row in rows]
    return found


def _counted(text: str) -> dict[str, Any]:
    """The numbers of a row; none where it is damaged."""
    try:
        found = json.loads(text)
    except UNREADABLE:
        return {}
    return found if isinstance(found, dict) else {}


def _told(row: RowMapping, owner: Shop) -> dict[str, Any]:
    """Moments by the shop's clock, and whether the row was undone."""
    local = {name: owner.wall_clock(value) if isinstance(value, datetime) else value for name, value in row.items()}
    return {**local, "undone": "yes" if row.get("undone_at") else "no"}


def read(connection: Connection, owner: Shop, ids: Sequence[str]) -> list[RunningLive]:
    """These LIVEs with their rows, the newest first. A damaged row is left out and counted, a damaged LIVE left out."""
    if not ids:
        return []
    taps, totals = (_rows(connection, each, ids) for each in (tap, total))
    query = select(running).where(running.c.id.in_(ids)).order_by(*NEWEST)
    found = connection.execute(query).mappings()
    return [
        _made(row, owner, taps.get(row["id"], []), totals.get(row["id"], []))
        for row in found
        if row["started_at"] is not None
    ]


def _rows(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, list[RowMapping]]:
    """Those that were not undone, in order of time; of one moment as they were added."""
    query = select(table).where(table.c.running_id.in_(ids), table.c.undone_at.is_(None))
    found: dict[str, list[RowMapping]] = {}
    for row in connection.execute(query.order_by(table.c.at, table.c.added_at, table.c.id)).mappings():
        found.setdefault(row["running_id"], []).append(row)
    return found


def _made(facts: RowMapping, owner: Shop, taps: list[RowMapping], totals: list[RowMapping]) -> RunningLive:
    started_at: datetime = facts["started_at"]
    began = owner.wall_clock(started_at)

    def wall(at: datetime) -> datetime:
        return began + (at - started_at)

    tapped, noted = [], []
    shared: list[tuple[datetime, str]] = []
    for row in (*taps, *totals):
        try:
            readable(tap.name if "product" in row else total.name, dict(row))
        except (*UNREADABLE, StoreError):
            continue
        at, who, key, added = wall(row["at"]), row["who"], row["id"], row["added_at"]
        if "product" in row:
            words = (row["kind"], row["product"], row["detail"], row["note"], row["ends"])
            tapped.append(Tap(at, *words, who, key, added))
        elif row["kind"] == COUNTS_ROW:
            noted.append(TotalsRow(at, json.loads(row["data"]), who, key, added))
        else:
            shared.append((added, row["data"]))
    return RunningLive(
        began, by_time(noted), tuple(tapped), facts["currency"], json.loads(max(shared)[1]) if shared else {},
        facts["title"], facts["who"], facts["watching"], facts["watching_on"], facts["watch_totals"],
        wall(facts["ended_at"]) if facts["ended_at"] else None, facts["ended_by"], facts["id"], facts["shop_id"],
        started_at, len(taps) + len(totals) - len(tapped) - len(noted) - len(shared),
    )  # fmt: skip


def in_utc(owner: Shop, at: datetime) -> datetime:
    """A time of the shop's wall clock as a moment; this machine's clock where no time zone is known."""
    here = at.astimezone() if owner.zone is None else at.replace(tzinfo=owner.zone)
    return here.astimezone(UTC)


def numbers(given: Mapping[str, float], names: Sequence[str]) -> str:
    """As kept. Raises StoreError for a name that is none of `names`, or what is no finite number."""
    if not isinstance(given, Mapping):
        raise StoreError(_("Totals are numbers by name."))
    for name, value in given.items():
        if name not in names:
            raise StoreError(
                _(
                    "There is no number '{name}' to keep here. There are: {known}.",
                    name=str(name)[:40],
                    known=", ".join(names),
                )
            )
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise StoreError(
                _(
                    "{name} is no number that can be kept: {value}.",
                    name=name.replace("_", " ").capitalize(),
                    value=str(value)[:40],
                )
            )
    return json.dumps({name: float(value) for name, value in given.items()})
