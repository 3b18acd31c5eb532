"""A PostgreSQL server of the tests' own, on loopback, in a folder that goes away with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from playbook.store import Store
from playbook.store.engine import reading

#: Where Debian keeps the programs that are not on the PATH.
DEBIAN = Path("/usr/lib/postgresql")
HOW = "no PostgreSQL server programs on this machine (Debian: sudo apt-get install -y postgresql); see run.py"


def find() -> Path | None:
    """The folder with initdb and postgres; None where there is none."""
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    named = shutil.which("initdb")
    folders += [Path(named).resolve().parent] if named else []
    return next((each for each in folders if (each / "initdb").exists() and (each / "postgres").exists()), None)


@dataclass(frozen=True)
class Server:
    """A server that can be stopped and started again; `url` has no database's name."""

    url: str
    control: tuple[object, ...]
    options: tuple[object, ...]
    as_user: dict[str, Any]

    def start(self) -> None:
        self._do(*self.options, "start")

    def stop(self) -> None:
        """At once, as when the machine loses its power."""
        self._do("-m", "immediate", "stop")

    def _do(self, *words: object) -> None:
        command = [*self.control, *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.as_user)


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """The URL of a fresh server, without a database's name."""
    with started(programs) as server:
        yield server.url


@contextmanager
def started(programs: Path) -> Iterator[Server]:
    """A fresh server that runs, and is stopped in the end where it still does."""
    # The server refuses to run as root, and its folder must be its own.
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="playbook-pg-"))
    if user:
        shutil.chown(folder, user, user)
    become: dict[str, Any] = {"user": user, "group": user, "extra_groups": []} if user else {}
    become["cwd"] = folder
    data, port = folder / "data", free_port()
    try:
        make = [programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(make, check=True, capture_output=True, **become)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories={folder}"
        control = (programs / "pg_ctl", "-D", data, "-w", "-t", "60")
        log = ("-l", folder / "log", "-o", options)
        server = Server(f"postgresql://tester@127.0.0.1:{port}", control, log, become)
        server.start()
        try:
            yield server
        finally:
            if (data / "postmaster.pid").exists():
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def at_rest(store: Store) -> None:
    """Wait until the server has noticed that the killed one is gone; a file has nobody to notice it."""
    if store.engine.dialect.name != "postgresql":
        return
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'tester' AND "
        "state IS NOT NULL AND state <> 'idle'"
    )
    for _ in range(1000):
        with reading(store.engine) as connection:
            if not connection.execute(others).scalar():
                return
        time.sleep(0.01)
    raise AssertionError("somebody is still at work")
