"""What a diagnosis says: judgements of metrics, and findings with their evidence. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Verdict = Literal["below", "usual", "above", "unknown"]
Status = Literal["new", "repeat", "unknown"]

#: What began or ended this many minutes before a dip is reported with it.
AROUND = 5.0

#: How the kinds of orders are called in a sentence.
ORDERS_WORDS = {"sku": "SKU orders", "main": "main orders", "paid": "paid orders"}


@dataclass(frozen=True)
class PastValue:
    """A metric in an earlier session; `value` is None where it is unknown."""

    session_id: str
    start: datetime | None
    value: float | None


@dataclass(frozen=True)
class Benchmark:
    """A market figure a person typed in: value in the metric's own unit, its source and its date."""

    metric: str
    value: float
    source: str
    date: str


@dataclass(frozen=True)
class Note:
    """Something that a reader should know or be asked: `kind` says what, `values` the numbers and names in it.

    `playbook/remarks.py` has the sentence of each kind.
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)


def note(kind: str, /, **values: Any) -> Note:
    """A note with its values."""
    return Note(kind, values)


@dataclass(frozen=True)
class Judgement:
    """One metric of one session against its usual.

    `value`, `usual`, `low`, `high` are in the metric's unit (fractions, seconds, money, counts); `low` to `high`
    holds 95 % of ordinary sessions. `log_bayes_factor` is the log Bayes factor (natural log) for "clearly worse than
    usual" against "ordinary", the measure by which weaknesses are ranked; None where there is no usual.
    `gap` is value / usual - 1. `graded` is weaker evidence in plain words, e.g. "lowest of the last ten".
    `reason` says why a value, a usual or a verdict is unknown, and what would be needed.
    `past` is oldest first, the session itself not in it.
    """

    metric: str
    value: float | None
    reported: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    usual: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: Verdict = "unknown"
    log_bayes_factor: float | None = None
    graded: tuple[str, ...] = ()
    reason: str | None = None
    approximate: bool = False
    past: tuple[PastValue, ...] = ()
    benchmark: Benchmark | None = None

    @property
    def gap(self) -> float | None:
        if self.value is None or not self.usual:
            return None
        return self.value / self.usual - 1


@dataclass(frozen=True)
class BestSession:
    """The earlier session in which a metric did best, and what is known of it."""

    id: str
    start: datetime | None
    title: str | None
    value: float
    events: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weakness:
    """One of the worst factor metrics, of which there are three at most."""

    metric: str
    rank: int
    status: Status | None
    weak_in_last_5: int
    judged_in_last_5: int
    best_session: BestSession | None


@dataclass(frozen=True)
class Slide:
    """The last five sessions together against those before: `change` is a fraction, with its 95 % range."""

    metric: str
    recent: float
    earlier: float
    change: float
    low: float
    high: float
    sessions: int


@dataclass(frozen=True)
class Lasting:
    """A factor that has been worse in the last `lives` LIVEs, this one in, since the LIVE that started at `since`.

    `recent` and `earlier` are typical values in the metric's unit, `earlier` at the traffic of `recent`; `change` is
    a fraction with its 95 % range. `log_bayes_factor` (natural log) weighs such a step against none.
    """

    metric: str
    since: datetime | None
    since_session_id: str
    lives: int
    recent: float
    earlier: float
    change: float
    low: float
    high: float
    log_bayes_factor: float


@dataclass(frozen=True)
class Chronic:
    """A metric below its benchmark in `below` of the last `of` sessions."""

    metric: str
    benchmark: Benchmark
    below: int
    of: int


@dataclass(frozen=True)
class Story:
    """Metrics that fell together and are probably one weakness."""

    metrics: tuple[str, ...]


@dataclass(frozen=True)
class LeakPart:
    """How much more (or, below 0, less) money one factor brought than usual, with its 95 % range.

    `joint_low` to `joint_high` are wider: those of all parts hold at once in 95 % of cases. They serve to say which
    part is the largest.
    """

    factor: str
    amount: float
    low: float
    high: float
    joint_low: float
    joint_high: float


@dataclass(frozen=True)
class Leak:
    """The gap between GMV and its usual, split over the steps of the funnel; parts sum to it to the cent.

    `parts` are in the order of the funnel, each rate against its usual at this LIVE's traffic; what traffic does to
    the rates is the impressions' part. `could_be_noise`: the GMV an hour lies inside its own usual range.
    """

    usual_gmv: float
    gmv: float
    parts: tuple[LeakPart, ...]
    could_be_noise: bool

    @property
    def largest(self) -> LeakPart | None:
        """The part that lost (where GMV rose: brought) most, if that is sure among all parts; else None."""
        sign = 1 if self.gmv < self.usual_gmv else -1
        first, *others = sorted(self.parts, key=lambda part: sign * part.amount)
        if sign > 0:
            sure = all(first.joint_high < each.joint_low for each in others)
        else:
            sure = all(first.joint_low > each.joint_high for each in others)
        return first if sure else None

    @property
    def main(self) -> LeakPart | None:
        """The part that makes up more than half of the gap and is surely the largest; None when none does."""
        gap, largest = self.gmv - self.usual_gmv, self.largest
        return largest if largest and largest.amount * gap > 0 and abs(largest.amount) > abs(gap) / 2 else None


@dataclass(frozen=True)
class NearEvent:
    """An event around a dip: `before` says by how many minutes it began before the dip did; 0 during it.

    `ended` says by how many minutes it was over before the dip began: 0 where it runs into the dip, None where the
    log has no end of it.
    """

    type: str
    minute: float
    before: float
    detail: str | None = None
    product: str | None = None
    end_minute: float | None = None
    ended: float | None = None

    @property
    def began(self) -> bool:
        """Whether it began around the time of the dip, rather than long before."""
        return self.before <= AROUND


@dataclass(frozen=True)
class Dip:
    """A stretch of minutes [start_minute, end_minute) in which a metric lay below the LIVE's own level.

    `depth` is the fraction lost, shrunk, with its 95 % range. `value` is the metric in the stretch (impressions: a
    minute), `level` what it would have been. `evidence` is the log odds (natural log) for a dip against chance,
    allowing for all stretches tried. `events`: what was logged around the same time; `questions`: what to ask.
    `pinned` says whether a product was pinned when it began; None where the log has no pins at all. `perhaps_product`:
    the metric differs from stretch to stretch of this LIVE, as it does by product, and no log says what was pinned.
    """

    metric: str
    start_minute: int
    end_minute: int
    kind: Literal["sudden", "prolonged"]
    depth: float
    low: float
    high: float
    value: float | None
    level: float | None
    evidence: float
    events: tuple[NearEvent, ...] = ()
    questions: tuple[Note, ...] = ()
    pinned: bool | None = None
    perhaps_product: bool = False


@dataclass(frozen=True)
class EventEffect:
    """A metric in the ten minutes after an event against the ten before: `change` is a fraction, with 95 % range.

    By the minutes before, a change by `ordinary` was to be expected. What goes beyond that is larger, whichever way,
    than at `larger_than` of `moments` ordinary moments of a LIVE with such ups and downs; None where it is not known.
    """

    type: str
    minute: float
    metric: str
    before: float
    after: float
    change: float
    low: float
    high: float
    larger_than: int | None
    moments: int
    ordinary: float | None = None
    detail: str | None = None
    product: str | None = None


@dataclass(frozen=True)
class PooledEffect:
    """All events of a type over the shop's LIVEs: mean change beyond what is ordinary, a fraction, with 95 % range."""

    type: str
    metric: str
    events: int
    lives: int
    change: float
    low: float
    high: float


@dataclass(frozen=True)
class Violation:
    """A violation in the log. `kind`: an earlier LIVE's log has its type too, or none does; None where not known.

    `type` is what was written, `name` the id of its type in violations.yaml, None where it is none of those.
    `in_90_days` counts this type in the logs of the 90 days up to this LIVE, itself in.
    """

    minute: float
    type: str | None
    kind: Literal["known", "new"] | None
    changes: tuple[EventEffect, ...] = ()
    name: str | None = None
    in_90_days: int | None = None


@dataclass(frozen=True)
class Drift:
    """A metric in the last third of the LIVE against the first (ERR: of what follows its warm-up).

    `change` is a fraction with its 95 % range; `course` says whether the range leaves out no change. `usual` is the
    same of the shop's past LIVEs with the range of their ordinary ones, and `verdict` this LIVE against it.
    """

    metric: str
    change: float
    low: float
    high: float
    course: Literal["falls", "stable", "rises"]
    usual: float | None = None
    usual_low: float | None = None
    usual_high: float | None = None
    lives: int = 0
    verdict: Verdict = "unknown"


@dataclass(frozen=True)
class Shape:
    """The course of a LIVE. `startup` compares ERR of the first half hour with the rest, as a `Drift` does.

    `together` is the correlation of impressions and ERR over stretches of 15 minutes, with its 95 % range; `divergence`
    says which way they parted from the first third to the last.
    """

    drifts: tuple[Drift, ...] = ()
    startup: Drift | None = None
    together: tuple[float, float, float] | None = None
    divergence: Literal["shown_more_entered_less", "shown_less_entered_more"] | None = None


@dataclass(frozen=True)
class More:
    """How much more of a count (or of `gmv`) there would have been, with its 95 % range; below 0 is less."""

    count: str
    amount: float
    low: float
    high: float


@dataclass(frozen=True)
class Ads:
    """Money of ads in the session's currency, None where it is not known.

    `gmv` is what the ads claim for themselves; `claims_all` that it is nearly all GMV of the LIVE.
    `cost_per_order` divides by all orders of the LIVE, `gmv_less_cost` is its GMV less the cost.
    """

    cost: float | None
    gmv: float | None
    cost_per_order: float | None
    gmv_less_cost: float | None
    claims_all: bool


@dataclass(frozen=True)
class WhatIf:
    """One factor at its usual: `now` and `usual` in the metric's unit, and what would have followed, GMV last."""

    factor: str
    now: float
    usual: float
    more: tuple[More, ...]

    def of(self, count: str) -> More | None:
        return next((each for each in self.more if each.count == count), None)


@dataclass(frozen=True)
class Share:
    """One channel's or audience's share of a LIVE: fractions. `part` is channel or audience, `of` the count."""

    part: str
    name: str
    of: str
    share: float
    usual: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    earlier: int
    reason: str | None = None


@dataclass(frozen=True)
class ProductRate:
    """A product's rate, a fraction with its own 95 % range, against that of the other products of the LIVE (`others`).

    `shrunk` is the rate pulled towards theirs as far as it is uncertain. `verdict` allows for chance and for the
    number of products. `reason` says why the rate or the verdict is unknown.
    """

    metric: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    shrunk: float | None = None
    others: float | None = None
    verdict: Verdict = "unknown"
    reason: str | None = None


@dataclass(frozen=True)
class ProductFound:
    """One product of the LIVE. `order_rate` is SKU orders by product impressions, `order_value` GMV per SKU order.

    `before` is its CTOR against its own earlier LIVEs (`others` is theirs), None with fewer than three of them.
    `pinned` is None where neither the product list nor the event log says.
    """

    product_id: str | None
    name: str
    impressions: float | None
    clicks: float | None
    orders: float | None
    gmv: float | None
    price: float | None
    order_value: float | None
    pinned: bool | None
    ctr: ProductRate
    ctor: ProductRate
    order_rate: ProductRate
    before: ProductRate | None = None
    roles: tuple[Literal["leaks", "slipped", "pin", "move_up", "not_clicked"], ...] = ()


@dataclass(frozen=True)
class ProductRoom:
    """The products of the LIVE in the order of their list. `typical_impressions` is the median of those known.

    `order_value` is the whole LIVE's GMV per SKU order; `missing` notes the counts that no product has.
    """

    products: tuple[ProductFound, ...]
    typical_impressions: float | None
    order_value: float | None
    missing: tuple[Note, ...] = ()

    def of_role(self, role: str) -> tuple[ProductFound, ...]:
        return tuple(each for each in self.products if role in each.roles)


@dataclass(frozen=True)
class Round:
    """A stretch in which one product was pinned, from `minute` on for `minutes`; what is not known is None.

    `build_up` are minutes from the first words noted (`script`) to the pin, `views_change` the change of views a minute
    over them, a fraction. `orders_after_pin` came in the three minutes after it, `closes` are words noted while it was
    pinned. `click_rate` is product clicks by views, `ctor` SKU orders by clicks, both of the whole room in these
    minutes. `later_clicks` is the change of the click rate from the first half to the second.
    """

    product: str | None
    minute: float
    minutes: float | None
    build_up: float | None = None
    views_change: float | None = None
    orders_after_pin: float | None = None
    closes: int | None = None
    clicks: float | None = None
    orders: float | None = None
    click_rate: float | None = None
    ctor: float | None = None
    too_long: bool | None = None
    later_clicks: float | None = None


@dataclass(frozen=True)
class Diagnosis:
    """All findings of one session. `judgements` is keyed by metric id, in the order of metrics.yaml.

    `leak` is None where GMV cannot be split; a note then says what is missing. `logged` are the types of events
    in this LIVE's log; None where nobody kept one, which is not the same as nothing done. `left_out` are the metrics
    that by choice are never among the worst.
    """

    judgements: dict[str, Judgement]
    worst: tuple[Weakness, ...]
    worst_dimension: str | None
    slides: tuple[Slide, ...] = ()
    chronic: tuple[Chronic, ...] = ()
    stories: tuple[Story, ...] = ()
    history_sessions: int = 0
    notes: tuple[Note, ...] = ()
    leak: Leak | None = None
    what_ifs: tuple[WhatIf, ...] = ()
    channels: tuple[Share, ...] = ()
    dips: tuple[Dip, ...] = ()
    shape: Shape | None = None
    event_effects: tuple[EventEffect, ...] = ()
    pooled_effects: tuple[PooledEffect, ...] = ()
    violations: tuple[Violation, ...] = ()
    logged: frozenset[str] | None = None
    products: ProductRoom | None = None
    rounds: tuple[Round, ...] = ()
    lasting: tuple[Lasting, ...] = ()
    ads: Ads | None = None
    left_out: frozenset[str] = frozenset()
