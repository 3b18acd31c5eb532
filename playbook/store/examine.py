"""A backup comes from somewhere else: before a row of it is taken over, it is shown to be ours and readable."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playbook.language import _

from . import acts, encode, running_rows, transcripts
from .damage import UNREADABLE
from .errors import StoreError
from .files import plain
from .schema import metadata

#: Bytes. A part of a LIVE of a day, minute by minute, unfolds to under one megabyte.
MAX_UNFOLDED = 64_000_000
MAX_TEXT = 8_000_000
_OURS = {*metadata.tables, "alembic_version"}
_RUNNING = ("running", "tap", "total")
_JSON = {"plan": "data", "result": "detail", "preference": "data"}
_VIRTUAL = "CREATE VIRTUAL"


def backup_file(path: Path) -> None:
    """Raises StoreError unless the file is a whole SQLite file with our tables and nothing that runs by itself."""
    if not path.is_file():
        raise StoreError(_("{file}: there is no such file. Name a file that `backup` wrote.", file=path))
    try:
        with plain(path.resolve(), "?mode=ro") as file:
            found = file.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
            whole = file.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except (sqlite3.Error, UnicodeDecodeError):
        found, whole = [], True
    if not {"alembic_version", "shop", "live"} <= {name for kind, name, _unused in found if kind == "table"}:
        raise StoreError(_("{file}: this is not a backup of LIVEs. Name a file that `backup` wrote.", file=path))
    if not whole:
        raise StoreError(_("{file}: this backup is damaged. Use another one.", file=path))
    strange = [name for kind, name, sql in found if not _expected(kind, str(name), str(sql))]
    if strange:
        raise StoreError(
            _(
                "{file}: this file holds '{name}', which no backup has, so it was changed by another "
                "program. Use a file that only `backup` wrote.",
                file=path,
                name=str(strange[0])[:60],
            )
        )


def _expected(kind: str, name: str, sql: str) -> bool:
    """Tables of ours and indexes over them; no view, no trigger, no virtual table."""
    if kind == "index":
        return True
    return kind == "table" and (name in _OURS or name.startswith("sqlite_")) and not sql.upper().startswith(_VIRTUAL)


def row(table: str, values: Mapping[str, Any], where: Path) -> None:
    """Read one row as the pages will. Raises StoreError, naming the table and its id, when that is not possible."""
    try:
        for value in values.values():
            if isinstance(value, str) and len(value) > MAX_TEXT:
                raise ValueError("a text is too long")
        if table == "version":
            encode.session(values["data"])
        elif table == "part":
            encode.readable(values["kind"], unfolded(values["data"]))
        elif table == "transcript":
            transcripts.readable(values["offset"], unfolded(values["data"]))
        elif table == "act":
            acts.readable(json.loads(unfolded(values["data"])))
        elif table in _JSON:
            json.loads(values[_JSON[table]])
        elif table in _RUNNING:
            running_rows.readable(table, values)
    except (*UNREADABLE, StoreError) as error:
        name = str(values.get("id", ""))[:40]
        raise StoreError(
            _(
                "{where}: the row {row} of '{table}' cannot be read ({why}), so nothing was restored. "
                "Use another backup.",
                where=where,
                row=name,
                table=table,
                why=str(error)[:120],
            )
        ) from None


def unfolded(data: bytes) -> bytes:
    """A packed part as plain bytes. Raises ValueError beyond MAX_UNFOLDED, without unfolding further."""
    unpacker = zlib.decompressobj()
    found = unpacker.decompress(data, MAX_UNFOLDED)
    if unpacker.unconsumed_tail:
        raise ValueError("it unfolds to more than any LIVE has")
    return found
