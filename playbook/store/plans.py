"""Plans as the store keeps them: what a plan says is JSON of whoever made it; the store looks only at its name."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from playbook.language import N_, _

from . import audit, shops
from .errors import StaleError
from .keys import new_key
from .schema import plan, plan_done

ANSWERS = {True: N_("it was done"), False: N_("it was not done"), None: N_("nothing")}


@dataclass(frozen=True)
class StoredPlan:
    """A plan of a shop. `done` says of LIVEs, by id, whether it was carried out; who is missing was not asked."""

    name: str
    made_at: datetime
    data: Mapping[str, Any]
    done: Mapping[str, bool] = field(default_factory=dict)


def save(connection: Connection, shop_id: str, name: str, data: Mapping[str, Any], now: datetime) -> None:
    """Write a plan, or its new state under the same name."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    key = _key(connection, shop_id, name)
    if key is None:
        values = {"id": new_key(), "shop_id": shop_id, "name": name, "made_at": now, "data": text}
        connection.execute(insert(plan).values(**values))
    else:
        connection.execute(update(plan).where(plan.c.id == key).values(data=text))


def unchanged(
    connection: Connection, shop_id: str, name: str, seen: Mapping[str, Any] | None, beside: Collection[str] | None
) -> None:
    """Raises StaleError when the plan no longer says what was seen, or others than `beside` were made meanwhile."""
    if seen is None and beside is None:
        return
    there, owner = {each.name: each for each in listed(connection, shop_id)}, shops.one(connection, shop_id)
    if beside is not None and set(there) - {name} != set(beside) - {name}:
        whom = audit.who_changed(connection, owner, "changed a plan", _("another plan"))
        raise StaleError(_("Not saved: {change}. The page shows it now.", change=whom))
    if seen is not None and (name not in there or dict(there[name].data) != dict(seen)):
        whom = audit.who_changed(connection, owner, "changed a plan", _("this plan"), name)
        raise StaleError(_("Not saved: {change}. The page shows it as it is now.", change=whom))


def listed(connection: Connection, shop_id: str) -> list[StoredPlan]:
    """A shop's plans, the oldest first; without those whose row is damaged."""
    done: dict[str, dict[str, bool]] = {}
    answers = select(plan_done).join(plan).where(plan.c.shop_id == shop_id)
    for row in connection.execute(answers):
        done.setdefault(row.plan_id, {})[row.session_id] = row.done
    query = select(plan).where(plan.c.shop_id == shop_id).order_by(plan.c.made_at, plan.c.id)
    return [
        StoredPlan(row.name, row.made_at, data, done.get(row.id, {}))
        for row in connection.execute(query)
        if (data := _read(row.data)) is not None
    ]


def answered(connection: Connection, shop_id: str, name: str, session_id: str) -> bool | None:
    """What was said of a plan in a LIVE; None where nothing was."""
    query = select(plan_done.c.done).join(plan).where(plan.c.shop_id == shop_id, plan.c.name == name)
    return connection.execute(query.where(plan_done.c.session_id == session_id)).scalar()


def answer(connection: Connection, shop_id: str, name: str, session_id: str, done: bool | None) -> None:
    """Whether a plan was carried out in a LIVE; None takes an answer back. Nothing for a plan that is not there."""
    key = _key(connection, shop_id, name)
    if key is None:
        return
    connection.execute(delete(plan_done).where(plan_done.c.plan_id == key, plan_done.c.session_id == session_id))
    if done is not None:
        connection.execute(insert(plan_done).values(plan_id=key, session_id=session_id, done=done))


def _read(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _key(connection: Connection, shop_id: str, name: str) -> str | None:
    found = connection.execute(select(plan.c.id).where(plan.c.shop_id == shop_id, plan.c.name == name)).scalar()
    return None if found is None else str(found)
