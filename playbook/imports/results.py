"""What reading files gives: sessions, and everything a person should know about the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from playbook.language import _
from playbook.model.session import Session, UnusableFile


def place_of(file: str | None, row: int | None = None, column: str | None = None) -> str:
    """`sheet.csv, row 3, column 'Views'`."""
    parts = [
        file,
        None if row is None else _("row {row}", row=row),
        None if column is None else _("column '{column}'", column=column),
    ]
    return ", ".join(each for each in parts if each is not None)


@dataclass(frozen=True)
class Remark:
    """Something odd in a file. Rows count from 1 as in a spreadsheet; the column is its printed header."""

    file: str
    message: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        return f"{place_of(self.file, self.row, self.column)}: {self.message}"


@dataclass(frozen=True)
class Disagreement:
    """A printed rate that is not the ratio of the counts beside it. Both are fractions, or money."""

    file: str
    row: int
    column: str
    session: str
    metric: str
    printed: float
    recomputed: float


@dataclass(frozen=True)
class Question:
    """What a file leaves open and a person can settle. `about` is a word for programs.

    trend_totals: are these running totals? pages: where are the LIVEs of further pages? timezone: which timezone is
    the shop in? day_first: is 03/04 in April? which_live: which of `choices` (session ids) does the file belong to?
    rows: are the rows LIVEs, and in which order? column: which of `choices` is the column `column`? Of the last two,
    `layout` names the layout whose answers they are, and `preset` the answer that stands until there is one. Of
    which_live, `column` is the kind of the
    file, and `preset` the likeliest LIVE where there is one.
    """

    about: str
    file: str
    text: str
    choices: tuple[str, ...] = ()
    column: str | None = None
    layout: str | None = None
    preset: str | None = None


@dataclass(frozen=True)
class FileReading:
    """How one table was read. `columns` is printed header: what it was read as; `unread` is header: a sample.

    Of a sheet kept by hand, `understood` has a meaning for each printed header, and `layout` names its layout. `home`
    is the id of the LIVE on which a trend or another part was laid.
    """

    name: str
    profile: str
    title: str
    kind: str
    rows: int
    header_row: int
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Remark, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    understood: Mapping[str, str] = field(default_factory=dict)
    layout: str | None = None
    home: str | None = None


@dataclass(frozen=True)
class Failure:
    """A file that could not be used, and why, while others could."""

    name: str
    message: str


@dataclass(frozen=True)
class UnknownTable:
    """A table that no profile recognises: what the mapping screen needs."""

    file: str
    sheet: str | None
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FilesRead:
    """Everything read from some files. `sessions` are oldest first; `picked` is the one that files belong to.

    `replaced` are rows that gave way to a later export of the same LIVE, which `sessions` has. `joined` are LIVEs
    that were saved before and in no list of the files, with the parts that were laid on them.
    """

    sessions: tuple[Session, ...] = ()
    files: tuple[FileReading, ...] = ()
    questions: tuple[Question, ...] = ()
    failures: tuple[Failure, ...] = ()
    unknown: tuple[UnknownTable, ...] = ()
    picked: str | None = None
    replaced: tuple[Session, ...] = ()
    joined: tuple[Session, ...] = ()

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Every warning of every file, in the order of the files."""
        return tuple(remark for file in self.files for remark in file.warnings)


class NothingToReview(UnusableFile):
    """As UnusableFile; `reading` keeps what is known all the same, such as tables to map by hand."""

    def __init__(self, message: str, reading: FilesRead) -> None:
        super().__init__(message)
        self.reading = reading
