"""What was explained of a layout counts on the command line: that of the store, else that of this machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from playbook import userdata
from playbook.cli.main import main
from playbook.imports.own.sheet import layout_of
from playbook.store import Store

HEADER = "Date,Start time,Mins,Impressions,Views,Product clicks,Orders"
SHEET = f"{HEADER}\n" + "".join(
    f"2026-09-{3 + at:02d},19:00,118,{38000 + at},{3900 + at},488,{33 + at}\n" for at in range(4)
)
UNKNOWN = "Show,When,Eyeballs,Taps\n" + "".join(f"a{at},2026-08-0{at} 19:00,50{at}0,60{at}\n" for at in range(1, 5))
MAPPING = """\
id: my_shows
title: shows
kind: sessions
recognised_by: {headers: [When, Eyeballs, Taps]}
columns: {start: [When], views: [Eyeballs], product_clicks: [Taps]}
how_to_export: As you downloaded it.
"""
SAID = {"Orders": "sku_orders"}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "shop" / "mine.csv"
    path.parent.mkdir()
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A store in which a sheet and a layout were explained, and which has one shop."""
    path = tmp_path / "team.db"
    with Store.open(str(path)) as store:
        store.create_shop("Dana")
        store.keep_sheet(layout_of(HEADER.split(",")), SAID)
        store.keep_layout("my_shows", MAPPING)
    return str(path)


def orders(text: str) -> object:
    return json.loads(text)["counts"]["sku_orders"]


def test_review_uses_what_the_store_keeps(sheet: Path, db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(sheet), "--db", db, "--shop", "Dana", "--format", "json"]) == 0
    said = capsys.readouterr()
    assert orders(said.out) == 36 and "what is in the column 'Orders'" not in said.err


def test_review_without_a_store_uses_the_files_of_this_machine(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    userdata.keep_sheet(layout_of(HEADER.split(",")), SAID)
    assert main(["review", str(sheet), "--format", "json"]) == 0
    assert orders(capsys.readouterr().out) == 36


def test_what_is_said_now_counts_more_than_what_is_kept(
    sheet: Path, db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    now = ["--column", "Orders=orders_main"]
    assert main(["review", str(sheet), "--db", db, "--shop", "Dana", "--format", "json", *now]) == 0
    assert orders(capsys.readouterr().out) is None


def test_import_knows_the_layouts_of_the_store(tmp_path: Path, db: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "shows.csv"
    path.write_text(UNKNOWN, encoding="utf-8")
    assert main(["import", str(path), "--db", db, "--shop", "Dana"]) == 0
    assert "4 new LIVEs" in capsys.readouterr().out


def test_import_takes_the_files_of_this_machine_into_the_store(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    userdata.keep_sheet(layout_of(HEADER.split(",")), SAID)
    path = tmp_path / "own.db"
    assert main(["import", str(sheet), "--db", str(path), "--shop", "Dana", "--create"]) == 0
    with Store.open(str(path)) as store:
        assert store.sheets() == {layout_of(HEADER.split(",")): SAID}
        assert store.sessions(store.find_shop("Dana").id)[-1].counts["sku_orders"] == 36


@pytest.mark.parametrize("kept_in", ["store", "files"])
def test_bulk_uses_the_kept_answers(
    kept_in: str, sheet: Path, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if kept_in == "files":
        userdata.keep_sheet(layout_of(HEADER.split(",")), SAID)
    more = ["--db", db] if kept_in == "store" else []
    out = tmp_path / "out"
    assert main(["bulk", str(sheet.parent), "--out", str(out), "--jobs", "1", *more]) == 0
    [path] = (out / "reviews").iterdir()
    assert orders(path.read_text(encoding="utf-8")) == 36
    capsys.readouterr()
