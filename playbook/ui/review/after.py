"""Under a review of a saved LIVE: a note, channels and followers to type, what was restated, and a way to delete it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.language import N_, _, ngettext
from playbook.model.session import AUDIENCES, CHANNELS, Session, Slice
from playbook.pipeline import Review
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.store.records import differences
from playbook.store.store import Store
from playbook.ui.files.loading import Lives
from playbook.ui.frame import comments, edits, keys, notices, rights, shop, state
from playbook.ui.frame.escape import escape

from . import events, notes, share

CHANNEL_WORDS = {
    "for_you": N_("For You feed"), "following": N_("Following"), "inbox": N_("Inbox"), "live_feed": N_("LIVE feed"),
    "search": N_("Search"), "video": N_("Videos"), "profile": N_("Profile"), "live_event": N_("LIVE event"),
    "other": N_("Other"),
}  # fmt: skip
AUDIENCE_WORDS = {"new": N_("New followers"), "existing": N_("Followers before"), "none": N_("Not following")}
#: What is typed in percent, by its count.
SHARES = {
    "impressions": N_("Impressions %"), "views": N_("Views %"), "gmv": N_("GMV %"), "sku_orders": N_("SKU orders %"),
}  # fmt: skip
#: The column of names in a table of shares.
_NAME = "name"


def show(review: Review, found: Lives) -> None:
    """Nothing for LIVEs that are not saved: a sample, or files somebody only looks at."""
    opened = shop.store()
    if found.shop_id is None or opened is None:
        return
    session = review.session
    seen = (found.shop_id, session.id)
    if seen not in st.session_state[state.SEEN] and rights.may(Role.host, found.shop_id):
        opened.mark_reviewed(found.shop_id, session.id)
        st.session_state[state.SEEN] = (*st.session_state[state.SEEN], seen)
    if not rights.may(Role.host, found.shop_id):
        return
    st.header(_("This LIVE in your records"), anchor=False)
    notes.note(opened, found.shop_id, session.id)
    comments.of_session(opened, found.shop_id, session.id)
    with st.expander(
        _("Events of this LIVE"),
        icon=":material/event_note:",
        key=keys.of_live("typed_events", found.shop_id, session.id),
    ):
        events.show(opened, found.shop_id, session)
    with st.expander(
        _("Channels and followers"), icon=":material/hub:", key=keys.of_live("typed_parts", found.shop_id, session.id)
    ):
        parts(opened, found.shop_id, session)
    restated(opened, found.shop_id, review)
    share.offer(opened, found.shop_id, session)
    if rights.may(Role.coach, found.shop_id):
        delete(opened, found.shop_id, session)


def parts(opened: Store, shop_id: str, session: Session) -> None:
    """No export carries these: typed from the dashboard, as it shows them, in percent of the whole."""
    st.caption(_("Copy them from the LIVE Dashboard: shares in percent as shown there. Empty is unknown."))
    of_channels = keys.of_live("channels", shop_id, session.id)
    of_followers = keys.of_live("followers", shop_id, session.id)
    session = edits.steady(session, of_channels, of_followers)
    stored = _table(CHANNEL_WORDS, CHANNELS, session.channels, ("impressions", "views", "gmv"))
    channels = edits.rows(of_channels, stored)
    st.data_editor(
        channels, hide_index=True, key=of_channels, disabled=[_NAME], placeholder="",
        alt=_("Shares of channels in percent"), column_config=_labelled(_("Channel"), channels),
    )  # fmt: skip
    edits.keep(of_channels)
    stored = _table(AUDIENCE_WORDS, AUDIENCES, session.followers, ("views", "gmv", "sku_orders"))
    followers = edits.rows(of_followers, stored)
    st.data_editor(
        followers, hide_index=True, key=of_followers, disabled=[_NAME], placeholder="",
        alt=_("Shares of followers and others in percent"), column_config=_labelled(_("Audience"), followers),
    )  # fmt: skip
    edits.keep(of_followers)
    st.button(
        _("Save channels and followers"), key=keys.of_live("save_parts", shop_id, session.id), icon=":material/save:",
        on_click=_save_parts, args=(opened, shop_id, session, (channels, of_channels), (followers, of_followers)),
    )  # fmt: skip


def _save_parts(
    opened: Store,
    shop_id: str,
    session: Session,
    channels: tuple[pd.DataFrame, str],
    followers: tuple[pd.DataFrame, str],
) -> None:
    """Both tables as they stand, each with its key, into the LIVE that they were drawn for."""
    feeds, people = (edits.edited(frame, st.session_state.get(key)) for frame, key in (channels, followers))
    notices.attempt(
        lambda: opened.set_parts(
            shop_id, session.id, channels=_slices(feeds, CHANNELS), followers=_slices(people, AUDIENCES), seen=session
        ),
        _("Saved"), f"{feeds.to_csv(index=False)}\n{people.to_csv(index=False)}",
    )  # fmt: skip
    edits.settled(channels[1], followers[1])


def _table(
    words: Mapping[str, str], names: Sequence[str], given: Sequence[Slice], columns: Sequence[str]
) -> pd.DataFrame:
    """One row a name, shares in percent; counts that were imported are turned into shares of their sum.

    Columns carry the ids of their counts, so that what is typed is the same in every language.
    """
    known = {each.name: each for each in given}
    sums = {column: sum(each.counts.get(column) or 0 for each in given) for column in columns}
    frame = pd.DataFrame({_NAME: [_(words[name]) for name in names]})
    for column in columns:
        frame[column] = [_share(known.get(name), column, sums[column]) for name in names]
    return frame.astype(dict.fromkeys(frame.columns[1:], "float64"))


def _share(given: Slice | None, column: str, total: float) -> float | None:
    if given is None:
        return None
    share = given.shares.get(column)
    count = given.counts.get(column)
    if share is None and count is not None and total:
        share = count / total
    return None if share is None else round(share * 100, 2)


def _labelled(title: str, frame: pd.DataFrame) -> dict[str, Any]:
    """What each column of such a table is called; `title` is of its names."""
    percent = partial(st.column_config.NumberColumn, min_value=0.0, max_value=100.0, step=0.1, format="%.4g")
    return {_NAME: title, **{column: percent(_(SHARES[column])) for column in frame.columns[1:]}}


def _slices(frame: pd.DataFrame, names: Sequence[str]) -> list[Slice]:
    made = []
    for name, row in zip(names, frame.to_dict("records"), strict=True):
        shares = {column: row[column] / 100 for column in SHARES if pd.notna(row.get(column))}
        if shares:
            made.append(Slice(name, {}, shares))
    return made


def restated(opened: Store, shop_id: str, review: Review) -> None:
    """Figures that a later export gave otherwise."""
    changes = [each for each in differences(opened.versions(shop_id, review.session.id)) if each.before is not None]
    if not changes:
        return
    said = ngettext(
        "{count} figure was restated by later exports", "{count} figures were restated by later exports",
        len(changes), count=formats.count(len(changes)),
    )  # fmt: skip
    with st.expander(said, icon=":material/history:"):
        counts = review.knowledge.counts
        money = review.session.currency

        def shown(name: str, value: float | None) -> str:
            return formats.money(value, money) if counts[name].unit == "money" else formats.count(value)

        frame = pd.DataFrame(
            {
                _("Figure"): counts[each.count].label,
                _("Before"): shown(each.count, each.before),
                _("Now"): shown(each.count, each.after),
                _("Export of"): formats.day_and_year(each.exported_at) if each.exported_at else _("unknown"),
            }
            for each in changes
            if each.count in counts
        )
        st.dataframe(frame, hide_index=True, key="restated", alt=_("Figures restated by later exports"))


def delete(opened: Store, shop_id: str, session: Session) -> None:
    """The keys carry the LIVE: after a delete the box of the next one is another box, and closed."""
    with st.popover(
        _("Delete this LIVE"), icon=":material/delete:", key=keys.of_live("delete_box", shop_id, session.id)
    ):
        st.markdown(escape(_named(session)))
        st.button(
            _("Delete"), type="primary", key=keys.of_live("delete_live", shop_id, session.id),
            on_click=_delete, args=(opened, shop_id, session),
        )  # fmt: skip


def _named(session: Session) -> str:
    """What the box of the button says, with the title of the LIVE where it has one."""
    if session.title:
        return _("{title} goes to the trash. It can be brought back for 30 days.", title=session.title)
    return _("This LIVE goes to the trash. It can be brought back for 30 days.")


def _delete(opened: Store, shop_id: str, session: Session) -> None:
    if not notices.attempt(lambda: opened.delete_session(shop_id, session.id)):
        return
    state.hold(())
    live = f"{sentences.when(session)}{f' · {session.title}' if session.title else ''}"
    notices.undoable(
        _("Deleted: {live}. It stays in the trash for 30 days, under Data, Keep and erase.", live=live),
        lambda: _bring_back(opened, shop_id, session.id), _("Brought back"),
    )  # fmt: skip


def _bring_back(opened: Store, shop_id: str, session_id: str) -> None:
    opened.restore_session(shop_id, session_id)
    if st.session_state.get(state.SHOP) == shop_id:
        state.choose_live(session_id)
