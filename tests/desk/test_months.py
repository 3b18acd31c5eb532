"""A shop month by month, beside its account; what was closed stays."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from playbook.desk.months import as_it_was, changed_since, month_of, months
from playbook.model.session import Session
from playbook.store.records import AccountFigure, ClosedMonth


def live(day: int, gmv: float | None = 100.0, **other: Any) -> Session:
    said = {"currency": "USD", "gmv_kind": "direct"} | other
    return Session(
        f"l{day}", {"gmv": gmv, "new_followers": 2.0}, start=datetime(2026, 8, day, 19), duration_minutes=60, **said
    )


def figure(first: int, last: int, value: float, name: str = "shop_gmv") -> AccountFigure:
    return AccountFigure(date(2026, 8, first), date(2026, 8, last), name, value, "USD")


def test_lives_that_a_sum_leaves_out_are_counted_with_the_reason() -> None:
    lives = [live(1, 50.0, currency="BRL"), live(2, gmv_kind="attributed"), live(3, None), live(4), live(5)]
    found = month_of("2026-08", lives, [])
    assert (found.lives, found.gmv, found.hours, found.new_followers) == (5, 200.0, 5.0, 10.0)
    assert found.left_out == {"no GMV": 1, "another currency": 1, "another kind of GMV": 1}


def test_one_file_in_another_currency_does_not_become_the_month() -> None:
    odd = [live(9, 50.0, currency="BRL"), live(10, 70.0, gmv_kind="attributed")]
    found = month_of("2026-08", [live(4), live(5), *odd], [])
    assert (found.gmv, found.currency, found.gmv_kind) == (200.0, "USD", "direct")
    assert month_of("2026-08", [live(4), odd[0]], []).currency == "BRL", "of as many, the latest"
    unsaid = [live(4, currency=None), live(5, currency=None), live(6)]
    assert month_of("2026-08", unsaid, []).gmv == 300.0


def test_days_add_up_and_a_whole_month_stands_above_them() -> None:
    days = [figure(day, day, 10.0) for day in range(1, 11)]
    part = month_of("2026-08", [live(1)], days)
    assert (part.account["shop_gmv"], part.missing("shop_gmv"), part.share) == (100.0, 21, None)
    whole = month_of("2026-08", [live(1)], [*days, figure(1, 31, 400.0)])
    assert (whole.account["shop_gmv"], whole.missing("shop_gmv"), whole.share) == (400.0, 0, 0.25)


def test_followers_are_those_at_the_end() -> None:
    found = month_of("2026-08", [], [figure(1, 1, 900.0, "followers"), figure(30, 30, 950.0, "followers")])
    assert found.account["followers"] == 950.0


def test_a_closed_month_stays_as_it_was_and_says_what_changed() -> None:
    before = month_of("2026-08", [live(1), live(2)], [figure(1, 31, 400.0)])
    kept = json.loads(json.dumps(before.data()))
    closed = ClosedMonth("s", "2026-08", datetime(2026, 9, 2, tzinfo=UTC), "Lea", kept)
    (now,) = months([live(1), live(2), live(3)], [figure(1, 31, 400.0)], [closed])
    assert (now.lives, now.gmv, now.closed, now.who) == (2, 200.0, date(2026, 9, 2), "Lea")
    assert changed_since(now, month_of("2026-08", [live(1), live(2), live(3)], [figure(1, 31, 400.0)])) == (
        "LIVEs", "hours", "GMV of LIVEs",
    )  # fmt: skip
    assert changed_since(now, before) == ()
    assert as_it_was(ClosedMonth("s", "2026-08", datetime(2026, 9, 2, tzinfo=UTC), "Lea", {"lives": 1})) is None
