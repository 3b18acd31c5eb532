"""LIVEs on air: nothing that two devices do takes anything from the other; every test on SQLite and PostgreSQL."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import sqlite3
import threading
import time
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from playbook.model.running import END, MOST_NAME, RunningLive, Tap, TotalsRow
from playbook.store import Shop, Store, StoreError
from playbook.store import running as running_calls
from playbook.store.engine import WAIT, reading, writing
from playbook.store.schema import tap as taps

from .processes import killed, together

NOW = datetime(2026, 11, 20, 12, 0, 30, 250_000, tzinfo=UTC)
forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")


@pytest.fixture
def store(url: str):
    with Store.open(url, clock=Clock()) as opened:
        yield opened


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now


def later(store: Store, **by: float) -> None:
    store.clock.now += timedelta(**by)  # type: ignore[attr-defined]


@pytest.fixture
def live(store: Store, shop: Shop) -> RunningLive:
    return store.running.start(shop.id, who="computer", title=" Friday ", currency="IDR")


def tap(live: RunningLive, minute: float, kind: str = "pin", **more: Any) -> Tap:
    return Tap(live.start + timedelta(minutes=minute), kind, **more)


def row(live: RunningLive, minute: float, **counts: float) -> TotalsRow:
    return TotalsRow(live.start + timedelta(minutes=minute), counts)


def test_a_live_begins_by_the_clock_of_its_shop(store: Store, shop: Shop, live: RunningLive) -> None:
    assert (live.start, live.title, live.who, live.currency) == (
        datetime(2026, 11, 20, 19, 0, 30), "Friday", "computer", "IDR",
    )  # fmt: skip
    assert store.running.on_air(shop.id) == live


def test_two_devices_that_press_start_are_at_one_live(store: Store, shop: Shop, live: RunningLive) -> None:
    assert store.running.start(shop.id, who="phone") == live
    assert len(store.running.listed(shop.id)) == 1


@forking
def test_six_devices_that_press_start_at_the_same_moment_are_at_one_live(store: Store, shop: Shop, url: str) -> None:
    for _ in range(5):
        with Store.open(url) as mine:
            for each in mine.running.listed(shop.id):
                mine.running.end(each.id)
            before = len(mine.running.listed(shop.id))

        def press() -> None:
            with Store.open(url) as mine:
                mine.running.start(shop.id)

        assert together(*[press] * 6) == [0] * 6
        assert len(store.running.listed(shop.id)) == before + 1


def test_what_is_tapped_and_noted_comes_back(store: Store, shop: Shop, live: RunningLive) -> None:
    pin = tap(live, 2, product="Kemeja linen\0 ✓", note="first", who="phone")
    sale, over = tap(live, 3, "flash_sale"), tap(live, 9, END)
    over = replace(over, ends=sale.id)
    for each in (over, pin, sale):
        store.running.tap(live.id, each)
    store.running.note(live.id, row(live, 10, views=1480.0, gmv=99.5))
    store.running.share(live.id, {"for_you": 0.7}, live.start)
    store.running.share(live.id, {"for_you": 0.6, "search": 0.1}, live.start)
    found = store.running.one(live.id)
    assert found.taps == (pin, sale, over)
    assert [dict(each.counts) for each in found.rows] == [{"views": 1480.0, "gmv": 99.5}]
    assert found.shares == {"for_you": 0.6, "search": 0.1}
    assert [(each.minute, each.end_minute) for each in found.events()] == [(2.0, None), (3.0, 9.0)]


def test_a_tap_sent_twice_is_one_tap(store: Store, live: RunningLive) -> None:
    made = tap(live, 2)
    store.running.tap(live.id, made)
    store.running.tap(live.id, replace(made, product="other"))
    assert store.running.one(live.id).taps == (made,)


def test_a_tap_waits_briefly_for_another_writer(
    store: Store, live: RunningLive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page keeps it meanwhile; whoever types a form waits longer rather than being told."""
    monkeypatch.setattr(running_calls, "BRIEFLY", 0.2)
    with writing(store.engine) as other:
        if store.engine.dialect.name == "postgresql":
            other.execute(text("LOCK TABLE tap IN EXCLUSIVE MODE"))
        began = time.monotonic()
        with pytest.raises(StoreError):
            store.running.tap(live.id, tap(live, 1, "pin"))
        assert time.monotonic() - began < WAIT / 2
    store.running.tap(live.id, tap(live, 1, "pin"))


def test_taps_of_one_second_sent_together_keep_their_order(store: Store, live: RunningLive) -> None:
    at = live.start + timedelta(minutes=3)
    kinds = ["giveaway", "pin", "violation", "flash_sale", "giveaway", "pin"]
    store.running.tap(live.id, *(Tap(at, kind) for kind in kinds))
    assert [each.type for each in store.running.one(live.id).taps] == kinds


def test_undo_takes_one_row_and_leaves_all_others(store: Store, live: RunningLive) -> None:
    made = [tap(live, minute) for minute in range(4)]
    for each in made:
        store.running.tap(live.id, each)
    assert store.running.undo(live.id, made[3].id)
    assert not store.running.undo(live.id, made[3].id), "two devices that undo the same tap undo one"
    assert store.running.one(live.id).taps == tuple(made[:3])
    with reading(store.engine) as connection:
        kept = connection.execute(select(taps.c.id, taps.c.undone_at)).all()
    assert len(kept) == 4 and sum(at is not None for _, at in kept) == 1, "marked, not erased"


def test_an_undone_row_brings_back_the_one_it_corrected(store: Store, live: RunningLive) -> None:
    store.running.note(live.id, row(live, 10, views=5.0))
    wrong = row(live, 10, views=500.0)
    store.running.note(live.id, wrong)
    assert [each.counts["views"] for each in store.running.one(live.id).rows] == [500.0]
    store.running.undo(live.id, wrong.id)
    assert [each.counts["views"] for each in store.running.one(live.id).rows] == [5.0]


def test_two_shops_are_live_at_once_each_by_its_own_clock(store: Store, shop: Shop, live: RunningLive) -> None:
    other = store.create_shop("Sao Paulo", timezone="America/Sao_Paulo")
    theirs = store.running.start(other.id)
    store.running.tap(theirs.id, tap(theirs, 3))
    store.running.end(live.id)
    assert store.running.on_air(shop.id) is None
    found = store.running.on_air(other.id)
    assert found is not None and found.start == datetime(2026, 11, 20, 9, 0, 30) and len(found.taps) == 1
    assert store.running.one(live.id).taps == ()


def test_minutes_count_on_when_the_clocks_change(store: Store) -> None:
    shop = store.create_shop("New York", timezone="America/New_York")
    # Half an hour before the hour from 1 to 2 comes again.
    store.clock.now = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # type: ignore[attr-defined]
    live = store.running.start(shop.id)
    store.running.tap(live.id, tap(live, 90))
    assert [each.minute for each in store.running.one(live.id).events()] == [90.0]


def test_the_first_end_counts(store: Store, shop: Shop, live: RunningLive) -> None:
    store.running.note(live.id, row(live, 90, views=5.0))
    later(store, minutes=60)
    assert store.running.end(live.id, "phone")
    later(store, minutes=60)
    assert not store.running.end(live.id, "computer")
    over = store.running.one(live.id)
    assert (over.end, over.ended_by) == (live.start + timedelta(minutes=90), "phone"), "not before its last row"
    assert store.running.on_air(shop.id) is None
    store.running.tap(live.id, tap(live, 61))
    assert len(store.running.one(live.id).taps) == 1, "a tap that crossed the end is not lost"
    store.running.go_on(live.id)
    assert store.running.on_air(shop.id) is not None


def test_a_live_goes_on_only_where_no_other_is_on_air(store: Store, shop: Shop, live: RunningLive) -> None:
    store.running.end(live.id)
    store.running.start(shop.id)
    with pytest.raises(StoreError, match=r"Another LIVE of Dana's shop is on air\. End that one"):
        store.running.go_on(live.id)


def test_a_live_without_a_sign_of_life_is_given_up(store: Store, shop: Shop, live: RunningLive) -> None:
    later(store, hours=11)
    store.running.tap(live.id, tap(live, 660))
    later(store, hours=11)
    assert store.running.on_air(shop.id) is not None
    later(store, hours=2)
    assert store.running.on_air(shop.id) is None
    assert store.running.start(shop.id).id != live.id


def test_the_stamp_changes_with_whatever_another_device_does(store: Store, shop: Shop, live: RunningLive) -> None:
    made, noted = tap(live, 1), row(live, 1, views=1.0)
    seen = [store.running.stamp(shop.id)]
    assert store.running.stamp(shop.id) == seen[0]
    for change in (
        lambda: store.running.tap(live.id, made),
        lambda: store.running.undo(live.id, made.id),
        lambda: store.running.note(live.id, noted, "USD"),
        lambda: store.running.undo(live.id, noted.id),
        lambda: store.running.share(live.id, {"inbox": 0.1}, live.start),
        lambda: store.running.watch(live.id, "/x.csv", on="here"),
        lambda: store.running.end(live.id),
    ):
        change()
        seen.append(store.running.stamp(shop.id))
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s, live: s.tap(live.id, tap(live, 1, product="x" * 132_000)),
         f"The product has 132,000 characters; at most {MOST_NAME} are kept. Shorten it."),
        (lambda s, live: s.tap(live.id, tap(live, 1, "dance")), "There is no kind of event 'dance'. There are: pin,"),
        (lambda s, live: s.note(live.id, row(live, 1, views=float("nan"))), "Views is no number that can be kept: nan"),
        (lambda s, live: s.note(live.id, row(live, 1, rating=5.0)), "There is no number 'rating' to keep here."),
        (lambda s, live: s.tap("nobody", tap(live, 1)), "This LIVE is not there any more: its shop was deleted."),
        (lambda s, live: s.start(live.shop_id, title="x" * 301), "The title has 301 characters; at most 300 are kept."),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_words(store: Store, live: RunningLive, change: Any, said: str) -> None:
    with pytest.raises(StoreError) as refused:
        change(store.running, live)
    assert str(refused.value).startswith(said)
    assert store.running.one(live.id) == live


def test_lives_go_with_their_shop_and_come_back_with_it(store: Store, shop: Shop, live: RunningLive) -> None:
    store.running.tap(live.id, tap(live, 1))
    kept = store.running.one(live.id)
    store.delete_shop(shop.id)
    for refused in (lambda: store.running.tap(live.id, tap(live, 2)), lambda: store.running.on_air(shop.id)):
        with pytest.raises(StoreError, match="deleted"):
            refused()
    store.restore_shop(shop.id)
    assert store.running.one(live.id) == kept
    store.delete_shop(shop.id)
    store.empty_trash()
    with reading(store.engine) as connection:
        assert connection.execute(select(taps)).all() == []


def test_lives_go_into_a_backup(store: Store, live: RunningLive, shop: Shop, new_url, tmp_path: Path) -> None:
    gone = tap(live, 1)
    for each in (gone, tap(live, 2, product="Linen shirt")):
        store.running.tap(live.id, each)
    store.running.note(live.id, row(live, 3, views=9.0))
    store.running.undo(live.id, gone.id)
    store.backup(tmp_path / "all.playbook")
    with Store.open(new_url()) as elsewhere:
        elsewhere.restore(tmp_path / "all.playbook")
        assert elsewhere.running.listed(shop.id) == store.running.listed(shop.id)


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE tap SET kind = 'dance'", "tap"),
        ("UPDATE tap SET at = 'soon'", "tap"),
        ("UPDATE tap SET product = printf('%.*c', 5000, 'x')", "tap"),
        ("UPDATE total SET data = '[1]'", "total"),
        ('UPDATE total SET data = \'{"views": "many"}\'', "total"),
        ("UPDATE total SET data = '{\"views\": NaN}'", "total"),
        ("UPDATE total SET kind = 'sums'", "total"),
        ("UPDATE running SET title = printf('%.*c', 5000, 'x')", "running"),
    ],
)
def test_a_backup_with_a_damaged_row_of_a_live_is_refused(
    store: Store, live: RunningLive, tmp_path: Path, change: str, table: str
) -> None:
    store.running.tap(live.id, tap(live, 1))
    store.running.note(live.id, row(live, 3, views=9.0))
    store.backup(tmp_path / "b.playbook")
    with closing(sqlite3.connect(tmp_path / "b.playbook")) as file:
        file.execute(change)
        file.commit()
    with pytest.raises(StoreError, match=rf"row (\w+ )?of '{table}' cannot be read .*nothing was restored"):
        store.restore(tmp_path / "b.playbook", replace=True)
    assert len(store.running.one(live.id).taps) == 1


def test_a_damaged_row_is_left_out_and_counted(store: Store, live: RunningLive, shop: Shop) -> None:
    made = [tap(live, minute) for minute in range(3)]
    for each in made:
        store.running.tap(live.id, each)
    store.running.note(live.id, row(live, 3, views=9.0))
    with writing(store.engine) as connection:
        connection.execute(text("UPDATE tap SET kind = 'dance' WHERE id = :id"), {"id": made[1].id})
        connection.execute(text("UPDATE total SET data = '{'"))
        if store.engine.dialect.name == "sqlite":
            connection.execute(text("UPDATE tap SET at = 'soon' WHERE id = :id"), {"id": made[2].id})
    found = store.running.on_air(shop.id)
    assert found is not None and found.rows == ()
    left = 1 if store.engine.dialect.name == "sqlite" else 2
    assert (len(found.taps), found.damaged) == (left, 4 - left)


def test_lives_go_into_the_csv_files(store: Store, live: RunningLive, shop: Shop, tmp_path: Path) -> None:
    gone = tap(live, 2)
    for each in (tap(live, 1, product="=cmd"), gone):
        store.running.tap(live.id, each)
    store.running.undo(live.id, gone.id)
    store.running.note(live.id, row(live, 3, views=9.0))
    store.export_csv(shop.id, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        found = {
            name: list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))
            for name in ("running", "taps", "totals")
        }
    assert [(each["title"], each["started_at"]) for each in found["running"]] == [("Friday", "2026-11-20 19:00:30")]
    assert [(each["product"], each["undone"]) for each in found["taps"]] == [("'=cmd", "no"), ("", "yes")]
    assert [(each["at"], each["views"]) for each in found["totals"]] == [("2026-11-20 19:03:30", "9")]


def test_what_was_noted_elsewhere_is_taken_over_once(store: Store, shop: Shop, live: RunningLive) -> None:
    start = datetime(2026, 8, 1, 19)
    totals, taps = (TotalsRow(start + timedelta(minutes=5), {"views": 7.0}),), (Tap(start, "pin", "Wok"),)
    end = start + timedelta(hours=1)
    old = RunningLive(start, totals, taps, "IDR", {"for_you": 0.5}, end=end, id="f" * 32)
    assert store.running.take_over(shop.id, old)
    assert not store.running.take_over(shop.id, old)
    assert store.running.one(old.id) == replace(old, shop_id=shop.id)
    assert store.running.listed(shop.id, near=start + timedelta(minutes=12)) == [replace(old, shop_id=shop.id)]
    assert store.running.listed(shop.id, near=start + timedelta(minutes=30)) == []


def device(url: str, shop_id: str, seed: int, journal: Path, acts: int) -> None:
    """Random taps, rows and undos of whatever stands there; each is written down once it is confirmed."""
    chance = random.Random(seed)
    with Store.open(url) as store, journal.open("w") as done:
        live = store.running.start(shop_id, who=f"device {seed}")
        for number in range(acts):
            what = chance.choice(("tap", "tap", "row", "row", "undo"))
            if what == "tap":
                made = tap(live, number / 3, chance.choice(("pin", "giveaway")), note=f"{seed} {number}")
                store.running.tap(live.id, made)
                done.write(json.dumps(["tap", made.id, made.note]) + "\n")
            elif what == "row":
                noted = row(live, number + seed / 100, views=float(number))
                store.running.note(live.id, noted)
                done.write(json.dumps(["row", noted.id, noted.counts]) + "\n")
            else:
                now = store.running.one(live.id)
                standing = [*now.taps, *now.rows]
                if standing and store.running.undo(live.id, chosen := chance.choice(standing).id):  # type: ignore[attr-defined]
                    done.write(json.dumps(["undo", chosen, None]) + "\n")


def in_threads(*works: Any) -> list[int]:
    codes = [1] * len(works)

    def run(place: int) -> None:
        works[place]()
        codes[place] = 0

    running = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return codes


@pytest.mark.parametrize("at_once", [pytest.param(together, marks=forking, id="processes"),
                                     pytest.param(in_threads, id="threads")])  # fmt: skip
@pytest.mark.parametrize("acts", [60, pytest.param(200, marks=pytest.mark.long)])
def test_two_devices_lose_nothing_of_each_other(
    store: Store, shop: Shop, url: str, tmp_path: Path, at_once, acts: int
) -> None:
    journals = [tmp_path / f"{seed}.jsonl" for seed in (1, 2)]
    assert at_once(*(lambda s=s: device(url, shop.id, s, journals[s - 1], acts) for s in (1, 2))) == [0, 0]
    done = [json.loads(line) for each in journals for line in each.read_text().splitlines()]
    undone = [key for what, key, _ in done if what == "undo"]
    assert len(set(undone)) == len(undone) > acts / 7, "no row was undone twice"
    (live,) = store.running.listed(shop.id)
    assert {each.id: each.note for each in live.taps} == {
        key: words for what, key, words in done if what == "tap" and key not in undone
    }
    assert {each.id: each.counts for each in live.rows} == {
        key: counts for what, key, counts in done if what == "row" and key not in undone
    }


@forking
@pytest.mark.parametrize("kills", [20, pytest.param(100, marks=pytest.mark.long)])
def test_a_kill_in_a_tap_loses_none_that_was_confirmed(
    store: Store, shop: Shop, url: str, tmp_path: Path, kills: int
) -> None:
    live = store.running.start(shop.id)
    journal = os.open(tmp_path / "confirmed", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    store.engine.dispose()

    def work() -> None:
        with Store.open(url) as mine:
            for number in range(15):
                made = tap(live, number, "giveaway", product="Linen shirt" * 20, note=f"{number}")
                mine.running.tap(live.id, made)
                os.write(journal, f"{made.id} {made.note}\n".encode())

    began = time.perf_counter()
    assert together(work) == [0]
    chance = random.Random(20261126)
    ended, before = 0, 0
    latest = 1.2 * (time.perf_counter() - began)  # seconds; follows the machine
    for _ in range(kills):
        done = killed(work, chance.uniform(0, latest))
        ended += done
        said = os.fstat(journal).st_size
        latest *= 0.7 if done else 1.1 if said > before else 1.6
        before = said
    os.close(journal)
    confirmed = [line.split() for line in (tmp_path / "confirmed").read_text().splitlines()]
    kept = {each.id: each for each in store.running.one(live.id).taps}
    assert dict(confirmed) == {key: kept[key].note for key, _ in confirmed if key in kept}
    assert all(each.product == "Linen shirt" * 20 and each.note for each in kept.values()), "none is torn"
    assert len(kept) - len(confirmed) <= kills - ended, "at most the one tap each kill cut off from its word"
    assert len(confirmed) - 15 > kills / 2 and ended < 0.8 * kills
    if store.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(store.engine.url.database))) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
