"""LIVEs that an earlier version kept in files become rows of a shop, once; with several shops a person says whose."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from playbook import formats, userdata
from playbook.language import _, ngettext
from playbook.report.words import sentences
from playbook.store import old_running
from playbook.store.errors import StoreError
from playbook.store.old_running import Old
from playbook.store.records import Shop
from playbook.store.store import Store
from playbook.ui.frame import notices, shop
from playbook.ui.frame.escape import escape

from . import noted

#: A take-over that failed is not tried again and again in one visit.
FAILED = "old_lives_failed"


def show(opened: Store, owner: Shop | None) -> None:
    """Nothing where there are no such files, which is the ordinary case."""
    found, unusable = old_running.found()
    if unusable:
        names = ", ".join(path.name for path in unusable[:5])
        words = ngettext(
            "{number} file of an earlier version cannot be read and will stay in {folder}: {names}.",
            "{number} files of an earlier version cannot be read and will stay in {folder}: {names}.",
            len(unusable), number=formats.count(len(unusable)), folder=userdata.folder(), names=names,
        )  # fmt: skip
        st.caption(escape(words))
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
        many = ngettext(
            "{number} LIVE noted on this computer with an earlier version, which did not tell shops apart.",
            "{number} LIVEs noted on this computer with an earlier version, which did not tell shops apart.",
            len(found), number=formats.count(len(found)),
        )  # fmt: skip
        question = _("**Whose LIVEs are these?**")
        st.markdown(f"{question} {many}")
        picked = st.multiselect(
            _("LIVEs"), list(lives), default=list(lives), format_func=lambda each: lives.get(each, ""), key="old_which"
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            whose = st.selectbox(_("Shop"), list(names), format_func=lambda each: names.get(each, ""), index=None,
                                 key="old_shop", width=320, placeholder=_("Choose the shop"))  # fmt: skip
            owner = next((each for each in every if each.id == whose), None)
            chosen = [found[place] for place in picked if place < len(found)]
            st.button(_("They are of this shop"), key="old_take", type="primary", icon=":material/check:",
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
                    _(
                        "{live} is stored, but its file cannot be moved ({reason}). Allow writing in {folder}.",
                        live=_named(each), reason=error.strerror, folder=userdata.folder(),
                    )
                ) from None  # fmt: skip

    unread = sum(each.unread for each in found)
    said = ngettext(
        "{number} LIVE noted earlier taken over.", "{number} LIVEs noted earlier taken over.",
        len(found), number=formats.count(len(found)),
    )  # fmt: skip
    if unread:
        left = ngettext(
            "{number} row could not be read; the files are kept.",
            "{number} rows could not be read; the files are kept.",
            unread, number=formats.count(unread),
        )  # fmt: skip
        said = f"{said} {left}"
    return notices.attempt(taken, said)


def _named(each: Old) -> str:
    live = each.live
    return escape(f"{sentences.day(live.start)} {live.start:%H:%M} · {noted.rows(live)} · {noted.events(live)}")
