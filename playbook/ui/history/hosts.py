"""Hosts beside each other at equal slots, lengths and traffic; and each host's own LIVEs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.diagnosis.over_lives.hosts import HOST_RATES, NEEDED_LIVES, OF_ONE, HostRate, HostsFound
from playbook.diagnosis.over_lives.hosts import hosts as hosts_of
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _, ngettext, pgettext
from playbook.metrics.compute import compute
from playbook.model.session import Session
from playbook.report.charts import groups as charts
from playbook.report.charts.review import Chart
from playbook.report.words import dips as dip_words
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.ui.files import loading
from playbook.ui.frame import addresses, keys, once, rights, shop
from playbook.ui.frame.drawing import draw, drawing_of
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import Saved
from playbook.ui.frame.titles import titles

from . import host_names, lives

#: Trainings that are listed, LIVEs on either side of one, and LIVEs of which falls are looked for.
_TRAININGS, _AROUND, _DIPS = 8, 5, 6
_VERDICT = {"above": N_("above the others"), "below": N_("below the others"), "usual": N_("may be luck")}
_PASSED = {
    "lesson": N_("lesson {title}."), "drill": N_("drill {title}."), "practice": N_("practice {title}."),
    "craft": N_("craft {title}."), "walk": N_("walk {title}."),
}  # fmt: skip
_APART = {"above": N_("{host} above the others"), "below": N_("{host} below the others")}
_AGAINST = {
    "above": N_("{metric} {rate}: {change} against the others, above the others"),
    "below": N_("{metric} {rate}: {change} against the others, below the others"),
    "usual": N_("{metric} {rate}: {change} against the others, may be luck"),
}


def show() -> None:
    kept = loading.of_shop()
    if kept is None or not kept.sessions:
        lives.nothing_yet()
        return
    found = once.of(kept, _found)
    host_names.offer(kept)
    if not found.rates:
        _too_few(found)
        if found.hosts or found.few:
            one(kept, found)
        return
    metrics = kept.knowledge.metrics
    st.header(escape(headline(found, kept)), anchor=False)
    names = list(found.rates)
    metric = st.segmented_control(
        _("Rate"), names, default=names[0], required=True, key=keys.of_shop("hosts_rate", kept.shop_id),
        format_func=lambda name: metrics[name].short,
    ) or names[0]  # fmt: skip
    chart = drawing_of(kept, _funnel, metric)
    if chart is not None:
        draw(chart, f"hosts_{metric}", _alt(found.rates[metric]))
    frame = pd.DataFrame([_row(each) for each in found.rates[metric]])
    st.dataframe(
        frame, hide_index=True, column_config=titles(frame),
        key=keys.of_shop(f"hosts_table_{metric}", kept.shop_id),
        alt=_("Each host against the others at equal slots, lengths and traffic"),
    )  # fmt: skip
    st.caption(
        _(
            "At equal start hours, lengths and traffic an hour. Inside the grey funnel a difference may be luck: it is "
            "narrower where more is known of a host. The change is drawn towards nought as far as it is uncertain. A "
            "host is set apart by luck in at most one of twenty shops. What was seen, not why."
        )
    )
    if found.few:
        few = ", ".join(found.few)
        st.caption(escape(_("Fewer than {lives} LIVEs, so not compared: {hosts}.", lives=OF_ONE, hosts=few)))
    one(kept, found)


def headline(found: HostsFound, kept: Saved) -> str:
    """Who stands apart in which rate, or that nobody does."""
    metrics = kept.knowledge.metrics
    apart = [each for rates in found.rates.values() for each in rates if each.verdict != "usual"]
    if not apart:
        return _("The hosts differ by no more than luck.")
    first = max(apart, key=lambda each: abs(each.change))
    said = {"metric": metrics[first.metric].short, "host": first.host, "change": _change(first)}
    if first.verdict == "above":
        return _("{metric} with {host} was above that of the other hosts: {change}.", **said)
    return _("{metric} with {host} was below that of the other hosts: {change}.", **said)


def _too_few(found: HostsFound) -> None:
    st.header(_("Hosts cannot be compared yet"), anchor=False)
    known = ", ".join((*found.hosts, *found.few)) or pgettext("hosts that are known", "nobody")
    st.markdown(escape(_(
        "It takes two hosts with {lives} LIVEs each, {all} in all. Known so far: {hosts}. The host of a LIVE is typed "
        "above, taken from a schedule, or from the column `host` of our template or a sheet of your own.",
        lives=OF_ONE, all=NEEDED_LIVES, hosts=known,
    )))  # fmt: skip


def one(kept: Saved, found: HostsFound) -> None:
    """The page of a host: their LIVEs, newest first, each a way to its review."""
    every = [*found.hosts, *found.few]
    asked = addresses.take("host")
    key = keys.of_shop("hosts_one", kept.shop_id)
    if asked and asked[-1] in every:
        st.session_state[key] = asked[-1]
    st.header(_("One host"), anchor=False)
    host = st.selectbox(_("Host"), every, key=key, width=240)
    addresses.say("host", (host,))
    mine = [each for each in reversed(kept.sessions) if each.host == host]
    metrics = kept.knowledge.metrics
    told = [rate for rates in found.rates.values() for rate in rates if rate.host == host]
    for rate in told:
        said = _(_AGAINST[rate.verdict], metric=metrics[rate.metric].short, rate=formats.percent(rate.rate),
                 change=_change(rate))  # fmt: skip
        st.markdown(f"- {escape(said)}")
    trained(kept, host, mine)
    dips(kept, host, mine)
    judged = once.of(kept, lives.latest_judged)
    frame = pd.DataFrame([lives.host_row(judged, each, metrics) for each in mine])
    event = st.dataframe(
        frame, hide_index=True, key=keys.of_shop("hosts_lives", kept.shop_id), on_select="rerun",
        selection_mode=("single-row", "single-cell"), alt=_("LIVEs of {host}, newest first", host=host), placeholder="",
        column_config=titles(frame) | {
            "LIVE": st.column_config.TextColumn(_("LIVE"), width=310),
            "Weakest": st.column_config.TextColumn(_("Weakest"), width=150),
            "Against usual": st.column_config.NumberColumn(_("Against usual"), format="%+d%%"),
        },
    )  # fmt: skip
    picked = lives.picked(event)
    if picked is not None:
        lives.open_review(mine[picked])


def trained(kept: Saved, host: str, mine: Sequence[Session]) -> None:
    """What somebody of this name passed, with the rates of the LIVEs before and after."""
    if not rights.may(Role.coach, kept.shop_id):
        return
    name = host.casefold()
    people = [each.id for each in kept.reader.trainees(kept.shop_id) if each.name.casefold() == name]
    opened = shop.store()
    if not people or opened is None:
        return
    passed = [each for each in opened.results(kept.shop_id) if each.trainee_id in people and each.passed]
    if not passed:
        return
    st.markdown(_("**Trainings**"))
    for each in sorted(passed, key=lambda one: one.at, reverse=True)[:_TRAININGS]:
        at = shop.local(each.at).replace(tzinfo=None)
        said = before_after(mine, at, kept.knowledge.metrics)
        title = kept.knowledge.lessons[each.item].title if each.item in kept.knowledge.lessons else each.item
        st.markdown(f"- {escape(f'{sentences.day(at)}: {_passed(each.kind, title)} {said}')}")
    st.caption(_("Rates of up to five LIVEs on either side, summed. Other things changed in those days as well."))


def _passed(kind: str, title: str) -> str:
    """`lesson Good hosts.`: what was passed."""
    said = _PASSED.get(kind)
    return _(said, title=title) if said else f"{kind} {title}."


def before_after(mine: Sequence[Session], at: datetime, metrics: Mapping[str, Metric]) -> str:
    """`CTR 7.1% before (5 LIVEs), 7.9% after (4 LIVEs); ...` for the rates that both sides know."""
    dated = [each for each in mine if each.start is not None and each.ordinary]
    before = [each for each in dated if each.start and each.start < at][:_AROUND]
    after = [each for each in dated if each.start and each.start >= at][-_AROUND:]
    if not before or not after:
        return _("No LIVE with this host on one of the two sides yet.")
    told = []
    for name in HOST_RATES:
        sides = [_summed(some, name, metrics) for some in (before, after)]
        if None not in sides:
            told.append(_(
                "{metric} {before} before, {after} after", metric=metrics[name].short, before=formats.percent(sides[0]),
                after=formats.percent(sides[1]),
            ))  # fmt: skip
    many = {"count": formats.count(len(before)), "after": len(after)}
    if not told:
        return ngettext(
            "{count} LIVE before, {after} after: no rate is known on both sides.",
            "{count} LIVEs before, {after} after: no rate is known on both sides.",
            len(before), **many,
        )  # fmt: skip
    return ngettext(
        "{count} LIVE before, {after} after: {rates}.", "{count} LIVEs before, {after} after: {rates}.", len(before),
        **many, rates="; ".join(told),
    )  # fmt: skip


def _summed(some: Sequence[Session], name: str, metrics: Mapping[str, Metric]) -> float | None:
    """A rate over several LIVEs: its hits over its base."""
    found = [compute(each, {name: metrics[name]})[name] for each in some]
    known = [(each.numerator, each.denominator) for each in found if each.numerator is not None and each.denominator]
    return sum(top for top, _base in known) / sum(base or 0.0 for _top, base in known) if known else None


def dips(kept: Saved, host: str, mine: Sequence[Session]) -> None:
    """Falls inside the latest LIVEs; each takes a review, so only when asked for."""
    if not st.toggle(_("Falls inside the latest LIVEs"), key=keys.of_shop("hosts_dips", kept.shop_id)):
        return
    found = 0
    for each in mine[:_DIPS]:
        review = kept.review(each.id)
        for dip in review.diagnosis.dips[:2]:
            found += 1
            st.markdown(f"- {escape(f'{sentences.when(each)}: {dip_words.sentence(dip, kept.knowledge.metrics)}')}")
    if not found:
        looked = min(len(mine), _DIPS)
        st.caption(escape(ngettext(
            "None in the latest {count} LIVE with {host}, or no minutes are known.",
            "None in the latest {count} LIVEs with {host}, or no minutes are known.",
            looked, count=formats.count(looked), host=host,
        )))  # fmt: skip


def _change(rate: HostRate) -> str:
    change, low, high = (formats.change(each) for each in (rate.change, rate.low, rate.high))
    return _("{change} (range {low} to {high})", change=change, low=low, high=high)


def _row(rate: HostRate) -> dict[str, object]:
    return {N_("Host"): rate.host, N_("Verdict"): _(_VERDICT[rate.verdict]),
            N_("Own rate"): formats.percent(rate.rate), N_("Against the others"): _change(rate),
            N_("LIVEs"): rate.lives}  # fmt: skip


def _alt(rates: tuple[HostRate, ...]) -> str:
    apart = ", ".join(_(_APART[each.verdict], host=each.host) for each in rates if each.verdict != "usual")
    if apart:
        return _("Hosts against each other; {hosts}", hosts=apart)
    return _("Hosts against each other; nobody stands apart")


def _found(kept: Saved) -> HostsFound:
    return hosts_of(kept.sessions, kept.knowledge.metrics, HOST_RATES)


def _funnel(kept: Saved, metric: str) -> Chart | None:
    found = once.of(kept, _found)
    return charts.funnel_plot(found.rates[metric], found.tests)
