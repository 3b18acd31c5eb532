"""In which language this visit is spoken to: what its person chose, else what their browser asks for.

With a sign-in the choice is the person's, wherever they sign in. Without one it is the browser's own.
"""

from __future__ import annotations

import os

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playbook import language
from playbook.language import _, catalogs

from . import browser, choices, once, state

_CHOSEN = "language_chosen"
_SPOKEN = "language_spoken"
_PICKER = "language_picker"


def begin() -> None:
    """First in a run, and again once the person of the visit is known."""
    language.asked_of(_of_visit)
    st.session_state[_SPOKEN] = code = _best()
    language.speak(code)


def _of_visit() -> str | None:
    """Of the visit that a thread works for, where it came without a run: a callback, a fragment.

    `st.session_state.get` ends a callback when the next click is already there, and why something was not saved would
    go unsaid; this look does not.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    spoken: str | None = st.session_state.to_dict().get(_SPOKEN)
    return spoken


def _best() -> str:
    among = catalogs.offered()
    if len(among) == 1:
        return language.SOURCE
    wanted = (_chosen(), os.environ.get(catalogs.AT_FIRST), of_browser())
    return next((code for each in wanted if (code := catalogs.best(each, among)) is not None), language.SOURCE)


def of_browser() -> str | None:
    """What the browser of the visit asks for: `id-ID`."""
    return st.context.locale


def _chosen() -> str | None:
    chosen: str | None = st.session_state.get(_CHOSEN)
    return chosen or state.settings().language or browser.remembered(browser.LANGUAGE)


def sidebar() -> None:
    """The choice, where there is one, each language by its own name; and the browser told which one is on the page."""
    among, now = catalogs.offered(), language.current()
    if len(among) == 1:
        return
    with st.sidebar:
        st.session_state[_PICKER] = now
        st.selectbox(
            _("Language"), list(among), format_func=lambda each: among[each].name, key=_PICKER, on_change=_picked
        )
        tag = among[now].tag if now in among else language.SOURCE
        browser.read_as(tag)


def _picked() -> None:
    choose(st.session_state[_PICKER])


def choose(code: str) -> None:
    """Speak this language from now on, also next time. The page and what was typed on it stay."""
    if code not in catalogs.offered():
        return
    st.session_state[_CHOSEN] = st.session_state[_SPOKEN] = code
    language.speak(code)
    once.forget()
    browser.remember(browser.LANGUAGE, code)
    choices.of_person(language=code)
