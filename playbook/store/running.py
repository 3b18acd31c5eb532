"""LIVEs on air: each tap and each row of totals is one row of its own, added and never changed.

Undoing marks a row by its id, so two devices at one LIVE take nothing from each other. Moments are kept in UTC; a
`RunningLive` has the wall clock that the shop had when the LIVE began, so that its minutes count on over a change of
clocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, insert, select, update

from playbook.language import N_, _
from playbook.model.running import KINDS, NOTED, RunningLive, Tap, TotalsRow
from playbook.model.session import CHANNELS

from . import importing, shops
from . import running_rows as rows
from .access import Guarded, Role, by_running, needs
from .errors import GoneError, StoreError
from .keys import new_key
from .records import Shop
from .schema import running, shop, tap, total

#: A LIVE without an end and without a row for so long is not the one that runs now.
GIVEN_UP = timedelta(hours=12)
#: What was tapped is of the LIVE that began within this many minutes of it.
NEAR = timedelta(minutes=20)
#: Seconds that taps wait for another writer: who taps waits at the page, which keeps them and tries again.
BRIEFLY = 3.0


@dataclass(frozen=True)
class RunningLives(Guarded):
    """What `Store.running` offers. Every call is one transaction; StoreError where it cannot be done."""

    @needs(Role.host, noted=N_("began a LIVE"))
    def start(
        self,
        shop_id: str,
        *,
        at: datetime | None = None,
        title: str | None = None,
        who: str | None = None,
        currency: str | None = None,
    ) -> RunningLive:
        """The LIVE of the shop that is on air; else a new one that began now or `at` (aware).

        So two devices that press Start at once are at one LIVE.
        """
        now = self.clock()
        texts = {"title": (title or "").strip() or None, "who": who, "currency": currency}
        rows.within_limits(texts)
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            owner = shops.one(connection, shop_id)
            known = _on_air(connection, shop_id, now)
            self.ticket.happened = known is None
            if known is None:
                known = new_key()
                moment = (at or now).replace(microsecond=0)
                facts = {"id": known, "shop_id": shop_id, "started_at": moment, "watch_totals": False}
                connection.execute(insert(running).values(**facts, **texts, created_at=now))
            return rows.read(connection, owner, [known])[0]

    @needs(Role.viewer)
    def on_air(self, shop_id: str) -> RunningLive | None:
        """The LIVE of the shop that has not ended, the newest; none after twelve hours without a row."""
        with self._reading() as connection:
            owner = shops.one(connection, shop_id)
            known = _on_air(connection, shop_id, self.clock())
            return None if known is None else rows.read(connection, owner, [known])[0]

    @needs(Role.viewer, by_running)
    def one(self, running_id: str) -> RunningLive:
        """A LIVE, on air or over. Raises StoreError when there is none, or its shop was deleted."""
        with self._reading() as connection:
            _facts, owner = _known(connection, running_id)
            return rows.read(connection, owner, [running_id])[0]

    @needs(Role.viewer)
    def listed(self, shop_id: str, *, limit: int = 20, near: datetime | None = None) -> list[RunningLive]:
        """The latest LIVEs of a shop, newest first; with `near` those that began around then by the shop's clock."""
        query = select(running.c.id, running.c.started_at).where(running.c.shop_id == shop_id)
        with self._reading() as connection:
            owner = shops.one(connection, shop_id)
            if near is not None:
                began = [(key, at) for key, at in connection.execute(query) if at is not None]
                ids = [key for key, at in began if abs(owner.wall_clock(at) - near) <= NEAR]
            else:
                ids = list(connection.scalars(query.order_by(*rows.NEWEST).limit(limit)))
            return rows.read(connection, owner, ids)

    @needs(Role.viewer)
    def stamp(self, shop_id: str) -> str:
        """Names the LIVE of a shop that has not ended, with all its rows: cheap, and another after any change."""
        with self._reading() as connection:
            facts = select(running).where(running.c.shop_id == shop_id, running.c.ended_at.is_(None))
            row = connection.execute(facts.order_by(*rows.NEWEST).limit(1)).first()
            if row is None:
                return ""
            counts = [
                str(connection.execute(select(func.count(), func.count(each.c.undone_at)).where(
                    each.c.running_id == row.id)).one())
                for each in (tap, total)
            ]  # fmt: skip
            return " ".join(map(str, (*row, *counts)))

    @needs(Role.host, by_running)
    def tap(self, running_id: str, *made: Tap) -> None:
        """Keep taps, all or none. One that is kept already, by its id, is not kept twice: it may be sent again."""
        wanted = []
        for each in made:
            texts = {"product": each.product, "detail": each.detail, "note": each.note, "who": each.who}
            rows.within_limits(texts)
            if each.type not in KINDS:
                raise StoreError(
                    _(
                        "There is no kind of event '{kind}'. There are: {known}.",
                        kind=each.type[:40],
                        known=", ".join(KINDS),
                    )
                )
            wanted.append((each.id, each.at, {"kind": each.type, "ends": each.ends, **texts}))
        self._add(tap, running_id, wanted, wait=BRIEFLY)

    @needs(Role.host, by_running)
    def note(self, running_id: str, row: TotalsRow, currency: str | None = None) -> None:
        """Keep one row of totals, once by its id. `currency` becomes the LIVE's where none was known."""
        facts = {"kind": rows.COUNTS_ROW, "data": rows.numbers(row.counts, NOTED), "who": row.who}
        rows.within_limits({"who": row.who, "currency": currency})
        self._add(total, running_id, [(row.id, row.at, facts)], currency)

    @needs(Role.host, by_running)
    def share(self, running_id: str, shares: Mapping[str, float], at: datetime, who: str | None = None) -> None:
        """Keep the shares of views by channel as they were shown at `at`; the shares added last count."""
        rows.within_limits({"who": who})
        facts = {"kind": rows.SHARES_ROW, "data": rows.numbers(shares, CHANNELS), "who": who}
        self._add(total, running_id, [(new_key(), at, facts)])

    @needs(Role.host, by_running)
    def undo(self, running_id: str, row_id: str) -> bool:
        """Mark one tap or row as undone; no other row is touched. Whether this call did it."""
        with self._writing() as connection:
            _known(connection, running_id)
            done = 0
            for table in (tap, total):
                row = (table.c.id == row_id, table.c.running_id == running_id, table.c.undone_at.is_(None))
                done += connection.execute(update(table).where(*row).values(undone_at=self.clock())).rowcount
            return done > 0

    @needs(Role.host, by_running)
    def watch(self, running_id: str, path: str | None, *, totals: bool = False, on: str | None = None) -> None:
        """Read a file of the machine `on` in place of rows; None stops that."""
        facts = {"watching": path, "watching_on": on if path else None}
        rows.within_limits(facts)
        self._change(running_id, **facts, watch_totals=totals)

    @needs(Role.host, by_running, noted=N_("ended a LIVE"))
    def end(self, running_id: str, who: str | None = None) -> bool:
        """The LIVE is over, now or with its last row. The first end counts; whether this one was it."""
        rows.within_limits({"ended_by": who})
        now = self.clock().replace(microsecond=0)
        with self._writing() as connection:
            _known(connection, running_id)
            last = connection.execute(select(func.max(total.c.at)).where(*_counts_of(running_id))).scalar()
            moment = now if last is None else max(now, last)
            still = (running.c.id == running_id, running.c.ended_at.is_(None))
            ended = connection.execute(update(running).where(*still).values(ended_at=moment, ended_by=who)).rowcount > 0
            self.ticket.happened = ended
            return ended

    @needs(Role.host, by_running, noted=N_("took the end of a LIVE back"))
    def go_on(self, running_id: str) -> None:
        """Take an end back. Raises StoreError while another LIVE of the shop is on air."""
        with self._writing() as connection:
            _facts, owner = _known(connection, running_id)
            importing.lock(connection, owner.id)
            other = _on_air(connection, owner.id, self.clock())
            if other not in (None, running_id):
                raise StoreError(_("Another LIVE of {shop} is on air. End that one first.", shop=owner.name))
            none = {"ended_at": None, "ended_by": None}
            connection.execute(update(running).where(running.c.id == running_id).values(**none))

    @needs(Role.host, noted=N_("took over a LIVE of an earlier version"))
    def take_over(self, shop_id: str, made: RunningLive) -> bool:
        """Keep a whole LIVE that was noted elsewhere under its own ids; False when it is kept already."""
        for each in (*made.taps, *made.rows):
            rows.within_limits({name: getattr(each, name, None) for name in ("product", "detail", "note", "who")})
        now = self.clock()
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            owner = shops.one(connection, shop_id)
            if connection.execute(select(running.c.id).where(running.c.id == made.id)).first() is not None:
                self.ticket.happened = False
                return False
            began = rows.in_utc(owner, made.start)

            def moment(at: datetime) -> datetime:
                return began + (at - made.start)

            facts: dict[str, Any] = {
                "id": made.id, "shop_id": shop_id, "started_at": began, "title": made.title,
                "created_at": moment(made.last_sign()), "who": made.who, "currency": made.currency,
                "watching": made.watching, "watching_on": made.watching_on, "watch_totals": made.totals,
                "ended_at": moment(made.end) if made.end else None, "ended_by": made.ended_by,
            }  # fmt: skip
            rows.within_limits({name: value for name, value in facts.items() if name in rows.LIMITS})
            connection.execute(insert(running), [facts])
            common = {"running_id": made.id}
            taps = [
                {**common, "id": each.id, "at": moment(each.at), "kind": each.type, "product": each.product,
                 "detail": each.detail, "note": each.note, "ends": each.ends, "who": each.who}
                for each in made.taps
            ]  # fmt: skip
            noted = [
                {**common, "id": each.id, "at": moment(each.at), "kind": rows.COUNTS_ROW,
                 "data": rows.numbers(each.counts, NOTED), "who": each.who}
                for each in made.rows
            ]  # fmt: skip
            if made.shares:
                last = made.rows[-1].at if made.rows else made.start
                noted.append({**common, "id": new_key(), "at": moment(last), "kind": rows.SHARES_ROW,
                             "data": rows.numbers(made.shares, CHANNELS), "who": made.who})  # fmt: skip
            for table, wanted in ((tap, taps), (total, noted)):
                if wanted:
                    connection.execute(insert(table), _in_order(wanted, now))
            return True

    def _add(
        self,
        table: Table,
        running_id: str,
        wanted: Sequence[tuple[str, datetime, Mapping[str, Any]]],
        currency: str | None = None,
        *,
        wait: float | None = None,
    ) -> None:
        with self._writing(wait) as connection:
            facts, owner = _known(connection, running_id)
            there = set(connection.scalars(select(table.c.id).where(table.c.id.in_([key for key, *_unused in wanted]))))
            offset, now = facts["started_at"] - owner.wall_clock(facts["started_at"]).replace(tzinfo=UTC), self.clock()
            new = [
                {"id": key, "running_id": running_id, "at": at.replace(tzinfo=UTC) + offset, **values}
                for key, at, values in wanted
                if key not in there
            ]
            if not new:
                return
            connection.execute(insert(table), _in_order(new, now))
            if currency is not None and facts["currency"] is None:
                connection.execute(update(running).where(running.c.id == running_id).values(currency=currency))

    def _change(self, running_id: str, **values: Any) -> None:
        with self._writing() as connection:
            _known(connection, running_id)
            connection.execute(update(running).where(running.c.id == running_id).values(**values))


def _in_order(made: Sequence[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Rows added together, a microsecond apart: those of the same second are read back as they were made."""
    return [{**each, "added_at": now + timedelta(microseconds=place)} for place, each in enumerate(made)]


def _known(connection: Connection, running_id: str) -> tuple[RowMapping, Shop]:
    query = select(running).join(shop).where(running.c.id == running_id, shop.c.deleted_at.is_(None))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise GoneError(_("This LIVE is not there any more: its shop was deleted. It may still be in the trash."))
    return row, shops.one(connection, row["shop_id"])


def _on_air(connection: Connection, shop_id: str, now: datetime) -> str | None:
    query = select(running).where(running.c.shop_id == shop_id, running.c.ended_at.is_(None))
    for row in connection.execute(query.order_by(*rows.NEWEST).limit(5)):
        lasts = [
            connection.execute(select(func.max(each.c.at)).where(each.c.running_id == row.id)).scalar()
            for each in (tap, total)
        ]
        signs = [each for each in (row.created_at, *lasts) if each is not None]
        if row.started_at is not None and now - max([row.started_at, *signs]) < GIVEN_UP:
            return str(row.id)
    return None


def _counts_of(running_id: str) -> tuple[Any, ...]:
    return total.c.running_id == running_id, total.c.undone_at.is_(None), total.c.kind == rows.COUNTS_ROW
