"""What is known of all shops: kept by the store, and worked out for a moment in each run until nothing is missing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from playbook.desk import glance, needs
from playbook.desk.needs import ShopNeed
from playbook.language import ngettext
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import once, paths, shop

#: Of each run so many seconds are for shops that have to be worked out.
MOMENT = 1.0
#: How many shops were missing when the fragment was first drawn.
BEGAN = "desk_began"


@once.a_run
def all_shops() -> tuple[ShopNeed, ...]:
    """Every shop, those that need somebody first; what has not been worked out comes last."""
    opened = shop.store()
    if opened is None:
        return ()
    return _needs(opened, MOMENT)


def missing(every: Sequence[ShopNeed]) -> int:
    """How many shops have not been worked out yet."""
    return sum(each.glance is None for each in every)


def _needs(opened: Store, seconds: float) -> tuple[ShopNeed, ...]:
    lines = opened.glanced()
    ends = time.monotonic() + seconds
    found = glance.glances(opened, lines, paths.own_playbook, lambda: time.monotonic() < ends)
    now, out = datetime.now(UTC), loading.left_out()
    return tuple(needs.by_need([needs.need(each, found.get(each.shop.id), now, out) for each in lines]))


@st.fragment(run_every=1.0)
def go_on(left: int, shops: int) -> None:
    """While shops are missing: work some more out, and draw the page anew with what there is."""
    said = ngettext(
        "{done} of {count} shops worked out. They are kept: the next look is quick.",
        "{done} of {count} shops worked out. They are kept: the next look is quick.",
        shops, done=shops - left, count=shops,
    )  # fmt: skip
    st.progress(1 - left / shops, said)
    opened = shop.store()
    if opened is None:
        return
    if st.session_state.get(BEGAN) == left:  # the first run of the fragment comes with the page's own
        _needs(opened, 2 * MOMENT)
        st.session_state[BEGAN] = None
        st.rerun()
    st.session_state[BEGAN] = left
