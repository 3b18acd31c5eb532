"""A file for every kind of refusal: other exports by their headers, other kinds of files, and damaged tables."""

from __future__ import annotations

import io
import zipfile

from playbook.imports import built_in_profiles
from playbook.knowledge.exports import Profile

_TEXT = b"application/vnd.oasis.opendocument.text"
LIST = b"session_id,start,impressions,views,sku_orders\na,2026-08-01 19:00,90,40,3\n"


def every() -> dict[str, tuple[str, bytes]]:
    """By kind of refusal: the file's name and its bytes."""
    lookalikes = {
        profile.id: (_file_name(profile), _printed(profile))
        for profile in built_in_profiles().values()
        if profile.kind == "lookalike" and profile.json_rows is None
    }
    return lookalikes | _other_kinds() | _damaged() | _not_lives()


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


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


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


def _damaged() -> dict[str, tuple[str, bytes]]:
    return {
        "archive cut off": ("all.zip", zipped(("list.csv", LIST))[:60]),
        "workbook cut off": ("list.xlsx", zipped(("xl/workbook.xml", LIST))[:60]),
        "open document damaged": ("list.ods", zipped(("content.xml", b"<a><b>"), ("META-INF/manifest.xml", b"<x/>"))),
        "quote never closed": ("list.csv", LIST + b'b,"2026-08-02 19:00,90,40,3\n'),
        "text after a quote": ("list.csv", LIST + b'b,"2026"x,90,40,3\n'),
        "cell too long": ("list.csv", LIST + b"b," + b"x" * 140_000 + b",90,40,3\n"),
        "JSON cut off": ("page.json", b'{"data": {"live_stream_sessions": [{"id": '),
        "other JSON": ("page.json", b'{"hello": [1, 2]}'),
        "API error": ("page.json", b'{"code": 105005, "message": "Access denied", "data": null}'),
        "API without LIVEs": ("page.json", b'{"code": 0, "data": {"live_stream_sessions": []}}'),
    }


def _not_lives() -> dict[str, tuple[str, bytes]]:
    return {
        "counts of anything": ("likes.csv", b"day,views,likes\n2026-07-01,9,3\n"),
        "ranking": ("top.csv", b"session_id,title,minutes,gmv\n7550000000000000001,Sale,120,900\n"),
        "start that is none": ("soon.csv", b"Livestream,Start time,Views,Likes\nSale,soon,900,90\nSale,,800,70\n"),
        "no row": ("none.csv", b"session_id,start,impressions,views\n"),
        "no number": ("words.csv", b"session_id,start,impressions,views\na,2026-08-01 19:00,many,few\n"),
        "rates alone": ("rates.csv", b"session_id,start,err,ctr\na,2026-08-01 19:00,12%,3%\n"),
        "trend without counts": ("trend.csv", b"time,impressions,views\n19:00,,\n19:01,,\n"),
        "unknown layout": ("_odd_*table*.csv", b"Kue,Toko,*Harga*\nklepon,A,$5 and $6\n"),
    }
