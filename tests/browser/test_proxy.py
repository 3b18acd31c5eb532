"""The reverse proxy of deploy/nginx.conf in front of the app, on loopback; runs where nginx and openssl are."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from playbook.store import Store
from playbook.store.access import Role

from .conftest import ROOT, free_port, served, settled
from .provider import provided, secrets_of
from .visitors import Visitors

HOST = "localhost"
PAGES = ["", "next_live", "history", "live", "strategies", "learn", "practice", "data?data_tabs=Keep+and+erase"]
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx and openssl are not installed"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def proxied(folder: Path) -> Iterator[str]:
    """The address of the app behind nginx with the settings of deploy/nginx.conf; only names and ports are others."""
    port = free_port()
    (folder / "home").mkdir()
    with Store.open(str(folder / "home" / "playbook.db")) as store:
        store.team.give("ana@example.com", Role.owner, None)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    secrets = f"--secrets.files={folder}/secrets.toml"
    with provided() as provider:
        (folder / "secrets.toml").write_text(secrets_of(provider, f"https://{HOST}:{port}"))
        provider.account = {"sub": "1", "email": "ana@example.com", "email_verified": True}
        with served(folder / "home", folder / "log", secrets) as (_, app), nginx(folder, app, port):
            yield f"https://{HOST}:{port}"


@contextmanager
def nginx(folder: Path, app: str, port: int) -> Iterator[None]:
    """The proxy with our settings, until the block ends."""
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for written, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"), ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("playbook.example.com", HOST), ("/etc/certificates", str(folder)), ("http://127.0.0.1:8501", app),
        ("/var/log/nginx", str(folder)),
    ):  # fmt: skip
        assert written in site
        site = site.replace(written, here)
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off;\n"
        + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in TEMPORARY)
        + site + "}\n"
    )  # fmt: skip
    server = subprocess.Popen(["nginx", "-c", str(config), "-p", str(folder)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            assert server.poll() is None, (folder / "error.log").read_text()
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def visitor(visitors: Visitors) -> Iterator[Page]:
    with visitors.one(ignore_https_errors=True) as context:
        yield context.new_page()


def come_in(page: Page, proxied: str) -> None:
    page.goto(proxied)
    settled(page)
    page.locator(".st-key-sign_in button").click()
    page.wait_for_url(f"{proxied}/**")
    settled(page)


def test_without_a_sign_in_there_is_a_door_and_nothing_behind_it(proxied: str, visitor: Page, folder: Path) -> None:
    for path in ("", "history", "data?data_tabs=Keep+and+erase"):
        visitor.goto(f"{proxied}/{path}")
        settled(visitor)
        said = visitor.locator('[data-testid="stApp"]').inner_text()
        assert "Sign in" in said and not visitor.locator('[data-testid="stSidebarNav"] a, input[type="file"]').count()
    assert visitor.request.get(f"{proxied}/media/x").status == 404
    assert visitor.request.get(f"{proxied}/_stcore/health").text() == "ok"
    visitor.request.get(f"{proxied}/?shared=0123456789")
    log = (folder / "access.log").read_text()
    assert "/history" in log and "0123456789" not in log and "?" not in log


def test_the_pages_work_under_the_policy(proxied: str, visitor: Page) -> None:
    refused: list[str] = []
    visitor.on("console", lambda each: refused.append(each.text) if "Content Security Policy" in each.text else None)
    come_in(visitor, proxied)
    answer = visitor.goto(proxied)
    assert answer and "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    settled(visitor)
    visitor.get_by_role("button", name="Open this sample").first.click()
    visitor.locator(".st-key-money_sentence").wait_for(timeout=60_000)
    settled(visitor)
    visitor.get_by_test_id("stVegaLiteChart").locator(".marks").first.wait_for(timeout=20_000)
    for page in PAGES:
        visitor.goto(f"{proxied}/{page}")
        settled(visitor)
        assert not visitor.locator('[data-testid="stException"]').count(), page
    assert refused == []


def test_no_page_elsewhere_may_frame_it(proxied: str, visitor: Page) -> None:
    come_in(visitor, proxied)
    visitor.set_content(f'<iframe src="{proxied}"></iframe>')
    visitor.wait_for_timeout(2_000)
    frame = visitor.frames[-1]
    assert frame.url.startswith("chrome-error") or not frame.locator('[data-testid="stApp"]').count()


def test_another_host_name_reaches_nothing(proxied: str) -> None:
    port = proxied.rpartition(":")[2]
    done = subprocess.run(
        ["openssl", "s_client", "-quiet", "-connect", f"127.0.0.1:{port}", "-servername", "evil.example"],
        input=b"GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n", capture_output=True, timeout=20, check=False,
    )  # fmt: skip
    assert b" 421 " in done.stdout.splitlines()[0]
