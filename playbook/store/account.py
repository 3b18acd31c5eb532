"""Rows of what the account or the shop came to beside its LIVEs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, and_, delete, insert, select, update

from playbook.language import _

from .errors import StoreError
from .records import ACCOUNT_FIGURES, AccountFigure
from .schema import account_figure


def listed(connection: Connection, shop_id: str) -> list[AccountFigure]:
    """The earliest first; one whose row is damaged is left out."""
    of = account_figure.c
    query = select(account_figure).where(of.shop_id == shop_id).order_by(of.first, of.last, of.name)
    return [
        AccountFigure(row.first, row.last, row.name, row.value, row.currency, row.source)
        for row in connection.execute(query)
        if row.first is not None and row.last is not None and isinstance(row.value, float | int)
    ]


def keep(connection: Connection, shop_id: str, figures: Iterable[AccountFigure], now: datetime) -> int:
    """Each in place of the one of the same days and name. Raises StoreError for what is no such figure."""
    wanted = {(each.first, each.last, each.name): each for each in figures}
    for each in wanted.values():
        _sound(each)
    drop(connection, shop_id, wanted.values())
    rows = [{"shop_id": shop_id, "at": now, **vars(each)} for each in wanted.values()]
    if rows:
        connection.execute(insert(account_figure), rows)
    return len(rows)


def drop(connection: Connection, shop_id: str, figures: Iterable[AccountFigure]) -> int:
    """Those of the same days and names; how many there were."""
    of, gone = account_figure.c, 0
    for each in figures:
        one = and_(of.shop_id == shop_id, of.first == each.first, of.last == each.last, of.name == each.name)
        gone += connection.execute(delete(account_figure).where(one)).rowcount
    return gone


def only_of(connection: Connection, source: str, target: str) -> list[list[str]]:
    """Figures of one shop that another has not, as [first day, last day, name]."""
    theirs = set(map(tuple, _named(connection, target)))
    return [each for each in _named(connection, source) if tuple(each) not in theirs]


def carry(connection: Connection, source: str, target: str, named: Iterable[Sequence[str]]) -> None:
    """Figures as `only_of` names them to another shop; one that the other has by now stays."""
    theirs, of = set(map(tuple, _named(connection, target))), account_figure.c
    for first, last, name in named:
        if (first, last, name) in theirs:
            continue
        days = of.first == date.fromisoformat(first), of.last == date.fromisoformat(last)
        one = and_(of.shop_id == source, *days, of.name == name)
        connection.execute(update(account_figure).where(one).values(shop_id=target))


def _named(connection: Connection, shop_id: str) -> list[list[str]]:
    of = account_figure.c
    query = select(of.first, of.last, of.name).where(of.shop_id == shop_id)
    return [[row.first.isoformat(), row.last.isoformat(), row.name] for row in connection.execute(query)
            if row.first is not None and row.last is not None]  # fmt: skip


def _sound(each: AccountFigure) -> None:
    if each.name not in ACCOUNT_FIGURES:
        raise StoreError(
            _(
                "'{name}' is no figure of an account. There are: {known}.",
                name=each.name[:40],
                known=", ".join(ACCOUNT_FIGURES),
            )
        )
    if not math.isfinite(each.value) or each.value < 0:
        raise StoreError(_("{figure}: a figure is a number from 0 on.", figure=_(ACCOUNT_FIGURES[each.name])))
    if each.last < each.first:
        raise StoreError(_("The last day, {last}, lies before the first, {first}.", last=each.last, first=each.first))
