"""Comments and to-dos: one of them drawn, a box to write one, and all that was said of a LIVE."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from playbook import formats
from playbook.language import _
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.store.records import Comment, Shop
from playbook.store.store import Store

from . import keys, notices, rights, shop, signin
from .escape import escape


def of_session(opened: Store, shop_id: str, session_id: str) -> None:
    """What was said of one LIVE, the latest first, and a box to say more."""
    said = [each for each in opened.comments(shop_id) if each.session_id == session_id]
    title = _("Comments and to-dos ({count})", count=len(said)) if said else _("Comments and to-dos")
    with st.expander(
        title, icon=":material/forum:", expanded=bool(said), key=keys.of_live("said", shop_id, session_id)
    ):
        for each in said:
            line(opened, each, {})
        write(opened, session_id)


def line(opened: Store, each: Comment, owners: Mapping[str, Shop]) -> None:
    """One comment: what, who said it when, by when and by whom it is to be done."""
    owner = owners.get(each.shop_id)
    at = shop.local(each.at)
    small = [owner.name if owner else "", f"{each.who}, {sentences.day(at)} {at:%H:%M}"]
    if each.to_do:
        small.append(_("for {who}", who=each.owner) if each.owner else "")
        small.append(_("by {day}", day=formats.day(each.due)) if each.due else "")
    if each.done_at is not None:
        small.append(_("done {day} by {who}", day=sentences.day(shop.local(each.done_at)), who=each.done_by))
    with st.container(horizontal=True, vertical_alignment="center", key=keys.of_shop(f"said_{each.id}", each.shop_id)):
        if each.to_do and rights.may(Role.host, each.shop_id):
            st.checkbox(
                _("Done"), value=each.done_at is not None,
                key=keys.of_shop(f"tick_{each.id}_{each.done_at is None}", each.shop_id),
                label_visibility="collapsed", on_change=notices.act,
                args=(lambda: opened.tick_comment(each.shop_id, each.id, each.done_at is None),),
            )  # fmt: skip
        with st.container():
            st.markdown(escape(each.text))
            st.caption(escape(" · ".join(filter(None, small))))


def write(opened: Store, session_id: str | None) -> None:
    """A comment on the shop of this visit, or on one of its LIVEs."""
    now = shop.current()
    if now is None or not rights.may(Role.host, now.id):
        return
    about = session_id or "shop"
    boxes = {name: keys.of_live(f"comment_{name}", now.id, about) for name in ("text", "who", "to_do", "owner", "due")}
    with st.form(keys.of_live("comment", now.id, about), border=True, clear_on_submit=True):
        asked = _("Say something about this LIVE") if session_id else _("Say something about {shop}", shop=now.name)
        st.text_area(escape(asked), key=boxes["text"], height=80)
        with st.grid(4, min_column_width=150):
            if not signin.wanted():
                st.text_input(_("Your name"), key=boxes["who"], max_chars=60)
            st.checkbox(_("To do"), key=boxes["to_do"])
            st.text_input(_("By whom"), key=boxes["owner"], max_chars=60)
            st.date_input(_("By when"), value=None, format=formats.typed_day(), key=boxes["due"])
        st.form_submit_button(
            _("Write it down"), icon=":material/add_comment:", key=keys.of_live("comment_save", now.id, about),
            on_click=_save, args=(opened, now.id, session_id, boxes),
        )  # fmt: skip


def _save(opened: Store, shop_id: str, session_id: str | None, boxes: Mapping[str, str]) -> None:
    said = {name: st.session_state.get(key) for name, key in boxes.items()}
    due = said["due"]
    notices.attempt(
        lambda: opened.add_comment(
            shop_id, said["text"] or "", session_id=session_id, who=said["who"], due=due,
            to_do=bool(said["to_do"] or due or said["owner"]), owner=said["owner"],
        ),
        _("Written down"), said["text"] or "",
    )  # fmt: skip
