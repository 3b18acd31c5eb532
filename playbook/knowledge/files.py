"""Which files make up a knowledge folder, read once as bytes. Nothing outside the folder is opened."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .reader import MAX_BYTES, Problem

Kind = Literal[
    "metrics", "tools", "scenarios", "routines", "violations", "causes", "craft", "strategy", "practice", "lesson"
]

#: A folder with more files than this is a mistake, such as a home directory.
MAX_FILES = 500

_GUIDES: dict[str, Kind] = {
    "metrics.yaml": "metrics",
    "tools.yaml": "tools",
    "scenarios.yaml": "scenarios",
    "routines.yaml": "routines",
    "violations.yaml": "violations",
    "causes.yaml": "causes",
    "craft.yaml": "craft",
}
_SUFFIXES = (".yaml", ".yml")
_FOLDERS = ("", "strategies", "practice", "lessons")
#: A file written so short a time ago may be written again without its time changing, in seconds.
_FRESH = 2.0


@dataclass(frozen=True)
class File:
    """One file: its name as shown in complaints, what it holds, its bytes."""

    name: str
    kind: Kind
    raw: bytes


def collect(place: Path) -> tuple[list[File], list[Problem]]:
    """The knowledge files of a folder, or the one strategy file `place` itself, by name.

    Strategies stand in `strategies/` or directly in the folder, lessons in `lessons/`, practice scenarios in
    `practice/`. Links that lead out of it, unreadable and oversized files become problems.
    """
    try:
        if place.is_file():
            return _open([(place, place.name, _GUIDES.get(place.name, "strategy"))], place.resolve().parent)
        if not place.is_dir():
            return [], [Problem(str(place), 1, 1, "is not there; name a folder with strategy files, or one such file")]
        found = list(_candidates(place))
    except OSError as error:
        return [], [Problem(str(place), 1, 1, f"cannot be read: {error.strerror}")]
    if len(found) > MAX_FILES:
        message = f"holds {len(found):,} YAML files; a playbook folder has at most {MAX_FILES}"
        return [], [Problem(str(place), 1, 1, message)]
    return _open(found, place.resolve())


def signature(place: Path) -> tuple[tuple[str, int, int, int], ...] | None:
    """What tells, without opening a file, whether `collect` would find the same again: every name in the folder with
    its time, size and inode. None when it cannot tell: something is not there, or was written just now.
    """
    found: list[tuple[str, int, int, int]] = []
    try:
        for folder in _FOLDERS:
            if folder and not (place / folder).is_dir():
                continue
            with os.scandir(place / folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        continue
                    status = entry.stat()
                    found.append((f"{folder}/{entry.name}", status.st_mtime_ns, status.st_size, status.st_ino))
    except OSError:
        return None
    newest = max((time_ns for _, time_ns, _, _ in found), default=0)
    return tuple(sorted(found)) if newest < time.time_ns() - _FRESH * 1e9 else None


def digest(*layers: Iterable[File]) -> str:
    """sha256 over names and bytes: changes when any file does, and depends on nothing else."""
    total = hashlib.sha256()
    for layer in layers:
        for file in layer:
            total.update(f"{file.name}\0{len(file.raw)}\0".encode())
            total.update(file.raw)
        total.update(b"\0layer\0")
    return total.hexdigest()


def _candidates(folder: Path) -> Iterator[tuple[Path, str, Kind]]:
    for path in _yaml(folder):
        yield path, path.name, _GUIDES.get(path.name, "strategy")
    for path in _yaml(folder / "strategies"):
        yield path, f"strategies/{path.name}", "strategy"
    for path in _yaml(folder / "practice"):
        yield path, f"practice/{path.name}", "practice"
    for path in _yaml(folder / "lessons", (*_SUFFIXES, ".md")):
        yield path, f"lessons/{path.name}", "lesson"


def _yaml(folder: Path, suffixes: tuple[str, ...] = _SUFFIXES) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in suffixes and not path.name.startswith("."))


def _open(found: list[tuple[Path, str, Kind]], root: Path) -> tuple[list[File], list[Problem]]:
    files: list[File] = []
    problems: list[Problem] = []
    for path, name, kind in found:
        message = _refused(path, root)
        if message is None:
            try:
                files.append(File(name, kind, path.read_bytes()))
            except OSError as error:
                message = f"cannot be read: {error.strerror}"
        if message is not None:
            problems.append(Problem(name, 1, 1, message))
    return files, problems


def _refused(path: Path, root: Path) -> str | None:
    """Why a file is not opened, if it is not."""
    try:
        if not path.resolve().is_relative_to(root):
            return "leads out of its folder; put the file itself there"
        if not path.is_file():
            return "is not a file"
        size = path.stat().st_size
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if size > MAX_BYTES:
        return f"is {size:,} bytes; knowledge files have at most {MAX_BYTES:,}"
    return None
