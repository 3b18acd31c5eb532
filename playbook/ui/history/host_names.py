"""Who hosted which LIVE: typed in a table, or taken from a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.imports import apart
from playbook.imports.schedule import hosts_of, schedule
from playbook.model.session import Session, UnusableFile
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.store.store import Store
from playbook.ui.frame import edits, keys, notices, pace, rights, shop
from playbook.ui.frame.saved import Saved

#: So many of the latest LIVEs stand in the table.
_LISTED = 60


def offer(kept: Saved) -> None:
    """For whoever may write: the table, and a schedule."""
    opened = shop.store()
    if opened is None or not rights.may(Role.host, kept.shop_id):
        return
    with st.expander("Say who hosted", icon=":material/badge:", key=keys.of_shop("hosts_say", kept.shop_id)):
        table(opened, kept)
        from_schedule(opened, kept)


def table(opened: Store, kept: Saved) -> None:
    """The latest LIVEs with their hosts; what is typed stands above what an export says."""
    latest = kept.sessions[-_LISTED:][::-1]
    frame = pd.DataFrame(
        {"LIVE": sentences.when(each), "Title": each.title or "", "Host": each.host or ""} for each in latest
    )
    key = keys.of_shop(f"host_rows_{kept.key[:8]}", kept.shop_id)
    st.data_editor(frame, hide_index=True, key=key, disabled=["LIVE", "Title"], alt="Hosts of the latest LIVEs",
                   placeholder="", height=280)  # fmt: skip
    st.button("Save hosts", icon=":material/save:", key=keys.of_shop("hosts_save", kept.shop_id), on_click=_save,
              args=(opened, kept.shop_id, latest, frame, key))  # fmt: skip


def _save(opened: Store, shop_id: str, latest: Sequence[Session], frame: pd.DataFrame, key: str) -> None:
    typed = [str(each or "").strip() for each in edits.edited(frame, st.session_state.get(key))["Host"]]
    changed = {each.id: name or None for each, name in zip(latest, typed, strict=True) if name != (each.host or "")}
    if changed:
        notices.attempt(lambda: opened.set_hosts(shop_id, changed), f"{formats.several(len(changed), 'host')} saved",
                        ", ".join(filter(None, typed)))  # fmt: skip


def from_schedule(opened: Store, kept: Saved) -> None:
    """A CSV or sheet with `start` and `host`: each LIVE gets the name of the row that begins nearest."""
    st.caption("Or from a schedule: a CSV or sheet with the columns start (or date and time) and host.")
    held = st.file_uploader("Schedule", type=["csv", "xlsx", "xls"], key=keys.of_shop("hosts_schedule", kept.shop_id))
    if held is not None:
        st.button("Take the hosts from it", icon=":material/event_available:",
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
        notices.refused(f"{name}: no LIVE of this shop begins within 45 minutes of a row of the schedule.")
        return
    before = {each.id: each.host for each in kept.sessions}
    other = {each: host for each, host in found.items() if before.get(each) != host}
    said = f"{name}: {formats.several(len(found), 'LIVE')} found, {len(other)} got a host"
    if notices.attempt(partial(opened.set_hosts, kept.shop_id, other)) and other:
        notices.undoable(said, partial(opened.set_hosts, kept.shop_id, {each: before[each] for each in other}),
                         "Hosts are as before")  # fmt: skip
    else:
        notices.done(said)
