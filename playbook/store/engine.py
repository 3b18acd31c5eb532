"""Where a store is, and a connection to it whose transactions are whole."""

from __future__ import annotations

import importlib.util
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from playbook import userdata
from playbook.language import _

from . import kept_connections
from .errors import StoreError, as_store_errors, saying
from .files import close_to_others, make_private

#: How long one writer waits for another, in seconds.
WAIT = 20.0
FILE_NAME = "playbook.db"

_writes = 0
_counting = Lock()


def address(url: str | None) -> URL:
    """The URL to open: as given, else PLAYBOOK_DB, else the file in the user's folder. A plain path is a file."""
    named = url or os.environ.get("PLAYBOOK_DB") or str(userdata.folder() / FILE_NAME)
    if "://" not in named:
        return URL.create("sqlite", database=str(Path(named).expanduser()))
    try:
        found = make_url(named)
    except (ArgumentError, ValueError):
        raise StoreError(
            _(
                "'{kind}://...' is not a database URL. Write a file name, or postgresql://USER:PASSWORD@HOST/DATABASE.",
                kind=named.split("://")[0],
            )
        ) from None
    if found.drivername == "postgres":
        found = found.set(drivername="postgresql")
    if found.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(
            _("{where}: this kind of database is not known. Use a file, or postgresql://...", where=spoken(found))
        )
    if found.get_backend_name() == "postgresql" and importlib.util.find_spec("psycopg") is None:
        raise StoreError(
            _(
                "PostgreSQL needs one more package. Install it with: .venv/bin/python -m pip install -r "
                "requirements-postgres.txt"
            )
        )
    if found.get_backend_name() == "sqlite" and not found.database:
        raise StoreError(_("sqlite:// names no file. Write it like sqlite:///folder/playbook.db"))
    # Whichever driver a URL of another program names, here it is the one that is installed.
    drivers = {"postgresql": "postgresql+psycopg", "sqlite": "sqlite"}
    return found.set(drivername=drivers[found.get_backend_name()])


def spoken(url: URL) -> str:
    """How a store is called in messages: a file by its path, a server without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    # A password may also stand in the query, or as sslpassword, passfile and the like: only the place is named.
    return url.set(drivername=url.get_backend_name(), query={}).render_as_string(hide_password=True)


def connect(url: URL, *, create: bool) -> Engine:
    """An engine whose connections hold foreign keys and wait for each other.

    Raises StoreError.
    """
    if url.get_backend_name() != "sqlite":
        options = {"connect_timeout": 10, "options": f"{url.query.get('options', '')} -c lock_timeout={int(WAIT)}s"}
        # No column is an hstore, and the look whether the server has that type complains in the log when it stops.
        plain = url.difference_update_query(["options"])
        return create_engine(plain, connect_args=options, pool_pre_ping=True, use_native_hstore=False)
    path = Path(str(url.database))
    _look_at(path, create)
    engine = kept_connections.engine_for(url, WAIT)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with as_store_errors(str(path)):
        _write_ahead(engine)
    return engine


def connected(raw: sqlite3.Connection) -> Engine:
    """An engine on one open connection, whose database has no name and goes when the engine is disposed of."""
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _look_at(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StoreError(
            _(
                "{file}: this is a folder. Name a file in it, like {example}",
                file=path,
                example=path.joinpath(FILE_NAME),
            )
        )
    if path.exists():
        close_to_others(path)
        return
    if not create:
        raise StoreError(
            _(
                "{file}: there is no such file. Store LIVEs first: python -m playbook import FILE --shop NAME --create",
                file=path,
            )
        )
    if path == userdata.folder() / FILE_NAME:  # the user's own folder is made on first use
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                _(
                    "{folder}: this folder cannot be made ({why}). Name another place with --db or PLAYBOOK_DB.",
                    folder=path.parent,
                    why=error.strerror,
                )
            ) from None
    elif not path.parent.is_dir():
        raise StoreError(
            _("{folder}: there is no such folder. Make it first, or name another place.", folder=path.parent)
        )
    with suppress(OSError):  # SQLite says better why it cannot be written
        make_private(path)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, not at the first change
    for pragma in ("foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer takes its turn at once: two that both read first would otherwise refuse each other.
    options = connection.get_execution_options()
    kept = kept_connections.of(connection)
    if kept is not None:
        kept_connections.wait_so_long(kept, options.get("wait", WAIT))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")


def _write_ahead(engine: Engine) -> None:
    """Readers and one writer at once. The switch does not wait for others by itself, so it is tried again."""
    until = time.monotonic() + WAIT
    while True:
        try:
            with closing(engine.raw_connection()) as raw:
                if raw.cursor().execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    raw.cursor().execute("PRAGMA journal_mode=WAL").fetchone()
            return
        except sqlite3.DatabaseError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise StoreError(f"{spoken(engine.url)}: {saying(str(error))}") from error
            time.sleep(0.02)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One look at the store that no writer changes half-way. Raises StoreError."""
    with as_store_errors(spoken(engine.url)), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, wait: float | None = None) -> Iterator[Connection]:
    """All of what happens inside, or nothing. Waits so many seconds, or WAIT, for other writers. Raises StoreError."""
    wait = WAIT if wait is None else wait
    _count()  # before, too, so that nobody who looks while it happens keeps what it changes
    with as_store_errors(spoken(engine.url)), engine.connect() as connection:
        connection = connection.execution_options(writes=True, wait=wait)
        with connection.begin():
            if engine.dialect.name == "postgresql" and wait != WAIT:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(wait * 1000)}")
            yield connection
        kept = kept_connections.of(connection)
        if kept is not None:
            kept_connections.empty_log(kept)
    _count()


def _count() -> None:
    global _writes
    with _counting:
        _writes += 1


def writes() -> int:
    """Grows whenever this process writes to a store: what was read before may be another thing now."""
    return _writes
