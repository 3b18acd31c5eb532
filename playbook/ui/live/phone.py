"""On During a LIVE: open this LIVE on a phone, when somebody asks for it and where it may be."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from threading import Lock

import segno
import streamlit as st
from streamlit import net_util

from playbook.language import _
from playbook.model.running import RunningLive
from playbook.processes import Process
from playbook.store.access import Person, RefusedError
from playbook.store.store import Store
from playbook.ui.frame import network, notices, shop, signin
from playbook.ui.frame.escape import escape
from playbook.ui.phone import child, door, starting

from . import pad

#: The address of this computer to listen on, where it has several.
VARIABLE = "PLAYBOOK_PHONE_ADDRESS"
#: By LIVE and person (none without a sign-in): what one opened, with its code, is not another one's.
_offers: dict[tuple[str, str | None], Offer] = {}
_lock = Lock()


@dataclass
class Offer:
    """A running process for one LIVE."""

    process: Process
    address: str
    port: int
    code: str

    @property
    def url(self) -> str:
        return f"http://{self.address}:{self.port}"


def why_not() -> str | None:
    """Why a phone cannot be let in from here, in words; None when it can."""
    if network.open_to_others() or network.named_hosts():
        return _(
            "This app is already open to others, so no second door is opened. Open its address on the phone and sign "
            "in there as on this computer."
        )
    if not network.visitor_is_here():
        return _("Only somebody at the computer that runs the app can open it to a phone.")
    if own_address() is None:
        return _(
            "This computer has no network. Connect it to the Wi-Fi of the phone, or name its address in {variable}.",
            variable=VARIABLE,
        )
    return None


def own_address() -> str | None:
    """Of this computer in its network. Found without asking anybody."""
    found = os.environ.get(VARIABLE) or net_util.get_internal_ip()
    return found if found and found != "127.0.0.1" else None


def who(opened: Store) -> Person | None:
    """For whom the phone would act: the person at this page; None without a sign-in.

    Raises RefusedError where a sign-in is wanted and the store acts for nobody: then nothing is opened.
    """
    if isinstance(opened.someone, Person):
        return opened.someone
    if signin.wanted() or opened.someone is not None:
        raise RefusedError(_("Sign in first."))
    return None


def _mine(opened: Store, live: RunningLive) -> tuple[str, str | None]:
    person = who(opened)
    return live.id, person.id if person else None


def show(opened: Store, live: RunningLive) -> None:
    """Opt-in: nothing listens on the network until the button is pressed."""
    with st.popover(_("Open on a phone"), icon=":material/qr_code_2:", key=pad.key("phone", live)):
        reason = why_not()
        if reason:
            st.caption(escape(reason))
            return
        mine = _mine(opened, live)
        offer = _offers.get(mine)
        ended = offer.process.poll() if offer else None
        if offer is None or ended is not None:
            if ended == child.TOO_MANY_WRONG:
                words = _("It was closed after {number} wrong codes.", number=door.MOST_WRONG)
                st.warning(words, icon=":material/block:")
            elif ended is not None:
                st.caption(_("The phone's page has ended."))
            st.markdown(
                _(
                    "The phone shows this LIVE only, after a code. Whoever is in the same network can try the code, "
                    "and what is sent is not encrypted: do it at home, not in a café."
                )
            )
            st.button(_("Open it"), key=pad.key("phone_open", live), type="primary", on_click=begin,
                      args=(opened, live))  # fmt: skip
            return
        st.image(segno.make(offer.url).svg_data_uri(scale=6, border=2), width=128)
        st.markdown(_("Scan it, or type this address on the phone:"))
        st.code(offer.url, language=None)
        st.markdown(_("Then the code:"))
        with st.container(key="phone_code_shown"):
            st.code(offer.code, language=None)
        st.caption(_("The code lets one phone in. The page ends with the LIVE."))
        with st.container(horizontal=True):
            st.button(_("New code"), key=pad.key("phone_code", live), on_click=another, args=(offer,))
            st.button(_("Close it"), key=pad.key("phone_close", live), on_click=stop, args=(mine,))


def begin(opened: Store, live: RunningLive) -> None:
    address, person, mine = own_address(), who(opened), _mine(opened, live)
    with _lock:
        known = _offers.get(mine)
        if address is None or (known and known.process.poll() is None):
            return
        try:
            port, code = starting.free_port(address), door.new_code()
            setup = {"code": code, "shop": live.shop_id, "live": live.id, "db": shop.address(), "address": address,
                    "port": port, "person": asdict(person) if person else None}  # fmt: skip
            _offers[mine] = Offer(starting.start(setup), address, port, code)
        except OSError as error:
            why = _(
                "The phone's page could not be opened at {address} ({reason}). Name another address of this computer "
                "in {variable}.",
                address=address, reason=error.strerror, variable=VARIABLE,
            )  # fmt: skip
            notices.refused(why, title=_("Not opened"))


def another(offer: Offer) -> None:
    """A code for one more phone."""
    code = door.new_code()
    try:
        assert offer.process.stdin
        offer.process.stdin.write(json.dumps({"code": code}).encode() + b"\n")
        offer.process.stdin.flush()
        offer.code = code
    except OSError:
        notices.refused(_("The phone's page has ended. Open it again."), title=_("No new code"))


def stop(mine: tuple[str, str | None]) -> None:
    with _lock:
        offer = _offers.pop(mine, None)
    if offer:
        starting.stop(offer.process)
        offer.process.poll()
