"""Files made to cost much: they are read or refused in words, and the time grows with their size, not its square."""

from __future__ import annotations

import importlib
import io
import itertools
import json
import pkgutil
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from types import ModuleType

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import playbook.imports
import playbook.knowledge
from playbook.imports import built_in_profiles, read_files
from playbook.imports.formats.grid import grid
from playbook.imports.formats.tables import SheetTable
from playbook.imports.formats.workbook import _has_long_text
from playbook.imports.layout import recognise
from playbook.imports.layout.leftovers import Layout, sums
from playbook.imports.lives.identity import merge
from playbook.imports.lives.slices import MOST
from playbook.imports.lives.starts import Starts, alike, minute
from playbook.model.session import Session, UnusableFile

SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEADER = "session_id,start,minutes,views,likes"
LIVE = "7658657266417900001,2026-08-01 19:00:00,60,5,2"


def took(act: Callable[[], object]) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    act()
    return time.process_time() - began


def workbook(counts: bytes) -> bytes:
    """A list of one LIVE whose shared strings say of themselves what `counts` says."""
    blank, out = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(blank)
    texts = ("start", "views", "2026-03-01 19:00", "5")
    cells = [b'<c r="%s%d" t="s"><v>%d</v></c>' % (b"AB"[at % 2 : at % 2 + 1], at // 2 + 1, at) for at in range(4)]
    rows = b'<row r="1">%b</row><row r="2">%b</row>' % (b"".join(cells[:2]), b"".join(cells[2:]))
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts).encode()
    with zipfile.ZipFile(blank) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if not name.endswith(("sheet1.xml", "sharedStrings.xml")):
                new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/sheet1.xml", b"<worksheet %b><sheetData>%b</sheetData></worksheet>" % (SPACE, rows))
        new.writestr("xl/sharedStrings.xml", b"<sst %b %b>%b</sst>" % (SPACE, counts, strings))
    return out.getvalue()


def test_a_workbook_that_counts_right_is_read() -> None:
    assert read_files([("x.xlsx", workbook(b'uniqueCount="4" count="4"'))]).sessions[0].counts["views"] == 5


@pytest.mark.parametrize(
    "counts",
    [
        b'uniqueCount="100000000000"', b'uniqueCount="1000000000000000000"', b"uniqueCount='30000000'",
        b'uniqueCount\n=\t"100000000000"', b'a="<" uniqueCount="0000000000100000000000"',
        b'uniqueCount="' + b"9" * 5000 + b'"',
    ],
)  # fmt: skip
def test_room_is_never_made_for_entries_that_are_not_there(counts: bytes) -> None:
    with pytest.raises(UnusableFile, match=r"x\.xlsx: the workbook is damaged"):
        read_files([("x.xlsx", workbook(counts))])


def test_a_slip_inside_the_reader_of_workbooks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    slip = type("PanicException", (BaseException,), {})

    def panic(*_args: object, **_more: object) -> None:
        raise slip

    monkeypatch.setattr("playbook.imports.formats.workbook.read_book", panic)
    with pytest.raises(UnusableFile, match=r"x\.xlsx: the workbook is damaged"):
        read_files([("x.xlsx", workbook(b""))])


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of these packages keeps."""
    for package in (playbook.imports, playbook.knowledge):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{found.name}.{name}", value


#: Only asked of a whole text of at most 80 signs, or at its beginning.
SHORT = {
    "playbook.imports.cells.lengths._COLONS",
    "playbook.imports.formats.tables._JSON",
    "playbook.imports.formats.tables._MARKUP",
}


LONG = {name: pattern for name, pattern in patterns() if name not in SHORT}


@pytest.mark.parametrize("name", LONG)
def test_patterns_take_time_by_the_length_of_the_text(name: str) -> None:
    pattern = LONG[name]
    signs = [" ", "\t", "\n", "1", "a", "-", ".", ",", "(", "<", "1 ", "1,", "a ", "- ", "1:", "{"]
    for start, sign, end in itertools.product(("", "-"), signs, ("x", "\0")):
        text = start + sign * (30_000 // len(sign)) + end
        subject = text.encode() if isinstance(pattern.pattern, bytes) else text
        assert took(lambda subject=subject: pattern.search(subject)) < 0.4, f"{name}: {start!r}, {sign!r}, {end!r}"  # type: ignore[misc, arg-type]


def test_blanks_in_a_sheet_and_long_texts_are_passed_over_once() -> None:
    assert took(lambda: grid(b"<sheetData " + b" " * 200_000 + b'>= <row r="1">')) < 0.4
    assert took(lambda: _has_long_text(b"".join(b"<t>" + b"x" * 4_990 for _ in range(2_000)))) < 0.4
    assert _has_long_text(b"<t>" + b"x" * 5_001)


@pytest.mark.parametrize("filler", [" ", "\t", "\u00a0", "\u200b", "1 ", "'", "("])
def test_blanks_in_cells(filler: str) -> None:
    cell = "-" + filler * 1_600 + "x"
    for place in range(5):
        cells = LIVE.split(",")
        cells[place] = f'"{cell}"'
        table = "\n".join([HEADER, LIVE, *[",".join(cells)] * 20]).encode()
        assert took(lambda table=table: read_or_refuse(table)) < 1.0  # type: ignore[misc]


@pytest.mark.parametrize("creator", ["", "c{at}", "{at}"])
@pytest.mark.parametrize("name", ["76586572664179{at:05}", ""])
def test_many_lives_of_one_minute(name: str, creator: str) -> None:
    rows = [
        f"{name.format(at=at)},2026-08-01 19:00:{at % 60:02},60,{at + 1},{creator.format(at=at)}" for at in range(4_000)
    ]
    table = "\n".join(["Room ID,Start time,Duration,Views,Creator ID", *rows]).encode()
    text = "\n".join(["session_id,start,minutes,views,host", *rows]).encode()
    for data in (table, text):
        assert took(lambda data=data: read_or_refuse(data)) < 2.0  # type: ignore[misc]


def read_or_refuse(data: bytes) -> None:
    try:
        read_files([("x.csv", data)])
    except UnusableFile as error:
        assert "x.csv" in str(error)


BEGAN = datetime(2026, 8, 1, 19)


@st.composite
def crowds(draw: st.DrawFn) -> list[Session]:
    """LIVEs of two minutes, with ids and accounts that meet, and ids that only repeat the start."""
    lives = []
    for at in range(draw(st.integers(1, 40))):
        start = BEGAN + timedelta(seconds=draw(st.sampled_from([0, 20, 70])))
        own = [start.isoformat(timespec="minutes"), f"{start.isoformat(timespec='minutes')}-2"]
        name = draw(st.sampled_from(["7", "8", f"9{at}", *own]))
        creator = draw(st.sampled_from([None, None, "a", "b", "1", "2"]))
        lives.append(Session(name, {"views": float(at)}, start=start, creator=creator))
    return lives


@given(crowds())
def test_a_crowd_is_searched_as_a_few_are(lives: list[Session]) -> None:
    kept: dict[str, Session] = {}
    starts = Starts(kept)
    for at, live in enumerate(lives):
        together = [key for key, each in kept.items() if minute(each.start) == minute(live.start)]  # type: ignore[arg-type]
        plainly = next((key for key in together if alike(live, kept[key])), None)
        assert starts.find(live) == plainly
        if plainly is None:
            kept[f"key {at}"] = live
            starts.add(f"key {at}", live)
        elif at % 3:
            kept[plainly] = live
            starts.changed(plainly, live)
    merged, dropped = merge(lives)
    assert len(merged) + len(dropped) == len(lives)


def test_products_and_events_of_one_live_without_end() -> None:
    products = "product_id,product,product_impressions,product_clicks\n" + "\n".join(
        f"{n},p{n},9,1" for n in range(3_000)
    )
    events = "minute,type,detail\n" + "\n".join(f"{n % 60},pin,{n}" for n in range(3_000))
    reading = read_files(
        [("x.csv", f"{HEADER}\n{LIVE}\n".encode()), ("p.csv", products.encode()), ("e.csv", events.encode())]
    )
    session = reading.sessions[0]
    assert (len(session.products), len(session.events)) == (MOST, MOST)
    told = [str(each) for each in reading.warnings]
    assert "p.csv: has 3,000 products of one LIVE; the first 1,000 are used. Give those that matter" in told
    assert "e.csv: has 3,000 events of one LIVE; the first 1,000 are used. Give those that matter" in told


def test_a_wide_header_over_short_rows() -> None:
    with pytest.raises(UnusableFile, match=r"x\.csv, row 1: more than 702 columns, which no export has"):
        read_files([("x.csv", f"{HEADER}{',more' * 50_000}\n{LIVE}\n".encode())])
    blank = f"{HEADER}{',' * 50_000}\n" + f"{LIVE}\n" * 200  # as spreadsheets write columns that were once touched
    assert len(read_files([("x.csv", blank.encode())]).sessions) == 1
    table = f"{HEADER}{',' * 600},more\n" + f"{LIVE}\n" * 6_000
    with pytest.raises(UnusableFile, match=r"x\.csv: rows and columns make a table of more than 3,500,000 cells"):
        read_files([("x.csv", table.encode())])
    entries = [{f"k{at}": 1} for at in range(1_900)] + [{"id": 1}] * 20_000
    with pytest.raises(UnusableFile, match=r"x\.json: rows and columns make a table of more than"):
        read_files([("x.json", json.dumps(entries).encode())])


def test_half_a_sign_is_mended() -> None:
    row = {"session_id": "7", "start": "2026-03-01 19:00", "views": 5, "title": "half \ud83d here \ude00"}
    whole = {**row, "session_id": "8", "start": "2026-03-02 19:00", "title": "\U0001f600"}
    csv = f"{HEADER},title\n{LIVE},half \ud83d here\n".encode("utf-16-le", "surrogatepass")
    for session in read_files([("x.csv", b"\xff\xfe" + csv)]).sessions:
        assert session.title is not None and "�" in session.title
    document = {"data": {"live_stream_sessions": [{"id": "7", "title": row["title"], "start_time": 1772391600,
                "interaction_performance": {"viewers": 5}}]}}  # fmt: skip
    for session in read_files([("x.json", json.dumps(document).encode())]).sessions:
        session.to_dict()["title"].encode()
    for entry in (row, whole):
        read_or_refuse_named("y.json", json.dumps([entry]).encode())


def read_or_refuse_named(name: str, data: bytes) -> None:
    try:
        for session in read_files([(name, data)]).sessions:
            json.dumps(session.to_dict(), ensure_ascii=False).encode()
    except UnusableFile as error:
        str(error).encode()


def test_a_long_text_is_cut() -> None:
    table = f"{HEADER},title\n{LIVE},{'x' * 100_000}\n".encode()
    title = read_files([("x.csv", table)]).sessions[0].title
    assert title is not None and len(title) == 1_000


@pytest.mark.parametrize("moment", ["9" * 30 + "-01-01", "31/12/9999 24:00", "01/01/0001 00:00 GMT+14", "9" * 400])
def test_times_at_the_end_of_the_calendar(moment: str) -> None:
    for zone in (None, "Asia/Jakarta"):
        table = f"{HEADER}\n{LIVE}\n{LIVE.replace('2026-08-01 19:00:00', moment).replace('001,', '002,', 1)}\n"
        reading = read_files([("x.csv", table.encode())], timezone=zone)
        assert len(reading.sessions) == 2


def test_many_rates_that_fit_no_counts(make: ModuleType) -> None:
    shown = dict.fromkeys(make.B3, "9%") | {"Start Time": "2026-03-01 19:00", "Duration": "1h", "Views": "7"}
    rows = (",".join({**shown, "Room ID": f"76586572664{at:08}"}.values()) for at in range(12_000))
    table = "\n".join([",".join(make.B3), *rows]).encode()
    assert took(lambda: read_or_refuse(table)) < 9.0


def test_a_second_export_is_not_looked_for_below_every_row_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    plain = recognise.candidates
    monkeypatch.setattr(recognise, "candidates", lambda table: (looked.append(at) or (at, r) for at, r in plain(table)))
    notes = "".join(f"pin,Linen shirt {at},camera swap\n" for at in range(500))
    with pytest.raises(UnusableFile):
        read_files([("events.csv", f"minute,type,detail\n0,start,\n{notes}".encode())])
    assert len(looked) < 3_000


def test_of_columns_with_one_header_each_is_looked_down_once() -> None:
    columns = 690
    table = SheetTable("x.csv", [[*HEADER.split(","), *(["Views"] * columns)], *([["" for _ in range(columns)]] * 300)])
    profiles = list(built_in_profiles().values())
    assert took(lambda: recognise.recognise(table, profiles)) < 1.0


def test_rows_without_a_start_are_told_from_the_others_once() -> None:
    layout = Layout([None] * 3, [], 0, "sessions")
    row = ["", "5", "7"]
    assert took(lambda: sums([row] * 12_000, [1, 2], layout, None)) < 0.5
    few = [["2026-08-01 19:00", "5", "7"]] * 3 + [["", "15", "21"]]
    assert sums(few, [1, 2], layout, None) == {3}
