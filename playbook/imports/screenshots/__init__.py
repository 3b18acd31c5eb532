"""Pictures of a dashboard to numbers of one LIVE. The names below are loaded when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .boxes import Box
    from .pictures import MissingReader, UnusablePicture, installed, is_picture
    from .reading import Item, PicturesRead, cut_out, read, read_boxes, seen, warm

_HOMES = {
    "Box": "boxes", "MissingReader": "pictures", "UnusablePicture": "pictures", "installed": "pictures",
    "is_picture": "pictures", "Item": "reading", "PicturesRead": "reading", "cut_out": "reading", "read": "reading",
    "read_boxes": "reading", "seen": "reading", "warm": "reading",
}  # fmt: skip

__all__ = [
    "Box", "Item", "MissingReader", "PicturesRead", "UnusablePicture", "cut_out", "installed", "is_picture", "read",
    "read_boxes", "seen", "warm",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
