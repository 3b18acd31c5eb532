"""Words that were said and need care: what presses for time or stock, and wording that the platform objects to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from playbook.knowledge.strategies import Strategy
from playbook.knowledge.words import chance, objected, urgent

from .planned import lines_of
from .speech import AGAIN, Speech

Kind = Literal["urgent", "objected", "chance"]


@dataclass(frozen=True)
class Pressing:
    """`phrase` as it was said within `words`. `true_first`: what the strategy it comes from says must be true;
    empty where no strategy has such a line.
    """

    minute: float
    kind: Kind
    phrase: str
    words: str
    strategy: str | None = None
    true_first: tuple[str, ...] = ()


def pressing(speech: Speech, language: str, strategies: Iterable[Strategy]) -> list[Pressing]:
    """By time; a phrase that is cut by two captions is found, and one said again at once stands once."""
    every = list(strategies)
    lines = lines_of([each for each in every if each.truth_required], language)
    answered = [(one, line.strategy) for line in lines for one in speech.sayings(line.text)]
    by_id = {each.id: each for each in every}
    found: list[Pressing] = []
    for at, line in enumerate(speech.lines):
        following = speech.lines[at + 1].text if at + 1 < len(speech.lines) else ""
        for kind, phrase in _phrases(line.text, following, language):
            if _again(found, kind, phrase, line.minute):
                continue
            strategy = next((name for one, name in answered if one.first <= at <= one.last), None)
            true_first = tuple(by_id[strategy].truth_required) if strategy else ()
            found.append(Pressing(line.minute, kind, phrase, line.text, strategy, true_first))
    return found


def _phrases(text: str, following: str, language: str) -> Iterable[tuple[Kind, str]]:
    """What begins in `text`; it may end in the line that follows."""
    for kind, look in (("urgent", urgent), ("objected", objected), ("chance", lambda words: chance(words, language))):
        phrase = look(text)
        if phrase is None and following:
            over = look(f"{text} {following}")
            at = len(text) if over is None else f"{text} {following}".find(over)
            phrase = over if at < len(text) else None
        if phrase is not None:
            yield kind, phrase  # type: ignore[misc]


def _again(found: Sequence[Pressing], kind: str, phrase: str, minute: float) -> bool:
    return any(
        each.kind == kind and each.phrase.casefold() == phrase.casefold() and 60 * (minute - each.minute) <= AGAIN
        for each in found[-8:]
    )
