"""Killed at any moment of a restore: what was there, or what the backup holds, whole; and nothing lies about."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from playbook.store import Store
from playbook.store.access import Role
from playbook.store.engine import reading
from playbook.store.schema import CODES, PEOPLE, TABLES

from .lives import full, live
from .processes import killed
from .server import at_rest

KILLS = 60
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked"),
]


def content(store: Store) -> list[list[tuple[Any, ...]]]:
    """Every row of every table but the audit list, which says of itself when a restore was."""
    with reading(store.engine) as connection:
        return [
            sorted((tuple(row) for row in connection.execute(select(each))), key=repr)
            for each in (*TABLES, *PEOPLE, *CODES)
            if each.name != "audit"
        ]


def test_a_restore_killed_at_any_moment_is_whole_or_not_there(
    new_url: Any, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, other = new_url(), new_url()  # before the temporary folder is another: the server has its own in it
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    backup, before = tmp_path / "backups" / "after.playbook", tmp_path / "backups" / "earlier.playbook"
    backup.parent.mkdir()
    with Store.open(other) as store:
        shop = store.create_shop("Dana")
        store.apply(store.plan_import(shop.id, [full(index) for index in range(12)]))
        store.backup(backup)
    with Store.open(url) as store:
        shop = store.create_shop("Before")
        store.apply(store.plan_import(shop.id, [*(full(index) for index in range(3)), live(7)]))
        store.team.give("ana@example.com", Role.owner, None)
        store.backup(before)
        there = content(store)
        store.restore(backup, replace=True)
        everything = content(store)
        store.restore(before, replace=True)
        assert content(store) == there != everything

    def attempt() -> None:
        with Store.open(url) as mine:
            mine.restore(backup, replace=True)

    chance, latest, whole = random.Random(20261126), 0.3, 0
    folders = (tmp_path, own_home, temporary)
    for number in range(KILLS):
        killed(attempt, chance.uniform(0, latest))
        with Store.open(url) as store:  # the next one to come
            at_rest(store)
            found = content(store)
            assert found in (there, everything), f"torn by kill {number}"
            done = found == everything
            whole += done
            latest *= 0.85 if done else 1.18
            if done:
                store.restore(before, replace=True)
        if number % 10 == 0:  # and the restore works on from there
            with Store.open(url) as store:
                kept = store.restore(backup, replace=True)
                assert content(store) == everything and kept is not None
                store.restore(before, replace=True)
                assert content(store) == there
            assert not [each for folder in folders if folder.exists() for each in folder.rglob(".*.new*")]
    with Store.open(url) as store:
        store.backup(tmp_path / "last.playbook")
    assert not [each for folder in folders if folder.exists() for each in folder.rglob(".*.new*")]
    assert not list(temporary.iterdir())
    kept_before = [each for folder in folders if folder.exists() for each in folder.rglob("*-before-restore-*")]
    assert len(set(kept_before)) <= 3
    assert 5 <= whole <= KILLS - 5, "moments on both sides of the end were tried"
