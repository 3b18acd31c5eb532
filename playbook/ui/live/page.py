"""During a LIVE, top to bottom: what is weak now, what to pull, the totals to note, the event pad, the end."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playbook import formats
from playbook.diagnosis.findings import Judgement
from playbook.during.pulls import Pull, pulls
from playbook.during.so_far import SoFar, so_far, usual_course
from playbook.imports import NothingToReview
from playbook.imports.apart import read_files
from playbook.imports.formats.tables import MAX_BYTES, too_big
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _, current, ngettext, pgettext
from playbook.model.running import RunningLive, Tap, files_of, noted_id
from playbook.model.session import Session, UnusableFile
from playbook.report.words import plans
from playbook.spreadsheet import harmless
from playbook.store.access import Role
from playbook.store.errors import StoreError
from playbook.store.records import Shop, Target
from playbook.store.running import GIVEN_UP
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, paths, rights, shell, shop, state
from playbook.ui.frame.escape import escape

from . import dashboard, noted, old_lives, totals
from . import pad as pad_view
from . import phone as offer
from .pad import key

#: Past LIVEs with trends that make the usual at a minute.
_PAST = 30
_EVERY = 15
#: Seconds between two looks at what other devices did: with the run that follows, less than three.
LOOK_EVERY = 1.0
TITLE = N_("During a LIVE")
#: Which LIVE of the shop this visit has in view, and one that ended elsewhere while it had.
IN_VIEW, ENDED = "live_in_view", "live_ended_elsewhere"


def show() -> None:
    opened, owner = shop.store(), shop.current()
    if opened is None:
        st.title(_(TITLE), anchor=False)
        without = _("Without it nothing can be noted.")
        st.error(f"{escape(shop.trouble() or '')} {without}", title=_("The store cannot be used"),
                 icon=":material/database_off:")  # fmt: skip
        return
    with st.container():  # always there, as the next: what stands below keeps its place
        if rights.may(Role.owner, None):  # files of this computer are not everybody's
            old_lives.show(opened, owner)
    if owner is None:
        st.title(_(TITLE), anchor=False)
        start(opened, None)
        follow_shops()
        return
    seen = opened.running.stamp(owner.id)
    live = opened.running.on_air(owner.id)
    if live is not None and pad_view.receive(opened, live):
        live = opened.running.on_air(owner.id)
    with st.container():
        ended_elsewhere(opened, owner, live)
    if live is None:
        st.title(_(TITLE), anchor=False)
        start(opened, owner)
        follow(opened, owner.id, seen, None)
    else:
        running(opened, pad_view.with_waiting(live), seen)


@st.fragment(run_every=LOOK_EVERY)
def follow(opened: Store, shop_id: str, seen: str, live: RunningLive | None) -> None:
    """The time of the LIVE kept going, and the page drawn anew only when another device changed something."""
    if live is not None:
        passed = live.minute(pad_view.now(live))
        clock = f"{live.start:%H:%M}"
        st.metric(_("Time of the LIVE"), formats.clock(passed), width="content", delta=_("began {clock}", clock=clock),
                  delta_color="off", delta_arrow="off")  # fmt: skip
    try:
        changed = opened.running.stamp(shop_id) != seen
    except StoreError as error:
        unseen = _("What other devices do is not seen at the moment: {reason}", reason=escape(str(error)))
        st.warning(unseen, icon=":material/sync_problem:")
        return
    if changed:
        st.rerun()


@st.fragment(run_every=LOOK_EVERY)
def follow_shops() -> None:
    """Before there is a shop: another device may make one by its Start."""
    if shop.shops():
        st.rerun()


def start(opened: Store, owner: Shop | None) -> None:
    """Nothing runs: begin, or go on with an earlier LIVE. Who may only look is told what will stand here."""
    shop_id = owner.id if owner else None
    if not rights.may(Role.host, shop_id):
        st.info(_("No LIVE is noted at the moment. When a host of this shop begins one, its numbers show here."),
                icon=":material/visibility:")  # fmt: skip
        if owner is not None:
            earlier(opened, owner)
        return
    st.markdown(
        _(
            "Note the dashboard's totals every few minutes and tap what you do. You see at once what is below your "
            "usual **at this minute**, what to pull and the words for it. Each tap and each row is saved as you go, "
            "and a second device on this page sees it within three seconds."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ago = keys.of_shop("pad_ago", shop_id)
        st.number_input(_("It began, minutes ago"), min_value=0, max_value=720, value=0, key=ago, width=200)
        title = keys.of_shop("pad_title", shop_id)
        st.text_input(_("Title (optional)"), key=title, max_chars=120, width=320)
        st.button(_("Start"), type="primary", icon=":material/play_arrow:", key=keys.of_shop("pad_start", shop_id),
                  on_click=begin, args=(opened, owner, ago, title))  # fmt: skip
    if owner is not None:
        earlier(opened, owner)


def begin(opened: Store, owner: Shop | None, ago: str, title: str) -> None:
    """Where there is no shop yet, a first one is made, as an upload would."""
    fields = pad_view.typed()
    minutes = fields.get(ago)

    def begun() -> None:
        mine = owner or shop.first(opened)
        opened.running.start(
            mine.id, at=datetime.now(UTC) - timedelta(minutes=minutes if isinstance(minutes, int) else 0),
            title=str(fields.get(title) or ""), who=pad_view.device(), currency=mine.currency,
        )  # fmt: skip

    notices.attempt(begun)


def ended_elsewhere(opened: Store, owner: Shop, live: RunningLive | None) -> None:
    """Says that the LIVE which this visit had in view is over, and what can be done with it."""
    in_view, ended = keys.of_shop(IN_VIEW, owner.id), keys.of_shop(ENDED, owner.id)
    before = st.session_state.get(in_view)
    if before is not None and (live is None or live.id != before):
        st.session_state[ended] = before
    st.session_state[in_view] = live.id if live else None
    ended_id = st.session_state.get(ended)
    over = opened.running.one(ended_id) if ended_id is not None and (live is None or ended_id != live.id) else None
    if over is None or over.end is None:
        return
    with st.container(key=key("ended", over)):
        st.warning(escape(_ended(over, over.end)), icon=":material/stop_circle:")
        with st.container(horizontal=True):
            if over.rows and st.button(_("Review it"), key=key("ended_review", over), icon=":material/troubleshoot:"):
                st.session_state[ended] = None
                hand_over(over.session(), over)
            if live is None and rights.may(Role.host, owner.id):
                st.button(_("Go on"), key=key("ended_go_on", over), icon=":material/edit:", on_click=notices.act,
                          args=(lambda: opened.running.go_on(over.id),))  # fmt: skip
            st.button(
                pgettext("a button: hide this", "Close"),
                key=key("ended_close", over),
                type="tertiary",
                on_click=_forget,
                args=(ended,),
            )


def _ended(over: RunningLive, at: datetime) -> str:
    start, end = f"{over.start:%H:%M}", f"{at:%H:%M}"
    if not over.ended_by:
        return _("The LIVE that began at {start} was ended at {end} on another device.", start=start, end=end)
    return _(
        "The LIVE that began at {start} was ended at {end} on another device ({device}).",
        start=start, end=end, device=pad_view.device_words(over.ended_by),
    )  # fmt: skip


def _forget(which: str) -> None:
    st.session_state[which] = None


def earlier(opened: Store, owner: Shop) -> None:
    """LIVEs noted before: go on where one was closed by mistake, or take its files."""
    lives = [each for each in opened.running.listed(owner.id) if each.rows or each.taps or each.end is None]
    if lives:
        st.header(_("Earlier LIVEs"), anchor=False)
    for live in lives:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(escape(
                f"{formats.weekday(live.start)}, {live.start:%H:%M} · "
                f"{f'{live.title} · ' if live.title else ''}"
                f"{noted.rows(live)} · {noted.events(live)}"
            ))  # fmt: skip
            if rights.may(Role.host, owner.id) and pad_view.now(live) - live.last_sign() < GIVEN_UP:
                st.button(_("Go on"), key=key("go_on", live), icon=":material/edit:", on_click=notices.act,
                          args=(lambda live=live: opened.running.go_on(live.id),))  # fmt: skip
            if live.rows and st.button(
                pgettext("a button: open the review", "Review"), key=key("review", live), icon=":material/troubleshoot:"
            ):
                hand_over(live.session(), live)
            if live.spans():
                st.download_button(
                    _("Events"), live.events_csv(harmless), pad_view.download_name(opened, live), "text/csv",
                    key=key("get", live), on_click="ignore", icon=":material/download:",
                )  # fmt: skip


def on_phone(opened: Store, live_id: str) -> None:
    """The LIVE alone, without a way to other pages."""
    live = opened.running.one(live_id)
    seen = opened.running.stamp(live.shop_id)
    if pad_view.receive(opened, live):
        live = opened.running.one(live_id)
    if live.end is not None:
        st.title(_("The LIVE is over"), anchor=False)
        st.markdown(_("It is reviewed on the laptop. You can close this page."))
        return
    running(opened, pad_view.with_waiting(live), seen, alone=True)


def running(opened: Store, live: RunningLive, seen: str, alone: bool = False) -> None:
    """The row to type, the taps and what is weak stand side by side; on a phone in this order below each other."""
    if not rights.may(Role.host, live.shop_id):
        looking(opened, live, seen)
        return
    with head(opened, live, seen):
        over(opened, live, alone)
        if not alone:
            offer.show(opened, live)
    with st.container():
        about(live)
    row, pad, weak = st.columns([12, 10, 9], gap="small")
    with row, st.container(key="live_row"):
        totals.form(opened, live)
    with pad, st.container(key="live_taps"):
        pad_view.show(opened, live)
    with weak, st.container(key="live_weak"):
        shown = now_weak(opened, live)
    reminder()
    if live.watching:
        watched(opened, live)
    elif shown:
        rest(live, *shown)
    totals.rows(opened, live)
    totals.channels(opened, live)
    pad_view.log(opened, live)
    with st.expander(_("Numbers to keep in sight"), icon=":material/visibility:"):
        dashboard.choose_watched(loading.knowledge())


def head(opened: Store, live: RunningLive, seen: str) -> DeltaGenerator:
    """The title with the time of the LIVE; what may be done with it goes beside them."""
    row = st.container(horizontal=True, vertical_alignment="center", key="live_head")
    with row:
        st.title(_(TITLE), anchor=False, width="content")
        follow(opened, live.shop_id, seen, live)
    return row


def looking(opened: Store, live: RunningLive, seen: str) -> None:
    """The same for who may not note anything: the numbers, what is weak, what was tapped."""
    head(opened, live, seen)
    about(live)
    if live.watching:
        watched(opened, live)
    elif live.rows:
        shown = now_weak(opened, live)
        if shown:
            rest(live, *shown)
    else:
        st.info(_("No totals were noted yet."), icon=":material/hourglass_empty:")
    if live.rows:
        totals.noted(live)
    pad_view.log(opened, live)


def about(live: RunningLive) -> None:
    """Its title, and what of it cannot be read."""
    if live.title:
        st.caption(escape(live.title))
    if live.damaged:
        words = ngettext(
            "{number} row of this LIVE cannot be read in the store and is left out.",
            "{number} rows of this LIVE cannot be read in the store and are left out.",
            live.damaged, number=formats.count(live.damaged),
        )  # fmt: skip
        st.warning(words, icon=":material/broken_image:")


def now_weak(opened: Store, live: RunningLive) -> Judged | None:
    """What is below its usual at this minute, from the rows that were noted."""
    if live.watching:
        st.caption(_("What is weak is read from the watched file, below."))
        return None
    if not live.rows:
        first = _(
            "Type the first totals. From the second row on, falls show; with three saved LIVEs, so does the usual at "
            "this minute."
        )
        st.info(first, icon=":material/edit:")
        return None
    judged = judge(opened, live.session(events=live.events()), live)
    dashboard.targets(judged[0], targets_of(opened, live), loading.knowledge())
    dashboard.show(judged[2], loading.knowledge(), judged[0].currency)
    return judged


def targets_of(opened: Store, live: RunningLive) -> dict[str, Target]:
    """What this LIVE is to reach: the targets with which no other LIVE began before it."""
    kept, owner = loading.of_shop(), shop.current()
    began = [each.start for each in kept.sessions if each.start and each.start < live.start] if kept else []
    known = opened.targets(live.shop_id)
    return {name: each for name, each in known.items() if owner is None or not each.used_up(owner, began)}


def over(opened: Store, live: RunningLive, alone: bool) -> None:
    """The end: the noted LIVE takes the same road as an upload."""
    counted = bool(live.rows or live.watching)
    with st.popover(_("The LIVE is over"), icon=":material/stop:", key=key("over", live)):
        if counted:
            st.markdown(
                _(
                    "Note the last totals first if they have changed. The LIVE is then reviewed with its trend and "
                    "events; the export you download later takes the place of these totals."
                )
            )
        else:
            st.markdown(_("No totals were noted. The events stay here and are offered when you upload the export."))
        said = _("End and review") if counted else pgettext("button: it is over", "End")
        if st.button(said, type="primary", key=key("pad_stop", live), icon=":material/stop:"):
            end(opened, live, alone)


def end(opened: Store, live: RunningLive, alone: bool) -> None:
    session = _watched_session(live)[0] if live.watching and not alone else None
    if not notices.attempt(lambda: opened.running.end(live.id, pad_view.device())):
        st.rerun()
    if alone:
        st.rerun()
    st.session_state[keys.of_shop(IN_VIEW, live.shop_id)] = None
    ended = pad_view.with_waiting(opened.running.one(live.id))
    if session is None and ended.rows:
        session = ended.session()
    if session is not None:
        hand_over(session, ended)
    st.rerun()


def hand_over(session: Session, live: RunningLive) -> None:
    """Hold the files of the LIVE as if they had been uploaded, and open the review."""
    held = [state.HeldFile(name, content, "upload") for name, content in files_of(session).items()]
    if live.spans():
        held.append(state.HeldFile(live.file_name, live.events_csv(str).encode("utf-8", "replace"), "upload"))
    state.hold(tuple(held))
    mine = dict.fromkeys((each.name for each in held), noted_id(session))
    state.answer("belongs", {**state.answers().get("belongs", {}), **mine})
    shell.leave_for("review.py")


def reminder() -> None:
    """The one change that was planned for this LIVE."""
    kept = loading.of_shop()
    for each in kept.judged_plans if kept else ():
        if each.plan.status == "open":
            planned = _("Planned for this LIVE: {plan} · {when}", plan=each.plan.title, when=plans.when_done(each.plan))
            st.caption(escape(planned))


@st.fragment(run_every=_EVERY)
def watched(opened: Store, live: RunningLive) -> None:
    """The file as it stands now; what cannot be read yet is said, and tried again."""
    shop.write_numbers()
    session, said = _watched_session(live)
    if session is None:
        st.warning(escape(said), icon=":material/hourglass_top:")
        return
    st.caption(escape(said))
    judged = judge(opened, replace(session, events=live.events()), live)
    dashboard.targets(judged[0], targets_of(opened, live), loading.knowledge())
    dashboard.show(judged[2], loading.knowledge(), session.currency)
    rest(live, *judged)


def _watched_session(live: RunningLive) -> tuple[Session | None, str]:
    """The LIVE as the watched file has it now, and what is said of the file; None when it cannot be used now."""
    named = Path(live.watching or "").name
    if live.watching_on != platform.node():
        return None, _(
            "{file} is watched on the computer {computer}; it is read there only.",
            file=named, computer=live.watching_on,
        )  # fmt: skip
    path = paths.admitted(live.watching or "")
    if path is None:
        return None, " ".join([_("{file} is not read.", file=named), paths.outside()])
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return None, too_big(path.name, size)
        content = path.read_bytes()
        reading = read_files([(path.name, content)], loading.profiles(), trend_totals=live.totals)
    except OSError as error:
        return None, _(
            "{file} cannot be read now ({reason}); it is tried again every {seconds} seconds.",
            file=path, reason=error.strerror, seconds=_EVERY,
        )  # fmt: skip
    except NothingToReview as error:
        return None, _("Nothing to show from {file} yet: {reason}", file=path.name, reason=error)
    except UnusableFile as error:
        return None, str(error)
    session = next((each for each in reversed(reading.sessions) if each.trend is not None), None)
    if session is None or session.trend is None:
        return None, _("{file} has no rows by minute, so nothing can be followed in it.", file=path.name)
    length = float(session.trend["minute"].max()) + (session.trend_step or 1.0)
    many, clock = len(session.trend), f"{pad_view.now(live):%H:%M:%S}"
    said = ngettext(
        "{file}: {number} row, read at {clock}.", "{file}: {number} rows, read at {clock}.",
        many, file=path.name, number=many, clock=clock,
    )  # fmt: skip
    made = replace(session, start=live.start, duration_minutes=length, running=True)
    return replace(made, currency=session.currency or live.currency), said


Judged = tuple[Session, list[Session], SoFar]


def judge(opened: Store, session: Session, live: RunningLive) -> Judged:
    """Held against the shop's past LIVEs."""
    history = opened.history(live.shop_id, session.start, limit=_PAST, trends=True)
    return session, history, so_far(session, history, loading.knowledge().metrics)


def rest(live: RunningLive, session: Session, history: list[Session], found: SoFar) -> None:
    """What to pull, and the course."""
    knowledge, opened = loading.knowledge(), shop.store()
    assert opened
    proposed = pulls(found.diagnosis, knowledge, found.minute, live.events(), session.currency)
    may = rights.may(Role.host, live.shop_id)
    dashboard.pull_cards(proposed, knowledge, (lambda pull: note(opened, live, pull)) if may else None)
    dashboard.courses(_course(session, history, found), knowledge, session.currency)


def note(opened: Store, live: RunningLive, pull: Pull) -> None:
    """What was pulled stands in the event log."""
    words = pull.strategy.id if pull.event == "script" else None
    made = Tap(pad_view.now(live), pull.event, None, None, words, who=pad_view.device())
    pad_view.keep(opened, live, made)


def _course(session: Session, history: Sequence[Session], found: SoFar) -> dict[str, list[tuple[float, Judgement]]]:
    if found.basis != "same_minutes":
        return {}
    metrics = loading.knowledge().metrics
    counts = sorted(session.counts.items(), key=str)
    key = (session.start, found.minute, counts, [each.id for each in history], current())  # a verdict has words in it
    return _drawn(repr(key), session, history, metrics)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _drawn(
    key: str,  # noqa: ARG001
    _session: Session,
    _history: Sequence[Session],
    _metrics: Mapping[str, Metric],
) -> dict[str, list[tuple[float, Judgement]]]:
    """A dozen forecasts, so computed once a row; a tap on the pad changes none of them."""
    return usual_course(_session, _history, _metrics, dashboard.DRAWN)
