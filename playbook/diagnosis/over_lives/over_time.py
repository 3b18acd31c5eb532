"""Every metric of the last LIVEs, each judged by what preceded it: the rows of a control chart and of a heat map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from playbook.diagnosis.baseline.history import start_of
from playbook.diagnosis.baseline.judge import number
from playbook.diagnosis.baseline.usual import VERDICTS, usuals
from playbook.diagnosis.findings import Verdict
from playbook.knowledge.metrics import Metric
from playbook.metrics.formula import formulas
from playbook.metrics.table import table
from playbook.model.session import Session, other_account


@dataclass(frozen=True)
class Point:
    """A metric in one LIVE against its usual at that time; None where it is unknown. In the metric's unit."""

    session_id: str
    value: float | None
    usual: float | None
    low: float | None
    high: float | None
    verdict: Verdict

    @property
    def gap(self) -> float | None:
        """`value / usual - 1`; None where either is unknown or the usual is zero."""
        return None if self.value is None or not self.usual else self.value / self.usual - 1


@dataclass(frozen=True)
class OverTime:
    """The LIVEs shown, oldest first, and for every metric one point for each of them."""

    sessions: tuple[Session, ...]
    points: dict[str, tuple[Point, ...]]

    def below(self, place: int, metrics: Iterable[str]) -> list[str]:
        """Which of these metrics the LIVE at `place` had below its usual."""
        return [name for name in metrics if self.points[name][place].verdict == "below"]


def over_time(sessions: Sequence[Session], metrics: Mapping[str, Metric], last: int = 30) -> OverTime:
    """Judge the last LIVEs of a shop that are over and lasted half an hour, each by those before it.

    LIVEs without a start cannot be placed and are left out; so are those of another account or currency than the
    latest.
    """
    placed = sorted((each for each in sessions if each.ordinary and each.start is not None), key=start_of)
    if placed:
        currency = placed[-1].currency
        placed = [each for each in placed if currency is None or each.currency in (None, currency)]
        placed = [each for each in placed if not other_account(each.creator, placed[-1].creator)]
    shown = placed[-last:]
    if not shown:
        return OverTime((), dict.fromkeys(metrics, ()))
    of = formulas(metrics)
    targets = range(len(placed) - 1, len(placed) - 1 - len(shown), -1)
    good_low = {name for name, metric in metrics.items() if metric.good == "low"}
    found = usuals(table(placed, of.values()), of, good_low, targets)
    points = {
        name: tuple(
            Point(
                session.id,
                number(found.value[row, column]),
                number(found.usual[row, column]),
                number(found.low[row, column]),
                number(found.high[row, column]),
                VERDICTS[int(found.verdict[row, column])],
            )
            for session, column in zip(shown, range(len(shown) - 1, -1, -1), strict=True)
        )
        for row, name in enumerate(found.names)
    }
    return OverTime(tuple(shown), points)
