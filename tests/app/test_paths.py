"""Pages read files of this computer only inside folders that were named at the start, wherever the server listens."""

from __future__ import annotations

import os
import platform
import sys
from datetime import datetime
from pathlib import Path

import pytest

from playbook import userdata
from playbook.imports import built_in_profiles
from playbook.model.running import RunningLive
from playbook.store.store import Store
from playbook.ui.frame import network, paths
from playbook.ui.live import page, totals

from .conftest import fresh, keyed, texts

MINUTES = "minute,impressions,views\n0,100,10\n1,100,10\n"
HOW = "python3 run.py app --paths FOLDER"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file that pages may read, and a neighbour with one that they may not."""
    for name in ("live", "live-private"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "minutes.csv").write_text(MINUTES)
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path / "live"))
    return tmp_path / "live"


def watched(path: object) -> tuple[object, str]:
    live = RunningLive(datetime(2026, 11, 20, 19), currency="USD", watching=str(path), watching_on=platform.node())
    return page._watched_session(live)


def test_only_what_is_inside_an_allowed_folder_is_admitted(folder: Path) -> None:
    inside = folder / "minutes.csv"
    assert paths.admitted(str(inside)) == inside.resolve()
    assert paths.admitted(str(folder / "." / "new" / ".." / "minutes.csv")) == inside.resolve()
    for outside in (
        folder.parent / "live-private" / "minutes.csv",  # begins with the same signs
        folder / ".." / "live-private" / "minutes.csv",
        folder.parent, "/etc/passwd", "/", "", "  ", "minutes.csv", "~/minutes.csv", "~nobody-of-this-name/x.csv",
        "\0", f"{folder}/\0/../../live-private/minutes.csv", "//elsewhere/share/minutes.csv",
    ):  # fmt: skip
        assert paths.admitted(str(outside)) is None, outside


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_out_of_the_folder_is_not_followed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "out.csv").symlink_to(tmp_path / "live-private" / "minutes.csv")
    (folder / "up").symlink_to(tmp_path)
    (folder / "round").symlink_to(folder / "round")
    (folder / "same.csv").symlink_to(folder / "minutes.csv")
    assert paths.admitted(str(folder / "out.csv")) is None
    assert paths.admitted(str(folder / "up" / "live-private" / "minutes.csv")) is None
    assert paths.admitted(str(folder / "same.csv")) == (folder / "minutes.csv").resolve()
    assert not (paths.admitted(str(folder / "round")) or Path("/no")).is_file()
    (tmp_path / "by-link").symlink_to(folder)
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path / "by-link"))
    assert paths.admitted(str(tmp_path / "by-link" / "minutes.csv")) == (folder / "minutes.csv").resolve()


def test_what_lies_outside_is_not_even_looked_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    resolve = Path.resolve
    monkeypatch.setattr(Path, "resolve", lambda self, *a, **k: looked.append(str(self)) or resolve(self, *a, **k))
    assert paths.admitted("//elsewhere/share/minutes.csv") is None
    assert set(looked) <= {str(folder)}
    there = totals.cannot_watch(str(folder.parent / "live-private" / "minutes.csv"))
    missing = totals.cannot_watch(str(folder.parent / "live-private" / "missing.csv"))
    assert there and missing and there.replace("minutes.csv", "") == missing.replace("missing.csv", "")


@pytest.mark.parametrize("named", ["", " ", os.pathsep, f" {os.pathsep} "])
def test_without_folders_nothing_is_admitted(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.VARIABLE, named)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minutes.csv").write_text(MINUTES)
    assert paths.admitted(str(tmp_path / "minutes.csv")) is None and paths.admitted("minutes.csv") is None


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_no_path_can_be_typed_unless_folders_were_named(
    address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a proxy the server listens on loopback, too: that says nothing of who types."""
    monkeypatch.setattr(network, "address", lambda: address)
    monkeypatch.delenv(paths.VARIABLE)
    at = fresh().run().switch_page("pages/live.py").run().button(key="pad_start").click().run()
    assert not at.exception and not [each for each in at.text_input if "watch_path" in each.key]
    assert f"Watching a file is off. To allow it, start the app with `{HOW}`." in texts(at)
    data = fresh().run().switch_page("pages/data.py")
    data.query_params["data_tabs"] = "Playbook"
    data = data.run()
    assert not data.exception and not [each for each in data.text_input if each.key == "own_folder"]
    assert f"Choosing a folder is off. To allow it, start the app with `{HOW}`." in texts(data)
    monkeypatch.setenv(paths.VARIABLE, str(folder))
    assert keyed(at.run().text_input, "watch_path") and keyed(data.run().text_input, "own_folder")


def test_a_file_watched_before_is_read_only_inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.ui.files.loading.profiles", built_in_profiles)
    assert watched(folder / "minutes.csv")[0] is not None
    session, said = watched(folder.parent / "live-private" / "minutes.csv")
    assert session is None and said.startswith("minutes.csv is not read. Pages read only what is inside ")
    monkeypatch.delenv(paths.VARIABLE)
    session, said = watched(folder / "minutes.csv")
    assert session is None and said == f"minutes.csv is not read. {paths.outside()}" and HOW in said


def test_a_watched_file_that_grew_too_large_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MAX_BYTES", 10)
    session, said = watched(folder / "minutes.csv")
    assert session is None and said.startswith("minutes.csv: the file has")


def test_a_file_that_another_computer_watches_is_not_read_here(folder: Path) -> None:
    file = folder / "minutes.csv"
    elsewhere = RunningLive(datetime(2026, 11, 20, 19), watching=str(file), watching_on="the other one")
    assert page._watched_session(elsewhere) == (
        None, "minutes.csv is watched on the computer the other one; it is read there only.",
    )  # fmt: skip


def test_strategies_of_ones_own_outside_are_told_and_left_to_the_command_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder can also come in with a backup that somebody else made."""
    mine = folder / "ours"
    mine.mkdir()
    (mine / "broken.yaml").write_text("id: broken\ntitle: [\n", encoding="utf-8")
    userdata.save_settings(userdata.UserSettings(playbook_folder=str(mine)))
    with Store.open() as store:
        store.create_shop("Linen", playbook_folder=str(mine))
    at = fresh().run().switch_page("pages/strategies.py").run()
    assert "are not used on pages" not in texts(at) and paths.own_playbook(None) == mine.resolve()
    monkeypatch.delenv(paths.VARIABLE)
    at = at.run()
    assert "are not used on pages; the command line uses them" in texts(at)
    assert paths.own_playbook(None) is None and paths.own_playbook(str(mine)) is None
    assert userdata.own_playbook(str(mine)) == mine
    data = fresh().run().switch_page("pages/data.py")
    data.query_params["data_tabs"] = "Playbook"
    shown = texts(data.run())
    assert "are not used on pages" in shown and "broken" not in shown
