"""The only place that starts the phone's process, by a fixed line; its code and its store go through a pipe.

The pipe is its life line too: it closes when this program ends, however it ends, and then the process ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "HOME",
         "PYTHONPATH", "PLAYBOOK_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA", "USERPROFILE")  # fmt: skip
Process = subprocess.Popen[bytes]


def start(told: Mapping[str, object]) -> Process:
    """Raises OSError when it cannot be started."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    line = [sys.executable, "-X", "utf8", "-m", "playbook.ui.phone.child"]
    made = subprocess.Popen(  # noqa: S603 - a fixed line, no shell
        line, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=_ROOT, env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
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
