"""Opening a store, and what is said when that cannot be."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from playbook.store import Store, StoreError, engine

from . import server
from .lives import live
from .processes import together


def test_the_default_is_a_file_in_the_users_own_folder(own_home: Path) -> None:
    with Store.open() as store:
        store.create_shop("Dana")
    assert (own_home / "playbook.db").is_file()
    with Store.open(str(own_home / "playbook.db")) as store:
        assert [shop.name for shop in store.shops()] == ["Dana"]


def test_the_environment_names_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_DB", f"sqlite:///{tmp_path / 'team.db'}")
    with Store.open() as store:
        assert store.where == str(tmp_path / "team.db")


@pytest.mark.parametrize("name", ["a b.db", "ünï%20 #?.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with Store.open(str(tmp_path / name)) as store:
        store.create_shop("Dana")
        store.backup(tmp_path / f"copy of {name}")
    assert (tmp_path / name).is_file()
    with Store.open(str(tmp_path / "new.db")) as store:
        store.restore(tmp_path / f"copy of {name}")
        assert len(store.shops()) == 1


def refusal(url: str, **options: bool) -> str:
    with pytest.raises(StoreError) as refused:
        Store.open(url, **options)
    return str(refused.value)


def test_a_missing_file_or_folder_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "no.db"
    assert refusal(str(missing), create=False) == (
        f"{missing}: there is no such file. Store LIVEs first: python -m playbook import FILE --shop NAME --create"
    )
    assert not missing.exists()
    assert refusal(str(tmp_path / "no" / "x.db")) == (
        f"{tmp_path / 'no'}: there is no such folder. Make it first, or name another place."
    )
    assert refusal(str(tmp_path)) == f"{tmp_path}: this is a folder. Name a file in it, like {tmp_path / 'playbook.db'}"


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"PK\x03\x04" + b"something else entirely " * 100)
    before = file.read_bytes()
    assert refusal(str(file)) == (
        f"{file}: this file is not a store of LIVEs. Name the right file, or restore a backup to a new one."
    )
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "mysql://localhost/x",
            "mysql://localhost/x: this kind of database is not known. Use a file, or postgresql://",
        ),
        ("sqlite://", "sqlite:// names no file. Write it like sqlite:///folder/playbook.db"),
        (
            "postgresql://:bad:port/",
            "'postgresql://...' is not a database URL. Write a file name, or postgresql://USER:",
        ),
    ],
)
def test_a_url_that_cannot_be_is_told(url: str, message: str) -> None:
    assert refusal(url).startswith(message)


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    said = refusal(f"postgresql://dana:secret@127.0.0.1:{server.free_port()}/lives")
    assert "no PostgreSQL server answers there. Check that it runs, and the host and port in the URL." in said
    assert "secret" not in said


@pytest.mark.parametrize("driver", ["asyncpg", "psycopg2", "nosuch"])
def test_a_url_of_another_program_is_read_with_the_driver_that_is_here(driver: str, tmp_path: Path) -> None:
    said = refusal(f"postgresql+{driver}://dana:secret@127.0.0.1:{server.free_port()}/lives?password=secret")
    assert "no PostgreSQL server answers there" in said and "secret" not in said
    with Store.open(f"sqlite+{driver}:///{tmp_path}/s.db") as store:
        assert store.shops() == []


def test_a_missing_database_is_told(postgres: str) -> None:
    assert refusal(f"{postgres}/nowhere").endswith(
        "/nowhere: the server has no such database. Create it first: createdb NAME"
    )


def test_without_its_driver_postgresql_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert refusal("postgres://localhost/x") == (
        "PostgreSQL needs one more package. Install it with: "
        ".venv/bin/python -m pip install -r requirements-postgres.txt"
    )


def test_a_locked_store_is_told_and_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WAIT", 0.2)
    with Store.open(str(tmp_path / "s.db")) as store:
        shop = store.create_shop("Dana")
        other = sqlite3.connect(tmp_path / "s.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as refused:
            store.apply(store.plan_import(shop.id, [live()]))
        other.execute("ROLLBACK")
        other.close()
        assert str(refused.value) == (
            f"{tmp_path / 's.db'}: another program is writing to it and did not finish in time. Close the other one or "
            "wait, then try again. Nothing was changed."
        )
        assert store.sessions(shop.id) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that gives up its rights")
@pytest.mark.parametrize("there", [False, True], ids=["new", "existing"])
def test_a_read_only_folder_is_told(there: bool) -> None:
    folder = Path(tempfile.mkdtemp(prefix="playbook-sealed-"))  # pytest's own folders let nobody else pass
    try:
        if there:
            Store.open(str(folder / "s.db")).close()
        for each in folder.iterdir():
            each.chmod(0o444)
        folder.chmod(0o555)

        def attempt() -> None:
            if os.geteuid() == 0:  # root may write everywhere
                os.setgroups([])
                os.setuid(65534)
            said = refusal(str(folder / "s.db"))
            assert said.startswith(f"{folder / 's.db'}: it cannot be ")
            assert "--db or PLAYBOOK_DB" in said

        assert together(attempt) == [0]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("driver", "said"),
    [
        ("attempt to write a readonly database", "it cannot be written: the file or its folder is read-only."),
        ("database or disk is full", "the disk is full. Free some space, then try again. Nothing was changed."),
        ("unable to open database file", "it cannot be opened. Check that the folder exists"),
        ("database disk image is malformed", "the file is damaged. Restore a backup to a new file"),
        ("disk I/O error", "the disk reported an error."),
        ('FATAL:  password authentication failed for user "x"', "the server refused the user or the password."),
        ("\nsomething quite new\nand more", "the database answered: something quite new"),
    ],
)
def test_what_a_driver_says_becomes_what_to_do(driver: str, said: str) -> None:
    from playbook.store.errors import saying

    assert saying(driver).startswith(said)


def test_a_full_disk_stores_nothing(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        shop = store.create_shop("Dana")

        def small(connection: sqlite3.Connection, _record: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages + 2}")

        from sqlalchemy import event

        event.listen(store.engine, "connect", small)
        with pytest.raises(
            StoreError, match=r"the disk is full. Free some space, then try again. Nothing was changed."
        ):
            store.apply(store.plan_import(shop.id, [live(index) for index in range(200)]))
        event.remove(store.engine, "connect", small)
        assert store.sessions(shop.id) == []
