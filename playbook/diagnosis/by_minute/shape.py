"""The course of a LIVE from its first third to its last, how ERR started up, and whether it parts from impressions.

Stable or rising is healthy, but many LIVEs fall towards their end; where the shop's past LIVEs have trends, theirs
is the yardstick. Ranges hold counting noise and the LIVE's own wobble; against past LIVEs, their variation as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from playbook.diagnosis.findings import Drift, Shape, Verdict
from playbook.knowledge.metrics import Metric
from playbook.model.session import Session

from .before_after import var_of_difference, wobble_of
from .minutes import MinuteCounts, Minutes, counted, followed_metrics, on_grid

#: Past LIVEs needed before a shape is called unusual, and at most looked at.
NEEDED, _LATEST = 3, 20
#: A third of a LIVE must have this many hits and minutes.
_HITS, _MINUTES = 10, 10.0
_STRETCH, _STRETCHES = 15.0, 6
_Z = 1.959964


def shape(session: Session, past: Sequence[Session], metrics: Mapping[str, Metric]) -> Shape | None:
    """The shape of a LIVE against those before it; None without a usable trend."""
    minutes = _grid(session)
    if minutes is None:
        return None
    earlier = [grid for grid in (_grid(each) for each in past[-_LATEST:]) if grid is not None]
    drifts = []
    for name in followed_metrics(metrics):
        now = _drift(minutes, name, metrics[name])
        if now is not None:
            usual = [each for each in (_drift(grid, name, metrics[name]) for grid in earlier) if each is not None]
            drifts.append(_against(now, usual))
    startup = _startup(minutes, metrics)
    if startup is not None:
        startup = _against(startup, [s for s in (_startup(grid, metrics) for grid in earlier) if s is not None])
    divergence = _divergence({each.metric: each for each in drifts})
    return Shape(
        drifts=tuple(drifts),
        startup=startup,
        together=_together(minutes, metrics),
        divergence=divergence,
    )


def _grid(session: Session) -> Minutes | None:
    return on_grid(session.trend, session.trend_step, session.duration_minutes)


def _drift(minutes: Minutes, name: str, metric: Metric) -> Drift | None:
    series = counted(minutes, name, metric)
    if series is None:
        return None
    third = series.bins // 3
    return _compare(name, series, (0, third), (series.bins - third, series.bins))


def _startup(minutes: Minutes, metrics: Mapping[str, Metric]) -> Drift | None:
    """ERR of its warm-up against the rest: the change is first over rest."""
    followed = metrics["err"].by_minute if "err" in metrics else None
    if followed is None or minutes.first >= followed.warm_up:
        return None
    views, shown = minutes.columns.get("views"), minutes.columns.get("impressions")
    if views is None or shown is None:
        return None
    known = np.isfinite(views) & np.isfinite(shown) & (shown > 0)
    hits, base = np.where(known, views, 0.0), np.where(known, shown, 0.0)
    series = MinuteCounts("err", minutes.first, minutes.step, hits, base, True)
    cut = series.at(followed.warm_up)
    return _compare("err", series, (cut, series.bins), (0, cut))


def _compare(name: str, series: MinuteCounts, early: tuple[int, int], late: tuple[int, int]) -> Drift | None:
    sides = []
    for start, end in (early, late):
        hits, base = float(series.hits[start:end].sum()), float(series.base[start:end].sum())
        if (end - start) * series.step < _MINUTES or hits < _HITS or base <= 0:
            return None
        sides.append((hits, base))
    (hits0, base0), (hits1, base1) = sides
    change = float(np.log(hits1 / base1) - np.log(hits0 / base0))
    shorter = min(early[1] - early[0], late[1] - late[0]) * series.step
    error = float(np.sqrt(1 / hits0 + 1 / hits1 + var_of_difference(wobble_of(series), min(shorter, 120))))
    low, high = change - _Z * error, change + _Z * error
    course: Literal["falls", "stable", "rises"] = "falls" if high < 0 else "rises" if low > 0 else "stable"
    return Drift(name, float(np.expm1(change)), float(np.expm1(low)), float(np.expm1(high)), course)


def _against(now: Drift, past: Sequence[Drift]) -> Drift:
    """The drift beside the usual one: mean of past logs, and the range of one more (Student)."""
    if len(past) < NEEDED:
        return replace(now, lives=len(past))
    logs = np.log1p([each.change for each in past])
    reach = float(stdtrit(len(logs) - 1, 0.975)) * max(float(logs.std(ddof=1)), 0.03) * (1 + 1 / len(logs)) ** 0.5
    middle, here = float(logs.mean()), float(np.log1p(now.change))
    verdict: Verdict = "below" if here < middle - reach else "above" if here > middle + reach else "usual"
    return replace(
        now,
        usual=float(np.expm1(middle)),
        usual_low=float(np.expm1(middle - reach)),
        usual_high=float(np.expm1(middle + reach)),
        lives=len(past),
        verdict=verdict,
    )


def _divergence(drifts: Mapping[str, Drift]) -> Literal["shown_more_entered_less", "shown_less_entered_more"] | None:
    courses = tuple(drifts[name].course if name in drifts else None for name in ("impressions", "err"))
    if courses == ("rises", "falls"):
        return "shown_more_entered_less"
    if courses == ("falls", "rises"):
        return "shown_less_entered_more"
    return None


def _together(minutes: Minutes, metrics: Mapping[str, Metric]) -> tuple[float, float, float] | None:
    """Correlation of the logs over stretches of 15 minutes after the warm-up, with Fisher's 95 % range."""
    if "err" not in metrics:
        return None
    series = counted(minutes, "err", metrics["err"], joined=False)
    size = 0 if series is None else max(1, round(_STRETCH / series.step))
    if series is None or series.bins // size < _STRETCHES:
        return None
    stretches = series.bins // size
    views = series.hits[: stretches * size].reshape(stretches, size).sum(axis=1)
    shown = series.base[: stretches * size].reshape(stretches, size).sum(axis=1)
    if (views < _HITS).any():
        return None
    logs = pd.DataFrame({"shown": np.log(shown), "err": np.log(views / shown)})
    if (logs.std() < 1e-9).any():
        return None
    r = float(logs["shown"].corr(logs["err"]))
    middle, reach = float(np.arctanh(np.clip(r, -0.999, 0.999))), _Z / (stretches - 3) ** 0.5
    return r, float(np.tanh(middle - reach)), float(np.tanh(middle + reach))
