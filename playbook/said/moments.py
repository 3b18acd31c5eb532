"""Stretches of a LIVE whose words are worth reading: dips, what came before its best minutes, rounds of a pitch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from playbook.diagnosis.findings import Dip, Round
from playbook.model.session import Session
from playbook.model.transcript import Line, between

#: The counts by which minutes are the best; the first that a trend has.
_BEST_BY = ("gmv", "sku_orders", "product_clicks", "views")
#: Minutes of the best stretch, of those before it, and of those before a dip; a dip is read for so long.
_BEST, _BEFORE, _OF_DIP = 5, 5, 15


@dataclass(frozen=True)
class SpokenStretch:
    """Minutes [first, last) and their words. `of`: the metric of a dip, the count of the best minutes, the product."""

    kind: Literal["dip", "best", "round"]
    first: float
    last: float
    lines: tuple[Line, ...]
    of: str | None = None
    at: float | None = None


def moments(
    lines: Sequence[Line], session: Session, dips: Sequence[Dip], rounds: Sequence[Round]
) -> list[SpokenStretch]:
    """By kind, then by time. `at` is when the dip, the best minutes or the round began."""
    found: list[SpokenStretch] = []
    first: float
    last: float
    for dip in dips:
        first, last = max(0.0, dip.start_minute - _BEFORE), min(dip.end_minute, dip.start_minute + _OF_DIP)
        found.append(SpokenStretch("dip", first, last, between(lines, first, last), dip.metric, dip.start_minute))
    best = best_minutes(session)
    if best is not None:
        count, at = best
        first = max(0.0, at - _BEFORE)
        found.append(SpokenStretch("best", first, at, between(lines, first, at), count, at))
    for each in rounds:
        last = each.minute + (each.minutes if each.minutes is not None else _OF_DIP)
        found.append(
            SpokenStretch("round", each.minute, last, between(lines, each.minute, last), each.product, each.minute)
        )
    return found


def best_minutes(session: Session) -> tuple[str, float] | None:
    """The count and the first of the five minutes that had most of it; None without a trend that counts anything."""
    trend, step = session.trend, session.trend_step or 1.0
    if trend is None or step > _BEST:
        return None
    wide = max(1, round(_BEST / step))
    for count in _BEST_BY:
        if count in trend and len(trend) > wide and trend[count].sum() > 0:
            sums = trend[count].fillna(0).rolling(wide).sum()
            return count, float(trend["minute"].iloc[int(sums.argmax()) - wide + 1])
    return None
