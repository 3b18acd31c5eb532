"""When the ground gives way: full disks, locks of other programs, servers that go. Words, and nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from playbook.store import Shop, Store, StoreError, engine
from playbook.store.engine import reading, writing

from . import server
from .lives import full, live
from .processes import child

ROOT = Path(__file__).resolve().parents[2]

#: On a disk of two megabytes: a store, then no room, then every way to write, then room again.
ON_A_FULL_DISK = """
import os, sys
from pathlib import Path
from playbook import userdata
from playbook.model.running import Tap, TotalsRow
from playbook.store import Store, StoreError
from tests.store.lives import full, live

disk = Path(sys.argv[1])
os.environ["PLAYBOOK_HOME"] = str(disk / "home")
userdata.save_settings(userdata.UserSettings(timezone="before"))

def refused(kind, work):
    try:
        work()
    except kind as error:
        print(kind.__name__, str(error).replace(str(disk), "DISK"))
    else:
        print("NOT REFUSED")

with Store.open(str(disk / "s.db")) as store:
    shop = store.create_shop("Dana")
    live = store.running.start(shop.id)
    store.running.tap(live.id, Tap(live.start, "pin"))
    row = TotalsRow(live.start, {"views": 5.0})
    store.running.note(live.id, row)
    store.apply(store.plan_import(shop.id, [full(0)]))
    many = store.plan_import(shop.id, [full(index) for index in range(60)])
    ballast = disk / "ballast"
    with open(ballast, "wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
    refused(StoreError, lambda: store.apply(many))
    refused(StoreError, lambda: store.backup(disk / "copy.db"))
    refused(StoreError, lambda: store.export_csv(shop.id, disk / "all.zip"))
    refused(OSError, lambda: userdata.save_settings(userdata.UserSettings(timezone="after" * 2000)))
    taps = 0
    try:
        while taps < 500:
            store.running.tap(live.id, Tap(live.start, "pin", note="x" * 900))
            taps += 1
    except StoreError as error:
        print("StoreError", str(error).replace(str(disk), "DISK"))
    print("LEFT", sorted(each.name for each in disk.iterdir() if not each.name.startswith("s.db")))
    print("LEFT", sorted(each.name for each in (disk / "home").iterdir()))
    ballast.unlink()
    print("KEPT", len(store.running.one(live.id).taps) == taps + 1, store.running.one(live.id).rows == (row,))
    print("KEPT", [each.id for each in store.sessions(shop.id)] == [full(0).id])
    print("KEPT", userdata.load_settings()[0].timezone == "before")
    store.apply(many)
    print("WORKS", len(store.sessions(shop.id)))
"""


def small_disk(script: str) -> list[str]:
    """What a script printed that ran with a real file system of two megabytes as its argument."""
    mounted = 'mount -t tmpfs -o size=2m none "$1" && exec "$2" -c "$3" "$1"'
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], capture_output=True).returncode:
        pytest.skip("this system lets no test mount a file system of its own")
    disk = Path(os.environ.get("TMPDIR", "/tmp")) / f"playbook-disk-{os.getpid()}"
    disk.mkdir()
    try:
        line = [unshare, "-rm", "sh", "-c", mounted, "sh", str(disk), sys.executable, script]
        done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120)
    finally:
        disk.rmdir()
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_disk_that_is_really_full_loses_nothing() -> None:
    said = small_disk(ON_A_FULL_DISK)
    full_disk = "the disk is full. Free some space, then try again. Nothing was changed."
    assert said[0] == f"StoreError DISK/s.db: {full_disk}"
    assert said[1].startswith("StoreError DISK/copy.db: cannot be written (") and "full" in said[1]
    assert said[2].startswith("StoreError DISK/all.zip: cannot be written (No space left"), "it could be read"
    assert said[3] == "OSError [Errno 28] No space left on device"
    assert said[4] == said[0]
    assert said[5] == "LEFT ['ballast', 'home']" and "new" not in said[6]
    assert said[7:] == ["KEPT True True", "KEPT True", "KEPT True", "WORKS 60"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be forked")
def test_a_lock_of_another_process_is_waited_for_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.db"
    with Store.open(str(path)) as store:
        shop = store.create_shop("Dana")
    held, begun = os.pipe()
    free, release = os.pipe()

    def hold() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            os.write(begun, b"x")
            os.read(free, 1)
            other.execute("ROLLBACK")

    pid = child(hold)
    os.read(held, 1)
    monkeypatch.setattr(engine, "WAIT", 0.3)
    with Store.open(str(path)) as store:
        with pytest.raises(StoreError, match=r"another program is writing to it and did not finish in time\. Close"):
            store.apply(store.plan_import(shop.id, [live()]))
        assert store.sessions(shop.id) == []  # reading goes on meanwhile
    monkeypatch.setattr(engine, "WAIT", 20.0)
    with Store.open(str(path)) as store:
        threading.Timer(0.3, lambda: os.write(release, b"x")).start()
        store.apply(store.plan_import(shop.id, [live()]))  # waits for its turn
        assert len(store.sessions(shop.id)) == 1
    assert os.waitpid(pid, 0)[1] == 0
    for end in (held, begun, free, release):
        os.close(end)


def only_postgresql(store: Store) -> None:
    if store.engine.dialect.name != "postgresql":
        pytest.skip("a file has no connection to lose")


def end_connections(postgres: str, mine: int | None = None) -> None:
    """End every connection of the tests' database, or one."""
    import psycopg

    which = "pid <> pg_backend_pid()" if mine is None else f"pid = {mine}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as other:
        other.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {which} AND usename = 'tester'")


def test_a_connection_lost_between_two_looks_is_made_anew(store: Store, shop: Shop, request: Any) -> None:
    only_postgresql(store)
    store.apply(store.plan_import(shop.id, [live(0)]))
    end_connections(request.getfixturevalue("postgres"))
    assert len(store.sessions(shop.id)) == 1
    end_connections(request.getfixturevalue("postgres"))
    store.apply(store.plan_import(shop.id, [live(1)]))
    assert len(store.sessions(shop.id)) == 2


@pytest.mark.parametrize("statement", [1, 3, 6])
def test_a_connection_lost_while_storing_stores_nothing(store: Store, shop: Shop, statement: int, request: Any) -> None:
    only_postgresql(store)
    postgres = request.getfixturevalue("postgres")
    plan = store.plan_import(shop.id, [full(index) for index in range(5)])
    seen: list[str] = []

    def cut(connection: Any, _cursor: Any, words: str, *_rest: Any) -> None:
        if connection.get_execution_options().get("writes"):
            seen.append(words)
            if len(seen) == statement:
                end_connections(postgres, connection.connection.driver_connection.info.backend_pid)

    event.listen(store.engine, "before_cursor_execute", cut)
    with pytest.raises(StoreError) as lost:
        store.apply(plan)
    event.remove(store.engine, "before_cursor_execute", cut)
    assert str(lost.value).endswith(
        ": the connection to the server was lost. Work that was not finished is undone there. Check the network, look "
        "what is stored, then try again."
    )
    assert len(seen) == statement
    assert store.sessions(shop.id) == []
    store.apply(plan)
    assert len(store.sessions(shop.id)) == 5


def test_a_connection_lost_before_it_was_confirmed(store: Store, request: Any) -> None:
    only_postgresql(store)
    with pytest.raises(StoreError, match="the connection to the server was lost"), writing(store.engine) as connection:
        connection.execute(text("UPDATE shop SET market = 'x'"))
        end_connections(request.getfixturevalue("postgres"), connection.connection.driver_connection.info.backend_pid)
    with reading(store.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM shop WHERE market = 'x'")).scalar() == 0


def test_a_server_that_stops_leaves_no_line_of_its_driver_in_the_log(
    new_url: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look of a driver at a server asks for a type that no column has, and logs when it is cut off."""
    url = new_url()
    if not url.startswith("postgresql"):
        pytest.skip("a file has no driver that logs")
    from psycopg.types import TypeInfo

    asked: list[object] = []
    monkeypatch.setattr(TypeInfo, "fetch", lambda *each: asked.append(each))
    with caplog.at_level("WARNING"), Store.open(url) as store:
        store.create_shop("Dana")
    assert not asked and not caplog.records


def test_a_server_that_was_stopped_is_told() -> None:
    programs = server.find()
    if programs is None:
        pytest.skip(server.HOW)
    with server.running(programs) as url:
        store = Store.open(f"{url}/postgres")
        shop = store.create_shop("Dana")
    with store:
        for work in (store.shops, lambda: store.apply(store.plan_import(shop.id, [live()]))):
            with pytest.raises(StoreError, match=r"no PostgreSQL server answers there\. Check that it runs"):
                work()
