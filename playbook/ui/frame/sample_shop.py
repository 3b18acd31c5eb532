"""A sample shop for one visit: a store of its own, in a file that goes with it, so nothing mixes with a real shop.

While it is open every page works on it. Closed, or with the visit, it is gone. With a sign-in it is not offered: what
a person may do is held by the team's own store.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from playbook.language import _
from playbook.store.store import Store

from . import once, signin, state

OPEN = "sample_shop_open"
BEFORE = "shop_before_sample"
FILE = "sample.db"
#: Called with the new store; says the id of the shop in it.
Fill = Callable[[Store], str]


@dataclass(frozen=True)
class SampleStore:
    """The open store of a visit and the folder that it alone has."""

    opened: Store
    folder: Path
    shop_id: str


def offered() -> bool:
    """Whether this visit may open one."""
    return not signin.wanted()


def is_open() -> bool:
    return offered() and bool(st.session_state.get(OPEN))


def store() -> Store | None:
    """The store of the sample shop of this visit, None while none is open."""
    if not is_open():
        return None
    held: SampleStore = st.session_state[OPEN]
    if (held.folder / FILE).exists():
        return held.opened
    close()  # somebody tidied the folder of temporary files
    return None


def begin(fill: Fill) -> None:
    """Make the sample shop, and show it. In a callback."""
    if not offered() or is_open():
        return
    with st.spinner(_("Opening the sample shop ...")):
        held = _made(fill)
    st.session_state[BEFORE] = st.session_state.get(state.SHOP)
    st.session_state[OPEN] = held
    _show(held.shop_id)


def close() -> None:
    """Erase the sample shop, and show the shop of before."""
    _made.clear()
    st.session_state.pop(OPEN, None)
    _show(st.session_state.pop(BEFORE, None))


def banner() -> None:
    """On every page while it is open: what it is, and the way out."""
    if not is_open():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="sample_shop"):
        st.badge(_("Sample shop: made up, nothing of it is kept"), icon=":material/science:", color="violet")
        st.button(_("Close the sample shop"), key="close_sample_shop", icon=":material/close:", on_click=close)


def no_place_for_files() -> bool:
    """In place of what would save files of one's own: that the sample shop is not for them. Whether it is open."""
    if is_open():
        st.info(_("This is the sample shop. Close it, above, to bring files of your own."), icon=":material/science:")
    return is_open()


def _show(shop_id: str | None) -> None:
    state.turn()
    st.session_state[state.SHOP] = shop_id
    once.forget()


@st.cache_resource(scope="session", max_entries=1, show_spinner=False, on_release=lambda each: _gone(each))
def _made(_fill: Fill) -> SampleStore:
    folder = Path(tempfile.mkdtemp(prefix="playbook-sample-"))
    opened = Store.open(str(folder / FILE), who="the sample shop")
    return SampleStore(opened, folder, _fill(opened))


def _gone(held: SampleStore) -> None:
    held.opened.close()
    shutil.rmtree(held.folder, ignore_errors=True)
