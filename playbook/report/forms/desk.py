"""The week of all shops: as a sheet that prints, as text for a terminal, as plain values."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from playbook import formats
from playbook.desk.needs import ShopNeed, Week, by_week, pressing, week_of
from playbook.knowledge.metrics import Metric
from playbook.report.words import desk as words

from .page import rendered

WIDTH = 100
Weeks = Sequence[tuple[ShopNeed, Week]]


def weeks(needs: Sequence[ShopNeed], until: datetime) -> list[tuple[ShopNeed, Week]]:
    """Each shop that was worked out with its seven days, those that changed most first."""
    return by_week([(each, week_of(each.glance, until)) for each in needs if each.glance is not None])


def weekly_html(needs: Sequence[ShopNeed], until: datetime, metrics: Mapping[str, Metric]) -> str:
    """One self-contained page that prints: the three that need somebody, then a line a shop."""
    found = weeks(needs, until)
    return rendered(
        "weekly",
        title=f"Weekly look over {formats.several(len(found), 'shop')}",
        span=words.week_title(until),
        first=[(each.shop.name, words.why(each, metrics)) for each in pressing(needs)],
        rows=[_row(each, week, metrics) for each, week in found],
    )


def weekly_text(needs: Sequence[ShopNeed], until: datetime, metrics: Mapping[str, Metric]) -> str:
    """The same for a terminal, 100 columns."""
    lines = [words.week_title(until), words.headline(needs), ""]
    for place, each in enumerate(pressing(needs), 1):
        lines += _wrapped(f"{place}. {each.shop.name}: {words.why(each, metrics)}", "   ")
    lines += ["", "THE WEEK, WHAT CHANGED MOST FIRST"]
    for each, week in weeks(needs, until):
        currency = each.glance.currency if each.glance else None
        with formats.written_for(currency):
            lines += _wrapped(f"- {each.shop.name}: {words.week_words(week, metrics, currency)}", "  ")
    return "\n".join(lines) + "\n"


def weekly_values(needs: Sequence[ShopNeed], until: datetime) -> dict[str, Any]:
    """Plain JSON values; metrics by id, changes as fractions."""
    return {
        "until": until.isoformat(timespec="minutes"),
        "need_you": [each.shop.name for each in pressing(needs)],
        "shops": [
            {
                "shop": each.shop.name, "reasons": list(each.reasons), "lives": len(week.lives),
                "lives_before": week.before, "gmv": week.gmv,
                "currency": each.glance.currency if each.glance else None, "change": week.change,
                "compared": week.compared, "below": dict(week.below), "days_since_live": each.days,
                "last_change": each.glance.change if each.glance else None,
            }
            for each, week in weeks(needs, until)
        ],
    }  # fmt: skip


def _row(need: ShopNeed, week: Week, metrics: Mapping[str, Metric]) -> dict[str, str]:
    glance = need.glance
    currency = glance.currency if glance else None
    with formats.written_for(currency):
        below = ", ".join(f"{metrics[name].short} {times}x" for name, times in list(week.below.items())[:3])
        return {
            "shop": need.shop.name,
            "charge": need.shop.in_charge or "",
            "lives": f"{len(week.lives)} ({week.before})",
            "gmv": "–" if week.gmv is None else formats.money_short(week.gmv, currency),
            "change": "–" if week.change is None else formats.change(week.change),
            "below": below or "–",
            "needs": words.needs_words(need),
            "plan": words.plan_words(glance.plan) if glance else "",
        }


def _wrapped(text: str, later: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=later)
