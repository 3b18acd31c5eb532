"""The note of a LIVE: saved as it is left, into the LIVE it was typed for."""

from __future__ import annotations

import streamlit as st

from playbook.store.store import Store
from playbook.ui.frame import keys, notices


def note(opened: Store, shop_id: str, session_id: str) -> None:
    """A box that keeps its own text; what somebody else saved meanwhile is shown, unless words stand here unsaved."""
    box, seen = keys.of_live("note", shop_id, session_id), keys.of_live("note_seen", shop_id, session_id)
    stored = _stored(opened, shop_id, session_id)
    if box not in st.session_state or st.session_state[box] == st.session_state.get(seen):
        st.session_state[box] = stored
    st.session_state[seen] = stored
    st.text_area(
        "Note", key=box, height=80, max_chars=4000, on_change=_save, args=(opened, shop_id, session_id, stored),
        placeholder="What you tried, what you saw, what to remember.",
    )  # fmt: skip


def _stored(opened: Store, shop_id: str, session_id: str) -> str:
    mark = opened.marks(shop_id).get(session_id)
    return (mark.note if mark else None) or ""


def _save(opened: Store, shop_id: str, session_id: str, before: str) -> None:
    """`before` is the note as the box showed it: another one by now was written by somebody else."""
    typed = (st.session_state[keys.of_live("note", shop_id, session_id)] or "").strip()
    if typed == before:
        return

    if notices.attempt(lambda: opened.set_note(shop_id, session_id, typed, seen=before), "Note saved", typed):
        st.session_state[keys.of_live("note_seen", shop_id, session_id)] = typed
        st.session_state[keys.of_live("note", shop_id, session_id)] = typed
