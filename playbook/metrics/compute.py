"""The metrics of one LIVE, from its counts. Undefined is a value with a reason, never NaN."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from playbook.knowledge.metrics import Metric
from playbook.language import N_, _
from playbook.model.session import Session

from .formula import HOURS, Formula, formula

FALSE_SUMS = frozenset({"viewers", "customers", "peak_viewers", "avg_viewers"})


@dataclass(frozen=True)
class MetricValue:
    """One metric of one LIVE.

    `value` is in the metric's own unit: a fraction, seconds, money, or a count. `why` says in plain words why
    it is None, or why a value must not be judged (`enough` is False then). `reported` is what the platform
    printed. `approximate` says that one of the counts was derived.
    """

    metric: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    reported: float | None = None
    why: str | None = None
    approximate: bool = False
    enough: bool = False


def usable(count: float | None) -> float | None:
    """A count as a float; None where it is unknown, negative or not finite."""
    if count is None:
        return None
    number = float(count)
    return number if math.isfinite(number) and number >= 0 else None


def compute(session: Session, metrics: Mapping[str, Metric]) -> dict[str, MetricValue]:
    """Every metric of one LIVE, keyed and ordered as `metrics`. Nothing is raised."""
    counts = {name: usable(value) for name, value in session.counts.items()}
    counts |= {HOURS: usable(session.hours), "sku_orders": usable(session.orders)}
    per_order = counts | {"gmv": usable(session.orders_gmv)}
    reported = dict(session.reported)
    if session.orders_kind in ("main", "paid") and "ctor_main" in reported:  # the rate of these very orders
        reported.setdefault("ctor", reported["ctor_main"])
    return {
        name: _in_words(
            session,
            of,
            _value(
                name,
                of,
                per_order if of.per_order else counts,
                reported=reported.get(name),
                approximate=of.is_approximate(session),
                in_trend=False,
            ),
        )
        for name, metric in metrics.items()
        for of in (formula(metric),)
    }


def _in_words(session: Session, of: Formula, value: MetricValue) -> MetricValue:
    """The same with its reason in terms of the orders and the GMV that this LIVE has."""
    if value.why is None or not of.of_orders:
        return value
    if of.per_order and session.orders_gmv is None and session.counts["gmv"] is not None:
        return replace(value, why=_("the orders are attributed orders, and this export has no attributed GMV"))
    sku = _("SKU orders")
    words = {"main": _("main orders"), "paid": _("paid orders"), None: _("orders")}
    return replace(value, why=value.why.replace(sku, words.get(session.orders_kind, sku)))


def from_trend(trend: pd.DataFrame, metrics: Mapping[str, Metric], step: float | None = None) -> dict[str, MetricValue]:
    """Every metric over the rows of a trend: sum over sum, never a mean of the rows' own rates.

    `trend` has one row a minute (or every `step` minutes) and columns named after counts; a row in which one
    of a metric's two counts is unknown is left out of that metric. Different people cannot be added up, so
    metrics made of viewers or customers are undefined. Without `step` it is the usual distance of `minute`.
    """
    each = _step(trend) if step is None else step
    return {name: _from_rows(name, formula(metric), trend, each) for name, metric in metrics.items()}


def _step(trend: pd.DataFrame) -> float | None:
    if "minute" not in trend or len(trend) < 2:
        return None
    gaps = np.diff(np.sort(trend["minute"].to_numpy(dtype=float)))
    return float(np.median(gaps))


def _from_rows(name: str, of: Formula, trend: pd.DataFrame, step: float | None) -> MetricValue:
    columns: dict[str, np.ndarray | None] = {}
    for count in of.counts:
        if count == HOURS:
            columns[count] = None if step is None else np.full(len(trend), step / 60)
        elif count in trend:
            column = pd.to_numeric(trend[count], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
            columns[count] = np.where(np.isfinite(column) & (column >= 0), column, np.nan)
        else:
            columns[count] = None
    if false_sum := next((count for count in of.counts if count in FALSE_SUMS), None):
        return MetricValue(name, None, why=_("{count} of single minutes cannot be added up", count=_spoken(false_sum)))
    known = [column for column in columns.values() if column is not None]
    both = np.all([np.isfinite(column) for column in known], axis=0) if known else np.zeros(0, dtype=bool)
    sums: dict[str, float | None] = {
        count: None if column is None or not both.any() else float(column[both].sum())
        for count, column in columns.items()
    }
    mean, weight = columns[of.numerator], columns.get(of.denominator or "")
    if of.average and mean is not None and weight is not None and both.any():
        total = float(weight[both].sum())
        sums[of.numerator] = float((mean * weight)[both].sum()) / total if total > 0 else None
    return _value(name, of, sums, reported=None, approximate=False, in_trend=True)


def _value(
    name: str,
    of: Formula,
    counts: Mapping[str, float | None],
    *,
    reported: float | None,
    approximate: bool,
    in_trend: bool,
) -> MetricValue:
    above = counts.get(of.numerator)
    below = None if of.denominator is None else counts.get(of.denominator)
    printed = reported if reported is not None and math.isfinite(reported) else None

    def made(value: float | None, why: str | None, enough: bool) -> MetricValue:
        return MetricValue(name, value, above, below, printed, why, approximate, enough)

    def undefined(why: str) -> MetricValue:
        return made(None, why, False)

    if above is None:
        return undefined(_missing(of.numerator, in_trend))
    if of.denominator is None:
        return made(above, None, True)
    if below is None and not of.average:
        return undefined(_missing(of.denominator, in_trend))
    if below == 0:
        if of.denominator == HOURS:
            return undefined(_("the LIVE has no length"))
        return undefined(_("no {count}", count=_spoken(of.denominator)))
    value = above if of.average or below is None else above / below * of.times
    if not math.isfinite(value):
        names = {"one": _spoken(of.numerator), "other": _spoken(of.denominator)}
        return undefined(_("{one} and {other} are too far apart to divide", **names))
    # A printed mean whose weight is not known is taken at its word.
    if below is not None and below < of.needs_at_least:
        return made(value, too_few(below, of), False)
    if below is not None and not of.possible(above, below):
        names = {"one": _spoken(of.numerator), "other": _spoken(of.denominator or "")}
        return made(value, _("more {one} than {other}: one of the two must be wrong", **names), False)
    return made(value, None, True)


def too_few(found: float, of: Formula) -> str:
    """Why a value is shown but not judged."""
    if of.denominator == HOURS:
        minutes, needed = f"{found * 60:.0f}", f"{of.needs_at_least * 60:.0f}"
        return _("too short to tell: {minutes} of {needed} minutes", minutes=minutes, needed=needed)
    said = {"found": f"{found:,.0f}", "needed": f"{of.needs_at_least:,.0f}"}
    return _("too few to tell: {found} of {needed} {count}", **said, count=_spoken(of.denominator or of.numerator))


def _missing(count: str, in_trend: bool) -> str:
    if count == HOURS:
        return _("the length of the LIVE is not known")
    if in_trend:
        return _("no {count} in this trend", count=_spoken(count))
    return _("no {count} in this export", count=_spoken(count))


#: Counts as they stand in a sentence.
_COUNTS = {
    "gmv": N_("GMV"), "sku_orders": N_("SKU orders"), "avg_viewing_seconds": N_("average viewing duration"),
    "impressions": N_("impressions"), "views": N_("views"), "viewers": N_("viewers"), "comments": N_("comments"),
    "product_impressions": N_("product impressions"), "product_clicks": N_("product clicks"), "likes": N_("likes"),
    "shares": N_("shares"), "new_followers": N_("new followers"), "customers": N_("customers"),
    "peak_viewers": N_("peak viewers"), "avg_viewers": N_("avg viewers"),
}  # fmt: skip


def _spoken(count: str) -> str:
    return _(_COUNTS.get(count, count.replace("_", " ")))
