"""Processes that read files: started when first needed, kept warm, replaced when one ends."""

from __future__ import annotations

import atexit
import gc
import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from playbook import processes

from . import limits as bounds
from .limits import Limits

#: So many may read at the same time; who comes later waits. One hostile visitor takes one at a time.
MOST = max(4, 2 * (os.cpu_count() or 1))
#: So many stay when there is nothing to do. Each keeps some 100 MB.
WARM = 2
#: After this many readings a process is replaced: memory that came apart is given back.
USES = 100
_LOOK = 0.05
#: Threads of the linear algebra would take address space and compute nothing in a reader.
_ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
#: Seconds to wait for a place; every reading ends within its own limits.
_PATIENCE = 60.0


class WorkerEnded(Exception):  # noqa: N818 - not an error of whoever asked
    """The process ended, went beyond a limit, or answered what is no answer. `large`: it answered too much."""

    def __init__(self, *, large: bool = False) -> None:
        super().__init__()
        self.large = large


class Busy(Exception):  # noqa: N818 - as above
    """All processes that there may be are reading, and none was free for long."""


class Worker:
    """One process. Used by one thread at a time. Another kind of reader names its `module`."""

    module = "playbook.imports.apart.child"
    settings = _ALONE

    def __init__(self) -> None:
        self.process = processes.own(self.module, stdout=processes.PIPE, settings=self.settings)
        self.uses = 0

    def ask(self, question: dict[str, Any], files: Sequence[tuple[str, bytes]], limits: Limits) -> tuple[Any, Any]:
        """What is said, and the reading. Raises Ended."""
        from . import wire  # numpy and pandas, which this process loads while the other one does

        self.uses += 1
        with self.exchanging(question, [content for _, content in files], limits) as answers:
            said = json.loads(wire.read(answers))
            with _uncollected():
                return said, wire.gathered(wire.answer(answers, limits.answer))

    @contextmanager
    def exchanging(self, question: dict[str, Any], contents: Sequence[bytes], limits: Limits) -> Iterator[BinaryIO]:
        """Ask; where the answer comes from. Raises Ended, also for what is no answer."""
        from . import wire

        with self._watched(limits):
            try:
                asked, answers = self._pipes()
                wire.write(asked, wire.pack(question))
                for content in contents:
                    wire.write(asked, content)
                asked.flush()
                yield answers
            except wire.TooLarge:
                raise WorkerEnded(large=True) from None
            except (wire.Garbled, OSError, ValueError):
                raise WorkerEnded from None

    def _pipes(self) -> tuple[BinaryIO, BinaryIO]:
        asked, answers = self.process.stdin, self.process.stdout
        if asked is None or answers is None:
            raise OSError
        return asked, answers  # type: ignore[return-value, unused-ignore]

    @contextmanager
    def _watched(self, limits: Limits) -> Iterator[None]:
        """End the process when it takes too long or, where the system does not hold it to it, too much memory."""
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(limits, done), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()

    def _watch(self, limits: Limits, done: threading.Event) -> None:
        until = time.monotonic() + limits.wall
        while not done.wait(max(0.0, until - time.monotonic()) if bounds.DEPENDABLE else _LOOK):
            beyond = not bounds.DEPENDABLE and bounds.memory_of(self.process.pid) > limits.memory
            if beyond or time.monotonic() >= until:
                self.process.kill()
                return

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        """End it and wait until it is gone, so that no trace of it stays in the list of processes."""
        with suppress(OSError):
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()
        self.process.wait()


@contextmanager
def _uncollected() -> Iterator[None]:
    """While thousands of objects come in that all stay, nobody looks for garbage among them: every look goes through
    all there is, and stops every visitor for half a second.
    """
    global _gathering, _was_on
    with _guard:
        _gathering += 1
        _was_on = gc.isenabled() or (_gathering > 1 and _was_on)
        gc.disable()
    try:
        yield
    finally:
        with _guard:
            _gathering -= 1
            if not _gathering and _was_on:
                gc.enable()


_gathering, _was_on = 0, True
_idle: list[Worker] = []
_guard = threading.Lock()
_places = threading.BoundedSemaphore(MOST)


@contextmanager
def worker() -> Iterator[Worker]:
    """A process for one reading. Raises OSError when none can be started, Busy when all are taken for long."""
    if not _places.acquire(timeout=_PATIENCE):
        raise Busy
    try:
        mine = _taken()
        good = False
        try:
            yield mine
            good = True
        finally:
            _back(mine, good)
    finally:
        _places.release()


def _taken() -> Worker:
    while True:
        with _guard:
            found = _idle.pop() if _idle else None
        if found is None:
            return Worker()
        if found.alive:
            return found
        found.close()


def _back(mine: Worker, good: bool) -> None:
    if good and mine.uses < USES and mine.alive:
        with _guard:
            if len(_idle) < WARM:
                _idle.append(mine)
                return
    mine.close()
    if not good:
        warm()


def warm() -> None:
    """Have one ready before it is needed; it gets ready by itself. Where none can be started nothing happens yet."""
    with _guard, suppress(OSError):
        if not _idle:
            _idle.append(Worker())


def close() -> None:
    """End all that wait."""
    with _guard:
        gone = list(_idle)
        _idle.clear()
    for each in gone:
        each.close()


atexit.register(close)
