"""One LIVE as every later step sees it: plain data, no file and no metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .notes import DAY_ALONE

if TYPE_CHECKING:
    import pandas as pd

#: The counts every session has a place for, in the order in which they are shown. None means unknown.
COUNTS = (
    "impressions",
    "views",
    "viewers",
    "product_impressions",
    "product_clicks",
    "sku_orders",
    "gmv",
    "comments",
    "new_followers",
    "shares",
    "likes",
)

#: What some exports print besides. `avg_viewing_seconds` is a mean, kept here because it is printed, not computed.
EXTRA_COUNTS = (
    "avg_viewing_seconds",
    "gmv_direct",
    "gmv_attributed",
    "gmv_indirect",
    "gmv_gross",
    "orders_main",
    "orders_paid",
    "orders_created",
    "sku_orders_attributed",
    "items_sold",
    "customers",
    "peak_viewers",
    "avg_viewers",
    "products_added",
    "ads_cost",
    "ads_gmv",
)

_NAMES = frozenset((*COUNTS, *EXTRA_COUNTS))
_UNKNOWN: Mapping[str, float | None] = dict.fromkeys(COUNTS)

#: Kinds of orders and the count of each. The first that an export prints is the one that CTOR and GMV per order count.
ORDERS = {"sku": "sku_orders", "main": "orders_main", "paid": "orders_paid"}

EVENT_TYPES = (
    "pin", "unpin", "flash_sale", "giveaway", "billboard", "coupon", "ad",
    "violation", "script", "host_change", "other",
)  # fmt: skip
#: Those that lift a room while they run.
PROMOTIONS = frozenset({"giveaway", "ad", "flash_sale", "coupon"})

CHANNELS = (
    "for_you", "following", "inbox", "live_feed", "search", "video", "profile", "live_event", "other",
)  # fmt: skip

AUDIENCES = ("new", "existing", "none")

#: A LIVE shorter than this is a stub: kept and marked, never part of a usual.
STUB_MINUTES = 30.0

#: Orders keep being attributed for this long, so a younger export is provisional.
SETTLED_AFTER_DAYS = 14


class UnusableFile(Exception):  # noqa: N818 - other programs rely on this name
    """A file from which nothing can be reviewed. The text is what a person reads: file, place, what to do."""


def other_account(one: str | None, other: str | None) -> bool:
    """Whether two accounts are known to differ. Some exports print an id and others a name: those say nothing."""
    return bool(one and other) and one != other and str(one).isdigit() is str(other).isdigit()


@dataclass(frozen=True)
class Event:
    """Something done or suffered during the LIVE. `minute` and `end_minute` count from its start."""

    type: str
    minute: float
    end_minute: float | None = None
    detail: str | None = None
    product: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Product:
    """One product's numbers in one LIVE. `counts` uses the names of COUNTS and EXTRA_COUNTS."""

    product_id: str | None
    name: str | None
    counts: Mapping[str, float | None]
    price: float | None = None
    pinned_minutes: float | None = None


@dataclass(frozen=True)
class Slice:
    """A channel's or an audience's part of a LIVE: counts, or shares of the total as fractions."""

    name: str
    counts: Mapping[str, float | None]
    shares: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where a session was read: file name, export profile id, and its row, counted from 1."""

    file: str
    profile: str
    row: int | None = None


@dataclass(frozen=True)
class Session:
    """One LIVE.

    `start` is the shop's wall clock without offset. `counts` holds every name of COUNTS and whichever of
    EXTRA_COUNTS are known; None is unknown, never zero. `counts["gmv"]` is direct GMV where it is printed,
    else attributed, and `gmv_kind` says which. `counts["sku_orders"]` never holds orders of another kind;
    `orders` is what rates count and `orders_kind` says which. `reported` holds the rates the platform printed,
    under metric ids, as fractions or money. `approximate` names counts that were derived. `trend` has the columns
    `minute` and counts; row m covers [m, m + trend_step). `extra` keeps columns that nobody reads, as text.
    """

    id: str
    counts: Mapping[str, float | None]
    title: str | None = None
    start: datetime | None = None
    duration_minutes: float | None = None
    currency: str | None = None
    exported_at: datetime | None = None
    gmv_kind: str | None = None
    host: str | None = None
    creator: str | None = None
    reported: Mapping[str, float] = field(default_factory=dict)
    approximate: frozenset[str] = frozenset()
    running: bool = False
    trend: pd.DataFrame | None = field(default=None, compare=False)
    trend_step: float | None = None
    products: tuple[Product, ...] = ()
    events: tuple[Event, ...] = ()
    channels: tuple[Slice, ...] = ()
    followers: tuple[Slice, ...] = ()
    source: Source | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = self.counts.keys() - _NAMES
        if unknown:
            raise ValueError(f"not counts: {sorted(unknown)}")
        full = {**_UNKNOWN, **{name: value for name, value in self.counts.items() if value is not None}}
        object.__setattr__(self, "counts", full)  # a copy of our own, and picklable

    @property
    def stub(self) -> bool:
        """Known to be too short to say anything about a usual LIVE."""
        return self.duration_minutes is not None and self.duration_minutes < STUB_MINUTES

    @property
    def ordinary(self) -> bool:
        """May stand in a usual and be picked as the latest: over, and not a stub."""
        return not self.running and not self.stub

    @property
    def day_alone(self) -> bool:
        """Whether `start` says the day and not the time."""
        return DAY_ALONE in self.notes

    @property
    def timed_start(self) -> datetime | None:
        """`start` where its time of day is known, too."""
        return None if self.day_alone else self.start

    @property
    def began(self) -> str | None:
        """`2026-08-01 19:00`, or the day where the time of day is not known; None without a start."""
        return None if self.start is None else f"{self.start:{'%Y-%m-%d' if self.day_alone else '%Y-%m-%d %H:%M'}}"

    @property
    def hours(self) -> float | None:
        return None if self.duration_minutes is None else self.duration_minutes / 60

    @property
    def orders_kind(self) -> str | None:
        """Which of ORDERS `orders` counts; None where none is known."""
        return next((kind for kind, name in ORDERS.items() if self.counts.get(name) is not None), None)

    @property
    def orders(self) -> float | None:
        """The orders that CTOR and GMV per order count: SKU orders, else main, else paid ones."""
        return None if self.orders_kind is None else self.counts[ORDERS[self.orders_kind]]

    @property
    def orders_gmv_kind(self) -> str | None:
        """The kind of GMV that belongs to `orders`: some exports print direct GMV beside attributed orders."""
        attributed = self.counts.get("sku_orders_attributed")
        if self.gmv_kind == "direct" and attributed is not None and attributed == self.counts["sku_orders"]:
            return "attributed"
        return self.gmv_kind

    @property
    def orders_gmv(self) -> float | None:
        """The GMV of `orders`; None where only money of another kind is printed."""
        return self.counts["gmv"] if self.orders_gmv_kind == self.gmv_kind else self.counts.get("gmv_attributed")

    @property
    def provisional(self) -> bool | None:
        """Whether the export was taken before orders settled; None when that is not known."""
        if self.exported_at is None or self.start is None:
            return None
        return (self.exported_at - self.start).days < SETTLED_AFTER_DAYS

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: what other programs read."""
        return {
            "id": self.id,
            "title": self.title,
            "start": None if self.start is None else self.start.isoformat(),
            "duration_minutes": self.duration_minutes,
            "currency": self.currency,
            "exported_at": None if self.exported_at is None else self.exported_at.isoformat(),
            "gmv_kind": self.gmv_kind,
            "orders_kind": self.orders_kind,
            "host": self.host,
            "creator": self.creator,
            "running": self.running,
            "counts": dict(self.counts),
        }
