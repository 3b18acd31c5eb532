"""What to expect of the next LIVE, a target against it, and the target while a LIVE is on air."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from streamlit.testing.v1 import AppTest

from playbook.model.running import TotalsRow
from playbook.store.store import Store
from tests.diagnosis.shops import wobbly

from .conftest import fresh, keyed, texts


def page(name: str) -> AppTest:
    at = fresh().run().switch_page(f"pages/{name}.py").run()
    assert not at.exception
    return at


def test_a_target_is_set_against_the_outlook_and_shown_during_the_live() -> None:
    with Store.open() as store:
        owner = store.create_shop("A", currency="USD")
        store.apply(store.plan_import(owner.id, wobbly(20, 0.1)))
    at = page("next_live")
    assert "95 of 100 such LIVEs bring" in texts(at) and "change by 50%" not in texts(at)
    at = keyed(at.selectbox, "effort_metric").set_value("gmv_per_hour").run()
    assert "change by 50%" in texts(at)
    keyed(at.number_input, "target_gmv").set_value(1_000.0)
    keyed(at.number_input, "target_orders").set_value(40.0)
    at = keyed(at.button, "set_target").click().run()
    assert not at.exception and texts(at).count("such LIVEs reach it") == 2
    with Store.open() as store:
        assert store.targets(owner.id)["gmv"].value == 1_000.0
        now = datetime.now(UTC)
        noted = store.running.start(owner.id, at=now - timedelta(minutes=60))
        store.running.note(
            noted.id, TotalsRow(noted.start + timedelta(minutes=60), {"views": 500.0, "gmv": 250.0, "sku_orders": 10.0})
        )
    shown = texts(page("live")).replace("\\", "")
    assert "250 so far (25%), after 1:00 of 2:00" in shown and "Target 40: 10 so far (25%)" in shown
    at = keyed(page("next_live").button, "no_target_gmv").click().run()
    assert texts(at).count("reach it") == 1


def test_a_target_is_used_up_by_the_next_live() -> None:
    with Store.open() as store:
        owner = store.create_shop("A", currency="USD")
        store.apply(store.plan_import(owner.id, wobbly(20, 0.1)))
        yesterday = datetime.now(UTC) - timedelta(days=1)
        replace(store, clock=lambda: yesterday).set_target(owner.id, "gmv", 1_000.0, 2.0)
        target, now = store.targets(owner.id)["gmv"], owner.wall_clock(yesterday)
        assert not target.used_up(owner, [None, now - timedelta(hours=1)])
        assert target.used_up(owner, [None, now + timedelta(hours=1)])
        assert "reach it" in texts(page("next_live"))
        noted = store.running.start(owner.id, at=datetime.now(UTC))
        store.running.note(noted.id, TotalsRow(noted.start + timedelta(minutes=60), {"views": 500.0, "gmv": 250.0}))
        assert "250 so far" in texts(page("live")) and "reach it" not in texts(page("next_live"))
        later = replace(wobbly(21, 0.1)[-1], start=noted.start - timedelta(hours=5), id="another")
        store.apply(store.plan_import(owner.id, [later]))
    assert "250 so far" not in texts(page("live"))  # it belonged to the LIVE before


def test_the_weekly_look_says_what_comes_next() -> None:
    with Store.open() as store:
        owner = store.create_shop("A")
        store.apply(store.plan_import(owner.id, wobbly(20, 0.1)))
    assert "The next LIVE, 95 of 100 like it" in texts(page("history"))
