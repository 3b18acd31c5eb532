"""What was read from each file, and templates to download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.imports import FileReading, FilesRead
from playbook.templates import TEMPLATES
from playbook.ui.files import loading
from playbook.ui.frame import shell
from playbook.ui.frame.escape import escape

KINDS = {
    "sessions": "a list of LIVEs", "trend": "the trend of one LIVE", "products": "the products of one LIVE",
    "events": "an event log", "channels": "channels", "followers": "followers",
}  # fmt: skip


def what_was_read() -> None:
    """File by file: the layout, the columns with their meaning, what was left, what was odd."""
    result = loading.reading()
    if result is None:
        st.info(
            "No file is loaded. Upload one on the review page, or open a sample there.",
            icon=":material/upload_file:",
        )
        shell.link("review.py", "Go to the review page", icon=":material/arrow_forward:")
        return
    for failure in result.failures:
        st.error(escape(failure.message), title="This file cannot be used", icon=":material/error:")
    sessions_line(result)
    for index, file in enumerate(result.files):
        with st.container(border=True, key=f"read_{index}"):
            file_card(file, index)


def sessions_line(result: FilesRead) -> None:
    if not result.sessions:
        return
    stubs = sum(each.stub for each in result.sessions)
    running = sum(each.running for each in result.sessions)
    text = f"{formats.several(len(result.sessions), 'LIVE')} altogether"
    if stubs:
        text += f", {stubs} under 30 minutes (shown, never part of a usual)"
    if running:
        text += f", {running} still running when exported"
    st.markdown(f"{text}.")


def file_card(file: FileReading, index: int) -> None:
    rows = formats.several(file.rows, "row")
    st.markdown(f"**{escape(file.name)}**")
    st.caption(
        f"{escape(file.title)} · {escape(KINDS.get(file.kind, file.kind))} · {rows} · header in row {file.header_row:d}"
    )
    columns = pd.DataFrame({"Column in the file": list(file.columns), "Read as": list(file.columns.values())})
    left, right = st.columns(2)
    with left.expander(f"{formats.several(len(file.columns), 'column')} read"):
        st.dataframe(columns, hide_index=True, key=f"columns_{index}", alt="Columns read and their meaning")
    if file.unread:
        with right.expander(f"{formats.several(len(file.unread), 'column')} not read"):
            unread = pd.DataFrame({"Column in the file": list(file.unread), "For example": list(file.unread.values())})
            st.dataframe(unread, hide_index=True, key=f"unread_{index}", alt="Columns that were not read")
            st.caption("They are kept with the LIVE and used for nothing.")
    if file.warnings:
        with st.expander(
            formats.several(len(file.warnings), "remark"), icon=":material/warning:", expanded=len(file.warnings) < 6
        ):
            for remark in file.warnings[:200]:
                st.markdown(f"- {escape(str(remark))}")
    if file.disagreements:
        disagreements(file, index)


def disagreements(file: FileReading, index: int) -> None:
    many = len(file.disagreements)
    title = f"{formats.several(many, 'printed rate')} {'differs' if many == 1 else 'differ'} from the counts beside"
    with st.expander(title, icon=":material/compare_arrows:"):
        st.caption("The review uses the recomputed value; the printed one is kept beside it.")
        metrics = loading.knowledge().metrics

        def shown(metric: str, number: float) -> str:
            return formats.value(number, metrics[metric].shown_as) if metric in metrics else f"{number:.4g}"

        frame = pd.DataFrame(
            {
                "Row": each.row,
                "Column": each.column,
                "Printed": shown(each.metric, each.printed),
                "Recomputed": shown(each.metric, each.recomputed),
            }
            for each in file.disagreements
        )
        st.dataframe(frame, hide_index=True, key=f"disagree_{index}", alt="Printed and recomputed rates")


def templates() -> None:
    """For anyone without a recognised export."""
    st.markdown("No export, or one from somewhere else? Fill in a template and upload it like any export.")
    with st.grid(2, min_column_width=320):
        for template in TEMPLATES:
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{escape(template.title)}**")
                st.caption(escape(template.use))
                st.code(", ".join(template.header), language=None, wrap_lines=True)
                st.download_button(
                    "Download", template.text(), template.file_name, "text/csv", icon=":material/download:",
                    key=f"template_{template.name}", on_click="ignore",
                )  # fmt: skip
