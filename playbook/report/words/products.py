"""What is said of the products of a LIVE and of its pitch rounds."""

from __future__ import annotations

from playbook import formats
from playbook.advice.match import product_words
from playbook.diagnosis.findings import ProductRoom, Round
from playbook.pipeline import Review

#: Role: what to call it, and what to do about it.
ROLES = {
    "leaks": ("Opened, not bought", "Look at price, variants, delivery and reviews before it is shown again."),
    "slipped": ("Sells worse than it did", "See what has changed since: price, stock, delivery, how it is shown."),
    "pin": ("Worth the pin", "Give it a round of its own early in the next LIVE."),
    "move_up": ("Move up in the bag", "Few have seen it; those who did bought."),
    "not_clicked": ("Shown, not opened", "Say its use and price in its first minute, or give its place away."),
}
#: A product dearer than so many times the usual order is named.
_DEAR = 2.0


def headline(room: ProductRoom) -> str:
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
    """What stands out in a round, short; a dash where nothing does or can be told."""
    if each.too_long:
        return f"long: clicks {formats.change(each.later_clicks)} in its second half"
    if each.too_long is None:
        return "too few numbers to tell"
    return "–"
