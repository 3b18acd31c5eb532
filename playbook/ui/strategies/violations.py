"""What is known of a violation: its type, how often it came lately, until when to appeal, and its rules by market."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from playbook import formats
from playbook.diagnosis.findings import Violation
from playbook.knowledge.load import Knowledge
from playbook.knowledge.markets import holds_in
from playbook.knowledge.strategies import Strategy
from playbook.knowledge.violations import Repeats
from playbook.language import _, ngettext
from playbook.ui.frame.escape import escape

from .facts import facts, market


def known(violation: Violation) -> str:
    """Whether it was seen before, in a sentence."""
    words = {"known": _("Seen in an earlier LIVE of yours."), "new": _("New in your LIVEs.")}
    return words.get(violation.kind or "", _("Whether it is new is not known: no earlier log names types."))


def about(violation: Violation, knowledge: Knowledge) -> str | None:
    """Which type of the list it is, in a sentence; None for one that is not in it."""
    kind = knowledge.violations.types.get(violation.name or "")
    return _("Type: {label}. {plain}", label=kind.label, plain=kind.plain) if kind else None


def counted(violation: Violation, start: datetime | None, knowledge: Knowledge) -> list[str]:
    """How many of its type there were lately against what is known of a limit, and until when an appeal is possible.

    Where no limit is known for the shop's market, those of other markets are named as such.
    """
    here = market()
    rules = knowledge.violations.repeats
    mine = [each for each in rules if holds_in(each.market, here)]
    shown = [] if violation.in_90_days is None else [_lately(violation.in_90_days)]
    if here and rules and not mine:
        shown.append(_("No limit and no time to appeal are known for {market}.", market=here))
    return shown + [_limit(rule, start) for rule in mine or rules]


def _limit(rule: Repeats, start: datetime | None) -> str:
    """The rule, with the last day to appeal counted from the LIVE: a notice may come later, never earlier."""
    if start is None:
        return _(
            "In the {market}, {times} in {days} days can end the permission of {who} to sell, and an appeal is "
            "possible for {appeal} days.",
            market=rule.market, times=rule.times, days=rule.days, who=rule.who, appeal=rule.appeal_days,
        )  # fmt: skip
    last = formats.day_and_year(start + timedelta(days=rule.appeal_days))
    return _(
        "In the {market}, {times} in {days} days can end the permission of {who} to sell, and an appeal is possible "
        "for {appeal} days, from this LIVE on until {day}.",
        market=rule.market, times=rule.times, days=rule.days, who=rule.who, appeal=rule.appeal_days, day=last,
    )  # fmt: skip


def _lately(number: int) -> str:
    return ngettext(
        "{n} violation of this type in 90 days, by your logs.", "{n} violations of this type in 90 days, by your logs.",
        number, n=number,
    )  # fmt: skip


def rules(violation: Violation, strategy: Strategy | None, knowledge: Knowledge) -> None:
    """The rules of the type and of the market, each with its source; else where to look for them."""
    kind = knowledge.violations.types.get(violation.name or "")
    shown = {each.fact: each for each in [*(kind.facts if kind else ()), *knowledge.violations.standing]}
    shown |= {each.fact: each for each in (strategy.facts if strategy else ())}
    with st.expander(_("The rules behind it"), icon=":material/policy:"):
        facts(list(shown.values()))
        st.caption(escape(_("The text of the rule itself: {where}", where=knowledge.violations.where)))
