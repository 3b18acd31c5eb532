"""The answer while a LIVE runs: what is weak now, what fell, the numbers in sight, and what to pull."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import streamlit as st

from playbook import formats
from playbook.diagnosis.findings import Judgement
from playbook.during.pulls import Pull
from playbook.during.so_far import SoFar
from playbook.knowledge.load import Knowledge
from playbook.language import N_, _
from playbook.model.session import Session
from playbook.report.charts import during
from playbook.report.words import ahead, sentences
from playbook.report.words import during as running_words
from playbook.store.records import Target
from playbook.ui.frame import choices, notices, state
from playbook.ui.frame.drawing import draw, drawing
from playbook.ui.frame.escape import escape
from playbook.ui.strategies import card

#: Drawn against the usual at every minute.
DRAWN = ("impressions", "err")
WATCHED = "choose_watched"
COLOURS: dict[str, Literal["red", "green"]] = {"below": "red", "above": "green"}
_COURSES = {
    "below": N_("{metric} so far against the usual at each minute; now below"),
    "usual": N_("{metric} so far against the usual at each minute; now usual"),
    "above": N_("{metric} so far against the usual at each minute; now above"),
    "unknown": N_("{metric} so far against the usual at each minute; now unknown"),
}


def show(found: SoFar, knowledge: Knowledge, currency: str | None) -> None:
    """The sentence, the alerts and the numbers somebody chose to watch."""
    with st.container(key="now_sentence"):
        st.header(escape(running_words.running_line(found, knowledge, currency)), anchor=False)
    for number, dip in enumerate(found.alerts, 1):
        with st.container(key=f"alert_{number}"):
            st.warning(escape(running_words.alert(dip, knowledge, currency)), icon=":material/trending_down:")
    with st.container(key="watched"), st.grid(3, min_column_width=150):
        for name in state.settings().watched:
            if name in found.diagnosis.judgements:
                tile(found.diagnosis.judgements[name], knowledge, currency)
    st.caption(escape(running_words.basis(found)))


def targets(session: Session, wanted: Mapping[str, Target], knowledge: Knowledge) -> None:
    """What was to be reached beside what has come in; nothing where no target was set."""
    for name, each in wanted.items():
        metric = knowledge.metrics.get(name)
        said = ahead.so_far_line(session, each, metric) if metric else ""
        if said:
            with st.container(key=f"target_{name}"):
                st.markdown(f":material/target: {escape(said)}")


def tile(judgement: Judgement, knowledge: Knowledge, currency: str | None) -> None:
    """One number so far with its usual, short enough for half a phone; coloured only when it lies outside the range."""
    metric = knowledge.metrics[judgement.metric]
    gap, usual = judgement.gap, judgement.usual
    colour: Literal["red", "green", "gray"] = COLOURS.get(judgement.verdict, "gray")
    arrow: Literal["up", "down", "off"] = "off" if not gap else "up" if gap > 0 else "down"
    more = escape(judgement.reason or "")
    if judgement.low is not None:
        spread = formats.value_range(judgement.low, judgement.high, metric.shown_as, currency)
        more = _("Usual range so far, wide enough for many looks: {range}.", range=spread)
    held = None
    if usual is not None:
        held = _("usual {value}", value=running_words.value(judgement, knowledge, currency, usual))
    st.metric(
        metric.short,
        running_words.value(judgement, knowledge, currency),
        delta=held,
        delta_color=colour,
        delta_arrow=arrow,
        help=f"{metric.label}: {sentences.lowered(metric.plain)}\n\n{more}",
        border=True,
        height="stretch",
    )


def choose_watched(knowledge: Knowledge) -> None:
    """Which numbers stay in sight; remembered."""
    names = {name: metric.label for name, metric in knowledge.metrics.items()}
    st.session_state[WATCHED] = [name for name in state.settings().watched if name in names]
    st.multiselect(
        _("Numbers to keep in sight"), list(names), format_func=names.__getitem__, key=WATCHED, on_change=_watch
    )


def _watch() -> None:
    trouble = choices.change(watched=st.session_state[WATCHED])
    if trouble:
        notices.refused(trouble)


def courses(found: Mapping[str, Sequence[tuple[float, Judgement]]], knowledge: Knowledge, currency: str | None) -> None:
    """Impressions and ERR from the start to now, each against its usual at every minute."""
    drawn = {name: course for name, course in found.items() if len(course) >= 2}
    if not drawn:
        return
    with st.grid(2, min_column_width=300):
        for name, course in drawn.items():
            last = course[-1][1]
            draw(
                drawing(during.so_far(course, knowledge.metrics[name], currency)), f"so_far_{name}",
                _(_COURSES[last.verdict], metric=knowledge.metrics[name].label),
            )  # fmt: skip


Done = Callable[[Pull], None]


def pull_cards(found: Sequence[Pull], knowledge: Knowledge, done: Done | None) -> None:  # noqa: ARG001
    """Two or three things to do now, each with its words and, with `done`, a button that notes it in the log."""
    st.header(_("Pull now"), anchor=False)
    if not found:
        st.markdown(_("Nothing to pull: no number calls for it. Keep to the run sheet."))
        return
    with st.grid(len(found), min_column_width=260):
        for pull in found:
            with st.container(border=True, height="stretch", key=f"pull_{pull.strategy.id}"):
                pull_card(pull, done)


def pull_card(pull: Pull, done: Done | None) -> None:
    st.markdown(f"**{escape(pull.strategy.title)}**")
    st.caption(escape(pull.recommendation.because))
    st.markdown("\n".join(f"{index:d}. {escape(step.step)}" for index, step in enumerate(pull.steps, 1)))
    if pull.strategy.say or pull.strategy.truth_required:
        with st.expander(_("Words to say"), icon=":material/record_voice_over:"):
            card.words(pull.strategy)
    if done is not None:
        st.button(
            _("Done, note it"), icon=":material/check:", key=f"did_{pull.strategy.id}", on_click=done, args=(pull,)
        )
