"""A line that was said becomes one of the shop's own: into a strategy of its own folder, with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from playbook.authoring.own_line import LONGEST, KeptLine, LineRefused, keep_line, take_back
from playbook.knowledge.load import Knowledge
from playbook.language import _
from playbook.model.transcript import Line
from playbook.pipeline import Review
from playbook.store.access import Role
from playbook.store.errors import StoreError
from playbook.ui.frame import keys, notices, paths, rights, shop


def offer(review: Review, lines: Sequence[Line], language: str, shop_id: str) -> None:
    """Choose one of the lines that are shown, put it right, choose the strategy it belongs to."""
    if not rights.may(Role.coach, shop_id):
        return
    with st.expander(_("Keep as a line of ours"), icon=":material/bookmark_add:", key="own_line"):
        owner = shop.current()
        folder = paths.own_playbook(owner.playbook_folder if owner else None)
        if folder is None:
            st.info(_("Choose a folder for your own strategies first: Data, Playbook."), icon=":material/folder:")
            paths.offered(_("Choosing a folder"))
            return
        _form(review, lines, language, shop_id, folder)


def _form(review: Review, lines: Sequence[Line], language: str, shop_id: str, folder: Path) -> None:
    strategies = {name: each for name, each in review.knowledge.strategies.items() if each.say}
    texts = list(dict.fromkeys(each.text for each in lines))
    spoken, box, into, button = (
        keys.of_live(f"own_line_{each}", shop_id, review.session.id) for each in ("spoken", "text", "into", "keep")
    )
    st.selectbox(
        _("A line of those shown above"), texts, index=None, key=spoken, on_change=_copy, args=(spoken, box),
        help=_("Search for it first, or choose the moment it was said at."),
    )  # fmt: skip
    text = st.text_area(_("As it is to be said"), key=box, height=80, max_chars=LONGEST)
    chosen = st.selectbox(
        _("Strategy that it belongs to"), list(strategies), key=into, format_func=lambda name: strategies[name].title
    )
    st.button(
        _("Keep it"), icon=":material/bookmark_add:", key=button, disabled=not (text or "").strip(),
        on_click=_keep, args=(folder, review.knowledge, chosen, language, box),
    )  # fmt: skip


def _copy(spoken: str, box: str) -> None:
    text = st.session_state.get(spoken)
    if text is not None:
        st.session_state[box] = text[:LONGEST]


def _keep(folder: Path, knowledge: Knowledge, strategy: str, language: str, box: str) -> None:
    line = st.session_state.get(box) or ""
    try:
        kept = keep_line(folder, knowledge, strategy, language, line)
    except LineRefused as error:
        notices.refused(str(error), line)
        return
    said = _("Kept as a line of ours in {file}: {line}", file=kept.path.name, line=line)
    notices.undoable(said, lambda: _undo(kept), _("The line is taken out"))


def _undo(kept: KeptLine) -> None:
    try:
        take_back(kept)
    except LineRefused as error:
        raise StoreError(str(error)) from None
