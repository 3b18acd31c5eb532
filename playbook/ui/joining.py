"""Trend, product and other files of one LIVE, uploaded without a list: to which saved LIVE do they belong?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from ..imports import Reading
from ..report import sentences
from ..session import Session
from ..store.csv_files import session_csv
from ..store.store import Store
from . import keeping, keys, notices, shop, state
from .escape import escape

#: The saved LIVEs as a file that is read together with the others.
LIST = "the LIVEs saved here.csv"
#: So many of the latest LIVEs are offered.
MOST = 200
PARTS = ("trend", "products", "events", "channels", "followers")

#: Reads files (name, content), each of the LIVE that `belongs` names; loading gives it its layouts and answers.
Read = Callable[[Sequence[tuple[str, bytes]], Mapping[str, str]], Reading]


def offer(result: Reading, token: str, read: Read) -> frozenset[str]:
    """Ask about files that hold parts of a LIVE and no list, and lay them on it. The names of the files asked about."""
    opened, owner = shop.store(), shop.current()
    held = state.files()
    if opened is None or owner is None or state.is_saved(token) or state.answers().get("only_look") == token:
        return frozenset()
    listed = any(each.kind == "sessions" for each in result.files)
    if listed or keeping.storable(result) or any(each.origin == "sample" for each in held):
        return frozenset()
    lives = opened.sessions(owner.id, limit=MOST)
    guesses = {each.name: _guess(lives, each, read) for each in held}
    found = {name: guess for name, guess in guesses.items() if guess}
    if found:
        _card(opened, owner.id, lives, found, token, read)
    return frozenset(found)


def _list(lives: Sequence[Session]) -> bytes:
    """One table of several LIVEs, in the layout of our template; texts that may hold a line break stay out."""
    texts = [session_csv(replace(each, title=None, host=None)).splitlines(keepends=True) for each in lives]
    return "".join([texts[0][0], *("".join(text[1:]) for text in texts)]).encode()


def _guess(lives: Sequence[Session], held: state.HeldFile, read: Read) -> str | None:
    """The saved LIVE that a file seems to be of; None when it holds no part of a LIVE."""
    if not lives:
        return None
    found = read([(LIST, _list(lives)), (held.name, held.content)], {})
    if any(each.kind == "sessions" and each.name != LIST for each in found.files):
        return None
    laid = [each for each in found.sessions if any(_has(each, part) for part in PARTS)]
    return laid[0].id if laid else None


def _has(session: Session, part: str) -> bool:
    value = getattr(session, part)
    return value is not None and len(value) > 0


def _card(
    opened: Store, shop_id: str, lives: Sequence[Session], found: Mapping[str, str], token: str, read: Read
) -> None:
    newest = {each.id: each for each in reversed(lives)}

    def words(session_id: str) -> str:
        live = newest[session_id]
        return f"{sentences.when(live)}{f' · {live.title}' if live.title else ''}"

    with st.container(border=True, key="which_live"):
        one = len(found) == 1
        st.markdown(
            f":material/join: **Which LIVE {'does this file' if one else 'do these files'} belong to?** "
            f"{'It says' if one else 'They say'} nothing of a list of LIVEs. Nothing is saved until you choose."
        )
        boxes = {}
        for place, (name, guess) in enumerate(found.items()):
            boxes[name] = keys.of_shop(f"join_{token[:8]}_{place}", shop_id)
            options = list(newest)
            st.selectbox(
                escape(name), options, index=options.index(guess) if guess in newest else 0, format_func=words,
                key=boxes[name],
            )  # fmt: skip
        with st.container(horizontal=True):
            st.button(
                "Join", type="primary", icon=":material/join:", key=keys.of_shop(f"join_now_{token[:8]}", shop_id),
                on_click=_join, args=(opened, shop_id, lives, boxes, token, read),
            )  # fmt: skip
            st.button(
                "Only look", key=keys.of_shop(f"join_only_look_{token[:8]}", shop_id),
                on_click=keeping.only_look, args=(token,),
            )  # fmt: skip


def _join(
    opened: Store, shop_id: str, lives: Sequence[Session], boxes: Mapping[str, str], token: str, read: Read
) -> None:
    """Into the LIVEs that were chosen, of the shop that the question was drawn for."""
    belongs: dict[str, str] = {name: st.session_state[key] for name, key in boxes.items()}
    files = [(each.name, each.content) for each in state.files() if each.name in belongs]
    found = read([(LIST, _list(lives)), *files], belongs)
    said = [f"Not saved: {each.message}" for each in found.failures]
    for live in found.sessions:
        parts = [part for part in PARTS if _has(live, part)]
        if not parts:
            continue
        given = {part: getattr(live, part) for part in parts if part != "trend"}
        trend = None if live.trend is None else (live.trend, live.trend_step)
        if not notices.attempt(lambda live=live, trend=trend, given=given: opened.set_parts(  # type: ignore[misc]
            shop_id, live.id, trend=trend, **given
        )):  # fmt: skip
            return
        said.insert(0, f"Joined to the LIVE of {sentences.when(live)}: {' and '.join(parts)}.")
        state.choose_live(live.id)
    state.saved_as(token)
    state.told(token, said)
    notices.done(said[0], ":material/join:")
