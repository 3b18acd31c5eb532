"""What remembering costs: `python benchmarks/store.py [LIVES]` (default 2,000, each with 120 minutes of trend).

Prints the rows a second of one import, the file's size, and the queries of the pages and of a review at 20 LIVEs
and at all of them.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.knowledge.load import load  # noqa: E402
from playbook.model.session import Session  # noqa: E402
from playbook.pipeline import review  # noqa: E402
from playbook.simulation.shops import restless_shop  # noqa: E402
from playbook.store import Store  # noqa: E402

MINUTES = 120
COLUMNS = (
    "impressions",
    "views",
    "product_clicks",
    "sku_orders",
    "gmv",
    "comments",
    "new_followers",
    "shares",
    "likes",
)


def with_trends(number: int) -> list[Session]:
    """LIVEs whose trends add up to about their totals."""
    rng = np.random.default_rng(1)
    lives = restless_shop(rng, number, 20_000)
    first = datetime(2021, 1, 1, 19)
    result = []
    for index, live in enumerate(lives):
        columns = {"minute": np.arange(MINUTES, dtype=float)}
        for name in COLUMNS:
            column = rng.poisson((live.counts[name] or 0) / MINUTES, MINUTES).astype(float)
            columns[name] = column * 1.07 if name == "gmv" else column
        room = f"7600000000000{index:06d}"
        start = first + timedelta(days=index)
        result.append(replace(live, id=room, start=start, trend=pd.DataFrame(columns), trend_step=1.0))
    return result


def median(run: Callable[[], object], times: int = 5) -> float:
    run()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main(number: int) -> None:
    lives, knowledge = with_trends(number), load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        with Store.open(str(path)) as store:
            big, small = store.create_shop("big"), store.create_shop("small")
            store.apply(store.plan_import(small.id, lives[-20:]))
            plan = store.plan_import(big.id, lives)
            began = time.perf_counter()
            store.apply(plan)
            taken = time.perf_counter() - began
            again = median(lambda: store.plan_import(big.id, lives), 1)
            page = median(lambda: store.sessions(big.id))

            def read(shop_id: str) -> tuple[Session, list[Session]]:
                session = store.session(shop_id, lives[-1].id)
                return session, store.history(shop_id, session.start)

            few, many = (median(lambda key=shop.id: read(key)) for shop in (small, big))
            whole = median(lambda: review(*read(big.id), knowledge))
        opened = median(lambda: Store.open(str(path)).close())
        size = path.stat().st_size
    rows = number * MINUTES
    print(
        f"import of {number} LIVEs, {rows:,} minutes                {taken:6.2f} s, {rows / taken:,.0f} rows a second"
    )
    print(f"planning the same import again                    {again:6.2f} s")
    print(
        f"size of the file                                  {size / 1e6:6.1f} MB, {size / number / 1e3:.1f} KB a LIVE"
    )
    print(f"opening it                                        {opened * 1e3:6.1f} ms")
    print(f"history page, all {number} LIVEs                       {page * 1e3:6.0f} ms   (to reach: under 1 s)")
    print(f"a review's queries with 20 LIVEs stored           {few * 1e3:6.1f} ms")
    print(f"a review's queries with {number} LIVEs stored         {many * 1e3:6.1f} ms")
    print(f"a whole review with {number} LIVEs stored             {whole * 1e3:6.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
