"""What a shop's own tries of a strategy say, and what that does to the order of advice.

Effects of several tries are pooled by random effects: each try has its own error, and tries truly differ from each
other by a spread that is estimated by the method of DerSimonian and Laird (1986, "Meta-analysis in clinical
trials") with the wider range of Hartung, Knapp, Sidik and Jonkman, never narrower than the plain one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np
from scipy.special import stdtrit

from .outcomes import Outcome

#: What a strategy is trusted with before any try: as if it had worked once and shown no sign once.
_PRIOR = 1.0


@dataclass(frozen=True)
class Evidence:
    """A shop's own tries of one strategy.

    `tries` are plans in which it was done at least once: `worked`, `no_sign`, and `cannot_tell` of them; `not_done`
    are plans that came to nothing. `change` is the pooled relative change of `metric` with its 95 % range (None
    until a try has been measured). `last_used` is the start of the latest LIVE with it. `trust` multiplies the
    strength of a recommendation: 1 before any verdict, above 1 where it worked more often than not, below where not.
    """

    strategy: str
    metric: str
    tries: int
    worked: int
    no_sign: int
    cannot_tell: int
    not_done: int
    change: float | None = None
    low: float | None = None
    high: float | None = None
    last_used: datetime | None = None

    @property
    def trust(self) -> float:
        return 2 * (self.worked + _PRIOR) / (self.worked + self.no_sign + 2 * _PRIOR)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        last = None if self.last_used is None else self.last_used.isoformat()
        return asdict(self) | {"last_used": last, "trust": self.trust}


def evidence_of(outcomes: Sequence[Outcome], starts: Mapping[str, datetime | None]) -> dict[str, Evidence]:
    """The evidence by strategy id, in order of first mention. One outcome a plan: the last given counts.

    `starts` maps LIVE ids to their start, for the last use. Where tries of a strategy watched different metrics,
    those of its latest plan are pooled and all are counted.
    """
    latest = {each.plan: each for each in outcomes}
    strategies = dict.fromkeys(each.strategy for each in latest.values())
    return {
        name: _of_one(name, [each for each in latest.values() if each.strategy == name], starts) for name in strategies
    }


def trust_of(evidence: Mapping[str, Evidence]) -> dict[str, float]:
    """What `rank.ranked` and `recommend` take: a multiplier by strategy id."""
    return {name: each.trust for name, each in evidence.items()}


def pooled(effects: Sequence[float], errors: Sequence[float]) -> tuple[float, float, float]:
    """Mean, low, high of log effects with their standard errors; a single one has its own 95 % range.

    Raises ValueError where there is none, or where an error is not above 0.
    """
    y, se = np.asarray(effects, dtype=float), np.asarray(errors, dtype=float)
    if len(y) == 0 or len(y) != len(se) or not (se > 0).all():
        raise ValueError("needs at least one effect, each with an error above 0")
    fixed = 1 / se**2
    middle = float(fixed @ y / fixed.sum())
    excess = float(fixed @ (y - middle) ** 2) - (len(y) - 1)
    room = float(fixed.sum() - (fixed**2).sum() / fixed.sum())
    spread = max(0.0, excess / room) if len(y) > 1 else 0.0
    weight = 1 / (se**2 + spread)
    mean = float(weight @ y / weight.sum())
    plain = 1.959964 / math.sqrt(float(weight.sum()))
    if len(y) == 1:
        return mean, mean - plain, mean + plain
    seen = float(weight @ (y - mean) ** 2) / (len(y) - 1) / float(weight.sum())
    half = max(plain, float(stdtrit(len(y) - 1, 0.975)) * math.sqrt(seen))
    return mean, mean - half, mean + half


def _of_one(name: str, outcomes: Sequence[Outcome], starts: Mapping[str, datetime | None]) -> Evidence:
    tried = [each for each in outcomes if each.done > 0]
    metric = (tried or list(outcomes))[-1].metric
    measured = [
        (each.log_change, each.error)
        for each in tried
        if each.metric == metric and each.log_change is not None and each.error
    ]
    change = low = high = None
    if measured:
        logs = pooled([log for log, _ in measured], [error for _, error in measured])
        change, low, high = (math.expm1(min(each, 50.0)) for each in logs)
    return Evidence(
        name,
        metric,
        tries=len(tried),
        worked=_count(tried, "worked"),
        no_sign=_count(tried, "no_sign"),
        cannot_tell=_count(tried, "cannot_tell"),
        not_done=len(outcomes) - len(tried),
        change=change,
        low=low,
        high=high,
        last_used=_latest(starts.get(each.last_session or "") for each in tried),
    )


def _count(outcomes: Iterable[Outcome], verdict: str) -> int:
    return sum(each.verdict == verdict for each in outcomes)


def _latest(starts: Iterable[datetime | None]) -> datetime | None:
    known = [each.replace(tzinfo=None) for each in starts if each is not None]
    return max(known, default=None)
