"""An answer of the Open API to a table: one row an entry, one column a dotted path.

`{"sales": {"gmv": {"amount": "99"}}}` becomes a column `sales.gmv.amount`, and from there on an answer is read
like any other file, by a profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playbook.knowledge.exports import Profile
from playbook.language import _
from playbook.model.session import UnusableFile

from .delimited import MAX_ROWS
from .sheet import MAX_CELLS
from .tables import MAX_COLUMNS, SheetTable, too_many_cells

_DEPTH = 8
#: What a list is called that stands in no answer.
_BARE = "rows"


@dataclass(frozen=True)
class Answer:
    """One list of an answer, with the profiles that may be its layout; `whole` is what it says of the whole LIVE."""

    table: SheetTable
    profiles: tuple[Profile, ...]
    whole: SheetTable | None = None
    whole_profiles: tuple[Profile, ...] = ()


def api_tables(name: str, document: Any, profiles: Iterable[Profile]) -> list[Answer]:
    """Every list in the document that a profile knows by its key, or the document itself where it is a list.

    A list of answers (pages) is read as one. Raises UnusableFile when the document is an error of the API or
    holds no such list.
    """
    every = list(profiles)
    keys = {profile.json_rows for profile in every if profile.json_rows}
    wholes = {profile.json_rows: profile.json_whole for profile in every if profile.json_whole}
    lasting = keys - set(wholes.values())  # the numbers of a whole LIVE are no list
    lists: dict[str, list[Any]] = {}
    for key, entries in _lists(document, keys, _DEPTH):
        lists.setdefault(key, []).extend(entries)
    if not lists and isinstance(document, list) and all(isinstance(entry, dict) for entry in document):
        lists[_BARE] = document
    found = []
    for key, entries in lists.items():
        rows = _rows(entries)
        if len(rows[0]) > MAX_COLUMNS:
            raise UnusableFile(
                _(
                    "{file}: more than {most} columns, so this is no answer of the Open API. Save the answer "
                    "as it came.",
                    file=name,
                    most=format(MAX_COLUMNS, ","),
                )
            )
        if not rows[1:] and len(entries) * len(rows[0]) > MAX_CELLS:
            raise UnusableFile(too_many_cells(name))
        if len(rows) > 1:
            beside = wholes.get(key)
            whole = _whole(name, document, beside)
            found.append(
                Answer(
                    SheetTable(name, rows),
                    tuple(
                        each for each in every if each.json_rows == key or (key == _BARE and each.json_rows in lasting)
                    ),
                    None if whole is None else SheetTable(name, _rows([whole])),
                    tuple(each for each in every if each.json_rows == beside),
                )
            )
    if not found:
        raise UnusableFile(_nothing(name, document, sorted(keys)))
    return found


def refusals(name: str, document: Any) -> list[str]:
    """What to say of pages that are errors of the API, where others beside them hold numbers."""
    pages = document if isinstance(document, list) else []
    return [
        _("{file}, page {at}: {error} The other pages are read.", file=name, at=at, error=_error(page))
        for at, page in enumerate(pages, 1)
        if _failed(page)
    ]


def _failed(page: Any) -> bool:
    return isinstance(page, dict) and page.get("code") not in (None, 0, "0") and not page.get("data")


def _error(page: Mapping[str, Any]) -> str:
    said = _text(page.get("message", ""))[:120]
    code = _text(page["code"])[:20]
    return _(
        "the API answered with error {code} ({said}), not with numbers. Mend what it names, if "
        "anything, and ask it again.",
        code=code,
        said=said,
    )


def _nothing(name: str, document: Any, keys: list[str]) -> str:
    pages = document if isinstance(document, list) else [document]
    failed = next((page for page in pages if _failed(page)), None)
    if failed is not None:
        return f"{name}: {_error(failed)}"
    return _(
        "{file}: this JSON has no rows of a LIVE. Expected an answer of the Open API with one "
        "of: {keys}. If the list is empty, choose other dates.",
        file=name,
        keys=", ".join(keys),
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


def _whole(name: str, document: Any, key: str | None) -> Mapping[str, Any] | None:
    """The numbers of the whole LIVE; pages repeat them. Minutes of several LIVEs are not put on one."""
    if key is None:
        return None
    every = list(_under(document, key, _DEPTH))
    if len({_text(each.get("start_time")) for each in every}) > 1:
        raise UnusableFile(
            _(
                "{file}: this holds the minutes of {count} LIVEs. Give the answer for each LIVE as a file of its own.",
                file=name,
                count=len(every),
            )
        )
    return every[0] if every else None


def _under(node: Any, key: str, depth: int) -> Iterator[Mapping[str, Any]]:
    """Every object under this key, anywhere."""
    if depth == 0:
        return
    if isinstance(node, dict) and isinstance(node.get(key), dict):
        yield node[key]
        return
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        if isinstance(child, (dict, list)):
            yield from _under(child, key, depth - 1)


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
