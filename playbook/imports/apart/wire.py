"""What goes between the app and the process that reads files: plain JSON in frames, nothing that could run.

A process that took hostile files apart may itself have been taken over, so what it sends is not trusted: no pickle,
and every value is looked at before it becomes part of a Session. Frames are small, because decoding one holds up every
other thread of the app.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from math import nan
from typing import Any, BinaryIO, TypeVar

import numpy as np
import pandas as pd

from playbook.imports.results import Disagreement, Failure, FileReading, FilesRead, Question, Remark, UnknownTable
from playbook.model.session import Event, Product, Session, Slice, Source

#: LIVEs or remarks in one frame: some milliseconds of decoding. A trend may be long.
_CHUNK, _WITH_TREND = 200, 5
_LENGTH = 8
#: Nothing of an answer comes near it; files are sent in one, too.
MAX_FRAME = 64_000_000

T = TypeVar("T")


class TooLarge(Exception):  # noqa: N818 - there is nothing wrong with it but its size
    """An answer larger than whoever asked can keep."""


class Garbled(Exception):  # noqa: N818 - what it says is that the other side cannot be trusted
    """The other side ended in the middle, or sent what is no reading."""


def write(stream: BinaryIO, frame: bytes) -> None:
    """One frame: its length, then its bytes."""
    stream.write(len(frame).to_bytes(_LENGTH, "big"))
    stream.write(frame)


def read(stream: BinaryIO, most: int = MAX_FRAME) -> bytes:
    """The next frame. Raises Garbled at the end of the stream, and for a frame longer than `most`."""
    head = stream.read(_LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH or length > most:
        raise Garbled
    frame = stream.read(length)
    if len(frame) < length:
        raise Garbled
    return frame


def answer(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """The frames of an answer up to its end. Raises TooLarge when they have more bytes together."""
    total = 0
    while True:
        frame = read(stream)
        total += len(frame)
        if total > most:
            raise TooLarge
        yield frame
        if not frame:
            return


def pack(value: Any) -> bytes:
    """Plain values as JSON. Halves of signs stay what they are."""
    return json.dumps(value, separators=(",", ":"), default=dict).encode()


def frames(reading: FilesRead) -> Iterator[bytes]:
    """A reading in pieces; `gathered` puts them together. The last one is empty."""
    rest = {
        "picked": reading.picked,
        "files": [_plain(replace(file, warnings=(), disagreements=())) for file in reading.files],
        "questions": [_plain(each) for each in reading.questions],
        "failures": [_plain(each) for each in reading.failures],
        "unknown": [_plain(each) for each in reading.unknown],
    }
    yield pack(["rest", rest])
    for at, file in enumerate(reading.files):
        for some in _pieces(file.warnings):
            yield pack(["warnings", [at, [_plain(each) for each in some]]])
        for odd in _pieces(file.disagreements):
            yield pack(["disagreements", [at, [_plain(each) for each in odd]]])
    for kind, sessions in (("sessions", reading.sessions), ("replaced", reading.replaced), ("joined", reading.joined)):
        long = any(each.trend is not None for each in sessions)
        for lives in _pieces(sessions, _WITH_TREND if long else _CHUNK):
            yield pack([kind, plain_lives(lives)])
    yield b""


def gathered(pieces: Iterable[bytes]) -> FilesRead:
    """The reading that `frames` took apart. Raises Garbled for anything else."""
    rest: dict[str, Any] = {}
    lives: dict[str, list[Session]] = {"sessions": [], "replaced": [], "joined": []}
    remarks: dict[tuple[str, int], list[Any]] = {}
    try:
        for piece in pieces:
            if not piece:
                break
            kind, value = json.loads(piece)
            if kind == "rest":
                rest = value
            elif kind in lives:
                lives[kind] += lives_of(value)
            else:
                at, entries = value
                made = [_record(Remark if kind == "warnings" else Disagreement, each) for each in entries]
                remarks.setdefault((kind, at), []).extend(made)
        return FilesRead(
            tuple(lives["sessions"]),
            tuple(
                replace(
                    _record(FileReading, each),
                    warnings=tuple(remarks.get(("warnings", at), ())),
                    disagreements=tuple(remarks.get(("disagreements", at), ())),
                )
                for at, each in enumerate(rest["files"])
            ),
            tuple(_record(Question, each) for each in rest["questions"]),
            tuple(_record(Failure, each) for each in rest["failures"]),
            tuple(_record(UnknownTable, each) for each in rest["unknown"]),
            _maybe(_text, rest["picked"]),
            tuple(lives["replaced"]),
            tuple(lives["joined"]),
        )
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        raise Garbled from None


def plain_lives(lives: Sequence[Session]) -> list[Any]:
    """LIVEs as plain values. Figures stand together: to write each as a text takes most of the time of an answer."""
    return [
        _figures([each.counts for each in lives]),
        _figures([each.reported for each in lives]),
        [_session(each) for each in lives],
    ]


def lives_of(values: Any) -> list[Session]:
    """The LIVEs that `plain_lives` took apart; nothing is no LIVE."""
    if not values:
        return []
    counts, reported, others = values
    return [_session_of(*each) for each in zip(_figures_of(counts), _figures_of(reported), others, strict=True)]


def _pieces(items: Sequence[T], most: int = _CHUNK) -> Iterator[Sequence[T]]:
    for at in range(0, len(items), most):
        yield items[at : at + most]


def _plain(record: Any) -> list[Any]:
    """The fields of a record in their order; JSON knows neither tuples nor mappings of other kinds."""
    return [dict(value) if isinstance(value, Mapping) else value for value in vars(record).values()]


def _session(live: Session) -> list[Any]:
    values = vars(live).copy()
    values["start"], values["exported_at"] = _stamp(live.start), _stamp(live.exported_at)
    values["extra"] = dict(live.extra)
    values["approximate"] = sorted(live.approximate)
    values["source"] = None if live.source is None else _plain(live.source)
    if live.trend is not None:
        values["trend"] = _trend(live.trend)
    for kind in ("products", "events", "channels", "followers"):
        if values[kind]:
            values[kind] = [_plain(each) for each in values[kind]]
    return [values[name] for name in FIELDS]


#: What a LIVE is sent as, besides its figures.
FIELDS = tuple(name for name in Session.__dataclass_fields__ if name not in ("counts", "reported"))


def _session_of(counts: dict[str, float], reported: dict[str, float], values: list[Any]) -> Session:
    """Nearly all of an answer is sessions, so here kinds are asked of several values at once."""
    name, title, start, minutes, currency, exported_at, gmv_kind, host, creator, approximate, running = values[:11]
    trend, step, products, events, channels, followers, source, extra, notes = values[11:]
    words = (title, start, currency, exported_at, gmv_kind, host, creator)
    if not _WORD.issuperset(map(type, words)) or not _COUNT.issuperset((type(minutes), type(step))):
        raise TypeError
    return Session(
        id=_text(name),
        counts=counts,
        title=title,
        start=None if start is None else datetime.fromisoformat(start),
        duration_minutes=minutes,
        currency=currency,
        exported_at=None if exported_at is None else datetime.fromisoformat(exported_at),
        gmv_kind=gmv_kind,
        host=host,
        creator=creator,
        reported=reported,
        approximate=frozenset(_texts(approximate)),
        running=_flag(running),
        trend=None if trend is None else _trend_of(trend),
        trend_step=step,
        products=_records(products, _product),
        events=_records(events, _event),
        channels=_records(channels, _slice),
        followers=_records(followers, _slice),
        source=None if source is None else _source(source),
        extra=_named(extra, _TEXT),
        notes=_texts(notes),
    )


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _figures(of: Sequence[Mapping[str, float | None]]) -> list[Any]:
    """Named figures of several LIVEs: the names, and a row of doubles for each LIVE in which NaN is not known."""
    names = list(dict.fromkeys(name for each in of for name in each))
    rows = [nan if (value := each.get(name)) is None else value for each in of for name in names]
    return [names, len(of), b64encode(array("d", rows).tobytes()).decode()]


def _figures_of(value: Any) -> list[dict[str, float]]:
    names, many, data = value
    values = np.frombuffer(b64decode(_text(data), validate=True)).reshape(_row(many), len(_all(names, _TEXT)))
    return [{name: value for name, value in zip(names, row, strict=True) if value == value} for row in values.tolist()]


def _trend(frame: pd.DataFrame) -> list[Any]:
    values = np.ascontiguousarray(frame.to_numpy(dtype="float64"))
    return [[str(name) for name in frame.columns], b64encode(values.tobytes()).decode()]


def _trend_of(value: Any) -> pd.DataFrame:
    names, data = value
    values = np.frombuffer(b64decode(_text(data), validate=True), dtype="float64").reshape(-1, len(_texts(names)))
    return pd.DataFrame({name: values[:, at].copy() for at, name in enumerate(names)})


def _text(value: Any) -> str:
    if value.__class__ is not str:
        raise TypeError
    text: str = value
    return text


def _number(value: Any) -> float:
    if value.__class__ is not float and value.__class__ is not int:
        raise TypeError
    number: float = value
    return number


def _flag(value: Any) -> bool:
    if value.__class__ is not bool:
        raise TypeError
    return bool(value)


def _maybe(convert: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else convert(value)


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(_all(values, _TEXT)) if values else ()


Kinds = frozenset[Any]
_TEXT: Kinds = frozenset({str})
_WORD: Kinds = frozenset({str, type(None)})
_COUNT: Kinds = frozenset({int, float, type(None)})


def _all(values: Any, kinds: Kinds) -> Any:
    """A list of nothing but these kinds; asked of all at once, which most of the time of an answer goes into."""
    if values.__class__ is not list or not kinds.issuperset(map(type, values)):
        raise TypeError
    return values


def _named(values: Any, kinds: Kinds) -> Any:
    """The same for what has names, which in JSON are texts."""
    if values.__class__ is not dict or not kinds.issuperset(map(type, values.values())):
        raise TypeError
    return values


def _records(values: Any, made: Callable[[Any], T]) -> tuple[T, ...]:
    if values.__class__ is not list:
        raise TypeError
    return tuple(map(made, values)) if values else ()


def _product(values: Any) -> Product:
    code, name, counts, price, pinned = values
    return Product(_maybe(_text, code), _maybe(_text, name), _named(counts, _COUNT), _maybe(_number, price),
                   _maybe(_number, pinned))  # fmt: skip


def _event(values: Any) -> Event:
    kind, minute, end, *words = values
    detail, product, note = (_maybe(_text, each) for each in words)
    return Event(_text(kind), _number(minute), _maybe(_number, end), detail, product, note)


def _slice(values: Any) -> Slice:
    name, counts, shares = values
    return Slice(_text(name), _named(counts, _COUNT), _named(shares, _COUNT))


def _source(values: Any) -> Source:
    file, profile, row = values
    return Source(_text(file), _text(profile), _maybe(_row, row))


def _row(value: Any) -> int:
    if value.__class__ is not int:
        raise TypeError
    return int(value)


#: How a field of the small records is looked at, by its annotation: another field of a kind known here goes along.
_KINDS: dict[str, Callable[[Any], Any]] = {
    "str": _text,
    "int": _row,
    "float": _number,
    "bool": _flag,
    "str | None": lambda value: _maybe(_text, value),
    "int | None": lambda value: _maybe(_row, value),
    "tuple[str, ...]": _texts,
    "tuple[tuple[str, ...], ...]": lambda value: tuple(map(_texts, value)),
    "Mapping[str, str]": lambda value: _named(value, _TEXT),
    "tuple[Remark, ...]": lambda _value: (),  # in frames of their own
    "tuple[Disagreement, ...]": lambda _value: (),
}


def _record(made: type[T], values: Any) -> T:
    """A record of fields that `_plain` took apart."""
    kinds = _LOOKED_AT[made]
    return made(*[look(value) for look, value in zip(kinds, values, strict=True)])


_LOOKED_AT: dict[Any, list[Callable[[Any], Any]]] = {
    record: [_KINDS[str(each.type)] for each in fields(record)]
    for record in (Question, Failure, FileReading, UnknownTable, Remark, Disagreement)
}
