"""Tabs that code and addresses know by an id, whatever they are called in the language in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer


def tabs(labels: Mapping[str, str], key: str) -> Sequence[TabContainer]:
    """One tab an id of `labels`, in their order; the open one stands in the address.

    An id in the address or in the session opens its tab. What stands there in a language that was spoken before opens
    the first.
    """
    shown = list(labels.values())
    asked, before = st.query_params.get(key), st.session_state.get(key)
    if before is not None and before in labels:
        st.session_state[key] = labels[before]
    elif before is not None and before not in shown:
        st.session_state[key] = shown[0]
    elif before is None and asked is not None and asked in labels and labels[asked] != asked:
        del st.query_params[key]
        st.session_state[key] = labels[asked]
    return st.tabs(shown, key=key, on_change="rerun", bind="query-params")
