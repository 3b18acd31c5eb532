"""Who hosted which LIVE: typed in a table, or taken from a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.imports import apart
from playbook.imports.schedule import hosts_of, schedule
from playbook.language import N_, _, ngettext
from playbook.model.session import Session, UnusableFile
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.store.store import Store
from playbook.ui.frame import edits, keys, notices, pace, rights, shop
from playbook.ui.frame.saved import Saved
from playbook.ui.frame.titles import titles

#: So many of the latest LIVEs stand in the table.
_LISTED = 60


def offer(kept: Saved) -> None:
    """For whoever may write: the table, and a schedule."""
    opened = shop.store()
    if opened is None or not rights.may(Role.host, kept.shop_id):
        return
    with st.expander(_("Say who hosted"), icon=":material/badge:", key=keys.of_shop("hosts_say", kept.shop_id)):
        table(opened, kept)
        from_schedule(opened, kept)


def table(opened: Store, kept: Saved) -> None:
    """The latest LIVEs with their hosts; what is typed stands above what an export says."""
    latest = kept.sessions[-_LISTED:][::-1]
    frame = pd.DataFrame(
        {N_("LIVE"): sentences.when(each), N_("Title"): each.title or "", N_("Host"): each.host or ""}
        for each in latest
    )
    key = keys.of_shop("host_rows", kept.shop_id)
    latest, frame = edits.steady((latest, frame), key)
    frame = edits.rows(key, frame)
    st.data_editor(frame, hide_index=True, key=key, disabled=["LIVE", "Title"], alt=_("Hosts of the latest LIVEs"),
                   placeholder="", height=280, column_config=titles(frame))  # fmt: skip
    edits.keep(key)
    st.button(_("Save hosts"), icon=":material/save:", key=keys.of_shop("hosts_save", kept.shop_id), on_click=_save,
              args=(opened, kept.shop_id, latest, frame, key))  # fmt: skip


def _save(opened: Store, shop_id: str, latest: Sequence[Session], frame: pd.DataFrame, key: str) -> None:
    typed = [str(each or "").strip() for each in edits.edited(frame, st.session_state.get(key))["Host"]]
    changed = {each.id: name or None for each, name in zip(latest, typed, strict=True) if name != (each.host or "")}
    if changed:
        many, seen = len(changed), {each.id: each.host for each in latest}
        said = ngettext("{count} host saved", "{count} hosts saved", many, count=formats.count(many))
        names = "\n".join(f"{sentences.when(each)}: {changed[each.id] or ''}" for each in latest if each.id in changed)
        notices.attempt(lambda: opened.set_hosts(shop_id, changed, seen=seen), said, names)
    edits.settled(key)


def from_schedule(opened: Store, kept: Saved) -> None:
    """A CSV or sheet with `start` and `host`: each LIVE gets the name of the row that begins nearest."""
    st.caption(_("Or from a schedule: a CSV or sheet with the columns start (or date and time) and host."))
    held = st.file_uploader(
        _("Schedule"), type=["csv", "xlsx", "xls"], key=keys.of_shop("hosts_schedule", kept.shop_id)
    )
    if held is not None:
        st.button(_("Take the hosts from it"), icon=":material/event_available:",
                  key=keys.of_shop("hosts_take", kept.shop_id), on_click=_take,
                  args=(opened, kept, held.name, held.getvalue()))  # fmt: skip


def _take(opened: Store, kept: Saved, name: str, content: bytes) -> None:
    if not pace.may_read():
        notices.refused(pace.too_often())
        return
    try:
        found = hosts_of(schedule(name, apart.read_rows([(name, content)])), kept.sessions)
    except UnusableFile as error:
        notices.refused(str(error))
        return
    if not found:
        notices.refused(_("{file}: no LIVE of this shop begins within 45 minutes of a row of the schedule.", file=name))
        return
    before = {each.id: each.host for each in kept.sessions}
    other = {each: host for each, host in found.items() if before.get(each) != host}
    said = ngettext(
        "{file}: {count} LIVE found, {changed} got a host", "{file}: {count} LIVEs found, {changed} got a host",
        len(found), file=name, count=formats.count(len(found)), changed=len(other),
    )  # fmt: skip
    if not notices.attempt(partial(opened.set_hosts, kept.shop_id, other, seen=before)):
        return
    if other:
        back = {each: before[each] for each in other}
        notices.undoable(said, partial(opened.set_hosts, kept.shop_id, back, seen=other), _("Hosts are as before"))
    else:
        notices.done(said)
