"""The door, and pages as each role sees them; the provider itself is in tests/browser/test_sign_in.py."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from playbook import userdata
from playbook.model.running import Tap, TotalsRow
from playbook.store import Shop, Store
from playbook.store.access import Role
from playbook.store.team import Account, Team
from playbook.ui.frame import signin
from tests.store.lives import full

from .conftest import SAMPLES, fresh, texts

ANA = Account("https://id.example 1", "ana@example.com", True, "Ana")
PAGES = ("next_live", "history", "live", "strategies", "learn", "practice", "data")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> dict[str, Account | None]:
    """A server with a sign-in; who is at the door may be set."""
    who: dict[str, Account | None] = {"is": ANA}
    monkeypatch.setattr(
        signin, "secrets", lambda: {"redirect_uri": "https://x.example/oauth2callback", "cookie_secret": "x"}
    )
    monkeypatch.setattr(signin, "trouble", lambda: None)
    monkeypatch.setattr(signin, "account", lambda: who["is"])
    return who


@pytest.fixture
def shop(own_home: Path) -> Shop:
    own_home.mkdir()
    with Store.open() as store:
        made = store.create_shop("Dana's shop", currency="USD")
        store.create_shop("Other")
        store.apply(store.plan_import(made.id, [full(index) for index in range(4)]))
        store.team.give("root@example.com", Role.owner, None)
    return made


def let_in(role: Role, shop_id: str | None) -> None:
    with Store.open() as store:
        store.team.give(ANA.email, role, shop_id)


def test_secrets_that_are_not_there_open_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(signin.REQUIRED, "1")
    at = fresh().run()
    assert not at.exception and not at.selectbox
    assert at.title[0].value == "Nobody can sign in at the moment"
    assert "A sign-in is wanted here, but [auth] in secrets.toml has no redirect_uri and no cookie_secret." in [
        each.value.replace("\\", "").split(" docs")[0] for each in at.error
    ]


def test_secrets_that_cannot_be_read_open_nothing(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __contains__(self, _name: object) -> bool:
            raise st.errors.StreamlitSecretNotFoundError(
                "Error parsing secrets file at {path}: {error}", path="x", error="y"
            )

    monkeypatch.setattr("streamlit.secrets", Broken())
    assert signin.wanted()
    assert signin.trouble() == "secrets.toml cannot be read, so nobody is let in. Correct it, then start again."


def test_a_stranger_is_told_and_sees_nothing(shop: Shop, here: dict[str, Account | None]) -> None:
    for page in ("", *PAGES):
        at = fresh().run()
        if page:
            at = at.switch_page(f"pages/{page}.py").run()
        assert [each.value for each in at.title] == ["You have no role here yet"], page
        assert "Dana" not in texts(at) and not at.selectbox


@pytest.mark.parametrize("role", list(Role))
def test_every_page_stands_for_every_role(shop: Shop, here: dict[str, Account | None], role: Role) -> None:
    let_in(role, shop.id)
    at = fresh().run()
    assert at.selectbox(key="shop_picker").options == ["Dana's shop"]
    for page in PAGES:
        at = at.switch_page(f"pages/{page}.py").run()
        assert not at.exception, page
        assert not [each.value for each in at.error], page


def tabs(at: AppTest) -> list[str]:
    return [each.label for each in at.tabs]


def test_a_page_offers_what_the_role_may_do(shop: Shop, here: dict[str, Account | None]) -> None:
    let_in(Role.viewer, shop.id)
    at = fresh().run()
    assert "This LIVE in your records" not in texts(at)
    at = at.switch_page("pages/data.py").run()
    assert "Team" not in tabs(at) and "Map a layout" not in tabs(at)
    let_in(Role.owner, shop.id)
    at = fresh().run()
    assert "This LIVE in your records" in texts(at)
    at = at.switch_page("pages/data.py").run()
    assert "Team" in tabs(at)


def test_what_a_viewer_uploads_is_shown_and_not_saved(shop: Shop, here: dict[str, Account | None]) -> None:
    let_in(Role.viewer, shop.id)
    at = fresh().run()
    for path in sorted((SAMPLES / "fewer_came_in").iterdir()):
        at.file_uploader(key="upload").upload(path.name, path.read_bytes())
    at.run()
    assert not at.exception
    assert "To save them you need the role of a host." in texts(at)
    with Store.open() as store:
        assert len(store.sessions(shop.id)) == 4


def test_a_button_drawn_before_a_role_was_taken_does_nothing(shop: Shop, here: dict[str, Account | None]) -> None:
    let_in(Role.owner, shop.id)
    at = fresh().run().switch_page("pages/data.py")
    at.query_params["data_tabs"] = "Keep and erase"
    at.run()
    box = next(each for each in at.text_input if str(each.key).startswith("delete_shop_name"))
    box.set_value("Dana's shop").run()
    let_in(Role.viewer, shop.id)
    next(each for each in at.button if str(each.key).startswith("delete_shop@")).click().run()
    with Store.open() as store:
        assert [each.name for each in store.shops()] == ["Dana's shop", "Other"]
    assert "you are a viewer of this shop, and that takes an owner" in texts(at)


def test_who_signed_in_is_the_trainee(shop: Shop, here: dict[str, Account | None]) -> None:
    let_in(Role.viewer, shop.id)
    with Store.open() as store:
        store.add_trainee(shop.id, "Kim")
    at = fresh().run().switch_page("pages/learn.py").run()
    assert not [each for each in at.selectbox if each.key == "trainee_picker"]
    assert "People" not in tabs(at)


def test_each_person_has_their_own_numbers_in_sight(shop: Shop, here: dict[str, Account | None]) -> None:
    bob = Account("https://id.example 2", "bob@example.com", True, "Bob")
    let_in(Role.viewer, shop.id)
    with Store.open() as store:
        store.team.give(bob.email, Role.coach, shop.id)
    at = settings_of()
    assert {each.key for each in at.selectbox} == {"shop_picker"}, "the time zone is of the server"
    at.multiselect(key="headline_choice").set_value(["gmv_per_hour"]).run()
    assert not at.exception and not at.error
    assert settings_of().multiselect(key="headline_choice").value == ["gmv_per_hour"]
    assert not userdata.settings_path().exists()
    here["is"] = bob
    assert settings_of().multiselect(key="headline_choice").value == list(userdata.HEADLINE)


def test_an_owner_does_not_shut_themselves_out_by_a_slip(shop: Shop, here: dict[str, Account | None]) -> None:
    let_in(Role.owner, None)
    at = fresh().run().switch_page("pages/data.py")
    at.query_params["data_tabs"] = "Team"
    at.run()
    assert not at.exception
    with Store.open() as store:
        mine, other = (
            each.person.id for each in store.team.members(None) if each.person.email.startswith(("ana", "root"))
        )
    fixed = {each.key.split("_")[1]: each.disabled for each in at.button if str(each.key).startswith("remove_")}
    assert fixed == {mine: True, other: False}


def settings_of() -> AppTest:
    at = fresh().run().switch_page("pages/data.py")
    at.query_params["data_tabs"] = "Settings"
    return at.run()


def test_settings_of_the_server_are_for_an_owner_of_every_shop(shop: Shop, here: dict[str, Account | None]) -> None:
    """Also for a box that was drawn before the role was taken away."""
    let_in(Role.owner, None)
    at = settings_of()
    at.selectbox(key="timezone_choice").set_value("Asia/Jakarta").run()
    assert userdata.load_settings()[0].timezone == "Asia/Jakarta"
    with Store.open() as store:
        assert store.team.audit(None)[0].what == "changed settings of the server"
        store.team.take(ANA.email, None)
    let_in(Role.owner, shop.id)
    at.selectbox(key="timezone_choice").set_value("Asia/Manila").run()
    assert userdata.load_settings()[0].timezone == "Asia/Jakarta"
    assert "only an owner of every shop may do that" in texts(at)


def test_who_somebody_is_is_asked_once_a_run(
    shop: Shop, here: dict[str, Account | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(Role.viewer, shop.id)
    at, asked = fresh().run(), []
    known = Team.known
    monkeypatch.setattr(Team, "known", lambda self, account: asked.append(account) or known(self, account))
    for times in (1, 2):
        at.run()
        assert len(asked) == times


def test_without_a_sign_in_nothing_is_asked_and_a_team_is_explained(shop: Shop) -> None:
    at = fresh().run()
    assert len(at.selectbox(key="shop_picker").options) == 2
    at = at.switch_page("pages/data.py")
    at.query_params["data_tabs"] = "Team"
    at.run()
    assert not at.exception and "Nobody has to sign in here" in texts(at)


def on_the_live_page() -> AppTest:
    return fresh().run().switch_page("pages/live.py").run()


def test_a_viewer_looks_at_a_live_and_notes_nothing(shop: Shop, here: dict[str, Account | None]) -> None:
    with Store.open() as store:
        store.running.end(store.running.start(shop.id, title="Morning").id)
    let_in(Role.viewer, shop.id)
    at = on_the_live_page()
    assert not at.exception and not {each.label for each in at.button} & {"Start", "Go on"}
    assert "When a host of this shop begins one" in texts(at)
    with Store.open() as store:
        live = store.running.start(shop.id, at=datetime.now(UTC) - timedelta(minutes=20))
        for minute in (5, 10, 15):
            counts = {"impressions": 900.0 * minute, "views": 70.0 * minute, "product_clicks": 9.0 * minute}
            store.running.note(live.id, TotalsRow(live.start + timedelta(minutes=minute), counts))
        store.running.tap(live.id, Tap(live.start + timedelta(minutes=6), "billboard"))
    at = on_the_live_page()
    assert not at.exception and "Pull now" in texts(at)
    offered = {each.label for each in at.button}
    assert not offered & {"End", "End and review", "Undo the last tap", "Undo the last row", "Remove", "Done, note it"}
    assert not [each for each in at.text_input if "Note for the next tap" in each.label]
    let_in(Role.host, shop.id)
    assert {"End and review", "Undo the last row", "End"} <= {each.label for each in on_the_live_page().button}


VIEWS = [
    *((page, "") for page in ("", "next_live", "live", "practice")),
    *(("shops", tab) for tab in ("Now", "The week", "To do", "Tidy up")),
    *(("history", tab) for tab in
      ("Weekly look", "LIVEs", "Trends", "Heat map", "By hour and day", "Hosts", "Account", "Compare")),
    *(("browse", tab) for tab in ("Strategies", "Tools", "Where to look", "Routines")),
    *(("learn", tab) for tab in ("Course", "Drills", "Host", "People")),
    *(("data", tab) for tab in
      ("What was read", "Map a layout", "Templates", "Playbook", "Settings", "Team", "Keep and erase")),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("role", [Role.viewer, Role.host, Role.coach])
def test_nothing_is_offered_that_a_role_may_not_do(shop: Shop, here: dict[str, Account | None], role: Role) -> None:
    """Each button of each page is pressed: none may answer that it takes another role."""
    with Store.open() as store:
        store.running.end(store.running.start(shop.id, title="Morning").id)
        store.assign(store.add_trainee(shop.id, "Kim").id, "lesson", "the_tools")
        store.add_comment(shop.id, "look at the pins", session_id=full(1).id, to_do=True)
    let_in(Role.owner, shop.id)
    at = fresh().run().switch_page("pages/next_live.py").run()
    next(each for each in at.button if str(each.key).startswith("every_")).click().run()
    with Store.open() as store:
        assert store.plans(shop.id)
        store.team.take(ANA.email, shop.id)
    let_in(role, shop.id)

    def opened(page: str, tab: str) -> AppTest:
        at = fresh().run()
        if page:
            at = at.switch_page(f"pages/{'strategies' if page == 'browse' else page}.py")
            if tab:
                at.query_params[f"{page}_tabs"] = tab
            at.run()
        assert not at.exception, (page, tab)
        return at

    pressed, refused = 0, []
    for page, tab in VIEWS:
        for key in [each.key for each in opened(page, tab).button if not each.disabled]:
            at = opened(page, tab)
            found = [each for each in at.button if each.key == key]
            if found:
                found[0].click().run()
                pressed += 1
                refused += [
                    (page, tab, key, each.value) for each in at.error if " of this shop, and that takes " in each.value
                ]
    assert not refused
    assert pressed > 20
