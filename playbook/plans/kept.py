"""The shop's plans between store and screen: read back, judged, opened, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playbook.diagnosis.baseline.history import start_of
from playbook.knowledge.metrics import Metric
from playbook.model.session import Session
from playbook.store.plans import StoredPlan
from playbook.store.store import Store

from .evidence import Evidence, evidence_of
from .outcomes import PlanOutcome, judge_plan
from .plan import Plan, closed, touched

FINAL = frozenset({"worked", "no_sign", "not_done"})


@dataclass(frozen=True)
class Kept:
    """A plan, what was answered about it, and its outcome: of now while it is open, the last word once judged."""

    plan: Plan
    done: Mapping[str, bool]
    outcome: PlanOutcome | None
    stored: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


def kept_plans(opened: Store, shop_id: str, sessions: Sequence[Session], metrics: Mapping[str, Metric]) -> list[Kept]:
    """Every plan of a shop, oldest first. One that cannot be read back is passed over: it is from another version."""
    found = []
    read = [(plan, stored) for stored in opened.plans(shop_id) if (plan := _plan_of(stored)) is not None]
    for plan, stored in read:
        if plan.status == "open":
            history, since = split(plan, sessions)
            moved = moved_by([(other, beside.done) for other, beside in read if other.id != plan.id], sessions, metrics)
            outcome = judge_plan(plan, since, history, stored.done, metrics, moved)
            found.append(Kept(plan, stored.done, outcome, stored.data))
        else:
            found.append(Kept(plan, stored.done, _outcome_of(stored), stored.data))
    return found


def moved_by(
    plans: Sequence[tuple[Plan, Mapping[str, bool]]], sessions: Sequence[Session], metrics: Mapping[str, Metric]
) -> dict[str, frozenset[str]]:
    """For each LIVE the metrics that `plans` (each with what was said of LIVEs) may have moved in it.

    A plan moves what it touches where it was done and, while it is open, where nobody has said that it was not.
    """
    moved: dict[str, frozenset[str]] = {}
    for plan, done in plans:
        _, since = split(plan, sessions)
        names = touched(plan, metrics)
        for each in since:
            if done.get(each.id, plan.status == "open"):
                moved[each.id] = moved.get(each.id, frozenset()) | names
    return moved


def open_plan(opened: Store, shop_id: str) -> Plan | None:
    """The oldest plan that is open, unjudged: what a report of this evening carries along."""
    plans = (_plan_of(stored) for stored in opened.plans(shop_id))
    return next((plan for plan in plans if plan is not None and plan.status == "open"), None)


def _plan_of(stored: StoredPlan) -> Plan | None:
    try:
        return Plan.from_dict(stored.data["plan"])
    except (KeyError, TypeError, ValueError):
        return None


def _outcome_of(stored: StoredPlan) -> PlanOutcome | None:
    try:
        return PlanOutcome.from_dict(stored.data["outcome"])
    except (KeyError, TypeError, ValueError):  # a dropped plan has none
        return None


def split(plan: Plan, sessions: Sequence[Session]) -> tuple[list[Session], list[Session]]:
    """LIVEs up to the one the plan was made after, and those since."""
    made_after = next((each.start for each in sessions if each.id == plan.made_after), None)
    if made_after is None:
        made_after = plan.created_at.replace(tzinfo=None)
    before = [each for each in sessions if each.start is None or each.start <= made_after]
    return before, [each for each in sessions if each.start is not None and each.start > made_after]


def to_ask(kept: Kept, sessions: Sequence[Session]) -> list[Session]:
    """LIVEs since of which nobody has said whether it was done. Those before the first drawn one had no draw."""
    _, since = split(kept.plan, sessions)
    begins = None if kept.plan.draw is None else kept.plan.draw.begins()
    return [
        each
        for each in since
        if each.ordinary and each.id not in kept.done and (begins is None or start_of(each) >= begins)
    ]


def save(opened: Store, shop_id: str, plan: Plan, beside: Sequence[Kept] | None = None) -> None:
    """Write a new plan down. Raises StaleError when there are others by now than those it was chosen beside."""
    names = None if beside is None else [each.plan.id for each in beside]
    opened.save_plan(shop_id, plan.id, {"plan": plan.to_dict(), "outcome": None}, beside=names)


def close(opened: Store, shop_id: str, kept: Kept, dropped: bool = False) -> None:
    """The verdict is the last word; a dropped plan has none. Raises StaleError when it was closed meanwhile."""
    plan = closed(kept.plan, "dropped" if dropped else "judged")
    outcome = None if dropped or kept.outcome is None else kept.outcome.to_dict()
    opened.save_plan(shop_id, plan.id, {"plan": plan.to_dict(), "outcome": outcome}, seen=kept.stored or None)


def evidence(kept: Sequence[Kept], sessions: Sequence[Session]) -> dict[str, Evidence]:
    """What the shop's own tries say of each strategy."""
    judged = [each.outcome for each in kept if each.outcome is not None and each.plan.status == "judged"]
    return evidence_of(judged, {each.id: each.start for each in sessions})
