"""The LIVE in which a metric did best beside this one: numbers, what was sold and pinned, words, promotions, note."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from playbook import formats
from playbook.diagnosis.findings import Weakness
from playbook.knowledge.load import Knowledge
from playbook.model.session import Session
from playbook.pipeline import Review
from playbook.report.words import sentences
from playbook.store.errors import StoreError
from playbook.ui.files import loading
from playbook.ui.frame import keys, shop
from playbook.ui.frame.escape import escape

from . import compare, lines, said_found

#: Parts of a log, and which types of events they hold.
PARTS: Mapping[str, tuple[str, ...]] = {
    "Pins": ("pin", "unpin"),
    "Words": ("script",),
    "Promotions": ("flash_sale", "giveaway", "coupon", "billboard", "ad"),
    "Else": ("host_change", "violation", "other"),
}
#: The replay of a LIVE can be watched for this many days.
REPLAY_DAYS = 30
_MOST = 6


def offer(review: Review, weakness: Weakness) -> None:
    """One click from a worst card; nothing where there is no earlier LIVE to show."""
    best = weakness.best_session
    if best is None or not _is_here(best.id):
        return
    owner = shop.current()
    name = keys.of_live(f"beside_{weakness.metric}", owner.id if owner else None, review.session.id)
    if st.button("Beside this LIVE", key=name, icon=":material/compare_arrows:", type="tertiary"):
        both(review, best.id)


@st.dialog("The best LIVE beside this one", width="large")
def both(review: Review, best_id: str) -> None:
    """Both LIVEs: what is known of each, then metric by metric."""
    best = _session(best_id)
    if best is None:
        st.markdown("That LIVE is not here any more.")
        return
    formats.write_for(review.session.currency)
    for column, session, heading in zip(
        st.columns(2), (review.session, best), ("This LIVE", "The best one"), strict=True
    ):
        with column:
            st.markdown(f"**{escape(heading)}**  \n{escape(sentences.when(session))}")
            for name, said in facts(session, _note(session.id)):
                st.markdown(f"**{escape(name)}:** {escape(said)}")
            for name, said in _spoken(session, review.knowledge):
                st.markdown(f"**{escape(name)}:** {escape(said)}")
            reminder = replay(session)
            if reminder:
                st.caption(escape(reminder))
    compare.both(review.session, best)


def facts(session: Session, note: str = "") -> list[tuple[str, str]]:
    """What is known of a LIVE besides its numbers: heading and words. What is not known says so."""
    sold = sorted(session.products, key=lambda each: -(each.counts.get("gmv") or 0.0))
    named = [each.name for each in sold if each.name]
    found = [("Host", session.host or "not noted"), ("Products", _listed(named) or "no product list")]
    for name, types in PARTS.items():
        logged = [lines.said(each) for each in session.events if each.type in types]
        if logged or (name != "Else" and session.events):
            found.append((name, _listed(logged, "; ") or "none logged"))
    if not session.events:
        found.append(("Log", "nobody kept one"))
    return [*found, ("Note", note)] if note else found


def replay(session: Session) -> str:
    """A prompt to note what happened while the replay can still be watched; empty where a log is kept or it is over."""
    if session.events or session.start is None:
        return ""
    left = REPLAY_DAYS - (shop.today() - session.start.date()).days
    if not 0 < left <= REPLAY_DAYS:
        return ""
    days = formats.several(left, "day")
    return f"Its replay can be watched for {days} more: note pins, words and promotions from it."


def _spoken(session: Session, knowledge: Knowledge) -> list[tuple[str, str]]:
    """What was said in a LIVE of the shop, in short; nothing where there is no transcript, or it cannot be read."""
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None or not loading.is_kept(session.id):
        return []
    try:
        spoken = opened.transcript(owner.id, session.id)
    except StoreError:
        return []
    return [] if spoken is None else said_found.in_short(session, knowledge, spoken)


def _listed(words: list[str], between: str = ", ") -> str:
    more = f"{between}and {len(words) - _MOST} more" if len(words) > _MOST else ""
    return between.join(words[:_MOST]) + more


def _is_here(session_id: str) -> bool:
    read, kept = loading.reading(), loading.of_shop()
    known = (*(read.sessions if read else ()), *(kept.sessions if kept else ()))
    return any(each.id == session_id for each in known)


def _session(session_id: str) -> Session | None:
    """Of the held files, else whole from the shop."""
    read = loading.reading()
    found = next((each for each in (read.sessions if read else ()) if each.id == session_id), None)
    if found is not None:
        return found
    kept = loading.of_shop()
    if kept is None or not any(each.id == session_id for each in kept.sessions):
        return None
    return kept.reader.session(kept.shop_id, session_id)


def _note(session_id: str) -> str:
    """The note of a LIVE of the shop; empty where it has none or is not saved."""
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None or not loading.is_kept(session_id):
        return ""
    mark = opened.marks(owner.id).get(session_id)
    return (mark.note if mark else None) or ""
