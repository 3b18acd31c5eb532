"""What this browser remembers for its person: which shop was open, who was learning, the practice LIVE that was left,
the invitation that somebody came with, and the language. Cookies with ids in them, or the code of a language.

Kept on the server, the choice of one visitor would become the choice of all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

SHOP = "playbook_shop"
LEARNER = "playbook_learner"
INVITATION = "playbook_invitation"
#: The token of a phone that typed the code, in the phone's own process.
PHONE = "playbook_phone"
#: The practice LIVE that was played last.
PRACTICE = "playbook_practice"
#: The language that was chosen.
LANGUAGE = "playbook_language"
_WAITING = "cookies_to_set"
_ID = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"[A-Za-z]{2,3}(_[A-Za-z0-9]{2,8}){0,2}")
_DAYS = 400


def remembered(name: str) -> str | None:
    """The id that the browser sent with this visit; None where it sent none of ours."""
    value = sent().get(name)
    return value if isinstance(value, str) and _form(name).fullmatch(value) else None


def _form(name: str) -> re.Pattern[str]:
    """What may stand in a cookie of ours: nothing that could be more than a name."""
    return _CODE if name == LANGUAGE else _ID


def sent() -> Mapping[str, str]:
    """The cookies that the browser sent when this visit began."""
    return st.context.cookies


def remember(name: str, value: str | None) -> None:
    """Ask the browser to keep an id for the next visit; None takes it back."""
    if value is None or _form(name).fullmatch(value):
        st.session_state[_WAITING] = {**st.session_state.get(_WAITING, {}), name: value}


def send() -> None:
    """Last in a run: hand the browser what it is to keep."""
    waiting: dict[str, str | None] = st.session_state.pop(_WAITING, {})
    if waiting:
        keep(waiting)


def read_as(tag: str) -> None:
    """Tell the browser, and who reads the page aloud, in which language it is: `pt-BR`."""
    if _CODE.fullmatch(tag.replace("-", "_")):
        st.html(f'<script>document.documentElement.lang = "{tag}";</script>', unsafe_allow_javascript=True)


def keep(ids: Mapping[str, str | None]) -> None:
    """Set the cookies. `remember` let only ids of ours through."""
    lines = [
        f'document.cookie = "{name}={value or ""}; path=/; max-age={_DAYS * 86_400 if value else 0}; SameSite=Strict";'
        for name, value in ids.items()
    ]
    st.html(f"<script>{''.join(lines)}</script>", unsafe_allow_javascript=True)
