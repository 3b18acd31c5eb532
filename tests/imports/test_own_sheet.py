"""Sheets that sellers keep by hand: every language, days and times apart, sides turned, and what is asked."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from playbook.imports import NothingToReview, read_files
from playbook.imports.formats.tables import SheetTable
from playbook.imports.layout.sideways import turned
from playbook.imports.own.sheet import LIVES as THEY_ARE
from playbook.imports.own.sheet import NEWEST, NO, OLDEST, names_of, own_sheet
from playbook.knowledge.column_words import built_in
from playbook.report.words import sentences

FIRST = datetime(2026, 9, 3, 19, 5)
LIVES = [
    {
        "start": FIRST + timedelta(days=4 * i, minutes=5 * i), "minutes": 118 + 3 * i, "impressions": 38_000 + 911 * i,
        "views": 3_900 + 77 * i, "product_clicks": 488 + 11 * i, "orders": 33 + i, "gmv": 880.5 + 17 * i,
        "comments": 288 + 9 * i, "new_followers": 37 + i, "shares": 18 + i, "likes": 2_900 + 31 * i,
    }
    for i in range(6)
]  # fmt: skip
COUNTS = ("impressions", "views", "product_clicks", "comments", "new_followers", "shares", "likes")

#: date, clock, length, impressions, views, product clicks, comments, new followers, shares, likes, orders, GMV
HEADERS = {
    "en": "Day|Start time|Mins|Impressions|Views|Product clicks|Comments|Follows|Shares|Likes|SKU orders|Revenue (USD)",
    "id": "Tanggal|Jam mulai|Durasi (menit)|Impresi|Tayangan|Klik produk|Komentar|Pengikut baru|Dibagikan|Suka"
    "|Pesanan SKU|Omzet (Rp)",
    "vi": "Ngày|Giờ bắt đầu|Thời lượng (phút)|Lượt hiển thị|Lượt xem|Lượt nhấp sản phẩm|Bình luận|Người theo dõi mới"
    "|Lượt chia sẻ|Lượt thích|Đơn hàng SKU|Doanh thu (₫)",
    "th": "วันที่|เวลาเริ่ม|ระยะเวลา (นาที)|การแสดงผล|ยอดการดู|คลิกสินค้า|ความคิดเห็น|ผู้ติดตามใหม่|แชร์|ถูกใจ"
    "|คำสั่งซื้อ SKU|ยอดขาย (฿)",
    "ms": "Tarikh|Masa mula|Tempoh (minit)|Tera|Tontonan|Klikan produk|Komen|Pengikut baharu|Kongsi|Suka"
    "|Pesanan SKU|Hasil jualan (RM)",
    "pt": "Data|Horário|Duração (min)|Impressões|Visualizações|Cliques no produto|Comentários|Novos seguidores"
    "|Compartilhamentos|Curtidas|Pedidos SKU|Faturamento (R$)",
    "es": "Fecha|Hora|Duración (min)|Impresiones|Visualizaciones|Clics en el producto|Comentarios|Nuevos seguidores"
    "|Compartidos|Me gusta|Pedidos SKU|Ingresos (MXN)",
    "zh": "日期|开播时刻|时长 (分钟)|曝光次数|观看次数|商品点击量|评论数|新增粉丝数|分享次数|点赞数|SKU订单数"
    "|成交金额 (USD)",
    "de": "Datum|Uhrzeit|Dauer (min)|Impressionen|Aufrufe|Produktklicks|Kommentare|Neue Follower|Geteilt"
    "|Gefällt mir|SKU-Bestellungen|Umsatz (€)",
    "fr": "Date|Heure de début|Durée (min)|Impressions|Vues|Clics produit|Commentaires|Nouveaux abonnés|Partages"
    "|J’aime|Commandes SKU|Chiffre d'affaires (€)",
    "it": "Data|Ora|Durata (min)|Impressioni|Visualizzazioni|Clic sul prodotto|Commenti|Nuovi follower|Condivisioni"
    "|Mi piace|Ordini SKU|Fatturato (€)",
    "ja": "日付|開始時刻|配信時間 (分)|インプレッション数|視聴数|商品クリック数|コメント数|新規フォロワー数|シェア数"
    "|いいね数|SKU注文数|売上 (¥)",
    "ko": "날짜|시작 시각|방송 시간 (분)|노출수|조회수|상품 클릭수|댓글수|신규 팔로워|공유수|좋아요수"
    "|SKU 주문수|매출 (₩)",
}  # fmt: skip
CURRENCY = {
    "en": "USD", "id": "IDR", "vi": "VND", "th": "THB", "ms": "MYR", "pt": "BRL", "es": "MXN", "zh": "USD",
    "de": "EUR", "fr": "EUR", "it": "EUR", "ja": "JPY", "ko": "KRW",
}  # fmt: skip


def table(header: list[str], day="%Y-%m-%d", clock="%H:%M", lives=LIVES) -> list[list[object]]:
    """A sheet with the twelve columns of HEADERS."""
    rows: list[list[object]] = [list(header)]
    for live in lives:
        counts = [live[name] for name in ("impressions", "views", "product_clicks", "comments", "new_followers")]
        rows.append([
            live["start"].strftime(day), live["start"].strftime(clock), live["minutes"], *counts, live["shares"],
            live["likes"], live["orders"], live["gmv"],
        ])  # fmt: skip
    return rows


def read(rows, as_csv, name="my sheet.csv", sheets=None):
    return read_files([(name, as_csv(rows))], sheets=sheets)


def question(rows, as_csv, name="my sheet.csv"):
    """What is asked before anything is read."""
    with pytest.raises(NothingToReview) as refused:
        read(rows, as_csv, name)
    (found,) = refused.value.reading.questions
    return found


def same(sessions, lives=LIVES, counts=COUNTS):
    assert [each.start for each in sessions] == [live["start"] for live in lives]
    for session, live in zip(sessions, lives, strict=True):
        assert {name: session.counts[name] for name in counts} == {name: live[name] for name in counts}


@pytest.mark.parametrize("language", HEADERS)
def test_every_language_is_read_without_mapping(as_csv, language):
    day = "%Y-%m-%d" if language in ("en", "zh", "ja", "ko") else "%d/%m/%Y"
    reading = read(table(HEADERS[language].split("|"), day), as_csv)
    same(reading.sessions)
    assert [each.duration_minutes for each in reading.sessions] == [live["minutes"] for live in LIVES]
    assert [each.counts["sku_orders"] for each in reading.sessions] == [live["orders"] for live in LIVES]
    assert [each.counts["gmv"] for each in reading.sessions] == [live["gmv"] for live in LIVES]
    assert {each.currency for each in reading.sessions} == {CURRENCY[language]}
    assert reading.questions == () and reading.warnings == () and reading.files[0].unread == {}


def test_what_was_understood_is_told_column_by_column(as_csv):
    (file,) = read(table(HEADERS["en"].split("|")), as_csv).files
    lines = names_of(file.understood)
    assert "Follows: new followers" in lines and "Mins: length in minutes" in lines
    assert len(lines) == 12 and file.layout


def test_a_column_nobody_knows_is_listed_and_the_rest_is_read(as_csv):
    rows = table(HEADERS["en"].split("|"))
    rows = [[*row, extra] for row, extra in zip(rows, ["Mood", 3, 4, 5, 3, 2, 4], strict=True)]
    reading = read(rows, as_csv)
    same(reading.sessions)
    assert reading.files[0].unread == {"Mood": "3"}


def test_a_clock_of_twelve_hours_and_an_end_after_midnight(as_csv):
    header = ["Date", "Start time", "End time", "Impressions", "Views", "Product clicks"]
    rows = [
        header,
        ["2026-09-03", "10:30 PM", "1:15 AM", 38000, 3900, 488],
        ["2026-09-04", "7 PM", "9:30 PM", 39000, 4000, 500],
    ]
    sessions = read(rows, as_csv).sessions
    assert [each.start for each in sessions] == [datetime(2026, 9, 3, 22, 30), datetime(2026, 9, 4, 19)]
    assert [each.duration_minutes for each in sessions] == [165, 150]


def test_typed_cells_of_a_workbook(as_xlsx):
    rows = [["Datum", "Uhrzeit", "Dauer", "Impressionen", "Aufrufe", "Bestellungen", "Umsatz"]]
    rows += [
        [live["start"].date(), live["start"].time(), timedelta(minutes=live["minutes"]), live["impressions"],  # type: ignore[attr-defined]
         live["views"], live["orders"], live["gmv"]]
        for live in LIVES
    ]  # fmt: skip
    reading = read_files([("Meine LIVEs.xlsx", as_xlsx(rows))])
    same(reading.sessions, counts=("impressions", "views"))
    assert [each.duration_minutes for each in reading.sessions] == [live["minutes"] for live in LIVES]


def test_a_day_that_stands_once_above_several_lives(as_csv):
    header = ["Date", "Time", "Mins", "Impressions", "Views", "Orders"]
    rows = [header, ["2026-09-03", "12:00", 60, 9000, 900, 5], ["", "19:00", 120, 20000, 2100, 9],
            ["2026-09-04", "12:30", 60, 9100, 910, 6], ["", "", "", 38100, 3910, 20]]  # fmt: skip
    reading = read(rows, as_csv)
    assert [each.start for each in reading.sessions] == [
        datetime(2026, 9, 3, 12), datetime(2026, 9, 3, 19), datetime(2026, 9, 4, 12, 30),
    ]  # fmt: skip
    assert any("skipped" in each.message for each in reading.warnings), "the row below adds the others up"


def test_days_alone_newest_first_keep_two_lives_of_a_day_apart(as_csv):
    rows = [["Date", "Impressions", "Views", "SKU orders"], ["2026-09-05", 3, 2, 1], ["2026-09-04", 30000, 3000, 9],
            ["2026-09-04", 20000, 2000, 8], ["2026-09-03", 10000, 1000, 7]]  # fmt: skip
    reading = read(rows, as_csv)
    assert [each.counts["impressions"] for each in reading.sessions] == [10000, 20000, 30000, 3]
    assert [str(each.start) for each in reading.sessions] == [
        "2026-09-03 00:00:00", "2026-09-04 00:00:00", "2026-09-04 00:01:00", "2026-09-05 00:00:00",
    ]  # fmt: skip
    (remark,) = reading.warnings
    assert "dates alone" in remark.message and "kept apart" in remark.message


@pytest.mark.parametrize(
    ("header", "cells", "minutes"),
    [("Length (h)", (2, "1.5"), (120, 90)), ("Hours", (2, 3), (120, 180)), ("Duration", (2.5, 3), (150, 180)),
     ("Duration", (118, 121), (118, 121)), ("Duration", (7080, 7260), (118, 121)),
     ("duration_seconds", (7080, 7260), (118, 121)), ("Duration", ("1h 58m", "2h 1m"), (118, 121))],
)  # fmt: skip
def test_lengths_by_their_header_or_their_size(as_csv, header, cells, minutes):
    rows = [["Start", header, "Impressions", "Views", "SKU orders"], ["2026-09-03 19:00", cells[0], 38000, 3900, 33],
            ["2026-09-04 19:00", cells[1], 39000, 4000, 34]]  # fmt: skip
    reading = read(rows, as_csv)
    assert [each.duration_minutes for each in reading.sessions] == list(minutes)
    assert reading.questions == ()


def test_a_length_that_could_be_hours_or_minutes_is_asked_about(as_csv):
    rows = [["Start", "Duration", "Impressions", "Views"], ["2026-09-03 19:00", 10, 38000, 3900]]
    (question,) = read(rows, as_csv).questions
    assert (question.about, question.column, question.preset) == ("column", "Duration", "duration_minutes")
    assert (
        read(rows, as_csv, sheets={question.layout: {"Duration": "duration_hours"}}).sessions[0].duration_minutes == 600
    )


@pytest.mark.parametrize(
    ("header", "cell", "gmv", "currency"),
    [("Omzet (juta Rp)", "1,25", 1_250_000, "IDR"), ("GMV ('000 VND)", 880, 880_000, "VND"),
     ("gmv_usd", "880.5", 880.5, "USD"),
     ("Revenue in EUR", "880,50", 880.5, "EUR"), ("Sales", "$880.50", 880.5, "USD"),
     ("Doanh thu (triệu)", "12,5", 12_500_000, None)],
)  # fmt: skip
def test_money_with_its_unit_in_the_header(as_csv, header, cell, gmv, currency):
    rows = [["Start", "Impressions", "Views", header], ["2026-09-03 19:00", 38000, 3900, cell]]
    session = read(rows, as_csv).sessions[0]
    assert (session.counts["gmv"], session.currency) == (gmv, currency)


def test_orders_alone_are_a_kind_of_their_own_until_a_person_says(as_csv):
    header = HEADERS["en"].replace("SKU orders", "Orders").split("|")
    reading = read(table(header), as_csv)
    assert (reading.sessions[0].orders_kind, reading.sessions[0].counts["sku_orders"]) == ("paid", None)
    (question,) = reading.questions
    assert (question.column, question.preset) == ("Orders", "orders_paid")
    said = read(table(header), as_csv, sheets={question.layout: {"Orders": "sku_orders"}})
    assert said.sessions[0].counts["sku_orders"] == 33 and said.questions == ()


def test_printed_rates_give_approximate_counts(as_csv):
    rows = [["Date", "Impressions", "ERR", "Comment rate", "Like rate", "LIVE CTR", "CTOR (SKU orders)", "GMV"]]
    rows += [
        [f"{live['start']:%Y-%m-%d}", live["impressions"], f"{live['views'] / live['impressions']:.2%}",
         f"{live['comments'] / live['views']:.2%}", f"{live['likes'] / live['views']:.2%}",
         f"{live['product_clicks'] / live['views']:.2%}", f"{live['orders'] / live['product_clicks']:.2%}", live["gmv"]]
        for live in LIVES
    ]  # fmt: skip
    sessions = read(rows, as_csv).sessions
    for session, live in zip(sessions, LIVES, strict=True):
        for name in ("views", "comments", "likes", "product_clicks"):
            assert session.counts[name] == pytest.approx(live[name], rel=0.01), name
        assert session.approximate >= {"views", "comments", "likes", "product_clicks", "orders_paid"}


@pytest.mark.parametrize("shown", ["{:.4f}", "{:.2%}"])
def test_rates_as_fractions_or_percent(as_csv, shown):
    rows = [
        ["Date", "Impressions", "ERR", "Follow rate"],
        ["2026-09-03", 38000, shown.format(0.1026), shown.format(0.0095)],
    ]
    session = read(rows, as_csv).sessions[0]
    assert session.counts["views"] == pytest.approx(3899, abs=2)
    assert session.counts["new_followers"] == pytest.approx(37, abs=1)


def test_of_two_click_through_rates_neither_is_guessed(as_csv):
    rows = [["Date", "Impressions", "Views", "Product impressions", "CTR"], ["2026-09-03", 38000, 3900, 15000, "12.5%"]]
    reading = read(rows, as_csv)
    assert reading.sessions[0].counts["product_clicks"] is None
    (question,) = reading.questions
    assert (question.column, question.preset) == ("CTR", None)
    said = read(rows, as_csv, sheets={question.layout: {"CTR": "ctr"}}).sessions[0]
    assert said.counts["product_clicks"] == pytest.approx(488, abs=1) and "product_clicks" in said.approximate


def test_a_click_through_rate_beside_its_counts_needs_no_question(as_csv):
    rows = [["Date", "Impressions", "Views", "Product impressions", "Product clicks", "CTR"],
            ["2026-09-03", 38000, 3900, 15000, 488, "3.25%"]]  # fmt: skip
    reading = read(rows, as_csv)
    assert reading.sessions[0].reported == {"product_ctr": 0.0325} and reading.questions == ()


def test_no_day_at_all_is_asked_about_and_never_read_in_silence(as_csv):
    rows = [
        ["session", "impressions", "views", "sku_orders", "hours"],
        [1, 38000, 3900, 33, 2],
        [2, 39000, 4000, 34, 2],
    ]
    with pytest.raises(NothingToReview, match="oldest first"):
        read(rows, as_csv)
    with pytest.raises(NothingToReview) as refused:
        read(rows, as_csv)
    (question,) = refused.value.reading.questions
    assert (question.about, question.choices) == ("rows", (OLDEST, NEWEST, NO))
    for answer, wanted in ((OLDEST, [38000, 39000]), (NEWEST, [39000, 38000])):
        reading = read(rows, as_csv, sheets={question.layout: {"rows": answer}})
        assert [each.counts["impressions"] for each in reading.sessions] == wanted
        assert reading.picked == reading.sessions[-1].id
    with pytest.raises(NothingToReview, match="left out, as you said"):
        read(rows, as_csv, sheets={question.layout: {"rows": NO}})


def test_a_table_on_its_side_is_read_as_it_is_meant(as_csv):
    upright = [["Kennzahl", *row[1:]] if at == 0 else row for at, row in enumerate(table(HEADERS["de"].split("|")))]
    upright[0][0] = "Datum"
    reading = read([list(column) for column in zip(*upright, strict=True)], as_csv)
    same(reading.sessions)
    assert reading.sessions[0].source.row == 2


def test_a_remark_on_a_table_on_its_side_names_its_column(as_csv):
    upright = table(HEADERS["en"].split("|"))
    upright[3][4] = "many"
    (remark,) = read([list(column) for column in zip(*upright, strict=True)], as_csv).warnings
    assert str(remark).startswith("my sheet.csv, column 'Views': column 4 of the sheet: 'many'")


def test_a_sheet_a_month_is_one_history():
    book = openpyxl.Workbook()
    for month, part in (("September", LIVES[:3]), ("October", LIVES[3:])):
        page = book.create_sheet(month)
        for row in table(HEADERS["en"].split("|"), lives=part):
            page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    same(read_files([("LIVEs 2026.xlsx", buffer.getvalue())]).sessions)


def test_words_with_two_meanings_take_the_one_that_is_free(as_csv):
    rows = [["Tanggal", "Impresi", "Tayangan", "Pesanan SKU"], ["2026-09-03", 38000, 3900, 33]]
    reading = read(rows, as_csv)
    assert (reading.sessions[0].counts["views"], reading.questions) == (3900, ())


@pytest.mark.parametrize(
    "header",
    [
        "Creator ID|Creator|Views|Product clicks|Followers|Region|Category",
        "Date|Gifters|New followers|Viewers who commented|Likes|Shares",
        "Date|Video Views|Profile Views|Likes|Comments|Shares",
        "Date|Impressions|Clicks|Campaign|Cost|Views",
        "Video ID|Date|Impressions|Views|Likes|Orders",
        "Date|Views|Likes|Comments|Followers",
    ],
)
def test_what_does_not_count_lives_is_no_sheet_of_them(as_csv, header):
    row = ["2026-09-03" if name == "Date" else "120" for name in header.split("|")]
    assert own_sheet(SheetTable("x.csv", [header.split("|"), row, row])) is None


def test_the_minutes_of_one_live_stay_a_trend(as_csv):
    rows = [["Time", "Impressions", "Views", "Likes"], *([f"19:{at:02d}", 100, 10, at] for at in range(30))]
    (file,) = read(rows, as_csv).files
    assert file.profile in ("template_trend", "trend_stat")


def test_a_list_with_minutes_is_no_trend(as_csv):
    rows = [["Date", "Time", "Mins", "Impressions", "Views", "Likes"]]
    rows += [[f"2026-09-{3 + at:02d}", "19:00", 118, 38000, 3900, 2900] for at in range(5)]
    reading = read(rows, as_csv)
    assert [each.duration_minutes for each in reading.sessions] == [118] * 5
    assert reading.sessions[4].start == datetime.combine(date(2026, 9, 7), time(19))


def test_a_row_that_adds_the_others_up_is_no_live(as_csv):
    rows = [["Date", "Start", "Impressions", "Views"], ["2026-09-03", "19:00", 38000, 3900],
            ["2026-09-07", "19:05", 39000, 4000], ["Total", "", 77000, 7900], ["Average", "", 38500, 3950]]  # fmt: skip
    reading = read(rows, as_csv)
    assert [each.counts["impressions"] for each in reading.sessions] == [38000, 39000]
    assert [each.message for each in reading.warnings] == ["a row of totals; skipped"] * 2


@pytest.mark.parametrize(
    ("days", "name"),
    [(("3 Sep", "7 Sep"), "LIVEs 2026.csv"), (("03/09", "27/09"), "2026_lives.csv"),
     (("3", "7"), "September 2026.csv")],
)  # fmt: skip
def test_days_without_their_year_take_it_from_the_name(as_csv, days, name):
    rows = [["Day", "Impressions", "Views", "SKU orders"], [days[0], 38000, 3900, 33], [days[1], 39000, 4000, 34]]
    reading = read_files([(name, as_csv(rows))])
    assert reading.sessions[0].start == datetime(2026, 9, 3) and reading.sessions[1].start.month == 9
    assert any("no year" in each.message for each in reading.warnings)
    with pytest.raises(NothingToReview, match="lack their year"):
        read(rows, as_csv)


def test_a_day_of_the_month_and_a_sheet_for_each_month():
    book = openpyxl.Workbook()
    for month, days in (("Sep 2026", (3, 7)), ("Oct 2026", (1, 5))):
        page = book.create_sheet(month)
        page.append(["Day", "Start", "Impressions", "Views", "SKU orders"])
        for day in days:
            page.append([day, "19:00", 38000 + day, 3900, 33])
    buffer = io.BytesIO()
    book.save(buffer)
    sessions = read_files([("lives.xlsx", buffer.getvalue())]).sessions
    assert [f"{each.start:%m-%d %H}" for each in sessions] == ["09-03 19", "09-07 19", "10-01 19", "10-05 19"]


def test_a_time_from_and_to_is_a_length(as_csv):
    rows = [["Date", "Time", "Impressions", "Views"], ["2026-09-03", "19:00-21:00", 38000, 3900],
            ["2026-09-07", "22:30 – 01:00", 39000, 4000]]  # fmt: skip
    sessions = read(rows, as_csv).sessions
    assert [(each.start.hour, each.duration_minutes) for each in sessions] == [(19, 120), (22, 150)]


def test_without_impressions_the_rows_are_asked_about(as_csv):
    rows = [["Date", "Start time", "Mins", "Views", "SKU orders", "GMV"], ["2026-09-03", "19:00", 118, 3900, 33, 880.5]]
    with pytest.raises(NothingToReview) as refused:
        read(rows, as_csv)
    (question,) = refused.value.reading.questions
    assert (question.about, question.choices) == ("rows", (THEY_ARE, NO))
    assert read(rows, as_csv, sheets={question.layout: {"rows": THEY_ARE}}).sessions[0].counts["views"] == 3900


def test_a_table_of_which_little_is_known_is_no_sheet_of_lives():
    header = ["Impressions", "Views", "Orders", *(f"Zeal {sign}" for sign in "abcd")]
    assert own_sheet(SheetTable("x.csv", [header, [str(at) for at in range(7)]])) is None


def test_only_english_writes_the_month_first(as_csv):
    header = HEADERS["es"].split("|")
    early = [{**live, "start": datetime(2026, 9, 3 + at, 19)} for at, live in enumerate(LIVES)]
    reading = read(table(header, "%d/%m/%Y", lives=early), as_csv)
    assert [each.start for each in reading.sessions] == [live["start"] for live in early]
    assert reading.questions == (), "in Spanish 03/09 is in September"


def test_followers_that_only_grow_are_all_there_are(as_csv):
    rows = [["Date", "Impressions", "Views", "SKU orders", "Followers"]]
    rows += [[f"2026-09-{3 + at:02d}", 38000, 3900, 33, 5000 + 40 * at] for at in range(5)]
    reading = read(rows, as_csv)
    assert reading.sessions[0].counts["new_followers"] is None
    assert [(each.column, each.preset) for each in reading.questions] == [("Followers", "kept")]


def test_a_number_of_the_live_is_no_room_id(as_csv):
    rows = [["LIVE ID", "Date", "Impressions", "Views"], [1, "2026-09-03", 38000, 3900], [2, "2026-09-07", 39000, 4000]]
    assert [each.id for each in read(rows, as_csv).sessions] == ["2026-09-03T00:00", "2026-09-07T00:00"]


def test_a_list_whose_titles_are_words_of_columns_does_not_stand_on_its_side():
    rows = [
        ["Title", "Date", "Impressions", "Views"],
        *([word, "2026-09-03", "5", "4"] for word in ("Likes", "Views", "Shares")),
    ]
    assert turned(SheetTable("x.csv", rows), built_in()) is None


TWINS = [
    ["Date", "Start time", "Impressions", "Views", "Product clicks", "Follows", "New followers"],
    ["2026-09-03", "19:00", 38000, 3900, 488, 37, 41],
    ["2026-09-04", "19:00", 39000, 3800, 470, 33, 40],
]


def test_two_columns_of_one_meaning_are_asked_about(as_csv):
    reading = read(TWINS, as_csv)
    assert [each.counts["new_followers"] for each in reading.sessions] == [37, 33]
    [question] = [each for each in reading.questions if each.about == "column"]
    assert question.text == (
        "my sheet.csv: the columns 'Follows' and 'New followers' both seem to hold new followers, and only one can. "
        "'Follows' is read. What is 'New followers'? It is not used until you say."
    )
    assert (question.choices, question.preset) == (("kept", "new_followers"), "kept")
    assert reading.files[0].understood["New followers"] == "kept"


def test_the_twin_that_a_person_names_is_read_and_nothing_more_is_asked(as_csv):
    layout = read(TWINS, as_csv).files[0].layout
    reading = read(TWINS, as_csv, sheets={layout: {"New followers": "new_followers"}})
    assert [each.counts["new_followers"] for each in reading.sessions] == [41, 40]
    assert not reading.questions
    assert not read(TWINS, as_csv, sheets={layout: {"New followers": "kept"}}).questions


def test_two_columns_said_to_be_the_same_are_asked_about(as_csv):
    layout = read(TWINS, as_csv).files[0].layout
    both = {layout: {"Follows": "likes", "New followers": "likes"}}
    [question] = read(TWINS, as_csv, sheets=both).questions
    assert "both seem to hold likes" in question.text


def test_a_twin_that_says_nothing_new_is_not_asked_about(as_csv):
    same_again = [[*row[:6], row[5]] for row in TWINS]
    same_again[0][6] = "New followers"
    assert not read(same_again, as_csv).questions


def test_a_header_written_twice_is_told(as_csv):
    twice = [[*TWINS[0][:6], "follows"], *TWINS[1:]]
    told = "".join(map(str, read(twice, as_csv).warnings))
    assert "a second column with this meaning; only the first is read" in told


def test_a_day_alone_has_no_time_on_any_screen(as_csv):
    alone = [[row[0], *row[2:]] for row in TWINS]
    reading = read(alone, as_csv)
    live = reading.sessions[0]
    assert live.day_alone and sentences.when(live) == "Thu, Sep 3, 2026"
    assert "date alone" in live.notes[-1] and len(live.notes) == 1
    assert not read(TWINS, as_csv).sessions[0].day_alone


def test_a_template_with_dates_alone_has_no_times_either(as_csv):
    rows = [
        ["session_id", "start", "impressions", "views", "sku_orders"],
        *([f"a{at}", f"2026-08-0{at}", 38000, 3900, 30] for at in (1, 2)),
    ]
    assert all(live.day_alone for live in read(rows, as_csv).sessions)
    timed = [rows[0], ["a1", "2026-08-01 00:00", 38000, 3900, 30]]
    assert not read(timed, as_csv).sessions[0].day_alone


WHEN = ["Impressions", "Views", "Product clicks"]


def first(rows, as_csv, name="my sheet.csv"):
    return read_files([(name, as_csv(rows))]).sessions[0]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["Day", "Date", "Start"], ["Thu", "2026-09-03", "19:05"]),
        (["Hari", "Tanggal", "Jam mulai"], ["Kamis", "3 September 2026", "19.05"]),
        (["日", "日付", "開始時刻"], ["木", "2026年9月3日（木）", "19時05分"]),
        (["Date", "Day", "Time"], ["Sep 3, 2026", "Thursday", "7:05 PM"]),
    ],
)
def test_a_day_of_the_week_beside_the_date(as_csv, header, cells):
    live = first([[*header, *WHEN], [*cells, 38000, 3900, 488]], as_csv)
    assert live.start == FIRST


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [("7:05-9:00pm", 115), ("7:05 PM - 9 PM", 115), ("19:05–21:00", 115), ("10:30-1am", 150), ("晚上7:05-9:00", 115)],
)
def test_a_range_of_the_clock_says_when_it_began_and_how_long_it_was(as_csv, clock, minutes):
    live = first([["Date", "Time (CT)", *WHEN], ["2026-09-03", clock, 38000, 3900, 488]], as_csv)
    assert (live.start.minute, live.duration_minutes) == (30 if minutes == 150 else 5, minutes)
    assert live.start.hour == (22 if minutes == 150 else 19)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Date (DD/MM/YYYY)", "03/09/2026"), ("Date (mm/dd/yyyy)", "09/03/2026"), ("Datum (TT.MM.JJJJ)", "03.09.2026"),
        ("Tanggal (dd/mm)", "03/09/2026"), ("LIVE date (WIB)", "2026-09-03"),
    ],
)  # fmt: skip
def test_a_header_may_say_how_its_days_are_written(as_csv, header, cell):
    reading = read([[header, "Start time (UTC+7)", *WHEN], [cell, "19:05", 38000, 3900, 488]], as_csv)
    assert reading.sessions[0].start == FIRST and reading.questions == ()


@pytest.mark.parametrize("cell", ["9月3日", "9月 3日", "9월 3일", "9月3日（木）"])
def test_days_without_a_year_in_chinese_japanese_and_korean(as_csv, cell):
    live = first([["日期", "开播时刻", *WHEN], [cell, "19:05", 38000, 3900, 488]], as_csv, "LIVE 2026.csv")
    assert live.start == FIRST


def test_a_start_in_words_keeps_its_time(as_csv):
    rows = [["开播时间", "曝光", "观看次数"], ["2026年9月3日 晚上7点05分", 38000, 3900]]
    reading = read(rows, as_csv)
    assert reading.sessions[0].start == FIRST and reading.warnings == ()


def test_numbers_of_rows_are_no_titles_and_titles_are(as_csv):
    rows = [["No", "Date", *WHEN], [1, "2026-09-03", 38000, 3900, 488], [2, "2026-09-04", 39000, 3800, 470],
            ["Total", "", 77000, 7700, 958]]  # fmt: skip
    assert [each.title for each in read(rows, as_csv).sessions] == [None, None]
    named = [["LIVE", *rows[0][1:]], ["Payday", *rows[1][1:]], ["Night", *rows[2][1:]]]
    assert [each.title for each in read(named, as_csv).sessions] == ["Payday", "Night"]


def test_a_row_without_a_time_among_others_has_none(as_csv):
    rows = [["Date", "Start", *WHEN], ["2026-09-03", "19:05", 38000, 3900, 488], ["2026-09-04", "", 39000, 3800, 470],
            ["2026-09-04", "tbc", 29000, 2800, 370]]  # fmt: skip
    reading = read(rows, as_csv)
    assert [(each.day_alone, each.began) for each in reading.sessions] == [
        (False, "2026-09-03 19:05"), (True, "2026-09-04"), (True, "2026-09-04"),
    ]  # fmt: skip
    told = [str(each) for each in reading.warnings]
    assert any("'tbc' is not a time of day; left unknown" in each for each in told)
    assert any(
        "2 LIVEs have a date and no time, so the time of day is not known; those of one day" in each for each in told
    )


def test_impressions_and_views_by_day_may_be_of_anything(as_csv):
    rows = [["Date", "Reach", "Impressions", "Views", "Likes"], ["2026-09-03", 900, 1000, 500, 20]]
    with pytest.raises(
        NothingToReview, match=r"there is no time of day, length or sale\. Are the rows your LIVEs"
    ) as error:
        read(rows, as_csv)
    (question,) = error.value.reading.questions
    assert read(rows, as_csv, sheets={question.layout: {"rows": THEY_ARE}}).sessions
    for name, header in (("my LIVEs.csv", "Likes"), ("sheet.csv", "LIVE likes"), ("sheet.csv", "ERR")):
        assert read_files([(name, as_csv([[*rows[0][:4], header], *rows[1:]]))]).sessions


@pytest.mark.parametrize(
    ("unit", "currency"),
    [
        ("美元", "USD"),
        ("越南盾", "VND"),
        ("泰铢", "THB"),
        ("印尼盾", "IDR"),
        ("万元", "CNY"),
        ("百万円", "JPY"),
        ("만원", "KRW"),
    ],
)
def test_currencies_by_the_names_that_asia_writes(as_csv, unit, currency):
    rows = [["日期", *WHEN, f"成交金额（{unit}）"], ["2026-09-03", 38000, 3900, 488, "1.5"]]
    live = first(rows, as_csv)
    assert live.currency == currency
    assert live.counts["gmv"] == 1.5 * {"万元": 10_000, "百万円": 1_000_000, "만원": 10_000}.get(unit, 1)


@pytest.mark.parametrize(
    ("views", "revenue", "gmv"),
    [("5,200", "1,520", 1520), ("5.200", "1.520", 1520), ("5,200", "1.520", None), ("5200", "1,520", None)],
)
def test_counts_show_what_groups_thousands_of_money(as_csv, views, revenue, gmv):
    rows = [["Date", "Start", "Impressions", "Views", "Revenue"], ["2026-09-03", "19:05", 52_000, views, revenue]]
    assert first(rows, as_csv).counts["gmv"] == gmv


def test_of_a_heading_between_weeks_nothing_is_said_about_its_time(as_csv):
    header = ["Date", "Start", *WHEN]
    rows = [header, ["2026-09-03", "7:05p", 38000, 3900, 488], ["Week 37", "", "", "", ""], header,
            ["2026-09-10", "7p", 39000, 3800, 470]]  # fmt: skip
    reading = read(rows, as_csv)
    assert [each.began for each in reading.sessions] == ["2026-09-03 19:05", "2026-09-10 19:00"]
    assert not any("time of day" in str(each) for each in reading.warnings)


DAILY = ["Date", "Impressions", "Views", "Product clicks", "Orders", "Revenue"]


def days(number: int, step: int) -> list[list[object]]:
    first = date(2026, 9, 3)
    return [[first + timedelta(days=step * at), 38000, 3900, 488, 33, 900.5] for at in range(number)]


def test_totals_by_day_of_a_shop_or_a_site_are_asked_about(as_csv):
    asked = question([DAILY, *days(8, 1)], as_csv, "report.csv")
    assert "follow day by day" in asked.text and asked.choices == ("LIVEs", "not LIVEs")
    answers = {asked.layout or "": {"rows": "LIVEs"}}
    assert len(read([DAILY, *days(8, 1)], as_csv, "report.csv", sheets=answers).sessions) == 8


@pytest.mark.parametrize(("number", "step"), [(8, 2), (6, 1)])
def test_lives_on_some_days_are_lives(number, step, as_csv):
    assert len(read([DAILY, *days(number, step)], as_csv, "report.csv").sessions) == number


@pytest.mark.parametrize("named", ["Week 1", "Best", "Target Sep", "Minggu ke-2", "Lời nhắc"])
def test_a_word_in_place_of_a_date_is_no_live(named, as_csv):
    header = ["Date", "Start", "Mins", "Impressions", "Views", "Product clicks", "SKU orders", "GMV"]
    lives = [
        ["2026-09-03", "19:00", 120, 38000, 3900, 488, 33, 900],
        ["2026-09-07", "19:00", 120, 39000, 3950, 480, 30, 890],
    ]
    reading = read([header, *lives, [named, "", 240, 90000, 9000, 900, 60, 2000]], as_csv)
    assert len(reading.sessions) == 2
    assert f"row 4: has '{named}' where the others have a date" in "\n".join(map(str, reading.warnings))


def test_a_mistyped_date_with_a_time_stays_a_live(as_csv):
    header = ["Date", "Start", "Mins", "Impressions", "Views", "Product clicks", "SKU orders", "GMV"]
    row = ["19:00", 120, 38000, 3900, 488, 33, 900]
    reading = read([header, ["2026-09-03", *row], ["2026-09-07", *row], ["Sept", *row]], as_csv)
    assert [each.start is None for each in reading.sessions].count(True) == 1


def test_times_counted_on_behind_midnight_are_of_the_next_day(as_csv):
    header = ["Date", "Start", "End", "Impressions", "Views", "Product clicks", "SKU orders"]
    rows = [["2026-09-08", "24:15", "26:00"], ["2026-09-10", "25時30分", "27:00"], ["2026-09-12", "23:00", "25:00"]]
    found = read([header, *([*row, 38000, 3900, 488, 33] for row in rows)], as_csv).sessions
    assert [(each.began, each.duration_minutes) for each in found] == [
        ("2026-09-09 00:15", 105), ("2026-09-11 01:30", 90), ("2026-09-12 23:00", 120),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "header", ["日期,开播时刻,曝光量,观看次数,商品点击量", "日付,開始時刻,インプレッション数,視聴数,商品クリック数"]
)
def test_a_chinese_or_japanese_day_without_year_has_its_month_first(header, as_csv):
    rows = [header.split(","), ["9/3", "19:00", 38000, 3900, 488], ["9/12", "19:00", 38000, 3900, 488]]
    found = read(rows, as_csv, "LIVE 2026.csv").sessions
    assert [each.began for each in found] == ["2026-09-03 19:00", "2026-09-12 19:00"]


def test_a_name_with_two_years_says_neither(as_csv):
    rows = [
        ["Date", "Time", "Impressions", "Views", "SKU orders"],
        ["28/12", "19:00", 38000, 3900, 33],
        ["02/01", "19:00", 38000, 3900, 33],
    ]
    assert "lack their year" in question(rows, as_csv, "LIVE 2025-2026.csv").text


def test_headers_with_emoji_in_two_languages_and_in_thousands(as_csv):
    header = [
        "📅 Ngày / Date",
        "⏰ Giờ / Time",
        "👀 Impressions (K)",
        "• Views",
        "Nhấp / Product clicks",
        "SKU orders ✅",
    ]
    found = read(
        [header, ["2026-09-03", "19:00", "41.25", 4975, 488, 33], ["2026-09-07", "19:00", "42.5", 4975, 488, 33]],
        as_csv,
    )
    assert [each.began for each in found.sessions] == ["2026-09-03 19:00", "2026-09-07 19:00"]
    assert found.sessions[0].counts["impressions"] == 41250 and found.sessions[0].counts["views"] == 4975
    assert any("rounded: impressions" in note for note in found.sessions[0].notes)


def test_thousands_that_could_be_decimals_are_unknown(as_csv):
    rows = [["Date", "Time", "Impressions (mio)", "Views", "SKU orders"], ["2026-09-03", "19:00", "1.234", 4975, 33]]
    reading = read(rows, as_csv)
    assert reading.sessions[0].counts["impressions"] is None
    assert "could be thousands or decimals" in "\n".join(map(str, reading.warnings))


@pytest.mark.parametrize(
    ("header", "amount", "currency"),
    [
        ("成交金额", "¥1,837.15", "CNY"),
        ("成交金额（¥）", "1837.15", "CNY"),
        ("成交金额 (JPY)", "¥1837", "JPY"),
        ("売上", "¥1837", "JPY"),
    ],
)
def test_whose_yen_or_yuan_a_bare_sign_is(header, amount, currency, as_csv):
    japanese = "日付|開始時刻|表示回数|視聴数|商品表示回数"
    words = japanese if header == "売上" else "日期|开播时刻|曝光量|观看次数|商品点击量"
    rows = [
        [*words.split("|"), header],
        ["2026-09-03", "19:00", 38000, 3900, 488, amount],
    ]
    reading = read(rows, as_csv)
    assert reading.sessions[0].currency == currency
    assert ("taken for CNY" in "\n".join(map(str, reading.warnings))) == (currency == "CNY")


PLAIN = ["Date", "Start time", "Hours", "Impressions", "Views", "SKU orders", "GMV"]


def test_a_live_that_is_planned_is_not_the_latest(as_csv):
    rows = [PLAIN, ["2026-09-03", "19:00", 2, 38000, 3900, 33, 900]]
    rows += [["2026-12-13", "19:00", 2, "", "", "", ""], ["2026-12-14", "19:00", 2, 0, 0, 0, 0]]
    reading = read(rows, as_csv)
    assert [each.began for each in reading.sessions] == ["2026-09-03 19:00"]
    assert reading.files[0].rows == 1
    assert sum("planned; skipped" in each.message for each in reading.warnings) == 2


@pytest.mark.parametrize(("cells", "minutes"), [(("2 jam", "90 menit"), [120, 90])])
def test_a_word_for_hours_above_lengths(cells, minutes, as_csv):
    rows = [["Tanggal", "Jam", "Impresi", "Ditonton", "Pesanan SKU"]]
    rows += [[f"{day}/9/2026", cell, 38000, 3900, 33] for day, cell in zip((13, 14), cells, strict=True)]
    assert [each.duration_minutes for each in read(rows, as_csv).sessions] == minutes


def test_bare_hours_of_the_day(as_csv):
    rows = [PLAIN, ["2026-09-03", "19", 2, 38000, 3900, 33, 900], ["2026-09-07", "9", 2, 38000, 3900, 33, 900]]
    assert [each.began for each in read(rows, as_csv).sessions] == ["2026-09-03 19:00", "2026-09-07 09:00"]


@pytest.mark.parametrize(
    ("cells", "said"), [(("2.30", "1.45"), True), (("2.50", "1.75"), False), (("2.5", "3"), False)]
)
def test_hours_with_what_may_be_minutes_behind_a_dot(cells, said, as_csv):
    rows = [
        PLAIN,
        *([f"2026-09-{3 + 4 * at:02d}", "19:00", cell, 38000, 3900, 33, 900] for at, cell in enumerate(cells)),
    ]
    assert ("2.30 is 138 minutes" in "\n".join(map(str, read(rows, as_csv).warnings))) == said
