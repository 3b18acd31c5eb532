"""Layouts that people explained, as this visit uses them: those of the store, else of the user's own folder.

What others explain meanwhile counts from the next upload on: files that are held are not read anew under one's hands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from playbook import kept_layouts, userdata
from playbook.kept_layouts import Layouts
from playbook.language import _
from playbook.store.errors import StoreError
from playbook.ui.frame import once, shop, state

_SEEN = "layouts_seen"


def current() -> Layouts:
    """As they were when the held files were uploaded, and as this visit changed them since."""
    basis = tuple(each.digest for each in state.files())
    seen: tuple[tuple[str, ...], Layouts] | None = st.session_state.get(state.here(_SEEN))
    if seen is None or seen[0] != basis:
        seen = (basis, _look())
        st.session_state[state.here(_SEEN)] = seen
    return seen[1]


def _look() -> Layouts:
    opened = shop.store()
    try:
        return kept_layouts.of_store(opened) if opened else kept_layouts.of_files()
    except StoreError:  # the store went away in this very run; the next one says so
        return kept_layouts.of_files()


def sheets() -> dict[str, dict[str, str]]:
    """Answers about sheets kept by hand, by layout: the kept ones, and those of this visit over them."""
    kept, now = current().sheets, state.sheets()
    return {name: {**kept.get(name, {}), **now.get(name, {})} for name in {**kept, **now}}


def keep_sheet(layout: str, answers: Mapping[str, str]) -> str | None:
    """For this visit at once, and for the next file of this layout. The message where that was not saved."""
    state.answer_sheet(layout, dict(answers))
    opened = shop.store()
    return _kept(lambda: opened.keep_sheet(layout, answers) if opened else userdata.keep_sheet(layout, answers))


def keep_profile(name: str, text: str) -> str | None:
    """Save a column mapping. The message where that could not be done."""
    opened = shop.store()
    return _kept(lambda: opened.keep_layout(name, text) if opened else userdata.save_profile(name, text))


def drop_profile(name: str) -> str | None:
    """Forget a column mapping. The message where that could not be done."""
    opened, path = shop.store(), userdata.profiles_folder() / f"{name}.yaml"
    return _kept(lambda: opened.drop_layout(name) if opened else path.unlink(missing_ok=True))


def _kept(write: Callable[[], object]) -> str | None:
    try:
        write()
    except StoreError as error:
        return str(error)
    except OSError as error:
        return _("{folder} cannot be written ({why}).", folder=userdata.folder(), why=error.strerror)
    finally:
        st.session_state.pop(state.here(_SEEN), None)
        once.forget()
    return None
