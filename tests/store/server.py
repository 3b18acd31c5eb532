"""A PostgreSQL server of the tests' own, on loopback, in a folder that goes away with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Where Debian keeps the programs that are not on the PATH.
DEBIAN = Path("/usr/lib/postgresql")
HOW = "no PostgreSQL server programs on this machine (Debian: sudo apt-get install -y postgresql); see run.py"


def find() -> Path | None:
    """The folder with initdb and postgres; None where there is none."""
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    named = shutil.which("initdb")
    folders += [Path(named).resolve().parent] if named else []
    return next((each for each in folders if (each / "initdb").exists() and (each / "postgres").exists()), None)


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """The URL of a fresh server, without a database's name."""
    # The server refuses to run as root, and its folder must be its own.
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="playbook-pg-"))
    if user:
        shutil.chown(folder, user, user)
    become = {"user": user, "group": user, "extra_groups": []} if user else {}
    data, port = folder / "data", free_port()
    try:
        make = [programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder, **become)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories={folder}"
        control = [programs / "pg_ctl", "-D", data, "-w", "-t", "60"]
        log = ["-l", folder / "log", "-o", options]
        subprocess.run([*control, *log, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **become)
        try:
            yield f"postgresql://tester@127.0.0.1:{port}"
        finally:
            stop = [*control, "-m", "immediate", "stop"]
            subprocess.run(stop, check=True, stdout=subprocess.DEVNULL, cwd=folder, **become)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
