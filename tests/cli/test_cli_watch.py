"""A folder that is watched, and a calendar."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

import playbook
from playbook.cli import desk, watch
from playbook.cli.main import main
from playbook.knowledge.load import load
from playbook.knowledge.markets import holds_in
from playbook.model.session import Event
from playbook.report.forms.calendar import Entry, as_calendar
from playbook.store import Store

SAMPLE = next((Path(__file__).resolve().parents[2] / "data" / "samples" / "ordinary_evening").glob("*.xlsx"))


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = str(tmp_path / "s.db")
    with Store.open(path) as store:
        store.create_shop("Kopi & Linen")
    return path


def test_what_lands_is_imported_and_reviewed_once(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    shutil.copy(SAMPLE, folder)
    (folder / "notes.txt").write_text("hello", encoding="utf-8")
    (folder / "half.xlsx.crdownload").write_bytes(b"x")
    assert main(["watch", str(folder), "--shop", "Kopi & Linen", "--once", "--db", db]) == 0
    told = capsys.readouterr()
    reviews = sorted(each.name for each in folder.glob("review_*.html"))
    assert 1 <= len(reviews) <= 3
    assert all(name.startswith("review_Kopi-Linen_2026") for name in reviews)
    assert "Kopi &amp; Linen" in (folder / reviews[-1]).read_text(encoding="utf-8")
    assert "notes.txt" in told.err
    assert main(["watch", str(folder), "--shop", "Kopi & Linen", "--once", "--db", db]) == 0
    assert capsys.readouterr().out == "", "nothing is taken twice"


def test_a_file_that_grows_is_left_alone(db: str, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    with Store.open(db) as store:
        shutil.copy(SAMPLE, folder)
        first = watch.take(folder, "Kopi & Linen", store, {})
        assert store.overview()[0].sessions == 0
        watch.take(folder, "Kopi & Linen", store, first)
        assert store.overview()[0].sessions > 0


def test_a_calendar_has_short_lines_and_escaped_words() -> None:
    made = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    entries = [
        Entry("LIVE with the change, " + "ผ้า" * 40, datetime(2026, 12, 1, 19, 30), 120, "one; two\nthree"),
        Entry("weekly look", date(2026, 11, 30), every=7),
    ]
    text = as_calendar("Kopi, Linen", entries, made)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert max(len(line.encode()) for line in lines) <= 75
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:Kopi\\, Linen: LIVE with the change\\, ผ้า" in whole
    assert "DTSTART:20261201T193000" in whole and "DTEND:20261201T213000" in whole
    assert "DTSTART;VALUE=DATE:20261130" in whole and "RRULE:FREQ=DAILY;INTERVAL=7" in whole
    assert "DESCRIPTION:one\\; two\\nthree" in whole
    assert text == as_calendar("Kopi, Linen", entries, made)
    live, look = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert live["SUMMARY"] == "Kopi, Linen: LIVE with the change, " + "ผ้า" * 40
    assert live["DESCRIPTION"] == "one; two\nthree" and not live.errors and not look.errors
    assert live.decoded("DTEND") - live.decoded("DTSTART") == timedelta(hours=2)
    assert look.decoded("DTSTART") == date(2026, 11, 30) and look["RRULE"] == {"FREQ": ["DAILY"], "INTERVAL": [7]}


def test_the_calendar_of_a_shop(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(db) as store:
        shop = store.shops()[0]
        store.add_comment(shop.id, "new pins", to_do=True, due=date(2026, 12, 3), owner="Rina")
    out = tmp_path / "mine.ics"
    assert main(["calendar", "--shop", "Kopi & Linen", "--out", str(out), "--db", db]) == 0
    text = out.read_bytes().decode()
    assert "to do: new pins" in text and "VALUE=DATE:20261203" in text and "weekly look" in text


def test_the_calendar_has_the_last_day_of_an_appeal(db: str) -> None:
    with Store.open(db) as store:
        shop = store.create_shop("Appeal", market="US")
        start = datetime(2026, 11, 20, 19, 0)
        logged = replace(
            next(iter(playbook.read([SAMPLE]))), start=start, events=(Event("violation", 5.0, detail="Misleading"),) * 2
        )
        store.apply(store.plan_import(shop.id, [logged]), other_creators=True)
        days = max(each.appeal_days for each in load().violations.repeats if holds_in(each.market, "US"))
        last = start + timedelta(days=days)
        (entry,) = desk.appeals(store, shop, last)
        assert (entry.start, entry.note) == (last.date(), "LIVE of Nov 20, 2026: Misleading")
        assert desk.appeals(store, shop, last + timedelta(days=1)) == []
        assert desk.appeals(store, replace(shop, market="Mars"), start) == []
