"""What real files do to a naive reader."""

# ruff: noqa: E501 - tables and messages read better on one line

from __future__ import annotations

from datetime import datetime

import pytest

from playbook.imports import read_files

B1 = "Livestream,Start time,Duration,Direct GMV,GMV/1K shows,Views,Product clicks,Product impressions,CTR"


def b1(as_csv, *rows, header=B1, name="b1.csv"):
    return [(name, as_csv([header.split(","), *rows]))]


def row(title="Sale", start="2026-03-01 19:00", seconds="7200", gmv="R$ 100,00", per="R$ 10,00", views="1000",
        clicks="200", seen="4000", ctr="0.2"):  # fmt: skip
    return [title, start, seconds, gmv, per, views, clicks, seen, ctr]


def messages(reading):
    return [str(remark) for remark in reading.warnings]


def test_b1_ctr_is_by_views_and_others_by_product_impressions(as_csv, export):
    reading = read_files(b1(as_csv, row()))
    assert reading.sessions[0].reported == {"ctr": 0.2, "show_gpm": 10.0}
    p = read_files([export("live_analysis_a2.xlsx")]).sessions[0].reported
    assert "ctr" not in p and "product_ctr" in p


def test_a_ctr_that_fits_the_other_denominator_is_the_other_rate(as_csv):
    rows = [row(ctr="0.05"), row(start="2026-03-02 19:00", ctr="0.05")]
    reading = read_files(b1(as_csv, *rows))
    assert reading.sessions[0].reported == {"product_ctr": 0.05, "show_gpm": 10.0}
    assert messages(reading) == [
        "b1.csv, column 'CTR': by its numbers this is clicks for each product impression, not clicks for each view; read so"
    ]
    assert reading.files[0].disagreements == ()


def test_a_rate_off_by_a_hundred_was_printed_in_the_other_scale(as_csv):
    reading = read_files(b1(as_csv, row(ctr="20"), row(start="2026-03-02 19:00", ctr="20")))
    assert reading.sessions[0].reported["ctr"] == pytest.approx(0.2)
    assert "is printed in the other scale" in messages(reading)[0]


def test_a_printed_rate_that_is_not_its_counts_is_told_and_kept(as_csv):
    rows = [row(start=f"2026-03-0{day} 19:00") for day in range(1, 6)]
    rows[2][-1] = "0.27"
    (gap,) = read_files(b1(as_csv, *rows)).files[0].disagreements
    assert (gap.row, gap.column, gap.session, gap.metric) == (4, "CTR", "2026-03-03T19:00", "ctr")
    assert (gap.printed, gap.recomputed) == (0.27, pytest.approx(0.2))


def test_no_count_is_derived_from_a_rate_of_one_digit(as_csv):
    """R$ 0,05 may be anything from 0,045 to 0,055: impressions would be wrong by a tenth either way."""
    rows = [row(per="R$ 0,05"), row(start="2026-03-02 19:00", per="R$ 0,85")]
    reading = read_files(b1(as_csv, *rows))
    assert [each.counts["impressions"] for each in reading.sessions] == [None, 117_647]
    assert [each.approximate for each in reading.sessions] == [frozenset(), {"impressions"}]
    assert messages(reading) == [
        "b1.csv, row 2, column 'GMV/1K shows': 'R$ 0,05' has too few digits to derive impressions from; they are left "
        "unknown"
    ]


def test_b1_impressions_only_where_there_is_money_to_derive_them(as_csv):
    rows = [row(), row(start="2026-03-02 19:00", gmv="R$ 0,00", per="R$ 0,00"), row(start="2026-03-03 19:00", per="")]
    sessions = read_files(b1(as_csv, *rows)).sessions
    assert [session.counts["impressions"] for session in sessions] == [10000, None, None]
    assert [set(session.approximate) for session in sessions] == [{"impressions"}, set(), set()]


def test_a_live_still_running(as_csv):
    rows = [row(), row(start="2026-03-21 10:33", seconds="-1771046400")]
    reading = read_files(b1(as_csv, *rows))
    assert [session.running for session in reading.sessions] == [False, True]
    assert reading.sessions[1].duration_minutes is None
    assert reading.picked == reading.sessions[0].id
    assert messages(reading) == [
        "b1.csv, row 3, column 'Duration': is below zero: the LIVE was still running; its length is left unknown"
    ]


def test_an_end_at_the_moment_of_the_export_is_a_live_still_running(make, as_csv):
    first, second = make.b3(make.LIVES[0]), make.b3(make.LIVES[1])
    second[3] = "2026-02-06 20:30:00"
    data = as_csv([make.B3, first, second])
    reading = read_files([("Creator-Live-Performance_20260206203105.csv", data)])
    assert [session.running for session in reading.sessions] == [False, True]
    assert "was still running at the export" in messages(reading)[0]


def test_stubs_are_kept_and_not_picked(as_csv):
    rows = [row(), row(title="Test", start="2026-03-05 19:00", seconds="25", views="5", clicks="0", seen="0", ctr="")]
    reading = read_files(b1(as_csv, *rows))
    assert [session.stub for session in reading.sessions] == [False, True]
    assert reading.picked == "2026-03-01T19:00"


def test_blank_and_dashes_are_unknown_and_zero_is_zero(as_csv):
    counts = read_files(b1(as_csv, row(views="--", clicks="", seen="-", ctr="--"))).sessions[0].counts
    assert (counts["views"], counts["product_clicks"], counts["product_impressions"]) == (None, None, None)
    assert read_files(b1(as_csv, row(views="0", ctr=""))).sessions[0].counts["views"] == 0


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("-5", "'-5' is below zero, which cannot be; left unknown"),
        ("many", "'many' is not a number; left unknown"),
        ("12.5", "'12.5' is not a whole number; left unknown"),
        ("12%", "'12%' is a percentage, not a count; left unknown"),
    ],
)
def test_an_impossible_cell_is_unknown_and_the_rest_is_kept(as_csv, cell, said):
    reading = read_files(b1(as_csv, row(views=cell, ctr="")))
    assert reading.sessions[0].counts["views"] is None
    assert reading.sessions[0].counts["product_clicks"] == 200
    assert messages(reading) == [f"b1.csv, row 2, column 'Views': {said}"]


def test_more_views_than_impressions_are_kept_and_flagged(as_csv):
    rows = [
        ["start", "impressions", "views", "product_impressions", "product_clicks"],
        ["2026-03-01 19:00", 10, 50, 5, 9],
    ]
    reading = read_files([("mine.csv", as_csv(rows))])
    session = reading.sessions[0]
    assert (session.counts["impressions"], session.counts["views"]) == (10, 50)
    assert session.notes == (
        "50 views from 10 impressions cannot both be right; both are kept.",
        "9 product clicks from 5 product impressions cannot both be right; both are kept.",
    )
    assert messages(reading)[0] == (
        "mine.csv, row 2, column 'views': 50 views from 10 impressions cannot both be right; both are kept"
    )


def test_an_impossible_date_keeps_the_row(as_csv):
    reading = read_files(b1(as_csv, row(), row(start="2026-02-30 19:00")))
    assert [session.start for session in reading.sessions] == [None, datetime(2026, 3, 1, 19)]
    assert reading.sessions[0].id == "b1-row-3"
    assert messages(reading) == [
        "b1.csv, row 3, column 'Start time': '2026-02-30 19:00' is not a date and time; left unknown"
    ]


def test_totals_repeated_headers_and_blank_rows_are_no_lives(as_csv):
    rows = [row(), [], B1.split(","), row(start="2026-03-02 19:00"), ["-", "", "", "R$ 200,00", "", "2000", "", "", ""],
            ["Total", "", "", "R$ 200,00", "", "2000", "", "", ""]]  # fmt: skip
    reading = read_files(b1(as_csv, *rows))
    assert len(reading.sessions) == 2
    assert messages(reading) == [
        "b1.csv, row 4: the header again; skipped",
        "b1.csv, row 6: names nothing, so it may be a total; skipped",
        "b1.csv, row 7: a row of totals; skipped",
    ]


def test_a_live_called_total_is_a_live(as_csv):
    assert len(read_files(b1(as_csv, row(title="Total"), row(title="-", start="2026-03-02 19:00"))).sessions) == 2


def test_titles_lose_their_spaces_and_like_rates_may_pass_a_hundred_percent(make, as_csv):
    live = dict(make.LIVES[0], likes=90_000)
    session = read_files([("b3.csv", as_csv([make.B3, make.b3(live)]))]).sessions[0]
    assert session.reported["like_rate"] == pytest.approx(90_000 / live["views"], rel=1e-4)
    assert read_files(b1(as_csv, row(title="  Sale  night "))).sessions[0].title == "Sale night"


def test_abbreviated_money_is_read_and_marked(make, as_csv):
    cells = make.b3(make.LIVES[0])
    cells[5], cells[11], cells[18] = "Rp412,6RB", "1.00K", "21.46s"
    session = read_files([("b3.csv", as_csv([make.B3, cells]))]).sessions[0]
    assert (session.counts["gmv"], session.counts["views"], session.counts["avg_viewing_seconds"]) == (
        412600,
        1000,
        21.46,
    )
    assert session.currency == "IDR"
    assert any("like 1.2K" in note and "views" in note for note in session.notes)


def test_one_money_column_settles_another(as_csv):
    header = "Livestream,Start time,Gross revenue,Direct GMV,Views"
    rows = [["a", "2026-03-01 19:00", "€1.234,50", "€1.234", "5"]]
    reading = read_files(b1(as_csv, *rows, header=header))
    assert reading.sessions[0].counts["gmv"] == 1234
    assert reading.warnings == ()


def test_money_that_nothing_settles_is_unknown_with_its_place(as_csv):
    header = "Livestream,Start time,Direct GMV,Views"
    reading = read_files(b1(as_csv, ["a", "2026-03-01 19:00", "€1.234", "5"], header=header))
    assert reading.sessions[0].counts["gmv"] is None
    assert messages(reading) == [
        "b1.csv, row 2, column 'Direct GMV': '€1.234' could be thousands or decimals; left unknown"
    ]


def test_gross_revenue_is_never_gmv(as_csv):
    header = "Livestream,Start time,Gross revenue,Views"
    session = read_files(b1(as_csv, ["a", "2026-03-01 19:00", "R$ 90,00", "5"], header=header)).sessions[0]
    assert session.counts["gmv"] is None and session.gmv_kind is None
    assert session.counts["gmv_gross"] == 90


def test_the_header_is_found_wherever_it_stands(make, as_csv):
    above = [["Exported for", "Made-up Shop"], [], ["Note: 1, 2"], [], [], ["x"], []]
    reading = read_files([("b3.csv", as_csv([*above, make.B3, make.b3(make.LIVES[0])]))])
    assert reading.files[0].header_row == 8
    assert reading.sessions[0].source.row == 9


def test_day_and_month_that_nothing_tells_apart_are_asked(as_csv):
    files = [("mine.csv", as_csv([["start", "views"], ["03/04/2026 19:00", "5"]]))]
    reading = read_files(files)
    assert [question.about for question in reading.questions] == ["day_first"]
    assert "do not show whether the day or the month comes first" in messages(reading)[0]
    assert read_files(files, day_first=False).sessions[0].start == datetime(2026, 3, 4, 19)
    assert read_files(files, day_first=False).questions == ()


def test_a_room_id_saved_as_a_number_has_lost_digits(make, as_csv):
    cells = make.b3(make.LIVES[0])
    cells[0] = "7.55E+18"
    reading = read_files([("b3.csv", as_csv([make.B3, cells]))])
    assert reading.sessions[0].id == "2026-02-03T19:03"
    assert "its last digits are lost" in messages(reading)[0]


def test_room_ids_in_number_cells_of_a_workbook(make, as_xlsx):
    cells: list[object] = [*make.b3(make.LIVES[0])]
    cells[0] = 7.55e18
    reading = read_files([("b3.xlsx", as_xlsx([make.B3, cells]))])
    assert reading.sessions[0].id == "2026-02-03T19:03"


def test_numbers_and_dates_typed_as_such_in_a_workbook(as_xlsx):
    rows = [["start", "minutes", "views", "gmv", "currency"], [datetime(2026, 3, 1, 19), 120, 1000, 1234.567, "USD"]]
    session = read_files([("mine.xlsx", as_xlsx(rows))]).sessions[0]
    assert (session.start, session.duration_minutes) == (datetime(2026, 3, 1, 19), 120)
    assert (session.counts["views"], session.counts["gmv"]) == (1000, 1234.567)


def test_unknown_columns_are_kept_and_listed(as_csv):
    rows = [["views", "start", "weather", "likes"], ["5", "2026-03-01 19:00", "rain", "7"]]
    reading = read_files([("mine.csv", as_csv(rows))])
    assert reading.files[0].unread == {"weather": "rain"}
    assert reading.sessions[0].extra == {"weather": "rain"}
    assert reading.files[0].columns == {"views": "views", "start": "start", "likes": "likes"}


def test_a_start_that_is_missing_or_without_a_time_is_told(as_csv):
    reading = read_files(b1(as_csv, row(start=""), row(start="2026-03-02")))
    assert [session.start for session in reading.sessions] == [None, datetime(2026, 3, 2)]
    assert messages(reading) == [
        "b1.csv, row 3, column 'Start time': '2026-03-02' has no time of day; read as 00:00",
        "b1.csv, row 2, column 'Start time': has no start, so it cannot be placed among the other LIVEs",
    ]


def test_rows_with_a_comma_too_many_or_cut_off():
    data = b"start,title,views,likes\n2026-03-01 19:00,Sale, today,100,20\n2026-03-02 19:00,Sale,100,20,\n2026-03-03 19:00,Sale,10"
    reading = read_files([("mine.csv", data)])
    assert [session.counts["views"] for session in reading.sessions] == [100, 10]
    assert messages(reading) == [
        "mine.csv, row 2: has 5 cells under 4 headers, so they may stand under the wrong ones; skipped",
        "mine.csv, row 4: has only 3 of 4 cells; the others are unknown. The file may be cut off",
    ]


def test_a_currency_that_is_not_known_is_told(as_csv):
    header = ["start", "views", "gmv", "currency"]
    rows = [["2026-03-01 19:00", 100, "5.50", "Taler"], ["2026-03-02 19:00", 100, "$5.50", "bucks"]]
    reading = read_files([("mine.csv", as_csv([header, *rows, ["2026-03-03 19:00", 100, "5.50", "usd"]]))])
    assert [each.currency for each in reading.sessions] == [None, "USD", "USD"]
    assert messages(reading) == [
        "mine.csv, row 2, column 'currency': 'Taler' is no currency known here; write its code, like IDR",
        "mine.csv, row 3, column 'currency': 'bucks' is no currency known here; write its code, like IDR",
    ]
