"""Pitch rounds: the five numbers of each stretch in which one product was pinned, and rounds that ran too long.

Needs a log with pins and a trend. The numbers follow a practice of reviewing by round rather than by LIVE: how long
the pitch was built up before the link opened, how the room moved meanwhile, orders in the three minutes after it,
the length, and how often the close was spoken. A round is called too long only when it was clearly longer than the
LIVE's other rounds and its clicks for views fell in its second half beyond what chance and the room's own wobble do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from playbook.diagnosis.findings import Round
from playbook.knowledge.metrics import Metric
from playbook.model.session import Event, Session

from .before_after import var_of_difference, wobble_of
from .minutes import MinuteCounts, Minutes, counted, on_grid

#: Orders are counted for so long after the link opens; a build-up begins at most so long before it.
AFTER_PIN, BUILD_UP = 3.0, 15.0
#: Rows that cover more than this say nothing of a round.
_FINEST = 5.0
#: A round is long beside the others when it is this many times the median, and at least this many minutes.
_LONGER, _LEAST = 1.5, 12.0
#: Standard errors by which clicks must have fallen; one-sided 1 %, every round being a chance for a false alarm.
_BEYOND = 2.33
_FEWEST = 10


def rounds(session: Session, metrics: Mapping[str, Metric]) -> tuple[Round, ...]:
    """Every round by time; empty without pins in the log. What the trend cannot say is None.

    A round lasts from its pin to its end, the next pin or unpin, or the end of the LIVE.
    """
    pins = _stretches(session.events, session.duration_minutes)
    grid = on_grid(session.trend, session.trend_step, session.duration_minutes) if pins else None
    if grid is not None and grid.step > _FINEST:
        grid = None
    found = [_round(pin, start, end, session.events, grid) for pin, start, end in pins]
    usual = median([each.minutes for each in found if each.minutes is not None]) if len(found) >= 3 else None
    series = counted(grid, "ctr", metrics["ctr"], joined=False) if grid is not None and "ctr" in metrics else None
    return tuple(_judged(each, usual, grid, _wobble(series, each)) for each in found)


def _stretches(events: Sequence[Event], ends: float | None) -> list[tuple[Event, float, float | None]]:
    """Each pin with its first and last minute; None where nothing says when it ended."""
    turns = sorted((each for each in events if each.type in ("pin", "unpin")), key=lambda each: each.minute)
    found = []
    for index, pin in enumerate(turns):
        if pin.type != "pin":
            continue
        following = turns[index + 1].minute if index + 1 < len(turns) else ends
        known = [each for each in (pin.end_minute, following) if each is not None and each > pin.minute]
        found.append((pin, pin.minute, min(known) if known else None))
    return found


def _round(pin: Event, start: float, end: float | None, events: Sequence[Event], grid: Minutes | None) -> Round:
    spoken = [each.minute for each in events if each.type == "script"]
    before = [minute for minute in spoken if start - BUILD_UP <= minute < start]
    built = start - min(before) if before else None
    clicks, views = (_sum(grid, name, start, end) for name in ("product_clicks", "views"))
    orders = _sum(grid, "sku_orders", start, end)
    return Round(
        product=pin.product or pin.detail,
        minute=start,
        minutes=None if end is None else end - start,
        build_up=built,
        views_change=_views_change(grid, start, built),
        orders_after_pin=_sum(grid, "sku_orders", start, start + AFTER_PIN),
        closes=sum(end is not None and start <= minute < end for minute in spoken) if spoken else None,
        clicks=clicks,
        orders=orders,
        click_rate=clicks / views if clicks is not None and views else None,
        ctor=orders / clicks if orders is not None and clicks else None,
    )


def _views_change(grid: Minutes | None, start: float, built: float | None) -> float | None:
    """Views per minute in the build-up against as long before it, as a fraction."""
    if grid is None or not built or start - 2 * built < 0:
        return None
    during, before = (
        _sum(grid, "views", start - built, start),
        _sum(grid, "views", start - 2 * built, start - built),
    )
    return during / before - 1 if during is not None and before else None


def _judged(found: Round, usual: float | None, grid: Minutes | None, spread: float | None) -> Round:
    """With the verdict on its length; None where that is not known."""
    if found.minutes is None or usual is None:
        return found
    if found.minutes < max(_LEAST, _LONGER * usual):
        return replace(found, too_long=False)
    middle = found.minute + found.minutes / 2
    halves = ((found.minute, middle), (middle, found.minute + found.minutes))
    clicks, views = ([_sum(grid, name, *half) for half in halves] for name in ("product_clicks", "views"))
    if spread is None or None in (*clicks, *views) or min(each or 0 for each in clicks) < _FEWEST:
        return found
    (c1, c2), (v1, v2) = ([float(each or 0) for each in pair] for pair in (clicks, views))
    error = np.sqrt(1 / c1 + 1 / c2 + spread)
    fell = float(np.log((c2 / v2) / (c1 / v1)))
    return replace(found, too_long=bool(fell < -_BEYOND * error), later_clicks=float(np.expm1(fell)))


def _wobble(series: MinuteCounts | None, found: Round) -> float | None:
    """Variance by the LIVE's own wobble of the log click rate between two neighbouring stretches of ten minutes.

    The round itself is left out: what faded in it is no ordinary wobble.
    """
    if series is None or found.minutes is None or series.bins < 8:
        return None
    base = series.base.copy()
    base[series.at(found.minute) : series.at(found.minute + found.minutes)] = 0.0
    if not (base > 0).any():
        return None
    return float(var_of_difference(wobble_of(replace(series, base=base)), 10.0))


def _sum(grid: Minutes | None, name: str, start: float, end: float | None) -> float | None:
    """A count in minutes [start, end), rows at the edges by their part; None where any minute is unknown."""
    if grid is None or end is None or name not in grid.columns:
        return None
    begin = grid.first + np.arange(len(grid.columns[name])) * grid.step
    part = np.clip(np.minimum(begin + grid.step, end) - np.maximum(begin, start), 0, None) / grid.step
    touched = part > 0
    if not touched.any() or not np.isfinite(grid.columns[name][touched]).all():
        return None
    return float((grid.columns[name][touched] * part[touched]).sum())
