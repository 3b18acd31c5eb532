"""No export: the numbers of one LIVE typed from the phone become a file of our own template."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time

import streamlit as st

from ..currencies import OFFERED
from . import loading, state

#: Template column, and the number's decimal step; labels and help come from metrics.yaml.
NUMBERS = (
    ("impressions", 1), ("views", 1), ("avg_viewing_seconds", 1), ("comments", 1), ("new_followers", 1),
    ("shares", 1), ("likes", 1), ("product_clicks", 1), ("sku_orders", 1), ("gmv", 0.01),
)  # fmt: skip
#: Where the label of metrics.yaml would not fit on one line.
SHORT = {"avg_viewing_seconds": "Viewing time, seconds"}
CURRENCIES = ("USD", *(code for code in OFFERED if code != "USD"))
HEADER = ("session_id", "start", "minutes", "title", "currency", *(name for name, _ in NUMBERS))
FILE = "typed_lives.csv"


def form() -> None:
    """Ten numbers, any of them may stay empty. Several LIVEs can be typed, one after the other."""
    st.markdown(
        "Copy what the phone shows after the LIVE. Leave out what you do not see: **empty is unknown, not zero**."
    )
    counts = loading.knowledge().counts
    with st.form("typed", border=True, clear_on_submit=True):
        with st.grid(4, min_column_width=160):
            day = st.date_input("Date", value="today", format="YYYY-MM-DD", key="typed_date")
            begin = st.time_input("Start", value=time(19, 0), key="typed_time")
            minutes = st.number_input("Length, minutes", min_value=1, max_value=2880, value=None, key="typed_minutes")
            currency = st.selectbox("Currency", CURRENCIES, key="typed_currency")
            typed = {
                name: st.number_input(
                    SHORT.get(name, counts[name].label), min_value=0 if step == 1 else 0.0, step=step, value=None,
                    help=counts[name].plain, key=f"typed_{name}",
                )
                for name, step in NUMBERS
            }  # fmt: skip
        title = st.text_input("Title (optional)", key="typed_title", max_chars=120)
        if st.form_submit_button("Review this LIVE", type="primary", icon=":material/check:", key="typed_submit"):
            if minutes is None or all(value is None for value in typed.values()):
                st.error("Type the length and at least one number of the LIVE.", icon=":material/edit:")
            else:
                _add(datetime.combine(_one_day(day), begin), minutes, title, currency, typed)
                st.rerun()


def held() -> state.HeldFile | None:
    """The file of typed LIVEs, for the download button."""
    return next((each for each in state.files() if each.origin == "typed"), None)


def _one_day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _add(start: datetime, minutes: float, title: str, currency: str, typed: dict[str, float | None]) -> None:
    before = held()
    old = list(csv.reader(io.StringIO(before.content.decode()))) if before else [list(HEADER)]
    stamp = f"{start:%Y-%m-%d %H:%M}"
    row = [f"typed {stamp}", stamp, f"{minutes:g}", title.strip(), currency]
    row += ["" if typed[name] is None else f"{typed[name]:.10g}" for name, _ in NUMBERS]
    rows = [each for each in old if each[0] != row[0]] + [row]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    others = tuple(each for each in state.files() if each.origin == "upload")
    state.hold((*others, state.HeldFile(FILE, text.getvalue().encode(), "typed")))
    state.choose_live(row[0])
