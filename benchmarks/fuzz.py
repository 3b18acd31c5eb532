"""Spoilt exports into every importer: `python benchmarks/fuzz.py [--files 100000] [--seed 1] [--jobs 2]`.

Every fixture, sample and template is spoilt again and again (see mutations.py), every HOSTILE-th so that it costs much
(see hostile.py), and read. A file must give a reading with sound numbers, or words that name it: no other exception,
no warning of a library, no more than SLOWEST seconds of processor time and MEMORY bytes. Of some readings a review
is written, too. What fails is printed with the line that brings it back:
`python benchmarks/fuzz.py --seed S --only I [--save FILE]`.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # every process takes a core; idle threads of numpy only cost

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import playbook  # noqa: E402
from benchmarks import hostile, mutations  # noqa: E402
from playbook.imports import FilesRead, NothingToReview, built_in_profiles, read_files  # noqa: E402
from playbook.imports.formats.tables import tables  # noqa: E402
from playbook.imports.lives.trend import EARLY  # noqa: E402
from playbook.knowledge.load import Knowledge  # noqa: E402
from playbook.model.session import UnusableFile  # noqa: E402
from playbook.report.forms.as_csv import as_csv  # noqa: E402
from playbook.report.forms.as_html import as_html  # noqa: E402
from playbook.report.forms.as_markdown import as_markdown  # noqa: E402
from playbook.report.forms.as_text import as_text  # noqa: E402
from playbook.templates import TEMPLATES  # noqa: E402

FOLDERS = (ROOT / "tests/fixtures/exports", ROOT / "data/samples")
LIST = ROOT / "tests/fixtures/exports/template_sessions.csv"
SLOWEST = 2.0  # seconds for one file; the slowest sound one takes five milliseconds
MEMORY = 2_000_000_000  # bytes of address space, the interpreter and its libraries included
REVIEWED = 37  # of so many files one; a review takes twenty times as long as reading, and a report more
HOSTILE = 5
#: What is aimed at for one file; what takes longer than this is counted.
AIM = 0.5
_LARGE = 20_000  # bytes; of smaller files the time says nothing of their size
_EVERYTHING = resource.RLIM_INFINITY
_BATCH = 200
_SHOWN = 10


@dataclass(frozen=True)
class FuzzSource:
    """A sound file, and taken apart in the ways in which it can be spoilt."""

    name: str
    layout: str
    raw: bytes
    grids: tuple[mutations.Grid, ...] = ()
    document: Any = None
    parts: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class FuzzOutcome:
    """What became of one file: read, partly (something told), refused, or failed."""

    index: int
    layout: str
    kind: str
    seconds: float
    problem: str = ""
    size: int = 0


@cache
def sources() -> tuple[FuzzSource, ...]:
    """Every sound file, by name."""
    files = [
        path for folder in FOLDERS for path in sorted(folder.rglob("*")) if path.suffix in (".csv", ".json", ".xlsx")
    ]
    found = [_source(path.name, path.read_bytes()) for path in files]
    return (*found, *(_source(each.file_name, each.text().encode()) for each in TEMPLATES))


def _source(name: str, raw: bytes) -> FuzzSource:
    reading = read_files([(name, raw), (LIST.name, LIST.read_bytes())])
    layout = reading.files[0].profile if reading.files[0].name == name else reading.files[-1].profile
    sheets, document = tables(name, raw)
    parts = {}
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    return FuzzSource(name, layout, raw, tuple(each.rows for each in sheets), document, parts)


def spoilt(seed: int, index: int) -> tuple[FuzzSource, list[tuple[str, bytes]], dict[str, Any]]:
    """File `index` of a run: what it was, the files to read (now and then with a sound list), and the options."""
    dice = random.Random(f"{seed}:{index}")
    every = sources()
    source = every[index % len(every)]
    spoil = _hostile if index % HOSTILE == 0 else _spoil
    files = [(source.name, spoil(source, dice))]
    if dice.random() < 0.4:
        files.insert(dice.randrange(2), ("list.csv", LIST.read_bytes()))
    options: dict[str, Any] = {}
    if dice.random() < 0.3:
        options = {
            "trend_totals": dice.choice((None, True, False)),
            "timezone": dice.choice((None, "Asia/Jakarta", "America/New_York")),
            "day_first": dice.choice((None, True, False)),
        }
    return source, files, options


def _spoil(source: FuzzSource, dice: random.Random) -> bytes:
    how = dice.random()
    if source.document is not None:
        return mutations.spoil_bytes(source.raw, dice) if how < 0.2 else mutations.spoil_json(source.document, dice)
    if how < 0.12:
        return mutations.spoil_bytes(source.raw, dice)
    if source.parts and how < 0.27:
        return mutations.spoil_parts(source.parts, dice)
    grid = mutations.spoil_grid(dice.choice(source.grids), dice)
    if how > 0.88:
        return mutations.as_xlsx(grid, dice)
    return mutations.as_csv(grid, dice)


def _hostile(source: FuzzSource, dice: random.Random) -> bytes:
    if source.document is not None:
        return hostile.hostile_json(source.document, dice)
    if source.parts and dice.random() < 0.6:
        return hostile.hostile_parts(source.parts, dice)
    grid = hostile.hostile_grid(dice.choice(source.grids), dice)
    return mutations.as_xlsx(grid, dice) if dice.random() < 0.3 else mutations.as_csv(grid, dice)


def read_one(seed: int, index: int, memory: int | None = None) -> FuzzOutcome:
    """Spoil and read one file; what must not be is told in `problem`. `memory` is what reading it may take."""
    source, files, options = spoilt(seed, index)
    if memory is not None:
        _allow(memory)
    began, seconds = time.process_time(), 0.0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            reading = read_files(files, **options)
        kind, problem = "partly" if reading.failures or reading.warnings else "read", unsound(reading)
        seconds = time.process_time() - began
        if not problem and index % REVIEWED == 0:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                write_review(reading)
    except UnusableFile as error:
        kind, problem = "refused", badly_said(str(error), source.name)
        if not problem and isinstance(error, NothingToReview):
            problem = "" if error.reading.failures else "refused without a failure"
    except Exception:  # noqa: BLE001 - whatever else comes is what is looked for here
        kind, problem = "failed", traceback.format_exc(limit=-4)
    seconds = seconds or time.process_time() - began
    if not problem and seconds > SLOWEST:
        problem = f"took {seconds:.1f} s"
    return FuzzOutcome(index, source.layout, kind, seconds, problem, sum(len(data) for _, data in files))


def write_review(reading: FilesRead) -> None:
    """The review of the LIVE that files belong to, in every form that a file is made of."""
    at = next((at for at, each in enumerate(reading.sessions) if each.id == reading.picked), len(reading.sessions) - 1)
    review = playbook.review(reading.sessions[at], reading.sessions[:at], _knowledge())
    json.dumps(review.to_dict(), allow_nan=False)
    for write in (as_text, as_markdown, as_csv, as_html):
        write(review).encode("utf-8")


@cache
def _knowledge() -> Knowledge:
    return playbook.load()


def unsound(reading: FilesRead) -> str:
    """What no reading may hold; empty when it is sound."""
    for session in reading.sessions:
        for name, value in session.counts.items():
            if value is not None and not (math.isfinite(value) and value >= 0):
                return f"{session.id}: {name} is {value}"
        length = session.duration_minutes
        if length is not None and not (math.isfinite(length) and length >= 0):
            return f"{session.id}: duration_minutes is {length}"
        if session.trend is not None:
            low, high = session.trend.min(), session.trend.max()
            # A step that began before the LIVE did may be there; everything else counts from zero.
            if low["minute"] < -EARLY or (low.drop("minute") < 0).any() or not high.map(math.isfinite).all():
                return f"{session.id}: a trend from {dict(low)} to {dict(high)}"
        json.dumps(session.to_dict(), allow_nan=False).encode("utf-8")
    return "" if reading.sessions else "a reading without a LIVE"


def badly_said(message: str, name: str) -> str:
    """Why a message is no help; empty when it is one."""
    if name not in message:
        return f"the message does not name the file: {message[:200]}"
    if len(message) > 3_000:
        return f"the message has {len(message):,} signs: {message[:200]}"
    return ""


def _batch(seed: int, numbers: range) -> tuple[list[FuzzOutcome], int]:
    outcomes = []
    for index in numbers:
        signal.setitimer(signal.ITIMER_REAL, 10 * SLOWEST)
        outcomes.append(read_one(seed, index, MEMORY))
        _allow(_EVERYTHING)  # the next file is made first, which may take more than to read it
        signal.setitimer(signal.ITIMER_REAL, 0)
    return outcomes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _limit() -> None:
    """Of a worker: an alarm that ends what hangs."""
    signal.signal(signal.SIGALRM, _hangs)


def _allow(memory: int) -> None:
    """Address space from now on."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, _EVERYTHING))


def _hangs(_signal: int, _frame: object) -> None:
    raise TimeoutError(f"not read within {10 * SLOWEST:.0f} s")


def run(files: int, seed: int, jobs: int) -> Iterator[tuple[list[FuzzOutcome], int]]:
    """Batches of outcomes with the worker's highest memory in kB, as they are done."""
    sources(), built_in_profiles()  # before the fork, so that no worker does it again
    batches = [range(at, min(at + _BATCH, files)) for at in range(0, files, _BATCH)]
    with multiprocessing.get_context("fork").Pool(jobs, _limit) as pool:
        yield from pool.imap_unordered(partial(_batch, seed), batches)


def table(outcomes: Iterable[FuzzOutcome]) -> str:
    """Files by layout: how many, what became of them, the slowest."""
    by_layout: dict[str, list[FuzzOutcome]] = {}
    for each in outcomes:
        by_layout.setdefault(each.layout, []).append(each)
        by_layout.setdefault("all", []).append(each)
    heads = "".join(f"{word:>8}" for word in ("files", "read", "partly", "refused", "failed"))
    lines = [f"{'layout':<22}{heads}{'median ms':>11}{'slowest ms':>12}"]
    for layout, every in sorted(by_layout.items(), key=lambda item: (item[0] == "all", item[0])):
        kinds = Counter("failed" if each.problem else each.kind for each in every)
        times = sorted(each.seconds * 1000 for each in every)
        shares = "".join(f"{kinds[kind] / len(every):>8.1%}" for kind in ("read", "partly", "refused"))
        lines.append(
            f"{layout:<22}{len(every):>8,}{shares}{kinds['failed']:>8}{times[len(times) // 2]:>11.1f}{times[-1]:>12.0f}"
        )
    return "\n".join(lines)


def per_byte(outcomes: Iterable[FuzzOutcome]) -> str:
    """Processor time by the size of the files: a pattern that tries every beginning stands out here, not in seconds."""
    every = list(outcomes)
    large = sorted((each for each in every if each.size >= _LARGE), key=lambda each: each.seconds / each.size)
    slow = sorted((each for each in every if each.seconds > AIM), key=lambda each: -each.seconds)
    lines = [f"{len(slow):,} took more than {AIM} s of processor time" + "".join(
        f"; --only {each.index}: {each.seconds:.2f} s, {each.size:,} bytes" for each in slow[:_SHOWN])]  # fmt: skip
    if large:
        costs = [each.seconds / each.size * 1e6 for each in large]
        lines.append(
            f"{len(large):,} files of {_LARGE:,} bytes or more: {costs[len(costs) // 2]:.2f} microseconds a byte in "
            f"the middle, {costs[-1]:.2f} at most (--only {large[-1].index})"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--files", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--only", type=int, help="one file of a run, with everything that is known of it")
    options.add_argument("--save", type=Path, help="with --only: write the spoilt file here")
    asked = options.parse_args(arguments)
    if asked.only is not None:
        _limit()
        source, files, how = spoilt(asked.seed, asked.only)
        print(read_one(asked.seed, asked.only, MEMORY), how, [(name, len(data)) for name, data in files])
        if asked.save:
            asked.save.write_bytes(next(data for name, data in files if name == source.name))
        return 0
    began, outcomes, memory = time.perf_counter(), list[FuzzOutcome](), 0
    for batch, peak in run(asked.files, asked.seed, asked.jobs):
        outcomes += batch
        memory = max(memory, peak)
    took = time.perf_counter() - began
    print(table(outcomes))
    print(
        f"{len(outcomes):,} files in {took:.0f} s with {asked.jobs} processes; at most {memory / 1000:,.0f} MB in one"
    )
    print(per_byte(outcomes))
    bad = sorted((each for each in outcomes if each.problem), key=lambda each: each.index)
    for each in bad[:_SHOWN]:
        print(f"\n--seed {asked.seed} --only {each.index}: {each.layout}, {each.kind}\n{each.problem}")
    print(f"failures: {len(bad):,}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
