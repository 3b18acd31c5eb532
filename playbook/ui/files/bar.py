"""Above a review: which LIVE is shown, which files are held, and what they leave open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from playbook.imports import FilesRead, Question
from playbook.imports.became import joined, lists
from playbook.language import N_, _
from playbook.model.session import Session
from playbook.report.words import sentences
from playbook.store.intake import unplaced
from playbook.ui.frame import shell, shop, state
from playbook.ui.frame.escape import escape

from . import joining, landing, loading, own_sheet, pictures, typed
from .loading import Lives

_MARKED = {"running": N_("{live} (still running)"), "stub": N_("{live} (under 30 minutes)")}


def show(found: Lives) -> None:
    """Picker, files, troubles and questions; all of it above the review's first line."""
    pick_live(found)
    if any(each.origin == "sample" for each in state.files()):
        st.badge(_("A sample: a made-up shop, nothing of it is saved"), icon=":material/science:", color="violet")
    names = ", ".join(dict.fromkeys(each.name for each in state.files()))
    title = _("Files: {names}", names=escape(names)) if names else _("Add the export of a new LIVE")
    with st.expander(title, icon=":material/folder_open:", key="files_bar"):
        landing.uploader()
        with st.container(horizontal=True, vertical_alignment="center"):
            if names:
                st.button(_("Put the files away"), icon=":material/restart_alt:", on_click=state.hold, args=((),),
                          key="start_over", help=_("What was saved in the shop stays."))  # fmt: skip
            own = typed.held()
            if own:
                st.download_button(
                    _("Save the typed LIVEs"), own.content, own.name, "text/csv", icon=":material/download:",
                    key="typed_download", on_click="ignore", help=_("Upload this file next time: it is your history."),
                )  # fmt: skip
            shell.link("data.py", _("What was read from each file"), icon=":material/database:")
        if found.reading:
            belongs_to(found.reading)
        if not names:
            landing.ways()
    pictures.panel()
    if found.reading:
        became(found.reading)
        landing.troubles(found.reading)
        about_all(found.reading)
        own_sheet.understood(found.reading)
        questions(found.reading)


def became(result: FilesRead) -> None:
    """What became of the files: saved where, left out, or only looked at."""
    lines = state.what_became(loading.token())
    if state.is_saved(loading.token()):
        lines = (*lines, *lists(result), *joined(result))
    out = [name for name, live in state.answers().get("belongs", {}).items() if live == joining.LEFT_OUT]
    lines = (*lines, *(_("{file}: left out, as you said.", file=name) for name in out))
    if not lines and state.answers().get("only_look") == loading.token():
        lines = (_("Only looked at: nothing of these files is saved."),)
    alone = {each.kind for each in result.files} == {"trend"}
    if not lines and alone and result.sessions and all(unplaced(each) for each in result.sessions):
        lines = (
            _(
                "A Trend is one LIVE minute by minute, and it does not say which LIVE. It is shown here and not saved. "
                "Upload the list of your LIVEs first, such as Creator-Live-Performance: the Trend is then joined to "
                "its LIVE."
            ),
        )
    if not lines and result.sessions and all(unplaced(each) for each in result.sessions):
        lines = (
            _(
                "Not saved: without a start and without a Room ID nothing says which LIVE this is. Add a column with "
                "its date and time, or upload the list of LIVEs, which has the start."
            ),
        )
    if lines:
        with st.container(key="became"):  # one block: on a phone the verdict below is to be on the first screen
            st.caption("  \n".join(f":material/inventory: {escape(each)}" for each in lines))


def pick_live(result: Lives) -> None:
    """Newest first. One LIVE needs no picker, only its name."""
    if len(result.sessions) < 2:
        st.caption(escape(label(result.sessions[0])))
        return
    labels = _offered(result.sessions, "live_picker", loading.chosen(result).id)
    st.selectbox(
        "LIVE", list(labels), format_func=labels.__getitem__, key="live_picker", label_visibility="collapsed",
        on_change=_choose,
    )  # fmt: skip


def _offered(sessions: Sequence[Session], key: str, chosen: str | None) -> dict[str, str]:
    """The LIVEs of a picker by id, newest first; the newest stands in it where none of them is chosen.

    What is chosen may change otherwise than here (an upload, a row of the history), so the widget is set each time.
    """
    labels = {each.id: label(each) for each in reversed(sessions)}
    st.session_state[key] = chosen if chosen in labels else next(iter(labels))
    return labels


def _choose() -> None:
    state.choose_live(st.session_state["live_picker"])


def label(session: Session) -> str:
    named = f"{sentences.when(session)}{f' · {session.title}' if session.title else ''}"
    mark = "running" if session.running else "stub" if session.stub else None
    return _(_MARKED[mark], live=named) if mark else named


def belongs_to(result: FilesRead) -> None:
    """Trend, product and event files carry no room id: the latest LIVE is assumed, and can be changed."""
    kinds = [each for each in result.files if each.kind not in ("sessions", "lookalike")]
    several = len({each.kind for each in kinds}) < len(kinds)
    if not kinds or several or len(result.sessions) < 2:
        return
    names = escape(", ".join(each.name for each in kinds))
    labels = _offered(result.sessions, "owner_picker", result.picked)
    st.selectbox(
        _("{files}: which LIVE does this belong to?", files=names),
        list(labels),
        format_func=labels.__getitem__,
        key="owner_picker",
        on_change=_own,
    )


def _own() -> None:
    state.belongs_to(st.session_state["owner_picker"])


def _account() -> None:
    state.answer("account", st.session_state[state.here("account_picker")])


def questions(result: FilesRead) -> None:
    """What a file leaves open, each with its answers beside it."""
    for each in result.questions:
        if each.about == "trend_totals" and "trend_totals" not in state.answers():
            with st.container(border=True):
                st.markdown(f":material/help: {escape(each.text)}")
                with st.container(horizontal=True):
                    st.button(_("Running totals"), on_click=state.answer, args=("trend_totals", True), key="totals_yes")
                    st.button(
                        _("Each row by itself"), on_click=state.answer, args=("trend_totals", False), key="totals_no"
                    )
        elif each.about == "account":
            if not loading.account_open(result) or shop.store() is not None:
                continue  # with a store the question is where they are saved, which asks for the account, too
            with st.container(border=True):
                st.markdown(f":material/help: {escape(each.text)}")
                st.selectbox(
                    _("Your account"), (*each.choices, ""), index=None, placeholder=_("Choose"),
                    key=state.here("account_picker"),
                    format_func=lambda name: name or _("All of them are mine"), on_change=_account,
                )  # fmt: skip
        elif each.about == "day_first":
            day_first(each)
        elif each.about == "column":
            own_sheet.question(each)
        elif each.about not in ("which_live", "rows", "timezone", "pages"):
            st.info(escape(each.text), icon=":material/help:")


def about_all(result: FilesRead) -> None:
    """What holds for everything in the files: pages that are missing, and times that count from UTC."""
    for each in result.questions:
        if each.about == "pages":
            st.warning(escape(each.text), icon=":material/library_books:", title=_("Not the whole list"))
        elif each.about == "timezone":
            st.info(escape(each.text), icon=":material/schedule:")
            shell.link("data.py", _("Set the time zone"), icon=":material/settings:", data_tabs="Settings")


def day_first(question: Question) -> None:
    """03/04 is in April or in March: until somebody says, the habit of the currency decides."""
    with st.container(border=True):
        st.markdown(f":material/help: {escape(question.text)}")
        with st.container(horizontal=True):
            for words, first in ((_("The day: 31/12"), True), (_("The month: 12/31"), False)):
                st.button(words, key=state.here(f"day_first_{first}"), on_click=state.answer, args=("day_first", first))
