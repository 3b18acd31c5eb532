"""Files are read in a process of their own, within limits, so that a hostile one hurts nobody else.

The names below are loaded when first used: a command starts the process before it loads what it needs itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .limits import PATIENT, Limits
    from .pool import warm
    from .reading import NotNow, read_files, read_paths, read_rows

_HOMES = {
    "Limits": "limits", "PATIENT": "limits", "NotNow": "reading", "read_files": "reading", "read_paths": "reading",
    "read_rows": "reading", "warm": "pool",
}  # fmt: skip

__all__ = ["PATIENT", "Limits", "NotNow", "read_files", "read_paths", "read_rows", "warm"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
