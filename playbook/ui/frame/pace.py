"""How often a visit may ask for what costs a server much: far more than a person does, far less than a program can."""

from __future__ import annotations

import time

import streamlit as st

from playbook.language import _

#: Readings of files a minute. A person who answers every question of a file makes a few.
READINGS = 30
MINUTE = 60.0
READ_LATELY = "readings_of_late"
_clock = time.monotonic


def may_read() -> bool:
    """Whether this visit may have files read once more now; if so, that counts as one."""
    now = _clock()
    late = [each for each in st.session_state.get(READ_LATELY, ()) if now - each < MINUTE]
    if len(late) < READINGS:
        late.append(now)
        st.session_state[READ_LATELY] = tuple(late)
        return True
    return False


def too_often() -> str:
    return _(
        "Files were read {many} times within a minute in this visit, so these wait. In a minute, press a button or "
        "load the page again.",
        many=READINGS,
    )
