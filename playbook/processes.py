"""The only place that starts programs: processes of our own, and the system's own list of processes.

Arguments are fixed lists without a shell. A process of our own gets an environment without the app's settings and
passwords, but for what its starter names.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
#: Without these no program finds its libraries or a place for its files.
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
PIPE, NOWHERE = subprocess.PIPE, subprocess.DEVNULL
Process = subprocess.Popen[bytes]


def own(
    module: str,
    *,
    stdout: int = NOWHERE,
    keep: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Process:
    """A module of ours in a process of its own, with a pipe to its standard input.

    `keep` names more of this program's environment that it gets, `settings` are added to it. Raises OSError when it
    cannot be started.
    """
    kept = {name: os.environ[name] for name in (*_KEPT, *keep) if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - a fixed line, no shell
        [sys.executable, "-P", "-X", "utf8", "-m", module],
        stdin=PIPE, stdout=stdout, stderr=NOWHERE, cwd=cwd, env={**kept, **(settings or {}), "PYTHONPATH": str(_ROOT)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip


def output_of(line: list[str]) -> str:
    """What a program of the system prints; nothing where it is missing or slow."""
    try:
        done = subprocess.run(line, capture_output=True, timeout=5, check=False)  # noqa: S603 - as above
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("ascii", "replace")
