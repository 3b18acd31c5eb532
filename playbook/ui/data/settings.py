"""Settings: headline metrics, time zone, market figures a person typed in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats, userdata
from playbook.language import N_, _, ngettext
from playbook.store.access import Role
from playbook.store.records import ShopBenchmark
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import choices, edits, keys, notices, rights, shop, signin, state
from playbook.ui.frame.escape import escape

#: What is saved is set into these before they are drawn: another visit may have changed it.
HEADLINE, LEFT_OUT, ZONE = "headline_choice", "left_out_choice", "timezone_choice"


def show() -> None:
    headline_metrics()
    left_out()
    if rights.may(Role.owner, None):
        timezone()
    if rights.here(Role.coach):
        benchmarks()
    if signin.wanted():
        st.caption(_("The numbers at the top and what is left out are yours alone: others choose their own."))
    else:
        st.caption(escape(_("Saved in {folder}", folder=userdata.folder())))


def headline_metrics() -> None:
    """Which numbers stand first on the review."""
    metrics = loading.knowledge().metrics
    st.session_state[HEADLINE] = [each for each in state.settings().headline if each in metrics]
    st.multiselect(
        _("Numbers at the top of a review"),
        list(metrics),
        format_func=lambda name: metrics[name].label,
        key=HEADLINE,
        on_change=_headline,
    )
    sets = {N_("What was sold"): list(userdata.HEADLINE), N_("Traffic Express"): list(metrics)}
    with st.container(horizontal=True, vertical_alignment="center", key="headline_sets"):
        st.caption(_("Or a whole set:"))
        for name, chosen in sets.items():
            st.button(escape(_(name)), key=f"set_{name}", on_click=_save, kwargs={"headline": chosen})
    st.caption(_("Traffic Express, called as in the LIVE Dashboard, has every metric of the playbook in its order."))


def left_out() -> None:
    """Metrics that somebody does not want ranked: they stay in the table of all metrics."""
    factors = {name: each.label for name, each in loading.knowledge().metrics.items() if each.role == "factor"}
    st.session_state[LEFT_OUT] = [each for each in state.settings().left_out if each in factors]
    st.multiselect(
        _("Never among the worst"), list(factors), format_func=factors.__getitem__, key=LEFT_OUT, on_change=_left_out,
        placeholder=_("Every metric may be"),
        help=_("Still in the table of all metrics, but neither ranked nor advised on."),
    )  # fmt: skip


def timezone() -> None:
    """Only API files need it: exports carry the shop's own clock."""
    zones = shop.zones()
    now = state.settings().timezone
    st.session_state[ZONE] = now if now in zones else None
    st.selectbox(
        _("Time zone of the shop"), zones, index=None, placeholder=_("Only needed for files from the API"), key=ZONE,
        on_change=_zone,
    )  # fmt: skip


def _headline() -> None:
    _save(headline=st.session_state[HEADLINE] or list(userdata.HEADLINE))


def _left_out() -> None:
    _save(left_out=st.session_state[LEFT_OUT])


def _zone() -> None:
    _save(timezone=st.session_state[ZONE])


def benchmarks() -> None:
    """Market figures with source and date. Nothing is shipped: no published figure fits every shop."""
    st.header(_("Market figures"), anchor=False)
    st.markdown(
        _(
            "A second reference beside your own past, for example the market average in the LIVE Dashboard. "
            "Percentages as you read them (4.2 for 4.2%)."
        )
    )
    metrics = {name: each for name, each in loading.knowledge().metrics.items() if each.role != "volume"}
    saved = pd.DataFrame(
        [
            {
                "Metric": each.metric,
                "Value": each.value * _scale(metrics[each.metric].shown_as),
                "Source": each.source,
                "Date": each.date,
            }
            for each in shop.benchmarks()
            if each.metric in metrics
        ],
        columns=["Metric", "Value", "Source", "Date"],
    ).astype({"Value": "float64"})
    opened, owner = shop.store(), shop.current()
    of = owner.id if owner else None
    table = keys.of_shop("benchmarks", of)
    seen = tuple(opened.benchmarks(of)) if opened and of else ()
    saved, seen = edits.steady((saved, seen), table)
    saved = edits.rows(table, saved)
    st.data_editor(
        saved,
        num_rows="dynamic",
        hide_index=True,
        key=table,
        alt=_("Market figures typed in, with source and date"),
        column_config={
            # None of them required: the browser would keep a row to itself until it is complete, and lose it.
            "Metric": st.column_config.SelectboxColumn(
                _("Metric"), options=list(metrics), format_func=lambda name: metrics[str(name)].label
            ),
            "Value": st.column_config.NumberColumn(_("Value"), min_value=0.0),
            "Source": st.column_config.TextColumn(_("Source"), help=_("Where the figure stands.")),
            "Date": st.column_config.TextColumn(_("Date"), default=shop.today().isoformat()),
        },
    )
    edits.keep(table)
    st.button(
        _("Save market figures"), key=keys.of_shop("save_benchmarks", of), icon=":material/save:",
        on_click=save_typed, args=(opened, of, saved, table, seen),
    )  # fmt: skip


def save_typed(
    opened: Store | None, shop_id: str | None, before: pd.DataFrame, table: str, seen: tuple[ShopBenchmark, ...] = ()
) -> None:
    """The figures of the table as it stands, into the shop that it was drawn for."""
    metrics = loading.knowledge().metrics
    typed = edits.edited(before, st.session_state.get(table))
    kept, left = [], 0
    for row in typed.to_dict("records"):
        if all(pd.isna(row[each]) or row[each] == "" for each in ("Metric", "Value", "Source")):
            continue
        name, value, source = str(row["Metric"]), row["Value"], str(row["Source"] or "").strip()
        if name not in metrics or not isinstance(value, float) or not value > 0 or not source or source == "nan":
            left += 1
            continue
        scaled = value / _scale(metrics[name].shown_as)
        kept.append(userdata.TypedBenchmark(metric=name, value=scaled, source=source, date=str(row["Date"] or "")))
    if left:
        notices.refused(
            ngettext(
                "{count} row of market figures cannot be saved: each needs a metric, a value above zero and a source. "
                "Complete the table and save again.",
                "{count} rows of market figures cannot be saved: each needs a metric, a value above zero and a source. "
                "Complete the table and save again.",
                left, count=formats.count(left),
            )
        )  # fmt: skip
    else:
        there = seen if shop_id is not None else state.settings().benchmarks
        beyond = [each for each in there if each.metric not in metrics]  # not in the table: of another playbook
        kept += [userdata.TypedBenchmark.model_construct(**vars(each)) for each in beyond]
        labels = {name: each.label for name, each in metrics.items()}
        save_benchmarks(opened, shop_id, kept, seen, typed.replace({"Metric": labels}).to_csv(index=False))
        edits.settled(table)


def save_benchmarks(
    opened: Store | None,
    shop_id: str | None,
    kept: list[userdata.TypedBenchmark],
    seen: tuple[ShopBenchmark, ...],
    typed: str = "",
) -> None:
    """With the shop; with the settings while there is no shop."""
    if opened is None or shop_id is None:
        message = choices.change(benchmarks=kept)
        if message:
            notices.refused(message)
        return
    figures = [ShopBenchmark(each.metric, each.value, each.source, each.date) for each in kept]
    notices.attempt(lambda: opened.set_benchmarks(shop_id, figures, seen=seen), _("Saved"), typed)


def _scale(shown_as: str) -> float:
    return 100.0 if shown_as == "percent" else 1.0


def _save(**changes: object) -> None:
    message = choices.change(**changes)
    if message:
        notices.refused(message)
