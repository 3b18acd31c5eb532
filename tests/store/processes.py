"""Children of the test process: cheap to start, and free to be killed."""

from __future__ import annotations

import os
import signal
import time
import traceback
import warnings
from collections.abc import Callable


def child(work: Callable[[], object], gate: int | None = None) -> int:
    """Fork; the child waits until `gate` is closed or written to, works and ends with 0, or 1 after an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # numpy's idle threads; the child never uses them
        pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        if gate is not None:
            os.read(gate, 1)
        work()
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)  # no clean-up of what belongs to the parent


def together(*works: Callable[[], object]) -> list[int]:
    """Run them at once in a process each; their exit codes."""
    gate, key = os.pipe()
    pids = [child(work, gate) for work in works]
    os.write(key, b"x" * len(pids))
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    os.close(gate)
    os.close(key)
    return codes


def killed(work: Callable[[], object], after: float) -> bool:
    """Start `work`, kill it -9 after so many seconds; whether it had ended by then."""
    gate, key = os.pipe()
    pid = child(work, gate)
    os.write(key, b"x")
    until = time.perf_counter() + after
    while time.perf_counter() < until:
        pass  # sleeping is too coarse for microseconds
    os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(gate)
    os.close(key)
    assert code in (0, -signal.SIGKILL)
    return code == 0
