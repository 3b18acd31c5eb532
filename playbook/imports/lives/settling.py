"""Counts that follow from others or contradict them: which GMV counts, what is derived, what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from playbook.imports.layout.columns import Counted, Rows
from playbook.knowledge.column_words import said as meaning_in_words
from playbook.language import _, ngettext
from playbook.model.notes import CONTRADICTION
from playbook.model.notes import said as in_words

from .rates import Checked, rounding

#: Pairs of counts of which the first cannot be larger by the platform's own definitions.
_WITHIN = (
    ("views", "impressions"), ("viewers", "views"), ("product_clicks", "product_impressions"),
    ("sku_orders", "product_clicks"), ("orders_main", "product_clicks"), ("orders_paid", "product_clicks"),
)  # fmt: skip

#: A count is not derived from a number that was rounded by more than this share of itself.
_COARSE = 0.05

_WORDS = {
    "views": "views", "impressions": "impressions", "viewers": "viewers", "product_clicks": "product clicks",
    "product_impressions": "product impressions", "sku_orders": "SKU orders",
    "orders_main": "main orders", "orders_paid": "paid orders",
}  # fmt: skip


def settle_gmv(found: Rows, counts: Counted, starts: Sequence[datetime | None]) -> list[str | None]:
    """Fill `gmv` with direct GMV where printed, else attributed, and say which. Gross revenue never counts.

    A column called only GMV is kept as it is; where a profile dates its change of meaning, the date decides.
    """
    columns = counts.counts
    size = len(found)
    unknown: list[float | None] = [None] * size
    bare = columns.get("gmv", unknown)
    since = found.match.profile.gmv_attributed_from
    if since is not None and "gmv" in columns:
        change = date.fromisoformat(since)
        later = [start is not None and start.date() >= change for start in starts]
        for name, wanted in (("gmv_attributed", True), ("gmv_direct", False)):
            other = columns.get(name, unknown)
            columns[name] = [
                old if old is not None else value if is_later == wanted and starts[at] is not None else None
                for at, (old, value, is_later) in enumerate(zip(other, bare, later, strict=True))
            ]
    gmv: list[float | None] = []
    kinds: list[str | None] = []
    for bare_value, direct, attributed in zip(
        bare, columns.get("gmv_direct", unknown), columns.get("gmv_attributed", unknown), strict=True
    ):
        value, kind = (direct, "direct") if direct is not None else (attributed, "attributed")
        if value is None:
            value, kind = bare_value, ""
        gmv.append(value)
        kinds.append(kind or None)
    columns["gmv"] = gmv
    return kinds


def settle_orders(counts: Counted) -> None:
    """SKU orders, row by row: those of direct GMV where an export prints them, else the attributed ones."""
    attributed = counts.counts.get("sku_orders_attributed")
    if attributed is None:
        return
    own = counts.counts.get("sku_orders", [None] * len(attributed))
    counts.counts["sku_orders"] = [
        mine if mine is not None else other for mine, other in zip(own, attributed, strict=True)
    ]


def derive(found: Rows, counts: Counted, checked: Checked) -> list[frozenset[str]]:
    """Counts that follow, about, from a printed rate; never over one that is printed, nor from a coarse rate."""
    names: list[set[str]] = [set() for _unused in range(len(found))]
    for name, rule in found.match.profile.derived.items():
        rate = checked.rates.get(rule.rate)
        base = counts.counts.get(rule.count)
        if rate is None or base is None or name in counts.counts:
            continue
        column: list[float | None] = []
        coarse = []
        for at, (count, per) in enumerate(zip(base, rate.values, strict=True)):
            value = None
            if count and per and rounding(rate.cells[at]) > _COARSE:
                coarse.append(at)
            elif count and per:
                value = float(round(count * per / rule.times if rule.multiplied else count / per * rule.times))
                names[at].add(name)
            column.append(value)
        if coarse:
            cell, more = rate.cells[coarse[0]].strip(), len(coarse) - 1
            found.remark(_too_coarse(cell, meaning_in_words(name), more), coarse[0], rate.position)
        counts.counts[name] = column
    return [frozenset(each) for each in names]


def _too_coarse(cell: str, name: str, more: int) -> str:
    if not more:
        return _("'{cell}' has too few digits to derive {name} from; they are left unknown", cell=cell, name=name)
    return ngettext(
        "'{cell}' has too few digits to derive {name} from; they are left unknown, and so in {count} more row",
        "'{cell}' has too few digits to derive {name} from; they are left unknown, and so in {count} more rows",
        more, cell=cell, name=name, count=more,
    )  # fmt: skip


def contradictions(found: Rows, counts: Counted) -> list[tuple[str, ...]]:
    """Counts that contradict each other: kept, with a remark."""
    notes: list[list[str]] = [[] for _unused in range(len(found))]
    for inner, outer in _WITHIN:
        inside, outside = counts.counts.get(inner), counts.counts.get(outer)
        if inside is None or outside is None:
            continue
        for at, (less, more) in enumerate(zip(inside, outside, strict=True)):
            if less is not None and more is not None and less > more:
                values = {
                    "part": f"{less:,.0f}", "part_name": _WORDS[inner],
                    "whole": f"{more:,.0f}", "whole_name": _WORDS[outer],
                }  # fmt: skip
                note = CONTRADICTION.format(**values)
                notes[at].append(note)
                found.remark(in_words(note).rstrip("."), at, found.match.columns.get(inner))
    return [tuple(each) for each in notes]
