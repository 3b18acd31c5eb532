"""What was said is kept with its LIVE: one shop's own, in backups, in the trash, erased with it."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from playbook.model.transcript import Line, Transcript
from playbook.store import Shop, Store, StoreError
from playbook.store.schema import transcript

from .lives import live

WORDS = Transcript((Line(0.5, 2.0, "=olá \u0e2a\0 'x'"), Line(3.0, 4.25, "点击关注")), "said.srt", -12.5, True)


@pytest.fixture
def kept(store: Store, shop: Shop) -> Store:
    store.apply(store.plan_import(shop.id, [live(0), live(1)]))
    store.keep_transcript(shop.id, live(0).id, WORDS)
    return store


def test_it_comes_back_as_it_was_and_only_for_its_live(kept: Store, shop: Shop) -> None:
    assert kept.transcript(shop.id, live(0).id) == WORDS
    assert kept.transcript(shop.id, live(1).id) is None


def test_a_later_one_takes_its_place(kept: Store, shop: Shop) -> None:
    kept.keep_transcript(shop.id, live(0).id, replace(WORDS, offset=30.0))
    assert kept.transcript(shop.id, live(0).id) == replace(WORDS, offset=30.0)
    kept.drop_transcript(shop.id, live(0).id)
    assert kept.transcript(shop.id, live(0).id) is None


def test_another_shop_with_the_same_live_has_its_own(kept: Store, shop: Shop) -> None:
    other = kept.create_shop("Second")
    kept.apply(kept.plan_import(other.id, [live(0)]))
    assert kept.transcript(other.id, live(0).id) is None
    kept.keep_transcript(other.id, live(0).id, replace(WORDS, file="other.vtt"))
    kept.drop_transcript(other.id, live(0).id)
    assert kept.transcript(shop.id, live(0).id) == WORDS


def test_what_is_changed_stands_in_the_list_of_changes(kept: Store, shop: Shop) -> None:
    kept.drop_transcript(shop.id, live(0).id)
    kept.drop_transcript(shop.id, live(1).id)  # there was none: nothing changed
    said = [(each.what, each.detail) for each in kept.team.audit(shop.id) if "said" in each.what]
    assert said == [("took away what was said", live(0).id), ("kept what was said", live(0).id)]


def test_it_goes_and_comes_back_with_its_live(kept: Store, shop: Shop) -> None:
    kept.delete_session(shop.id, live(0).id)
    with pytest.raises(StoreError, match="There is no LIVE"):
        kept.transcript(shop.id, live(0).id)
    kept.restore_session(shop.id, live(0).id)
    assert kept.transcript(shop.id, live(0).id) == WORDS
    kept.delete_session(shop.id, live(0).id)
    kept.empty_trash(datetime.now(UTC) + timedelta(days=1))
    with kept.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(transcript)).scalar() == 0


def test_it_goes_into_a_backup_and_into_the_csv_files(kept: Store, shop: Shop, tmp_path: Path) -> None:
    kept.backup(tmp_path / "all.playbook")
    with Store.open(str(tmp_path / "elsewhere.db")) as elsewhere:
        elsewhere.restore(tmp_path / "all.playbook")
        assert elsewhere.transcript(shop.id, live(0).id) == WORDS
    kept.export_csv(shop.id, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        (name,) = [each for each in archive.namelist() if each.startswith("transcripts/")]
        rows = archive.read(name).decode("utf-8-sig").splitlines()
    assert rows[0] == "session_id,begin,end,text"
    assert rows[1].split(",", 3)[1:3] == ["-12", "-10.5"]
    assert "'=olá" in rows[1]


@pytest.mark.parametrize("change", ["data = x'00'", "offset = 'soon'"])
def test_a_damaged_row_is_said_and_not_restored(tmp_path: Path, change: str) -> None:
    path = tmp_path / "one.playbook"
    with Store.open(str(tmp_path / "one.db")) as store:
        shop = store.create_shop("One")
        store.apply(store.plan_import(shop.id, [live(0)]))
        store.keep_transcript(shop.id, live(0).id, WORDS)
        store.backup(path)
        with closing(sqlite3.connect(path)) as file, file:
            file.execute(f"UPDATE transcript SET {change}")
        with closing(sqlite3.connect(tmp_path / "one.db")) as file, file:
            file.execute(f"UPDATE transcript SET {change}")
        with pytest.raises(StoreError, match="cannot be read"):
            store.transcript(shop.id, live(0).id)
    with Store.open(str(tmp_path / "new.db")) as new, pytest.raises(StoreError, match="nothing was restored"):
        new.restore(path)


@pytest.mark.parametrize("offset", [float("nan"), float("inf"), 1e9])
def test_an_offset_that_is_none_is_refused(kept: Store, shop: Shop, offset: float) -> None:
    with pytest.raises(StoreError, match="at most some days"):
        kept.keep_transcript(shop.id, live(0).id, replace(WORDS, offset=offset))
    assert kept.transcript(shop.id, live(0).id) == WORDS
