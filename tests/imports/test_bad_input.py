"""What cannot be read is answered in words; what was good beside it is kept."""

# ruff: noqa: E501 - tables and messages read better on one line

from __future__ import annotations

import io
import itertools
import tracemalloc
import zipfile

import pytest

from playbook.imports import NothingToReview, read, read_files, read_paths
from playbook.imports.formats import tables as tables_module
from playbook.model.session import UnusableFile

GOOD = ("good.csv", b"start,views,likes\n2026-03-01 19:00,100,20\n")


def refusal(data: bytes, name: str = "x.csv") -> str:
    with pytest.raises(UnusableFile) as error:
        read_files([(name, data)])
    return str(error.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "x.csv: the file is empty. Download the export again."),
        (b"\n\n  \n", "x.csv: the file is empty. Download the export again."),
        (b"\x00" * 50, "x.csv: the file is empty. Download the export again."),
        (b"%PDF-1.7 ...", "x.csv: this is a PDF, not a table. Use the Export button and drop the .xlsx or CSV file "
         "that it downloads."),
        (bytes(range(256)) * 20, "x.csv: this is not a table. Expected an .xlsx, .csv or .json file as TikTok Shop "
         "exports it; drop the downloaded file itself."),
        (b"<!DOCTYPE html><html></html>", "x.csv: this is a web page without a table of numbers, not an export. Use "
         "the Export button, then drop that file."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.csv: this is a document of an old Office program, "
         "but no workbook. Drop the file that TikTok Shop exported, as .xlsx or CSV."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "x.csv: the workbook has a "
         "password. Open it, save it without one, and try again."),
        (b"PK\x03\x04 cut off", "x.csv: the workbook is damaged or cut off. Download it again, or save it as CSV."),
        (b"just a sentence\nand another\n", "x.csv: this is not a table. Expected columns such as Room ID, Start time, "
         "Views and Likes; drop the file as TikTok Shop exported it."),
        (b"name,age\nAna,31\n", "x.csv, row 1: no known export has these columns: name, age. Expected "
         "Creator-Live-Performance, Live Analysis, Trend Stat or one of our templates. Download one of these, or say "
         "on the data page what the columns mean."),
        (b'start,views\n2026-03-01 19:00,"5\n2026-03-02 19:00,6\n', 'x.csv, row 2: a quote (") is opened here and '
         "never closed. Close it, or download the file again: it may be cut off."),
        (b'start,title,views\n2026-03-01 19:00,"a"b,5\n', "x.csv, row 2: a quoted cell goes on after its closing quote. "
         'Write a quote inside a cell twice (""), or download the file again.'),
        (b"start,views\n", "x.csv, row 1: the columns are those of 'Our CSV template of LIVEs', but no LIVE stands below "
         "them. Export other dates."),
        (b"start,views\n2026-03-01 19:00,many\n2026-03-02 19:00,\n", "x.csv, row 1: none of the 2 rows below has a "
         "number that could be read. Expected counts like views or likes; download the export again without changing "
         "it. The first: row 2, column 'views': 'many' is not a number; left unknown."),
        (b"start,views\n2026-03-01 19:00,5,6,7\n", "x.csv, row 1: no row below has a number that could be read. Expected "
         "counts like views or likes; download the export again without changing it. The first: row 2: has 4 cells under "
         "2 headers, so they may stand under the wrong ones; skipped."),
        (b"Livestream,Start time,Comment rate,Watch GPM\nSale,2026-05-01 19:00,0.03,$12.10\n", "x.csv, row 1: there are "
         "rates here and no counts, and a rate without its counts cannot be judged. In LIVE Center open Analytics, then "
         "LIVE, then Creator LIVE Performance, tick every metric and press Export."),
        (b"start,views\n2026-03-01 19:00," + b"9" * 140_000 + b"\n", "x.csv, row 2: a cell is longer than 131,072 signs, "
         "which no export prints. Download the file again."),
        (b"Time,Views\nsoon,5\n", "x.csv: no row has both a time and a count. Expected times like 19:05; download the "
         "trend again. The first: row 2, column 'Time': 'soon' is not a clock time like 19:05; the row is left out."),
        (b'{"code": 0, "data": {"live', "x.csv, row 1, column 22: the JSON stops making sense here, as if it "
         "were cut off. Save the whole answer of the API again."),
        (b'{"code": 36004111, "message": "Internal error"}', "x.csv: the API answered with error 36004111 (Internal "
         "error), not with numbers. Mend what it names, if anything, and ask it again."),
        (b'{"code": 0, "data": {"live_stream_sessions": []}}', "x.csv: this JSON has no rows of a LIVE. Expected an "
         "answer of the Open API with one of: intervals, live_stream_sessions, overall, products. If the list is "
         "empty, choose other dates."),
    ],
)  # fmt: skip
def test_words_for_what_cannot_be_read(data, said):
    assert refusal(data) == said


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b"\xff\xfe\n\x00", b"\x0b\x0c\x0b", b"\xff\xfe"]
)
def test_marks_without_text(data):
    assert "this is not a table" in refusal(data)


def test_deep_json_is_refused():
    assert "not an answer of the Open API" in refusal(b"[" * 100_000)
    assert "has no rows of a LIVE" in refusal(b'{"a":' * 50 + b"1" + b"}" * 50)


def test_what_was_readable_is_kept():
    reading = read_files([("bad.csv", b"%PDF"), GOOD, ("other.csv", b"name,age\nAna,31\n")])
    assert len(reading.sessions) == 1
    assert [failure.name for failure in reading.failures] == ["bad.csv", "other.csv"]
    assert [table.headers for table in reading.unknown] == [("name", "age")]


def test_nothing_at_all():
    with pytest.raises(UnusableFile, match="No file was given"):
        read_files([])


def test_every_failure_is_in_the_message():
    with pytest.raises(NothingToReview) as error:
        read_files([("a.csv", b""), ("b.csv", b"name,age\nAna,31\n")])
    first, second = str(error.value).splitlines()
    assert first.startswith("a.csv: the file is empty") and second.startswith("b.csv, row 1: no known export")
    assert error.value.reading.unknown[0].file == "b.csv"


def test_paths(tmp_path):
    good, empty = tmp_path / "good.csv", tmp_path / "empty"
    good.write_bytes(GOOD[1])
    (empty / "deeper").mkdir(parents=True)
    (empty / ".hidden").write_text("x")
    reading = read_paths([empty, tmp_path / "none.csv", good])
    assert [failure.message for failure in reading.failures] == [
        f"{empty}: there is no file in this folder. Give the folder that has the exports.",
        f"{tmp_path / 'none.csv'}: there is no such file. Check the name and the folder.",
    ]
    assert read([good])[0].counts["likes"] == 20
    with pytest.raises(UnusableFile, match="no file in this folder"):
        read([empty])
    assert read([tmp_path])[0].counts["likes"] == 20, "a folder stands for the files in it"
    with pytest.raises(UnusableFile, match="cannot be read"):
        read([str(good) + "\0"])


def test_an_oversized_file_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(tables_module, "MAX_BYTES", 1_000_000)
    monkeypatch.setattr("playbook.imports.reading.MAX_BYTES", 1_000_000)
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(30_000_000)
    with pytest.raises(UnusableFile) as error:
        read([big])
    assert str(error.value) == (
        "big.csv: the file has 30 MB; a LIVE export has a few at most, and over 1 MB is not read. Check that it is the "
        "right file, or export fewer days."
    )
    assert "is not read" in refusal(b"a,b\n" * 300_000)


def test_lines_and_objects_of_absurd_width():
    assert "this is not a table" in refusal(b"," * 2_000_000)
    wide = ",".join(f'"k{n}": 1' for n in range(3_000))
    assert "more than 2,000 columns" in refusal(b'{"live_stream_sessions": [{%b}, {}]}' % wide.encode())


def test_a_session_that_is_not_there():
    with pytest.raises(UnusableFile) as error:
        read_files([GOOD], session="7600")
    assert str(error.value) == (
        "No LIVE '7600' in these files. There are: 2026-03-01T19:00 (2026-03-01 19:00). Give one of these ids, a start "
        "like 2026-08-01T19:00, or 'latest'."
    )


def test_a_timezone_that_does_not_exist():
    with pytest.raises(UnusableFile, match="There is no timezone 'Mars/Base'"):
        read_files([GOOD], timezone="Mars/Base")


def test_a_part_without_its_live(export):
    with pytest.raises(UnusableFile) as error:
        read_files([export("live_products.xlsx")])
    assert str(error.value) == (
        "live_products.xlsx: this file holds the products of one LIVE, not its totals. Add the list of LIVEs to it "
        "(Creator-Live-Performance), or the trend of that LIVE (Trend Stat)."
    )


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "gb18030"]


@pytest.mark.parametrize(("encoding", "delimiter"), list(itertools.product(ENCODINGS, ",;\t")))
def test_encodings_and_delimiters(as_csv, encoding, delimiter):
    title = "晚间直播特卖" if encoding == "gb18030" else "Promoção de verão à noite"
    rows = [
        ["start", "title", "views", "gmv"],
        *([f"2026-03-0{day} 19:00", title, 10 * day, f"{day},50"] for day in range(1, 6)),
    ]
    data = as_csv(rows, encoding, delimiter)
    if encoding == "utf-16-be":
        assert not data.startswith(b"\xfe\xff")
    sessions = read_files([("mine.csv", data)]).sessions
    assert [session.title for session in sessions] == [title] * 5
    assert [session.counts["gmv"] for session in sessions] == [1.5, 2.5, 3.5, 4.5, 5.5]


@pytest.mark.parametrize(("encoding", "title"), [("cp874", "ไลฟ์ขายเสื้อผ้าราคาพิเศษ"), ("cp1252", "Café & crème – soldé")])
def test_windows_code_pages(as_csv, encoding, title):
    rows = [["start", "title", "views"], *([f"2026-03-0{day} 19:00", title, 10 * day] for day in range(1, 6))]
    assert read_files([("mine.csv", as_csv(rows, encoding))]).sessions[0].title == title


def test_a_long_list_whose_first_accent_stands_far_down(as_csv):
    """Found by the fuzzer."""
    rows = [
        ["start", "title", "views"],
        *([f"2026-03-0{1 + at % 9} 19:{at % 60:02d}", "plain " * 20, at] for at in range(900)),
    ]
    data = as_csv([*rows, ["2026-04-01 19:00", "Café", "5"]], "cp1252")
    assert len(data) > 100_000
    assert read_files([("mine.csv", data)]).sessions[-1].title == "Café"


def test_a_separator_line_counts_as_a_row():
    reading = read_files([("mine.csv", b"sep=;\r\nstart;views\r\n2026-03-01 19:00;many\r\n2026-03-02 19:00;5\r\n")])
    assert reading.warnings[0].row == 3


def test_quoted_cells_with_delimiters_and_newlines():
    data = b'start,title,views\r\n"2026-03-01 19:00","a, ""b""\nc",5\r\n'
    assert read_files([("mine.csv", data)]).sessions[0].title == 'a, "b" c'


# Workbooks that unfold.


def _edited(data: bytes, change, more=()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
        for name, part in more:
            new.writestr(name, part)
    return out.getvalue()


TOO_LARGE = (
    "x.xlsx: unpacked, this file is far larger than any LIVE export, so it is not opened. Check that it is the right "
    "file, or save the sheet as CSV."
)


def test_a_workbook_that_unpacks_to_gigabytes(as_xlsx, monkeypatch):
    monkeypatch.setattr("playbook.imports.formats.archive.MAX_UNPACKED", 1_000_000)
    data = _edited(as_xlsx([["start"]]), lambda name, part: part + b" " * 5_000_000 if "sheet1" in name else part)
    assert len(data) < 50_000
    assert refusal(data, "x.xlsx") == TOO_LARGE


def test_a_workbook_of_many_parts(as_xlsx):
    data = _edited(as_xlsx([["start"]]), lambda _name, part: part, [(f"xl/{n}.xml", b"") for n in range(2_100)])
    assert refusal(data, "x.xlsx") == TOO_LARGE


def test_a_directory_that_lies_about_sizes(as_xlsx):
    data = bytearray(
        _edited(as_xlsx([["start"]]), lambda name, part: part + b" " * 5_000_000 if "sheet1" in name else part)
    )
    name = data.rfind(b"xl/worksheets/sheet1.xml")  # in the directory, which stands last
    assert data[name - 46 : name - 42] == b"PK\x01\x02"
    data[name - 22 : name - 18] = (100).to_bytes(4, "little")
    tracemalloc.start()
    try:
        assert "damaged or cut off" in refusal(bytes(data), "x.xlsx")
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD1", "CA50000"])
def test_a_cell_far_away_is_not_given_a_grid(as_xlsx, place):
    data = as_xlsx([["start", "views"], ["2026-03-01 19:00", "5"]])
    far = _edited(
        data, lambda name, part: part.replace(b'r="B2"', f'r="{place}"'.encode()) if "sheet1" in name else part
    )
    assert refusal(far, "x.xlsx") == TOO_LARGE


@pytest.mark.parametrize("written", ['r="XFD9"', "r='XFD9'", 'r = "XFD9"', '\tr="XFD9"'])
def test_a_cell_far_away_however_it_is_written(as_xlsx, written):
    data = as_xlsx([["start", "views"], ["2026-03-01 19:00", "5"]])
    far = _edited(data, lambda name, part: part.replace(b'r="B2"', written.encode()) if "sheet1" in name else part)
    assert refusal(far, "x.xlsx") == TOO_LARGE


def test_a_long_text_used_often(as_xlsx, monkeypatch):
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 21))
    sheet = b"<worksheet %b><sheetData>%b</sheetData></worksheet>" % (space, cells)
    shared = b"<sst %b><si><t>%b</t></si></sst>" % (space, b"x" * 30_000)
    data = _edited(
        as_xlsx([["start"]]),
        lambda name, part: sheet if "sheet1" in name else part,
        [("xl/sharedStrings.xml", shared)],
    )
    assert "this is not a table" in refusal(data, "x.xlsx")
    monkeypatch.setattr("playbook.imports.formats.workbook.MAX_TEXT", 100_000)
    assert refusal(data, "x.xlsx") == TOO_LARGE


def test_a_workbook_without_cells(as_xlsx):
    assert refusal(as_xlsx([]), "x.xlsx") == "x.xlsx: the workbook has no cells. Download the export again."
