"""Under the advice: the review to keep, and its details in tabs that are only drawn when opened."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.diagnosis.findings import Judgement
from playbook.language import N_, _
from playbook.pipeline import Review
from playbook.plans import kept
from playbook.plans.plan import Plan
from playbook.report.forms.as_chat import as_chat
from playbook.report.forms.as_csv import as_csv
from playbook.report.forms.as_html import as_html
from playbook.report.forms.as_markdown import as_markdown
from playbook.report.forms.tables import DIMENSIONS, MetricRow, any_market, metric_rows
from playbook.report.pdf import as_pdf
from playbook.report.words import naming, sentences
from playbook.review_json import as_text, named
from playbook.ui.frame import shell, shop, state
from playbook.ui.frame.escape import escape

from . import after, products, said, slides, trend

#: Smaller or larger, not worse or better.
SHARE_WORDS = {"below": N_("smaller than usual"), "usual": N_("as usual"), "above": N_("larger than usual")}
#: The same three hues as in the charts, by the names Streamlit's text colours have.
HUES = {"reach": "blue", "engage": "violet", "convert": "green"}


def recent_line(judgement: Judgement) -> list[float] | None:
    """The last twelve LIVEs and this one; a line needs three points."""
    past = [each.value for each in judgement.past if each.value is not None][-12:]
    points = past if judgement.value is None else [*past, judgement.value]
    return points if len(points) > 2 else None


def report(review: Review) -> None:
    """The report to read, print or send, beside the verdict: on a phone what lies below is many screens away."""
    plan, whose, note = _about(review)
    today = shop.today()

    def html() -> str:
        return as_html(review, today, plan, shop=whose, note=note)

    with st.container(horizontal=True, key="report"):
        st.download_button(
            _("Report"), html, _name(review, whose, "html"), "text/html", key="report_download",
            icon=":material/description:", on_click="ignore", help=_("One file that opens offline and prints."),
        )  # fmt: skip
        st.download_button(
            "PDF", lambda: as_pdf(html()), _name(review, whose, "pdf"), "application/pdf", key="pdf_download",
            icon=":material/picture_as_pdf:", on_click="ignore", help=_("The report, A4."),
        )  # fmt: skip


def downloads(review: Review) -> None:
    """The review in other forms, to show and to calculate with; made only when asked for."""
    plan, whose, _note = _about(review)
    with st.container(horizontal=True, key="downloads"):
        slides.offer(review, plan, whose, sample=_is_sample())
        with st.popover(_("For a chat"), icon=":material/chat:", key="chat", width="content"):
            st.code(as_chat(review, plan, whose), language=None, wrap_lines=True)
            st.caption(_("The button in the corner copies it."))
            st.download_button(
                _("All of it as Markdown"), lambda: as_markdown(review, plan, shop=whose), _name(review, whose, "md"),
                "text/markdown", key="chat_download", icon=":material/notes:", on_click="ignore",
            )  # fmt: skip
        st.download_button(
            "CSV", lambda: as_csv(review, whose), _name(review, whose, "csv"), "text/csv", key="csv_download",
            icon=":material/table:", on_click="ignore", help=_("The numbers, for a spreadsheet."),
        )  # fmt: skip
        st.download_button(
            "JSON", lambda: as_text(named(review.to_dict(), whose)), _name(review, whose, "json"), "application/json",
            key="json_download", icon=":material/data_object:", on_click="ignore",
            help=_("Everything in the review, for other programs."),
        )  # fmt: skip


def _is_sample() -> bool:
    return any(each.origin == "sample" for each in state.files())


def _about(review: Review) -> tuple[Plan | None, str, str]:
    """The shop's open plan, the name that stands on a file, and the note to this LIVE; a sample has no plan or note."""
    session = review.session
    if _is_sample():
        return None, naming.shop_of(session, ""), ""
    store, owner = shop.store(), shop.current()
    whose = naming.shop_of(session, shop.name())
    if store is None or owner is None:
        return None, whose, ""
    noted = store.marks(owner.id).get(session.id)
    return kept.open_plan(store, owner.id), whose, (noted.note if noted else None) or ""


def _name(review: Review, whose: str, ending: str) -> str:
    return naming.file_name("review", ending, whose, review.session)


def detail(review: Review) -> None:
    """Tabs that are only drawn when opened."""
    painters = {_("All metrics"): all_metrics}
    if review.session.trend is not None:
        painters[_("Minute by minute")] = trend.show
    painters[_("Products")] = products.show
    if review.session.channels or review.session.followers:
        painters[_("Channels and followers")] = slices
    if shop.store() is not None:  # who is shown one review by a link finds none
        painters[_(said.TAB)] = said.show
    tabs = st.tabs(list(painters), key="detail_tabs", on_change="rerun")
    for paint, tab in zip(painters.values(), tabs, strict=True):
        if tab.open:
            with tab:
                paint(review)


def all_metrics(review: Review) -> None:
    """Every metric in one table, in the order of the playbook; the verdict stands where a phone still shows it."""
    rows = [row for dimension in DIMENSIONS for row in metric_rows(review, dimension)]
    frame = pd.DataFrame(_table_row(row, review) for row in rows)
    if not any_market(review):
        frame = frame.drop(columns=_("Market"))
    colours = [shell.verdict_colour(row.judgement.verdict) for row in rows]
    st.dataframe(
        frame.style.apply(lambda column: colours, subset=[_("Verdict")]),  # noqa: ARG005
        hide_index=True,
        height="content",
        key="metrics_all",
        alt=_("Every metric of this LIVE against the usual"),
        column_config={
            _("Last LIVEs"): st.column_config.LineChartColumn(
                _("Last LIVEs"), help=_("Oldest first, this LIVE last. Unknown LIVEs are left out."), width="small"
            ),
            _("Metric"): st.column_config.TextColumn(width=216, pinned=True),
            _("Verdict"): st.column_config.TextColumn(width=118),
            _("Usual range"): st.column_config.TextColumn(width=176),
        },
    )


def _table_row(row: MetricRow, review: Review) -> dict[str, object]:
    return {
        _("Metric"): row.label,
        _("Verdict"): row.verdict,
        _("This LIVE"): row.value,
        _("Usual"): row.usual,
        _("Usual range"): row.range,
        _("Market"): row.market,
        _("Last LIVEs"): recent_line(row.judgement),
        _("Step"): sentences.dimension(review.knowledge.metrics[row.judgement.metric].dimension),
    }


def slices(review: Review) -> None:
    """Shares of channels and audiences against the shop's own average."""
    counts = review.knowledge.counts
    words = {"channel": after.CHANNEL_WORDS, "audience": after.AUDIENCE_WORDS}
    for part, title in (("channel", _("Channel")), ("audience", _("Audience"))):
        found = [each for each in review.diagnosis.channels if each.part == part]
        rows = [
            {
                title: words[part].get(each.name, each.name),
                _("Share of"): counts[each.of].label if each.of in counts else each.of,
                _("This LIVE"): formats.percent(each.share),
                _("Verdict"): _(SHARE_WORDS[each.verdict])
                if each.verdict != "unknown"
                else (each.reason or "").split(":")[0],
                _("Usual"): formats.percent(each.usual) if each.usual is not None else "–",
                _("Usual range"): formats.value_range(each.low, each.high, "percent") if each.low is not None else "–",
            }
            for each in found
        ]
        if not rows:
            continue
        frame = products.filled(pd.DataFrame(rows), _("Usual"), _("Usual range"))
        reasons = {each.reason for each in found}
        same = reasons.pop() if len(reasons) == 1 else None
        st.dataframe(
            frame.drop(columns=_("Verdict")) if same else frame, hide_index=True, key=f"slices_{part}",
            alt=_("Shares against the usual: {part}", part=title),
        )  # fmt: skip
        if same:
            st.caption(escape(f"{same[:1].upper()}{same[1:]}."))
