"""How many small mistakes the tests notice: `python3 run.py mutate [--count N] [--seed N] [--only WORD]`.

A seeded sample of mutants (mutants.py), drawn in turn from each module, each run against the tests of its folder in a
copy of the tree: first the file of tests named like the module, then the quickest, until one fails or the time for one
mutant is over. A sample of 600 takes at most 40 minutes on two cores; what is not tried by then is said. Not for
Windows.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import py_compile
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

import pytest

from benchmarks.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
EQUIVALENT = ROOT / "benchmarks" / "equivalent_mutants.txt"
#: A folder or file of source, and the tests that answer for it. What is not there is left out.
TESTS: dict[str, tuple[str, ...]] = {
    "playbook/stats": ("tests/stats", "tests/diagnosis"),
    "playbook/diagnosis": ("tests/diagnosis",),
    "playbook/imports/cells": ("tests/imports",),
    "playbook/ui/frame/escape.py": ("tests/app/test_escaping.py", "tests/app/test_hostile_text.py"),
    "playbook/report/charts/svg.py": ("tests/report",),
    "playbook/spreadsheet.py": ("tests/report", "tests/store"),
    "playbook/stats/sequential.py": ("tests/plans",),
}
COPIED = ("playbook", "tests", "benchmarks", "data", "docs", "pages", "app.py", "pyproject.toml", "README.md",
          ".streamlit")  # fmt: skip
#: The variable of the environment that tells a pytest started here in which order to run, and for how long.
ORDER = "MUTATE_ORDER"
MOST_EQUIVALENT = 0.05


@dataclass(frozen=True)
class MutantEnd:
    """What became of one mutant: killed, survived, or not tried because the time was over."""

    mutant: Mutant
    how: str


@dataclass
class MutantOrder:
    """A pytest plugin: the likeliest tests first, an end after `seconds`, and how long each test took."""

    likely: str
    seconds: float
    known: dict[str, float]
    keep: Path | None = None
    took: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        def rank(item: pytest.Item) -> tuple[bool, float]:
            return self.likely not in item.path.stem, self.known.get(item.nodeid, 1.0)

        items.sort(key=rank)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.took[report.nodeid] = self.took.get(report.nodeid, 0.0) + report.duration

    def pytest_runtest_logfinish(self) -> None:
        if time.monotonic() - self.began > self.seconds:
            raise pytest.exit.Exception("the time for one mutant is over", 0)

    def pytest_unconfigure(self) -> None:
        if self.keep:
            self.keep.write_text(json.dumps({**_read(self.keep), **self.took}), encoding="utf-8")


def drawn(count: int, seed: int, only: str = "") -> list[Mutant]:
    """A sample in which each module has its turn until it has no more; the same for the same tree and seed."""
    chance = random.Random(seed)
    waiting = []
    for path in modules(only):
        of_module = mutants(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        waiting.append(chance.sample(of_module, len(of_module)))
    chosen: list[Mutant] = []
    while len(chosen) < count and any(waiting):
        for each in waiting:
            if each and len(chosen) < count:
                chosen.append(each.pop())
    return chance.sample(chosen, len(chosen))


def modules(only: str = "") -> list[Path]:
    """The files that are mutated, each once."""
    found: set[Path] = set()
    for name in TESTS:
        found |= set((ROOT / name).rglob("*.py")) if (ROOT / name).is_dir() else {ROOT / name}
    return sorted(path for path in found if path.exists() and path.name != "__init__.py" and only in str(path))


def tests_of(module: str) -> tuple[str, ...]:
    """Folders and files of tests that answer for a module, those that are there."""
    home = max((name for name in TESTS if module == name or module.startswith(f"{name}/")), key=len)
    return tuple(each for each in TESTS[home] if (ROOT / each).exists())


def equivalent(text: str) -> dict[str, str]:
    """Key to reason. Raises ValueError for a line without a reason."""
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            key, _, reason = line.partition("  ")
            if not reason.strip():
                raise ValueError(f"{EQUIVALENT.name}: '{line}' gives no reason; write two blanks and why after the key")
            found[key] = reason.strip()
    return found


def copy_of_the_tree(to: Path) -> Path:
    """What tests need, compiled so that only a file whose text changed is compiled again."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, to / name)
    mode = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(to / "playbook", quiet=2, invalidation_mode=mode)
    return to


def run_tests(tree: Path, tests: Sequence[str], likely: str, seconds: float, known: Path, cache: bool = False) -> str:
    """Empty when all tests that there was time for passed, else what pytest printed; in a process of their own."""
    order = json.dumps({"likely": likely, "seconds": seconds, "known": str(known), "cache": cache})
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    command += ["-p", "benchmarks.mutate", "--rootdir", str(tree), "-c", str(tree / "pyproject.toml"), *tests]
    environment = {**os.environ, "PYTHONPATH": str(tree), ORDER: order}
    if not cache:
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    with (tree / "printed.txt").open("w+", encoding="utf-8") as printed:
        child = subprocess.Popen(
            command, cwd=tree, env=environment, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            code = child.wait(seconds + 30)
        except subprocess.TimeoutExpired:
            return "it did not end"  # a mutant that never ends is noticed
        finally:
            _end(child.pid)
            child.wait()
        printed.seek(0)
        return "" if code == 0 else f"exit code {code}\n{printed.read()}"


def pytest_configure(config: pytest.Config) -> None:
    """This module is the plugin of the pytest that `run_tests` starts."""
    if ORDER in os.environ:
        said = json.loads(os.environ[ORDER])
        keep = Path(said["known"]) if said["cache"] else None
        config.pluginmanager.register(MutantOrder(said["likely"], said["seconds"], _read(Path(said["known"])), keep))


def _end(group: int) -> None:
    """End a child that we started with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _read(known: Path) -> dict[str, float]:
    return dict(json.loads(known.read_text(encoding="utf-8"))) if known.exists() else {}


def judged(sample: Sequence[Mutant], workers: int, seconds: float, most: float) -> Iterable[MutantEnd]:
    """What became of each, as they end. Raises SystemExit when the tests fail without a mutant."""
    until = time.monotonic() + most
    with tempfile.TemporaryDirectory() as place:
        known = Path(place) / "durations.json"
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(workers):
            trees.put(copy_of_the_tree(Path(place) / str(number)))
        base = copy_of_the_tree(Path(place) / "base")
        for tests in sorted({tests_of(each.module) for each in sample}):
            if failed := run_tests(base, tests, "", most, known, cache=True):
                raise SystemExit(f"{' '.join(tests)}: fails without a mutant; mend that first\n{failed[-3000:]}")

        def one(mutant: Mutant) -> MutantEnd:
            if time.monotonic() > until:
                return MutantEnd(mutant, "not tried")
            tree = trees.get()
            path = tree / mutant.module
            source = path.read_text(encoding="utf-8")
            try:
                path.write_text(mutant.applied(source), encoding="utf-8")
                failed = run_tests(tree, tests_of(mutant.module), path.stem, seconds, known)
            finally:
                path.write_text(source, encoding="utf-8")
                trees.put(tree)
            return MutantEnd(mutant, "killed" if failed else "survived")

        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(one, sample)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=600, help="mutants in the sample (default: 600)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="WORD", help="only modules with this in their path")
    parser.add_argument("--seconds", type=float, default=20, help="of tests for one mutant (default: 20)")
    parser.add_argument("--minutes", type=float, default=40, help="for the whole (default: 40)")
    chosen = parser.parse_args()
    if os.name == "nt":
        print("This needs Linux or macOS, where a test is ended with all that it started; nothing was tried.")
        return 2
    called = equivalent(EQUIVALENT.read_text(encoding="utf-8"))
    sample = drawn(chosen.count, chosen.seed, chosen.only)
    left_out = [each for each in sample if each.key in called]
    asked = [each for each in sample if each.key not in called]
    began = time.monotonic()
    ended = []
    for each in judged(asked, os.cpu_count() or 2, chosen.seconds, 60 * chosen.minutes):
        ended.append(each)
        if each.how == "survived":
            print(f"survived  line {each.mutant.line}: {each.mutant.key}", flush=True)
    return summed_up(ended, len(left_out), len(sample), chosen.seed, time.monotonic() - began)


def summed_up(ended: Sequence[MutantEnd], left_out: int, drawn_: int, seed: int, seconds: float) -> int:
    """Print the counts by folder and in all; 1 where more are called equivalent than may be."""
    for folder in sorted({str(Path(each.mutant.module).parent) for each in ended}):
        counts = Counter(each.how for each in ended if str(Path(each.mutant.module).parent) == folder)
        print(f"{folder}: {dict(counts)}")
    counts = Counter(each.how for each in ended)
    tried = counts["killed"] + counts["survived"]
    share = f"{counts['killed'] / tried:.1%}" if tried else "none"
    print(f"{drawn_} mutants, seed {seed}, {seconds:.0f} s: {share} of {tried} killed, {counts['survived']} survived, "
          f"{left_out} called equivalent, {counts['not tried']} not tried for want of time")  # fmt: skip
    return 1 if left_out > MOST_EQUIVALENT * max(drawn_, 1) else 0


if __name__ == "__main__":
    sys.exit(main())
