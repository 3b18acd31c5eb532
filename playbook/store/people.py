"""Trainees of a shop, what they did in lessons, drills and practice LIVEs, and what a trainer assigned to them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from playbook.language import _

from . import shops
from .access import Person
from .errors import StoreError
from .keys import new_key
from .records import Assignment, LearningResult, Trainee
from .schema import assignment, person, result, role, shop, trainee, trainee_person

#: What a result may be of, and what may be assigned.
RESULT_KINDS = ("lesson", "drill", "practice", "craft", "walk")
ASSIGNED_KINDS = ("lesson", "practice", "walk", "quota")
#: What a quota may be of, and its most.
QUOTA_KINDS, MOST_OF_A_QUOTA = ("drill", "craft", "practice"), 500


_COLUMNS = (trainee.c.id, trainee.c.shop_id, trainee.c.name, trainee.c.host)


def listed(connection: Connection, shop_id: str) -> list[Trainee]:
    """A shop's trainees, by name."""
    query = select(*_COLUMNS).where(trainee.c.shop_id == shop_id)
    found = [Trainee(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda each: (shops.key_of(each.name), each.id))


def add(connection: Connection, shop_id: str, name: str, now: datetime) -> Trainee:
    """Raises StoreError for a name that is empty or taken in this shop."""
    plain = _free(connection, shop_id, name, None)
    values = {"id": new_key(), "shop_id": shop_id, "name": plain}
    connection.execute(insert(trainee).values(**values, name_key=shops.key_of(plain), created_at=now))
    return Trainee(**values)


def rename(connection: Connection, trainee_id: str, name: str) -> Trainee:
    """Raises StoreError as `add` does, or when there is no such trainee."""
    known = one(connection, trainee_id)
    plain = _free(connection, known.shop_id, name, trainee_id)
    values = {"name": plain, "name_key": shops.key_of(plain)}
    connection.execute(update(trainee).where(trainee.c.id == trainee_id).values(**values))
    return replace(known, name=plain)


def hosts_as(connection: Connection, trainee_id: str, host: str | None) -> Trainee:
    """Keep under which name a trainee hosts; None forgets it."""
    known = one(connection, trainee_id)
    said = (host or "").strip() or None
    connection.execute(update(trainee).where(trainee.c.id == trainee_id).values(host=said))
    return replace(known, host=said)


def of_person(connection: Connection, shop_id: str, person_id: str) -> Trainee | None:
    """The trainee that somebody who signed in is in this shop."""
    query = (
        select(*_COLUMNS)
        .join(trainee_person)
        .where(trainee.c.shop_id == shop_id, trainee_person.c.person_id == person_id)
    )
    row = connection.execute(query.order_by(trainee.c.created_at, trainee.c.id)).first()
    return None if row is None else Trainee(*row)


def be(connection: Connection, shop_id: str, who: Person, now: datetime) -> Trainee:
    """The person as a trainee of the shop, under their own name; with their address where that name is taken."""
    found = of_person(connection, shop_id, who.id)
    if found is not None:
        return found
    taken = {shops.key_of(each.name) for each in listed(connection, shop_id)}
    names = [who.name or who.email, f"{who.name} ({who.email})", f"{who.email} ({who.id[-8:]})"]
    made = add(connection, shop_id, next(each for each in names if shops.key_of(each) not in taken), now)
    connection.execute(insert(trainee_person).values(trainee_id=made.id, person_id=who.id))
    return made


def link(connection: Connection, trainee_id: str, person_id: str) -> str:
    """Say that a trainee is somebody who signs in; what was said. Results that the person had go to this trainee."""
    known = one(connection, trainee_id)
    may_see = select(role.c.id).where(
        role.c.person_id == person_id, role.c.shop_id.is_(None) | (role.c.shop_id == known.shop_id)
    )
    email = connection.execute(select(person.c.email).where(person.c.id == person_id)).scalar()
    if email is None or connection.execute(may_see).first() is None:
        raise StoreError(_("This person has no role in the shop, so they cannot be its trainee. Invite them first."))
    taken = connection.execute(
        select(trainee_person.c.person_id).where(trainee_person.c.trainee_id == trainee_id)
    ).scalar()
    if taken is not None and taken != person_id:
        raise StoreError(_("{name} is another person already. Nothing was changed.", name=known.name))
    before = of_person(connection, known.shop_id, person_id)
    if before is not None and before.id != trainee_id:
        connection.execute(update(result).where(result.c.trainee_id == before.id).values(trainee_id=trainee_id))
        remove(connection, before.id)
    if taken is None:
        connection.execute(insert(trainee_person).values(trainee_id=trainee_id, person_id=person_id))
    return f"{known.name} is {email}"


def remove(connection: Connection, trainee_id: str) -> None:
    """With all results and assignments."""
    connection.execute(delete(trainee).where(trainee.c.id == trainee_id))


def one(connection: Connection, trainee_id: str) -> Trainee:
    """Raises StoreError when there is none, or the shop was deleted."""
    query = select(*_COLUMNS).join(shop).where(trainee.c.id == trainee_id, shop.c.deleted_at.is_(None))
    row = connection.execute(query).first()
    if row is None:
        raise StoreError(_("This trainee is not there any more. Choose another name, or add it again."))
    return Trainee(*row)


def record(
    connection: Connection,
    trainee_id: str,
    kind: str,
    item: str,
    at: datetime,
    score: float,
    passed: bool,
    detail: Mapping[str, Any],
) -> LearningResult:
    """Raises StoreError for a kind that is not known, or a score outside 0 to 1."""
    one(connection, trainee_id)
    _kind(kind, RESULT_KINDS)
    if not (math.isfinite(score) and 0 <= score <= 1):
        raise StoreError(_("A score lies between 0 and 1, not {score}.", score=format(score, "g")))
    kept = LearningResult(new_key(), trainee_id, kind, item, at, float(score), passed, dict(detail))
    text = json.dumps(kept.detail, ensure_ascii=False, allow_nan=False)
    connection.execute(insert(result).values(**{**vars(kept), "detail": text}))
    return kept


def results(connection: Connection, shop_id: str, trainee_id: str | None = None) -> list[LearningResult]:
    """Of a shop's trainees or of one of them, the oldest first; one whose row is damaged is left out."""
    query = select(result).join(trainee).where(trainee.c.shop_id == shop_id).order_by(result.c.at, result.c.id)
    if trainee_id is not None:
        query = query.where(trainee.c.id == trainee_id)
    return [
        LearningResult(**{**row, "detail": _detail(row["detail"])})
        for row in connection.execute(query).mappings()
        if row["at"] is not None and isinstance(row["score"], float | int)
    ]


def _detail(text: str) -> dict[str, Any]:
    """What a result says besides its score; nothing where the row is damaged."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def assign(
    connection: Connection,
    trainee_id: str,
    kind: str,
    item: str,
    due: date | None,
    now: datetime,
    many: int | None = None,
) -> Assignment:
    """The same item again is asked for anew, from now on. Raises StoreError for a quota of nothing."""
    one(connection, trainee_id)
    _kind(kind, ASSIGNED_KINDS)
    if kind == "quota":
        _kind(item, QUOTA_KINDS)
        if many is None or not 1 <= many <= MOST_OF_A_QUOTA:
            raise StoreError(_("A quota asks for 1 to {most}, not {many}.", most=MOST_OF_A_QUOTA, many=many or 0))
    elif many is not None:
        raise StoreError(_("How many is asked of a quota only, not of a {kind}.", kind=kind))
    same = (assignment.c.trainee_id == trainee_id, assignment.c.kind == kind, assignment.c.item == item)
    connection.execute(delete(assignment).where(*same))
    made = Assignment(new_key(), trainee_id, kind, item, due, now, many)
    connection.execute(insert(assignment).values(**vars(made)))
    return made


def assignments(connection: Connection, shop_id: str, trainee_id: str | None = None) -> list[Assignment]:
    """Of a shop's trainees or of one of them; the soonest due first, those without a date last."""
    query = select(assignment).join(trainee).where(trainee.c.shop_id == shop_id)
    if trainee_id is not None:
        query = query.where(trainee.c.id == trainee_id)
    found = [Assignment(**row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda each: (each.due is None, each.due or date.max, each.kind, each.item, each.id))


def unassign(connection: Connection, assignment_id: str) -> bool:
    """Whether it was there."""
    return connection.execute(delete(assignment).where(assignment.c.id == assignment_id)).rowcount > 0


def _free(connection: Connection, shop_id: str, name: str, own: str | None) -> str:
    """The name without needless spaces. Raises StoreError when it is empty or somebody else's."""
    plain = " ".join(name.split())
    if not plain:
        raise StoreError(_("A trainee needs a name."))
    for other in listed(connection, shop_id):
        if other.id != own and shops.key_of(other.name) == shops.key_of(plain):
            raise StoreError(
                _("There is a trainee '{name}' in this shop already. Choose another name.", name=other.name)
            )
    return plain


def _kind(kind: str, known: tuple[str, ...]) -> None:
    if kind not in known:
        raise StoreError(_("There is no kind '{kind}'. There are: {known}.", kind=kind, known=", ".join(known)))
