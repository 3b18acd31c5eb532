"""What an import wrote, and taking it back: all of it or nothing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, delete, func, insert, select, update

from playbook.language import N_, _

from . import encode
from .damage import UNREADABLE
from .errors import StoreError
from .keys import new_key
from .records import Act
from .schema import act, creator, live, part, plan, plan_done, version

#: So many ids in one statement.
_CHUNK = 500


@dataclass(frozen=True)
class RestatedLive:
    """A LIVE that was there: the row as it was, and the version that counts since."""

    live: str
    session_id: str
    start: str | None
    creator: str | None
    current: str
    now: str


@dataclass(frozen=True)
class PartWritten:
    """A part, and the one of its kind that counted before."""

    id: str
    live: str
    counts: bool
    before: str | None = None


@dataclass
class Written:
    """The rows of one import."""

    new: list[str] = field(default_factory=list)
    restated: list[RestatedLive] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    parts: list[PartWritten] = field(default_factory=list)
    creators: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.versions or self.parts)


def keep(connection: Connection, shop_id: str, written: Written, now: datetime) -> str | None:
    """Remember an import; its id, or None when it wrote nothing."""
    if not written:
        return None
    key = new_key()
    last = connection.execute(select(func.max(act.c.number)).where(act.c.shop_id == shop_id)).scalar() or 0
    row = {"id": key, "shop_id": shop_id, "number": last + 1, "at": now,
           "data": _packed(written)}  # fmt: skip
    connection.execute(insert(act), row)
    return key


def rows_before(connection: Connection, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The rows of LIVEs that an import is about to change, by key."""
    columns = (live.c.id, live.c.session_id, live.c.start, live.c.creator, live.c.current)
    return {row["id"]: dict(row) for ids in _chunks(keys) for row in
            connection.execute(select(*columns).where(live.c.id.in_(ids))).mappings()}  # fmt: skip


def counting_parts(connection: Connection, keys: Iterable[str]) -> dict[tuple[str, str], str]:
    """The parts of LIVEs that count: (LIVE, kind) to part."""
    columns = (part.c.live_id, part.c.kind, part.c.id)
    return {(owner, kind): key for ids in _chunks(keys) for owner, kind, key in
            connection.execute(select(*columns).where(part.c.live_id.in_(ids), part.c.current))}  # fmt: skip


def last(connection: Connection, shop_id: str) -> Act | None:
    """The last import of a shop that was not taken back."""
    columns = (act.c.id, act.c.at, act.c.data)
    found = connection.execute(
        select(*columns).where(act.c.shop_id == shop_id, act.c.undone_at.is_(None)).order_by(act.c.number.desc())
    ).first()
    return None if found is None else _act(found.id, found.at, _written(found.data))


def undo(connection: Connection, shop_id: str, name: str, wanted: str | None, now: datetime) -> Act:
    """Take back the last import of a shop; with `wanted`, only when that is the last one.

    Raises StoreError when there is none, or something newer stands on what it wrote.
    """
    found = last(connection, shop_id)
    if wanted is not None and (found is None or found.id != wanted):
        raise StoreError(
            _(
                "Nothing was taken back: this import was taken back before, or a later one into {shop} "
                "stands on it. Take back the later one first: playbook import --undo.",
                shop=name,
            )
        )
    if found is None:
        raise StoreError(_("There is no import into {shop} that could be taken back.", shop=name))
    data = connection.execute(select(act.c.data).where(act.c.id == found.id)).scalar_one()
    written = _written(data)
    _refuse_newer(connection, shop_id, written)
    _take_back(connection, shop_id, written)
    connection.execute(update(act).where(act.c.id == found.id).values(undone_at=now))
    return found


_LATER, _ADDED = N_("a later export of it was stored"), N_("a part of it was added later")


def _refuse_newer(connection: Connection, shop_id: str, written: Written) -> None:
    """Versions, parts, notes or answers that came later would go, too, or lose what they stand on."""
    touched = {*written.new, *(each.live for each in written.restated), *(each.live for each in written.parts)}
    theirs = {*written.versions, *(each.id for each in written.parts)}
    current = {each.live: each.now for each in written.restated}
    new = set(written.new)
    counting = {each.id for each in written.parts if each.counts}
    for ids in _chunks(touched):
        lives = connection.execute(
            select(live.c.id, live.c.session_id, live.c.start, live.c.current, live.c.note).where(live.c.id.in_(ids))
        ).all()
        for row in lives:
            if row.id in current and row.current != current[row.id]:
                raise _stands(row, _LATER)
        by_key = {row.id: row for row in lives}
        fresh = [each for each in ids if each in new]
        for table, what in ((version, _LATER), (part, _ADDED)):
            later = connection.execute(select(table.c.id, table.c.live_id).where(table.c.live_id.in_(fresh)))
            for key, owner in later:
                if key not in theirs:
                    raise _stands(by_key[owner], what)
        for key in fresh:
            if key in by_key and by_key[key].note:
                raise _stands(by_key[key], N_("it has a note"))
        names = {by_key[each].session_id: each for each in fresh if each in by_key}
        answered = connection.execute(
            select(plan_done.c.session_id).join(plan).where(plan.c.shop_id == shop_id,
                                                            plan_done.c.session_id.in_(names))
        ).scalars()  # fmt: skip
        for name in answered:
            raise _stands(by_key[names[name]], N_("a plan was answered for it"))
    for ids in _chunks(counting):
        query = select(part.c.live_id).where(part.c.id.in_(ids), part.c.current.is_(False))
        for owner in connection.execute(query).scalars():
            changed = connection.execute(select(live.c.session_id, live.c.start).where(live.c.id == owner)).one()
            raise _stands(changed, N_("a part of it was changed or taken away later"))


def _stands(row: Any, why: str) -> StoreError:
    called = row.session_id if row.start is None else _("of {start}", start=format(row.start, "%Y-%m-%d %H:%M"))
    return StoreError(
        _(
            "Nothing was taken back: since this import something was added to the LIVE {live} ({why}), and that would "
            "be lost. Delete single LIVEs instead.",
            live=called,
            why=_(why),
        )
    )


def _take_back(connection: Connection, shop_id: str, written: Written) -> None:
    for ids in _chunks(written.new):
        connection.execute(delete(live).where(live.c.id.in_(ids)))  # versions and parts go with it
    for each in written.restated:
        start = None if each.start is None else datetime.fromisoformat(each.start)
        connection.execute(update(live).where(live.c.id == each.live).values(
            session_id=each.session_id, start=start, creator=each.creator, current=each.current
        ))  # fmt: skip
    _delete(connection, version.c.id, written.versions)
    _delete(connection, part.c.id, [each.id for each in written.parts])
    for ids in _chunks([each.before for each in written.parts if each.before is not None]):
        connection.execute(update(part).where(part.c.id.in_(ids)).values(current=True))
    for names in _chunks(written.creators):
        connection.execute(delete(creator).where(creator.c.shop_id == shop_id, creator.c.name.in_(names)))


def _delete(connection: Connection, column: Column[Any], keys: Sequence[str]) -> None:
    for ids in _chunks(keys):
        connection.execute(delete(column.table).where(column.in_(ids)))


def forget(connection: Connection, keys: Iterable[str]) -> None:
    """Before LIVEs are erased for good: no import remembers anything of them. What else it wrote can be taken back."""
    gone = set(keys)
    versions: set[str] = set()
    owners: set[str] = set()
    for ids in _chunks(gone):
        versions.update(connection.execute(select(version.c.id).where(version.c.live_id.in_(ids))).scalars())
        owners.update(connection.execute(select(live.c.shop_id).where(live.c.id.in_(ids))).scalars())
    for ids in _chunks(owners):
        for key, data in connection.execute(select(act.c.id, act.c.data).where(act.c.shop_id.in_(ids))).all():
            _forget(connection, key, data, gone, versions)


def _forget(connection: Connection, key: str, data: bytes, lives: set[str], versions: set[str]) -> None:
    try:
        written = _written(data)
    except StoreError:  # it cannot be taken back anyway
        connection.execute(delete(act).where(act.c.id == key))
        return
    left = Written(
        [each for each in written.new if each not in lives],
        [each for each in written.restated if each.live not in lives],
        [each for each in written.versions if each not in versions],
        [each for each in written.parts if each.live not in lives],
        written.creators,
    )
    if not left:
        connection.execute(delete(act).where(act.c.id == key))
    elif left != written:
        connection.execute(update(act).where(act.c.id == key).values(data=_packed(left)))


def _packed(written: Written) -> bytes:
    return encode.pack(json.dumps(asdict(written)).encode())


def _chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    every = list(keys)
    for at in range(0, len(every), _CHUNK):
        yield every[at : at + _CHUNK]


def _act(key: str, at: datetime, written: Written) -> Act:
    return Act(key, at, len(written.new), len(written.restated), len(written.parts))


def _written(data: bytes) -> Written:
    try:
        return readable(json.loads(zlib.decompress(data)))
    except UNREADABLE as error:
        raise StoreError(
            _("What this import wrote cannot be read ({why}), so it cannot be taken back.", why=error)
        ) from None


def readable(data: Mapping[str, Any]) -> Written:
    """Plain values as they are stored. Raises ValueError or TypeError for anything else."""
    return Written(
        list(data["new"]),
        [RestatedLive(**each) for each in data["restated"]],
        list(data["versions"]),
        [PartWritten(**each) for each in data["parts"]],
        list(data["creators"]),
    )
