"""The one change: what will be done, what it should move and by how much, written down before the next LIVE."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal, get_args

import numpy as np

from playbook.advice.recommend import Recommendation
from playbook.knowledge.metrics import Metric
from playbook.knowledge.strategies import At, Strategy
from playbook.language import _, ngettext
from playbook.metrics.formula import HOURS, formulas
from playbook.metrics.table import table
from playbook.model.session import Session
from playbook.stats.sequential import needed_error, visible

from .draw import Draw, drawn
from .effect import error_ahead

Direction = Literal["up", "down"]
PlanStatus = Literal["candidate", "open", "judged", "dropped"]

#: Candidates offered, and plans that may be open at once; one is recommended.
AT_MOST = 3
OPEN_AT_MOST = 3
#: A plan that would take longer to judge is still judged after this many LIVEs, and says what could be seen then.
MOST_LIVES = 8
_FEWEST_LIVES = 2
#: How far ahead a needed number of LIVEs is looked for.
_HORIZON = 40
#: A hope below this is taken as this: nothing can fall by more than all of itself.
_LARGEST_FALL = -0.95


class TooManyPlans(Exception):  # noqa: N818 - named for what is wrong
    """A plan that may not be opened beside those that are open. The text is for people."""


@dataclass(frozen=True)
class Plan:
    """One change for the coming LIVEs. Never altered once open, but for its status.

    `worth` is the smallest relative change of the metric that is worth having, above 0; `direction` says which
    way. `trigger` says in words when in the LIVE it is done and `minute` from which minute, where one is named.
    `lives` is after how many LIVEs with the change it is judged; `lives_needed` how many it takes to see `worth`
    with 80 % power from this shop's own variation (None: over 40, or too little history to say), `units_needed`
    the `unit` (a count) they hold together, `visible` the change that can be seen after `lives`. `controls` are
    the metrics it should not touch. `words` are pairs of language and line. `alternate`: it is to be done in about
    every second LIVE; `draw` says in which (plans of before there were draws have none: the first with it, and so on).
    """

    id: str
    strategy: str
    title: str
    made_after: str
    created_at: datetime
    metric: str
    direction: Direction
    worth: float
    owner: str
    trigger: str
    minute: float | None
    steps: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    truth_required: tuple[str, ...]
    controls: tuple[str, ...]
    lives: int
    lives_needed: int | None
    unit: str | None
    units_needed: int | None
    visible: float | None
    alternate: bool = False
    status: PlanStatus = "candidate"
    draw: Draw | None = None

    @property
    def sign(self) -> int:
        """+1 where the metric should rise, -1 where it should fall."""
        return 1 if self.direction == "up" else -1

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; `from_dict` reads them back."""
        return asdict(self) | {
            "created_at": self.created_at.isoformat(),
            "steps": list(self.steps),
            "words": [list(pair) for pair in self.words],
            "truth_required": list(self.truth_required),
            "controls": list(self.controls),
            "draw": None if self.draw is None else self.draw.to_dict(),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Plan:
        """A plan from what `to_dict` wrote; unknown keys are passed over.

        Raises ValueError where a key is missing, or the status or the number of LIVEs is not one a plan can have.
        """
        names = [each.name for each in fields(cls)]
        missing = [name for name in names if name not in values and name not in ("alternate", "status", "draw")]
        if missing:
            raise ValueError(f"not a plan: {', '.join(missing)} missing")
        known = {name: values[name] for name in names if name in values}
        if known.get("status", "open") not in get_args(PlanStatus):
            raise ValueError(f"not a plan: status is '{known['status']}', not one of {', '.join(get_args(PlanStatus))}")
        if not isinstance(known["lives"], int) or known["lives"] < 1:
            raise ValueError(f"not a plan: lives is {known['lives']!r}, not a whole number from 1 on")
        known["created_at"] = datetime.fromisoformat(known["created_at"])
        known["words"] = tuple((str(language), str(line)) for language, line in known["words"])
        for name in ("steps", "truth_required", "controls"):
            known[name] = tuple(known[name])
        if known.get("draw") is not None:
            known["draw"] = Draw.from_dict(known["draw"])
        return cls(**known)


def candidates(
    recommendations: Sequence[Recommendation],
    lives: Sequence[Session],
    metrics: Mapping[str, Metric],
    now: datetime,
    at_most: int = AT_MOST,
    alternate: bool = False,
) -> tuple[Plan, ...]:
    """At most three plans, in the order of the recommendations: the first is the one to recommend.

    `lives` are the history and the reviewed LIVE, which is the latest of them; `now` is stamped on the plans. One of
    them is chosen: two changes at once cannot be told apart. `alternate` as in `plan_for`.
    """
    fitting = [each.strategy for each in recommendations if each.strategy.watch.metric in metrics]
    return tuple(plan_for(each, lives, metrics, now, alternate) for each in fitting[:at_most])


def plan_for(
    strategy: Strategy, lives: Sequence[Session], metrics: Mapping[str, Metric], now: datetime, alternate: bool = False
) -> Plan:
    """The plan that a strategy makes after the last of `lives` (oldest first, at least one).

    `alternate` plans it for every second LIVE: that takes longer and needs fewer LIVEs with the change.
    """
    if not lives:
        raise ValueError("a plan is made after a LIVE; none was given")
    watch = strategy.watch
    worth = abs(watch.hope)
    controls = controls_for(strategy, metrics)
    size = float(np.log1p(max(watch.hope, _LARGEST_FALL)))

    def error(more: int) -> float | None:
        found = error_ahead(lives, watch.metric, controls, metrics, [more], alternate)
        return None if found is None else found[0]

    needed = _needed(error, needed_error(size))
    planned = int(np.clip(needed or MOST_LIVES, _FEWEST_LIVES, MOST_LIVES))
    reached = error(planned)
    unit, size_of_one = _unit(watch.metric, lives, metrics)
    named = f"{lives[-1].id} {strategy.id} {now.isoformat()}"
    trigger, minute = trigger_of(strategy)
    return Plan(
        id=hashlib.sha256(named.encode()).hexdigest()[:16],
        strategy=strategy.id,
        title=strategy.title,
        made_after=lives[-1].id,
        created_at=now,
        metric=watch.metric,
        direction="up" if watch.hope >= 0 else "down",
        worth=worth,
        owner=strategy.owner,
        trigger=trigger,
        minute=minute,
        steps=tuple(step.step for step in strategy.do),
        words=tuple((language, line) for language, lines in (strategy.say or {}).items() for line in lines),
        truth_required=tuple(strategy.truth_required),
        controls=controls,
        lives=planned,
        lives_needed=needed,
        unit=unit,
        units_needed=None if needed is None or size_of_one is None else round(needed * size_of_one),
        visible=None if reached is None else float(np.expm1(visible(reached))),
        alternate=alternate,
    )


def lives_needed(
    lives: Sequence[Session], metric: str, hopes: Sequence[float], metrics: Mapping[str, Metric]
) -> tuple[int | None, ...] | None:
    """With how many LIVEs with a change, and as many without in turn, each relative change of `metric` shows.

    80 % power; None for one that takes over 40. None for all where under three LIVEs know the metric.
    """
    if error_ahead(lives, metric, (), metrics, [1], True) is None:
        return None

    def error(more: int) -> float | None:
        found = error_ahead(lives, metric, (), metrics, [more], True)
        return None if found is None else found[0]

    return tuple(_needed(error, needed_error(float(np.log1p(hope)))) for hope in hopes)


def with_draw(plan: Plan, lives: Sequence[Session], now: datetime) -> Plan:
    """The plan with the LIVEs drawn from the day of `now` on, in about every second of which the change is made.

    The same plan chosen on the same day gives the same draw.
    """
    made_after = next((each.start for each in lives if each.id == plan.made_after and each.start is not None), now)
    first = max(now.date(), made_after.date())
    return replace(plan, alternate=True, draw=drawn(int(plan.id[:8], 16), first, lives))


def _needed(error: Callable[[int], float | None], target: float) -> int | None:
    """The fewest LIVEs after which the error is at most `target`, by bisection: errors fall with every LIVE."""
    low, high = 0, _HORIZON
    last = error(high)
    if last is None or last > target:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        reached = error(middle)
        low, high = (low, middle) if reached is not None and reached <= target else (middle, high)
    return high


def controls_for(strategy: Strategy, metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """Factors that the strategy should not touch. None for volumes and outcomes: their factors would explain them."""
    target = strategy.watch.metric
    if metrics[target].role != "factor":
        return ()
    touched = {target, *strategy.metrics}
    return tuple(name for name, metric in metrics.items() if metric.role == "factor" and name not in touched)


def untouched(plan: Plan, metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """The controls of a plan that still are some: factors, for outcomes follow from what the plan moves."""
    return tuple(name for name in plan.controls if name in metrics and metrics[name].role == "factor")


def touched(plan: Plan, metrics: Mapping[str, Metric]) -> frozenset[str]:
    """What a plan may move: its metric, and the factors that are not among its controls where it has any."""
    factors = {name for name, metric in metrics.items() if metric.role == "factor"}
    return frozenset({plan.metric} | (factors - set(plan.controls) if plan.controls else set()))


def trigger_of(strategy: Strategy) -> tuple[str, float | None]:
    """When it is done, in the strategy's own words, and the minute from the start where one is named."""
    said = [step.at for step in strategy.do if step.at is not None]
    general = At(moment="during" if "during" in strategy.moment else strategy.moment[0])
    at = next((each for each in said if each.moment == "during"), (said or [general])[0])
    named = at.minute is not None and at.minute >= 0 and at.every is None
    return str(at), float(at.minute) if named and at.minute is not None else None


def opened(plan: Plan, open_plans: Sequence[Plan]) -> Plan:
    """The plan, open; the same plan may be opened again.

    Raises TooManyPlans when three are open already, or one that moves the same metric: it could be either.
    """
    others = [each for each in open_plans if each.status == "open" and each.id != plan.id]
    same = next((each for each in others if mixed_up(each, plan)), None)
    if same is not None:
        raise TooManyPlans(
            _(
                "'{plan}' is open and acts on the same number: nobody could tell which of the two moved it. Judge or "
                "drop it first.",
                plan=same.title,
            )
        )
    if len(others) >= OPEN_AT_MOST:
        named = "; ".join(each.title for each in others)
        raise TooManyPlans(
            ngettext(
                "{number} change is open already: {plans}. Judge or drop one before a new one.",
                "{number} changes are open already: {plans}. Judge or drop one before a new one.",
                len(others), number=len(others), plans=named,
            )
        )  # fmt: skip
    return replace(plan, status="open")


def mixed_up(one: Plan, other: Plan) -> bool:
    """Whether two plans in the same LIVEs could not be told apart: one may move the metric that the other watches."""
    if one.metric == other.metric:
        return True
    factors = bool(one.controls and other.controls)  # volumes and outcomes have no controls and are no controls
    return factors and (one.metric not in other.controls or other.metric not in one.controls)


def closed(plan: Plan, status: Literal["judged", "dropped"]) -> Plan:
    """The plan, no longer open."""
    return replace(plan, status=status)


def _unit(metric: str, lives: Sequence[Session], metrics: Mapping[str, Metric]) -> tuple[str | None, float | None]:
    """The count below the line (views, clicks), and how many of them the middle LIVE has."""
    of = formulas({metric: metrics[metric]})[metric]
    if of.denominator in (None, HOURS):
        return None, None
    column = table([each for each in lives if each.ordinary], [of]).denominator(of)
    column = column[np.isfinite(column) & (column > 0)]
    return of.denominator, float(np.median(column)) if len(column) else None
