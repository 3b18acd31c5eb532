"""`users` and dated backups, as somebody at the server's command line uses them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from playbook.cli import backup as cli_backup
from playbook.cli.main import main
from playbook.store import Store, StoreError
from playbook.store.access import Role
from playbook.store.team import Account


def test_people_are_added_changed_invited_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYBOOK_DB", str(tmp_path / "s.db"))

    def said(*words: str, code: int = 0) -> str:
        assert main(["users", *words]) == code
        done = capsys.readouterr()
        return done.out + done.err

    assert said() == "Nobody may sign in yet. Let the first one in: python -m playbook users add EMAIL --role owner\n"
    assert "is an owner of every shop" in said("add", "bob@example.com", "--role", "host", code=2)
    assert said("add", "ana@example.com", "--role", "owner") == "ana@example.com is owner of every shop.\n"
    with Store.open() as store:
        shop = store.create_shop("Dana")
    assert "has a role in every shop already" in said("add", "Ana@example.com", "--role", "owner", code=2)
    assert "no role in Dana" in said("role", "bob@example.com", "--role", "host", "--shop", "Dana", code=2)
    assert said("add", "bob@example.com", "--role", "host", "--shop", "dana") == "bob@example.com is host of dana.\n"
    assert said("role", "bob@example.com", "--role", "coach", "--shop", "Dana") == "bob@example.com is coach of Dana.\n"
    invited = said("invite", "--role", "viewer", "--shop", "Dana", "--days", "2")
    code = re.search(r"shown only now: ([0-9a-f]{32})\nIt makes one person viewer of Dana, within 2 days\.", invited)
    assert code
    with Store.open() as store:
        store.team.join(code[1], Account("x 1", "cy@example.com", True))
    assert said().splitlines() == [
        "ana@example.com: owner of every shop, was not here yet",
        "bob@example.com: coach of Dana, was not here yet",
        "cy@example.com: viewer of Dana",
    ]
    assert said("remove", "bob@example.com", "--shop", "Dana") == "bob@example.com has no role in Dana any more.\n"
    assert "has no role in this shop" in said("remove", "bob@example.com", "--shop", "Dana", code=2)
    assert "There is no shop 'Nowhere'" in said("--shop", "Nowhere", code=2)
    lines = said("audit", "--shop", "Dana").splitlines()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d UTC  command line \(.+\)  took a role away  Dana \(bob@example\.com\)", lines[0]
    )
    assert sum("invited" in each for each in lines) == 2 and shop.name == "Dana"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add"], "say who, like: python -m playbook users add ana@example.com"),
        (["add", "a@b.co"], "add --role, one of viewer, host, coach, owner."),
        (["audit", "a@b.co"], "users audit takes no address"),
        (["audit", "--limit", "0"], "--limit 0: give a number from 1 up."),
        (["invite", "--role", "host", "--days", "99"], "An invitation holds for 1 to 60 days, not 99."),
        (["add", "nobody", "--role", "owner"], "'nobody' is no e-mail address."),
    ],
)
def test_what_does_not_fit_is_told(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["users", *words]) == 2
    assert said in capsys.readouterr().err


def test_whoever_holds_the_database_is_asked_for_no_role(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As docs/security.md says; it is noted all the same."""
    monkeypatch.setenv("PLAYBOOK_DB", str(tmp_path / "s.db"))
    with Store.open() as store:
        store.create_shop("Dana")
        store.team.give("ana@example.com", Role.owner, None)
    sample = next(iter(sorted((Path(__file__).parents[2] / "data/samples/fewer_came_in").iterdir())))
    assert main(["import", str(sample), "--shop", "Dana", "--other-creator", "--yes"]) == 0
    with Store.open() as store:
        latest = store.team.audit(None)[0]
        assert latest.what == "imported" and latest.who.startswith("command line")
    capsys.readouterr()


def test_a_folder_gets_dated_backups_and_keeps_the_newest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, folder = str(tmp_path / "s.db"), tmp_path / "backups"
    folder.mkdir()
    (folder / "mine.playbook").write_text("not one of ours")
    now = datetime(2026, 11, 1, 2, tzinfo=UTC)
    for day in range(5):
        with Store.open(db, clock=lambda day=day: now + timedelta(days=day)) as store:  # type: ignore[misc]
            cli_backup.once(store, folder, keep=3)
    names = [f"playbook-2026110{day}-020000.playbook" for day in (3, 4, 5)]
    assert sorted(each.name for each in folder.iterdir()) == ["mine.playbook", *names]
    assert main(["backup", str(folder), "--keep", "2", "--db", db]) == 0
    assert len(cli_backup.dated(folder)) == 2
    assert main(["restore", str(cli_backup.dated(folder)[-1]), "--db", str(tmp_path / "other.db")]) == 0
    assert "holds everything of" in capsys.readouterr().out


def test_backups_go_on_after_one_that_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, moment = tmp_path / "backups", datetime(2026, 11, 1, tzinfo=UTC)
    folder.mkdir()
    waited: list[float] = []

    class Enough(Exception):  # noqa: N818 - no error, the end of the test
        pass

    def wait(seconds: float) -> None:
        nonlocal moment
        waited.append(seconds)
        moment += timedelta(seconds=seconds)
        if len(waited) == 4:
            raise Enough
        if len(waited) == 2:
            (folder / "blocked").touch()

    class Failing(Store):
        def backup(self, path: Path | str, *, replace: bool = False) -> None:
            if (folder / "blocked").exists():
                (folder / "blocked").unlink()
                raise StoreError("the disk is full.")
            super().backup(path, replace=replace)

    with Store.open(str(tmp_path / "s.db")) as opened:
        store = Failing(opened.engine, opened.where, lambda: moment)
        with pytest.raises(Enough):
            cli_backup.again_and_again(store, folder, 30, 24, wait)
    assert waited == [24 * 3600, 24 * 3600, 3600, 24 * 3600]
    assert "The backup failed: the disk is full. It is tried again in 1 h." in capsys.readouterr().err
    assert len(cli_backup.dated(folder)) == 3
    with Store.open(str(tmp_path / "s.db"), clock=lambda: moment - timedelta(hours=20)) as store:
        assert round(cli_backup._left(store, folder, 24), 3) == 20, "a service that is started anew waits for its turn"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x.playbook", "--every", "24"], "--keep and --every need a folder, and x.playbook is none."),
        ([".", "--keep", "0"], "--keep 0: at least one backup is kept."),
        ([".", "--every", "0"], "--every 0: give hours, like 24 for once a day."),
    ],
)
def test_a_schedule_that_cannot_be_is_told(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(str(tmp_path / "s.db")):
        pass
    assert main(["backup", *words, "--db", str(tmp_path / "s.db")]) == 2
    assert said in capsys.readouterr().err


def test_a_folder_that_is_away_for_a_while_ends_no_backups(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, waits = tmp_path / "backups", list[float]()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            raise KeyboardInterrupt
        folder.mkdir()

    with Store.open(str(tmp_path / "s.db")) as store, pytest.raises(KeyboardInterrupt):
        cli_backup.again_and_again(store, folder, 3, 24, wait)
    assert waits == [3600, 24 * 3600] and len(cli_backup.dated(folder)) == 1
    assert "It is tried again in 1 h." in capsys.readouterr().err
