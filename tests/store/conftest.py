"""Every test that takes `url` or `store` runs on a SQLite file and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from playbook.store import Shop, Store

from . import server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    programs = server.find()
    if programs is None:
        pytest.skip(server.HOW)
    with server.running(programs) as url:
        yield url


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[object]:
    """A function that gives the URL of another empty store of the same kind."""

    def make() -> str:
        name = f"t{uuid4().hex}"
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path / name}.db"
        import psycopg

        base = request.getfixturevalue("postgres")
        with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")  # a database each would be some seconds a minute
        return f"{base}/postgres?options=-csearch_path%3D{name}"

    yield make


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "new_url" in metafunc.fixturenames:
        metafunc.parametrize("new_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def url(new_url) -> str:
    return new_url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def shop(store: Store) -> Shop:
    return store.create_shop("Dana's shop", timezone="Asia/Jakarta", currency="IDR")
