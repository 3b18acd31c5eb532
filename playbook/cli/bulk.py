"""`playbook bulk`: the reviews of many shops, into a folder."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from playbook.language import N_, _, current, ngettext
from playbook.model.session import UnusableFile

from .words import say, steers

if TYPE_CHECKING:
    from playbook.bulk.pools import Tls
    from playbook.bulk.records import BulkOptions, Job, ShopDone
    from playbook.bulk.run import OpenPool
    from playbook.kept_layouts import Layouts

_WIDTH = 30


def add(commands: Any) -> None:
    """Put the command beside the others."""
    bulk = commands.add_parser("bulk", help="review many shops at once")
    bulk.add_argument("source", nargs="?", type=Path, metavar="SOURCE", help="a folder of shops, or Parquet")
    bulk.add_argument("--db", metavar="URL", help="all shops of this store; with SOURCE, the layouts it keeps")
    bulk.add_argument("--out", type=Path, required=True, metavar="DIR", help="where index.csv and reviews/ are written")
    bulk.add_argument("--all", action="store_true", help="every LIVE, not the latest alone")
    bulk.add_argument(
        "--format", choices=("json", "csv", "html"), default="json", help="of the reviews (default: json)"
    )
    bulk.add_argument("--jobs", type=_jobs, metavar="N", help="processes (default: one a core)")
    bulk.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster that runs, like tcp://10.0.0.5:8786")
    for name, words in (("ca", "the authority's certificate"), ("cert", "your certificate"), ("key", "its key")):
        bulk.add_argument(f"--tls-{name}", metavar="FILE", type=Path, help=f"of an encrypted scheduler: {words}, PEM")
    bulk.add_argument("--playbook", metavar="DIR", type=Path, help="your own strategies, laid over the built-in ones")
    bulk.add_argument("--profiles", metavar="DIR", type=Path, help="saved column mappings for layouts of your own")
    bulk.add_argument("--timezone", metavar="ZONE", help="the shops' time zone for API files, like Asia/Jakarta")
    bulk.add_argument("--trend-totals", choices=("yes", "no"), help="whether trends hold running totals, when asked")
    bulk.add_argument("--day-first", choices=("yes", "no"), help="whether 03/04 is in April, when asked")
    bulk.set_defaults(run=_run)


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(_("'{typed}' is not a number of processes from 1 to 1000", typed=text))
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from playbook.bulk.results import Results
    from playbook.bulk.run import run

    if options.all and options.format == "html":
        raise UnusableFile(_("--format html is one page a shop, of its latest LIVE. For every LIVE take json or csv."))
    settings = _settings(options)
    jobs = _source(options)
    progress = Progress(len(jobs))
    try:
        results = Results.open(options.out, settings.form)
        with _workers(options, len(jobs)) as (open_pool, workers):
            progress.show()
            for done in run(jobs, settings, results, open_pool, workers):
                progress.step(done)
    except OSError as error:
        progress.end()
        say(
            _(
                "{file}: cannot be written ({why}); choose another place with --out",
                file=error.filename or options.out,
                why=error.strerror,
            )
        )
        return 2
    except KeyboardInterrupt:
        progress.end()
        say(
            _(
                "Stopped after {done} of {all} shops. The same command goes on where it stopped.",
                done=format(progress.done, ","),
                all=format(len(jobs), ","),
            )
        )
        return 130
    progress.end()
    index = options.out.joinpath("index.csv")
    say(_("{sum} See {file}.", sum=_sum(progress.counted), file=index))
    return 0 if progress.counted["reviewed"] + progress.counted["unchanged"] else 2


def _settings(options: argparse.Namespace) -> BulkOptions:
    from playbook.bulk.records import BulkOptions
    from playbook.knowledge.exports import load_profiles
    from playbook.knowledge.load import load

    knowledge = load(options.playbook)
    problems = knowledge.problems + (load_profiles(options.profiles)[1] if options.profiles else [])
    for problem in problems:
        say(_("{problem} (this file is switched off)", problem=problem))

    kept = _kept(options)

    def full(path: Path | None) -> Path | None:
        return None if path is None else path.resolve()

    def yes(answer: str | None) -> bool | None:
        return None if answer is None else answer == "yes"

    return BulkOptions(
        options.all,
        options.format,
        full(options.playbook),
        full(options.profiles),
        options.timezone,
        yes(options.trend_totals),
        yes(options.day_first),
        knowledge.digest,
        tuple(kept.texts.items()),
        kept.sheets,
        current(),
    )


def _kept(options: argparse.Namespace) -> Layouts:
    """Mappings and answers about sheets: those of the store that --db names, else of this machine."""
    from playbook import kept_layouts

    if options.source is None:
        return kept_layouts.Layouts()  # LIVEs of a store were read long ago
    if options.db is None:
        return kept_layouts.of_files()
    from playbook.store import Store, StoreError

    try:
        with Store.open(options.db, create=False) as store:
            return kept_layouts.of_store(store)
    except StoreError as error:
        raise UnusableFile(str(error)) from error


def _source(options: argparse.Namespace) -> list[Job]:
    from playbook.bulk.sources import jobs_of, store_jobs

    if options.source is None and options.db is None:
        raise UnusableFile(_("Give either SOURCE, a folder of shops or Parquet, or a store with --db URL."))
    found: Iterable[Job] = store_jobs(options.db) if options.source is None else jobs_of(options.source, options.out)
    return list(found)


@contextmanager
def _workers(options: argparse.Namespace, shops: int) -> Iterator[tuple[OpenPool, int]]:
    """How a pool is opened, and its width."""
    from contextlib import nullcontext

    from playbook.bulk import pools

    tls = _tls(options)
    if options.scheduler is None and tls is not None:
        raise UnusableFile(_("--tls-ca, --tls-cert and --tls-key are of a cluster: name it with --scheduler tls://..."))
    if options.scheduler is None:
        workers = min(options.jobs or pools.cores(), shops)
        yield (lambda: pools.here(workers)), workers
        return
    with pools.cluster(options.scheduler, tls) as (pool, threads):
        yield (lambda: nullcontext(pool)), threads


def _tls(options: argparse.Namespace) -> Tls | None:
    from playbook.bulk.pools import Tls

    given = [options.tls_ca, options.tls_cert, options.tls_key]
    if not any(given):
        return None
    if not all(given):
        raise UnusableFile(_("--tls-ca, --tls-cert and --tls-key belong together: give all three."))
    return Tls(*given)


def _sum(counted: Counter[str]) -> str:
    parts = [
        _(words, count=format(counted[name], ","))
        for name, words in (
            ("reviewed", N_("{count} reviewed")),
            ("unchanged", N_("{count} unchanged")),
            ("failed", N_("{count} failed")),
        )
        if counted[name]
    ]
    every = counted.total()
    return ngettext(
        "{count} shop: {parts}.", "{count} shops: {parts}.",
        every, count=format(every, ","), parts=", ".join(parts),
    )  # fmt: skip


@dataclass
class Progress:
    """A bar on a terminal, and failures as they come; into a file only the failures."""

    total: int
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    counted: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.monotonic)

    @property
    def done(self) -> int:
        return self.counted.total()

    def step(self, done: ShopDone) -> None:
        self.counted[done.status] += 1
        if done.status == "failed":
            self.end()
            print(f"{done.name}: {done.message.removeprefix(f'{done.name}: ')}", file=self.stream)
        self.show()

    def show(self) -> None:
        if self.stream.isatty():
            print(f"\r{self.line()}", end="\x1b[K", file=steers(self.stream), flush=True)

    def line(self) -> str:
        """`[#####.........] 170 of 1,000, 2 failed, about 3 min left`."""
        full = _WIDTH * self.done // max(self.total, 1)
        so_far = _("{done} of {total}", done=format(self.done, ","), total=format(self.total, ","))
        parts = [f"[{'#' * full}{'.' * (_WIDTH - full)}] {so_far}"]
        if self.counted["failed"]:
            parts.append(_("{count} failed", count=format(self.counted["failed"], ",")))
        if 0 < self.done < self.total:
            left = (time.monotonic() - self.began) / self.done * (self.total - self.done)
            parts.append(
                _("about {count} min left", count=format(left / 60, ".0f"))
                if left >= 90
                else _("about {count} s left", count=format(left, ".0f"))
            )
        return ", ".join(parts)

    def end(self) -> None:
        """Clear the bar, so that a line of words stands alone."""
        if self.stream.isatty():
            print("\r\x1b[K", end="", file=steers(self.stream), flush=True)
