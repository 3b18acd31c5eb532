"""Make this my change: any strategy becomes the plan of the next LIVE, from wherever it is read."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from playbook.knowledge.strategies import Strategy
from playbook.language import _
from playbook.plans import kept as kept_plans
from playbook.plans.plan import TooManyPlans, opened, plan_for
from playbook.store.access import Role
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, rights, shell, shop


def offer(strategy: Strategy) -> None:
    """The button, or that it is the change already; nothing without a saved LIVE or the right to plan."""
    saved, owner = loading.of_shop(), shop.current()
    if saved is None or owner is None or shop.store() is None or not any(each.start for each in saved.sessions):
        return
    if strategy.watch.metric not in saved.knowledge.metrics or not rights.may(Role.coach, owner.id):
        return
    with st.container(key=f"make_change_{strategy.id}"):
        if any(each.plan.strategy == strategy.id and each.plan.status == "open" for each in saved.judged_plans):
            st.markdown(_(":material/flag: **Your change for the next LIVE**"))
            shell.link("next_live.py", _("Its plan"), icon=":material/arrow_forward:")
        else:
            st.button(
                _("Make this my change"), key=keys.of_shop(f"take_{strategy.id}", owner.id), icon=":material/flag:",
                on_click=take, args=(strategy.id, owner.id),
            )  # fmt: skip


def take(strategy_id: str, shop_id: str) -> None:
    """Write the plan down, in a callback; a refusal says why at the top of the page."""
    store, saved = shop.store(), loading.of_shop()
    if store is None or saved is None or saved.shop_id != shop_id:
        return
    strategy = saved.knowledge.strategies[strategy_id]
    lives = [each for each in saved.sessions if each.start is not None]
    plan = plan_for(strategy, lives, saved.knowledge.metrics, datetime.now(UTC))
    try:
        chosen = opened(plan, [each.plan for each in saved.judged_plans])
    except TooManyPlans as error:
        notices.refused(str(error))
        return
    said = _("{title}: your change for the next LIVE", title=strategy.title)
    notices.attempt(lambda: kept_plans.save(store, shop_id, chosen, saved.judged_plans), said)
