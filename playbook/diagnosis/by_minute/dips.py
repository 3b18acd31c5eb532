"""Stretches of a LIVE in which impressions or a rate fell below the LIVE's own level.

One series after the other: what was counted is compared with the level, the slow course and the ordinary wobble of
the same LIVE (`ar_noise`, `scan`). Rises and falls are fitted away one after the other (`shifts`), so that none spoils
the level another is judged by; then wobble, level and course are estimated again without them, and the search is
repeated. What is found has to stand against a wilder wobble (`confirm`). A fall is reported when its odds
are better than e to one, where a fall, at any of the places tried, is taken to be as likely beforehand as none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook.diagnosis.findings import Dip, Note
from playbook.knowledge.metrics import Metric
from playbook.model.session import Event
from playbook.stats.ar_noise import Wobble, likelihood, of_rooms, room_prior, wobble
from playbook.stats.scan import SUDDEN_UP_TO, slow_course, windows

from .against import Against, first_level
from .confirm import Weighing
from .minutes import COURSE_REACH, MinuteCounts, counted, followed_metrics, on_grid
from .pitched import by_product, levels
from .readings import TrendReading, missing, reading, too_few
from .shifts import Shift, Shifts, TriedShift, lifting, pick, without
from .takings import takings, takings_of

Floats = NDArray[np.float64]

#: Log odds above which a stretch is called a dip, and those at which it is kept out of the level meanwhile.
CALLED, DOUBTED = 1.0, -1.5
#: What windows beside the strongest add to the log odds.
_BESIDE = 1.5
#: The first minutes hold people who were already waiting; a fall is not looked for there.
_SETTLING = 10.0
#: Fewer bins, minutes or hits than these say nothing about a course inside a LIVE.
_BINS, _MINUTES, _HITS = 6, 30.0, 5
#: A level never falls under this part of where it was.
_LOWEST = 0.1
#: Losses are shrunk towards this, and vary by that much between dips.
_LOSS, _LOSS_SD = 0.45, 0.25
#: Standard errors in the 95 % range of a depth; a little over 1.96, since the ends are uncertain too.
_REACH_95 = 2.2


@dataclass(frozen=True)
class Search:
    """What was found in one series: dips by time, how finely it can be read, and its own wobble."""

    dips: tuple[Dip, ...]
    reading: TrendReading
    wobble: Wobble


def dips(
    trend: pd.DataFrame | None,
    step: float | None,
    metrics: Mapping[str, Metric],
    duration: float | None,
    events: Sequence[Event] = (),
) -> tuple[tuple[Dip, ...], tuple[Note, ...]]:
    """All dips of a LIVE by time, and notes on what could not be read.

    `trend` has `minute` and counts, each row covering `step` minutes; `duration` is the LIVE's length in minutes.
    `events` are what was logged: giveaways and ads lift a series. Unknown or impossible cells are left out. Raises
    nothing.
    """
    minutes = on_grid(trend, step, duration)
    if minutes is None:
        return (), ()
    found: list[Dip] = []
    readings: list[TrendReading] = []
    without: list[str] = []
    known: dict[str, MinuteCounts | None] = {}
    for name in (*followed_metrics(metrics), *takings_of(metrics)):
        money = name in takings_of(metrics)
        known[name] = takings(minutes, name, metrics) if money else counted(minutes, name, metrics[name])
    restless = {name: likely for name, each in known.items() if (likely := _restless(each, events)) is not None}
    for name, series in known.items():
        prior = room_prior([each for other, each in restless.items() if other != name])
        searched = None if series is None else search(series, events, prior)
        if searched is None:
            without.append(metrics[name].short)
            continue
        found += searched.dips
        readings.append(searched.reading)
    found.sort(key=lambda dip: (dip.start_minute, dip.metric))
    return tuple(found), (*too_few(readings, metrics), *missing(without))


def _restless(series: MinuteCounts | None, events: Sequence[Event]) -> Floats | None:
    """How restless its room is by this series alone (`ar_noise.of_rooms`), before any fall is looked for."""
    if series is None or not _enough(series) or (series.of_products and levels(series, events).shape[1]):
        return None
    flat = Against.level(series, first_level(series), np.zeros((series.bins, 0)))
    return None if flat.blank else of_rooms(likelihood(flat.calm, flat.counting, flat.step))


def _enough(series: MinuteCounts) -> bool:
    return bool(series.known.sum() >= _BINS and series.bins * series.step >= _MINUTES and series.hits.sum() >= _HITS)


def search(series: MinuteCounts, events: Sequence[Event] = (), prior: Floats | None = None) -> Search | None:
    """The dips of one series; None where it is too short, mostly unknown, or has hardly any counts.

    `prior`: of its wobble, as the other series of the LIVE show it (`ar_noise.room_prior`).
    """
    if not _enough(series):
        return None
    first = max(0, int(np.ceil((_SETTLING - series.first) / series.step)))
    tried = TriedShift(*windows(series.bins, series.step, first), first, series.step, lifting(events, series, first))
    if len(tried.begin) == 0:
        return None
    own = levels(series, events)
    slow = np.hstack([series.course_sd * slow_course(series.bins, COURSE_REACH * series.bins), own])
    level = first_level(series)
    flat = Against.level(series, level, slow)
    if flat.blank:
        return None
    doubted = pick(flat.refit(wobble(flat.calm, flat.counting, series.step, prior)), tried, (), DOUBTED)
    level = level * _course(doubted)
    for each in doubted.rises:
        level[each.start : each.end] *= 1 - each.loss
    seen = Against.level(series, level, slow)
    if seen.blank:
        return None
    spread = wobble(without(seen.deviation, doubted.falls), seen.counting, series.step, prior)
    refit = seen.refit(spread)
    called = pick(refit, tried, doubted.rises, CALLED)
    falls = Weighing(seen, tried, called.rises, prior).confirmed(called.falls, CALLED)
    perhaps = False
    if falls and series.of_products and own.shape[1] == 0:
        rest = Against.level(series, level * _course(called), slow)
        perhaps = by_product(flat, rest, falls, _gained(called, falls, tried.price), spread)
    found = sorted((_dip(each, series, -tried.price, perhaps) for each in falls), key=lambda dip: dip.start_minute)
    needed = CALLED + tried.price - _BESIDE
    fitted = called.fitted if len(falls) == len(called.falls) else refit([*called.rises, *falls])
    return Search(tuple(found), reading(series, fitted, (tried.begin, tried.end), needed), spread)


def _course(found: Shifts) -> Floats:
    """The level and slow course (bins,) beside the shifts, as a part of the level they were fitted against."""
    return np.maximum(found.fitted.level + found.fitted.course, _LOWEST)


def _gained(called: Shifts, falls: Sequence[Shift], price: float) -> float:
    """What the falls that were kept and all rises explain (log odds), each given those found before it."""
    kept = {each.span for each in falls}
    return sum(each.evidence - price for each in (*called.rises, *(fall for fall in called.falls if fall.span in kept)))


def _dip(fall: Shift, series: MinuteCounts, prior: float, perhaps_product: bool) -> Dip:
    """The fall as a person reads it. The loss is shrunk: the strongest of many windows looks too deep."""
    variance = fall.variance * max(1 - fall.loss, 0.15)
    weight = _LOSS_SD**2 / (_LOSS_SD**2 + variance)
    depth = weight * fall.loss + (1 - weight) * _LOSS
    reach = _REACH_95 * float(np.sqrt(weight * variance))
    start, end = round(series.minute(fall.start)), round(series.minute(fall.end))
    value = series.rate(fall.start, fall.end)
    depth = min(max(depth, 0.05), 0.99)
    return Dip(
        metric=series.metric,
        start_minute=max(0, start),
        end_minute=end,
        kind="sudden" if (fall.end - fall.start) * series.step <= SUDDEN_UP_TO else "prolonged",
        depth=depth,
        low=max(0.0, depth - reach),
        high=min(1.0, depth + reach),
        value=value,
        level=None if value is None else value / (1 - min(max(fall.loss, 0.05), 0.99)),
        evidence=fall.evidence + prior,
        perhaps_product=perhaps_product,
    )
