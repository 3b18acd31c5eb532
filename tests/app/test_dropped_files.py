"""Whatever is dropped on the page: a ZIP of exports is opened, and every refusal is read there."""

from __future__ import annotations

import io
import zipfile

import pytest
from streamlit.testing.v1 import AppTest

from .conftest import SAMPLES

FEWER = SAMPLES / "fewer_came_in"


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def drop(at: AppTest, name: str, data: bytes) -> AppTest:
    at = at.file_uploader(key="upload").upload(name, data).run()
    assert not at.exception
    return at


def test_a_zip_of_exports_is_opened_and_goes_when_it_is_taken_away(app: AppTest) -> None:
    files = [(f"exports/{path.name}", path.read_bytes()) for path in sorted(FEWER.iterdir())]
    at = drop(app, "from the agency.zip", zipped(*files))
    assert at.get_by_key("worst_err")
    (held,) = [each.label.replace("\\", "") for each in at.expander if each.label.startswith("Files:")]
    assert all(path.name in held for path in FEWER.iterdir())
    at = at.file_uploader(key="upload").set_value([]).run()
    assert not at.exception
    assert not [each for each in at.expander if each.label.startswith("Files:")]


def test_a_zip_in_a_zip_is_refused_in_words(app: AppTest) -> None:
    at = drop(app, "all.zip", zipped(("more.zip", zipped(("list.csv", b"start,views\n2026-07-13 19:00,5\n")))))
    assert [each.value.replace("\\", "") for each in at.error] == [
        "more.zip: this ZIP archive lies in another, which is not opened. Unpack it and drop its files."
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("list.pdf", b"%PDF-1.7", "this is a PDF, not a table"),
        ("screen.png", b"\x89PNG\r\n\x1a\n", "this is a picture, not a table"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a document of an old Office program"),
        ("list.html", b"<html><body>Sign in</body></html>", "a web page without a table of numbers"),
        ("list.rar", b"Rar!\x1a\x07\x00", "an archive of a kind that is not opened"),
        ("Overview.csv", b"Date,Video Views,Profile Views\nJuly 1,9,4\n", "looks like a file of TikTok Studio"),
        ("likes.csv", b"day,views,likes\n2026-07-01,9,3\n", "no column says when a LIVE began"),
    ],
)  # fmt: skip
def test_every_refusal_is_read_on_the_page(app: AppTest, name: str, data: bytes, said: str) -> None:
    at = drop(app, name, data)
    assert any(said in each.value.replace("\\", "") for each in at.error)
