"""The practice LIVE: cards to choose from, the dashboard while it runs, the debrief with the ordinary review."""

from __future__ import annotations

import secrets
import time

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.knowledge.practice import Practice
from playbook.language import N_, _, pgettext
from playbook.model.session import Session
from playbook.pipeline import Review, review
from playbook.practice.calibrate import LEAST, calibrated
from playbook.practice.debrief import Debrief, debrief
from playbook.practice.runs import ended_words, history, session_of, usual_of
from playbook.practice.simulator import PracticeLive
from playbook.practice.worth import replayed, words
from playbook.report.charts import practice as charts
from playbook.ui.files import loading
from playbook.ui.frame import shop, trainee
from playbook.ui.frame.drawing import draw, drawing
from playbook.ui.frame.escape import escape
from playbook.ui.review import page

from . import kept, room

#: Keys of st.session_state; the run itself lives in the first, so that drawing the page anew loses nothing.
LIVE, SCENARIO, SEED, RESULT = "practice_live", "practice_scenario", "practice_seed", "practice_result"
#: Whether the result of the run was kept already.
JUDGED = "practice_judged"
LEVELS = {"first": N_("First steps"), "middle": N_("Middle"), "hard": N_("Hard")}


def show() -> None:
    """One of three: choosing, playing, or what came of it."""
    live: PracticeLive | None = st.session_state.get(LIVE)
    if live is None:
        choose()
    elif live.ended is None:
        room.show(live)
    else:
        result(live)


def choose() -> None:
    _left()
    scenarios = loading.knowledge().practice  # the built-in ones are always there
    ordered = sorted(scenarios.values(), key=lambda each: (list(LEVELS).index(each.level), each.title.casefold()))
    asked = str(st.query_params.get("scenario") or st.session_state.get(SCENARIO) or ordered[0].id)
    if asked not in scenarios:
        name = escape(asked)
        st.warning(_("There is no practice scenario '{name}'. Choose one below.", name=name))
    st.markdown(
        _(
            "A made-up room in which something may be wrong, or nothing. See which rate is low, read what viewers "
            "write, and do one thing about it: asking too much of the room costs more than it brings. Nothing here "
            "enters your own LIVEs."
        )
    )
    if len(_own_lives()) >= LEAST:
        st.caption(_("The usual rates and prices are those of your own last LIVEs; the course of the LIVE is made up."))
    with st.container(border=True, key="scenario_unknown"):
        st.markdown(f"**{_(room.UNKNOWN)}**")
        st.markdown(_("One of these rooms, drawn by chance."))
        st.button(_("Start"), key="practice_unknown", icon=":material/casino:", on_click=start_unknown)
    with st.grid(3, min_column_width=260):
        for each in ordered:
            with st.container(border=True, height="stretch", key=f"scenario_{each.id}"):
                st.markdown(f"**{escape(each.title)}**")
                length = pgettext("length of time", "{min} min", min=each.minutes)
                st.caption(f"{_(LEVELS[each.level])} · {length}")
                st.markdown(escape(each.goal))
                if each.id == asked:
                    st.button(
                        _("Start"), key="practice_start", type="primary", icon=":material/play_arrow:", on_click=start,
                        args=(each,),
                    )  # fmt: skip
                else:
                    st.button(_("Choose"), key=f"choose_{each.id}", on_click=_chosen, args=(each.id,))
    with st.expander(_("Play a certain luck again"), icon=":material/casino:"):
        st.number_input(
            _("Luck number"), min_value=0, max_value=2**31 - 1, step=1, value=None, key=SEED, width=180,
            placeholder=_("By chance"),
            help=_("With the same number, the same room has the same trouble, and the same things done at the same "
                   "minutes give the same LIVE."),
        )  # fmt: skip


def _chosen(scenario: str) -> None:
    st.session_state[SCENARIO] = scenario
    st.query_params["scenario"] = scenario


def start(practice: Practice, seed: int | None = None) -> None:
    """Begin a run; without a seed the one on the page, and without that one by chance."""
    st.session_state[SCENARIO] = practice.id
    if seed is None:  # another go keeps the rates of the first
        practice = calibrated(practice, _own_lives())
    typed = st.session_state.get(SEED) if seed is None else seed
    wanted = secrets.randbelow(2**31) if typed is None else int(typed)
    _play(PracticeLive(practice, wanted), paused=False)


def _play(live: PracticeLive, paused: bool) -> None:
    """Put a new LIVE on the page, and keep it for a browser that loads the page anew."""
    kept.begin(live)
    _show(live, paused)


def _show(live: PracticeLive, paused: bool, judged: bool = False) -> None:
    st.session_state[LIVE] = live
    st.session_state[RESULT] = None
    st.session_state[JUDGED] = judged
    st.session_state[room.CLOCK] = time.monotonic()
    st.session_state[room.PAUSED] = paused


def _left() -> None:
    """Where the page was loaded anew in the middle of a LIVE: go on, or not; after its end, the way to its debrief."""
    found = kept.left()
    if found is None or not found[0].rows:
        return
    live, judged = found
    name = escape(room.named(live))
    with st.container(border=True, key="practice_left"):
        if live.ended is not None:
            st.markdown(_(":material/history: Your last LIVE: **{name}**", name=name))
            st.button(_("Read its debrief"), key="practice_left_read", on_click=_again_on_page, args=(live, judged))
            return
        st.markdown(
            _(
                ":material/history: You left **{name}** after {minute} of {minutes} minutes.",
                name=name,
                minute=live.minute,
                minutes=live.practice.minutes,
            )
        )
        with st.container(horizontal=True):
            st.button(_("Go on"), key="practice_left_on", type="primary", on_click=_again_on_page, args=(live, False))
            st.button(_("Leave it"), key="practice_left_not", on_click=kept.forget)


def _again_on_page(live: PracticeLive, judged: bool) -> None:
    kept.go_on(live)
    _show(live, True, judged)


def start_unknown() -> None:
    """Begin a LIVE that nobody chose, with luck that nobody knows."""
    scenarios = list(loading.knowledge().practice.values())
    drawn = scenarios[secrets.randbelow(len(scenarios))]
    live = PracticeLive(calibrated(drawn, _own_lives()), secrets.randbelow(2**31))
    live.unknown = True
    _play(live, paused=False)


def _own_lives() -> list[Session]:
    """The shop's latest LIVEs, oldest first; none without a shop."""
    opened, owner = shop.store(), shop.current()
    return list(opened.sessions(owner.id, limit=20)) if opened and owner else []


def resume(live: PracticeLive, minute: int) -> None:
    """Go on from a minute of a finished run, its luck and what was done before it kept. The clock stands."""
    again = replayed(live, until=minute)
    again.resumed_at, again.unknown = minute, live.unknown
    _play(again, paused=True)


def _whole(live: PracticeLive) -> Practice:
    """The scenario of a run, with its trouble still to be drawn, at the rates that the run had."""
    scenario = loading.knowledge().practice.get(live.practice.id, live.practice)
    update = {"faults": scenario.faults, "causes": scenario.causes, "draw": scenario.draw}
    return live.practice.model_copy(update=update)


def _timeline(live: PracticeLive, judged: Debrief) -> None:
    """What each thing was worth: as bars over the minutes, and as a table for who cannot see them."""
    if not judged.worths:
        return
    st.markdown(_("**What each thing you did was worth**"))
    st.caption(
        _("The same luck, once with it and once without: GMV less prizes and ads. What followed stays the same.")
    )
    rows = [(each.minute, words(each, live), each.amount) for each in judged.worths]
    draw(drawing(charts.worths(rows, len(live.rows), live.practice.currency)), "practice_worths",
         _("Worth by minute"))  # fmt: skip
    with st.expander(_("As a table"), icon=":material/table:"):
        table = [
            {
                pgettext("minute of a LIVE", "When"): formats.clock(minute),
                pgettext("what was done", "What"): what,
                _("Worth"): formats.money(amount, live.practice.currency),
            }
            for minute, what, amount in rows
        ]
        st.dataframe(
            pd.DataFrame(table), hide_index=True, key="practice_worth_table", alt=_("What each action was worth"),
        )  # fmt: skip


def leave() -> None:
    """Back to the choice."""
    kept.forget()
    st.session_state[LIVE] = None


def result(live: PracticeLive) -> None:
    """Score, three sentences, and the ordinary review below."""
    found = _judged(live)
    if found is None:
        st.info(_("The LIVE ended before its first minute, so there is nothing to judge."))
        st.button(_("Choose a practice LIVE"), on_click=leave, key="practice_leave")
        return
    judged, seen = found

    def money(amount: float) -> str:
        return formats.money_short(amount, live.practice.currency)

    with st.container(key="practice_debrief"):
        st.header(escape(live.practice.title), anchor=False)
        passed = _("You passed.") if judged.passed else _("Not passed yet.")
        st.markdown(f"{escape(ended_words(live))} {passed}")
        with st.grid(3, min_column_width=200):
            st.metric(_("You: GMV less prizes and ads"), money(judged.net), border=True)
            st.metric(_("The best way known, same luck"), money(judged.best), border=True)
            st.metric(_("Doing nothing, same luck"), money(judged.nothing), border=True)
        for each in judged.wrong:
            st.markdown(f":material/troubleshoot: {escape(each)}")
        st.markdown(f":material/thumb_up: {escape(judged.well)}")
        st.markdown(f":material/trending_down: {escape(judged.cost)}")
        st.markdown(f":material/lightbulb: {escape(judged.next_try)}")
        with st.expander(_("A good answer"), icon=":material/checklist:"):
            st.markdown("\n".join(f"- {escape(line)}" for line in live.practice.good_answer))
        with st.container(horizontal=True):
            st.button(_("Again with the same luck"), key="practice_again", icon=":material/replay:", on_click=start,
                      args=(_whole(live), live.seed))  # fmt: skip
            st.button(_("With another luck"), key="practice_other", icon=":material/shuffle:", on_click=start,
                      args=(_whole(live), (live.seed + 1) % 2**31))  # fmt: skip
            if judged.again_from is not None:
                clock = formats.clock(judged.again_from)
                st.button(
                    _("Go on from {clock}", clock=clock), key="practice_resume", type="primary",
                    icon=":material/history:", on_click=resume, args=(live, judged.again_from),
                    help=_("The same luck and what you did up to there; the clock waits for you."),
                )  # fmt: skip
            st.button(_("Another LIVE"), key="practice_leave", icon=":material/list:", on_click=leave)
        _timeline(live, judged)
    trainee.keep_progress()
    st.divider()
    st.caption(_("The review of this practice LIVE, against eight quiet ones of the same room. It is not saved."))
    with st.container(key="practice_review"):
        page.show(seen)


def _judged(live: PracticeLive) -> tuple[Debrief, Review] | None:
    """Computed and recorded once a run."""
    if not live.rows:
        return None
    if st.session_state.get(RESULT) is None:
        judged = debrief(live, usual_of(live.practice))
        seen = review(session_of(live), history(live.practice), loading.knowledge())
        st.session_state[RESULT] = (judged, seen)
        if not st.session_state.get(JUDGED):
            record(live, judged)
            st.session_state[JUDGED] = True
        kept.write(live, judged=True)
    found: tuple[Debrief, Review] = st.session_state[RESULT]
    return found


def record(live: PracticeLive, judged: Debrief) -> None:
    """Keep the result for whoever is learning."""
    detail = {"seed": live.seed, "net": round(judged.net, 2), "ended": live.ended, "minutes": live.minute}
    if live.resumed_at is not None:
        detail["resumed_at"] = live.resumed_at
    trainee.record(kind="practice", item=live.practice.id, score=judged.score, passed=judged.passed, detail=detail)
