"""Bring a store to this program's schema when it is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from .engine import reading, spoken, writing
from .errors import StoreError
from .schema import HEAD, REVISIONS, metadata

#: Any number, the same for all: PostgreSQL lets one holder of it at a time change the schema.
_TURN = 7_301_945


def bring_up(engine: Engine) -> None:
    """Make the tables or change older ones, in one transaction. Raises StoreError for a newer or a foreign store."""
    with reading(engine) as connection:
        found = _check(connection)
    if found == HEAD:
        return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        if _check(connection) != HEAD:  # another may have been quicker
            upgrade(connection, HEAD)


def upgrade(connection: Connection, revision: str) -> None:
    """Run the migrations up to `revision` inside the caller's transaction."""
    from alembic import command  # slow to load, and needed once in a store's life
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revision_of(connection: Connection) -> str | None:
    """The schema that a database has; None when it has none of ours."""
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _check(connection: Connection) -> str | None:
    found = revision_of(connection)
    where = spoken(connection.engine.url)
    if found is not None and found not in REVISIONS:
        raise StoreError(
            f"{where}: this store was made by a newer version of this program (schema {found}, known here up to "
            f"{HEAD}). Update the program, or name another store with --db."
        )
    taken = set(inspect(connection).get_table_names()) & set(metadata.tables) if found is None else None
    if taken:
        raise StoreError(
            f"{where}: this database has tables of another program ({', '.join(sorted(taken))}). Use an empty one."
        )
    return found
