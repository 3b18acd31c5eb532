"""Loopback is the default; anything else is said on every page."""

from __future__ import annotations

import pytest

from playbook.ui.frame import network

from .conftest import fresh

PAGES = ("review", "next_live", "history", "live", "strategies", "learn", "practice", "data")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", False), ("localhost", False), ("::1", False), ("[::1]", False), ("unix:///run/app.sock", False),
        (None, True), ("0.0.0.0", True), ("::", True), ("192.168.1.20", True), ("seller.example", True),
    ],
)  # fmt: skip
def test_which_addresses_others_can_reach(address: str | None, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.get_option", lambda name: address if name == "server.address" else None)
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
