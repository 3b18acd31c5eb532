"""Slides for a client: whose they are, of what, and the file."""

from __future__ import annotations

from functools import partial

import streamlit as st

from playbook.pipeline import Review
from playbook.plans.plan import Plan
from playbook.report.deck import DeckLook, as_deck, month_deck
from playbook.report.deck.look import COLOUR
from playbook.report.deck.slides import MISSING, installed, picture_is_fine
from playbook.report.unprintable import Unprintable
from playbook.report.words import naming
from playbook.ui.files import loading
from playbook.ui.frame import keys, shop
from playbook.ui.frame.escape import escape

TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def offer(review: Review, plan: Plan | None, whose: str, *, sample: bool) -> None:
    """A popover beside the other downloads; what is typed there stays for the visit."""
    with st.popover("Slides", icon=":material/slideshow:", width="content"):
        if not installed():
            st.markdown(escape(MISSING))
            return
        owner = shop.current()
        here = owner.id if owner else None
        saved = None if sample else loading.of_shop()
        start = review.session.start
        monthly = saved is not None and start is not None
        of = st.segmented_control(
            "Of", ["This LIVE", "Its month"], default="This LIVE", required=True, key=keys.of_shop("slides_of", here)
        ) if monthly else "This LIVE"  # fmt: skip
        agency = st.text_input("Your agency's name", key=keys.of_shop("slides_agency", here), max_chars=60)
        colour = st.color_picker("Colour", f"#{COLOUR}", key=keys.of_shop("slides_colour", here))
        logo = st.file_uploader("Logo", type=["png", "jpg", "jpeg"], key=keys.of_shop("slides_logo", here))
        look = DeckLook((agency or "").strip(), colour.lstrip("#"), logo.getvalue() if logo else None)
        if of == "Its month" and saved is not None and start is not None:
            kind, about = f"month_{start:%Y-%m}", None
            make = partial(month_deck, whose, start.date(), tuple(saved.sessions), look,
                           figures=saved.reader.account(saved.shop_id),
                           closed=saved.reader.closed_months(saved.shop_id))  # fmt: skip
        else:
            kind, about = "slides", review.session
            make = partial(as_deck, review, plan, whose, look)
        if look.logo is not None and not _shown(look.logo):
            return
        st.download_button(
            "Download the slides", make, naming.file_name(kind, "pptx", whose, about), TYPE, key="slides_download",
            icon=":material/download:", on_click="ignore",
            help="PowerPoint; LibreOffice and Keynote open it too. Charts can be edited.",
        )  # fmt: skip


def _shown(logo: bytes) -> bool:
    """Whether slides can hold the picture; said before the click, for a file that fails says nothing."""
    try:
        picture_is_fine(logo)
    except Unprintable as error:
        st.error(escape(str(error)), icon=":material/error:")
        return False
    return True
