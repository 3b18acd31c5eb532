"""Files to sessions. The names below are loaded when first used, so that importing this costs nothing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .layout.mapping import Presets, Suggestion, presets, profile_from_mapping, suggest_mapping
    from .lives.identity import latest, pick
    from .pasted.typed import Typed, length_minutes, looked_over, pasted_counts, typed_counts
    from .reading import built_in_profiles, read, read_files, read_paths
    from .results import Disagreement, Failure, FileReading, FilesRead, NothingToReview, Question, Remark, UnknownTable

_HOMES = {
    "lives.identity": ("latest", "pick"),
    "layout.mapping": ("Presets", "Suggestion", "presets", "profile_from_mapping", "suggest_mapping"),
    "reading": ("built_in_profiles", "read", "read_files", "read_paths"),
    "results": (
        "Disagreement", "Failure", "FileReading", "FilesRead", "NothingToReview", "Question", "Remark", "UnknownTable",
    ),
    "pasted.typed": ("Typed", "length_minutes", "looked_over", "pasted_counts", "typed_counts"),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Disagreement", "Failure", "FileReading", "FilesRead", "NothingToReview", "Presets", "Question", "Remark",
    "Suggestion", "Typed", "UnknownTable", "built_in_profiles", "latest", "length_minutes", "looked_over",
    "pasted_counts", "pick", "presets", "profile_from_mapping", "read", "read_files", "read_paths", "suggest_mapping",
    "typed_counts",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME_OF[name]}", __name__), name)
