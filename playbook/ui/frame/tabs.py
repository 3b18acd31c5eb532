"""Tabs that code, links and addresses know by their English name, whatever they are called in the language in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from playbook import language
from playbook.language import _, catalogs

from .escape import escape


def tabs(names: Iterable[str], key: str) -> Sequence[TabContainer]:
    """One tab a name, in their order; the open one stands in the address.

    Names are English, marked with `N_` where they stand. A link by one leads to its tab in every language.
    """
    labels = {each: escape(_(each)) for each in names}
    _lead(st.query_params.get(key), labels, key)
    return st.tabs(list(labels.values()), key=key, on_change="rerun", bind="query-params")


def is_known(asked: str, names: Iterable[str]) -> bool:
    """Whether an address asks for one of these tabs, by what it is called in any language that is offered."""
    return _named(asked, names) is not None


def _lead(asked: str | None, labels: Mapping[str, str], key: str) -> None:
    """Open the tab that a link names otherwise than it is labelled, or that was open in the language of before."""
    shown, now = set(labels.values()), st.session_state.get(key)
    if (
        now is not None and now in labels and now not in shown
    ):  # code opens a tab by its name, whatever the address says
        st.session_state[key] = labels[now]
        return
    if asked in shown or (asked is None and now in shown):
        return
    wanted = _named(asked if asked in labels or now is None else now, labels)
    if wanted is not None:
        st.session_state[key] = labels[wanted]


def _named(label: str | None, names: Iterable[str]) -> str | None:
    """The tab that is called so, in English or in one of the languages that are offered."""
    every = tuple(names)
    if label is None or label in every:
        return label
    for code in catalogs.offered():
        with language.speaking(code):
            found = next((each for each in every if escape(_(each)) == label), None)
        if found is not None:
            return found
    return None
