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
from playbook.language import N_, _, ngettext, npgettext
from playbook.model.session import Session

from . import sentences

WIDTH = 100
#: Metrics that a headline names before it counts the rest.
_NAMED = 4
#: By the kind of GMV.
_SOLD = {"attributed": N_("attributed GMV {money}"), "direct": N_("direct GMV {money}")}


def as_text(weekly: Weekly, metrics: Mapping[str, Metric], shop: str, to_come: str = "") -> str:
    """Plain text, 100 columns: reminder, the week, what changed, repeat offenders, single LIVEs, the last LIVE.

    `to_come`: what the next LIVE may bring (`ahead.short_line`).
    """
    lines = [f"{shop} · {span(weekly)}", "", *_wrap(reminder(weekly)), *_wrap(week_line(weekly))]
    lines += ["", _("WHAT CHANGED AGAINST THE WEEKS BEFORE"), *_changes(weekly, weekly.changes, metrics)]
    lines += ["", _("REPEAT OFFENDERS"), *_listed((repeat_line(each, weekly, metrics) for each in weekly.repeats),
              _("No metric was below usual again and again."))]  # fmt: skip
    lines += ["", _("SINGLE LIVES OUTSIDE THEIR USUAL"), *_listed(
        (deviation_line(each, weekly, metrics) for each in weekly.deviations), _("None."))]  # fmt: skip
    lines += ["", _("WORTH A DEEPER LOOK"), *_listed(deeper_lines(weekly), _("Every long LIVE was reviewed."))]
    if weekly.last_live is not None:
        lines += ["", _("SINCE THE LAST LIVE ({live})", live=sentences.when(weekly.last_live))]
        lines += _changes(weekly, weekly.since_last, metrics)
    if to_come:
        lines += ["", _("THE NEXT LIVE, 95 OF 100 LIKE IT"), *_wrap(to_come)]
    if weekly.notes:
        lines += ["", _("NOTES"), *_listed(map(remarks.sentence, weekly.notes), "")]
    return "\n".join(lines) + "\n"


def span(weekly: Weekly) -> str:
    """`16 Nov to 23 Nov 2026`."""
    since, until = formats.day(weekly.since), formats.day_and_year(weekly.until)
    return _("{since} to {until}", since=since, until=until)


def reminder(weekly: Weekly) -> str:
    """When the last look was, and whether one is due."""
    days = weekly.days_since_look
    if days is None:
        return _("There was no weekly look so far.") if weekly.due else ""
    if days == 0:
        last = _("The last look was today.")
    elif days == 1:
        last = _("The last look was yesterday.")
    else:
        last = ngettext("The last look was {days} day ago.", "The last look was {days} days ago.", days, days=days)
    if not weekly.due:
        return last
    passed = DAYS - 1
    due = _("More than {days} days passed: a look is due.", days=passed)
    return f"{last} {due}"


def week_headline(weekly: Weekly, metrics: Mapping[str, Metric]) -> str:
    """The week in a sentence or two. What is said of the week is what the rows of its metrics say; a single LIVE
    that fell below its usual in a week that did not is named apart.
    """
    since, until = sentences.day(weekly.since + timedelta(days=1)), sentences.day(weekly.until)
    lives = len(weekly.sessions)
    if not lives:
        return _("No LIVE in the {days} days from {since} to {until}.", days=DAYS, since=since, until=until)
    aired = ngettext(
        "{count} LIVE in the {days} days from {since} to {until}.",
        "{count} LIVEs in the {days} days from {since} to {until}.",
        lives, count=formats.count(lives), days=DAYS, since=since, until=until,
    )  # fmt: skip
    return f"{aired} {_fell(weekly, metrics)}"


def _fell(weekly: Weekly, metrics: Mapping[str, Metric]) -> str:
    below = [each.metric for each in weekly.changes if each.verdict == "below"]
    alone = dict.fromkeys(each.metric for each in weekly.deviations if each.verdict == "below")
    if below:
        return _("Below your usual: {metrics}.", metrics=_some(below, metrics))
    if all(each.verdict == "unknown" for each in weekly.changes) and not alone:
        return _("No metric can be judged yet.")
    if not alone:
        if any(each.verdict == "unknown" for each in weekly.changes):
            return _("No metric that can be judged fell below your usual.")
        return _("No metric fell below your usual.")
    fell = _some(list(alone), metrics)
    if len(weekly.sessions) == 1:
        return _("Below your usual: {metrics}.", metrics=fell)
    return _("The week as a whole was not below your usual; in single LIVEs, {metrics} fell below it.", metrics=fell)


def _some(names: Sequence[str], metrics: Mapping[str, Metric]) -> str:
    labels = [metrics[name].label for name in names[:_NAMED]]
    more = len(names) - len(labels)
    if more:
        labels.append(npgettext("at the end of a list", "{count} more", "{count} more", more, count=more))
    return sentences.joined(labels)


def week_line(weekly: Weekly) -> str:
    """The week in one sentence, beside an average week before."""
    if not weekly.sessions:
        return _("There was no LIVE in these {days} days.", days=DAYS)
    text = _("This week: {totals}.", totals=_totals(weekly.week, weekly))
    if weekly.mean_week is None:
        return text
    before = _("An average week before: {totals}.", totals=_totals(weekly.mean_week, weekly))
    return f"{text} {before}"


def change_line(change: Change, metric: Metric, currency: str | None) -> str:
    """`ERR: 7.1%, before 9.4% (-24%), usual 8.1–10.6%, below usual`."""
    said = {
        "metric": metric.label,
        "value": formats.value(change.recent, metric.shown_as, currency),
        "earlier": formats.value(change.earlier, metric.shown_as, currency),
        "change": formats.change(change.change),
        "range": formats.value_range(change.low, change.high, metric.shown_as, currency),
        "verdict": sentences.verdict(change.verdict),
    }
    if change.earlier is not None and change.low is not None:
        line = _("{metric}: {value}, before {earlier} ({change}), usual {range}, {verdict}", **said)
    elif change.earlier is not None:
        line = _("{metric}: {value}, before {earlier} ({change}), {verdict}", **said)
    elif change.low is not None:
        line = _("{metric}: {value}, usual {range}, {verdict}", **said)
    else:
        line = _("{metric}: {value}, {verdict}", **said)
    return f"{line} ({change.reason})" if change.reason else line


def repeat_line(repeat: Repeat, weekly: Weekly, metrics: Mapping[str, Metric]) -> str:  # noqa: ARG001
    """Which metric, how often this week, and how often in the five LIVEs before."""
    return f"{metrics[repeat.metric].label}: {how_often(repeat)}."


def how_often(repeat: Repeat) -> str:
    """`below usual in 1 of 3 LIVEs this week, and in 2 of the five LIVEs before that one`."""
    said = {"times": len(repeat.below), "judged": formats.count(repeat.judged), "before": repeat.weak_in_last_5}
    if len(repeat.below) == 1:
        return ngettext(
            "below usual in {times} of {judged} LIVE this week, and in {before} of the five LIVEs before that one",
            "below usual in {times} of {judged} LIVEs this week, and in {before} of the five LIVEs before that one",
            repeat.judged, **said,
        )  # fmt: skip
    return ngettext(
        "below usual in {times} of {judged} LIVE this week, and in {before} of the five LIVEs before the latest of "
        "these",
        "below usual in {times} of {judged} LIVEs this week, and in {before} of the five LIVEs before the latest of "
        "these",
        repeat.judged, **said,
    )  # fmt: skip


def deviation_line(deviation: Deviation, weekly: Weekly, metrics: Mapping[str, Metric]) -> str:
    """One LIVE, one metric: value and usual range."""
    metric = metrics[deviation.metric]
    said = {
        "live": _name(deviation.start, deviation.title),
        "metric": metric.label,
        "value": formats.value(deviation.value, metric.shown_as, weekly.currency),
        "range": formats.value_range(deviation.low, deviation.high, metric.shown_as, weekly.currency),
    }
    if deviation.verdict == "below":
        return _("{live}: {metric} {value}, usual {range}, below usual", **said)
    return _("{live}: {metric} {value}, usual {range}, above usual", **said)


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
        nothing = _("No LIVE to compare.")
        return [f"  {nothing}"]
    lines = _listed((change_line(each, metrics[each.metric], weekly.currency) for each in moved),
                    _("Nothing beyond ordinary ups and downs."))  # fmt: skip
    quiet = [metrics[each.metric].short for each in changes if each.verdict == "usual"]
    unknown = [metrics[each.metric].short for each in changes if each.verdict == "unknown"]
    if quiet and moved:
        lines += _wrap(_("As usual: {metrics}.", metrics=", ".join(quiet)), "  ", "  ")
    if unknown:
        lines += _wrap(_("Cannot tell yet: {metrics}.", metrics=", ".join(unknown)), "  ", "  ")
    return lines


def _totals(totals: Totals, weekly: Weekly) -> str:
    lives = totals.lives
    many = formats.count(lives) if float(lives).is_integer() else f"{lives:.1f}"
    parts = [ngettext("{count} LIVE", "{count} LIVEs", lives, count=many)]
    if totals.hours is not None:
        parts.append(_("{number} hours", number=formats.decimal(totals.hours)))
    if totals.gmv is not None:
        sold = _SOLD.get(weekly.gmv_kind or "", N_("GMV {money}"))
        parts.append(_(sold, money=formats.money(totals.gmv, weekly.currency)))
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
    start = session.began or _("no start time")
    length = "" if session.duration_minutes is None else formats.seconds(round(session.duration_minutes) * 60)
    gmv = formats.money(session.counts["gmv"], session.currency)
    if session.gmv_kind == "attributed" and session.counts["gmv"] is not None:
        gmv = _("{money} attributed", money=gmv)
    title = textwrap.shorten(session.title or "", 28, placeholder="…")
    special = f" ({', '.join(marks)})" if marks else ""
    shown = formats.count(session.counts["impressions"])
    return f"{start:<16}  {length:>11}  {gmv:>24}  {shown:>12}  {title:<28}  {session.id}{special}".rstrip()
