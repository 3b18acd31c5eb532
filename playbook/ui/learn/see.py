"""A picture inside a lesson that is answered by pointing at it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from playbook import formats
from playbook.knowledge.lessons import See
from playbook.knowledge.load import Knowledge
from playbook.language import _, pgettext
from playbook.report.charts import seen as charts
from playbook.report.words import sentences
from playbook.training.seen import Seen, dragged_over, picture, pointed_at_metric
from playbook.ui.frame.drawing import draw_to_select, drawing_of
from playbook.ui.frame.escape import escape

#: The picture of a visit is the same until another is asked for.
_FIRST = 7


def show(see: See, knowledge: Knowledge, key: str) -> None:
    """Ask, draw, and say whether what was pointed at is it; `Show me` is there for who cannot point."""
    number = int(st.session_state.get(f"{key}_number", _FIRST))
    found = _kept(see.kind, see.metric, number, knowledge.key, see, knowledge)
    label = sentences.lowered(knowledge.metrics[see.metric].label)
    shown = bool(st.session_state.get(f"{key}_shown_{number}"))
    with st.container(border=True, key=key):
        if see.kind == "dip":
            metric = escape(label)
            st.markdown(_(":material/touch_app: **Drag over the minutes in which the {metric} dips.**", metric=metric))
        else:
            st.markdown(
                _(":material/touch_app: **Click the dot that lies below its band.** Band: 95% of ordinary LIVEs.")
            )
        answered = _pointed(found, f"{key}_{number}_{shown}", shown)
        if answered is not None or shown:
            _said(found, answered, knowledge)
        with st.container(horizontal=True):
            if not answered and not shown:
                st.button(
                    _("Show me"),
                    key=f"{key}_show",
                    type="tertiary",
                    on_click=_set,
                    args=(f"{key}_shown_{number}", True),
                )
            st.button(_("Another picture"), key=f"{key}_other", type="tertiary", icon=":material/refresh:",
                      on_click=_set, args=(f"{key}_number", number + 1))  # fmt: skip


@st.cache_resource(max_entries=60, show_spinner=False)
def _kept(kind: str, metric: str, number: int, digest: str, _see: See, _knowledge: Knowledge) -> Seen:  # noqa: ARG001
    return picture(_see, _knowledge, number)


def _set(name: str, value: Any) -> None:
    st.session_state[name] = value


def _pointed(found: Seen, key: str, shown: bool) -> bool | None:
    """Draw; whether what was pointed at is right, None before anything was."""
    if found.span is not None:
        made = drawing_of(found.review, charts.minutes_to_drag, found.metric, found.span if shown else None)
        chosen = (
            draw_to_select(made, f"{key}_minutes", _("A rate over the minutes of a LIVE"), "band") if made else None
        )
        ends = (chosen or {}).get("selection", {}).get("band", {}).get("minute")
        return None if not ends or len(ends) != 2 else dragged_over(found, (float(ends[0]), float(ends[1])))
    made = drawing_of(found.review, charts.metrics_to_click, found.options, found.metric if shown else None)
    chosen = (
        draw_to_select(made, f"{key}_metrics", _("Metrics of a LIVE, times their usual"), "picked") if made else None
    )
    points = (chosen or {}).get("selection", {}).get("picked", [])
    return pointed_at_metric(found, points[0].get("id")) if points else None


def _said(found: Seen, right: bool | None, knowledge: Knowledge) -> None:
    metric = knowledge.metrics[found.metric]
    if found.span is not None:
        start, end = (formats.clock(each) for each in found.span)
        answer = _("The dip runs from {start} to {end}.", start=start, end=end)
    else:
        judged = found.review.judgements[found.metric]
        value, usual = sentences.value(found.review, judged), sentences.usual_range(found.review, judged)
        answer = _("{metric}: {value}; usual is {usual}.", metric=metric.label, value=value, usual=usual)
    if right is False:
        st.error(_("Not that one. Look again, or let it be shown."), icon=":material/close:")
    else:
        st.success(escape(answer), title=pgettext("an answer", "Right") if right else None, icon=":material/check:")
