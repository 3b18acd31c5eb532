"""What travels between the one who hands out shops and the processes that review them: plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playbook.language import SOURCE

Status = Literal["reviewed", "unchanged", "failed"]


@dataclass(frozen=True)
class BulkOptions:
    """How every shop is reviewed. `every` reviews each LIVE, not the latest alone; `form` is json, csv or html.

    `knowledge` is the digest of what the one who hands out loaded: read once in each process, and never another.
    `layouts` are column mappings that people saved, id and text, and `sheets` what they said of sheets kept by hand.
    """

    every: bool = False
    form: str = "json"
    playbook: Path | None = None
    profiles: Path | None = None
    timezone: str | None = None
    trend_totals: bool | None = None
    day_first: bool | None = None
    knowledge: str = ""
    layouts: tuple[tuple[str, str], ...] = ()
    sheets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language: str = SOURCE


@dataclass(frozen=True)
class Job:
    """One shop: its files, or a table in our layout, or a store that has it.

    `wrong` is why there is nothing to read, when that is known already. `known` is the digest of the inputs of the
    result that lies there; the same digest again needs no review.
    """

    name: str
    files: tuple[Path, ...] = ()
    table: bytes | None = None
    db: str | None = None
    wrong: str | None = None
    known: str | None = None


@dataclass(frozen=True)
class ShopDone:
    """What became of one shop. `text` is the result's file, whole; the rest stands in the index.

    lives: LIVEs known of the shop; reviewed: how many reviews the result holds. Session (its id, as in the result),
    start, title, currency, gmv, usual_gmv of a LIVE of its length, change between the two as a fraction, weak (metric
    ids below usual, the worst first), weakest in words with its usual, and advice (strategy id) are of the latest one.
    """

    name: str
    status: Status
    digest: str = ""
    text: str | None = None
    lives: int = 0
    reviewed: int = 0
    session: str = ""
    start: str = ""
    currency: str = ""
    title: str = ""
    gmv: float | None = None
    usual_gmv: float | None = None
    change: float | None = None
    weak: str = ""
    weakest: str = ""
    advice: str = ""
    remarks: int = 0
    message: str = ""
