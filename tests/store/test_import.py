"""One LIVE is one LIVE however often and from wherever it comes; every export stays visible."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from playbook.imports import read_files
from playbook.imports.results import FilesRead
from playbook.model.notes import DAY_ALONE
from playbook.model.session import Session, Source
from playbook.store import OtherCreator, Shop, Store, StoreError, differences

from .lives import FIRST, full, live

EARLY, LATE = datetime(2026, 8, 4, 9), datetime(2026, 8, 20, 9)


def take(store: Store, shop: Shop, *sessions: Session, **options: bool):
    return store.apply(store.plan_import(shop.id, sessions), **options)


def test_the_same_file_twice_gives_one_history(store: Store, shop: Shop) -> None:
    every = tuple(full(index, exported_at=EARLY) for index in range(4))
    first = store.apply(store.plan_import(shop.id, FilesRead(sessions=every)))
    assert len(first.new) == 4 and not first.changes_nothing
    again = store.plan_import(shop.id, FilesRead(sessions=every))
    assert len(again.unchanged) == 4 and again.changes_nothing
    store.apply(again)
    assert len(store.sessions(shop.id)) == 4
    assert {mark.versions for mark in store.marks(shop.id).values()} == {1}


def test_a_plan_writes_nothing(store: Store, shop: Shop) -> None:
    store.plan_import(shop.id, [live()])
    assert store.sessions(shop.id) == []


def test_a_later_export_counts_and_the_restated_figure_is_seen(store: Store, shop: Shop) -> None:
    take(store, shop, live(exported=EARLY))
    done = take(store, shop, live(exported=LATE, gmv=1010.0))
    assert done.updated[0].changes == {"gmv": (990.5, 1010.0)}
    assert store.session(shop.id, live().id).counts["gmv"] == 1010.0
    versions = store.versions(shop.id, live().id)
    assert [(each.number, each.exported_at, each.current) for each in versions] == [(1, EARLY, False), (2, LATE, True)]
    (change,) = differences(versions)
    assert (change.count, change.before, change.after, change.exported_at) == ("gmv", 990.5, 1010.0, LATE)


def test_an_older_export_that_comes_later_is_kept_without_effect(store: Store, shop: Shop) -> None:
    take(store, shop, live(exported=LATE, gmv=1010.0))
    done = take(store, shop, live(exported=EARLY))
    assert [each.id for each in done.older] == [live().id]
    assert store.session(shop.id, live().id).counts["gmv"] == 1010.0
    (change,) = differences(store.versions(shop.id, live().id))
    assert (change.before, change.after) == (990.5, 1010.0), "told in the order of the exports, not of the imports"
    assert take(store, shop, live(exported=EARLY)).unchanged, "and a second time it is known"


def test_two_exports_in_one_upload_are_both_kept(store: Store, shop: Shop) -> None:
    header = "session_id,start,minutes,currency,views,gmv\n"
    rows = [f"7600000000000000001,2026-08-01 19:00,120,USD,5000,{gmv}\n" for gmv in (990.5, 1010)]
    files = [
        ("list_20260820090000.csv", (header + rows[1]).encode()),
        ("list_20260804090000.csv", (header + rows[0]).encode()),
    ]
    plan = store.apply(store.plan_import(shop.id, read_files(files)))
    assert len(plan.new) == 1 and len(plan.replaced) == 1
    versions = store.versions(shop.id, "7600000000000000001")
    assert [(each.session.counts["gmv"], each.current) for each in versions] == [(1010.0, True), (990.5, False)]
    assert [(each.before, each.after) for each in differences(versions) if each.count == "gmv"] == [(990.5, 1010.0)]
    assert store.plan_import(shop.id, read_files(files)).changes_nothing
    store.apply(store.plan_import(shop.id, read_files(files)))
    assert len(store.versions(shop.id, "7600000000000000001")) == 2


def test_without_an_export_time_the_order_of_import_decides(store: Store, shop: Shop) -> None:
    take(store, shop, live())
    take(store, shop, live(views=6_000.0))
    assert store.session(shop.id, live().id).counts["views"] == 6_000.0
    take(store, shop, live())
    assert store.session(shop.id, live().id).counts["views"] == 5_000.0
    assert [each.current for each in store.versions(shop.id, live().id)] == [False, False, True]


def test_the_same_values_in_a_later_export_are_confirmed(store: Store, shop: Shop) -> None:
    take(store, shop, live(exported=EARLY))
    assert store.sessions(shop.id)[0].provisional is True
    done = take(store, shop, live(exported=LATE))
    assert done.confirmed and not done.updated
    assert store.sessions(shop.id)[0].provisional is False


def test_parts_outlive_a_list_without_them(store: Store, shop: Shop) -> None:
    take(store, shop, full(exported_at=EARLY))
    take(store, shop, live(exported=LATE, gmv=1010.0))
    kept = store.session(shop.id, live().id)
    assert kept.trend is not None and kept.trend_step == 1.0
    assert (kept.products, kept.events) == (full().products, full().events)
    assert (kept.channels, kept.followers) == (full().channels, full().followers)
    assert kept.counts["gmv"] == 1010.0


def test_a_new_part_takes_the_place_of_the_one_before(store: Store, shop: Shop) -> None:
    take(store, shop, full())
    changed = replace(full(), events=full().events[:1])
    assert take(store, shop, changed).confirmed
    assert store.session(shop.id, live().id).events == changed.events
    assert store.session(shop.id, live().id).products == full().products


def test_parts_can_be_typed_and_cleared(store: Store, shop: Shop) -> None:
    take(store, shop, live())
    frame = full().trend
    store.set_parts(shop.id, live().id, channels=full().channels, trend=(frame, 1.0))
    assert store.session(shop.id, live().id).channels == full().channels
    assert store.session(shop.id, live().id).trend.equals(frame)
    store.set_parts(shop.id, live().id, channels=())
    assert store.session(shop.id, live().id).channels == ()
    assert store.session(shop.id, live().id).trend is not None
    with pytest.raises(StoreError, match="There is no LIVE 'x' in this shop"):
        store.set_parts(shop.id, "x", channels=())


def test_a_part_laid_on_the_wrong_live_can_be_taken_away(store: Store, shop: Shop) -> None:
    take(store, shop, full())
    store.drop_parts(shop.id, live().id, ["trend", "events"])
    left = store.session(shop.id, live().id)
    assert left.trend is None and left.events == () and left.products == full().products
    take(store, shop, full())
    assert store.session(shop.id, live().id).trend is not None


def test_a_live_known_by_its_start_gets_its_room_id_and_answers_to_both(store: Store, shop: Shop) -> None:
    take(store, shop, replace(live(room=False), start=FIRST.replace(second=0)))
    named = replace(live(), start=FIRST.replace(second=42))
    done = take(store, shop, named)
    assert not done.new and [each.id for each in done.confirmed + done.updated] == [named.id]
    assert [each.id for each in store.sessions(shop.id)] == [named.id]
    assert store.session(shop.id, FIRST.isoformat(timespec="minutes")).id == named.id
    take(store, shop, replace(live(room=False), counts={"views": 5_100.0}))
    assert [each.id for each in store.sessions(shop.id)] == [named.id]


def test_two_creators_at_the_same_minute_are_two_lives(store: Store, shop: Shop) -> None:
    one, other = (replace(live(room=False), creator=name) for name in ("dana", "eko"))
    for _ in range(2):
        take(store, shop, one, other, other_creators=True)
    assert len(store.sessions(shop.id)) == 2
    assert len(take(store, shop, other, other_creators=True).unchanged) == 1


def test_an_id_that_a_person_used_twice_does_not_mix_two_lives(store: Store, shop: Shop) -> None:
    first, second = (replace(live(index), id="1") for index in (0, 7))
    take(store, shop, first)
    for _ in range(2):
        take(store, shop, second)
    found = store.sessions(shop.id)
    assert [each.start for each in found] == [first.start, second.start]
    assert [each.id for each in found] == ["1", f"1 {second.start.isoformat(timespec='minutes')}"]


def test_a_live_that_nothing_places_is_not_stored(store: Store, shop: Shop) -> None:
    trend_only = Session("Trend Stat", {"views": 5.0}, source=Source("Trend Stat.xlsx", "trend_stat"))
    row = Session("list-row-4", {"views": 5.0}, source=Source("list.csv", "template_sessions", 4))
    typed = Session("typed", {"views": 5.0}, source=Source("typed by hand", "form"))
    plan = take(store, shop, trend_only, row, typed)
    assert len(plan.unplaced) == 3 and plan.changes_nothing
    assert store.sessions(shop.id) == []


def test_sums_of_a_trend_do_not_take_the_place_of_a_list(store: Store, shop: Shop) -> None:
    take(store, shop, live())
    sums = replace(full(), counts={"views": 4_444.0}, source=Source("minutes.json", "api_minutes"))
    take(store, shop, sums)
    kept = store.session(shop.id, live().id)
    assert kept.counts == live().counts and kept.trend is not None


def test_another_creator_is_asked_about_before_it_mixes(store: Store, shop: Shop) -> None:
    take(store, shop, replace(live(0), creator="dana"))
    assert store.shop(shop.id).creators == ("dana",)
    mixed = [replace(live(1), creator="eko"), replace(live(2), creator="dana"), live(3)]
    plan = store.plan_import(shop.id, mixed)
    assert plan.other_creators == (OtherCreator("eko", 1),)
    with pytest.raises(StoreError) as refused:
        store.apply(plan)
    assert str(refused.value) == (
        "Nothing was stored: these LIVEs are by creators that the shop 'Dana's shop' does not know: eko (1). "
        "Say that they belong to it, or store them in another shop."
    )
    assert len(store.sessions(shop.id)) == 1
    store.apply(store.plan_import(shop.id, mixed, skip_creators={"eko"}))
    assert len(store.sessions(shop.id)) == 3
    store.apply(plan, other_creators=True)
    assert store.shop(shop.id).creators == ("dana", "eko")
    assert store.plan_import(shop.id, mixed).other_creators == ()


def test_a_first_list_of_several_creators_is_asked_about(store: Store, shop: Shop) -> None:
    mixed = [replace(live(index), creator=name) for index, name in enumerate(("dana", "eko", "dana"))]
    assert store.plan_import(shop.id, mixed).other_creators == (OtherCreator("dana", 2), OtherCreator("eko", 1))


def test_two_shops_may_hold_the_same_live(store: Store, shop: Shop) -> None:
    other = store.create_shop("Another")
    for each in (shop, other):
        take(store, each, live())
    store.delete_session(other.id, live().id)
    assert len(store.sessions(shop.id)) == 1 and store.sessions(other.id) == []


def test_direct_and_attributed_gmv_stay_marked(store: Store, shop: Shop) -> None:
    take(store, shop, live(), replace(live(1), gmv_kind="attributed"))
    assert [each.gmv_kind for each in store.sessions(shop.id)] == ["direct", "attributed"]


def _dated(**counts: float) -> Session:
    """A row of a sheet that has its date alone."""
    plain = replace(live(), id="sheet-row-2", start=datetime(FIRST.year, FIRST.month, FIRST.day), notes=(DAY_ALONE,))
    return replace(plain, counts={**plain.counts, **counts})


@pytest.mark.parametrize("sheet_first", [True, False])
def test_a_date_alone_and_the_export_with_its_time_are_one_live(store: Store, shop: Shop, sheet_first: bool) -> None:
    one, other = (_dated(), live()) if sheet_first else (live(), _dated())
    take(store, shop, one)
    done = take(store, shop, other)
    assert not done.new and bool(done.updated) == sheet_first and store.doubts(done) == ()
    stored = store.sessions(shop.id)
    assert [(each.id, each.began) for each in stored] == [(live().id, live().began)]
    again = take(store, shop, _dated(), live())
    assert again.changes_nothing and not again.new


def test_other_numbers_on_a_day_with_a_date_alone_are_asked_about(store: Store, shop: Shop) -> None:
    take(store, shop, _dated(views=9.0, impressions=90.0, gmv=5.0, likes=3.0, comments=1.0, product_clicks=1.0))
    plan = store.plan_import(shop.id, [live()])
    assert len(plan.new) == 1
    assert f"({FIRST:%Y-%m-%d})" in store.doubts(plan)[-1]
