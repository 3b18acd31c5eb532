"""A link to one review, made and withdrawn by whoever may share it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from playbook import formats
from playbook.language import _, ngettext
from playbook.model.session import Session
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.store.links import DAYS, MOST_DAYS
from playbook.store.store import Store
from playbook.ui.frame import asking, keys, notices, rights, shop, signin
from playbook.ui.frame.escape import escape

#: The parameter of such a link's address.
PARAMETER = "shared"
#: The address of the link that was just made for a LIVE; it is shown once.
MADE = "link_made"


def offer(opened: Store, shop_id: str, session: Session) -> None:
    """Under a review: make a link to it, and withdraw those that there are. Only where people sign in."""
    if not signin.wanted() or not rights.may(Role.coach, shop_id):
        return
    made = keys.of_live(MADE, shop_id, session.id)
    with st.expander(_("Share this review"), icon=":material/link:", key=keys.of_live("share", shop_id, session.id)):
        st.markdown(_("Whoever has the link sees this review, without a sign-in, and nothing else of the shop."))
        days = keys.of_live("share_days", shop_id, session.id)
        st.number_input(_("Days"), min_value=1, max_value=MOST_DAYS, value=DAYS, key=days, width=160)
        st.button(
            _("Make a link"), type="primary", icon=":material/add_link:",
            key=keys.of_live("share_make", shop_id, session.id),
            on_click=_make, args=(opened, shop_id, session.id, days, made),
        )  # fmt: skip
        if st.session_state.get(made):
            st.markdown(_("Copy it now; it is not shown again."))
            st.code(st.session_state[made], language=None, wrap_lines=True)
        for each in opened.links.listed(shop_id):
            if each.session_id == session.id and each.state == "open":
                with st.container(horizontal=True, vertical_alignment="center"):
                    until = sentences.day(shop.local(each.until))
                    st.caption(escape(_("By {person}, until {day}", person=each.made_by, day=until)))
                    asking.remove(
                        _("Withdraw"), _("Withdraw this link"), keys.of_shop(f"withdraw_{each.id}", shop_id),
                        partial(opened.links.withdraw, each.id), _("Withdrawn"), icon=":material/link_off:",
                    )  # fmt: skip


def _make(opened: Store, shop_id: str, session_id: str, days: str, made: str) -> None:
    def act() -> None:
        fresh = opened.links.make(shop_id, session_id, int(st.session_state[days]))
        st.session_state[made] = f"{signin.home()}?{PARAMETER}={fresh}"

    lasting = int(st.session_state[days])
    said = ngettext("A link for {count} day", "A link for {count} days", lasting, count=formats.count(lasting))
    notices.attempt(act, said)
