"""Files that do not show which LIVE they are of: all of them in one table, each with the LIVEs to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from playbook.imports import FilesRead, Question
from playbook.imports.became import HOLDS, unclear
from playbook.language import N_, _, ngettext
from playbook.model.session import Session
from playbook.report.words import sentences
from playbook.ui.frame import keys, shop, state
from playbook.ui.frame.escape import escape

from . import keeping

#: So many of the latest saved LIVEs are offered.
MOST = 200
#: In place of a LIVE's id: the file is not wanted.
LEFT_OUT = ""


def saved() -> Sequence[Session]:
    """The latest saved LIVEs of the shop, on which files may be laid, the oldest first."""
    opened, owner = shop.store(), shop.current()
    return opened.sessions(owner.id, limit=MOST) if opened and owner else ()


def offer(result: FilesRead, token: str) -> frozenset[str]:
    """Ask about every file that was laid nowhere, once. The names of the files asked about or left out."""
    out = {name for name, live in state.answers().get("belongs", {}).items() if live == LEFT_OUT}
    names = unclear(result)
    if names and state.answers().get("only_look") != token:
        _table(result, names, token)
    return frozenset((*names, *out))


def _table(result: FilesRead, names: Sequence[str], token: str) -> None:
    lives = {each.id: each for each in reversed((*saved(), *result.sessions))}
    questions = {each.file: each for each in result.questions if each.about == "which_live"}
    of = owner.id if (owner := shop.current()) else None
    with st.container(border=True, key="which_live"):
        st.markdown(
            ngettext(
                ":material/join: **Which LIVE does this file belong to?** Its numbers and times do not show it. "
                "Nothing of it is saved until you choose.",
                ":material/join: **Which LIVE do these {count} files belong to?** Their numbers and times do not show "
                "it. Nothing of them is saved until you choose.",
                len(names), count=len(names),
            )
        )  # fmt: skip
        boxes = {}
        for place, name in enumerate(names):
            boxes[name] = keys.of_shop(f"join_{token[:8]}_{place}", of)
            _row(questions[name], lives, boxes[name])
        with st.container(horizontal=True):
            st.button(_("Join"), type="primary", icon=":material/join:", key=keys.of_shop(f"join_now_{token[:8]}", of),
                      on_click=_join, args=(boxes,))  # fmt: skip
            if not result.sessions:
                st.button(_("Only look"), key=keys.of_shop(f"join_only_look_{token[:8]}", of),
                          on_click=keeping.only_look, args=(token,))  # fmt: skip


def _row(question: Question, lives: Mapping[str, Session], box: str) -> None:
    """The file, what it holds, and the LIVEs, the likeliest first; chosen already where one is likely."""
    likely = [each for each in question.choices if each in lives]
    options = [*likely, *(each for each in lives if each not in likely), LEFT_OUT]

    words = {
        name: f"{sentences.when(live)}{f' · {live.title}' if live.title else ''}" for name, live in lives.items()
    } | {LEFT_OUT: _("Leave out")}
    file, holds, which = st.columns((3, 2, 5), vertical_alignment="center")
    file.markdown(escape(question.file))
    holds.caption(_(HOLDS.get(question.column or "", N_("part of one LIVE"))))
    which.selectbox(
        _("LIVE of {file}", file=escape(question.file)), options, key=box, format_func=words.__getitem__,
        placeholder=_("Choose a LIVE"), label_visibility="collapsed",
        index=options.index(question.preset) if question.preset in likely else None,
    )  # fmt: skip


def _join(boxes: Mapping[str, str]) -> None:
    """What was chosen is read anew with it, and then saved; what was not stays asked about."""
    chosen = {name: st.session_state[key] for name, key in boxes.items() if st.session_state.get(key) is not None}
    state.answer("belongs", {**state.answers().get("belongs", {}), **chosen})
