"""The commands that remember: import, history, weekly, shops, backup, restore, export."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playbook import formats
from playbook.language import _, ngettext
from playbook.past import shop_of

from . import backup, desk, importing, sheets
from .words import line_count, one_line, say, until_asked

if TYPE_CHECKING:
    from playbook.knowledge.metrics import Metric
    from playbook.model.session import Session
    from playbook.store import Store


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to those of the command line."""
    take = command_of(commands, "import", "store LIVEs from exports in a shop's history", importing.run)
    take.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="exports, templates, logs, or a folder of them; told apart by content",
    )
    take.add_argument("--shop", required=True, metavar="NAME", help="the shop they belong to")
    take.add_argument("--create", action="store_true", help="make the shop when there is none of this name")
    take.add_argument("--timezone", metavar="ZONE", help="the shop's time zone, like Asia/Jakarta")
    take.add_argument("--currency", metavar="CODE", help="the shop's currency, like IDR (with --create)")
    take.add_argument("--market", metavar="NAME", help="the shop's market (with --create)")
    take.add_argument(
        "--session", default="latest", metavar="latest|ID|START", help="which LIVE a trend or products belong to"
    )
    take.add_argument("--other-creator", action="store_true", help="store LIVEs of a creator the shop does not know")
    take.add_argument(
        "--yes",
        action="store_true",
        help="store LIVEs that seem to be another shop's: other currency, stored elsewhere",
    )
    take.add_argument("--profiles", metavar="DIR", type=Path, help="saved column mappings for layouts of your own")
    take.add_argument("--trend-totals", choices=("yes", "no"), help="whether a trend's columns are running totals")
    take.add_argument("--account", metavar="NAME", help="whose LIVEs are stored, where a list has several accounts")
    take.add_argument("--day-first", choices=("yes", "no"), help="whether 03/04 is in April, when asked")
    take.add_argument("--undo", action="store_true", help="take the last import of the shop back; names no files")
    sheets.options(take)

    history = command_of(commands, "history", "list a shop's LIVEs", _history)
    history.add_argument("--shop", required=True, metavar="NAME")
    history.add_argument("--limit", type=line_count, metavar="N", help="the latest N only")

    weekly = command_of(commands, "weekly", "what changed in seven days, and what deserves a look", _weekly)
    which = weekly.add_mutually_exclusive_group(required=True)
    which.add_argument("--shop", metavar="NAME")
    which.add_argument("--all", action="store_true", help="every shop: which three need you, and the week of each")
    weekly.add_argument("--until", metavar="TIME", help="look back from there, like 2026-08-10 (default: now)")
    weekly.add_argument(
        "--format", choices=("text", "json", "html"), default="text", help="default: text; html with --all alone"
    )
    weekly.add_argument("--peek", action="store_true", help="do not count this as the weekly look")

    command_of(commands, "shops", "list the shops", _shops)
    dates = command_of(
        commands, "calendar", "a shop's LIVEs to come, weekly looks and to-dos for a calendar", desk.calendar
    )
    dates.add_argument("--shop", required=True, metavar="NAME")
    dates.add_argument("--out", type=Path, metavar="FILE", help="default: named by shop and day, in this folder")

    backup.add(commands, command_of)
    restore = command_of(commands, "restore", "put a backup into an empty store", _restore)
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="let it take the place of what is stored")
    export = command_of(commands, "export", "write a shop's LIVEs as CSV files in one zip", _export)
    export.add_argument("file", type=Path, metavar="FILE.zip")
    export.add_argument("--shop", required=True, metavar="NAME")
    export.add_argument("--replace", action="store_true", help="overwrite the file")


def command_of(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    title: str,
    run: Callable[[argparse.Namespace, Store], int],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=title)
    command.add_argument(
        "--db", metavar="URL", help="a file or postgresql://... (default: PLAYBOOK_DB, else a file of your own)"
    )
    makes = name in ("import", "restore", "shops", "users")
    command.set_defaults(run=lambda options: _with_store(options, run, create=makes))
    return command


def at_the_command_line() -> str:
    """What the audit list says of whoever works there."""
    try:
        return f"command line ({getpass.getuser()})"
    except (OSError, KeyError):  # a user without a name, as in some containers
        return "command line"


def _with_store(options: argparse.Namespace, run: Callable[[argparse.Namespace, Store], int], *, create: bool) -> int:
    from playbook.store import Store, StoreError

    try:
        with Store.open(options.db, create=create, who=at_the_command_line()) as store:
            return run(options, store)
    except StoreError as error:
        say(error)
        return 2


def _history(options: argparse.Namespace, store: Store) -> int:
    from playbook.report.words.weekly import live_line

    if options.limit is not None and options.limit < 1:
        say(_("--limit {typed}: give a number from 1 up.", typed=options.limit))
        return 2
    shop = shop_of(store, options.shop)
    marks = store.marks(shop.id)
    for session in reversed(store.sessions(shop.id, limit=options.limit)):
        mark = marks[session.id]
        more = [
            word
            for word, said in (
                (_("provisional"), session.provisional),
                (_("still running"), session.running),
                (_("under 30 minutes"), session.stub),
                (ngettext("{count} export", "{count} exports", mark.versions, count=mark.versions), mark.versions > 1),
                (_("reviewed"), mark.reviewed_at is not None),
                (_("note: {note}", note=one_line(mark.note or "")), mark.note is not None),
            )
            if said
        ]
        print(live_line(session, more))
    if not marks:
        say(_('{shop} has no LIVEs yet. Store some: python -m playbook import FILE --shop "{shop}"', shop=shop.name))
    return 0


def _weekly(options: argparse.Namespace, store: Store) -> int:
    from playbook.diagnosis.over_lives.weekly import weekly
    from playbook.knowledge.load import load
    from playbook.report.words.weekly import as_dict, as_text

    if options.all:
        return desk.weekly(options, store)
    if options.format == "html":
        say(_("--format html is the sheet of all shops: give --all."))
        return 2
    shop = shop_of(store, options.shop)
    now = store.clock()
    until = until_asked(options, shop.wall_clock(now))
    if until is None:
        return 2
    metrics = load().metrics
    sessions = store.sessions(shop.id)
    found = weekly(
        sessions,
        metrics,
        until=until,
        reviewed={name: shop.wall_clock(at) for name, at in store.reviewed(shop.id).items()},
        last_look=None if shop.looked_at is None else shop.wall_clock(shop.looked_at),
    )
    if options.format == "json":
        print(json.dumps(as_dict(found), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        to_come = _to_come(sessions, until, metrics, shop.currency) if options.until is None else ""
        sys.stdout.write(as_text(found, metrics, shop.name, to_come))
    if not options.peek and options.until is None:
        store.mark_looked(shop.id, now)
    return 0


def _to_come(sessions: Sequence[Session], now: datetime, metrics: Mapping[str, Metric], currency: str | None) -> str:
    """What the next LIVE may bring; empty where it cannot be told."""
    from playbook.diagnosis.baseline.ahead import ahead, usual_next
    from playbook.report.words.ahead import short_line

    live = usual_next(sessions, now.replace(tzinfo=None))
    if live is None:
        return ""
    return short_line(live, ahead(live, sessions, metrics), metrics, sessions[-1].currency or currency)


def _shops(_options: argparse.Namespace, store: Store) -> int:
    lines = store.overview()
    for line in lines:
        began = None if line.last is None else line.last.began
        last = _("no LIVE yet") if line.last is None else _("last {start}", start=began) if began else ""
        left = (
            _("{count} not reviewed", count=line.not_reviewed)
            if line.not_reviewed
            else _("all reviewed")
            if line.sessions
            else ""
        )
        print(", ".join(filter(None, (f"{one_line(line.shop.name)}: {formats.lives(line.sessions)}", last, left))))
    if not lines:
        say(_("There are no shops yet. Make one: python -m playbook import FILE --shop NAME --create"))
    return 0


def _restore(options: argparse.Namespace, store: Store) -> int:
    before = store.restore(options.file, replace=options.replace)
    back = sum(line.sessions for line in store.overview())
    print(
        ngettext(
            "{where}: {count} LIVE restored from {file}.",
            "{where}: {count} LIVEs restored from {file}.",
            back,
            where=store.where,
            count=formats.count(back),
            file=options.file,
        )
    )
    if before is not None:
        print(_("What was stored before is kept in {file}.", file=before))
    return 0


def _export(options: argparse.Namespace, store: Store) -> int:
    shop = shop_of(store, options.shop)
    store.export_csv(shop.id, options.file, replace=options.replace)
    held = len(store.sessions(shop.id))
    print(
        ngettext(
            "{file}: holds {count} LIVE of {shop}.",
            "{file}: holds {count} LIVEs of {shop}.",
            held,
            file=options.file,
            count=formats.count(held),
            shop=shop.name,
        )
    )
    return 0
