"""What was read of a picture beside what stands on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from benchmarks.screenshots.planned import Picture


class WhatWasRead(Protocol):
    """What a reader found, by our names; `marked` are those that a person is asked to look at."""

    @property
    def values(self) -> Mapping[str, float]: ...
    @property
    def marked(self) -> frozenset[str]: ...
    @property
    def rounded(self) -> frozenset[str]: ...
    @property
    def start(self) -> datetime | None: ...
    @property
    def currency(self) -> str | None: ...


@dataclass(frozen=True)
class Miss:
    """A number that was not read as printed. `read` is None where nothing was; `marked` asks a person to look."""

    picture: str
    name: str
    text: str
    read: float | str | None
    marked: bool

    @property
    def silent(self) -> bool:
        """Wrong, and nobody is asked."""
        return self.read is not None and not self.marked


@dataclass
class ReadingScore:
    """Counts over some pictures. A label that the page itself cuts is not one of `labels`."""

    pictures: int = 0
    numbers: int = 0
    exact: int = 0
    exact_marked: int = 0
    labels: int = 0
    paired: int = 0
    rounded: int = 0
    rounded_said: int = 0
    starts: int = 0
    starts_right: int = 0
    misses: list[Miss] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def silent(self) -> list[Miss]:
        return [miss for miss in self.misses if miss.silent]

    def add(self, other: ReadingScore) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def score(picture: Picture, found: WhatWasRead, seconds: float) -> ReadingScore:
    """One picture.

    A label is paired where its name has a value that is not another label's. What is read under a name that the page
    does not print is wrong, too, unless it is marked.
    """
    page = picture.page
    printed = {name: number.value for name, number in page.values.items()}
    texts = {name: number.text for name, number in page.values.items()}
    if page.duration is not None:
        printed["duration_minutes"], texts["duration_minutes"] = page.duration.value, page.duration.text
    result = ReadingScore(pictures=1, numbers=len(printed), seconds=[seconds])
    for name, value in printed.items():
        read = found.values.get(name)
        exact = read is not None and same(read, value)
        result.exact += exact
        result.exact_marked += exact and name in found.marked
        if not exact:
            result.misses.append(Miss(picture.name, name, texts[name], read, name in found.marked))
        if name not in picture.cut:
            result.labels += 1
            result.paired += read is not None and (exact or not _of_another(read, name, printed))
    result.misses += _not_printed(picture, found, printed)
    rounded = [name for name, number in page.values.items() if number.approximate]
    result.rounded, result.rounded_said = len(rounded), sum(name in found.rounded for name in rounded)
    if page.start is not None:
        result.starts, result.starts_right = 1, found.start == datetime.fromisoformat(page.start)
    return result


def _not_printed(picture: Picture, found: WhatWasRead, printed: Iterable[str]) -> list[Miss]:
    strange = [
        Miss(picture.name, name, "(not on the page)", value, name in found.marked)
        for name, value in found.values.items()
        if name not in printed
    ]
    start, page = found.start, picture.page
    if start is not None and (page.start is None or start != datetime.fromisoformat(page.start)):
        strange.append(Miss(picture.name, "start", page.start or "(not said)", str(start), "start" in found.marked))
    if found.currency not in (None, page.currency):
        marked = "currency" in found.marked or "gmv" in found.marked
        strange.append(Miss(picture.name, "currency", page.currency, found.currency, marked))
    return strange


def _of_another(read: float, name: str, printed: dict[str, float]) -> bool:
    return any(same(read, value) for other, value in printed.items() if other != name)


def same(one: float, other: float) -> bool:
    """The same number as printed; floating point aside."""
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)
