"""Spreadsheets of every kind: read with the right values, or each its own sentence with what to do."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape

import pytest

from playbook.imports import read_files
from playbook.imports.formats.archive import unzipped
from playbook.model.session import UnusableFile
from tests.refusals import zipped

from .old_workbook import compound, old_workbook


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(UnusableFile) as error:
        read_files([(name, data)])
    return str(error.value)


def b3(make):
    return [["2026-02-01 ~ 2026-02-28"], [], make.B3, *(make.b3(live) for live in make.LIVES)]


def right(reading, make):
    assert [each.id for each in reading.sessions] == [live["room"] for live in make.LIVES]
    for session, live in zip(reading.sessions, make.LIVES, strict=True):
        assert session.start == live["start"]
        assert session.counts["views"] == live["views"]
        assert session.counts["avg_viewing_seconds"] == live["avd"]
        assert session.counts["gmv"] == pytest.approx((live["direct"] + live["indirect"]) * 1000, rel=1e-5)
        assert session.reported["err"] == pytest.approx(live["views"] / live["impressions"], rel=0.001)
    assert reading.files[0].header_row == 3


SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
)


def ods_cell(value) -> str:
    if value == "":
        return '<table:table-cell table:number-columns-repeated="2"/>'[:-2].replace("2", "1") + "/>"
    if isinstance(value, tuple):  # (attributes, what is shown)
        return f"<table:table-cell {value[0]}><text:p>{value[1]}</text:p></table:table-cell>"
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'


def content(rows, hidden=()) -> str:
    """As LibreOffice writes it: the rest of the sheet is one row a million times over."""

    def table(name, style, lines):
        body = "".join(f"<table:table-row>{''.join(map(ods_cell, line))}</table:table-row>" for line in lines)
        rest = ('<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
                'table:number-columns-repeated="16384"/></table:table-row>')  # fmt: skip
        return f'<table:table table:name="{name}" table:style-name="{style}">{body}{rest}</table:table>'

    styles = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/>'
        '</style:style><style:style style:name="ta2" style:family="table"><style:table-properties '
        'table:display="false"/></style:style>'
    )
    tables = (table("draft", "ta2", hidden) if hidden else "") + table("data", "ta1", rows)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def ods(text: str, manifest: str = "<manifest/>") -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped(("mimetype", kind), ("content.xml", text.encode()), ("META-INF/manifest.xml", manifest.encode()))


def spreadsheet_ml(rows, visible="SheetVisible", more="") -> bytes:
    def cell(value):
        if isinstance(value, tuple):
            return f'<Cell><Data ss:Type="{value[0]}">{value[1]}</Data></Cell>'
        return f'<Cell><Data ss:Type="String">{escape(str(value))}</Data></Cell>'

    body = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)
    space = "urn:schemas-microsoft-com:office:"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}spreadsheet" '
        f'xmlns:ss="{space}spreadsheet" xmlns:x="{space}excel">{more}<Worksheet ss:Name="data"><Table>{body}</Table>'
        f"<x:WorksheetOptions><x:Visible>{visible}</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"
    ).encode()


def page(rows, charset="utf-8", closed=True) -> bytes:
    ends = ("</td>", "</tr>") if closed else ("", "")
    body = "".join(
        f"<tr>{''.join(f'<td class=x>{escape(str(cell))}{ends[0]}' for cell in row)}{ends[1]}\n" for row in rows
    )
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><style>td {{x}}</style>'
        f"</head><body><table><tr><td>Menu</td></tr></table><!-- <table> -->"
        f"<TABLE border=1>{body}</TABLE></body></html>"
    ).encode(charset)


# Old workbooks.


def test_an_old_workbook(make):
    right(read_files([("list.xls", old_workbook(b3(make)))]), make)


def test_an_old_workbook_under_another_name(make):
    right(read_files([("list.csv", old_workbook(b3(make)))]), make)


def test_an_old_workbook_with_a_hidden_sheet_and_days_from_1904():
    serial = (datetime(2026, 7, 13, 19, 3) - datetime(1904, 1, 1)).total_seconds() / 86_400
    rows = [["Livestream", "Start time", "Views", "Likes"], ["Sale", serial, 900, 70]]
    stale = [["Livestream", "Start time", "Views"], ["Sale", serial, 1]]
    (session,) = read_files([("list.xls", old_workbook(rows, hidden=stale, from_1904=True))]).sessions
    assert (session.start, session.counts["views"]) == (datetime(2026, 7, 13, 19, 3), 900)


def test_an_old_workbook_with_many_texts(make):
    rows = [[*make.b3(make.LIVES[0])] for _ in range(300)]
    for at, row in enumerate(rows):
        row[0], row[1] = str(7550000000000000000 + at), "long title " * 30 + str(at)
        row[2], row[3] = f"2026-02-{1 + at % 28:02d} {at % 24:02d}:{at % 60:02d}:00", ""
    sessions = read_files([("list.xls", old_workbook([make.B3, *rows]))]).sessions
    assert len(sessions) == 300
    assert {each.title.rpartition(" ")[2] for each in sessions} == {str(at) for at in range(300)}


LOCKED = "the workbook has a password. Open it, save it without one, and try again."
TOO_LARGE = (
    "unpacked, this file is far larger than any LIVE export, so it is not opened. Check that it is the right file, "
    "or save the sheet as CSV."
)


def test_passwords():
    assert refusal(old_workbook([["start"]], password=True), "a.xls") == f"a.xls: {LOCKED}"
    assert refusal(compound("EncryptedPackage", b"x" * 9_000), "a.xlsx") == f"a.xlsx: {LOCKED}"
    assert refusal(zipped(("xl/workbook.xml", b"<x/>"), locked=True), "a.xlsx") == (
        "a.xlsx: the file has a password. Open it, save it without one, and try again."
    )
    locked = ods("\x00nonsense", '<manifest:encryption-data manifest:checksum="x"/>')
    assert refusal(locked, "a.ods") == (
        "a.ods: the spreadsheet has a password. Open it, save it without one, and try again."
    )
    assert refusal(zipped(("list.csv", b"start,views\n"), locked=True), "a.zip") == (
        "a.zip: the ZIP archive has a password. Unpack it with the password, and drop the files that are in it."
    )


@pytest.mark.parametrize("at", [(65_535, 255), (0, 800), (60_000, 100)])
def test_a_cell_far_away_in_an_old_workbook(at):
    data = old_workbook([["start"]], hidden=[["x"]], at=at)
    assert refusal(data, "a.xls") == f"a.xls: {TOO_LARGE}"


def test_a_long_text_used_often_in_an_old_workbook(monkeypatch):
    from playbook.imports.formats import old_xls

    data = old_workbook([["y" * 20_000]] * 8)
    monkeypatch.setattr(old_xls, "MAX_TEXT", 200_000)
    assert "this is not a table" in refusal(data, "a.xls")
    monkeypatch.setattr(old_xls, "MAX_TEXT", 100_000)
    assert refusal(data, "a.xls") == f"a.xls: {TOO_LARGE}"


def test_other_documents_of_old_programs_and_cut_off_ones(make):
    assert refusal(compound("WordDocument", b"x" * 9_000), "a.doc") == (
        "a.doc: this is a document of an old Office program, but no workbook. Drop the file that TikTok Shop exported, "
        "as .xlsx or CSV."
    )
    whole = old_workbook(b3(make))
    damaged = (
        "a.xls: the old workbook (.xls) is damaged or cut off. Open it and save it as .xlsx or CSV, then try again."
    )
    for part in (2_500, len(whole) // 2, len(whole) - 600):
        assert refusal(whole[:part], "a.xls") == damaged
    assert "but no workbook" in refusal(whole[:600], "a.xls")


# OpenDocument, SpreadsheetML, pages.


def test_open_document(make):
    right(read_files([("list.ods", ods(content(b3(make))))]), make)
    right(read_files([("list.fods", content(b3(make)).encode())]), make)


def test_open_document_with_typed_cells_and_a_hidden_sheet():
    rows = [
        ["Livestream", "Start time", "Duration", "Attributed GMV", "Views", "LIVE impressions", "Tap-through rate"],
        [
            "Sale\nnight", ('office:value-type="date" office:date-value="2026-07-13T19:03:00"', "13/07/26 19:03"),
            ('office:value-type="time" office:time-value="PT26H07M00S"', "26:07:00"),
            ('office:value-type="currency" office:currency="EUR" office:value="1837.154"', "1.837,15 €"),
            ('office:value-type="float" office:value="4800"', "4.800"),
            ('office:value-type="float" office:value="60000"', "60000"),
            ('office:value-type="percentage" office:value="0.08"', "8,00 %"),
        ],
    ]  # fmt: skip
    stale = [rows[0], ["Old", "2026-01-01 10:00", "1:00:00", "1", "1", "9", "8%"]]
    reading = read_files([("list.ods", ods(content(rows, stale)))])
    (session,) = reading.sessions
    assert (session.title, session.start) == ("Sale night", datetime(2026, 7, 13, 19, 3))
    assert (session.duration_minutes, session.counts["gmv"], session.currency) == (1567, 1837.154, "EUR")
    assert (session.counts["views"], session.counts["impressions"]) == (4800, 60000)
    assert session.reported["err"] == pytest.approx(0.08)
    assert "hidden in this workbook and not read: 'draft'" in reading.warnings[0].message


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>',
        '<table:table-row table:number-rows-repeated="3000">{}</table:table-row>' * 2,
    ],
)  # fmt: skip
def test_open_document_that_unfolds(row):
    cell = '<table:table-cell table:number-columns-repeated="600"><text:p>x</text:p></table:table-cell>'
    text = content([]).replace(
        "</office:spreadsheet>", f"<table:table>{row.replace('{}', cell)}</table:table></office:spreadsheet>"
    )
    assert refusal(ods(text), "a.ods") == f"a.ods: {TOO_LARGE}"


def test_xml_that_declares_entities_or_is_damaged():
    text = content([["start", "views"]])
    bomb = text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', 1)
    assert refusal(ods(bomb), "a.ods") == f"a.ods: {TOO_LARGE}"
    assert refusal(ods(text[:700]), "a.ods") == (
        "a.ods, row 1: the spreadsheet is damaged here. Download it again, or save it as CSV."
    )
    assert refusal(ods(content([])), "a.ods") == "a.ods: the spreadsheet has no cells. Download the export again."


def test_deep_xml_costs_nothing():
    text = content([["start"]]).replace("</office:spreadsheet>", "<text:a>" * 200_000)
    assert "damaged here" in refusal(ods(text), "a.ods")


def test_spreadsheet_ml(make):
    right(read_files([("list.xls", spreadsheet_ml(b3(make)))]), make)
    right(read_files([("list.xml", spreadsheet_ml(b3(make)).decode().encode("utf-16"))]), make)


def test_spreadsheet_ml_with_typed_cells():
    rows = [
        ["Livestream", "Start time", "Duration", "Attributed GMV", "Views"],
        [
            "Sale",
            ("DateTime", "2026-07-13T19:03:00.000"),
            ("Number", "7200"),
            ("Number", "1837.154"),
            ("Number", "4800"),
        ],
    ]
    data = spreadsheet_ml(rows).replace(b"<Row><Cell><Data", b'<Row ss:Index="9"><Cell ss:Index="2"><Data', 1)
    data = data.replace(b"<Row><Cell><Data", b'<Row><Cell ss:Index="2"><Data', 1)
    reading = read_files([("list.xls", data)])
    (session,) = reading.sessions
    assert (session.start, session.counts["gmv"], session.duration_minutes) == (
        datetime(2026, 7, 13, 19, 3),
        1837.154,
        120,
    )
    assert reading.files[0].header_row == 9
    hidden = read_files([("list.xls", spreadsheet_ml(rows, "SheetHidden"))])
    assert "the sheet 'data' is hidden" in hidden.warnings[0].message


def test_spreadsheet_ml_with_rows_outside_of_a_sheet():
    """Found by a fuzzer."""
    data = spreadsheet_ml([["start"]]).replace(b"<Worksheet", b"<Row><Cell/></Row><Worksheet", 1)
    assert "this is not a table" in refusal(data, "a.xls")


def test_spreadsheet_ml_that_unfolds():
    data = spreadsheet_ml([["start"]]).replace(b"<Row>", b'<Row ss:Index="999999999">')
    assert refusal(data, "a.xls") == f"a.xls: {TOO_LARGE}"
    data = spreadsheet_ml([["start"]]).replace(b"<Cell>", b'<Cell ss:Index="999999999">')
    assert refusal(data, "a.xls") == f"a.xls: {TOO_LARGE}"


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("name", ["list.xls", "list.html"])
def test_a_table_of_a_page(make, name, closed):
    right(read_files([(name, page(b3(make), closed=closed))]), make)


@pytest.mark.parametrize(("charset", "title"), [("gbk", "夏季大促"), ("windows-1258", "Gia re"), ("big5", "夏日大特賣"),
                                                ("euc-kr", "여름 세일"), ("utf-16", "Été & fête")])  # fmt: skip
def test_a_page_in_the_encoding_that_it_names(charset, title):
    rows = [["Livestream", "Start time", "Views"], [title, "2026-07-13 19:03", "900"]]
    assert read_files([("list.xls", page(rows, charset))]).sessions[0].title == title


def test_cells_over_several_columns_and_a_page_without_a_table():
    rows = "<tr><th colspan=2>a</th><th>Livestream<th>Start time<th>Views</tr>"
    rows += "<tr><td>1<td>2<td>Sale<td>2026-07-13 19:03<td>9"
    (session,) = read_files([("list.xls", f"<table>{rows}</table>".encode())]).sessions
    assert session.counts["views"] == 9
    assert refusal(b"<html><body>Sign in<table><tr><td>Menu</table></body></html>", "a.xls") == (
        "a.xls: this is a web page without a table of numbers, not an export. Use the Export button, then drop that "
        "file."
    )
    assert refusal(b"<table><tr><td colspan=9999>x<td>y</table>", "a.xls") == f"a.xls: {TOO_LARGE}"


@pytest.mark.parametrize("sign", ["<", "<td ", "<!--", "<table><tr><td>", "<script>", "&amp", "<td colspan="])
def test_pages_of_one_sign_take_no_time(sign):
    assert refusal(b"<html>" + sign.encode() * (2_000_000 // len(sign)), "a.html")


# Archives of exports.


def test_a_zip_of_exports_is_opened(make, export, as_csv):
    trend, products = export("trend_stat.xlsx"), export("live_products.xlsx")
    lists = as_csv(b3(make))
    data = zipped(("exports/", b""), ("exports/Creator-Live-Performance_20260301120000.csv", lists),
                  ("exports/" + trend[0], trend[1]), ("__MACOSX/exports/._x.csv", b"\0"), ("exports/.DS_Store", b"\0"),
                  ("exports/" + products[0], products[1]), ("exports/readme.pdf", b"%PDF-1.7"))  # fmt: skip
    reading = read_files([("from the agency.zip", data)])
    right(reading, make)
    assert reading.sessions[0].exported_at == datetime(2026, 3, 1, 12)
    assert {each.kind for each in reading.files} == {"sessions", "trend", "products"}
    assert [each.message.partition(",")[0] for each in reading.failures] == ["readme.pdf: this is a PDF"]


def test_files_of_one_name_in_two_folders_keep_their_folders(make, as_csv):
    halves = [as_csv([make.B3, *(make.b3(live) for live in part)]) for part in (make.LIVES[:2], make.LIVES[2:])]
    reading = read_files([("a.zip", zipped(("march/list.csv", halves[0]), ("april/list.csv", halves[1])))])
    assert len(reading.sessions) == len(make.LIVES)
    assert [each.name for each in reading.files] == ["march/list.csv", "april/list.csv"]


def test_a_zip_in_a_zip_is_refused_and_the_rest_is_read(make, as_csv):
    inner = zipped(("list.csv", b"start,views\n2026-07-13 19:00,5\n"))
    data = zipped(("list.csv", as_csv(b3(make))), ("more.zip", inner))
    reading = read_files([("a.zip", data)])
    right(reading, make)
    assert [each.message for each in reading.failures] == [
        "more.zip: this ZIP archive lies in another, which is not opened. Unpack it and drop its files."
    ]
    assert list(unzipped("a.zip", data)) == [("a.zip", data)]
    assert [name for name, _ in unzipped("b.zip", inner)] == ["list.csv"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "a.zip: the ZIP archive is empty. Download it again, or drop the exports themselves."),
        ([("x/", b"")], "a.zip: the ZIP archive is empty. Download it again, or drop the exports themselves."),
        ([(f"{n}.csv", b"a,b\n") for n in range(101)], "a.zip: the ZIP archive holds 101 files, and at most 100 are "
         "opened together. Unpack it and drop the exports in smaller groups."),
        ([("xl/workbook.bin", b"")], "a.zip: the workbook is damaged. Download it again, or save it as CSV."),
        ([("Index/Document.iwa", b"")], "a.zip: this is a document of Apple's Numbers. Choose File, Export To, Excel, "
         "and drop that."),
        ([("[Content_Types].xml", b""), ("word/document.xml", b"")], "a.zip: this is a text or a presentation, not a "
         "table. Drop the file that TikTok Shop exported."),
        ([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")], "a.zip: this is a text, "
         "not a table. Drop the file that TikTok Shop exported."),
    ],
)  # fmt: skip
def test_what_is_said_of_other_archives(files, said):
    assert refusal(zipped(*files), "a.zip") == said


def test_a_zip_that_unfolds_to_gigabytes(monkeypatch):
    monkeypatch.setattr("playbook.imports.formats.archive.MAX_UNPACKED", 1_000_000)
    data = zipped(("list.csv", b"start,views\n" + b" " * 5_000_000))
    assert len(data) < 50_000
    assert refusal(data, "a.zip") == (
        "a.zip: unpacked, the files in this ZIP archive have over 1 MB, so they are not opened together. Unpack it and "
        "drop the exports in smaller groups."
    )


def test_a_zip_that_is_cut_off(make, as_csv):
    assert refusal(zipped(("list.csv", as_csv(b3(make))))[:300], "a.zip") == (
        "a.zip: the ZIP archive is damaged or cut off. Download it again, or drop the exports themselves."
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "this is a picture, not a table. Type its numbers, or drop the file that the Export "
         "button downloads."),
        (b"Rar!\x1a\x07", "this is an archive of a kind that is not opened, not a table. Unpack it and drop the files "
         "that are in it."),
        (b"\x1f\x8b\x08", "this is an archive of a kind that is not opened, not a table. Unpack it and drop the files "
         "that are in it."),
        (b"MIME-Version: 1.0\r\n", "this is a saved web page (.mht), not a table. Open it in Excel, save it as .xlsx "
         "or CSV, and drop that."),
        (b"MZ\x90\x00", "this is a program, not a table. Drop the file that the Export button downloads."),
    ],
)  # fmt: skip
def test_what_is_said_of_other_files(data, said):
    assert refusal(data + b"x" * 100, "a") == f"a: {said}"
