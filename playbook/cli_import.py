"""`playbook import`: files into a shop's history."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import cli_sheets
from .cli_past import lives, say, shop_of
from .imports import apart
from .session import UnusableFile

if TYPE_CHECKING:
    from .imports import Reading
    from .session import Session
    from .store import ImportPlan, Shop, Store

_SHOWN = 10
#: Parts without a list are looked for among this many of the latest LIVEs.
_RECENT = 400


def run(options: argparse.Namespace, store: Store) -> int:
    """Read, plan, store, and say what was done. Raises UnusableFile and StoreError."""
    apart.warm()
    shop = store.find_shop(options.shop) if options.create else shop_of(store, options.shop)
    zone = options.timezone or (None if shop is None else shop.timezone)
    if shop is not None and _laid_on_stored(options, store, shop, zone):
        return 0
    found = _read(options, options.paths, zone, options.session, own=() if shop is None else shop.creators)
    if shop is None:  # not before something could be read
        shop = _made(options, store)
    elif options.timezone and options.timezone != shop.timezone:
        shop = store.change_shop(shop.id, timezone=options.timezone)
    plan = store.plan_import(shop.id, found)
    doubts = () if options.yes else store.doubts(plan)
    if doubts:
        from .store import StoreError

        raise StoreError(
            f"Nothing was stored: these may not be LIVEs of {shop.name}. {' '.join(doubts)} Name the right shop with "
            "--shop, or say that they belong to it with --yes."
        )
    done = store.apply(plan, other_creators=options.other_creator)
    print(f"{shop.name}: {_sum(done)}")
    for line in _restated(done):
        print(line)
    for each in done.unplaced:
        say(f"{each.id}: has no start time and no Room ID, so nothing says which LIVE it is; it was not stored. "
             "Name the LIVE with --session.")  # fmt: skip
    if done.trashed:
        say(f"{lives(len(done.trashed))} in the trash: updated there, but not brought back.")
    return 0


def _made(options: argparse.Namespace, store: Store) -> Shop:
    """The shop of that name, new; or the one that another import made in this very moment."""
    from .store import StoreError

    try:
        return store.create_shop(
            options.shop, timezone=options.timezone, currency=options.currency, market=options.market
        )
    except StoreError:
        other = store.find_shop(options.shop)
        if other is None:
            raise
        return other


def _laid_on_stored(options: argparse.Namespace, store: Store, shop: Shop, zone: str | None) -> bool:
    """Files without a list of LIVEs, for LIVEs that are stored: they are laid on them. False when that is not the case.

    With --session all are of that LIVE; else each goes where its own numbers and times say, and nowhere where they
    do not.
    """
    lives_there = _candidates(options, store, shop)
    if not lives_there:
        return False
    one = options.session != "latest"
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "stored.csv"
        listed.write_text(_as_list(lives_there), encoding="utf-8")
        found = _read(options, [str(listed), *options.paths], zone, lives_there[0].id if one else "latest", stored=True)
    if sum(file.kind == "sessions" for file in found.files) > 1:
        return False
    unclear = [each.file for each in found.questions if each.about == "which_live"]
    laid = [live for live in found.sessions if _parts(live)]
    if not laid and not unclear:
        return False
    asked = tuple(each for each in found.questions if each.about != "which_live")
    _tell(replace(found, questions=asked, failures=tuple(each for each in found.failures if each.name not in unclear)))
    for live in laid:
        parts = _parts(live)
        store.set_parts(shop.id, live.id, **parts)
        print(f"{shop.name}: {', '.join(parts)} stored with the LIVE {live.id}.")
    for name in unclear:
        say(f"{name}: nothing says which LIVE it is; it was not stored. Name the LIVE with --session.")
    if not laid:
        print(f"{shop.name}: nothing stored.")
    return True


def _candidates(options: argparse.Namespace, store: Store, shop: Shop) -> list[Session]:
    from .imports import pick

    if options.session == "latest":
        return store.sessions(shop.id, limit=_RECENT)
    try:
        return [pick(store.sessions(shop.id), options.session)]
    except UnusableFile:
        return []


def _as_list(stored: Sequence[Session]) -> str:
    from .store.csv_files import session_csv

    return session_csv(*stored)


def _parts(live: Session) -> dict[str, Any]:
    """What was laid on a LIVE, as `Store.set_parts` takes it."""
    parts = {kind: getattr(live, kind) for kind in ("products", "events", "channels", "followers")}
    trend = None if live.trend is None else (live.trend, live.trend_step)
    return {kind: part for kind, part in {"trend": trend, **parts}.items() if part}


def _read(
    options: argparse.Namespace,
    paths: Sequence[str],
    zone: str | None,
    session: str,
    *,
    stored: bool = False,
    own: Sequence[str] = (),
) -> Reading:
    """`stored`: the first path is a list of what is stored, and nothing is told yet."""
    from .imports import built_in_profiles
    from .knowledge.exports import load_profiles

    mine, problems = load_profiles(options.profiles) if options.profiles else ({}, [])
    for problem in problems:
        say(f"{problem} (this file is switched off)")
    found = apart.read_paths(
        paths,
        {**mine, **built_in_profiles()},
        session=session,
        timezone=zone,
        trend_totals=None if options.trend_totals is None else options.trend_totals == "yes",
        day_first=None if options.day_first is None else options.day_first == "yes",
        account=None if stored else options.account,
        known_accounts=() if stored or options.other_creator else own,
        sure_only=stored,
        sheets=cli_sheets.answers(options),
        limits=apart.PATIENT,
    )
    if not stored:
        _tell(found)
    return found


def _tell(found: Reading) -> None:
    from .cli import hints

    told = (*(each.message for each in found.failures), *cli_sheets.understood(found.files), *found.warnings)
    for line in (*told, *hints(found.questions)):
        say(line)


def _sum(done: ImportPlan) -> str:
    """`4 new LIVEs, 2 with other figures, 31 unchanged.`"""
    parts = [
        (len(done.new), f"{lives(len(done.new), 'new ')}"),
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
