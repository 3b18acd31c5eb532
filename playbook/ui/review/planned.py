"""What was planned for this LIVE: was it done, and what the LIVEs since say of it, before any new advice."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from playbook.language import N_, _
from playbook.model.session import Session
from playbook.pipeline import Review
from playbook.plans.kept import Kept, split
from playbook.report.words import plans
from playbook.store.access import Role
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, rights, shop
from playbook.ui.frame.escape import escape

ANSWERS = {True: N_("Yes"), False: N_("No")}


def show(review: Review) -> None:
    """Nothing for a LIVE that is not saved, or before which no change was planned."""
    saved, owner, session = loading.of_shop(), shop.current(), review.session
    if saved is None or owner is None or not loading.is_kept(session.id):
        return
    for each in of_live(saved.judged_plans, saved.sessions, session.id):
        with st.container(border=True, key=f"planned_{each.plan.id}"):
            st.markdown(_("**Planned for this LIVE: {title}**", title=escape(each.plan.title)))
            if rights.may(Role.host, owner.id):
                box = keys.of_live(f"was_done_{each.plan.id}", owner.id, session.id)
                seen = st.session_state[box] = each.done.get(session.id)
                st.segmented_control(
                    _("Was it done?"), list(ANSWERS), format_func=lambda each: _(ANSWERS[each]), key=box,
                    on_change=answer,
                    args=(owner.id, each.plan.id, session.id, box, seen), help=_("You may change the answer later."),
                )  # fmt: skip
            if each.outcome:
                st.markdown(escape(plans.outcome_sentence(each.outcome, review.knowledge, session.currency)))


def of_live(kept: Sequence[Kept], sessions: Sequence[Session], session_id: str) -> list[Kept]:
    """The plans under which a LIVE was held: open ones made before it, and judged ones answered for it."""
    return [
        each
        for each in kept
        if (each.plan.status == "open" and session_id in {live.id for live in split(each.plan, sessions)[1]})
        or (each.plan.status == "judged" and session_id in each.done)
    ]


def answer(shop_id: str, plan_id: str, session_id: str, box: str, seen: bool | None) -> None:
    """Keep the answer in place of the one that was seen; none chosen takes it back."""
    store = shop.store()
    if store is not None:
        done = st.session_state[box]
        notices.act(lambda: store.answer_plan(shop_id, plan_id, session_id, done, seen=seen), _("Noted"))
