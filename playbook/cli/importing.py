"""`playbook import`: files into a shop's history."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from playbook import formats
from playbook.imports import apart, became
from playbook.language import _, ngettext
from playbook.model.session import UnusableFile
from playbook.past import shop_of
from playbook.report.words.importing import outcome

from . import sheets as cli_sheets
from .words import say

if TYPE_CHECKING:
    from playbook.imports import FilesRead
    from playbook.model.session import Session
    from playbook.store import Act, ImportPlan, Shop, Store

_SHOWN = 10
#: Parts without a list are looked for among this many of the latest LIVEs.
_RECENT = 400


def run(options: argparse.Namespace, store: Store) -> int:
    """Read, plan, store, and say what was done. Raises UnusableFile and StoreError."""
    from playbook.store import ImportPlan, Shop

    if options.undo:
        return _undo(options, store)
    if not options.paths:
        say(_("Name the files to store, or take the last import back with --undo."))
        return 2
    apart.warm()
    shop = store.find_shop(options.shop) if options.create else shop_of(store, options.shop)
    zone = options.timezone or (None if shop is None else shop.timezone)
    found = _read(options, store, zone, shop, [] if shop is None else _candidates(options, store, shop))
    if not found.sessions and not found.joined:  # only files that a person has to say something about
        print(_("{shop}: nothing stored.", shop=options.shop if shop is None else shop.name))
        return 0
    if shop is None:  # not before something could be read and will be stored
        _sure(
            options, store, ImportPlan(Shop("", options.shop, store.clock(), currency=options.currency), found.sessions)
        )
        shop = _made(options, store)
    elif options.timezone and options.timezone != shop.timezone:
        shop = store.change_shop(shop.id, timezone=options.timezone)
    plan = store.plan_import(shop.id, found)
    _sure(options, store, plan)
    done = store.apply(plan, other_creators=options.other_creator)
    if found.sessions or done.changes_nothing:
        print(f"{shop.name}: {outcome(done)}")
    for line in became.lists(found):
        print(line)
    for line in became.joined(found):
        print(line)
    for line in _restated(done):
        print(line)
    for each in done.unplaced:
        say(
            _(
                "{live}: has no start time and no Room ID, so nothing says which LIVE it is; it was not stored. Name "
                "the LIVE with --session.",
                live=each.id,
            )
        )
    return 0


def _made(options: argparse.Namespace, store: Store) -> Shop:
    """The shop of that name, new; or the one that another import made in this very moment."""
    from playbook.store import StoreError

    try:
        return store.create_shop(
            options.shop, timezone=options.timezone, currency=options.currency, market=options.market
        )
    except StoreError:
        other = store.find_shop(options.shop)
        if other is None:
            raise
        return other


def _sure(options: argparse.Namespace, store: Store, plan: ImportPlan) -> None:
    """Raises StoreError, with the options that answer it, where the LIVEs may be another shop's or account's."""
    from playbook.store import StoreError

    doubts = () if options.yes else store.doubts(plan)
    if doubts:
        raise StoreError(
            _(
                "Nothing was stored: these may not be LIVEs of {shop}. {doubts} Name the right shop with --shop, or "
                "say that they belong to it with --yes.",
                shop=plan.shop.name,
                doubts=" ".join(doubts),
            )
        )
    if plan.other_creators and not options.other_creator:
        names = ", ".join(f"{each.name} ({each.sessions})" for each in plan.other_creators)
        raise StoreError(
            _(
                "Nothing was stored: these LIVEs are by creators that the shop '{shop}' does not know: "
                "{names}. Say that they belong to it with --other-creator, name the one that does with "
                "--account, or name another shop with --shop.",
                shop=plan.shop.name,
                names=names,
            )
        )


def _undo(options: argparse.Namespace, store: Store) -> int:
    """Take the last import of a shop back."""
    if options.paths:
        say(_("--undo takes the last import back and reads no files. Leave the files out."))
        return 2
    shop = shop_of(store, options.shop)
    gone = store.undo_import(shop.id)
    print(f"{shop.name}: {undone(gone, shop.wall_clock(gone.at))}")
    return 0


def undone(gone: Act, at: datetime) -> str:
    """`the import of 2026-08-01 19:00 was taken back: 2 new LIVEs, 1 restated, 4 parts.`"""
    parts = [
        (gone.new, ngettext("{count} new LIVE", "{count} new LIVEs", gone.new, count=formats.count(gone.new))),
        (gone.restated, _("{count} restated", count=formats.count(gone.restated))),
        (gone.parts, ngettext("{count} part", "{count} parts", gone.parts, count=gone.parts)),
    ]
    said = ", ".join(text for number, text in parts if number) or _("further exports")
    start = format(at, "%Y-%m-%d %H:%M")
    return _("the import of {start} was taken back: {what}.", start=start, what=said)


def _candidates(options: argparse.Namespace, store: Store, shop: Shop) -> list[Session]:
    from playbook.imports import pick

    if options.session == "latest":
        return store.sessions(shop.id, limit=_RECENT)
    try:
        return [pick(store.sessions(shop.id), options.session)]
    except UnusableFile:
        return []


def _read(
    options: argparse.Namespace, store: Store, zone: str | None, shop: Shop | None, saved: Sequence[Session]
) -> FilesRead:
    """What the files say. Where all of them have to be asked about, that is printed, and the reading has no LIVE."""
    from playbook import kept_layouts
    from playbook.imports import NothingToReview

    kept_layouts.taken_over(store)
    profiles, sheets = cli_sheets.layouts(options, store)
    try:
        found = apart.read_paths(
            options.paths,
            profiles,
            session=options.session,
            timezone=zone,
            trend_totals=None if options.trend_totals is None else options.trend_totals == "yes",
            day_first=None if options.day_first is None else options.day_first == "yes",
            account=options.account,
            known_accounts=() if options.other_creator or shop is None else shop.creators,
            currency=shop.currency if shop else options.currency,
            sure_only=True,
            saved=saved,
            sheets=sheets,
            limits=apart.PATIENT,
        )
    except NothingToReview as error:
        if not became.unclear(error.reading):
            raise
        found = replace(error.reading, sessions=())
    _tell(found)
    return found


def _tell(found: FilesRead) -> None:
    from playbook.imports.hints import hints

    asked = became.unclear(found)
    failed = (each.message for each in found.failures if each.name not in asked)
    for line in (*failed, *cli_sheets.understood(found.files), *found.warnings):
        say(line)
    for line in hints(tuple(each for each in found.questions if each.file not in asked or each.about != "which_live")):
        say(line)
    for name in asked:
        say(_("{file}: nothing says which LIVE it is; it was not stored. Name the LIVE with --session.", file=name))


def _restated(done: ImportPlan) -> list[str]:
    lines = []
    for placed in done.updated[:_SHOWN]:
        currency = placed.session.currency
        changes = ", ".join(
            f"{name.replace('_', ' ')} {_counted(name, old, currency)} -> {_counted(name, now, currency)}"
            for name, (old, now) in placed.changes.items()
        )
        lines.append(f"  {placed.session.began or placed.id}: {changes or _('other details')}")
    if len(done.updated) > _SHOWN:
        more = len(done.updated) - _SHOWN
        lines.append("  " + _("and {more} more", more=more))
    return lines


def _counted(name: str, value: float | None, currency: str | None) -> str:
    return formats.money(value, currency) if name.startswith(("gmv", "ads")) else formats.count(value)
