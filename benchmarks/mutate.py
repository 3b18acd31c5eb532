"""How many small mistakes the tests notice: `python3 run.py mutate [--count N] [--seed N] [--only WORD]`.

A seeded sample of mutants (mutants.py), drawn in turn from each module, each run against the tests of its folder that
reach it (warm_tests.py), in a copy of the tree. A sample of 600 takes at most 40 minutes on two cores; what was not
tried by then is listed. Not for Windows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
EQUIVALENT = ROOT / "benchmarks" / "equivalent_mutants.txt"
#: A folder or file of source, and the tests that answer for it. What is not there is left out. The charts are not among
#: them: where a bar stands is seen and not tested, and that their texts are escaped is tested with hostile ones.
TESTS: dict[str, tuple[str, ...]] = {
    "playbook/stats": ("tests/stats", "tests/diagnosis"),
    "playbook/diagnosis": ("tests/diagnosis",),
    "playbook/imports/cells": ("tests/imports",),
    "playbook/ui/frame/escape.py": ("tests/app/test_escaping.py", "tests/app/test_hostile_text.py"),
    "playbook/spreadsheet.py": ("tests/report",),
    "playbook/stats/sequential.py": ("tests/stats", "tests/plans"),
}
COPIED = ("playbook", "tests", "benchmarks", "data", "docs", "pages", "app.py", "pyproject.toml", "README.md",
          ".streamlit")  # fmt: skip
MOST_EQUIVALENT = 0.05


@dataclass(frozen=True)
class MutantEnd:
    """What became of one mutant: killed, survived, or not tried because the time was over."""

    mutant: Mutant
    how: str
    why: str = ""


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
    """What tests need."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, to / name)
    return to


def judged(sample: Sequence[Mutant], workers: int, seconds: float, most: float) -> Iterator[MutantEnd]:
    """What became of each, as they end. Raises SystemExit when the tests fail without a mutant."""
    until, began = time.monotonic() + most, False
    fresh: list[tuple[Mutant, list[str]]] = []
    with tempfile.TemporaryDirectory() as place:
        tree = copy_of_the_tree(Path(place) / "tree")
        job = {
            "sample": [asdict(each) for each in sample], "workers": workers, "seconds": seconds, "most": most,
            "tests_of": {each.module: tests_of(each.module) for each in sample},
        }  # fmt: skip
        for line in _said([sys.executable, "-m", "benchmarks.warm_tests"], tree, json.dumps(job)):
            if "mutant" not in line:
                print(line, flush=True)
                began |= "tests" in line
            elif line["how"] == "fresh":
                fresh.append((sample[line["mutant"]], line["tests"]))
            else:
                yield MutantEnd(sample[line["mutant"]], line["how"], line.get("why", ""))
        if not began:
            raise SystemExit("The tests do not pass without a mutant; mend that first.")
        for mutant, tests in fresh:
            yield (
                MutantEnd(mutant, "not tried")
                if time.monotonic() > until
                else in_a_fresh_process(mutant, tests, tree, seconds)
            )


def _said(command: list[str], tree: Path, job: str) -> Iterator[dict[str, Any]]:
    """The lines of JSON that a child prints between those of pytest; it ends with all that it started."""
    child = subprocess.Popen(
        command, cwd=tree, env=_environment(tree), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.write(job)
        child.stdin.close()
        for line in child.stdout:
            if line.startswith("{"):
                yield json.loads(line)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.stdout.close()
        child.wait()


def in_a_fresh_process(mutant: Mutant, tests: Sequence[str], tree: Path, seconds: float) -> MutantEnd:
    """For what runs while modules are imported: the file is changed, and a new pytest reads it.

    `tests` reach the statement while they run; where none does, all tests of the folder are taken.
    """
    path = tree / mutant.module
    source = path.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--rootdir", str(tree)]
    try:
        path.write_text(mutant.applied(source), encoding="utf-8")
        code = subprocess.run(
            [*command, "-c", str(tree / "pyproject.toml"), *(tests[:200] or tests_of(mutant.module))],
            cwd=tree, env=_environment(tree), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=10 * seconds, check=False,
        ).returncode  # fmt: skip
    except subprocess.TimeoutExpired:
        return MutantEnd(mutant, "survived", "no test failed in time")
    finally:
        path.write_text(source, encoding="utf-8")
    return MutantEnd(mutant, "killed" if code else "survived")


def _environment(tree: Path) -> dict[str, str]:
    """One thread each for linear algebra: several processes share the cores, and forks dislike threads."""
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": str(tree), "COVERAGE_CORE": "ctrace"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=600, help="mutants in the sample (default: 600)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="WORD", help="only modules with this in their path")
    parser.add_argument("--seconds", type=float, default=12, help="of tests for one mutant (default: 12)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2, help="mutants at once (default: all cores)")
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
    for each in judged(asked, chosen.workers, chosen.seconds, 60 * chosen.minutes):
        ended.append(each)
        if each.how == "survived":
            why = f"  ({each.why})" if each.why else ""
            print(f"survived  line {each.mutant.line}: {each.mutant.key}{why}", flush=True)
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
