"""What the next LIVE may bring by its day, hour, length and host; a target against it; LIVEs that a change needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

import streamlit as st

from playbook import formats
from playbook.diagnosis.baseline.ahead import LiveAhead, Outlook, ahead, usual_next
from playbook.language import _, pgettext
from playbook.plans.plan import lives_needed
from playbook.report.words import ahead as words
from playbook.store.access import Role
from playbook.store.records import Shop
from playbook.store.store import Store
from playbook.ui.frame import keys, notices, once, rights
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import Saved

#: Changes (as fractions) for which the number of LIVEs is told.
SIZES = (0.1, 0.2, 0.3, 0.5)
_LONGEST = 24.0


def show(store: Store, saved: Saved, owner: Shop) -> None:
    """Above the choice of the one change: what to expect, and what is to be reached."""
    planned = usual_next(saved.sessions, owner.wall_clock(datetime.now(UTC)).replace(tzinfo=None))
    if planned is None:
        return
    st.header(_("What to expect"), anchor=False)
    live = asked(saved, owner, planned)
    found = once.of(saved, outlook, live)
    with st.container(key="outlook"):
        for name, each in found.items():
            st.markdown(escape(words.outlook_line(each, saved.knowledge.metrics[name], currency_of(saved, owner))))
    targets(store, saved, owner, live, found)
    with st.expander(_("How many LIVEs a change of your own needs"), icon=":material/query_stats:"):
        effort(saved, owner)


def currency_of(saved: Saved, owner: Shop) -> str | None:
    return saved.sessions[-1].currency or owner.currency


def outlook(saved: Saved, live: LiveAhead) -> dict[str, Outlook]:
    return ahead(live, saved.sessions, saved.knowledge.metrics)


def asked(saved: Saved, owner: Shop, planned: LiveAhead) -> LiveAhead:
    """Day, hour, length and host, as usual until somebody says otherwise."""
    hosts = sorted({each.host for each in saved.sessions if each.host})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        on = st.date_input(_("Day"), planned.start.date(), format=formats.typed_day(),
                           key=keys.of_shop("ahead_day", owner.id), width=150)  # fmt: skip
        at = st.time_input(
            pgettext("when it begins", "Start"), planned.start.time(), key=keys.of_shop("ahead_start", owner.id),
            width=120, step=timedelta(minutes=30),
        )  # fmt: skip
        hours = st.number_input(_("Hours"), 0.5, _LONGEST, planned.hours, 0.5, width=140,
                                key=keys.of_shop("ahead_hours", owner.id))  # fmt: skip
        host = None
        if len(hosts) > 1:
            usual = hosts.index(planned.host) if planned.host in hosts else None
            host = st.selectbox(_("Host"), hosts, usual, key=keys.of_shop("ahead_host", owner.id), width=180,
                                placeholder=_("Not known yet"))  # fmt: skip
    start = datetime.combine(on or planned.start.date(), at or planned.start.time())
    return LiveAhead(start, float(hours), host)


def targets(store: Store, saved: Saved, owner: Shop, live: LiveAhead, found: Mapping[str, Outlook]) -> None:
    """The targets that stand, how likely each is, and another one. One that a LIVE has begun with is used up."""
    on_air = store.running.on_air(owner.id)
    began = [each.start for each in saved.sessions] + ([on_air.start] if on_air else [])
    known, coaches = store.targets(owner.id), rights.may(Role.coach, owner.id)
    standing = {name: each for name, each in known.items() if name in found and not each.used_up(owner, began)}
    currency = currency_of(saved, owner)
    for name, each in standing.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"target_{name}"):
            said = words.chance_line(found[name], each.value, saved.knowledge.metrics[name], currency)
            st.markdown(f":material/target: {escape(said)}")
            if coaches:
                st.button(_("Take the target back"), key=keys.of_shop(f"no_target_{name}", owner.id), type="tertiary",
                          on_click=notices.act, args=(partial(store.set_target, owner.id, name, None),))  # fmt: skip
    asked = [name for name, each in found.items() if coaches and each.usual is not None]
    if not asked:
        return
    fields = {name: keys.of_shop(f"target_{name}", owner.id) for name in asked}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name, field in fields.items():
            metric = saved.knowledge.metrics[name].short
            if name == "gmv" and currency:
                label = _("Target for {metric} in {currency}", metric=metric, currency=currency)
            else:
                label = _("Target for {metric}", metric=metric)
            st.number_input(
                escape(label), min_value=0.0, value=None, key=field, width=220,
                placeholder=formats.count(round(found[name].usual or 0)),
            )  # fmt: skip
        st.button(_("Set the target"), key=keys.of_shop("set_target", owner.id), icon=":material/target:",
                  on_click=keep, args=(store, owner.id, fields, live.hours))  # fmt: skip
    st.caption(_("It is shown during the next LIVE, beside what has come in."))


def keep(store: Store, shop_id: str, fields: Mapping[str, str], hours: float) -> None:
    for name, field in fields.items():
        if typed := st.session_state.get(field):
            notices.attempt(partial(store.set_target, shop_id, name, float(typed), hours), _("Target set"))


def effort(saved: Saved, owner: Shop) -> None:
    """For one number, a few sizes of change and the LIVEs that show each."""
    metrics = saved.knowledge.metrics
    names = [name for name, each in metrics.items() if each.role == "factor" or name == "gmv_per_hour"]
    chosen = st.selectbox(
        _("The number it should move"), names, None, placeholder=_("Choose a number"),
        format_func=lambda name: metrics[name].label, key=keys.of_shop("effort_metric", owner.id),
    )  # fmt: skip
    if chosen is None:
        return
    needed = once.of(saved, needed_for, chosen)
    st.markdown("\n".join(
        f"- {escape(words.effort_line(metrics[chosen], hope, each, needed is not None))}"
        for hope, each in zip(SIZES, needed or [None] * len(SIZES), strict=True)
    ))  # fmt: skip
    st.caption(_("In four of five cases, where every second LIVE has the change."))


def needed_for(saved: Saved, metric: str) -> tuple[int | None, ...] | None:
    return lives_needed(saved.sessions, metric, SIZES, saved.knowledge.metrics)
