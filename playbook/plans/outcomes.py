"""Did it work? What the LIVEs since a plan say about it.

"Worked" is short for: in the LIVEs in which it was done the metric moved in the hoped direction by more than the
shop's own ups and downs, its own level as known from all LIVEs (the bad one among them) and the metrics that were
not touched account for. It is said at looks fixed in advance, see `looks`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args

from playbook.advice.tool_events import EVENT_OF_TOOL
from playbook.diagnosis.baseline.history import start_of
from playbook.knowledge.metrics import Metric
from playbook.knowledge.strategies import Strategy
from playbook.model.session import Session
from playbook.stats.sequential import Look, looks, needed_error

from .effect import Effect, effect_of, known_lives
from .plan import Plan

OutcomeVerdict = Literal["worked", "no_sign", "cannot_tell", "not_done"]

#: An effect worth having is ruled out when it is less likely than this.
_RULED_OUT = 0.05
#: How far the error reached may miss the planned one before more LIVEs are asked for.
_SLACK = 1.15
#: Between looks a move is called clear from here on; it decides nothing.
_CLEAR = 0.025


@dataclass(frozen=True)
class Outcome:
    """What is known of a plan now.

    `done`, `not_done`, `unknown`: LIVEs since, by whether it was done. `more`: LIVEs with the change until the next
    look, for `cannot_tell` only. `change` with its 95 % range `low` to `high` is relative to what was expected;
    `log_change` and `error` the same on the log scale, for pooling. `seen` and `expected` are in the metric's unit.
    `chance`: how likely it is that nothing moved the hoped way. `looks_taken`: how many fixed looks went into the
    verdict. `reason` says in plain words why it cannot be told. `last_session` is the latest LIVE with the change.
    """

    plan: str
    strategy: str
    metric: str
    verdict: OutcomeVerdict
    done: int
    not_done: int
    unknown: int
    more: int | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    log_change: float | None = None
    error: float | None = None
    seen: float | None = None
    expected: float | None = None
    chance: float | None = None
    looks_taken: int = 0
    reason: str | None = None
    last_session: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; `from_dict` reads them back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Outcome:
        """An outcome from what `to_dict` wrote. Raises ValueError where a key is missing or the verdict unknown."""
        names = [each.name for each in fields(cls)]
        missing = [name for name in names[:7] if name not in values]
        if missing:
            raise ValueError(f"not an outcome: {', '.join(missing)} missing")
        if values["verdict"] not in get_args(OutcomeVerdict):
            raise ValueError(f"not an outcome: verdict is '{values['verdict']}'")
        return cls(**{name: values[name] for name in names if name in values})


def judge_plan(
    plan: Plan,
    since: Sequence[Session],
    history: Sequence[Session],
    done: Mapping[str, bool | None],
    metrics: Mapping[str, Metric],
) -> Outcome:
    """The verdict on a plan. Raises nothing; what cannot be told says so.

    `history`: every LIVE up to the plan, the one it was made after among them. `since`: LIVEs after it, in any
    order. `done` maps a LIVE's id to whether the change was made in it; None or missing is unknown, and such a LIVE
    is left out, as is a LIVE before the plan that `done` says had it already. Doing it in every second LIVE tells
    most in the same number of LIVEs. The answer at a look rests on nothing that came after that look, so it does
    not change with further LIVEs.
    """
    before = {each.id for each in history} | {plan.made_after}
    later = sorted((each for each in since if each.id not in before and each.ordinary), key=start_of)
    answers = {each.id: done.get(each.id) for each in later}
    values = list(answers.values())
    counts = values.count(True), values.count(False), values.count(None)
    made = [name for name, answer in answers.items() if answer]
    start = Outcome(
        plan.id, plan.strategy, plan.metric, "cannot_tell", *counts, last_session=made[-1] if made else None
    )
    if not made:
        return _nothing_done(start, plan)
    if plan.metric not in metrics:
        return _with(start, reason=f"the metric {plan.metric} is not known any more")
    known = known_lives([*history, *later], plan.metric, metrics)
    usable = [name for name in made if name in known]
    if not usable:
        return _with(
            start, more=looks(plan.lives)[0].lives, reason="the metric is not known in the LIVEs with the change"
        )
    earlier = [each for each in history if not done.get(each.id)]
    return _looked(start, plan, usable, later, earlier, answers, metrics)


#: What an event log shows of a tool. Pins stand in every LIVE, so they show nothing.
_SEEN = {tool: event for tool, event in EVENT_OF_TOOL.items() if event != "pin"}


def seen_in_events(strategy: Strategy, session: Session) -> bool | None:
    """True where the event log shows the one tool of a strategy in use: an answer to suggest, for a person to confirm.

    None otherwise: a log without it may be a log not kept, and pins stand in every LIVE.
    """
    types = {_SEEN[tool] for tool in strategy.tools if tool in _SEEN}
    if len(types) != 1 or len(strategy.tools) != 1:
        return None
    return True if any(each.type in types for each in session.events) else None


def _nothing_done(start: Outcome, plan: Plan) -> Outcome:
    """No LIVE with the change: not done, or nobody said, or no LIVE yet."""
    if start.not_done and not start.unknown:
        return _with(start, verdict="not_done")
    reason = "nobody has said yet whether it was done" if start.unknown else "there was no LIVE since"
    return _with(start, more=looks(plan.lives)[0].lives, reason=reason)


def _looked(
    start: Outcome,
    plan: Plan,
    usable: Sequence[str],
    later: Sequence[Session],
    history: Sequence[Session],
    answers: Mapping[str, bool | None],
    metrics: Mapping[str, Metric],
) -> Outcome:
    """Every look that is due, in turn; the first that decides is the verdict."""

    def effect(lives: int) -> Effect | None:
        last = [each.id for each in later].index(usable[lives - 1])
        return effect_of([*history, *later[: last + 1]], answers, plan.metric, plan.controls, metrics)

    due = [look for look in looks(plan.lives) if look.lives <= len(usable)]
    found = None
    for number, look in enumerate(due, 1):
        found = effect(look.lives)
        if found is None:
            continue
        verdict = _verdict(found, look, plan)
        if verdict != "cannot_tell":
            return _with(_measured(start, found, plan), verdict=verdict, looks_taken=number)
    following = next((look for look in looks(plan.lives) if look.lives > len(usable)), None)
    if found is None or len(usable) > due[-1].lives:
        found = effect(len(usable))
    if found is None:
        reason = "a change is compared with at least three LIVEs without it, and there are fewer"
        return _with(start, more=None, looks_taken=len(due), reason=reason)
    told = _with(_measured(start, found, plan), looks_taken=len(due))
    if following is None:  # after four times the planned LIVEs nothing stood out
        return _with(told, verdict="no_sign")
    return _with(told, more=following.lives - len(usable), reason=_why(found, plan))


def _verdict(found: Effect, look: Look, plan: Plan) -> OutcomeVerdict:
    if _chance_of_nothing(found, plan) <= look.limit:
        return "worked"
    size = plan.sign * _log_worth(plan)
    missed = found.chance_below(size) if plan.sign > 0 else 1 - found.chance_below(size)
    if 1 - missed < _RULED_OUT:
        return "no_sign"
    enough = look.lives >= plan.lives and found.error <= _SLACK * needed_error(size)
    return "no_sign" if enough else "cannot_tell"


def _chance_of_nothing(found: Effect, plan: Plan) -> float:
    """How likely the metric did not move the hoped way."""
    below = found.chance_below(0.0)
    return below if plan.sign > 0 else 1 - below


def _log_worth(plan: Plan) -> float:
    """The size of the smallest effect worth having on the log scale, without its sign."""
    return abs(math.log1p(plan.sign * min(plan.worth, 0.95 if plan.sign < 0 else plan.worth)))


def _measured(start: Outcome, found: Effect, plan: Plan) -> Outcome:
    low, high = (found.middle + side * 1.959964 * found.error for side in (-1, 1))
    return _with(
        start,
        change=_fraction(found.middle),
        low=_fraction(low),
        high=_fraction(high),
        log_change=found.middle,
        error=found.error,
        seen=found.seen,
        expected=found.expected,
        chance=_chance_of_nothing(found, plan),
    )


def _fraction(log: float) -> float:
    return math.expm1(min(log, 50.0))


def _why(found: Effect, plan: Plan) -> str:
    """Where it stands before the next look."""
    if _chance_of_nothing(found, plan) < _CLEAR:
        return "so far it clearly moved the hoped way; it is judged after a fixed number of LIVEs"
    if _chance_of_nothing(found, plan) > 1 - _CLEAR:
        return "so far it clearly moved the other way; think about stopping it"
    moved = "moved" if plan.sign * found.middle > 0 else "did not move"
    return f"so far it {moved} the hoped way, but by no more than LIVEs of this shop differ by themselves"


def _with(outcome: Outcome, **changes: Any) -> Outcome:
    return replace(outcome, **changes)
