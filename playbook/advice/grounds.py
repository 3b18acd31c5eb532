"""What a line of `when` was held against, in the seller's numbers: the words for what `match` found."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playbook import formats
from playbook.diagnosis.findings import Chronic, Dip, Judgement, NearEvent, ProductFound, Share, Slide
from playbook.knowledge.event_words import event_words
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _

from .match import ScriptLine

#: Kinds whose sentence is the same for every metric.
_PLAIN = {
    "not_reported": N_("the review does not report this yet ({condition})"),
    "not_judged": N_("not judged"),
    "no_dip": N_("no such dip was found"),
    "no_violation": N_("no such violation was logged"),
    "no_log": N_("no log of events was kept, so what was used is not known"),
    "no_product": N_("no such product stands out from chance"),
    "no_share": N_("no such share fell below its usual"),
    "no_slide": N_("no slide over the last LIVEs"),
    "not_chronic": N_("not below a benchmark again and again"),
}


def numbers(line: ScriptLine, metrics: Mapping[str, Metric], currency: str | None = None) -> str:
    """`this LIVE 6.1%, usual 9.2%, range 8.0–10.5% (-34%): below`: what was seen for one line."""
    kind, values = line.seen.kind, line.seen.values
    if kind in _PLAIN:
        return _(_PLAIN[kind], **values)
    if kind in _OF_A_METRIC:
        return _OF_A_METRIC[kind](metrics[line.metric or ""], currency, **values)
    if kind == "dip":
        return _dip(line, metrics)
    return _FOUND[kind](**values)


_CLICKED = (
    N_("{product}: {value} of {count} product clicks became orders, {others} at the other products"),
    N_(
        "{product}: {count} product clicks and no orders; {others} of product clicks become orders at the other "
        "products"
    ),
)
#: By role: a rate against that of others, and one of nought.
_PRODUCT = {
    "leaks": _CLICKED,
    "pin": _CLICKED,
    "slipped": (
        N_("{product}: {value} of {count} product clicks became orders, {others} in its earlier LIVEs"),
        N_(
            "{product}: {count} product clicks and no orders; {others} of product clicks become orders in its earlier "
            "LIVEs"
        ),
    ),
    "move_up": (
        N_("{product}: {value} of {count} product impressions became orders, {others} at the other products"),
        N_(
            "{product}: {count} product impressions and no orders; {others} of product impressions become orders at "
            "the other products"
        ),
    ),
    "not_clicked": (
        N_("{product}: {value} of {count} product impressions became clicks, {others} at the other products"),
        N_(
            "{product}: {count} product impressions and no clicks; {others} of product impressions become clicks at "
            "the other products"
        ),
    ),
}


def product_words(product: ProductFound, role: str) -> str:
    """`Linen shirt: 1.2% of 800 clicks became orders, 4.1% at the other products`."""
    rate, base = {
        "leaks": (product.ctor, product.clicks),
        "slipped": (product.before or product.ctor, product.clicks),
        "pin": (product.ctor, product.clicks),
        "move_up": (product.order_rate, product.impressions),
        "not_clicked": (product.ctr, product.impressions),
    }[role]
    return _(
        _PRODUCT[role][rate.value == 0],
        product=product.name, value=formats.percent(rate.value), count=formats.count(base),
        others=formats.percent(rate.others),
    )  # fmt: skip


_VERDICTS = {"below": N_("below"), "usual": N_("usual"), "above": N_("above"), "unknown": N_("unknown")}


def _judged(metric: Metric, currency: str | None, judgement: Judgement) -> str:
    show = metric.shown_as
    value = formats.value(judgement.value, show, currency)
    if judgement.usual is None:
        if judgement.reason:
            return _("this LIVE {value}, no usual yet ({reason})", value=value, reason=judgement.reason)
        return _("this LIVE {value}, no usual yet", value=value)
    gap = "" if judgement.gap is None else f" ({formats.change(judgement.gap)})"
    spread = f"{formats.value_range(judgement.low, judgement.high, show, currency)}{gap}"
    return _(
        "this LIVE {value}, usual {usual}, range {range}: {verdict}",
        value=value, usual=formats.value(judgement.usual, show, currency), range=spread,
        verdict=_(_VERDICTS[judgement.verdict]),
    )  # fmt: skip


def _slide(metric: Metric, currency: str | None, slide: Slide) -> str:
    show = metric.shown_as
    return _(
        "last LIVEs {recent}, before {earlier} ({change}, range {low} to {high})",
        recent=formats.value(slide.recent, show, currency), earlier=formats.value(slide.earlier, show, currency),
        change=formats.change(slide.change), low=formats.change(slide.low), high=formats.change(slide.high),
    )  # fmt: skip


def _chronic(metric: Metric, currency: str | None, chronic: Chronic) -> str:
    mark = formats.value(chronic.benchmark.value, metric.shown_as, currency)
    said = {"benchmark": mark, "below": chronic.below, "of": chronic.of}
    return _("below the benchmark {benchmark} in {below} of {of} LIVEs", **said)


def _dip(line: ScriptLine, metrics: Mapping[str, Metric]) -> str:
    """The fall, and what the line asked of the minutes around it, as the log has it."""
    dip: Dip = line.seen.values["dip"]
    before: NearEvent | None = line.seen.values["before"]
    label = metrics[dip.metric].label if dip.metric in metrics else dip.metric
    start, end = formats.clock(dip.start_minute), formats.clock(dip.end_minute)
    depth = formats.percent_in(dip.depth, 0)
    said = [_("{metric} lost about {part} from {start} to {end}", metric=label, part=depth, start=start, end=end)]
    if line.condition.pinned == "nothing":
        said.append(_("by the log no product was pinned when it began"))
    if line.condition.pinned == "something":
        said.append(_("by the log a product was pinned when it began"))
    if before is not None:
        what = event_words(before.type) + (f" ({before.detail})" if before.detail else "")
        minute = f"{before.minute:.0f}"
        said.append(_("{event} at minute {minute}", event=what, minute=minute))
    return "; ".join(said)


def _violation(kind: str | None, clock: str) -> str:
    if kind:
        return _("{violation} at {clock}", violation=kind, clock=clock)
    return _("a violation at {clock}", clock=clock)


def _share(share: Share) -> str:
    name = share.name.replace("_", " ")
    said = {"share": formats.percent(share.share), "usual": formats.percent(share.usual)}
    return _("{name} {share} of {count}, usual {usual}", name=name, count=_(share.of), **said)


_OF_A_METRIC: Mapping[str, Callable[..., str]] = {"judged": _judged, "slide": _slide, "chronic": _chronic}
_FOUND: Mapping[str, Callable[..., str]] = {
    "violation": lambda violation: _violation(violation.type, formats.clock(violation.minute)),
    "unused": lambda event: _("the log of this LIVE has no {event}", event=event_words(event)),
    "used": lambda event: _("the log of this LIVE has a {event}", event=event_words(event)),
    "products": lambda products, role: "; ".join(product_words(each, role) for each in products),
    "share": _share,
}
