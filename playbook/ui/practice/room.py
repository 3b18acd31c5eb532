"""The dashboard of a practice LIVE while it runs: numbers, the curve of viewers, products, tools and lines to say."""

from __future__ import annotations

import time

import altair as alt
import pandas as pd
import streamlit as st

from playbook import formats
from playbook.knowledge.practice import ActionId
from playbook.practice.actions import EVENTS, Action
from playbook.practice.dashboard import RATES, Dashboard, dashboard
from playbook.practice.runs import events, usual_of
from playbook.practice.simulator import PracticeLive
from playbook.report.charts import axes
from playbook.report.charts.review import clock_axis
from playbook.ui.frame.drawing import draw, drawing
from playbook.ui.frame.escape import escape

CLOCK, SEEN, PAUSED = "practice_clock", "practice_seen", "practice_paused"
#: The speed chosen last; the picker itself is forgotten while another page is open.
SPEED = "practice_speed_chosen"
UNKNOWN = "An unknown LIVE"
UNKNOWN_GOAL = "Something may be wrong in this LIVE. See what it is, do one thing about it, and watch whether it helps."
#: Seconds without a look after which the LIVE is taken to have stood still.
_AWAY = 5.0
#: Label and how many times faster than life.
SPEEDS = {"Real time": 1, "10 times": 10, "30 times": 30, "60 times": 60}
LABELS = {
    "err": "Enter room rate", "comment_rate": "Comment rate", "follow_rate": "Follow rate",
    "ctr": "Click-through rate", "ctor": "Click-to-order rate",
}  # fmt: skip
#: Tool: label, icon, key on the keyboard.
TOOLS: dict[ActionId, tuple[str, str, str]] = {
    "billboard": ("New billboard", ":material/featured_play_list:", "b"),
    "coupon": ("Coupon", ":material/confirmation_number:", "k"),
    "ad": ("Ad, 10 min", ":material/campaign:", "a"),
    "host_change": ("Change host", ":material/swap_horiz:", "h"),
}
#: Prize, by what one does for it.
PRIZES: dict[ActionId, tuple[str, str, str]] = {
    "giveaway_follow": ("Follow", ":material/redeem:", "f"),
    "giveaway_comment": ("Comment", ":material/redeem:", "g"),
    "giveaway_watch": ("Watch", ":material/redeem:", "w"),
    "giveaway_free": ("No task", ":material/redeem:", "e"),
}
#: Line: the words to say.
WORDS: dict[ActionId, str] = {
    "say_click": "“Tap the card and look at the pictures.”",
    "say_answer": "“Here is how it fits and when it comes.”",
    "urgency_stretched": "“Last chance, gone in a minute.”",
    "urgency_true": "“Twelve are left; the offer ends at nine.”",
    "say_comment": "“Which colour would you wear?”",
    "say_follow": "“Follow to hear of the next LIVE.”",
}


def named(live: PracticeLive) -> str:
    """The scenario's title, which says what is wrong; not before the end of a LIVE that was drawn."""
    return UNKNOWN if live.unknown and live.ended is None else live.practice.title


def show(live: PracticeLive) -> None:
    """Speed and pause above; the rest is drawn anew every second while the LIVE runs."""
    formats.write_for(live.practice.currency)
    st.header(escape(named(live)), anchor=False)
    st.caption(f"{escape(UNKNOWN_GOAL if live.unknown else live.practice.goal)} Luck number {live.seed:d}.")
    paused = bool(st.session_state.get(PAUSED))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        speeds, before = list(SPEEDS), st.session_state.get(SPEED, "30 times")
        chosen = st.selectbox("Speed", speeds, index=speeds.index(before), key="practice_speed", width=160)
        st.session_state[SPEED] = chosen
        st.button("Go on" if paused else "Pause", key="practice_pause", on_click=_pause, shortcut="p",
                  icon=":material/play_arrow:" if paused else ":material/pause:")  # fmt: skip
        st.button("One minute", key="practice_step", on_click=_step, args=(live,), icon=":material/skip_next:",
                  shortcut="m")  # fmt: skip
        st.button("End the LIVE", key="practice_end", on_click=live.stop, icon=":material/stop:")
    st.fragment(_running, run_every=None if paused else 1.0)(live)


def _pause() -> None:
    st.session_state[PAUSED] = not st.session_state.get(PAUSED)
    st.session_state[CLOCK] = time.monotonic()


def _step(live: PracticeLive) -> None:
    if live.ended is None:
        live.step()


def _running(live: PracticeLive) -> None:
    formats.write_for(live.practice.currency)
    if not st.session_state.get(PAUSED):
        _advance(live)
    if live.ended is not None:
        st.rerun()
    now = dashboard(live, usual_of(live.practice))
    _numbers(live, now)
    _curve(live)
    _products(live)
    _tools(live)
    _log(live)


def _advance(live: PracticeLive) -> None:
    """Play the minutes that have passed; the part of a minute that is left stays on the clock."""
    speed = SPEEDS[st.session_state.get(SPEED, "30 times")]
    now = time.monotonic()
    began, seen = st.session_state.get(CLOCK) or now, st.session_state.get(SEEN) or now
    st.session_state[SEEN] = now
    if now - seen > _AWAY and seen >= began:
        began += now - seen  # another page was open meanwhile, and nobody was there to play
    due = int((now - began) * speed / 60)
    for _ in range(due):
        if live.ended is None:
            live.step()
    st.session_state[CLOCK] = began + due * 60 / speed


def _numbers(live: PracticeLive, now: Dashboard) -> None:
    currency = live.practice.currency
    with st.grid(4, min_column_width=130):
        st.metric(f"Time, of {formats.clock(live.practice.minutes)}", formats.clock(live.minute))
        st.metric("GMV", formats.money_short(live.gmv, currency))
        st.metric("Prizes and ads", formats.money_short(live.spent, currency))
        st.metric("Viewers now", formats.count(live.rows[-1].online if live.rows else 0))
    with st.grid(5, min_column_width=160):
        for name in RATES:
            value = now.rate(name, 10)
            usual = formats.percent(now.usual[name])
            low = now.settled(name) and now.low(name, 10)
            st.metric(
                LABELS[name], formats.percent(value), delta=f"{'low, ' if low else ''}usual {usual}",
                delta_arrow="off", delta_color="red" if low else "off", help="Over the last 10 minutes.",
            )  # fmt: skip


def _curve(live: PracticeLive) -> None:
    rows = pd.DataFrame({"minute": [row.minute for row in live.rows], "viewers": [row.online for row in live.rows]})
    last = live.practice.minutes
    x = alt.X("minute:Q", axis=clock_axis(last), scale=alt.Scale(domain=[0, last], nice=False))
    line = (
        alt.Chart(rows)
        .mark_line(color="#3b82f6")
        .encode(x=x, y=alt.Y("viewers:Q", title="Viewers", axis=axes.axis((0.0, *rows["viewers"]), "number")))
    )
    marks = pd.DataFrame([{"minute": each.minute, "what": each.note or each.detail or each.type}
                          for each in events(live)], columns=["minute", "what"])  # fmt: skip
    rules = alt.Chart(marks).mark_rule(color="#7c8799", strokeDash=[3, 3]).encode(x=x, tooltip=["minute:Q", "what:N"])
    latest = formats.count(live.rows[-1].online) if live.rows else "none yet"
    draw(drawing(alt.layer(line, rules).properties(height=180)), "practice_curve",
         f"Viewers in the room by minute, what was done marked; now {latest}")  # fmt: skip


def _products(live: PracticeLive) -> None:
    st.markdown("**Products**")
    with st.grid(2, min_column_width=300):
        for index, each in enumerate(live.practice.products):
            with st.container(border=True, height="stretch"):
                price = formats.money(each.price, live.practice.currency)
                pinned = index == live.pinned
                mark = f" · pinned for {live.minute - live.pinned_since:d} min" if pinned else ""
                st.markdown(f"{escape(each.name)} :gray[{escape(price)}{mark}]")
                with st.container(horizontal=True):
                    kind: ActionId = "unpin" if pinned else "pin"
                    _button(live, Action(kind, None if pinned else index), "Unpin" if pinned else "Pin",
                            ":material/keep_off:" if pinned else ":material/push_pin:", f"practice_pin_{index}",
                            str(index + 1))  # fmt: skip
                    _button(live, Action("flash_sale", index, 10), "Sale, 10 min, 20% off", ":material/bolt:",
                            f"practice_sale_{index}", None)  # fmt: skip


def _row(live: PracticeLive, tools: dict[ActionId, tuple[str, str, str]]) -> None:
    with st.grid(4, min_column_width=150):
        for kind, (label, icon, key) in tools.items():
            _button(live, Action(kind), label, icon, f"practice_{kind}", key)


def _tools(live: PracticeLive) -> None:
    prize = formats.money(live.practice.prize, live.practice.currency)
    ad = formats.money(live.practice.ad, live.practice.currency)
    st.markdown("**Tools**")
    st.caption(escape(f"An ad costs {ad}. A coupon lasts 15 minutes and takes about 8% off the price."))
    _row(live, TOOLS)
    st.markdown("**Giveaways**")
    st.caption(escape(f"A prize costs {prize}. The task to win it:"))
    _row(live, PRIZES)
    st.markdown("**Words to say**")
    with st.grid(2, min_column_width=300):
        for kind, words in WORDS.items():
            _button(live, Action(kind), words, ":material/record_voice_over:", f"practice_{kind}", None)


def _button(live: PracticeLive, action: Action, label: str, icon: str, key: str, shortcut: str | None) -> None:
    st.button(escape(label), key=key, icon=icon, width="stretch", on_click=_do, args=(live, action), shortcut=shortcut)


def _do(live: PracticeLive, action: Action) -> None:
    why = live.do(action)
    st.session_state["practice_refused"] = why


def _log(live: PracticeLive) -> None:
    why = st.session_state.get("practice_refused")
    if why:
        st.warning(escape(why), icon=":material/block:")
    names = {words for _, words in EVENTS.values()}
    found = [each for each in events(live) if each.note in names or each.type == "violation"]
    for each in reversed(found[-8:]):
        words = "Warning from the platform" if each.type == "violation" else each.note or each.type
        product = f" · {each.product}" if each.product else ""
        st.markdown(f"**{formats.clock(each.minute)}** {escape(words + product)}")
    if not found:
        st.caption("Nothing done yet. What you do takes effect with the next minute.")
