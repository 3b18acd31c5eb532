"""Noting the running totals: typed as the dashboard shows them, pasted, or read from a file that grows."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.imports import Typed, pasted_counts, typed_counts
from playbook.language import N_, _, ngettext, pgettext
from playbook.model.running import NOTED, RunningLive, TotalsRow, latest, problems
from playbook.model.session import CHANNELS
from playbook.store.errors import StoreError
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import notices, paths
from playbook.ui.frame.escape import escape
from playbook.ui.review.after import CHANNEL_WORDS

from .pad import device, device_words, key, now, typed

#: In the order in which a dashboard shows them.
FIELDS = (
    "impressions", "views", "product_clicks", "sku_orders", "gmv", "comments", "new_followers", "shares", "likes",
    "product_impressions",
)  # fmt: skip
#: What can be watched; anything else is no export.
WATCHABLE = (".csv", ".tsv", ".txt", ".json", ".xlsx", ".xls", ".ods")
_LEFT_OUT, _DOUBTED = N_("{count}, left out: {reason}."), N_("{count}, look again: {reason}.")
_EACH_ROW = {False: N_("its own minutes"), True: N_("everything since the start")}


def form(opened: Store, live: RunningLive) -> None:
    """One row of totals. Enter saves it; a mistake stays in its field with what is wrong beside it."""
    by_hand, pasted, watched = st.tabs(
        [pgettext("a way to note totals", "Type"), pgettext("a way to note totals", "Paste"), _("Watch a file")]
    )
    with by_hand:
        typing(opened, live)
    with pasted:
        pasting(opened, live)
    with watched:
        watching(opened, live)


def typing(opened: Store, live: RunningLive) -> None:
    labels = loading.knowledge().counts
    with st.form(key("totals", live), border=True, enter_to_submit=True):
        with st.grid(3, min_column_width=84, gap="xsmall"):
            st.text_input(pgettext("of the day", "Time"), key=key("total_time", live), max_chars=8,
                          placeholder=_("now"))  # fmt: skip
            for name in FIELDS:
                st.text_input(labels[name].label, key=key(f"total_{name}", live), max_chars=24)
        how = _(
            "Totals since the start, as the dashboard shows them: 1,200 or 2.5K. Empty is unknown, not zero. A time is "
            "like 20:15; empty is now."
        )
        st.form_submit_button(_("Save the row"), type="primary", icon=":material/add:", key=key("save_totals", live),
                              on_click=_typed, args=(opened, live), help=how)  # fmt: skip
    wrong(key("totals_wrong", live))


def _typed(opened: Store, live: RunningLive) -> None:
    """Before the page is drawn again: only then may the fields be emptied."""
    fields = typed()
    clock = str(fields.get(key("total_time", live)) or "")
    at = moment(live, clock, now(live))
    if at is None:
        words = _("'{typed}' is not a time like 20:15. Leave it empty for now.", typed=clock)
        st.session_state[key("totals_wrong", live)] = [words]
        return
    texts = {name: str(fields.get(key(f"total_{name}", live)) or "") for name in FIELDS}
    found = st.session_state[key("totals_wrong", live)] = add(opened, live, at, typed_counts(texts, live.currency))
    if not found:
        for name in ("time", *FIELDS):
            st.session_state[key(f"total_{name}", live)] = ""


def pasting(opened: Store, live: RunningLive) -> None:
    with st.form(key("paste", live), border=True):
        st.text_area(
            _("Text copied from the dashboard"), key=key("pasted_totals", live), height=140,
            placeholder=_("Impressions\n12,340\nViews\n1,480\n\nor the whole page: select all, copy, paste"),
        )  # fmt: skip
        st.form_submit_button(_("Read it"), icon=":material/content_paste:", key=key("save_paste", live),
                              on_click=_pasted, args=(live,))  # fmt: skip
    confirming(opened, live)
    wrong(key("paste_wrong", live))
    unread = st.session_state.get(key("paste_unread", live))
    if unread:
        st.caption(escape(_not_read(unread)))


def _not_read(pieces: Sequence[str]) -> str:
    named, more = ", ".join(pieces[:12]), len(pieces) - 12
    if more <= 0:
        return _("Not read: {pieces}.", pieces=named)
    return ngettext(
        "Not read: {pieces} and {number} more piece.", "Not read: {pieces} and {number} more pieces.",
        more, pieces=named, number=more,
    )  # fmt: skip


def _pasted(live: RunningLive) -> None:
    """Read only: a person confirms it. The totals are of the moment in which they were pasted."""
    text = str(typed().get(key("pasted_totals", live)) or "")
    read, st.session_state[key("paste_unread", live)] = pasted_counts(text, loading.profiles(), live.currency)
    found = bool(read.counts or read.problems)
    st.session_state[key("paste_read", live)] = (now(live), read) if found else None
    st.session_state[key("paste_wrong", live)] = () if found else (_("No count was recognised in this text."),)


def confirming(opened: Store, live: RunningLive) -> None:
    """What was understood of a pasted text, what of it to look at again, and the button that saves it."""
    waiting: tuple[datetime, Typed] | None = st.session_state.get(key("paste_read", live))
    if waiting is None:
        return
    at, read = waiting
    labels = loading.knowledge().counts
    with st.container(border=True, key=key("paste_understood", live)):
        shown, clock = [_understood(read, name) for name in read.counts if name in NOTED], f"{at:%H:%M}"
        if shown:
            st.markdown(_("Understood at {clock}: {counts}", clock=clock, counts=escape(" · ".join(shown))))
        else:
            st.markdown(_("Understood at {clock}: nothing", clock=clock))
        for name, why in {**read.problems, **read.doubts}.items():
            if name in NOTED:
                words = _LEFT_OUT if name in read.problems else _DOUBTED
                st.warning(escape(_(words, count=labels[name].label, reason=why)), icon=":material/edit:")
        with st.container(horizontal=True):
            st.button(_("Save the row"), type="primary", icon=":material/add:", key=key("confirm_paste", live),
                      on_click=_confirmed, args=(opened, live), disabled=not shown)  # fmt: skip
            st.button(_("Throw it away"), key=key("drop_paste", live), on_click=_dropped, args=(live,))


def _understood(read: Typed, name: str) -> str:
    """`GMV about $41.2K`: a count as it was read."""
    label, value = loading.knowledge().counts[name], read.counts[name]
    text = formats.money(value, read.currency) if label.unit == "money" else formats.count(value)
    if name in read.rounded:
        return _("{count} about {value}", count=label.label, value=text)
    return f"{label.label} {text}"


def _confirmed(opened: Store, live: RunningLive) -> None:
    waiting = typed().get(key("paste_read", live))
    if not isinstance(waiting, tuple):
        return
    at, read = waiting
    found = st.session_state[key("paste_wrong", live)] = add(opened, live, at, replace(read, problems={}))
    if not found:
        _dropped(live)


def _dropped(live: RunningLive) -> None:
    st.session_state[key("paste_read", live)] = None
    st.session_state[key("paste_unread", live)] = []
    st.session_state[key("paste_wrong", live)] = ()
    st.session_state[key("pasted_totals", live)] = ""


def wrong(which: str) -> None:
    """Why the last row was not saved; it stays in its fields."""
    lines = "\n".join(f"- {escape(each)}" for each in st.session_state.get(which) or ())
    if lines:
        st.error(lines, title=_("This row is not saved"), icon=":material/edit:")


def add(opened: Store, live: RunningLive, at: datetime, read: Typed) -> list[str]:
    """Keep a row if everything in it can be; else what is wrong, in words.

    It is held against the rows as they are by now: another device may have noted one since this page was drawn.
    """
    labels = loading.knowledge().counts
    row = TotalsRow(at, {name: value for name, value in read.counts.items() if name in NOTED}, device())
    found = [f"{labels[name].label}: {text}" for name, text in read.problems.items()]
    try:
        found = found or problems(opened.running.one(live.id), row)
        if not found:
            opened.running.note(live.id, row, read.currency)
    except StoreError as error:
        found = [str(error)]
    return found


def moment(live: RunningLive, clock: str, now: datetime) -> datetime | None:
    """A typed clock time (20:15, 8:15 pm) on the evening of the LIVE; empty is now, None is no time.

    What is before the start by more than a minute is past midnight, unless that would lie ahead of now.
    """
    text = " ".join(clock.strip().lower().replace(".", ":").split())
    if not text:
        return now
    for form in ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p"):
        try:
            at = datetime.combine(live.start.date(), datetime.strptime(text, form).time())
        except ValueError:
            continue
        later = at + timedelta(days=1)
        return later if at < live.start - timedelta(minutes=1) and later <= now + timedelta(hours=1) else at
    return None


def watching(opened: Store, live: RunningLive) -> None:
    """A file on this computer that something else keeps writing."""
    if not paths.offered(_("Watching a file")):
        return
    st.caption(
        _(
            "A CSV that grows row by row, or the per-minute JSON of the API saved again and again. It is read every "
            "15 seconds; rows per minute and running totals both work."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        named = st.text_input(_("Path of the file"), value=live.watching or "", key=key("watch_path", live), width=480)
        path = (named or "").strip().strip('"')
        totals = st.segmented_control(
            _("Each row holds"), list(_EACH_ROW), format_func=lambda each: _(_EACH_ROW[each]), default=live.totals,
            key=key("watch_totals", live), required=True,
        )  # fmt: skip
        if st.button(_("Watch it"), key=key("watch", live), icon=":material/visibility:"):
            said = cannot_watch(path)
            if said:
                st.error(escape(said), icon=":material/error:")
            else:
                watch(opened, live, path, bool(totals))
                st.rerun()
        if live.watching:
            st.button(_("Stop watching"), key=key("unwatch", live), icon=":material/visibility_off:", on_click=watch,
                      args=(opened, live, None, live.totals))  # fmt: skip


def watch(opened: Store, live: RunningLive, path: str | None, totals: bool) -> None:
    """On this computer only: the same path on another one is another file."""
    notices.attempt(lambda: opened.running.watch(live.id, path, totals=totals, on=platform.node()))


def cannot_watch(text: str) -> str | None:
    """Why a path cannot be watched, in words; None when it can."""
    if not text:
        return _("Type the path of a file on this computer, like {path}.", path="C:\\LIVE\\minutes.csv")
    path = Path(text)
    if path.suffix.lower() not in WATCHABLE:
        endings = ", ".join(WATCHABLE)
        return _(
            "{file} is not a table: a file that ends in {endings} can be watched.", file=path.name, endings=endings
        )
    found = paths.admitted(text)
    if found is None:
        return " ".join([_("{file} is not read.", file=path), paths.outside()])
    if not found.is_file():
        return _("{file} is not there yet. Check the path; the file must exist before it can be watched.", file=path)
    return None


def rows(opened: Store, live: RunningLive) -> None:
    """What was noted, newest first, with a way back from the last row and from any other."""
    last = latest(live.rows)
    if last is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        many = len(live.rows)
        st.markdown(ngettext("**{number} row noted**", "**{number} rows noted**", many, number=formats.count(many)))
        st.button(_("Undo the last row"), icon=":material/undo:", key=key("undo_row", live), on_click=undo,
                  args=(opened, live, last))  # fmt: skip
    noted(live)
    counts = live.rows[-1].counts
    if counts.get("views", 0) > counts.get("impressions", float("inf")):
        st.warning(
            _("The last row has more views than impressions. Check it; a platform seldom counts so."),
            icon=":material/edit:",
        )
    with st.expander(_("Remove another row"), key=key("remove_another", live)):
        times = {row.id: f"{row.at:%H:%M:%S}" for row in reversed(live.rows)}
        gone = _("removed")
        chosen = st.selectbox(
            pgettext("of a table", "Row"), list(times), format_func=lambda each: times.get(each, gone),
            key=key("row_to_remove", live), width=200,
        )  # fmt: skip
        row = next((each for each in live.rows if each.id == chosen), None)
        if row is not None:
            st.button(_("Remove"), key=key("remove_row", live), icon=":material/delete:", on_click=undo,
                      args=(opened, live, row))  # fmt: skip


def noted(live: RunningLive) -> None:
    """The rows, newest first."""
    st.dataframe(
        frame(live), hide_index=True, key=key("noted_rows", live), alt=_("Totals noted so far, newest first"),
        height="content",
    )  # fmt: skip


def undo(opened: Store, live: RunningLive, row: TotalsRow) -> None:
    """Exactly this row, whatever another device added or undid since."""
    notices.attempt(lambda: opened.running.undo(live.id, row.id))


def frame(live: RunningLive) -> pd.DataFrame:
    counts = loading.knowledge().counts
    shown = [name for name in NOTED if any(name in row.counts for row in live.rows)]
    several = len({row.who for row in live.rows}) > 1

    def text(row: TotalsRow, name: str) -> str:
        value = row.counts.get(name)
        if value is None:
            return "–"
        return formats.money(value, live.currency) if counts[name].unit == "money" else formats.count(value)

    return pd.DataFrame(
        {pgettext("time of day", "At"): f"{row.at:%H:%M}", _("LIVE"): formats.clock(live.minute(row.at))}
        | {counts[name].label: text(row, name) for name in shown}
        | ({pgettext("which device", "From"): device_words(row.who or "–")} if several else {})
        for row in reversed(live.rows[-12:])
    )


def channels(opened: Store, live: RunningLive) -> None:
    """Shares of views by channel as the dashboard shows them now.

    The boxes carry what they are filled with, so that shares saved on another device are shown here.
    """
    filled = hashlib.sha256(repr(sorted(live.shares.items())).encode()).hexdigest()[:8]
    boxes = {name: key(f"share_{name}_{filled}", live) for name in CHANNELS}
    with (
        st.expander(_("Channel shares"), icon=":material/hub:", key=key("channel_shares", live)),
        st.form(key("channels_now", live), border=False),
    ):
        st.caption(_("Percent of views by channel, as the dashboard shows them. Empty is unknown."))
        with st.grid(4, min_column_width=150):
            for name in CHANNELS:
                st.number_input(
                    _(CHANNEL_WORDS[name]), min_value=0.0, max_value=100.0, step=0.1, key=boxes[name],
                    value=round(live.shares[name] * 100, 2) if name in live.shares else None,
                )  # fmt: skip
        st.form_submit_button(_("Save the shares"), key=key("save_shares", live), icon=":material/save:",
                              on_click=share, args=(opened, live, boxes))  # fmt: skip


def share(opened: Store, live: RunningLive, boxes: Mapping[str, str]) -> None:
    fields = typed()
    shares = {name: float(value) / 100 for name, box in boxes.items() if isinstance(value := fields.get(box), float)}
    if sum(shares.values()) > 1.02:
        total = f"{sum(shares.values()):.0%}"
        notices.refused(_("The shares add up to {total}; together they are at most 100%.", total=total))
    else:
        notices.attempt(lambda: opened.running.share(live.id, shares, now(live), device()), _("Shares saved"))
