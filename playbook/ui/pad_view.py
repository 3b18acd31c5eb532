"""The event pad: one tap for each thing done during the LIVE. No export carries these moments."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from .. import formats
from ..live_log import Log
from ..pads import SPANS, Pad, Tap, begun
from ..spreadsheet import harmless
from . import shop, state
from .escape import escape

#: Event type: label, icon, key on the keyboard.
BUTTONS = {
    "pin": ("Pin", ":material/push_pin:", "p"),
    "unpin": ("Unpin", ":material/keep_off:", "u"),
    "flash_sale": ("Flash sale", ":material/bolt:", "f"),
    "giveaway": ("Giveaway", ":material/redeem:", "g"),
    "billboard": ("Billboard", ":material/featured_play_list:", "b"),
    "coupon": ("Coupon", ":material/confirmation_number:", "k"),
    "ad": ("Ad", ":material/campaign:", "a"),
    "violation": ("Violation", ":material/gpp_maybe:", "v"),
    "script": ("Script", ":material/record_voice_over:", "s"),
    "host_change": ("Host change", ":material/swap_horiz:", "h"),
    "other": ("Other", ":material/more_horiz:", "o"),
}


def show(pad: Pad) -> None:
    """The pad of the LIVE that runs."""
    head(pad)
    buttons(pad)
    log(pad)


def now() -> datetime:
    """The shop's wall clock; this computer's where the shop has no time zone."""
    owner = shop.current()
    moment = datetime.now(UTC)
    local = owner.wall_clock(moment) if owner else moment.astimezone().replace(tzinfo=None)
    return local.replace(microsecond=0)


def head(pad: Pad) -> None:
    """What the next tap is about, and a way back from the last one."""
    products = sorted({each.product for each in pad.taps if each.product} | set(known_products()))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Product (for pins and sales)", products, index=None, accept_new_options=True, key="pad_product",
            placeholder="Choose or type a product", width=320,
        )  # fmt: skip
        st.text_input("Note for the next tap (optional)", key="pad_note", max_chars=120, width=320)
        st.button("Undo the last tap", icon=":material/undo:", on_click=keep, args=(pad.undone(),),
                  disabled=not pad.taps, key="pad_undo", shortcut="Ctrl+Z")  # fmt: skip


def known_products() -> list[str]:
    """Products of the shop's last LIVEs."""
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None:
        return []
    names = [each.name for live in opened.history(owner.id, limit=3) for each in live.products if each.name]
    return list(dict.fromkeys(names))


def buttons(pad: Pad) -> None:
    with st.grid(4, min_column_width=150):
        for kind, (label, icon, key) in BUTTONS.items():
            st.button(
                label, key=f"pad_{kind}", icon=icon, width="stretch", on_click=tap, args=(pad, kind), shortcut=key
            )


def tap(pad: Pad, kind: str) -> None:
    product = st.session_state.get("pad_product")
    note = (st.session_state.get("pad_note") or "").strip() or None
    wants_product = kind in ("pin", "unpin", "flash_sale", "coupon")
    detail, note = (note, None) if kind == "violation" else (None, note)
    keep(pad.tapped(Tap(now(), kind, product if wants_product else None, detail, note)))
    st.session_state["pad_note"] = ""


def current(start: datetime) -> Pad:
    """The pad of the LIVE that began then: with taps that could not be written, else as it stands on disk."""
    unsaved: Pad | None = st.session_state[state.UNSAVED_PAD]
    return unsaved if unsaved is not None and unsaved.start == start else begun(start)


def keep(pad: Pad) -> None:
    """On disk first, then on screen; what could not be written lasts as long as the visit."""
    saved = write(pad, "Download the events below before you close this page.")
    st.session_state[state.UNSAVED_PAD] = None if saved else pad


def write(record: Pad | Log, otherwise: str) -> bool:
    """Save, and remember for the top of the page why that failed and what to do then."""
    try:
        record.save()
    except OSError as error:
        st.session_state[state.PAD_TROUBLE] = f"{record.path} cannot be written ({error.strerror}). {otherwise}"
        return False
    st.session_state[state.PAD_TROUBLE] = None
    return True


def log(pad: Pad) -> None:
    """Newest first; what lasts has a button for its end."""
    if not pad.taps:
        st.caption("Nothing tapped yet. The letters p, f, g, v and so on work too.")
        return
    for index in reversed(range(len(pad.taps))):
        each = pad.taps[index]
        offset = formats.clock((each.at - pad.start).total_seconds() / 60)
        words = [BUTTONS[each.type][0], *filter(None, (each.product, each.detail, each.note))]
        until = f" to {each.end:%H:%M}" if each.end else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{BUTTONS[each.type][1]} **{offset}** :gray[{each.at:%H:%M}{until}] {escape(' · '.join(words))}"
            )
            if each.end is None and each.type in SPANS:
                st.button("End", key=f"pad_end_{index}", on_click=_end, args=(pad, index))
    st.download_button(
        "Download the events", pad.text(harmless), pad.path.name, "text/csv", icon=":material/download:",
        key="pad_download", on_click="ignore",
    )  # fmt: skip


def _end(pad: Pad, index: int) -> None:
    keep(pad.ended(index, now()))
