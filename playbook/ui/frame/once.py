"""What is asked for many times is looked up once: in a run of the script, or on the thing that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from playbook import language
from playbook.store.engine import writes

T = TypeVar("T")
Owner = TypeVar("Owner")
P = ParamSpec("P")

_run: ContextVar[dict[Any, Any] | None] = ContextVar("looked_up", default=None)
_MADE = "_made_of_this"


@contextmanager
def run() -> Iterator[None]:
    """One run of the script. Callbacks come before it, fragments that run by themselves do not come through here."""
    token = _run.set({})
    try:
        yield
    finally:
        _run.reset(token)


def forget() -> None:
    """Something changed in the middle of a run."""
    known = _run.get()
    if known is not None:
        known.clear()


def a_run(look: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function returns for the same arguments until the run ends or this process writes to a store.

    The arguments must be hashable. Outside a run it is looked up each time.
    """

    @wraps(look)
    def once(*args: P.args, **kwargs: P.kwargs) -> T:
        known = _run.get()
        if known is None:
            return look(*args, **kwargs)
        before, key = writes(), (look, args, tuple(sorted(kwargs.items())))
        kept = known.get(key)
        if kept is None or kept[0] != before:
            kept = known[key] = (before, look(*args, **kwargs))
        found: T = kept[1]
        return found

    return once


def of(owner: Owner, make: Callable[Concatenate[Owner, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`make(owner, *args, **kwargs)`, made once and kept on the owner itself, so it goes when the owner goes.

    For owners that never change, such as a review; as `functools.cached_property` does it, for functions from
    elsewhere. What is made may have words in it, so each language has its own. The arguments must be hashable. Two
    threads may make it at the same time: one of the two is kept.
    """
    made: dict[Hashable, Any] = vars(owner).setdefault(_MADE, {})
    key = (make, args, tuple(sorted(kwargs.items())), language.current())
    if key not in made:
        made[key] = make(owner, *args, **kwargs)
    found: T = made[key]
    return found
