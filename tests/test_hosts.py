"""Which names and pages get a connection to the running server: only this computer's own."""

from __future__ import annotations

import base64
import socket
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from streamlit import net_util
from streamlit.web.server import server_util

from playbook.ui.frame import network
from tests.browser.conftest import served

SWITCHED, REFUSED = 101, 403


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("server") / "log") as (_, url):
        yield url


def status(address: str, host: str, origin: str | None) -> int:
    """What the server answers to a request for a WebSocket."""
    there = urlsplit(address)
    assert there.hostname is not None and there.port is not None
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host.replace('PORT', str(there.port))}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(b'0123456789abcdef').decode()}",
    ]
    if origin is not None:
        lines.append(f"Origin: {origin.replace('PORT', str(there.port))}")
    with socket.create_connection((there.hostname, there.port), timeout=20) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return int(connection.recv(64).split()[1])


@pytest.mark.parametrize(
    ("host", "origin", "expected"),
    [
        ("127.0.0.1:PORT", "http://127.0.0.1:PORT", SWITCHED),
        ("localhost:PORT", "http://localhost:PORT", SWITCHED),
        ("[::1]:PORT", "http://[::1]:PORT", SWITCHED),
        ("127.0.0.1:PORT", None, SWITCHED),
        ("evil.example", "http://evil.example", REFUSED),
        ("evil.example:PORT", "http://evil.example:PORT", REFUSED),
        ("127.0.0.1.evil.example:PORT", "http://127.0.0.1.evil.example:PORT", REFUSED),
        ("localhost.evil.example:PORT", None, REFUSED),
        ("127.0.0.1:PORT", "http://evil.example", REFUSED),
        ("127.0.0.1:PORT", "null", REFUSED),
    ],
)
def test_only_this_computers_own_names_get_a_connection(
    address: str, host: str, origin: str | None, expected: int
) -> None:
    assert status(address, host, origin) == expected


def test_a_page_from_elsewhere_makes_no_request_to_the_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda *args, **_: asked.append(args))
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)  # put back afterwards
    assert not server_util.is_url_from_allowed_origins("http://evil.example")
    before = list(asked)
    network.ask_nobody_for_our_address()
    assert not server_util.is_url_from_allowed_origins("http://evil.example")
    assert asked == before


def test_the_server_says_that_it_lives(address: str) -> None:
    with urllib.request.urlopen(f"{address}/_stcore/health", timeout=20) as answer:
        assert answer.status == 200
