"""A Review as Markdown, for a page of notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playbook import formats
from playbook.pipeline import Review
from playbook.plans.outcomes import PlanOutcome
from playbook.plans.plan import Plan
from playbook.report.words import dips, naming, opening, plans, products, sentences

from .tables import DIMENSIONS, any_market, metric_rows

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_markdown(review: Review, plan: Plan | None = None, outcomes: Sequence[PlanOutcome] = (), shop: str = "") -> str:
    """Sentence, the worst metrics, what to do, all metrics as tables, notes. Text from files is escaped.

    With the verdicts on earlier plans and the change chosen for the next LIVE, where given.
    """
    with formats.written_for(review.session.currency):
        return _written(review, plan, outcomes, shop)


def _written(review: Review, plan: Plan | None, outcomes: Sequence[PlanOutcome], shop: str) -> str:
    about = naming.about(review.session, naming.shop_of(review.session, shop))
    lines = [f"# {plain(opening.headline(review))}", "", plain(about)]
    lines += ["", *(plain(each) for each in opening.details(review))]
    lines += [plain(sentences.what_if_sentence(review, each)) for each in sentences.largest_what_ifs(review, 1)]
    first = opening.to_do(review)
    lines += ["", plain(first)] if first else []
    for outcome in outcomes:
        strategy = review.knowledge.strategies.get(outcome.strategy)
        sentence = plans.outcome_sentence(outcome, review.knowledge, review.session.currency)
        lines += ["", f"**{plain(strategy.title if strategy else outcome.strategy)}**: {plain(sentence)}"]
    lines += ["", f"## {opening.worst_title(review)}", ""]
    for each in review.diagnosis.worst:
        judged = review.judgements[each.metric]
        label = review.knowledge.metrics[each.metric].label
        lines.append(
            f"{each.rank}. **{label}** {sentences.value(review, judged)} "
            f"(usual {sentences.usual_range(review, judged)}): {plain(sentences.status_line(review, judged, each))}"
            + (f"; {plain(market)}" if (market := sentences.market(review, judged)) else "")
        )
    if not review.diagnosis.worst:
        lines.append(opening.no_worst(review))
    if review.diagnosis.dips:
        lines += ["", "## Dips", ""]
        lines += [f"- {plain(dips.dip_line(each, review.knowledge.metrics))}" for each in review.diagnosis.dips]
    if review.diagnosis.products:
        room = review.diagnosis.products
        said = (products.products_line(room), *products.changed(room), products.market(review))
        lines += ["", "## Products", "", *(f"- {plain(line)}" for line in said if line)]
    lines += ["", "## What to do", ""]
    for each_advice in review.recommendations:
        lines.append(f"- **{plain(each_advice.title)}**: {plain(each_advice.because)}")
        lines.append(f"  {plain(opening.first_step_line(each_advice.strategy))}")
    if not review.recommendations:
        lines.append(sentences.no_advice(review))
    lines += _plan(plan, review) if plan else []
    typed = any_market(review)
    for dimension in DIMENSIONS:
        heads = "| Metric | This LIVE | Usual | Range | Verdict |" + (" Market |" if typed else "")
        lines += ["", f"## {dimension.capitalize()}", "", heads]
        lines.append("| --- | ---: | ---: | ---: | --- |" + (" ---: |" if typed else ""))
        for row in metric_rows(review, dimension):
            cells = [row.label, row.value, row.usual, row.range, row.verdict, *([row.market] if typed else [])]
            lines.append("| " + " | ".join(plain(cell) for cell in cells) + " |")
    if review.notes:
        lines += ["", "## Notes", "", *(f"- {plain(note)}" for note in review.notes)]
    return "\n".join(lines) + "\n"


def _plan(plan: Plan, review: Review) -> list[str]:
    said = (
        f"Who: {plan.owner}. When: {plans.when_done(plan)}.",
        f"Hoped: {plans.hoped(plan, review.knowledge)}.",
        plans.stop_rule(plan),
    )
    steps = [f"- [ ] {plain(each)}" for each in plan.steps]
    heading = "## The one change of the next LIVE"
    return ["", heading, "", f"**{plain(plan.title)}**", "", *(plain(each) for each in said), "", *steps]


def plain(text: str) -> str:
    """One line, with the signs escaped that Markdown would read."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
