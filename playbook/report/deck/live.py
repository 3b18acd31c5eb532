"""One LIVE as slides: the words of the report, charts that can be edited."""

from __future__ import annotations

from playbook import formats
from playbook.metrics.chains import funnel
from playbook.pipeline import Review
from playbook.plans.plan import Plan
from playbook.report.forms.as_html import sold
from playbook.report.words import dips, opening, plans, sentences
from playbook.report.words.naming import about, shop_of

from .look import DeckLook
from .slides import BOTTOM, LEFT, TOP, WIDE, Slides

_LINE = WIDE - 2 * LEFT
NOT_WHY = "What is said is what was seen, not why. The usual is what this shop's own earlier LIVEs say to expect."


def as_deck(review: Review, plan: Plan | None = None, shop: str = "", look: DeckLook | None = None) -> bytes:
    """The file (PPTX), 16 to 9. Raises Unprintable where python-pptx is missing or the logo is no picture."""
    whose = about(review.session, shop_of(review.session, shop))
    look = look or DeckLook()
    with formats.written_for(review.session.currency):
        made = Slides(look, " · ".join(filter(None, (look.agency, whose))))
        made.front(opening.headline(review), [shop_of(review.session, shop), sentences.when(review.session),
                                              review.session.title or ""])  # fmt: skip
        _happened(made, review)
        _funnel(made, review)
        _money(made, review)
        _minutes(made, review)
        _products(made, review)
        _next(made, review, plan)
        return made.bytes()


def _happened(made: Slides, review: Review) -> None:
    made.new("What happened")
    made.words(opening.details(review), LEFT, TOP, _LINE, 190, 18, 11)
    rows = [["Metric", "This LIVE", "Usual", "Range", "Verdict"]]
    for each in review.diagnosis.worst:
        judged = review.judgements[each.metric]
        rows.append(
            [
                review.knowledge.metrics[each.metric].label,
                sentences.value(review, judged),
                "–" if judged.usual is None else sentences.value(review, judged, judged.usual),
                sentences.usual_range(review, judged),
                sentences.status_line(review, judged, each),
            ]
        )
    if len(rows) > 1:
        made.table(rows, 310, (2.6, 1.3, 1.3, 2.2, 4))


def _funnel(made: Slides, review: Review) -> None:
    """Each step's rate beside its usual, for counts of four sizes would not fit one scale."""
    rates = [
        (step, review.judgements.get(step.rate or "")) for step in funnel(review.knowledge.metrics) if not step.fine
    ]
    known = [(step, each) for step, each in rates if each is not None and each.value is not None]
    if not known:
        return
    made.new("From impressions to orders")
    names = [review.knowledge.metrics[step.rate or ""].short for step, _ in known]
    shown: list[tuple[str, list[float | None]]] = [
        ("This LIVE", [each.value for _, each in known]), ("Usual", [each.usual for _, each in known]),
    ]  # fmt: skip
    made.chart("columns", names, shown, LEFT, TOP, 500, 390, "0.0%")
    counted = [
        f"{review.knowledge.counts[step.count].label}: {formats.count(number)}"
        for step in funnel(review.knowledge.metrics)
        if not step.fine and (number := review.session.counts.get(sentences.counted(review, step.count))) is not None
    ]
    made.words(counted, 580, TOP + 20, WIDE - 580 - LEFT, 300, 18, 11)


def _money(made: Slides, review: Review) -> None:
    leak = review.diagnosis.leak
    if leak is None:
        return
    currency = review.session.currency
    made.new("Where the money went")
    names = [review.knowledge.metrics[part.factor].step.capitalize() for part in leak.parts]
    made.chart("bars", names, [("Against usual", [part.amount for part in leak.parts])], LEFT, TOP, 560, 390)
    parts = [
        f"{name}: {'+' if part.amount > 0 else '-' if part.amount < 0 else ''}"
        f"{formats.money_short(abs(part.amount), currency)}"
        for name, part in zip(names, leak.parts, strict=True)
    ]
    made.words([opening.sold_line(review), *parts], 640, TOP + 20, WIDE - 640 - LEFT, 300, 16, 11)


def _minutes(made: Slides, review: Review) -> None:
    trend, step = review.session.trend, review.session.trend_step
    if trend is None or not step:
        return
    column = next((name for name in ("views", "impressions") if name in trend), None)
    if column is None:
        return
    made.new("The LIVE by minute")
    values = [None if number != number else float(number) for number in trend[column].tolist()]
    names = [formats.clock(float(minute)) for minute in trend["minute"]]
    found = review.diagnosis.dips
    tall = 250 if found else BOTTOM - TOP
    made.chart("lines", names, [(review.knowledge.counts[column].label, values)], LEFT, TOP, _LINE, tall)
    made.words([dips.dip_line(each, review.knowledge.metrics) for each in found], LEFT, 364, _LINE, 130, 14, 10)


def _products(made: Slides, review: Review) -> None:
    rows = sold(review)
    if not rows:
        return
    made.new("Products that sold most")
    made.table([["Product", "Product clicks", "Orders", "GMV"], *map(list, rows)], TOP, (5, 1.6, 1.2, 2), 30)


def _next(made: Slides, review: Review, plan: Plan | None) -> None:
    made.new("The one change of the next LIVE" if plan else "What to do next")
    if plan is not None:
        lines = [plan.title, f"When: {plans.when_done(plan)}. Hoped: {plans.hoped(plan, review.knowledge)}.",
                 *(f"{place}. {step}" for place, step in enumerate(plan.steps, 1)), plans.stop_rule(plan)]  # fmt: skip
    else:
        lines = [f"{each.title}. {opening.first_step_line(each.strategy)}" for each in review.recommendations[:3]]
    made.words(lines or [sentences.no_advice(review)], LEFT, TOP, _LINE, 340, 18, 11)
    made.words([NOT_WHY], LEFT, 464, _LINE, 36, 10, 9)
