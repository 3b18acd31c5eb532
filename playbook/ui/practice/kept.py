"""The practice LIVE of this browser, written down at every minute: a reload, or a restart of the server, loses none."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

import streamlit as st

from playbook.practice.saving import as_text, from_text
from playbook.practice.simulator import PracticeLive
from playbook.store.errors import StoreError
from playbook.ui.frame import browser, shop

#: Keys of st.session_state: the id of the run that is played, and how it stood when it was written down last.
RUN, WRITTEN = "practice_run", "practice_written"


def begin(live: PracticeLive) -> None:
    """A run of its own, whose id this browser keeps."""
    run = uuid4().hex
    st.session_state[RUN], st.session_state[WRITTEN] = run, None
    _here(run).append(live)
    browser.remember(browser.PRACTICE, run)


def write(live: PracticeLive, judged: bool = False) -> None:
    """Write the run down where it changed. A store that cannot be written to stops no LIVE: it is kept in memory."""
    run: str | None = st.session_state.get(RUN)
    stands = (live.minute, len(live.done), live.ended, judged)
    if run is None or st.session_state.get(WRITTEN) == stands:
        return
    st.session_state[WRITTEN] = stands
    opened, owner = shop.store(), shop.current()
    if opened is not None:
        with suppress(StoreError):
            opened.keep_practice(owner.id if owner else None, run, as_text(live, judged))


def left() -> tuple[PracticeLive, bool] | None:
    """What this browser played last, and whether its result was kept; None where that is forgotten."""
    run = browser.remembered(browser.PRACTICE)
    if run is None:
        return None
    opened, owner = shop.store(), shop.current()
    text = None
    if opened is not None:
        with suppress(StoreError):
            text = opened.practice_left(owner.id if owner else None, run)
    found = from_text(text) if text else None
    here = next(iter(_here(run)), None)
    if here is not None and (found is None or here.minute >= found[0].minute):
        return here, bool(found and found[1])
    return found


def go_on(live: PracticeLive) -> None:
    """The run that this browser left is the one that is written down from now on."""
    run = browser.remembered(browser.PRACTICE)
    st.session_state[RUN], st.session_state[WRITTEN] = run, None
    if run is not None and not _here(run):
        _here(run).append(live)


def forget() -> None:
    """What was played is over and read."""
    st.session_state[RUN] = None
    browser.remember(browser.PRACTICE, None)


@st.cache_resource(max_entries=200, show_spinner=False)
def _here(run: str) -> list[PracticeLive]:  # noqa: ARG001 - the key
    """The LIVE of a run by its id, for where there is no store. It is played on in place."""
    return []
