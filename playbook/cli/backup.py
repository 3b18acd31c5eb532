"""The backup command: one file, or a folder of dated ones of which the newest are kept, once or again and again."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.language import _

from .words import say

if TYPE_CHECKING:
    from playbook.store import Store

#: After one that failed, in hours.
_AGAIN = 1.0
#: The names of dated backups; other files in the folder are nobody's business.
_DATED = re.compile(r"playbook-\d{8}-\d{6}\.playbook")
#: How many dated backups are kept where nothing is said.
KEEP = 30

CommandOf = Callable[..., argparse.ArgumentParser]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], command_of: CommandOf) -> None:
    """Add `backup` to the commands of the command line."""
    backup = command_of(commands, "backup", "write everything into one file", _backup)
    backup.add_argument("file", type=Path, metavar="FILE", help="or a folder, for a file named by the moment")
    backup.add_argument("--replace", action="store_true", help="overwrite the file")
    backup.add_argument("--keep", type=int, metavar="N", help=f"so many files of the folder (default: {KEEP})")
    backup.add_argument("--every", type=float, metavar="HOURS", help="go on, with a new file in the folder each time")


def _backup(options: argparse.Namespace, store: Store) -> int:
    wrong = _wrong(options)
    if wrong:
        say(wrong)
        return 2
    if options.file.is_dir():
        return _into_folder(options, store)
    store.backup(options.file, replace=options.replace)
    print(_("{file}: holds everything of {store}.", file=options.file, store=store.where))
    return 0


def _wrong(options: argparse.Namespace) -> str | None:
    """What does not fit, for a person."""
    if (options.keep is not None or options.every is not None) and not options.file.is_dir():
        return _("--keep and --every need a folder, and {file} is none. Make it first: mkdir {file}", file=options.file)
    if options.keep is not None and options.keep < 1:
        return _("--keep {many}: at least one backup is kept.", many=options.keep)
    if options.every is not None and not 0 < options.every <= 24 * 366:
        return _("--every {hours}: give hours, like 24 for once a day.", hours=format(options.every, "g"))
    return None


def _into_folder(options: argparse.Namespace, store: Store) -> int:
    keep = options.keep or KEEP
    if options.every is None:
        once(store, options.file, keep)
        return 0
    try:
        again_and_again(store, options.file, keep, options.every)
    except KeyboardInterrupt:
        say(_("Stopped. No more backups are made."))
    return 0


def once(store: Store, folder: Path, keep: int) -> Path:
    """One more dated backup; then only the newest `keep` are left. Raises StoreError, and then none is removed."""
    path = folder / f"playbook-{store.clock():%Y%m%d-%H%M%S}.playbook"
    store.backup(path)
    print(_("{file}: holds everything of {store}.", file=path, store=store.where), flush=True)
    for old in dated(folder)[:-keep]:
        old.unlink(missing_ok=True)
    return path


def again_and_again(
    store: Store, folder: Path, keep: int, hours: float, wait: Callable[[float], None] = time.sleep
) -> None:
    """A backup now unless the newest one is younger than that, then every so many hours; a failure is printed and tried
    again after an hour.
    """
    from playbook.store import StoreError

    while True:
        try:
            left = _left(store, folder, hours)
            if left <= 0:
                once(store, folder, keep)
                left = hours
        except (StoreError, OSError) as error:  # of the folder, too: a disk elsewhere that is away for a while
            left = min(hours, _AGAIN)
            say(_("The backup failed: {error} It is tried again in {hours} h.", error=error, hours=format(left, "g")))
        wait(left * 3600)


def dated(folder: Path) -> list[Path]:
    """The dated backups, oldest first."""
    return sorted(each for each in folder.iterdir() if _DATED.fullmatch(each.name))


def _left(store: Store, folder: Path, hours: float) -> float:
    """Hours until the next one is due; a service that is started anew makes none too many."""
    made = dated(folder)
    if not made:
        return 0
    stamp = datetime.strptime(made[-1].stem, "playbook-%Y%m%d-%H%M%S")
    age = (store.clock().replace(tzinfo=None) - stamp).total_seconds() / 3600
    return hours - age if 0 <= age < hours else 0
