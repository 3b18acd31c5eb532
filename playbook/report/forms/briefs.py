"""The two briefs as a page that prints, and as Markdown for a chat."""

from __future__ import annotations

from collections.abc import Sequence

from playbook.language import N_, _
from playbook.plans.briefs import Brief, BriefTask

from .as_markdown import plain
from .page import rendered

NOTHING = N_("Nothing for you this time: keep what works.")


def briefs_html(made: Sequence[Brief], heading: str = "") -> str:
    """One self-contained page, each brief on a sheet of its own. Every text is escaped by the engine."""
    said = {
        "title": _("Briefs"), "nothing": _(NOTHING), "change": _("The one change of the next LIVE"),
        "true": _("True before it is said"),
    }  # fmt: skip
    tools = [[_tools(task) for task in brief.tasks] for brief in made]
    return rendered("briefs", made=list(zip(made, tools, strict=True)), heading=heading, said=said)


def _tools(task: BriefTask) -> str:
    return _("Tools: {tools}", tools=", ".join(task.tools)) if task.tools else ""


def briefs_markdown(made: Sequence[Brief], heading: str = "") -> str:
    """Both briefs under each other."""
    lines = [f"*{plain(heading)}*", ""] if heading else []
    for brief in made:
        lines += [f"## {plain(brief.title)}", ""]
        for task in brief.tasks:
            lines += _task_lines(task)
        lines += [] if brief.tasks else [_(NOTHING), ""]
    return "\n".join(lines).rstrip() + "\n"


def _task_lines(task: BriefTask) -> list[str]:
    title = plain(task.title)
    lines = [_("**{title}** (the one change of the next LIVE)", title=title) if task.chosen else f"**{title}**"]
    lines += [plain(task.because)] if task.because else []
    lines += [f"- [ ] {plain(each)}" for each in task.steps]
    true = [plain(each) for each in task.truth_required]
    lines += ["- [ ] " + _("True before it is said: {what}", what=each) for each in true]
    for language, said in task.words:
        lines += [f"> {plain(line)} ({plain(language)})" for line in said]
    return [*lines, ""]
