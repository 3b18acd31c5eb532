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
    return words.get(violation.kind or "", "Whether it is new cannot be told: no earlier log names types.")


def about(violation: Violation, knowledge: Knowledge) -> str | None:
    """Which type of the list it is, in a sentence; None for one that is not in it."""
    kind = knowledge.violations.types.get(violation.name or "")
    return f"Type: {kind.label}. {kind.plain}" if kind else None


def counted(violation: Violation, start: datetime | None, knowledge: Knowledge) -> list[str]:
    """How many of its type there were against the limit of the market, and until when an appeal is possible."""
    lines = []
    here = market()
    for rule in knowledge.violations.repeats:
        if not holds_in(rule.market, here):
            continue
        lines += _against(violation, rule)
        if start is not None:
            until = start + timedelta(days=rule.appeal_days)
            lines.append(
                f"An appeal is possible for {rule.appeal_days} days ({rule.market}): until {until:%d %b %Y}, "
                "counted from the day of this LIVE."
            )
    if not lines and violation.in_90_days:
        lines.append(f"{_times(violation.in_90_days)} of this type in 90 days, by your logs.")
    return lines


def _against(violation: Violation, rule: Repeats) -> list[str]:
    if violation.in_90_days is None:
        return []
    return [
        f"{_times(violation.in_90_days)} of this type in {rule.days} days, by your logs. In the {rule.market}, "
        f"{rule.times} can end the permission of {rule.who} to sell."
    ]


def _times(number: int) -> str:
    return formats.several(number, "violation")


def rules(violation: Violation, strategy: Strategy | None, knowledge: Knowledge) -> None:
    """The rules of the type and of the market, each with its source; else where to look for them."""
    kind = knowledge.violations.types.get(violation.name or "")
    told = {each.fact: each for each in [*(kind.facts if kind else ()), *knowledge.violations.standing]}
    told |= {each.fact: each for each in (strategy.facts if strategy else ())}
    with st.expander("The rules behind it", icon=":material/policy:"):
        facts(list(told.values()))
        st.caption(escape(f"The text of the rule itself: {knowledge.violations.where}"))
