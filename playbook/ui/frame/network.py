"""Who can open this app: only this computer, unless somebody started it otherwise; then that is said on every page."""

from __future__ import annotations

import ipaddress

import streamlit as st
from streamlit import net_util

from playbook.language import _

from . import signin

#: Streamlit serves a socket file of this computer under such an address.
_SOCKET = "unix://"


def address() -> str | None:
    """Where the server listens as it was configured; None is every network of this computer."""
    found = st.get_option("server.address")
    return str(found) if found else None


def open_to_others() -> bool:
    """Whether other computers may reach the server. A name that is not known counts as one that they can reach."""
    name = address()
    if name is None:
        return True
    if name == "localhost" or name.startswith(_SOCKET):
        return False
    try:
        return not ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return True


def named_hosts() -> list[str]:
    """Names beyond this computer's own under which the server takes connections: a proxy stands in front of it."""
    own = {"localhost", "127.0.0.1", "::1"}
    return [each for each in st.get_option("server.allowedHosts") or () if each not in own]


def visitor_is_here() -> bool:
    """Whether the visitor sits at this computer; Streamlit gives no address for its own."""
    found = st.context.ip_address
    try:
        return found is None or ipaddress.ip_address(found).is_loopback
    except ValueError:
        return False


def ask_nobody_for_our_address() -> None:
    """Streamlit asks a public service for this computer's address when a page from elsewhere knocks; ours never does.

    The answer would only admit pages served from that address, and none of ours is.
    """
    net_util.get_external_ip = _not_known


def _not_known() -> None:
    return None


def warn() -> None:
    """On every page while others can come in without a sign-in: whoever comes may do everything."""
    if open_to_others() and not signin.wanted():
        st.warning(
            _(
                "Whoever reaches this address sees every shop and may change or delete LIVEs; nobody has to sign in. "
                "Stop the app and start it with `--server.address 127.0.0.1`, unless a sign-in stands in front of it."
            ),
            title=_("Open to your network"),
            icon=":material/lan:",
        )
