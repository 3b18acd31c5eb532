"""Older stores are brought up with their data; newer and foreign ones are refused."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, inspect, text

from playbook.store import Store, StoreError, encode, migrate, schema
from playbook.store.engine import address, connect, writing

from .lives import full, live


def at_first_schema(url: str) -> None:
    """A store as the first release left it: one shop with two LIVEs, one of them restated, with parts."""
    engine = connect(address(url), create=True)
    session, now = full(), datetime(2026, 8, 5, 10)
    with writing(engine) as connection:
        migrate.upgrade(connection, "0001")
        tables = MetaData()
        tables.reflect(connection)
        rows: dict[str, list[dict[str, object]]] = {
            "shop": [{"id": "s", "name": "Dana", "name_key": "dana", "timezone": "Asia/Jakarta", "created_at": now}],
            "creator": [{"shop_id": "s", "name": "dana"}],
            "benchmark": [{"id": "b", "shop_id": "s", "place": 0, "metric": "err", "value": 0.1, "source": "x",
                           "date": "2026-08-01"}],
            "live": [{"id": f"l{index}", "shop_id": "s", "session_id": live(index).id, "start": live(index).start,
                      "current": f"v{index}", "created_at": now} for index in range(2)],
            "version": [
                {"id": key, "live_id": owner, "number": number, "imported_at": now, "digest": encode.digest(each),
                 "session_id": each.id, "data": encode.totals(each)}
                for key, owner, number, each in (("old", "l0", 1, live(0, gmv=9.0)), ("v0", "l0", 2, session),
                                                 ("v1", "l1", 1, live(1)))
            ],
            "part": [
                {"id": kind, "live_id": "l0", "kind": kind, "number": 1, "current": True, "imported_at": now,
                 "digest": encode.part_digest(data), "data": encode.pack(data)}
                for kind, data in encode.parts(session).items()
            ],
        }  # fmt: skip
        for name, wanted in rows.items():
            connection.execute(tables.tables[name].insert(), wanted)
    engine.dispose()


def test_the_first_released_schema_goes_up_with_its_data(url: str) -> None:
    at_first_schema(url)
    with Store.open(url) as store:
        (shop,) = store.shops()
        assert (shop.name, shop.timezone, shop.creators, shop.looked_at) == ("Dana", "Asia/Jakarta", ("dana",), None)
        assert store.session("s", live(0).id) == full()
        assert store.session("s", live(0).id).trend.equals(full().trend)
        assert store.session("s", live(1).id) == live(1)
        assert [each.session.counts["gmv"] for each in store.versions("s", live(0).id)] == [9.0, 990.5]
        assert store.benchmarks("s")[0].value == 0.1
        assert store.plan_import("s", [full(), live(1)]).changes_nothing
        store.set_note("s", live(0).id, "works")
        store.mark_reviewed("s", live(0).id)
        store.mark_looked("s")
        assert store.marks("s")[live(0).id].note == "works"


def tables_of(connection: Connection) -> dict[str, object]:
    """Everything that a database says of its tables; columns by name, since a migration adds them last."""
    found = inspect(connection)
    return {
        name: {
            "columns": {each["name"]: {**each, "type": str(each["type"])} for each in found.get_columns(name)},
            "key": found.get_pk_constraint(name),
            "foreign": sorted(map(str, found.get_foreign_keys(name))),
            "unique": sorted(map(str, found.get_unique_constraints(name))),
            "indexes": sorted(
                str(each | {"dialect_options": {key: str(value) for key, value in each["dialect_options"].items()}})
                for each in found.get_indexes(name)
            ),
            "checks": sorted(map(str, found.get_check_constraints(name))),
        }
        for name in found.get_table_names()
    }


def test_migrations_make_the_tables_of_a_new_store(url: str) -> None:
    engine = connect(address(url), create=True)
    with writing(engine) as connection:
        migrate.upgrade(connection, schema.HEAD)
        migrated = tables_of(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        schema.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()
    with Store.open(url) as store, store.engine.connect() as connection:
        assert migrate.revision_of(connection) == schema.HEAD
        assert tables_of(connection) == migrated


def test_the_program_knows_every_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(each.revision for each in scripts.walk_revisions())[::-1] == schema.REVISIONS
    assert scripts.get_current_head() == schema.HEAD


def test_a_newer_store_is_refused_and_left_alone(url: str) -> None:
    with Store.open(url) as store, writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(StoreError) as refused:
        Store.open(url)
    assert str(refused.value).endswith(
        ": this store was made by a newer version of this program (schema 0999, known here up to "
        f"{schema.HEAD}). Update the program, or name another store with --db."
    )


def test_tables_of_another_program_are_not_touched(url: str) -> None:
    engine = create_engine(address(url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shop (street TEXT)"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"this database has tables of another program \(shop\). Use an empty one."):
        Store.open(url)


def test_a_migration_that_fails_leaves_the_old_schema(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_first_schema(url)
    real = migrate.upgrade

    def broken(connection, revision):
        real(connection, revision)
        connection.execute(text("SELECT nothing_of_that_name"))

    monkeypatch.setattr(migrate, "upgrade", broken)
    with pytest.raises(StoreError):
        Store.open(url)
    monkeypatch.undo()
    engine = connect(address(url), create=False)
    with engine.connect() as connection:
        assert migrate.revision_of(connection) == "0001"
    engine.dispose()
    with Store.open(url) as store:
        assert len(store.sessions("s")) == 2
