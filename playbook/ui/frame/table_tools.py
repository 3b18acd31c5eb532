"""The tools that Streamlit puts over every table, less the one that writes a file past our guard."""

from __future__ import annotations

import streamlit as st

#: It writes cells as they are, and a name such as `=HYPERLINK(...)` would run in the spreadsheet that opens the file.
#: What is to leave as CSV goes through `playbook.spreadsheet`. The label may go on with the name of the table.
UNGUARDED = '[data-testid="stElementToolbarButton"]:has(button[aria-label^="Download as CSV"])'


def without_unguarded_csv() -> None:
    """Once in a run: no table, nor the data of a chart, offers Streamlit's own CSV."""
    st.html(f"<style>{UNGUARDED} {{ display: none; }}</style>")
