"""Made-up shops as files, as Parquet and in a store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playbook.cli.main import main
from playbook.model.session import Session
from playbook.simulation.shops import restless_shop
from playbook.store.csv_files import session_row, table
from playbook.templates import TEMPLATES

HEADER = next(each.header for each in TEMPLATES if each.name == "sessions")
NAMES = ("dana", "Emi & Co", "fay")


def lives_of(seed: int, lives: int = 12) -> list[Session]:
    return restless_shop(np.random.default_rng(seed), lives, 20_000.0)


def csv_of(sessions: list[Session]) -> str:
    return table(HEADER, [session_row(each) for each in sessions])


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    """Three shops, a subfolder each."""
    folder = tmp_path / "shops"
    for seed, name in enumerate(NAMES):
        (folder / name).mkdir(parents=True)
        (folder / name / "lives.csv").write_text(csv_of(lives_of(seed)), encoding="utf-8")
    return folder


@pytest.fixture
def bulk(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run the command into tmp_path/out; the exit code and what standard error says."""

    def call(*arguments: Any) -> tuple[int, str]:
        code = main(["bulk", *map(str, arguments), "--out", str(tmp_path / "out")])
        return code, capsys.readouterr().err

    return call
