"""A sheet kept by hand, above its review: what was understood of each column, and what it leaves open."""

from __future__ import annotations

import streamlit as st

from playbook.imports import FileReading, FilesRead, Question
from playbook.imports.own.columns import NOT_USED
from playbook.imports.own.sheet import LIVES, NEWEST, NO, OLDEST
from playbook.knowledge.column_words import NAMES, RATES, TIMES, said
from playbook.knowledge.exports import COUNT_FIELDS
from playbook.language import N_, _, ngettext
from playbook.ui.frame import notices, state
from playbook.ui.frame.escape import escape

from . import layouts

#: Written among the answers of a layout once a person has looked at them.
SEEN = "seen"
#: What a column can be made to mean, the commonest first.
CHOICES = ("kept", *COUNT_FIELDS[:11], *RATES, *TIMES, *NAMES, *COUNT_FIELDS[11:])
#: In place of a meaning: nothing was made of the column.
_UNREAD = "unread"
_ROWS = {
    LIVES: N_("Yes, they are my LIVEs"), OLDEST: N_("Yes, oldest first"), NEWEST: N_("Yes, newest first"),
    NO: N_("No, they are not LIVEs"),
}  # fmt: skip


def understood(result: FilesRead) -> None:
    """One line a column, of every sheet kept by hand; a click on it changes its meaning."""
    for place, file in enumerate(result.files):
        if file.layout is None:
            continue
        looked = SEEN in layouts.sheets().get(file.layout, {})
        title = ngettext(
            "{file}: how its {count} column was understood", "{file}: how its {count} columns were understood",
            len(file.understood), file=escape(file.name), count=len(file.understood),
        )  # fmt: skip
        with st.expander(
            title, icon=":material/fact_check:", expanded=not looked,
            key=state.here(f"understood_{place}{'_seen' if looked else ''}"),  # else it stays open as it was
        ):  # fmt: skip
            st.caption(_("A sheet of your own. Click a column to change what it means; that is kept for this layout."))
            _lines(file, place)
            if not looked:
                st.button(
                    _("This is right"), icon=":material/check:", key=state.here(f"understood_seen_{place}"),
                    on_click=_seen, args=(file.layout, _presets(result, file)),
                )  # fmt: skip


def _lines(file: FileReading, place: int) -> None:
    assert file.layout is not None
    meanings = dict(file.understood) | dict.fromkeys(file.unread, _UNREAD)
    with st.grid(3, min_column_width=240, gap="xsmall"):
        for at, (header, meaning) in enumerate(meanings.items()):
            box = state.here(f"meaning_{file.layout}_{place}_{at}")
            words = _("not read") if meaning == _UNREAD else said(meaning)
            st.menu_button(
                f"{escape(header)}: {words}", CHOICES, format_func=said, key=box, type="tertiary",
                on_click=_change, args=(file.layout, header, box),
            )  # fmt: skip


def _presets(result: FilesRead, file: FileReading) -> dict[str, str]:
    """The answers that stand for now to what is open in this layout."""
    return {
        each.column: each.preset
        for each in result.questions
        if each.about == "column" and each.layout == file.layout and each.column and each.preset
    }


def _seen(layout: str, presets: dict[str, str]) -> None:
    _keep(layout, {**presets, SEEN: "yes"})


def _change(layout: str, header: str, box: str) -> None:
    chosen = st.session_state[box]
    if chosen not in CHOICES:
        return
    said_before = layouts.sheets().get(layout, {})
    moved = [name for name, meaning in said_before.items() if meaning == chosen != NOT_USED and name != header]
    _keep(layout, {**dict.fromkeys(moved, NOT_USED), header: chosen})
    meaning = said(chosen)
    for name in moved:
        notices.done(
            _(
                "'{column}' is not used now: '{other}' has its meaning, {meaning}.",
                column=name, other=header, meaning=meaning,
            )
        )  # fmt: skip


def question(each: Question) -> None:
    """A column with several meanings: one choice, the one that stands marked."""
    assert each.layout is not None and each.column is not None
    with st.container(border=True):
        box = state.here(f"column_{each.layout}_{each.column}")
        st.radio(
            f":material/help: {escape(each.text)}", each.choices, format_func=said, key=box, horizontal=True,
            index=each.choices.index(each.preset) if each.preset in each.choices else None,
            on_change=_change, args=(each.layout, each.column, box),
        )  # fmt: skip


def rows_questions(result: FilesRead) -> frozenset[str]:
    """Whether the rows of a sheet without days are LIVEs, and in which order. The names of the files asked about."""
    asked = [each for each in result.questions if each.about == "rows"]
    for each in asked:
        assert each.layout is not None
        with st.container(border=True, key=state.here(f"rows_{each.layout}")):
            st.markdown(f":material/help: {escape(each.text)}")
            with st.container(horizontal=True):
                for at, choice in enumerate(each.choices):
                    st.button(
                        _(_ROWS[choice]), key=state.here(f"rows_{each.layout}_{at}"), disabled=choice == each.preset,
                        on_click=_keep, args=(each.layout, {"rows": choice}),
                    )  # fmt: skip
    return frozenset(each.file for each in asked)


def _keep(layout: str, answers: dict[str, str]) -> None:
    """For this visit at once, and for the next file of this layout."""
    message = layouts.keep_sheet(layout, answers)
    if message:
        notices.refused(_("Kept for this visit only: {why}", why=message))
