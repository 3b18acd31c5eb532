"""Starts the phone's process; its code and its store go through a pipe.

The pipe is its life line too: it closes when this program ends, however it ends, and then the process ends.
"""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Mapping
from pathlib import Path

from playbook import processes
from playbook.processes import Process

#: Where Streamlit looks for the settings of the app.
_ROOT = Path(__file__).resolve().parents[3]
#: Where the store lies, by the rules of each system.
_KEEP = ("HOME", "PLAYBOOK_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA", "USERPROFILE")


def start(told: Mapping[str, object]) -> Process:
    """Raises OSError when it cannot be started."""
    made = processes.own("playbook.ui.phone.child", keep=_KEEP, cwd=_ROOT)
    assert made.stdin
    made.stdin.write(json.dumps(dict(told)).encode() + b"\n")
    made.stdin.flush()
    return made


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
