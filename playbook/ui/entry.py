"""The whole app for one run of the script: who may come in, which shop, and the page that was asked for."""

from __future__ import annotations

import gc
from contextvars import ContextVar
from functools import cache

import streamlit as st

from playbook.language import N_
from playbook.ui.frame import (
    addresses,
    boundary,
    browser,
    choices,
    network,
    notices,
    once,
    sample_shop,
    shell,
    shop,
    signin,
    speech,
    state,
    stylesheet,
)
from playbook.ui.review import shared

_inside: ContextVar[bool] = ContextVar("inside_app", default=False)


def run() -> None:
    """The whole app for one run: configuration, state, sidebar, and the page that was asked for."""
    st.set_page_config(page_title="LIVE Traffic Playbook", page_icon=str(shell.STATIC / "icon.svg"), layout="wide")
    network.ask_nobody_for_our_address()
    stylesheet.apply()
    state.ensure()
    speech.begin()
    with once.run():
        page = st.navigation(shell.pages(), position="hidden")  # without it Streamlit lists pages/ by itself
        shell.logo()
        shown = shared.code()
        if shown or not signin.gate(shop.bare() if signin.wanted() else None):
            if shown:
                shared.show(shown)
            with st.empty():
                browser.send()
            return
        shell.land(not page.url_path)
        addresses.read(page.url_path)
        shop.pin()
        with boundary.section(N_("Settings")):
            choices.load()
            speech.begin()
        shop.write_numbers()
        shell.sidebar()
        signin.sidebar()
        speech.sidebar()
        shop.in_address()
        network.warn()
        with st.container():  # always there, so that what stands below keeps its place
            sample_shop.banner()
            notices.top()
        token = _inside.set(True)
        try:
            cookies, damaged = st.empty(), st.empty()
            with cookies:  # first, for who leaves the page before it is drawn; what this run adds comes last
                browser.send()
            with boundary.section(N_("This page")):
                if shop.gone():
                    shop.say_gone()
                else:
                    page.run()
            addresses.write()
            with damaged, boundary.section(N_("What is damaged")):
                boundary.damage()
            notices.toasts()
            with cookies:
                browser.send()
        finally:
            _inside.reset(token)
            settle()


@cache
def settle() -> None:
    """Take what is loaded for good, once, out of what the garbage collector looks through.

    Streamlit collects all garbage after every run. To go through the playbook and the libraries, which never become
    garbage, takes it longer than the run itself.
    """
    gc.collect()
    gc.freeze()


def enter() -> None:
    """First statement of every file in pages/.

    Streamlit discovers a folder named pages/ by itself until some run calls st.navigation, so a deep link to a
    fresh server would run the page file alone, without app.py. Then the app is run from here instead, in the same
    run: a rerun would lose the click that led to it.
    """
    if not _inside.get():
        run()
        st.stop()
