"""What is said after the next rerun: a short word that it was done with a way back, or why it was refused.

A toast drawn in a run that is then started anew is lost, so words wait in the session until a run reaches its end. And
a callback ends where it writes to the session state when the next click is already there: so what is to be said is put
into one object that is there from a visit's first run on, which ends none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from playbook.store.errors import StoreError

from . import once
from .escape import escape

BOARD = "notice_board"


@dataclass(frozen=True)
class Notice:
    """Stands on every page until it is closed. `typed` is what somebody typed and would lose; `undo` takes it back."""

    text: str
    icon: str
    bad: bool = False
    title: str | None = None
    typed: str = ""
    undo: Callable[[], object] | None = None
    undone: str = ""


@dataclass
class Board:
    """What is to be said to one visit: toasts after the next run, notices until they are closed."""

    toasts: list[tuple[str, str]] = field(default_factory=list)
    notices: tuple[Notice, ...] = ()

    def refuse(self, text: str, typed: str = "", title: str = "Not saved") -> None:
        """As `refused`, also from where no page is drawn: a download is made after its click."""
        text = text.removeprefix(f"{title}: ")  # the title says it already
        text = text[:1].upper() + text[1:]
        self.notices = (*self.notices, Notice(text, ":material/error:", bad=True, title=title, typed=typed))


def board() -> Board:
    """That of this visit. Called at the begin of each run, so that callbacks find it."""
    found = st.session_state.to_dict().get(BOARD)
    if not isinstance(found, Board):
        found = st.session_state[BOARD] = Board()
    return found


def done(text: str, icon: str = ":material/check:") -> None:
    """Said in a toast, once the run that follows has been drawn."""
    board().toasts.append((text, icon))


def undoable(text: str, undo: Callable[[], object], undone: str) -> None:
    """Done, with a button that takes it back. A later one takes the place of an earlier one."""
    others = tuple(each for each in _standing() if each.undo is None)
    _set((*others, Notice(text, ":material/check_circle:", undo=undo, undone=undone)))


def refused(text: str, typed: str = "", title: str = "Not saved") -> None:
    """Not done, with the reason; what was typed stays readable until the notice is closed."""
    board().refuse(text, typed, title)


def attempt(action: Callable[[], object], said: str = "", typed: str = "") -> bool:
    """Do something with the store in a callback; a refusal is shown at the top of the page. True when it was done."""
    try:
        action()
    except StoreError as error:
        refused(str(error), typed)
        return False
    finally:
        once.forget()
    if said:
        done(said)
    return True


def act(action: Callable[[], object], said: str = "") -> None:
    """`attempt` for a button whose work is one call."""
    attempt(action, said)


def top() -> None:
    """The notices that stand, above the page."""
    for place, each in enumerate(_standing()):
        with st.container(key=f"notice_{place}"):
            show = st.error if each.bad else st.success
            show(escape(each.text), icon=each.icon, title=each.title)
            if each.typed:
                st.caption("What you typed, to copy:")
                st.code(each.typed, language=None, wrap_lines=True)
            with st.container(horizontal=True):
                if each.undo:
                    st.button("Undo", key=f"undo_{id(each)}", icon=":material/undo:", on_click=_undo, args=(each,))
                st.button("Close", key=f"notice_close_{id(each)}", type="tertiary", on_click=_close, args=(each,))


def toasts() -> None:
    """Last in a run: whoever started the script anew before has not lost them."""
    waiting = board().toasts
    while waiting:
        text, icon = waiting[0]
        st.toast(escape(text), icon=icon)
        waiting.pop(0)


def _undo(each: Notice) -> None:
    assert each.undo
    _close(each)
    attempt(each.undo, each.undone)


def _close(wanted: Notice) -> None:
    _set(tuple(each for each in _standing() if each is not wanted))


def _standing() -> tuple[Notice, ...]:
    return board().notices


def _set(notices: tuple[Notice, ...]) -> None:
    board().notices = notices
