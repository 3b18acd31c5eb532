"""The index of many reviews as a page a person reads: names, the usual and the percent beside each value, a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from playbook import formats

from .page import rendered


def bulk_index(rows: Sequence[Mapping[str, str]]) -> str:
    """One self-contained page beside the folder of reviews; the largest fall first. `rows` are those of index.csv."""
    ordered = sorted(rows, key=lambda row: (not row["change"], float(row["change"] or 0), row["shop"].casefold()))
    return rendered("bulk_index", rows=[_row(each) for each in ordered], shops=formats.several(len(rows), "shop"))


def _row(row: Mapping[str, str]) -> dict[str, str]:
    currency = row["currency"] or None
    with formats.written_for(currency):
        return {
            "shop": row["shop"],
            "link": f"reviews/{quote(row['file'])}" if row["file"] else "",
            "live": " ".join(filter(None, (row["start"].replace("T", " ")[:16], row["title"]))),
            "id": row["session"],
            "gmv": _money(row["gmv"], currency),
            "usual": _money(row["usual_gmv"], currency),
            "change": formats.change(float(row["change"])) if row["change"] else "–",
            "weakest": row["weakest"] or "–",
            "remark": row["message"],
        }


def _money(text: str, currency: str | None) -> str:
    return formats.money_short(float(text), currency) if text else "–"
