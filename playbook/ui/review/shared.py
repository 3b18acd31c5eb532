"""One review by a link: read-only, without a sign-in, until its days are over or it is withdrawn."""

from __future__ import annotations

import streamlit as st

from playbook import formats
from playbook.knowledge.load import load
from playbook.store.access import Reader
from playbook.store.errors import StoreError
from playbook.ui.files import loading
from playbook.ui.frame import paths, shop
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import saved

from . import page, share

_WIDTH = 1080


def code() -> str | None:
    """What the address of this visit asks for, if it is such a link."""
    return st.query_params.get(share.PARAMETER)


def show(wanted: str) -> None:
    """The review that a link leads to, and nothing else: what is drawn finds no store."""
    with st.container(width=_WIDTH, key="shared_review"):
        try:
            _review(wanted)
        except StoreError as error:
            st.error(escape(str(error)), title="This review cannot be shown", icon=":material/error:")


def _review(wanted: str) -> None:
    bare = shop.bare()
    found = bare.links.followed(wanted) if bare else None
    if bare is None or found is None:
        st.title("This link shows nothing", anchor=False)
        st.markdown("Its days are over, it was withdrawn, or it is not whole. Ask whoever sent it for another one.")
        return
    reader = bare.acting_as(Reader(found.shop_id, "a link"))
    owner = reader.shop(found.shop_id)
    knowledge = load(paths.own_playbook(owner.playbook_folder))
    kept = saved(reader, owner.id, knowledge, shop.figures(reader.benchmarks(owner.id)), loading.left_out())
    review = kept.review(found.session_id)
    until = owner.wall_clock(found.until)
    st.caption(escape(f"Shared by {found.made_by}, to read until {formats.day_and_year(until)}"))
    with shop.closed(owner.name), st.container(key="review"):
        page.show(review)
