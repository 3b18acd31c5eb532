"""Under a review of a saved LIVE: a note, channels and followers to type, what was restated, and a way to delete it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from .. import formats
from ..pipeline import Review
from ..session import AUDIENCES, CHANNELS, Session, Slice
from ..store.records import differences
from ..store.store import Store
from . import events_view, shop, state
from .escape import escape
from .loading import Lives

CHANNEL_WORDS = {
    "for_you": "For You feed", "following": "Following", "inbox": "Inbox", "live_feed": "LIVE feed",
    "search": "Search", "video": "Videos", "profile": "Profile", "live_event": "LIVE event", "other": "Other",
}  # fmt: skip
AUDIENCE_WORDS = {"new": "New followers", "existing": "Followers before", "none": "Not following"}


def show(review: Review, found: Lives) -> None:
    """Nothing for LIVEs that are not saved: a sample, or files somebody only looks at."""
    opened = shop.store()
    if found.shop_id is None or opened is None:
        return
    session = review.session
    seen = (found.shop_id, session.id)
    if seen not in st.session_state[state.SEEN]:
        opened.mark_reviewed(found.shop_id, session.id)
        st.session_state[state.SEEN] = (*st.session_state[state.SEEN], seen)
    st.subheader("This LIVE in your records", anchor=False)
    note(opened, found.shop_id, session)
    with st.expander("Events of this LIVE", icon=":material/event_note:", key="typed_events"):
        events_view.show(opened, found.shop_id, session)
    with st.expander("Channels and followers", icon=":material/hub:", key="typed_parts"):
        parts(opened, found.shop_id, session)
    restated(opened, found.shop_id, review)
    delete(opened, found.shop_id, session)


def note(opened: Store, shop_id: str, session: Session) -> None:
    mark = opened.marks(shop_id).get(session.id)
    before = (mark.note if mark else None) or ""
    text = st.text_area(
        "Note", value=before, key=f"note_{session.id}", height=80, max_chars=4000,
        placeholder="What you tried, what you saw, what to remember.",
    )  # fmt: skip
    if (text or "").strip() != before:
        shop.attempt(lambda: opened.set_note(shop_id, session.id, text), "Note saved")


def parts(opened: Store, shop_id: str, session: Session) -> None:
    """No export carries these: typed from the dashboard, as it shows them, in percent of the whole."""
    st.caption("Copy them from the LIVE Dashboard: shares in percent as shown there. Empty is unknown.")
    channels = _table("Channel", CHANNEL_WORDS, CHANNELS, session.channels, ("impressions", "views", "gmv"))
    typed = st.data_editor(
        channels, hide_index=True, key=f"channels_{session.id}", disabled=["Channel"], placeholder="",
        alt="Shares of channels in percent", column_config=_percent_columns(channels),
    )  # fmt: skip
    followers = _table("Audience", AUDIENCE_WORDS, AUDIENCES, session.followers, ("views", "gmv", "sku_orders"))
    audience = st.data_editor(
        followers, hide_index=True, key=f"followers_{session.id}", disabled=["Audience"], placeholder="",
        alt="Shares of followers and others in percent", column_config=_percent_columns(followers),
    )  # fmt: skip
    if st.button("Save channels and followers", key="save_parts", icon=":material/save:"):
        saved = shop.attempt(
            lambda: opened.set_parts(
                shop_id, session.id, channels=_slices(typed, CHANNELS), followers=_slices(audience, AUDIENCES)
            ),
            "Saved",
        )
        if saved:
            st.rerun()


def _table(
    title: str, words: Mapping[str, str], names: Sequence[str], given: Sequence[Slice], columns: Sequence[str]
) -> pd.DataFrame:
    """One row a name, shares in percent; counts that were imported are turned into shares of their sum."""
    known = {each.name: each for each in given}
    sums = {column: sum(each.counts.get(column) or 0 for each in given) for column in columns}
    frame = pd.DataFrame({title: [words[name] for name in names]})
    for column in columns:
        label = {"gmv": "GMV", "sku_orders": "SKU orders"}.get(column, column.capitalize())
        frame[f"{label} %"] = [_share(known.get(name), column, sums[column]) for name in names]
    return frame.astype(dict.fromkeys(frame.columns[1:], "float64"))


def _share(given: Slice | None, column: str, total: float) -> float | None:
    if given is None:
        return None
    share = given.shares.get(column)
    count = given.counts.get(column)
    if share is None and count is not None and total:
        share = count / total
    return None if share is None else round(share * 100, 2)


def _percent_columns(frame: pd.DataFrame) -> dict[str, Any]:
    column = st.column_config.NumberColumn(min_value=0.0, max_value=100.0, step=0.1, format="%.4g")
    return dict.fromkeys(frame.columns[1:], column)


def _slices(frame: pd.DataFrame, names: Sequence[str]) -> list[Slice]:
    fields = {"Impressions %": "impressions", "Views %": "views", "GMV %": "gmv", "SKU orders %": "sku_orders"}
    made = []
    for name, row in zip(names, frame.to_dict("records"), strict=True):
        shares = {field: row[label] / 100 for label, field in fields.items() if pd.notna(row.get(label))}
        if shares:
            made.append(Slice(name, {}, shares))
    return made


def restated(opened: Store, shop_id: str, review: Review) -> None:
    """Figures that a later export gave otherwise."""
    changes = [each for each in differences(opened.versions(shop_id, review.session.id)) if each.before is not None]
    if not changes:
        return
    were = f"{formats.several(len(changes), 'figure')} {'was' if len(changes) == 1 else 'were'}"
    with st.expander(f"{were} restated by later exports", icon=":material/history:"):
        counts = review.knowledge.counts
        money = review.session.currency

        def shown(name: str, value: float | None) -> str:
            return formats.money(value, money) if counts[name].unit == "money" else formats.count(value)

        frame = pd.DataFrame(
            {
                "Figure": counts[each.count].label,
                "Before": shown(each.count, each.before),
                "Now": shown(each.count, each.after),
                "Export of": f"{each.exported_at:%d %b %Y}" if each.exported_at else "unknown",
            }
            for each in changes
            if each.count in counts
        )
        st.dataframe(frame, hide_index=True, key="restated", alt="Figures restated by later exports")


def delete(opened: Store, shop_id: str, session: Session) -> None:
    with st.popover("Delete this LIVE", icon=":material/delete:"):
        st.markdown(f"{escape(session.title or 'This LIVE')} goes to the trash. It can be brought back for 30 days.")
        if st.button("Delete", type="primary", key="delete_live") and shop.attempt(
            lambda: opened.delete_session(shop_id, session.id), "Deleted; bring it back under Data, Keep and erase"
        ):
            state.hold(())
            st.rerun()
