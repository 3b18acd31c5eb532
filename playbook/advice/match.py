"""Does a strategy's `when` hold for a diagnosis? Line by line, with what decided it in the seller's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playbook import formats
from playbook.diagnosis.findings import Chronic, Diagnosis, Dip, Judgement, NearEvent, ProductFound, Slide
from playbook.knowledge.metrics import Metric, Plain
from playbook.knowledge.strategies import Condition, Strategy


@dataclass(frozen=True)
class ScriptLine:
    """One line of `when`, judged: whether it holds, and the numbers it was held against."""

    condition: Condition
    metric: str | None
    holds: bool
    numbers: str


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


def match(
    strategy: Strategy, diagnosis: Diagnosis, metrics: Mapping[str, Metric], currency: str | None = None
) -> Match:
    """Judge every line of a strategy's `when`. What is unknown never holds: nothing is guessed."""
    return Match(strategy, tuple(_line(each, diagnosis, metrics, currency) for each in strategy.when))


def firing(
    strategies: Iterable[Strategy],
    diagnosis: Diagnosis,
    metrics: Mapping[str, Metric],
    currency: str | None = None,
) -> list[Match]:
    """The matches of all tested strategies whose every line holds, in the order given."""
    tested = (each for each in strategies if each.status == "tested")
    return [found for found in (match(each, diagnosis, metrics, currency) for each in tested) if found.fires]


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


def _line(
    condition: Condition, diagnosis: Diagnosis, metrics: Mapping[str, Metric], currency: str | None
) -> ScriptLine:
    if condition.finding is not None:
        return _finding(condition, diagnosis, metrics)
    name = subject(condition, metrics)
    if name is None or name not in metrics:
        return ScriptLine(condition, name, False, f"the review does not report this yet ({condition})")
    metric, judgement = metrics[name], diagnosis.judgements.get(name)
    if condition.state == "sliding":
        return _sliding(condition, name, metric, slide_of(diagnosis, name), currency)
    if condition.state == "chronic":
        return _chronic(condition, name, metric, chronic_of(diagnosis, name), currency)
    if judgement is None:
        return ScriptLine(condition, name, False, "not judged")
    return ScriptLine(condition, name, _judged(condition, judgement, metric), _numbers(judgement, metric, currency))


def _finding(condition: Condition, diagnosis: Diagnosis, metrics: Mapping[str, Metric]) -> ScriptLine:
    """Whether the diagnosis holds such a finding: a dip of that kind and metric, a violation of that kind."""
    if condition.finding == "dip":
        first = dip_for(condition, diagnosis)
        if first is not None:
            label = metrics[first.metric].label if first.metric in metrics else first.metric
            start, end = formats.clock(first.start_minute), formats.clock(first.end_minute)
            words = f"{label} lost about {formats.percent_in(first.depth, 0)} from {start} to {end}"
            words += _around(condition, first)
            return ScriptLine(condition, first.metric, True, words)
        return ScriptLine(condition, condition.of, False, "no such dip was found")
    if condition.finding == "violation":
        seen = [each for each in diagnosis.violations if condition.kind in (None, each.kind)]
        if seen:
            return ScriptLine(
                condition, None, True, f"{seen[0].type or 'a violation'} at {formats.clock(seen[0].minute)}"
            )
        return ScriptLine(condition, None, False, "no such violation was logged")
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


def _around(condition: Condition, dip: Dip) -> str:
    """What the line asked of the minutes around the dip, as the log has it."""
    words = ""
    if condition.pinned == "nothing":
        words += "; by the log no product was pinned when it began"
    if condition.pinned == "something":
        words += "; by the log a product was pinned when it began"
    near = _before(dip, condition.after) if condition.after else None
    if near is not None:
        what = near.type.replace("_", " ")
        words += f"; {what}{f' ({near.detail})' if near.detail else ''} at minute {near.minute:.0f}"
    return words


def _unused(condition: Condition, diagnosis: Diagnosis) -> ScriptLine:
    """Whether a log was kept and does not have it. No log is unknown, not unused."""
    what = (condition.of or "").replace("_", " ")
    if diagnosis.logged is None:
        return ScriptLine(condition, None, False, "no log of events was kept, so what was used is not known")
    holds = condition.of not in diagnosis.logged
    return ScriptLine(condition, None, holds, f"the log of this LIVE has {'no' if holds else 'a'} {what}")


def _product(condition: Condition, diagnosis: Diagnosis) -> ScriptLine:
    """Whether a product of the LIVE has that role, named with the numbers that say so."""
    room = diagnosis.products
    found = room.of_role(condition.of or "") if room else ()
    if not found:
        return ScriptLine(condition, None, False, "no such product stands out from chance")
    return ScriptLine(condition, None, True, "; ".join(product_words(each, condition.of or "") for each in found[:3]))


def product_words(product: ProductFound, role: str) -> str:
    """`Linen shirt: 1.2% of 800 clicks became orders, 4.1% at the other products`."""
    beside = "in its earlier LIVEs" if role == "slipped" else "at the other products"
    rate, of, became = {
        "leaks": (product.ctor, (product.clicks, "product clicks"), "orders"),
        "slipped": (product.before or product.ctor, (product.clicks, "product clicks"), "orders"),
        "pin": (product.ctor, (product.clicks, "product clicks"), "orders"),
        "move_up": (product.order_rate, (product.impressions, "product impressions"), "orders"),
        "not_clicked": (product.ctr, (product.impressions, "product impressions"), "clicks"),
    }[role]
    count = f"{formats.count(of[0])} {of[1]}"
    if rate.value == 0:
        usual = formats.percent(rate.others)
        return f"{product.name}: {count} and no {became}; {usual} of {of[1]} become {became} {beside}"
    return (
        f"{product.name}: {formats.percent(rate.value)} of {count} became {became}, "
        f"{formats.percent(rate.others)} {beside}"
    )


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
        return ScriptLine(condition, None, False, "no such share fell below its usual")
    first = fell[0]
    share, usual = formats.percent(first.share), formats.percent(first.usual)
    words = f"{first.name.replace('_', ' ')} {share} of {first.of}, usual {usual}"
    return ScriptLine(condition, None, True, words)


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


def _sliding(condition: Condition, name: str, metric: Metric, slide: Slide | None, currency: str | None) -> ScriptLine:
    if slide is None:
        return ScriptLine(condition, name, False, "no slide over the last LIVEs")
    loss = worsening(slide.change, metric)
    sure = slide.high < 0 if metric.good == "high" else slide.low > 0
    holds = sure and loss is not None and loss > 0 and loss >= (condition.by_at_least or 0.0)
    show = metric.shown_as
    numbers = (
        f"last LIVEs {formats.value(slide.recent, show, currency)}, before "
        f"{formats.value(slide.earlier, show, currency)} ({formats.change(slide.change)}, "
        f"range {formats.change(slide.low)} to {formats.change(slide.high)})"
    )
    return ScriptLine(condition, name, holds, numbers)


def _chronic(
    condition: Condition, name: str, metric: Metric, chronic: Chronic | None, currency: str | None
) -> ScriptLine:
    if chronic is None:
        return ScriptLine(condition, name, False, "not below a benchmark again and again")
    mark = formats.value(chronic.benchmark.value, metric.shown_as, currency)
    return ScriptLine(condition, name, True, f"below the benchmark {mark} in {chronic.below} of {chronic.of} LIVEs")


def _numbers(judgement: Judgement, metric: Metric, currency: str | None) -> str:
    """`this LIVE 6.1%, usual 9.2%, range 8.0–10.5% (-34%): below`."""
    show = metric.shown_as
    if judgement.usual is None:
        reason = f" ({judgement.reason})" if judgement.reason else ""
        return f"this LIVE {formats.value(judgement.value, show, currency)}, no usual yet{reason}"
    gap = "" if judgement.gap is None else f" ({formats.change(judgement.gap)})"
    return (
        f"this LIVE {formats.value(judgement.value, show, currency)}, "
        f"usual {formats.value(judgement.usual, show, currency)}, "
        f"range {formats.value_range(judgement.low, judgement.high, show, currency)}{gap}: {judgement.verdict}"
    )
