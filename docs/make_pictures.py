"""The pictures of the documentation, taken from the running app: `python docs/make_pictures.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402

PORT = 8699
ADDRESS = f"http://127.0.0.1:{PORT}"
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def main() -> None:
    home = tempfile.mkdtemp()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={PORT}"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PLAYBOOK_HOME": home}, stdout=subprocess.DEVNULL)
    try:
        wait_for_the_app()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 1500})
            page.goto(ADDRESS)
            page.wait_for_selector(READY)
            page.locator(".st-key-sample_fewer_came_in button").click()
            page.locator(".st-key-recommendation_err_billboard").wait_for()
            take(page, "review")
            page.goto(f"{ADDRESS}/strategies?strategy=follow_giveaway_task")
            page.locator(".st-key-strategy_follow_giveaway_task").wait_for()
            take(page, "strategy")
            browser.close()
    finally:
        server.terminate()


def take(page: Page, name: str) -> None:
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)  # charts draw after the script has ended
    page.mouse.move(0, 0)
    page.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")


def wait_for_the_app() -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{ADDRESS}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The app did not start.")


if __name__ == "__main__":
    main()
