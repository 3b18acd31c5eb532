"""What is said of the products of a LIVE and of its pitch rounds."""

from __future__ import annotations

from playbook import formats
from playbook.advice.grounds import product_words
from playbook.diagnosis.findings import ProductFound, ProductRate, ProductRoom, Round
from playbook.language import N_, _, ngettext
from playbook.pipeline import Review

#: Role: what to call it, and what to do about it.
ROLES = {
    "leaks": (
        N_("Opened, not bought"), N_("Look at price, variants, delivery and reviews before it is shown again."),
    ),
    "slipped": (
        N_("Sells worse than it did"), N_("See what has changed since: price, stock, delivery, how it is shown."),
    ),
    "pin": (N_("Worth the pin"), N_("Give it a round of its own early in the next LIVE.")),
    "move_up": (N_("Move up in the bag"), N_("Few have seen it; those who did bought.")),
    "not_clicked": (
        N_("Shown, not opened"), N_("Say its use and price in its first minute, or give its place away."),
    ),
}  # fmt: skip
#: A product that costs more than this many times the usual order is named.
_DEAR = 2.0


def products_line(room: ProductRoom) -> str:
    """One sentence: which product needs what first; or that none stands out, and why that may be."""
    for role, (_what, advice) in ROLES.items():
        found = room.of_role(role)
        if found:
            return f"{product_words(found[0], role)}. {_(advice)}"
    judged = sum(each.ctor.verdict != "unknown" or each.ctr.verdict != "unknown" for each in room.products)
    if judged == 0:
        reasons = [each.ctor.reason for each in room.products if each.ctor.reason]
        if reasons:
            return _("The products cannot be compared: {reason}.", reason=reasons[0])
        return _("The products cannot be compared: the list has too few numbers.")
    return _("No product stands out from the others beyond chance.")


def in_order(room: ProductRoom) -> list[ProductFound]:
    """The products as they are listed, those that were pinned first."""
    return sorted(room.products, key=lambda each: each.pinned is not True)


def own_past(each: ProductFound) -> str:
    """`4.4%, below` where the CTOR in its own earlier LIVEs is known; a dash where it is not."""
    if each.before is None or each.before.others is None:
        return "–"
    rate = formats.percent(each.before.others)
    if each.before.verdict == "below":
        return _("{rate}, now below", rate=rate)
    return _("{rate}, now above", rate=rate) if each.before.verdict == "above" else rate


def changed(room: ProductRoom) -> list[str]:
    """Products whose CTOR left that of their own earlier LIVEs, pinned ones first, three at most."""
    found = [each for each in in_order(room) if each.before and each.before.verdict in ("below", "above")]
    return [_left(each, each.before) for each in found[:3] if each.before]


def _left(product: ProductFound, rate: ProductRate) -> str:
    said = {"product": product.name, "now": formats.percent(rate.value), "before": formats.percent(rate.others)}
    if product.pinned:
        return _("{product} (pinned): CTOR {now}, {before} in its own earlier LIVEs.", **said)
    return _("{product}: CTOR {now}, {before} in its own earlier LIVEs.", **said)


def market(review: Review) -> str:
    """`Market: product CTR 4.0% (Seller Center, 2026-11-01).` for what somebody typed; else empty."""
    typed = [review.judgements[name].benchmark for name in ("product_ctr", "ctor") if name in review.judgements]
    parts = [
        f"{review.knowledge.metrics[each.metric].short} {formats.percent(each.value)} "
        f"({', '.join(filter(None, (each.source, each.date)))})"
        for each in typed
        if each is not None
    ]
    return _("Market: {figures}.", figures="; ".join(parts)) if parts else ""


def prices(review: Review) -> str | None:
    """How prices stand to what an order of this LIVE was worth; None where either is not known."""
    room = review.diagnosis.products
    if room is None or not room.order_value:
        return None
    known = [(each.name, each.price or each.order_value) for each in room.products]
    dear = [name for name, price in known if price is not None and price > _DEAR * room.order_value]
    usual = formats.money(room.order_value, review.session.currency)
    if not any(price is not None for _name, price in known):
        return None
    if not dear:
        return _("An order of this LIVE was worth {money}; no product costs more than twice that.", money=usual)
    names, more = ", ".join(dear[:4]), len(dear) - 4
    if more > 0:
        names = ngettext("{names} and {count} more", "{names} and {count} more", more, names=names, count=more)
    return _("An order of this LIVE was worth {money}. More than twice that: {products}.", money=usual, products=names)


def round_note(each: Round) -> str:
    """What stands out in a round, short; a dash where nothing does or nothing is known."""
    if each.too_long:
        return _("long: clicks {change} in its second half", change=formats.change(each.later_clicks))
    if each.too_long is None:
        return _("too few numbers to tell")
    return "–"
