"""A shop month by month: its LIVEs beside the account and the whole shop; a closed month stays as it was."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, timedelta
from typing import Any, TypeVar

from playbook.language import N_
from playbook.model.session import Session
from playbook.store.records import ACCOUNT_FIGURES, AccountFigure, ClosedMonth

T = TypeVar("T")

#: Counts that a month adds up besides GMV, with what they are called.
COUNTED = {"sku_orders": N_("SKU orders"), "views": N_("Views"), "impressions": N_("Impressions"),
           "product_clicks": N_("Product clicks")}  # fmt: skip


@dataclass(frozen=True)
class Month:
    """`gmv` is that of LIVEs of one kind and currency, those of most; `left_out` says of how many others and why.

    `account` are sums over the month, followers those at its end; `days` says on how many days each rests. `closed` is
    the day on which the month was closed, by `who`.
    """

    month: str
    lives: int
    hours: float | None
    gmv: float | None
    gmv_kind: str | None
    currency: str | None
    new_followers: float | None
    left_out: Mapping[str, int]
    account: Mapping[str, float]
    days: Mapping[str, int]
    closed: date | None = None
    who: str | None = None
    #: Sums of other counts, those that every LIVE has.
    counts: Mapping[str, float] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The LIVEs' GMV as a part of the shop's; None where a day of it is missing."""
        whole, gmv = self.account.get("shop_gmv"), self.gmv
        return None if not whole or gmv is None or self.missing("shop_gmv") else gmv / whole

    def missing(self, name: str) -> int:
        """Days of the month on which a figure is not known."""
        return _bounds(self.month)[1].day - self.days.get(name, 0)

    def data(self) -> dict[str, Any]:
        """Plain values, for a month that is closed."""
        return {name: dict(value) if isinstance(value, Mapping) else value
                for name, value in asdict(self).items() if name not in ("closed", "who")}  # fmt: skip


def months(
    sessions: Sequence[Session], figures: Iterable[AccountFigure], closed: Iterable[ClosedMonth] = ()
) -> list[Month]:
    """Each month in which there is a LIVE or a figure, the latest first. A closed one is told as it was closed."""
    by_month: dict[str, list[Session]] = {}
    for each in sessions:
        by_month.setdefault(_month_of(each), []).append(each)
    by_month.pop("", None)
    kept = list(figures)
    shut = {each.month: each for each in closed}
    made = []
    for name in sorted({*by_month, *shut, *(f"{each.first:%Y-%m}" for each in kept)}, reverse=True):
        as_closed = as_it_was(shut[name]) if name in shut else None
        made.append(as_closed or month_of(name, by_month.get(name, []), kept))
    return made


def lives_of(sessions: Iterable[Session], month: str) -> list[Session]:
    """The LIVEs that a month counts: ordinary ones that began in it."""
    return [each for each in sessions if _month_of(each) == month]


def _month_of(session: Session) -> str:
    """`2026-08`; nothing for a LIVE that no month counts."""
    return f"{session.start:%Y-%m}" if session.start is not None and session.ordinary else ""


def month_of(name: str, lives: Sequence[Session], figures: Iterable[AccountFigure]) -> Month:
    """A month (`2026-08`) as its LIVEs and figures say now."""
    sold = [each for each in sorted(lives, key=lambda each: each.start or 0) if each.counts["gmv"] is not None]
    currency = _commonest([each.currency for each in sold if each.currency])
    kind = _commonest([each.gmv_kind for each in sold if each.currency in (None, currency)])
    total, left = 0.0, {"no GMV": 0, "another currency": 0, "another kind of GMV": 0}
    for each in lives:
        reason = left_out_for(each, currency, kind)
        if reason is not None:
            left[reason] += 1
        else:
            total += each.counts["gmv"] or 0.0
    hours = [each.hours for each in lives]
    joined = [each.counts["new_followers"] for each in lives]
    account, days = _account(name, figures)
    return Month(
        name, len(lives), None if None in hours else sum(each or 0.0 for each in hours),
        total if sold else None, kind, currency,
        sum(each for each in joined if each is not None) if any(each is not None for each in joined) else None,
        {reason: many for reason, many in left.items() if many}, account, days, counts=_sums(lives),
    )  # fmt: skip


def left_out_for(session: Session, currency: str | None, kind: str | None) -> str | None:
    """Why a LIVE's GMV is in no sum of this currency and kind; None where it is."""
    if session.counts["gmv"] is None:
        return "no GMV"
    if session.currency not in (None, currency):
        return "another currency"
    return "another kind of GMV" if session.gmv_kind != kind else None


def _commonest(values: Sequence[T]) -> T | None:
    """Of as many the latest."""
    return Counter(reversed(values)).most_common(1)[0][0] if values else None


def _sums(lives: Sequence[Session]) -> dict[str, float]:
    """What every LIVE of the month has: a sum of some of them would pass for the month's."""
    all_of = {name: [each.counts[name] for each in lives] for name in COUNTED} if lives else {}
    return {name: sum(each or 0.0 for each in numbers) for name, numbers in all_of.items() if None not in numbers}


def as_it_was(closed: ClosedMonth) -> Month | None:
    """A month as it was when it was closed; None where that was kept in another form."""
    known = {each.name for each in fields(Month)}
    try:
        return Month(**{name: value for name, value in closed.data.items() if name in known},
                     closed=closed.closed_at.date(), who=closed.who)  # fmt: skip
    except TypeError:
        return None


def changed_since(closed: Month, now: Month) -> tuple[str, ...]:
    """What of a closed month is other by now, by its English name: `_` says it."""
    was, are = _titled(closed), _titled(now)
    return tuple(name for name in {**was, **are} if was.get(name) != are.get(name))


def _titled(month: Month) -> dict[str, float | None]:
    """A month's figures by what they are called on the screen, in English."""
    account = {ACCOUNT_FIGURES[name]: value for name, value in month.account.items() if name in ACCOUNT_FIGURES}
    return {N_("LIVEs"): month.lives, N_("hours"): month.hours, N_("GMV of LIVEs"): month.gmv, **account}


def _bounds(month: str) -> tuple[date, date]:
    """The first and the last day of a month (`2026-08`)."""
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _account(name: str, figures: Iterable[AccountFigure]) -> tuple[dict[str, float], dict[str, int]]:
    """Sums of what lies within the month; a figure of the whole month stands above those of its days."""
    first, last = _bounds(name)
    inside: dict[str, list[AccountFigure]] = {}
    for each in figures:
        if first <= each.first and each.last <= last:
            inside.setdefault(each.name, []).append(each)
    totals, days = {}, {}
    for figure, found in inside.items():
        if figure == "followers":
            end = max(found, key=lambda each: each.last)
            totals[figure], days[figure] = end.value, (last - first).days + 1
            continue
        taken: set[date] = set()
        total = 0.0
        for each in sorted(found, key=lambda each: each.first - each.last):  # the longest span first
            span = {each.first + timedelta(days=place) for place in range((each.last - each.first).days + 1)}
            if not span & taken:
                total, taken = total + each.value, taken | span
        totals[figure], days[figure] = total, len(taken)
    return totals, days
