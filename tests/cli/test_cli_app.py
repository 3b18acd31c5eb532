"""`playbook app`: which folders its pages may read, and what Streamlit is started with."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from playbook import places
from playbook.cli import app, main
from tests.conftest import ROOT


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines with which Streamlit was started."""
    seen: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["playbook"])
    monkeypatch.setenv("PLAYBOOK_PATHS", "before")
    monkeypatch.setattr("runpy.run_module", lambda name, **_: seen.append([name, *sys.argv]))
    return seen


def test_what_stands_beside_the_package_is_found() -> None:
    assert places.APP == ROOT / "app.py"
    assert (places.PAGES / "review.py").exists() and (places.SAMPLES / "healthy").is_dir()


def test_streamlit_gets_the_app_and_its_options(started: list[list[str]]) -> None:
    assert main.main(["app", "--server.port", "8600"]) == 0
    assert started == [["streamlit", "streamlit", "run", str(places.APP), "--server.port", "8600"]]
    assert os.environ["PLAYBOOK_PATHS"] == "before"


def test_folders_that_pages_may_read_are_named_at_the_start(
    started: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    main.main(["app", "--server.port", "8600", "--paths", "one", str(tmp_path / "two"), "--server.headless", "true"])
    assert started[0][4:] == ["--server.port", "8600", "--server.headless", "true"]
    assert os.environ["PLAYBOOK_PATHS"].split(os.pathsep) == [str(tmp_path / "one"), str(tmp_path / "two")]


def test_a_folder_that_is_not_there_is_told_before_the_app_starts(
    started: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong, said in (([], "name at least one"), ([str(tmp_path / "no")], "there is no folder")):
        assert main.main(["app", "--paths", *wrong]) == 2
        assert said in capsys.readouterr().err
    assert started == []


@pytest.mark.skipif(os.pathsep in "C:", reason="no folder can have that in its name")
def test_a_folder_that_a_list_cannot_hold_is_told(tmp_path: Path) -> None:
    (tmp_path / "a:b").mkdir()
    with pytest.raises(app.WrongPaths, match="Rename it"):
        app.named_folders(["--paths", str(tmp_path / "a:b")])


def test_help_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["app", "--help"])
    assert "--paths DIR" in capsys.readouterr().out
