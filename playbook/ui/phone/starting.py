"""Starts the phone's process; its code and its store go through a pipe.

The pipe is its life line too: it closes when this program ends, however it ends, and then the process ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Mapping
from pathlib import Path

from playbook import places, processes, userdata
from playbook.processes import Process
from playbook.store.engine import address as parsed

#: Where the store lies, by the rules of each system; the languages.
_KEEP = (
    "HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA", "USERPROFILE", "PLAYBOOK_LANGUAGE", "PLAYBOOK_TRY_LANGUAGES",
)  # fmt: skip


def start(setup: Mapping[str, object]) -> Process:
    """Raises OSError when it cannot be started.

    It runs where Streamlit finds the settings of the app, in the tree as in a wheel, so paths are
    given in full.
    """
    home = {"PLAYBOOK_HOME": str(userdata.folder().absolute())}
    made = processes.own("playbook.ui.phone.child", keep=_KEEP, settings=home, cwd=places.BESIDE)
    assert made.stdin
    db = setup["db"]
    whole = {**setup, "db": in_full(str(db) if db else None)}
    made.stdin.write(json.dumps(whole).encode() + b"\n")
    made.stdin.flush()
    return made


def in_full(db: str | None) -> str:
    """The address of a store, a file's from the root of the disk; None is the one that this program opens by itself."""
    found = parsed(db)
    if found.get_backend_name() == "sqlite":
        return str(Path(str(found.database)).absolute())
    return db or os.environ["PLAYBOOK_DB"]


def stop(process: Process) -> None:
    """By closing the life line, as when this program ends."""
    if process.stdin:
        with contextlib.suppress(OSError):
            process.stdin.close()


def free_port(address: str) -> int:
    """A free port of this computer at an address. Raises OSError where the address is not one of its own."""
    with socket.socket() as free:
        free.bind((address, 0))
        return int(free.getsockname()[1])


def answers(address: str, port: int) -> bool:
    """Whether something listens there by now."""
    try:
        with socket.create_connection((address, port), timeout=0.3):
            return True
    except OSError:
        return False
