"""Ways to make an export cost much, for `fuzz.py`: by what its structure promises, repeats or hides in blanks.

As in mutations.py, each draws from the dice it is given and nothing else.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

from benchmarks import mutations
from benchmarks.mutations import Grid

FILLERS = (" ", "\t", "\u00a0", "\u200b", "1 ", "1,", "1.", "'", "(", "-", "a1", "1:", "h", "٫", "\ufdfa")
_MANY = (200, 1_000, 3_000)


def _blanks_in_cells(grid: Grid, dice: random.Random) -> None:
    """Cells on which a pattern may try every beginning and every length."""
    for _ in range(dice.choice((1, 5, 20))):
        row = dice.choice(grid)
        if row:
            filler = dice.choice(FILLERS) * dice.choice((60, 1_600, 20_000))
            row[dice.randrange(len(row))] = (
                f"{dice.choice(('', '-', '1', 'R$'))}{filler}{dice.choice(('', 'x', '%', ')'))}"
            )


def _one_minute(grid: Grid, dice: random.Random) -> None:
    """One row very often, told apart by one column: LIVEs, products or events of one start minute."""
    at = dice.randrange(len(grid))
    row, column = grid[at], dice.randrange(max(1, len(grid[at])))
    form = dice.choice(("{}", "76586572664{:08}", "{}.5", "0:{}", "2026-03-01 19:00:{}", "name {}"))
    for number in range(dice.choice(_MANY)):
        grid.append([form.format(number) if place == column else cell for place, cell in enumerate(row)])


def _wide(grid: Grid, dice: random.Random) -> None:
    """Empty columns, or the same one again and again."""
    at = dice.randrange(min(3, len(grid)))
    grid[at] = grid[at] + [dice.choice(("", "Views", "x", *grid[at]))] * dice.choice((100, 1_900, 60_000))


def _tall(grid: Grid, dice: random.Random) -> None:
    grid[1:] = grid[1:] * min(dice.choice((10, 300)), 20_000 // max(1, len(grid)))


GRIDS: tuple[Callable[[Grid, random.Random], None], ...] = (
    _blanks_in_cells,
    _blanks_in_cells,
    _one_minute,
    _wide,
    _tall,
)


def hostile_grid(grid: Grid, dice: random.Random) -> Grid:
    """One change that multiplies, now and then after an ordinary one."""
    spoilt = mutations.spoil_grid(grid, dice) if dice.random() < 0.3 else [list(row) for row in grid]
    if spoilt:
        dice.choice(GRIDS)(spoilt, dice)
    return spoilt


_NUMBERS = (b"0", b"7", b"9999999", b"4294967296", b"100000000000", b"1000000000000000000", b"-1", b"9" * 400)
_COUNTS = (b"uniqueCount", b"count", b"ref", b"spans", b"r", b"s", b"numFmtId", b"si")


def _counts(part: bytes, dice: random.Random) -> bytes:
    """A tag says another number of itself, with blanks where XML allows them."""
    name, number = dice.choice(_COUNTS), dice.choice(_NUMBERS)
    said = b" %b%b=%b'%b'" % (name, dice.choice((b"", b" ", b"\n" * 3_000)), dice.choice((b"", b"\t")), number)
    tags = [found.end() for found in re.finditer(rb"<(?:\w+:)?(?:sst|row|c|cellXfs|numFmts|dimension|cols)\b", part)]
    if not tags:
        return part
    at = dice.choice(tags)
    return part[:at] + said + part[at:]


def _dimension(part: bytes, dice: random.Random) -> bytes:
    place = dice.choice((b"A1:XFD1048576", b"A1", b"A1:A0", b"XFD1048576:A1", b"A1:ZZZ99999999999", b"", b":"))
    at = part.find(b"<sheetData")
    return part[:at] + b'<dimension ref="%b"/>' % place + part[at:] if at >= 0 else part


def _far(part: bytes, dice: random.Random) -> bytes:
    place = dice.choice((b"XFD1048576", b"A1048576", b"ZZ99999", b"xfd3", b"CA50000", b"AAAAAAA1"))
    return part.replace(b"</sheetData>", b'<row><c r="%b"><v>1</v></c></row></sheetData>' % place)


def _blanks_in_tags(part: bytes, dice: random.Random) -> bytes:
    return part.replace(b">", b" " * dice.choice((1, 50_000)) + b">", dice.choice((1, 3)))


def _long_texts(part: bytes, dice: random.Random) -> bytes:
    text = b"<t>" + dice.choice((b"x", b" ", b"&amp;")) * dice.choice((4_990, 5_100, 30_000))
    return part.replace(b"<t>", text, dice.choice((1, 40)))


def _nested(part: bytes, dice: random.Random) -> bytes:
    return part.replace(b"<si>", b"<si>" * dice.choice((2, 3_000)), 1).replace(
        b"<v>", b"<v>" * dice.choice((1, 3_000)), 1
    )


PARTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _counts, _counts, _counts, _dimension, _far, _blanks_in_tags, _long_texts, _nested,
)  # fmt: skip


def hostile_parts(parts: dict[str, bytes], dice: random.Random) -> bytes:
    """A workbook of which one part promises, hides or repeats more than it has."""
    spoilt = dict(parts)
    names = [name for name in parts if name.startswith("xl/") and name.endswith(".xml")]
    for _ in range(dice.choice((1, 1, 2))):
        name = dice.choice(names)
        spoilt[name] = dice.choice(PARTS)(spoilt[name], dice)
    return mutations.packed(spoilt)


def hostile_json(document: Any, dice: random.Random) -> bytes:
    """Lists repeated, rows with keys of their own, halves of signs, numbers without end."""
    text = json.dumps(document)
    kind = dice.randrange(4)
    if kind == 0:
        return text.replace('": "', '": "' + dice.choice(("\\ud83d", "\\ude00", "\\uD83D\\uD83D")), 5).encode()
    if kind == 1:
        return re.sub(r"\d+", dice.choice(("9" * 5_000, "1e400", "-0", "0." + "3" * 5_000)), text, count=3).encode()
    if kind == 2:
        return ("[" + ",".join([text] * min(dice.choice((3, 60)), 1 + 2_000_000 // len(text))) + "]").encode()
    rows = [{f"key {at}": at, "id": at, "start_time": 1_772_391_600} for at in range(dice.choice((50, 2_500)))]
    return json.dumps({"data": {"live_stream_sessions": rows, "rest": document}}).encode()
