"""Shops: made, changed, found by name."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert, select, update

from playbook.language import N_, _

from . import audit
from .errors import StaleError, StoreError
from .keys import new_key
from .records import Shop, ShopBenchmark
from .schema import benchmark, creator, shop

#: What may be changed of a shop.
FIELDS = ("name", "timezone", "currency", "market", "playbook_folder", "in_charge", "tags")
LABELS = {"name": N_("name"), "timezone": N_("time zone"), "currency": N_("currency"), "market": N_("market"),
          "playbook_folder": N_("folder of strategies"), "in_charge": N_("person in charge"),
          "tags": N_("tags")}  # fmt: skip
_COLUMNS = (shop.c.id, shop.c.name, shop.c.created_at, shop.c.timezone, shop.c.currency, shop.c.market,
            shop.c.playbook_folder, shop.c.looked_at, shop.c.in_charge, shop.c.tags)  # fmt: skip


def labels(values: Iterable[str]) -> str:
    """What was changed of a shop, for the audit list."""
    return ", ".join(LABELS[each] for each in values)


def listed(connection: Connection, shop_id: str | None = None) -> list[Shop]:
    """Shops that are not deleted, by name; with an id that one alone."""
    query = select(*_COLUMNS).where(shop.c.deleted_at.is_(None))
    names = select(creator.c.shop_id, creator.c.name)
    if shop_id is not None:
        query, names = query.where(shop.c.id == shop_id), names.where(creator.c.shop_id == shop_id)
    of: dict[str, list[str]] = {}
    for key, name in connection.execute(names):
        of.setdefault(key, []).append(name)
    found = [_shop(dict(row), sorted(of.get(row["id"], ()))) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda each: (key_of(each.name), each.id))


def _shop(row: Mapping[str, Any], creators: list[str]) -> Shop:
    """A time zone that this computer does not know (a damaged row, a backup from elsewhere) is not known at all."""
    found = Shop(**row, creators=tuple(creators))
    return found if found.timezone is None or known_zone(found.timezone) else replace(found, timezone=None)


def known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def one(connection: Connection, shop_id: str) -> Shop:
    """Raises StoreError when there is none, or it was deleted."""
    found = listed(connection, shop_id)
    if found:
        return found[0]
    gone = connection.execute(select(shop.c.name).where(shop.c.id == shop_id)).scalar()
    if gone is None:
        raise StoreError(_("There is no shop with the id '{shop_id}'.", shop_id=shop_id))
    raise StoreError(
        _("The shop '{shop}' was deleted. It lies in the trash on the data page, and can be brought back.", shop=gone)
    )


def key_of(name: str) -> str:
    """As names are compared: case, width and spaces do not make another shop."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def create(connection: Connection, now: datetime, values: Mapping[str, str | None]) -> str:
    """Add a shop; its id. Raises StoreError for a name that is empty or taken, or an unknown time zone."""
    key = new_key()
    row = checked(connection, values, None)
    more = {"name_key": key_of(str(row["name"])), "id": key, "created_at": now}
    connection.execute(insert(shop), [row | more])
    return key


def change(connection: Connection, shop_id: str, values: Mapping[str, str | None]) -> None:
    """Set some of FIELDS. Raises StoreError as `create` does."""
    one(connection, shop_id)
    row = checked(connection, values, shop_id)
    if "name" in row:
        row["name_key"] = key_of(str(row["name"]))
    if row:
        connection.execute(update(shop).where(shop.c.id == shop_id).values(**row))


def unchanged(
    connection: Connection, now: Shop, seen: Mapping[str, str | None], values: Mapping[str, str | None]
) -> None:
    """Raises StaleError when one of the values was changed since it was seen, and not to the same."""
    told = []
    for name, wanted in values.items():
        there = getattr(now, name) or ""
        if name in seen and there not in (seen[name] or "", (wanted or "").strip()):
            label = LABELS[name]
            thing = _("the {field} of {shop}", field=_(label), shop=now.name)
            whom = audit.who_changed(connection, now, "changed the shop", thing, label)
            told.append(_("Not saved: {change}. It is now: {value}", change=whom, value=there or _("empty")))
    if told:  # each of them: whoever saves once more has been told of all
        raise StaleError("\n".join(told))


def checked(connection: Connection, values: Mapping[str, str | None], shop_id: str | None) -> dict[str, str | None]:
    """The values without needless spaces; empty ones are unknown."""
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise StoreError(_("A shop has no '{name}'. It has: {known}.", name=unknown[0], known=", ".join(FIELDS)))
    row = {name: (value or "").strip() or None for name, value in values.items()}
    if row.get("name"):
        row["name"] = " ".join(str(row["name"]).split())  # one line, as trainees and people have: it stands in lists
    if "name" in row:
        if row["name"] is None:
            raise StoreError(_("A shop needs a name."))
        free_name(connection, row["name"], shop_id)
    if row.get("tags") is not None:
        row["tags"] = ", ".join(split_tags(str(row["tags"]))) or None
    zone = row.get("timezone")
    if zone is not None and not known_zone(zone):
        raise StoreError(
            _("There is no time zone '{zone}'. Write it like Asia/Jakarta or America/Sao_Paulo.", zone=zone)
        )
    if row.get("currency") is not None:
        code = row["currency"] = str(row["currency"]).upper()
        if len(code) != 3 or not code.isascii() or not code.isalpha():
            raise StoreError(
                _("'{typed}' is not a currency. Write its three letters, like USD or IDR.", typed=values["currency"])
            )
    return row


def split_tags(text: str) -> tuple[str, ...]:
    """Tags as they are typed, with commas between them: each once, without needless spaces."""
    found: dict[str, str] = {}
    for each in text.replace(";", ",").split(","):
        found.setdefault(key_of(each), " ".join(each.split()))
    return tuple(each for key, each in found.items() if key)


def free_name(connection: Connection, name: str, shop_id: str | None) -> None:
    """Raises StoreError when another shop has this name."""
    for other in listed(connection):
        if other.id != shop_id and key_of(other.name) == key_of(name):
            raise StoreError(_("There is a shop '{name}' already. Choose another name.", name=other.name))


def benchmarks(connection: Connection, shop_id: str) -> list[ShopBenchmark]:
    """In the order in which they were set; one whose row is damaged is left out."""
    columns = (benchmark.c.metric, benchmark.c.value, benchmark.c.source, benchmark.c.date)
    query = select(*columns).where(benchmark.c.shop_id == shop_id).order_by(benchmark.c.place)
    return [
        ShopBenchmark(*row)
        for row in connection.execute(query)
        if isinstance(row.value, float | int) and math.isfinite(row.value)
    ]


def set_benchmarks(connection: Connection, shop_id: str, wanted: Sequence[ShopBenchmark]) -> None:
    """Replace them all."""
    one(connection, shop_id)
    connection.execute(delete(benchmark).where(benchmark.c.shop_id == shop_id))
    rows = [{"id": new_key(), "shop_id": shop_id, "place": place, **vars(each)} for place, each in enumerate(wanted)]
    if rows:
        connection.execute(insert(benchmark), rows)
