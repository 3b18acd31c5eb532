"""Connections to a file are kept from call to call, and never outlive the file, the process or the store."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from playbook.store import Store, StoreError
from playbook.store.engine import reading, writing
from playbook.store.kept_connections import KEPT, KeptConnection

from .processes import together


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store.open(str(tmp_path / "store.db")) as store:
        store.create_shop("Dana")
    return tmp_path / "store.db"


def names(store: Store) -> list[str]:
    return [each.name for each in store.shops()]


def other(path: Path) -> Path:
    """Another store of the same size, without companions."""
    copy = Path(shutil.copy(path, path.with_name("other.db")))
    with Store.open(str(copy)) as store:
        store.change_shop(store.shops()[0].id, name="Ana!")
    return copy


def test_calls_share_a_connection(path: Path) -> None:
    with Store.open(str(path)) as store:
        seen = set()
        for _ in range(5):
            with reading(store.engine) as connection:
                seen.add(id(connection.connection.dbapi_connection))
        assert len(seen) == 1


def test_a_file_that_is_gone_is_said_and_not_made_anew_and_comes_back(path: Path) -> None:
    with Store.open(str(path)) as store:
        assert names(store) == ["Dana"]
        away = path.rename(path.with_name("away.db"))
        for _ in range(2):
            with pytest.raises(StoreError, match="it is not there any more"):
                store.shops()
            with pytest.raises(StoreError, match="it is not there any more"):
                store.create_shop("New")
        assert not path.exists()
        away.rename(path)
        assert names(store) == ["Dana"]


@pytest.mark.parametrize("how", [os.replace, shutil.copyfile], ids=["another file", "written over"])
def test_a_file_in_its_place_is_what_is_read_and_written(path: Path, how) -> None:
    new = other(path)
    with Store.open(str(path)) as store:
        store.create_shop("Gone with the old file")
        assert names(store) == ["Dana", "Gone with the old file"]
        how(new, path)
        assert names(store) == ["Ana!"]
        store.create_shop("Written to the new file")
    with Store.open(str(path)) as store:
        assert names(store) == ["Ana!", "Written to the new file"]
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_copy_of_the_file_alone_is_whole_while_the_store_is_open(path: Path) -> None:
    with Store.open(str(path)) as store:
        for number in range(3):
            store.create_shop(f"Shop {number}")
            copy = shutil.copy(path, path.with_name("copy.db"))
            with closing(sqlite3.connect(copy)) as plain:
                assert plain.execute("SELECT count(*) FROM shop").fetchone() == (2 + number,)
        assert path.with_name("store.db-wal").stat().st_size == 0
        assert all(each.stat().st_mode & 0o077 == 0 for each in path.parent.glob("store.db*")) or os.name == "nt"
    assert [each.name for each in path.parent.glob("store.db*")] == ["store.db"]


def test_what_is_left_in_the_log_while_somebody_reads_is_taken_over_by_the_next_writer(path: Path) -> None:
    log = path.with_name("store.db-wal")
    with Store.open(str(path)) as store:
        with reading(store.engine) as connection:
            connection.exec_driver_sql("SELECT * FROM shop").all()
            store.create_shop("While somebody reads")
            assert log.stat().st_size > 0
        assert names(store) == ["Dana", "While somebody reads"]
        store.create_shop("The next")
        assert log.stat().st_size == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
def test_a_forked_process_opens_its_own(path: Path) -> None:
    with Store.open(str(path)) as store:
        assert names(store) == ["Dana"]
        before = store.engine.pool.checkedin()  # type: ignore[attr-defined]

        def work() -> None:
            store.create_shop(f"By {os.getpid()}")

        assert together(work, work, work) == [0, 0, 0]
        assert len(names(store)) == 4 and before == 1
        store.create_shop("By the first")
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("SELECT count(*) FROM shop").fetchone() == (5,)


def test_a_short_wait_is_for_one_call(path: Path) -> None:
    with Store.open(str(path)) as store:
        with writing(store.engine, wait=0.25) as connection:
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 250
        for begun in (reading, writing):
            with begun(store.engine) as connection:
                assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 20_000


def test_many_threads_leave_few_connections(path: Path) -> None:
    with Store.open(str(path)) as store:
        gate, errors = threading.Barrier(24), []

        def visit() -> None:
            try:
                with reading(store.engine) as connection:
                    gate.wait(20)  # all of them at once
                    connection.exec_driver_sql("SELECT * FROM shop").all()
            except StoreError as error:
                errors.append(error)

        crowd = [threading.Thread(target=visit) for _ in range(24)]
        for each in crowd:
            each.start()
        for each in crowd:
            each.join()
        assert not errors
        assert store.engine.pool.checkedin() <= KEPT  # type: ignore[attr-defined]
        with reading(store.engine) as connection:
            assert isinstance(connection.connection.dbapi_connection, KeptConnection)
