"""Trainees, their results and assignments; every test on SQLite and PostgreSQL."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from playbook.store import Shop, Store
from playbook.store.errors import StoreError


def test_names_are_added_renamed_and_removed(store: Store, shop: Shop) -> None:
    rani = store.add_trainee(shop.id, "  Rani   Putri ")
    ana = store.add_trainee(shop.id, "ana")
    assert rani.name == "Rani Putri"
    assert store.trainees(shop.id) == [ana, rani]
    renamed = store.rename_trainee(ana.id, "Zoë")
    assert store.trainees(shop.id) == [rani, renamed]
    store.rename_trainee(rani.id, "rani putri")  # another spelling of one's own name is no clash
    store.remove_trainee(rani.id)
    assert [each.name for each in store.trainees(shop.id)] == ["Zoë"]


def test_the_name_a_trainee_hosts_under_is_kept(store: Store, shop: Shop) -> None:
    ana = store.add_trainee(shop.id, "Ana")
    assert ana.host is None
    store.set_trainee_host(ana.id, "  kak ana ")
    assert store.rename_trainee(ana.id, "Ana Putri").host == "kak ana"
    assert [each.host for each in store.trainees(shop.id)] == ["kak ana"]
    store.set_trainee_host(ana.id, None)
    assert [each.host for each in store.trainees(shop.id)] == [None]


def test_names_that_cannot_be_used_are_refused(store: Store, shop: Shop) -> None:
    store.add_trainee(shop.id, "Ana")
    other = store.create_shop("Second")
    assert store.add_trainee(other.id, "Ana").shop_id == other.id
    with pytest.raises(StoreError, match=r"^There is a trainee 'Ana' in this shop already. Choose another name.$"):
        store.add_trainee(shop.id, " ANA ")
    with pytest.raises(StoreError, match=r"^A trainee needs a name.$"):
        store.add_trainee(shop.id, "   ")
    with pytest.raises(StoreError, match="This trainee is not there any more"):
        store.rename_trainee("nobody", "Bo")


def test_results_come_back_oldest_first(store: Store, shop: Shop) -> None:
    ana, bo = store.add_trainee(shop.id, "Ana"), store.add_trainee(shop.id, "Bo")
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    detail = {"answers": [True, False], "words": "Halo ✓", "place": {"minute": 41.5}}
    late = store.record_result(ana.id, "drill", "seed-7", 0.5, False, detail, at=now + timedelta(hours=1))
    early = store.record_result(ana.id, "lesson", "funnel", 1, True, at=now)
    others = store.record_result(bo.id, "practice", "quiet_room", 0, False, at=now + timedelta(hours=2))
    assert store.results(shop.id, ana.id) == [early, late]
    assert store.results(shop.id) == [early, late, others]
    assert late.detail == detail
    assert store.results(store.create_shop("Second").id) == []


@pytest.mark.parametrize(
    ("kind", "score", "words"),
    [
        ("quiz", 1.0, "There is no kind 'quiz'. There are: lesson, drill, practice, craft, walk."),
        ("lesson", 1.2, "A score lies between 0 and 1, not 1.2."),
        ("lesson", float("nan"), "A score lies between 0 and 1, not nan."),
    ],
)
def test_results_that_make_no_sense_are_refused(store: Store, shop: Shop, kind: str, score: float, words: str) -> None:
    ana = store.add_trainee(shop.id, "Ana")
    with pytest.raises(StoreError) as refused:
        store.record_result(ana.id, kind, "x", score, True)
    assert str(refused.value) == words
    assert store.results(shop.id) == []


def test_an_item_is_assigned_once_and_may_get_another_day(store: Store, shop: Shop) -> None:
    ana = store.add_trainee(shop.id, "Ana")
    store.assign(ana.id, "lesson", "funnel", date(2026, 12, 1))
    someday = store.assign(ana.id, "lesson", "routine")
    moved = store.assign(ana.id, "lesson", "funnel", date(2026, 11, 28))
    practice = store.assign(ana.id, "practice", "funnel", date(2026, 11, 30))
    assert store.assignments(shop.id) == [moved, practice, someday]
    store.unassign(moved.id)
    store.unassign(moved.id)  # a double click
    assert [each.what for each in store.team.audit(shop.id)].count("took an assignment back") == 1
    assert store.assignments(shop.id, ana.id) == [practice, someday]
    with pytest.raises(StoreError, match=r"^There is no kind 'drill'. There are: lesson, practice, walk, quota.$"):
        store.assign(ana.id, "drill", "x")


def test_people_go_with_their_shop_and_come_back_with_it(store: Store, shop: Shop) -> None:
    ana = store.add_trainee(shop.id, "Ana")
    kept = store.record_result(ana.id, "lesson", "funnel", 1, True)
    store.assign(ana.id, "lesson", "routine")
    store.delete_shop(shop.id)
    with pytest.raises(StoreError, match="This trainee is not there any more"):
        store.record_result(ana.id, "lesson", "routine", 1, True)
    store.restore_shop(shop.id)
    assert store.results(shop.id) == [kept]
    store.delete_shop(shop.id)
    store.empty_trash()
    assert store.trainees(shop.id) == store.results(shop.id) == store.assignments(shop.id) == []


def test_removing_a_trainee_removes_what_they_did(store: Store, shop: Shop) -> None:
    ana = store.add_trainee(shop.id, "Ana")
    store.record_result(ana.id, "lesson", "funnel", 1, True)
    store.assign(ana.id, "lesson", "routine")
    store.remove_trainee(ana.id)
    assert store.results(shop.id) == store.assignments(shop.id) == []


def test_people_go_into_a_backup(store: Store, shop: Shop, new_url, tmp_path: Path) -> None:
    ana = store.add_trainee(shop.id, "Ana")
    store.record_result(ana.id, "drill", "seed-7", 0.25, False, {"a": [1]})
    store.assign(ana.id, "practice", "quiet_room", date(2026, 12, 1))
    store.backup(tmp_path / "all.playbook")
    with Store.open(new_url()) as elsewhere:
        elsewhere.restore(tmp_path / "all.playbook")
        assert elsewhere.trainees(shop.id) == store.trainees(shop.id)
        assert elsewhere.results(shop.id) == store.results(shop.id)
        assert elsewhere.assignments(shop.id) == store.assignments(shop.id)


def test_people_go_into_the_csv_files(store: Store, shop: Shop, tmp_path: Path) -> None:
    ana = store.add_trainee(shop.id, "=Ana")
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    store.record_result(ana.id, "lesson", "funnel", 0.75, True, {"answers": [1]}, at=at)
    store.assign(ana.id, "lesson", "routine", date(2026, 12, 1))
    store.export_csv(shop.id, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        rows = {
            name: list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))
            for name in ("trainees", "results", "assignments")
        }
    assert rows["trainees"] == [{"trainee": "'=Ana"}]
    assert rows["results"] == [
        {"trainee": "'=Ana", "kind": "lesson", "item": "funnel", "at": "2026-11-20 09:00", "score": "0.75",
         "passed": "yes", "detail": '{"answers": [1]}'}
    ]  # fmt: skip
    (asked,) = rows["assignments"]
    assert datetime.fromisoformat(asked.pop("asked_at")).year >= 2026
    assert asked == {"trainee": "'=Ana", "kind": "lesson", "item": "routine", "due": "2026-12-01", "many": ""}


def test_a_quota_is_of_a_kind_and_of_some(store: Store) -> None:
    shop = store.create_shop("Quotas")
    ana = store.add_trainee(shop.id, "Ana")
    store.assign(ana.id, "quota", "drill", date(2026, 9, 1), 20)
    (asked,) = store.assignments(shop.id)
    assert (asked.kind, asked.item, asked.many) == ("quota", "drill", 20)
    for item, many in (("drill", 0), ("drill", None), ("drill", 501), ("lesson", 3)):
        with pytest.raises(StoreError):
            store.assign(ana.id, "quota", item, None, many)
    with pytest.raises(StoreError, match="of a quota only"):
        store.assign(ana.id, "lesson", "x", None, 3)


def test_a_practice_live_is_kept_under_an_id_in_its_shop_and_not_for_ever(store: Store) -> None:
    shop, other = (store.create_shop(name) for name in ("Runs", "Others"))
    run, loose = "a" * 32, "b" * 32
    for text in ("one", "two"):
        store.keep_practice(shop.id, run, text)
    store.keep_practice(None, loose, "nobody's")
    assert store.practice_left(shop.id, run) == "two" and store.practice_left(None, loose) == "nobody's"
    assert store.practice_left(other.id, run) is None and store.practice_left(None, run) is None
    late = replace(store, clock=lambda: datetime.now(UTC) + timedelta(days=31))
    late.keep_practice(shop.id, "c" * 32, "new")
    assert store.practice_left(shop.id, run) is None
    for bad, text in (("x", "{}"), (run, "x" * 200_001)):
        with pytest.raises(StoreError):
            store.keep_practice(shop.id, bad, text)
