"""A file for every kind of refusal: other exports by their headers, other kinds of files, and damaged tables."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl

from playbook.imports import built_in_profiles
from playbook.imports.formats.archive import MAX_UNPACKED
from playbook.imports.formats.tables import MAX_BYTES
from playbook.knowledge.exports import Profile
from tests.imports.old_workbook import compound, old_workbook

_TEXT, _SHEET = b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.spreadsheet"
LIST = b"session_id,start,impressions,views,sku_orders\na,2026-08-01 19:00,90,40,3\n"


def every() -> dict[str, tuple[str, bytes]]:
    """By kind of refusal: the file's name and its bytes."""
    lookalikes = {
        profile.id: (_file_name(profile), _printed(profile))
        for profile in built_in_profiles().values()
        if profile.kind == "lookalike" and profile.json_rows is None
    }
    return lookalikes | _other_kinds() | _passwords() | _damaged() | _too_much() | _of_the_api() | _not_lives()


def _file_name(profile: Profile) -> str:
    front = profile.recognised_by.file_name
    return f"{front[0] if front else profile.id}.csv"


def _printed(profile: Profile) -> bytes:
    """The headers by which a layout is known, above one row."""
    rule = profile.recognised_by
    headers = [*rule.headers, *(rule.one_of[0] if rule.one_of else [])]
    for name in rule.columns:
        headers += profile.columns[name][:1]
    for group in rule.any_of:
        headers += profile.columns[group[0]][:1]
    headers = [*rule.first_header[:1], *dict.fromkeys(headers)]
    headers += [f"Remark {at}" for at in range(len(headers), max(2, rule.at_least_columns or 2))]
    first = "2026-07-01" if rule.time_values == "dates" else "7"
    rows = [[each, "2026-07-01 - 2026-07-28"] for each in rule.first_cell[:1]]
    rows += [headers, [first, *("7" for _ in headers[1:])]]
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def zipped(*files: tuple[str, bytes], locked: bool = False) -> bytes:
    """A ZIP archive; `locked` marks every file in it as encrypted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    data = out.getvalue()
    if not locked:
        return data
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data = data[: at + place] + bytes([data[at + place] | 1]) + data[at + place + 1 :]
            at = data.find(mark, at + 4)
    return data


def workbook(shared: str = "<sst/>", rows: str = "") -> bytes:
    """A workbook of one sheet with these rows and shared strings, as XML."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    out, blank = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(blank)
    with zipfile.ZipFile(blank) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if not name.endswith(("sheet1.xml", "sharedStrings.xml")):
                new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>")
        new.writestr("xl/sharedStrings.xml", shared.replace("<sst", f"<sst {space}", 1))
    return out.getvalue()


def _spreadsheet(body: str, manifest: str = "<manifest/>") -> bytes:
    """An OpenDocument spreadsheet."""
    names = " ".join(f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table"))
    text = (
        f"<office:document-content {names}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zipped(("mimetype", _SHEET), ("content.xml", text.encode()), ("META-INF/manifest.xml", manifest.encode()))


def _other_kinds() -> dict[str, tuple[str, bytes]]:
    return {
        "PDF": ("list.pdf", b"%PDF-1.7"),
        "picture": ("screen.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100),
        "other archive": ("list.rar", b"Rar!\x1a\x07" + b"x" * 100),
        "saved page": ("list.mht", b"MIME-Version: 1.0\r\n" + b"x" * 100),
        "program": ("list.exe", b"MZ\x90\x00" + b"x" * 100),
        "web page": ("list.html", b"<html><body>Sign in</body></html>"),
        "old office": ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        "numbers": ("list.numbers", zipped(("Index/Document.iwa", b""))),
        "document": ("list.docx", zipped(("[Content_Types].xml", b""), ("word/document.xml", b""))),
        "open text": ("list.odt", zipped(("mimetype", _TEXT), ("content.xml", b"<x/>"))),
        "empty archive": ("all.zip", zipped()),
        "archive in an archive": ("all.zip", zipped(("more.zip", zipped(("list.csv", LIST))))),
        "too many files": ("all.zip", zipped(*((f"{at}.csv", LIST) for at in range(101)))),
        "plain text": ("notes.txt", b"hello there"),
        "empty file": ("empty.csv", b""),
    }  # fmt: skip


def _passwords() -> dict[str, tuple[str, bytes]]:
    sealed = '<manifest:encryption-data manifest:checksum="x"/>'
    return {
        "password of a workbook": ("list.xlsx", compound("EncryptedPackage", b"x" * 9_000)),
        "password of an old workbook": ("list.xls", old_workbook([["start"]], password=True)),
        "password of an archived workbook": ("list.xlsx", zipped(("xl/workbook.xml", b"<x/>"), locked=True)),
        "password of a spreadsheet": ("list.ods", _spreadsheet("", sealed)),
        "password of an archive": ("all.zip", zipped(("list.csv", LIST), locked=True)),
    }


def _damaged() -> dict[str, tuple[str, bytes]]:
    return {
        "archive cut off": ("all.zip", zipped(("list.csv", LIST))[:60]),
        "file in an archive damaged": ("all.zip", zipped(("list.csv", LIST)).replace(b"list.csv", b"LIST.csv", 1)),
        "workbook cut off": ("list.xlsx", zipped(("xl/workbook.xml", LIST))[:60]),
        "open document damaged": ("list.ods", zipped(("content.xml", b"<a><b>"), ("META-INF/manifest.xml", b"<x/>"))),
        "workbook damaged": ("list.xlsx", workbook('<sst uniqueCount="100000000000"/>')),
        "workbook without cells": ("list.xlsx", workbook()),
        "binary workbook damaged": ("list.xlsb", zipped(("xl/workbook.bin", b""))),
        "old workbook cut off": ("list.xls", old_workbook([["start", "views"]])[:2_500]),
        "spreadsheet without cells": ("list.ods", _spreadsheet("")),
        "quote never closed": ("list.csv", LIST + b'b,"2026-08-02 19:00,90,40,3\n'),
        "text after a quote": ("list.csv", LIST + b'b,"2026"x,90,40,3\n'),
        "cell too long": ("list.csv", LIST + b"b," + b"x" * 140_000 + b",90,40,3\n"),
    }


def _too_much() -> dict[str, tuple[str, bytes]]:
    """More than is read, each kind with its limit; small on the way, as such files are."""
    row = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
    row += 'office:value="1" table:number-columns-repeated="600"/></table:table-row>'
    wide = LIST.splitlines()[0] + b"," * 600 + b",more\n" + LIST.splitlines()[1] + b"\n"
    blank = b"start,views\n" + b" " * (MAX_BYTES + 1_000_000)
    return {
        "rows": ("list.csv", b"a,b,c\n" * 100_001),
        "columns": ("list.csv", b",".join([b"more"] * 703) + b"\n1\n"),
        "cells": ("list.csv", wide * 3_000),
        "one long line": ("list.csv", b"x" * 1_000_001),
        "bytes": ("all.zip", zipped(("large.csv", blank))),
        "bytes of an archive": ("all.zip", zipped(("one.csv", blank), ("two.csv", blank))),
        "entries of an archive": ("all.zip", zipped(("list.csv", LIST)) + b"PK\x01\x02" * 20_000),
        "bytes of a workbook": ("list.xlsx", zipped(("xl/workbook.xml", b" " * (MAX_UNPACKED + 1)))),
        "a cell far away": ("list.xlsx", workbook(rows='<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "a cell far away in an old workbook": ("list.xls", old_workbook([["start"]], at=(65_535, 255))),
        "rows that repeat": ("list.ods", _spreadsheet(f"<table:table>{row}</table:table>")),
        "a cell over many columns": ("list.html", b"<table><tr><td colspan=9999>x<td>y</table>"),
    }


def _of_the_api() -> dict[str, tuple[str, bytes]]:
    live = {"id": "7", "interaction_performance": {"views": 5}}
    minutes = {"overall": {"start_time": "1772391600"}, "intervals": [{"start_time": "1772391600", "traffic": {}}]}
    other = {**minutes, "overall": {"start_time": "1772491600"}}
    days = {"performance": {"intervals": [{"start_date": "2026-08-01", "end_date": "2026-08-02", "sku_orders": 3}]}}
    return {
        "JSON cut off": ("page.json", b'{"data": {"live_stream_sessions": [{"id": '),
        "JSON without end": ("page.json", b"[" * 200_000),
        "other JSON": ("page.json", b'{"hello": [1, 2]}'),
        "API error": ("page.json", b'{"code": 105005, "message": "Access denied", "data": null}'),
        "API without LIVEs": ("page.json", b'{"code": 0, "data": {"live_stream_sessions": []}}'),
        "API overview": ("page.json", _json({"code": 0, "data": days})),
        "API of unknown names": ("page.json", _json([{"foo": 1, "bar": 2}])),
        "minutes of two LIVEs": ("page.json", _json([{"data": {"performance": each}} for each in (minutes, other)])),
        "columns of the API": ("page.json", _json([{f"k{at}": 1 for at in range(2_001)}])),
        "cells of the API": ("page.json", _json([{f"k{at}": 1 for at in range(1_900)}, *[live] * 2_000])),
    }  # fmt: skip


def _json(document: object) -> bytes:
    return json.dumps(document).encode()


def _not_lives() -> dict[str, tuple[str, bytes]]:
    return {
        "counts of anything": ("likes.csv", b"day,views,likes\n2026-07-01,9,3\n"),
        "ranking": ("top.csv", b"session_id,title,minutes,gmv\n7550000000000000001,Sale,120,900\n"),
        "start that is none": ("soon.csv", b"Livestream,Start time,Views,Likes\nSale,soon,900,90\nSale,,800,70\n"),
        "no row": ("none.csv", b"session_id,start,impressions,views\n"),
        "no number": ("words.csv", b"session_id,start,impressions,views\na,2026-08-01 19:00,many,few\n"),
        "rates alone": ("rates.csv", b"session_id,start,err,ctr\na,2026-08-01 19:00,12%,3%\n"),
        "trend without counts": ("trend.csv", b"time,impressions,views\n19:00,,\n19:01,,\n"),
        "products alone": ("products.csv", b"product_id,product,product_clicks,gmv\n1,Lamp,90,40\n"),
        "unknown layout": ("_odd_*table*.csv", b"Kue,Toko,*Harga*\nklepon,A,$5 and $6\n"),
    }


def asked() -> dict[str, tuple[str, bytes]]:
    """By kind of question: a file of which nothing is read before a person has answered."""
    counts = b"Impressions,Views,Product clicks,Orders\n52000,5200,990,31\n53300,5330,1011,32\n"
    return {
        "no day": ("mine.csv", counts),
        "no year": ("mine.csv", b"Date," + counts.replace(b"\n5", b"\n3 Sep,5")),
        "counts by day": ("mine.csv", b"Date,Impressions,Views,Likes\n2026-09-03,900,90,9\n2026-09-04,800,70,8\n"),
        "no impressions": ("mine.csv", b"Date,Minutes,Views,Product clicks,Orders\n2026-09-03,90,900,90,9\n"),
    }


def together() -> dict[str, list[tuple[str, bytes]]]:
    """Files of which some are read and one is refused."""
    return {
        "the same twice": [("list.csv", LIST), ("copy of list.csv", LIST)],
        "a picture beside": [("list.csv", LIST), ("screen.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100)],
    }
