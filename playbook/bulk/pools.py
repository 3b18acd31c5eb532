"""Who does the work: processes of this machine, or the workers of a Dask cluster that runs already."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from playbook.language import _
from playbook.model.session import UnusableFile

#: Every process works on one shop; threads of the linear algebra would only compete.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def cores() -> int:
    """The cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@contextmanager
def here(workers: int) -> Iterator[Executor]:
    """That many processes of this machine, started afresh; one is this process itself. Ends with nothing left to do."""
    if workers == 1:
        pool: Executor = ThreadPoolExecutor(1)
    else:
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_quiet)
    set_here = [name for name in _ONE_THREAD if name not in os.environ]
    os.environ.update(dict.fromkeys(set_here, "1"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        for name in set_here:
            del os.environ[name]


def _quiet() -> None:
    """Ctrl-C is answered by the one who hands out the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@dataclass(frozen=True)
class Tls:
    """Certificates by which client, scheduler and workers know each other: files in PEM format."""

    ca: Path
    certificate: Path
    key: Path

    def __post_init__(self) -> None:
        for file in (self.ca, self.certificate, self.key):
            if not file.is_file():
                raise UnusableFile(
                    _("{file}: there is no such file. Name a certificate or key in PEM format.", file=file)
                )


@contextmanager
def cluster(address: str, tls: Tls | None = None) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask scheduler, like tcp://10.0.0.5:8786, as an executor, and how many threads they have.

    With `tls` nothing is sent unencrypted, nor to somebody without a certificate of the same authority. Raises
    UnusableFile where Dask is not installed, nobody answers, there is no worker, or a worker has another version of
    this package or none.
    """
    if (tls is not None) != address.startswith("tls://"):
        raise UnusableFile(
            _(
                "{address}: an encrypted scheduler has an address like tls://10.0.0.5:8786 and needs "
                "--tls-ca, --tls-cert and --tls-key; one without has tcp:// and none of them.",
                address=address,
            )
        )
    try:
        from distributed import Client, Security
    except ImportError:
        raise UnusableFile(
            _(
                "--scheduler needs one more package. Install it with: .venv/bin/python -m pip install -r "
                "requirements-dask.txt"
            )
        ) from None
    try:
        client = Client(address, timeout=10, security=_security(Security, tls))
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UnusableFile(
            _(
                "{address}: no Dask scheduler answers there ({why}). Start one with: dask scheduler",
                address=address,
                why=reason,
            )
        ) from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise UnusableFile(
                _("{address}: this cluster has no workers. Start some with: dask worker {address}", address=address)
            )
        _same_version(client.run(version))
        with client.get_executor(pure=False, retries=0) as pool:
            yield pool, threads


def _security(made: Callable[..., Any], tls: Tls | None) -> Any:
    """As Dask wants it; None is what its own configuration says."""
    if tls is None:
        return None
    return made(
        require_encryption=True,
        tls_ca_file=str(tls.ca),
        tls_client_cert=str(tls.certificate),
        tls_client_key=str(tls.key),
    )


def version() -> str:
    """This package's version, asked of every worker."""
    from playbook import __version__

    return __version__


def _same_version(of_workers: dict[str, str]) -> None:
    other = {worker: found for worker, found in of_workers.items() if found != version()}
    if other:
        worker, found = next(iter(other.items()))
        raise UnusableFile(
            _(
                "{count} of {all} workers have another version of playbook: {worker} has {found}, here "
                "is {here}. Results would differ; put the same version on all of them.",
                count=len(other),
                all=len(of_workers),
                worker=worker,
                found=found,
                here=version(),
            )
        )
