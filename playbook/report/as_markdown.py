"""A Review as Markdown, short enough for a chat."""

from __future__ import annotations

import re

from ..pipeline import Review
from . import sentences
from .tables import DIMENSIONS, metric_rows

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_markdown(review: Review) -> str:
    """Sentence, three worst, what to do, all metrics as tables, notes. Text from files is escaped."""
    lines = [f"# {plain(sentences.headline(review))}", "", plain(sentences.when(review.session))]
    if review.session.title:
        lines.append(plain(review.session.title))
    lines += ["", *(plain(each) for each in sentences.details(review)), "", "## The three worst", ""]
    for each in review.diagnosis.worst:
        judged = review.judgements[each.metric]
        label = review.knowledge.metrics[each.metric].label
        lines.append(
            f"{each.rank}. **{label}** {sentences.value(review, judged)} "
            f"(usual {sentences.usual_range(review, judged)}): {plain(sentences.status_line(review, judged, each))}"
        )
    if not review.diagnosis.worst:
        lines.append("Nothing to compare with yet.")
    lines += ["", "## What to do", ""]
    for each_advice in review.recommendations:
        lines.append(f"- **{plain(each_advice.title)}**: {plain(each_advice.because)}")
        lines.append(f"  First step: {plain(each_advice.first_step)}")
    if not review.recommendations:
        lines.append(sentences.no_advice(review))
    for dimension in DIMENSIONS:
        lines += ["", f"## {dimension.capitalize()}", "", "| Metric | This LIVE | Usual | Range | Verdict |"]
        lines.append("| --- | ---: | ---: | ---: | --- |")
        for row in metric_rows(review, dimension):
            cells = (row.label, row.value, row.usual, row.range, row.verdict)
            lines.append("| " + " | ".join(plain(cell) for cell in cells) + " |")
    if review.notes:
        lines += ["", "## Notes", "", *(f"- {plain(note)}" for note in review.notes)]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """One line, with the signs escaped that Markdown would read."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
