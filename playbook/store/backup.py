"""A whole store in one SQLite file, and back into any store."""

from __future__ import annotations

import glob
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Table, delete, func, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from playbook import userdata
from playbook.language import _, ngettext

from . import examine, layouts
from .engine import connect, connected, reading, spoken, writing
from .errors import StoreError, as_store_errors, driver_words
from .files import abandoned, held, make_private, plain
from .migrate import bring_up
from .schema import (
    CODES,
    PEOPLE,
    TABLES,
    audit,
    layout,
    overdue,
    person,
    role,
    sheet_answer,
    shop,
    trainee,
    trainee_person,
)

_CHUNK = 500
#: How the name of a file ends that is not whole yet; it begins with a dot.
UNFINISHED = ".new"
#: How many stores that a restore replaced are kept.
_KEPT_BEFORE = 3


def backup(engine: Engine, target: Path, *, replace: bool = False) -> None:
    """Write everything, the trash included, into one file; whole or not at all. Others may go on working."""
    with new_file(target, replace) as temporary:
        if engine.dialect.name == "sqlite":
            _copy_file(engine, temporary)
        else:
            _copy_server(engine, temporary)
        _one_file(temporary)


def restore(
    engine: Engine, source: Path, *, replace: bool = False, then: Callable[[Connection], None] = lambda _done: None
) -> Path | None:
    """Put a backup into the store of `engine`, in one transaction; the backup stays as it is.

    What was there before is first written to a file of its own, whose path is returned; None for an empty store.
    `then` is done in the same transaction. Raises StoreError when the store already has shops and `replace` is not
    given, or the file is no backup.
    """
    examine.backup_file(source)
    old = _copied(source)
    try:
        _of_this_version(old, source)
        before = _kept_before(engine) if replace else None
        with reading(old) as there, writing(engine) as here:
            mine = _of_this_store(here)
            _empty(here, replace)
            here.execute(delete(overdue))
            kept, said = layouts.profiles(here), layouts.sheets(here)
            for table in (layout, sheet_answer):
                here.execute(delete(table))
            _copy_rows(there, here, TABLES, source)
            layouts.add_missing(here, kept, said)  # what was explained here is lost by no backup
            if _has_people(here):
                _put_back(here, mine)
            else:
                _copy_rows(there, here, PEOPLE, source)
            then(here)
    finally:
        old.dispose()
    return before


def _of_this_version(old: Engine, source: Path) -> None:
    """A backup may come from an older version of this program. What goes wrong is said of the file."""
    try:
        bring_up(old)
    except StoreError as error:
        raise StoreError(f"{source}: {str(error).removeprefix(f'{spoken(old.url)}: ')}") from None


def _copied(source: Path) -> Engine:
    """A backup in a file without a name, which is gone with this program, however that ends."""
    memory = sqlite3.connect("", check_same_thread=False)
    try:
        with plain(source.resolve(), "?mode=ro") as file:
            file.backup(memory)
    except (sqlite3.Error, OSError) as error:
        memory.close()
        raise StoreError(
            _("{file}: the backup cannot be read ({why}).", file=source, why=driver_words(error))
        ) from None
    return connected(memory)


def _has_people(connection: Connection) -> bool:
    return connection.execute(select(person.c.id).limit(1)).first() is not None


def _of_this_store(connection: Connection) -> dict[Table, list[dict[str, Any]]]:
    """What hangs on shops and trainees and is not of a backup: roles, who is which trainee, codes that were given."""
    return {
        table: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in (role, trainee_person, *CODES)
    }


def _put_back(connection: Connection, mine: Mapping[Table, list[dict[str, Any]]]) -> None:
    """Whatever of it has still its shop, or its trainee; without a shop it was never gone."""
    there = {each.name: set(connection.execute(select(each.c.id)).scalars()) for each in (shop, trainee)}
    for table, rows in mine.items():
        kept = set(connection.execute(select(table.c.id)).scalars()) if "id" in table.c else set()
        wanted = [
            each
            for each in rows
            if each.get("id") not in kept
            and each.get("shop_id") in (None, *there["shop"])
            and each.get("trainee_id") in (None, *there["trainee"])
        ]
        if wanted:
            connection.execute(insert(table), wanted)


def _kept_before(engine: Engine) -> Path | None:
    """A backup of what a restore is about to replace, beside the store; the newest few are kept."""
    with reading(engine) as connection:
        if not connection.execute(select(func.count()).select_from(shop)).scalar():
            return None
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    folder = Path(file).parent if file else userdata.folder()
    stem = f"{Path(file).stem if file else 'server'}-before-restore-"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.playbook"
    backup(engine, path)
    for old in sorted(folder.glob(f"{glob.escape(stem)}*.playbook"))[:-_KEPT_BEFORE]:
        old.unlink(missing_ok=True)
    return path


def _empty(connection: Connection, replace: bool) -> None:
    count = connection.execute(select(func.count()).select_from(shop)).scalar() or 0
    if not count:
        return
    if not replace:
        raise StoreError(
            ngettext(
                "{where}: this store already has {count} shop, the trash included. Restore into a new one with --db "
                "NEW_FILE, or let the backup take its place: --replace.",
                "{where}: this store already has {count} shops, the trash included. Restore into a new one with --db "
                "NEW_FILE, or let the backup take its place: --replace.",
                count,
                where=spoken(connection.engine.url),
                count=count,
            )
        )
    for table in reversed(TABLES):
        if table not in (layout, sheet_answer):
            connection.execute(delete(table))


def _copy_rows(source: Connection, target: Connection, tables: Sequence[Table], checked: Path | None = None) -> None:
    """Every row of these tables. `checked` names the file whose rows must first be shown to be readable."""
    for table in tables:
        with as_store_errors(str(checked or _("the store"))):
            result = source.execution_options(yield_per=_CHUNK).execute(select(table))
        for values in _chunks(result.mappings().partitions(), table.name, checked):
            if checked is not None:
                for each in values:
                    examine.row(table.name, each, checked)
            if table is audit:
                values = _not_there(target, values)
            if values:
                with _fitting(table.name, checked):
                    target.execute(insert(table), values)


@contextmanager
def _fitting(table: str, checked: Path | None) -> Iterator[None]:
    """A row without its shop, or with a value that its column does not take, is said of the backup."""
    try:
        yield
    except StatementError as error:
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError):
            raise  # of the store itself: full, locked, gone
        raise _unreadable(table, checked, str(error.orig)) from None


def _unreadable(table: str, checked: Path | None, why: str) -> StoreError:
    first = why.partition("\n")[0][:120]
    return StoreError(
        _(
            "{where}: a row of '{table}' cannot be read ({why}), so nothing was restored. Use another backup.",
            where=checked or _("the store"),
            table=table,
            why=first,
        )
    )


def _not_there(target: Connection, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The audit list only grows, so a store has some of its rows when its own backup comes back."""
    query = select(audit.c.id).where(audit.c.id.in_([each["id"] for each in rows]))
    known = set(target.execute(query).scalars())
    return [each for each in rows if each["id"] not in known]


def _chunks(rows: Iterable[Sequence[RowMapping]], table: str, checked: Path | None) -> Iterator[list[dict[str, Any]]]:
    """A moment that is none fails while its row is fetched, before the row can be looked at."""
    try:
        for each in rows:
            yield [dict(row) for row in each]
    except (ValueError, TypeError) as error:
        raise _unreadable(table, checked, str(error) or _("no value")) from None


def _copy_file(engine: Engine, target: Path) -> None:
    with reading(engine) as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        with plain(target) as copy:
            # A second connection copies, since this one holds a transaction; both see the same state of the file.
            raw_uri = sqlite3.connect(str(engine.url.database))
            try:
                raw_uri.backup(copy)
            finally:
                raw_uri.close()


def _copy_server(engine: Engine, target: Path) -> None:
    copy = connect(_file(target), create=True)
    try:
        bring_up(copy)
        with reading(engine) as there, writing(copy) as here:
            _copy_rows(there, here, (*TABLES, *PEOPLE))
    finally:
        copy.dispose()


def _one_file(path: Path) -> None:
    """Fold the write-ahead log in, and check what was written."""
    try:
        with plain(path) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
            answer = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        raise StoreError(_("The backup came out damaged ({why}). Check the disk, then try again.", why=answer))


@contextmanager
def new_file(target: Path, replace: bool) -> Iterator[Path]:
    """A temporary file beside `target` that takes its name when all went well. Raises StoreError."""
    if target.is_dir():
        raise StoreError(_("{file}: this is a folder. Name a file in it.", file=target))
    if target.exists() and not replace:
        raise StoreError(
            _("{file}: there is such a file already. Choose another name, or overwrite it: --replace.", file=target)
        )
    if not target.absolute().parent.is_dir():
        raise StoreError(
            _("{file}: there is no folder {folder}. Make it first.", file=target, folder=target.absolute().parent)
        )
    sweep(target.parent)
    temporary = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
    try:
        make_private(temporary)
        with held(temporary):
            yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or driver_words(error)
        raise StoreError(
            _("{file}: cannot be written ({why}). Choose another place.", file=target, why=reason)
        ) from None
    finally:
        _remove(temporary)


def sweep(folder: Path) -> None:
    """Remove what a program that was killed left of a file it was writing; a file that is being written stays."""
    with suppress(OSError):
        for each in folder.glob(f".*{UNFINISHED}"):
            if abandoned(each):
                _remove(each)


def _remove(temporary: Path) -> None:
    for rest in ("-wal", "-shm", "-journal", ""):  # the file itself last: by it the others are found
        with suppress(OSError):
            temporary.with_name(temporary.name + rest).unlink(missing_ok=True)


def _file(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))
