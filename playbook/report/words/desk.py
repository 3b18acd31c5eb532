"""Many shops in words: what a shop needs, and why it is named first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from playbook import formats
from playbook.desk.glance import PlanLine, Weak
from playbook.desk.needs import Reason, ShopNeed, Week, pressing
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _, ngettext, pgettext

from . import plans
from .sentences import lowered

#: In a table and on a sheet; never alone, the figures stand beside it.
SHORT: dict[Reason, str] = {
    "fell": N_("sold less"), "repeat": N_("repeat offender"), "weak": N_("weak metric"),
    "silent": N_("no LIVE for long"), "plan": N_("plan to close"), "overdue": N_("weekly look due"),
    "unread": N_("reviews not opened"),
}  # fmt: skip
#: By how often a metric was below usual in the last LIVE and the five before.
_AGAIN = {
    1: N_("Weak: {metric}."), 2: N_("Weak: {metric}, second time in six LIVEs."),
    3: N_("Weak: {metric}, third time in six LIVEs."), 4: N_("Weak: {metric}, fourth time in six LIVEs."),
    5: N_("Weak: {metric}, fifth time in six LIVEs."), 6: N_("Weak: {metric}, sixth time in six LIVEs."),
}  # fmt: skip
#: By how many shops are named.
_FIRST = {
    1: N_("One needs you first: {shops}."), 2: N_("Two need you first: {shops}."),
    3: N_("Three need you first: {shops}."),
}  # fmt: skip
#: Metrics that a line names before it counts the rest.
_NAMED = 3


def needs_words(need: ShopNeed) -> str:
    """`sold less, repeat offender, weekly look due`; what has not been worked out says so."""
    if need.glance is None:
        return _("being worked out")
    said = ", ".join(_(SHORT[each]) for each in need.reasons if each != "unread")
    return said or pgettext("what a shop needs", "nothing")


def weak_words(weak: Weak, metric: Metric, currency: str | None) -> str:
    """`CTR 7.8%, usual 13.9%`."""
    value, usual = (formats.value_short(each, metric.shown_as, currency) for each in (weak.value, weak.usual))
    return _("{metric} {value}, usual {usual}", metric=metric.short, value=value, usual=usual)


def repeats_words(need: ShopNeed, metrics: Mapping[str, Metric]) -> str:
    """`CTR (3rd of 6), ERR (2nd of 6)`: how often in the last LIVE and the five before."""
    return ", ".join(
        _("{metric} ({times} of 6)", metric=metrics[each.metric].short, times=each.times) for each in need.repeats
    )


def plan_words(plan: PlanLine | None) -> str:
    """`Put up a billboard: cannot tell yet, 3 LIVEs more`."""
    if plan is None:
        return ""
    if plan.verdict is None:
        return plan.title
    verdict = _(plans.VERDICTS.get(plan.verdict, plan.verdict))
    if plan.more and plan.verdict == "cannot_tell":
        return ngettext(
            "{title}: {verdict}, {count} LIVE more", "{title}: {verdict}, {count} LIVEs more", plan.more,
            title=plan.title, verdict=verdict, count=formats.count(plan.more),
        )  # fmt: skip
    return f"{plan.title}: {verdict}"


def why(need: ShopNeed, metrics: Mapping[str, Metric]) -> str:
    """The reasons of a shop in one or two sentences, the one that counts most first."""
    glance = need.glance
    if glance is None:
        return _("Being worked out.")
    said = []
    if "fell" in need.reasons and glance.change is not None:
        part = formats.change_size(glance.change)
        said.append(_("Its last LIVE sold {part} less than a usual one of this length.", part=part))
    if need.weak:
        first = need.weak[0] if not need.repeats else need.repeats[0]
        weak = lowered(weak_words(first, metrics[first.metric], glance.currency))
        said.append(_(_AGAIN[max(first.times, 1)], metric=weak))
    if "silent" in need.reasons:
        days = need.days or 0
        said.append(ngettext("No LIVE for {count} day.", "No LIVE for {count} days.", days, count=formats.count(days)))
    if "overdue" in need.reasons and need.look_days is not None:
        said.append(_looked(need.look_days))
    if "plan" in need.reasons and glance.plan is not None:
        verdict = _(plans.VERDICTS[glance.plan.verdict or "cannot_tell"])
        said.append(_("The open plan can be closed: {verdict}.", verdict=verdict))
    return " ".join(said) or _("Nothing stands out.")


def _looked(days: int) -> str:
    if days < 2:
        return _("The weekly look was yesterday.") if days else _("The weekly look was today.")
    return ngettext("The weekly look was {days} day ago.", "The weekly look was {days} days ago.", days, days=days)


def headline(needs: Sequence[ShopNeed]) -> str:
    """`200 shops. Three need you first: A, B and C.`"""
    first = pressing(needs)
    shops = ngettext("{count} shop.", "{count} shops.", len(needs), count=formats.count(len(needs)))
    if first:
        said = _(_FIRST[len(first)], shops=formats.listed([each.shop.name for each in first]))
    else:
        said = _("None of them stands out by its last LIVE.")
    return f"{shops} {said}"


def week_words(week: Week, metrics: Mapping[str, Metric], currency: str | None) -> str:
    """`4 LIVEs (3 the week before), GMV $4.1K, 12% more than usual; CTR below usual in 2 of 4.`"""
    lives = len(week.lives)
    if not lives:
        if week.before:
            return _("No LIVE ({before} the week before).", before=week.before)
        return _("No LIVE.")
    parts = [
        ngettext(
            "{count} LIVE ({before} the week before)", "{count} LIVEs ({before} the week before)", lives,
            count=formats.count(lives), before=week.before,
        )
    ]  # fmt: skip
    if week.gmv is not None:
        parts.append(_("GMV {money}", money=formats.money_short(week.gmv, currency)))
    if week.change is not None:
        part = formats.change_size(week.change)
        less = week.change < 0
        parts.append(_("{part} less than usual", part=part) if less else _("{part} more than usual", part=part))
    text = ", ".join(parts)
    often = [
        _("{metric} below usual in {times} of {lives}", metric=lowered(metrics[name].short), times=times, lives=lives)
        for name, times in week.below.items()
    ]
    return f"{text}; {', '.join(often[:_NAMED])}." if often else f"{text}."


def week_title(until: datetime) -> str:
    return _("The seven days up to {day}", day=formats.weekday(until, year=True))
