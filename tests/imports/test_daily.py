"""Totals by day from exports without a row a LIVE, and schedules of hosts."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from playbook.imports import apart
from playbook.imports.daily import DayTotal, day_totals
from playbook.imports.schedule import hosts_of, schedule
from playbook.model.notes import DAY_ALONE
from playbook.model.session import Session, UnusableFile

CORE = [
    ["Date Range: 2026-02-01 ~ 2026-02-02"], [],
    ["Time", "LIVE-attributed GMV", "LIVE GMV", "LIVE Views"],
    ["2026-02-01", "120.5", "100", "900"], ["2026-02-02", "80", "70", "800"],
]  # fmt: skip


def test_core_stats_give_the_gmv_of_lives_by_day() -> None:
    assert day_totals("core.xlsx", [CORE], "USD") == [
        DayTotal(date(2026, 2, 1), date(2026, 2, 1), "live_gmv", 120.5, "USD"),
        DayTotal(date(2026, 2, 2), date(2026, 2, 2), "live_gmv", 80.0, "USD"),
    ]


def test_an_overview_is_read_below_its_totals_in_the_currency_of_its_header() -> None:
    rows = [
        ["Visão geral dos dados", "Valor bruto da mercadoria (R$)", "Reembolsos (R$)"], ["", "300,50", "1"], [],
        ["Dados diários"], ["Data", "Valor bruto da mercadoria (R$)", "Pedidos"],
        ["2026-03-14", "100,25", "3"], ["2026-03-15", "200,25", "4"],
    ]  # fmt: skip
    found = {(each.name, each.first.day): (each.value, each.currency) for each in day_totals("o.xlsx", [rows], "USD")}
    assert found == {
        ("shop_gmv", 14): (100.25, "BRL"), ("shop_gmv", 15): (200.25, "BRL"),
        ("orders", 14): (3.0, None), ("orders", 15): (4.0, None),
    }  # fmt: skip


def test_totals_of_a_span_have_its_ends() -> None:
    rows = [["Ngày phân tích: 14/02/2026-28/02/2026"], [], ["GMV", "Đơn hàng"], ["5000000", "40"]]
    assert day_totals("s.xlsx", [rows], "VND") == [
        DayTotal(date(2026, 2, 14), date(2026, 2, 28), "shop_gmv", 5_000_000.0, "VND"),
        DayTotal(date(2026, 2, 14), date(2026, 2, 28), "orders", 40.0, None),
    ]


def test_a_file_without_totals_says_what_was_expected_and_what_is_there() -> None:
    with pytest.raises(UnusableFile, match=r"x\.csv.*Expected.*Room, Colour, Shape"):
        day_totals("x.csv", [[["Room", "Colour", "Shape"], ["1", "red", "round"]]])


def test_rows_are_read_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"start,host\n2026-11-20 19:00,Maya\n"
    assert apart.read_rows([("s.csv", content)]) == [[["start", "host"], ["2026-11-20 19:00", "Maya"]]]
    with pytest.raises(UnusableFile, match="empty"):
        apart.read_rows([("s.csv", b"")])


def lives() -> list[Session]:
    return [
        Session("a", {}, start=datetime(2026, 11, 20, 19, 12)),
        Session("b", {}, start=datetime(2026, 11, 20, 23, 0)),
        Session("c", {}, start=datetime(2026, 11, 21), notes=(DAY_ALONE,)),
    ]


def test_a_live_gets_the_host_of_the_row_that_begins_nearest() -> None:
    rows = [["Date", "Time", "Host"], ["2026-11-20", "19:00", "Maya"], ["2026-11-20", "19:45", "Rina"],
            ["2026-11-21", "10:00", "Ayu"], ["2026-11-21", "20:00", "Ayu"]]  # fmt: skip
    assert hosts_of(schedule("s.csv", [rows]), lives()) == {"a": "Maya", "c": "Ayu"}


def test_a_day_with_two_hosts_and_no_times_says_nothing() -> None:
    rows = [["start", "host"], ["2026-11-21", "Ayu"], ["2026-11-21", "Rina"], ["2026-11-20", "Maya"]]
    assert hosts_of(schedule("s.csv", [rows]), lives()) == {"a": "Maya", "b": "Maya"}


def test_a_sheet_without_hosts_is_no_schedule() -> None:
    with pytest.raises(UnusableFile, match="no schedule was found"):
        schedule("s.csv", [[["start", "room"], ["2026-11-21", "2"]]])
