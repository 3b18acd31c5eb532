"""What is said of a dip: how much was lost when, what the log has around the same time, and what is left to ask."""

from __future__ import annotations

from collections.abc import Mapping

from playbook import formats
from playbook.diagnosis.findings import Dip, NearEvent
from playbook.knowledge.metrics import Metric


def sentence(dip: Dip, metrics: Mapping[str, Metric]) -> str:
    """`Enter room rate, prolonged, 1:00 to 1:25: about 53% lost (range 42% to 64%)`."""
    label = metrics[dip.metric].label if dip.metric in metrics else dip.metric.replace("_", " ")
    depth, low, high = (formats.percent_in(number, 0) for number in (dip.depth, dip.low, dip.high))
    return f"{label}, {dip.kind}, {clocks(dip)}: about {depth} lost (range {low} to {high})"


def dip_line(dip: Dip, metrics: Mapping[str, Metric]) -> str:
    """The dip and what the log says of it, in one line."""
    perhaps = perhaps_product(dip, metrics.get(dip.metric))
    return " ".join([f"{sentence(dip, metrics)}.", *([perhaps] if perhaps else []), *known(dip)])


def perhaps_product(dip: Dip, metric: Metric | None) -> str:
    """What is said of a dip in a metric that differs by stretch anyway; empty for any other."""
    name = dip.metric if metric is None else metric.short
    return f"{name} differs by stretch in this LIVE, perhaps by product." if dip.perhaps_product else ""


def clocks(dip: Dip) -> str:
    """`1:00 to 1:25`, in hours and minutes of the LIVE."""
    return f"{formats.clock(dip.start_minute)} to {formats.clock(dip.end_minute)}"


def around(near: NearEvent) -> str:
    """`unpin, 2 min before (Linen shirt)`, `billboard that ended 2 min before`, `pin since 0:05`, `coupon at 1:07`."""
    about = ", ".join(filter(None, (near.product, near.detail)))
    return f"{near.type.replace('_', ' ')} {_when(near)}{f' ({about})' if about else ''}"


def _when(near: NearEvent) -> str:
    if near.ended:
        return f"that ended {near.ended:.0f} min before"
    if near.end_minute is not None and near.before > 0:
        return f"since {formats.clock(near.minute)}, to {formats.clock(near.end_minute)}"
    return f"{near.before:.0f} min before" if near.before > 0 else f"at {formats.clock(near.minute)}"


def known(dip: Dip) -> list[str]:
    """What the log says of the minutes of a dip, a sentence each."""
    lines = []
    if dip.events:
        lines.append(f"Around the same time: {'; '.join(around(each) for each in dip.events)}.")
    if dip.pinned is False:
        lines.append("By the log no product was pinned when it began.")
    return lines
