"""What Streamlit's theme cannot say: a tool that no table may offer, and the size of headlines on a phone."""

from __future__ import annotations

import streamlit as st

#: It writes cells as they are, and a name such as `=HYPERLINK(...)` would run in the spreadsheet that opens the file.
#: What is to leave as CSV goes through `playbook.spreadsheet`. The label may go on with the name of the table.
UNGUARDED = '[data-testid="stElementToolbarButton"]:has(button[aria-label^="Download as CSV"])'
#: A verdict of two sentences fits on one screen of a phone.
PHONE = "@media (max-width: 640px) { h1 { font-size: 1.4rem !important; } }"


def apply() -> None:
    """Once in a run: no table, nor the data of a chart, offers Streamlit's own CSV; headlines are small on a phone."""
    st.html(f"<style>{UNGUARDED} {{ display: none; }} {PHONE}</style>")
