"""The account-level look: the last seven days, and the last LIVE, against what came before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from playbook.diagnosis.baseline.compare import Change, compare
from playbook.diagnosis.baseline.history import past_of, start_of
from playbook.diagnosis.baseline.judge import number
from playbook.diagnosis.baseline.usual import VERDICTS, Usuals, usuals
from playbook.diagnosis.findings import Note, Verdict, note
from playbook.knowledge.metrics import Metric
from playbook.metrics.formula import formulas
from playbook.metrics.table import table
from playbook.model.session import Session

#: A look is due after this many days, and covers as many.
DAYS = 7
#: A LIVE of this length deserves a deeper look.
LONG_MINUTES = 60.0
_LOOK_BACK = 5
_WEEKS_BEFORE = 8
_OLDEST_TO_REVIEW = timedelta(days=28)


@dataclass(frozen=True)
class Totals:
    """Number of LIVEs, hours on air and GMV of one kind; a mean week has fractions of LIVEs."""

    lives: float
    hours: float | None
    gmv: float | None


@dataclass(frozen=True)
class Deviation:
    """A factor of one LIVE outside its usual range, as judged by what preceded that LIVE."""

    session_id: str
    start: datetime | None
    title: str | None
    metric: str
    verdict: Verdict
    value: float
    usual: float
    low: float
    high: float


@dataclass(frozen=True)
class Repeat:
    """A factor below usual in the week's LIVEs `below`, of `judged`, and in `weak_in_last_5` of the five LIVEs
    before the last of those.
    """

    metric: str
    below: tuple[str, ...]
    judged: int
    weak_in_last_5: int


@dataclass(frozen=True)
class Deeper:
    """A long LIVE whose review nobody looked at yet."""

    session_id: str
    start: datetime | None
    title: str | None
    minutes: float


@dataclass(frozen=True)
class Weekly:
    """What the weekly look says. Ids are session ids, LIVEs oldest first.

    `week` and `mean_week` are sums of the week and means of up to eight weeks before (None without any).
    `changes` compares the week with the LIVEs before it, `since_last` the latest LIVE with those before it; both in
    the order of metrics.yaml. `due`: no look for seven days, and there are LIVEs.
    """

    since: datetime
    until: datetime
    sessions: tuple[str, ...]
    week: Totals
    mean_week: Totals | None
    gmv_kind: str | None
    currency: str | None
    changes: tuple[Change, ...]
    deviations: tuple[Deviation, ...]
    repeats: tuple[Repeat, ...]
    deeper: tuple[Deeper, ...]
    last_live: Session | None
    since_last: tuple[Change, ...]
    last_look: datetime | None
    days_since_look: int | None
    due: bool
    notes: tuple[Note, ...]


def weekly(
    sessions: Sequence[Session],
    metrics: Mapping[str, Metric],
    *,
    until: datetime,
    reviewed: Mapping[str, datetime],
    last_look: datetime | None = None,
) -> Weekly:
    """The seven days up to `until` (the shop's wall clock, like `last_look` and the times in `reviewed`).

    `reviewed` says when the review of a LIVE was looked at; without `last_look` its latest time stands in. LIVEs
    still running, under 30 minutes, without a start or in another currency than the latest are left out, as in
    every usual. Nothing is raised.
    """
    until = until.replace(tzinfo=None)
    since = until - timedelta(days=DAYS)
    looked = last_look or max(reviewed.values(), key=_naive, default=None)
    looked = None if looked is None else _naive(looked)
    dated = sorted((s for s in sessions if s.start is not None and start_of(s) <= until), key=start_of)
    ordinary, notes = _ordinary(dated)
    week = [s for s in ordinary if start_of(s) > since]
    before = [s for s in ordinary if start_of(s) <= since]
    kind = ordinary[-1].gmv_kind if ordinary else None
    said = _Judged.of(ordinary, metrics, len(week))
    days = None if looked is None else max((until - looked).days, 0)
    return Weekly(
        since=since,
        until=until,
        sessions=tuple(s.id for s in week),
        week=_totals(week, kind, 1.0),
        mean_week=_mean_week(before, since, kind),
        gmv_kind=kind,
        currency=ordinary[-1].currency if ordinary else None,
        changes=said.changes(range(len(week))),
        deviations=said.deviations(),
        repeats=said.repeats(),
        deeper=_deeper(dated, until, since if looked is None else min(since, looked), reviewed),
        last_live=ordinary[-1] if ordinary else None,
        since_last=said.changes(range(1 if ordinary else 0)),
        last_look=looked,
        days_since_look=days,
        due=bool(dated) and (days is None or days >= DAYS),
        notes=tuple(notes),
    )


@dataclass(frozen=True)
class _Judged:
    """The week's LIVEs, latest first, and five before them, each judged by what preceded it."""

    sessions: Sequence[Session]
    metrics: Mapping[str, Metric]
    week: int
    targets: tuple[int, ...]
    found: Usuals | None

    @classmethod
    def of(cls, ordinary: Sequence[Session], metrics: Mapping[str, Metric], week: int) -> _Judged:
        last = len(ordinary)
        targets = tuple(range(last - 1, max(-1, last - max(week, 1) - _LOOK_BACK - 1), -1))
        if not targets:
            return cls(ordinary, metrics, week, targets, None)
        of = formulas(metrics)
        return cls(ordinary, metrics, week, targets, usuals(table(ordinary, of.values()), of, _low(metrics), targets))

    def changes(self, window: range) -> tuple[Change, ...]:
        if self.found is None or not window:
            return ()
        of = formulas(self.metrics)
        return compare(table(self.sessions, of.values()), self.found, of, _low(self.metrics), self.targets, window)

    def deviations(self) -> tuple[Deviation, ...]:
        result = []
        for at in reversed(range(self.week)):
            session = self.sessions[self.targets[at]]
            for name in self.factors():
                verdict, values = self.verdict(name, at), self.values(name, at)
                if verdict in ("below", "above") and values is not None:
                    result.append(Deviation(session.id, session.start, session.title, name, verdict, *values))
        return tuple(result)

    def repeats(self) -> tuple[Repeat, ...]:
        """Most often below first."""
        result = []
        for name in self.factors():
            said = [self.verdict(name, at) for at in range(len(self.targets))]
            below = [at for at in range(self.week) if said[at] == "below"]
            again = [at for at in below if "below" in said[at + 1 : at + 1 + _LOOK_BACK]]
            if not again:
                continue
            names = tuple(self.sessions[self.targets[at]].id for at in reversed(below))
            judged = sum(each != "unknown" for each in said[: self.week])
            weak = said[again[0] + 1 : again[0] + 1 + _LOOK_BACK].count("below")
            result.append(Repeat(name, names, judged, weak))
        return tuple(sorted(result, key=lambda each: (-len(each.below), -each.weak_in_last_5)))

    def factors(self) -> list[str]:
        return [name for name, metric in self.metrics.items() if metric.role == "factor"]

    def verdict(self, name: str, at: int) -> Verdict:
        assert self.found is not None
        return VERDICTS[int(self.found.verdict[self.found.names.index(name), at])]

    def values(self, name: str, at: int) -> tuple[float, float, float, float] | None:
        """Value, usual, low, high; None when one is not known."""
        assert self.found is not None
        row, found = self.found.names.index(name), self.found
        four = [number(column[row, at]) for column in (found.value, found.usual, found.low, found.high)]
        return None if None in four else tuple(four)  # type: ignore[return-value]


def _low(metrics: Mapping[str, Metric]) -> set[str]:
    return {name for name, metric in metrics.items() if metric.good == "low"}


def _ordinary(dated: Sequence[Session]) -> tuple[list[Session], list[Note]]:
    """The LIVEs that count, oldest first, by the rules of every usual; and what was left out."""
    last = next((s for s in reversed(dated) if s.ordinary), None)
    if last is None:
        return [], [note("no_lives")]
    past = past_of(last, dated)
    after = [s for s in dated if s.ordinary and s.id != last.id and start_of(s) == start_of(last)]
    return sorted([*past.sessions, *after, last], key=start_of), list(past.notes)


def _totals(sessions: Sequence[Session], kind: str | None, weeks: float) -> Totals:
    hours = [s.hours for s in sessions if s.hours is not None]
    gmv = [g for s in sessions if s.gmv_kind == kind and (g := s.counts["gmv"]) is not None]
    return Totals(
        len(sessions) / weeks,
        sum(hours) / weeks if len(hours) == len(sessions) else None,
        sum(gmv) / weeks if len(gmv) == len(sessions) else None,
    )


def _mean_week(before: Sequence[Session], since: datetime, kind: str | None) -> Totals | None:
    """Of up to eight whole weeks, from the first in which there was a LIVE."""
    recent = [s for s in before if start_of(s) > since - timedelta(days=DAYS * _WEEKS_BEFORE)]
    if not recent:
        return None
    weeks = (since - start_of(recent[0])).days // DAYS + 1
    return _totals(recent, kind, min(weeks, _WEEKS_BEFORE))


def _deeper(
    dated: Sequence[Session], until: datetime, since: datetime, reviewed: Mapping[str, datetime]
) -> tuple[Deeper, ...]:
    oldest = max(since, until - _OLDEST_TO_REVIEW)
    return tuple(
        Deeper(s.id, s.start, s.title, s.duration_minutes)
        for s in dated
        if start_of(s) > oldest
        and not s.running
        and s.duration_minutes is not None
        and s.duration_minutes >= LONG_MINUTES
        and s.id not in reviewed
    )


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
