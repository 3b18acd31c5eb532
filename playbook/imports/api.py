"""An answer of the Open API to a table: one row an entry, one column a dotted path.

`{"sales": {"gmv": {"amount": "99"}}}` becomes a column `sales.gmv.amount`, and from there on an answer is read
like any other file, by a profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..knowledge.exports import Profile
from ..session import UnusableFile
from .delimited import MAX_ROWS
from .tables import MAX_CELLS, MAX_COLUMNS, Table, too_many_cells

_DEPTH = 8


def api_tables(name: str, document: Any, profiles: Iterable[Profile]) -> list[tuple[Table, Table | None]]:
    """(rows, the whole LIVE's numbers) for every list in the document that a profile knows.

    A list of answers (pages) is read as one. Raises UnusableFile when the document is an error of the API or
    holds no such list.
    """
    every = list(profiles)
    keys = {profile.json_rows for profile in every if profile.json_rows}
    wholes = {profile.json_rows: profile.json_whole for profile in every if profile.json_whole}
    lists: dict[str, list[Any]] = {}
    for key, entries in _lists(document, keys, _DEPTH):
        lists.setdefault(key, []).extend(entries)
    if not lists and isinstance(document, list) and all(isinstance(entry, dict) for entry in document):
        lists["rows"] = document
    found = []
    for key, entries in lists.items():
        rows = _rows(entries)
        if len(rows[0]) > MAX_COLUMNS:
            raise UnusableFile(f"{name}: more than {MAX_COLUMNS:,} columns. This is not an answer of the Open API.")
        if not rows[1:] and len(entries) * len(rows[0]) > MAX_CELLS:
            raise UnusableFile(too_many_cells(name))
        if len(rows) > 1:
            whole = _first(document, wholes.get(key), _DEPTH)
            found.append((Table(name, rows), None if whole is None else Table(name, _rows([whole]))))
    if not found:
        raise UnusableFile(_nothing(name, document, sorted(keys)))
    return found


def _nothing(name: str, document: Any, keys: list[str]) -> str:
    code = document.get("code") if isinstance(document, dict) else None
    if code not in (None, 0, "0"):
        said = _text(document.get("message", ""))[:120]
        return f"{name}: the API answered with error {_text(code)[:20]} ({said}), not with numbers. Ask it again."
    return (
        f"{name}: this JSON has no rows of a LIVE. Expected an answer of the Open API with one of: {', '.join(keys)}. "
        "If the list is empty, choose other dates."
    )


def _lists(node: Any, keys: set[str], depth: int) -> Iterator[tuple[str, list[Any]]]:
    if depth == 0:
        return
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys and isinstance(value, list):
                yield key, value
            else:
                yield from _lists(value, keys, depth - 1)
    elif isinstance(node, list):
        for value in node:
            if isinstance(value, (dict, list)):
                yield from _lists(value, keys, depth - 1)


def _first(node: Any, key: str | None, depth: int) -> Mapping[str, Any] | None:
    """The first object under this key, anywhere."""
    if key is None or depth == 0:
        return None
    children = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    if isinstance(node, dict) and isinstance(node.get(key), dict):
        value: Mapping[str, Any] = node[key]
        return value
    return next((hit for child in children if (hit := _first(child, key, depth - 1)) is not None), None)


def _rows(entries: list[Any]) -> list[list[str]]:
    """A header row of dotted paths in order of appearance, then a row an entry."""
    flat = [dict(_flat(entry, "", _DEPTH)) for entry in entries[:MAX_ROWS] if isinstance(entry, dict)]
    paths = list(dict.fromkeys(path for row in flat for path in row))
    if len(paths) > MAX_COLUMNS or len(flat) * len(paths) > MAX_CELLS:
        return [paths]
    return [paths, *([row.get(path, "") for path in paths] for row in flat)]


def _flat(node: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict) and depth:
            yield from _flat(value, f"{path}.", depth - 1)
        elif not isinstance(value, (dict, list)):
            yield path, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
