"""Rows of what was said: one a LIVE, so it is in the trash, moves and is erased with it."""

from __future__ import annotations

import json
import math
import zlib
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from playbook.language import _
from playbook.model.transcript import Line, Transcript

from . import encode
from .damage import UNREADABLE
from .errors import StoreError
from .schema import live, transcript

#: Seconds. Nothing lies further from the clock of its LIVE than some days.
FARTHEST = 10 * 86_400.0
_LONGEST_NAME = 200


def one(connection: Connection, key: str) -> Transcript | None:
    """Of a LIVE by its row. Raises StoreError where it is damaged."""
    row = connection.execute(select(transcript).where(transcript.c.live_id == key)).first()
    if row is None:
        return None
    try:
        return _read(row.file, row.offset, row.settled, zlib.decompress(row.data))
    except UNREADABLE:
        raise StoreError(
            _("What was said in this LIVE cannot be read: that row in the store is damaged. Upload the file again.")
        ) from None


def keep(connection: Connection, key: str, found: Transcript, now: datetime) -> None:
    """In place of the one before. Raises StoreError for an offset that is none."""
    if not math.isfinite(found.offset) or abs(found.offset) > FARTHEST:
        raise StoreError(
            _("The words of a LIVE begin at most some days from its start. Check the time between the two.")
        )
    data = json.dumps([[each.begin, each.end, each.text] for each in found.lines]).encode()
    drop(connection, key)
    row = {"live_id": key, "file": found.file[:_LONGEST_NAME], "offset": found.offset, "settled": found.settled,
           "added_at": now, "data": encode.pack(data)}  # fmt: skip
    connection.execute(insert(transcript), [row])


def drop(connection: Connection, key: str) -> bool:
    """Whether there was one."""
    return bool(connection.execute(delete(transcript).where(transcript.c.live_id == key)).rowcount)


def of_shop(connection: Connection, shop_id: str) -> dict[str, Transcript]:
    """By id of the LIVE, of those that are not in the trash; one that is damaged is left out."""
    query = (
        select(live.c.session_id, transcript.c.file, transcript.c.offset, transcript.c.settled, transcript.c.data)
        .join_from(transcript, live)
        .where(live.c.shop_id == shop_id, live.c.deleted_at.is_(None))
        .order_by(live.c.start, live.c.id)
    )
    found = {}
    for row in connection.execute(query):
        try:
            found[row.session_id] = _read(row.file, row.offset, row.settled, zlib.decompress(row.data))
        except UNREADABLE:
            continue
    return found


def readable(offset: float, data: bytes) -> None:
    """Read a row's plain bytes as pages do. Raises ValueError or TypeError where that fails."""
    _read("", offset, False, data)


def _read(file: str, offset: float, settled: bool, data: bytes) -> Transcript:
    lines = tuple(Line(float(begin), float(end), _text(text)) for begin, end, text in json.loads(data))
    if not all(math.isfinite(each) for line in lines for each in (line.begin, line.end)):
        raise ValueError("a line of words has no time")
    return Transcript(lines, file, float(offset), bool(settled))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a line of words is no text")
    return value
