"""Sessions of many shops in Parquet: a column `shop`, else the columns of our CSV template of LIVEs.

Each shop's rows become that template and go the same road as a file, so that every check of a cell holds here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.language import _
from playbook.model.session import UnusableFile

from .records import Job

if TYPE_CHECKING:
    import pyarrow as pa

#: Text, whatever type a writer gave it: a Room ID kept as a number must not be rounded.
_TEXT = frozenset({"session_id", "title", "host", "creator", "currency"})


def parquet_jobs(source: Path) -> Iterator[Job]:
    """One job a shop, by name. Raises UnusableFile for what is no Parquet, or has no `shop` or no rows.

    A folder may be partitioned as `shop=NAME/`.
    """
    table = _table(source)
    if "shop" not in table.column_names:
        there = ", ".join(table.column_names[:12])
        raise UnusableFile(
            _(
                "{file}: has no column 'shop' that says whose LIVE a row is. There are: {there}.",
                file=source,
                there=there,
            )
        )
    if not table.num_rows:
        raise UnusableFile(_("{file}: has no rows. Expected one row a LIVE.", file=source))
    return _split(table)


def _table(source: Path) -> pa.Table:
    import pyarrow as pa
    import pyarrow.dataset as ds

    # Partition names are text: `shop=0042` is not the shop 42.
    partitions = ds.partitioning(pa.schema([("shop", pa.string())]), flavor="hive") if source.is_dir() else None
    try:
        return ds.dataset(source, format="parquet", partitioning=partitions).to_table()
    except pa.ArrowInvalid as error:
        reason = str(error).splitlines()[0]
        raise UnusableFile(
            _("{file}: cannot be read as Parquet ({why}). Write it again, or give CSV.", file=source, why=reason)
        ) from None


def _split(table: pa.Table) -> Iterator[Job]:
    import numpy as np

    shops = ["" if each is None else str(each).strip() for each in table.column("shop").to_pylist()]
    names = np.array(shops, dtype=object)
    order = np.argsort(names, kind="stable")
    edges = np.flatnonzero(np.append(True, names[order][1:] != names[order][:-1]))
    for rows in np.split(order, edges[1:]):
        name = shops[rows[0]]
        if name:
            yield Job(name, table=_csv(table.drop_columns("shop").take(rows)))
        else:
            yield Job(
                "(no shop)",
                wrong=_("{count} rows name no shop. Fill in the column 'shop'.", count=format(len(rows), ",")),
            )


def _csv(part: pa.Table) -> bytes:
    from playbook.store.csv_files import table

    header = part.column_names
    rows = [{name: _cell(name, row[name]) for name in header} for row in part.to_pylist()]
    return table(header, rows).encode()


def _cell(name: str, value: Any) -> Any:
    if value is None or isinstance(value, datetime | str):
        return value
    if name in _TEXT:
        return str(value)
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
