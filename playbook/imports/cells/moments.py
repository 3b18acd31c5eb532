"""One printed moment taken apart: which numbers are its date, what its clock says, which offset it carries.

Which of two numbers is the day, a column decides from all of its cells; here nothing is guessed about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from .plain import LONGEST_VALUE
from .time_words import DAYS, FILLERS, HALVES, MONTHS

#: The order of the three numbers: the year first; two to be told apart and the year last; all of two digits; known.
Shape = Literal["year_first", "year_last", "short", "named"]

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4}) ?[-/.年년] ?(\d{1,2}) ?[-/.月월] ?(\d{1,2})(?!\d) ?[日일]?")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4})(?!\d)")
_SHORT = re.compile(r"(?<!\d)(\d{1,2}) ?([-/]) ?(\d{1,2}) ?\2 ?'?(\d{2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2}) ?(\.) ?(\d{1,2}) ?\. ?(\d{2})(?![\d.])")
_TOGETHER = re.compile(r"(?<!\d)(2[05]\d{2})(\d{2})(\d{2})(?:[t ]?(\d{2})(\d{2})(\d{2})?)?(?!\d)")
_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    ("year_first", _YEAR_FIRST), ("year_last", _YEAR_LAST), ("short", _SHORT), ("short", _DOTTED),
)  # fmt: skip
_MONTH_NUMBER = re.compile(r"(?:tháng|thg|th)\.? ?(\d{1,2})(?!\d)")

_CLOCK = re.compile(r"(?<!\d)(\d{1,2}) ?[:.] ?(\d{2})(?: ?[:.] ?(\d{2})(?:[.,]\d+)?)?(?!\d)")
_SPOKEN = re.compile(
    r"(?<!\d)(\d{1,2}) ?(?:heures?|horas?|hrs?|hs|h|時|时|點|点|시|giờ)(?![^\W\d_])"
    r"(?: ?(\d{1,2}) ?(?:min|m|分|분|phút)?(?: ?(\d{1,2}) ?(?:s|秒|초)?)?)?"
)
_HOUR = re.compile(r"(?<!\d)(\d{1,2})(?= ?[ap]m\b)")
_LETTERS = re.compile(r"(?<![^\W\d_])([ap])\. ?m\b\.?|(?<![^\W\d_])([ap]) m\b\.?|(?<=\d)([ap])(?![^\W_])")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª)(?![^\W\d_])")
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+\-−]\d{1,2}:?(?:\d{2})?)(?!\d)")
_WORD = re.compile(r"[^\d\s,/:;()\[\]+\-−|']+")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_TO = re.compile(r" ?[-–—~〜～] ?| (?:to|until|till|s/d|sampai|até|bis|đến|hasta|ถึง) ?|至|到")
_HALF_A_DAY = 720
_FARTHEST_BEHIND, _FARTHEST_AHEAD = timedelta(hours=-12), timedelta(hours=14)
_KNOWN = frozenset({*FILLERS, *DAYS, *MONTHS, *HALVES})


@dataclass(frozen=True)
class Printed:
    """A moment as printed. `numbers` are year, month and day where the shape says so, else in their order.

    `minutes` since midnight, None without a clock, with its seconds apart; `offset` as printed, like `gmt+7`.
    """

    shape: Shape
    numbers: tuple[int, int, int]
    minutes: int | None = None
    seconds: int = 0
    offset: str | None = None


def printed(text: str) -> Printed | None:
    """Take a cell apart, that `plain` has cleaned; None where anything in it is not understood.

    >>> printed("13/07/2026 7:03 p. m.").minutes
    1143
    """
    if len(text) > LONGEST_VALUE:
        return None
    text = _folded(text)
    if match := _TOGETHER.search(text):
        rest = f"{text[: match.start()]}|{text[match.end() :]}"
        if match[4] is not None:
            rest = f"{match[4]}:{match[5]}:{match[6] or '00'} {rest}"
        return _timed(rest, "year_first", (int(match[1]), int(match[2]), int(match[3])))
    for shape, pattern in _SHAPES:
        if match := pattern.search(text):
            first, second, third = (int(part) for part in match.groups() if part.isdigit())
            return _timed(f"{text[: match.start()]}|{text[match.end() :]}", shape, (first, second, third))
    return _named(text)


def clock_of(text: str) -> tuple[int, int] | None:
    """Minutes since midnight and seconds of a clock time with its half of the day: `7.03 PM`, `下午7:03`, `19h03`."""
    if len(text) > LONGEST_VALUE:
        return None
    text = _folded(text)
    found = _clock(text)
    return None if found is None else _halved(text, found)


def clock_range(text: str) -> tuple[float, float] | None:
    """Both ends of `19:00-21:00` in minutes since midnight; half of the day said once holds for the other end as well.

    >>> clock_range("11-1pm"), clock_range("7 pm - 9:30")
    ((660.0, 780.0), (1140.0, 1290.0))
    """
    parts = [part.strip() for part in _TO.split(_folded(text[:LONGEST_VALUE]))]
    if len(parts) != 2 or not all(parts):
        return None
    halves = [next((word for word in _words(part) if word in HALVES), None) for part in parts]
    if halves.count(None) != 1:
        ends = [clock_of(part) for part in parts]
    else:
        lacking = halves.index(None)
        hour = f"{parts[lacking]}:00" if parts[lacking].isdigit() else parts[lacking]
        parts[lacking] = f"{hour} {halves[1 - lacking]}"
        ends = [clock_of(part) for part in parts]
        first, last = ends
        if first is not None and last is not None and first >= last:  # past noon or midnight
            ends[lacking] = ((ends[lacking] or first)[0] + _HALF_A_DAY) % (2 * _HALF_A_DAY), 0
    first, last = ends
    return None if first is None or last is None else (first[0] + first[1] / 60, last[0] + last[1] / 60)


def offset_of(text: str) -> timedelta:
    """How far ahead of UTC an offset is: `gmt+7`, `+0530`, `z`."""
    digits = re.sub(r"\D", "", text)
    if not digits:
        return timedelta()
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return timedelta(hours=hours, minutes=minutes) * (-1 if "-" in text or "−" in text else 1)


def _folded(text: str) -> str:
    return _LETTERS.sub(lambda found: f" {found[1] or found[2] or found[3]}m", text.casefold())


def _named(text: str) -> Printed | None:
    """A date with the name of its month: of the two numbers beside the clock, the year is the longer or the last."""
    if match := _MONTH_NUMBER.search(text):
        month, text = int(match[1]), f"{text[: match.start()]} {text[match.end() :]}"
    else:
        words = [word for word in _words(text) if word in MONTHS]
        if len(words) > 1:  # `mar` is Tuesday, too
            words = [word for word in words if word not in DAYS]
        if len(words) != 1:
            return None
        month = MONTHS[words[0]]
    text = _ORDINAL.sub(" ", text)
    clock = _clock(text)
    # A dash behind a word joins it to a number: it is not an offset.
    rest = re.sub(
        r"(?<=[^\W\d_])\.?-(?=\d)", " ", text if clock is None else f"{text[: clock.start]}|{text[clock.end :]}"
    )
    numbers = re.findall(r"(?<![+\-−\d])\d+", _BRACKETS.sub(" ", rest))
    if len(numbers) != 2:
        return None
    day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
    if len(day) > 2 or len(year) not in (2, 4):
        return None
    without = re.sub(rf"(?<!\d)(?:{day}|{year})(?!\d)-?", " ", rest)
    again = without if clock is None else without.replace("|", text[clock.start : clock.end], 1)
    return _timed(again, "named", (int(year), month, int(day)))


def _timed(text: str, shape: Shape, numbers: tuple[int, int, int]) -> Printed | None:
    """The clock and the offset around a date; None when a word or number stays that nobody knows."""
    clock = _clock(text)
    timed = None if clock is None else _halved(text, clock)
    if clock is not None and timed is None:
        return None
    before, behind = (text, "") if clock is None else (text[: clock.start], text[clock.end :])
    bracket = _BRACKETS.search(text)
    offset = _OFFSET.search(bracket[0]) if bracket else _OFFSET.search(behind)
    if offset is not None and not bracket:
        rest = behind[offset.end() :]
        behind = f"{behind[: offset.start()]} {rest}"
        if clock is not None and _an_end(offset[0], rest, clock):
            offset = None
    rest = _BRACKETS.sub(" ", f"{before} {behind}")
    if re.search(r"\d", rest) or not _KNOWN.issuperset(_words(rest)):
        return None
    carried = offset[0].strip() if offset else "z" if behind.strip() == "z" else None
    minutes, seconds = timed or (None, 0)
    return Printed(shape, numbers, minutes, seconds, carried)


def _an_end(offset: str, rest: str, clock: _Clock) -> bool:
    """Whether what looks like an offset is the end of a range: `19:00-21:00`, `7:00-9:00 pm`, `02:00-05:00`."""
    ahead = offset_of(offset)
    if not _FARTHEST_BEHIND <= ahead <= _FARTHEST_AHEAD or any(word in HALVES for word in _words(rest)):
        return True
    late = -ahead > timedelta(hours=clock.hour, minutes=clock.minute)
    return late and ":" in offset and not clock.second and not re.match(r"utc|gmt", offset)


@dataclass(frozen=True)
class _Clock:
    start: int
    end: int
    hour: int
    minute: int
    second: int


def _clock(text: str) -> _Clock | None:
    for pattern in (_CLOCK, _SPOKEN, _HOUR):
        if match := pattern.search(text):
            hour, minute, second = (*map(int, match.groups(default="0")), 0, 0)[:3]
            return _Clock(match.start(), match.end(), hour, minute, second)
    return None


def _halved(text: str, clock: _Clock) -> tuple[int, int] | None:
    """The clock with the half of the day that stands before or behind it, no farther than the date."""
    before, after = text[: clock.start].rpartition("|")[2], text[clock.end :].partition("|")[0]
    half = next((HALVES[word] for word in (*_words(after), *_words(before)) if word in HALVES), None)
    hour = clock.hour
    if half == "am" and hour == 12:
        hour = 0
    elif (half == "pm" and hour < 12) or (half == "noon" and hour < 6):
        hour += 12
    if hour > 24 or clock.minute > 59 or clock.second > 59:
        return None
    return hour * 60 + clock.minute, clock.second


def _words(text: str) -> list[str]:
    return [word for word in (each.replace(".", "") for each in _WORD.findall(text)) if word]
