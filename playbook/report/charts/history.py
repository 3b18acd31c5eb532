"""Charts of many LIVEs: a metric over time with its usual band, and all metrics as a heat map."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from playbook import formats
from playbook.diagnosis.over_lives.over_time import OverTime, Point
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _, pgettext
from playbook.model.session import Session
from playbook.report.words import sentences

from . import axes
from .review import BAND_OPACITY, COLOURS, Chart
from .words import side

#: The name under which the LIVE of a point that was clicked comes back.
PICK = "pick"
#: Of LIVEs of which nobody said who hosted.
NO_HOST = N_("host not known")
_HOST_COLOURS = ("#2563eb", "#d97706", "#059669", "#9333ea", "#db2777", "#0891b2")
VERDICTS = ("below", "usual", "above", "unknown")


def control_chart(found: OverTime, metric: Metric, name: str, by_host: bool = False) -> Chart | None:
    """A metric LIVE by LIVE: the band is the usual range as it was known before each LIVE, the line its value.

    With `by_host` a colour is a host, and the shape alone says the verdict. None when no value is known.
    """
    frame = _frame(found, metric, found.points[name])
    if not frame["value"].notna().any():
        return None
    order = frame["live"].tolist()
    x = alt.X("live:N", sort=order, axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, ticks=False))
    drawn = frame[["value", "low", "high"]].to_numpy(dtype=float, na_value=float("nan")).ravel().tolist()
    currency = next((each.currency for each in reversed(found.sessions)), None)
    y_axis = axes.axis(drawn, metric.shown_as, currency)
    y = alt.Y("value:Q", title=metric.short, scale=alt.Scale(zero=False), axis=y_axis)
    tip = [
        alt.Tooltip("full:N", title="LIVE"),
        alt.Tooltip("shown:N", title=metric.short),
        alt.Tooltip("range:N", title=_("usual range")),
        alt.Tooltip("words:N", title=_("verdict")),
        alt.Tooltip("host:N", title=_("host")),
    ]
    if metric.shown_as == "money":
        tip.append(alt.Tooltip("kind:N", title="GMV"))
    base = alt.Chart(frame)
    band = base.mark_area(color=COLOURS["grey"], opacity=BAND_OPACITY, interpolate="step").encode(
        x=x, y=alt.Y("low:Q", title=metric.short, scale=alt.Scale(zero=False)), y2=alt.Y2("high:Q")
    )
    # Direct and attributed GMV are two figures: no line is drawn from one to the other.
    line = base.mark_line(color=COLOURS["grey"], strokeWidth=1.2).encode(x=x, y=y, detail=alt.Detail("kind:N"))
    dots = (
        base.mark_point(filled=True, size=90, opacity=1, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=_host_colour(found) if by_host else _verdict_colour(metric),
            shape=_verdict_shape(),
            tooltip=tip,
        )
        .add_params(alt.selection_point(name=PICK, fields=["id"]))
    )
    return alt.layer(band, line, dots).properties(height=260).configure_view(stroke=None)


def mixed_gmv(found: OverTime, metric: Metric) -> bool:
    """Whether a money metric is direct in some of the LIVEs shown and attributed in others."""
    return metric.shown_as == "money" and len({each.gmv_kind for each in found.sessions if each.gmv_kind}) > 1


def heat_map(found: OverTime, metrics: Mapping[str, Metric], names: Sequence[str]) -> Chart:
    """Metrics by LIVEs: colour and sign by verdict, so that a repeat offender is a row of the same colour."""
    rows = pd.concat(
        [_frame(found, metrics[name], found.points[name]).assign(metric=metrics[name].label) for name in names]
    )
    order = rows["live"].unique().tolist()
    x = alt.X(
        "live:N", sort=order, axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, ticks=False, domain=False),
        scale=alt.Scale(paddingInner=0.08),
    )  # fmt: skip
    y = alt.Y(
        "metric:N",
        sort=[metrics[name].label for name in names],
        axis=alt.Axis(title=None, labelLimit=200, ticks=False, domain=False, labelFlush=False),
        scale=alt.Scale(paddingInner=0.08),
    )
    tip = [
        alt.Tooltip("metric:N", title=_("metric")),
        alt.Tooltip("full:N", title="LIVE"),
        alt.Tooltip("shown:N", title=_("value")),
        alt.Tooltip("range:N", title=_("usual range")),
        alt.Tooltip("words:N", title=_("verdict")),
    ]
    colour = alt.Color(
        "verdict:N",
        legend=alt.Legend(
            title=None,
            orient="top",
            symbolType="square",
            columns=2,
            clipHeight=16,
            labelExpr=_sides(),
        ),
        scale=alt.Scale(domain=list(VERDICTS), range=[COLOURS["below"], "#94a3b866", COLOURS["above"], "#94a3b822"]),
    )
    cells = alt.Chart(rows).mark_rect(cornerRadius=2).encode(x=x, y=y, color=colour, tooltip=tip)
    signs = (
        alt.Chart(rows[rows["verdict"].isin(["below", "above"])])
        .mark_text(fontSize=12, fontWeight=700, color="#ffffff")
        .encode(x=x, y=y, text=alt.Text("sign:N"))
    )
    return alt.layer(cells, signs).properties(height=26 * len(names) + 90).configure_view(stroke=None)


def _sides() -> str:
    """The expression that says a verdict of the legend in the language in force."""
    return f"{json.dumps({each: side(each) for each in VERDICTS}, ensure_ascii=False)}[datum.label]"


def _frame(found: OverTime, metric: Metric, points: Sequence[Point]) -> pd.DataFrame:
    rows = []
    for session, point in zip(found.sessions, points, strict=True):
        currency = session.currency
        known = point.low is not None and point.high is not None
        rows.append(
            {
                "live": _name(session, found.sessions),
                "id": session.id,
                "host": session.host or _(NO_HOST),
                "full": sentences.when(session),
                "value": point.value,
                "low": point.low,
                "high": point.high,
                "verdict": point.verdict,
                "kind": _gmv_kind(session) if metric.shown_as == "money" else "",
                "words": sentences.verdict(point.verdict),
                "sign": {"below": "↓", "above": "↑"}.get(point.verdict, ""),
                "shown": formats.value(point.value, metric.shown_as, currency) if point.value is not None else "–",
                "range": formats.value_range(point.low, point.high, metric.shown_as, currency) if known else "–",
            }
        )
    return pd.DataFrame(rows).astype({"value": "float64", "low": "float64", "high": "float64"})


def _gmv_kind(session: Session) -> str:
    if session.gmv_kind is None:
        return _("unknown kind")
    kinds = {"direct": pgettext("kind of GMV", "direct"), "attributed": pgettext("kind of GMV", "attributed")}
    return kinds.get(session.gmv_kind, session.gmv_kind)


def _name(session: Session, among: Sequence[Session]) -> str:
    """A short name that no other LIVE shown has: the day, with the time where a day has several."""
    assert session.start is not None
    same_day = [each for each in among if each.start and each.start.date() == session.start.date()]
    day = formats.day(session.start)
    return f"{day} {session.start:%H:%M}" if len(same_day) > 1 and not session.day_alone else day


def _verdict_colour(metric: Metric) -> alt.Color:
    return alt.Color(
        "verdict:N",
        legend=None,
        scale=alt.Scale(
            domain=list(VERDICTS),
            range=[COLOURS["below"], COLOURS[metric.dimension], COLOURS["above"], COLOURS["grey"]],
        ),
    )


def _host_colour(found: OverTime) -> alt.Color:
    """The most frequent hosts have a colour each; the same in every chart of these LIVEs."""
    named = [each.host for each in found.sessions if each.host]
    often = sorted(set(named), key=lambda host: (-named.count(host), host))[: len(_HOST_COLOURS)]
    rest = [*sorted(set(named) - set(often)), *([_(NO_HOST)] if len(named) < len(found.sessions) else [])]
    return alt.Color(
        "host:N",
        legend=alt.Legend(title=None, orient="top", symbolType="circle", columns=3),
        scale=alt.Scale(domain=[*often, *rest], range=[*_HOST_COLOURS[: len(often)], *[COLOURS["grey"]] * len(rest)]),
    )


def _verdict_shape() -> alt.Shape:
    return alt.Shape(
        "verdict:N",
        legend=None,
        scale=alt.Scale(domain=list(VERDICTS), range=["triangle-down", "circle", "triangle-up", "cross"]),
    )
