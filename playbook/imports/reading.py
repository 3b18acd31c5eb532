"""The whole road: files in, sessions and everything worth telling about the files out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from playbook.imports.formats.archive import expanded
from playbook.imports.formats.pages import page_remark
from playbook.imports.formats.tables import MAX_BYTES, tables, too_big
from playbook.imports.layout.columns import Options
from playbook.imports.lives.attaching import attach_parts
from playbook.imports.lives.gathering import State, change, counted_any, finished, gather_lists
from playbook.imports.lives.slices import with_events
from playbook.imports.own.sheet import Answers
from playbook.knowledge.exports import Profile, load_profiles
from playbook.language import _
from playbook.model.session import Event, Session, UnusableFile

from .opening import open_files
from .results import Failure, FilesRead, NothingToReview, Question

BUILT_IN = Path(__file__).parent.parent / "content" / "exports"


@cache
def built_in_profiles() -> Mapping[str, Profile]:
    """The profiles that come with the package."""
    return load_profiles(BUILT_IN)[0]


def read_files(  # noqa: PLR0913
    files: Sequence[tuple[str, bytes]],
    profiles: Mapping[str, Profile] | None = None,
    *,
    session: str = "latest",
    trend_totals: bool | None = None,
    timezone: str | None = None,
    day_first: bool | None = None,
    events: Sequence[Event] = (),
    belongs: Mapping[str, str] | None = None,
    sure_only: bool = False,
    saved: Sequence[Session] = (),
    account: str | None = None,
    known_accounts: Sequence[str] = (),
    sheets: Answers | None = None,
    currency: str | None = None,
) -> FilesRead:
    """Read exports of any known layout together.

    files: (name, bytes). session: the LIVE that trends, products and events belong to: latest, an id, or a start.
    trend_totals: whether a trend holds running totals, if known. timezone: the shop's, like `Asia/Jakarta`, for
    files in UTC. day_first: whether 03/04 is in April, if known. events: further events of that LIVE. belongs:
    for single files by name the id of the LIVE they are of, as a person said; other trend and product files are laid
    by what they say themselves, and asked about where that is not clear; an empty id leaves the file out. sure_only:
    a single file, too, is laid nowhere then. saved: LIVEs that were saved before, on which files may be laid, too
    (`FilesRead.joined`). account: whose LIVEs count where a list has those of several; the
    others are left out with a remark. known_accounts: the same where a list has LIVEs of one of them. sheets: what a
    person said of columns and rows of sheets kept by hand, by layout (`own_sheet.Answers`). currency: the
    shop's; a bare `$` is a sign of it where it has one.

    Raises UnusableFile (NothingToReview, which carries what was found) only when nothing can be reviewed.
    """
    every = built_in_profiles() if profiles is None else profiles
    files = expanded(files)
    opened = open_files(files, every.values(), sheets)
    state = State(
        Options(_zone(timezone), day_first, currency),
        session,
        trend_totals,
        opened,
        belongs or {},
        sure_only,
        account,
        known_accounts,
        saved=list(saved),
    )
    if not files:
        raise NothingToReview(_("No file was given. Add an export of your LIVEs."), FilesRead())
    gather_lists(state)
    _tell_pages(state, files)
    attach_parts(state)
    if state.picked is not None and events:
        change(state, state.picked, lambda live: with_events(live, events))
    reading = finished(state)
    if not reading.joined and not any(map(counted_any, reading.sessions)):
        raise NothingToReview("\n".join(failure.message for failure in reading.failures), reading)
    return reading


def read_paths(  # noqa: PLR0913
    paths: str | Path | Sequence[str | Path],
    profiles: Mapping[str, Profile] | None = None,
    *,
    session: str = "latest",
    trend_totals: bool | None = None,
    timezone: str | None = None,
    day_first: bool | None = None,
    events: Sequence[Event] = (),
    belongs: Mapping[str, str] | None = None,
    sure_only: bool = False,
    saved: Sequence[Session] = (),
    account: str | None = None,
    known_accounts: Sequence[str] = (),
    sheets: Answers | None = None,
    currency: str | None = None,
    how: Callable[..., FilesRead] = read_files,
) -> FilesRead:
    """As `read_files`, from disk. One path or several; of a folder the files in it, without hidden ones and folders.
    A folder without files, a missing or an oversized file is reported, not opened.

    `how` reads what was opened, with the same options.
    """
    files: list[tuple[str, bytes]] = []
    failures: list[Failure] = []
    for named in map(Path, [paths] if isinstance(paths, str | Path) else paths):
        for path in _inside(named):
            try:
                files.append((_whole(path.name), _bytes(path)))
            except UnusableFile as error:
                failures.append(Failure(path.name, str(error)))
    messages = [failure.message for failure in failures]
    if not files and failures:
        raise NothingToReview("\n".join(messages), FilesRead(failures=tuple(failures)))
    try:
        reading = how(
            files,
            profiles,
            **({"events": events} if events else {}),
            session=session,
            trend_totals=trend_totals,
            timezone=timezone,
            day_first=day_first,
            belongs=belongs,
            sure_only=sure_only,
            saved=saved,
            account=account,
            known_accounts=known_accounts,
            sheets=sheets,
            currency=currency,
        )
    except NothingToReview as error:
        known = replace(error.reading, failures=(*failures, *error.reading.failures))
        raise NothingToReview("\n".join([*messages, str(error)]), known) from None
    return replace(reading, failures=(*failures, *reading.failures))


def read(
    paths: str | Path | Sequence[str | Path],
    session: str = "latest",
    *,
    profiles: Mapping[str, Profile] | None = None,
    trend_totals: bool | None = None,
    timezone: str | None = None,
    day_first: bool | None = None,
    events: Sequence[Event] = (),
) -> list[Session]:
    """Sessions from files, oldest first. Raises UnusableFile when nothing can be reviewed."""
    reading = read_paths(
        paths,
        profiles,
        session=session,
        trend_totals=trend_totals,
        timezone=timezone,
        day_first=day_first,
        events=events,
    )
    return list(reading.sessions)


#: What a sheet beside the LIVEs (totals by day, a schedule) has at most.
MOST_ROWS, MOST_COLUMNS = 5_000, 80


def read_rows(files: Sequence[tuple[str, bytes]]) -> list[list[list[str]]]:
    """The cells of every sheet in some files, as text: for what is no LIVE. Raises UnusableFile."""
    found = []
    for name, data in files:
        sheets, document = tables(name, data)
        if document is not None:
            raise UnusableFile(_("{file}: holds JSON; a sheet or CSV was expected.", file=name))
        found += [[row[:MOST_COLUMNS] for row in each.rows[:MOST_ROWS]] for each in sheets if each.rows]
    return found


def _tell_pages(state: State, files: Sequence[tuple[str, bytes]]) -> None:
    """That files of the API are some pages of several, and how many LIVEs are on the others."""
    pages = [read for read in state.done if read.found.match.profile.json_rows]
    names = {read.rows.match.table.file for read in pages}
    remark = page_remark(content for name, content in files if name in names)
    if remark:
        name = pages[0].rows.match.table.file
        state.questions.append(Question("pages", name, f"{name}: {remark}."))


def _whole(name: str) -> str:
    """A file's name without halves of signs, which stand for bytes that are no text and can be stored nowhere."""
    return name.encode("utf-8", "replace").decode()


def _inside(path: Path) -> list[Path]:
    """The files of a folder; anything else as it is, and so a folder in which there is none."""
    try:
        found = [each for each in sorted(path.iterdir()) if each.is_file()] if path.is_dir() else []
    except (OSError, ValueError):
        found = []  # that it cannot be opened is said when it is read
    return [each for each in found if not each.name.startswith((".", "~$"))] or [path]


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnusableFile(
                _("{path}: there is no file in this folder. Give the folder that has the exports.", path=path)
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnusableFile(too_big(path.name, size))
        return path.read_bytes()
    except FileNotFoundError:
        raise UnusableFile(_("{path}: there is no such file. Check the name and the folder.", path=path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("not a file name")
        raise UnusableFile(
            _("{path}: the file cannot be read ({reason}). Check that you may open it.", path=path, reason=reason)
        ) from None


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnusableFile(
            _("There is no timezone '{file}'. Write it like Asia/Jakarta or America/Sao_Paulo.", file=name)
        ) from None
