"""During a LIVE, top to bottom: what is weak now, what to pull, the totals to note, the event pad, the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import streamlit as st

from .. import formats, live_log, pads
from ..advice.now import Pull, pulls
from ..diagnosis.findings import Judgement
from ..diagnosis.so_far import SoFar, so_far, usual_course
from ..imports import NothingToReview
from ..imports.apart import read_files
from ..imports.tables import MAX_BYTES, too_big
from ..knowledge.metrics import Metric
from ..live_log import Log
from ..pads import Pad, Tap
from ..report import plan_sentences, sentences
from ..session import Session, UnusableFile
from . import dashboard, loading, network, pad_view, shell, shop, state, totals_view
from .escape import escape

#: Past LIVEs with trends that make the usual at a minute.
_PAST = 30
_EVERY = 15


def show() -> None:
    now = pad_view.now()
    log = live_log.running(now)
    if log is None:
        start()
    else:
        running(log)


def start() -> None:
    """Nothing runs: begin, or go on with an earlier LIVE."""
    st.markdown(
        "Note the dashboard's totals every few minutes and tap what you do. You see at once what is below your usual "
        "**at this minute**, what to pull and the words for it. Everything is saved on this computer as you go."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ago = st.number_input("It began, minutes ago", min_value=0, max_value=720, value=0, key="pad_ago", width=200)
        if st.button("Start", type="primary", icon=":material/play_arrow:", key="pad_start") and keep(
            Log(pad_view.now() - timedelta(minutes=ago or 0), currency=_currency())
        ):
            st.rerun()
    earlier()


def earlier() -> None:
    """LIVEs noted before: go on where one was closed by mistake, or take its files."""
    logs = {each.start: each for each in live_log.saved()}
    taps = {each.start: each for each in pads.saved()}
    starts = sorted({*logs, *taps}, reverse=True)[:20]
    if starts:
        st.subheader("Earlier LIVEs", anchor=False)
    for begun in starts:
        log, pad = logs.get(begun, Log(begun)), taps.get(begun, Pad(begun))
        stem = f"{begun:%Y-%m-%d_%H%M%S}"
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(
                f"{begun:%a} {sentences.day(begun)}, {begun:%H:%M} · "
                f"{formats.several(len(log.rows), 'row')} · {formats.several(len(pad.taps), 'event')}"
            )
            going = live_log.recent(log, pad_view.now())
            if (
                going
                and st.button("Go on", key=f"go_on_{stem}", icon=":material/edit:")
                and keep(replace(log, end=None))
            ):
                st.rerun()
            if log.rows and st.button("Review", key=f"review_{stem}", icon=":material/troubleshoot:"):
                hand_over(log.session(), pad)
            if pad.taps:
                st.download_button(
                    "Events", pad.text(), pad.path.name, "text/csv", key=f"get_{stem}", on_click="ignore",
                    icon=":material/download:",
                )  # fmt: skip


def running(log: Log) -> None:
    pad = pad_view.current(log.start)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        clock(log.start)
        over(log, pad)
    trouble()
    reminder()
    if log.watching:
        watched(log.start)
    elif log.rows:
        answer(log.session(events=pad.events()), pad)
    else:
        st.info(
            "Type the first totals below. From the second row on, falls show; with three saved LIVEs, so does the "
            "usual at this minute.",
            icon=":material/edit:",
        )
    if not log.watching:
        st.subheader("Note the totals", anchor=False)
    totals_view.form(log, pad_view.now(), keep)
    totals_view.rows(log, keep)
    totals_view.channels(log, keep)
    st.subheader("Tap what happens", anchor=False)
    pad_view.show(pad)
    with st.expander("Numbers to keep in sight", icon=":material/visibility:"):
        dashboard.choose_watched(loading.knowledge())


@st.fragment(run_every=10)
def clock(begun: datetime) -> None:
    """The time of the LIVE, kept going without a rerun of the page."""
    passed = (pad_view.now() - begun).total_seconds() / 60
    st.metric("Time of the LIVE", formats.clock(passed), delta=f"began {begun:%H:%M}", delta_color="off",
              delta_arrow="off")  # fmt: skip


def over(log: Log, pad: Pad) -> None:
    """The end: the noted LIVE takes the same road as an upload."""
    noted = bool(log.rows or log.watching)
    with st.popover("The LIVE is over", icon=":material/stop:"):
        if noted:
            st.markdown(
                "Note the last totals first if they have changed. The LIVE is then reviewed with its trend and events; "
                "the export you download later takes the place of these totals."
            )
        else:
            st.markdown("No totals were noted. The events stay here and are offered when you upload the export.")
        if st.button("End and review" if noted else "End", type="primary", key="pad_stop", icon=":material/stop:"):
            end(log, pad)


def end(log: Log, pad: Pad) -> None:
    ended = replace(log, end=max([pad_view.now(), *(row.at for row in log.rows[-1:])]))
    session = _watched_session(log)[0] if log.watching else ended.session() if log.rows else None
    if not keep(ended):
        return
    if session is not None:
        hand_over(session, pad)
    st.rerun()


def hand_over(session: Session, pad: Pad) -> None:
    """Hold the files of the LIVE as if they had been uploaded, and open the review."""
    held = [state.HeldFile(name, content, "upload") for name, content in live_log.files_of(session).items()]
    if pad.taps:
        held.append(state.HeldFile(pad.path.name, pad.text().encode(), "upload"))
    state.hold(tuple(held))
    shell.leave_for("review.py")


def keep(log: Log) -> bool:
    """On disk first, then on screen."""
    return pad_view.write(log, "Copy the totals before you close this page.")


def trouble() -> None:
    if st.session_state[state.PAD_TROUBLE]:
        st.error(escape(st.session_state[state.PAD_TROUBLE]), icon=":material/error:")


def reminder() -> None:
    """The one change that was planned for this LIVE."""
    kept = loading.of_shop()
    for each in kept.judged_plans if kept else ():
        if each.plan.status == "open":
            st.caption(escape(f"Planned for this LIVE: {each.plan.title} · {plan_sentences.when_done(each.plan)}"))


@st.fragment(run_every=_EVERY)
def watched(begun: datetime) -> None:
    """The file as it stands now; what cannot be read yet is said, and tried again."""
    log = live_log.running(pad_view.now())
    if log is None or log.start != begun or not log.watching:
        return
    session, said = _watched_session(log)
    if session is None:
        st.warning(escape(said), icon=":material/hourglass_top:")
        return
    st.caption(escape(said))
    pad = pad_view.current(log.start)
    answer(replace(session, events=pad.events()), pad)


def _watched_session(log: Log) -> tuple[Session | None, str]:
    """The LIVE as the watched file has it now, and what is said of the file; None when it cannot be used now."""
    path = Path(log.watching or "").expanduser()
    if network.open_to_others():
        return None, f"{path.name} is not read while the app is open to your network."
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return None, too_big(path.name, size)
        content = path.read_bytes()
        reading = read_files([(path.name, content)], loading.profiles(), trend_totals=log.totals)
    except OSError as error:
        return None, f"{path} cannot be read now ({error.strerror}); it is tried again every {_EVERY} seconds."
    except NothingToReview as error:
        return None, f"Nothing to show from {path.name} yet: {error}"
    except UnusableFile as error:
        return None, str(error)
    session = next((each for each in reversed(reading.sessions) if each.trend is not None), None)
    if session is None or session.trend is None:
        return None, f"{path.name} has no rows by minute, so nothing can be followed in it."
    length = float(session.trend["minute"].max()) + (session.trend_step or 1.0)
    said = f"{path.name}: {len(session.trend)} rows, read at {pad_view.now():%H:%M:%S}."
    made = replace(session, start=log.start, duration_minutes=length, running=True)
    return replace(made, currency=session.currency or log.currency), said


def answer(session: Session, pad: Pad) -> None:
    """Judged against the shop's past LIVEs; what to pull; the course."""
    knowledge = loading.knowledge()
    history = past(session)
    found = so_far(session, history, knowledge.metrics)
    dashboard.show(found, knowledge, session.currency)
    proposed = pulls(found.diagnosis, knowledge, found.minute, pad.events(), session.currency)
    dashboard.pull_cards(proposed, knowledge, lambda pull: note(pad, pull))
    dashboard.courses(_course(session, history, found), knowledge, session.currency)


def note(pad: Pad, pull: Pull) -> None:
    """What was pulled stands in the event log."""
    note = pull.strategy.id if pull.event == "script" else None
    pad_view.keep(pad.tapped(Tap(pad_view.now(), pull.event, None, None, note)))


def past(session: Session) -> list[Session]:
    """The shop's LIVEs before this one, with trends."""
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None:
        return []
    return opened.history(owner.id, session.start, limit=_PAST, trends=True)


def _course(session: Session, history: Sequence[Session], found: SoFar) -> dict[str, list[tuple[float, Judgement]]]:
    if found.basis != "same_minutes":
        return {}
    metrics = loading.knowledge().metrics
    told = (session.start, found.minute, sorted(session.counts.items(), key=str), [each.id for each in history])
    return _drawn(repr(told), session, history, metrics)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _drawn(
    told: str, _session: Session, _history: Sequence[Session], _metrics: Mapping[str, Metric]
) -> dict[str, list[tuple[float, Judgement]]]:
    """A dozen forecasts, so computed once a row; a tap on the pad changes none of them."""
    return usual_course(_session, _history, _metrics, dashboard.DRAWN)


def _currency() -> str | None:
    owner = shop.current()
    return owner.currency if owner else None
