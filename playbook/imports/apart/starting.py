"""The only place that starts programs: our own reader, and the system's own list of processes.

Arguments are fixed lists without a shell. The reader gets an environment without the app's settings and passwords.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
#: Without these no program finds its libraries or a place for its files.
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
#: Threads of the linear algebra would take address space and compute nothing here.
_ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
Reader = subprocess.Popen[bytes]


def reader() -> Reader:
    """A process that reads files, waiting for the first. Raises OSError when it cannot be started."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    line = [sys.executable, "-P", "-X", "utf8", "-m", "playbook.imports.apart.child"]
    return subprocess.Popen(  # noqa: S603 - a fixed line, no shell
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**kept, **_ALONE, "PYTHONPATH": str(_ROOT)}, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip


def output_of(line: list[str]) -> str:
    """What a program of the system prints; nothing where it is missing or slow."""
    try:
        done = subprocess.run(line, capture_output=True, timeout=5, check=False)  # noqa: S603 - as above
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("ascii", "replace")
