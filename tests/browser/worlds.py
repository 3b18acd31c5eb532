"""Apps in the states that a crawl walks through: on a file, on a server, with damaged rows, with a sign-in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

import playbook
from playbook.model.running import Tap, TotalsRow
from playbook.store import ShopBenchmark
from playbook.store.access import Role
from playbook.store.store import Store
from tests.store import server
from tests.store.lives import full

from . import provider as providers
from .conftest import ROOT, app_port, served, settled

SAMPLES = ROOT / "data" / "samples"
SHOPS = {"Linen": "fewer_came_in", "Pottery": "looked_did_not_buy"}
#: Kinds of damage, each done to rows of its own, so that the rest of the page has something to show.
DAMAGE = {
    "totals": "UPDATE version SET data = '{' WHERE live_id = {live}",
    "totals of another kind": "UPDATE version SET data = '[]' WHERE live_id = {live}",
    "a part": "UPDATE part SET data = x'00' WHERE live_id = {live}",
    "a start": "UPDATE live SET start = 'yesterday', reviewed_at = 'x' WHERE id = {live}",
    "a note": "UPDATE live SET note = char(1) || 'json:' || '\"\\ud800\"' WHERE id = {live}",
    "a creator": "UPDATE live SET creator = char(1) || 'json:{' WHERE id = {live}",
    "moments of an export": "UPDATE version SET imported_at = 'x', exported_at = 'x' WHERE live_id = {live}",
    "a deleted LIVE": "UPDATE live SET deleted_at = 'once' WHERE id = {live}",
    "a shop": "UPDATE shop SET timezone = 'Mars/Base', currency = '§', looked_at = 'never' WHERE name = 'Pottery'",
    "a plan": "UPDATE plan SET data = '{'",
    "a result": "UPDATE result SET detail = '[', at = 'x'",
    "a tap": "UPDATE tap SET kind = 'dance' WHERE id = (SELECT min(id) FROM tap)",
    "a row of totals": "UPDATE total SET data = '[]'",
    "an import": "UPDATE act SET data = x'00'",
    "a layout": "UPDATE layout SET data = ':'",
    "a market figure": "UPDATE benchmark SET value = 'much', date = x'00'",
}


@dataclass(frozen=True)
class World:
    """An app that runs. `enter` brings a new visitor in, `database` is its server where it has one of its own."""

    url: str
    #: The id of the first of its two shops.
    shop: str
    enter: Callable[[Page], None] = lambda _page: None
    database: server.Server | None = None


def two_shops(store: Store) -> dict[str, str]:
    """Two shops, each with its LIVEs, trends, products and events; their ids by name."""
    made = {}
    for name, sample in SHOPS.items():
        shop = store.create_shop(name)
        sessions = playbook.read(sorted((SAMPLES / sample).iterdir()))
        store.apply(store.plan_import(shop.id, sessions), other_creators=True)
        made[name] = shop.id
    return made


def fill(store: Store) -> str:
    """Two shops with their LIVEs, trends, products and events; something of everything that can be noted.

    The id of the first shop.
    """
    ids = two_shops(store)
    for shop in map(store.shop, ids.values()):
        store.apply(store.plan_import(shop.id, [full(index) for index in range(10)]), other_creators=True)
        trainee = store.add_trainee(shop.id, "Lea")
        store.record_result(trainee.id, "drill", "x", 0.5, True)
        store.assign(trainee.id, "lesson", "read_a_live")
        store.set_benchmarks(shop.id, [ShopBenchmark("err", 0.05, "the dashboard", "2026-01-01")])
        store.save_plan(shop.id, "a-plan", {"strategy": "x"})
        noted = store.running.start(shop.id, title="Morning")
        store.running.tap(noted.id, *(Tap(noted.start + timedelta(minutes=each), "giveaway") for each in range(3)))
        store.running.note(noted.id, TotalsRow(noted.start + timedelta(minutes=5), {"views": 500.0}))
        store.running.end(noted.id)
        store.delete_session(shop.id, full(9).id)
    store.keep_layout("own_sheet", "id: own_sheet\n")
    return next(iter(ids.values()))


def damage(path: Path) -> int:
    """Damage a row of each kind; how many kinds that were."""
    with closing(sqlite3.connect(path)) as raw, raw:
        live = "(SELECT id FROM live WHERE deleted_at IS {deleted} ORDER BY start LIMIT 1 OFFSET {place})"
        for place, (kind, change) in enumerate(DAMAGE.items()):
            deleted = kind == "a deleted LIVE"
            where = live.format(deleted="NOT NULL" if deleted else "NULL", place=0 if deleted else 1 + place)
            assert raw.execute(change.replace("{live}", where)).rowcount > 0, kind
    return len(DAMAGE)


@contextmanager
def on_a_file(folder: Path, *, damaged: bool = False) -> Iterator[World]:
    with Store.open(str(folder / "playbook.db")) as store:
        shop = fill(store)
    if damaged:
        assert damage(folder / "playbook.db") >= 10
    with served(folder, folder / "log") as (_, url):
        yield World(url, shop)


@contextmanager
def on_a_server(folder: Path, *, stops: bool = False) -> Iterator[World]:
    programs = server.find()
    if programs is None:
        pytest.skip(server.HOW)
    with server.started(programs) as database, pytest.MonkeyPatch.context() as patch:
        url = f"{database.url}/postgres"
        with Store.open(url) as store:
            shop = fill(store)
        patch.setenv("PLAYBOOK_DB", url)
        with served(folder, folder / "log") as (_, address):
            yield World(address, shop, database=database if stops else None)


@contextmanager
def with_a_sign_in(folder: Path, role: Role) -> Iterator[World]:
    """An owner has all shops, others have one of the two."""
    port = app_port()
    url = f"http://127.0.0.1:{port}"
    who = {"sub": "1", "email": "ana@example.com", "email_verified": True, "name": "Ana"}
    with providers.provided() as provider, Store.open(str(folder / "playbook.db")) as store:
        fill(store)
        store.team.give("root@example.com", Role.owner, None)
        first = store.find_shop("Linen")
        assert first is not None
        store.team.give("ana@example.com", role, None if role is Role.owner else first.id)
        store.team.give("ben@example.com", Role.host, first.id)
        secrets = folder / "secrets.toml"
        secrets.write_text(providers.secrets_of(provider, url))

        def enter(page: Page) -> None:
            provider.account = who
            page.goto(url)
            settled(page)
            page.locator(".st-key-sign_in button").click()
            page.wait_for_url(f"{url}/**")
            page.locator(".st-key-signed_in").wait_for(state="attached")
            settled(page)

        with served(folder, folder / "log", f"--secrets.files={secrets}", port=port):
            yield World(url, first.id, enter)


WORLDS: dict[str, Callable[[Path], AbstractContextManager[World]]] = {
    "file": on_a_file,
    "server": on_a_server,
    "server that stops": lambda folder: on_a_server(folder, stops=True),
    "damaged": lambda folder: on_a_file(folder, damaged=True),
    "owner": lambda folder: with_a_sign_in(folder, Role.owner),
    "viewer": lambda folder: with_a_sign_in(folder, Role.viewer),
}
