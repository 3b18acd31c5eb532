"""Twenty people at once on one machine: errors, the time of a rerun, and memory against one person.

    python benchmarks/sessions.py [--people N] [--rounds N] [--think SECONDS] [--again SECONDS] [--shots DIR]

Starts the app and opens N browser sessions, each of which uploads the sample and gets its review. When all are there
everybody goes to three other pages and back to the review, `--rounds` times, and reads in between: a time drawn evenly
from nothing to twice `--think`. A rerun is the time from a click until the script has ended and the page has its
heading. The browser runs on the same cores and needs more of them than the server. Memory is that of the server after
the road, with one session and with N. With `--again` as many others come so many seconds after these left: what the
first ones took is given back where they need no more (Streamlit keeps a session for two minutes after its page closed).
Needs Chromium; see run.py.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from statistics import median, quantiles

import numpy as np
from playwright.async_api import Browser, Error, Page, async_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402
from tests.browser.conftest import FLAGS, READY, served  # noqa: E402

LONGEST = 120_000
SAMPLE = sorted((ROOT / "data" / "samples" / "fewer_came_in").iterdir())
ROAD = ("Strategies", "History", "Learn", "Review a LIVE")


def memory(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of the server in MB (Linux)."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


class SimulatedVisitor:
    """One visitor: what was waited for, in seconds, and what went wrong."""

    def __init__(self, number: int, think: float, shots: Path | None) -> None:
        self.number, self.think, self.shots = number, think, shots
        self.took: list[float] = []
        self.wrong: str | None = None
        self.chance = np.random.default_rng(number)
        self.page: Page

    async def arrive(self, browser: Browser, address: str) -> None:
        """Open the app, upload the sample and wait for its review."""
        self.page = await (await browser.new_context()).new_page()
        self.page.set_default_timeout(LONGEST)
        await self.page.goto(address)
        await self.page.wait_for_selector(READY)
        upload = self.page.locator('.st-key-upload input[type="file"]')
        await upload.set_input_files([str(each) for each in SAMPLE])
        await there(self.page, ROAD[-1])

    async def walk(self, rounds: int) -> None:
        """From page to page, reading in between."""
        for name in ROAD * rounds:
            await asyncio.sleep(self.chance.uniform(0, 2 * self.think))
            began = time.perf_counter()
            await self.page.get_by_role("link", name=name, exact=True).first.click()
            await there(self.page, name)
            self.took.append(time.perf_counter() - began)

    async def attempt(self, action: Coroutine[None, None, None]) -> None:
        """What goes wrong is written down; then this person goes no further."""
        if self.wrong:
            action.close()
            return
        try:
            await action
        except (AssertionError, Error) as error:
            self.wrong = f"person {self.number}: {str(error).splitlines()[0]}"
            if self.shots:
                await self.page.screenshot(path=self.shots / f"person_{self.number}.png", full_page=True)


def processor(process: subprocess.Popen[bytes]) -> float:
    """Processor time of the server so far, in seconds (Linux)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def there(page: Page, name: str) -> None:
    """The page's own heading stands there and the script has ended."""
    if name == "Review a LIVE":
        await page.locator(".st-key-money_sentence").wait_for()
    else:
        await page.get_by_role("heading", name=name, exact=True).first.wait_for()
    await page.wait_for_selector(READY)
    broken = page.get_by_test_id("stException")
    if await broken.count():
        raise AssertionError(f"{name}: {await broken.first.inner_text()}")


async def everybody(crowd: list[SimulatedVisitor], address: str, rounds: int, server: subprocess.Popen[bytes]) -> float:
    """All of them at once, in one browser. The processor time of the server while they walk, in seconds."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        await asyncio.gather(*(each.attempt(each.arrive(browser, address)) for each in crowd))
        before = processor(server)
        await asyncio.gather(*(each.attempt(each.walk(rounds)) for each in crowd))
        spent = processor(server) - before
        await browser.close()
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--think", type=float, default=20.0, help="mean seconds between two clicks")
    parser.add_argument("--again", type=float, help="seconds after which as many others come")
    parser.add_argument("--shots", type=Path, help="folder for pictures of what went wrong")
    chosen = parser.parse_args()
    print("| people | errors | reruns | median | 95 % under | server: processor time a rerun | memory |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    sizes, again = [], ""
    for number in (1, chosen.people):
        home = Path(tempfile.mkdtemp())
        think = chosen.think if number > 1 else 1.0  # one person alone waits for nobody
        crowd = [SimulatedVisitor(each, think, chosen.shots) for each in range(number)]
        with served(home, home / "server.log") as (process, address):
            busy = asyncio.run(everybody(crowd, address, chosen.rounds, process))
            sizes.append(memory(process))
            if number > 1 and chosen.again is not None:
                time.sleep(chosen.again)
                others = [SimulatedVisitor(each, think, chosen.shots) for each in range(number)]
                busy += asyncio.run(everybody(others, address, chosen.rounds, process))
                again = f", {memory(process):.0f} MB with as many again after {chosen.again:.0f} s"
                crowd += others
        took = [each for person in crowd for each in person.took]
        wrong = [person.wrong for person in crowd if person.wrong]
        if len(took) < 2:
            sys.exit("\n".join(["nobody came far enough to be timed", *wrong[:5]]))
        times = f"{median(took):.2f} s | {quantiles(took, n=20)[-1]:.2f} s | {busy / len(took):.3f} s"
        print(f"| {number} | {len(wrong)} | {len(took)} | {times} | {sizes[-1]:.0f} MB |", flush=True)
        print(*wrong[:5], sep="\n", end="\n" if wrong else "", flush=True)
    print(f"\nmemory of {chosen.people} against one: {sizes[1] / sizes[0]:.2f} times{again}")


if __name__ == "__main__":
    main()
