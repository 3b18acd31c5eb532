"""Which orders and which money an export brings."""

import json

import pytest

from playbook.imports import read_files

A3 = (
    "Creator ID,Launched Time,Duration,LIVE-attributed GMV ($),LIVE GMV ($),Orders Created,Orders Paid,CTOR,Viewers,"
    "Views,Product Clicks\n"
    "65126,2026/08/01/ 19:00,2h,1100.00,1000.00,60,{orders},{ctor},3000,4000,{clicks}\n"
)


def a3(orders="50", ctor="6.25%", clicks="800"):
    return read_files([("list.csv", A3.format(orders=orders, ctor=ctor, clicks=clicks).encode())])


def test_paid_orders_never_fill_sku_orders():
    session = a3().sessions[0]
    assert session.counts["sku_orders"] is None
    assert (session.counts["orders_paid"], session.counts["orders_created"]) == (50, 60)
    assert (session.orders_kind, session.orders, session.orders_gmv) == ("paid", 50, 1000)


def test_a_bare_ctor_counts_where_its_numbers_are_those_of_the_paid_orders():
    assert a3().sessions[0].reported["ctor_main"] == 0.0625
    other = a3(ctor="4.10%").sessions[0]
    assert "ctor_main" not in other.reported
    assert other.extra["CTOR"] == "4.10%"


def test_more_paid_orders_than_clicks_are_told():
    reading = a3(orders="900", ctor="", clicks="800")
    assert any("900 paid orders from 800 product clicks" in each.message for each in reading.warnings)


def test_attributed_orders_of_a3_belong_to_attributed_gmv():
    text = A3.replace("Orders Paid", "Attributed SKU orders").format(orders="50", ctor="", clicks="800")
    session = read_files([("list.csv", text.encode())]).sessions[0]
    assert (session.orders_kind, session.counts["sku_orders"], session.counts["gmv"]) == ("sku", 50, 1000)
    assert (session.orders_gmv_kind, session.orders_gmv) == ("attributed", 1100)


def api(**sales):
    entry = {"id": "7550000000000000001", "username": "shop.one", "start_time": "1784000000", "end_time": "1784007200"}
    entry |= {"sales_performance": sales, "interaction_performance": {"views": 9000, "product_clicks": 1000}}
    data = json.dumps({"code": 0, "data": {"live_stream_sessions": [entry]}}).encode()
    return read_files([("api.json", data)], timezone="UTC").sessions[0]


def test_the_api_of_2026_gives_attributed_orders_beside_direct_gmv():
    money = {name: {"amount": amount, "currency": "USD"} for name, amount in
             (("live_gmv", "1000.50"), ("live_attributed_gmv", "1100.00"))}  # fmt: skip
    session = api(**money, live_attributed_sku_orders=80)
    assert (session.gmv_kind, session.counts["gmv"], session.counts["sku_orders"]) == ("direct", 1000.5, 80)
    assert session.orders_gmv == 1100
    both = api(**money, live_attributed_sku_orders=80, sku_orders=70)
    assert (both.orders, both.orders_gmv) == (70, 1000.5)


def test_the_name_in_an_answer_of_the_api_is_the_account():
    session = api(gmv={"amount": "99", "currency": "USD"}, sku_orders=4)
    assert (session.creator, session.host) == ("shop.one", None)
    assert session.orders_gmv == pytest.approx(99)
