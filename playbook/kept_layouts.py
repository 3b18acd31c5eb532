"""Layouts that people explained: from a store, from the files of this machine, from a folder of one's own.

What the page and `--db` know lies in the store; without a store it lies in the user's own folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.knowledge.exports import Profile, check_profile, load_profiles
from playbook.knowledge.reader import parse_text

from . import userdata

if TYPE_CHECKING:
    from .store import Store


@dataclass(frozen=True)
class Layouts:
    """Mappings by id and answers about sheets by layout. `digest` names them as they are now.

    `texts` are the mappings as they were saved, those with mistakes too.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    sheets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    digest: str = ""


def of_store(store: Store) -> Layouts:
    """What a store keeps; a mapping that cannot be used is left out. Raises StoreError."""
    texts, sheets = store.layouts(), store.sheets()
    return Layouts(texts, usable(texts), sheets, _digest(texts, sheets))


def of_files() -> Layouts:
    """What lies in the user's own folder."""
    texts, sheets = userdata.saved_profiles(), userdata.load_sheets()
    return Layouts(texts, usable(texts), sheets, _digest(texts, sheets))


def usable(texts: Mapping[str, str]) -> dict[str, Profile]:
    """The mappings without mistakes."""
    found: dict[str, Profile] = {}
    for name, text in texts.items():
        document = parse_text(text, f"{name}.yaml")[0]
        profile = None if document is None else check_profile(document, name)[0]
        if profile is not None:
            found[name] = profile
    return found


def taken_over(store: Store) -> None:
    """The files of earlier versions go into the store, once; they stay where they are. Raises StoreError."""
    folder = str(userdata.folder())
    kept, said = userdata.saved_profiles(), userdata.load_sheets()
    if kept or said:
        store.take_over_layouts(folder, kept, said)


def with_own(kept: Layouts, own: Path | None) -> dict[str, Profile]:
    """All profiles: those of a folder named by hand, those that are kept, and the built-in ones, which win."""
    from .imports import built_in_profiles

    mine = load_profiles(own)[0] if own else {}
    return {**kept.profiles, **mine, **built_in_profiles()}


def _digest(texts: Mapping[str, str], sheets: Mapping[str, Mapping[str, str]]) -> str:
    said = sorted((name, sorted(each.items())) for name, each in sheets.items())
    return hashlib.sha256(repr((sorted(texts.items()), said)).encode()).hexdigest()
