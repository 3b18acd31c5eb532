"""A fault that lasts, accepted as the shop's new usual by a click, and taken back."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from playbook.language import _
from playbook.pipeline import Review
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, rights, shop
from playbook.ui.frame.escape import escape


def show(review: Review) -> None:
    """Under the sentences of a saved LIVE: accept the level that was said to be low, or take back one accepted."""
    saved, owner, session = loading.of_shop(), shop.current(), review.session
    if saved is None or owner is None or not loading.is_kept(session.id):
        return
    may = rights.may(Role.coach, owner.id)
    for each in review.diagnosis.lasting[:1]:
        if may and each.since is not None:
            st.button(
                escape(sentences.accept_label(review, each)), key=keys.of_shop(f"accept_{each.metric}", owner.id),
                icon=":material/horizontal_rule:", on_click=accept, args=(owner.id, each.metric, each.since),
                help=_("When it is meant to be so, as after a new format: LIVEs are then judged by this level alone."),
            )  # fmt: skip
    for metric, since in saved.accepted:
        if metric not in review.knowledge.metrics or (session.start and session.start < since):
            continue
        with st.container(horizontal=True, vertical_alignment="center", key=f"accepted_{metric}"):
            st.caption(escape(sentences.accepted(review.knowledge.metrics[metric], since)))
            if may:
                st.button(_("Take it back"), key=keys.of_shop(f"not_{metric}", owner.id), type="tertiary",
                          on_click=accept, args=(owner.id, metric, None))  # fmt: skip


def accept(shop_id: str, metric: str, since: datetime | None) -> None:
    store = shop.store()
    if store is None:
        return
    if notices.attempt(lambda: store.accept_level(shop_id, metric, since)) and since is not None:
        notices.undoable(
            _("The new level is your usual now."), lambda: store.accept_level(shop_id, metric, None), _("Taken back")
        )
