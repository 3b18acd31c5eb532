"""The same LIVE is found again however a spreadsheet wrote its Room ID, and numbers whatever guards them."""

from __future__ import annotations

import itertools

import pytest

from playbook.imports import read_files
from playbook.imports.lives.starts import rounded, same_room
from playbook.store import Store

ROOMS = ("7658657266417994504", "7658657626705964693", "7658657986993934882", "7658658347281905071")


def listed(make, as_csv, write, minutes=(0, 0, 0, 0)):
    rows = []
    for live, room in zip(make.LIVES, ROOMS, strict=True):
        row = make.b3(live)
        row[0] = write(room)
        rows.append(row)
    return as_csv([make.B3, *rows])


WAYS = {
    "exact": str, "apostrophe": "'{}".format, "formula": '="{}"'.format, "rounded": lambda room: room[:15] + "0000",
    "unseen": "\u200b{}\u200e".format, "power": lambda room: f"{float(room):.5E}", "empty": lambda room: "",
}  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(["exact", "rounded", "power"])))
def test_lives_are_one_in_any_order_and_keep_the_whole_id(make, as_csv, order):
    files = [(f"{way}.csv", listed(make, as_csv, WAYS[way])) for way in order]
    assert [each.id for each in read_files(files).sessions] == list(ROOMS)


@pytest.mark.parametrize(
    ("first", "second"),
    [("exact", "rounded"), ("rounded", "exact"), ("rounded", "rounded"), ("power", "exact"), ("rounded", "empty"),
     ("formula", "apostrophe"), ("unseen", "power")],
)  # fmt: skip
def test_imported_one_after_the_other_they_are_one_in_the_store(make, as_csv, tmp_path, first, second):
    with Store.open(f"sqlite:///{tmp_path / 'one.db'}") as store:
        shop = store.create_shop("Mugs")
        for way in (first, second):
            reading = read_files([(f"{way}.csv", listed(make, as_csv, WAYS[way]))])
            store.apply(store.plan_import(shop.id, reading))
        kept = store.sessions(shop.id)
        assert [each.start for each in kept] == [live["start"] for live in make.LIVES]
        if {first, second} & {"exact", "apostrophe", "formula", "unseen"}:
            assert [each.id for each in kept] == list(ROOMS)


def test_rounded_ids_are_told_once(make, as_csv):
    reading = read_files([("b3.csv", listed(make, as_csv, WAYS["rounded"]))])
    assert [str(each) for each in reading.warnings] == [
        "b3.csv, column 'Room ID': the Room IDs were rounded by a spreadsheet and their last digits are lost; each "
        "LIVE is known by its start as well. Download the export again without opening it, or import the column as text"
    ]
    assert read_files([("b3.csv", listed(make, as_csv, str))]).warnings == ()


@pytest.mark.parametrize("many", [2, 12])
def test_lives_of_one_minute_are_kept_apart_though_their_ids_were_rounded(make, as_csv, many):
    rooms = [str(7658657266417994504 + 360288000000 * at) for at in range(many)]
    rows = []
    for room in rooms:
        row = make.b3(make.LIVES[0])
        row[0] = room
        rows.append(row)
    short = [[row[0][:15] + "0000", *row[1:]] for row in rows]
    both = [("one.csv", as_csv([make.B3, *short])), ("two.csv", as_csv([make.B3, *rows]))]
    assert sorted(each.id for each in read_files(both).sessions) == rooms
    assert sorted(each.id for each in read_files(both[::-1]).sessions) == rooms


def test_what_a_rounded_id_looks_like():
    assert rounded("7658657266417990000") and same_room("7658657266417990000", ROOMS[0])
    assert not rounded(ROOMS[0]) and not same_room(ROOMS[0], ROOMS[0][:-1] + "5")
    assert not rounded("7550000000000000000") and not rounded("120000") and not rounded("")
    assert not same_room("7658657266417990000", "765865726641799000")


GUARDS = ["'{}", '="{}"', "\u200e{}", "{}\u200b", "`{}", "\u2019{}", " {}\xa0"]
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize("guard", GUARDS)
def test_whatever_guards_a_cell_of_any_kind(make, as_csv, guard):
    """Numbers, money, rates, dates, lengths and ids at once."""
    rows = [[guard.format(cell) if at != 1 else cell for at, cell in enumerate(make.b3(live))] for live in make.LIVES]
    guarded = read_files([("b3.csv", as_csv([make.B3, *rows]))])
    plain = read_files([("b3.csv", as_csv([make.B3, *(make.b3(live) for live in make.LIVES)]))])
    assert guarded.warnings == ()
    for one, other in zip(guarded.sessions, plain.sessions, strict=True):
        assert (one.id, one.start, one.duration_minutes) == (other.id, other.start, other.duration_minutes)
        assert (one.counts, one.reported, one.currency) == (other.counts, other.reported, other.currency)


@pytest.mark.parametrize("guard", GUARDS)
def test_whatever_guards_the_cells_of_a_trend_and_of_products(as_csv, guard):
    trend = [
        ["Time", "Views", "Likes"],
        *([guard.format(cell) for cell in (f"19:0{at}", "120", "7")] for at in range(4)),
    ]
    products = [["product_id", "product", "product_impressions", "price"],
                [guard.format("1734361841279534400"), "Mug", guard.format("900"), guard.format("12.50")]]  # fmt: skip
    sheet = [
        ["start", "minutes", "views"],
        [guard.format("2026-07-13 19:00"), guard.format("120"), guard.format("480")],
    ]
    files = [("list.csv", as_csv(sheet)), ("t.csv", as_csv(trend)), ("p.csv", as_csv(products))]
    (session,) = read_files(files).sessions
    assert session.duration_minutes == 120 and session.counts["views"] == 480
    assert list(session.trend["views"]) == [120] * 4 and list(session.trend["minute"]) == [0, 1, 2, 3]
    (mug,) = session.products
    assert (mug.product_id, mug.counts["product_impressions"], mug.price) == ("1734361841279534400", 900, 12.5)


@pytest.mark.parametrize(("cell", "value"), [("٤٬٨٠٠", 4800), ("4٬800", 4800), ("٤٨٠٠", 4800), ("1٬234٬567", 1234567)])
def test_arabic_digits_and_thousands(as_csv, cell, value):
    header = ["start", "views", "gmv"]
    rows = [header, ["2026-07-13 19:00".translate(DIGITS), cell, "١٬٨٣٧٫١٥"]]
    (session,) = read_files([("mine.csv", as_csv(rows))]).sessions
    assert (session.counts["views"], session.counts["gmv"], session.start.hour) == (value, 1837.15, 19)
