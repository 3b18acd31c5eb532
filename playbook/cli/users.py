"""Who may sign in, from the command line of the server: list, add, role, remove, invite, audit.

Whoever may run this holds the database itself, so no role is asked for; the audit list says `command line`.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from playbook import formats
from playbook.language import _, ngettext
from playbook.past import shop_of

from .store import command_of
from .words import line_count, one_line, say

if TYPE_CHECKING:
    from playbook.store import Store

ROLES = ("viewer", "host", "coach", "owner")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `users` to the commands of the command line."""
    users = command_of(commands, "users", "who may sign in, with which role", _run)
    users.add_argument(
        "what", nargs="?", choices=("list", "add", "role", "remove", "invite", "audit"), default="list",
        help="default: list",
    )  # fmt: skip
    users.add_argument("email", nargs="?", metavar="EMAIL", help="of whom, for add, role and remove")
    users.add_argument("--role", choices=ROLES, help="for add, role and invite")
    users.add_argument("--shop", metavar="NAME", help="in this shop (default: in every shop)")
    users.add_argument("--days", type=int, default=7, metavar="N", help="how long an invitation holds (default: 7)")
    users.add_argument("--limit", type=line_count, default=50, metavar="N", help="the latest N of the audit list")


def _run(options: argparse.Namespace, store: Store) -> int:
    wrong = _wrong(options)
    if wrong:
        say(wrong)
        return 2
    shop_id = shop_of(store, options.shop).id if options.shop else None
    where = options.shop or _("every shop")
    if options.what == "list":
        return _list(store, shop_id)
    if options.what == "audit":
        return _audit(store, shop_id, options.limit)
    return _change(options, store, shop_id, where)


def _wrong(options: argparse.Namespace) -> str | None:
    """What is missing or too much, for a person."""
    what = options.what
    if what in ("add", "role", "remove") and not options.email:
        return _("users {what}: say who, like: python -m playbook users {what} ana@example.com", what=what)
    if what in ("add", "role", "invite") and not options.role:
        return _("users {what}: add --role, one of {known}.", what=what, known=", ".join(ROLES))
    if what in ("list", "invite", "audit") and options.email:
        return _(
            "users {what} takes no address. To let {email} in: users add {email} --role ROLE",
            what=what,
            email=options.email,
        )
    if options.limit < 1:
        return _("--limit {typed}: give a number from 1 up.", typed=options.limit)
    return None


def _list(store: Store, shop_id: str | None) -> int:
    found = store.team.members(shop_id)
    for each in found:
        who = _(
            "{email}: {role} of {shop}",
            email=each.person.email, role=each.role.name, shop=each.shop or _("every shop"),
        )  # fmt: skip
        print(one_line(who if each.signed_in else _("{who}, was not here yet", who=who)))
    if not found:
        say(_("Nobody may sign in yet. Let the first one in: python -m playbook users add EMAIL --role owner"))
    return 0


def _audit(store: Store, shop_id: str | None, limit: int) -> int:
    found = store.team.audit(shop_id, limit)
    for each in found:
        detail = f" ({each.detail})" if each.detail else ""
        when = f"{each.at:%Y-%m-%d %H:%M} UTC" if each.at else formats.unknown()
        print(
            "  ".join(
                map(one_line, (when, each.spoken_who, each.spoken_what, f"{each.shop or _('every shop')}{detail}"))
            )
        )
    if not found:
        say(_("Nothing was changed so far."))
    return 0


def _change(options: argparse.Namespace, store: Store, shop_id: str | None, where: str) -> int:
    from playbook.store.access import Role
    from playbook.store.errors import StoreError

    if options.what == "invite":
        code = store.team.invite(Role[options.role], shop_id, options.days)
        print(_("Code, shown only now: {code}", code=code))
        print(
            ngettext(
                "It makes one person {role} of {shop}, within {days} day.",
                "It makes one person {role} of {shop}, within {days} days.",
                options.days,
                role=options.role,
                shop=where,
                days=options.days,
            )
        )
        print(_("Send it as a link: ADDRESS-OF-THE-APP/?invite=CODE"))
        return 0
    if options.what == "remove":
        store.team.take(options.email, shop_id)
        print(_("{email} has no role in {shop} any more.", email=options.email, shop=where))
        return 0
    known = any(
        each.person.email.casefold() == options.email.strip().casefold() and each.shop_id == shop_id
        for each in store.team.members(None)
    )
    if options.what == "role" and not known:
        raise StoreError(
            _(
                "{email} has no role in {shop}. To let them in: users add EMAIL --role ROLE",
                email=options.email,
                shop=where,
            )
        )
    if options.what == "add" and known:
        raise StoreError(
            _(
                "{email} has a role in {shop} already. To change it: users role EMAIL --role ROLE",
                email=options.email,
                shop=where,
            )
        )
    store.team.give(options.email, Role[options.role], shop_id)
    print(_("{email} is {role} of {shop}.", email=options.email, role=options.role, shop=where))
    return 0
