"""Files to recognised tables: the first half of the road, before anything is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from playbook.imports.formats.api import api_tables, refusals
from playbook.imports.formats.tables import SheetTable, tables
from playbook.imports.layout.recognise import LayoutMatch, candidates, known_headers, recognise
from playbook.imports.layout.split_start import joined_start
from playbook.imports.layout.stacked import stacked
from playbook.imports.own.sheet import Answers, OwnSheet, own_sheet
from playbook.knowledge.exports import Profile
from playbook.language import _
from playbook.model.session import UnusableFile

from .results import Failure, Question, UnknownTable

#: Layouts of ours with headers that a sheet kept by hand may have as well.
_LOOSE = ("template_sessions", "template_trend", "trend_stat")
_SHOWN_ROWS = 8
_SHOWN_COLUMNS = 6


@dataclass(frozen=True)
class Found:
    """A recognised table. `whole`: what a per-minute answer says of the whole LIVE. `own`: how a sheet was read."""

    match: LayoutMatch
    whole: LayoutMatch | None = None
    own: OwnSheet | None = None


@dataclass
class Opened:
    """Everything found in some files, in their order."""

    found: list[Found] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    unknown: list[UnknownTable] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def open_files(
    files: Sequence[tuple[str, bytes]], profiles: Iterable[Profile], sheets_answers: Answers | None = None
) -> Opened:
    """Open and recognise. What cannot be used becomes a failure or an unknown table; nothing is raised.

    `sheets_answers` are what a person said of sheets kept by hand.
    """
    every = list(profiles)
    printed = [profile for profile in every if profile.json_rows is None]
    answered = [profile for profile in every if profile.json_rows is not None]
    opened = Opened()
    for at, (name, data) in enumerate(files):
        twin = next((other for other, content in files[:at] if content == data), None)
        if twin is not None:
            what = (
                _("{file}: this file was given twice; it is read once.", file=name)
                if twin == name
                else _("{file}: this is the same file as {twin}; it is read once.", file=name, twin=twin)
            )
            opened.failures.append(Failure(name, what))
            continue
        try:
            sheets, document = tables(name, data, lambda table: known_headers(table, printed))
            if document is not None:
                _open_answer(name, document, answered, opened)
            else:
                _open_sheets(name, sheets, printed, opened, sheets_answers)
        except UnusableFile as error:
            opened.failures.append(Failure(name, str(error)))
    return opened


def _open_answer(name: str, document: object, profiles: list[Profile], opened: Opened) -> None:
    for answer in api_tables(name, document, profiles):
        match = recognise(answer.table, answer.profiles)
        if match is None:
            opened.failures.append(Failure(name, _unknown_message(_unknown(answer.table))))
        elif match.profile.kind == "lookalike":
            opened.failures.append(Failure(name, _instead(name, match.profile)))
        else:
            whole = None if answer.whole is None else recognise(answer.whole, answer.whole_profiles)
            opened.found.append(Found(match, whole))
    opened.failures += [Failure(name, said) for said in refusals(name, document)]


def _instead(name: str, profile: Profile) -> str:
    what = _("{file}: this looks like {title}.", file=name, title=profile.called)
    return f"{what} {profile.way_to_export}"


def _open_sheets(
    name: str, sheets: list[SheetTable], profiles: list[Profile], opened: Opened, answers: Answers | None
) -> None:
    """Sheets that are recognised are read; only when none is does the file become unknown.

    A hidden sheet is an old draft as often as not: it is read only where no other is recognised, and either gets a
    remark.
    """
    every = [each for table in sheets for each in _of_table(table, profiles, answers)]
    found = [each for each in every if isinstance(each, Found)]
    asked = list(dict.fromkeys(each.questions[0] for each in every if isinstance(each, OwnSheet)))
    opened.questions += asked
    opened.failures += [Failure(name, each.text) for each in asked]
    useful = [each for each in found if each.match.profile.kind != "lookalike"]
    seen = [each for each in useful if not each.match.table.hidden]
    unseen = dict.fromkeys(each.match.table.sheet for each in useful if each.match.table.hidden)
    if seen and unseen:
        words = ", ".join(f"'{title}'" for title in unseen)
        seen[0] = _remarked(
            seen[0], _("hidden in this workbook and not read: {words}. To read it, unhide it and save", words=words)
        )
    elif unseen:
        useful[0] = _remarked(
            useful[0],
            _("the sheet '{sheet}' is hidden; no other has LIVEs, so it is read", sheet=useful[0].match.table.sheet),
        )
    opened.found += seen or useful
    if useful or asked:
        return
    if found:
        opened.failures.append(Failure(name, _instead(name, found[0].match.profile)))
        return
    shown = [_unknown(table) for table in [each for each in sheets if not each.hidden] or sheets]
    wide = [table for table in shown if len([header for header in table.headers if header.strip()]) > 1]
    if not wide:
        raise UnusableFile(
            _(
                "{file}: this is not a table. Expected columns such as Room ID, Start time, Views and "
                "Likes; drop the file as TikTok Shop exported it.",
                file=name,
            )
        )
    opened.unknown += wide
    opened.failures.append(Failure(name, _unknown_message(wide[0])))


def _of_table(table: SheetTable, profiles: list[Profile], answers: Answers | None) -> list[Found | OwnSheet]:
    """What a table is: exports that are known, or a sheet kept by hand, which may have to be asked about first."""
    matches = stacked(table, profiles)
    # A sheet cannot explain more columns than all.
    if all(match.profile.id in _LOOSE for match in matches) and not any(map(_whole, matches)):
        own = own_sheet(table, answers)
        if own is not None and not any(_explained(match) >= own.explained for match in matches):
            return [own if own.match is None else Found(own.match, own=own)]
    return [Found(_whole_start(match)) for match in matches]


def _whole_start(match: LayoutMatch) -> LayoutMatch:
    if match.profile.kind != "sessions" or "start" not in match.columns:
        return match
    return replace(match, table=joined_start(match.table, match.header))


def _whole(match: LayoutMatch) -> bool:
    """Whether our template explains every column, and which LIVEs they are of."""
    spare = match.unread or match.kept or match.repeated
    return not spare and _explained(match) > 0 and match.profile.kind == "sessions"


def _explained(match: LayoutMatch) -> int:
    """How many columns a layout explains; of a list of LIVEs that says not which ones, none."""
    if match.profile.kind == "sessions" and match.columns.keys().isdisjoint(("start", "session_id")):
        return 0
    return len(match.columns) + len(match.rates)


def _remarked(found: Found, remark: str) -> Found:
    table = found.match.table
    return replace(found, match=replace(found.match, table=replace(table, remarks=(*table.remarks, remark))))


def _unknown(table: SheetTable) -> UnknownTable:
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
    shown = ", ".join(names[:_SHOWN_COLUMNS])
    if len(names) > _SHOWN_COLUMNS:
        shown = _("{listed} and others", listed=shown)
    return _(
        "{file}, row {row}: no known export has these columns: {shown}. Expected "
        "Creator-Live-Performance, Live Analysis, Trend Stat or one of our templates. Download "
        "one of these, or say on the data page what the columns mean.",
        file=table.file,
        row=table.header_row,
        shown=shown,
    )
