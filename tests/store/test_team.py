"""Who comes in, by which way, what they leave in the audit list, and what a backup does to all that."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from playbook.store import Shop, Store, StoreError, schema
from playbook.store.access import Person, RefusedError, Role
from playbook.store.engine import reading
from playbook.store.team import Account

from .lives import full, live
from .processes import together

ANA = Account("https://id.example 1", "ana@example.com", True, "Ana")
BOB = Account("https://id.example 2", "bob@example.com", False, "Bob")


@pytest.fixture
def owner(store: Store) -> Person:
    return store.team.give("Ana@Example.com", Role.owner, None)


def test_a_verified_address_lets_in_who_was_added_and_binds_the_account(store: Store, owner: Person) -> None:
    assert store.team.known(Account("x 7", "ana@example.com", False)) is None
    assert store.team.known(ANA) == Person(owner.id, "Ana@Example.com", "Ana")
    assert store.team.known(Account("x 7", "ana@example.com", True)) is None, "the address is somebody's by now"
    assert store.team.known(Account(ANA.subject, "new@example.com", False)) == Person(owner.id, owner.email, "Ana")


def test_an_invitation_lets_in_one_person_once(store: Store, shop: Shop, owner: Person) -> None:
    code = store.acting_as(owner).team.invite(Role.host, shop.id)
    found = store.team.invited(code.upper())
    assert found and (found.role, found.shop, found.made_by) == (Role.host, shop.name, "Ana@Example.com")
    bob = store.team.join(code, BOB)
    assert store.acting_as(bob).team.me() == {shop.id: Role.host}
    assert store.team.known(BOB) == bob
    again = Account("x 9", "cy@example.com", True)
    with pytest.raises(StoreError, match="This invitation is not good any more: it was used, withdrawn"):
        store.team.join(code, again)
    assert store.team.known(again) is None
    assert [each.state for each in store.team.invitations(shop.id)] == ["used"]


def test_an_invitation_raises_a_role_and_lowers_none(store: Store, shop: Shop, owner: Person) -> None:
    store.team.known(ANA)
    store.team.join(store.team.invite(Role.coach, shop.id), ANA)
    store.team.join(store.team.invite(Role.viewer, shop.id), ANA)
    assert store.acting_as(owner).team.me() == {None: Role.owner, shop.id: Role.coach}


def test_withdrawn_expired_and_made_up_invitations_are_good_for_nothing(store: Store, shop: Shop) -> None:
    withdrawn, late = store.team.invite(Role.viewer, shop.id), store.team.invite(Role.owner, shop.id, days=3)
    store.team.withdraw(store.team.invitations(shop.id)[-1].id)
    later = Store(store.engine, store.where, lambda: datetime.now(UTC) + timedelta(days=3, minutes=1))
    for opened, code in ((store, withdrawn), (later, late), (store, "0" * 32), (store, "")):
        assert opened.team.invited(code) is None
        with pytest.raises(StoreError, match="not good any more"):
            opened.team.join(code, BOB)
    store.delete_shop(shop.id)
    assert store.team.invited(late) is None
    with pytest.raises(StoreError, match="An invitation holds for 1 to 60 days, not 0"):
        store.team.invite(Role.viewer, None, days=0)


def test_an_unverified_address_takes_nobodys_place(store: Store, shop: Shop, owner: Person) -> None:
    code = store.team.invite(Role.viewer, shop.id)
    with pytest.raises(StoreError, match=r"somebody else with the address Ana@Example\.com"):
        store.team.join(code, Account("x 5", "ana@example.com", False))
    assert store.team.invited(code), "it was not used up"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
def test_of_two_who_join_at_once_one_does(url: str, store: Store, shop: Shop) -> None:
    code = store.team.invite(Role.viewer, shop.id)

    def join(number: int) -> None:
        with Store.open(url) as mine:
            mine.team.join(code, Account(f"x {number}", f"p{number}@example.com", True))

    assert sorted(together(*[lambda number=number: join(number) for number in range(4)])) == [0, 1, 1, 1]
    assert len(store.team.members(shop.id)) == 1


def test_the_last_owner_of_every_shop_stays(store: Store, shop: Shop, owner: Person) -> None:
    store.team.give("bob@example.com", Role.owner, shop.id)
    for change in (
        lambda: store.team.take("ana@example.com", None),
        lambda: store.team.give("ana@example.com", Role.coach, None),
    ):
        with pytest.raises(StoreError, match="the last one to stay, is an owner of every shop"):
            change()
    store.team.give("bob@example.com", Role.owner, None)
    store.team.take("ANA@example.com", None)
    assert [each.person.email for each in store.team.members(None)] == ["bob@example.com"] * 2


def test_a_role_that_was_taken_counts_no_more_at_once(store: Store, shop: Shop, owner: Person) -> None:
    acting = store.acting_as(store.team.give("bob@example.com", Role.coach, shop.id))
    assert acting.sessions(shop.id) == []
    store.team.give("bob@example.com", Role.viewer, shop.id)
    with pytest.raises(RefusedError, match="you are a viewer of this shop, and that takes a coach"):
        acting.save_plan(shop.id, "p", {})
    store.team.take("bob@example.com", shop.id)
    with pytest.raises(RefusedError, match=r"This is not there, or you have no role in its shop\. Ask its owner"):
        acting.sessions(shop.id)
    with pytest.raises(RefusedError, match="cannot become another one's"):
        acting.acting_as(owner)


def test_no_role_is_given_beyond_ones_own_shop(store: Store, shop: Shop, owner: Person) -> None:
    acting = store.acting_as(store.team.give("bob@example.com", Role.owner, shop.id))
    other = store.create_shop("Other")
    for attempt in (
        lambda: acting.team.give("bob@example.com", Role.viewer, other.id),
        lambda: acting.team.give("bob@example.com", Role.owner, None),
        lambda: acting.team.invite(Role.viewer, None),
    ):
        with pytest.raises(RefusedError):
            attempt()
    assert acting.team.give("cy@example.com", Role.host, shop.id)


@pytest.mark.parametrize("wrong", ["", "ana", "ana@", "a b@example.com", "x" * 250 + "@example.com", "<a@b.c>"])
def test_what_is_no_address_is_refused(store: Store, wrong: str) -> None:
    with pytest.raises(StoreError, match=r"is no e-mail address\. Write it like ana@example\.com"):
        store.team.give(wrong, Role.owner, None)


def test_the_list_says_who_did_what_and_when(store: Store, shop: Shop, owner: Person) -> None:
    acting = store.acting_as(owner)
    acting.apply(acting.plan_import(shop.id, [full(0), live(1)]))
    acting.apply(acting.plan_import(shop.id, [full(0)]))  # nothing new: nothing was done
    acting.delete_session(shop.id, live(1).id)
    acting.restore_session(shop.id, live(1).id)
    acting.change_shop(shop.id, market="US")
    with pytest.raises(StoreError):
        acting.change_shop(shop.id, timezone="Nowhere")
    acting.delete_shop(shop.id)
    said = [(each.who, each.what, each.shop, each.detail) for each in store.team.audit(shop.id)]
    mine = ("Ana@Example.com",)
    assert said[::-1] == [
        ("the app (no sign-in)", "made the shop", "Dana's shop", ""),
        ("the app (no sign-in)", "gave a role", None, "Ana@Example.com: owner"),
        (*mine, "imported", "Dana's shop", "2 new"),
        (*mine, "deleted a LIVE", "Dana's shop", live(1).id),
        (*mine, "brought a LIVE back", "Dana's shop", live(1).id),
        (*mine, "changed the shop", "Dana's shop", "market"),
        (*mine, "deleted the shop", "Dana's shop", ""),
    ]
    assert all(datetime.now(UTC) - each.at < timedelta(minutes=5) for each in store.team.audit(None))


def test_a_link_shows_its_review_until_it_is_over(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [full(0)]))
    code = store.links.make(shop.id, full(0).id, days=2)
    found = store.links.followed(code)
    assert found and (found.shop_id, found.session_id) == (shop.id, full(0).id)
    with reading(store.engine) as connection:
        kept = connection.execute(select(schema.review_link)).mappings().one()
    assert code not in str(dict(kept)), "only a digest is kept"
    later = Store(store.engine, store.where, lambda: datetime.now(UTC) + timedelta(days=2, minutes=1))
    assert later.links.followed(code) is None and [each.state for each in later.links.listed(shop.id)] == ["expired"]
    store.links.withdraw(found.id)
    assert store.links.followed(code) is None and store.links.followed("x") is None
    with pytest.raises(StoreError, match="A link holds for 1 to 90 days, not 91"):
        store.links.make(shop.id, full(0).id, days=91)
    with pytest.raises(StoreError, match="There is no LIVE 'x' in this shop"):
        store.links.make(shop.id, "x")


def test_a_person_is_one_trainee_and_may_record_only_as_that(store: Store, shop: Shop, owner: Person) -> None:
    bob = store.team.give("bob@example.com", Role.viewer, shop.id, "Bob")
    store.add_trainee(shop.id, "Bob")
    acting = store.acting_as(bob)
    assert acting.my_trainee(shop.id, make=False) is None
    me = acting.my_trainee(shop.id)
    assert me and me == acting.my_trainee(shop.id) and me.name == "Bob (bob@example.com)"
    acting.record_result(me.id, "lesson", "a", 1.0, True)
    assert [each.item for each in acting.results(shop.id, me.id)] == ["a"]
    other = next(each for each in store.trainees(shop.id) if each.name == "Bob")
    for attempt in (
        lambda: acting.record_result(other.id, "lesson", "a", 1.0, True),
        lambda: acting.results(shop.id, other.id),
        lambda: acting.results(shop.id),
    ):
        with pytest.raises(RefusedError):
            attempt()
    store.record_result(other.id, "lesson", "b", 1.0, True)
    store.link_trainee(other.id, bob.id)
    assert acting.my_trainee(shop.id) == other
    assert {each.item for each in acting.results(shop.id, other.id)} == {"a", "b"}
    cy = store.team.give("cy@example.com", Role.viewer, None)
    with pytest.raises(StoreError, match="Bob is another person already"):
        store.link_trainee(other.id, cy.id)


def test_ones_own_trainee_opens_no_other_shop(store: Store, shop: Shop, owner: Person) -> None:
    bob = store.team.give("bob@example.com", Role.viewer, shop.id)
    acting = store.acting_as(bob)
    me, other = acting.my_trainee(shop.id), store.create_shop("Other")
    assert me
    with pytest.raises(RefusedError):
        acting.results(other.id, me.id)


def test_a_restore_keeps_people_and_makes_no_code_good_again(store: Store, shop: Shop, tmp_path: Path) -> None:
    store.apply(store.plan_import(shop.id, [full(0)]))
    ana, bob = (store.team.give(f"{name}@example.com", Role.owner, None) for name in ("ana", "bob"))
    me = store.acting_as(ana).my_trainee(shop.id)
    link, invitation = store.links.make(shop.id, full(0).id), store.team.invite(Role.owner, None)
    store.backup(tmp_path / "b.playbook")
    store.links.withdraw(store.links.listed(shop.id)[0].id)
    store.team.withdraw(store.team.invitations(None)[0].id)
    store.team.take("bob@example.com", None)
    fresh = store.create_shop("Later")
    store.team.give("cy@example.com", Role.coach, shop.id)
    store.team.give("cy@example.com", Role.coach, fresh.id)
    store.acting_as(ana).restore(tmp_path / "b.playbook", replace=True)
    assert [(each.person.email, each.shop) for each in store.team.members(None)] == [
        ("ana@example.com", None), ("cy@example.com", "Dana's shop"),
    ]  # fmt: skip
    assert store.links.followed(link) is None and store.team.invited(invitation) is None
    assert store.acting_as(ana).my_trainee(shop.id) == me
    done = store.team.audit(None)
    assert (done[0].who, done[0].what, done[0].detail) == ("ana@example.com", "put a backup in place", "b.playbook")
    assert any(each.what == "withdrew a link" for each in done), "what was done since the backup stays told"
    assert bob.email == "bob@example.com"


def test_an_empty_store_takes_people_over_but_no_codes(store: Store, shop: Shop, new_url, tmp_path: Path) -> None:
    store.apply(store.plan_import(shop.id, [full(0)]))
    store.team.give("ana@example.com", Role.owner, None)
    link, invitation = store.links.make(shop.id, full(0).id), store.team.invite(Role.owner, None)
    store.backup(tmp_path / "b.playbook")
    with Store.open(new_url()) as moved:
        moved.restore(tmp_path / "b.playbook")
        assert [each.person.email for each in moved.team.members(None)] == ["ana@example.com"]
        assert moved.links.followed(link) is None and moved.team.invited(invitation) is None
        assert "shared a review" in {each.what for each in moved.team.audit(None)}
        moved.restore(tmp_path / "b.playbook", replace=True)
        assert len(moved.shops()) == 1


def test_what_a_restore_replaces_has_no_part_of_another_store(store: Store, shop: Shop, tmp_path: Path) -> None:
    """Its own backup, over itself, with nobody signed in: the audit list has each row once."""
    store.backup(tmp_path / "b.playbook")
    before = len(store.team.audit(None))
    store.restore(tmp_path / "b.playbook", replace=True)
    assert len(store.team.audit(None)) == before + 1
