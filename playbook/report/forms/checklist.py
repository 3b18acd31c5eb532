"""A strategy as a checklist: HTML that prints on a page, Markdown for a chat."""

from __future__ import annotations

from html import escape

from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Strategy
from playbook.report.words.sentences import lowered

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a2233; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 1.5rem; }
ul.boxes { list-style: none; padding: 0; } ul.boxes li { margin: .6rem 0; padding-left: 2rem; position: relative; }
ul.boxes li::before { content: ""; position: absolute; left: 0; top: .2rem; width: 1rem; height: 1rem;
  border: 1.5px solid #1a2233; border-radius: 3px; }
small { color: #5b6475; } blockquote { margin: .4rem 0; padding: .2rem .8rem; border-left: 3px solid #c8cfdb; }
@media print { body { margin: 0; } }
"""


def checklist_html(strategy: Strategy, knowledge: Knowledge) -> str:
    """One self-contained page. Every text is escaped."""
    boxes = "".join(f"<li>{escape(each.step)}{_small(each.timing, each.minutes)}</li>" for each in strategy.do)
    parts = [
        f"<h1>{escape(strategy.title)}</h1><p>{escape(strategy.summary)}</p>",
        f'<h2>To do</h2><ul class="boxes">{boxes}</ul>',
    ]
    if strategy.truth_required:
        parts.append("<h2>True before an urgent line is said</h2>")
        parts.append(
            f'<ul class="boxes">{"".join(f"<li>{escape(each)}</li>" for each in strategy.truth_required)}</ul>'
        )
    for language, lines in (strategy.say or {}).items():
        parts.append(f"<h2>Words to say ({escape(language)})</h2>")
        parts += [f"<blockquote>{escape(line)}</blockquote>" for line in lines]
    parts.append(f"<h2>Did it help?</h2><p>{escape(_watch(strategy, knowledge))}</p>")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(strategy.title)}</title><style>{STYLE}</style><body>{''.join(parts)}</body></html>"
    )


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


def _small(timing: str | None, minutes: float | None) -> str:
    extra = [*([timing] if timing else []), *([f"{minutes:g} min"] if minutes else [])]
    return f"<br><small>{escape(' · '.join(extra))}</small>" if extra else ""
