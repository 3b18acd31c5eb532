"""What a line of `when` was held against, in the seller's numbers: the words for what `match` found."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playbook import formats
from playbook.diagnosis.findings import Chronic, Dip, Judgement, NearEvent, ProductFound, Share, Slide
from playbook.knowledge.metrics import Metric

from .match import ScriptLine

#: Kinds whose sentence is the same for every metric.
_PLAIN = {
    "not_reported": "the review does not report this yet ({condition})",
    "not_judged": "not judged",
    "no_dip": "no such dip was found",
    "no_violation": "no such violation was logged",
    "no_log": "no log of events was kept, so what was used is not known",
    "no_product": "no such product stands out from chance",
    "no_share": "no such share fell below its usual",
    "no_slide": "no slide over the last LIVEs",
    "not_chronic": "not below a benchmark again and again",
}


def numbers(line: ScriptLine, metrics: Mapping[str, Metric], currency: str | None = None) -> str:
    """`this LIVE 6.1%, usual 9.2%, range 8.0–10.5% (-34%): below`: what was seen for one line."""
    kind, values = line.seen.kind, line.seen.values
    if kind in _PLAIN:
        return _PLAIN[kind].format(**values)
    if kind in _OF_A_METRIC:
        return _OF_A_METRIC[kind](metrics[line.metric or ""], currency, **values)
    if kind == "dip":
        return _dip(line, metrics)
    return _FOUND[kind](**values)


def product_words(product: ProductFound, role: str) -> str:
    """`Linen shirt: 1.2% of 800 clicks became orders, 4.1% at the other products`."""
    beside = "in its earlier LIVEs" if role == "slipped" else "at the other products"
    rate, of, became = {
        "leaks": (product.ctor, (product.clicks, "product clicks"), "orders"),
        "slipped": (product.before or product.ctor, (product.clicks, "product clicks"), "orders"),
        "pin": (product.ctor, (product.clicks, "product clicks"), "orders"),
        "move_up": (product.order_rate, (product.impressions, "product impressions"), "orders"),
        "not_clicked": (product.ctr, (product.impressions, "product impressions"), "clicks"),
    }[role]
    count = f"{formats.count(of[0])} {of[1]}"
    if rate.value == 0:
        usual = formats.percent(rate.others)
        return f"{product.name}: {count} and no {became}; {usual} of {of[1]} become {became} {beside}"
    return (
        f"{product.name}: {formats.percent(rate.value)} of {count} became {became}, "
        f"{formats.percent(rate.others)} {beside}"
    )


def _judged(metric: Metric, currency: str | None, judgement: Judgement) -> str:
    show = metric.shown_as
    value = formats.value(judgement.value, show, currency)
    if judgement.usual is None:
        reason = f" ({judgement.reason})" if judgement.reason else ""
        return f"this LIVE {value}, no usual yet{reason}"
    gap = "" if judgement.gap is None else f" ({formats.change(judgement.gap)})"
    return (
        f"this LIVE {value}, usual {formats.value(judgement.usual, show, currency)}, "
        f"range {formats.value_range(judgement.low, judgement.high, show, currency)}{gap}: {judgement.verdict}"
    )


def _slide(metric: Metric, currency: str | None, slide: Slide) -> str:
    show = metric.shown_as
    return (
        f"last LIVEs {formats.value(slide.recent, show, currency)}, before "
        f"{formats.value(slide.earlier, show, currency)} ({formats.change(slide.change)}, "
        f"range {formats.change(slide.low)} to {formats.change(slide.high)})"
    )


def _chronic(metric: Metric, currency: str | None, chronic: Chronic) -> str:
    mark = formats.value(chronic.benchmark.value, metric.shown_as, currency)
    return f"below the benchmark {mark} in {chronic.below} of {chronic.of} LIVEs"


def _dip(line: ScriptLine, metrics: Mapping[str, Metric]) -> str:
    """The fall, and what the line asked of the minutes around it, as the log has it."""
    dip: Dip = line.seen.values["dip"]
    before: NearEvent | None = line.seen.values["before"]
    label = metrics[dip.metric].label if dip.metric in metrics else dip.metric
    start, end = formats.clock(dip.start_minute), formats.clock(dip.end_minute)
    words = f"{label} lost about {formats.percent_in(dip.depth, 0)} from {start} to {end}"
    if line.condition.pinned == "nothing":
        words += "; by the log no product was pinned when it began"
    if line.condition.pinned == "something":
        words += "; by the log a product was pinned when it began"
    if before is not None:
        what = before.type.replace("_", " ")
        words += f"; {what}{f' ({before.detail})' if before.detail else ''} at minute {before.minute:.0f}"
    return words


def _share(share: Share) -> str:
    name = share.name.replace("_", " ")
    return f"{name} {formats.percent(share.share)} of {share.of}, usual {formats.percent(share.usual)}"


_OF_A_METRIC: Mapping[str, Callable[..., str]] = {"judged": _judged, "slide": _slide, "chronic": _chronic}
_FOUND: Mapping[str, Callable[..., str]] = {
    "violation": lambda violation: f"{violation.type or 'a violation'} at {formats.clock(violation.minute)}",
    "unused": lambda event: f"the log of this LIVE has no {event.replace('_', ' ')}",
    "used": lambda event: f"the log of this LIVE has a {event.replace('_', ' ')}",
    "products": lambda products, role: "; ".join(product_words(each, role) for each in products),
    "share": _share,
}
