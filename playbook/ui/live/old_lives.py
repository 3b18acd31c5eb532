"""LIVEs that an earlier version kept in files become rows of a shop, once; with several shops a person says whose."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from playbook import formats, userdata
from playbook.report.words import sentences
from playbook.store import old_running
from playbook.store.errors import StoreError
from playbook.store.old_running import Old
from playbook.store.records import Shop
from playbook.store.store import Store
from playbook.ui.frame import notices, shop
from playbook.ui.frame.escape import escape

#: A take-over that failed is not tried again and again in one visit.
FAILED = "old_lives_failed"


def show(opened: Store, owner: Shop | None) -> None:
    """Nothing where there are no such files, which is the ordinary case."""
    found, unusable = old_running.found()
    if unusable:
        names = ", ".join(path.name for path in unusable[:5])
        st.caption(escape(
            f"{formats.several(len(unusable), 'file')} of an earlier version cannot be read and will stay in "
            f"{userdata.folder()}: {names}."
        ))  # fmt: skip
    if not found or st.session_state.get(FAILED):
        return
    every = shop.shops()
    if len(every) > 1:
        ask(opened, found, every)
        return
    st.session_state[FAILED] = not take(opened, found, owner)
    st.rerun()


def ask(opened: Store, found: Sequence[Old], every: Sequence[Shop]) -> None:
    """The files do not say of which shop they are."""
    names = {each.id: each.name for each in every}
    lives = {place: _named(each) for place, each in enumerate(found)}
    with st.container(border=True, key="old_lives"):
        st.markdown(
            f"**Whose LIVEs are these?** {formats.several(len(found), 'LIVE')} noted on this computer with an earlier "
            "version, which did not tell shops apart."
        )
        picked = st.multiselect(
            "LIVEs", list(lives), default=list(lives), format_func=lambda each: lives.get(each, ""), key="old_which"
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            whose = st.selectbox("Shop", list(names), format_func=lambda each: names.get(each, ""), index=None,
                                 key="old_shop", width=320, placeholder="Choose the shop")  # fmt: skip
            owner = next((each for each in every if each.id == whose), None)
            chosen = [found[place] for place in picked if place < len(found)]
            st.button("They are of this shop", key="old_take", type="primary", icon=":material/check:",
                      disabled=owner is None or not chosen, on_click=_take, args=(opened, chosen, owner))  # fmt: skip


def _take(opened: Store, found: Sequence[Old], owner: Shop) -> None:
    take(opened, found, owner)


def take(opened: Store, found: Sequence[Old], owner: Shop | None) -> bool:
    """Each is stored, and only then put aside; what cannot be gets a notice and stays."""

    def taken() -> None:
        mine = owner or shop.first(opened)
        for each in found:
            opened.running.take_over(mine.id, each.live)
            try:
                each.put_aside()
            except OSError as error:
                raise StoreError(
                    f"{_named(each)} is stored, but its file cannot be moved ({error.strerror}). Allow writing in "
                    f"{userdata.folder()}."
                ) from None

    unread = sum(each.unread for each in found)
    left = f" {formats.several(unread, 'row')} could not be read; the files are kept." if unread else ""
    return notices.attempt(taken, f"{formats.several(len(found), 'LIVE')} noted earlier taken over.{left}")


def _named(each: Old) -> str:
    live = each.live
    return escape(
        f"{sentences.day(live.start)} {live.start:%H:%M} · {formats.several(len(live.rows), 'row')} · "
        f"{formats.several(len(live.spans()), 'event')}"
    )
