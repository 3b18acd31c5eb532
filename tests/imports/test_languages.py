"""Layouts in other interface languages, and one of an agency."""

from __future__ import annotations

import pytest

from playbook.imports import read_files
from playbook.imports.pasted.typed import pasted_counts
from playbook.imports.reading import built_in_profiles
from playbook.knowledge.exports import normalise_header
from playbook.model.session import UnusableFile

LANGUAGES = ("zh", "ja", "ko", "vi", "th", "id", "pt")
#: Where the header says that GMV is attributed; a bare GMV is of no known kind.
ATTRIBUTED = ("zh", "pt")
LIST = "template_sessions.csv"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_a_trend(make, export, language):
    reading = read_files([export(f"trend_stat_{language}.xlsx")])
    assert (reading.files[0].profile, reading.files[0].unread) == (f"trend_stat_{language}", {})
    session = reading.sessions[0]
    kind = "attributed" if language in ATTRIBUTED else None
    assert (session.gmv_kind, session.trend_step, session.reported) == (kind, 5, {})
    for row in range(20):
        expected = make.minute_counts(row)
        expected["items_sold"] = expected.pop("items")
        if kind:
            expected["gmv_attributed"] = expected["gmv"]
        assert session.trend.iloc[row].drop("minute").to_dict() == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_a_product_list(export, language):
    reading = read_files([export(LIST), export(f"live_products_{language}.xlsx")])
    read = reading.files[-1]
    assert (read.profile, read.unread, read.disagreements) == (f"live_products_{language}", {}, ())
    for number, product in enumerate(reading.sessions[-1].products):
        assert (product.product_id, product.name) == (f"17290000000000{number:05d}", f"Made-up shirt {number}")
        counts = dict(product.counts)
        counts.pop("gmv_attributed", None)
        assert counts == {
            "gmv": 90000 * (15 + number), "items_sold": 17 + number, "customers": 15 + number,
            "sku_orders": 17 + number, "orders_main": 15 + number, "product_impressions": 7300 + 500 * number,
            "product_clicks": 190 + 10 * number,
        }  # fmt: skip
    assert number == 4


@pytest.mark.parametrize(
    "header",
    ["日期,时间,观看次数,评论数", "日付,時間,視聴数,コメント数", "날짜,시간,시청자수,댓글수",
     "Ngày,Thời gian,Lượt xem,Bình luận", "วันที่,เวลา,ยอดการดู,ความคิดเห็น",
     "Tanggal,Waktu,Penonton,Komentar", "Data,Hora,Visualizações,Comentários",
     "Fecha,Hora,Cliques no produto,GMV", "Jadual,Hora,GMV,AOV"],
)  # fmt: skip
def test_a_sheet_with_a_date_is_no_trend(header):
    """One row a LIVE, kept by hand: its clock times are starts."""
    sheet = f"{header}\n2026-09-03,19:00,4800,159\n2026-09-07,19:05,5100,171\n".encode()
    with pytest.raises(UnusableFile, match="no known export has these columns"):
        read_files([("sheet.csv", sheet)])


def test_a_label_means_one_count_in_every_language():
    """Pasted text is read by the labels of all layouts together."""
    meaning: dict[str, set[str]] = {}
    for profile in built_in_profiles().values():
        if profile.kind in ("sessions", "trend", "products") and profile.json_rows is None:
            for name, labels in profile.columns.items():
                name = "gmv" if name in ("gmv_direct", "gmv_attributed") else name
                for label in labels:
                    meaning.setdefault(normalise_header(label), set()).add(name)
    double = {label: names for label, names in meaning.items() if len(names) > 1}
    # Live Analysis prints them beside orders of its own; pasted, they are the SKU orders that there are.
    assert double == {"attributed sku orders": {"sku_orders", "sku_orders_attributed"}}


def test_a3_in_chinese_counts_the_items_of_direct_gmv(make, export):
    for session, live in zip(read_files([export("live_analysis_a3_zh.xlsx")]).sessions, make.LIVES, strict=True):
        assert session.counts["items_sold"] == live["items"]
        assert session.extra["直播归因成交件数"] == str(live["items"] + 1)
        assert session.orders_kind == "paid"
        assert session.reported["ctor_main"] == pytest.approx(live["orders_main"] / live["product_clicks"], rel=0.01)


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_counts_of_items_those_of_direct_gmv_are_read_without_a_remark(as_csv, first):
    start = ["Creator ID", "Launched Time", "Duration", "LIVE GMV", "Views"]
    printed = {"LIVE-attributed items sold": "33", "LIVE items sold": "32"}
    order = sorted(printed, reverse=bool(first))
    live = ["7411111111111100042", "2026/08/13/ 19:03", "2h 0min", "1837.15", "4800"]
    rows = [[*start, *order], [*live, *(printed[name] for name in order)]]
    reading = read_files([("a3.csv", as_csv(rows))])
    assert reading.files[0].profile == "live_analysis_a3"
    assert reading.sessions[0].counts["items_sold"] == 32
    assert reading.sessions[0].extra["LIVE-attributed items sold"] == "33"
    assert reading.warnings == ()
    alone = [[*row[:5], row[5 + order.index("LIVE-attributed items sold")]] for row in rows]
    assert read_files([("a3.csv", as_csv(alone))]).sessions[0].counts["items_sold"] == 33


def test_a_dashboard_in_portuguese_is_read_from_its_labels():
    text = "GMV atribuído\nR$ 2.417,35\nImpressões da LIVE\n41.234\nCTR por LIVE\n12,88%\nCliques no produto\n640"
    read, left = pasted_counts(text, built_in_profiles(), "BRL")
    assert dict(read.counts) == {"gmv": 2417.35, "impressions": 41234, "product_clicks": 640}
    assert left == [], "the rate is known, and made of the counts beside it"


def test_an_agencys_counts_are_approximate_and_coarse_rates_give_none(as_csv, make):
    rows = [make.AGENCY, *map(make.agency, make.LIVES)]
    sessions = read_files([("cl.csv", as_csv(rows))]).sessions
    derived = {"views", "product_clicks", "comments", "new_followers", "shares", "likes", "orders_main"}
    assert all(each.approximate == derived for each in sessions)
    assert all(each.counts["sku_orders"] is None for each in sessions), "of which orders C_O is made is not said"
    share = make.AGENCY.index("Share rate")
    for row in rows[1:]:
        row[share] = "0.002"
    reading = read_files([("cl.csv", as_csv(rows))])
    assert [each.counts["shares"] for each in reading.sessions] == [None] * 4
    assert [str(each) for each in reading.warnings] == [
        "cl.csv, row 2, column 'Share rate': '0.002' has too few digits to derive shares from; they are left unknown, "
        "and so in 3 more rows"
    ]
