"""The commands that remember: import, history, weekly, shops, backup, restore, export."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .session import Session, UnusableFile

if TYPE_CHECKING:
    from .diagnosis.findings import Benchmark
    from .imports import Reading
    from .store import ImportPlan, Shop, Store

_SHOWN = 10


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to those of the command line."""
    take = _command(commands, "import", "store LIVEs from exports in a shop's history", _import)
    take.add_argument("paths", nargs="+", metavar="PATH", help="exports, templates, event logs; told apart by content")
    take.add_argument("--shop", required=True, metavar="NAME", help="the shop they belong to")
    take.add_argument("--create", action="store_true", help="make the shop when there is none of this name")
    take.add_argument("--timezone", metavar="ZONE", help="the shop's time zone, like Asia/Jakarta")
    take.add_argument("--currency", metavar="CODE", help="the shop's currency, like IDR (with --create)")
    take.add_argument("--market", metavar="NAME", help="the shop's market (with --create)")
    take.add_argument(
        "--session", default="latest", metavar="latest|ID|START", help="which LIVE a trend or products belong to"
    )
    take.add_argument("--other-creator", action="store_true", help="store LIVEs of a creator the shop does not know")
    take.add_argument("--profiles", metavar="DIR", type=Path, help="saved column mappings for layouts of your own")
    take.add_argument("--trend-totals", choices=("yes", "no"), help="whether a trend's columns are running totals")
    take.add_argument("--day-first", choices=("yes", "no"), help="whether 03/04 is in April, when asked")

    history = _command(commands, "history", "list a shop's LIVEs", _history)
    history.add_argument("--shop", required=True, metavar="NAME")
    history.add_argument("--limit", type=int, metavar="N", help="the latest N only")

    weekly = _command(commands, "weekly", "what changed in seven days, and what deserves a look", _weekly)
    weekly.add_argument("--shop", required=True, metavar="NAME")
    weekly.add_argument("--until", metavar="TIME", help="look back from there, like 2026-08-10 (default: now)")
    weekly.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    weekly.add_argument("--peek", action="store_true", help="do not count this as the weekly look")

    _command(commands, "shops", "list the shops", _shops)

    backup = _command(commands, "backup", "write everything into one file", _backup)
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--replace", action="store_true", help="overwrite the file")
    restore = _command(commands, "restore", "put a backup into an empty store", _restore)
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="let it take the place of what is stored")
    export = _command(commands, "export", "write a shop's LIVEs as CSV files in one zip", _export)
    export.add_argument("file", type=Path, metavar="FILE.zip")
    export.add_argument("--shop", required=True, metavar="NAME")
    export.add_argument("--replace", action="store_true", help="overwrite the file")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    title: str,
    run: Callable[[argparse.Namespace, Store], int],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=title)
    command.add_argument(
        "--db", metavar="URL", help="a file or postgresql://... (default: PLAYBOOK_DB, else a file of your own)"
    )
    makes = name in ("import", "restore", "shops")
    command.set_defaults(run=lambda options: _with_store(options, run, create=makes))
    return command


def _with_store(options: argparse.Namespace, run: Callable[[argparse.Namespace, Store], int], *, create: bool) -> int:
    from .store import Store, StoreError

    try:
        with Store.open(options.db, create=create) as store:
            return run(options, store)
    except StoreError as error:
        _say(error)
        return 2


def shop_of(store: Store, name: str) -> Shop:
    """The shop of this name. Raises StoreError that lists what there is."""
    from .store import StoreError

    found = store.find_shop(name)
    if found is None:
        there = ", ".join(shop.name for shop in store.shops()) or "none"
        raise StoreError(f"There is no shop '{name}' in {store.where}. There are: {there}. Add --create to import one.")
    return found


@dataclass(frozen=True)
class Past:
    """What a store knows of a shop, for a review; nothing is written."""

    store: Store
    shop: Shop

    @property
    def playbook_folder(self) -> Path | None:
        """The shop's own strategies."""
        return None if self.shop.playbook_folder is None else Path(self.shop.playbook_folder)

    def benchmarks(self) -> list[Benchmark]:
        """As a review takes them."""
        from .diagnosis.findings import Benchmark

        return [Benchmark(**vars(each)) for each in self.store.benchmarks(self.shop.id)]

    def pick(self, which: str) -> Session:
        """A stored LIVE with all its parts. Raises UnusableFile that lists what there is."""
        from .imports import pick

        there = self.store.sessions(self.shop.id)
        if not there:
            raise UnusableFile(f"{self.shop.name} has no LIVEs in {self.store.where}. Import an export, or give files.")
        return self.store.session(self.shop.id, pick(there, which).id)

    def joined(self, session: Session, others: Sequence[Session]) -> tuple[Session, list[Session]]:
        """A LIVE from files with the parts stored of it, and every LIVE known besides it."""
        from .imports.identity import merge

        plan = self.store.plan_import(self.shop.id, [session])
        known = [each.id for each in (*plan.updated, *plan.confirmed, *plan.older, *plan.unchanged)]
        stored = self.store.session(self.shop.id, known[0]) if known else None
        history = self.store.history(self.shop.id, session.start)
        apart = [each for each in history if stored is None or each.id != stored.id]
        return _filled(session, stored), merge([*apart, *others])[0]


def _filled(session: Session, stored: Session | None) -> Session:
    if stored is None:
        return session
    parts = {kind: getattr(session, kind) or getattr(stored, kind)
             for kind in ("products", "events", "channels", "followers")}  # fmt: skip
    if session.trend is None and stored.trend is not None:
        return replace(session, trend=stored.trend, trend_step=stored.trend_step, **parts)
    return replace(session, **parts)


@contextmanager
def past(options: argparse.Namespace) -> Iterator[Past | None]:
    """The history that `review --db URL --shop NAME` names; None without. Raises UnusableFile."""
    if options.db is None and options.shop is None:
        if not options.paths:
            raise UnusableFile("Give the files of a LIVE, or a stored history with --db URL --shop NAME.")
        yield None
        return
    if options.db is None or options.shop is None:
        missing = "--shop NAME" if options.shop is None else "--db URL"
        raise UnusableFile(f"A stored history is named by --db URL and --shop NAME together; {missing} is missing.")
    from .store import Store, StoreError

    try:
        with Store.open(options.db, create=False) as store:
            yield Past(store, shop_of(store, options.shop))
    except StoreError as error:
        raise UnusableFile(str(error)) from error


def _import(options: argparse.Namespace, store: Store) -> int:
    shop = store.find_shop(options.shop) if options.create else shop_of(store, options.shop)
    zone = options.timezone or (None if shop is None else shop.timezone)
    if shop is not None and _laid_on_stored(options, store, shop, zone):
        return 0
    found = _read(options, options.paths, zone, options.session)
    if shop is None:  # not before something could be read
        shop = store.create_shop(
            options.shop, timezone=options.timezone, currency=options.currency, market=options.market
        )
    elif options.timezone and options.timezone != shop.timezone:
        shop = store.change_shop(shop.id, timezone=options.timezone)
    done = store.apply(store.plan_import(shop.id, found), other_creators=options.other_creator)
    print(f"{shop.name}: {_sum(done)}")
    for line in _restated(done):
        print(line)
    for each in done.unplaced:
        _say(f"{each.id}: has no start time and no Room ID, so nothing says which LIVE it is; it was not stored. "
             "Name the LIVE with --session.")  # fmt: skip
    if done.trashed:
        _say(f"{_lives(len(done.trashed))} in the trash: updated there, but not brought back.")
    return 0


def _laid_on_stored(options: argparse.Namespace, store: Store, shop: Shop, zone: str | None) -> bool:
    """Files without a list of LIVEs, for one that is stored: they are laid on it. False when that is not the case."""
    from .imports import pick
    from .store.csv_files import session_csv

    if options.session == "latest":
        return False
    try:
        stored = pick(store.sessions(shop.id), options.session)
    except UnusableFile:
        return False
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "stored.csv"
        listed.write_text(session_csv(stored), encoding="utf-8")
        found = _read(options, [str(listed), *options.paths], zone, stored.id, quiet=True)
    if sum(file.kind == "sessions" for file in found.files) > 1:
        return False
    _tell(found)
    live = pick(found.sessions, stored.id)
    parts = {kind: getattr(live, kind) for kind in ("products", "events", "channels", "followers")}
    trend = None if live.trend is None else (live.trend, live.trend_step)
    store.set_parts(shop.id, stored.id, trend=trend, **{kind: part or None for kind, part in parts.items()})
    added = [kind for kind, part in {"trend": trend, **parts}.items() if part]
    print(f"{shop.name}: {', '.join(added)} stored with the LIVE {stored.id}.")
    return True


def _read(
    options: argparse.Namespace, paths: Sequence[str], zone: str | None, session: str, *, quiet: bool = False
) -> Reading:
    from .imports import built_in_profiles, read_paths
    from .knowledge.exports import load_profiles

    mine, problems = load_profiles(options.profiles) if options.profiles else ({}, [])
    for problem in problems:
        _say(f"{problem} (this file is switched off)")
    found = read_paths(
        paths,
        {**mine, **built_in_profiles()},
        session=session,
        timezone=zone,
        trend_totals=None if options.trend_totals is None else options.trend_totals == "yes",
        day_first=None if options.day_first is None else options.day_first == "yes",
    )
    if not quiet:
        _tell(found)
    return found


def _tell(found: Reading) -> None:
    from .cli import hints

    for line in (*(each.message for each in found.failures), *found.warnings, *hints(found.questions)):
        _say(line)


def _sum(done: ImportPlan) -> str:
    """`4 new LIVEs, 2 with other figures, 31 unchanged.`"""
    parts = [
        (len(done.new), f"{_lives(len(done.new), 'new ')}"),
        (len(done.updated), f"{len(done.updated)} with other figures"),
        (len(done.confirmed), f"{len(done.confirmed)} confirmed or with new parts"),
        (len(done.older), f"{len(done.older)} from an older export (kept, without effect)"),
        (len(done.unchanged), f"{len(done.unchanged)} unchanged"),
    ]
    return ", ".join(text for number, text in parts if number) + "." if any(n for n, _ in parts) else "nothing stored."


def _restated(done: ImportPlan) -> list[str]:
    lines = []
    for placed in done.updated[:_SHOWN]:
        currency = placed.session.currency
        changes = ", ".join(
            f"{name.replace('_', ' ')} {_counted(name, old, currency)} -> {_counted(name, now, currency)}"
            for name, (old, now) in placed.changes.items()
        )
        start = f"{placed.session.start:%Y-%m-%d %H:%M}" if placed.session.start else placed.id
        lines.append(f"  {start}: {changes or 'other details'}")
    if len(done.updated) > _SHOWN:
        lines.append(f"  and {len(done.updated) - _SHOWN} more")
    return lines


def _counted(name: str, value: float | None, currency: str | None) -> str:
    from . import formats

    return formats.money(value, currency) if name.startswith(("gmv", "ads")) else formats.count(value)


def _history(options: argparse.Namespace, store: Store) -> int:
    from .report.weekly_text import live_line

    if options.limit is not None and options.limit < 1:
        _say(f"--limit {options.limit}: give a number from 1 up.")
        return 2
    shop = shop_of(store, options.shop)
    marks = store.marks(shop.id)
    for session in reversed(store.sessions(shop.id, limit=options.limit)):
        mark = marks[session.id]
        more = [
            word
            for word, said in (
                ("provisional", session.provisional),
                ("still running", session.running),
                ("under 30 minutes", session.stub),
                (f"{mark.versions} exports", mark.versions > 1),
                ("reviewed", mark.reviewed_at is not None),
                (f"note: {mark.note}", mark.note is not None),
            )
            if said
        ]
        print(live_line(session, more))
    if not marks:
        _say(f'{shop.name} has no LIVEs yet. Store some: python -m playbook import FILE --shop "{shop.name}"')
    return 0


def _weekly(options: argparse.Namespace, store: Store) -> int:
    from .diagnosis.weekly import weekly
    from .knowledge.load import load
    from .report.weekly_text import as_dict, as_text

    shop = shop_of(store, options.shop)
    now = store.clock()
    until = shop.wall_clock(now)
    if options.until is not None:
        try:
            until = datetime.fromisoformat(options.until).replace(tzinfo=None)
        except ValueError:
            _say(f"--until {options.until}: this is no date. Write it like 2026-08-10 or 2026-08-10T18:00.")
            return 2
    metrics = load().metrics
    found = weekly(
        store.sessions(shop.id),
        metrics,
        until=until,
        reviewed={name: shop.wall_clock(at) for name, at in store.reviewed(shop.id).items()},
        last_look=None if shop.looked_at is None else shop.wall_clock(shop.looked_at),
    )
    if options.format == "json":
        print(json.dumps(as_dict(found), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        sys.stdout.write(as_text(found, metrics, shop.name))
    if not options.peek and options.until is None:
        store.mark_looked(shop.id, now)
    return 0


def _shops(_options: argparse.Namespace, store: Store) -> int:
    lines = store.overview()
    for line in lines:
        last = (
            "no LIVE yet" if line.last is None else f"last {line.last.start:%Y-%m-%d %H:%M}" if line.last.start else ""
        )
        left = f"{line.not_reviewed} not reviewed" if line.not_reviewed else "all reviewed" if line.sessions else ""
        print(", ".join(filter(None, (f"{line.shop.name}: {_lives(line.sessions)}", last, left))))
    if not lines:
        _say("There are no shops yet. Make one: python -m playbook import FILE --shop NAME --create")
    return 0


def _backup(options: argparse.Namespace, store: Store) -> int:
    store.backup(options.file, replace=options.replace)
    print(f"{options.file}: holds everything of {store.where}.")
    return 0


def _restore(options: argparse.Namespace, store: Store) -> int:
    store.restore(options.file, replace=options.replace)
    print(f"{store.where}: {_lives(sum(line.sessions for line in store.overview()))} restored from {options.file}.")
    return 0


def _export(options: argparse.Namespace, store: Store) -> int:
    shop = shop_of(store, options.shop)
    store.export_csv(shop.id, options.file, replace=options.replace)
    print(f"{options.file}: holds {_lives(len(store.sessions(shop.id)))} of {shop.name}.")
    return 0


def _lives(number: int, kind: str = "") -> str:
    return f"1 {kind}LIVE" if number == 1 else f"{number} {kind}LIVEs"


def _say(line: object) -> None:
    print(line, file=sys.stderr)
