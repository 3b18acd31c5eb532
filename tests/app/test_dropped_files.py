"""Whatever is dropped on the page: a ZIP of exports is opened, and every refusal is read there."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.refusals import zipped

from .conftest import SAMPLES, fresh

FEWER = SAMPLES / "fewer_came_in"


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


def test_a_refusal_goes_with_the_next_upload_and_comes_again_with_its_file() -> None:
    bad, good = (
        ("notes.txt", b"hello"),
        ("lives.csv", b"start,impressions,views,sku_orders\n2026-08-01 19:00,90,40,3\n"),
    )

    def refused(at: AppTest) -> list[str]:
        return [each.value for each in at.error]

    at = fresh().run().file_uploader(key="upload").upload(*bad).run()
    assert len(refused(at)) == 1
    assert len(refused(at.run())) == 1, "it stays while nothing else is shown"
    at = at.file_uploader(key="upload").upload(*good).run()
    assert not at.exception and not refused(at)
    at = at.file_uploader(key="upload").upload("other.txt", b"hello there").run()
    assert len(refused(at)) == 1 and "other.txt" in refused(at)[0]


def test_a_trend_alone_is_told_what_it_is() -> None:
    trend = b"time,impressions,views\n19:00,900,80\n19:01,880,82\n19:02,910,79\n19:03,905,85\n"
    at = fresh().run().file_uploader(key="upload").upload("trend.csv", trend).run()
    assert not at.exception
    said = [each.value for each in at.caption if "A Trend is one LIVE" in each.value]
    assert len(said) == 1 and "Upload the list of your LIVEs first" in said[0] and "Add a column" not in said[0]
