"""Many shops in words: what a shop needs, and why it is named first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from playbook import formats
from playbook.desk.glance import PlanLine, Weak
from playbook.desk.needs import Reason, ShopNeed, Week, pressing
from playbook.knowledge.metrics import Metric

from . import plans
from .sentences import ORDINALS, joined, lowered

#: In a table and on a sheet; never alone, the figures stand beside it.
SHORT: dict[Reason, str] = {
    "fell": "sold less", "repeat": "repeat offender", "weak": "weak metric", "silent": "no LIVE for long",
    "plan": "plan to close", "overdue": "weekly look due", "unread": "reviews not opened",
}  # fmt: skip
#: Metrics that a line names before it counts the rest.
_NAMED = 3


def needs_words(need: ShopNeed) -> str:
    """`sold less, repeat offender, weekly look due`; what has not been worked out says so."""
    if need.glance is None:
        return "being worked out"
    return ", ".join(SHORT[each] for each in need.reasons if each != "unread") or "nothing"


def days_ago(days: int | None) -> str:
    """`today`, `yesterday`, `9 days ago`, `never`."""
    if days is None:
        return "never"
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"


def weak_words(weak: Weak, metric: Metric, currency: str | None) -> str:
    """`CTR 7.8%, usual 13.9%`."""
    value, usual = (formats.value_short(each, metric.shown_as, currency) for each in (weak.value, weak.usual))
    return f"{metric.short} {value}, usual {usual}"


def repeats_words(need: ShopNeed, metrics: Mapping[str, Metric]) -> str:
    """`CTR (3rd of 6), ERR (2nd of 6)`: how often in the last LIVE and the five before."""
    return ", ".join(f"{metrics[each.metric].short} ({each.times} of 6)" for each in need.repeats)


def plan_words(plan: PlanLine | None) -> str:
    """`Put up a billboard: cannot tell yet, 3 LIVEs more`."""
    if plan is None:
        return ""
    if plan.verdict is None:
        return plan.title
    more = f", {formats.several(plan.more, 'LIVE')} more" if plan.more and plan.verdict == "cannot_tell" else ""
    return f"{plan.title}: {plans.VERDICTS.get(plan.verdict, plan.verdict)}{more}"


def change_words(need: ShopNeed) -> str:
    """`-42%`, with what it is worth beside it where LIVEs of this shop differ by as much."""
    if need.glance is None or need.glance.change is None:
        return "cannot tell"
    return f"{formats.change(need.glance.change)}{' (ordinary)' if need.glance.noise else ''}"


def why(need: ShopNeed, metrics: Mapping[str, Metric]) -> str:
    """The reasons of a shop in one or two sentences, the one that counts most first."""
    glance = need.glance
    if glance is None:
        return "Being worked out."
    said = []
    if "fell" in need.reasons and glance.change is not None:
        said.append(f"Its last LIVE sold {formats.change_size(glance.change)} less than a usual one of this length.")
    if need.weak:
        first = need.weak[0] if not need.repeats else need.repeats[0]
        again = f", {ORDINALS[first.times]} time in six LIVEs" if first.times > 1 else ""
        said.append(f"Weak: {lowered(weak_words(first, metrics[first.metric], glance.currency))}{again}.")
    if "silent" in need.reasons:
        said.append(f"No LIVE for {formats.several(need.days or 0, 'day')}.")
    if "overdue" in need.reasons and need.look_days is not None:
        said.append(f"The weekly look was {days_ago(need.look_days)}.")
    if "plan" in need.reasons and glance.plan is not None:
        said.append(f"The open plan can be closed: {plans.VERDICTS[glance.plan.verdict or 'cannot_tell']}.")
    return " ".join(said) or "Nothing stands out."


def headline(needs: Sequence[ShopNeed]) -> str:
    """`200 shops. Three need you first: A, B and C.`"""
    first = pressing(needs)
    shops = formats.several(len(needs), "shop")
    if not first:
        return f"{shops}. None of them stands out by its last LIVE."
    many = {1: "One needs", 2: "Two need", 3: "Three need"}[len(first)]
    return f"{shops}. {many} you first: {_named([each.shop.name for each in first])}."


def week_words(week: Week, metrics: Mapping[str, Metric], currency: str | None) -> str:
    """`4 LIVEs (3 the week before), GMV $4.1K, 12% more than usual; CTR below usual in 2 of 4.`"""
    if not week.lives:
        before = f" ({week.before} the week before)" if week.before else ""
        return f"No LIVE{before}."
    parts = [f"{formats.several(len(week.lives), 'LIVE')} ({week.before} the week before)"]
    if week.gmv is not None:
        parts.append(f"GMV {formats.money_short(week.gmv, currency)}")
    if week.change is not None:
        side = "less" if week.change < 0 else "more"
        parts.append(f"{formats.change_size(week.change)} {side} than usual")
    text = ", ".join(parts)
    often = [
        f"{lowered(metrics[name].short)} below usual in {times} of {len(week.lives)}"
        for name, times in week.below.items()
    ]
    return f"{text}; {', '.join(often[:_NAMED])}." if often else f"{text}."


def week_title(until: datetime) -> str:
    return f"The seven days up to {formats.weekday(until, year=True)}"


def _named(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def below_words(names: Sequence[str], metrics: Mapping[str, Metric]) -> str:
    """`CTR and comment rate`; empty for none."""
    return joined([metrics[name].short for name in names]) if names else ""
