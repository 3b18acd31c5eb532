"""Who is here. With a sign-in configured nobody sees anything before they are known; without one this is one seller's.

The sign-in is Streamlit's own (`[auth]` in secrets.toml). What a person may do is the store's business: pages get a
store that acts for the person of this visit.
"""

from __future__ import annotations

import importlib.util
import os
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from playbook.language import _
from playbook.store.access import Person, RefusedError
from playbook.store.errors import StoreError
from playbook.store.store import Store
from playbook.store.team import Account, Invitation

from . import browser, notices, once, roles, state
from .escape import escape

#: Set where a server must never run without a sign-in, so that secrets that are not there open nothing.
REQUIRED = "PLAYBOOK_SIGN_IN"
#: The parameter of an invitation's address; the browser keeps it over the sign-in.
INVITE = "invite"
_stands_in: Person | None = None
_INSTALL = ".venv/bin/python -m pip install -r requirements-signin.txt"


def secrets() -> dict[str, Any]:
    """The section of the sign-in, empty where there is none. Raises StoreError where the file cannot be read."""
    try:
        section = st.secrets["auth"] if "auth" in st.secrets else {}  # noqa: SIM401 - secrets have no plain get
    except FileNotFoundError as error:
        if isinstance(error, StreamlitSecretNotFoundError) and "Error parsing" in str(error):
            raise StoreError(
                _("secrets.toml cannot be read, so nobody is let in. Correct it, then start again.")
            ) from None
        return {}
    return dict(section) if hasattr(section, "keys") else {"wrong": section}


@once.a_run
def wanted() -> bool:
    """Whether people have to sign in here; also where that is not set up right, since then nobody may come in."""
    try:
        return bool(secrets()) or bool(os.environ.get(REQUIRED, "").strip())
    except StoreError:
        return True


def trouble() -> str | None:
    """Why nobody can sign in, for whoever runs the server."""
    try:
        found = secrets()
    except StoreError as error:
        return str(error)
    missing = [each for each in ("redirect_uri", "cookie_secret") if each not in found]
    if len(missing) == 1:
        return _(
            "A sign-in is wanted here, but [auth] in secrets.toml has no {name}. docs/deploy.md says what stands "
            "there.",
            name=missing[0],
        )
    if missing:
        return _(
            "A sign-in is wanted here, but [auth] in secrets.toml has no {name} and no {other}. docs/deploy.md says "
            "what stands there.",
            name=missing[0], other=missing[1],
        )  # fmt: skip
    if any(importlib.util.find_spec(each) is None for each in ("authlib", "httpx")):
        return _("The sign-in needs two more packages. Install them on the server: {command}", command=_INSTALL)
    return None


def account() -> Account | None:
    """Who the provider says this visitor is; None before they have signed in."""
    claims = st.user.to_dict()
    issuer, subject = claims.get("iss"), claims.get("sub")
    if claims.get("is_logged_in") is not True or not issuer or not subject:
        return None
    return Account(
        subject=f"{issuer} {subject}",
        email=str(claims.get("email") or claims.get("preferred_username") or ""),
        verified=claims.get("email_verified") in (True, "true"),
        name=str(claims.get("name") or ""),
    )


@once.a_run
def person(opened: Store) -> Person | None:
    """The person of this visit, asked for once a run. Raises StoreError while the store cannot be asked."""
    who = account()
    return None if who is None else opened.team.known(who)


def stand_in(for_whom: Person | None) -> None:
    """In the phone's process nobody signs in: everything there is done for the person who opened it."""
    global _stands_in
    _stands_in = for_whom


def acting(opened: Store) -> Store:
    """The store as this visit may use it. Raises RefusedError for whoever is not known."""
    if _stands_in is not None:
        return opened.acting_as(_stands_in)
    if not wanted():
        return opened
    who = None if trouble() else person(opened)
    if who is None:
        raise RefusedError(_("Sign in first."))
    return opened.acting_as(who)


def gate(bare: Store | None) -> bool:
    """True when the app may be drawn. Else the door was drawn: a sign-in, an invitation, or why there is neither."""
    if not wanted():
        return True
    keep_invitation()
    why = trouble()
    if why is not None:
        _door(_("Nobody can sign in at the moment"))
        st.error(escape(why), icon=":material/lock:")
        return False
    if bare is None:
        _door(_("The store cannot be used at the moment"))
        st.error(escape(st.session_state.get(state.TROUBLE) or ""), icon=":material/database_off:")
        return False
    who = account()
    if who is None:
        _ask_to_sign_in(bare)
        return False
    try:
        if person(bare) is not None:
            return True
        _stranger(bare, who)
    except StoreError as error:
        st.error(escape(str(error)), icon=":material/error:")
    return False


def home() -> str:
    """The address of the app as people type it, from where the provider sends them back to."""
    return str(secrets().get("redirect_uri", "")).removesuffix("oauth2callback")


def keep_invitation() -> None:
    """The way to the provider and back loses the address; the browser keeps the code."""
    code = st.query_params.get(INVITE)
    if code:
        browser.remember(browser.INVITATION, code.strip().lower())


def _code() -> str:
    return st.query_params.get(INVITE) or browser.remembered(browser.INVITATION) or ""


def _door(title: str) -> None:
    st.title(escape(title), anchor=False)


def _ask_to_sign_in(bare: Store) -> None:
    _door(_("Sign in"))
    if _code():
        found = bare.team.invited(_code())
        if found is not None:
            st.markdown(escape(_invited(found)))
        else:
            st.warning(
                _("This invitation is not good any more. Ask for another one, or sign in if you were here before.")
            )
    else:
        st.markdown(_("This is a team's LIVE Traffic Playbook. Sign in with the account that you were let in with."))
    st.button(_("Sign in"), type="primary", icon=":material/login:", key="sign_in", on_click=st.login)


def _invited(found: Invitation) -> str:
    role = roles.name(found.role)
    if found.shop:
        return _("You are invited as {role} of {shop}.", role=role, shop=found.shop)
    return _("You are invited as {role} of every shop.", role=role)


def _invited_by(found: Invitation) -> str:
    role, who = roles.name(found.role), found.made_by
    if found.shop:
        return _("{who} invites you as {role} of {shop}.", who=who, role=role, shop=found.shop)
    return _("{who} invites you as {role} of every shop.", who=who, role=role)


def _stranger(bare: Store, who: Account) -> None:
    """Somebody who signed in and is not known here: an invitation makes them a member."""
    _door(_("You have no role here yet"))
    if who.email or who.name:
        signed_in = _("You are signed in as {who}.", who=who.email or who.name)
    else:
        signed_in = _("You are signed in as somebody without an address.")
    st.markdown(escape(signed_in))
    if bare.team.empty():
        st.info(
            _(
                "Nobody was let in so far. Whoever runs the server lets the first one in: "
                "`python -m playbook users add EMAIL --role owner`"
            )
        )
    elif not who.verified:
        st.caption(_("Your provider does not say that this address is yours, so only an invitation lets you in."))
    with st.form("join", border=True):
        code = st.text_input(_("Code of your invitation"), value=_code(), key="invitation_code", max_chars=64)
        found = bare.team.invited(code) if code else None
        if found is not None:
            st.markdown(escape(_invited_by(found)))
        if st.form_submit_button(_("Join"), type="primary", icon=":material/group_add:", key="join_team"):
            try:
                bare.team.join(code or "", who)
            except StoreError as error:
                st.error(escape(str(error)), icon=":material/error:")
            else:
                browser.remember(browser.INVITATION, None)
                st.query_params.clear()
                once.forget()
                notices.done(_("Welcome"))
                st.rerun()
    st.button(_("Sign out"), key="sign_out_stranger", icon=":material/logout:", on_click=st.logout)


def sidebar() -> None:
    """Who is signed in, and a way out."""
    who = account() if wanted() else None
    if who is None:
        return
    with st.sidebar, st.container(key="signed_in"):
        st.caption(escape(_("Signed in as {who}", who=who.email or who.name)))
        st.button(_("Sign out"), key="sign_out", icon=":material/logout:", type="tertiary", on_click=st.logout)
