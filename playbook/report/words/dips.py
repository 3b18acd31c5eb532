"""What is said of a dip: how much was lost when, what the log has around the same time, and what is left to ask."""

from __future__ import annotations

from collections.abc import Mapping

from playbook import formats
from playbook.diagnosis.findings import Dip, NearEvent
from playbook.knowledge.event_words import event_words
from playbook.knowledge.metrics import Metric
from playbook.language import _


def sentence(dip: Dip, metrics: Mapping[str, Metric]) -> str:
    """`Enter room rate, prolonged, 1:00 to 1:25: about 53% lost (range 42% to 64%)`."""
    label = metrics[dip.metric].label if dip.metric in metrics else dip.metric.replace("_", " ")
    depth, low, high = (formats.percent_in(number, 0) for number in (dip.depth, dip.low, dip.high))
    said = {"metric": label, "clocks": clocks(dip), "part": depth, "low": low, "high": high}
    if dip.kind == "sudden":
        return _("{metric}, sudden, {clocks}: about {part} lost (range {low} to {high})", **said)
    return _("{metric}, prolonged, {clocks}: about {part} lost (range {low} to {high})", **said)


def dip_line(dip: Dip, metrics: Mapping[str, Metric]) -> str:
    """The dip and what the log says of it, in one line."""
    perhaps = perhaps_product(dip, metrics.get(dip.metric))
    return " ".join([f"{sentence(dip, metrics)}.", *([perhaps] if perhaps else []), *known(dip)])


def perhaps_product(dip: Dip, metric: Metric | None) -> str:
    """What is said of a dip in a metric that differs by stretch anyway; empty for any other."""
    name = dip.metric if metric is None else metric.short
    if not dip.perhaps_product:
        return ""
    return _("{metric} differs by stretch in this LIVE, perhaps by product.", metric=name)


def clocks(dip: Dip) -> str:
    """`1:00 to 1:25`, in hours and minutes of the LIVE."""
    start, end = formats.clock(dip.start_minute), formats.clock(dip.end_minute)
    return _("{start} to {end}", start=start, end=end)


def around(near: NearEvent) -> str:
    """`unpin, 2 min before (Linen shirt)`, `billboard that ended 2 min before`, `pin since 0:05`, `coupon at 1:07`."""
    about = ", ".join(filter(None, (near.product, near.detail)))
    return f"{_when(near, event_words(near.type))}{f' ({about})' if about else ''}"


def _when(near: NearEvent, event: str) -> str:
    start, minutes = formats.clock(near.minute), f"{near.ended or near.before:.0f}"
    if near.ended:
        return _("{event} that ended {minutes} min before", event=event, minutes=minutes)
    if near.end_minute is not None and near.before > 0:
        end = formats.clock(near.end_minute)
        return _("{event} since {start}, to {end}", event=event, start=start, end=end)
    if near.before > 0:
        return _("{event} {minutes} min before", event=event, minutes=minutes)
    return _("{event} at {clock}", event=event, clock=start)


def known(dip: Dip) -> list[str]:
    """What the log says of the minutes of a dip, a sentence each."""
    lines = []
    if dip.events:
        lines.append(_("Around the same time: {events}.", events="; ".join(around(each) for each in dip.events)))
    if dip.pinned is False:
        lines.append(_("By the log no product was pinned when it began."))
    return lines
