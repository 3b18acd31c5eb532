"""Hand out shops, few at a time, and take what comes back, whatever becomes of a single one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, suppress
from dataclasses import replace

from playbook.language import _

from .records import BulkOptions, Job, ShopDone
from .results import Results
from .work import work

#: Shops handed out for each process: enough that none waits, few enough that memory stays small.
AHEAD = 3

OpenPool = Callable[[], AbstractContextManager[Executor]]


def run(
    jobs: Iterable[Job], settings: BulkOptions, results: Results, open_pool: OpenPool, workers: int
) -> Iterator[ShopDone]:
    """Review every shop and keep its result; yields each as it is done, in no order.

    A shop whose inputs have the digest known is left as it is. When a process ends in the middle (no memory, killed),
    the shops it may have had are tried once more, one at a time. Raises OSError when a result cannot be
    written.
    """
    asked = (replace(job, known=results.known(job.name)) for job in jobs)
    lost: list[Job] = []
    more = True
    while more:
        with open_pool() as pool:
            for done in _through(pool, asked, settings, AHEAD * workers, lost):
                yield results.add(done)
        more = bool(lost)
        for done in _one_at_a_time(lost, settings, open_pool):
            yield results.add(done)
        lost.clear()
    results.close()


def _through(
    pool: Executor, jobs: Iterator[Job], settings: BulkOptions, ahead: int, lost: list[Job]
) -> Iterator[ShopDone]:
    """Until the jobs are done or the pool is broken; then `lost` has the ones that went down with it."""
    out: dict[Future[ShopDone], Job] = {}
    for job in jobs:
        try:
            out[pool.submit(work, job, settings)] = job
        except BrokenExecutor:
            lost.append(job)
            break
        if len(out) >= ahead:
            yield from _finished(out, lost)
        if lost:
            break
    while out:
        yield from _finished(out, lost)


def _finished(out: dict[Future[ShopDone], Job], lost: list[Job]) -> Iterator[ShopDone]:
    for future in wait(out, return_when=FIRST_COMPLETED).done:
        job = out.pop(future)
        if isinstance(future.exception(), BrokenExecutor):
            lost.append(job)
        else:
            yield _answer(future, job)


def _one_at_a_time(jobs: Iterable[Job], settings: BulkOptions, open_pool: OpenPool) -> Iterator[ShopDone]:
    """Each alone in the pool, so that it is known which one ends a process; then a new pool for the rest."""
    waiting = deque(jobs)
    while waiting:
        with open_pool() as pool, suppress(BrokenExecutor):
            while waiting:
                job = waiting.popleft()
                done = _answer(pool.submit(work, job, settings), job)
                yield done
            return
        message = _(
            "{shop}: the process that reviewed it ended without an answer; perhaps its files need more memory than "
            "there is.",
            shop=job.name,
        )
        yield ShopDone(job.name, "failed", message=message)


def _answer(future: Future[ShopDone], job: Job) -> ShopDone:
    """What came back. A mistake of ours in one shop is noted in the index and does not stop the others."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenExecutor):
        raise error
    said = f"{type(error).__name__}: {error}"
    return ShopDone(
        job.name,
        "failed",
        message=_("{shop}: could not be reviewed, a mistake of the program ({error}).", shop=job.name, error=said),
    )
