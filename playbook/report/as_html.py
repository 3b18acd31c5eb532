"""A Review as one HTML file that opens without a network, now and in a year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from ..diagnosis.findings import Judgement
from ..pipeline import Review
from . import sentences
from .tables import DIMENSIONS, metric_rows

WIDTH, HEIGHT = 320, 40
COLOURS = {"below": "#c2410c", "above": "#4d7c0f"}


def as_html(review: Review, made: date | None = None) -> str:
    """Sentence, worst three, advice with its steps, all metrics with their bands, notes, method.

    Every text of a file is escaped by the template engine. `made` is printed as the date of the report.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("review.html.j2")
    return template.render(
        review=review,
        say=sentences,
        weakest=[(each, review.judgements[each.metric]) for each in review.diagnosis.worst],
        tables=[(each, list(metric_rows(review, each))) for each in DIMENSIONS],
        band=band_svg,
        made=made,
    )


def band_svg(judgement: Judgement) -> Markup:
    """The band of the usual range, small dots for past LIVEs, one large dot: numbers only, so nothing to escape."""
    past = [each.value for each in judgement.past if each.value is not None][-20:]
    span = [each for each in (judgement.value, judgement.low, judgement.high, *past) if each is not None]
    if judgement.value is None or len(span) < 2 or max(span) == min(span):
        return Markup("")
    low, high = min(span), max(span)

    def x(value: float) -> float:
        return round(12 + (WIDTH - 24) * (value - low) / (high - low), 1)

    middle = HEIGHT / 2
    parts = []
    if judgement.low is not None and judgement.high is not None:
        left, right = x(judgement.low), x(judgement.high)
        parts.append(
            f'<rect x="{left}" y="{middle - 8}" width="{right - left:.1f}" height="16" rx="8" fill="#64748b" '
            f'fill-opacity=".22"/>'
        )
    parts += [f'<circle cx="{x(each)}" cy="{middle}" r="3" fill="#64748b" fill-opacity=".65"/>' for each in past]
    tint = COLOURS.get(judgement.verdict, "#2563eb")
    parts.append(f'<circle cx="{x(judgement.value)}" cy="{middle}" r="7" fill="{tint}"/>')
    label = "This LIVE against the usual range and past LIVEs"
    return Markup(  # noqa: S704 - built from numbers above
        f'<svg role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{''.join(parts)}</svg>"
    )
