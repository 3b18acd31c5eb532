"""The weekly look in words, for a terminal and for the page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from playbook import formats, remarks
from playbook.diagnosis.baseline.compare import Change
from playbook.diagnosis.over_lives.weekly import DAYS, Deviation, Repeat, Totals, Weekly
from playbook.knowledge.metrics import Metric
from playbook.model.session import Session

from . import sentences

WIDTH = 100
#: Metrics that a headline names before it counts the rest.
_NAMED = 4
_WORDS = {"below": "below usual", "above": "above usual", "usual": "as usual", "unknown": "cannot tell"}


def as_text(weekly: Weekly, metrics: Mapping[str, Metric], shop: str, to_come: str = "") -> str:
    """Plain text, 100 columns: reminder, the week, what changed, repeat offenders, single LIVEs, the last LIVE.

    `to_come`: what the next LIVE may bring (`ahead.short_line`).
    """
    lines = [f"{shop} · {span(weekly)}", "", *_wrap(reminder(weekly)), *_wrap(week_line(weekly))]
    lines += ["", "WHAT CHANGED AGAINST THE WEEKS BEFORE", *_changes(weekly, weekly.changes, metrics)]
    lines += ["", "REPEAT OFFENDERS", *_listed((repeat_line(each, weekly, metrics) for each in weekly.repeats),
              "No metric was below usual again and again.")]  # fmt: skip
    lines += ["", "SINGLE LIVES OUTSIDE THEIR USUAL", *_listed(
        (deviation_line(each, weekly, metrics) for each in weekly.deviations), "None.")]  # fmt: skip
    lines += ["", "WORTH A DEEPER LOOK", *_listed(deeper_lines(weekly), "Every long LIVE was reviewed.")]
    if weekly.last_live is not None:
        lines += ["", f"SINCE THE LAST LIVE ({sentences.when(weekly.last_live)})"]
        lines += _changes(weekly, weekly.since_last, metrics)
    if to_come:
        lines += ["", "THE NEXT LIVE, 95 OF 100 LIKE IT", *_wrap(to_come)]
    if weekly.notes:
        lines += ["", "NOTES", *_listed(map(remarks.sentence, weekly.notes), "")]
    return "\n".join(lines) + "\n"


def span(weekly: Weekly) -> str:
    """`16 Nov to 23 Nov 2026`."""
    return f"{formats.day(weekly.since)} to {formats.day_and_year(weekly.until)}"


def reminder(weekly: Weekly) -> str:
    """When the last look was, and whether one is due."""
    days = weekly.days_since_look
    if days is None:
        return "There was no weekly look so far." if weekly.due else ""
    ago = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    due = f" More than {DAYS - 1} days passed: a look is due." if weekly.due else ""
    return f"The last look was {ago}.{due}"


def week_headline(weekly: Weekly, metrics: Mapping[str, Metric]) -> str:
    """The week in a sentence or two. What is said of the week is what the rows of its metrics say; a single LIVE
    that fell below its usual in a week that did not is named apart.
    """
    days = f"{DAYS} days from {sentences.day(weekly.since + timedelta(days=1))} to {sentences.day(weekly.until)}"
    if not weekly.sessions:
        return f"No LIVE in the {days}."
    return f"{formats.several(len(weekly.sessions), 'LIVE')} in the {days}. {_fell(weekly, metrics)}"


def _fell(weekly: Weekly, metrics: Mapping[str, Metric]) -> str:
    below = [each.metric for each in weekly.changes if each.verdict == "below"]
    alone = dict.fromkeys(each.metric for each in weekly.deviations if each.verdict == "below")
    if below:
        return f"Below your usual: {_some(below, metrics)}."
    if all(each.verdict == "unknown" for each in weekly.changes) and not alone:
        return "No metric can be judged yet."
    if not alone:
        unknown = any(each.verdict == "unknown" for each in weekly.changes)
        return f"No metric{' that can be judged' if unknown else ''} fell below your usual."
    fell = _some(list(alone), metrics)
    if len(weekly.sessions) == 1:
        return f"Below your usual: {fell}."
    return f"The week as a whole was not below your usual; in single LIVEs, {fell} fell below it."


def _some(names: Sequence[str], metrics: Mapping[str, Metric]) -> str:
    labels = [metrics[name].label for name in names[:_NAMED]]
    more = len(names) - len(labels)
    return sentences.joined([*labels, f"{more} more"] if more else labels)


def week_line(weekly: Weekly) -> str:
    """The week in one sentence, beside an average week before."""
    if not weekly.sessions:
        return f"There was no LIVE in these {DAYS} days."
    text = f"This week: {_totals(weekly.week, weekly)}."
    if weekly.mean_week is not None:
        text += f" An average week before: {_totals(weekly.mean_week, weekly)}."
    return text


def change_line(change: Change, metric: Metric, currency: str | None) -> str:
    """`ERR: 7.1%, before 9.4% (-24%), usual 8.1–10.6%, below usual`."""
    parts = [f"{metric.label}: {formats.value(change.recent, metric.shown_as, currency)}"]
    if change.earlier is not None:
        parts.append(
            f"before {formats.value(change.earlier, metric.shown_as, currency)} ({formats.change(change.change)})"
        )
    if change.low is not None:
        parts.append(f"usual {formats.value_range(change.low, change.high, metric.shown_as, currency)}")
    parts.append(_WORDS[change.verdict])
    return ", ".join(parts) + (f" ({change.reason})" if change.reason else "")


def repeat_line(repeat: Repeat, weekly: Weekly, metrics: Mapping[str, Metric]) -> str:  # noqa: ARG001
    """Which metric, how often this week, and how often in the five LIVEs before."""
    return f"{metrics[repeat.metric].label}: {how_often(repeat)}."


def how_often(repeat: Repeat) -> str:
    """`below usual in 1 of 3 LIVEs this week, and in 2 of the five LIVEs before that one`."""
    which = "that one" if len(repeat.below) == 1 else "the latest of these"
    return (
        f"below usual in {len(repeat.below)} of {formats.several(repeat.judged, 'LIVE')} this week, and in "
        f"{repeat.weak_in_last_5} of the five LIVEs before {which}"
    )


def deviation_line(deviation: Deviation, weekly: Weekly, metrics: Mapping[str, Metric]) -> str:
    """One LIVE, one metric: value and usual range."""
    metric = metrics[deviation.metric]
    said = formats.value(deviation.value, metric.shown_as, weekly.currency)
    spread = formats.value_range(deviation.low, deviation.high, metric.shown_as, weekly.currency)
    return (
        f"{_name(deviation.start, deviation.title)}: {metric.label} {said}, usual {spread}, {deviation.verdict} usual"
    )


def deeper_lines(weekly: Weekly) -> list[str]:
    """The long LIVEs that nobody reviewed."""
    return [
        f"{_name(each.start, each.title)}: {formats.seconds(each.minutes * 60)} [{each.session_id}]"
        for each in weekly.deeper
    ]


def as_dict(weekly: Weekly) -> dict[str, Any]:
    """Plain JSON values; sessions are named by their id."""
    plain = asdict(weekly) | {"last_live": None if weekly.last_live is None else weekly.last_live.id}
    changes = {"changes": weekly.changes, "since_last": weekly.since_last}
    for name, found in changes.items():
        plain[name] = [asdict(each) | {"change": each.change} for each in found]
    result = _json(plain)
    assert isinstance(result, dict)
    return result


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _json(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_json(each) for each in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _changes(weekly: Weekly, changes: Sequence[Change], metrics: Mapping[str, Metric]) -> list[str]:
    moved = [each for each in changes if each.verdict in ("below", "above")]
    if not changes:
        return ["  No LIVE to compare."]
    lines = _listed((change_line(each, metrics[each.metric], weekly.currency) for each in moved),
                    "Nothing beyond ordinary ups and downs.")  # fmt: skip
    quiet = [metrics[each.metric].short for each in changes if each.verdict == "usual"]
    unknown = [metrics[each.metric].short for each in changes if each.verdict == "unknown"]
    lines += _wrap(f"As usual: {', '.join(quiet)}.", "  ", "  ") if quiet and moved else []
    lines += _wrap(f"Cannot tell yet: {', '.join(unknown)}.", "  ", "  ") if unknown else []
    return lines


def _totals(totals: Totals, weekly: Weekly) -> str:
    lives = totals.lives
    parts = [formats.several(int(lives), "LIVE") if float(lives).is_integer() else f"{lives:.1f} LIVEs"]
    if totals.hours is not None:
        parts.append(f"{formats.decimal(totals.hours)} hours")
    if totals.gmv is not None:
        kind = f"{weekly.gmv_kind} GMV" if weekly.gmv_kind else "GMV"
        parts.append(f"{kind} {formats.money(totals.gmv, weekly.currency)}")
    return ", ".join(parts)


def _name(start: datetime | None, title: str | None) -> str:
    return " ".join(filter(None, (f"{sentences.day(start)} {start:%H:%M}" if start else "", title)))


def _listed(lines: Iterable[str], otherwise: str) -> list[str]:
    found = [part for line in lines for part in _wrap(f"- {line}", "    ", "  ")]
    return found or [f"  {otherwise}"]


def _wrap(text: str, later: str = "", first: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later)


def live_line(session: Session, marks: Sequence[str] = ()) -> str:
    """One LIVE in a list: start, length, GMV, impressions, title, what is special about it, id."""
    start = session.began or "no start time"
    length = "" if session.duration_minutes is None else formats.seconds(round(session.duration_minutes) * 60)
    kind = {"attributed": " attributed", "direct": ""}.get(session.gmv_kind or "", "")
    gmv = formats.money(session.counts["gmv"], session.currency) + (kind if session.counts["gmv"] is not None else "")
    title = textwrap.shorten(session.title or "", 28, placeholder="…")
    special = f" ({', '.join(marks)})" if marks else ""
    shown = formats.count(session.counts["impressions"])
    return f"{start:<16}  {length:>11}  {gmv:>24}  {shown:>12}  {title:<28}  {session.id}{special}".rstrip()
