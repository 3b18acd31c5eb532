"""A Review for a terminal and, with little more, as Markdown for a chat."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from playbook import formats, remarks
from playbook.language import _
from playbook.pipeline import Review
from playbook.report.words import dips, naming, opening, products, sentences

from .tables import DIMENSIONS, NOTHING, metric_rows

WIDTH = 100


def as_text(review: Review, shop: str = "") -> str:
    """Plain text, 100 columns: sentence, the worst metrics, what to do, all metrics, notes."""
    with formats.written_for(review.session.currency):
        return _written(review, shop)


def _written(review: Review, shop: str) -> str:
    session = review.session
    lines = [" · ".join(filter(None, (naming.shop_of(session, shop), sentences.when(session))))]
    if session.title:
        lines.append(session.title)
    lines += [
        "",
        *_wrap(opening.headline(review)),
        *_flatten(_wrap(each) for each in opening.details(review)),
    ]
    first = opening.to_do(review)
    lines += _wrap(first) if first else []
    lines += ["", opening.worst_title(review).upper(), *_worst(review)]
    lines += ["", _("What to do").upper(), *_advice(review)]
    inside = _inside(review)
    lines += ["", _("Inside the LIVE").upper(), *inside] if inside else []
    for dimension in DIMENSIONS:
        lines += ["", sentences.dimension(dimension).upper(), *_table(review, dimension)]
    if review.notes:
        lines += ["", _("Notes").upper(), *_flatten(_wrap(f"- {note}", "  ") for note in review.notes)]
    return "\n".join(lines) + "\n"


def _worst(review: Review) -> list[str]:
    if not review.diagnosis.worst:
        return _wrap(opening.no_worst(review), "  ", "  ")
    lines = []
    for each in review.diagnosis.worst:
        judged = review.judgements[each.metric]
        metric = review.knowledge.metrics[each.metric]
        usual = _("usual {value}", value=sentences.value(review, judged, judged.usual))
        spread = sentences.usual_range(review, judged)
        lines.append(f"  {each.rank}. {metric.label}: {sentences.value(review, judged)}, {usual} ({spread})")
        lines.append(f"     {sentences.status_line(review, judged, each)}")
        more = (sentences.market(review, judged), sentences.best_line(review, judged, each))
        lines += [f"     {line}" for line in more if line]
    return lines


def _advice(review: Review) -> list[str]:
    if not review.recommendations:
        return _wrap(sentences.no_advice(review), "  ", "  ")
    lines = []
    for each in review.recommendations:
        lines.append(f"  {each.title}  [{each.id}]")
        lines += _wrap(each.because, "     ", "     ")
        lines += _wrap(opening.first_step_line(each.strategy), "     ", "     ")
    return lines


def _inside(review: Review) -> list[str]:
    """Dips, the course of the LIVE, and products that stand out; empty without a trend and a product list."""
    metrics = review.knowledge.metrics
    lines = []
    for dip in review.diagnosis.dips:
        lines += _wrap(dips.dip_line(dip, metrics), "     ", "  ")
    shape = review.diagnosis.shape
    if shape and shape.divergence:
        lines += _wrap(remarks.reading(shape.divergence), "     ", "  ")
    if review.diagnosis.products:
        room = review.diagnosis.products
        for line in (products.products_line(room), *products.changed(room), products.market(review)):
            lines += _wrap(line, "     ", "  ") if line else []
    return lines


def _table(review: Review, dimension: str) -> list[str]:
    lines = []
    for row in metric_rows(review, dimension):
        spread = "" if row.range == NOTHING else row.range
        market = f"; {said}" if (said := sentences.market(review, row.judgement)) else ""
        padded = f"{row.usual:>12}"
        usual = _("usual {value}", value=padded)
        line = f"  {row.label:<29}{row.value:>14}   {usual}  {spread:<22} {row.verdict}{market}"
        lines.append(line.rstrip())
    return lines


def _wrap(text: str, later: str = "", first: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later) or [""]


def _flatten(groups: Iterable[list[str]]) -> list[str]:
    return [line for group in groups for line in group]
