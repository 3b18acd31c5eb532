"""`playbook watch`: what lands in a folder is imported, and the review is written beside it.

Safe to stop and start again: which files were taken stands in the folder, and importing a file twice changes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.language import _
from playbook.past import Past, shop_of

from . import importing
from .store import add as add_store_commands
from .store import command_of
from .words import say

if TYPE_CHECKING:
    from playbook.store import Store

#: Files in it that were taken, with what became of them.
STATE = ".playbook-taken.json"
#: Endings of files that a browser or a spreadsheet is still writing.
_UNFINISHED = frozenset({".crdownload", ".part", ".partial", ".download", ".tmp", ".new"})
_EVERY = 5.0


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `watch` to the commands."""
    watch = command_of(commands, "watch", "import what lands in a folder and write the review beside it", _watch)
    watch.add_argument("folder", type=Path, metavar="FOLDER")
    watch.add_argument("--shop", required=True, metavar="NAME")
    watch.add_argument("--once", action="store_true", help="take what is there, then end")
    watch.add_argument("--every", type=float, default=_EVERY, metavar="SECONDS", help="default: 5")


def _watch(options: argparse.Namespace, store: Store) -> int:
    shop_of(store, options.shop)
    if not options.folder.is_dir():
        say(_("{folder}: there is no such folder.", folder=options.folder))
        return 2
    if not options.once:
        say(_("Watching {folder} for {shop}. End with Ctrl+C.", folder=options.folder, shop=options.shop))
    sizes: dict[Path, tuple[int, int]] = {}
    try:
        while True:
            sizes = take(options.folder, options.shop, store, None if options.once else sizes)
            if options.once:
                return 0
            time.sleep(max(options.every, 0.5))
    except KeyboardInterrupt:
        return 130


def take(
    folder: Path, shop: str, store: Store, before: dict[Path, tuple[int, int]] | None
) -> dict[Path, tuple[int, int]]:
    """One look: import each new file, write the reviews of the LIVEs that it changed.

    With `before`, sizes and times of the last look, a file is left alone until it no longer grows.
    """
    state = _state(folder)
    seen = {}
    for path in sorted(folder.iterdir()):
        if not _is_one(path):
            continue
        facts = path.stat()
        seen[path] = (facts.st_size, facts.st_mtime_ns)
        if before is not None and before.get(path) != seen[path]:
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if state.get(path.name) == digest:
            continue
        _one(path, folder, shop, store)
        state[path.name] = digest
        _keep(folder, state)
    return seen


def _is_one(path: Path) -> bool:
    """Not hidden, not half written, and no review of ours."""
    return (
        path.is_file()
        and not path.name.startswith((".", "~$", "review_"))
        and path.suffix.lower() not in _UNFINISHED
        and path.suffix.lower() != ".html"
    )


def _one(path: Path, folder: Path, shop: str, store: Store) -> None:
    """Import a file and write what it changed; what cannot be read is said, and the others go on."""
    from playbook.model.session import UnusableFile
    from playbook.store import StoreError

    owner = shop_of(store, shop)
    marks = {each.id: each for each in store.sessions(owner.id)}
    parts = store.stamp(owner.id)
    try:
        importing.run(_import_options(path, shop), store)
    except (UnusableFile, StoreError) as error:
        say(f"{path.name}: {error}")
        return
    after = store.sessions(owner.id)
    changed = [each.id for each in after if marks.get(each.id) != each]
    if not changed and store.stamp(owner.id) != parts and after:  # a trend or a product list, of the latest as a rule
        changed = [after[-1].id]
    for name in changed[-3:]:
        _write(folder, store, Past(store, owner), name)


def _write(folder: Path, store: Store, past: Past, session_id: str) -> None:
    from playbook.knowledge.load import load
    from playbook.pipeline import review
    from playbook.report.forms.as_html import as_html
    from playbook.report.words import naming
    from playbook.userdata import write_whole

    session = store.session(past.shop.id, session_id)
    history = store.history(past.shop.id, session.start, trends=session.trend is not None)
    found = review(session, history, load(past.playbook_folder), past.benchmarks(), accepted=past.accepted())
    path = folder / naming.file_name("review", "html", past.shop.name, session)
    write_whole(path, as_html(found, shop=past.shop.name))
    print(f"{path.name}: written.")


def _import_options(path: Path, shop: str) -> argparse.Namespace:
    """As if `import` had been typed for one file of the shop."""
    parser = argparse.ArgumentParser()
    add_store_commands(parser.add_subparsers())
    return parser.parse_args(["import", str(path), "--shop", shop])


def _state(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}


def _keep(folder: Path, state: dict[str, str]) -> None:
    from playbook.userdata import write_whole

    write_whole(folder / STATE, json.dumps(state, ensure_ascii=False, indent=1))
