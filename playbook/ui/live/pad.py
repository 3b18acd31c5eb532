"""The event pad: one tap for each thing done during the LIVE. No export carries these moments."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import streamlit as st

from playbook import formats
from playbook.language import N_, _, ngettext, pgettext
from playbook.model.running import END, SPANS, RunningLive, Tap, latest
from playbook.report.words import during, naming
from playbook.spreadsheet import harmless
from playbook.store.access import Role
from playbook.store.store import Store
from playbook.ui.frame import keys, notices, rights, shop
from playbook.ui.frame.escape import escape

from . import line, taps

#: Event type: icon, key on the keyboard.
BUTTONS = {
    "pin": (":material/push_pin:", "p"),
    "unpin": (":material/keep_off:", "u"),
    "flash_sale": (":material/bolt:", "f"),
    "giveaway": (":material/redeem:", "g"),
    "billboard": (":material/featured_play_list:", "b"),
    "coupon": (":material/confirmation_number:", "k"),
    "ad": (":material/campaign:", "a"),
    "violation": (":material/gpp_maybe:", "v"),
    "script": (":material/record_voice_over:", "s"),
    "host_change": (":material/swap_horiz:", "h"),
    "other": (":material/more_horiz:", "o"),
}
DEVICES = {"phone": N_("phone"), "tablet": N_("tablet"), "computer": N_("computer")}


#: The latest this many events are listed: to draw hundreds anew after each tap takes seconds.
LISTED = 12


def key(name: str, live: RunningLive) -> str:
    """The key of what belongs to this LIVE on air."""
    return keys.of_live(name, live.shop_id, live.id)


def now(live: RunningLive) -> datetime:
    """The time by the clock of this LIVE."""
    return live.clock(datetime.now(UTC)).replace(microsecond=0)


def device() -> str:
    """What a row says of where it was tapped."""
    agent = st.context.headers.get("User-Agent") or ""
    if "iPad" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    return "phone" if "Mobile" in agent else "computer"


def device_words(name: str) -> str:
    """A device as people read it; what another version wrote stays."""
    return _(DEVICES[name]) if name in DEVICES else name


def show(opened: Store, live: RunningLive) -> None:
    """The pad of a LIVE on air: what the next tap is about, the buttons, a way back."""
    with st.container():  # always there: what comes and goes must not take the place of the buttons
        unsaved(opened, live)
    subject(live)
    buttons(opened, live)
    last = latest(live.taps)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Note for the next tap (optional)"), key=key("pad_note", live), max_chars=120)
        st.button(_("Undo the last tap"), icon=":material/undo:", on_click=undo, args=(opened, live, last),
                  disabled=last is None, key=key("pad_undo", live),
                  shortcut="Ctrl+Z" if device() == "computer" else None)  # fmt: skip


def subject(live: RunningLive) -> None:
    products = sorted({each.product for each in live.taps if each.product} | set(known_products()))
    st.selectbox(
        _("Product (for pins and sales)"), products, index=None, accept_new_options=True, key=key("pad_product", live),
        placeholder=_("Choose or type a product"),
    )  # fmt: skip


def known_products() -> list[str]:
    """Products of the shop's last LIVEs."""
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None:
        return []
    names = [each.name for live in opened.history(owner.id, limit=3) for each in live.products if each.name]
    return list(dict.fromkeys(names))


def buttons(opened: Store, live: RunningLive) -> None:
    """What the browser sent before is confirmed here, once the store has it."""
    drawn = [
        {
            "kind": kind,
            "label": during.event(kind),
            "letter": letter,
            "icon": icon.removeprefix(":material/").rstrip(":"),
        }
        for kind, (icon, letter) in BUTTONS.items()
    ]
    not_yet = {each.id for each in line.of(live).taps}
    stored = [each.id for each in _sent(live) if each.id not in not_yet]
    taps.pad(live.id, drawn, stored, key=key("pad_taps", live), on_change=lambda: receive(opened, live))


def _sent(live: RunningLive) -> list[taps.Pressed]:
    return taps.pressed(typed().get(key("pad_taps", live)), tuple(BUTTONS))


def receive(opened: Store, live: RunningLive) -> bool:
    """Store what the browser sent, each tap once by its id, and what waits. Whether there was something to store.

    It is looked at when it comes in and again in each run: a run that is cut by the next tap loses nothing.
    """
    mine = line.of(live)
    fresh = [each for each in _sent(live) if each.id not in mine.taken]
    mine.take(_taps(live, fresh))
    ready = mine.ready(bool(fresh))
    if ready:
        mine.store(opened, live)
    if fresh:
        st.session_state[key("pad_note", live)] = ""
    return ready


def _taps(live: RunningLive, fresh: list[taps.Pressed]) -> list[Tap]:
    """With the product and the note that stand in the fields; the note is for the first one."""
    fields = typed()
    product = str(fields.get(key("pad_product", live)) or "") or None
    note = str(fields.get(key("pad_note", live)) or "").strip() or None
    made = []
    for each in fresh:
        wants_product = each.kind in ("pin", "unpin", "flash_sale", "coupon")
        detail = note if each.kind == "violation" else None
        at = (live.clock(datetime.now(UTC)) - timedelta(seconds=each.ago)).replace(microsecond=0)
        made.append(Tap(max(at, live.start), each.kind, product if wants_product else None, detail,
                        None if detail else note, who=device(), id=each.id))  # fmt: skip
        note = None
    return made


def typed() -> dict[str, object]:
    """All that stands in fields, for callbacks.

    `st.session_state[key]` ends a callback when the next click is already there, and what was tapped would be lost;
    this look does not. So a callback looks here, stores, and only then writes to the session state.
    """
    return {str(name): value for name, value in st.session_state.to_dict().items()}


def undo(opened: Store, live: RunningLive, last: Tap) -> None:
    """Exactly the tap that was shown as the last: another device may have tapped or undone since."""
    if not line.of(live).drop(last):
        notices.attempt(lambda: opened.running.undo(live.id, last.id))


def keep(opened: Store, live: RunningLive, *made: Tap) -> None:
    """In the store first, then on screen. What cannot be stored now waits as long as the visit and is tried again."""
    mine = line.of(live)
    mine.take(made)
    mine.store(opened, live)


def with_waiting(live: RunningLive) -> RunningLive:
    """The LIVE with what was tapped here and is not in the store yet."""
    return line.of(live).beside(live)


def unsaved(opened: Store, live: RunningLive) -> None:
    """Says what is not in the store yet and why, until it is."""
    mine = line.of(live)
    trouble, left = mine.trouble, len(mine.taps)
    if not trouble or not left:
        return
    waiting = ngettext(
        "{number} tap waits on this page only: download the events before you close it.",
        "{number} taps wait on this page only: download the events before you close it.",
        left, number=formats.count(left),
    )  # fmt: skip
    st.error(f"{escape(trouble)} {waiting}", title=_("Not saved yet"), icon=":material/error:")
    st.button(_("Try again"), key=key("pad_again", live), icon=":material/refresh:", on_click=keep,
              args=(opened, live))  # fmt: skip
    mine.shown_at = mine.shown_at or time.monotonic()


def log(opened: Store, live: RunningLive) -> None:
    """Newest first; what lasts has a button for its end."""
    spans = live.spans()
    if not spans:
        st.caption(_("Nothing tapped yet."))
        return
    several = len({each.who for each in live.taps}) > 1
    for each, end in reversed(spans[-LISTED:]):
        words = [during.event(each.type), *filter(None, (each.product, each.detail, each.note))]
        if several and each.who:
            words.append(device_words(each.who))
        began, until = f"{each.at:%H:%M}", f"{end:%H:%M}" if end else ""
        clock = _("{start} to {end}", start=began, end=until) if end else began
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{BUTTONS[each.type][0]} **{formats.clock(live.minute(each.at))}** "
                f":gray[{clock}] {escape(' · '.join(words))}"
            )
            if end is None and each.type in SPANS and rights.may(Role.host, live.shop_id):
                st.button(
                    pgettext("button: it is over", "End"),
                    key=key(f"pad_end_{each.id}", live),
                    on_click=end_of,
                    args=(opened, live, each),
                )
    if len(spans) > LISTED:
        more = len(spans) - LISTED
        st.caption(
            ngettext(
                "And {number} earlier event; the download has them all.",
                "And {number} earlier events; the download has them all.",
                more, number=formats.count(more),
            )
        )  # fmt: skip
    st.download_button(
        _("Download the events"), live.events_csv(harmless), download_name(opened, live), "text/csv",
        icon=":material/download:", key=key("pad_download", live), on_click="ignore",
    )  # fmt: skip


def download_name(opened: Store, live: RunningLive) -> str:
    """Of its events: whose they are and of which LIVE."""
    return naming.file_name("events", "csv", opened.shop(live.shop_id).name, at=live.start)


def end_of(opened: Store, live: RunningLive, each: Tap) -> None:
    keep(opened, live, Tap(now(live), END, ends=each.id, who=device()))
