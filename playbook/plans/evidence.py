"""What a shop's own tries of a strategy say, and what that does to the order of advice.

Each plan by itself says "worked" of nothing in a few of a hundred cases; over months a shop tries many, and among
those that worked a good part would be luck. So all plans of the shop are taken together, and of those that are said
to have worked only as many hold as keep the part of false ones at 10 % (Benjamini and Hochberg 1995). Effects of
several tries of one strategy are pooled by random effects (`stats.meta_analysis`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from playbook.stats.meta_analysis import random_effects
from playbook.stats.multiplicity import benjamini_hochberg
from playbook.stats.sequential import PLANNED_ALPHA

from .outcomes import PlanOutcome
from .shared_move import fraction

#: Of the plans that hold as "worked" at most this part is expected to be false.
FALSE_AT_MOST = 0.10
#: What a strategy is trusted with before any try: as if it had worked once and shown no sign once.
_PRIOR = 1.0


@dataclass(frozen=True)
class Evidence:
    """A shop's own tries of one strategy.

    `tries` are plans in which it was done at least once: `worked`, `no_sign`, and `cannot_tell` of them; `not_done`
    are plans that came to nothing. `unconfirmed` of the tries worked by themselves, but among all plans of the shop
    that may be luck; `plans` is how many those are. `change` is the pooled relative change of `metric` with its 95 %
    range (None until a try has been measured). `last_used` is the start of the latest LIVE with it. `trust` multiplies
    the strength of a recommendation: 1 before any verdict, above 1 where it worked more often than not, else below.
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
    unconfirmed: int = 0
    plans: int = 0

    @property
    def trust(self) -> float:
        return 2 * (self.worked + _PRIOR) / (self.worked + self.no_sign + 2 * _PRIOR)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        last = None if self.last_used is None else self.last_used.isoformat()
        return asdict(self) | {"last_used": last, "trust": self.trust}


def evidence_of(outcomes: Sequence[PlanOutcome], starts: Mapping[str, datetime | None]) -> dict[str, Evidence]:
    """The evidence by strategy id, in order of first mention. One outcome a plan: the last given counts.

    `starts` maps LIVE ids to their start, for the last use. Where tries of a strategy watched different metrics,
    those of its latest plan are pooled and all are counted.
    """
    latest = {each.plan: each for each in outcomes}
    hold = confirmed(list(latest.values()))
    strategies = dict.fromkeys(each.strategy for each in latest.values())
    return {
        name: _of_one(name, [each for each in latest.values() if each.strategy == name], starts, hold, len(latest))
        for name in strategies
    }


def confirmed(outcomes: Sequence[PlanOutcome]) -> frozenset[str]:
    """The plans that hold as "worked" among all that a shop tried; at most `FALSE_AT_MOST` of them falsely, on average.

    An outcome of before p-values were kept has the largest one with which it could have worked.
    """
    tried = [each for each in outcomes if each.done > 0]
    hold = benjamini_hochberg([_p_value(each) for each in tried], FALSE_AT_MOST)
    return frozenset(
        each.plan for each, good in zip(tried, hold, strict=True) if good and each.verdict == "worked"
    )  # fmt: skip


def _p_value(outcome: PlanOutcome) -> float:
    if outcome.p_value is not None:
        return outcome.p_value
    return PLANNED_ALPHA if outcome.verdict == "worked" else 1.0


def trust_of(evidence: Mapping[str, Evidence]) -> dict[str, float]:
    """What `rank.ranked` and `recommend` take: a multiplier by strategy id."""
    return {name: each.trust for name, each in evidence.items()}


def _of_one(
    name: str,
    outcomes: Sequence[PlanOutcome],
    starts: Mapping[str, datetime | None],
    hold: Collection[str],
    plans: int,
) -> Evidence:
    tried = [each for each in outcomes if each.done > 0]
    metric = (tried or list(outcomes))[-1].metric
    measured = [
        (each.log_change, each.error)
        for each in tried
        if each.metric == metric and each.log_change is not None and each.error
    ]
    change = low = high = None
    if measured:
        pooled = random_effects([log for log, _ in measured], [error**2 for _, error in measured])
        change, low, high = (fraction(each) for each in (pooled.mean, *pooled.interval()))
    return Evidence(
        name,
        metric,
        tries=len(tried),
        worked=sum(each.plan in hold for each in tried),
        no_sign=_count(tried, "no_sign"),
        cannot_tell=_count(tried, "cannot_tell"),
        not_done=len(outcomes) - len(tried),
        change=change,
        low=low,
        high=high,
        last_used=_latest(starts.get(each.last_session or "") for each in tried),
        unconfirmed=sum(each.verdict == "worked" and each.plan not in hold for each in tried),
        plans=plans,
    )


def _count(outcomes: Iterable[PlanOutcome], verdict: str) -> int:
    return sum(each.verdict == verdict for each in outcomes)


def _latest(starts: Iterable[datetime | None]) -> datetime | None:
    known = [each.replace(tzinfo=None) for each in starts if each is not None]
    return max(known, default=None)
