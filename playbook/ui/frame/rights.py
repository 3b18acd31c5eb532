"""What this person may do, so that pages offer that and no more. What is refused anyway is the store's business."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.store.access import Role, role_in

from . import once, shop, signin


@once.a_run
def roles() -> Mapping[str | None, Role]:
    """By shop; None stands for every shop."""
    opened = shop.store()
    return {} if opened is None else opened.team.me()


def may(least: Role, shop_id: str | None) -> bool:
    """Whether to offer something in a shop; None where it is about all of them. Everything without a sign-in."""
    if not signin.wanted():
        return True
    held = role_in(roles(), shop_id)
    return held is not None and held >= least


def here(least: Role) -> bool:
    """The same of the shop that is shown; without one of all."""
    owner = shop.current()
    return may(least, owner.id if owner else None)
