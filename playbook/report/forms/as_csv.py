"""The numbers of a review as CSV, for a spreadsheet. Cells that a spreadsheet would run are made harmless."""

from __future__ import annotations

import math

from playbook.pipeline import Review
from playbook.report.words.naming import shop_of
from playbook.spreadsheet import csv_text, harmless

HEADER = ("part", "name", "value", "usual", "low", "high", "verdict", "unit", "remark")


def as_csv(review: Review, shop: str = "") -> str:
    """One table: the LIVE, its counts, its metrics, the leak, and what to do. UTF-8 with a comma; CRLF line ends.

    Numbers are plain: fractions, seconds, money in the session's currency; unknown is empty.
    """
    rows = [
        [_number(cell) if isinstance(cell, float) else harmless(cell) for cell in row] for row in _rows(review, shop)
    ]
    return csv_text([HEADER, *rows])


def _number(value: float) -> str:
    """Never in scientific notation or with a trailing .0; empty where there is none."""
    return f"{value:.10f}".rstrip("0").rstrip(".") if math.isfinite(value) else ""


def _rows(review: Review, shop: str) -> list[list[str | float]]:
    session, currency = review.session, review.session.currency or ""
    about = {
        "id": session.id,
        "shop": shop_of(session, shop),
        "title": session.title or "",
        "start": "" if session.start is None else session.start.isoformat(),
        "currency": currency,
        "gmv_kind": session.gmv_kind or "",
    }
    rows: list[list[str | float]] = [["live", name, text, *[""] * 6] for name, text in about.items()]
    rows.append(["live", "duration_minutes", _known(session.duration_minutes), *[""] * 4, "minutes", ""])
    for name, count in session.counts.items():
        known = review.knowledge.counts.get(name)
        unit = "" if known is None else currency if known.unit == "money" else known.unit
        rows.append(["count", name, _known(count), *[""] * 4, unit, ""])
    units = {"percent": "fraction", "number": "count", "seconds": "seconds", "money": currency, "decimal": "ratio"}
    for name, each in review.judgements.items():
        unit = units[review.knowledge.metrics[name].shown_as]
        numbers = [_known(number) for number in (each.value, each.usual, each.low, each.high)]
        rows.append(["metric", name, *numbers, each.verdict, unit, each.reason or ""])
    leak = review.diagnosis.leak
    if leak is not None:
        rows.append(["leak", "gmv", leak.gmv, leak.usual_gmv, "", "", "", currency, ""])
        rows += [["leak", part.factor, part.amount, "", part.low, part.high, "", currency, ""] for part in leak.parts]
    rows += [["advice", each.id, "", "", "", "", "", "", each.title] for each in review.recommendations]
    rows += [["note", "", "", "", "", "", "", "", note] for note in review.notes]
    return rows


def _known(value: float | None) -> str | float:
    return "" if value is None else float(value)
