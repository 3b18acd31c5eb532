"""Tables that are no lists of LIVEs: refused with the file to take instead, or asked about, never read in silence."""

from __future__ import annotations

import pytest

from playbook.imports import read_files
from playbook.model.session import UnusableFile

INSTEAD = "Creator-Live-Performance"


def refused(rows, as_csv, name="download.csv", **how) -> str:
    with pytest.raises(UnusableFile) as error:
        read_files([(name, as_csv(rows, **how))])
    return str(error.value)


@pytest.mark.parametrize(
    ("header", "row", "what"),
    [
        ("视频信息|视频ID|发布时间|VV|点赞数|商品点击次数", "a|1|2026/07/13 10:00|900|20|30", "Video Analysis"),
        ("Order ID|Order Status|Paid Time|Order Amount", "1|Done|2026-07-13 10:00|9.90", "orders"),
        ("Mã đơn hàng|Trạng thái đơn hàng|Số lượng", "1|Xong|2", "orders"),
        ("Name|Email|Financial Status|Paid at|Total", "#1|a@example.com|paid|2026-07-13 10:00|9.90", "orders"),
        ("Date|Followers|Difference in followers from previous day", "August 31|900|-3", "TikTok Studio"),
        ("Time|Video title|Video link|Post time|Total likes|Total views", "a|b|c|July 1|3|900", "TikTok Studio"),
        ("日付|ギフト贈呈者|新規フォロワー|いいね|シェア", "2026-07-01|3|8|600|2", "without a shop"),
        ("日付|ダイヤモンド", "2026-07-01|300", "without a shop"),
        ("日付|LIVE時間|LIVEの合計数", "2026-07-01|2h|1", "without a shop"),
        ("日付|視聴数|ユニーク視聴者数|平均視聴時間|最高同時視聴者数", "2026-07-01|90|80|20|7", "without a shop"),
        ("Post ID|Account username|Permalink|Publish time|Views|Likes|Shares", "1|a|b|07/13/2026|9|2|1", "Instagram"),
        ("Username|Followers|Likes|Videos", "a|900|20|5", "creators"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_each_is_called_by_its_name(header, row, what, delimiter, as_csv):
    said = refused([header.split("|"), row.split("|")], as_csv, delimiter=delimiter)
    assert what in said.partition("this looks like ")[2].partition(".")[0] and INSTEAD in said


def test_one_metric_of_instagram_in_its_own_encoding():
    text = 'sep=,\r\n"Instagram followers"\r\n"Date","Primary"\r\n"2026-07-13T00:00:00","900"\r\n'
    with pytest.raises(UnusableFile, match="Instagram or Facebook"):
        read_files([("Follows.csv", text.encode("utf-16"))])


def test_counts_that_videos_have_too_are_not_taken_for_lives(as_csv):
    rows = [["day", "views", "likes", "comments", "shares"], ["2026-07-01", 900, 90, 3, 1]]
    assert refused(rows, as_csv) == (
        "download.csv, row 1: no column says when a LIVE began, and views, likes, comments, shares are counted of "
        "videos, posts and accounts, too, so this is not taken for a list of LIVEs. Download Creator-Live-Performance "
        "instead - LIVE Center, Analytics, LIVE, Creator LIVE Performance, Export. If it is a sheet of your own, add a "
        "column 'start' with date and time."
    )


def test_a_ranking_with_ids_and_lengths_and_no_start(as_csv):
    rows = [["session_id", "title", "minutes", "gmv"], ["7550000000000000001", "Sale", 120, 900]]
    assert refused(rows, as_csv) == (
        "download.csv, row 1: this lists LIVEs (session_id, title, minutes, gmv) without saying when they began, as a "
        "ranking does. Download Creator-Live-Performance instead - LIVE Center, Analytics, LIVE, Creator LIVE "
        "Performance, Export."
    )


def test_a_start_column_without_a_start(as_csv):
    rows = [["Livestream", "Start time", "Views", "Likes"], ["Sale", "soon", 900, 90], ["Sale", "", 800, 70]]
    assert refused(rows, as_csv) == (
        "download.csv, row 1: no row has a date and time under 'Start time', so these may be anything but LIVEs. "
        "Expected a start like 2026-08-01 19:00 in each row; download the export again without changing it."
    )


@pytest.mark.parametrize(
    "columns", [["impressions", "views"], ["views", "product_clicks", "sku_orders"], ["impressions", "sku_orders"]]
)
def test_a_table_that_counts_lives_and_does_not_date_them_is_asked_about(columns, as_csv):
    reading = read_files([("mine.csv", as_csv([columns, [90, 80, 7][: len(columns)], [70, 60, 5][: len(columns)]]))])
    assert len(reading.sessions) == 2
    assert [question.about for question in reading.questions] == ["no_start"]
    assert "no column says when each LIVE began" in reading.questions[0].text


def test_one_start_that_cannot_be_read_does_not_refuse_the_others(as_csv):
    rows = [["Livestream", "Start time", "Likes"], ["Sale", "soon", 90], ["Sale", "2026-07-13 19:00", 70]]
    assert [each.counts["likes"] for each in read_files([("b2.csv", as_csv(rows))]).sessions] == [90, 70]


def test_a_sheet_of_lives_with_a_column_of_another_platform_stays_a_list_of_lives(as_csv):
    header = ["start", "impressions", "views", "product_clicks", "gmv", "Diamonds", "Date"]
    rows = [header, ["2026-07-13 19:00", 900, 90, 9, "50", 12, "2026-07-13"]]
    assert read_files([("mine.csv", as_csv(rows))]).sessions[0].counts["views"] == 90


@pytest.mark.parametrize(
    "header",
    [
        "Thông tin video|ID video|Thời gian|Lượt xem|Lượt thích|Lượt hiển thị sản phẩm|Đơn hàng SKU",
        "Info Video|ID Video|Waktu|Penonton|Suka|Tayangan Produk|Pesanan SKU",
        "Informações do vídeo|ID do vídeo|Hora|Visualizações|Curtidas|Impressões do produto|Pedidos SKU",
    ],
)
def test_videos_in_other_languages_are_no_trend_of_a_live(header, as_csv):
    rows = [
        header.split("|"),
        ["a", "75", "2026/09/01 20:00", 900, 20, 300, 2],
        ["b", "76", "2026/09/01 21:00", 800, 9, 90, 1],
    ]
    assert "Video Analysis" in refused(rows, as_csv)


def test_facebook_and_ads_by_day_are_no_lists_of_lives(as_csv):
    facebook = [["Video asset ID", "Title", "Publish time", "Duration (sec)", "Views", "Impressions", "Total clicks"]]
    assert "no known export" in refused([*facebook, ["1", "a", "2026-09-01 20:00", 60, 90, 900, 9]], as_csv)
    ads = [["By Day", "Cost", "Impressions", "Clicks (destination)", "LIVE views", "LIVE product clicks"]]
    assert "no known export" in refused([*ads, ["2026-09-01", 10, 900, 90, 50, 5]], as_csv)
