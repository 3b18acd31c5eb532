"""What is said of the products of a LIVE and of its pitch rounds."""

from __future__ import annotations

from playbook import formats
from playbook.advice.grounds import product_words
from playbook.diagnosis.findings import ProductFound, ProductRoom, Round
from playbook.pipeline import Review

#: Role: what to call it, and what to do about it.
ROLES = {
    "leaks": ("Opened, not bought", "Look at price, variants, delivery and reviews before it is shown again."),
    "slipped": ("Sells worse than it did", "See what has changed since: price, stock, delivery, how it is shown."),
    "pin": ("Worth the pin", "Give it a round of its own early in the next LIVE."),
    "move_up": ("Move up in the bag", "Few have seen it; those who did bought."),
    "not_clicked": ("Shown, not opened", "Say its use and price in its first minute, or give its place away."),
}
#: A product that costs more than this many times the usual order is named.
_DEAR = 2.0


def products_line(room: ProductRoom) -> str:
    """One sentence: which product needs what first; or that none stands out, and why that may be."""
    for role, (_, advice) in ROLES.items():
        found = room.of_role(role)
        if found:
            return f"{product_words(found[0], role)}. {advice}"
    judged = sum(each.ctor.verdict != "unknown" or each.ctr.verdict != "unknown" for each in room.products)
    if judged == 0:
        reasons = [each.ctor.reason for each in room.products if each.ctor.reason]
        return f"The products cannot be compared: {reasons[0] if reasons else 'the list has too few numbers'}."
    return "No product stands out from the others beyond chance."


def in_order(room: ProductRoom) -> list[ProductFound]:
    """The products as they are listed, those that were pinned first."""
    return sorted(room.products, key=lambda each: each.pinned is not True)


def own_past(each: ProductFound) -> str:
    """`4.4%, below` where the CTOR in its own earlier LIVEs is known; a dash where it is not."""
    if each.before is None or each.before.others is None:
        return "–"
    verdict = {"below": ", now below", "above": ", now above"}.get(each.before.verdict, "")
    return f"{formats.percent(each.before.others)}{verdict}"


def changed(room: ProductRoom) -> list[str]:
    """Products whose CTOR left that of their own earlier LIVEs, pinned ones first, three at most."""
    found = [each for each in in_order(room) if each.before and each.before.verdict in ("below", "above")]
    return [
        f"{each.name}{' (pinned)' if each.pinned else ''}: CTOR {formats.percent(each.before.value)}, "
        f"{formats.percent(each.before.others)} in its own earlier LIVEs."
        for each in found[:3]
        if each.before
    ]


def market(review: Review) -> str:
    """`Market: product CTR 4.0% (Seller Center, 2026-11-01).` for what somebody typed; else empty."""
    typed = [review.judgements[name].benchmark for name in ("product_ctr", "ctor") if name in review.judgements]
    parts = [
        f"{review.knowledge.metrics[each.metric].short} {formats.percent(each.value)} "
        f"({', '.join(filter(None, (each.source, each.date)))})"
        for each in typed
        if each is not None
    ]
    return f"Market: {'; '.join(parts)}." if parts else ""


def prices(review: Review) -> str | None:
    """How prices stand to what an order of this LIVE was worth; None where either is not known."""
    room = review.diagnosis.products
    if room is None or not room.order_value:
        return None
    known = [(each.name, each.price or each.order_value) for each in room.products]
    dear = [name for name, price in known if price is not None and price > _DEAR * room.order_value]
    usual = formats.money(room.order_value, review.session.currency)
    if not any(price is not None for _, price in known):
        return None
    if not dear:
        return f"An order of this LIVE was worth {usual}; no product costs more than twice that."
    names = ", ".join(dear[:4]) + (f" and {len(dear) - 4} more" if len(dear) > 4 else "")
    return f"An order of this LIVE was worth {usual}. More than twice that: {names}."


def round_note(each: Round) -> str:
    """What stands out in a round, short; a dash where nothing does or nothing is known."""
    if each.too_long:
        return f"long: clicks {formats.change(each.later_clicks)} in its second half"
    if each.too_long is None:
        return "too few numbers to tell"
    return "–"
