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
from playbook.language import N_, _, ngettext, pgettext
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
UNKNOWN = N_("An unknown LIVE")
UNKNOWN_GOAL = N_(
    "Something may be wrong in this LIVE. See what it is, do one thing about it, and watch whether it helps."
)
#: Seconds without a look after which the LIVE is taken to have stood still.
_AWAY = 5.0
#: Label and how many times faster than life; the label is said in the language in force where it is shown.
SPEEDS = {N_("Real time"): 1, N_("10 times"): 10, N_("30 times"): 30, N_("60 times"): 60}
LABELS = {
    "err": N_("Enter room rate"), "comment_rate": N_("Comment rate"), "follow_rate": N_("Follow rate"),
    "ctr": N_("Click-through rate"), "ctor": N_("Click-to-order rate"),
}  # fmt: skip
SHORT = {
    "err": N_("ERR"), "comment_rate": N_("Comments"), "follow_rate": N_("Follows"), "ctr": N_("CTR"),
    "ctor": N_("CTOR"),
}  # fmt: skip
#: Impressions this far below usual are marked.
_FEW = 0.7
#: Less patience than this is marked.
_THIN = 0.6
#: Tool: label, icon, key on the keyboard.
TOOLS: dict[ActionId, tuple[str, str, str]] = {
    "billboard": (N_("Billboard"), ":material/featured_play_list:", "b"),
    "coupon": (N_("Coupon"), ":material/confirmation_number:", "k"),
    "ad": (N_("Ad, 10 min"), ":material/campaign:", "a"),
    "host_change": (N_("Next host"), ":material/swap_horiz:", "h"),
}
#: Prize, by what one does for it.
PRIZES: dict[ActionId, tuple[str, str, str]] = {
    "giveaway_follow": (N_("Follow"), ":material/redeem:", "f"),
    "giveaway_comment": (N_("Comment"), ":material/redeem:", "g"),
    "giveaway_watch": (N_("Watch"), ":material/redeem:", "w"),
    "giveaway_free": (N_("No task"), ":material/redeem:", "e"),
}
#: Line: the words to say, and its key.
WORDS: dict[ActionId, tuple[str, str]] = {
    "say_click": (N_("“Tap the card and look at the pictures.”"), "t"),
    "say_answer": (N_("“Here is how it fits and when it comes.”"), "d"),
    "urgency_stretched": (N_("“Last chance, gone in a minute.”"), "z"),
    "urgency_true": (N_("“Twelve are left; the offer ends at nine.”"), "u"),
    "say_comment": (N_("“Which colour would you wear?”"), "q"),
    "say_follow": (N_("“Follow to hear of the next LIVE.”"), "l"),
}


def named(live: PracticeLive) -> str:
    """The scenario's title; of a LIVE that was drawn not before its end."""
    return _(UNKNOWN) if live.unknown and live.ended is None else live.practice.title


def show(live: PracticeLive) -> None:
    """Speed and pause above; the rest is drawn anew every second while the LIVE runs."""
    formats.write_for(live.practice.currency)
    st.header(escape(named(live)), anchor=False)
    goal, luck = _(UNKNOWN_GOAL) if live.unknown else live.practice.goal, f"{live.seed:d}"
    number = _("Luck number {number}.", number=luck)
    st.caption(f"{escape(goal)} {number}")
    paused = bool(st.session_state.get(PAUSED))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        speeds, before = list(SPEEDS), st.session_state.get(SPEED, "30 times")
        chosen = st.selectbox(_("Speed"), speeds, index=speeds.index(before), key="practice_speed", width=160,
                              format_func=_)  # fmt: skip
        st.session_state[SPEED] = chosen
        st.button(_("Go on") if paused else _("Pause"), key="practice_pause", on_click=_pause, shortcut="p",
                  type="primary" if paused else "secondary",
                  icon=":material/play_arrow:" if paused else ":material/pause:")  # fmt: skip
        st.button(_("One minute"), key="practice_step", on_click=_step, args=(live,), icon=":material/skip_next:",
                  shortcut="m")  # fmt: skip
        st.button(_("End the LIVE"), key="practice_end", on_click=_end, args=(live,), icon=":material/stop:")
    with st.container(key="practice_notice"):
        if paused and st.session_state.get(WARNED) == live.minute:
            st.warning(
                _("The platform warned you, and shows the LIVE less for a while. The clock waits for you."),
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
    clock, whole = formats.clock(live.minute), formats.clock(live.practice.minutes)
    net = escape(formats.money_short(live.net, live.practice.currency))
    there = formats.count(live.rows[-1].online if live.rows else 0)
    parts = [
        _("**{clock}** of {whole}", clock=clock, whole=whole),
        _("**{money}** net", money=net),
        _("**{people}** there", people=there),
        _gauge(_("Stay"), _stay_words(now.stay(10)), now.short(10)),
    ]
    parts += [_gauge(_(SHORT[name]), formats.percent(now.rate(name, 10)), _is_low(now, name)) for name in RATES]
    parts.append(_gauge(_("Patience"), formats.percent(now.patience), now.patience < _THIN))
    with st.container(key="practice_gauges"):
        st.markdown(" · ".join(parts))


def _gauge(label: str, value: str, low: bool) -> str:
    return _("{label} :red[**{value}**, low]", label=label, value=value) if low else f"{label} **{value}**"


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
    for _each in range(due):
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
        whole = formats.clock(live.practice.minutes)
        st.metric(_("Time, of {whole}", whole=whole), formats.clock(live.minute))
        st.metric(_("GMV"), formats.money_short(live.gmv, currency))
        st.metric(_("Prizes and ads"), formats.money_short(live.spent, currency))
        st.metric(_("Viewers now"), formats.count(live.rows[-1].online if live.rows else 0))
    with st.grid(4, min_column_width=150):
        _rate(_("Impressions a minute"), formats.count(now.shown(10)), formats.count(now.usual["shown"]),
              bool(live.rows) and now.shown(10) < _FEW * now.usual["shown"])  # fmt: skip
        _rate(_("Viewing duration"), _stay_words(now.stay(10)), _stay_words(now.usual["stay"]), now.short(10))
        for name in RATES:
            _rate(_(LABELS[name]), formats.percent(now.rate(name, 10)), formats.percent(now.usual[name]),
                  _is_low(now, name))  # fmt: skip
        _rate(_("The room's patience"), formats.percent(now.patience), "100%", now.patience < _THIN,
              _("Whatever you ask of the room takes some; it comes back with the minutes. Without it people leave."),
              )  # fmt: skip


def _rate(label: str, value: str, usual: str, low: bool, about: str | None = None) -> None:
    st.metric(
        label, value, delta=_("low, usual {usual}", usual=usual) if low else _("usual {usual}", usual=usual),
        delta_arrow="off", delta_color="red" if low else "off", help=about or _("Over the last 10 minutes."),
    )  # fmt: skip


def _room(now: Dashboard) -> None:
    """What viewers write, the latest first, and how the host seems."""
    with st.container(border=True, key="practice_room"):
        st.markdown(f":material/person: {escape(now.host)}")
        latest = list(now.said)[-5:]
        if latest:
            st.markdown("\n".join(f"- {formats.clock(each.minute)} {escape(each.text)}" for each in reversed(latest)))
        else:
            st.caption(_("Nobody has written anything yet."))


def _curve(live: PracticeLive) -> None:
    rows = pd.DataFrame({"minute": [row.minute for row in live.rows], "viewers": [row.online for row in live.rows]})
    last = live.practice.minutes
    x = alt.X("minute:Q", axis=clock_axis(last), scale=alt.Scale(domain=[0, last], nice=False))
    line = (
        alt.Chart(rows)
        .mark_line(color="#3b82f6")
        .encode(x=x, y=alt.Y("viewers:Q", title=_("Viewers"), axis=axes.axis((0.0, *rows["viewers"]), "number")))
    )
    marks = pd.DataFrame([{"minute": each.minute, "what": each.note or each.detail or each.type}
                          for each in events(live)], columns=["minute", "what"])  # fmt: skip
    rules = (
        alt.Chart(marks)
        .mark_rule(color="#7c8799", strokeDash=[3, 3])
        .encode(
            x=x,
            tooltip=[
                alt.Tooltip("minute:Q", title=pgettext("into a LIVE", "minute")),
                alt.Tooltip("what:N", title=pgettext("what was done", "what")),
            ],
        )
    )
    latest = formats.count(live.rows[-1].online) if live.rows else pgettext("viewers", "none yet")
    draw(drawing(alt.layer(line, rules).properties(height=180)), "practice_curve",
         _("Viewers in the room by minute, what was done marked; now {number}", number=latest))  # fmt: skip


def _products(live: PracticeLive) -> None:
    st.markdown(_("**Products**"))
    with st.grid(2, min_column_width=300):
        for index, each in enumerate(live.practice.products):
            with st.container(border=True, height="stretch"):
                price = formats.money(each.price, live.practice.currency)
                pinned = index == live.pinned
                long = live.minute - live.pinned_since
                since = _("pinned for {minutes} min", minutes=long)
                mark = f" · {since}" if pinned else ""
                st.markdown(f"{escape(each.name)} :gray[{escape(price)}{mark}]")
                with st.container(horizontal=True):
                    kind: ActionId = "unpin" if pinned else "pin"
                    _button(live, Action(kind, None if pinned else index), _("Unpin") if pinned else _("Pin"),
                            ":material/keep_off:" if pinned else ":material/push_pin:", f"practice_pin_{index}",
                            str(index + 1))  # fmt: skip
                    _button(live, Action("flash_sale", index, 10), _("Sale, 10 min, 20% off"), ":material/bolt:",
                            f"practice_sale_{index}", "s" if pinned else None)  # fmt: skip


def _row(live: PracticeLive, tools: dict[ActionId, tuple[str, str, str]]) -> None:
    with st.grid(4, min_column_width=150):
        for kind, (label, icon, key) in tools.items():
            _button(live, Action(kind), _(label), icon, f"practice_{kind}", key)


def _tools(live: PracticeLive) -> None:
    prize = formats.money(live.practice.prize, live.practice.currency)
    ad = formats.money(live.practice.ad, live.practice.currency)
    st.markdown(_("**Tools**"))
    budget = live.practice.budget
    listed = ", ".join((
        ngettext("{n} picture", "{n} pictures", budget.billboards, n=budget.billboards),
        ngettext("{n} discount (coupons and sales)", "{n} discounts (coupons and sales)", budget.discounts,
                 n=budget.discounts),
        ngettext("{n} prize", "{n} prizes", budget.prizes, n=budget.prizes),
        ngettext("{n} ad", "{n} ads", budget.ads, n=budget.ads),
        ngettext("{n} other host", "{n} other hosts", budget.hosts, n=budget.hosts),
    ))  # fmt: skip
    st.caption(escape(_(
        "An ad costs {ad}. A coupon lasts 15 minutes and takes about 8% off the price. The number on a button is what "
        "is left of: {budget}.",
        ad=ad, budget=listed,
    )))  # fmt: skip
    _row(live, TOOLS)
    st.markdown(_("**Giveaways**"))
    st.caption(escape(_("A prize costs {prize}. The task to win it:", prize=prize)))
    _row(live, PRIZES)
    st.markdown(_("**Words to say**"))
    with st.grid(2, min_column_width=300):
        for kind, (words, key) in WORDS.items():
            _button(live, Action(kind), _(words), ":material/record_voice_over:", f"practice_{kind}", key)


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
    names = {_(words) for what, words in EVENTS.values()}
    found = [each for each in events(live) if each.note in names or each.type == "violation"]
    for each in reversed(found[-8:]):
        words = _("Warning from the platform") if each.type == "violation" else each.note or each.type
        product = f" · {each.product}" if each.product else ""
        st.markdown(f"**{formats.clock(each.minute)}** {escape(words + product)}")
    if not found:
        st.caption(_("Nothing done yet. What you do takes effect with the next minute."))
