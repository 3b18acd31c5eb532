"""A shelf of one's own: what a shop keeps of the strategies, has in use, or does not want; with a way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from playbook.knowledge.strategies import Strategy
from playbook.language import N_, _
from playbook.plans.evidence import Evidence
from playbook.store.access import Role
from playbook.store.shelf import Place
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, once, rights, shop

WORDS: dict[Place, str] = {"kept": N_("Kept"), "in_use": N_("In use"), "not_for_us": N_("Not for us")}
ICONS: dict[Place, str] = {
    "kept": ":material/bookmark:", "in_use": ":material/flag:", "not_for_us": ":material/block:",
}  # fmt: skip


@dataclass(frozen=True)
class ShopShelf:
    """Where the shop put strategies, and what its own tries say of them; empty without a shop."""

    shop_id: str | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    tried: Mapping[str, Evidence] = field(default_factory=dict)


@once.a_run
def current() -> ShopShelf:
    """Of the shop in the sidebar. What is an open plan is in use, unless it was put elsewhere."""
    opened, owner, saved = shop.store(), shop.current(), loading.of_shop()
    if opened is None or owner is None:
        return ShopShelf()
    planned = [each.plan.strategy for each in saved.judged_plans if each.plan.status == "open"] if saved else []
    places: dict[str, Place] = {**dict.fromkeys(planned, "in_use"), **opened.shelf(owner.id)}
    return ShopShelf(owner.id, places, saved.evidence if saved else {})


def choice(strategy: Strategy, shelf: ShopShelf) -> None:
    """Where to put one strategy; nothing for who may not say so."""
    if shelf.shop_id is None or not rights.may(Role.coach, shelf.shop_id):
        return
    box = keys.of_shop(f"shelf_{strategy.id}", shelf.shop_id)
    st.session_state[box] = shelf.places.get(strategy.id)
    st.segmented_control(
        _("On our shelf"), list(WORDS), format_func=lambda each: _(WORDS[each]), key=box, on_change=put,
        args=(strategy.id, strategy.title, shelf.shop_id, box),
    )  # fmt: skip


def put(strategy: str, title: str, shop_id: str, box: str) -> None:
    """Keep what was chosen in a callback; none chosen takes it off the shelf."""
    opened = shop.store()
    if opened is None:
        return
    place: Place | None = st.session_state[box]
    before: list[Place | None] = []
    if notices.attempt(lambda: before.append(opened.put_on_shelf(shop_id, strategy, place))):
        if place:
            where = _(WORDS[place]).lower()
            said = _("{strategy}: {place}.", strategy=title, place=where)
        else:
            said = _("{strategy}: off the shelf.", strategy=title)
        notices.undoable(said, lambda: opened.put_on_shelf(shop_id, strategy, before[0]), _("Put back as it was"))
