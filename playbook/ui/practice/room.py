"""The dashboard of a practice LIVE while it runs: numbers, the room, products, tools and lines to say.

The gauges stand in a line at the bottom of the window, so that they stay in sight whatever is pressed above.
"""

from __future__ import annotations

import time

import altair as alt
import pandas as pd
import streamlit as st

from playbook import formats
from playbook.knowledge.practice import ActionId
from playbook.practice.actions import BUDGETS, EVENTS, Action, left
from playbook.practice.dashboard import RATES, Dashboard, dashboard
from playbook.practice.runs import events, usual_of
from playbook.practice.simulator import PracticeLive
from playbook.report.charts import axes
from playbook.report.charts.review import clock_axis
from playbook.ui.frame.drawing import draw, drawing
from playbook.ui.frame.escape import escape

from . import kept

CLOCK, SEEN, PAUSED = "practice_clock", "practice_seen", "practice_paused"
#: The minute of the warning at which the clock stopped by itself.
WARNED = "practice_warned"
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
SHORT = {"err": "ERR", "comment_rate": "Comments", "follow_rate": "Follows", "ctr": "CTR", "ctor": "CTOR"}
#: Impressions this far below usual are marked.
_FEW = 0.7
#: Less patience than this is marked.
_THIN = 0.6
#: Tool: label, icon, key on the keyboard.
TOOLS: dict[ActionId, tuple[str, str, str]] = {
    "billboard": ("Billboard", ":material/featured_play_list:", "b"),
    "coupon": ("Coupon", ":material/confirmation_number:", "k"),
    "ad": ("Ad, 10 min", ":material/campaign:", "a"),
    "host_change": ("Next host", ":material/swap_horiz:", "h"),
}
#: Prize, by what one does for it.
PRIZES: dict[ActionId, tuple[str, str, str]] = {
    "giveaway_follow": ("Follow", ":material/redeem:", "f"),
    "giveaway_comment": ("Comment", ":material/redeem:", "g"),
    "giveaway_watch": ("Watch", ":material/redeem:", "w"),
    "giveaway_free": ("No task", ":material/redeem:", "e"),
}
#: Line: the words to say, and its key.
WORDS: dict[ActionId, tuple[str, str]] = {
    "say_click": ("“Tap the card and look at the pictures.”", "t"),
    "say_answer": ("“Here is how it fits and when it comes.”", "d"),
    "urgency_stretched": ("“Last chance, gone in a minute.”", "z"),
    "urgency_true": ("“Twelve are left; the offer ends at nine.”", "u"),
    "say_comment": ("“Which colour would you wear?”", "q"),
    "say_follow": ("“Follow to hear of the next LIVE.”", "l"),
}


def named(live: PracticeLive) -> str:
    """The scenario's title; of a LIVE that was drawn not before its end."""
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
                  type="primary" if paused else "secondary",
                  icon=":material/play_arrow:" if paused else ":material/pause:")  # fmt: skip
        st.button("One minute", key="practice_step", on_click=_step, args=(live,), icon=":material/skip_next:",
                  shortcut="m")  # fmt: skip
        st.button("End the LIVE", key="practice_end", on_click=_end, args=(live,), icon=":material/stop:")
    with st.container(key="practice_notice"):
        if paused and st.session_state.get(WARNED) == live.minute:
            st.warning(
                "The platform warned you, and shows the LIVE less for a while. The clock waits for you.",
                icon=":material/gavel:",
            )  # fmt: skip
    every = None if paused else 1.0
    st.fragment(_running, run_every=every)(live)
    with st.bottom:
        st.fragment(_gauges, run_every=every)(live)


def _pause() -> None:
    st.session_state[PAUSED] = not st.session_state.get(PAUSED)
    st.session_state[CLOCK] = time.monotonic()


def _step(live: PracticeLive) -> None:
    if live.ended is None:
        live.step()
        kept.write(live)


def _end(live: PracticeLive) -> None:
    live.stop()
    kept.write(live)


def _running(live: PracticeLive) -> None:
    formats.write_for(live.practice.currency)
    _go_on(live)
    now = dashboard(live, usual_of(live.practice))
    _numbers(live, now)
    _room(now)
    _curve(live)
    _products(live)
    _tools(live)
    _log(live)


def _go_on(live: PracticeLive) -> None:
    """Play on; the whole page is drawn anew where the LIVE ended or a warning stopped the clock."""
    if not st.session_state.get(PAUSED):
        _advance(live)
        kept.write(live)
        if st.session_state.get(PAUSED):
            st.rerun()
    if live.ended is not None:
        st.rerun()


def _gauges(live: PracticeLive) -> None:
    """Every number that matters, in a line or two, with what is low in red."""
    formats.write_for(live.practice.currency)
    _go_on(live)
    now = dashboard(live, usual_of(live.practice))
    parts = [
        f"**{formats.clock(live.minute)}** of {formats.clock(live.practice.minutes)}",
        f"**{escape(formats.money_short(live.net, live.practice.currency))}** net",
        f"**{formats.count(live.rows[-1].online if live.rows else 0)}** there",
        _gauge("Stay", _stay_words(now.stay(10)), now.short(10)),
    ]
    parts += [_gauge(SHORT[name], formats.percent(now.rate(name, 10)), _is_low(now, name)) for name in RATES]
    parts.append(_gauge("Patience", formats.percent(now.patience), now.patience < _THIN))
    with st.container(key="practice_gauges"):
        st.markdown(" · ".join(parts))


def _gauge(label: str, value: str, low: bool) -> str:
    return f"{label} :red[**{value}**, low]" if low else f"{label} **{value}**"


def _stay_words(minutes: float | None) -> str:
    return "–" if minutes is None else formats.seconds(60 * minutes)


def _is_low(now: Dashboard, name: str) -> bool:
    return now.settled(name) and now.low(name, 10)


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
        warned = len(live.warnings)
        if live.ended is None:
            live.step()
        if len(live.warnings) > warned and live.ended is None:
            st.session_state[PAUSED], st.session_state[WARNED] = True, live.minute
            break
    st.session_state[CLOCK] = began + due * 60 / speed


def _numbers(live: PracticeLive, now: Dashboard) -> None:
    currency = live.practice.currency
    with st.grid(4, min_column_width=130):
        st.metric(f"Time, of {formats.clock(live.practice.minutes)}", formats.clock(live.minute))
        st.metric("GMV", formats.money_short(live.gmv, currency))
        st.metric("Prizes and ads", formats.money_short(live.spent, currency))
        st.metric("Viewers now", formats.count(live.rows[-1].online if live.rows else 0))
    with st.grid(4, min_column_width=150):
        _rate("Impressions a minute", formats.count(now.shown(10)), formats.count(now.usual["shown"]),
              bool(live.rows) and now.shown(10) < _FEW * now.usual["shown"])  # fmt: skip
        _rate("Viewing duration", _stay_words(now.stay(10)), _stay_words(now.usual["stay"]), now.short(10))
        for name in RATES:
            _rate(LABELS[name], formats.percent(now.rate(name, 10)), formats.percent(now.usual[name]),
                  _is_low(now, name))  # fmt: skip
        _rate("The room's patience", formats.percent(now.patience), "100%", now.patience < _THIN)


def _rate(label: str, value: str, usual: str, low: bool) -> None:
    st.metric(
        label, value, delta=f"{'low, ' if low else ''}usual {usual}", delta_arrow="off",
        delta_color="red" if low else "off", help="Over the last 10 minutes." if "patience" not in label else
        "Whatever you ask of the room takes some; it comes back with the minutes. Without it people leave.",
    )  # fmt: skip


def _room(now: Dashboard) -> None:
    """What viewers write, the latest first, and how the host seems."""
    with st.container(border=True, key="practice_room"):
        st.markdown(f":material/person: {escape(now.host)}")
        latest = list(now.said)[-5:]
        if latest:
            st.markdown("\n".join(f"- {formats.clock(each.minute)} {escape(each.text)}" for each in reversed(latest)))
        else:
            st.caption("Nobody has written anything yet.")


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
    rules = (
        alt.Chart(marks)
        .mark_rule(color="#7c8799", strokeDash=[3, 3])
        .encode(x=x, tooltip=[alt.Tooltip("minute:Q"), alt.Tooltip("what:N")])
    )
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
                            f"practice_sale_{index}", "s" if pinned else None)  # fmt: skip


def _row(live: PracticeLive, tools: dict[ActionId, tuple[str, str, str]]) -> None:
    with st.grid(4, min_column_width=150):
        for kind, (label, icon, key) in tools.items():
            _button(live, Action(kind), label, icon, f"practice_{kind}", key)


def _tools(live: PracticeLive) -> None:
    prize = formats.money(live.practice.prize, live.practice.currency)
    ad = formats.money(live.practice.ad, live.practice.currency)
    st.markdown("**Tools**")
    budget = live.practice.budget
    st.caption(escape(
        f"An ad costs {ad}. A coupon lasts 15 minutes and takes about 8% off the price. The number on a button is what "
        "is left of: "
        f"{formats.several(budget.billboards, 'picture')}, {formats.several(budget.discounts, 'discount')} "
        f"(coupons and sales), {formats.several(budget.prizes, 'prize')}, {formats.several(budget.ads, 'ad')}, "
        f"{formats.several(budget.hosts, 'other host')}."
    ))  # fmt: skip
    _row(live, TOOLS)
    st.markdown("**Giveaways**")
    st.caption(escape(f"A prize costs {prize}. The task to win it:"))
    _row(live, PRIZES)
    st.markdown("**Words to say**")
    with st.grid(2, min_column_width=300):
        for kind, (words, key) in WORDS.items():
            _button(live, Action(kind), words, ":material/record_voice_over:", f"practice_{kind}", key)


def _button(live: PracticeLive, action: Action, label: str, icon: str, key: str, shortcut: str | None) -> None:
    rest = left(action.kind, live.done, live.practice) if action.kind in BUDGETS else None
    st.button(
        escape(label if rest is None else f"{label} · {rest:d}"), key=key, icon=icon, width="stretch",
        on_click=_do, args=(live, action), shortcut=shortcut, disabled=rest == 0,
    )  # fmt: skip


def _do(live: PracticeLive, action: Action) -> None:
    why = live.do(action)
    st.session_state["practice_refused"] = why
    kept.write(live)


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
