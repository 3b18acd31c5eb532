"""Headers as people and programs leave them: the same list of LIVEs every time."""

from __future__ import annotations

import pytest

from playbook.imports import read_files
from playbook.knowledge.spelling import halves, header_currency, normalise_header

TRANSLATED = {
    "Room ID": "Mã phòng", "Start Time": "Bắt đầu", "Views": "Lượt xem", "Impressions": "Lượt hiển thị",
    "Likes": "Lượt thích", "Comments": "Bình luận", "Shares": "Chia sẻ", "Attributed GMV": "GMV phân bổ",
    "Product clicks": "Lượt nhấp", "CTR": "Tỷ lệ nhấp", "Duration": "Thời lượng", "End Time": "Kết thúc",
    "Room Title": "Tiêu đề", "New followers": "Người theo dõi mới", "Customers": "Khách hàng",
    "Product Impressions": "Hiển thị sản phẩm", "Attributed orders": "Đơn hàng", "Comment rate": "Tỷ lệ bình luận",
}  # fmt: skip


def lives(make, as_csv, header, rows=None, **how):
    data = as_csv([header, *(rows or [make.b3(live) for live in make.LIVES])], **how)
    return read_files([("b3.csv", data)])


def right(reading, make):
    assert [each.id for each in reading.sessions] == [live["room"] for live in make.LIVES]
    for session, live in zip(reading.sessions, make.LIVES, strict=True):
        assert session.start == live["start"]
        assert session.counts["views"] == live["views"]
        assert session.counts["likes"] == live["likes"]
        assert session.counts["avg_viewing_seconds"] == live["avd"]
        assert session.reported["err"] == pytest.approx(live["views"] / live["impressions"], rel=0.001)
        assert session.currency == "VND"
    assert list(reading.files[0].unread) == []


@pytest.mark.parametrize(
    "change",
    [
        "\u200b{}".format, "{}\u200e".format, "\ufeff{}".format, "{}:".format, "{} :".format, "{}：".format,
        "{} *".format, "*{}".format, '"{}"'.format, str.upper, lambda text: text.replace(".", ""),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(". ", "."), lambda text: text.replace(" ", "_"),
        lambda text: f"{text} / {TRANSLATED.get(text, 'chỉ số ' + text)}",
        lambda text: f"{TRANSLATED.get(text, 'chỉ số ' + text)}\n{text}",
        lambda text: f"{TRANSLATED.get(text, 'chỉ số')} | {text}",
    ],
)  # fmt: skip
def test_what_stands_around_a_header_does_not_matter(make, as_csv, change):
    right(lives(make, as_csv, [change(text) for text in make.B3]), make)


def test_two_languages_in_brackets(make, as_csv):
    chinese = {
        "Room ID": "房间号",
        "Start Time": "开始时间",
        "Views": "观看",
        "Likes": "点赞",
        "Tap through rate": "进入率",
    }
    right(lives(make, as_csv, [f"{text} ({chinese.get(text, '指标')})" for text in make.B3]), make)


def test_a_stroke_alone_is_no_translation(as_csv):
    rows = [["start", "views", "likes / hour"], ["2026-03-01 19:00", 5, 7]]
    reading = read_files([("mine.csv", as_csv(rows))])
    assert reading.sessions[0].counts["likes"] is None
    assert reading.files[0].unread == {"likes / hour": "7"}


def test_halves_that_mean_two_things_mean_nothing(make, as_csv):
    header = [f"{text} / {TRANSLATED.get(text, 'chỉ số ' + text)}" for text in make.B3]
    header[header.index("Views / Lượt xem")] = "Views / Likes"
    reading = lives(make, as_csv, header)
    assert reading.sessions[0].counts["views"] is None
    assert "Views / Likes" in reading.files[0].unread


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("GMV/1K views", ("gmv", "1k views")),
        ("CTOR (SKU orders)", None),
        ("CTOR（SKU注文数）", None),
        ("评论 (LIVE)", None),
        ("Views", None),
        ("a / b / c", None),
        ("x" * 200 + " / y", None),
    ],
)
def test_parts_of_a_header(text, parts):
    assert halves(text) == parts


@pytest.mark.parametrize("text", ["GMV (USD)", "GMV [USD]", "GMV【US$】", "GMV (Rp.)", "GMV (R$):", "GMV [ RM ] *"])
def test_a_currency_in_any_bracket(text):
    assert normalise_header(text) == "gmv"
    assert header_currency(text) == {"p": "IDR", "R": "BRL", "M": "MYR"}.get(
        "p" if "Rp" in text else "R" if "R$" in text else "M" if "RM" in text else "", "USD"
    )


@pytest.mark.parametrize("text", ["CTOR (SKU orders)", "Views (All)", "Click-to-order rate (LIVE)"])
def test_other_brackets_stay(text):
    assert "(" in normalise_header(text) and header_currency(text) is None


@pytest.mark.parametrize("empty_first", [True, False])
def test_of_twins_the_column_that_has_values_is_read(make, as_csv, empty_first):
    at = make.B3.index("Views")
    header = [*make.B3[:at], "Views", *make.B3[at:]]
    rows = []
    for live in make.LIVES:
        row = make.b3(live)
        rows.append([*row[:at], *(["", row[at]] if empty_first else [row[at], "--"]), *row[at + 1 :]])
    reading = lives(make, as_csv, header, rows)
    right(reading, make)
    assert reading.warnings == ()


def test_of_twins_that_both_have_values_the_first_is_read_and_the_other_told(make, as_csv):
    header = [*make.B3, "Views"]
    reading = lives(make, as_csv, header, [[*make.b3(live), "9"] for live in make.LIVES])
    right(reading, make)
    assert [remark.message for remark in reading.warnings] == [
        "a second column with this meaning; only the first is read"
    ]


@pytest.mark.parametrize("above", [26, 60, 150])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_header_far_down(make, as_csv, above, delimiter):
    notes = [["note, with a comma"] if at % 9 == 0 else ["note"] for at in range(above)]
    rows = [*notes, [], make.B3, *(make.b3(live) for live in make.LIVES)]
    reading = read_files([("b3.csv", as_csv(rows, delimiter=delimiter))])
    right(reading, make)
    assert reading.files[0].header_row == above + 2


@pytest.mark.parametrize("end", ["", ";;;", ","])
def test_rows_quoted_as_a_whole(make, as_csv, end):
    lines = as_csv([make.B3, *(make.b3(live) for live in make.LIVES)]).decode().splitlines()
    text = "\r\n".join('"' + line.replace('"', '""') + '"' + end for line in ["2026-02-01 ~ 2026-02-28", "", *lines])
    reading = read_files([("b3.csv", text.encode())])
    right(reading, make)
    assert reading.files[0].header_row == 3


def test_a_csv_pasted_into_one_column_of_a_workbook(make, as_csv, as_xlsx):
    lines = as_csv([make.B3, *(make.b3(live) for live in make.LIVES)], delimiter=";").decode().splitlines()
    right(read_files([("b3.xlsx", as_xlsx([[line] for line in lines]))]), make)
