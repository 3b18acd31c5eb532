"""The two briefs as a page that prints, and as Markdown for a chat."""

from __future__ import annotations

from collections.abc import Sequence

from playbook.plans.briefs import Brief, BriefTask

from .as_markdown import plain
from .page import rendered

NOTHING = "Nothing for you this time: keep what works."


def briefs_html(made: Sequence[Brief], heading: str = "") -> str:
    """One self-contained page, each brief on a sheet of its own. Every text is escaped by the engine."""
    return rendered("briefs", made=made, heading=heading, nothing=NOTHING)


def briefs_markdown(made: Sequence[Brief], heading: str = "") -> str:
    """Both briefs under each other."""
    lines = [f"*{plain(heading)}*", ""] if heading else []
    for brief in made:
        lines += [f"## {plain(brief.title)}", ""]
        for task in brief.tasks:
            lines += _task_lines(task)
        lines += [] if brief.tasks else [NOTHING, ""]
    return "\n".join(lines).rstrip() + "\n"


def _task_lines(task: BriefTask) -> list[str]:
    lines = [f"**{plain(task.title)}**" + (" (the one change of the next LIVE)" if task.chosen else "")]
    lines += [plain(task.because)] if task.because else []
    lines += [f"- [ ] {plain(each)}" for each in task.steps]
    lines += [f"- [ ] True before it is said: {plain(each)}" for each in task.truth_required]
    for language, said in task.words:
        lines += [f"> {plain(line)} ({plain(language)})" for line in said]
    return [*lines, ""]
