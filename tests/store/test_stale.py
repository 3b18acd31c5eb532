"""Two people change the same thing: the later one is told what the first one made of it, and nothing is lost."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from playbook.model.session import Event, Slice
from playbook.store import Store
from playbook.store.access import RefusedError, Role
from playbook.store.errors import StaleError
from playbook.store.records import ShopBenchmark

from .lives import live


@pytest.fixture
def shop(store: Store) -> Iterator[str]:
    made = store.create_shop("Linen", currency="USD").id
    store.apply(store.plan_import(made, [live(0)]))
    yield made


def refused(change: Callable[[], object], *words: str) -> None:
    with pytest.raises(StaleError) as error:
        change()
    assert all(each in str(error.value) for each in words)


def test_a_note_over_one_that_was_not_seen(store: Store, shop: str) -> None:
    store.set_note(shop, live(0).id, "from the host", seen="")
    refused(lambda: store.set_note(shop, live(0).id, "from the coach", seen=""), "from the host")
    assert store.marks(shop)[live(0).id].note == "from the host"
    store.set_note(shop, live(0).id, "both", seen="from the host")
    assert store.marks(shop)[live(0).id].note == "both"


def test_the_same_note_twice_is_no_conflict(store: Store, shop: str) -> None:
    store.set_note(shop, live(0).id, "same", seen="")
    store.set_note(shop, live(0).id, "same", seen="")


def test_a_host_over_one_that_was_not_seen(store: Store, shop: str) -> None:
    ana = store.acting_as(store.team.give("ana@example.com", Role.owner, None))
    ana.set_hosts(shop, {live(0).id: "Maya"}, seen={live(0).id: live(0).host})
    shown = {live(0).id: live(0).host}
    refused(lambda: store.set_hosts(shop, {live(0).id: "Rina"}, seen=shown), "ana@example.com", "Maya")
    assert store.session(shop, live(0).id).host == "Maya"
    assert store.set_hosts(shop, {live(0).id: "Maya"}, seen=shown) == 0, "the same name twice is no conflict"
    assert store.set_hosts(shop, {live(0).id: " Rina  K"}, seen={live(0).id: "Maya "}) == 1
    assert store.set_hosts(shop, {live(0).id: None}, seen={live(0).id: " Rina  K"}) == 1, "as it was typed"


def test_of_several_hosts_none_is_saved_where_one_was_not_seen(store: Store, shop: str) -> None:
    store.apply(store.plan_import(shop, [live(1)]))
    store.set_hosts(shop, {live(1).id: "Maya"})
    seen = {each.id: each.host for each in (live(0), live(1))}
    refused(lambda: store.set_hosts(shop, dict.fromkeys(seen, "Rina"), seen=seen), "Maya")
    assert [each.host for each in store.sessions(shop)] == [live(0).host, "Maya"]


def test_several_shops_are_changed_all_or_none(store: Store, shop: str) -> None:
    other = store.create_shop("Pottery").id
    nothing = {each: {"tags": None, "in_charge": None} for each in (shop, other)}
    store.change_shop(other, tags="home")
    refused(lambda: store.change_shops({shop: {"tags": "beauty"}, other: {"tags": "x"}}, seen=nothing), "home")
    assert [store.shop(each).tags for each in (shop, other)] == [None, "home"]
    store.change_shops({shop: {"tags": "beauty"}, other: {"in_charge": "Ana"}}, seen=nothing)
    assert [(store.shop(each).tags, store.shop(each).in_charge) for each in (shop, other)] == [
        ("beauty", None), ("home", "Ana"),
    ]  # fmt: skip
    assert [(each.shop, each.detail) for each in store.team.audit(None)[:2]] == [
        ("Pottery", "person in charge"), ("Linen", "tags"),
    ]  # fmt: skip


def test_several_shops_take_an_owner_of_each(store: Store, shop: str) -> None:
    other = store.create_shop("Pottery").id
    store.team.give("root@example.com", Role.owner, None)
    ana = store.acting_as(store.team.give("ana@example.com", Role.owner, shop))
    for changes in ({shop: {"tags": "x"}, other: {"tags": "x"}}, {other: {"tags": "x"}, shop: {"tags": "x"}}):
        with pytest.raises(RefusedError):
            ana.change_shops(changes, seen={})
    assert [store.shop(each).tags for each in (shop, other)] == [None, None]
    ana.change_shops({shop: {"tags": "x"}}, seen={})
    assert store.shop(shop).tags == "x"


def test_a_form_of_the_shop_is_told_of_each_field_that_was_changed(store: Store, shop: str) -> None:
    store.change_shop(shop, market="Texas", currency="IDR")
    seen = {"market": "", "currency": "USD"}
    refused(lambda: store.change_shop(shop, seen=seen, market="Ohio", currency="SGD"), "Texas", "IDR")


def test_a_form_of_the_shop_changes_only_what_it_shows_right(store: Store, shop: str) -> None:
    before = {"name": "Linen", "market": "", "currency": "USD"}
    store.change_shop(shop, market="Texas")
    refused(lambda: store.change_shop(shop, seen=before, market="Ohio"), "market", "Texas")
    store.change_shop(shop, seen=before, name="Linen & Co")
    found = store.shop(shop)
    assert (found.name, found.market, found.currency) == ("Linen & Co", "Texas", "USD")


def test_market_figures_over_others(store: Store, shop: str) -> None:
    first = [ShopBenchmark("err", 0.1, "report", "2026-11-01")]
    store.set_benchmarks(shop, first, seen=[])
    refused(lambda: store.set_benchmarks(shop, [], seen=[]), "as they are now")
    assert store.benchmarks(shop) == first


def test_a_plan_that_was_closed_meanwhile_is_not_closed_again(store: Store, shop: str) -> None:
    store.save_plan(shop, "billboards", {"plan": {"status": "open"}})
    store.save_plan(shop, "billboards", {"plan": {"status": "judged"}}, seen={"plan": {"status": "open"}})
    refused(
        lambda: store.save_plan(shop, "billboards", {"plan": {"status": "dropped"}}, seen={"plan": {"status": "open"}}),
        "this plan",
    )
    assert store.plans(shop)[0].data == {"plan": {"status": "judged"}}


def test_two_people_do_not_choose_two_changes_at_once(store: Store, shop: str) -> None:
    store.save_plan(shop, "billboards", {"plan": 1}, beside=[])
    refused(lambda: store.save_plan(shop, "giveaway", {"plan": 2}, beside=[]), "another plan")
    store.save_plan(shop, "giveaway", {"plan": 2}, beside=["billboards"])
    assert len(store.plans(shop)) == 2


def test_an_answer_about_a_plan_over_another_one(store: Store, shop: str) -> None:
    store.save_plan(shop, "billboards", {})
    store.answer_plan(shop, "billboards", live(0).id, True, seen=None)
    refused(lambda: store.answer_plan(shop, "billboards", live(0).id, False, seen=None), "it was done")
    store.answer_plan(shop, "billboards", live(0).id, True, seen=None)
    store.answer_plan(shop, "billboards", live(0).id, None, seen=True)
    refused(lambda: store.answer_plan(shop, "billboards", live(0).id, False, seen=True), "nothing")
    assert store.plans(shop)[0].done == {}


def test_a_trainee_whom_somebody_renamed_meanwhile(store: Store, shop: str) -> None:
    rani = store.add_trainee(shop, "Rani")
    store.rename_trainee(rani.id, "Rani K", seen="Rani")
    refused(lambda: store.rename_trainee(rani.id, "Rany", seen="Rani"), "this name", "Rani K")
    store.rename_trainee(rani.id, "Rani K", seen="Rani")
    assert [each.name for each in store.trainees(shop)] == ["Rani K"]


def test_who_was_quicker_is_named_and_when_by_the_clock_of_the_shop(url: str) -> None:
    now = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
    with Store.open(url, clock=lambda: now) as store:
        made = store.create_shop("Linen", timezone="Asia/Jakarta").id
        store.apply(store.plan_import(made, [live(0)]))
        ana = store.acting_as(store.team.give("ana@example.com", Role.owner, None))
        ana.set_note(made, live(0).id, "from Ana", seen="")
        ana.change_shop(made, market="Texas")
        ana.set_benchmarks(made, [ShopBenchmark("err", 0.1, "report", "2026-11-01")])
        ana.save_plan(made, "billboards", {})
        ana.answer_plan(made, "billboards", live(0).id, True)
        then = "ana@example.com changed {} on Nov 27 at 22:30"
        refused(lambda: store.set_note(made, live(0).id, "x", seen=""), then.format("this note"), "from Ana")
        refused(
            lambda: store.change_shop(made, seen={"market": ""}, market="Ohio"), then.format("the market of Linen"),
            "Texas",
        )  # fmt: skip
        refused(lambda: store.set_benchmarks(made, [], seen=[]), then.format("the market figures"))
        refused(lambda: store.save_plan(made, "pin", {}, beside=[]), then.format("another plan"))
        refused(lambda: store.save_plan(made, "billboards", {}, seen={"a": 1}), then.format("this plan"))
        refused(lambda: store.answer_plan(made, "billboards", live(0).id, False, seen=None), then.format("this answer"))
        store.set_note(made, live(0).id, "without a sign-in")
        refused(lambda: ana.set_note(made, live(0).id, "x", seen="from Ana"), "somebody changed this note on Nov 27")


def test_ten_people_with_twenty_five_edits_each_are_saved_or_told(store: Store, shop: str) -> None:
    saved: list[str] = []
    told: list[str] = []

    def edit(person: int) -> None:
        chance = random.Random(person)
        for number in range(25):
            seen = store.marks(shop)[live(0).id].note or ""
            word = f"{person}-{number}"
            try:
                if chance.random() < 0.5:
                    store.set_note(shop, live(0).id, f"{seen} {word}".strip(), seen=seen)
                else:
                    there = store.shop(shop).market or ""
                    store.change_shop(shop, seen={"market": there}, market=f"{there} {word}".strip())
                saved.append(word)
            except StaleError:
                told.append(word)

    people = [threading.Thread(target=edit, args=(person,)) for person in range(10)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    kept = f"{store.marks(shop)[live(0).id].note or ''} {store.shop(shop).market or ''}".split()
    assert sorted(kept) == sorted(saved)
    assert len(saved) + len(told) == 250


def test_events_channels_and_followers_over_others(store: Store, shop: str) -> None:
    """Each takes the place of the whole part, so what somebody else typed meanwhile would be gone."""
    seen = store.session(shop, live(0).id)
    mine, others = [Event("pin", 5.0)], [Event("giveaway", 9.0)]
    store.set_parts(shop, seen.id, events=others, seen=seen)
    refused(
        lambda: store.set_parts(shop, seen.id, events=mine, seen=seen), "the events of this LIVE", "as they are now"
    )
    feeds = [Slice("for_you", {}, {"views": 0.5})]
    store.set_parts(shop, seen.id, channels=feeds, followers=[], seen=seen)
    refused(lambda: store.set_parts(shop, seen.id, channels=[], seen=seen), "the channels")
    now = store.session(shop, seen.id)
    assert now.events == tuple(others) and now.channels == tuple(feeds)
    store.set_parts(shop, seen.id, events=[*mine, *others], seen=now)
    store.set_parts(shop, seen.id, events=[*mine, *others], seen=now)  # the same twice is no conflict
    assert store.session(shop, seen.id).events == (*mine, *others)
