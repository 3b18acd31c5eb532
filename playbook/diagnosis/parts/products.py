"""The products of one LIVE against each other: what leaks after the click, what to pin, what to move up in the bag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Literal

import numpy as np

from playbook.diagnosis.findings import Note, ProductFound, ProductRate, ProductRoom, note
from playbook.language import N_, _
from playbook.model.session import Product, Session
from playbook.stats.arrays import Floats
from playbook.stats.beta_binomial import ALPHA, OTHERS, WORTH, ShrunkRate, common_population, jeffreys, place
from playbook.stats.exact import lower_mid_p
from playbook.stats.multiplicity import tarone_count

Step = tuple[str, str, str]
#: What of what: product CTR, CTOR, and both steps together.
CTR: Step = ("product_ctr", "product_clicks", "product_impressions")
CTOR: Step = ("ctor", "sku_orders", "product_clicks")
ORDER_RATE: Step = ("order_rate", "sku_orders", "product_impressions")
#: What is said of a count that is not known, is nought, or is more than the one that it is a part of.
_UNKNOWN = {
    "product_impressions": N_("product impressions unknown"), "product_clicks": N_("product clicks unknown"),
    "sku_orders": N_("SKU orders unknown"),
}  # fmt: skip
_NONE = {"product_impressions": N_("no product impressions"), "product_clicks": N_("no product clicks")}
_MORE = {
    CTR: N_("more product clicks than product impressions"), CTOR: N_("more SKU orders than product clicks"),
    ORDER_RATE: N_("more SKU orders than product impressions"),
}  # fmt: skip
#: Earlier LIVEs of the same product from which on it has a usual of its own.
_PAST = 3


def products(session: Session, past: Sequence[Session] = ()) -> ProductRoom | None:
    """Every product's rates against the other products of the LIVE, and its roles; None without a product list.

    `past`: earlier LIVEs of the shop, for the same product's own usual. What is missing is unknown with a reason.
    """
    listed = session.products
    if not listed:
        return None
    rates = {step[0]: _rates(listed, step) for step in (CTR, CTOR, ORDER_RATE)}
    shown = [each.counts.get("product_impressions") for each in listed]
    typical = median([each for each in shown if each is not None]) if any(each is not None for each in shown) else None
    found = []
    for index, product in enumerate(listed):
        one = _found(session, product, {name: each[index] for name, each in rates.items()}, past, len(listed))
        found.append(replace(one, roles=_roles(one, typical)))
    return ProductRoom(tuple(found), typical, _order_value(session), _missing(listed))


def _found(
    session: Session, product: Product, rates: dict[str, ProductRate], past: Sequence[Session], examined: int
) -> ProductFound:
    counts = product.counts
    gmv, orders = counts.get("gmv"), counts.get("sku_orders")
    return ProductFound(
        product_id=product.product_id,
        name=product.name or product.product_id or _("a product without a name"),
        impressions=counts.get("product_impressions"),
        clicks=counts.get("product_clicks"),
        orders=orders,
        gmv=gmv,
        price=product.price,
        order_value=gmv / orders if gmv is not None and orders else None,
        pinned=_pinned(session, product),
        ctr=rates["product_ctr"],
        ctor=rates["ctor"],
        order_rate=rates["order_rate"],
        before=_before(product, past, examined),
    )


def _rates(listed: Sequence[Product], step: Step) -> list[ProductRate]:
    """One rate of every product, in the order of the list."""
    name, above, below = step
    pairs = [_pair(each, above, below) for each in listed]
    known = [(at, pair) for at, pair in enumerate(pairs) if not isinstance(pair, str)]
    hits, base = (np.array([pair[side] for _unused, pair in known], dtype=float) for side in (0, 1))
    rates = [ProductRate(name, reason=pair) if isinstance(pair, str) else ProductRate(name) for pair in pairs]
    low = _plainly_low(hits, base) if step == CTOR else [False] * len(known)
    population = common_population(hits, base)
    for row, (at, (k, n)) in enumerate(known):
        others = np.arange(len(known)) != row
        rate = _rate(name, k, n, place(k, n, hits[others], base[others], population), len(known))
        rates[at] = replace(rate, verdict="below") if low[row] and rate.verdict == "usual" else rate
    return rates


def _plainly_low(hits: Floats, base: Floats) -> list[bool]:
    """Products whose counts alone say that they sell worse than the others together, by exact tests.

    The beta-binomial comparison expects products to differ about as the others do, and so believes neither in one that
    nobody orders nor in a single bad one among many that are alike. A product with hits has to be more than `WORTH`
    under the others, one without any only under them: it is as far under as can be. Products with so few clicks
    that even no order at all would be ordinary do not count among those that were looked at for it.
    """
    if len(hits) <= OTHERS or not 0 < hits.sum() < base.sum():
        return [False] * len(hits)
    rest, rest_base = hits.sum() - hits, base.sum() - base
    if not ((rest > 0) & (rest < rest_base)).all():
        return [False] * len(hits)
    none = [
        lower_mid_p(0.0, base[i], float(hits.sum()), rest_base[i]) if hits.sum() <= rest_base[i] else 1.0
        for i in range(len(hits))
    ]
    examined = tarone_count(none, ALPHA)
    found = []
    for at, (k, n) in enumerate(zip(hits, base, strict=True)):
        if k == 0:
            found.append(none[at] <= ALPHA / examined)
        else:
            found.append(lower_mid_p(k, n, rest[at], rest_base[at], 1 - WORTH) <= ALPHA / len(hits))
    return found


def _rate(name: str, hits: float, base: float, placed: ShrunkRate | None, examined: int) -> ProductRate:
    low, high = jeffreys(hits, base)
    if placed is None:
        if examined <= OTHERS:
            why = _("needs {count} other products with the same numbers to compare with", count=OTHERS)
        else:
            why = _("the other products have too few hits to compare with")
        return ProductRate(name, hits / base, low, high, reason=why)
    return ProductRate(name, hits / base, low, high, placed.shrunk, placed.others, placed.verdict(examined))


def _pair(product: Product, above: str, below: str) -> tuple[float, float] | str:
    """Hits and base as whole numbers, or why there is no rate."""
    hits, base = product.counts.get(above), product.counts.get(below)
    for name, value in ((above, hits), (below, base)):
        if value is None or not np.isfinite(value) or value < 0:
            return _(_UNKNOWN[name])
    assert hits is not None and base is not None  # the loop above returned otherwise
    if round(base) == 0:
        return _(_NONE[below])
    if hits > base:
        return _(next(said for step, said in _MORE.items() if step[1:] == (above, below)))
    return float(round(hits)), float(round(base))


def _before(product: Product, past: Sequence[Session], examined: int) -> ProductRate | None:
    """CTOR against the same product's own earlier LIVEs, by id, else by exact name; None where there are too few."""
    rows = []
    for live in past:
        same = [each for each in live.products if _same(each, product)]
        pair = _pair(same[0], CTOR[1], CTOR[2]) if len(same) == 1 else ""
        if not isinstance(pair, str):
            rows.append(pair)
    own = _pair(product, CTOR[1], CTOR[2])
    if isinstance(own, str) or len(rows) < _PAST:
        return None
    hits, base = (np.array([row[side] for row in rows], dtype=float) for side in (0, 1))
    return _rate("ctor", *own, place(*own, hits, base), examined)


def _same(one: Product, other: Product) -> bool:
    if one.product_id and other.product_id:
        return one.product_id == other.product_id
    return bool(one.name) and one.name == other.name


def _pinned(session: Session, product: Product) -> bool | None:
    """Whether it was pinned, by its own minutes or by the event log; None where neither says."""
    if product.pinned_minutes is not None:
        return product.pinned_minutes > 0
    pins = [each for each in session.events if each.type == "pin"]
    if not pins or any(each.product is None for each in pins):
        return None  # a pin without a name may have been this one
    names = {each.casefold() for each in (product.name, product.product_id) if each}
    return any(each.product is not None and each.product.casefold() in names for each in pins)


Role = Literal["leaks", "slipped", "pin", "move_up", "not_clicked"]


def _roles(found: ProductFound, typical: float | None) -> tuple[Role, ...]:
    """What the rates say to do. Each rests on a verdict that allows for luck; what is unknown gives no role."""
    seen, roles = found.impressions, list[Role]()
    little = seen is not None and typical is not None and seen < typical
    if found.ctor.verdict == "below" and found.ctr.verdict != "below":
        roles.append("leaks")
    if found.before is not None and found.before.verdict == "below":
        roles.append("slipped")
    if found.ctor.verdict == "above" and (found.pinned is False or (little and not found.pinned)):
        roles.append("pin")
    if found.order_rate.verdict == "above" and little:
        roles.append("move_up")
    if found.ctr.verdict == "below" and seen is not None and typical is not None and seen >= typical:
        roles.append("not_clicked")
    return tuple(roles)


def _order_value(session: Session) -> float | None:
    """The room's GMV per SKU order: of the LIVE, else of its products together."""
    gmv, orders = session.orders_gmv, session.counts["sku_orders"]
    if gmv is not None and orders:
        return gmv / orders
    pairs = [(each.counts.get("gmv"), each.counts.get("sku_orders")) for each in session.products]
    known = [(money, number) for money, number in pairs if money is not None and number is not None]
    total = sum(number for _unused, number in known)
    return sum(money for money, _unused in known) / total if total else None


def _missing(listed: Sequence[Product]) -> tuple[Note, ...]:
    """The counts that no product has."""
    return tuple(
        note("no_product_count", count=name)
        for name in ("product_impressions", "product_clicks", "sku_orders")
        if all(each.counts.get(name) is None for each in listed)
    )
