"""The page for a LIVE that runs: totals typed and pasted, undone, kept, judged, handed over to the review."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from playbook import live_log
from playbook.pads import saved
from playbook.store.store import Store
from tests.running import FALL, live, noted, past, totals

from .conftest import fresh, texts


@pytest.fixture
def page() -> AppTest:
    at = fresh().run().switch_page("pages/live.py").run()
    at.number_input(key="pad_ago").set_value(120).run()
    return at.button(key="pad_start").click().run()


def shown(at: AppTest) -> str:
    """The texts of the page without the marks that keep user text from being read as Markdown."""
    return re.sub(r"\\(.)", r"\1", texts(at))


def the_log() -> live_log.Log:
    return live_log.saved()[0]


def typed(at: AppTest, **numbers: str) -> AppTest:
    for name, text in numbers.items():
        at.text_input(key=f"total_{name}").set_value(text)
    return at.button(key="save_totals").click().run()


def test_rows_are_kept_at_once_and_undone(page: AppTest) -> None:
    begun = the_log().start
    at = typed(page, time=f"{begun + timedelta(minutes=30):%H:%M}", impressions="12.3K", views="1,480")
    assert not at.exception
    assert [dict(row.counts) for row in the_log().rows] == [{"impressions": 12300, "views": 1480}]
    at = typed(at, impressions="20,000", views="2,400")
    assert len(the_log().rows) == 2 and "2 rows noted" in shown(at)
    at = at.button(key="undo_row").click().run()
    assert len(the_log().rows) == 1


def test_a_mistyped_row_is_refused_with_its_reason_and_stays_in_the_form(page: AppTest) -> None:
    begun = the_log().start
    at = typed(page, time=f"{begun + timedelta(minutes=30):%H:%M}", views="1,480")
    at = typed(at, views="148")
    assert len(the_log().rows) == 1
    assert "Views: 148 is less than the 1,480 noted at" in shown(at)
    assert at.text_input(key="total_views").value == "148"
    at = typed(at, time="25:99", views="1,500")
    assert "'25:99' is not a time like 20:15. Leave it empty for now." in shown(at)


def test_text_from_the_dashboard_can_be_pasted(page: AppTest) -> None:
    at = page
    at.text_area(key="pasted_totals").set_value("Impressions\n12,340\nViews\n1,480\nGMV\n$99.50")
    at = at.button(key="save_paste").click().run()
    assert not at.exception
    assert dict(the_log().rows[0].counts) == {"impressions": 12340, "views": 1480, "gmv": 99.5}
    assert the_log().currency == "USD"


def test_the_page_goes_on_after_a_reload(page: AppTest) -> None:
    typed(page, views="1,480")
    again = fresh().run().switch_page("pages/live.py").run()
    assert not again.exception and "1 row noted" in shown(again)


def test_a_running_live_is_held_against_the_same_minute(page: AppTest) -> None:
    log = the_log()
    with Store.open() as store:
        shop = store.create_shop("Mine")
        earlier = [replace(each, start=log.start - timedelta(days=at)) for at, each in enumerate(past(), 1)]
        store.apply(store.plan_import(shop.id, earlier), other_creators=True)
    room = live(302, (FALL,))
    rows = totals(room, log.start, every=5, until=85)
    live_log.Log(log.start, tuple(rows), "USD").save()
    at = page.run()
    assert not at.exception
    said = shown(at)
    assert "1:25 in: " in said and "CTR has fallen since" in said
    assert "Usual: the first 85 minutes of your last 6 LIVEs with a trend." in said
    did = next(each for each in at.button if str(each.key).startswith("did_"))
    at = did.click().run()
    assert not at.exception and len(saved()[0].taps) == 1


def test_a_file_that_grows_is_followed(page: AppTest, tmp_path: Path) -> None:
    file = tmp_path / "minutes.csv"
    room = live(302, (FALL,))
    room.trend[:50].to_csv(file, index=False)
    page.text_input(key="watch_path").set_value(str(file))
    at = page.button(key="watch").click().run()
    assert not at.exception
    assert "minutes.csv: 50 rows" in shown(at)
    room.trend[:90].to_csv(file, index=False)
    at = at.run()
    assert "minutes.csv: 90 rows" in shown(at) and "CTR has fallen since" in shown(at)
    file.write_text("minute,impre", encoding="utf-8")
    at = at.run()
    assert not at.exception and "minutes.csv" in shown(at)
    at = at.button(key="unwatch").click().run()
    assert the_log().watching is None


def test_a_path_that_is_no_table_is_refused(page: AppTest, tmp_path: Path) -> None:
    page.text_input(key="watch_path").set_value("/etc/passwd")
    at = page.button(key="watch").click().run()
    assert "passwd is not a table" in shown(at) and the_log().watching is None


def test_the_end_leads_to_the_review_with_trend_and_events(page: AppTest) -> None:
    log = the_log()
    live_log.Log(log.start, noted(live(302, (FALL,)), log.start, every=5).rows, "USD").save()
    at = page.button(key="pad_pin").click().run()
    at = at.button(key="pad_stop").click().run()
    assert not at.exception
    assert the_log().end is not None
    with Store.open() as store:
        shop = store.shops()[0]
        kept = store.session(shop.id, store.sessions(shop.id)[-1].id)
    assert kept.trend is not None and len(kept.trend) == 24
    assert [each.type for each in kept.events] == ["pin"]


def test_a_tap_that_cannot_be_written_is_told_once_and_not_lost(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("playbook.pads.Pad.save", full)
        at = page.button(key="pad_violation").click().run()
        said = shown(at)
        assert said.count("cannot be written (No space left on device)") == 1
        assert "Violation" in said and not saved()
    at = at.button(key="pad_giveaway").click().run()
    assert "cannot be written" not in shown(at)
    assert [each.type for each in saved()[0].taps] == ["violation", "giveaway"]
