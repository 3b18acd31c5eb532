"""Noting the running totals: typed as the dashboard shows them, pasted, or read from a file that grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import streamlit as st

from .. import formats
from ..imports import Typed, pasted_counts, typed_counts
from ..live_log import NOTED, Log, Row, problems
from ..session import CHANNELS
from . import loading, network, pad_view
from .escape import escape
from .live_view import CHANNEL_WORDS

#: Writes the log to disk and says whether that worked.
Keep = Callable[[Log], bool]
#: In the order in which a dashboard shows them.
FIELDS = (
    "impressions", "views", "product_clicks", "sku_orders", "gmv", "comments", "new_followers", "shares", "likes",
    "product_impressions",
)  # fmt: skip
#: What can be watched; anything else is no export.
WATCHABLE = (".csv", ".tsv", ".txt", ".json", ".xlsx", ".xls", ".ods")


def form(log: Log, now: datetime, keep: Keep) -> None:
    """One row of totals. Enter saves it; a mistake stays in its field with what is wrong beside it."""
    typed, pasted, watched = st.tabs(["Type", "Paste", "Watch a file"])
    with typed:
        typing(log, now, keep)
    with pasted:
        pasting(log, keep)
    with watched:
        watching(log, keep)


def typing(log: Log, now: datetime, keep: Keep) -> None:
    labels = loading.knowledge().counts
    st.caption("Totals since the start, as the dashboard shows them: 1,200 or 2.5K. Empty is unknown, not zero.")
    with st.form("totals", border=True, enter_to_submit=True):
        with st.grid(4, min_column_width=150):
            st.text_input("Time", key="total_time", max_chars=8, placeholder=f"now, {now:%H:%M}")
            for name in FIELDS:
                st.text_input(labels[name].label, key=f"total_{name}", max_chars=24)
        st.form_submit_button("Save the row", type="primary", icon=":material/add:", key="save_totals",
                              on_click=_typed, args=(log, keep))  # fmt: skip
    wrong("totals_wrong")


def _typed(log: Log, keep: Keep) -> None:
    """Before the page is drawn again: only then may the fields be emptied."""
    now = pad_view.now()
    clock = st.session_state["total_time"] or ""
    at = moment(log, clock, now)
    if at is None:
        st.session_state["totals_wrong"] = [f"'{clock}' is not a time like 20:15. Leave it empty for now."]
        return
    read = typed_counts({name: st.session_state[f"total_{name}"] or "" for name in FIELDS}, log.currency)
    st.session_state["totals_wrong"] = add(log, at, read, keep)
    if not st.session_state["totals_wrong"]:
        for name in ("time", *FIELDS):
            st.session_state[f"total_{name}"] = ""


def pasting(log: Log, keep: Keep) -> None:
    with st.form("paste", border=True):
        st.text_area(
            "Text copied from the dashboard", key="pasted_totals", height=140,
            placeholder="Impressions\n12,340\nViews\n1,480\nProduct clicks\n210",
        )  # fmt: skip
        st.form_submit_button("Read and save", icon=":material/content_paste:", key="save_paste",
                              on_click=_pasted, args=(log, keep))  # fmt: skip
    wrong("paste_wrong")
    if st.session_state.get("paste_unread"):
        st.caption(escape(f"Not read: {', '.join(st.session_state['paste_unread'][:12])}."))


def _pasted(log: Log, keep: Keep) -> None:
    text = st.session_state["pasted_totals"] or ""
    read, st.session_state["paste_unread"] = pasted_counts(text, loading.profiles(), log.currency)
    st.session_state["paste_wrong"] = add(log, pad_view.now(), read, keep)
    if not st.session_state["paste_wrong"]:
        st.session_state["pasted_totals"] = ""


def wrong(key: str) -> None:
    """Why the last row was not saved; it stays in its fields."""
    lines = "\n".join(f"- {escape(each)}" for each in st.session_state.get(key) or ())
    if lines:
        st.error(lines, title="This row is not saved", icon=":material/edit:")


def add(log: Log, at: datetime, read: Typed, keep: Keep) -> list[str]:
    """Keep a row if everything in it can be; else what is wrong, in words."""
    labels = loading.knowledge().counts
    row = Row(at, {name: value for name, value in read.counts.items() if name in NOTED})
    found = [f"{labels[name].label}: {text}" for name, text in read.problems.items()] or problems(log, row)
    if found:
        return found
    added = log.added(row)
    if read.currency and log.currency is None:
        added = replace(added, currency=read.currency)
    return [] if keep(added) else ["It could not be written; see above."]


def moment(log: Log, clock: str, now: datetime) -> datetime | None:
    """A typed clock time (20:15, 8:15 pm) on the evening of the LIVE; empty is now, None is no time.

    What is before the start by more than a minute is past midnight, unless that would lie ahead of now.
    """
    text = " ".join(clock.strip().lower().replace(".", ":").split())
    if not text:
        return now
    for form in ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p"):
        try:
            at = datetime.combine(log.start.date(), datetime.strptime(text, form).time())
        except ValueError:
            continue
        later = at + timedelta(days=1)
        return later if at < log.start - timedelta(minutes=1) and later <= now + timedelta(hours=1) else at
    return None


def watching(log: Log, keep: Keep) -> None:
    """A file on this computer that something else keeps writing."""
    if not network.files_by_path("Watching a file"):
        return
    st.caption(
        "A CSV that grows row by row, or the per-minute JSON of the API saved again and again. It is read every "
        "15 seconds; rows per minute and running totals both work."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input("Path of the file", value=log.watching or "", key="watch_path", width=480)
        path = (typed or "").strip().strip('"')
        words = {False: "its own minutes", True: "everything since the start"}
        totals = st.segmented_control(
            "Each row holds", list(words), format_func=words.__getitem__, default=log.totals, key="watch_totals",
            required=True,
        )  # fmt: skip
        if st.button("Watch it", key="watch", icon=":material/visibility:"):
            wrong = cannot_watch(path)
            if wrong:
                st.error(escape(wrong), icon=":material/error:")
            elif keep(replace(log, watching=path, totals=bool(totals))):
                st.rerun()
        if log.watching and st.button("Stop watching", key="unwatch", icon=":material/visibility_off:"):
            keep(replace(log, watching=None))
            st.rerun()


def cannot_watch(text: str) -> str | None:
    """Why a path cannot be watched, in words; None when it can."""
    path = Path(text).expanduser()
    if not text:
        return "Type the path of a file on this computer, like C:\\LIVE\\minutes.csv."
    if path.suffix.lower() not in WATCHABLE:
        return f"{path.name} is not a table: a file that ends in {', '.join(WATCHABLE)} can be watched."
    if not path.is_file():
        return f"{path} is not there yet. Check the path; the file must exist before it can be watched."
    return None


def rows(log: Log, keep: Keep) -> None:
    """What was noted, newest first, with a way back from the last row and from any other."""
    if not log.rows:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{formats.several(len(log.rows), 'row')} noted**")
        st.button("Undo the last row", icon=":material/undo:", key="undo_row", on_click=_write,
                  args=(keep, log.without(len(log.rows) - 1)))  # fmt: skip
    st.dataframe(
        frame(log), hide_index=True, key="noted_rows", alt="Totals noted so far, newest first", height="content"
    )
    last = log.rows[-1].counts
    if last.get("views", 0) > last.get("impressions", float("inf")):
        st.warning(
            "The last row has more views than impressions. Check it; a platform seldom counts so.",
            icon=":material/edit:",
        )
    with st.expander("Remove another row"):
        times = {index: f"{row.at:%H:%M:%S}" for index, row in reversed(list(enumerate(log.rows)))}
        index = st.selectbox("Row", list(times), format_func=times.__getitem__, key="row_to_remove", width=200)
        if index is not None:
            st.button("Remove", key="remove_row", icon=":material/delete:", on_click=_write,
                      args=(keep, log.without(index)))  # fmt: skip


def _write(keep: Keep, log: Log) -> None:
    keep(log)


def frame(log: Log) -> pd.DataFrame:
    counts = loading.knowledge().counts
    shown = [name for name in NOTED if any(name in row.counts for row in log.rows)]

    def text(row: Row, name: str) -> str:
        value = row.counts.get(name)
        if value is None:
            return "–"
        return formats.money(value, log.currency) if counts[name].unit == "money" else formats.count(value)

    return pd.DataFrame(
        {"At": f"{row.at:%H:%M}", "LIVE": formats.clock(log.minute(row.at))}
        | {counts[name].label: text(row, name) for name in shown}
        for row in reversed(log.rows[-12:])
    )


def channels(log: Log, keep: Keep) -> None:
    """Shares of views by channel as the dashboard shows them now."""
    with st.expander("Channel shares", icon=":material/hub:"), st.form("channels_now", border=False):
        st.caption("Percent of views by channel, as the dashboard shows them. Empty is unknown.")
        with st.grid(4, min_column_width=150):
            typed: Mapping[str, float | None] = {
                name: st.number_input(
                    CHANNEL_WORDS[name], min_value=0.0, max_value=100.0, step=0.1, key=f"share_{name}",
                    value=round(log.shares[name] * 100, 2) if name in log.shares else None,
                )
                for name in CHANNELS
            }  # fmt: skip
        if st.form_submit_button("Save the shares", key="save_shares", icon=":material/save:"):
            shares = {name: value / 100 for name, value in typed.items() if value is not None}
            if sum(shares.values()) > 1.02:
                st.error(f"The shares add up to {sum(shares.values()):.0%}; together they are at most 100%.")
            elif keep(replace(log, shares=shares)):
                st.toast("Shares saved", icon=":material/check:")
