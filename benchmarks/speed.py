"""How long the road takes: `python benchmarks/speed.py [RUNS]`.

Whole processes and page runs, each several times: medians of the clock. Ratios to what cannot be avoided: the least
time of the processor, so that other programs disturb them little.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

# One thread: otherwise time of the processor counts threads that wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "data"))

import make_samples  # noqa: E402

LIVES = 200
MANY = 2000


def median(run: Callable[[], object], times: int) -> float:
    run()  # the first pays for cold files
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def busy(run: Callable[[], object], times: int) -> float:
    """Seconds of the processor, the least of several, in the processes that it starts; counted in hundredths.

    For ratios: another program that runs at the same time changes the clock's seconds, but these hardly. Where the
    system does not count them for other processes (Windows), the clock's.
    """
    run()
    taken = []
    for _ in range(times):
        clock, began = time.perf_counter(), sum(os.times()[:4])
        run()
        taken.append(sum(os.times()[:4]) - began if os.name == "posix" else time.perf_counter() - clock)
    return min(taken)


def busy_here(run: Callable[[], object], times: int) -> float:
    """As `busy` for what runs in this process, which is counted exactly."""
    run()
    taken = []
    for _ in range(times):
        began = time.process_time()
        run()
        taken.append(time.process_time() - began)
    return min(taken)


def busy_reader(run: Callable[[], object], times: int) -> float:
    """As `busy_here` for what the process that reads files does meanwhile (Linux; elsewhere the clock's seconds)."""
    from playbook.imports.apart.pool import USES, worker

    run()  # starts that process; the next readings find the same one
    with worker() as reader:
        clock = -8 * reader.process.pid - 6  # of a process, as clock_getcpuclockid(3) numbers it
    clock = clock if sys.platform.startswith("linux") else time.CLOCK_MONOTONIC
    taken = []
    for _ in range(min(times, USES - 2)):
        began = time.clock_gettime(clock)
        run()
        taken.append(time.clock_gettime(clock) - began)
    return min(taken)


def process(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def long_list(folder: Path) -> Path:
    """A session list of 200 LIVEs in the newer layout."""
    rng = np.random.default_rng(1)
    shop = make_samples.Shop(26_000, 0.084, 0.2, 0.031, 148_000, decimals=0)
    lives = []
    for index in range(LIVES):
        live = make_samples.draw(shop, datetime(2026, 1, 1, 19) + timedelta(days=index), 120, rng)
        live.room, live.title = f"7600000000000{index:06d}", "Evening"
        lives.append(live)
    path = folder / "Creator-Live-Performance_20260901080000.xlsx"
    rows = [["2026-01-01 ~ 2026-08-30"], [], make_samples.B3, *map(make_samples.b3_row, lives)]
    make_samples.save_xlsx(path, rows, "performance_detail")
    return path


def first_advice(path: Path) -> Callable[[], object]:
    """One upload on the landing page, to the end of the run that shows the advice."""
    from streamlit.testing.v1 import AppTest

    content = path.read_bytes()

    def upload() -> None:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        began = time.perf_counter()
        app.file_uploader(key="upload").upload(path.name, io.BytesIO(content).getvalue()).run()
        upload.taken.append(time.perf_counter() - began)  # type: ignore[attr-defined]
        assert not app.exception

    upload.taken = []  # type: ignore[attr-defined]
    return upload


def history_pages(times: int) -> dict[str, float]:
    """A rerun of each view of the history page, and of the review page, of a shop with 2,000 LIVEs."""
    from streamlit.testing.v1 import AppTest

    from playbook.simulation.shops import restless_shop
    from playbook.store import Store

    with tempfile.TemporaryDirectory() as home:
        os.environ["PLAYBOOK_HOME"] = home
        with Store.open() as store:
            shop = store.create_shop("Large")
            store.apply(
                store.plan_import(shop.id, restless_shop(np.random.default_rng(2), MANY, 20_000.0)), other_creators=True
            )
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        taken = {"Review": median(app.run, times)}
        app.switch_page("pages/history.py").run()
        for view in ("Weekly look", "LIVEs", "Trends", "Heat map", "Compare", "All shops"):
            app.session_state["history_tabs"] = view
            taken[view] = median(app.run, times)
            assert not app.exception
    return taken


def csv_list(folder: Path) -> Path:
    """The same number of LIVEs in our template."""
    from playbook.simulation.shops import restless_shop
    from playbook.store.csv_files import session_row, table
    from playbook.templates import TEMPLATES

    header = next(each.header for each in TEMPLATES if each.name == "sessions")
    path = folder / "lives.csv"
    lives = restless_shop(np.random.default_rng(3), LIVES, 20_000.0)
    path.write_text(table(header, [session_row(each) for each in lives]), encoding="utf-8")
    return path


def reading(xlsx: Path, csv: Path, times: int) -> dict[str, float]:
    """Files to sessions as ratios to the barest way of opening the same file."""
    import pandas as pd
    from python_calamine import CalamineWorkbook

    import playbook
    from playbook.imports import apart
    from playbook.imports.formats.tables import tables

    raw = xlsx.read_bytes()
    calamine = busy_here(lambda: CalamineWorkbook.from_path(str(xlsx)).get_sheet_by_index(0).to_python(), times)
    openpyxl = busy_here(lambda: pd.read_excel(xlsx, engine="openpyxl", header=None), times)
    frame = busy_here(lambda: pd.read_csv(csv, dtype=str), times)
    rows = busy_here(lambda: tables(xlsx.name, raw), times)
    whole = busy_here(lambda: playbook.read([xlsx]), times)
    return {
        "XLSX to text rows, of bare calamine (1.2)": rows / calamine,
        "XLSX to sessions, of bare calamine (4)": whole / calamine,
        "the same in the process that reads for the page (4)": busy_reader(lambda: apart.read_paths([xlsx]), times)
        / calamine,
        "pandas with openpyxl, of XLSX to sessions (2)": openpyxl / whole,
        "CSV to sessions, of pandas.read_csv(dtype=str) (5)": busy_here(lambda: playbook.read([csv]), times) / frame,
    }


def long_review(times: int) -> tuple[float, float]:
    """Seconds, and seconds of the processor, to review a LIVE of six hours by the minute, with 200 LIVEs before it."""
    from dataclasses import replace

    import playbook
    from playbook.simulation.rooms import room
    from playbook.simulation.shops import restless_shop

    knowledge = playbook.load()
    *history, last = restless_shop(np.random.default_rng(4), LIVES + 1, 20_000.0)
    trend = room(np.random.default_rng(5), 250.0, (), minutes=360).trend
    counts = dict(last.counts) | {str(name): float(trend[name].sum()) for name in trend if name != "minute"}
    session = replace(last, counts=counts, duration_minutes=360.0, trend=trend, trend_step=1.0)
    whole = median(lambda: playbook.review(session, history, knowledge), times)
    began = time.process_time()
    for _ in range(times):
        playbook.review(session, history, knowledge)
    return whole, (time.process_time() - began) / times


def main(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = long_list(Path(folder))
        review = median(process("-m", "playbook", "review", str(path), "--format", "json"), times)
        bare = busy(process("-c", "import pandas, numpy, pydantic"), times)
        start = busy(process("-c", "import playbook.cli.main, playbook"), times)
        needed = busy(process("-c", "import playbook; playbook.review, playbook.read, playbook.load"), times)
        files = reading(path, csv_list(Path(folder)), 5 * max(times, 5))
        upload = first_advice(path)
        median(upload, times)
        page = statistics.median(upload.taken[1:])  # type: ignore[attr-defined]
    print(f"review of the latest of {LIVES} LIVEs, whole process   {review:6.2f} s   (to reach: under 2 s)")
    print("as ratios, to reach in brackets")
    print(f"  {'command line start-up, of pandas, numpy and pydantic (1.3)':<60} {start / bare:6.2f}")
    print(f"  {'the same with all that a review imports':<60} {needed / bare:6.2f}")
    for name, ratio in files.items():
        print(f"  {name:<60} {ratio:6.2f}")
    whole, worked = long_review(max(times, 5))
    print(f"review of six hours by the minute, {LIVES} LIVEs before {whole * 1000:6.0f} ms  (to reach: 50)")
    print(f"  of that the processor was busy                   {worked * 1000:6.0f} ms")
    print(f"upload to the run that shows the advice            {page:6.2f} s   (to reach: under 1 s)")
    print(f"with {MANY:,} LIVEs saved, a rerun of                       (to reach: under 1 s)")
    for view, seconds in history_pages(times).items():
        print(f"  {view:<20} {seconds:6.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
