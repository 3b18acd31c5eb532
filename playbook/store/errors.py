"""What can go wrong with a store, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from playbook.language import N_, _


class StoreError(Exception):
    """Nothing was stored or changed. The text is what a person reads: which store, what is wrong, what to do."""


class GoneError(StoreError):
    """What is asked for was deleted with all it belongs to, so asking again finds nothing."""


class StaleError(StoreError):
    """Somebody else changed the same thing since it was shown. The text says what it is now."""


#: Not "nothing was changed": of a connection lost while it was confirming, nobody on this side knows.
_LOST = N_(
    "the connection to the server was lost. Work that was not finished is undone there. Check the network, look what "
    "is stored, then try again."
)
#: A part of the driver's own message (lower case), and what is said instead.
_SAYINGS = (
    ("readonly database",
     N_("it cannot be written: the file or its folder is read-only. Allow writing, or name another place with "
        "--db or PLAYBOOK_DB.")),
    ("unable to open database file",
     N_("it cannot be opened. Check that the folder exists and that you may write in it, or name another place "
        "with --db or PLAYBOOK_DB.")),
    ("the file is gone",
     N_("it is not there any more: deleted, moved or renamed. Put it back and all goes on; for a new one start "
        "the program again.")),
    ("is locked",
     N_("another program is writing to it and did not finish in time. Close the other one or wait, then try "
        "again. Nothing was changed.")),
    ("database is busy",
     N_("another program is writing to it and did not finish in time. Close the other one or wait, then try "
        "again. Nothing was changed.")),
    ("disk is full", N_("the disk is full. Free some space, then try again. Nothing was changed.")),
    ("no space left", N_("the disk is full. Free some space, then try again. Nothing was changed.")),
    ("could not extend file", N_("the disk is full. Free some space, then try again. Nothing was changed.")),
    ("not a database", N_("this file is not a store of LIVEs. Name the right file, or restore a backup to a new one.")),
    ("malformed",
     N_("the file is damaged. Restore a backup to a new file with: python -m playbook restore BACKUP --db "
        "NEW_FILE")),
    ("disk i/o error", N_("the disk reported an error. Check the disk, then try again.")),
    ("terminating connection", _LOST),
    ("closed the connection", _LOST),
    ("connection is lost", _LOST),
    ("connection is closed", _LOST),
    ("connection reset", _LOST),
    ("connection timed out", _LOST),
    ("ssl syscall error", _LOST),
    ("is starting up", N_("the server is just starting. Try again in a moment.")),
    ("is shutting down", N_("the server is being stopped. Try again when it runs.")),
    ("password authentication failed", N_("the server refused the user or the password. Check the URL.")),
    ("no password supplied",
     N_("the server asks for a password and the URL has none. Write it as "
        "postgresql://USER:PASSWORD@HOST/DATABASE.")),
    ("connection refused",
     N_("no PostgreSQL server answers there. Check that it runs, and the host and port in the URL.")),
    ("connection failed", N_("the server cannot be reached. Check the host, the port and the network.")),
    ("could not translate host name", N_("there is no such host. Check the host in the URL.")),
    ("failed to resolve host", N_("there is no such host. Check the host in the URL.")),
    ("permission denied", N_("this database user may not do that. Ask for the rights to create and write tables.")),
    ("insufficient privilege",
     N_("this database user may not do that. Ask for the rights to create and write tables.")),
    ("read-only transaction", N_("the server accepts no changes at the moment. Try again later.")),
    ("one_name", N_("there is a shop of this name already. Choose another name.")),
    ("shop.name_key", N_("there is a shop of this name already. Choose another name.")),
    ("one_trainee", N_("there is a trainee of this name already. Choose another name.")),
    ("trainee.name_key", N_("there is a trainee of this name already. Choose another name.")),
    ("lock timeout",
     N_("another program is writing to it and did not finish in time. Try again. Nothing was changed.")),
)  # fmt: skip


@contextmanager
def as_store_errors(where: str) -> Iterator[None]:
    """Driver errors inside become a StoreError about the store called `where`."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{where}: {saying(driver_words(error.orig))}") from error
    except NoSuchModuleError as error:
        raise StoreError(
            _("{where}: this kind of database is not known. Use a file, or postgresql://...", where=where)
        ) from error
    except SQLAlchemyError as error:
        raise StoreError(f"{where}: {saying(str(error))}") from error


def driver_words(error: BaseException | None) -> str:
    """The driver's message; SQLite calls a disk without room for its shared memory only an I/O error."""
    no_room = ("SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMMAP")
    return "disk is full" if getattr(error, "sqlite_errorname", "") in no_room else str(error)


def saying(message: str) -> str:
    """The driver's message in words that a person can act on."""
    plain = message.lower()
    if 'database "' in plain and "does not exist" in plain:
        return _("the server has no such database. Create it first: createdb NAME")
    for part, words in _SAYINGS:
        if part in plain:
            return _(words)
    first = next((line.strip() for line in message.splitlines() if line.strip()), _("no reason was given"))
    return _("the database answered: {reason}", reason=first)
