"""A session as text and bytes, and back, exactly.

The totals of one export are one JSON text; trend, products, events, channels and followers are parts of their
own, because they come from other files and outlive a later list.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from playbook.imports.formats.json_text import whole
from playbook.model.session import Event, Product, Session, Slice, Source

#: What a part may be.
KINDS = ("trend", "products", "events", "channels", "followers")
_PLAIN = ("id", "title", "duration_minutes", "currency", "gmv_kind", "host", "creator", "running", "trend_step")


def totals(session: Session) -> str:
    """Everything of a session but its parts, as JSON. Numbers come back to the last bit."""
    return json.dumps(_totals(session), default=_bare)  # escaped, so that no database has to hold odd characters


def _totals(session: Session) -> dict[str, Any]:
    source = session.source
    return {name: getattr(session, name) for name in _PLAIN} | {
        "start": _iso(session.start),
        "exported_at": _iso(session.exported_at),
        "counts": dict(session.counts),
        "reported": dict(session.reported),
        "approximate": sorted(session.approximate),
        "source": None if source is None else [source.file, source.profile, source.row],
        "extra": dict(session.extra),
        "notes": list(session.notes),
    }


def digest(session: Session) -> str:
    """The same for the same values, whichever file they stood in and whenever it was made."""
    values = _totals(session)
    for name in ("id", "exported_at", "trend_step"):
        del values[name]
    values["counts"] = {name: None if count is None else float(count) for name, count in session.counts.items()}
    values["source"] = None if session.source is None else session.source.profile
    return _hash(json.dumps(values, sort_keys=True, default=_bare).encode())


def session(text: str) -> Session:
    """The totals that `totals` wrote, without parts. Raises ValueError, TypeError or KeyError for anything else."""
    values: dict[str, Any] = whole(text, json.loads(text))
    source = values["source"]
    _as_written(values)
    return Session(
        **{name: values[name] for name in _PLAIN},
        start=_moment(values["start"]),
        exported_at=_moment(values["exported_at"]),
        counts=values["counts"],
        reported=values["reported"],
        approximate=frozenset(values["approximate"]),
        source=None if source is None else Source(*source),
        extra=values["extra"],
        notes=tuple(values["notes"]),
    )


def _as_written(values: Mapping[str, Any]) -> None:
    """Raises TypeError where a value is of another kind than `totals` writes: it would fail far from here."""
    numbers = [*values["counts"].values(), *values["reported"].values(), values["duration_minutes"]]
    texts = [values[name] for name in ("id", "title", "currency", "gmv_kind", "host", "creator")]
    if any(each is not None and type(each) not in (int, float) for each in numbers):
        raise TypeError("a count is no number")
    if any(each is not None and type(each) is not str for each in (*texts, *values["notes"], *values["approximate"])):
        raise TypeError("a name is no text")


def parts(session: Session) -> dict[str, bytes]:
    """The parts that a session has, by kind, as `given`."""
    trend = None if session.trend is None else (session.trend, session.trend_step)
    some = (session.products or None, session.events or None, session.channels or None, session.followers or None)
    return given(trend, *some)


def given(
    trend: tuple[pd.DataFrame, float | None] | None,
    products: Sequence[Product] | None,
    events: Sequence[Event] | None,
    channels: Sequence[Slice] | None,
    followers: Sequence[Slice] | None,
) -> dict[str, bytes]:
    """The parts that are not None, by kind: plain bytes, which `pack` makes small for the table."""
    records = {"products": products, "events": events, "channels": channels, "followers": followers}
    found = {} if trend is None else {"trend": trend_bytes(*trend)}
    return found | {kind: _json([vars_of(one) for one in each]) for kind, each in records.items() if each is not None}


def vars_of(record: Event | Product | Slice) -> dict[str, Any]:
    """The fields of a record; mappings as plain dicts."""
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in vars(record).items()}


def with_parts(session: Session, found: Mapping[str, bytes]) -> Session:
    """The session with its parts as they stand in the table."""
    found = {kind: zlib.decompress(data) for kind, data in found.items()}
    changes: dict[str, Any] = {}
    if "trend" in found:
        changes["trend"], changes["trend_step"] = trend_of(found["trend"])
    if "products" in found:
        changes["products"] = tuple(Product(**each) for each in json.loads(found["products"]))
    if "events" in found:
        changes["events"] = tuple(Event(**each) for each in json.loads(found["events"]))
    for kind in ("channels", "followers"):
        if kind in found:
            changes[kind] = tuple(Slice(**each) for each in json.loads(found[kind]))
    return replace(session, **changes) if changes else session


def readable(kind: str, data: bytes) -> None:
    """Read a part's plain bytes as `with_parts` does. Raises ValueError, KeyError or TypeError where that fails."""
    if kind not in KINDS:
        raise ValueError(f"no part of a LIVE is called {kind[:40]!r}")
    if kind == "trend":
        trend_of(data)
        return
    make = {"products": Product, "events": Event, "channels": Slice, "followers": Slice}[kind]
    for each in json.loads(data):
        make(**each)


def trend_bytes(trend: pd.DataFrame, step: float | None) -> bytes:
    """A header with names and types, then the columns: numbers as they are in memory, anything else as JSON."""
    columns: list[list[Any]] = []
    raw = b""
    for name in trend.columns:
        column = trend[name]
        if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiub":
            values = column.to_numpy().astype(column.dtype.newbyteorder("<"))
            columns.append([str(name), str(column.dtype), None])
            raw += values.tobytes()
        else:
            plain = [None if pd.isna(value) else value for value in column]
            columns.append([str(name), str(column.dtype), plain])
    header = json.dumps({"rows": len(trend), "step": step, "columns": columns}, default=_bare).encode()
    return struct.pack("<I", len(header)) + header + raw


def trend_of(data: bytes) -> tuple[pd.DataFrame, float | None]:
    """The frame and its step in minutes."""
    (length,) = struct.unpack_from("<I", data)
    header = json.loads(data[4 : 4 + length])
    at, rows = 4 + length, header["rows"]
    columns: dict[str, Any] = {}
    for name, kind, plain in header["columns"]:
        if plain is not None:
            columns[name] = pd.Series(plain, dtype=kind)
            continue
        dtype = np.dtype(kind)
        columns[name] = np.frombuffer(data, dtype.newbyteorder("<"), rows, at).astype(dtype)
        at += rows * dtype.itemsize
    return pd.DataFrame(columns, index=pd.RangeIndex(rows)), header["step"]


def part_digest(data: bytes) -> str:
    """The same for the same content of a part."""
    return _hash(data)


def pack(data: bytes) -> bytes:
    """A part as it stands in the table."""
    return zlib.compress(data, 6)


def _json(values: Any) -> bytes:
    return json.dumps(values, default=_bare).encode()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bare(value: Any) -> Any:
    """Numbers of numpy as Python's own."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a session cannot hold {type(value).__name__}")


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
