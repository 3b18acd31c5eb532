"""The only page of the phone's process: the code, then the LIVE."""

from __future__ import annotations

import streamlit as st

from playbook.language import N_, _
from playbook.ui.frame import (
    boundary,
    browser,
    choices,
    network,
    notices,
    once,
    shop,
    signin,
    speech,
    state,
    stylesheet,
)
from playbook.ui.frame.escape import escape
from playbook.ui.live import page
from playbook.ui.phone import door

LET_IN = "phone_let_in"
WORDS = {
    "wrong": N_("This is not the code on the laptop."),
    "wait": N_("Wait {seconds} seconds between two tries, then type the code again."),
    "closed": N_("Too many wrong codes. Begin anew on the laptop."),
}


def show() -> None:
    st.set_page_config(page_title="LIVE Traffic Playbook", layout="wide", initial_sidebar_state="collapsed")
    network.ask_nobody_for_our_address()
    stylesheet.apply()
    state.ensure()
    speech.begin()
    mine = door.here
    if mine is None:
        st.error(_("Open this page from During a LIVE on the laptop."))
        return
    if not mine.knows(st.session_state.get(LET_IN) or browser.remembered(browser.PHONE)):
        ask(mine)
        return
    signin.stand_in(mine.person)
    st.session_state[state.SHOP] = mine.shop_id
    with once.run():
        with st.container():
            notices.top()
        cookies = st.empty()
        with boundary.section(N_("This LIVE")):
            opened = shop.store()
            if opened is None:
                st.error(escape(shop.trouble() or ""), icon=":material/database_off:")
            else:
                choices.load()
                speech.begin()
                page.on_phone(opened, mine.live_id)
        notices.toasts()
        with cookies:
            browser.send()


def ask(mine: door.Door) -> None:
    """Nothing of the shop is read or drawn before the code."""
    st.title(_("Type the code"), anchor=False)
    if mine.closed:
        st.error(_(WORDS["closed"]), icon=":material/block:")
        return
    st.markdown(_("It stands on the laptop, beside the QR code."))
    with st.form("phone_code", border=False):
        typed = st.text_input(_("Code"), max_chars=door.DIGITS + 4, key="typed_code", autocomplete="one-time-code")
        sent = st.form_submit_button(_("Open the LIVE"), type="primary")
    if sent:
        answer, token = mine.knock(typed)
        if token is not None:
            st.session_state[LET_IN] = token
            browser.remember(browser.PHONE, token)
            st.rerun()
        st.error(_(WORDS[answer], seconds=round(door.PACE)), icon=":material/error:")


show()
