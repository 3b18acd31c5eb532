"""Bring a store to this program's schema when it is opened.

A new store gets today's tables at once; only an older one goes through the migrations. A test holds both ways to the
same tables.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, PrimaryKeyConstraint, String, Table, inspect, text

from playbook.language import _

from .engine import reading, spoken, writing
from .errors import StoreError
from .schema import HEAD, REVISIONS, metadata

#: Any number, the same for all: PostgreSQL lets one holder of it at a time change the schema.
_TURN = 7_301_945

#: As alembic makes it, which looks here for the revision of a store.
_VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def bring_up(engine: Engine) -> None:
    """Make the tables or change older ones, in one transaction. Raises StoreError for a newer or a foreign store."""
    with reading(engine) as connection:
        found = _check(connection)
    if found == HEAD:
        return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        found = _check(connection)  # another may have been quicker
        if found is None:
            create(connection)
        elif found != HEAD:
            upgrade(connection, HEAD)


def create(connection: Connection) -> None:
    """Make today's tables in an empty database, inside the caller's transaction."""
    metadata.create_all(connection, checkfirst=False)
    _VERSION.create(connection)
    connection.execute(_VERSION.insert().values(version_num=HEAD))


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
            _(
                "{where}: this store was made by a newer version of this program (schema {found}, known "
                "here up to {head}). Update the program, or name another store with --db.",
                where=where,
                found=found,
                head=HEAD,
            )
        )
    taken = set(inspect(connection).get_table_names()) & set(metadata.tables) if found is None else None
    if taken:
        raise StoreError(
            _(
                "{where}: this database has tables of another program ({tables}). Use an empty one.",
                where=where,
                tables=", ".join(sorted(taken)),
            )
        )
    return found
