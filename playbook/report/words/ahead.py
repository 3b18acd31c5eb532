"""What the next LIVE may bring, in words, and what was set against it."""

from __future__ import annotations

from collections.abc import Mapping

from playbook import formats
from playbook.diagnosis.baseline.ahead import LiveAhead, Outlook
from playbook.knowledge.metrics import Metric
from playbook.language import _, ngettext
from playbook.model.session import Session
from playbook.store.records import Target

from .sentences import lowered

#: Chances are told in tenths; beyond these they are "hardly any" and "nearly all".
_FEW, _MOST = 0.05, 0.95


def which(live: LiveAhead) -> str:
    """`Fri 27 Nov, 20:00, 2.5 hours, with Dana`."""
    long = formats.count(live.hours) if live.hours == int(live.hours) else formats.decimal(live.hours)
    hours = ngettext("{hours} hour", "{hours} hours", live.hours, hours=long)
    day, clock = formats.weekday(live.start), f"{live.start:%H:%M}"
    if live.host:
        return _("{day}, {clock}, {hours}, with {host}", day=day, clock=clock, hours=hours, host=live.host)
    return _("{day}, {clock}, {hours}", day=day, clock=clock, hours=hours)


def outlook_line(found: Outlook, metric: Metric, currency: str | None) -> str:
    """`GMV: about R$ 5.1K. 95 of 100 such LIVEs bring R$ 2.9K to R$ 8.8K.`"""
    if found.usual is None:
        return _("{metric}: cannot tell. {reason}", metric=metric.label, reason=found.reason)
    middle = formats.value_short(found.usual, metric.shown_as, currency)
    low, high = _end(found.low, metric, currency), _end(found.high, metric, currency)
    return _(
        "{metric}: about {value}. 95 of 100 such LIVEs bring {low} to {high}.",
        metric=metric.label, value=middle, low=low, high=high,
    )  # fmt: skip


def chance_line(found: Outlook, target: float, metric: Metric, currency: str | None) -> str:
    """`Target R$ 6K: about 3 in 10 such LIVEs reach it.`"""
    aim = formats.value_short(target, metric.shown_as, currency)
    chance = found.chance_of(target)
    if chance is None:
        return _("Target {target}: too few LIVEs to say how many reach it.", target=aim)
    if chance < _FEW:
        return _("Target {target}: hardly any LIVE of yours reaches it.", target=aim)
    if chance > _MOST:
        return _("Target {target}: nearly all such LIVEs reach it.", target=aim)
    tenths = max(1, min(9, round(10 * chance)))
    return _("Target {target}: about {tenths} in 10 such LIVEs reach it.", target=aim, tenths=tenths)


def short_line(
    live: LiveAhead, found: Mapping[str, Outlook], metrics: Mapping[str, Metric], currency: str | None
) -> str:
    """`Fri 27 Nov, 20:00, 2.5 hours: GMV R$ 2.9K to R$ 8.8K, orders 40 to 120.` Empty where nothing can be told."""
    known = [each for each in found.values() if each.usual is not None and each.metric in metrics]
    if not known:
        return ""
    parts = [_spread(each, metrics[each.metric], currency) for each in known]
    return f"{which(live)}: {', '.join(parts)}."


def _spread(found: Outlook, metric: Metric, currency: str | None) -> str:
    low, high = _end(found.low, metric, currency), _end(found.high, metric, currency)
    return _("{metric} {low} to {high}", metric=lowered(metric.short), low=low, high=high)


def so_far_line(session: Session, wanted: Target, metric: Metric) -> str:
    """`Target R$ 6,000: R$ 2,300 so far (38%), after 1:05 of 2:30.` Empty where the count is not known."""
    count = session.orders if wanted.metric == "orders" else session.counts.get(wanted.metric)
    if count is None or session.duration_minutes is None:
        return ""
    aim, now = (formats.value_short(each, metric.shown_as, session.currency) for each in (wanted.value, count))
    passed, whole = formats.clock(session.duration_minutes), formats.clock(60 * wanted.hours)
    said = {"target": aim, "value": now, "passed": passed, "whole": whole}
    if count >= wanted.value:
        return _("Target {target} reached: {value} after {passed} of {whole}.", **said)
    part = formats.percent_in(count / wanted.value, 0)
    return _("Target {target}: {value} so far ({part}), after {passed} of {whole}.", **said, part=part)


def effort_line(metric: Metric, hope: float, needed: int | None, known: bool) -> str:
    """`To see CTR change by 20%: 6 LIVEs with the change and as many without.`"""
    said = {"metric": metric.short, "size": formats.change_size(hope)}
    if not known:
        return _("To see {metric} change by {size}: too few earlier LIVEs to say.", **said)
    if needed is None:
        return _("To see {metric} change by {size}: more than 40 LIVEs with it; too small to see in this shop.", **said)
    return ngettext(
        "To see {metric} change by {size}: {lives} LIVE with it and as many without.",
        "To see {metric} change by {size}: {lives} LIVEs with it and as many without.",
        needed, **said, lives=formats.count(needed),
    )  # fmt: skip


def _end(value: float | None, metric: Metric, currency: str | None) -> str:
    return formats.value_short(value, metric.shown_as, currency)
