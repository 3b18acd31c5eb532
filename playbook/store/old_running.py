"""LIVEs noted by earlier versions of this program, which kept them in files of the user's folder: read for the store.

One CSV a LIVE in `event_pads` held what was tapped, one folder a LIVE in `running_lives` the totals. What was stored is
put aside in `taken_over`, never deleted. A text longer than the store keeps is cut; a row that cannot be read is left
out and counted.
"""

from __future__ import annotations

import hashlib
import io
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from playbook import userdata
from playbook.model.running import END, NOTED, SPANS, RunningLive, Tap, TotalsRow
from playbook.model.session import CHANNELS, EVENT_TYPES

from .running_rows import LIMITS

_STAMP = "%Y-%m-%d_%H%M%S"
_MOMENT = "%Y-%m-%d %H:%M:%S"
_ASIDE = "taken_over"


@dataclass(frozen=True)
class Old:
    """A LIVE as its files have it. `unread` rows could not be read."""

    live: RunningLive
    paths: tuple[Path, ...]
    unread: int = 0

    def put_aside(self) -> None:
        """Raises OSError where the files cannot be moved."""
        for path in self.paths:
            place = userdata.folder() / _ASIDE / path.parent.name
            place.mkdir(parents=True, exist_ok=True)
            taken = {each.name for each in place.iterdir()}
            names = (path.name, *(f"{path.stem}-{n}{path.suffix}" for n in range(2, len(taken) + 3)))
            path.rename(place / next(each for each in names if each not in taken))


def found() -> tuple[list[Old], list[Path]]:
    """What stands in the user's folder, oldest first, and files of which nothing can be read."""
    begun: dict[datetime, list[tuple[RunningLive, Path, int]]] = {}
    unusable = []
    home = userdata.folder()
    for paths, form, read in (
        (home.glob("event_pads/events_*.csv"), f"events_{_STAMP}.csv", _pad),
        (home.glob("running_lives/live_*"), f"live_{_STAMP}", _log),
    ):
        for path in sorted(paths):
            try:
                start = datetime.strptime(path.name, form)
                live, unread = read(path, start)
            except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
                unusable.append(path)
            else:
                begun.setdefault(start, []).append((live, path, unread))
    return [_together(parts) for _, parts in sorted(begun.items())], unusable


def _together(parts: list[tuple[RunningLive, Path, int]]) -> Old:
    """The taps and the totals of one LIVE, under ids made of what they say: taken over twice they are the same."""
    lives = [live for live, _, _ in parts]
    log = lives[-1]
    taps = next((each.taps for each in lives if each.taps), ())
    stem = hashlib.sha256(repr((log, taps)).encode("utf-8", "replace")).hexdigest()[:26]
    ids = {tap.id: f"{stem}t{place:05d}" for place, tap in enumerate(taps)}
    live = replace(
        log,
        id=f"{stem}live00"[:32],
        taps=tuple(replace(each, id=ids[each.id], ends=ids.get(each.ends or "")) for each in taps),
        rows=tuple(replace(each, id=f"{stem}r{place:05d}") for place, each in enumerate(log.rows)),
    )
    return Old(live, tuple(path for _, path, _ in parts), sum(unread for _, _, unread in parts))


def _table(path: Path) -> list[dict[str, str]]:
    """Not by the csv module, whose cells end at 131,072 characters with an error."""
    text = path.read_text(encoding="utf-8")
    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, index_col=False)
    return [{str(name): str(cell) for name, cell in row.items()} for row in frame.to_dict("records")]


def _pad(path: Path, start: datetime) -> tuple[RunningLive, int]:
    taps: list[Tap] = []
    unread = 0
    rows = _table(path)
    for place, row in enumerate(rows):
        try:
            if row["type"] not in EVENT_TYPES:
                raise ValueError(row["type"])
            tap = Tap(
                _evening(start, row["time"]), row["type"], row["product"] or None, row["detail"] or None,
                row["note"] or None, id=str(place),
            ).fitted()  # fmt: skip
            end = _evening(start, row["end"]) if row["end"] else None
        except ValueError:
            unread += 1
            continue
        taps.append(tap)
        if end is not None and tap.type in SPANS:
            taps.append(Tap(end, END, ends=tap.id, id=f"end of {place}"))
    return RunningLive(start, taps=tuple(sorted(taps, key=lambda each: each.at))), unread


def _log(path: Path, start: datetime) -> tuple[RunningLive, int]:
    about: Mapping[str, Any] = json.loads((path / "live.json").read_text(encoding="utf-8"))
    rows, unread = [], 0
    for place, cells in enumerate(_table(path / "totals.csv")):
        try:
            counts = {name: float(cells[name]) for name in NOTED if cells.get(name)}
            if any(value - value != 0 for value in counts.values()):
                raise ValueError("not finite")
            rows.append(TotalsRow(datetime.strptime(cells["time"], _MOMENT), counts, id=str(place)))
        except ValueError:
            unread += 1
    watching = str(about["watching"]) if about["watching"] else None
    currency = about["currency"]
    shares = {name: float(about["shares"][name]) for name in CHANNELS if name in about["shares"]}
    live = RunningLive(
        start,
        tuple(rows),
        currency=currency if isinstance(currency, str) and len(currency) <= LIMITS["currency"] else None,
        shares={name: share for name, share in shares.items() if 0 <= share <= 1},
        watching=watching,
        watching_on=platform.node() if watching else None,
        totals=bool(about["totals"]),
        end=datetime.strptime(about["end"], _MOMENT) if about["end"] else None,
    )
    return live, unread


def _evening(start: datetime, clock: str) -> datetime:
    """A clock time on the evening of `start`; what is earlier than the start is past midnight."""
    at = datetime.combine(start.date(), datetime.strptime(clock, "%H:%M:%S").time())
    return at if at >= start - timedelta(hours=1) else at + timedelta(days=1)
