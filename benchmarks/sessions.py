"""Twenty people at once on one machine: errors, the time of a rerun, and memory against one person.

    python benchmarks/sessions.py [--people N] [--rounds N]

Starts the app, then opens N browser sessions, each of which uploads the sample, reads the review, changes to three
other pages and comes back. A rerun is the time from a click until the script has ended. Memory is that of the server
process after its road, with one session and with N. Needs Chromium; see run.py.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402
from tests.browser.conftest import FLAGS, READY, served  # noqa: E402

SAMPLE = sorted((ROOT / "data" / "samples" / "fewer_came_in").iterdir())
ROAD = ("Strategies", "History", "Learn", "Review a LIVE")


def memory(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of the server in MB (Linux)."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def road(page: Page, address: str, rounds: int, took: list[float]) -> None:
    page.goto(address)
    page.wait_for_selector(READY, timeout=120_000)
    page.locator('.st-key-upload input[type="file"]').set_input_files([str(each) for each in SAMPLE])
    page.locator(".st-key-money_sentence").wait_for(timeout=120_000)
    page.wait_for_selector(READY, timeout=120_000)
    for _ in range(rounds):
        for name in ROAD:
            page.get_by_role("link", name=name, exact=True).first.click()
            began = time.perf_counter()
            arrived(page, name)
            took.append(time.perf_counter() - began)
            if page.get_by_test_id("stException").count():
                raise AssertionError(f"{name}: {page.get_by_test_id('stException').first.inner_text()}")


def arrived(page: Page, name: str) -> None:
    """The page's own heading stands there and the script has ended."""
    if name == "Review a LIVE":
        page.locator(".st-key-money_sentence").wait_for(timeout=120_000)
    else:
        page.get_by_role("heading", name=name, exact=True).first.wait_for(timeout=120_000)
    page.wait_for_selector(READY, timeout=120_000)


def people(number: int, address: str, rounds: int) -> tuple[list[float], list[str]]:
    """Everybody at once, a browser for every five of them: reruns in seconds, and what went wrong."""
    took: list[float] = []
    wrong: list[str] = []

    def some(count: int) -> None:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
            for _ in range(count):
                attempt(lambda: road(browser.new_context().new_page(), address, rounds, took), wrong)
            browser.close()

    crowds = [len(range(at, number, 4)) for at in range(min(4, number))]
    threads = [threading.Thread(target=some, args=(count,)) for count in crowds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, wrong


def attempt(action: Callable[[], None], wrong: list[str]) -> None:
    from playwright.sync_api import Error

    try:
        action()
    except (AssertionError, Error) as error:
        wrong.append(str(error).splitlines()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    chosen = parser.parse_args()
    print("| people | errors | reruns | median | 95 % under | server memory |")
    print("| --- | --- | --- | --- | --- | --- |")
    sizes = []
    for number in (1, chosen.people):
        home = Path(tempfile.mkdtemp())
        with served(home, home / "server.log") as (process, address):
            took, wrong = people(number, address, chosen.rounds)
            sizes.append(memory(process))
        late = quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        print(f"| {number} | {len(wrong)} | {len(took)} | {median(took):.2f} s | {late:.2f} s | {sizes[-1]:.0f} MB |")
        for each in wrong[:5]:
            print(f"  {each}")
    print(f"\nmemory of {chosen.people} against one: {sizes[1] / sizes[0]:.2f} times")


if __name__ == "__main__":
    main()
