"""Text with its place in a picture: what the reader of pictures gives, and all that everything after it needs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median


@dataclass(frozen=True)
class Box:
    """A line of text. Places are pixels from the left and from the top; `score` is 0 to 1, how sure the reader was.

    `tilt` is the slope of its lower edge, to the right and down. `picture` is its number among several;
    `place` is where it was before it was straightened.
    """

    text: str
    score: float
    left: float
    top: float
    right: float
    bottom: float
    tilt: float = 0.0
    picture: int = 0
    place: tuple[float, float, float, float] | None = None

    @property
    def shown(self) -> tuple[float, float, float, float]:
        """Where it is in the picture as it is: left, top, right, bottom."""
        return self.place or (self.left, self.top, self.right, self.bottom)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


#: Shorter lines say little of how a picture was held.
_LONG = 3.0
#: A picture held further askew was turned on purpose.
_MOST_TILT = math.tan(math.radians(15))


def upright(boxes: Sequence[Box]) -> list[Box]:
    """The boxes as if the picture had been held straight: turned about its corner by the tilt that most lines have."""
    slopes = [each.tilt for each in boxes if each.width >= _LONG * each.height and abs(each.tilt) <= _MOST_TILT]
    slope = median(slopes) if slopes else 0.0
    if abs(slope) < 0.002:
        return list(boxes)
    angle = math.atan(slope)
    return [_turned(each, math.cos(angle), math.sin(angle)) for each in boxes]


def _turned(box: Box, cos: float, sin: float) -> Box:
    """The box about its turned centre; its upright height is what a tilt of its width does not explain."""
    x, y = box.centre * cos + box.middle * sin, box.middle * cos - box.centre * sin
    height = max(box.height - box.width * abs(sin), box.height / 2)
    return replace(
        box, left=x - box.width / 2, right=x + box.width / 2, top=y - height / 2, bottom=y + height / 2, tilt=0.0,
        place=box.shown,
    )  # fmt: skip


def around(boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    """The place of several boxes together, in the picture as it is."""
    lefts, tops, rights, bottoms = zip(*(each.shown for each in boxes), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
