"""What was read from each file, and templates to download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.imports import FileReading, FilesRead
from playbook.language import N_, _, ngettext
from playbook.templates import TEMPLATES
from playbook.ui.files import loading
from playbook.ui.frame import shell
from playbook.ui.frame.escape import escape

_KINDS = {
    "sessions": N_("a list of LIVEs"), "trend": N_("the trend of one LIVE"), "products": N_("the products of one LIVE"),
    "events": N_("an event log"), "channels": N_("channels"), "followers": N_("followers"),
}  # fmt: skip


def holds(kind: str) -> str:
    """What a file of this kind has in it."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


def what_was_read() -> None:
    """File by file: the layout, the columns with their meaning, what was left, what was odd."""
    result = loading.reading()
    if result is None:
        st.info(
            _("No file is loaded. Upload one on the review page, or open a sample there."),
            icon=":material/upload_file:",
        )
        shell.link("review.py", _("Go to the review page"), icon=":material/arrow_forward:")
        return
    for failure in result.failures:
        st.error(escape(failure.message), title=_("This file cannot be used"), icon=":material/error:")
    sessions_line(result)
    for index, file in enumerate(result.files):
        with st.container(border=True, key=f"read_{index}"):
            file_card(file, index)


#: By whether some are short, and whether some were not over.
_ALTOGETHER = {
    (False, False): N_("{lives} altogether."),
    (True, False): N_("{lives} altogether, {stubs} under 30 minutes (shown, never part of a usual)."),
    (False, True): N_("{lives} altogether, {running} still running when exported."),
    (True, True): N_(
        "{lives} altogether, {stubs} under 30 minutes (shown, never part of a usual), {running} still running when "
        "exported."
    ),
}


def sessions_line(result: FilesRead) -> None:
    if not result.sessions:
        return
    stubs = sum(each.stub for each in result.sessions)
    running = sum(each.running for each in result.sessions)
    lives = formats.lives(len(result.sessions))
    text = _(_ALTOGETHER[bool(stubs), bool(running)], lives=lives, stubs=stubs, running=running)
    st.markdown(text)


def file_card(file: FileReading, index: int) -> None:
    rows = ngettext("{count} row", "{count} rows", file.rows, count=formats.count(file.rows))
    place = f"{file.header_row:d}"
    header = _("header in row {row}", row=place)
    st.markdown(f"**{escape(file.name)}**")
    st.caption(f"{escape(file.title)} · {escape(holds(file.kind))} · {rows} · {header}")
    columns = pd.DataFrame({_("Column in the file"): list(file.columns), _("Read as"): list(file.columns.values())})
    left, right = st.columns(2)
    known, other, remarks = len(file.columns), len(file.unread), len(file.warnings)
    with left.expander(ngettext("{count} column read", "{count} columns read", known, count=formats.count(known))):
        st.dataframe(columns, hide_index=True, key=f"columns_{index}", alt=_("Columns read and their meaning"))
    if file.unread:
        with right.expander(
            ngettext("{count} column not read", "{count} columns not read", other, count=formats.count(other))
        ):
            unread = pd.DataFrame(
                {_("Column in the file"): list(file.unread), _("For example"): list(file.unread.values())}
            )
            st.dataframe(unread, hide_index=True, key=f"unread_{index}", alt=_("Columns that were not read"))
            st.caption(_("They are kept with the LIVE and used for nothing."))
    if file.warnings:
        with st.expander(
            ngettext("{count} remark", "{count} remarks", remarks, count=formats.count(remarks)),
            icon=":material/warning:",
            expanded=remarks < 6,
        ):
            for remark in file.warnings[:200]:
                st.markdown(f"- {escape(str(remark))}")
    if file.disagreements:
        disagreements(file, index)


def disagreements(file: FileReading, index: int) -> None:
    many = len(file.disagreements)
    title = ngettext(
        "{count} printed rate differs from the counts beside", "{count} printed rates differ from the counts beside",
        many, count=formats.count(many),
    )  # fmt: skip
    with st.expander(title, icon=":material/compare_arrows:"):
        st.caption(_("The review uses the recomputed value; the printed one is kept beside it."))
        metrics = loading.knowledge().metrics

        def shown(metric: str, number: float) -> str:
            return formats.value(number, metrics[metric].shown_as) if metric in metrics else f"{number:.4g}"

        frame = pd.DataFrame(
            {
                _("Row"): each.row,
                _("Column"): each.column,
                _("Printed"): shown(each.metric, each.printed),
                _("Recomputed"): shown(each.metric, each.recomputed),
            }
            for each in file.disagreements
        )
        st.dataframe(frame, hide_index=True, key=f"disagree_{index}", alt=_("Printed and recomputed rates"))


def templates() -> None:
    """For anyone without a recognised export."""
    st.markdown(_("No export, or one from somewhere else? Fill in a template and upload it like any export."))
    with st.grid(2, min_column_width=320):
        for template in TEMPLATES:
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{escape(_(template.title))}**")
                st.caption(escape(_(template.use)))
                st.code(", ".join(template.header), language=None, wrap_lines=True)
                st.download_button(
                    _("Download"), template.text(), template.file_name, "text/csv", icon=":material/download:",
                    key=f"template_{template.name}", on_click="ignore",
                )  # fmt: skip
