"""What a host may be told to say: a strategy with a forbidden line is switched off, and everybody sees why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .reader import Document, Problem, spoken
from .strategies import Strategy
from .words import chance, objected, urgent


def check_said(strategy: Strategy, document: Document) -> Iterator[Problem]:
    """Lines for a host that the platform would object to, or that press without saying what must be true.

    They switch the strategy off: a host who says such a line risks a violation, so it is never recommended.
    """
    for language, lines in (strategy.say or {}).items():
        for index, line in enumerate(lines):
            at: Sequence[str | int] = ["say", language, index]
            if phrase := objected(line):
                message = f"{spoken(at)}: '{phrase}' is wording the platform objects to; say the fact instead"
                yield document.at(at, message)
            if phrase := chance(line, language):
                message = f"{spoken(at)}: '{phrase}' can be taken for a draw by chance; say how many win and how"
                yield document.at(at, message)
            if not strategy.truth_required and (phrase := urgent(line)):
                message = (
                    f"{spoken(at)}: '{phrase}' presses the buyer; say under truth_required what must be true first"
                )
                yield document.at(at, message)
