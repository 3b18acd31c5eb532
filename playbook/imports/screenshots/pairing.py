"""Labels and values of a picture, paired by their places.

A dashboard writes all of its values on the same side of their labels: below, above, to the right or to the left. Which
side that is shows in how many labels and values have each other as nearest neighbours, and how near they are. A picture
may have two parts that differ, so what one side leaves is tried on the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from playbook.currencies import currency_of
from playbook.imports.cells.values import SUFFIXES
from playbook.imports.pasted.dashboard import fits

from .boxes import Box, around
from .labels import TIMED, Label, Vocabulary
from .values import Value, value

#: Below this the reader was not sure of a line.
SURE = 0.9
SIDES = ("below", "above", "right", "left")
#: Heights of a label between it and its value: cards have some padding, lists the width of the page.
_FAR = {"below": 3.0, "above": 2.5, "right": 60.0, "left": 6.0}
#: A second value is as good when it is not much farther than the first.
_AS_NEAR = 1.3
#: So many labels in a row above so many values each are the header of a table.
_COLUMNS, _ROWS = 3, 2


@dataclass(frozen=True)
class Piece:
    """A line of a picture as a label, a value, or neither."""

    box: Box
    label: Label | None = None
    value: Value | None = None


@dataclass(frozen=True)
class Paired:
    """A label with its value. `doubts` are the words for why a person should look: see `reading.DOUBTS`."""

    label: Piece
    value: Piece
    doubts: tuple[str, ...] = ()


def pieces(boxes: Sequence[Box], words: Vocabulary, currency: str | None) -> list[Piece]:
    """The lines of one picture; broken labels and signs of money beside their number are put together."""
    found = [_piece(each, words, currency) for each in _with_signs(boxes)]
    found = [part for each in found for part in _split(each, words, currency)]
    return _whole_labels(found, words)


def _piece(box: Box, words: Vocabulary, currency: str | None) -> Piece:
    number = value(box.text, currency)
    return Piece(box, None if number else words.read(box.text), number)


def _split(piece: Piece, words: Vocabulary, currency: str | None) -> list[Piece]:
    """`Views 4,970` in one line is a label and a value; their places are guessed by their lengths."""
    text = piece.box.text.strip()
    if piece.label or piece.value or not any(sign.isdigit() for sign in text):
        return [piece]
    cuts = [at for at, sign in enumerate(text) if sign in " :："]
    for at in cuts:
        one, other = text[:at].strip(" :："), text[at + 1 :].strip(" :：")
        before, behind = value(one, currency), value(other, currency)
        label = None if bool(before) == bool(behind) else words.read(one if behind else other)
        if label is None:
            continue
        middle = piece.box.left + piece.box.width * (at + 0.5) / len(text)
        left, right = replace(piece.box, text=one, right=middle), replace(piece.box, text=other, left=middle)
        return [Piece(left, label if behind else None, before), Piece(right, label if before else None, behind)]
    return [piece]


def _with_signs(boxes: Sequence[Box]) -> list[Box]:
    """`R$` beside `2.417`, and `mil` behind it, in boxes of their own, are one amount."""
    rest = sorted(boxes, key=lambda each: each.left)
    found: list[Box] = []
    for box in rest:
        before = next((each for each in reversed(found) if _beside(each, box)), None)
        text = box.text.strip()
        if before is None:
            found.append(box)
            continue
        old = before.text.strip()
        sign = len(old) <= 4 and not any(map(str.isdigit, old)) and currency_of(old) is not None and text[:1].isdigit()
        unit = old[-1:].isdigit() and (text.casefold() in SUFFIXES or text in ("%", "₫", "đ", "฿"))
        if sign or unit:
            found[found.index(before)] = _around([before, box], f"{old} {text}")
        else:
            found.append(box)
    return found


def _beside(left: Box, right: Box) -> bool:
    high = min(left.height, right.height)
    return abs(left.bottom - right.bottom) < 0.6 * high and -0.5 * high < right.left - left.right < 0.9 * high


def _around(boxes: Sequence[Box], text: str) -> Box:
    return replace(
        boxes[0], text=text, score=min(each.score for each in boxes), left=min(each.left for each in boxes),
        top=min(each.top for each in boxes), right=max(each.right for each in boxes),
        bottom=max(each.bottom for each in boxes), place=around(boxes),
    )  # fmt: skip


def _whole_labels(found: list[Piece], words: Vocabulary) -> list[Piece]:
    """Labels of two or three lines, or of parts beside each other, as one; never where a part alone says the same."""
    kept = sorted(found, key=lambda each: (each.box.top, each.box.left))
    at = 0
    while at < len(kept):
        joined = _longest(kept, kept[at], words) if kept[at].value is None else None
        if joined is not None:
            parts, piece = joined
            kept = [each for each in kept if each not in parts]
            kept.insert(min(at, len(kept)), piece)
        at += 1
    return kept


def _longest(kept: Sequence[Piece], first: Piece, words: Vocabulary) -> tuple[list[Piece], Piece] | None:
    parts, best = [first], None
    for _ in range(2):
        rest = (each for each in kept if each.value is None and each not in parts)
        after = next((each for each in rest if _goes_on(parts[-1].box, each.box)), None)
        if after is None:
            break
        parts = [*parts, after]
        box = _around([each.box for each in parts], " ".join(each.box.text.strip() for each in parts))
        label = words.read(box.text)
        if label is not None and (label.sure or not any(each.label for each in parts)):
            best = (list(parts), Piece(box, label))
    return best


def _goes_on(upper: Box, lower: Box) -> bool:
    """Whether a line may be the next one of the same label."""
    high = min(upper.height, lower.height)
    if max(upper.height, lower.height) > 1.5 * high:
        return False
    left, middle = abs(upper.left - lower.left), abs(upper.centre - lower.centre)
    under = -0.4 * high <= lower.top - upper.bottom <= 0.7 * high and min(left, middle) < 0.8 * high
    return under or (_beside(upper, lower) and abs(upper.height - lower.height) < 0.4 * high)


def pairs(found: Sequence[Piece]) -> tuple[list[Paired], list[Piece]]:
    """Labels with their values, and the pieces that are neither paired nor the header of a table."""
    header = _headers(found)
    labels = [each for each in found if each.label and each not in header]
    numbers = [each for each in found if each.value]
    every = {side: _mutual(side, labels, numbers, found) for side in SIDES}
    used: set[int] = set()
    paired: list[Paired] = []
    for side in sorted(SIDES, key=lambda each: -_support(every[each])):
        for label, number, _gap in every[side]:
            if id(label) in used or id(number) in used:
                continue
            used |= {id(label), id(number)}
            paired.append(Paired(label, number, tuple(_doubts(label, number, side, every))))
    left = [each for each in found if id(each) not in used and each not in header]
    return sorted(paired, key=lambda each: (each.label.box.top, each.label.box.left)), left


Match = tuple[Piece, Piece, float]


def _support(matches: Sequence[Match]) -> float:
    return sum(1 / (1 + gap) for _, _, gap in matches)


def _mutual(side: str, labels: Sequence[Piece], numbers: Sequence[Piece], every: Sequence[Piece]) -> list[Match]:
    """(label, value, distance in heights of the label) where each is the other's nearest on this side."""
    found: list[Match] = []
    for label in labels:
        near = _nearest(label, side, every)
        if near is None or near not in numbers or not _goes_with(label, near):
            continue
        back = _nearest(near, _OTHER[side], every)
        gap = _gap(label.box, near.box, side) / label.box.height
        if back is label and gap <= _FAR[side]:
            found.append((label, near, max(gap, 0.0) if side in ("below", "above") else max(gap, 0.0) / 8))
    return found


_OTHER = {"below": "above", "above": "below", "right": "left", "left": "right"}


def _nearest(piece: Piece, side: str, every: Sequence[Piece]) -> Piece | None:
    """The next piece on a side, whatever it is; changes against another LIVE are looked past."""
    near = [each for each in every if each is not piece and _lies(piece.box, each.box, side)]
    near = [each for each in near if each.value or each.label or not _change(each.box.text)]
    return min(near, key=lambda each: _gap(piece.box, each.box, side), default=None)


def _change(text: str) -> bool:
    """Whether a text is a change, like `+12,3%`, or a sign alone."""
    text = text.strip()
    return len(text) <= 1 or (text[0] in "+-−–↑↓▲▼△▽" and any(map(str.isdigit, text)))


def _lies(one: Box, other: Box, side: str) -> bool:
    """Whether `other` lies on this side of `one`, in its column or on its line."""
    if side in ("right", "left"):
        level = abs(one.middle - other.middle) < 0.5 * max(one.height, other.height)
        return level and (other.centre > one.centre if side == "right" else other.centre < one.centre)
    over = min(one.right, other.right) - max(one.left, other.left)
    near = over > 0.3 * min(one.width, other.width) or abs(one.left - other.left) < one.height
    past = 0.4 * min(one.height, other.height)
    return near and (other.middle - one.middle > past if side == "below" else one.middle - other.middle > past)


def _gap(one: Box, other: Box, side: str) -> float:
    """Pixels between two boxes on that side."""
    if side == "below":
        return other.top - one.bottom
    if side == "above":
        return one.top - other.bottom
    return other.left - one.right if side == "right" else one.left - other.right


def _goes_with(label: Piece, number: Piece) -> bool:
    assert label.label is not None and number.value is not None
    shape = number.value.shape
    timed = any(name in TIMED or name == "avg_viewing_seconds" for name in label.label.means)
    if shape == "clock":
        return timed
    if shape == "length" and timed:
        return True
    return fits(tuple(each for each in label.label.means if each not in TIMED), shape)


def _doubts(label: Piece, number: Piece, side: str, every: dict[str, list[Match]]) -> list[str]:
    """Words for why a pair is not sure."""
    assert label.label is not None and number.value is not None
    found = []
    if not label.label.sure:
        found.append("label")
    if number.box.score < SURE or not number.value.sure:
        found.append("score")
    mine = next(gap for one, _, gap in every[side] if one is label)
    for other in SIDES:
        if other == side:
            continue
        for one, value_there, gap in every[other]:
            if one is label and value_there is not number and gap <= _AS_NEAR * mine:
                found.append("beside")
    return found


def _headers(found: Sequence[Piece]) -> list[Piece]:
    """Labels of a row that have several values below each, with no label between: a table of products or minutes."""
    labels = [each for each in found if each.label]
    headers: list[Piece] = []
    for first in labels:
        row = [each for each in labels if abs(each.box.middle - first.box.middle) < 0.5 * first.box.height]
        if len(row) < _COLUMNS:
            continue
        deep = [each for each in row if _depth(each, found) >= _ROWS]
        if len(deep) >= _COLUMNS - 1:
            headers += [each for each in row if each not in headers]
    return headers


def _depth(label: Piece, found: Sequence[Piece]) -> int:
    """How many values of one shape stand below a label before something else does."""
    depth, here, shape = 0, label, None
    while True:
        below = _nearest(here, "below", found)
        if below is None or below.value is None or shape not in (None, below.value.shape):
            return depth
        if depth and below.box.height < 0.8 * here.box.height:
            return depth
        depth, here, shape = depth + 1, below, below.value.shape
