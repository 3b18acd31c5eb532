"""The worth of what was done in a practice LIVE, over its minutes."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from playbook import formats
from playbook.language import _, pgettext

from . import axes
from .review import CLOCK_LABELS, COLOURS, Chart


def worths(rows: Sequence[tuple[int, str, float]], minutes: int, currency: str | None) -> Chart:
    """A bar for each (minute, what was done, its worth in money): up what it brought, down what it cost.

    Things of the same minute stand on each other.
    """
    table = pd.DataFrame(
        [
            {
                "minute": minute,
                "At": formats.clock(minute),
                "What": what,
                "worth": amount,
                "Worth": formats.money(amount, currency),
                "side": "brought" if amount >= 0 else "cost",
            }
            for minute, what, amount in rows
        ]
    )
    colours = alt.Scale(domain=["brought", "cost"], range=[COLOURS["convert"], COLOURS["below"]])
    minute = alt.X(
        "minute:Q",
        title=None,
        scale=alt.Scale(domain=[-1, max(minutes, 1)], nice=False),
        axis=alt.Axis(labelExpr=CLOCK_LABELS, grid=False, tickCount=8),
    )
    return (
        alt.Chart(table)
        .mark_bar(size=6, cornerRadius=1)
        .encode(
            x=minute,
            y=alt.Y("worth:Q", title=None, axis=axes.axis((0.0, *table["worth"]), "money", currency)),
            color=alt.Color("side:N", scale=colours, legend=None),
            detail=alt.Detail("What:N"),
            tooltip=[
                alt.Tooltip("At:N", title=pgettext("at which minute", "At")),
                alt.Tooltip("What:N", title=pgettext("what was done", "What")),
                alt.Tooltip("Worth:N", title=_("Worth")),
            ],
        )
        .properties(height=180)
    )
