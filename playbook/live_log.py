"""Running totals of a LIVE while it runs: what the dashboard shows, noted every few minutes.

One folder a LIVE under the user's data folder, written at every row so that nothing is lost. The totals stand in a
CSV of our own columns, next to `live.json` with what was answered once (the shares of channels, a file to watch, the
end). `Log.trend` turns the totals into an evenly spaced trend; `files_of` makes templates of ours, so that a finished
LIVE takes the same road as any upload.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .session import CHANNELS, COUNTS, Session, Slice
from .userdata import folder, write_whole

#: What may be noted: what a dashboard adds up while the LIVE runs.
NOTED = tuple(name for name in COUNTS if name != "viewers")
#: These never fall while a LIVE runs; cancelled orders take GMV and SKU orders back, people unfollow and unlike.
NEVER_FALL = frozenset({"impressions", "views", "product_impressions", "product_clicks", "comments", "shares"})
#: A log with no end and no row for so long is not the LIVE that runs now.
GIVEN_UP = timedelta(hours=12)
#: Between rows further apart than so many steps nothing is said of the minutes.
_HOLE = 2.5
_STAMP = "%Y-%m-%d_%H%M%S"


@dataclass(frozen=True)
class Row:
    """Totals since the start of the LIVE as shown at `at`, the shop's wall clock; what was not read is missing."""

    at: datetime
    counts: Mapping[str, float]


@dataclass(frozen=True)
class Log:
    """The rows of one LIVE by time. `shares` are fractions of views by channel.

    `watching` is a file to read instead; `totals` says that its rows hold everything since the start.
    """

    start: datetime
    rows: tuple[Row, ...] = ()
    currency: str | None = None
    shares: Mapping[str, float] = field(default_factory=dict)
    watching: str | None = None
    totals: bool = False
    end: datetime | None = None

    @property
    def path(self) -> Path:
        return logs_folder() / f"live_{self.start:{_STAMP}}"

    @property
    def minutes(self) -> float:
        """How far into the LIVE the last row is."""
        return self.minute(self.rows[-1].at) if self.rows else 0.0

    def minute(self, at: datetime) -> float:
        return (at - self.start).total_seconds() / 60

    def added(self, row: Row) -> Log:
        """With one more row; a row for the same time replaces the one there was."""
        rows = [each for each in self.rows if each.at != row.at]
        return replace(self, rows=tuple(sorted((*rows, row), key=lambda each: each.at)))

    def without(self, index: int) -> Log:
        return replace(self, rows=tuple(row for at, row in enumerate(self.rows) if at != index))

    def trend(self) -> tuple[pd.DataFrame, float] | None:
        """What came in each stretch of `step` minutes: `minute` and counts, the last stretch ending at the last row.

        The step is the commonest distance between rows. Totals noted at uneven times are laid on it along straight
        lines; where rows are further apart than two and a half steps the minutes between stay unknown. None with
        fewer than two stretches.
        """
        times = np.array([self.minute(row.at) for row in self.rows])
        if len(times) < 2 or times[-1] <= 0:
            return None
        step = _step(times)
        edges = np.arange(times[-1], -1e-6, -step)[::-1]
        if len(edges) < 3:
            return None
        columns = {"minute": edges[:-1]}
        for name in NOTED:
            known = [(self.minute(row.at), row.counts[name]) for row in self.rows if name in row.counts]
            if known:
                columns[name] = _between(known, edges, step, whole=name != "gmv")
        return pd.DataFrame(columns), step

    def session(self, **more: Any) -> Session:
        """The LIVE so far, still running. A count that the last row does not have is unknown."""
        last = dict(self.rows[-1].counts) if self.rows else {}
        drawn = self.trend()
        return Session(
            id=f"noted {self.start:%Y-%m-%d %H:%M:%S}",
            counts=last,
            start=self.start,
            duration_minutes=(self.minute(self.end) if self.end else self.minutes) or None,
            currency=self.currency,
            running=True,
            trend=drawn[0] if drawn else None,
            trend_step=drawn[1] if drawn else None,
            channels=tuple(Slice(name, {}, {"views": share}) for name, share in self.shares.items()),
            **more,
        )

    def save(self) -> None:
        """Raises OSError when the folder cannot be written."""
        rows = [[f"{row.at:%Y-%m-%d %H:%M:%S}", *(_cell(row, name) for name in NOTED)] for row in self.rows]
        about = {
            "currency": self.currency,
            "shares": dict(self.shares),
            "watching": self.watching,
            "totals": self.totals,
            "end": f"{self.end:%Y-%m-%d %H:%M:%S}" if self.end else None,
        }
        write_whole(self.path / "totals.csv", _csv([["time", *NOTED], *rows]).decode())
        write_whole(self.path / "live.json", json.dumps(about, ensure_ascii=False))


def files_of(session: Session) -> dict[str, bytes]:
    """A noted LIVE as files of our own templates by name: totals, trend, channels; empty where nothing was counted.

    `session` has a start; its trend, if any, an even step.
    """
    totals = {name: value for name, value in session.counts.items() if value is not None and name in COUNTS}
    if not totals or session.start is None:
        return {}
    stamp = f"{session.start:%Y-%m-%d_%H%M}"
    began = f"{session.start:%Y-%m-%d %H:%M:%S}"
    row = [f"noted {began}", began, f"{session.duration_minutes or 0:.1f}", session.currency or ""]
    head = ["session_id", "start", "minutes", "currency", *totals]
    made = {f"live_{stamp}.csv": _csv([head, [*row, *map(_plain, totals.values())]])}
    if session.trend is not None:
        names = ["minute", *(name for name in session.trend if name in COUNTS)]
        lines = session.trend[names].to_numpy(dtype=float).tolist()
        cells = [["" if value != value else _plain(value) for value in line] for line in lines]
        made[f"live_{stamp}_trend.csv"] = _csv([names, *cells])
    shares = [(each.name, each.shares["views"]) for each in session.channels if each.shares.get("views") is not None]
    if shares:
        lines_of = [[name, f"{share:.2%}"] for name, share in shares if share is not None]
        made[f"live_{stamp}_channels.csv"] = _csv([["channel", "views"], *lines_of])
    return made


def problems(log: Log, row: Row) -> list[str]:
    """What cannot be in a new row, in words for the person who typed it; empty when it fits."""
    found = []
    minute = log.minute(row.at)
    if minute < 0:
        found.append(f"{row.at:%H:%M} is before the LIVE began at {log.start:%H:%M}. Give a time during the LIVE.")
    if not row.counts:
        found.append("Type at least one number as the dashboard shows it now.")
    others = [each for each in log.rows if each.at != row.at]
    for name, value in row.counts.items():
        if name not in NEVER_FALL:
            continue
        label = name.replace("_", " ").capitalize()
        before = next((each for each in reversed(others) if each.at < row.at and name in each.counts), None)
        after = next((each for each in others if each.at > row.at and name in each.counts), None)
        if before is not None and value < before.counts[name]:
            found.append(
                f"{label}: {value:,.0f} is less than the {before.counts[name]:,.0f} noted at {before.at:%H:%M}, and "
                "totals never fall. Correct this number, or remove the earlier row if that one is wrong."
            )
        if after is not None and value > after.counts[name]:
            found.append(
                f"{label}: {value:,.0f} is more than the {after.counts[name]:,.0f} noted later, at {after.at:%H:%M}. "
                "Correct this number, or remove the later row if that one is wrong."
            )
    return found


def logs_folder() -> Path:
    return folder() / "running_lives"


def saved() -> list[Log]:
    """Every log kept, newest first; a folder that holds none is passed over."""
    found = [log for path in logs_folder().glob("live_*") if (log := _read(path)) is not None]
    return sorted(found, key=lambda each: each.start, reverse=True)


def running(now: datetime) -> Log | None:
    """The log that has not ended, the newest, if it may still be going on."""
    return next((log for log in saved() if log.end is None and recent(log, now)), None)


def recent(log: Log, now: datetime) -> bool:
    """Whether the last row, or the start, is not long ago."""
    return now - max([log.start, *(row.at for row in log.rows)]) < GIVEN_UP


def _read(path: Path) -> Log | None:
    try:
        start = datetime.strptime(path.name, f"live_{_STAMP}")
        about = json.loads((path / "live.json").read_text(encoding="utf-8"))
        rows = csv.DictReader(io.StringIO((path / "totals.csv").read_text(encoding="utf-8")))
        return Log(
            start,
            tuple(_row(each) for each in rows),
            about["currency"],
            {name: float(about["shares"][name]) for name in CHANNELS if name in about["shares"]},
            about["watching"],
            bool(about["totals"]),
            _moment(about["end"]) if about["end"] else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError, csv.Error):
        return None


def _row(cells: Mapping[str, str]) -> Row:
    return Row(_moment(cells["time"]), {name: float(cells[name]) for name in NOTED if cells.get(name)})


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")


def _cell(row: Row, name: str) -> str:
    return _plain(row.counts[name]) if name in row.counts else ""


def _plain(value: float) -> str:
    return f"{value:.10g}"


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _step(times: np.ndarray) -> float:
    """Whole minutes, at least one: the middle distance between rows, the start of the LIVE being one."""
    gaps = np.diff(np.concatenate(([0.0], times)))
    gaps = gaps[gaps > 0]
    return float(max(1.0, np.round(np.median(gaps))))


def _between(known: Sequence[tuple[float, float]], edges: np.ndarray, step: float, whole: bool) -> np.ndarray:
    """What came between neighbouring edges, NaN where the rows around are too far apart or there are none."""
    at = np.array([0.0, *(minute for minute, _ in known)])
    total = np.array([0.0, *(value for _, value in known)])
    sums = np.interp(edges, at, total)
    came = np.diff(np.round(sums) if whole else np.round(sums, 2))
    middle = (edges[:-1] + edges[1:]) / 2
    after = np.searchsorted(at, middle)
    outside = after >= len(at)
    width = at[np.minimum(after, len(at) - 1)] - at[np.maximum(after - 1, 0)]
    return np.where(outside | (width > _HOLE * step), np.nan, came)
