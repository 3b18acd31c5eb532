"""Removing one of a list. The next one takes its place under the cursor, so a double click must not remove both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from . import notices
from .escape import escape


def remove(
    label: str, sure: str, key: str, action: Callable[[], Any], said: str, *, icon: str, disabled: bool = False
) -> None:
    """A button that opens a question, and in it the one that does it: the question goes with what is removed.

    `key` belongs to that one thing; `sure` is the whole text of the second button, escaped here.
    """
    with st.popover(escape(label), icon=icon, key=f"ask_{key}", disabled=disabled):
        st.button(escape(sure), key=key, type="primary", disabled=disabled, on_click=notices.act,
                  args=(action, said))  # fmt: skip
