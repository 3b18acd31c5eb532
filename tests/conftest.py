"""Shared by all tests: nobody's own data folder is read or written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

#: Two busy cores are slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    home = tmp_path / "home"
    monkeypatch.setenv("PLAYBOOK_HOME", str(home))
    return home
