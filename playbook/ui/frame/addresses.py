"""The address of a page: which shop, LIVE and filter it shows, so that reload, back and a link show the same.

What a visit shows is in its session; the address follows at the end of each run. The address leads where somebody
came by it: first run of a visit, back and forward, a link. Otherwise a click made before the browser knew the newest
address would lead back to what was shown before.

Tabs are bound to their own parameters (`boundary.tabs`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

#: Parameters that are written here; a page's own (`strategy`, `lesson`, `scenario`) and those of tabs are left alone.
SHOP, LIVE = "shop", "live"
FILTERS = ("weekday", "start", "length", "host")
#: What is typed to narrow the LIVEs of the history.
TYPED = ("title", "from", "until")
#: Of the strategies: the step of the funnel and the tool.
STEP, TOOL = "step", "tool"
#: What a page is narrowed by; a step back to an address without it takes it away.
NARROWED = (*FILTERS, *TYPED, STEP, TOOL)
OURS = (SHOP, LIVE, *NARROWED)
#: Of the visit: what the address had after the last run, on which page; what it asks for and nobody took yet.
WRITTEN, PAGE, ASKED, SAID = "address_written", "address_page", "address_asked", "address_said"

Values = tuple[str, ...]


def read(page: str) -> None:
    """First in a run: notice what the address asks for where somebody came by it."""
    st.session_state[SAID] = {}
    context = get_script_run_ctx()
    back = bool(context and context.is_history_navigation)
    came = back or st.session_state.get(PAGE) != page
    if not came:
        return
    written: Mapping[str, Values] = st.session_state.get(WRITTEN, {})
    here = {name: tuple(st.query_params.get_all(name)) for name in OURS}
    same_page = st.session_state.get(PAGE) == page
    news = {
        name: values
        for name, values in here.items()
        if values != written.get(name, ()) and (values or (back and same_page and name in NARROWED))
    }
    st.session_state[ASKED] = {**st.session_state.get(ASKED, {}), **news}
    st.session_state[PAGE] = page
    st.session_state[WRITTEN] = {name: values for name, values in here.items() if values}


def take(name: str) -> Values | None:
    """What the address asks for, once; None where it has no news."""
    asked: dict[str, Values] = st.session_state.get(ASKED, {})
    return asked.pop(name, None)


def forget() -> None:
    """Somebody chose something else meanwhile."""
    st.session_state[ASKED] = {}


def say(name: str, values: Sequence[str]) -> None:
    """The address of this page has these from now on; what no page says is left out."""
    st.session_state[SAID][name] = tuple(values)


def write() -> None:
    """Last in a run that came to its end. Each change is a step back for the browser, so all that is new is one."""
    said: Mapping[str, Values] = {name: values for name, values in st.session_state[SAID].items() if values}
    here = {name: tuple(st.query_params.get_all(name)) for name in OURS}
    for name in OURS:
        if here[name] and name not in said:
            del st.query_params[name]
    new = {name: list(values) for name, values in said.items() if values != here[name]}
    if new:
        st.query_params.update(new)
    st.session_state[WRITTEN] = dict(said)


def of_shop(shop_id: str | None, **more: str) -> dict[str, str]:
    """Parameters of a link that stays with the shop."""
    return {**({SHOP: shop_id} if shop_id else {}), **more}
