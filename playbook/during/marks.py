"""What a LIVE of this shop usually has at 0:30, 0:45 and so on: for a sheet that is printed before it."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playbook.diagnosis.baseline.history import NEEDED
from playbook.knowledge.metrics import Metric
from playbook.metrics.compute import compute
from playbook.model.session import Session

from .so_far import until

#: LIVEs that are looked at, the latest.
_LATEST = 12


@dataclass(frozen=True)
class UsualMark:
    """The middle of what `lives` LIVEs of the shop had by `minute`: metrics by id in their own unit."""

    minute: float
    values: Mapping[str, float]
    lives: int


def usual_marks(
    past: Sequence[Session], metrics: Mapping[str, Metric], names: Sequence[str], minutes: Sequence[float]
) -> list[UsualMark]:
    """One for each minute that at least NEEDED of the latest LIVEs with a trend reached; none without trends."""
    wanted = {name: metrics[name] for name in names if name in metrics}
    latest = [each for each in past if each.ordinary and each.trend is not None][-_LATEST:]
    found = []
    for minute in minutes:
        cut = [short for each in latest if (short := until(each, minute)) is not None]
        if len(cut) < NEEDED:
            continue
        computed = [compute(each, wanted) for each in cut]
        known = {name: [v for each in computed if (v := each[name].value) is not None] for name in wanted}
        values = {name: statistics.median(each) for name, each in known.items() if len(each) >= NEEDED}
        if values:
            found.append(UsualMark(minute, values, len(cut)))
    return found
