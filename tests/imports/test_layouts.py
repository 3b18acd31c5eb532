"""Every layout, cell for cell, against the made-up LIVEs its fixture was written from."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from playbook.imports import read_files

#: Count: key of the made-up LIVE.
ROOM = {
    "views": "views", "viewers": "viewers", "product_impressions": "product_impressions",
    "product_clicks": "product_clicks", "comments": "comments", "shares": "shares", "likes": "likes",
    "new_followers": "new_followers", "avg_viewing_seconds": "avd",
}  # fmt: skip
SOLD = {"items_sold": "items", "customers": "customers"}
A = ROOM | SOLD
A1 = A | {"orders_paid": "sku_orders", "orders_created": "created", "avg_viewers": "acu", "peak_viewers": "peak",
          "products_added": "products_added"}  # fmt: skip
A2 = A | {"sku_orders": "sku_orders", "orders_created": "created", "products_added": "products_added"}
A3 = A | {"orders_paid": "orders_main"}
A3_ZH = A3 | {"orders_created": "created", "products_added": "products_added"}
AFFILIATE = {"views": "views", "product_clicks": "product_clicks", "orders_paid": "orders_main"}
AGENCY = {"impressions": "impressions", "views": "views", "product_clicks": "product_clicks", "comments": "comments",
          "new_followers": "new_followers", "shares": "shares", "likes": "likes", "avg_viewing_seconds": "avd",
          "orders_main": "orders_main"}  # fmt: skip
B1 = A | {"sku_orders": "sku_orders", "peak_viewers": "peak"}
B23 = {k: v for k, v in A.items() if k != "viewers"} | {
    "impressions": "impressions", "sku_orders": "sku_orders", "orders_main": "orders_main"}  # fmt: skip
ZH = {"views": "views", "impressions": "impressions", "product_clicks": "product_clicks", "comments": "comments",
      "shares": "shares", "likes": "likes", "new_followers": "new_followers", "items_sold": "items",
      "orders_main": "orders_main"}  # fmt: skip
API = A2 | {"avg_viewers": "acu", "peak_viewers": "peak"}
TEMPLATE = ROOM | {"impressions": "impressions", "sku_orders": "sku_orders"}

B1_FILE = "Creator-Live-Performance_20260320091502.xlsx"
B3_FILE = "Creator-Live-Performance_20260301120000.xlsx"

#: file, profile, header row, counts, currency, kind, what a unit of the made-up money is, unread columns
LAYOUTS = [
    ("live_analysis_a1.xlsx", "live_analysis_a1", 3, A1, "IDR", "direct", 1000, []),
    ("live_analysis_a1_id.xlsx", "live_analysis_a1", 3, A1, "IDR", "direct", 1000, []),
    ("live_analysis_a2.xlsx", "live_analysis_a2", 3, A2, "MYR", "direct", 1, []),
    ("live_analysis_a2_id.xlsx", "live_analysis_a2", 3, A2, "IDR", "direct", 1000, []),
    ("live_analysis_a2_th.xlsx", "live_analysis_a2", 3, A2, "THB", "direct", 1, []),
    ("live_analysis_a3.xlsx", "live_analysis_a3", 3, A3, "THB", "direct", 100, []),
    ("live_analysis_a3_vi.xlsx", "live_analysis_a3", 3, A3, "VND", "direct", 1000,
     ["Số món bán ra ghi nhận vào buổi LIVE"]),
    ("live_analysis_a3_zh.xlsx", "live_analysis_a3_zh", 3, A3_ZH, "VND", "direct", 1000, []),
    ("affiliate_lives_pt.xlsx", "affiliate_lives_pt", 1, AFFILIATE, "BRL", None, 1, []),
    ("agency_lives.xlsx", "agency_lives", 1, AGENCY, "USD", None, 1, []),
    (B1_FILE, "creator_live_b1", 3, B1, "BRL", "direct", 1, []),
    ("creator_live_b1_id.xlsx", "creator_live_b1", 3, B1, "IDR", "direct", 1000, []),
    ("creator_live_b2.xlsx", "creator_live_b2", 3, B23, "USD", "attributed", 1, []),
    (B3_FILE, "creator_live_b3", 3, B23, "VND", "attributed", 1000, []),
    ("creator_live_zh.csv", "creator_live_zh", 1, ZH, None, "attributed", 1, []),
    ("creator_live_zh_gb18030.csv", "creator_live_zh", 1, ZH, None, "attributed", 1, []),
    ("creator_live_zh.xlsx", "creator_live_zh", 3, ZH, None, "attributed", 1, []),
    ("api_sessions.json", "api_sessions", 1, API, "USD", "direct", 1, []),
    ("template_sessions.csv", "template_sessions", 1, TEMPLATE, "USD", None, 1, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "profile", "header", "counts", "currency", "kind", "unit", "unread"), LAYOUTS, ids=[x[0] for x in LAYOUTS]
)
def test_every_cell_is_read(make, export, file, profile, header, counts, currency, kind, unit, unread):
    reading = read_files([export(file)])
    (read,) = reading.files
    assert (read.profile, read.header_row, read.rows) == (profile, header, len(make.LIVES))
    assert list(read.unread) == unread
    assert read.disagreements == ()
    expected = ("UTC", "is read, since this file has no")  # items of attributed orders, where no others are printed
    assert [str(w) for w in read.warnings if not any(each in w.message for each in expected)] == []
    for session, live in zip(reading.sessions, make.LIVES, strict=True):
        for count, key in counts.items():
            assert session.counts[count] == live[key], count
        money = live["direct"] + (live["indirect"] if kind == "attributed" else 0)
        assert session.counts["gmv"] == pytest.approx(money * unit, rel=1e-5)
        assert (session.currency, session.gmv_kind) == (currency, kind)
        assert session.start == live["start"]
        assert session.duration_minutes == pytest.approx(live["minutes"], abs=0.25)
        assert not session.running
        known = set(counts) | {"gmv"} | session.approximate
        assert {name for name, value in session.counts.items() if value is not None} - known <= {
            "gmv_direct", "gmv_attributed", "gmv_indirect", "gmv_gross", "ads_cost", "ads_gmv",
        }  # fmt: skip


@pytest.mark.parametrize("file", [x[0] for x in LAYOUTS])
def test_printed_rates_are_those_of_the_counts(export, file):
    pairs = {
        "ctr": ("product_clicks", "views"), "product_ctr": ("product_clicks", "product_impressions"),
        "err": ("views", "impressions"), "like_rate": ("likes", "views"), "follow_rate": ("new_followers", "views"),
        "comment_rate": ("comments", "views"), "share_rate": ("shares", "views"),
        "ctor_main": ("orders_main", "product_clicks"), "ctor": ("sku_orders", "product_clicks"),
    }  # fmt: skip
    seen = 0
    for session in read_files([export(file)]).sessions:
        for rate, (above, below) in pairs.items():
            up, down = session.counts.get(above), session.counts.get(below)
            if rate in session.reported and up is not None and down is not None:
                assert session.reported[rate] == pytest.approx(up / down, rel=0.01), rate
                seen += 1
    assert seen or file.startswith(("creator_live_zh", "template", "affiliate"))


def test_b3_keeps_room_ids_titles_and_prefers_the_end_to_the_printed_duration(make, export):
    sessions = read_files([export(B3_FILE)]).sessions
    assert [session.id for session in sessions] == [live["room"] for live in make.LIVES]
    assert sessions[0].title == make.LIVES[0]["title"]
    assert sessions[0].duration_minutes == pytest.approx(make.LIVES[0]["minutes"] + 0.2)
    assert sessions[0].exported_at == datetime(2026, 3, 1, 12)
    assert sessions[0].extra["Avg. viewing duration per view"] == f"{make.LIVES[0]['avd'] - 6:.2f}s"
    assert sessions[0].reported["like_rate"] > 0.5
    assert sessions[3].reported["like_rate"] > 1


def test_b1_impressions_are_derived_and_marked(make, export):
    for session, live in zip(read_files([export(B1_FILE)]).sessions, make.LIVES, strict=True):
        assert session.approximate == {"impressions"}
        assert session.counts["impressions"] == pytest.approx(live["impressions"], rel=0.001)
        assert float(session.counts["impressions"]).is_integer()
        assert session.title == live["title"]
        assert session.id == f"{live['start']:%Y-%m-%dT%H:%M}"
        assert session.exported_at == datetime(2026, 3, 20, 9, 15, 2)
        assert session.counts["gmv_gross"] == pytest.approx(live["direct"] * 1.05, abs=0.01)
        assert set(session.reported) == {"ctr", "ctor", "watch_gpm", "show_gpm", "gmv_per_order"}


def test_b2_with_ticked_columns_in_any_order(make, export):
    for session, live in zip(read_files([export("creator_live_b2_ticked.xlsx")]).sessions, make.LIVES, strict=True):
        assert set(session.reported) == {"product_ctr"}
        assert session.counts["views"] == live["views"]
        assert session.counts["gmv"] is None and session.gmv_kind is None


def test_a1_has_paid_orders_but_no_sku_orders(export):
    for session in read_files([export("live_analysis_a1.xlsx")]).sessions:
        assert session.counts["sku_orders"] is None
        assert session.counts["impressions"] is None
        assert session.counts["orders_paid"] is not None


def test_a3_bare_ctor_is_not_the_sku_rate(export):
    for session in read_files([export("live_analysis_a3.xlsx")]).sessions:
        assert "ctor" not in session.reported
        assert "ctor_main" in session.reported


def test_api_times_become_the_shops_wall_clock(make, export):
    reading = read_files([export("api_sessions.json")], timezone="Asia/Jakarta")
    assert reading.questions == ()
    assert reading.sessions[0].start.hour == make.LIVES[0]["start"].hour - 17  # 19:03 UTC is 02:03 the day after
    assert reading.sessions[0].start.day == make.LIVES[0]["start"].day + 1
    assert reading.sessions[0].creator == "madeup.shop"
    asked = read_files([export("api_sessions.json")])
    assert [question.about for question in asked.questions] == ["timezone"]
    assert "count from UTC" in asked.questions[0].text


def test_api_gmv_is_attributed_from_april_2026(export, as_csv):
    name, data = export("api_sessions.json")
    later = data.replace(b'"start_time": "177', b'"start_time": "178').replace(b'"end_time": "177', b'"end_time": "178')
    kinds = {session.gmv_kind for session in read_files([(name, later)]).sessions}
    assert kinds == {"attributed"}


def test_the_generator_writes_what_is_committed(make, tmp_path, monkeypatch):
    monkeypatch.setattr(make, "HERE", tmp_path)
    make.write_lists()
    make.write_parts()
    make.write_templates()
    folder = Path(make.__file__).parent
    for path in tmp_path.iterdir():
        if path.suffix != ".xlsx":
            assert path.read_bytes() == (folder / path.name).read_bytes(), path.name
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in folder.iterdir()} - {
        "make.py", "__pycache__",
    }  # fmt: skip


@pytest.mark.parametrize("column", ["Viewers", "Shares", "New followers", "Comment rate"])
def test_b2_is_recognised_whatever_was_ticked(column, as_csv):
    header = ["Livestream", "Start time", "Views", column]
    cell = "3.1%" if column == "Comment rate" else "12"
    reading = read_files([("b2.csv", as_csv([header, ["Sale", "2026-05-01 19:00", "900", cell]]))])
    assert reading.files[0].profile == "creator_live_b2"


@pytest.mark.parametrize(("column", "count"), [("Attributed items sold", "items_sold"), ("Customers", "customers")])
def test_a_trend_with_one_metric_only_is_a_trend(column, count, as_csv):
    reading = read_files([("t.csv", as_csv([["Time", column], ["19:00", "3"], ["19:01", "4"]]))])
    assert reading.files[0].profile == "trend_stat"
    assert list(reading.sessions[0].trend[count]) == [3, 4]
