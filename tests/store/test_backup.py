"""Everything in one file and back, and everything as CSV."""

from __future__ import annotations

import csv
import io
import os
import sqlite3
import zipfile
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import playbook
from playbook.imports import read_files
from playbook.model.session import COUNTS
from playbook.simulation.shops import restless_shop
from playbook.store import Shop, ShopBenchmark, Store, StoreError
from playbook.store.csv_files import cell, number
from playbook.store.examine import MAX_UNFOLDED

from .lives import full, live


def filled(store: Store, shop: Shop) -> None:
    lives = restless_shop(np.random.default_rng(5), 14, 20_000)
    lives[-1] = replace(lives[-1], trend=full().trend, trend_step=1.0, events=full().events, creator="dana")
    store.apply(store.plan_import(shop.id, lives))
    store.apply(store.plan_import(shop.id, [replace(lives[3], counts=dict(lives[3].counts) | {"gmv": 1234.56})]))
    store.set_note(shop.id, lives[2].id, "=note")
    store.mark_reviewed(shop.id, lives[2].id)
    store.set_benchmarks(shop.id, [ShopBenchmark("err", 0.1, "deck", "2026-08-01")])
    store.delete_session(shop.id, lives[0].id)


def changed_by_hand(file: Path, statement: str, values: tuple[object, ...] = ()) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement, values)


def reviewed(store: Store, shop: Shop) -> dict:
    every = store.sessions(shop.id)
    session = store.session(shop.id, every[-1].id)
    return playbook.review(session, store.history(shop.id, session.start), playbook.load()).to_dict()


@pytest.mark.parametrize("other", ["sqlite", "same"])
def test_a_backup_restored_elsewhere_gives_the_same_reviews(
    store: Store, shop: Shop, new_url, tmp_path: Path, other: str
) -> None:
    filled(store, shop)
    before = reviewed(store, shop)
    file = tmp_path / "all.backup"
    store.backup(file)
    assert [each.name for each in tmp_path.iterdir() if "all.backup" in each.name] == ["all.backup"]
    with Store.open(new_url() if other == "same" else str(tmp_path / "elsewhere.db")) as elsewhere:
        elsewhere.restore(file)
        assert reviewed(elsewhere, shop) == before
        assert elsewhere.shops() == store.shops()
        assert elsewhere.marks(shop.id) == store.marks(shop.id)
        assert elsewhere.trash() == store.trash()
        assert elsewhere.benchmarks(shop.id) == store.benchmarks(shop.id)
        changed = store.sessions(shop.id)[2].id
        assert len(elsewhere.versions(shop.id, changed)) == 2
        assert elsewhere.versions(shop.id, changed) == store.versions(shop.id, changed)
        last = store.sessions(shop.id)[-1].id
        assert elsewhere.session(shop.id, last).trend.equals(store.session(shop.id, last).trend)


def test_a_backup_never_mixes_with_what_is_there(store: Store, shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "b.db"
    store.backup(file)
    with pytest.raises(StoreError, match=r"there is such a file already. Choose another name, or overwrite it: --repl"):
        store.backup(file)
    store.apply(store.plan_import(shop.id, [live()]))
    with pytest.raises(StoreError, match=r"this store already has 1 shop, the trash included. Restore into a new one"):
        store.restore(file)
    assert len(store.sessions(shop.id)) == 1
    store.restore(file, replace=True)
    assert store.sessions(shop.id) == []
    store.backup(file, replace=True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file. Name a file that `backup` wrote."),
        (b"not a database at all, but long enough to be looked at" * 20, "this is not a backup of LIVEs."),
        (b"", "this is not a backup of LIVEs."),
    ],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "b.db"
    if content is not None:
        file.write_bytes(content)
    with Store.open(str(tmp_path / "s.db")) as store, pytest.raises(StoreError, match=message) as refused:
        store.restore(file)
    assert str(refused.value).startswith(str(file))


def test_a_cut_off_backup_is_refused(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        shop = store.create_shop("A")
        store.apply(store.plan_import(shop.id, [full(index) for index in range(9)]))
        store.backup(tmp_path / "b.db")
    file = tmp_path / "b.db"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with Store.open(str(tmp_path / "new.db")) as store:
        with pytest.raises(StoreError, match=r"this backup is damaged|this is not a backup"):
            store.restore(file)
        assert store.shops() == []


def test_the_csv_files_are_read_back(store: Store, shop: Shop, tmp_path: Path) -> None:
    odd = live(1, gmv=1803.057, gmv_direct=1803.057)
    store.apply(store.plan_import(shop.id, [full(0), odd, replace(live(2), title="=cmd|'/c calc'!A1")]))
    store.export_csv(shop.id, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    reading = read_files([("sessions.csv", files["sessions.csv"])])
    back = {each.id: each for each in reading.sessions}
    for session in store.sessions(shop.id):
        assert back[session.id].start == session.start
        assert back[session.id].duration_minutes == session.duration_minutes
        assert {n: back[session.id].counts[n] for n in COUNTS} == {n: session.counts[n] for n in COUNTS}
    assert back[live(2).id].title == "'=cmd|'/c calc'!A1", "a spreadsheet would have run it"
    wanted = full(0)
    parts = [(f"{kind}.csv", files[f"{kind}/{wanted.id}.csv"]) for kind in ("trend", "products", "events",
                                                                           "channels", "followers")]  # fmt: skip
    reading = read_files([("sessions.csv", files["sessions.csv"]), *parts], session=wanted.id)
    (again,) = [each for each in reading.sessions if each.id == wanted.id]
    assert reading.failures == ()
    for name in ("minute", "views", "gmv"):
        assert again.trend[name].tolist() == wanted.trend[name].tolist()
    assert again.events == wanted.events
    assert again.products[0].name == "Linen shirt" and again.products[0].counts["gmv"] == 396.1
    assert [(each.name, each.counts.get("views")) for each in again.channels] == [("for_you", 4000.0), ("inbox", 12.0)]
    assert again.channels[0].shares["gmv"] == 0.66
    assert again.followers[0].counts["views"] == 610.0


def test_every_export_stands_in_the_zip(store: Store, shop: Shop, tmp_path: Path) -> None:
    filled(store, shop)
    store.export_csv(shop.id, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        names = set(archive.namelist())
        rows = list(csv.DictReader(io.StringIO(archive.read("exports.csv").decode("utf-8-sig"))))
        sessions = archive.read("sessions.csv").decode("utf-8-sig")
    assert {"sessions.csv", "exports.csv", "shop.csv", "benchmarks.csv"} <= names
    changed = [row for row in rows if row["live"] == "live-003"]
    assert [row["counts"] for row in changed] == ["no", "yes"] and changed[1]["gmv"] == "1234.56"
    assert "'=note" in sessions


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", " =1+1", "\u00a0=1", "\ufeff=1", "＝1", "＠SUM(A1)"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell(f"a{text}") == f"a{text}"


@pytest.mark.parametrize(
    ("value", "text"), [(-3.0, "-3"), (1803.057, "1803.0570"), (0.1, "0.1"), (1e22, "1" + "0" * 22)]
)
def test_numbers_are_plain_and_exact(value: float, text: str) -> None:
    assert number(value) == text and float(text) == value


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW lives AS SELECT * FROM live",
        "CREATE TRIGGER tr AFTER INSERT ON shop BEGIN DELETE FROM live; END",
        "CREATE TABLE guests (name TEXT)",
        "CREATE VIRTUAL TABLE words USING fts5(text)",
    ],
)
def test_a_backup_with_anything_but_our_tables_is_refused(tmp_path: Path, statement: str) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        store.create_shop("A")
        store.backup(tmp_path / "b.db")
    changed_by_hand(tmp_path / "b.db", statement)
    with Store.open(str(tmp_path / "new.db")) as store:
        with pytest.raises(StoreError, match="which no backup has, so it was changed by another program"):
            store.restore(tmp_path / "b.db")
        assert store.shops() == []


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE version SET data = '{\"id\": 1'", "version"),
        ("UPDATE version SET data = '[]'", "version"),
        ("UPDATE part SET data = x'00'", "part"),
        ("UPDATE part SET kind = 'pictures' WHERE kind = 'trend'", "part"),
        ("UPDATE part SET data = zeroblob(10)", "part"),
    ],
)
def test_a_backup_with_a_damaged_row_changes_nothing(tmp_path: Path, change: str, table: str) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        owner = store.create_shop("A")
        store.apply(store.plan_import(owner.id, [full(0)]))
        store.backup(tmp_path / "b.db")
        changed_by_hand(tmp_path / "b.db", change)
        with pytest.raises(StoreError, match=rf"the row \w+ of '{table}' cannot be read .*nothing was restored"):
            store.restore(tmp_path / "b.db", replace=True)
        assert [each.id for each in store.sessions(owner.id)] == [full(0).id]
        assert store.session(owner.id, full(0).id).trend is not None


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE live SET shop_id = 'nobody'", "live"),
        ("UPDATE shop SET created_at = 'never'", "shop"),
        ("UPDATE result SET score = 'much'", "result"),
    ],
)
def test_a_row_that_does_not_fit_is_said_of_the_backup(
    store: Store, shop: Shop, tmp_path: Path, change: str, table: str
) -> None:
    store.apply(store.plan_import(shop.id, [live(0)]))
    store.record_result(store.add_trainee(shop.id, "Lea").id, "drill", "x", 0.5, True)
    store.backup(tmp_path / "b.db")
    changed_by_hand(tmp_path / "b.db", change)
    with pytest.raises(StoreError, match=rf"b\.db: a row of '{table}' cannot be read .*Use another backup"):
        store.restore(tmp_path / "b.db", replace=True)
    assert [each.name for each in store.shops()] == [shop.name]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE alembic_version SET version_num = '9999'",
        "UPDATE alembic_version SET version_num = '0001'",
        "ALTER TABLE shop DROP COLUMN market",
        "DROP TABLE tap",
    ],
)
def test_tables_that_are_not_as_they_should_be_are_said_of_the_backup(tmp_path: Path, change: str) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        store.create_shop("A")
        store.backup(tmp_path / "b.db")
        changed_by_hand(tmp_path / "b.db", change)
        with pytest.raises(StoreError) as refused:
            store.restore(tmp_path / "b.db", replace=True)
        assert str(refused.value).startswith(f"{tmp_path / 'b.db'}: ")
        assert len(store.shops()) == 1


def test_a_part_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        owner = store.create_shop("A")
        store.apply(store.plan_import(owner.id, [full(0)]))
        store.backup(tmp_path / "b.db")
    bomb = zlib.compress(b"\0" * (MAX_UNFOLDED + 1), 9)
    changed_by_hand(tmp_path / "b.db", "UPDATE part SET data = ?", (bomb,))
    with (
        Store.open(str(tmp_path / "new.db")) as store,
        pytest.raises(StoreError, match="it unfolds to more than any LIVE has"),
    ):
        store.restore(tmp_path / "b.db")


def test_what_a_restore_replaces_is_kept_beside_the_store(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        store.backup(tmp_path / "empty.db")
        assert store.restore(tmp_path / "empty.db", replace=True) is None
        owner = store.create_shop("A")
        store.apply(store.plan_import(owner.id, [full(0)]))
        before = [store.restore(tmp_path / "empty.db", replace=True)]
        assert store.shops() == [] and before[0] is not None
        store.restore(before[0], replace=True)
        assert [each.name for each in store.shops()] == ["A"]
        for _ in range(4):
            before.append(store.restore(before[0] if before[0].exists() else tmp_path / "empty.db", replace=True))
    kept = sorted(tmp_path.glob("s-before-restore-*.playbook"))
    assert len(kept) == 3 and before[-1] in kept


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_store_and_its_backups_are_for_their_owner_only(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        store.create_shop("A")
        store.backup(tmp_path / "b.db")
        assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}
    (tmp_path / "s.db").chmod(0o644)
    with Store.open(str(tmp_path / "s.db")) as store:
        store.create_shop("B")
        assert (tmp_path / "s.db").stat().st_mode & 0o777 == 0o600
