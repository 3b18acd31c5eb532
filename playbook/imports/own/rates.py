"""Printed rates of a sheet kept by hand: what each is made of, and the counts that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from playbook.imports.cells.values import numbers
from playbook.knowledge.column_words import MONEY_RATES
from playbook.knowledge.exports import Derived, Rate

Scale = Literal["percent", "fraction"]

_ORDERS = ("sku_orders", "orders_main", "orders_paid")
_BY_VIEWS = {
    "comment_rate": "comments", "follow_rate": "new_followers", "share_rate": "shares", "like_rate": "likes",
}  # fmt: skip
_GMV = ("gmv", "gmv_direct", "gmv_attributed")


def rate_scale(columns: Mapping[str, Sequence[str]]) -> Scale:
    """Whether bare rates of a sheet are percentages or fractions: 12 is no fraction. `columns` are cells by rate.

    Where counts stand beside them, the reading of rates has the last word.
    """
    bare = [
        value
        for name, cells in columns.items()
        if name not in MONEY_RATES and name != "like_rate"
        for value in numbers([cell for cell in cells if "%" not in cell and "％" not in cell], "rate").values
        if value is not None
    ]
    return "fraction" if bare and max(bare) <= 1 else "percent"


def profile_rates(
    counts: Mapping[str, int], rates: Iterable[str], scale: Scale = "percent"
) -> tuple[dict[str, Rate], dict[str, Derived]]:
    """Each rate with its two counts, and what is derived: a count that is missing, from one that is there."""
    orders = next((name for name in _ORDERS if name in counts), "orders_paid")
    gmv = next((name for name in _GMV if name in counts), "gmv")
    made = {name: rate for name in rates if (rate := _rate(name, orders, gmv, scale)) is not None}
    return made, _derived(set(counts), made)


def _rate(name: str, orders: str, gmv: str, scale: Scale) -> Rate | None:
    pairs: dict[str, tuple[str, str]] = {
        "err": ("views", "impressions"),
        "ctr": ("product_clicks", "views"),
        "product_ctr": ("product_clicks", "product_impressions"),
        "ctor": (orders, "product_clicks"),
        **{name: (count, "views") for name, count in _BY_VIEWS.items()},
    }
    money = {
        "show_gpm": (gmv, "impressions", 1000.0), "watch_gpm": (gmv, "views", 1000.0),
        "gmv_per_hour": (gmv, "hours", 1.0), "gmv_per_order": (gmv, orders, 1.0),
    }  # fmt: skip
    if name in pairs:
        above, below = pairs[name]
        return Rate(headers=[], scale=scale, numerator=above, denominator=below)
    if name in money:
        above, below, times = money[name]
        only = name == "gmv_per_order"  # an average price may be by item
        return Rate(headers=[], scale="money", numerator=above, denominator=below, times=times, only_if_it_fits=only)
    if name == "impressions_per_hour":
        return Rate(headers=[], scale="number", numerator="impressions", denominator="hours")
    return None


def _derived(known: set[str], rates: Mapping[str, Rate]) -> dict[str, Derived]:
    """From percentages only: money by the thousand is printed too coarsely to count people with."""
    found: dict[str, Derived] = {}
    known = set(known)
    for _ in range(len(rates)):
        for name, rate in rates.items():
            above, below = rate.numerator or "", rate.denominator or ""
            if rate.scale not in ("percent", "fraction"):
                continue
            if below in known and above not in known:
                found[above] = Derived(count=below, rate=name, multiplied=True)
                known.add(above)
            elif above in known and below not in known:
                found[below] = Derived(count=above, rate=name)
                known.add(below)
    return found
