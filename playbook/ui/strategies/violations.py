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
from playbook.ui.frame.escape import escape

from .facts import facts, market


def known(violation: Violation) -> str:
    """Whether it was seen before, in a sentence."""
    words = {"known": "Seen in an earlier LIVE of yours.", "new": "New in your LIVEs."}
    return words.get(violation.kind or "", "Whether it is new is not known: no earlier log names types.")


def about(violation: Violation, knowledge: Knowledge) -> str | None:
    """Which type of the list it is, in a sentence; None for one that is not in it."""
    kind = knowledge.violations.types.get(violation.name or "")
    return f"Type: {kind.label}. {kind.plain}" if kind else None


def counted(violation: Violation, start: datetime | None, knowledge: Knowledge) -> list[str]:
    """How many of its type there were lately against what is known of a limit, and until when an appeal is possible.

    Where no limit is known for the shop's market, those of other markets are named as such.
    """
    here = market()
    rules = knowledge.violations.repeats
    mine = [each for each in rules if holds_in(each.market, here)]
    shown = (
        []
        if violation.in_90_days is None
        else [f"{_times(violation.in_90_days)} of this type in 90 days, by your logs."]
    )
    if here and rules and not mine:
        shown.append(f"No limit and no time to appeal are known for {here}.")
    return shown + [
        f"In the {rule.market}, {rule.times} in {rule.days} days can end the permission of {rule.who} to sell, "
        f"and an appeal is possible for {rule.appeal_days} days{_until(start, rule)}."
        for rule in mine or rules
    ]


def _until(start: datetime | None, rule: Repeats) -> str:
    """The last day to appeal, counted from the LIVE: a notice may come later, never earlier."""
    if start is None:
        return ""
    return f", from this LIVE on until {formats.day_and_year(start + timedelta(days=rule.appeal_days))}"


def _times(number: int) -> str:
    return formats.several(number, "violation")


def rules(violation: Violation, strategy: Strategy | None, knowledge: Knowledge) -> None:
    """The rules of the type and of the market, each with its source; else where to look for them."""
    kind = knowledge.violations.types.get(violation.name or "")
    shown = {each.fact: each for each in [*(kind.facts if kind else ()), *knowledge.violations.standing]}
    shown |= {each.fact: each for each in (strategy.facts if strategy else ())}
    with st.expander("The rules behind it", icon=":material/policy:"):
        facts(list(shown.values()))
        st.caption(escape(f"The text of the rule itself: {knowledge.violations.where}"))
