"""The user's own folder: column mappings made on the mapping screen, and a few settings.

It stands where the operating system keeps such data; the environment variable PLAYBOOK_HOME moves it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs
import yaml
from pydantic import Field

from .knowledge.reader import Problem, Strict, read

#: The source document names these six to keep an eye on first.
HEADLINE = ("impressions", "impressions_per_hour", "gmv_per_hour", "follow_rate", "comment_rate", "show_gpm")
#: What is kept in sight while a LIVE runs, until somebody chooses otherwise.
WATCHED = ("impressions", "err", "ctr", "ctor", "comment_rate", "follow_rate")


class TypedBenchmark(Strict):
    """A market figure a person typed in. `value` is in the metric's own unit; ratios are fractions."""

    metric: str
    value: float = Field(gt=0)
    source: str
    date: str


class Settings(Strict):
    """What a person chose once and expects to find again."""

    headline: list[str] = Field(default_factory=lambda: list(HEADLINE))
    watched: list[str] = Field(default_factory=lambda: list(WATCHED))
    benchmarks: list[TypedBenchmark] = Field(default_factory=list)
    playbook_folder: str | None = None
    timezone: str | None = None
    shop: str | None = None
    trainee: str | None = None
    trusted_shops: list[str] = Field(default_factory=list, description="Shops whose uploads need no question.")


def folder() -> Path:
    """The user's data folder; not made until something is saved."""
    named = os.environ.get("PLAYBOOK_HOME")
    return Path(named) if named else Path(platformdirs.user_data_dir("live-traffic-playbook", appauthor=False))


def profiles_folder() -> Path:
    """Where saved column mappings stand."""
    return folder() / "exports"


def load_settings() -> tuple[Settings, list[Problem]]:
    """The saved settings; the defaults and what was wrong when the file cannot be used."""
    path = folder() / "settings.yaml"
    if not path.exists():
        return Settings(), []
    settings, _, problems = read(path, Settings)
    return settings or Settings(), problems


def save_settings(settings: Settings) -> None:
    """Raises OSError when the folder cannot be written."""
    text = yaml.safe_dump(settings.model_dump(), allow_unicode=True, sort_keys=False)
    write_whole(folder() / "settings.yaml", text)


class _Sheets(Strict):
    """Answers about sheets kept by hand: by layout, what each header means."""

    layouts: dict[str, dict[str, str]] = Field(default_factory=dict)


def load_sheets() -> dict[str, dict[str, str]]:
    """What was said of sheets kept by hand; nothing where the file is not there or cannot be used."""
    path = folder() / "sheets.yaml"
    kept = read(path, _Sheets)[0] if path.exists() else None
    return {} if kept is None else {layout: dict(answers) for layout, answers in kept.layouts.items()}


def save_sheets(layouts: dict[str, dict[str, str]]) -> None:
    """Raises OSError when the folder cannot be written."""
    write_whole(folder() / "sheets.yaml", yaml.safe_dump({"layouts": layouts}, allow_unicode=True, default_style='"'))


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
