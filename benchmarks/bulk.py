"""What many shops cost: `python benchmarks/bulk.py [SHOPS [LIVES]]` (default 1,000 shops of 50 LIVEs).

A Parquet file of made-up shops is reviewed by the command `bulk` on all cores, as whole processes: growing numbers of
shops, one core against all, and a second run that finds nothing to do. Prints seconds, shops a second and the peak
memory of the largest process, each beside the smallest run.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.simulation.shops import restless_shop  # noqa: E402
from playbook.store.csv_files import session_row  # noqa: E402
from playbook.templates import TEMPLATES  # noqa: E402

COLUMNS = next(each.header for each in TEMPLATES if each.name == "sessions")


def write(path: Path, shops: int, lives: int) -> None:
    """Shops of 3,000 to 300,000 impressions an hour, each from a seed of its own."""
    rows = []
    for seed in range(shops):
        rng = np.random.default_rng(seed)
        size = float(np.exp(rng.uniform(np.log(3e3), np.log(3e5))))
        for live in restless_shop(rng, lives, size):
            row = session_row(live)
            rows.append({"shop": f"shop-{seed:05d}"} | {name: row.get(name) for name in COLUMNS})
    pq.write_table(pa.Table.from_pylist(rows), path)


def seconds(source: Path, out: Path, *more: str) -> float:
    """One whole run of the command."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "playbook", "bulk", str(source), "--out", str(out), *more]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - began


def main(shops: int, lives: int) -> None:
    sizes = sorted({min(each, shops) for each in (10, 100, shops // 3, shops)})
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{lives} LIVEs a shop, the latest reviewed, {cores} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken = {}
        for size in sizes:
            source = folder / f"{size}.parquet"
            write(source, size, lives)
            taken[size] = seconds(source, folder / f"out-{size}")
            each = taken[size] / size * 1000
            print(f"  {size:>6,} shops {taken[size]:7.1f} s  {each:6.0f} ms a shop", flush=True)
        again = seconds(folder / f"{shops}.parquet", folder / f"out-{shops}")
        print(f"  {shops:>6,} again {again:7.1f} s  {again / taken[shops]:6.0%} of the first run: nothing had changed")
        middle = sizes[min(1, len(sizes) - 1)]
        alone = seconds(folder / f"{middle}.parquet", folder / "alone", "--jobs", "1")
        print(f"  {middle:>6,} shops on one core {alone:7.1f} s  {alone / taken[middle]:.1f} x as long as on all")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  the largest process held {peak:,.0f} MB")


if __name__ == "__main__":
    asked = [int(each) for each in sys.argv[1:3]]
    main(*(asked + [1000, 50][len(asked) :]))
