"""What the phone does is done for who opened it, as far as their role goes at that moment."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playbook.model.running import RunningLive, Tap
from playbook.store import Shop, Store
from playbook.store.access import Person, RefusedError, Role
from playbook.store.team import Account
from playbook.ui.frame import network, signin
from playbook.ui.live import phone
from playbook.ui.phone import child, door, starting

from .conftest import ROOT, fresh, texts

ANA = Account("https://id.example 1", "ana@example.com", True, "Ana")
PAGE = str(ROOT / "playbook" / "ui" / "live" / "on_phone.py")


@pytest.fixture
def shop(own_home: Path) -> Shop:
    own_home.mkdir()
    with Store.open() as store:
        made = store.create_shop("Linen")
        store.team.give("root@example.com", Role.owner, None)
        store.running.start(made.id)
    return made


@pytest.fixture(autouse=True)
def nobody_else() -> Iterator[None]:
    yield
    door.here = None
    signin.stand_in(None)
    phone._offers.clear()


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signin, "secrets", lambda: {"redirect_uri": "https://x/oauth2callback", "cookie_secret": "x"})
    monkeypatch.setattr(signin, "trouble", lambda: None)
    monkeypatch.setattr(signin, "account", lambda: ANA)


def let_in(role: Role, shop_id: str) -> Person:
    with Store.open() as store:
        store.team.give(ANA.email, role, shop_id)
        known = store.team.known(ANA)
        assert known
    return known


def the_live(shop: Shop) -> RunningLive:
    with Store.open() as store:
        return store.running.listed(shop.id)[0]


def let_the_phone_in(shop: Shop, person: Person | None) -> AppTest:
    door.here = door.Door("123456", shop.id, the_live(shop).id, person)
    at = AppTest.from_file(PAGE, default_timeout=60).run()
    at.text_input(key="typed_code").set_value("123456")
    return at.button[0].click().run()


def undo(at: AppTest) -> AppTest:
    return next(each for each in at.button if each.key and "pad_undo" in each.key).click().run()


def test_the_phone_acts_as_who_opened_it_until_the_role_is_taken(shop: Shop, sign_in: None) -> None:
    person = let_in(Role.host, shop.id)
    with Store.open() as store:
        store.running.tap(
            the_live(shop).id,
            *(Tap(the_live(shop).start + timedelta(seconds=at), kind) for at, kind in enumerate(("pin", "ad"))),
        )
    at = undo(let_the_phone_in(shop, person))
    assert not at.exception and not [each.value for each in at.error]
    left = the_live(shop).taps
    assert len(left) == 1
    let_in(Role.viewer, shop.id)
    at = undo(at)
    assert "you are a viewer of this shop" in " ".join(each.value for each in at.error)
    assert the_live(shop).taps == left


def test_a_phone_without_a_person_gets_no_store_where_people_sign_in(
    shop: Shop, sign_in: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signin, "account", lambda: None)
    at = let_the_phone_in(shop, None)
    assert [each.value for each in at.error] == ["Sign in first."]
    assert "Time of the LIVE" not in texts(at)


def test_the_process_is_told_for_whom_it_acts(shop: Shop, sign_in: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, object]] = []

    class Never:
        def poll(self) -> None:
            return None

    def start(what: dict[str, object]) -> Never:
        told.append(json.loads(json.dumps(what)))
        return Never()

    monkeypatch.setattr(starting, "start", start)
    monkeypatch.setenv(phone.VARIABLE, "127.0.0.2")
    person = let_in(Role.host, shop.id)
    with Store.open() as store:
        phone.begin(store.acting_as(person), the_live(shop))
        assert told[0]["person"] == {"id": person.id, "email": ANA.email, "name": person.name}
        mine = phone._mine(store.acting_as(person), the_live(shop))
        other = phone._mine(store.acting_as(replace(person, id="f" * 32)), the_live(shop))
        assert mine in phone._offers and other not in phone._offers, "a code is shown to nobody else"
        with pytest.raises(RefusedError):
            phone.begin(store, the_live(shop))
    assert len(told) == 1


def test_the_process_runs_beside_the_settings_and_is_told_of_files_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app may run in any folder, from a wheel too, and its store be named as seen from there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLAYBOOK_HOME", "mine")
    monkeypatch.delenv("PLAYBOOK_DB", raising=False)
    assert starting.in_full("team.db") == starting.in_full("sqlite:///team.db") == str(tmp_path / "team.db")
    assert starting.in_full(None) == str(tmp_path / "mine" / "playbook.db")
    server = "postgresql://me:secret@127.0.0.1/lives?options=-csearch_path%3Dx"
    assert starting.in_full(server) == server
    asked: dict[str, Any] = {}
    made = SimpleNamespace(stdin=io.BytesIO())
    monkeypatch.setattr("playbook.processes.own", lambda module, **how: asked.update(how, module=module) or made)
    starting.start({"db": None})
    assert (asked["cwd"] / ".streamlit" / "config.toml").is_file()
    assert asked["settings"] == {"PLAYBOOK_HOME": str(tmp_path / "mine")}
    assert json.loads(made.stdin.getvalue())["db"] == str(tmp_path / "mine" / "playbook.db")


@pytest.mark.parametrize(("role", "offered"), [(Role.viewer, False), (Role.host, True)])
def test_only_who_may_tap_may_open_it_to_a_phone(
    shop: Shop, sign_in: None, monkeypatch: pytest.MonkeyPatch, role: Role, offered: bool
) -> None:
    monkeypatch.setattr(network, "visitor_is_here", lambda: True)
    monkeypatch.setattr(network, "open_to_others", lambda: False)
    monkeypatch.setenv(phone.VARIABLE, "127.0.0.2")
    let_in(role, shop.id)
    at = fresh().run().switch_page("pages/live.py").run()
    assert not at.exception
    assert any("phone_open" in (each.key or "") for each in at.button) is offered


def test_the_process_ends_when_its_person_may_not_see_the_live(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    class EndedError(Exception):
        pass

    def end(code: int) -> None:
        raise EndedError(code)

    monkeypatch.setattr(child, "_end", end)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    stranger = Person("f" * 32, "gone@example.com")
    with pytest.raises(EndedError, match=str(child.LIVE_OVER)):
        child._with_live(door.Door(None, shop.id, the_live(shop).id, stranger))
