"""Practice LIVEs that are being played, so that a reload or a restart of the server loses none."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from playbook.language import _

from .errors import StoreError
from .schema import practice_run

#: A run that nobody went on with is forgotten after so many days.
DAYS = 30
#: Signs of one run: three hours with something done each minute are a tenth of it.
MOST = 200_000
_ID = re.compile(r"[0-9a-f]{32}")


def keep(connection: Connection, shop_id: str | None, run: str, data: str, now: datetime) -> None:
    """In place of what was kept of the run; old runs go. Raises StoreError for an id or a text that is none of ours."""
    if not _ID.fullmatch(run) or len(data) > MOST:
        raise StoreError(_("This practice LIVE cannot be kept: it is not one of this program."))
    old = practice_run.c.at < now - timedelta(days=DAYS)
    connection.execute(delete(practice_run).where((practice_run.c.id == run) | old))
    connection.execute(insert(practice_run).values(id=run, shop_id=shop_id, at=now, data=data))


def kept(connection: Connection, shop_id: str | None, run: str) -> str | None:
    """What was kept of the run, where it is this shop's."""
    return connection.execute(select(practice_run.c.data).where(practice_run.c.id == run, _of(shop_id))).scalar()


def _of(shop_id: str | None) -> ColumnElement[bool]:
    return practice_run.c.shop_id.is_(None) if shop_id is None else practice_run.c.shop_id == shop_id
