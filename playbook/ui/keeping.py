"""Uploaded LIVEs become history: saved at once where it is plain whose they are, else after a question."""

from __future__ import annotations

import streamlit as st

from ..imports import Reading
from ..store.errors import StoreError
from ..store.records import ImportPlan, Shop
from ..store.store import Store
from . import shop, state
from .escape import escape


def keep(result: Reading, token: str) -> None:
    """Save what was read into the shop. `token` names this reading: it is saved, or asked about, once."""
    opened = shop.store()
    if opened is None or token in st.session_state[state.KEPT] or not storable(result):
        return
    try:
        known = shop.current()
        owner = known or opened.create_shop(shop.FIRST_NAME, currency=result.sessions[-1].currency)
        plan = opened.plan_import(owner.id, result)
        if needs_asking(opened, plan) and state.answers().get("only_look") != token:
            ask(opened, plan, result, token)
        elif state.answers().get("only_look") != token:
            save(opened, plan, token)
            if known is None:
                st.rerun()  # the sidebar was drawn before there was a shop
    except StoreError as error:
        st.error(escape(str(error)), title="These LIVEs were not saved", icon=":material/error:")


def storable(result: Reading) -> bool:
    """Samples are not somebody's LIVEs."""
    return bool(result.sessions) and all(each.origin != "sample" for each in state.files())


def needs_asking(opened: Store, plan: ImportPlan) -> bool:
    """Whether it is not plain that these LIVEs are of this shop.

    Plain: the shop is empty, a LIVE is known already, the creator is known, or the person said so before.
    """
    if plan.other_creators and plan.shop.creators:
        return True
    known = plan.updated or plan.confirmed or plan.older or plan.unchanged or plan.trashed
    if known or not plan.new or plan.shop.id in state.settings().trusted_shops:
        return _other_currency(opened, plan)
    creators = {each.creator for each in plan.sessions} - {None}
    if creators and creators <= set(plan.shop.creators):
        return False
    typed = all(each.origin == "typed" for each in state.files())
    return not typed and bool(opened.sessions(plan.shop.id, limit=1))


def _other_currency(opened: Store, plan: ImportPlan) -> bool:
    last = opened.sessions(plan.shop.id, limit=1)
    if not last or last[0].currency is None:
        return False
    return any(each.currency not in (None, last[0].currency) for each in plan.sessions)


def ask(opened: Store, plan: ImportPlan, result: Reading, token: str) -> None:
    """Before LIVEs of one shop mix with those of another."""
    names = ", ".join(each.name for each in plan.other_creators)
    why = f"They are by {names}." if names else "None of them is known there yet."
    with st.container(border=True, key="whose_lives"):
        st.markdown(
            f":material/storefront: **Do these {len(result.sessions)} LIVEs belong to {escape(plan.shop.name)}?** "
            f"{escape(why)} Until you say so they are shown by themselves and not saved."
        )
        name = st.text_input("Name, if it is another shop", value=names[:60] or "New shop", key="new_shop_name")
        with st.container(horizontal=True):
            if st.button(f"Yes, {plan.shop.name}", type="primary", key="same_shop"):
                _trust(plan.shop)
                save(opened, plan, token)
                st.rerun()
            if st.button("Another shop", key="another_shop"):
                made = opened.create_shop(name or "New shop", currency=result.sessions[-1].currency)
                shop.choose(made.id)
                save(opened, opened.plan_import(made.id, result), token)
                st.rerun()
            if st.button("Only look", key="only_look"):
                state.answer("only_look", token)
                st.rerun()


def _trust(owner: Shop) -> None:
    state.change_settings(trusted_shops=[*state.settings().trusted_shops, owner.id])


def save(opened: Store, plan: ImportPlan, token: str) -> None:
    """One transaction; then the review shows the shop, at the LIVE the files were about."""
    done = opened.apply(plan, other_creators=True)
    st.session_state[state.KEPT] = (*st.session_state[state.KEPT], token)
    shop.choose(done.shop.id)
    st.toast(summary(done), icon=":material/inventory:")


def summary(done: ImportPlan) -> str:
    """`Saved in My shop: 3 new LIVEs, 12 as before.`"""
    parts = [
        f"{len(group)} {word}"
        for group, word in (
            (done.new, "new"), (done.updated, "restated"), (done.confirmed, "confirmed"),
            (done.older, "from an older export"), (done.unchanged, "as before"), (done.trashed, "deleted before"),
        )
        if group
    ]  # fmt: skip
    return f"{done.shop.name}: {', '.join(parts) or 'nothing new'}."
