"""Charts as inline SVG, drawn from numbers: nothing to load, nothing to run, and they print.

Text takes the colour of the page, so that it reads in light, dark and on paper. Every text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd
from markupsafe import Markup

from playbook import formats
from playbook.diagnosis.findings import Judgement, Leak
from playbook.language import _, ngettext, pgettext
from playbook.metrics.chains import FunnelCount
from playbook.metrics.chains import funnel as funnel_counts
from playbook.model.session import Event
from playbook.pipeline import Review
from playbook.report.words import sentences

from .words import event_label, reached

COLOURS = {"below": "#c2410c", "above": "#4d7c0f", "reach": "#2563eb", "grey": "#64748b"}
WIDTH = 640
_LEFT, _RIGHT = 200, 170


def band(judgement: Judgement, width: int = 320, height: int = 40) -> Markup:
    """The band of the usual range, small dots for past LIVEs, one large dot for this one."""
    past = [each.value for each in judgement.past if each.value is not None][-20:]
    span = [each for each in (judgement.value, judgement.low, judgement.high, *past) if each is not None]
    if judgement.value is None or len(span) < 2 or max(span) == min(span):
        return Markup("")
    x = _Scale(min(span), max(span), 12, width - 12)
    middle = height / 2
    parts = []
    if judgement.low is not None and judgement.high is not None:
        left, right = x(judgement.low), x(judgement.high)
        parts.append(_bar(left, middle - 8, right - left, 16, COLOURS["grey"], 8, 0.22))
    parts += [f'<circle cx="{x(each):.1f}" cy="{middle}" r="3" fill="{COLOURS["grey"]}"/>' for each in past]
    tint = COLOURS.get(judgement.verdict, COLOURS["reach"])
    parts.append(f'<circle cx="{x(judgement.value):.1f}" cy="{middle}" r="7" fill="{tint}"/>')
    return _svg(parts, width, height, _("This LIVE against the usual range and past LIVEs"))


def funnel(review: Review) -> Markup:
    """From impressions to orders, a bar a count with the rate that led to it; links below usual are marked.

    Empty where fewer than two counts are known. Bars go by the square root: orders would vanish otherwise.
    """
    steps = [
        (sentences.counted(review, step.count), step)
        for step in funnel_counts(review.knowledge.metrics)
        if not step.fine
    ]
    known = [(name, step, count) for name, step in steps if (count := review.session.counts.get(name)) is not None]
    if len(known) < 2:
        return Markup("")
    top = max(count for *_rest, count in known) ** 0.5 or 1.0
    parts: list[str] = []
    weak = {each.metric for each in sentences.below(review)}
    for row, (name, step, count) in enumerate(known):
        y = 44 * row
        below = _("below usual")
        mark = f" · {below}" if step.rate in weak else ""
        parts.append(_text(0, y + 14, review.knowledge.counts[name].label, weight=600))
        parts.append(_text(WIDTH, y + 14, formats.count(count) + _rate(review, step) + mark, anchor="end"))
        colour = COLOURS["below" if mark else "reach"]
        parts.append(_bar(0, y + 21, max(WIDTH * max(count, 0.0) ** 0.5 / top, 2), 12, colour, 3))
    named = [review.knowledge.metrics[step.rate or ""].short for _name, step, _count in known if step.rate in weak]
    links = ", ".join(named)
    label = _("Funnel; below usual: {links}", links=links) if named else _("Funnel; no link below usual")
    return _svg(parts, WIDTH, 44 * len(known), label)


def _rate(review: Review, step: FunnelCount) -> str:
    judged = review.judgements.get(step.rate or "")
    if judged is None or judged.value is None:
        return ""
    return f" · {reached(review, judged, step.verb)}"


def leak(review: Review, found: Leak) -> Markup:
    """From the usual GMV to this LIVE's, one bar a factor, with its range as text."""
    currency = review.session.currency
    levels = np.cumsum([found.usual_gmv, *(part.amount for part in found.parts)])
    ends = [0.0, found.usual_gmv, found.gmv, *levels.tolist()]
    x = _Scale(min(ends), max(ends) if max(ends) > min(ends) else min(ends) + 1, _LEFT, WIDTH - _RIGHT)
    parts: list[str] = []
    rows = [(_("Usual LIVE"), 0.0, found.usual_gmv, "grey", formats.money_short(found.usual_gmv, currency), "")]
    for part, level in zip(found.parts, levels[1:].tolist(), strict=True):
        metric = review.knowledge.metrics[part.factor]
        sign = "+" if part.amount > 0 else "-" if part.amount < 0 else ""
        low, high = (formats.money_short(each, currency) for each in (part.low, part.high))
        shown = sign + formats.money_short(abs(part.amount), currency)
        kind = "above" if part.amount >= 0 else "below"
        rows.append((f"{metric.step.capitalize()} ({metric.short})", level - part.amount, level, kind, shown,
                     pgettext("range of money", "{low} to {high}", low=low, high=high)))  # fmt: skip
    rows.append((_("This LIVE"), 0.0, found.gmv, "grey", formats.money_short(found.gmv, currency), ""))
    for row, (name, start, end, kind, shown, reach) in enumerate(rows):
        y = 34 * row
        left, right = sorted((x(start), x(end)))
        parts.append(_text(0, y + 20, name))
        parts.append(_bar(left, y + 6, max(right - left, 1.5), 18, COLOURS[kind], 3))
        parts.append(_text(WIDTH, y + (14 if reach else 20), shown, anchor="end", weight=600))
        if reach:
            parts.append(_text(WIDTH, y + 28, reach, anchor="end", size=10))
    gap = formats.money_short(abs(found.gmv - found.usual_gmv), currency)
    if found.gmv < found.usual_gmv:
        label = _("{amount} less than usual, split over the steps of the funnel", amount=gap)
    else:
        label = _("{amount} more than usual, split over the steps of the funnel", amount=gap)
    return _svg(parts, WIDTH, 34 * len(rows), label)


@dataclass(frozen=True)
class _Curve:
    """A line of the trend: its name, values a row (NaN where unknown), and how its top is written."""

    name: str
    values: np.ndarray
    top: str


def trend(
    rows: pd.DataFrame, step: float, events: Sequence[Event] = (), bands: Iterable[tuple[float, float]] = ()
) -> Markup:
    """ERR and impressions (else views, clicks) over the minutes, stretches shaded, events as a lane below.

    `rows` has `minute` and counts, row m covering [m, m + step). Empty where no curve can be drawn.
    """
    curves = _curves(rows)
    if not curves or len(rows) < 2:
        return Markup("")
    minutes = rows["minute"].to_numpy(dtype=float)
    last = float(minutes.max()) + step
    x = _Scale(0.0, last, 60, WIDTH - 10)
    tall = 120
    parts: list[str] = []
    stretches = list(bands)
    for index, curve in enumerate(curves):
        top = index * (tall + 28)
        for start, end in stretches:
            parts.append(_bar(x(start), top + 16, x(end) - x(start), tall - 16, COLOURS["below"], 0, 0.18))
        parts += _stepped(curve, minutes, step, x, top, tall)
    foot = len(curves) * (tall + 28) - 8
    tick = 30.0 if last > 100 else 10.0
    parts += [_text(x(at), foot, formats.clock(at), anchor="middle", size=11) for at in np.arange(0, last + 0.1, tick)]
    lane, height = _lane(events, x, foot + 8)
    dips, names = len(stretches), formats.listed([each.name for each in curves])
    label = _("{curves} by minute", curves=names)
    if dips:
        label = ngettext("{curves} by minute; {n} dip shaded", "{curves} by minute; {n} dips shaded", dips,
                         curves=names, n=dips)  # fmt: skip
    return _svg([*parts, *lane], WIDTH, height, label)


def _curves(rows: pd.DataFrame) -> list[_Curve]:
    def column(name: str) -> np.ndarray | None:
        if name not in rows:
            return None
        values = pd.to_numeric(rows[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        return np.where(values >= 0, values, np.nan) if np.isfinite(values).any() else None

    curves = []
    shown, views = column("impressions"), column("views")
    if shown is not None and views is not None:
        rate = np.where(shown > 0, views / np.where(shown > 0, shown, 1.0), np.nan)
        if np.isfinite(rate).any():
            curves.append(_Curve(_("ERR"), rate, formats.percent(float(np.nanmax(rate)))))
    for name, label in (
        ("impressions", _("Impressions")),
        ("views", _("Views")),
        ("product_clicks", _("Product clicks")),
    ):
        values = column(name)
        if values is not None and len(curves) < 2 and np.isfinite(values).any():
            curves.append(_Curve(label, values, formats.count(float(np.nanmax(values)))))
    return curves


def _stepped(curve: _Curve, minutes: np.ndarray, step: float, x: _Scale, top: int, tall: int) -> list[str]:
    """A stepped line; unknown rows leave a gap."""
    most = float(np.nanmax(curve.values)) or 1.0
    y = _Scale(0.0, most, top + tall, top + 18)
    path, pen = [], False
    for minute, value in zip(minutes.tolist(), curve.values.tolist(), strict=True):
        if not np.isfinite(value):
            pen = False
            continue
        path.append(f"{'L' if pen else 'M'}{x(minute):.1f} {y(value):.1f}H{x(minute + step):.1f}")
        pen = True
    line = f'<path d="{"".join(path)}" fill="none" stroke="{COLOURS["reach"]}" stroke-width="1.5"/>'
    axis = f'<path d="M60 {top + tall}H{WIDTH - 10}" stroke="{COLOURS["grey"]}" stroke-width="1"/>'
    return [
        _text(60, top + 10, curve.name, weight=600),
        _text(54, top + 24, curve.top, anchor="end", size=11),
        axis,
        line,
    ]


def _lane(events: Sequence[Event], x: _Scale, top: int) -> tuple[list[str], int]:
    """Events with their words, a row further down where they would touch the words before."""
    parts: list[str] = []
    taken: list[float] = []
    for event in sorted(events, key=lambda each: each.minute):
        label = event_label(event)
        wide = 7.0 * len(label) + 14
        at = min(max(x(event.minute), 60.0), WIDTH - 10.0)
        flip = at + wide > WIDTH
        start, end = (at - wide, at + 4) if flip else (at - 4, at + wide)
        row = next((index for index, stop in enumerate(taken) if stop <= start), len(taken))
        taken[row : row + 1] = [end]
        y = top + 18 * row + 12
        parts.append(f'<circle cx="{at:.1f}" cy="{y - 4}" r="3.5" fill="{COLOURS["grey"]}"/>')
        parts.append(_text(at + (-8 if flip else 8), y, label, anchor="end" if flip else "start", size=11))
    return parts, top + 18 * len(taken) + 6


class _Scale:
    """A straight map from numbers to pixels."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.start = low, start
        self.slope = (end - start) / (high - low)

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) * self.slope


def _bar(x: float, y: float, wide: float, tall: float, colour: str, round_: int = 0, opacity: float = 1.0) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0):.1f}" height="{tall}" rx="{round_}" fill="{colour}" '
        f'fill-opacity="{opacity}"/>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", size: int = 13, weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="currentColor">{escape(words)}</text>'
    )


def _svg(parts: Sequence[str], width: int, height: float, label: str) -> Markup:
    return Markup(  # noqa: S704 - numbers, and texts escaped above
        f'<svg role="img" aria-label="{escape(label)}" viewBox="0 0 {width} {height:g}" width="{width}">'
        f"{''.join(parts)}</svg>"
    )
