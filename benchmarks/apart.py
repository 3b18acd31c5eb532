"""What it costs to read files in a process of their own, and what others feel of it: `python benchmarks/apart.py`.

Three figures: an ordinary upload read here and apart, and the longest time for which every other thread of the app (a
visitor's rerun) stands still while a large list, a hostile file and an import into the store go on. Times are of this
machine as busy as it is; `--lives` sets the size of the large list.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.imports import apart, built_in_profiles, read_files  # noqa: E402
from playbook.imports.apart import pool  # noqa: E402
from playbook.model.session import UnusableFile  # noqa: E402
from playbook.store import Store  # noqa: E402

COUNTS = ("impressions", "views", "viewers", "product_impressions", "product_clicks", "sku_orders", "gmv", "comments")
_TICK = 0.002


def table(lives: int) -> bytes:
    """A list of that many LIVEs in our own layout."""
    began = datetime(2020, 8, 1, 19)
    rows = (
        f"76586572664{at:08},{began + timedelta(minutes=97 * at)},60,{','.join(str(at % 97 + n) for n in range(8))}"
        for at in range(lives)
    )
    return "\n".join([f"session_id,start,minutes,{','.join(COUNTS)}", *rows]).encode()


def cost(lives: int, times: int = 15) -> tuple[float, float]:
    """Milliseconds to read a list here, and apart: the middle of some times, by turns."""
    files = [("list.csv", table(lives))]
    here, there = list[float](), list[float]()
    for _ in range(times):
        for took, read in ((here, read_files), (there, apart.read_files)):
            began = time.perf_counter()
            read(files)
            took.append((time.perf_counter() - began) * 1000)
    return statistics.median(here), statistics.median(there)


def stillness(act: Callable[[], object]) -> tuple[float, float]:
    """(the longest time in which another thread did not get its turn, how long it all took), in seconds.

    Of a time without a turn only what this process computed meanwhile counts: the rest other programs took.
    """
    gaps, done = [0.0], threading.Event()

    def tick() -> None:
        last, spent = time.perf_counter(), time.process_time()
        while not done.is_set():
            time.sleep(_TICK)
            now, computed = time.perf_counter(), time.process_time()
            gaps.append(min(now - last, computed - spent))
            last, spent = now, computed

    ticker = threading.Thread(target=tick)
    ticker.start()
    began = time.perf_counter()
    try:
        act()
    except UnusableFile as error:
        print(f"  told: {error}"[:150])
    took = time.perf_counter() - began
    done.set()
    ticker.join()
    return max(gaps), took


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--lives", type=int, default=20_000)
    asked = options.parse_args(arguments)
    built_in_profiles()
    began = time.perf_counter()
    apart.read_files([("list.csv", table(1))])
    print(f"the first reading, with a process to start: {time.perf_counter() - began:.2f} s")
    for lives in (30, 300, 2_000):
        here, there = cost(lives)
        print(f"{lives:>6,} LIVEs: here {here:.1f} ms, apart {there:.1f} ms, {there - here:.1f} ms more")
    large = [("large.csv", table(asked.lives))]
    wide = [("wide.csv", b"start,views\n" + (b"2026-03-01 19:00,5" + b"," * 30 + b"\n") * 99_000)]
    with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/s.db") as store:
        shop = store.create_shop("Dana")
        reading = apart.read_files(large, limits=apart.PATIENT)
        for name, act in (
            ("nothing at all", lambda: time.sleep(3)),
            (f"{asked.lives:,} LIVEs read apart", lambda: apart.read_files(large, limits=apart.PATIENT)),
            (f"{asked.lives:,} LIVEs read here", lambda: read_files(large)),
            ("a hostile file apart", lambda: apart.read_files(wide, limits=apart.Limits(memory=700_000_000))),
            (f"{asked.lives:,} LIVEs into the store", lambda: store.apply(store.plan_import(shop.id, reading))),
        ):
            still, took = stillness(act)
            print(f"{name}: took {took:.1f} s, others stood still for {still * 1000:.0f} ms at most")
    pool.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
