"""The LIVEs that a trainee hosted, before they began to learn here and since."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.knowledge.load import Knowledge
from playbook.language import _, pgettext
from playbook.store.records import LearningResult, Shop, Trainee
from playbook.training.hosted import NEEDED, ChangedRate, changed, hosted
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, shop
from playbook.ui.frame.escape import escape


def show(
    everybody: Sequence[Trainee], results: Sequence[LearningResult], owner: Shop, knowledge: Knowledge
) -> None:  # fmt: skip
    """Of one trainee, told by the name of the host that stands in their LIVEs."""
    kept = loading.of_shop()
    hosts = sorted({each.host for each in kept.sessions if each.host}) if kept else []
    if kept is None or not hosts:
        return
    names = {each.id: each.name for each in everybody}
    with st.expander(_("LIVEs they hosted, before and since"), icon=":material/compare_arrows:"):
        with st.container(horizontal=True):
            who = st.selectbox(_("Trainee"), list(names), format_func=names.__getitem__, width=240,
                               key=keys.of_shop("hosted_who", owner.id))  # fmt: skip
            known = next(each.host for each in everybody if each.id == who)
            theirs = hosted(known or names[who], kept.sessions)
            same = next((at for at, each in enumerate(hosts) if hosted(each, theirs)), None)
            box = keys.of_shop(f"hosted_as_{who}", owner.id)
            host = st.selectbox(_("Is the host"), hosts, index=same, placeholder=_("Choose"), width=240, key=box,
                                on_change=_keep, args=(who, box),
                                help=_("Names are taken from the host of each LIVE. Your choice is kept."))  # fmt: skip
        first = min((each.at for each in results if each.trainee_id == who), default=None)
        if host is None or first is None:
            st.caption(_("Choose the name they host under.") if first else _("They handed in nothing yet."))
            return
        began = owner.wall_clock(first).date()
        found = changed(hosted(host, kept.sessions), began, knowledge.metrics)
        if not found:
            day = escape(formats.day_and_year(began))
            st.caption(_("It takes {n} LIVEs before {day}, when they began, and {n} since.", n=NEEDED, day=day))
            return
        st.dataframe(pd.DataFrame([_row(each, knowledge) for each in found]), hide_index=True,
                     key=keys.of_shop("hosted_table", owner.id),
                     alt=_("Rates of LIVEs hosted by {host}, before and since", host=host))  # fmt: skip
        day = formats.day_and_year(began)
        st.caption(escape(_(
            "They began on {day}. What was seen, not why: hours, traffic and products of these LIVEs differ, too.",
            day=day,
        )))  # fmt: skip


def _keep(trainee_id: str, box: str) -> None:
    opened, host = shop.store(), st.session_state.get(box)
    if opened is not None:
        notices.attempt(lambda: opened.set_trainee_host(trainee_id, host), _("Kept"))


def _row(each: ChangedRate, knowledge: Knowledge) -> dict[str, str]:
    metric = knowledge.metrics[each.metric]
    before, since = map(formats.lives, each.lives)
    low, high = formats.change(each.low), formats.change(each.high)
    if each.may_be_luck:
        verdict = _("may be luck")
    else:
        verdict = _("more than luck") if each.low > 0 else _("lower, not luck alone")
    return {
        _("Rate"): metric.label,
        pgettext("LIVEs before they began", "Before"): f"{formats.percent(each.before)} ({before})",
        pgettext("LIVEs since they began", "Since"): f"{formats.percent(each.since)} ({since})",
        _("Difference"): formats.change(each.change),
        _("Range"): pgettext("range of a change", "{low} to {high}", low=low, high=high),
        _("Verdict"): verdict,
    }
