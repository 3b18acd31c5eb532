"""The page for a LIVE that runs: totals typed and pasted, undone, kept, judged, handed over to the review."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from playbook.model.running import RunningLive, Tap, TotalsRow
from playbook.store import old_running
from playbook.store.errors import StoreError
from playbook.store.running import RunningLives
from playbook.store.store import Store
from tests.running import FALL, live, noted, past, totals
from tests.test_running import old_files

from .conftest import fresh, keyed, tap, texts


@pytest.fixture
def page() -> AppTest:
    at = fresh().run().switch_page("pages/live.py").run()
    keyed(at.number_input, "pad_ago").set_value(120).run()
    return keyed(at.button, "pad_start").click().run()


def shown(at: AppTest) -> str:
    """The texts of the page without the marks that keep user text from being read as Markdown."""
    return re.sub(r"\\(.)", r"\1", texts(at))


def the_log() -> RunningLive:
    with Store.open() as store:
        return store.running.listed(store.shops()[0].id)[0]


def note(rows: Iterable[TotalsRow]) -> None:
    """As another device would."""
    with Store.open() as store:
        live = store.running.listed(store.shops()[0].id)[0]
        for row in rows:
            store.running.note(live.id, row, "USD")


def typed(at: AppTest, **numbers: str) -> AppTest:
    for name, text in numbers.items():
        keyed(at.text_input, f"total_{name}").set_value(text)
    return keyed(at.button, "save_totals").click().run()


def test_rows_are_kept_at_once_and_undone(page: AppTest) -> None:
    begun = the_log().start
    at = typed(page, time=f"{begun + timedelta(minutes=30):%H:%M}", impressions="12.3K", views="1,480")
    assert not at.exception
    assert [dict(row.counts) for row in the_log().rows] == [{"impressions": 12300, "views": 1480}]
    at = typed(at, impressions="20,000", views="2,400")
    assert len(the_log().rows) == 2 and "2 rows noted" in shown(at)
    at = keyed(at.button, "undo_row").click().run()
    assert len(the_log().rows) == 1


def test_a_mistyped_row_is_refused_with_its_reason_and_stays_in_the_form(page: AppTest) -> None:
    begun = the_log().start
    at = typed(page, time=f"{begun + timedelta(minutes=30):%H:%M}", views="1,480")
    at = typed(at, views="148")
    assert len(the_log().rows) == 1
    assert "Views: 148 is less than the 1,480 noted at" in shown(at)
    assert keyed(at.text_input, "total_views").value == "148"
    at = typed(at, time="25:99", views="1,500")
    assert "'25:99' is not a time like 20:15. Leave it empty for now." in shown(at)


def test_text_from_the_dashboard_can_be_pasted(page: AppTest) -> None:
    at = page
    keyed(at.text_area, "pasted_totals").set_value("Impressions\n12,340\nViews\n1,480\nGMV\n$99.50")
    at = keyed(at.button, "save_paste").click().run()
    assert not at.exception and not the_log().rows, "nothing is saved before it is confirmed"
    assert "Impressions 12,340 · Views 1,480 · GMV $99.50" in shown(at)
    at = keyed(at.button, "confirm_paste").click().run()
    assert dict(the_log().rows[0].counts) == {"impressions": 12340, "views": 1480, "gmv": 99.5}
    assert the_log().currency == "USD"


def test_a_pasted_page_marks_what_contradicts_and_can_be_thrown_away(page: AppTest) -> None:
    at = page
    keyed(at.text_area, "pasted_totals").set_value("Impressions\n1,340\nViews\n1,480\nLikes\n5\nLikes\n9")
    at = keyed(at.button, "save_paste").click().run()
    assert "Views, look again: more views (1,480) than impressions (1,340) cannot be." in shown(at)
    assert "Likes, left out: stands there twice, as 5 and as 9" in shown(at)
    at = keyed(at.button, "drop_paste").click().run()
    assert not at.exception and not the_log().rows and "Understood" not in shown(at)
    keyed(at.text_area, "pasted_totals").set_value("nothing to see")
    at = keyed(at.button, "save_paste").click().run()
    assert "No count was recognised in this text." in shown(at)


def test_the_page_goes_on_after_a_reload(page: AppTest) -> None:
    typed(page, views="1,480")
    again = fresh().run().switch_page("pages/live.py").run()
    assert not again.exception and "1 row noted" in shown(again)


def test_a_running_live_is_held_against_the_same_minute(page: AppTest) -> None:
    log = the_log()
    with Store.open() as store:
        shop = store.shops()[0]
        earlier = [replace(each, start=log.start - timedelta(days=at)) for at, each in enumerate(past(), 1)]
        store.apply(store.plan_import(shop.id, earlier), other_creators=True)
    room = live(302, (FALL,))
    rows = totals(room, log.start, every=5, until=85)
    note(rows)
    at = page.run()
    assert not at.exception
    said = shown(at)
    assert "1:25 in: " in said and "CTR has fallen since" in said
    assert "Usual: the first 85 minutes of your last 6 LIVEs with a trend." in said
    did = next(each for each in at.button if str(each.key).startswith("did_"))
    at = did.click().run()
    assert not at.exception and len(the_log().taps) == 1


def test_a_file_that_grows_is_followed(page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_PATHS", str(tmp_path))
    page.run()
    file = tmp_path / "minutes.csv"
    room = live(302, (FALL,))
    room.trend[:50].to_csv(file, index=False)
    keyed(page.text_input, "watch_path").set_value(str(file))
    at = keyed(page.button, "watch").click().run()
    assert not at.exception
    assert "minutes.csv: 50 rows" in shown(at)
    room.trend[:90].to_csv(file, index=False)
    at = at.run()
    assert "minutes.csv: 90 rows" in shown(at) and "CTR has fallen since" in shown(at)
    file.write_text("minute,impre", encoding="utf-8")
    at = at.run()
    assert not at.exception and "minutes.csv" in shown(at)
    at = keyed(at.button, "unwatch").click().run()
    assert the_log().watching is None


def test_a_path_that_is_no_table_is_refused(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_PATHS", "/etc")
    page.run()
    keyed(page.text_input, "watch_path").set_value("/etc/passwd")
    at = keyed(page.button, "watch").click().run()
    assert "passwd is not a table" in shown(at) and the_log().watching is None


def test_the_end_leads_to_the_review_with_trend_and_events(page: AppTest) -> None:
    log = the_log()
    note(noted(live(302, (FALL,)), log.start, every=5).rows)
    at = tap(page, "pin")
    at = keyed(at.button, "pad_stop").click().run()
    assert not at.exception
    assert the_log().end is not None
    with Store.open() as store:
        shop = store.shops()[0]
        kept = store.session(shop.id, store.sessions(shop.id)[-1].id)
    assert kept.trend is not None and len(kept.trend) == 24
    assert [each.type for each in kept.events] == ["pin"]


def test_a_tap_that_cannot_be_stored_is_told_and_not_lost(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("s.db: the disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(RunningLives, "tap", full)
        at = tap(page, "violation")
        said = shown(at)
        assert said.count("the disk is full") == 1 and "1 tap waits on this page only" in said
        assert "Violation" in said and the_log().taps == ()
    at = tap(at, "giveaway")
    assert "the disk is full" not in shown(at)
    assert [each.type for each in the_log().taps] == ["violation", "giveaway"]


def test_a_tap_whose_word_was_lost_is_stored_once(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    real = RunningLives.tap

    def lost(self: RunningLives, running_id: str, tap: Tap) -> None:
        real(self, running_id, tap)
        raise StoreError("the connection to the server was lost.")

    with monkeypatch.context() as broken:
        broken.setattr(RunningLives, "tap", lost)
        at = tap(page, "violation")
    at = keyed(at.button, "pad_again").click().run()
    assert not at.exception and "was lost" not in shown(at)
    assert [each.type for each in the_log().taps] == ["violation"]


def test_a_row_that_another_device_noted_meanwhile_counts(page: AppTest) -> None:
    begun = the_log().start
    note([TotalsRow(begun + timedelta(minutes=20), {"views": 1480.0})])
    at = typed(page, time=f"{begun + timedelta(minutes=30):%H:%M}", views="148")
    assert "Views: 148 is less than the 1,480 noted at" in shown(at)
    assert len(the_log().rows) == 1


def test_a_live_that_another_device_ended_says_so(page: AppTest) -> None:
    log = the_log()
    note([TotalsRow(log.start + timedelta(minutes=30), {"views": 1480.0})])
    with Store.open() as store:
        store.running.end(log.id, "phone")
    at = page.run()
    assert not at.exception
    assert "was ended at" in shown(at) and "on another device (phone)" in shown(at)
    assert [each for each in at.button if each.key.startswith("ended_review")]
    at = keyed(at.button, "ended_go_on").click().run()
    assert "1 row noted" in shown(at) and "on another device" not in shown(at)


def test_two_shops_are_live_at_once(page: AppTest) -> None:
    tap(page, "pin")
    with Store.open() as store:
        mine, other = store.shops()[0], store.create_shop("Pottery", timezone="America/Sao_Paulo")
    theirs = fresh().run().switch_page("pages/live.py").run()
    theirs = theirs.selectbox(key="shop_picker").set_value(other.id).run()
    assert "Pin" not in shown(theirs) and keyed(theirs.button, "pad_start")
    theirs = keyed(theirs.button, "pad_start").click().run()
    theirs = tap(theirs, "giveaway")
    assert not theirs.exception
    assert theirs.metric[0].value == "0:00", "the clock is that of the LIVE, not of the other shop's"
    theirs = keyed(theirs.button, "pad_stop").click().run()
    with Store.open() as store:
        here, there = (store.running.listed(each.id) for each in (mine, other))
        assert [[each.type for each in live.taps] for live in (*here, *there)] == [["pin"], ["giveaway"]]
        assert here[0].end is None and there[0].end is not None
    at = page.run()
    assert at.metric[0].value == "2:00" and "Giveaway" not in shown(at)


def test_half_a_row_of_one_shop_does_not_stand_in_the_next(page: AppTest) -> None:
    with Store.open() as store:
        other = store.create_shop("Pottery")
        store.running.start(other.id)
    keyed(page.text_input, "total_views").set_value("148").run()
    at = page.selectbox(key="shop_picker").set_value(other.id).run()
    assert keyed(at.text_input, "total_views").value == ""


def test_lives_of_an_earlier_version_go_to_the_only_shop(own_home: Path) -> None:
    old_files(own_home)
    at = fresh().run().switch_page("pages/live.py").run()
    assert not at.exception
    log = the_log()
    assert (len(log.rows), len(log.spans())) == (2, 3)
    assert "2 rows · 3 events" in shown(at)
    assert not list((own_home / "event_pads").iterdir()) and old_running.found() == ([], [])


def test_with_several_shops_it_is_asked_whose_the_earlier_lives_are(own_home: Path) -> None:
    old_files(own_home)
    with Store.open() as store:
        _, second = store.create_shop("Linen"), store.create_shop("Pottery")
    at = fresh().run().switch_page("pages/live.py").run()
    assert "Whose LIVEs are these?" in shown(at)
    with Store.open() as store:
        assert [store.running.listed(each.id) for each in store.shops()] == [[], []]
    at.selectbox(key="old_shop").set_value(second.id).run()
    at = at.button(key="old_take").click().run()
    assert not at.exception and "Whose LIVEs" not in shown(at)
    with Store.open() as store:
        assert [len(store.running.listed(each.id)) for each in store.shops()] == [0, 1]
    assert (own_home / "taken_over").is_dir()


def test_earlier_lives_that_cannot_be_stored_stay_in_their_files(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_files(own_home)

    def full(*_: object) -> None:
        raise StoreError("s.db: the disk is full.")

    monkeypatch.setattr(RunningLives, "take_over", full)
    at = fresh().run().switch_page("pages/live.py").run()
    assert not at.exception and "the disk is full" in shown(at)
    assert len(old_running.found()[0]) == 1
