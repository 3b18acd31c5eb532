"""In which order do matched strategies help most? By evidence, and by what the weakness costs.

Evidence is a log Bayes factor (natural log): for a metric below usual the judgement's own `log_bayes_factor`; for a
slide z squared over two, which is what the best alternative gains over "no change" (Schwarz 1978 without its
penalty); for a chronic weakness `below` times log 2 less log (of + 1), since without weakness either side of a
benchmark is about as likely.

Cost is the part of GMV that goes missing when nothing else changes. For the links of the identity
GMV = hours x impressions per hour x ERR x CTR x CTOR x GMV per order it is the metric's own relative loss. For
the rest (comments, follows, viewing time ...) no cost is claimed.

Where GMV fell by more than it ordinarily varies, the metric whose step of the funnel lost most money comes first
(the parts of `diagnosis.money.leak`, whose 95 % range must be a loss throughout).

Where a shop has tried strategies itself, each one's strength is multiplied by the trust that its tries have earned
(`evidence`), so that the order moves from the playbook's to the shop's own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from playbook.diagnosis.findings import Chronic, Diagnosis, Slide
from playbook.knowledge.metrics import Metric

from .match import Match, ScriptLine, chronic_of, dip_for, slide_of, worsening

#: Recommendations shown at most: more than a handful is not read at midnight.
AT_MOST = 5

#: Log Bayes factor (natural log) of a value just outside its range, for findings that carry none of their own.
_SEEN = 3.0

#: Width of a 95 % range in standard errors.
_WIDTH_95 = 2 * 1.959964


@dataclass(frozen=True)
class Ranked:
    """A matched strategy, the metric it is ranked under, and its strength."""

    match: Match
    metric: str | None
    strength: float


def ranked(
    matches: Sequence[Match],
    diagnosis: Diagnosis,
    metrics: Mapping[str, Metric],
    at_most: int = AT_MOST,
    trust: Mapping[str, float] | None = None,
) -> list[Ranked]:
    """The strongest first, one for each weak metric before a second for any.

    Of the metrics, the largest sure loss of money (`_lost`) comes first, then the three worst, then the rest.
    Strategies for an outcome (GMV per hour ...) come last: the outcome falls with each of its factors, and would
    stand beside the very metric that explains it. Ties go by the playbook's own `order`, then by the order given:
    the answer depends on nothing else. `trust` multiplies the strength of strategies, by id; those not in it keep it.
    """
    groups: dict[str | None, list[Ranked]] = {}
    for found in matches:
        best = _best(found, diagnosis, metrics)
        best = replace(best, strength=best.strength * (trust or {}).get(found.strategy.id, 1.0))
        groups.setdefault(best.metric, []).append(best)
    groups = {name: _mixed(group) for name, group in groups.items()}
    worst = {weakness.metric for weakness in diagnosis.worst}
    lost = _lost(diagnosis, metrics)

    def place(name: str | None) -> tuple[float, bool, float, str]:
        return -lost.get(name or "", 0.0), name not in worst, -groups[name][0].strength, name or ""

    order = sorted(groups, key=place)
    outcomes = [name for name in order if name is not None and metrics[name].role == "outcome"]
    factors = [name for name in order if name not in outcomes]
    return [*_in_turn([groups[name] for name in factors]), *_in_turn([groups[name] for name in outcomes])][:at_most]


def _lost(diagnosis: Diagnosis, metrics: Mapping[str, Metric]) -> dict[str, float]:
    """Money a metric's step lost against its usual, by metric id, where its whole 95 % range is a loss.

    Nothing where GMV could not be split, or the gap may be ordinary variation: evidence then decides alone.
    """
    if diagnosis.leak is None or diagnosis.leak.could_be_noise:
        return {}
    lost: dict[str, float] = {}
    for part in diagnosis.leak.parts:
        if part.high < 0:
            known = metrics.get(part.factor)
            for metric in (known.answered_under if known else ()) or (part.factor,):
                lost[metric] = lost.get(metric, 0.0) - part.amount
    return lost


def _mixed(group: Sequence[Ranked]) -> list[Ranked]:
    """The strongest first; what answers the whole LIVE and what answers a dip in turn.

    The LIVE is over: what helps from the next one's first minute on goes before what mends a dip while it lasts. The
    log odds of a dip grow with its people and are hardly ever the smaller, so strength cannot say which comes first.
    """
    found = sorted(group, key=lambda each: (-round(each.strength, 9), each.match.strategy.order))
    dips = [each for each in found if any(line.condition.finding == "dip" for line in each.match.lines)]
    whole = [each for each in found if each not in dips]
    return _in_turn([whole, dips])


def _in_turn(groups: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """The first of every group, then the second of every group, and so on."""
    rounds = range(max((len(group) for group in groups), default=0))
    return [group[turn] for turn in rounds for group in groups if turn < len(group)]


def _best(found: Match, diagnosis: Diagnosis, metrics: Mapping[str, Metric]) -> Ranked:
    """A match under the weak metric for which there is most to say."""
    strengths: list[tuple[float, str | None]] = [
        (strength(line.metric, line.condition.state, diagnosis, metrics), line.metric)
        for line in found.lines
        if line.holds and line.condition.weak and line.metric is not None and line.condition.state is not None
    ]
    strengths += [
        (_finding_strength(line, diagnosis), line.metric)
        for line in found.lines
        if line.holds and line.condition.finding
    ]
    if not strengths:
        return Ranked(found, None, 0.0)
    value, metric = max(strengths, key=lambda pair: pair[0])
    return Ranked(found, metric, value)


def _finding_strength(line: ScriptLine, diagnosis: Diagnosis) -> float:
    """Of a dip its log odds; of what was simply seen (a violation, a share that fell) that of a clear fall."""
    if line.condition.finding == "dip":
        found = dip_for(line.condition, diagnosis)
        return found.evidence if found else 0.0
    return _SEEN


def strength(name: str, state: str, diagnosis: Diagnosis, metrics: Mapping[str, Metric]) -> float:
    """Evidence for a weakness, raised by its cost: evidence x (1 + part of GMV lost). Never negative."""
    metric, judgement = metrics[name], diagnosis.judgements.get(name)
    if state == "sliding":
        slide = slide_of(diagnosis, name)
        evidence, loss = (_slide_evidence(slide), worsening(slide.change, metric)) if slide else (0.0, None)
    elif state == "chronic":
        chronic = chronic_of(diagnosis, name)
        evidence, loss = (_chronic_evidence(chronic) if chronic else 0.0), None
    else:
        evidence = (judgement.log_bayes_factor if judgement else None) or 0.0
        loss = worsening(judgement.gap, metric) if judgement else None
    cost = min(1.0, max(0.0, loss)) if loss is not None and metric.costs_gmv else 0.0
    return max(0.0, evidence) * (1 + cost)


def _slide_evidence(slide: Slide) -> float:
    if min(slide.change, slide.low, slide.high) <= -1:
        return 0.0
    error = (math.log1p(slide.high) - math.log1p(slide.low)) / _WIDTH_95
    return (math.log1p(slide.change) / error) ** 2 / 2 if error > 0 else 0.0


def _chronic_evidence(chronic: Chronic) -> float:
    return chronic.below * math.log(2) - math.log(chronic.of + 1)
