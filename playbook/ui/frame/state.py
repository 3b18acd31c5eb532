"""The session's keys, named once. Nothing precious lives here: files stay on the seller's disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from playbook import userdata
from playbook.knowledge.reader import Problem
from playbook.language import _

from . import keys, once

FILES = "files"
OWNER = "owner"
CHOSEN = "chosen_session"
SETTINGS = "settings"
PREFERRED = "settings_of_the_person"
SETTINGS_PROBLEMS = "settings_problems"
SETTINGS_STAMP = "settings_stamp"
ANSWERS = "answers"
SHEETS = "sheet_answers"
MAPPED = "layout_just_mapped"
UPLOADED = "uploaded_digests"
SHOP = "shop_id"
SHOP_NAME = "shop_name_seen"
REFUSED = "refusals_shown"
TURN = "turn_of_the_review"
NOT_TAKEN = "files_without_room"
PICTURES = "picture_held"
KEPT = "kept_readings"
TOLD = "what_became"
STAMP = "stamp_of_reading"
TROUBLE = "store_trouble"
SEEN = "marked_reviewed"
TRAINEE = "trainee_id"
TRAINEE_TROUBLE = "trainee_trouble"
LOOSE_RESULTS = "results_of_this_visit"
DRILL = "current_drill"
DRILL_TOPIC = "drill_topic"
DRILL_COUNT = "drill_count"
DRILL_MESSAGE = "drill_message"


#: Bytes and number of the files that one visit holds, of all its shops. A year of exports has a few megabytes.
MOST_BYTES, MOST_FILES = 60_000_000, 200


@dataclass(frozen=True)
class HeldFile:
    """An uploaded, typed or sample file. `origin` is upload, typed or sample."""

    name: str
    content: bytes
    origin: str

    @cached_property
    def digest(self) -> str:
        """Computed once: every run asks for it several times, and a file may have 50 MB."""
        return hashlib.sha256(self.name.encode() + b"\0" + self.content).hexdigest()


def ensure() -> None:
    """Every key exists before a page runs. Called once, in app.py."""
    _look_at_settings()
    defaults: dict[str, object] = {
        UPLOADED: {},
        SEEN: (),
        TRAINEE_TROUBLE: None,
        LOOSE_RESULTS: (),
        DRILL: None,
        DRILL_TOPIC: None,
        DRILL_COUNT: 0,
        DRILL_MESSAGE: None,
    }
    for key, value in defaults.items():
        st.session_state.setdefault(key, value)


def here(name: str) -> str:
    """The key of what each shop has, for the shop that this visit shows."""
    return keys.of_shop(name, st.session_state.get(SHOP))


def files() -> tuple[HeldFile, ...]:
    """The files held for the shop that is shown; each shop has its own."""
    return tuple(st.session_state.get(here(FILES), ()))


def hold(held: tuple[HeldFile, ...]) -> None:
    """Set the files; a new set starts with the latest LIVE again."""
    once.forget()
    turn()
    st.session_state[here(FILES)] = held
    st.session_state[here(OWNER)] = None
    st.session_state[here(CHOSEN)] = None


def turn() -> None:
    """Something else is shown from now on: another upload, another LIVE, another shop."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def still_refused(messages: Sequence[str]) -> tuple[str, ...]:
    """Of the refusals of the held files those that were first shown with what is shown now."""
    now, before = st.session_state.get(TURN, 0), st.session_state.get(here(REFUSED), {})
    shown = {message: before.get(message, now) for message in messages}
    st.session_state[here(REFUSED)] = shown
    return tuple(message for message, at in shown.items() if at == now)


def refuse_anew(names: Sequence[str]) -> None:
    """These files were uploaded: what is wrong with them is said, also where it was said before."""
    before = st.session_state.get(here(REFUSED), {})
    st.session_state[here(REFUSED)] = {
        message: at for message, at in before.items() if not message.startswith(tuple(names))
    }


def fitting(fresh: Sequence[HeldFile]) -> tuple[HeldFile, ...]:
    """Those of new files for which this visit has room, in their order; the others are remembered for a notice."""
    every = [each for key in st.session_state if str(key).split("@")[0] == FILES for each in st.session_state[key]]
    size, number = sum(len(each.content) for each in every), len(every)
    taken: list[HeldFile] = []
    for each in fresh:
        if size + len(each.content) <= MOST_BYTES and number < MOST_FILES:
            taken.append(each)
            size, number = size + len(each.content), number + 1
    st.session_state[NOT_TAKEN] = tuple(each.name for each in fresh if each not in taken)
    return tuple(taken)


def not_taken() -> tuple[str, ...]:
    """Names of the files of the last upload for which there was no room."""
    names: tuple[str, ...] = st.session_state.get(NOT_TAKEN, ())
    return names


def choose_live(session_id: str | None) -> None:
    """Show this LIVE of the shop from now on; None is the latest, or the one that the files are about."""
    turn()
    st.session_state[here(CHOSEN)] = session_id


def chosen_live() -> str | None:
    value: str | None = st.session_state.get(here(CHOSEN))
    return value


def belongs_to(session_id: str) -> None:
    """The files without a LIVE of their own belong to this one."""
    st.session_state[here(OWNER)] = session_id
    once.forget()


def owner() -> str | None:
    """The LIVE that such files were said to belong to."""
    value: str | None = st.session_state.get(here(OWNER))
    return value


def saved_as(reading: str) -> None:
    """This reading of the held files is in the shop now."""
    st.session_state[here(KEPT)] = (*st.session_state.get(here(KEPT), ()), reading)


def is_saved(reading: str) -> bool:
    return reading in st.session_state.get(here(KEPT), ())


def not_saved(reading: str) -> None:
    """What was saved of this reading was taken back."""
    st.session_state[here(KEPT)] = tuple(each for each in st.session_state.get(here(KEPT), ()) if each != reading)


def steady_stamp(reading: str, make: Callable[[], str]) -> str:
    """The state of the shop at the time of a reading, kept as long as the reading is the same."""
    kept, stamp = st.session_state.get(here(STAMP), ("", ""))
    if kept != reading:
        stamp = make()
        st.session_state[here(STAMP)] = (reading, stamp)
    return str(stamp)


def told(reading: str, lines: list[str]) -> None:
    """What became of this reading, in words: shown with the files as long as they are held."""
    st.session_state[here(TOLD)] = (reading, tuple(lines))


def what_became(reading: str) -> tuple[str, ...]:
    kept, lines = st.session_state.get(here(TOLD), ("", ()))
    return tuple(lines) if kept == reading else ()


def take_along(shop_id: str) -> None:
    """Show another shop, and what is held goes there: it was said to belong to it."""
    if st.session_state.get(SHOP) == shop_id:
        return
    carried = {
        name: st.session_state.pop(here(name), None) for name in (FILES, OWNER, CHOSEN, ANSWERS, REFUSED, PICTURES)
    }
    st.session_state[SHOP] = shop_id
    for name, value in carried.items():
        if value is not None:
            st.session_state[here(name)] = value
    once.forget()


def settings() -> userdata.UserSettings:
    """As they count for this visit: what its person chose goes before what stands in the file."""
    value: userdata.UserSettings = st.session_state.get(PREFERRED) or st.session_state[SETTINGS]
    return value


def prefer(chosen: Mapping[str, object]) -> None:
    """Let what a person chose count from now on; what is not a setting of a person, or cannot be one, is left out."""
    base: userdata.UserSettings = st.session_state[SETTINGS]
    mine = {name: value for name, value in chosen.items() if name in userdata.PERSONAL}
    try:
        st.session_state[PREFERRED] = userdata.UserSettings.model_validate(base.model_dump() | mine) if mine else None
    except ValueError:
        st.session_state[PREFERRED] = None


def change_settings(**changes: object) -> str | None:
    """Keep changed settings in the file. The message when that was not done, else None.

    Pages go through `choices.change`, which asks who may.
    """
    once.forget()
    try:
        st.session_state[SETTINGS] = userdata.change_settings(st.session_state[SETTINGS], changes)
    except userdata.ChangedElsewhereError as error:
        st.session_state[SETTINGS] = error.now
        return _(
            "Not saved: somebody changed this setting meanwhile. It is shown as it is now; make your change again."
        )
    except OSError as error:
        st.session_state[SETTINGS] = st.session_state[SETTINGS].model_copy(update=changes)
        return _(
            "Kept for now, but not saved: {folder} cannot be written ({why}).",
            folder=userdata.folder(), why=error.strerror,
        )  # fmt: skip
    finally:
        st.session_state[SETTINGS_STAMP] = userdata.settings_stamp()
    return None


def trust(shop_id: str) -> None:
    """Uploads into this shop need no question any more. Others may trust other shops meanwhile."""
    _look_at_settings()
    trusted = st.session_state[SETTINGS].trusted_shops
    if shop_id not in trusted:
        change_settings(trusted_shops=[*trusted, shop_id])


def _look_at_settings() -> None:
    """Read the settings when they were written since, by whichever visit or program."""
    stamp = userdata.settings_stamp()
    if SETTINGS not in st.session_state or st.session_state.get(SETTINGS_STAMP) != stamp:
        st.session_state[SETTINGS], st.session_state[SETTINGS_PROBLEMS] = userdata.load_settings()
        st.session_state[SETTINGS_STAMP] = stamp


def answers() -> dict[str, Any]:
    """What a person answered about the held files, by the question's word."""
    value: dict[str, Any] = st.session_state.get(here(ANSWERS), {})
    return value


def answer(about: str, value: object) -> None:
    st.session_state[here(ANSWERS)] = {**answers(), about: value}
    once.forget()


def sheets() -> dict[str, dict[str, str]]:
    """What was said of sheets kept by hand in this visit, by layout."""
    value: dict[str, dict[str, str]] = st.session_state.get(SHEETS, {})
    return value


def answer_sheet(layout: str, answers: dict[str, str]) -> None:
    kept = sheets()
    st.session_state[SHEETS] = {**kept, layout: {**kept.get(layout, {}), **answers}}
    once.forget()


def settings_problems() -> list[Problem]:
    """What was wrong with the settings file when it was read."""
    value: list[Problem] = st.session_state[SETTINGS_PROBLEMS]
    return value
