"""Did it work? What the LIVEs since a plan say about it.

"Worked" is short for: in the LIVEs in which it was done the metric moved in the hoped direction by more than the
shop's own ups and downs, its own level as known from all LIVEs (the bad one among them) and the metrics that were
not touched account for. It is judged at interim analyses fixed in advance, see `stats.sequential`.
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
from playbook.language import _
from playbook.model.session import Session
from playbook.stats.sequential import InterimAnalysis, interim_analyses, needed_error, overall_p_value
from playbook.stats.spike_and_slab import Prior, posterior

from .effect import NOTHING_MOVED, Effect, Moved, effect_of, known_lives
from .plan import Plan, untouched
from .shared_move import SharedMove, fraction, shared_move

OutcomeVerdict = Literal["worked", "no_sign", "cannot_tell", "not_done"]

#: An effect worth having is ruled out when it is less likely than this.
_RULED_OUT = 0.05
#: How far the error reached may miss the planned one before more LIVEs are asked for.
_SLACK = 1.15
#: And when what the untouched rates moved by is taken out, nothing may have moved with this chance at most.
BESIDE_THE_OTHERS = 0.05
#: What changes are expected to bring before they are tried: half of them nothing, the others a log change of this size.
EFFECTS = Prior(null=0.5, mean=0.15, sd=0.15)
#: From here on a move looks like a success to a reader, and is reported with what the untouched rates did.
_LOOKS_GOOD = 0.10
#: Between looks a move is called clear from here on; it decides nothing.
_CLEAR = 0.025


@dataclass(frozen=True)
class PlanOutcome:
    """What is known of a plan now.

    `done`, `not_done`, `unknown`: LIVEs since, by whether it was done. `more`: LIVEs with the change until the next
    analysis, for `cannot_tell` only. `change` with its 95 % range `low` to `high` is relative to what was expected;
    `log_change` and `error` the same on the log scale, for pooling. `seen` and `expected` are in the metric's unit.
    `chance`: how likely it is that nothing moved the hoped way. `analyses_taken`: how many analyses went into the
    verdict. `reason` says in plain words why there is no verdict. `last_session` is the latest LIVE with the change.
    `shrunk` with its 95 % range is the change drawn towards what changes of this kind bring, see `EFFECTS`. `p_value`
    is that of the last analysis, the earlier ones allowed for. `shift` is how far the untouched rates moved together,
    where they did or may have. `deviated`: LIVEs in which another thing was done than drawn; None where nothing was
    drawn, and where there was a draw `done` and `not_done` are LIVEs drawn with and without it.
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
    analyses_taken: int = 0
    reason: str | None = None
    last_session: str | None = None
    shrunk: float | None = None
    shrunk_low: float | None = None
    shrunk_high: float | None = None
    p_value: float | None = None
    shift: float | None = None
    deviated: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; `from_dict` reads them back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> PlanOutcome:
        """An outcome from what `to_dict` wrote. Raises ValueError where a key is missing or the verdict unknown."""
        names = [each.name for each in fields(cls)]
        missing = [name for name in names[:7] if name not in values]
        if missing:
            raise ValueError(f"not an outcome: {', '.join(missing)} missing")
        if values["verdict"] not in get_args(OutcomeVerdict):
            raise ValueError(f"not an outcome: verdict is '{values['verdict']}'")
        return cls(**{name: values[name] for name in names if name in values})


@dataclass(frozen=True)
class _Compared:
    """Everything a plan is judged by: LIVEs before and since, which of them had the change, what else was moved."""

    plan: Plan
    history: Sequence[Session]
    later: Sequence[Session]
    answers: Mapping[str, bool | None]
    metrics: Mapping[str, Metric]
    moved: Moved

    def lives(self, last: str) -> list[Session]:
        """The LIVEs up to the one with that id."""
        at = [each.id for each in self.later].index(last)
        return [*self.history, *self.later[: at + 1]]

    def effect(self, last: str) -> Effect | None:
        controls = untouched(self.plan, self.metrics)
        return effect_of(self.lives(last), self.answers, self.plan.metric, controls, self.metrics, self.moved)

    def shared(self, last: str) -> SharedMove | None:
        controls = untouched(self.plan, self.metrics)
        return shared_move(self.lives(last), self.answers, controls, self.metrics, self.moved)


def judge_plan(
    plan: Plan,
    since: Sequence[Session],
    history: Sequence[Session],
    done: Mapping[str, bool | None],
    metrics: Mapping[str, Metric],
    moved: Moved = NOTHING_MOVED,
) -> PlanOutcome:
    """The verdict on a plan. Raises nothing; where there is no verdict the outcome says why.

    `history`: every LIVE up to the plan, the one it was made after among them. `since`: LIVEs after it, in any
    order. `done` maps a LIVE's id to whether the change was made in it; None or missing is unknown, and such a LIVE
    is left out, as is a LIVE before the plan that `done` says had it already. Where the plan has a draw, a LIVE counts
    as it was drawn whatever `done` says of it. `moved`: metrics that other plans moved, by LIVE. The answer at an
    analysis rests on nothing that came after it, so it does not change with further LIVEs.
    """
    before = {each.id for each in history} | {plan.made_after}
    later = sorted((each for each in since if each.id not in before and each.ordinary), key=start_of)
    answers = _answers(plan, later, done)
    values = list(answers.values())
    counts = values.count(True), values.count(False), values.count(None)
    made = [name for name, answer in answers.items() if answer]
    start = PlanOutcome(
        plan.id, plan.strategy, plan.metric, "cannot_tell", *counts, last_session=made[-1] if made else None
    )
    if plan.draw is not None:
        start = _with(start, deviated=sum(done.get(name) not in (None, answer) for name, answer in answers.items()))
    nothing = _nothing_done(start, plan, [done.get(name) for name in made])
    if nothing is not None:
        return nothing
    if plan.metric not in metrics:
        return _with(start, reason=_("the metric {metric} is not known any more", metric=plan.metric))
    known = known_lives([*history, *later], plan.metric, metrics, moved)
    usable = [name for name in made if name in known]
    if not usable:
        if any(plan.metric in moved.get(name, ()) for name in made):
            reason = _("another change may have moved the same number in the LIVEs with the change")
        else:
            reason = _("the metric is not known in the LIVEs with the change")
        return _with(start, more=interim_analyses(plan.lives)[0].lives, reason=reason)
    earlier = [each for each in history if not done.get(each.id)]
    return _analysed(start, usable, _Compared(plan, earlier, later, answers, metrics, moved))


def _answers(plan: Plan, later: Sequence[Session], done: Mapping[str, bool | None]) -> dict[str, bool | None]:
    """Which LIVEs since count as with the change: those drawn, else those of which it is said."""
    if plan.draw is None:
        return {each.id: done.get(each.id) for each in later}
    begins = plan.draw.begins()
    return {each.id: start_of(each) >= begins and plan.draw.on(start_of(each)) for each in later}


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


def _nothing_done(start: PlanOutcome, plan: Plan, said: Sequence[bool | None]) -> PlanOutcome | None:
    """Not done, or nobody said, or no LIVE yet; None where there is something to judge.

    `said`: what was said of each LIVE that counts as with the change.
    """
    if True in said:
        return None
    first = interim_analyses(plan.lives)[0].lives
    if plan.draw is not None and said:
        if None not in said:
            return _with(start, verdict="not_done", not_done=len(said), done=0)
        return _with(start, more=first, reason=_("nobody has said yet that it was done in a LIVE drawn with it"))
    if plan.draw is not None:
        return _with(start, more=first, reason=_("no LIVE since was drawn with it"))
    if start.not_done and not start.unknown:
        return _with(start, verdict="not_done")
    reason = _("nobody has said yet whether it was done") if start.unknown else _("there was no LIVE since")
    return _with(start, more=first, reason=reason)


def _analysed(start: PlanOutcome, usable: Sequence[str], compared: _Compared) -> PlanOutcome:
    """Every analysis that is due, in turn; the first that decides is the verdict."""
    plan = compared.plan
    due = [each for each in interim_analyses(plan.lives) if each.lives <= len(usable)]
    found, outcome = None, start
    for number, analysis in enumerate(due, 1):
        last = usable[analysis.lives - 1]
        found = compared.effect(last)
        if found is None:
            continue
        outcome = _with(_measured(start, found, plan), analyses_taken=number)
        outcome = _with(outcome, p_value=overall_p_value(plan.lives, number, _chance_of_nothing(found, plan)))
        verdict = _verdict(found, analysis, plan)
        if verdict == "worked":
            shared = compared.shared(last)
            outcome, verdict = _beside(outcome, found, shared, plan)
        if verdict != "cannot_tell":
            return _with(outcome, verdict=verdict)
    following = next((each for each in interim_analyses(plan.lives) if each.lives > len(usable)), None)
    held_back = outcome.shift is not None
    if found is None or len(usable) > due[-1].lives:
        found = compared.effect(usable[-1])
    if found is None:
        reason = _("a change is compared with at least three LIVEs without it, and there are fewer")
        return _with(start, more=None, analyses_taken=len(due), reason=reason)
    shared = compared.shared(usable[-1]) if _chance_of_nothing(found, plan) < _LOOKS_GOOD else None
    shift = fraction(shared.pooled.mean) if shared is not None and (held_back or shared.clear) else None
    outcome = _with(_measured(start, found, plan), analyses_taken=len(due), p_value=outcome.p_value, shift=shift)
    if following is None:  # after four times the planned LIVEs nothing stood out
        return _with(outcome, verdict="no_sign")
    return _with(outcome, more=following.lives - len(usable), reason=_why(found, plan, held_back and shift is not None))


def _verdict(found: Effect, analysis: InterimAnalysis, plan: Plan) -> OutcomeVerdict:
    """What the picked rate says by itself."""
    if _chance_of_nothing(found, plan) <= analysis.limit:
        return "worked"
    size = plan.sign * _log_worth(plan)
    missed = found.chance_below(size) if plan.sign > 0 else 1 - found.chance_below(size)
    if 1 - missed < _RULED_OUT:
        return "no_sign"
    enough = analysis.lives >= plan.lives and found.error <= _SLACK * needed_error(size)
    return "no_sign" if enough else "cannot_tell"


def _beside(
    outcome: PlanOutcome, found: Effect, shared: SharedMove | None, plan: Plan
) -> tuple[PlanOutcome, OutcomeVerdict]:
    """Whether it still worked beside the rates that it should not touch, and how far those moved where they did."""
    if shared is None:
        return outcome, "worked"
    rest = _chance_of_nothing(shared.taken_from(found), plan)
    held = rest <= BESIDE_THE_OTHERS
    if shared.clear or not held:
        outcome = _with(outcome, shift=fraction(shared.pooled.mean))
    return _with(outcome, p_value=max(outcome.p_value or 0.0, rest)), "worked" if held else "cannot_tell"


def _chance_of_nothing(found: Effect, plan: Plan) -> float:
    """How likely the metric did not move the hoped way."""
    below = found.chance_below(0.0)
    return below if plan.sign > 0 else 1 - below


def _log_worth(plan: Plan) -> float:
    """The size of the smallest effect worth having on the log scale, without its sign."""
    return abs(math.log1p(plan.sign * min(plan.worth, 0.95 if plan.sign < 0 else plan.worth)))


def _measured(start: PlanOutcome, found: Effect, plan: Plan) -> PlanOutcome:
    low, high = (found.middle + side * 1.959964 * found.error for side in (-1, 1))
    prior = replace(EFFECTS, mean=plan.sign * EFFECTS.mean)
    shrunk = posterior(found.weight, found.mean, found.sd, prior)
    shrunk_low, shrunk_high = shrunk.shortest_interval()
    return _with(
        start,
        change=fraction(found.middle),
        low=fraction(low),
        high=fraction(high),
        shrunk=fraction(shrunk.mean),
        shrunk_low=fraction(shrunk_low),
        shrunk_high=fraction(shrunk_high),
        log_change=found.middle,
        error=found.error,
        seen=found.seen,
        expected=found.expected,
        chance=_chance_of_nothing(found, plan),
    )


def _why(found: Effect, plan: Plan, held_back: bool) -> str:
    """Where it stands before the next analysis. `held_back`: only what the untouched rates did stands against it."""
    if held_back:
        return _("it moved the hoped way, but not clearly further than the rates that it should not touch")
    if _chance_of_nothing(found, plan) < _CLEAR:
        return _("so far it clearly moved the hoped way; it is judged after a fixed number of LIVEs")
    if _chance_of_nothing(found, plan) > 1 - _CLEAR:
        return _("so far it clearly moved the other way; think about stopping it")
    if plan.sign * found.middle > 0:
        return _("so far it moved the hoped way, but by no more than LIVEs of this shop differ by themselves")
    return _("so far it did not move the hoped way, but by no more than LIVEs of this shop differ by themselves")


def _with(outcome: PlanOutcome, **changes: Any) -> PlanOutcome:
    return replace(outcome, **changes)
