"""Loopback is the default; anything else is said on every page and takes the typing of paths away."""

from __future__ import annotations

import platform
from datetime import datetime
from pathlib import Path

import pytest

from playbook.imports import built_in_profiles
from playbook.running import Running
from playbook.ui import network, running_view

from .conftest import fresh, keyed, texts

PAGES = ("review", "next_live", "history", "live", "strategies", "learn", "practice", "data")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", False), ("localhost", False), ("::1", False), ("[::1]", False), ("unix:///run/app.sock", False),
        (None, True), ("0.0.0.0", True), ("::", True), ("192.168.1.20", True), ("seller.example", True),
    ],
)  # fmt: skip
def test_which_addresses_others_can_reach(address: str | None, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network.st, "get_option", lambda name: address if name == "server.address" else None)
    assert network.open_to_others() is expected


def test_as_it_comes_only_this_computer_can_reach_the_app() -> None:
    assert network.address() == "127.0.0.1"
    assert not any(each.value.startswith("Whoever reaches") for each in fresh().run().warning)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_warns_when_it_is_open(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "address", lambda: "0.0.0.0")
    at = fresh().run().switch_page(f"pages/{page}.py").run()
    assert not at.exception
    assert [each.value for each in at.warning if each.value.startswith("Whoever reaches this address")]


def test_no_path_can_be_typed_while_it_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    at = fresh().run().switch_page("pages/live.py").run().button(key="pad_start").click().run()
    assert keyed(at.text_input, "watch_path"), "a path can be typed on loopback"
    monkeypatch.setattr(network, "address", lambda: "0.0.0.0")
    at = at.run()
    assert not at.exception and not [each for each in at.text_input if "watch_path" in each.key]
    assert "Watching a file is off while the app is open to your network." in texts(at)
    at = fresh().run().switch_page("pages/data.py")
    at.query_params["data_tabs"] = "Playbook"
    at = at.run()
    assert not at.exception and not [each for each in at.text_input if each.key == "own_folder"]


def test_a_file_watched_before_is_not_read_while_it_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("minute,impressions,views\n0,100,10\n1,100,10\n")
    monkeypatch.setattr(running_view.loading, "profiles", built_in_profiles)
    here = platform.node()
    log = Running(datetime(2026, 11, 20, 19), currency="USD", watching=str(file), watching_on=here)
    assert running_view._watched_session(log)[0] is not None
    monkeypatch.setattr(network, "address", lambda: "0.0.0.0")
    assert running_view._watched_session(log) == (None, "secret.csv is not read while the app is open to your network.")


def test_a_watched_file_that_grew_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_view, "MAX_BYTES", 10)
    file = tmp_path / "large.csv"
    file.write_text("minute,impressions,views\n0,100,10\n")
    session, said = running_view._watched_session(
        Running(datetime(2026, 11, 20, 19), watching=str(file), watching_on=platform.node())
    )
    assert session is None and said.startswith("large.csv: the file has")


def test_a_file_that_another_computer_watches_is_not_read_here(tmp_path: Path) -> None:
    file = tmp_path / "minutes.csv"
    file.write_text("minute,impressions,views\n0,100,10\n1,100,10\n")
    elsewhere = Running(datetime(2026, 11, 20, 19), watching=str(file), watching_on="the other one")
    assert running_view._watched_session(elsewhere) == (
        None, "minutes.csv is watched on the computer the other one; it is read there only.",
    )  # fmt: skip
