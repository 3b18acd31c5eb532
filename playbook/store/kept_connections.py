"""Connections to a SQLite file that are kept from call to call: opening one and reading the schema takes a millisecond.

A kept connection must not outlive the file that it was opened on. SQLite itself would not notice that the file was
deleted, put in place of another or written over from outside (https://www.sqlite.org/howtocorrupt.html, 2.5 and 4.1),
so each use looks first whether the file is still the one of the last use, and opens it anew where it is not.
"""

from __future__ import annotations

import atexit
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

#: Kept at most; more at once are opened for their use and closed after it.
KEPT = 4
#: What the driver is taken to say of a file that was there when the store was opened.
GONE = "the file is gone"
#: Device, number, size and moment of the last change (ns) of a file.
Mark = tuple[int, int, int, int]

_engines: WeakSet[Engine] = WeakSet()
#: Of the process that this one was forked from. To close them here would be to close them there.
_inherited: list[object] = []


class KeptConnection(sqlite3.Connection):
    """An open file, with what it was before it was opened."""

    mark: Mark | None = None
    process = 0
    used = False
    #: Seconds that it waits for other writers.
    waits = 0.0

    def __del__(self) -> None:
        with suppress(sqlite3.Error):  # of another thread, which closed it
            self.close()


def mark_of(path: Path) -> Mark | None:
    """What a file is now; None where there is none, or it may not be looked at."""
    try:
        now = path.stat()
    except OSError:
        return None
    return now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns


def engine_for(url: URL, wait: float) -> Engine:
    """An engine on the file of `url`, which has to be there, in which a writer waits so many seconds for others."""
    path = Path(str(url.database)).absolute()

    found = False

    def opened() -> KeptConnection:
        nonlocal found
        mark = mark_of(path)  # before it is opened: a file that is changed in between is looked at once more
        if mark is None and found and not path.exists():
            raise sqlite3.OperationalError(GONE)
        made = sqlite3.connect(  # rw: it would make an empty one, which others may read
            f"{path.as_uri()}?mode=rw", uri=True, timeout=wait, factory=KeptConnection, check_same_thread=False
        )
        found = True
        made.mark, made.process, made.waits = mark, os.getpid(), wait
        return made

    engine = create_engine(
        url, creator=opened, poolclass=QueuePool, pool_size=KEPT, max_overflow=-1, pool_use_lifo=True
    )

    def look(connection: KeptConnection, record: Any, fairy: Any) -> None:
        if connection.process != os.getpid():
            _inherited.append(connection)
            record.dbapi_connection = fairy.dbapi_connection = None
            raise DisconnectionError("of the process before the fork")
        if connection.used and connection.mark != mark_of(path):
            raise DisconnectionError("the file is another one, or was changed")
        connection.used = True

    event.listen(engine, "checkout", look)
    _engines.add(engine)
    return engine


def of(connection: Connection) -> KeptConnection | None:
    """The kept connection in use; None on a server, or on a database in memory."""
    raw: Any = connection.connection.dbapi_connection
    return raw if isinstance(raw, KeptConnection) else None


def wait_so_long(connection: KeptConnection, seconds: float) -> None:
    """From now on this connection waits so many seconds for other writers."""
    if connection.waits != seconds:
        connection.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")
        connection.waits = seconds


def empty_log(connection: KeptConnection) -> None:
    """Take what was written from the log beside the file into the file, as closing the last connection would.

    So a copy of the file alone is whole, and no log is left that another file in its place could be read with. Where
    somebody reads at this moment the next writer does it.
    """
    before = connection.waits
    with suppress(sqlite3.Error):  # the change is confirmed, whatever becomes of this
        wait_so_long(connection, 0.0)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        wait_so_long(connection, before)


@atexit.register
def _close() -> None:
    """What SQLite keeps beside the file is removed when the last connection is closed."""
    for engine in list(_engines):
        engine.dispose()
