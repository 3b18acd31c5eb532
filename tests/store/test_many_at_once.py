"""An import of many LIVEs is worked out while others write, and still is whole or not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from playbook.model.session import Session
from playbook.store import Store, StoreError
from playbook.store.calls.imports import _MANY, _TRIES

BEGAN = datetime(2026, 1, 1, 19)


def lives(number: int, first: int = 0, views: float = 5.0) -> list[Session]:
    return [
        Session(f"76586572664{at:08}", {"views": views}, start=BEGAN + timedelta(hours=at), creator="a")
        for at in range(first, first + number)
    ]


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[int], None]) -> list[int]:
    """Do something else each time an import was worked out; how often it was, grows."""
    times: list[int] = []
    before = Store._worked_out

    def worked_out(self: Store, *args: Any) -> Any:
        made = before(self, *args)
        times.append(len(times))
        act(times[-1])
        return made

    monkeypatch.setattr(Store, "_worked_out", worked_out)
    return times


def test_others_write_while_it_is_worked_out_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(str(tmp_path / "s.db")) as store, Store.open(str(tmp_path / "s.db")) as other:
        shop = store.create_shop("Dana")

        def write(time: int) -> None:
            if time == 0:  # the same LIVE with a new number, and one more
                other.apply(other.plan_import(shop.id, [*lives(1, views=9.0), *lives(1, first=5_000)]))

        meanwhile(monkeypatch, write)
        done = store.apply(store.plan_import(shop.id, lives(_MANY + 50)))
        assert len(done.new) == _MANY + 49, "the shop had changed, so it was worked out once more"
        assert len(store.sessions(shop.id)) == _MANY + 51
        assert len(store.versions(shop.id, lives(1)[0].id)) == 2


def test_where_others_never_rest_it_takes_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(str(tmp_path / "s.db")) as store, Store.open(str(tmp_path / "s.db")) as other:
        shop = store.create_shop("Dana")
        times = meanwhile(
            monkeypatch, lambda time: other.change_shop(shop.id, market=f"{time}") if time < _TRIES else None
        )
        done = store.apply(store.plan_import(shop.id, lives(_MANY + 1)))
        assert len(times) == _TRIES + 1 and len(done.new) == _MANY + 1
        assert len(store.sessions(shop.id)) == _MANY + 1


def test_when_writing_fails_nothing_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from playbook.store import importing

    before = importing.write

    def half(connection: Any, steps: Any) -> None:
        before(connection, steps[:2])
        raise StoreError("cut off")

    with Store.open(str(tmp_path / "s.db")) as store:
        shop = store.create_shop("Dana")
        monkeypatch.setattr(importing, "write", half)
        with pytest.raises(StoreError, match="cut off"):
            store.apply(store.plan_import(shop.id, lives(_MANY + 1)))
        assert store.sessions(shop.id) == []
