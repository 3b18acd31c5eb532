"""The open questions of files, each with the option of the command line that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from playbook import formats
from playbook.language import N_, _

if TYPE_CHECKING:
    from .results import Question

#: How a question of a file is answered here; the page has buttons for them.
HOW_TO_ANSWER = {
    "trend_totals": N_("Answer with --trend-totals yes (since the start) or no (own minutes)."),
    "timezone": N_("Answer with --timezone, like --timezone Asia/Jakarta."),
    "which_live": N_("Name another with --session."),
    "account": N_("Answer with --account NAME; the others are left out then."),
    "day_first": N_("Answer with --day-first yes or no."),
}


def hints(questions: Sequence[Question]) -> list[str]:
    """The open questions of files, each with the option that answers it."""
    return [f"{each.text} {how_to_answer(each)}".strip() for each in questions]


def how_to_answer(question: Question) -> str:
    """The option that answers one question; empty where there is none."""
    if question.about == "column":
        choices = formats.listed(question.choices, "or")
        return _(
            'Answer with --column "{column}=MEANING", which is {choices}.', column=question.column, choices=choices
        )
    if question.about == "rows":
        return (
            _("Answer with --rows oldest, newest or no.")
            if len(question.choices) > 2
            else _("Answer with --rows yes or no.")
        )
    how = HOW_TO_ANSWER.get(question.about)
    return _(how) if how else ""
