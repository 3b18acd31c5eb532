"""A process that has imported the app, and forks a server of it for each folder of data that is asked for.

What a server imports and works out at its first visit takes five seconds of the processor, and the tests in the
browser start some twenty. Run as a module it takes jobs from its standard input, a line of JSON each, and answers with
the process id of the server. It ends with its input, and its servers with it. Needs `os.fork`.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, Protocol

ROOT = Path(__file__).resolve().parents[2]


class Server(Protocol):
    """What a test may do with the process of a server."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


class ForkedServer:
    """The process of a server that is no child of this one: it is gone when its number is."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it runs. How it ended is known to nobody."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def terminate(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, timeout: float | None = None) -> int:
        """Raises TimeoutExpired, and kills it then."""
        until = time.monotonic() + (timeout or 60)
        while self.poll() is None:
            if time.monotonic() > until:
                os.kill(self.pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired("streamlit run", timeout or 60)
            time.sleep(0.02)
        return 0


class WarmServer:
    """The process that forks, from this side."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.warm_server"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def start(self, options: Sequence[str], environment: dict[str, str], log: Path) -> ForkedServer:
        """`streamlit run app.py` with these options; what it prints goes into the log."""
        job = {"options": list(options), "environment": environment, "log": str(log)}
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{json.dumps(job)}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "the process that forks servers has ended; run python -m tests.browser.warm_server to see why"
        return ForkedServer(int(answer))

    def end(self) -> None:
        self.process.communicate(timeout=30)


def main() -> None:
    _import_all()
    _work_out()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended servers are cleared away by the system
    servers = []
    for line in sys.stdin:
        job = json.loads(line)
        if not (child := os.fork()):
            _serve(job)
        servers.append(ForkedServer(child))
        print(child, flush=True)
    for each in servers:
        each.terminate()


def _import_all() -> None:
    for name in ("streamlit.web.bootstrap", "streamlit.web.cli", "alembic.command", "altair", "pyarrow"):
        importlib.import_module(name)
    ui = importlib.import_module("playbook.ui")
    for module in pkgutil.walk_packages(ui.__path__, "playbook.ui."):
        importlib.import_module(module.name)


def _work_out() -> None:
    """What the first visitor of any server waits for: the knowledge, the layouts of exports, the tables of a store."""
    importlib.import_module("playbook").load()
    importlib.import_module("playbook.imports").built_in_profiles()
    with tempfile.TemporaryDirectory() as folder:
        importlib.import_module("playbook.store.store").Store.open(str(Path(folder) / "playbook.db")).close()


def _serve(job: dict[str, Any]) -> NoReturn:
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(job["environment"])
        log, nothing = (
            os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            os.open(os.devnull, os.O_RDONLY),
        )
        for target, source in ((0, nothing), (1, log), (2, log)):
            os.dup2(source, target)
        cli = importlib.import_module("streamlit.web.cli")
        cli.main(["run", "app.py", *job["options"]], prog_name="streamlit")
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
