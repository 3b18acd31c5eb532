"""Hosts beside each other at equal slots, lengths and traffic; and each host's own LIVEs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.diagnosis.over_lives.hosts import NEEDED_LIVES, OF_ONE, HostRate, HostsFound
from playbook.diagnosis.over_lives.hosts import hosts as hosts_of
from playbook.report.charts import groups as charts
from playbook.report.charts.review import Chart
from playbook.ui.files import loading
from playbook.ui.frame import addresses, keys, once
from playbook.ui.frame.drawing import draw, drawing_of
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import Saved

from . import lives

#: Rates that a host has most to do with.
RATES = ("err", "ctr", "ctor", "comment_rate", "follow_rate")
_VERDICT = {"above": "above the others", "below": "below the others", "usual": "may be luck"}


def show() -> None:
    kept = loading.of_shop()
    if kept is None or not kept.sessions:
        lives.nothing_yet()
        return
    found = once.of(kept, _found)
    if not found.rates:
        _too_few(found)
        return
    metrics = kept.knowledge.metrics
    st.header(escape(headline(found, kept)), anchor=False)
    names = list(found.rates)
    metric = st.segmented_control(
        "Rate", names, default=names[0], required=True, key=keys.of_shop("hosts_rate", kept.shop_id),
        format_func=lambda name: metrics[name].short,
    ) or names[0]  # fmt: skip
    chart = drawing_of(kept, _funnel, metric)
    if chart is not None:
        draw(chart, f"hosts_{metric}", _alt(found.rates[metric]))
    st.dataframe(
        pd.DataFrame([_row(each) for each in found.rates[metric]]), hide_index=True, key=f"hosts_table_{metric}",
        alt="Each host against the others at equal slots, lengths and traffic",
    )  # fmt: skip
    st.caption(
        "At equal start hours, lengths and traffic an hour. Inside the grey funnel a difference may be luck: it is "
        "narrower where more is known of a host. The change is drawn towards nought as far as it is uncertain. A host "
        "is set apart by luck in at most one of twenty shops. What was seen, not why."
    )
    if found.few:
        st.caption(escape(f"Fewer than {OF_ONE} LIVEs, so not compared: {', '.join(found.few)}."))
    one(kept, found)


def headline(found: HostsFound, kept: Saved) -> str:
    """Who stands apart in which rate, or that nobody does."""
    metrics = kept.knowledge.metrics
    apart = [each for rates in found.rates.values() for each in rates if each.verdict != "usual"]
    if not apart:
        return "The hosts differ by no more than luck."
    first = max(apart, key=lambda each: abs(each.change))
    side = "above" if first.verdict == "above" else "below"
    return f"{metrics[first.metric].short} with {first.host} was {side} that of the other hosts: {_change(first)}."


def _too_few(found: HostsFound) -> None:
    st.header("Hosts cannot be compared yet", anchor=False)
    known = ", ".join((*found.hosts, *found.few)) or "nobody"
    st.markdown(escape(
        f"It takes two hosts with {OF_ONE} LIVEs each, {NEEDED_LIVES} in all. Known so far: {known}. The host of a "
        "LIVE comes from the column `host` of our template, or of a sheet of your own."
    ))  # fmt: skip


def one(kept: Saved, found: HostsFound) -> None:
    """The page of a host: their LIVEs, newest first, each a way to its review."""
    every = [*found.hosts, *found.few]
    asked = addresses.take("host")
    key = keys.of_shop("hosts_one", kept.shop_id)
    if asked and asked[-1] in every:
        st.session_state[key] = asked[-1]
    st.header("One host", anchor=False)
    host = st.selectbox("Host", every, key=key, width=240)
    addresses.say("host", (host,))
    mine = [each for each in reversed(kept.sessions) if each.host == host]
    metrics = kept.knowledge.metrics
    told = [rate for rates in found.rates.values() for rate in rates if rate.host == host]
    for rate in told:
        said = f"{metrics[rate.metric].short} {formats.percent(rate.rate)}: {_change(rate)} against the others"
        st.markdown(f"- {escape(f'{said}, {_VERDICT[rate.verdict]}')}")
    judged = once.of(kept, lives.latest_judged)
    frame = pd.DataFrame([lives.host_row(judged, each, metrics) for each in mine])
    event = st.dataframe(
        frame, hide_index=True, key=keys.of_shop("hosts_lives", kept.shop_id), on_select="rerun",
        selection_mode=("single-row", "single-cell"), alt=f"LIVEs of {host}, newest first", placeholder="",
        column_config={
            "LIVE": st.column_config.TextColumn(width=270), "Weakest": st.column_config.TextColumn(width=150),
            "Against usual": st.column_config.NumberColumn(format="%+d%%"),
        },
    )  # fmt: skip
    picked = lives.picked(event)
    if picked is not None:
        lives.open_review(mine[picked])


def _change(rate: HostRate) -> str:
    return f"{formats.change(rate.change)} (range {formats.change(rate.low)} to {formats.change(rate.high)})"


def _row(rate: HostRate) -> dict[str, object]:
    return {"Host": rate.host, "Verdict": _VERDICT[rate.verdict], "Own rate": formats.percent(rate.rate),
            "Against the others": _change(rate), "LIVEs": rate.lives}  # fmt: skip


def _alt(rates: tuple[HostRate, ...]) -> str:
    apart = ", ".join(f"{each.host} {_VERDICT[each.verdict]}" for each in rates if each.verdict != "usual")
    return f"Hosts against each other; {apart or 'nobody stands apart'}"


def _found(kept: Saved) -> HostsFound:
    return hosts_of(kept.sessions, kept.knowledge.metrics, RATES)


def _funnel(kept: Saved, metric: str) -> Chart | None:
    found = once.of(kept, _found)
    return charts.funnel_plot(found.rates[metric], found.tests)
