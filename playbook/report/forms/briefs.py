"""The two briefs as a page that prints, and as Markdown for a chat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from playbook.advice.briefs import Brief, Task

from .as_markdown import plain
from .checklist import STYLE

_BREAKS = "section { break-inside: avoid; } .page { break-after: page; } .page:last-child { break-after: auto; }"
NOTHING = "Nothing for you this time: keep what works."


def briefs_html(made: Sequence[Brief], heading: str = "") -> str:
    """One self-contained page, each brief on a sheet of its own. Every text is escaped."""
    pages = "".join(f'<div class="page">{_page(each, heading)}</div>' for each in made)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Briefs</title><style>{STYLE}{_BREAKS}</style><body>{pages}</body></html>"
    )


def briefs_markdown(made: Sequence[Brief], heading: str = "") -> str:
    """Both briefs under each other."""
    lines = [f"*{plain(heading)}*", ""] if heading else []
    for brief in made:
        lines += [f"## {plain(brief.title)}", ""]
        for task in brief.tasks:
            lines += _task_lines(task)
        lines += [] if brief.tasks else [NOTHING, ""]
    return "\n".join(lines).rstrip() + "\n"


def _page(brief: Brief, heading: str) -> str:
    top = f"<p><small>{escape(heading)}</small></p>" if heading else ""
    body = "".join(_section(task) for task in brief.tasks) or f"<p>{NOTHING}</p>"
    return f"{top}<h1>{escape(brief.title)}</h1>{body}"


def _section(task: Task) -> str:
    parts = [f"<h2>{escape(task.title)}</h2>"]
    if task.chosen:
        parts.append("<p><strong>The one change of the next LIVE</strong></p>")
    if task.because:
        parts.append(f"<p>{escape(task.because)}</p>")
    parts.append(_boxes(task.steps))
    if task.tools:
        parts.append(f"<p><small>Tools: {escape(', '.join(task.tools))}</small></p>")
    if task.truth_required:
        parts.append(f"<h2>True before it is said</h2>{_boxes(task.truth_required)}")
    for language, lines in task.words:
        parts.append(f"<h2>Words to say ({escape(language)})</h2>")
        parts += [f"<blockquote>{escape(line)}</blockquote>" for line in lines]
    return f"<section>{''.join(parts)}</section>"


def _boxes(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(each)}</li>" for each in lines)
    return f'<ul class="boxes">{items}</ul>' if items else ""


def _task_lines(task: Task) -> list[str]:
    lines = [f"**{plain(task.title)}**" + (" (the one change of the next LIVE)" if task.chosen else "")]
    lines += [plain(task.because)] if task.because else []
    lines += [f"- [ ] {plain(each)}" for each in task.steps]
    lines += [f"- [ ] True before it is said: {plain(each)}" for each in task.truth_required]
    for language, said in task.words:
        lines += [f"> {plain(line)} ({plain(language)})" for line in said]
    return [*lines, ""]
