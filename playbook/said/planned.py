"""The lines that were to be said, and whether they were; what the minutes after each were like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from playbook.diagnosis.by_minute.events import effects
from playbook.diagnosis.findings import EventEffect
from playbook.knowledge.metrics import Metric
from playbook.knowledge.strategies import Strategy
from playbook.model.session import Event, Session

from .speech import Saying, Speech
from .units import units


@dataclass(frozen=True)
class PlannedLine:
    """A line to say, in the language `language`; `strategy` is where it stands, None for one that was typed."""

    text: str
    language: str | None = None
    strategy: str | None = None


@dataclass(frozen=True)
class LineSaid:
    """A planned line and every time it was said; none where it was not."""

    line: PlannedLine
    sayings: tuple[Saying, ...]


def language_of(speech: Speech, strategies: Iterable[Strategy]) -> str:
    """The language of `say` most of whose words stand in the transcript; `en` where there is none."""
    words: dict[str, set[str]] = {}
    for strategy in strategies:
        for language, lines in (strategy.say or {}).items():
            words.setdefault(language, set()).update(unit for line in lines for unit in units(line))
    parts = {language: sum(each in speech.places for each in own) / len(own) for language, own in words.items() if own}
    return max(parts, key=lambda each: (parts[each], each == "en"), default="en")


def lines_of(strategies: Iterable[Strategy], language: str) -> list[PlannedLine]:
    """Their lines in a language, each once."""
    found = {line: each.id for each in strategies for line in reversed((each.say or {}).get(language, []))}
    return [PlannedLine(text, language, strategy) for text, strategy in found.items()]


def lines_said(speech: Speech, lines: Iterable[PlannedLine]) -> list[LineSaid]:
    """For each line when it was said, in their order. What fits two lines is of the one that it fits better."""
    found = [LineSaid(each, speech.sayings(each.text)) for each in lines]
    return [replace(each, sayings=tuple(one for one in each.sayings if _best(one, each, found))) for each in found]


def _best(one: Saying, of: LineSaid, every: Sequence[LineSaid]) -> bool:
    """Whether no other line fits these very words better."""
    rivals = (other for each in every if each is not of for other in each.sayings)
    return not any(each.last == one.last and each.score > one.score for each in rivals)


def around_sayings(
    session: Session, said: Iterable[LineSaid], metrics: Mapping[str, Metric]
) -> tuple[EventEffect, ...]:
    """What was seen after each saying, as after events of the log: with the rank among ordinary moments."""
    spoken = tuple(Event("script", one.minute, detail=each.line.text) for each in said for one in each.sayings)
    return effects(replace(session, events=spoken), metrics) if spoken else ()
