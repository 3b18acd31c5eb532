"""What the next LIVE may bring, before it begins: GMV and orders by its day, hour, length and host.

Only what is known beforehand enters. The usual of a review knows the impressions as well, so its range is no range of
a LIVE to come. Day, hour and host have levels that are drawn towards the shop's own (`stats/grouped.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np
from scipy.special import ndtr

from playbook.diagnosis.baseline.alike import alike, paid
from playbook.diagnosis.baseline.frame import frame
from playbook.diagnosis.baseline.history import NEEDED, past_of, start_of
from playbook.diagnosis.baseline.series import MetricRows, rows_of
from playbook.knowledge.metrics import Metric
from playbook.language import _
from playbook.metrics.formula import formulas
from playbook.metrics.table import table
from playbook.model.session import Session
from playbook.stats.arrays import Floats
from playbook.stats.grouped import Grouping, next_value
from playbook.stats.kalman import Forecast
from playbook.stats.prediction import TAIL, Task, noise_of, ranges

#: What is told of a LIVE to come, by the metric that holds it.
TOLD = ("gmv", "orders")
#: Candidate sds of the levels (log), with their prior weights: hosts, weekdays, hours of the day.
_HOSTS = ((0.0, 0.15, 0.35), (0.3, 0.4, 0.3))
_WEEKDAYS = ((0.0, 0.15, 0.3), (0.45, 0.4, 0.15))
_HOURS = ((0.0, 0.15, 0.35), (0.3, 0.4, 0.3))
#: Hours of the day this far apart are hardly alike.
_HOURS_REACH = 2.0
#: LIVEs that say when and how long the shop usually goes on air.
_LATEST = 5
#: Prior sd of the elasticity of what an hour brings to the length of the LIVE.
_LENGTH_SD = 0.25
#: Prior sd of a steady growth of the log from LIVE to LIVE.
_GROWTH_SD = 0.01


@dataclass(frozen=True)
class LiveAhead:
    """A LIVE that is planned: shop's wall clock, hours on air, who hosts, whether ads run; None is not known."""

    start: datetime
    hours: float
    host: str | None = None
    ads: bool | None = None


@dataclass(frozen=True)
class Outlook:
    """What one metric of the LIVE ahead will come to.

    `low` to `high` holds 95 % of such LIVEs, `usual` is the middle; None with a `reason` where it cannot be told.
    `lives` is how many earlier LIVEs it rests on.
    """

    metric: str
    lives: int
    usual: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None
    _forecast: Forecast | None = None
    _noise: float = 0.0
    _scale: float = 1.0

    def chance_of(self, target: float) -> float | None:
        """How likely it is that the LIVE reaches `target` (above nought); None where nothing can be told."""
        if self._forecast is None or target <= 0:
            return None
        mean, var = self._forecast.at(np.zeros(1))
        above = 1 - ndtr((np.log(target / self._scale) - mean) / np.sqrt(var + self._noise))
        return float((self._forecast.weight * above).sum())


def usual_next(history: Sequence[Session], now: datetime) -> LiveAhead | None:
    """The LIVE to come as the shop's latest five go: hour and length of their middle, host of the latest.

    On the first day from `now` (shop's wall clock) on at which that hour has not passed. None without dated LIVEs.
    """
    lives = sorted((each for each in history if each.start is not None and each.ordinary), key=start_of)[-_LATEST:]
    if not lives:
        return None
    # Starts around midnight have their middle there, not at noon: counted from six in the morning.
    clock = [((each.start.hour - 6) % 24) * 60 + each.start.minute for each in lives if each.start]
    at = timedelta(minutes=(round(float(np.median(clock)) / 30) * 30 + 360) % 1440)
    begin = datetime.combine(now.date(), time()) + at
    lengths = [each.hours for each in lives if each.hours]
    hours = max(0.5, round(2 * float(np.median(lengths))) / 2) if lengths else 2.0
    return LiveAhead(begin if begin > now else begin + timedelta(days=1), hours, lives[-1].host)


def ahead(live: LiveAhead, history: Sequence[Session], metrics: Mapping[str, Metric]) -> dict[str, Outlook]:
    """GMV and orders of a LIVE to come, by metric. Raises nothing; unknown is an answer.

    Needs three earlier LIVEs that know the metric. LIVEs with ads stand apart from those without, as in a review; where
    nothing is said of ads, the LIVE is taken to be as the latest. About 0.1 s a metric for 60 LIVEs.
    """
    planned = _planned(live, history)
    past = past_of(planned, history)
    compared = alike(planned, past.sessions)
    if compared.mixed:
        reason = (
            _("Too few LIVEs with ads to tell: it needs {needed}.", needed=NEEDED)
            if paid(planned)
            else _("Too few LIVEs without ads to tell: it needs {needed}.", needed=NEEDED)
        )
        return {name: Outlook(name, 0, reason=reason) for name in TOLD if name in metrics}
    of = formulas({name: metrics[name] for name in TOLD if name in metrics})
    view = frame(table((*compared.sessions, planned), of.values()), [len(compared.sessions)])
    found = {}
    for name, each in of.items():
        rows = rows_of(view, name, each)
        known = int(rows.known[0].sum())
        if known < NEEDED:
            reason = _("It needs {needed} earlier LIVEs with this number.", needed=NEEDED)
            found[name] = Outlook(name, known, reason=reason)
        else:
            found[name] = _told(name, rows, [view.table.sessions[int(at)] for at in view.past[0]], planned)
    return found


def _planned(live: LiveAhead, history: Sequence[Session]) -> Session:
    """The LIVE as a session without counts, of the shop's latest kinds of GMV and orders."""
    dated = [each for each in history if each.start is not None and each.ordinary]
    last = max(dated, key=start_of, default=None)
    ads = live.ads if live.ads is not None else paid(last) if last else None
    return Session(
        " ahead",
        {} if ads is None else {"ads_cost": float(ads)},
        start=live.start,
        duration_minutes=60 * live.hours,
        currency=last.currency if last else None,
        gmv_kind=last.gmv_kind if last else None,
        creator=last.creator if last else None,
        host=live.host,
    )


def _told(name: str, rows: MetricRows, past: Sequence[Session], planned: Session) -> Outlook:
    known = np.flatnonzero(rows.known[0])
    lives = [*(past[int(at)] for at in known), planned]
    forecast = next_value(
        rows.y[0][known],
        rows.noise[0][known],
        np.append(known, len(past)),
        np.stack([_lengths(lives), np.append(known, len(past)) - float(len(past))]),
        [_LENGTH_SD, _GROWTH_SD],
        _groupings(lives),
        float(rows.spread[0]),
    )
    middle = forecast.middle(np.zeros(1))
    events = np.where(rows.whole, np.exp(np.clip(middle, -600, 600)), rows.events)
    task = Task(np.zeros(1), rows.exposure, events, rows.cost, rows.whole, rows.proportion)
    span, scale = ranges(forecast, task), float(rows.scale[0])
    usual, low, high = (float(each[0]) * scale for each in (span.usual, span.low, span.high))
    if low == 0 and not rows.whole[0]:  # where even no sale at all is ordinary, both tails lie above
        high = max(usual, float(ranges(forecast, task, 2 * TAIL).high[0]) * scale)
    if rows.zero[0]:
        usual, low = 0.0, 0.0
    noise = float(noise_of(np.exp(middle), rows.exposure * events, rows.cost, rows.proportion)[0])
    if rows.whole[0]:
        low, high = float(np.floor(low + 1e-6)), float(np.ceil(high - 1e-6))
    return Outlook(name, len(known), usual, low, high, None, forecast, noise, scale)


def _lengths(lives: Sequence[Session]) -> Floats:
    """Log hours around their mean, as one covariate; 0 where not known."""
    logs = np.array([np.log(each.hours) if each.hours else np.nan for each in lives])
    return np.nan_to_num(logs - np.nanmean(logs)) if np.isfinite(logs).any() else np.zeros(len(lives))


def _groupings(lives: Sequence[Session]) -> list[Grouping]:
    """Hosts, weekdays and hours as far as the LIVEs know them and differ in them."""
    made = []
    hosts = [each.host for each in lives]
    if len(set(hosts) - {None}) > 1:
        made.append(Grouping(_same(hosts), *_HOSTS))
    if all(each.start for each in lives):
        days = [each.start.weekday() for each in lives if each.start]
        clock = np.array([each.start.hour + each.start.minute / 60 for each in lives if each.start])
        if len(set(days)) > 1:
            made.append(Grouping(_same(days), *_WEEKDAYS))
        gap = np.abs(clock[:, None] - clock[None, :])
        gap = np.minimum(gap, 24 - gap)
        if gap.max() > _HOURS_REACH:
            made.append(Grouping(np.exp(-0.5 * (gap / _HOURS_REACH) ** 2), *_HOURS))
    return made


def _same(names: Sequence[object]) -> Floats:
    """1 where two are of one name; one that is not known is like itself alone."""
    same = np.array([[one is not None and one == other for other in names] for one in names], dtype=float)
    np.fill_diagonal(same, 1.0)
    return same
