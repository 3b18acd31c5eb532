"""The running app in a real browser. Without one these tests do not run, and run.py says so loudly."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from playbook.store.store import Store

from . import chromium
from .visitors import Visitors
from .warm_server import Server, WarmServer

ROOT = Path(__file__).resolve().parents[2]
#: As root Chromium needs no-sandbox; the rest keeps it from calling its maker's hosts.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip
expect.set_options(timeout=30_000)  # two busy cores are slow, not wrong
READY = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
#: A click takes a while to reach the server; a script that starts within it belongs to the click.
QUIET_MS = 200


def pytest_itemcollected(item: pytest.Item) -> None:
    if not item.path.is_relative_to(Path(__file__).parent):
        return
    item.add_marker(pytest.mark.browser)
    if chromium.find() is None:
        item.add_marker(pytest.mark.skip(reason="no Chromium or Chrome on this machine; see run.py"))


DATABASE = "playbook.db"


@dataclass(frozen=True)
class App:
    """A server of the app on loopback with its data folder, which can be made as empty as on the first day."""

    url: str
    home: Path
    template: Path

    def emptied(self) -> App:
        """Nothing of what was kept is there any more; the server goes on."""
        for each in self.home.iterdir():
            if each.is_dir():
                shutil.rmtree(each)
            elif not each.name.startswith(DATABASE):
                each.unlink()
        with closing(sqlite3.connect(self.template)) as empty, closing(sqlite3.connect(self.home / DATABASE)) as kept:
            empty.backup(kept)
        return self

    def store(self) -> Store:
        """What the server reads and writes, opened beside it."""
        return Store.open(str(self.home / DATABASE))


#: Where servers are forked from while the tests run; without it each starts afresh, as a user's does.
warm: WarmServer | None = None


@pytest.fixture(scope="session", autouse=True)
def _servers_are_forked() -> Iterator[None]:
    global warm
    if chromium.find() is None or not hasattr(os, "fork"):
        yield
        return
    warm = WarmServer()
    yield
    warm.end()
    warm = None


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The one server for all tests of a worker that need nothing special of it."""
    home, template = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("template") / DATABASE
    for path in (template, home / DATABASE):
        Store.open(str(path)).close()
    with running(home, tmp_path_factory.mktemp("server") / "log") as url:
        yield App(url, home, template)


@pytest.fixture
def address(app: App) -> str:
    """The address of an app in which nobody was before."""
    return app.emptied().url


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


#: Ports that the app had.
_had: list[int] = []


def app_port() -> int:
    """A free port for the app, one it had before where there is one: the browser keeps its scripts by their address."""
    for port in _had:
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    _had.append(free_port())
    return _had[-1]


@contextmanager
def running(home: Path, log: Path) -> Iterator[str]:
    """The address of the app on a free port with its data in `home`, until the block ends."""
    with served(home, log) as (_, url):
        yield url


@contextmanager
def served(
    home: Path, log: Path, *options: str, port: int | None = None, before: str | None = None
) -> Iterator[tuple[Server, str]]:
    """As `running`, with the server's process, and more options of Streamlit. `before`: a module to import first."""
    port = port or app_port()
    flags = ["--server.headless=true", f"--server.port={port}", "--server.fileWatcherType=none", *options]
    environment = {**os.environ, "PLAYBOOK_HOME": str(home)}
    server = warm.start(flags, environment, log) if warm and not before else _cold(flags, environment, log, before)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/_stcore/health", server, log)
        yield server, url
    finally:
        server.terminate()
        server.wait(10)


def _cold(flags: list[str], environment: dict[str, str], log: Path, before: str | None) -> Server:
    program = ["-c", f"import {before}; from streamlit.web.cli import main; main()"] if before else ["-m", "streamlit"]
    with log.open("w") as out:
        return subprocess.Popen(
            [sys.executable, *program, "run", "app.py", *flags],
            cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip


def _wait_for(url: str, server: Server, log: Path) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
    raise AssertionError(f"the app did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def visitors(browser: Browser) -> Visitors:
    return Visitors(browser)


@pytest.fixture
def newcomer(visitors: Visitors) -> Iterator[Page]:
    """A new visitor who has not opened the app yet.

    Whatever the page asks of another host is a failure: nothing may leave the machine.
    """
    outside: list[str] = []

    def note(each: Request) -> None:
        if not _local(each.url):
            outside.append(each.url)

    with visitors.one() as context:
        context.on("request", note)
        yield context.new_page()
        context.remove_listener("request", note)
    assert not outside, f"the page asked other hosts: {outside}"


@pytest.fixture
def page(newcomer: Page, address: str) -> Page:
    """A new visitor on the page that the app begins with."""
    newcomer.goto(address)
    settled(newcomer)
    return newcomer


def _local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:", "chrome"))


def settled(page: Page) -> None:
    """Wait until the script has run to its end and nothing has started it anew for a moment."""
    for _ in range(20):
        page.wait_for_selector(READY, timeout=60_000)
        page.wait_for_timeout(QUIET_MS)
        if page.locator(READY).count():
            return


def open_list(page: Page, key: str) -> Locator:
    """Click a select box, after the scrolling to it is over: the word of it comes a frame later, and closes a list."""
    box = page.locator(f".st-key-{key}").get_by_role("combobox")
    box.scroll_into_view_if_needed()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box.click()
    return box


def choose(page: Page, key: str, option: str) -> None:
    """Pick an option of a select box. A list that closed before the click is opened once more, as a person would.

    A list closes when the page under it scrolls or is drawn anew. While it is open, an option that is not in it fails.
    """
    wanted = page.get_by_role("option", name=option, exact=True)
    box = open_list(page, key)
    try:
        wanted.click(timeout=5_000)
    except TooLate:
        if page.get_by_role("option").count():
            raise
        box.click()
        wanted.click(timeout=5_000)
    expect(box).to_have_value(option)
