"""Who is learning. Results go to the store under the chosen name; without one they last as long as the visit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from playbook.language import _, ngettext
from playbook.store.errors import StoreError
from playbook.store.records import LearningResult, Trainee
from playbook.store.store import Store

from . import browser, once, shop, signin, state
from .escape import escape


@once.a_run
def trainees() -> list[Trainee]:
    opened, owner = shop.store(), shop.current()
    return opened.trainees(owner.id) if opened and owner else []


@once.a_run
def current() -> Trainee | None:
    """Who learns now: who signed in; else chosen on this visit, or on the last one of this browser.

    None until there is a result of who signed in, or somebody gave a name.
    """
    if signin.wanted():
        opened, owner = shop.store(), shop.current()
        return opened.my_trainee(owner.id, make=False) if opened and owner else None
    every = {each.id: each for each in trainees()}
    if state.TRAINEE in st.session_state:
        return every.get(st.session_state[state.TRAINEE] or "")
    return every.get(browser.remembered(browser.LEARNER) or "")


def choose(trainee_id: str | None) -> None:
    """Results are this person's from now on, also next time."""
    st.session_state[state.TRAINEE] = trainee_id
    once.forget()
    browser.remember(browser.LEARNER, trainee_id)


def results() -> list[LearningResult]:
    """What the current person did, oldest first: stored, or of this visit when there is no name yet."""
    opened, who = shop.store(), current()
    loose: tuple[LearningResult, ...] = st.session_state[state.LOOSE_RESULTS]
    if opened is None or who is None:
        return list(loose)
    return opened.results(who.shop_id, who.id)


def record(kind: str, item: str, score: float, passed: bool, detail: Mapping[str, Any] | None = None) -> None:
    """Keep a result for the current person; without one, or when the store fails, for this visit only.

    kind: lesson, drill, practice or craft. score: 0 to 1. What could not be stored is said by `keep_progress`.
    """
    opened, who = shop.store(), current()
    owner = shop.current()
    if opened is not None and (who is not None or (owner is not None and signin.wanted())):
        try:
            who = who or (opened.my_trainee(owner.id) if owner else None)
            if who is None:
                raise StoreError(_("Sign in to keep what you learn."))
            opened.record_result(who.id, kind, item, score, passed, detail)
        except StoreError as error:
            st.session_state[state.TRAINEE_TROUBLE] = str(error)
        else:
            st.session_state[state.TRAINEE_TROUBLE] = None
            return
    at = datetime.now(UTC)
    made = LearningResult(f"visit-{at.timestamp()}", "", kind, item, at, score, passed, dict(detail or {}))
    st.session_state[state.LOOSE_RESULTS] = (*st.session_state[state.LOOSE_RESULTS], made)


def picker() -> None:
    """Whose progress is shown; nothing until there is a name. Stands at the top of the training pages."""
    every = trainees()
    if not every or signin.wanted():
        return
    names = {each.id: each.name for each in every}
    now = current()
    st.session_state["trainee_picker"] = now.id if now else ""
    st.selectbox(
        _("Who is learning"), ["", *names], key="trainee_picker", on_change=_picked, width=260,
        format_func=lambda each: names.get(each) or _("nobody, only look"),
        help=_("Each person has progress of their own. Names are added under People on the Learn page."),
    )  # fmt: skip


def _picked() -> None:
    choose(st.session_state["trainee_picker"] or None)


def keep_progress() -> None:
    """Says so when results of this visit are not stored, and offers to keep them under a name."""
    trouble: str | None = st.session_state[state.TRAINEE_TROUBLE] or shop.trouble()
    if trouble:
        counts = _("What you do here counts until you close this page.")
        st.warning(
            f"{escape(trouble)} {counts}", title=_("Your progress was not saved"), icon=":material/database_off:"
        )
        return
    loose: tuple[LearningResult, ...] = st.session_state[state.LOOSE_RESULTS]
    opened = shop.store()
    if not loose or opened is None or signin.wanted():
        return
    with st.container(border=True, key="keep_progress"), st.form("keep_progress_form", border=False):
        lost = ngettext(
            "**Keep your progress?** One result of this visit will be gone when you close this page.",
            "**Keep your progress?** {count} results of this visit will be gone when you close this page.",
            len(loose), count=len(loose),
        )  # fmt: skip
        where = _("Results are kept on this computer, under the shop in the sidebar.")
        st.markdown(f":material/bookmark: {lost} {where}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(_("Your name"), key="trainee_name", max_chars=60, width=260)
            wanted = st.form_submit_button(_("Keep my progress"), type="primary")
        if wanted and shop.attempt(lambda: _keep(opened, name or "", loose)):
            st.rerun()


def _keep(opened: Store, name: str, loose: tuple[LearningResult, ...]) -> None:
    """Store this visit's results under a name, new or known; a first shop is made where there is none."""
    if not name.strip():
        raise StoreError(_("Type a name first; any name will do."))
    owner = shop.current() or shop.first(opened)
    same = " ".join(name.split()).casefold()
    known = next((each for each in opened.trainees(owner.id) if each.name.casefold() == same), None)
    who = known or opened.add_trainee(owner.id, name)
    for each in loose:
        opened.record_result(who.id, each.kind, each.item, each.score, each.passed, each.detail, each.at)
    st.session_state[state.LOOSE_RESULTS] = ()
    choose(who.id)
