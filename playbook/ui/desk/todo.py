"""Comments and to-dos of all shops in one list, and a box to write one."""

from __future__ import annotations

import streamlit as st

from playbook.language import _, ngettext
from playbook.store.records import Comment
from playbook.ui.frame import comments, shop
from playbook.ui.frame.escape import escape

#: So many that are done, or are no to-do, are listed.
_LISTED = 30


def show() -> None:
    opened = shop.store()
    if opened is None or not shop.shops():
        return
    every = opened.every_comment()
    owners = {each.id: each for each in shop.shops()}
    waiting = sorted((each for each in every if each.to_do and each.done_at is None), key=_first_due)
    late = [each for each in waiting if each.due is not None and each.due < shop.today()]
    st.header(escape(_headline(len(waiting), len(late))), anchor=False)
    for each in waiting:
        comments.line(opened, each, owners)
    comments.write(opened, None)
    rest = [each for each in every if each not in waiting]
    if rest:
        with st.expander(_("Done, and comments ({count})", count=len(rest)), icon=":material/forum:"):
            for each in rest[:_LISTED]:
                comments.line(opened, each, owners)


def _headline(waiting: int, late: int) -> str:
    if not waiting:
        return _("Nothing is to be done.")
    if late:
        return ngettext(
            "{count} to do, {late} of them late",
            "{count} to do, {late} of them late",
            waiting,
            count=waiting,
            late=late,
        )
    return ngettext("{count} to do", "{count} to do", waiting, count=waiting)


def _first_due(each: Comment) -> tuple[object, ...]:
    return (each.due is None, each.due or each.at.date(), each.at)
