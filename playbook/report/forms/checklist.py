"""A strategy as a checklist: HTML that prints on a page, Markdown for a chat."""

from __future__ import annotations

from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Strategy
from playbook.report.words.sentences import lowered

from .page import rendered


def checklist_html(strategy: Strategy, knowledge: Knowledge) -> str:
    """One self-contained page. Every text is escaped by the template engine."""
    steps = [(each.step, each.small_print) for each in strategy.do]
    return rendered("checklist", strategy=strategy, steps=steps, watch=_watch(strategy, knowledge))


def checklist_text(strategy: Strategy, knowledge: Knowledge) -> str:
    """Markdown with boxes."""
    lines = [f"*{strategy.title}*", "", *(f"[ ] {each.step}" for each in strategy.do)]
    if strategy.truth_required:
        lines += ["", "True before an urgent line is said:", *(f"[ ] {each}" for each in strategy.truth_required)]
    for text in (strategy.say or {}).get("en", []):
        lines += ["", f"> {text}"]
    return "\n".join([*lines, "", _watch(strategy, knowledge)]) + "\n"


def _watch(strategy: Strategy, knowledge: Knowledge) -> str:
    metric = knowledge.metrics[strategy.watch.metric]
    return f"Watch {lowered(metric.label)} within {strategy.watch.within}; worth having: {strategy.watch.hope:+.0%}."
