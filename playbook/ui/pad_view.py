"""The event pad: one tap for each thing done during the LIVE. No export carries these moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from .. import formats
from ..pads import SPANS, Pad, Tap, saved
from ..report import sentences
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


def show() -> None:
    pad: Pad | None = st.session_state[state.PAD]
    if pad is None:
        start_or_continue()
    else:
        head(pad)
        buttons(pad)
        log(pad)


def now() -> datetime:
    """The shop's wall clock; this computer's where the shop has no time zone."""
    owner = shop.current()
    moment = datetime.now(UTC)
    local = owner.wall_clock(moment) if owner else moment.astimezone().replace(tzinfo=None)
    return local.replace(microsecond=0)


def start_or_continue() -> None:
    st.markdown(
        "Tap what happens: pins, flash sales, giveaways, violations. The review puts these moments beside the dips, "
        "because no export holds them. Every tap is saved on this computer at once."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ago = st.number_input("It began, minutes ago", min_value=0, max_value=720, value=0, key="pad_ago", width=200)
        if st.button("Start the pad", type="primary", icon=":material/play_arrow:", key="pad_start"):
            keep(Pad(now() - timedelta(minutes=ago or 0)))
            st.rerun()
    kept = saved()
    if kept:
        st.subheader("Earlier pads", anchor=False)
    for pad in kept[:20]:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(f"{pad.start:%a} {sentences.day(pad.start)}, {pad.start:%H:%M} · {len(pad.taps)} events")
            if st.button("Go on", key=f"go_on_{pad.path.stem}", icon=":material/edit:"):
                st.session_state[state.PAD] = pad
                st.rerun()
            st.download_button(
                "Download", pad.text(), pad.path.name, "text/csv", key=f"get_{pad.path.stem}", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip


@st.fragment(run_every=10)
def clock(start: datetime) -> None:
    """The time of the LIVE, kept going without a rerun of the page."""
    passed = (now() - start).total_seconds() / 60
    st.metric("Time of the LIVE", formats.clock(passed), delta=f"began {start:%H:%M}", delta_color="off",
              delta_arrow="off")  # fmt: skip


def head(pad: Pad) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        clock(pad.start)
        st.button("Undo", icon=":material/undo:", on_click=keep, args=(pad.undone(),), disabled=not pad.taps,
                  key="pad_undo", shortcut="Ctrl+Z")  # fmt: skip
        if st.button("The LIVE is over", icon=":material/stop:", key="pad_stop"):
            st.session_state[state.PAD] = None
            st.rerun()
    products = sorted({each.product for each in pad.taps if each.product} | set(known_products()))
    st.selectbox(
        "Product (for pins and sales)", products, index=None, accept_new_options=True, key="pad_product",
        placeholder="Choose or type a product",
    )  # fmt: skip
    st.text_input("Note for the next tap (optional)", key="pad_note", max_chars=120)


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


def keep(pad: Pad) -> None:
    """On disk first, then on screen."""
    try:
        pad.save()
    except OSError as error:
        st.session_state[state.PAD_TROUBLE] = (
            f"{pad.path} cannot be written ({error.strerror}). Download the pad below."
        )
    else:
        st.session_state[state.PAD_TROUBLE] = None
    st.session_state[state.PAD] = pad


def log(pad: Pad) -> None:
    """Newest first; what lasts has a button for its end."""
    if st.session_state[state.PAD_TROUBLE]:
        st.error(st.session_state[state.PAD_TROUBLE], icon=":material/error:")
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
        "Download the events", pad.text(), pad.path.name, "text/csv", icon=":material/download:", key="pad_download",
        on_click="ignore",
    )  # fmt: skip


def _end(pad: Pad, index: int) -> None:
    keep(pad.ended(index, now()))
