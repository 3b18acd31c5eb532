"""Does a strategy's `when` hold for a diagnosis? Line by line, with the finding that decided it; no sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playbook.diagnosis.findings import Chronic, Diagnosis, Dip, Judgement, NearEvent, Note, Slide, note
from playbook.knowledge.metrics import Metric, Plain
from playbook.knowledge.strategies import Condition, Strategy


@dataclass(frozen=True)
class ScriptLine:
    """One line of `when`, judged: whether it holds, and the finding it was held against.

    `advice/grounds.py` has the words for `seen`.
    """

    condition: Condition
    metric: str | None
    holds: bool
    seen: Note


@dataclass(frozen=True)
class Match:
    """A strategy and all lines of its `when`, in order."""

    strategy: Strategy
    lines: tuple[ScriptLine, ...]

    @property
    def fires(self) -> bool:
        return all(line.holds for line in self.lines)

    @property
    def deciding(self) -> tuple[int, ScriptLine] | None:
        """The first line that does not hold, with its number counted from one."""
        return next(((index, line) for index, line in enumerate(self.lines, 1) if not line.holds), None)

    @property
    def weak(self) -> tuple[str, ...]:
        """The metrics that a line which holds calls weak, in the order of `when`."""
        named = [
            line.metric
            for line in self.lines
            if line.holds and line.metric and (line.condition.weak or line.condition.finding == "dip")
        ]
        return tuple(dict.fromkeys(named))


def match(strategy: Strategy, diagnosis: Diagnosis, metrics: Mapping[str, Metric]) -> Match:
    """Judge every line of a strategy's `when`. What is unknown never holds: nothing is guessed."""
    return Match(strategy, tuple(_line(each, diagnosis, metrics) for each in strategy.when))


def firing(strategies: Iterable[Strategy], diagnosis: Diagnosis, metrics: Mapping[str, Metric]) -> list[Match]:
    """The matches of all tested strategies whose every line holds, in the order given."""
    tested = (each for each in strategies if each.status == "tested")
    return [found for found in (match(each, diagnosis, metrics) for each in tested) if found.fires]


def subject(condition: Condition, metrics: Mapping[str, Metric]) -> str | None:
    """The metric id a line is judged under: its metric, or the metric that shows its count."""
    if condition.metric is not None or condition.count is None:
        return condition.metric
    plain = (name for name, each in metrics.items() if isinstance(each, Plain) and each.value == condition.count)
    return next(plain, None)


def slide_of(diagnosis: Diagnosis, metric: str) -> Slide | None:
    return next((each for each in diagnosis.slides if each.metric == metric), None)


def chronic_of(diagnosis: Diagnosis, metric: str) -> Chronic | None:
    return next((each for each in diagnosis.chronic if each.metric == metric), None)


def dip_for(condition: Condition, diagnosis: Diagnosis) -> Dip | None:
    """The dip with the most evidence among those that a line asks for: metric, kind, pin, event before it.

    What may be another product in place of a fall calls for nothing.
    """
    asked = (
        each
        for each in diagnosis.dips
        if not each.perhaps_product
        and condition.kind in (None, each.kind)
        and condition.of in (None, each.metric)
        and (condition.pinned is None or each.pinned is (condition.pinned == "something"))
        and (condition.after is None or _before(each, condition.after) is not None)
    )
    return max(asked, key=lambda each: each.evidence, default=None)


def worsening(fraction: float | None, metric: Metric) -> float | None:
    """A change as a loss: positive when the metric got worse, whichever way is better for it."""
    if fraction is None:
        return None
    return -fraction if metric.good == "high" else fraction


def _line(condition: Condition, diagnosis: Diagnosis, metrics: Mapping[str, Metric]) -> ScriptLine:
    if condition.finding is not None:
        return _finding(condition, diagnosis)
    name = subject(condition, metrics)
    if name is None or name not in metrics:
        return ScriptLine(condition, name, False, note("not_reported", condition=condition))
    metric, judgement = metrics[name], diagnosis.judgements.get(name)
    if condition.state == "sliding":
        return _sliding(condition, name, metric, slide_of(diagnosis, name))
    if condition.state == "chronic":
        return _chronic(condition, name, chronic_of(diagnosis, name))
    if judgement is None:
        return ScriptLine(condition, name, False, note("not_judged"))
    return ScriptLine(condition, name, _judged(condition, judgement, metric), note("judged", judgement=judgement))


def _finding(condition: Condition, diagnosis: Diagnosis) -> ScriptLine:
    """Whether the diagnosis holds such a finding: a dip of that kind and metric, a violation of that kind."""
    if condition.finding == "dip":
        first = dip_for(condition, diagnosis)
        if first is not None:
            before = _before(first, condition.after) if condition.after else None
            return ScriptLine(condition, first.metric, True, note("dip", dip=first, before=before))
        return ScriptLine(condition, condition.of, False, note("no_dip"))
    if condition.finding == "violation":
        seen = [each for each in diagnosis.violations if condition.kind in (None, each.kind)]
        if seen:
            return ScriptLine(condition, None, True, note("violation", violation=seen[0]))
        return ScriptLine(condition, None, False, note("no_violation"))
    if condition.finding == "unused":
        return _unused(condition, diagnosis)
    if condition.finding == "product":
        return _product(condition, diagnosis)
    return _share(condition, diagnosis)


#: An event so few minutes into a dip still counts as shortly before it: both are read off a clock.
_INTO = 2.0


def _before(dip: Dip, kind: str) -> NearEvent | None:
    """The last event of a kind that began or ended from five minutes before a dip to its first minutes."""
    near = [
        each
        for each in dip.events
        if each.type == kind and each.minute <= dip.start_minute + _INTO and (each.began or each.ended)
    ]
    return near[-1] if near else None


def _unused(condition: Condition, diagnosis: Diagnosis) -> ScriptLine:
    """Whether a log was kept and does not have it. No log is unknown, not unused."""
    if diagnosis.logged is None:
        return ScriptLine(condition, None, False, note("no_log"))
    holds = condition.of not in diagnosis.logged
    return ScriptLine(
        condition,
        None,
        holds,
        note("unused", event=condition.of or "") if holds else note("used", event=condition.of or ""),
    )


def _product(condition: Condition, diagnosis: Diagnosis) -> ScriptLine:
    """Whether a product of the LIVE has that role, named with the numbers that say so."""
    room = diagnosis.products
    found = room.of_role(condition.of or "") if room else ()
    if not found:
        return ScriptLine(condition, None, False, note("no_product"))
    return ScriptLine(condition, None, True, note("products", products=found[:3], role=condition.of or ""))


def _share(condition: Condition, diagnosis: Diagnosis) -> ScriptLine:
    """Whether a channel's share, or that of the followers there were before, fell below its usual."""
    part, name = (
        ("channel", condition.of) if condition.finding == "channel" else ("audience", condition.of or "existing")
    )
    fell = [
        each
        for each in diagnosis.channels
        if each.part == part
        and each.verdict == "below"
        and each.of in ("views", "impressions")
        and name in (None, each.name)
    ]
    if not fell:
        return ScriptLine(condition, None, False, note("no_share"))
    return ScriptLine(condition, None, True, note("share", share=fell[0]))


def _judged(condition: Condition, judgement: Judgement, metric: Metric) -> bool:
    verdict, loss = judgement.verdict, worsening(judgement.gap, metric)
    if verdict == "unknown":
        return False
    least = condition.by_at_least or 0.0
    if condition.state == "not_below_usual":
        return verdict != "below"
    if condition.state == "above_usual":
        return verdict == "above" and (not least or (loss is not None and -loss >= least))
    weak = verdict == "below"
    if condition.state == "low":
        weak = weak or (verdict == "usual" and bool(judgement.graded) and (loss is None or loss > 0))
    return weak and (not least or (loss is not None and loss >= least))


def _sliding(condition: Condition, name: str, metric: Metric, slide: Slide | None) -> ScriptLine:
    if slide is None:
        return ScriptLine(condition, name, False, note("no_slide"))
    loss = worsening(slide.change, metric)
    sure = slide.high < 0 if metric.good == "high" else slide.low > 0
    holds = sure and loss is not None and loss > 0 and loss >= (condition.by_at_least or 0.0)
    return ScriptLine(condition, name, holds, note("slide", slide=slide))


def _chronic(condition: Condition, name: str, chronic: Chronic | None) -> ScriptLine:
    if chronic is None:
        return ScriptLine(condition, name, False, note("not_chronic"))
    return ScriptLine(condition, name, True, note("chronic", chronic=chronic))
