"""Many LIVEs and whole shops at once: move, merge, delete, and taking each back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from playbook import formats
from playbook.language import N_, _, ngettext
from playbook.past import shop_of

from .store import command_of
from .words import say

if TYPE_CHECKING:
    from playbook.model.session import Session
    from playbook.store import Shop, Store
    from playbook.store.records import Tidied


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `move`, `merge` and `delete` to the commands."""
    move = command_of(commands, "move", "move LIVEs to another shop", _or_back("move", _move))
    move.add_argument("--shop", required=True, metavar="NAME", help="where they are")
    move.add_argument("--to", metavar="NAME", help="where they belong")
    _which(move)
    merge = command_of(commands, "merge", "make two shops one", _or_back("merge", _merge))
    merge.add_argument("--shop", required=True, metavar="NAME", help="the one that goes into the other")
    merge.add_argument("--into", metavar="NAME", help="the one that stays")
    merge.add_argument("--undo", action="store_true", help="take back the last merge into --shop")
    delete = command_of(
        commands, "delete", "delete LIVEs; they lie in the trash for 30 days", _or_back("delete", _delete)
    )
    delete.add_argument("--shop", required=True, metavar="NAME")
    _which(delete)


def _which(command: argparse.ArgumentParser) -> None:
    command.add_argument("lives", nargs="*", metavar="LIVE", help="ids or starts, like 2026-08-01T19:00")
    command.add_argument("--since", metavar="DAY", help="all LIVEs from this day on, like 2026-08-01")
    command.add_argument("--until", metavar="DAY", help="all LIVEs up to and with this day")
    command.add_argument("--account", metavar="NAME", help="all LIVEs that carry this account's name")
    command.add_argument("--undo", action="store_true", help="take the last one in --shop back; names no LIVE")


def _or_back(kind: str, do: Callable[[argparse.Namespace, Store, Shop], int]) -> Callable[..., int]:
    """The command with the shop it is about; with --undo the last of its kind is taken back instead."""

    def run(options: argparse.Namespace, store: Store) -> int:
        shop = shop_of(store, options.shop)
        return _undo(store, shop, kind) if options.undo else do(options, store, shop)

    return run


def _target(store: Store, name: str | None, missing: str) -> Shop:
    """The shop of that name. Raises StoreError with what is `missing` where none was given."""
    from playbook.store import StoreError

    if name is None:
        raise StoreError(missing)
    return shop_of(store, name)


def _move(options: argparse.Namespace, store: Store, shop: Shop) -> int:
    target = _target(store, options.to, _("Say where they belong: --to NAME."))
    chosen = _chosen(options, store, shop)
    odd = {each.currency for each in chosen if each.currency} - {target.currency or ""}
    done = store.move_sessions(shop.id, [each.id for each in chosen], target.id)
    print(
        ngettext(
            "{count} LIVE moved from {shop} to {other}.",
            "{count} LIVEs moved from {shop} to {other}.",
            done.lives,
            count=formats.count(done.lives),
            shop=shop.name,
            other=target.name,
        )
    )
    if target.currency and odd:
        codes = ", ".join(sorted(odd))
        say(
            _(
                "{shop} sells in {currency}, these LIVEs in {others}: not compared.",
                shop=target.name,
                currency=target.currency,
                others=codes,
            )
        )
    _tell_how_back("move", shop)
    return 0


def _merge(options: argparse.Namespace, store: Store, shop: Shop) -> int:
    target = _target(store, options.into, _("Say which shop stays: --into NAME."))
    done = store.merge_shop(shop.id, target.id)
    print(
        ngettext(
            "{count} LIVE of {shop} is in {other} now; {shop} is in the trash.",
            "{count} LIVEs of {shop} are in {other} now; {shop} is in the trash.",
            done.lives,
            count=formats.count(done.lives),
            shop=shop.name,
            other=target.name,
        )
    )
    if done.left:
        left = len(done.left)
        say(
            ngettext(
                "{count} LIVE was there already and went to the trash with it: {names}",
                "{count} LIVEs were there already and went to the trash with it: {names}",
                left,
                count=formats.count(left),
                names=", ".join(done.left[:5]),
            )
        )
    _tell_how_back("merge", target)
    return 0


def _delete(options: argparse.Namespace, store: Store, shop: Shop) -> int:
    done = store.delete_sessions(shop.id, [each.id for each in _chosen(options, store, shop)])
    print(
        ngettext(
            "{count} LIVE of {shop} deleted.",
            "{count} LIVEs of {shop} deleted.",
            done.lives,
            count=formats.count(done.lives),
            shop=shop.name,
        )
    )
    _tell_how_back("delete", shop)
    return 0


def _chosen(options: argparse.Namespace, store: Store, shop: Shop) -> list[Session]:
    """The LIVEs that are named. Raises StoreError, UnusableFile when one is not there, or none is named."""
    from playbook.imports import pick
    from playbook.store import StoreError

    there = store.sessions(shop.id)
    found = [pick(there, each) for each in options.lives]
    since, until = _day(options.since), _day(options.until)
    if since or until or options.account:
        found += [
            each
            for each in there
            if (since is None or (each.start is not None and each.start.date() >= since))
            and (until is None or (each.start is not None and each.start.date() <= until))
            and (options.account is None or each.creator == options.account)
        ]
    if not found:
        raise StoreError(_("Name LIVEs by id or start, or with --since, --until or --account. See: playbook history."))
    return found


def _day(typed: str | None) -> date | None:
    from playbook.store import StoreError

    if typed is None:
        return None
    try:
        return datetime.fromisoformat(typed).date()
    except ValueError:
        raise StoreError(_("'{typed}' is not a day. Write it like 2026-08-01.", typed=typed)) from None


_NO_SUCH = {
    "move": N_("There is no move in {shop} that could be taken back."),
    "merge": N_("There is no merge in {shop} that could be taken back."),
    "delete": N_("There is no delete in {shop} that could be taken back."),
}
_LAST = {
    "move": N_("The last thing done there is a move."),
    "merge": N_("The last thing done there is a merge."),
    "delete": N_("The last thing done there is a delete."),
}


def _undo(store: Store, shop: Shop, kind: str) -> int:
    from playbook.store import StoreError

    last: Tidied | None = store.last_tidied(shop.id)
    if last is None or last.kind != kind:
        none = _(_NO_SUCH[kind], shop=shop.name)
        raise StoreError(f"{none} {_(_LAST[last.kind])}" if last else none)
    store.undo_tidied(shop.id, last.id)
    print(
        ngettext(
            "Taken back: {count} LIVE is where it was.",
            "Taken back: {count} LIVEs are where they were.",
            last.lives,
            count=formats.count(last.lives),
        )
    )
    return 0


def _tell_how_back(command: str, shop: Shop) -> None:
    say(_('To take it back: playbook {command} --shop "{shop}" --undo', command=command, shop=shop.name))
