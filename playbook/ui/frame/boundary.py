"""Trouble with the store stays where it happens: that section says so, and the rest of the page stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from playbook.language import _, ngettext
from playbook.store.damage import Damage
from playbook.store.errors import StoreError
from playbook.store.store import Store

from . import keys, notices, once, shop
from . import tabs as named_tabs
from .escape import escape

#: More are counted, not listed.
_LISTED = 5


@contextmanager
def section(what: str) -> Iterator[None]:
    """Inside, a StoreError becomes words in place of `what`, with a button that tries once more.

    `what` is the English name, marked with `N_` where it stands.
    """
    try:
        yield
    except StoreError as error:
        once.forget()
        with st.container(border=True, key=f"trouble_{_plain(what)}"):
            st.error(
                escape(str(error)),
                title=escape(_("{what} cannot be shown", what=_(what))),
                icon=":material/database_off:",
            )
            st.button(_("Try again"), key=f"try_again_{_plain(what)}", icon=":material/refresh:", on_click=once.forget)


def tabs(views: Mapping[str, Callable[[], object]], key: str) -> None:
    """Tabs that stand in the address; only the open one is drawn, and its trouble is its own."""
    asked = st.query_params.get(key)
    if asked is not None and not named_tabs.is_known(asked, views):
        names = ", ".join(_(each) for each in views)
        said = _("There is no tab '{tab}' here. There are: {tabs}.", tab=asked[:80], tabs=names)
        st.warning(escape(said), icon=":material/link_off:")
    for (title, paint), tab in zip(views.items(), named_tabs.tabs(views, key), strict=True):
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
            escape(
                ngettext(
                    "{shop}: one damaged row in the store. Everything else is shown.",
                    "{shop}: {count} damaged rows in the store. Everything else is shown.",
                    len(found), shop=owner.name, count=len(found),
                )
            ),
            title=_("Some of what was saved cannot be read"), icon=":material/broken_image:",
        )  # fmt: skip
        for place, each in enumerate(found[:_LISTED]):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(escape(str(each)), width="stretch")
                st.button(
                    _("Set it aside"), key=keys.of_shop(f"set_aside_{place}", owner.id), icon=":material/delete:",
                    on_click=_set_aside, args=(opened, each),
                    help=_("A LIVE stays in the trash for 30 days. A part no longer counts."),
                )  # fmt: skip
        if len(found) > _LISTED:
            more = len(found) - _LISTED
            st.caption(_("And {count} more.", count=more))


def _set_aside(opened: Store, each: Damage) -> None:
    notices.attempt(lambda: opened.set_aside(each), _("Set aside"))


def _plain(what: str) -> str:
    return what.lower().replace(" ", "_")
