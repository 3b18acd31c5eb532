"""How long the road takes: `python benchmarks/speed.py [RUNS]`.

Whole processes and page runs, each several times; medians, and ratios to what cannot be avoided.
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


def main(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = long_list(Path(folder))
        review = median(process("-m", "playbook", "review", str(path), "--format", "json"), times)
        bare = median(process("-c", "import pandas, numpy, pydantic"), times)
        start = median(process("-c", "import playbook.cli, playbook"), times)
        upload = first_advice(path)
        median(upload, times)
        page = statistics.median(upload.taken[1:])  # type: ignore[attr-defined]
    print(f"review of the latest of {LIVES} LIVEs, whole process   {review:6.2f} s   (to reach: under 2 s)")
    print(f"  share of it that is imports                      {start / review:6.0%}")
    print(f"  imports against pandas, numpy and pydantic       {start / bare:6.2f} x")
    print(f"upload to the run that shows the advice            {page:6.2f} s   (to reach: under 1 s)")
    print(f"with {MANY:,} LIVEs saved, a rerun of                       (to reach: under 1 s)")
    for view, seconds in history_pages(times).items():
        print(f"  {view:<20} {seconds:6.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
