"""What is kept in a run, and what is kept on the thing that it was made of."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from playbook.store import Store
from playbook.ui.frame import once


@dataclass(frozen=True)
class Owner:
    name: str


def counted() -> Callable[[], int]:
    """A look-up that says how many times it was made."""
    calls: list[int] = []

    @once.a_run
    def look() -> int:
        calls.append(1)
        return len(calls)

    return look


def test_in_a_run_it_is_looked_up_once() -> None:
    look = counted()
    with once.run():
        assert (look(), look()) == (1, 1)
    with once.run():
        assert look() == 2


def test_outside_a_run_it_is_looked_up_each_time() -> None:
    """A callback before the run, or a fragment that runs by itself in the same thread after it."""
    look = counted()
    with once.run():
        look()
    assert (look(), look()) == (2, 3)


def test_what_changes_in_the_middle_of_a_run_is_looked_up_again() -> None:
    look = counted()
    with once.run():
        look()
        once.forget()
        assert look() == 2


def test_a_write_to_the_store_is_seen_in_the_same_run(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'x.db'}") as store, once.run():
        shops = once.a_run(store.shops)
        assert shops() == []
        store.create_shop("One")
        assert [each.name for each in shops()] == ["One"]
        with pytest.raises(RuntimeError), once.run():
            raise RuntimeError
        assert [each.name for each in shops()] == ["One"]


def test_it_is_made_once_for_an_owner_and_its_arguments() -> None:
    made: list[str] = []

    def make(owner: Owner, more: str, end: str = "") -> str:
        made.append(owner.name + more + end)
        return made[-1]

    first, same = Owner("a"), Owner("a")
    assert once.of(first, make, "1") == once.of(first, make, "1") == "a1"
    assert once.of(first, make, "1", end="!") == "a1!"
    assert once.of(same, make, "1") == "a1"  # equal, but another thing
    assert made == ["a1", "a1!", "a1"]


def test_what_was_made_goes_with_its_owner() -> None:
    owner = Owner("a")
    kept = weakref.ref(once.of(owner, lambda of: Owner(of.name + "b")))
    assert kept() is not None
    del owner
    gc.collect()
    assert kept() is None


def test_the_owner_stays_equal_to_one_of_which_nothing_was_made() -> None:
    owner = Owner("a")
    once.of(owner, lambda of: of.name)
    assert (owner, repr(owner)) == (Owner("a"), "Owner(name='a')")
