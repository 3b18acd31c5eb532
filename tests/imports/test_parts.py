"""Products, channels, followers and events of one LIVE."""

from __future__ import annotations

import pytest

from playbook.imports import read_files
from playbook.model.session import AUDIENCES, CHANNELS, EVENT_TYPES, Event

LIST = ("template_sessions.csv",)


def read_with(export, *files, **options):
    return read_files([export("template_sessions.csv"), *files], **options)


def test_every_cell_of_the_product_file(make, export):
    products = read_with(export, export("live_products.xlsx")).sessions[-1].products
    assert [product.product_id for product in products] == [f"17290000000000{number:05d}" for number in range(5)]
    for number, product in enumerate(products):
        assert product.name == f"Made-up shirt {number}"
        assert dict(product.counts) == {
            "gmv_attributed": 90000 * (15 + number), "gmv": 90000 * (15 + number), "items_sold": 17 + number,
            "customers": 15 + number, "sku_orders": 17 + number, "orders_main": 15 + number,
            "product_impressions": 7300 + 500 * number, "product_clicks": 190 + 10 * number,
        }  # fmt: skip


def test_api_products_with_the_platforms_own_spelling(export):
    products = read_with(export, export("api_products.json")).sessions[-1].products
    assert [product.counts["product_clicks"] for product in products] == [190, 191, 192]
    assert products[0].counts["gmv"] == pytest.approx(90.5 * 15)


def test_the_template_of_products(export):
    (product,) = read_with(export, export("template_products.csv")).sessions[-1].products
    assert (product.product_id, product.price, product.pinned_minutes) == ("1729000000000000001", 90.5, 25)
    assert product.counts["gmv"] == 1176.5


def test_events_by_minute_and_by_clock(export):
    session = read_with(export, export("event_log.csv")).sessions[-1]
    assert session.events == (
        Event("pin", 12, product="Made-up shirt 1"),
        Event("flash_sale", 40, 60, product="Made-up shirt 2"),
        Event("violation", 75, detail="misleading claim", note="warned once"),
    )


def test_event_clocks_across_midnight_and_before_the_live(as_csv):
    files = [
        ("list.csv", as_csv([["start", "minutes", "views"], ["2026-03-01 23:30", 120, 50]])),
        ("events.csv", as_csv([["time", "type", "end"], ["00:15", "pin", "00:40"], ["23:20", "coupon", ""]])),
    ]
    events = read_files(files).sessions[0].events
    assert [(event.type, event.minute, event.end_minute) for event in events] == [
        ("coupon", -10, None),
        ("pin", 45, 70),
    ]


def test_odd_events_are_told(as_csv):
    rows = [["minute", "type", "end", "note"], [5, "juggling", "", "with fire"], ["", "pin", "", ""], [9, "", "", ""],
            [20, "Flash deal", 10, ""], [500, "pin", "", ""], ["soon", "pin", "", ""]]  # fmt: skip
    files = [
        ("list.csv", as_csv([["start", "minutes", "views"], ["2026-03-01 19:00", 120, 50]])),
        ("e.csv", as_csv(rows)),
    ]
    reading = read_files(files)
    assert [(event.type, event.minute, event.note) for event in reading.sessions[0].events] == [
        ("other", 5, "juggling: with fire"), ("other", 9, None), ("flash_sale", 20, None), ("pin", 500, None),
    ]  # fmt: skip
    known = ", ".join(EVENT_TYPES)
    assert [str(remark) for remark in reading.warnings] == [
        f"e.csv, row 2: no event type 'juggling'; known: {known}. Kept as other",
        "e.csv, row 3: has no minute and no time; the event is left out",
        f"e.csv, row 4: has no type; known: {known}. Kept as other",
        "e.csv, row 5: ends before it begins; the end is left unknown",
        "e.csv, row 6: lies at minute 500, after the end of the LIVE (120 minutes)",
        "e.csv, row 7: 'soon' is neither a minute nor a clock time; the event is left out",
    ]


def test_event_clocks_without_a_start(as_csv, export):
    events = ("e.csv", as_csv([["time", "type"], ["23:42", "pin"]]))
    assert read_files([export("trend_stat_midnight.xlsx"), events]).sessions[0].events == (Event("pin", 10),)
    minutes = ("t.csv", as_csv([["minute", "views"], [0, 5], [5, 6]]))
    reading = read_files([minutes, events])
    assert reading.sessions[0].events == ()
    assert "the start of the LIVE is not known" in reading.warnings[0].message


def test_events_given_as_objects(export):
    session = read_with(export, events=[Event("pin", 3)]).sessions[-1]
    assert session.events == (Event("pin", 3),)


def test_channels_as_shares_are_added_by_name(export):
    channels = read_with(export, export("template_channels.csv")).sessions[-1].channels
    assert [part.name for part in channels] == ["for_you", "search"]
    assert channels[0].shares == pytest.approx({"impressions": 0.9132, "views": 0.7745, "gmv": 0.65})
    assert channels[0].counts == {"impressions": None, "views": None, "gmv": None}


def test_a_channel_of_two_rows_is_unknown_where_one_of_them_is(as_csv, export):
    rows = [["Channel", "Impressions", "Views"], ["For You feed", "60%", "500"], ["LIVE swipe", "--", ""]]
    (channel,) = read_with(export, ("channels.csv", as_csv(rows))).sessions[-1].channels
    assert (channel.name, channel.counts, channel.shares) == ("for_you", {"impressions": None, "views": None}, {})


def test_what_is_no_share_of_a_whole_is_unknown_and_told(as_csv, export):
    rows = [["Channel", "Impressions", "Views"], ["Search", "120%", "10%"], ["Inbox", "-5%", "90%"]]
    reading = read_with(export, ("channels.csv", as_csv(rows)))
    assert [channel.shares for channel in reading.sessions[-1].channels] == [{"views": 0.1}, {"views": 0.9}]
    assert [str(remark) for remark in reading.warnings if "share" in remark.message] == [
        "channels.csv, row 2, column 'Impressions': '120%' is no share of a whole; left unknown",
        "channels.csv, row 3, column 'Impressions': '-5%' is no share of a whole; left unknown",
    ]


def test_channels_as_counts_and_unknown_ones(as_csv, export):
    rows = [
        ["Channel", "Impressions", "Views", "GMV"],
        ["For You feed", "1,000", "200", "$30.50"],
        ["Radio", "5", "1", "$0"],
    ]
    reading = read_with(export, ("channels.csv", as_csv(rows)))
    one, two = reading.sessions[-1].channels
    assert (one.name, dict(one.counts), dict(one.shares)) == (
        "for_you",
        {"impressions": 1000, "views": 200, "gmv": 30.5},
        {},
    )
    assert two.name == "other"
    assert "no channel 'Radio'" in reading.warnings[0].message


def test_followers(export):
    followers = read_with(export, export("template_followers.csv")).sessions[-1].followers
    assert [(part.name, part.counts["views"], part.counts["gmv"], part.counts["sku_orders"]) for part in followers] == [
        ("new", 300, 120.5, 4), ("existing", 900, 640, 18), ("none", 4000, 750, 15),
    ]  # fmt: skip


def test_profiles_name_only_known_things():
    from playbook.imports import built_in_profiles

    known = {"channels": CHANNELS, "followers": AUDIENCES, "events": EVENT_TYPES}
    for profile in built_in_profiles().values():
        assert set(profile.names) == set(known.get(profile.kind, ())), profile.id


def test_parts_go_to_the_session_named(export):
    reading = read_files([export("template_sessions.csv"), export("live_products.xlsx")], session="live-1")
    assert [len(session.products) for session in reading.sessions] == [0, 5, 0, 0]
    assert reading.questions == ()
