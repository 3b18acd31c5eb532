"""Shared by all tests: nobody's own data folder is read or written."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from hypothesis import settings

#: Two busy cores are slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes minutes; `run.py check-all` runs it, or -m long")
    # Half a million objects of libraries stay for the whole run: looked through for garbage ever again, they took a
    # tenth of the processor's time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long tests stay out of the everyday run, and in where they are named."""
    if "long" in (config.option.markexpr or "") or any("::" in each for each in config.args):
        return
    long = [each for each in items if each.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [each for each in items if each not in long]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """One worker has all browser tests, one after the other: two cores carry one browser, and its tests share a server.

    (The groups of xdist 3.8 itself do not reach pytest 9.2, which keeps the name of a test elsewhere.)
    """
    from xdist.scheduler import LoadScopeScheduling

    class OneBrowser(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "browser" if nodeid.startswith("tests/browser/") else nodeid

    return OneBrowser(config, log)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    home = tmp_path / "home"
    monkeypatch.setenv("PLAYBOOK_HOME", str(home))
    return home
