"""A post-LIVE coach for TikTok Shop sellers.

Three steps, no screen needed::

    sessions = playbook.read(["export.xlsx"])
    knowledge = playbook.load()
    review = playbook.review(sessions[-1], history=sessions[:-1], knowledge=knowledge)
    review.to_dict()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .imports import read
    from .knowledge.load import load
    from .model.session import Event, Product, Session, UnusableFile
    from .pipeline import Review, review

#: Loaded when first used: a command that needs no numbers starts without pandas.
_HOMES = {
    "Event": "model.session", "Product": "model.session", "Session": "model.session", "UnusableFile": "model.session",
    "Review": "pipeline", "review": "pipeline", "load": "knowledge.load", "read": "imports",
}  # fmt: skip

__all__ = ["Event", "Product", "Review", "Session", "UnusableFile", "load", "read", "review"]
__version__ = "0.2.0"


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
