"""SQLite files as files: opened without our transactions, and readable by their owner only."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

OWNER_ONLY = 0o600
#: Seconds after which an unfinished file counts as abandoned where no lock tells.
_LONG_AGO = 86_400


@contextmanager
def plain(path: Path, mode: str = "") -> Iterator[sqlite3.Connection]:
    """A bare connection. What stands in the file's schema is not trusted: no function of it runs (SQLite, 4.1)."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}{mode}", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        yield connection
    finally:
        connection.close()


def make_private(path: Path) -> None:
    """An empty file that only its owner may read; SQLite gives its companions the same rights. Windows has its own."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))


@contextmanager
def held(path: Path) -> Iterator[None]:
    """While inside, `abandoned` says no. The system lets go of a lock when its program ends, however it ends."""
    with path.open("rb") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def abandoned(path: Path) -> bool:
    """Whether nobody is writing this unfinished file any more."""
    if fcntl is None:
        return time.time() - path.stat().st_mtime > _LONG_AGO
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def close_to_others(path: Path) -> None:
    """Take a store's file from other users of the computer, where an older version left it open to them."""
    with suppress(OSError):
        if os.name != "nt" and path.stat().st_mode & 0o077:
            path.chmod(OWNER_ONLY)
