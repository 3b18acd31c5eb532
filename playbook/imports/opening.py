"""Files to recognised tables: the first half of the road, before anything is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..knowledge.exports import Profile
from ..session import UnusableFile
from .api import api_tables
from .recognise import Match, candidates, known_headers, recognise
from .results import Failure, UnknownTable
from .stacked import stacked
from .tables import Table, tables

_SHOWN_ROWS = 8
_SHOWN_COLUMNS = 6


@dataclass(frozen=True)
class Found:
    """A recognised table; `whole` is what a per-minute answer says of the whole LIVE."""

    match: Match
    whole: Match | None = None


@dataclass
class Opened:
    """Everything found in some files, in their order."""

    found: list[Found] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    unknown: list[UnknownTable] = field(default_factory=list)


def open_files(files: Sequence[tuple[str, bytes]], profiles: Iterable[Profile]) -> Opened:
    """Open and recognise. What cannot be used becomes a failure or an unknown table; nothing is raised."""
    every = list(profiles)
    printed = [profile for profile in every if profile.json_rows is None]
    answered = [profile for profile in every if profile.json_rows is not None]
    opened = Opened()
    for at, (name, data) in enumerate(files):
        if (name, data) in files[:at]:
            opened.failures.append(Failure(name, f"{name}: this file was given twice; it is read once."))
            continue
        try:
            sheets, document = tables(name, data, lambda table: known_headers(table, printed))
            if document is not None:
                _open_answer(name, document, answered, opened)
            else:
                _open_sheets(name, sheets, printed, opened)
        except UnusableFile as error:
            opened.failures.append(Failure(name, str(error)))
    return opened


def _open_answer(name: str, document: object, profiles: list[Profile], opened: Opened) -> None:
    for table, whole in api_tables(name, document, profiles):
        match = recognise(table, profiles)
        if match is None:
            opened.failures.append(Failure(name, _unknown_message(_unknown(table))))
        else:
            opened.found.append(Found(match, None if whole is None else recognise(whole, profiles)))


def _open_sheets(name: str, sheets: list[Table], profiles: list[Profile], opened: Opened) -> None:
    """Sheets that are recognised are read; only when none is does the file become unknown.

    A hidden sheet is an old draft as often as not: it is read only where no other is recognised, and either is told.
    """
    matches = [match for table in sheets for match in stacked(table, profiles)]
    useful = [match for match in matches if match.profile.kind != "lookalike"]
    seen = [match for match in useful if not match.table.hidden]
    unseen = dict.fromkeys(match.table.sheet for match in useful if match.table.hidden)
    if seen and unseen:
        words = ", ".join(f"'{title}'" for title in unseen)
        seen[0] = _remarked(seen[0], f"hidden in this workbook and not read: {words}. To read it, unhide it and save")
    elif unseen:
        useful[0] = _remarked(
            useful[0], f"the sheet '{useful[0].table.sheet}' is hidden; no other has LIVEs, so it is read"
        )
    opened.found += [Found(match) for match in seen or useful]
    if useful:
        return
    if matches:
        profile = matches[0].profile
        opened.failures.append(
            Failure(name, f"{name}: this looks like {profile.title}. {profile.how_to_export.strip()}")
        )
        return
    shown = [_unknown(table) for table in [each for each in sheets if not each.hidden] or sheets]
    wide = [table for table in shown if len([header for header in table.headers if header.strip()]) > 1]
    if not wide:
        raise UnusableFile(
            f"{name}: this is not a table. Expected columns such as Room ID, Start time, Views and Likes; drop the "
            "file as TikTok Shop exported it."
        )
    opened.unknown += wide
    opened.failures.append(Failure(name, _unknown_message(wide[0])))


def _remarked(match: Match, remark: str) -> Match:
    return replace(match, table=replace(match.table, remarks=(*match.table.remarks, remark)))


def _unknown(table: Table) -> UnknownTable:
    """A table for the mapping screen; its header is the widest of the first rows that has words in every cell."""
    best, widest = 0, -1
    for at, row in candidates(table):
        words = sum(any(sign.isalpha() for sign in cell) for cell in row)
        if words > widest:
            best, widest = at, words
    headers = tuple(table.rows[best]) if table.rows else ()
    below = tuple(tuple(row) for row in table.rows[best + 1 : best + 1 + _SHOWN_ROWS])
    return UnknownTable(table.file, table.sheet, best + 1, headers, below)


def _unknown_message(table: UnknownTable) -> str:
    names = [header.strip()[:40] for header in table.headers if header.strip()]
    shown = ", ".join(names[:_SHOWN_COLUMNS]) + (" and others" if len(names) > _SHOWN_COLUMNS else "")
    return (
        f"{table.file}, row {table.header_row}: no known export has these columns: {shown}. Expected "
        "Creator-Live-Performance, Live Analysis, Trend Stat or one of our templates. Download one of these, or say "
        "on the data page what the columns mean."
    )
