"""Everything of a shop as CSV in one zip, in the layouts of our own templates, so that it can be read back."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from playbook.model.session import CHANNELS, COUNTS, EXTRA_COUNTS, Session, Slice
from playbook.model.transcript import Transcript
from playbook.spreadsheet import csv_text, no_formula
from playbook.templates import TEMPLATES

from .records import Assignment, LearningResult, Mark, Shop, ShopBenchmark, Target, Trainee, Version

_HEADERS = {template.name: template.header for template in TEMPLATES}
_MORE = ("creator", *(name for name in EXTRA_COUNTS if name != "avg_viewing_seconds"), "gmv_kind", "exported_at",
         "note", "reviewed_at", "parts")  # fmt: skip


def write_zip(
    path: Path,
    shop: Shop,
    sessions: Iterable[Session],
    marks: Mapping[str, Mark],
    versions: Mapping[str, Sequence[Version]],
    benchmarks: Sequence[ShopBenchmark],
) -> None:
    """One zip: sessions.csv, a folder for each kind of part with a file a LIVE, every export, and the shop."""
    rows, taken = [], set[str]()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for session in sessions:
            stem = _stem(session.id, taken)
            files = _part_files(session)
            for kind, text in files.items():
                archive.writestr(f"{kind}/{stem}.csv", text)
            rows.append(_session(session, marks.get(session.id), stem if files else ""))
        header = (*_HEADERS["sessions"], *_MORE)
        used = [name for name in header if name in _HEADERS["sessions"] or any(row.get(name) for row in rows)]
        archive.writestr("sessions.csv", table(used, rows))
        archive.writestr("exports.csv", _exports(versions))
        archive.writestr("shop.csv", table(_SHOP, [{name: getattr(shop, name) for name in _SHOP}]))
        archive.writestr("benchmarks.csv", table(_BENCHMARK, [vars(each) for each in benchmarks]))


def add_people(
    path: Path, trainees: Sequence[Trainee], results: Sequence[LearningResult], assignments: Sequence[Assignment]
) -> None:
    """Put trainees.csv, results.csv and assignments.csv into the zip; nothing where nobody learns."""
    if not trainees:
        return
    names = {each.id: each.name for each in trainees}
    done = [
        {**vars(each), "trainee": names[each.trainee_id], "passed": "yes" if each.passed else "no",
         "detail": json.dumps(each.detail, ensure_ascii=False)}
        for each in results
    ]  # fmt: skip
    asked = [{**vars(each), "trainee": names[each.trainee_id]} for each in assignments]
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trainees.csv", table(["trainee"], [{"trainee": each.name} for each in trainees]))
        archive.writestr("results.csv", table(_RESULT, done))
        archive.writestr("assignments.csv", table(_ASSIGNMENT, asked))


def add_running(path: Path, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Put running.csv, taps.csv and totals.csv into the zip; nothing where no LIVE was noted while it ran."""
    if not found["running"]:
        return
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, header in _RUNNING.items():
            archive.writestr(f"{name}.csv", table(header, found[name]))


def add_aims(path: Path, levels: Mapping[str, datetime], targets: Sequence[Target]) -> None:
    """Put levels.csv (accepted as the new usual) and targets.csv into the zip, as far as there are some."""
    since = [{"metric": metric, "since": each} for metric, each in levels.items()]
    found = (("levels", ("metric", "since"), since), ("targets", _TARGET, [vars(each) for each in targets]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, header, rows in found:
            if rows:
                archive.writestr(f"{name}.csv", table(header, rows))


def add_transcripts(path: Path, found: Mapping[str, Transcript]) -> None:
    """Put transcripts/ into the zip, a file a LIVE: seconds on its clock and what was said. By id of the LIVE."""
    taken = set[str]()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for session_id, each in found.items():
            rows = [{"session_id": session_id, **vars(line)} for line in each.on_live()]
            archive.writestr(f"transcripts/{_stem(session_id, taken)}.csv", table(_SPOKEN, rows))


_SPOKEN = ("session_id", "begin", "end", "text")
_RUNNING = {
    "running": ("id", "started_at", "ended_at", "title", "currency", "who", "ended_by"),
    "taps": ("running_id", "started_at", "id", "at", "kind", "product", "detail", "note", "ends", "who", "undone"),
    "totals": ("running_id", "started_at", "at", "kind", *COUNTS, *CHANNELS, "who", "undone"),
}
_RESULT = ("trainee", "kind", "item", "at", "score", "passed", "detail")
_ASSIGNMENT = ("trainee", "kind", "item", "due", "asked_at", "many")
_SHOP = ("name", "timezone", "currency", "market", "playbook_folder")
_TARGET = ("metric", "value", "hours", "set_at")
_BENCHMARK = ("metric", "value", "source", "date")


def table(header: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV with the byte order mark by which spreadsheets know UTF-8."""
    return csv_text(
        [[*map(no_formula, header)], *([cell(row.get(name)) for name in header] for row in rows)], mark=True
    )


def cell(value: Any) -> str:
    """Empty for unknown; plain numbers; text that a spreadsheet would run gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", timespec="minutes" if not value.second else "seconds")
    if isinstance(value, int | float):
        return number(float(value))
    return no_formula(str(value).replace("\0", ""))


def number(value: float) -> str:
    """Digits and a point, never with three decimals, which could be thousands."""
    if value != value:
        return ""
    text = f"{value:.15g}" if float(f"{value:.15g}") == value else repr(value)
    if "e" in text or "inf" in text:
        text = f"{value:f}"
    if value == int(value):
        return str(int(value))
    return f"{text}0" if re.search(r"\.\d{3}$", text) else text


def session_row(session: Session) -> dict[str, Any]:
    """The columns of our template, and what else is known of a LIVE."""
    return {
        **session.counts,
        "session_id": session.id,
        "start": session.start,
        "minutes": session.duration_minutes,
        "title": session.title,
        "host": session.host,
        "currency": session.currency,
        "creator": session.creator,
        "gmv_kind": session.gmv_kind,
        "exported_at": session.exported_at,
    }


def _session(session: Session, mark: Mark | None, parts: str) -> dict[str, Any]:
    row = session_row(session) | {"parts": parts}
    return row if mark is None else row | {"note": mark.note, "reviewed_at": mark.reviewed_at}


def _part_files(session: Session) -> dict[str, str]:
    files = {}
    if session.trend is not None:
        columns = [str(name) for name in session.trend.columns]
        lines = session.trend.to_dict("records")
        files["trend"] = table(columns, [{name: _known(line[name]) for name in columns} for line in lines])
    if session.products:
        rows = [
            {**each.counts, "product_id": each.product_id, "product": each.name, "price": each.price,
             "pinned_minutes": each.pinned_minutes}
            for each in session.products
        ]  # fmt: skip
        files["products"] = table(_header("products", rows), rows)
    if session.events:
        rows = [
            {"minute": each.minute, "type": each.type, "detail": each.detail, "end": each.end_minute,
             "product": each.product, "note": each.note}
            for each in session.events
        ]  # fmt: skip
        files["events"] = table(_HEADERS["events"], rows)
    for kind, name, slices in (
        ("channels", "channel", session.channels),
        ("followers", "audience", session.followers),
    ):
        if slices:
            rows = [_slice(name, each) for each in slices]
            files[kind] = table(_header(kind, rows), rows)
    return files


def _header(kind: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    more = [name for name in (*COUNTS, *EXTRA_COUNTS) if any(row.get(name) is not None for row in rows)]
    return list(dict.fromkeys((*_HEADERS[kind], *more)))


def _slice(name: str, part: Slice) -> dict[str, Any]:
    shares = {count: f"{number(round(share * 100, 10))}%" for count, share in part.shares.items() if share is not None}
    return {name: part.name, **shares, **{count: value for count, value in part.counts.items() if value is not None}}


def _exports(versions: Mapping[str, Sequence[Version]]) -> str:
    rows = [
        {**each.session.counts, "live": name, "number": each.number, "exported": each.exported_at,
         "imported": each.imported_at, "counts": "yes" if each.current else "no"}
        for name, kept in versions.items()
        for each in kept
    ]  # fmt: skip
    return table(("live", "number", "exported", "imported", "counts", *COUNTS, *EXTRA_COUNTS), rows)


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _stem(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip(".")[:80] or "live"
    stem = next(each for each in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)
    taken.add(stem)
    return stem
