"""The app as a person finds it: always from app.py."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from playbook.model.running import new_id
from playbook.store.store import Store
from playbook.ui.frame import browser, keys, shell

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "samples"


def fresh() -> AppTest:
    """A visit that has begun: it stays on the review page also where there are several shops."""
    at = arrived()
    at.session_state[shell.LANDED] = True
    return at


def arrived() -> AppTest:
    """A visit before its first run."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


@pytest.fixture(autouse=True, scope="session")
def packages_read_once() -> None:
    """Every AppTest looks through all installed packages for components, a third of its time; one look is enough."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the one browser of a test keeps from visit to visit; clear it for another browser."""
    jar: dict[str, str] = {}

    def keep(ids: dict[str, str | None]) -> None:
        for name, value in ids.items():
            jar.pop(name, None)
            if value:
                jar[name] = value

    monkeypatch.setattr(browser, "sent", lambda: jar)
    monkeypatch.setattr(browser, "keep", keep)
    return jar


@pytest.fixture
def app() -> AppTest:
    """The landing page, nothing loaded."""
    return fresh().run()


@pytest.fixture
def with_sample() -> Callable[[str], AppTest]:
    """The review page after one click on a sample."""

    def opened(name: str) -> AppTest:
        return fresh().run().button(key=f"sample_{name}").click().run()

    return opened


@pytest.fixture(scope="session")
def first_visit(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The data folder and the cookies of somebody who uploaded a sample's files: made once, as a person would."""
    home, jar = tmp_path_factory.mktemp("first_visit"), dict[str, str]()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PLAYBOOK_HOME", str(home))
        patched.setattr(browser, "sent", lambda: jar)
        patched.setattr(browser, "keep", lambda ids: jar.update({key: value for key, value in ids.items() if value}))
        at = fresh().run()
        for path in sorted((SAMPLES / "fewer_came_in").iterdir()):
            at.file_uploader(key="upload").upload(path.name, path.read_bytes())
        at.run()
    return home, jar


@pytest.fixture
def remembered(first_visit: tuple[Path, dict[str, str]], own_home: Path, cookies: dict[str, str]) -> AppTest:
    """The next visit of somebody whose shop's LIVEs are stored."""
    home, jar = first_visit
    shutil.copytree(home, own_home, dirs_exist_ok=True)
    cookies.update(jar)
    return fresh()


def texts(at: AppTest) -> str:
    """All words on the page, for asserting a few of them."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(each.value) for kind in kinds for each in getattr(at, kind))


def keyed(elements: Iterable[Any], name: str) -> Any:
    """The element with this key, or with this key of a shop or a LIVE."""
    found = [each for each in elements if each.key and re.split("[@/]", each.key)[0].startswith(name)]
    assert len(found) == 1, [each.key for each in elements]
    return found[0]


def tap(at: AppTest, kind: str) -> AppTest:
    """One tap on the pad of the LIVE that is on air where the visit is, as the browser sends it."""
    shop_id = at.session_state["shop_id"]
    with Store.open() as store:
        live = store.running.on_air(shop_id)
    assert live is not None
    sent = {"taps": [{"id": new_id(), "kind": kind, "ago": 0}]}
    at.session_state[keys.of_live("pad_taps", shop_id, live.id)] = sent
    return at.run()
