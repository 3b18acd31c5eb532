"""All shops on one page, for somebody who coaches several."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from playbook.diagnosis.over_lives.weekly import DAYS
from playbook.report.words import opening, sentences
from playbook.store.records import ShopLine
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import keys, shop
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import saved


def show() -> None:
    opened = shop.store()
    if opened is None:
        return
    for line in opened.overview():
        with st.container(border=True, key=f"shop_{line.shop.id}"):
            one_shop(opened, line)


def one_shop(opened: Store, line: ShopLine) -> None:
    """Last LIVE, its sentence, weak metrics, whether a look is due."""
    st.markdown(f"**{escape(line.shop.name)}**")
    if line.last is None:
        st.caption("No LIVE yet.")
        return
    figures = shop.figures(opened.benchmarks(line.shop.id))
    found = saved(opened, line.shop.id, loading.knowledge(), figures, loading.left_out()).review(line.last.id)
    last = found.session
    st.caption(escape(f"{line.sessions} LIVEs, {line.not_reviewed} not looked at · last: {sentences.when(last)}"))
    st.markdown(escape(opening.headline(found)))
    weak = [found.knowledge.metrics[each.metric].label for each in sentences.below(found)]
    with st.container(horizontal=True):
        for label in weak[:4]:
            st.badge(label, icon=":material/trending_down:", color="red")
        if overdue(opened, line):
            st.badge("weekly look due", icon=":material/event_upcoming:", color="orange")
    now = shop.current()
    if now is None or now.id != line.shop.id:
        st.button(
            "Switch to this shop", key=keys.of_shop("switch", line.shop.id), on_click=shop.choose, args=(line.shop.id,)
        )


def overdue(opened: Store, line: ShopLine) -> bool:
    """Seven days without a weekly look; until the first one, without a review that was opened."""
    looked = line.shop.looked_at or max(opened.reviewed(line.shop.id).values(), default=None)
    return looked is None or (datetime.now(UTC) - looked).days >= DAYS
