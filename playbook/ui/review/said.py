"""What was said: a transcript laid beside the LIVE, on its clock, and what can be counted in it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from playbook.imports.transcripts.reading import transcript
from playbook.language import N_, _
from playbook.model.session import UnusableFile
from playbook.model.transcript import Transcript
from playbook.pipeline import Review
from playbook.report.words import said as words
from playbook.said import clock
from playbook.store.access import Role
from playbook.store.errors import StoreError
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, once, pace, rights, shop
from playbook.ui.frame.escape import escape

from . import said_found

TAB = N_("What was said")
_TYPES = ["srt", "vtt", "txt"]


def show(review: Review) -> None:
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None or not loading.is_kept(review.session.id):
        st.info(_("Save this LIVE first: what was said in it is kept with it."), icon=":material/subtitles:")
        return
    try:
        found = _kept(opened, owner.id, review.session.id)
    except StoreError as error:
        st.error(escape(str(error)), icon=":material/error:")
        found = None
    may = rights.may(Role.host, owner.id)
    if found is None:
        _nothing_yet()
        if may:
            _give(opened, owner.id, review)
        return
    _placed(opened, owner.id, review, found, may)
    said_found.show(review, found, owner.id)
    if may:
        with st.expander(_("Another file"), icon=":material/upload_file:", key=_key("said_another", owner.id, review)):
            _give(opened, owner.id, review)
            st.button(
                _("Take it away"), icon=":material/delete:", key=_key("said_drop", owner.id, review),
                on_click=_drop, args=(opened, owner.id, review.session.id, found),
            )  # fmt: skip


@once.a_run
def _kept(opened: Store, shop_id: str, session_id: str) -> Transcript | None:
    return opened.transcript(shop_id, session_id)


def _key(name: str, shop_id: str, review: Review) -> str:
    return keys.of_live(name, shop_id, review.session.id)


def _nothing_yet() -> None:
    st.markdown(
        _(
            "**What was said, beside the minutes.** Give a transcript of this LIVE, and see whether the planned line "
            "was said and when, how often viewers were asked to follow, and which words stood before a dip."
        )
    )
    st.markdown(
        _(
            "A transcript is a file of captions (SRT or VTT) or text with times. The replay may have captions to "
            "download; else a video editor that makes captions, or a speech recogniser that runs on your own computer, "
            "writes one from the recording. It stays in your store and is sent nowhere."
        )
    )


def _give(opened: Store, shop_id: str, review: Review) -> None:
    """The uploader; a file is read once it is there, and asked about where its clock is not known."""
    name = _key("said_file", shop_id, review)
    held = st.file_uploader(_("Transcript of this LIVE"), type=_TYPES, key=name)
    if held is None:
        return
    st.button(
        _("Lay it beside the LIVE"), type="primary", icon=":material/subtitles:",
        key=_key("said_keep", shop_id, review), on_click=_keep,
        args=(opened, shop_id, review, held.name, held.getvalue()),
    )  # fmt: skip


def _keep(opened: Store, shop_id: str, review: Review, name: str, data: bytes) -> None:
    if not pace.may_read():
        notices.refused(pace.too_often())
        return
    try:
        found = transcript(name, data)
    except UnusableFile as error:
        notices.refused(str(error))
        return
    placed = clock.offset(found.lines, review.session)
    wanted = replace(found, offset=placed.seconds)
    notices.attempt(lambda: opened.keep_transcript(shop_id, review.session.id, wanted), _("Laid beside the LIVE"))


def _placed(opened: Store, shop_id: str, review: Review, found: Transcript, may: bool) -> None:
    """What the file has, and once the question whether its clock is right."""
    st.caption(escape(words.about(found)))
    if found.settled or not may:
        return
    offset = once.of(review, _offset, found)
    box = _key("said_offset", shop_id, review)
    with st.container(border=True, key=_key("said_question", shop_id, review)):
        st.markdown(f"**{escape(_('Do the times fit?'))}**")
        st.markdown(escape(words.how_placed(offset)))
        first = found.lines[0]
        now = words.stamp(first.begin + found.offset)
        st.markdown(escape(_("\u201c{words}\u201d was then said at {when} of the LIVE.", words=first.text, when=now)))
        st.number_input(
            _("Seconds to add to the times of the file"), value=float(round(found.offset, 1)), step=1.0, format="%.1f",
            key=box, help=_("Below 0 where the file began before the LIVE."),
        )  # fmt: skip
        st.button(
            _("Keep these times"), type="primary", icon=":material/check:", key=_key("said_settle", shop_id, review),
            on_click=_settle, args=(opened, shop_id, review.session.id, found, box),
        )  # fmt: skip


def _offset(review: Review, found: Transcript) -> clock.Offset:
    return clock.offset(found.lines, review.session)


def _settle(opened: Store, shop_id: str, session_id: str, found: Transcript, box: str) -> None:
    wanted = replace(found, offset=float(st.session_state[box]), settled=True)
    notices.attempt(lambda: opened.keep_transcript(shop_id, session_id, wanted), _("Kept"))


def _drop(opened: Store, shop_id: str, session_id: str, found: Transcript) -> None:
    if notices.attempt(lambda: opened.drop_transcript(shop_id, session_id)):
        back = partial(opened.keep_transcript, shop_id, session_id, found)
        notices.undoable(_("What was said was taken away"), back, _("It is back"))
