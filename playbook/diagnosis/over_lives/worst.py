"""The worst metrics, three at most: new or repeat, where each did best, and whether they share a dimension."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from playbook.diagnosis.baseline.usual import VERDICTS, Usuals
from playbook.diagnosis.findings import BestSession, Judgement, Status, Verdict, Weakness
from playbook.knowledge.metrics import Metric
from playbook.metrics.formula import Formula
from playbook.metrics.table import MetricTable
from playbook.model.session import Event, Product, Session

_JUDGED_FOR_NEW = 3
_WORST = 3
_MOST_NAMED = 5


def worst(
    judgements: Mapping[str, Judgement],
    found: Usuals,
    metrics: Mapping[str, Metric],
    table: MetricTable,
    formulas: Mapping[str, Formula],
    left_out: Collection[str] = (),
) -> tuple[Weakness, ...]:
    """Up to three factors on the worse side of their usual: those below it first, then by evidence
    (`log_bayes_factor`).

    One at its usual or better is never among them, so there may be fewer, or none; nor is one `left_out` by choice.
    A value on too few counts cannot be told from any other, so it comes after all that can.
    """

    def rank(name: str) -> tuple[bool, bool, float]:
        judgement = judgements[name]
        evidence = judgement.log_bayes_factor if judgement.log_bayes_factor is not None else -np.inf
        return judgement.verdict == "unknown", judgement.verdict != "below", -evidence

    ranked = [
        name
        for name, metric in metrics.items()
        if metric.role == "factor" and name not in left_out and is_worse(judgements[name], metric)
    ]
    ranked.sort(key=rank)
    return tuple(
        _weakness(name, place, judgements[name].verdict, found, table, formulas[name], metrics[name])
        for place, name in enumerate(ranked[:_WORST], 1)
    )


def is_worse(judgement: Judgement, metric: Metric) -> bool:
    """Whether a value lies on the worse side of its usual, by however little; False where either is unknown."""
    if judgement.value is None or judgement.usual is None:
        return False
    return judgement.value > judgement.usual if metric.good == "low" else judgement.value < judgement.usual


def shared_dimension(
    weaknesses: Sequence[Weakness], judgements: Mapping[str, Judgement], metrics: Mapping[str, Metric]
) -> str | None:
    """The dimension of all three worst metrics, if they are three, all below usual, and share one."""
    if len(weaknesses) < _WORST or any(judgements[w.metric].verdict != "below" for w in weaknesses):
        return None
    dimensions = {metrics[w.metric].dimension for w in weaknesses}
    return dimensions.pop() if len(dimensions) == 1 else None


def _weakness(
    name: str, place: int, verdict: Verdict, found: Usuals, table: MetricTable, of: Formula, metric: Metric
) -> Weakness:
    before = [VERDICTS[int(v)] for v in found.verdict[found.names.index(name), 1:]]
    weak, judged = before.count("below"), len(before) - before.count("unknown")
    status = status_of(verdict, weak, judged)
    return Weakness(name, place, status, weak, judged, best(table, of, metric.good == "low"))


def status_of(verdict: Verdict, weak: int, judged: int) -> Status | None:
    """`repeat` and `new` need a metric that is below its usual now; `new` also three LIVEs that say so."""
    if verdict != "below":
        return None
    if weak >= 1:
        return "repeat"
    return "new" if judged >= _JUDGED_FOR_NEW else "unknown"


def best(table: MetricTable, of: Formula, low_is_good: bool = False) -> BestSession | None:
    """The earlier LIVE with the best value on enough counts, the latest of equals; None without any."""
    value = table.like_last(of)[:-1]
    value = np.where(table.enough(of)[:-1], value, np.nan)
    if not np.isfinite(value).any():
        return None
    goal = np.nanmin(value) if low_is_good else np.nanmax(value)
    at = int(np.flatnonzero(value == goal)[-1])
    session = table.sessions[at]
    return BestSession(session.id, session.start, session.title, float(value[at]), _events(session), _products(session))


def _events(session: Session) -> tuple[str, ...]:
    return tuple(_spoken(event) for event in sorted(session.events, key=lambda e: e.minute))


def _spoken(event: Event) -> str:
    what = event.type.replace("_", " ")
    more = ", ".join(filter(None, (event.product, event.detail)))
    return f"{what} at minute {event.minute:.0f}" + (f" ({more})" if more else "")


def _products(session: Session) -> tuple[str, ...]:
    """What was pinned longest, else what sold most; names only."""

    def weight(product: Product) -> tuple[float, float]:
        return product.pinned_minutes or 0.0, product.counts.get("gmv") or 0.0

    named = [product for product in session.products if product.name]
    return tuple(str(product.name) for product in sorted(named, key=weight, reverse=True)[:_MOST_NAMED])
