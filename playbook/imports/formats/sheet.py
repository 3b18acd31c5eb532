"""A sheet of any kind of spreadsheet, and the limits within which its rows may grow."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.language import _

MAX_ROWS = 99_999
MAX_COLUMNS = 702  # up to ZZ
MAX_CELLS = 3_500_000
#: Signs in all cells together.
MAX_TEXT = 100_000_000


class TooLargeError(Exception):
    """More rows, columns, cells or text than any export has."""


@dataclass(frozen=True)
class Sheet:
    """A sheet with cells; row i of the sheet is rows[i - 1]. Numbers of days count from 1904 where that is set."""

    title: str | None
    rows: list[list[str]]
    hidden: bool = False
    from_1904: bool = False


class Growing:
    """The rows of a sheet as they come. Blank rows at the end and blank cells behind a row are never kept.

    Programs write the rest of a sheet as one row a million times over, so what repeats is counted before it is kept.
    """

    def __init__(self, title: str | None = None, *, hidden: bool = False) -> None:
        self.title, self.hidden = title, hidden
        self.rows: list[list[str]] = []
        self._blank = self._widest = self._text = 0

    def add(self, cells: list[tuple[str, int]], times: int = 1) -> None:
        """A row of (text, how often it stands side by side), this often. Raises TooLargeError."""
        last = max((at for at, (text, _unused) in enumerate(cells) if text), default=-1)
        if last < 0:
            self._blank += times
            return
        cells = cells[: last + 1]
        width = sum(many for _unused, many in cells)
        self._widest = max(self._widest, width)
        self._text += sum(len(text) * many for text, many in cells) * times
        height = len(self.rows) + self._blank + times
        # Short rows are filled up to the widest one, so it is the rectangle that counts.
        far = height > MAX_ROWS or width > MAX_COLUMNS or height * self._widest > MAX_CELLS
        if far or self._text > MAX_TEXT:
            raise TooLargeError
        self.rows += [[] for _unused in range(self._blank)]
        self._blank = 0
        row = [text for text, many in cells for _unused in range(many)]
        self.rows += [list(row) for _unused in range(times)]


def sheet_text(number: str) -> str:
    """A number typed as such has no thousands signs: a fourth decimal keeps `1.234` from looking like one."""
    return number + "0" if len(number.partition(".")[2]) == 3 else number


def too_large(name: str) -> str:
    return _(
        "{file}: unpacked, this file is far larger than any LIVE export, so it is not opened. "
        "Check that it is the right file, or save the sheet as CSV.",
        file=name,
    )
