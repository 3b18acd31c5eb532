"""Trouble with the store stays where it happens: that section says so, and the rest of the page stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from playbook.store.damage import Damage
from playbook.store.errors import StoreError
from playbook.store.store import Store

from . import keys, notices, once, shop
from .escape import escape

#: More are counted, not listed.
_LISTED = 5


@contextmanager
def section(what: str) -> Iterator[None]:
    """Inside, a StoreError becomes words in place of `what`, with a button that tries once more."""
    try:
        yield
    except StoreError as error:
        once.forget()
        with st.container(border=True, key=f"trouble_{_plain(what)}"):
            st.error(escape(str(error)), title=escape(f"{what} cannot be shown"), icon=":material/database_off:")
            st.button("Try again", key=f"try_again_{_plain(what)}", icon=":material/refresh:", on_click=once.forget)


def tabs(views: Mapping[str, Callable[[], object]], key: str) -> None:
    """Tabs that stand in the address; only the open one is drawn, and its trouble is its own."""
    asked = st.query_params.get(key)
    if asked is not None and asked not in views:
        st.warning(
            escape(f"There is no tab '{asked[:80]}' here. There are: {', '.join(views)}."), icon=":material/link_off:"
        )
    made = st.tabs([escape(each) for each in views], key=key, on_change="rerun", bind="query-params")
    for (title, paint), tab in zip(views.items(), made, strict=True):
        if tab.open:
            with tab, section(title):
                paint()


def damage() -> None:
    """The damaged rows that this run met in the shop: what is missing because of them, and a way to set them aside."""
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None:
        return
    found = opened.damage(owner.id)
    if not found:
        return
    with st.container(border=True, key="damage"):
        st.warning(
            escape(f"{owner.name}: {_many(len(found))} in the store. Everything else is shown."),
            title="Some of what was saved cannot be read", icon=":material/broken_image:",
        )  # fmt: skip
        for place, each in enumerate(found[:_LISTED]):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(escape(str(each)), width="stretch")
                st.button(
                    "Set it aside", key=keys.of_shop(f"set_aside_{place}", owner.id), icon=":material/delete:",
                    on_click=_set_aside, args=(opened, each),
                    help="A LIVE stays in the trash for 30 days. A part no longer counts.",
                )  # fmt: skip
        if len(found) > _LISTED:
            st.caption(f"And {len(found) - _LISTED} more.")


def _set_aside(opened: Store, each: Damage) -> None:
    notices.attempt(lambda: opened.set_aside(each), "Set aside")


def _many(number: int) -> str:
    return "one damaged row" if number == 1 else f"{number} damaged rows"


def _plain(what: str) -> str:
    return what.lower().replace(" ", "_")
