"""What the next LIVE may bring, in words, and what was set against it."""

from __future__ import annotations

from collections.abc import Mapping

from playbook import formats
from playbook.diagnosis.baseline.ahead import LiveAhead, Outlook
from playbook.knowledge.metrics import Metric
from playbook.model.session import Session
from playbook.store.records import Target

from .sentences import lowered

#: Chances are told in tenths; beyond these they are "hardly any" and "nearly all".
_FEW, _MOST = 0.05, 0.95


def which(live: LiveAhead) -> str:
    """`Fri 27 Nov, 20:00, 2.5 hours, with Dana`."""
    long = formats.count(live.hours) if live.hours == int(live.hours) else formats.decimal(live.hours)
    hours = f"{long} {'hour' if live.hours == 1 else 'hours'}"
    parts = [formats.weekday(live.start), f"{live.start:%H:%M}", hours]
    return ", ".join([*parts, *([f"with {live.host}"] if live.host else [])])


def outlook_line(found: Outlook, metric: Metric, currency: str | None) -> str:
    """`GMV: about R$ 5.1K. 95 of 100 such LIVEs bring R$ 2.9K to R$ 8.8K.`"""
    if found.usual is None:
        return f"{metric.label}: cannot tell. {found.reason}"
    middle = formats.value_short(found.usual, metric.shown_as, currency)
    spread = f"{_end(found.low, metric, currency)} to {_end(found.high, metric, currency)}"
    return f"{metric.label}: about {middle}. 95 of 100 such LIVEs bring {spread}."


def chance_line(found: Outlook, target: float, metric: Metric, currency: str | None) -> str:
    """`Target R$ 6K: about 3 in 10 such LIVEs reach it.`"""
    named = f"Target {formats.value_short(target, metric.shown_as, currency)}"
    chance = found.chance_of(target)
    if chance is None:
        return f"{named}: too few LIVEs to say how many reach it."
    if chance < _FEW:
        return f"{named}: hardly any LIVE of yours reaches it."
    if chance > _MOST:
        return f"{named}: nearly all such LIVEs reach it."
    return f"{named}: about {max(1, min(9, round(10 * chance)))} in 10 such LIVEs reach it."


def short_line(
    live: LiveAhead, found: Mapping[str, Outlook], metrics: Mapping[str, Metric], currency: str | None
) -> str:
    """`Fri 27 Nov, 20:00, 2.5 hours: GMV R$ 2.9K to R$ 8.8K, orders 40 to 120.` Empty where nothing can be told."""
    known = [each for each in found.values() if each.usual is not None and each.metric in metrics]
    if not known:
        return ""
    parts = [
        f"{lowered(metrics[each.metric].short)} {_end(each.low, metrics[each.metric], currency)} to "
        f"{_end(each.high, metrics[each.metric], currency)}"
        for each in known
    ]
    return f"{which(live)}: {', '.join(parts)}."


def so_far_line(session: Session, wanted: Target, metric: Metric) -> str:
    """`Target R$ 6,000: R$ 2,300 so far (38%), after 1:05 of 2:30.` Empty where the count is not known."""
    count = session.orders if wanted.metric == "orders" else session.counts.get(wanted.metric)
    if count is None or session.duration_minutes is None:
        return ""
    aim, now = (formats.value_short(each, metric.shown_as, session.currency) for each in (wanted.value, count))
    passed = f"after {formats.clock(session.duration_minutes)} of {formats.clock(60 * wanted.hours)}"
    if count >= wanted.value:
        return f"Target {aim} reached: {now} {passed}."
    return f"Target {aim}: {now} so far ({formats.percent_in(count / wanted.value, 0)}), {passed}."


def effort_line(metric: Metric, hope: float, needed: int | None, known: bool) -> str:
    """`To see CTR change by 20%: 6 LIVEs with the change and as many without.`"""
    start = f"To see {metric.short} change by {formats.change_size(hope)}"
    if not known:
        return f"{start}: too few earlier LIVEs to say."
    if needed is None:
        return f"{start}: more than 40 LIVEs with it; too small to see in this shop."
    return f"{start}: {formats.several(needed, 'LIVE')} with it and as many without."


def _end(value: float | None, metric: Metric, currency: str | None) -> str:
    return formats.value_short(value, metric.shown_as, currency)
