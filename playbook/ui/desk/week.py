"""The weekly look over all shops: what changed, which three need somebody, and the sheet to print."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.language import N_, _
from playbook.report.forms import desk as forms
from playbook.report.pdf import as_pdf
from playbook.report.words import desk as words
from playbook.ui.files import loading
from playbook.ui.frame import shop
from playbook.ui.frame.escape import escape
from playbook.ui.frame.titles import titles

from . import known, page


def show() -> None:
    every = known.all_shops()
    if not every:
        page.nothing_yet()
        return
    until = shop.local(datetime.now().astimezone()).replace(tzinfo=None)
    metrics = loading.knowledge().metrics
    st.header(escape(words.week_title(until)), anchor=False)
    left = known.missing(every)
    if left:
        known.go_on(left, len(every))
    name = f"weekly_all_shops_{until:%Y%m%d}"
    with st.container(horizontal=True):
        st.download_button(
            _("Sheet to print"), lambda: forms.weekly_html(every, until, metrics), f"{name}.html",
            "text/html", key="weekly_sheet", icon=":material/print:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            _("Sheet as PDF"), lambda: as_pdf(forms.weekly_html(every, until, metrics)), f"{name}.pdf",
            "application/pdf", key="weekly_pdf", icon=":material/picture_as_pdf:", on_click="ignore",
        )  # fmt: skip
    found = forms.weeks(every, until)
    rows = []
    for each, week in found:
        currency = each.glance.currency if each.glance else None
        with formats.written_for(currency):
            below = [f"{metrics[name].short} {times}x" for name, times in week.below.items()]
            gmv = formats.money_short(week.gmv, currency) if week.gmv is not None else ""
        rows.append(
            {
                N_("Shop"): each.shop.name,
                N_("LIVEs"): len(week.lives),
                N_("Week before"): week.before,
                N_("GMV"): gmv,
                N_("Against usual"): None if week.change is None else round(week.change * 100),
                N_("Below usual"): ", ".join(below),
                N_("Needs"): words.needs_words(each),
                N_("In charge"): each.shop.in_charge or "",
            }
        )
    fell = [each for each, week in found if week.change is not None and week.change < 0 and each.glance]
    named = ", ".join(each.shop.name for each in fell[:3])
    if named:
        st.markdown(escape(_("The largest falls of the week against the usual: {shops}.", shops=named)))
    frame = pd.DataFrame(rows)
    event = st.dataframe(
        frame.drop(columns=[name for name in ("In charge", "Below usual") if not frame[name].any()]),
        hide_index=True, key="week_table", on_select="rerun", selection_mode=("single-row", "single-cell"), height=560,
        alt=_("The week of each shop, the largest fall first"), placeholder="",
        column_config=titles(frame) | {
            "Shop": st.column_config.TextColumn(_("Shop"), width=150, pinned=True),
            "Against usual": st.column_config.NumberColumn(_("Against usual"), format="%+d%%"),
        },
    )  # fmt: skip
    picked = [*event["selection"]["rows"], *(row for row, _column in event["selection"].get("cells", ()))]
    if picked:
        page.open_review(found[picked[0]][0])
    st.caption(
        _(
            "Against usual: the GMV of the week's LIVEs beside what LIVEs of their lengths sold before, as it was "
            "known before each."
        )
    )
