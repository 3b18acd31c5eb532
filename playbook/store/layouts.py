"""Layouts of files that people explained once: column mappings as YAML, and answers about sheets kept by hand.

They are the store's as a whole, since an export looks alike in every shop.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from .schema import layout, sheet_answer, taken_over


def profiles(connection: Connection) -> dict[str, str]:
    """The text of every saved mapping, by its id."""
    found = connection.execute(select(layout.c.id, layout.c.data).order_by(layout.c.id))
    return {each.id: each.data for each in found}


def keep_profile(connection: Connection, name: str, text: str) -> None:
    """Write a mapping, in place of the one of this id."""
    drop_profile(connection, name)
    connection.execute(insert(layout), [{"id": name, "data": text}])


def drop_profile(connection: Connection, name: str) -> None:
    connection.execute(delete(layout).where(layout.c.id == name))


def sheets(connection: Connection) -> dict[str, dict[str, str]]:
    """What was said of sheets: by layout, what each header means."""
    columns = (sheet_answer.c.layout, sheet_answer.c.header, sheet_answer.c.meaning)
    found: dict[str, dict[str, str]] = {}
    for name, header, meaning in connection.execute(select(*columns).order_by(*columns)):
        found.setdefault(name, {})[header] = meaning
    return found


def keep_sheet(connection: Connection, name: str, answers: Mapping[str, str]) -> None:
    """Write answers about one layout beside the others."""
    mine = sheet_answer.c.layout == name
    connection.execute(delete(sheet_answer).where(mine, sheet_answer.c.header.in_(list(answers))))
    rows = [{"layout": name, "header": header, "meaning": meaning} for header, meaning in answers.items()]
    if rows:
        connection.execute(insert(sheet_answer), rows)


def is_taken_over(connection: Connection, folder: str) -> bool:
    """Whether the files of a folder were taken over before; what was removed here since stays removed."""
    query = select(taken_over.c.folder).where(taken_over.c.folder == folder)
    return connection.execute(query).first() is not None


def take_over(
    connection: Connection, folder: str, kept: Mapping[str, str], said: Mapping[str, Mapping[str, str]]
) -> None:
    """Take mappings and answers from files of earlier versions, once a folder. What is known here stays."""
    if is_taken_over(connection, folder):
        return
    add_missing(connection, kept, said)
    connection.execute(insert(taken_over), [{"folder": folder}])


def add_missing(connection: Connection, kept: Mapping[str, str], said: Mapping[str, Mapping[str, str]]) -> None:
    """Add what is not known here yet."""
    there, answered = profiles(connection), sheets(connection)
    for name in kept.keys() - there.keys():
        keep_profile(connection, name, kept[name])
    for name, answers in said.items():
        known = answered.get(name, {})
        keep_sheet(connection, name, {header: each for header, each in answers.items() if header not in known})
