"""Many shops in a terminal: the week of all, moving, merging, deleting, each taken back."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from playbook.cli.main import main
from playbook.simulation.shops import calm_shop
from playbook.store import Store

from ..desk.shops import dated


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = str(tmp_path / "s.db")
    with Store.open(path) as store:
        for place, (name, cut) in enumerate((("Anna", 1.0), ("Bella", 0.3))):
            shop = store.create_shop(name, currency="USD")
            lives = calm_shop(np.random.default_rng(place), 30_000, 8, {7: {"ctr": cut}})
            last = datetime.now().replace(microsecond=0) - timedelta(hours=5)
            store.apply(store.plan_import(shop.id, dated(lives, last, "USD", place)))
    return path


def counts(db: str) -> dict[str, int]:
    with Store.open(db) as store:
        return {each.shop.name: each.sessions for each in store.overview()}


def test_the_week_of_all_shops(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["weekly", "--all", "--db", db]) == 0
    told = capsys.readouterr().out
    assert "need you first: Bella" in told or "needs you first: Bella" in told
    assert "1. Bella: " in told
    assert "CTR 3.9%" in told
    assert max(len(line) for line in told.splitlines()) <= 100
    assert main(["weekly", "--all", "--format", "json", "--db", db]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert [each["shop"] for each in plain["shops"]] == ["Bella", "Anna"]
    assert plain["need_you"][0] == "Bella"
    assert main(["weekly", "--all", "--format", "html", "--db", db]) == 0
    assert "<strong>Bella</strong>" in capsys.readouterr().out
    with Store.open(db) as store:
        assert all(each.looked_at is None for each in store.shops()), "one look at all is no weekly look at each"


def test_a_week_is_of_one_shop_or_of_all(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["weekly", "--shop", "Anna", "--format", "html", "--db", db]) == 2
    with pytest.raises(SystemExit):
        main(["weekly", "--db", db])


def test_lives_move_and_come_back(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    day = f"{datetime.now() - timedelta(days=5):%Y-%m-%d}"
    assert main(["move", "--shop", "Anna", "--to", "Bella", "--since", day, "--db", db]) == 0
    assert counts(db) == {"Anna": 5, "Bella": 11}
    assert main(["merge", "--shop", "Anna", "--undo", "--db", db]) == 2
    assert "The last thing done there is a move" in capsys.readouterr().err
    assert main(["move", "--shop", "Anna", "--undo", "--db", db]) == 0
    assert counts(db) == {"Anna": 8, "Bella": 8}


def test_shops_merge_and_come_apart(db: str) -> None:
    assert main(["merge", "--shop", "Anna", "--into", "Bella", "--db", db]) == 0
    assert counts(db) == {"Bella": 16}
    assert main(["merge", "--shop", "Bella", "--undo", "--db", db]) == 0
    assert counts(db) == {"Anna": 8, "Bella": 8}


def test_many_are_deleted_and_come_back(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["delete", "--shop", "Anna", "--db", db]) == 2
    assert "Name LIVEs by id or start" in capsys.readouterr().err
    assert main(["delete", "--shop", "Anna", "760000" + "0" * 12 + "1", "--until", "not a day", "--db", db]) == 2
    assert main(["delete", "--shop", "Anna", "--since", "2000-01-01", "--db", db]) == 0
    assert counts(db) == {"Anna": 0, "Bella": 8}
    assert main(["delete", "--shop", "Anna", "--undo", "--db", db]) == 0
    assert counts(db) == {"Anna": 8, "Bella": 8}
