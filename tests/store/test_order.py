"""Rows of one moment are read back as they were made: a clock may be coarse, or stand still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playbook.model.session import Session
from playbook.store import Store
from playbook.store.access import Role
from playbook.store.keys import new_key
from playbook.store.records import Version, differences

from .lives import live

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
#: By chance alone so many would be in order once in 479 million times.
MANY = 12


def numbered(what: str) -> list[str]:
    return [f"{what} {number:02d}" for number in range(MANY)]


def test_keys_sort_as_they_were_made() -> None:
    made = [new_key() for _ in range(5_000)]
    assert sorted(set(made)) == made and {len(each) for each in made} == {32}


def test_rows_of_one_moment_keep_their_order(url: str) -> None:
    with Store.open(url, clock=lambda: NOW) as store:
        shop = store.create_shop("Dana")
        lea = store.add_trainee(shop.id, "Lea")
        for name in numbered("item"):
            store.record_result(lea.id, "lesson", name, 1.0, True)
            store.save_plan(shop.id, name, {})
            store.team.invite(Role.viewer, shop.id, 1 + int(name[-2:]))
            store.running.end(store.running.start(shop.id, title=name).id)
        store.apply(store.plan_import(shop.id, [live(number) for number in range(MANY)]))
        for number in range(MANY):
            store.links.make(shop.id, live(number).id)
            store.delete_session(shop.id, live(number).id)
        latest_first = numbered("item")[::-1]
        assert [each.item for each in store.results(shop.id)] == numbered("item")
        assert [each.name for each in store.plans(shop.id)] == numbered("item")
        assert [each.title for each in store.running.listed(shop.id)] == latest_first
        assert [each.until - NOW for each in store.team.invitations(shop.id)] == [
            timedelta(days=days) for days in range(MANY, 0, -1)
        ]
        deleted = [live(number).id for number in range(MANY)]
        assert [each.session_id for each in store.links.listed(shop.id)] == deleted[::-1]
        assert [each.session_id for each in store.trash()] == deleted[::-1]
        noted = [each.detail for each in store.team.audit(shop.id) if each.what == "deleted a LIVE"]
        assert noted == deleted[::-1]


def test_two_exports_of_one_moment_stand_in_the_order_of_import() -> None:
    moment = datetime(2026, 8, 2, 9)
    first, second = (
        Version(number, Session("7", {"views": views}), moment, moment, number == 2)
        for number, views in ((1, 100.0), (2, 105.0))
    )
    (found,) = [each for each in differences([second, first]) if each.count == "views"]
    assert (found.before, found.after) == (100.0, 105.0)
