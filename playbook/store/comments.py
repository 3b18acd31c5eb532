"""What people say about shops and LIVEs, and what is to be done; months that were closed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from playbook.language import _

from .errors import StoreError
from .keys import new_key
from .records import ClosedMonth, Comment
from .schema import closed_month, comment

LONGEST = 4000
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def listed(connection: Connection, shop_id: str | None = None) -> list[Comment]:
    """The latest first; of one shop, or of all."""
    query = select(comment).order_by(comment.c.at.desc(), comment.c.id.desc())
    if shop_id is not None:
        query = query.where(comment.c.shop_id == shop_id)
    return [Comment(**row) for row in connection.execute(query).mappings()]


def add(connection: Connection, said: Mapping[str, Any], now: datetime) -> Comment:
    """Raises StoreError for a text that is empty or too long."""
    text = str(said["text"]).strip()
    if not text:
        raise StoreError(_("Nothing was written. Type what you want to say first."))
    if len(text) > LONGEST:
        raise StoreError(_("This is longer than {most} characters. Shorten it, or write two.", most=LONGEST))
    owner = str(said.get("owner") or "").strip() or None
    row = {**said, "text": text, "owner": owner, "id": new_key(), "at": now}
    connection.execute(insert(comment).values(**row))
    return Comment(**row)


def done(connection: Connection, shop_id: str, comment_id: str, who: str | None, at: datetime | None) -> None:
    """Tick a to-do, or without a moment take the tick back."""
    found = connection.execute(
        update(comment).where(comment.c.id == comment_id, comment.c.shop_id == shop_id).values(done_at=at, done_by=who)
    )
    if not found.rowcount:
        raise StoreError(_("This comment is not there any more."))


def remove(connection: Connection, shop_id: str, comment_id: str) -> None:
    connection.execute(delete(comment).where(comment.c.id == comment_id, comment.c.shop_id == shop_id))


def closed(connection: Connection, shop_id: str) -> list[ClosedMonth]:
    """The latest month first; one whose row is damaged is left out."""
    query = select(closed_month).where(closed_month.c.shop_id == shop_id).order_by(closed_month.c.month.desc())
    found = []
    for row in connection.execute(query):
        try:
            found.append(ClosedMonth(row.shop_id, row.month, row.closed_at, row.who, dict(json.loads(row.data))))
        except (ValueError, TypeError):
            continue
    return found


def close(
    connection: Connection, shop_id: str, month: str, data: Mapping[str, Any], who: str, now: datetime
) -> ClosedMonth:
    """Raises StoreError when the month is no month, or was closed already."""
    if not _MONTH.fullmatch(month):
        raise StoreError(_("'{month}' is not a month. Write it like 2026-08.", month=month))
    if any(each.month == month for each in closed(connection, shop_id)):
        raise StoreError(_("{month} was closed already. Open it again first.", month=month))
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    connection.execute(insert(closed_month).values(shop_id=shop_id, month=month, closed_at=now, who=who, data=text))
    return ClosedMonth(shop_id, month, now, who, data)


def open_again(connection: Connection, shop_id: str, month: str) -> None:
    connection.execute(delete(closed_month).where(closed_month.c.shop_id == shop_id, closed_month.c.month == month))


def day_of(text: str) -> date:
    """`2026-12-01` as it is typed. Raises StoreError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise StoreError(_("'{typed}' is not a day. Write it like 2026-12-01.", typed=text)) from None
