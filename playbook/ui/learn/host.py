"""Host craft: half a minute spoken aloud against a clock, then rated by oneself or a coach."""

from __future__ import annotations

import secrets
import time

import streamlit as st

from playbook.knowledge.craft import Exercise
from playbook.knowledge.load import Knowledge
from playbook.language import N_, _, ngettext
from playbook.store.records import LearningResult
from playbook.ui.frame import trainee
from playbook.ui.frame.escape import escape

#: Keys of st.session_state: the exercise, when its clock began (None before), and which prompt was drawn.
CHOSEN, BEGAN, PROMPT, ROUND = "host_exercise", "host_began", "host_prompt", "host_round"
#: This part of the points passes.
PASS = 0.75
WHO = {"self": N_("me"), "coach": N_("my coach")}


def start(name: str) -> None:
    """Open an exercise, from wherever it is asked for."""
    st.session_state[CHOSEN] = name
    st.session_state["learn_tabs"] = "Host"
    _draw()


def show(knowledge: Knowledge, results: list[LearningResult]) -> None:
    exercises = knowledge.craft
    if not exercises:
        st.info(_("No exercise could be read. The Data page says what is wrong with the files."))
        return
    passed = {each.item for each in results if each.kind == "craft" and each.passed}
    right, every = len(passed & set(exercises)), len(exercises)
    st.caption(
        _(
            "Spoken aloud, standing, as if people were there. {passed} of {exercises} passed.",
            passed=right,
            exercises=every,
        )
    )
    before = st.session_state.get(CHOSEN)
    st.session_state[CHOSEN] = before if before in exercises else next(iter(exercises))
    name = st.selectbox(
        _("Exercise"), list(exercises), key=CHOSEN, on_change=_draw, width=360,
        format_func=lambda each: f"{exercises[each].title}{' ✓' if each in passed else ''}",
    )  # fmt: skip
    exercise = exercises[name]
    st.session_state.setdefault(ROUND, 0)
    st.session_state.setdefault(PROMPT, 0)
    with st.container(border=True, key="host"):
        st.markdown(escape(exercise.why), width=720)
        st.markdown(f"**{escape(exercise.do)}**", width=720)
        st.markdown(
            f":material/format_quote: {escape(exercise.prompts[st.session_state[PROMPT] % len(exercise.prompts)])}"
        )
        _clock(exercise)
    if st.session_state.get(BEGAN) is not None:
        _rate(name, exercise)


def _draw() -> None:
    """Another prompt, and the clock at rest."""
    st.session_state[BEGAN] = None
    st.session_state[PROMPT] = secrets.randbelow(1000)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _begin() -> None:
    st.session_state[BEGAN] = time.monotonic()


def _clock(exercise: Exercise) -> None:
    began = st.session_state.get(BEGAN)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Start the clock") if began is None else _("Again"), key="host_start", type="primary",
                  icon=":material/timer:", on_click=_begin)  # fmt: skip
        st.button(_("Another one"), key="host_other", icon=":material/casino:", on_click=_draw)
    if began is None:
        st.progress(0.0, text=ngettext("{n} second", "{n} seconds", exercise.seconds, n=exercise.seconds))
        return
    running = time.monotonic() - began < exercise.seconds
    st.fragment(_tick, run_every=1.0 if running else None)(exercise, began)


def _tick(exercise: Exercise, began: float) -> None:
    left = exercise.seconds - (time.monotonic() - began)
    if left <= 0:
        st.progress(1.0, text=_("Time is up"))
    else:
        rest = round(left)
        st.progress(
            1 - left / exercise.seconds, text=ngettext("{n} second left", "{n} seconds left", rest, n=rest)
        )  # fmt: skip


def _rate(name: str, exercise: Exercise) -> None:
    """Which points came, by whose judgement."""
    number = st.session_state[ROUND]
    with st.form(f"host_rate_{number}", enter_to_submit=False):
        st.markdown(_("**Which of these came?**"))
        came = [st.checkbox(escape(point), key=f"host_point_{number}_{at}") for at, point in enumerate(exercise.points)]
        who = st.radio(
            _("Rated by"), list(WHO), format_func=lambda each: _(WHO[each]), horizontal=True, key=f"host_who_{number}"
        )
        wanted = st.form_submit_button(_("Keep the rating"), type="primary", key="host_keep")
    if wanted:
        score = sum(came) / len(came)
        detail = {
            "rated_by": who,
            "missed": [point for point, did in zip(exercise.points, came, strict=True) if not did],
        }
        trainee.record("craft", name, score, score >= PASS, detail)
        _draw()
        st.rerun()
