"""The practice LIVE: cards to choose from, the dashboard while it runs, the debrief with the ordinary review."""

from __future__ import annotations

import time

import streamlit as st

from playbook import formats
from playbook.knowledge.practice import Practice
from playbook.model.session import Session
from playbook.pipeline import Review, review
from playbook.practice.calibrate import LEAST, calibrated
from playbook.practice.debrief import Debrief, debrief
from playbook.practice.runs import ended_words, history, session_of, usual_of
from playbook.practice.simulator import Live
from playbook.ui.files import loading
from playbook.ui.frame import shop, trainee
from playbook.ui.frame.escape import escape
from playbook.ui.review import page

from . import room

#: Keys of st.session_state; the run itself lives in the first, so that drawing the page anew loses nothing.
LIVE, SCENARIO, SEED, RESULT = "practice_live", "practice_scenario", "practice_seed", "practice_result"
LEVELS = {"first": "First steps", "middle": "Middle", "hard": "Hard"}


def show() -> None:
    """One of three: choosing, playing, or what came of it."""
    live: Live | None = st.session_state.get(LIVE)
    if live is None:
        choose()
    elif live.ended is None:
        room.show(live)
    else:
        result(live)


def choose() -> None:
    scenarios = loading.knowledge().practice  # the built-in ones are always there
    ordered = sorted(scenarios.values(), key=lambda each: (list(LEVELS).index(each.level), each.title))
    asked = str(st.query_params.get("scenario") or st.session_state.get(SCENARIO) or ordered[0].id)
    if asked not in scenarios:
        st.warning(f"There is no practice scenario '{escape(asked)}'. Choose one below.")
    st.markdown(
        "A made-up room. Watch the rates, pull a tool, and see afterwards what the usual review "
        "says about it. Nothing here enters your own LIVEs."
    )
    if len(_own_lives()) >= LEAST:
        st.caption("The usual rates and prices are those of your own last LIVEs; the course of the LIVE is made up.")
    st.session_state.setdefault(SEED, 1)
    st.number_input(
        "Luck number", min_value=0, max_value=2**31 - 1, step=1, key=SEED, width=180,
        help="With the same number, the same things done at the same minutes give the same LIVE.",
    )  # fmt: skip
    with st.grid(3, min_column_width=260):
        for each in ordered:
            with st.container(border=True, height="stretch", key=f"scenario_{each.id}"):
                st.markdown(f"**{escape(each.title)}**")
                st.caption(f"{LEVELS[each.level]} · {each.minutes:d} min")
                st.markdown(escape(each.goal))
                if each.id == asked:
                    st.button(
                        "Start", key="practice_start", type="primary", icon=":material/play_arrow:", on_click=start,
                        args=(each,),
                    )  # fmt: skip
                else:
                    st.button("Choose", key=f"choose_{each.id}", on_click=_chosen, args=(each.id,))


def _chosen(scenario: str) -> None:
    st.session_state[SCENARIO] = scenario
    st.query_params["scenario"] = scenario


def start(practice: Practice, seed: int | None = None) -> None:
    """Begin a run; without a seed the one on the page."""
    st.session_state[SCENARIO] = practice.id
    if seed is None:  # another go keeps the rates of the first
        practice = calibrated(practice, _own_lives())
    wanted = int(st.session_state.get(SEED, 1) if seed is None else seed)
    st.session_state[SEED] = wanted
    st.session_state[LIVE] = Live(practice, wanted)
    st.session_state[RESULT] = None
    st.session_state[room.CLOCK] = time.monotonic()
    st.session_state[room.PAUSED] = False


def _own_lives() -> list[Session]:
    """The shop's latest LIVEs, oldest first; none without a shop."""
    opened, owner = shop.store(), shop.current()
    return list(opened.sessions(owner.id, limit=20)) if opened and owner else []


def leave() -> None:
    """Back to the choice."""
    st.session_state[LIVE] = None


def result(live: Live) -> None:
    """Score, three sentences, and the ordinary review below."""
    found = _judged(live)
    if found is None:
        st.info("The LIVE ended before its first minute, so there is nothing to judge.")
        st.button("Choose a practice LIVE", on_click=leave, key="practice_leave")
        return
    judged, seen = found

    def money(amount: float) -> str:
        return formats.money_short(amount, live.practice.currency)

    with st.container(key="practice_debrief"):
        st.header(escape(live.practice.title), anchor=False)
        st.markdown(f"{escape(ended_words(live))} {'You passed.' if judged.passed else 'Not passed yet.'}")
        with st.grid(3, min_column_width=200):
            st.metric("You: GMV less prizes and ads", money(judged.net), border=True)
            st.metric("The playbook's way, same luck", money(judged.sound), border=True)
            st.metric("Doing nothing, same luck", money(judged.nothing), border=True)
        st.markdown(f":material/thumb_up: {escape(judged.well)}")
        st.markdown(f":material/trending_down: {escape(judged.cost)}")
        st.markdown(f":material/lightbulb: {escape(judged.next_try)}")
        with st.expander("A good answer", icon=":material/checklist:"):
            st.markdown("\n".join(f"- {escape(line)}" for line in live.practice.good_answer))
        with st.container(horizontal=True):
            st.button("Again with the same luck", key="practice_again", icon=":material/replay:", on_click=start,
                      args=(live.practice, live.seed))  # fmt: skip
            st.button("With another luck", key="practice_other", icon=":material/shuffle:", on_click=start,
                      args=(live.practice, (live.seed + 1) % 2**31))  # fmt: skip
            st.button("Another LIVE", key="practice_leave", icon=":material/list:", on_click=leave)
    trainee.keep_progress()
    st.divider()
    st.caption("The review of this practice LIVE, against eight quiet ones of the same room. It is not saved.")
    with st.container(key="practice_review"):
        page.show(seen)


def _judged(live: Live) -> tuple[Debrief, Review] | None:
    """Computed and recorded once a run."""
    if not live.rows:
        return None
    if st.session_state.get(RESULT) is None:
        judged = debrief(live, usual_of(live.practice))
        seen = review(session_of(live), history(live.practice), loading.knowledge())
        st.session_state[RESULT] = (judged, seen)
        record(live, judged)
    kept: tuple[Debrief, Review] = st.session_state[RESULT]
    return kept


def record(live: Live, judged: Debrief) -> None:
    """Keep the result for whoever is learning."""
    detail = {"seed": live.seed, "net": round(judged.net, 2), "ended": live.ended, "minutes": live.minute}
    trainee.record(kind="practice", item=live.practice.id, score=judged.score, passed=judged.passed, detail=detail)
