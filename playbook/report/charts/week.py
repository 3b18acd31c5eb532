"""The week as a picture: its LIVEs on the weeks before, and each metric of it in its usual band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import altair as alt
import pandas as pd

from playbook import formats
from playbook.diagnosis.baseline.compare import Change
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _
from playbook.model.session import Session
from playbook.report.words import sentences

from . import axes
from .review import COLOURS, Chart

#: Days before the week that stand beside it.
BEFORE = timedelta(days=35)
_KINDS = (N_("this week"), N_("before"))
#: A change that lies further outside its band than this is drawn at the edge.
_EDGE = 1.6


def lives_chart(sessions: Sequence[Session], since: datetime, until: datetime) -> Chart | None:
    """A bar a LIVE by its day, as high as its GMV and as wide as it was long. None where no GMV is known."""
    shown = [
        each
        for each in sessions
        if each.start and since - BEFORE < each.start <= until and each.counts["gmv"] is not None
    ]
    if not shown:
        return None
    currency = shown[-1].currency
    shown = [each for each in shown if each.currency in (None, currency)]
    kinds = [_(each) for each in _KINDS]
    frame = pd.DataFrame(
        [
            {
                "start": each.start,
                "end": (each.start or since) + timedelta(hours=max(each.hours or 1.0, 1.0) * 3),
                "gmv": each.counts["gmv"],
                "zero": 0.0,
                "kind": kinds[0] if each.start and each.start > since else kinds[1],
                "full": sentences.when(each),
                "shown": formats.money_short(each.counts["gmv"], currency),
                "host": each.host or "",
            }
            for each in shown
        ]
    )
    values = frame["gmv"].astype(float).tolist()
    x = alt.X("start:T", title=None, axis=alt.Axis(format=formats.day_of_an_axis(), tickCount="week", grid=False))
    y = alt.Y("gmv:Q", title=_("GMV"), axis=axes.axis([0.0, *values], "money", currency))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[COLOURS["reach"], "#94a3b8"]),
                       legend=alt.Legend(title=None, orient="top"))  # fmt: skip
    tip = [
        alt.Tooltip("full:N", title="LIVE"),
        alt.Tooltip("shown:N", title=_("GMV")),
        alt.Tooltip("host:N", title=_("host")),
    ]
    bars = (
        alt.Chart(frame)
        .mark_rect(cornerRadius=1)
        .encode(x=x, x2=alt.X2("end:T"), y=y, y2=alt.Y2("zero:Q"), color=colour, tooltip=tip)
    )
    return alt.layer(bars).properties(height=200).configure_view(stroke=None)


def bands_chart(changes: Sequence[Change], metrics: Mapping[str, Metric], currency: str | None) -> Chart | None:
    """Each factor and outcome of the week as a dot in its own usual range, all ranges drawn alike; None without one."""
    told = [each for each in changes if metrics[each.metric].role in ("factor", "outcome")]
    known = [each for each in told if None not in (each.recent, each.low, each.high) and each.high != each.low]
    if not known:
        return None
    rows = []
    for each in known:
        metric = metrics[each.metric]
        low, high, now = float(each.low or 0), float(each.high or 0), float(each.recent or 0)
        at = (now - low) / (high - low) * 2 - 1
        if metric.good == "low":
            at = -at
        rows.append(
            {
                "metric": metric.short, "at": max(-_EDGE, min(_EDGE, at)), "verdict": each.verdict,
                "shown": formats.value_short(now, metric.shown_as, currency),
                "range": formats.value_range(low, high, metric.shown_as, currency),
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    y = alt.Y("metric:N", sort=frame["metric"].tolist(), title=None, axis=alt.Axis(ticks=False, domain=False))
    bare = alt.Axis(labels=False, ticks=False, grid=False)
    x = alt.X("at:Q", title=_("worse  ·  usual range  ·  better"),
              scale=alt.Scale(domain=[-_EDGE - 0.1, _EDGE + 0.1]), axis=bare)  # fmt: skip
    band = (
        alt.Chart(frame.assign(low=-1.0, high=1.0))
        .mark_bar(height=14, color=COLOURS["grey"], opacity=0.22)
        .encode(y=y, x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    )
    scale = alt.Scale(domain=["below", "usual", "above", "unknown"],
                      range=[COLOURS["below"], COLOURS["grey"], COLOURS["above"], COLOURS["grey"]])  # fmt: skip
    shape = alt.Scale(domain=["below", "usual", "above", "unknown"],
                      range=["triangle-down", "circle", "triangle-up", "circle"])  # fmt: skip
    tip = [
        alt.Tooltip("metric:N", title=_("metric")),
        alt.Tooltip("shown:N", title=_("this week")),
        alt.Tooltip("range:N", title=_("usual")),
    ]
    base = alt.Chart(frame)
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        y=y, x=x, color=alt.Color("verdict:N", legend=None, scale=scale),
        shape=alt.Shape("verdict:N", legend=None, scale=shape), tooltip=tip,
    )  # fmt: skip
    values = base.mark_text(align="right", color=COLOURS["grey"]).encode(
        y=y, x=axes.fixed("width"), text=alt.Text("shown:N")
    )
    return alt.layer(band, dots, values).properties(height=24 * len(frame) + 40).configure_view(stroke=None)
