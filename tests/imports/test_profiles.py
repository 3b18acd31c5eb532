"""Profiles as files: checked with line and column, and all of them used."""

# ruff: noqa: E501 - tables and messages read better on one line

from __future__ import annotations

import re
from pathlib import Path

import pytest

from playbook.imports import read_files
from playbook.imports.reading import BUILT_IN
from playbook.knowledge.exports import COUNT_FIELDS, header_currency, load_profiles, normalise_header
from playbook.model.session import COUNTS, EXTRA_COUNTS, UnusableFile

EXPORTS = Path(__file__).parent.parent / "fixtures" / "exports"

GOOD = """\
id: other
title: Another export
kind: sessions
recognised_by: {columns: [start, views]}
columns:
  start: [Began]
  views: [Visits]
rates:
  like_rate: {headers: [Hearts], scale: percent, numerator: likes, denominator: views}
how_to_export: From there.
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "other.yaml").write_text(text, encoding="utf-8")
    profiles, wrong = load_profiles(tmp_path)
    assert bool(profiles) != bool(wrong)
    return [str(problem) for problem in wrong]


def test_built_in_profiles_are_right():
    profiles, wrong = load_profiles(BUILT_IN)
    assert wrong == []
    assert len(profiles) == len(list(BUILT_IN.glob("*.yaml")))


def test_counts_are_those_of_a_session():
    assert set(COUNT_FIELDS) == {*COUNTS, *EXTRA_COUNTS}


def test_every_layout_has_a_fixture_that_it_recognises():
    seen = {"api_overall"}  # it stands inside api_minutes.json
    anchor = ("list.csv", b"start,views\n2026-03-01 19:00,5\n")
    for path in EXPORTS.iterdir():
        if path.is_file() and path.suffix != ".py":
            seen |= {file.profile for file in read_files([anchor, (path.name, path.read_bytes())]).files}
    profiles = load_profiles(BUILT_IN)[0]
    assert {name for name, profile in profiles.items() if profile.kind != "lookalike"} == seen


def test_the_docs_list_exactly_the_layouts_there_are_and_how_sure_each_is():
    text = (BUILT_IN.parents[2] / "docs" / "exports.md").read_text(encoding="utf-8").split("## A sheet kept by hand")[0]
    table = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    listed = [name for row in table for name in re.findall(r"`(\w+)`", row[0])]
    lookalikes = re.findall(r"`(lookalike_\w+)`", text)
    profiles = load_profiles(BUILT_IN)[0]
    refused = {name for name, profile in profiles.items() if profile.kind == "lookalike"}
    assert sorted(listed) == sorted(profiles.keys() - refused)
    assert sorted(lookalikes) == sorted(refused)
    levels = re.findall(r"\*\*(\w+)\*\*", text)
    assert levels == ["file", "header", "names", "documented", "inferred", "guess"]
    for name, *_, sure in table:
        assert re.search(rf"\b({'|'.join(levels)}|labels .* inferred|ours)\b", sure), name


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  views: [Visits]", "  view: [Visits]", "other.yaml:7:3: columns.view: no such column; did you mean 'views'?"),
        ("id: other", "id: else", "other.yaml:1:1: id: is 'else', but the file is named other.yaml; make them equal"),
        ("numerator: likes", "numerator: like", "other.yaml:9:3: rates.like_rate: no count 'like'; did you mean 'likes'?"),
        (", denominator: views", "", "other.yaml:9:3: rates.like_rate: write both numerator and denominator, or neither"),
        ("[Visits]", "[Began]", "other.yaml:7:3: columns.views: the header 'Began' also stands under columns.start"),
        ("[start, views]}", "[start, likes]}", "other.yaml:4:34: recognised_by.columns: 'likes' is not among this file's columns"),
        ("kind: sessions", "kind: session", "other.yaml:3:1: kind: 'session' is not one of: sessions, trend, products, events, channels, followers, lookalike; did you mean 'sessions'?"),
        ("title: Another export", "titel: Another export", "other.yaml:2:1: titel: not a known field; did you mean 'title'?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path, old, new, said):
    assert old in GOOD
    assert said in problems(tmp_path, GOOD.replace(old, new))


def test_a_new_layout_is_a_new_file_and_nothing_else(tmp_path):
    assert problems(tmp_path, GOOD) == []
    mine = load_profiles(tmp_path)[0]
    data = ("x.csv", "Visits,Began,Hearts\n100,01.03.2026 19:00,40\n".encode("utf-16"))
    with pytest.raises(UnusableFile):
        read_files([data])
    session = read_files([data], {**load_profiles(BUILT_IN)[0], **mine}, day_first=True).sessions[0]
    assert (session.counts["views"], session.reported, f"{session.start:%Y-%m-%d}") == (
        100,
        {"like_rate": 0.4},
        "2026-03-01",
    )


def test_normalising():
    assert normalise_header(" Tap-through  Rate ") == normalise_header("tap through rate")
    assert normalise_header("Revenue (Rp)") == "revenue" and header_currency("Revenue (Rp)") == "IDR"
    assert normalise_header("CTOR (SKU orders)") != normalise_header("CTOR")
    assert normalise_header("Click-to-order rate (LIVE)") == "click to order rate (live)"
    assert normalise_header("ＣＴＲ") == "ctr"
    assert [header_currency(f"GMV ({sign})") for sign in ("R$", "RM", "฿", "₫", "¥", "£", "€", "S$", "₱", "$")] == [
        "BRL", "MYR", "THB", "VND", "JPY", "GBP", "EUR", "SGD", "PHP", "USD",
    ]  # fmt: skip


LOOKALIKES = {
    "lookalike_core_stats": [["Date Range: 2026-02-01 ~ 2026-02-28"], [], ["Time", "LIVE GMV", "LIVE Views"], ["2026-02-01", "5", "6"]],
    "lookalike_shop_analytics": [["Ngày phân tích: 01/02/2026-28/02/2026"], ["Ngày", "GMV"], ["01/02/2026", "5"]],
    "lookalike_business_overview": [["Visão geral dos dados", "Reembolsos (R$)"], ["", "5"]],
    "lookalike_product_list": [[f"Column {n}" for n in range(176)], ["x"] * 176],
    "lookalike_shop_promotion": [["[Phạm vi ngày]: 2026-02-01 ~ 2026-02-28"], ["ID", "Name"], ["1", "x"]],
    "lookalike_gmv_max": [["Live name", "Launched time", "Campaign ID", "SKU orders", "ROI", "Currency"], ["x", "2026-02-01 19:00", "1", "5", "2", "USD"]],
    "lookalike_affiliate_products": [["LIVE title", "Product name", "Refunds", "Est. commission"], ["x", "y", "0", "1"]],
    "lookalike_live_center_no_shop": [["視聴数", "ユニーク視聴者数", "平均視聴時間"], ["1", "2", "3"]],
    "lookalike_shopee": [["Data Period", "User Id", "No.", "Livestream Name", "Start Time", "ATC"], ["x"] * 6],
    "lookalike_shopee_id": [["Periode Data", "User Id", "No.", "Nama Livestream"], ["x"] * 4],
    "lookalike_orders": [["Order ID", "Order Status", "SKU ID", "Quantity", "Order Amount", "Created Time"], ["1", "Shipped", "2", "1", "9.90", "2026-02-01 19:00"]],
    "lookalike_video_analysis": [["Date Range: 2026-02-01 ~ 2026-02-28"], [], ["Creator name", "Creator ID", "Video Info", "Video ID", "Time", "VV", "Likes", "CTOR"], ["x", "1", "y", "2", "2026/02/01/ 19:00", "900", "5", "3%"]],
    "lookalike_custom_report": [["Date", "Campaign ID", "Creator name", "Product ID", "Livestream room ID", "LIVE time info", "LIVE views"], ["Summary", "-", "-", "-", "-", "-", "9"]],
    "lookalike_top_ranking": [["Creator name", "Livestream room ID", "Duration (s)", "Livestream name", "Revenue (LIVE)"], ["x", "7550000000000000001", "7200", "Sale", "$9.90"]],
    "lookalike_tiktok_studio": [["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"], ["July 1", "900", "40", "90", "3", "1"]],
    "lookalike_twitch": [["Date", "Average Viewers", "Max Viewers", "Minutes Watched", "Minutes Streamed", "Follows"], ["2026-02-01", "5", "9", "600", "120", "2"]],
    "lookalike_instagram": [["sep=,"], ["Views"], ["Date", "Primary"], ["2026-02-01T00:00:00", "900"]],
    "lookalike_posts": [["Post URL", "Views", "Likes", "Comments", "Shares"], ["https://example.com/1", "900", "90", "3", "1"]],
    "lookalike_creators": [["Creator ID", "Creator", "Views", "Product clicks", "Followers", "Region"], ["1", "x", "900", "15", "333", "US"]],
    "lookalike_affiliate_lives_pt": [["Título da LIVE", "ID da LIVE", "ID do produto", "Nome do produto", "Horário de início da LIVE", "Pedidos", "GMV"], ["x", "7", "1", "y", "13/02/2026 19:03", "5", "R$ 9,00"]],
    "lookalike_douyin": [["主播昵称", "直播开始时间", "直播间观看人数"], ["x", "2026-02-01 19:00", "3"]],
}  # fmt: skip
BY_NAME = {
    "lookalike_business_overview_name": "Overview_My Business Performance_20260301.csv",
    "lookalike_campaign": "Campaign_overview_data_1.csv",
    "lookalike_transactions": "Transaction_Analysis_2026 (1).csv",
}


def test_every_lookalike_is_tried_here():
    profiles = load_profiles(BUILT_IN)[0]
    answers = {"lookalike_api_overview"}  # see test_api.py
    assert {*LOOKALIKES, *BY_NAME} == {name for name in profiles if name.startswith("lookalike")} - answers


@pytest.mark.parametrize("name", [*LOOKALIKES, *BY_NAME])
def test_lookalikes_are_answered_with_the_file_to_download(name, as_csv):
    rows = LOOKALIKES.get(name, [["Column a", "Column b"], ["1", "2"]])
    file = BY_NAME.get(name, "download.csv")
    profile = load_profiles(BUILT_IN)[0][name]
    with pytest.raises(UnusableFile) as error:
        read_files([(file, as_csv(rows))])
    assert str(error.value) == f"{file}: this looks like {profile.title}. {profile.how_to_export.strip()}"
