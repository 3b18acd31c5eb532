"""Plan an import, and carry it out in the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, insert, select, update

from playbook.language import _
from playbook.model.session import Session

from . import acts, encode, intake
from .errors import StoreError
from .intake import Fate, KnownLives, Shelf
from .records import ImportPlan, OtherCreator, PlacedLive, Shop
from .schema import creator, live, part, shop, version


def plan(
    connection: Connection,
    owner: Shop,
    sessions: Sequence[Session],
    replaced: Sequence[Session] = (),
    joined: Sequence[Session] = (),
) -> tuple[ImportPlan, Shelf]:
    """What storing these sessions would do, and the rows that would be written.

    `replaced` are earlier exports of some of them; `joined` LIVEs of the shop with parts to lay on them. Raises
    StoreError when such a LIVE is not there any more.
    """
    known = set(owner.creators)
    fits = [each for each in sessions if not intake.unplaced(each)]
    found = intake.shelf(connection, owner.id, [*fits, *replaced, *joined])
    sorted_out: dict[Fate, list[PlacedLive]] = {}
    for fate, row, session, before in intake.place(found, fits):
        # What counted before is decoded only where someone will look at it.
        earlier = intake.stored(before) if fate == "updated" else None
        sorted_out.setdefault(fate, []).append(PlacedLive(row.light.id, session, earlier))
    intake.keep_earlier(found, replaced)
    laid = [each for each in joined if _join(found, owner, each)]
    fates: dict[str, Any] = {fate: tuple(rows) for fate, rows in sorted_out.items()}
    return ImportPlan(
        shop=owner,
        sessions=tuple(sessions),
        replaced=tuple(replaced),
        **fates,
        unplaced=tuple(each for each in sessions if intake.unplaced(each)),
        other_creators=other_creators(known, fits),
        joined=tuple(PlacedLive(each.id, each) for each in laid),
    ), found


def _join(found: Shelf, owner: Shop, session: Session) -> bool:
    """Lay the parts of a session on its stored LIVE. Whether any of them is new there."""
    known = found.kept.get(session.id)
    if known is None:
        raise StoreError(
            _(
                "Nothing was stored: the LIVE {live} is not in {shop} any more. Read the files again.",
                live=session.id,
                shop=owner.name,
            )
        )
    added = [intake.add_part(found, known, kind, data) for kind, data in encode.parts(session).items()]
    return any(added)


def other_creators(known: set[str], sessions: Iterable[Session]) -> tuple[OtherCreator, ...]:
    """Names that a shop's exports did not carry so far. A shop without any takes the first one as its own."""
    counted = Counter(each.creator for each in sessions if each.creator is not None)
    strange = []
    for digits in (False, True):  # ids and names of accounts say nothing of one another
        own = [name for name in known if name.isdigit() is digits]
        there = [name for name in counted if name.isdigit() is digits]
        if own or len(there) > 1:
            strange += [name for name in there if name not in known]
    return tuple(OtherCreator(name, number) for name, number in counted.most_common() if name in strange)


def lock(connection: Connection, shop_id: str) -> None:
    """Two imports into one shop take turns; a file has only one writer anyway."""
    connection.execute(select(shop.c.id).where(shop.c.id == shop_id).with_for_update())


#: A statement and the rows that it is carried out for.
Step = tuple[Executable, list[dict[str, Any]]]


def steps(owner: Shop, found: Shelf, now: datetime, sessions: Iterable[Session] = ()) -> list[Step]:
    """What is to be written of what `plan` gathered on the shelf. Made without holding up other writers."""
    fresh = {known.key for known in found.fresh}
    made: list[Step] = [
        (
            insert(live),
            [{"id": known.key, "shop_id": owner.id, "created_at": now} | _live(known) for known in found.fresh],
        )
    ]
    changed = [{"which": known.key} | _live(known) for key, known in found.changed.items() if key not in fresh]
    columns: dict[str, Any] = {name: bindparam(name) for name in ("session_id", "start", "creator", "current")}
    made.append((update(live).where(live.c.id == bindparam("which")).values(**columns), changed))
    made.append((insert(version), [_version(each, now) for each in found.versions]))
    made += _part_steps(found, now)
    made.append((insert(creator), [{"shop_id": owner.id, "name": name} for name in _new_creators(owner, sessions)]))
    return made


def _new_creators(owner: Shop, sessions: Iterable[Session]) -> list[str]:
    known = set(owner.creators)
    return list(
        dict.fromkeys(each.creator for each in sessions if each.creator is not None and each.creator not in known)
    )


def to_write(connection: Connection, owner: Shop, found: Shelf, sessions: Iterable[Session]) -> acts.Written:
    """What `steps` will write, and the rows that it takes the place of; so before they are carried out."""
    fresh = {known.key for known in found.fresh}
    changed = {key: known for key, known in found.changed.items() if key not in fresh}
    before = acts.rows_before(connection, changed)
    counting = acts.counting_parts(connection, {each.live.key for each in found.parts} - fresh)
    return acts.Written(
        [known.key for known in found.fresh],
        [
            acts.RestatedLive(
                key, row["session_id"], None if row["start"] is None else row["start"].isoformat(), row["creator"],
                row["current"], changed[key].current,
            )
            for key, row in before.items()
        ],
        [each.id for each in found.versions],
        [
            acts.PartWritten(each.id, each.live.key, each.current, counting.get((each.live.key, each.kind)))
            for each in found.parts
        ],
        _new_creators(owner, sessions),
    )  # fmt: skip


def write(connection: Connection, made: Iterable[Step]) -> None:
    """Carry out what `steps` made, in the caller's transaction."""
    for statement, rows in made:
        if rows:
            connection.execute(statement, rows)


def _part_steps(found: Shelf, now: datetime) -> list[Step]:
    counting = [each for each in found.parts if each.current]
    replaced = [{"which": each.live.key, "what": each.kind} for each in counting if each.number > 1]
    same = (part.c.live_id == bindparam("which")) & (part.c.kind == bindparam("what")) & part.c.current
    rows = [
        {"id": each.id, "live_id": each.live.key, "kind": each.kind, "number": each.number,
         "current": each.current, "exported_at": each.exported_at, "imported_at": now, "digest": each.digest,
         "data": encode.pack(each.data)}
        for each in found.parts
    ]  # fmt: skip
    return [(update(part).where(same).values(current=False), replaced), (insert(part), rows)]


def drop_parts(connection: Connection, key: str, kinds: Iterable[str]) -> None:
    """No part of these kinds counts any more; what was stored stays as a version."""
    these = (part.c.live_id == key) & part.c.kind.in_(list(kinds))
    connection.execute(update(part).where(these).values(current=False))


def _live(known: KnownLives) -> dict[str, Any]:
    light = known.light
    return {"session_id": light.id, "start": light.start, "creator": light.creator, "current": known.current}


def _version(made: intake.NewVersion, now: datetime) -> dict[str, Any]:
    exported = made.session.exported_at
    return {
        "id": made.id,
        "live_id": made.live.key,
        "number": made.number,
        "exported_at": exported,
        "imported_at": now,
        "digest": made.digest,
        "session_id": made.session.id,
        "data": encode.totals(made.session),
    }
