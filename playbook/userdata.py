"""The user's own folder: a few settings; column mappings, too, while there is no store.

It stands where the operating system keeps such data; the environment variable PLAYBOOK_HOME moves it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

import platformdirs
import yaml
from pydantic import Field

from playbook.knowledge.reader import Problem, Strict, parse, validate

#: What stands at the top of a review until somebody chooses otherwise: what was sold, then what to keep an eye on.
HEADLINE = ("gmv", "orders", "ctor", "impressions_per_hour", "gmv_per_hour", "show_gpm")
#: What is kept in sight while a LIVE runs, until somebody chooses otherwise.
WATCHED = ("impressions", "err", "ctr", "ctor", "comment_rate", "follow_rate")


#: Settings of a person; the others are of the machine. On a server with a sign-in each person has these in the store.
PERSONAL = ("headline", "watched", "language")


class TypedBenchmark(Strict):
    """A market figure a person typed in. `value` is in the metric's own unit; ratios are fractions."""

    metric: str
    value: float = Field(gt=0)
    source: str
    date: str


class UserSettings(Strict):
    """What a person chose once and expects to find again."""

    headline: list[str] = Field(default_factory=lambda: list(HEADLINE))
    watched: list[str] = Field(default_factory=lambda: list(WATCHED))
    left_out: list[str] = Field(default_factory=list, description="Metrics that are never among the worst.")
    language: str | None = Field(None, description="The code of a language; left out: that of the browser.")
    benchmarks: list[TypedBenchmark] = Field(default_factory=list)
    playbook_folder: str | None = None
    timezone: str | None = None
    trusted_shops: list[str] = Field(default_factory=list, description="Shops whose uploads need no question.")


#: Settings of earlier versions: what a visit shows is its browser's own by now.
RETIRED = frozenset({"shop", "trainee"})
_changing = Lock()


def folder() -> Path:
    """The user's data folder; not made until something is saved."""
    named = os.environ.get("PLAYBOOK_HOME")
    return Path(named) if named else Path(platformdirs.user_data_dir("live-traffic-playbook", appauthor=False))


def profiles_folder() -> Path:
    """Where saved column mappings stand."""
    return folder() / "exports"


def settings_stamp() -> tuple[int, int]:
    """Another one whenever the settings were written: each time as a new file, also within one step of its clock."""
    try:
        found = settings_path().stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_ino


def settings_path() -> Path:
    return folder() / "settings.yaml"


def load_settings() -> tuple[UserSettings, list[Problem]]:
    """The saved settings, and what was wrong with them. What cannot be used has its default; the rest counts."""
    path = settings_path()
    if not path.exists():
        return UserSettings(), []
    document, problems = parse(path)
    if document is None:
        return UserSettings(), problems
    if not isinstance(document.data, dict):
        return UserSettings(), [document.at((), "write keys and values, one a line")]
    good: dict[str, Any] = {}
    for name, value in document.data.items():
        if name not in RETIRED:
            one, wrong = validate(replace(document, data={name: value}), UserSettings)
            good |= {name: getattr(one, name)} if one else {}
            problems += wrong
    return UserSettings.model_validate(good), problems


def own_playbook(of_shop: str | None) -> Path | None:
    """The folder of the user's own strategies: the shop's, else the one chosen for all; None where it is not there."""
    named = named_playbook(of_shop)
    return Path(named) if named and Path(named).is_dir() else None


def named_playbook(of_shop: str | None) -> str | None:
    """That folder as it was named, whether it is there or not."""
    return of_shop or load_settings()[0].playbook_folder


def change_settings(seen: UserSettings, changes: Mapping[str, object]) -> UserSettings:
    """Write some settings over those in the file, and leave the others as they are there by now.

    `seen` is what the person had before them: raises ChangedElsewhereError when one of the same settings was changed
    meanwhile by somebody else, and OSError when the folder cannot be written. A file with mistakes is kept beside.
    """
    with _changing:
        now, problems = load_settings()
        for name, value in changes.items():
            there = getattr(now, name)
            if there not in (getattr(seen, name), value):
                raise ChangedElsewhereError(name, now)
        made = UserSettings.model_validate(now.model_dump() | dict(changes))
        if problems:
            shutil.copyfile(settings_path(), settings_path().with_suffix(".yaml.before"))
        save_settings(made)
        return made


class ChangedElsewhereError(Exception):
    """Somebody else changed this setting since it was shown. `now` are the settings as they are."""

    def __init__(self, name: str, now: UserSettings) -> None:
        super().__init__(f"{name} was changed meanwhile")
        self.name, self.now = name, now


def save_settings(settings: UserSettings) -> None:
    """Raises OSError when the folder cannot be written."""
    text = yaml.safe_dump(settings.model_dump(), allow_unicode=True, sort_keys=False)
    write_whole(settings_path(), text)


class _Sheets(Strict):
    """Answers about sheets kept by hand: by layout, what each header means."""

    layouts: dict[str, dict[str, str]] = Field(default_factory=dict)


def load_sheets() -> dict[str, dict[str, str]]:
    """What was said of sheets kept by hand; nothing where the file is not there or cannot be used."""
    path = folder() / "sheets.yaml"
    document = parse(path)[0] if path.exists() else None
    kept = None if document is None else validate(document, _Sheets)[0]
    return {} if kept is None else {layout: dict(answers) for layout, answers in kept.layouts.items()}


def keep_sheet(layout: str, answers: Mapping[str, str]) -> None:
    """Write answers about one layout beside the others. Raises OSError when the folder cannot be written."""
    with _changing:
        known = load_sheets()
        made = {**known, layout: {**known.get(layout, {}), **answers}}
        text = yaml.safe_dump({"layouts": made}, allow_unicode=True, default_style='"')
        write_whole(folder() / "sheets.yaml", text)


def saved_profiles() -> dict[str, str]:
    """The text of every column mapping that lies here, by its file's stem. One that cannot be read is left out."""
    found = {}
    for path in sorted(profiles_folder().glob("*.yaml")):
        try:
            found[path.stem] = path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
    return found


def save_profile(name: str, text: str) -> Path:
    """Keep a column mapping under a safe file name. Raises OSError when the folder cannot be written."""
    path = profiles_folder() / f"{name}.yaml"
    write_whole(path, text)
    return path


def write_whole(path: Path, text: str, newline: str | None = None) -> None:
    """All of the file or none of it, also when the machine stops in between. `newline` as for `open`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline=newline) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:  # a full disk has no room for what is left of an attempt
        Path(temporary).unlink(missing_ok=True)
        raise
