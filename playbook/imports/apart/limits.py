"""How much a reading may cost, and how the system is asked to hold it to that."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from playbook.language import _

resource: Any = None
with suppress(ImportError):  # Windows has none
    resource = import_module("resource")


@dataclass(frozen=True)
class Limits:
    """Of one reading. `memory` is everything the process has, the interpreter and its libraries (0.1 GB) included.

    `seconds` are of processor time; `wall` seconds may pass, as on a busy machine. `answer` is the size of what comes
    back, which whoever asked has to keep: some 700 bytes a LIVE, and twice that in memory.
    """

    memory: int = 2_000_000_000
    seconds: float = 20.0
    wall: float = 40.0
    answer: int = 15_000_000

    def __str__(self) -> str:
        return _(
            "{memory} GB of memory and {seconds} seconds of computing",
            memory=format(self.memory / 1e9, ".1g"),
            seconds=format(self.seconds, ".0f"),
        )


#: Of the command line and of each shop of `bulk`, where nobody waits for a page.
PATIENT = Limits(seconds=60.0, wall=120.0, answer=500_000_000)
#: Only Linux holds a process to a limit of its address space. Elsewhere whoever waits for it watches its memory.
DEPENDABLE = sys.platform.startswith("linux")
_PAGE = 4096 if resource is None else resource.getpagesize()


def no_traces() -> None:
    """A process that ends by a signal leaves no image of its memory on the disk."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def bind(limits: Limits) -> None:
    """Hold this process to the limits from now on. What goes beyond ends it, or raises MemoryError first."""
    if resource is None:
        return
    if DEPENDABLE:
        _set(resource.RLIMIT_AS, limits.memory)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + limits.seconds) + 1)
    # Also where nobody is left who could end it.
    signal.setitimer(signal.ITIMER_REAL, limits.wall + 1)


def _set(what: int, wanted: int) -> None:
    """Never above what whoever runs the computer allows; a limit that was set for one reading may be raised again."""
    _unused, most = resource.getrlimit(what)
    resource.setrlimit(what, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def release() -> None:
    """Waiting for the next files costs nothing and is bounded by nothing."""
    if resource is not None:
        signal.setitimer(signal.ITIMER_REAL, 0)


def memory_of(pid: int) -> int:
    """Bytes of memory that a process takes now; 0 where that is not known."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    return _asked(pid)


def _asked(pid: int) -> int:
    """As the system's own program prints it: `ps` in kilobytes, `tasklist` with signs between the thousands."""
    from playbook.processes import output_of

    windows = sys.platform == "win32"
    line = (
        ["tasklist", "/FI", f"PID eq {pid}", "/FO", "CSV", "/NH"] if windows else ["ps", "-o", "rss=", "-p", str(pid)]
    )
    said = output_of(line)
    digits = "".join(sign for sign in (said.rpartition('","')[2] if windows else said) if sign.isdecimal())
    return int(digits[:12] or 0) * 1024
