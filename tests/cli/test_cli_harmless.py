"""What names, notes and titles say is printed and obeyed by nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from playbook.cli.main import main
from playbook.store import Store
from tests.store.lives import live

EVIL = "Evil\x1b[2J\x07\r\n2026-01-01 00:00 UTC  boss\x9b2K"


def test_names_and_notes_steer_no_terminal_and_make_no_line_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLAYBOOK_DB", str(tmp_path / "s.db"))
    with Store.open() as store:
        shop = store.create_shop(EVIL)
        assert "\n" not in shop.name
        store.apply(store.plan_import(shop.id, [replace(live(0), title=EVIL)]))
        store.set_note(shop.id, live(0).id, EVIL)
    with closing(sqlite3.connect(tmp_path / "s.db")) as raw, raw:  # as an older version kept it
        raw.execute("UPDATE shop SET name = ?", [EVIL])
        raw.execute("UPDATE audit SET detail = ?, shop = ?", [EVIL, EVIL])
        changes = raw.execute("SELECT count(*) FROM audit").fetchone()[0]
    for words, lines in ((["shops"], 1), (["history", "--shop", EVIL], 1), (["users", "audit"], changes)):
        assert main(words) == 0
        said = capsys.readouterr()
        assert not set("\x1b\x07\x9b\r") & set(said.out + said.err)
        assert len(said.out.splitlines()) == lines
    assert main(["history", "--shop", "no such\x1b[2J"]) == 2
    said = capsys.readouterr()
    assert "There is no shop" in said.err and "\x1b" not in said.err


def test_a_limit_beyond_all_counting_is_no_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLAYBOOK_DB", str(tmp_path / "s.db"))
    with Store.open() as store:
        store.create_shop("Dana")
    assert main(["users", "audit", "--limit", "9" * 25]) == 0
    assert main(["history", "--shop", "Dana", "--limit", "9" * 25]) == 0
    assert "made the shop" in capsys.readouterr().out
