"""The reverse proxy of deploy/nginx.conf in front of the app, on loopback; runs where nginx and openssl are."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, Page

from .conftest import ROOT, running, settled

HOST = "localhost"
PAGES = ["", "next_live", "history", "live", "strategies", "learn", "practice", "data?data_tabs=Keep+and+erase"]
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx and openssl are not installed"
)


class SignIn(BaseHTTPRequestHandler):
    """Stands for oauth2-proxy: whoever has the cookie is let in; the sign-in page is one line."""

    def do_GET(self) -> None:
        known = "person=ana" in self.headers.get("Cookie", "")
        asked = self.path.split("?")[0]
        self.send_response(202 if asked == "/oauth2/auth" and known else 401 if asked == "/oauth2/auth" else 200)
        self.end_headers()
        if asked == "/oauth2/start":
            self.wfile.write(b"Please sign in")

    def log_message(self, *_: object) -> None:
        pass


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app behind nginx with the settings of deploy/nginx.conf; only names and ports are others."""
    folder = tmp_path_factory.mktemp("nginx")
    sign_in = HTTPServer(("127.0.0.1", 0), SignIn)
    threading.Thread(target=sign_in.serve_forever, daemon=True).start()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    with running(folder / "home", folder / "log") as app:
        port = free_port()
        site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        for written, here in (
            ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"), ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
            ("playbook.example.com", HOST), ("/etc/certificates", str(folder)), ("http://127.0.0.1:8501", app),
            ("http://sign-in:4180", f"http://127.0.0.1:{sign_in.server_port}"),
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
            yield f"https://{HOST}:{port}"
        finally:
            server.terminate()
            server.wait(10)
            sign_in.shutdown()
            sign_in.server_close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, ignore_https_errors=True)
    yield context.new_page()
    context.close()


def test_nobody_comes_in_without_a_sign_in(proxied: str, visitor: Page) -> None:
    answer = visitor.goto(f"{proxied}/history")
    assert answer and "/oauth2/start?rd=/history" in visitor.url
    assert visitor.inner_text("body") == "Please sign in"
    for path in ("/_stcore/health", "/_stcore/host-config", "/static/", "/media/x"):
        reply = visitor.request.get(f"{proxied}{path}", max_redirects=0)
        assert reply.status == 302, path


def test_the_pages_work_under_the_policy(proxied: str, visitor: Page) -> None:
    refused: list[str] = []
    visitor.on("console", lambda each: refused.append(each.text) if "Content Security Policy" in each.text else None)
    visitor.context.add_cookies([{"name": "person", "value": "ana", "url": proxied}])
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
    visitor.context.add_cookies([{"name": "person", "value": "ana", "url": proxied}])
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
