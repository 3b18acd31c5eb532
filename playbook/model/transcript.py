"""What was said in a LIVE, line by line, with the time of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Line:
    """Some words, spoken from `begin` to `end` (seconds)."""

    begin: float
    end: float
    text: str

    @property
    def minute(self) -> float:
        return self.begin / 60


@dataclass(frozen=True)
class Transcript:
    """The lines of a file by time. `offset` is what is added to its seconds to have those of the LIVE.

    `settled`: a person said that the offset is right.
    """

    lines: tuple[Line, ...]
    file: str = ""
    offset: float = 0.0
    settled: bool = False

    def on_live(self) -> tuple[Line, ...]:
        """The lines on the LIVE's clock: second 0 is its start. Those before it have times below 0."""
        if not self.offset:
            return self.lines
        return tuple(replace(each, begin=each.begin + self.offset, end=each.end + self.offset) for each in self.lines)


def between(lines: Sequence[Line], first: float, last: float) -> tuple[Line, ...]:
    """The lines that begin in minutes [first, last)."""
    return tuple(each for each in lines if first <= each.minute < last)
