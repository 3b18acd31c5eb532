"""Drills without end: a made-up LIVE with a weakness or a dip planted in it, or none, to be read without help.

An ordinary LIVE comes up at every level, and nothing that is asked differs for it: seeing a fault where chance is at
work costs as much as missing one. What is right comes from what was planted, and the review must agree: a draw about
which chance and the review differ is thrown away, so that nobody is marked wrong for what cannot be seen. Drawing
again favours clear cases a little; the smaller cuts of higher levels make up for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from playbook.diagnosis.by_minute.minutes import parts
from playbook.knowledge.load import Knowledge
from playbook.language import _
from playbook.model.session import Session
from playbook.pipeline import Review, review
from playbook.simulation import rooms, shops

from .answers import overlap
from .samples import room_session

Kind = Literal["weakness", "dip"]
NOTHING = "nothing"
HIGHEST = 5
#: Draws before giving up; about one in three is thrown away, so that many in a row never are.
DRAWS = 200
#: A marked stretch that shares this much with the dip counts.
ENOUGH = 0.35
PASS = 0.99


@dataclass(frozen=True)
class Hardness:
    """What a level draws: what is left of a cut rate, impressions a LIVE, how often nothing is planted, how often dips
    are asked for, and how much of a metric a dip takes.
    """

    left: tuple[float, float]
    impressions: float
    nothing: float
    dips: float
    lost: tuple[float, float]


HARDNESS = (
    Hardness((0.40, 0.50), 200_000, 0.20, 0.0, (0.60, 0.70)),
    Hardness((0.45, 0.60), 150_000, 0.20, 0.25, (0.55, 0.65)),
    Hardness((0.50, 0.65), 100_000, 0.25, 0.35, (0.50, 0.60)),
    Hardness((0.55, 0.70), 70_000, 0.25, 0.40, (0.45, 0.55)),
    Hardness((0.60, 0.75), 50_000, 0.30, 0.40, (0.40, 0.50)),
)


@dataclass(frozen=True)
class Drill:
    """One drill. `metric` is what is weak or dipped, None for nothing; `minutes` is set for a dip.

    `options` are the metrics to choose from. `strategies` are asked about once the metric was found, never before:
    they would give it away. Those in `right` answer it.
    """

    kind: Kind
    level: int
    review: Review
    metric: str | None
    options: tuple[str, ...]
    minutes: tuple[int, int] | None = None
    strategies: tuple[str, ...] = ()
    right: frozenset[str] = frozenset()

    @property
    def topic(self) -> str:
        """What is repeated when it went wrong: the metric (of a dip with `dip_` before it), or nothing."""
        if self.metric is None:
            return NOTHING
        return f"dip_{self.metric}" if self.kind == "dip" else self.metric

    @property
    def dimension(self) -> str | None:
        return self.review.knowledge.metrics[self.metric].dimension if self.metric else None


@dataclass(frozen=True)
class Try:
    """What a person answered; None where nothing was chosen. NOTHING as `metric` says that nothing stands out."""

    metric: str | None
    dimension: str | None = None
    minutes: tuple[float, float] | None = None
    strategy: str | None = None


@dataclass(frozen=True)
class Marked:
    """Each part right or wrong; `score` is the share of right parts."""

    parts: dict[str, bool]

    @property
    def score(self) -> float:
        return sum(self.parts.values()) / len(self.parts)

    @property
    def passed(self) -> bool:
        return self.score >= PASS


class NoDrill(Exception):  # noqa: N818 - it says what is missing
    """No drill of this kind can be made."""


def topics(knowledge: Knowledge) -> tuple[str, ...]:
    """Every topic that drills can be made about."""
    return (
        *(name for name in shops.RATES if name in knowledge.metrics),
        *(f"dip_{each}" for each in rooms.METRICS),
        NOTHING,
    )


def drill(
    seed: int, level: int, knowledge: Knowledge, topic: str | None = None, often: Mapping[str, float] | None = None
) -> Drill:
    """The drill of a seed and a level from 1 to 5, about one topic if named. The same always gives the same.

    `often` says how often each topic comes up, against the others; ordinary LIVEs come up as often as ever.

    Raises NoDrill for a topic that there is not.
    """
    if topic is not None and topic not in topics(knowledge):
        known = ", ".join(topics(knowledge))
        raise NoDrill(_("there is no drill about '{topic}'; there are: {topics}", topic=topic, topics=known))
    hardness = HARDNESS[min(max(level, 1), HIGHEST) - 1]
    # Decided once: drawn anew with each case, the ordinary LIVEs, which are seldom thrown away, would prevail.
    dip, metric = _planned(np.random.default_rng([seed, level]), hardness, knowledge, topic, often or {})
    make = _dip if dip else _weakness
    for draw in range(DRAWS):
        found = make(np.random.default_rng([seed, level, draw]), hardness, level, knowledge, metric)
        if found is not None:
            return found
    raise NoDrill(
        _("no clear case about '{topic}' came up in {draws} draws; take another one", topic=topic, draws=DRAWS)
    )


def _planned(
    rng: np.random.Generator,
    hardness: Hardness,
    knowledge: Knowledge,
    topic: str | None,
    often: Mapping[str, float],
) -> tuple[bool, str | None]:
    """Whether it is a dip that is asked about, and in what; None for an ordinary LIVE."""
    dip = rng.random() < hardness.dips if topic in (None, NOTHING) else str(topic).startswith("dip_")
    nothing = rng.random() < hardness.nothing if topic is None else topic == NOTHING
    wanted = None if topic in (None, NOTHING) else str(topic).removeprefix("dip_")
    rates = rooms.METRICS if dip else [name for name in shops.RATES if name in knowledge.metrics]
    weight = np.array([often.get(f"dip_{each}" if dip else each, 1.0) for each in rates])
    return dip, None if nothing else wanted or str(rng.choice(rates, p=weight / weight.sum()))


def _weakness(
    rng: np.random.Generator, hardness: Hardness, level: int, knowledge: Knowledge, metric: str | None
) -> Drill | None:
    earlier = int(rng.integers(8, 13))
    cuts = {earlier: {metric: float(rng.uniform(*hardness.left))}} if metric else {}
    lives = shops.calm_shop(rng, hardness.impressions, earlier + 1, cuts)
    found = weakness_drill(review(lives[-1], lives[:-1], knowledge), level, rng)
    return found if found is not None and found.metric == metric else None


def weakness_drill(found: Review, level: int, rng: np.random.Generator) -> Drill | None:
    """A review as a drill, the review's own answer as the right one; None where more than one metric is below."""
    judged = {name: each for name, each in found.judgements.items() if found.knowledge.metrics[name].role == "factor"}
    known = {name: each for name, each in judged.items() if each.verdict != "unknown"}
    below = [name for name, each in known.items() if each.verdict == "below"]
    if len(known) < 5 or len(below) > 1:
        return None
    metric = below[0] if below else None
    options, right = _strategies(found, rng, metric) if metric else ((), frozenset[str]())
    if metric and not right:
        return None
    return Drill("weakness", level, found, metric, tuple(known), None, options, right)


def _dip(
    rng: np.random.Generator, hardness: Hardness, level: int, knowledge: Knowledge, metric: str | None
) -> Drill | None:
    minutes = int(rng.integers(100, 181))
    start, length = int(rng.integers(rooms.FIRST_FALL + 5, minutes - 40)), int(rng.integers(12, 31))
    falls = [rooms.Fall(metric, start, start + length, float(rng.uniform(*hardness.lost)))] if metric else []
    made = rooms.room(rng, hardness.impressions / 120, falls, minutes)
    found = dip_drill(review(room_session(made.trend, "drill"), [], knowledge), level, rng)
    if found is None or found.metric != metric:
        return None
    agrees = not falls or (found.minutes is not None and overlap(found.minutes, (start, start + length)) >= 0.5)
    return found if agrees else None


def dip_drill(found: Review, level: int, rng: np.random.Generator) -> Drill | None:
    """A review with a trend as a drill; None where there is more than one dip, or no trend."""
    dips = found.diagnosis.dips
    if found.session.trend is None or len(dips) > 1:
        return None
    drawn = [name for name in rooms.METRICS if _has(found, name)]
    if not dips:
        return Drill("dip", level, found, None, tuple(drawn))
    if dips[0].metric not in drawn:
        return None
    span = dips[0].start_minute, dips[0].end_minute
    options, right = _strategies(found, rng, dips[0].metric)
    return Drill("dip", level, found, dips[0].metric, tuple(drawn), span, options, right)


def _has(found: Review, name: str) -> bool:
    frame, metric = found.session.trend, found.knowledge.metrics[name]
    hits, base = parts(metric)
    return frame is not None and {hits, base or hits} <= set(frame)


def _strategies(found: Review, rng: np.random.Generator, metric: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Four strategies to choose from, one of them recommended by the review.

    Up to two of the others are for the same metric and do not fit this LIVE; the rest are for other metrics.
    """
    recommended = [each.id for each in found.recommendations]
    fitting = [each for each in recommended if metric in found.knowledge.strategies[each].metrics] or recommended
    if not fitting:
        return (), frozenset()
    others = [
        name for name, each in found.knowledge.strategies.items() if each.status == "tested" and name not in recommended
    ]
    near = [each for each in others if metric in found.knowledge.strategies[each].metrics]
    far = [each for each in others if each not in near]
    wrong = [str(each) for each in (*rng.permutation(near)[:2], *rng.permutation(far))][:3]
    mixed = [str(each) for each in rng.permutation([str(rng.choice(fitting)), *wrong])]
    return tuple(mixed), frozenset(recommended)


def own_drill(session: Session, history: Sequence[Session], knowledge: Knowledge, seed: int = 0) -> Drill | None:
    """A drill made of a LIVE of the shop itself; None where it has no single clear answer.

    Whether its minutes or its totals are asked about is drawn: a LIVE with minutes is not always one with a dip.
    """
    found = review(session, history, knowledge)
    rng = np.random.default_rng(seed)
    kinds = [dip_drill, weakness_drill] if rng.random() < 0.5 else [weakness_drill, dip_drill]
    return next((made for made in (kind(found, 1, rng) for kind in kinds) if made is not None), None)


def asks_what_to_try(drill: Drill, metric: str | None) -> bool:
    """Whether a second question follows this answer to the first: what was weak was found, and something fits."""
    return drill.metric is not None and metric == drill.metric and bool(drill.strategies)


def mark(drill: Drill, tried: Try) -> Marked:
    """Each part of an answer that was asked about. Where nothing was planted, saying so is all there is to say."""
    parts = {"metric": tried.metric == (drill.metric or NOTHING)}
    if drill.metric is None:
        return Marked(parts)
    if drill.minutes is not None:
        parts["minutes"] = tried.minutes is not None and overlap(tried.minutes, drill.minutes) >= ENOUGH
    else:
        parts["dimension"] = tried.dimension == drill.dimension
    if asks_what_to_try(drill, tried.metric):
        parts["strategy"] = tried.strategy in drill.right
    return Marked(parts)
