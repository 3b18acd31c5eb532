"""A finished practice LIVE as an ordinary Session, and the quiet history it is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

import pandas as pd

from playbook.knowledge.practice import Practice
from playbook.language import _, pgettext
from playbook.model.session import Event, Product, Session

from .actions import EVENTS, WARNINGS_END
from .dashboard import RATES
from .policies import ordinary, play
from .simulator import PracticeLive

#: Practice LIVEs have no day of their own; these stand in for the review's order.
START = datetime(2026, 1, 31, 19)
#: LIVEs in the made-up history, on seeds that nobody plays.
HISTORY, _HISTORY_SEED = 8, 2**31
_COUNTS = (
    "impressions", "views", "product_impressions", "product_clicks", "sku_orders", "gmv", "comments",
    "new_followers", "shares", "likes",
)  # fmt: skip


def session_of(live: PracticeLive, start: datetime = START) -> Session:
    """The run as `pipeline.review` takes it: minute rows, events, products, totals. Viewers are not simulated."""
    trend = pd.DataFrame(
        [{"minute": float(row.minute)} | {name: float(getattr(row, name)) for name in _COUNTS} for row in live.rows],
        columns=["minute", *_COUNTS],
    )
    totals: dict[str, float | None] = {name: float(trend[name].sum()) for name in _COUNTS}
    totals["gmv"] = round(live.gmv, 2)
    views = totals["views"]
    totals["avg_viewing_seconds"] = 60 * sum(row.online for row in live.rows) / views if views else None
    return Session(
        id=f"practice-{live.practice.id}-{live.seed}-{start:%Y%m%d}",
        counts=totals,
        title=_("Practice: {title}", title=live.practice.title),
        start=start,
        duration_minutes=float(len(live.rows)),
        currency=live.practice.currency,
        exported_at=start + timedelta(days=30),
        gmv_kind="direct",
        trend=trend,
        trend_step=1.0,
        products=_products(live),
        events=events(live),
    )


def events(live: PracticeLive) -> tuple[Event, ...]:
    """What was done and suffered, by time."""
    names = [each.name for each in live.practice.products]
    found = []
    for each in live.done:
        kind, words = EVENTS[each.action.kind]
        product = None if each.action.product is None else names[each.action.product]
        end = float(each.end) if each.end > each.minute else None
        found.append(Event(kind, float(each.minute), end, product=product, note=_(words)))
    found += [
        Event("violation", float(minute), detail=pgettext("from the platform", "Warning")) for minute in live.warnings
    ]
    return tuple(sorted(found, key=lambda each: each.minute))


def _products(live: PracticeLive) -> tuple[Product, ...]:
    found = []
    for index, each in enumerate(live.practice.products):
        rows = [row for row in live.rows if row.sold == index]
        counts = {
            name: float(sum(getattr(row, name) for row in rows)) for name in ("product_clicks", "sku_orders", "gmv")
        }
        pinned = float(sum(row.pinned == index for row in live.rows))
        found.append(Product(str(index + 1), each.name, counts, each.price, pinned))
    return tuple(found)


def history(practice: Practice) -> tuple[Session, ...]:
    """Quiet LIVEs of the same room without faults, a week apart, oldest first."""
    lives = _quiet(_quieted(practice))
    return tuple(session_of(live, START - timedelta(days=7 * (len(lives) - at))) for at, live in enumerate(lives))


def usual_of(practice: Practice) -> Mapping[str, float]:
    """The rates of the quiet history, as fractions, `stay` (people there at a minute's end for each
    view, so minutes a view) and `shown` (impressions a minute).
    """
    rows = [row for live in _quiet(_quieted(practice)) for row in live.rows]

    def total(name: str) -> int:
        return sum(getattr(row, name) for row in rows)

    usual = {name: total(top) / max(1, total(of)) for name, (top, of) in RATES.items()}
    shown = total("impressions") / max(1, len(rows))
    return usual | {"stay": total("online") / max(1, total("views")), "shown": shown}


@dataclass(frozen=True)
class _Room:
    """A scenario by its content: a model with lists is no key of a cache."""

    text: str
    practice: Practice = field(compare=False)


def _quieted(practice: Practice) -> _Room:
    """The same room with nothing wrong in it, whatever was drawn."""
    quiet = practice.model_copy(update={"faults": [], "causes": [], "draw": None, "violations": []})
    return _Room(quiet.model_dump_json(), quiet)


@lru_cache(maxsize=32)
def _quiet(room: _Room) -> tuple[PracticeLive, ...]:
    return tuple(play(room.practice, _HISTORY_SEED + at, ordinary, {}) for at in range(HISTORY))


def ended_words(live: PracticeLive) -> str:
    """How the LIVE ended, in one sentence."""
    if live.ended == "warnings":
        return _(
            "The platform ended the LIVE after {warnings} warnings, at minute {minute}.",
            warnings=WARNINGS_END, minute=live.minute,
        )  # fmt: skip
    if live.ended == "early":
        return _(
            "You ended the LIVE at minute {minute} of {minutes}.", minute=live.minute, minutes=live.practice.minutes
        )
    return _("The LIVE ran its {minutes} minutes.", minutes=live.practice.minutes)
