"""Rooms of the shipped scenarios with a trouble of one's choice, or none."""

from __future__ import annotations

from playbook.knowledge.load import load
from playbook.knowledge.practice import ActionId, Cause, Fault, FaultMetric, Practice

SCENARIOS = load().practice


def calm(name: str = "weekday_evening") -> Practice:
    """The room with nothing wrong in it."""
    return SCENARIOS[name].model_copy(update={"draw": None, "violations": []})


def cause(metric: FaultMetric, action: ActionId) -> Cause:
    """The cause of a weak metric that an action mends."""
    causes = [each for each in SCENARIOS["weekday_evening"].causes if isinstance(each, Cause)]
    return next(each for each in causes if each.metric == metric and each.mended_by[0].action == action)


def troubled(metric: FaultMetric = "err", action: ActionId = "billboard", start: int = 10) -> Practice:
    """The room with one cause at its deepest, from a minute to the end."""
    of = cause(metric, action)
    fault = Fault.model_construct(
        metric=metric, from_minute=start, depth=of.depth[1], lasts=None, mended_by=of.mended_by, says=of.says,
        comments=of.comments, host=of.host,
    )  # fmt: skip
    return calm().model_copy(update={"faults": [fault]})
