"""Every LIVE of a shop: a table to sort and open, trends with their usual band, a heat map."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from playbook import formats
from playbook.desk.glance import usual_gmv
from playbook.diagnosis.over_lives.over_time import OverTime
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _, ngettext, pgettext
from playbook.metrics.compute import compute
from playbook.model.session import Session
from playbook.report.charts import history
from playbook.report.charts.review import Chart
from playbook.report.words import sentences
from playbook.ui.files import loading
from playbook.ui.frame import addresses, keys, once, shell, shop, state
from playbook.ui.frame.drawing import draw, draw_to_select, drawing_of
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import Saved
from playbook.ui.frame.titles import titles

#: What LIVEs are narrowed by, as the address has it in small letters, and what there is to choose; `option` says it.
NARROWED_BY = (N_("Weekday"), N_("Start"), N_("Length"), N_("Host"))
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LENGTHS = {
    N_("under 1 h"): (0, 60), N_("1 to 2 h"): (60, 120), N_("2 to 4 h"): (120, 240), N_("over 4 h"): (240, 10**9),
}  # fmt: skip
HOURS = {
    N_("morning"): range(5, 12),
    N_("afternoon"): range(12, 17),
    N_("evening"): range(17, 22),
    N_("night"): (*range(22, 24), *range(5)),
}
SHOWN = (20, 30, 60)
#: So many of the latest LIVEs say how they were against their usual.
JUDGED = 120
#: By id of a LIVE: change of its GMV against the usual in percent, and its weakest metric with the value.
Judged = dict[str, tuple[int | None, tuple[str, float | None] | None]]
#: Rows of the table whose numbers are written out here.
MOST_WRITTEN = 300
AGAINST = N_("GMV against what a LIVE of this length usually sold before it.")
TABLE_METRICS = ("err", "comment_rate", "follow_rate", "ctr", "ctor", "gmv_per_hour")


def weekday(day: str) -> str:
    """`Mon`: one of `DAYS` as people read it."""
    return {
        "Mon": pgettext("weekday", "Mon"), "Tue": pgettext("weekday", "Tue"), "Wed": pgettext("weekday", "Wed"),
        "Thu": pgettext("weekday", "Thu"), "Fri": pgettext("weekday", "Fri"), "Sat": pgettext("weekday", "Sat"),
        "Sun": pgettext("weekday", "Sun"),
    }[day]  # fmt: skip


def option(narrowed_by: str, choice: str) -> str:
    """What may be chosen, as people read it; hosts are called as they are."""
    if narrowed_by == "Weekday":
        return weekday(choice)
    return choice if narrowed_by == "Host" else _(choice)


@dataclass(frozen=True)
class Filter:
    """Which LIVEs to look at; an empty choice lets all through."""

    days: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    title: str = ""
    first: date | None = None
    last: date | None = None

    def __call__(self, session: Session) -> bool:
        start, minutes = session.start, session.duration_minutes
        if self.days and (start is None or DAYS[start.weekday()] not in self.days):
            return False
        if self.hours and (
            start is None or session.day_alone or not any(start.hour in HOURS[each] for each in self.hours)
        ):
            return False
        if self.lengths and (
            minutes is None or not any(LENGTHS[each][0] <= minutes < LENGTHS[each][1] for each in self.lengths)
        ):
            return False
        if (self.first and (start is None or start.date() < self.first)) or (
            self.last and (start is None or start.date() > self.last)
        ):
            return False
        if not all(word in (session.title or "").casefold() for word in self.title.casefold().split()):
            return False
        return not self.hosts or session.host in self.hosts

    @property
    def words(self) -> str:
        """What it asks for, to stand beside the button; empty for none."""
        chosen = zip(NARROWED_BY, (self.days, self.hours, self.lengths, self.hosts), strict=True)
        said = [option(name, each) for name, picked in chosen for each in picked]
        if self.title.strip():
            said.append(_("title has {words}", words=self.title))
        if self.first:
            said.append(_("from {day}", day=self.first.isoformat()))
        if self.last:
            said.append(_("up to {day}", day=self.last.isoformat()))
        return ", ".join(said)


def nothing_yet() -> None:
    message = shop.trouble()
    if message:
        st.error(escape(message), icon=":material/database_off:")
        return
    st.info(
        _("No LIVE is saved yet. Upload an export on the review page: every LIVE in it is remembered here."),
        icon=":material/history:",
    )
    shell.link("review.py", _("Go to the review page"), icon=":material/arrow_forward:")


def filters(sessions: Sequence[Session], shop_id: str) -> Filter:
    """Weekday, time of day, length, host, title and days, shared by the tabs and in the address; what is chosen stands
    beside the button. Each shop has hosts of its own.
    """
    hosts = sorted({each.host for each in sessions if each.host})
    offered: tuple[Collection[str], ...] = (DAYS, HOURS, LENGTHS, hosts)
    listed = tuple(zip(NARROWED_BY, offered, strict=True))
    _adopt({label: tuple(options) for label, options in listed}, shop_id)
    _adopt_typed(shop_id)
    boxes = {name: keys.of_shop(f"filter_{name}", shop_id) for name in ("Title", "From", "Until")}
    with st.popover(_("Filter"), icon=":material/filter_list:"):
        chosen = [
            st.pills(  # type: ignore[call-overload]  # the default of a lambda has no type
                escape(_(label)),
                list(options),
                format_func=lambda each, label=label: escape(option(label, each)),
                selection_mode="multi",
                key=keys.of_shop(f"filter_{label}", shop_id),
                persist_state="session",
            )
            for label, options in listed
            if options
        ]
        title = st.text_input(_("Title has"), key=boxes["Title"], persist_state="session", max_chars=80) or ""
        first = _day_box(pgettext("first day", "From"), boxes["From"])
        last = _day_box(pgettext("last day", "Until"), boxes["Until"])
    for name, each in zip(addresses.FILTERS, chosen, strict=False):
        addresses.say(name, tuple(each or ()))
    for name, text in (("title", title), ("from", first and first.isoformat()), ("until", last and last.isoformat())):
        addresses.say(name, (text,) if text else ())
    picks = [tuple(each or ()) for each in chosen]
    of_hosts = picks[3] if len(picks) > 3 else ()
    wanted = Filter(picks[0], picks[1], picks[2], of_hosts, title, first, last)
    if wanted.words:
        st.caption(escape(_("Filter: {what}", what=wanted.words)))
    return wanted


def _day_box(label: str, key: str) -> date | None:
    picked = st.date_input(label, value=None, format=formats.typed_day(), key=key, persist_state="session")
    return picked if isinstance(picked, date) else None


def _adopt_typed(shop_id: str) -> None:
    """Title and days as the address asks."""
    title = addresses.take("title")
    if title is not None:
        st.session_state[keys.of_shop("filter_Title", shop_id)] = title[-1] if title else ""
    for name in ("from", "until"):
        asked = addresses.take(name)
        if asked is None:
            continue
        try:
            day = date.fromisoformat(asked[-1]) if asked else None
        except ValueError:
            day_asked = asked[-1][:40]
            st.warning(escape(_("The address asks for the day '{day}', which is none.", day=day_asked)),
                       icon=":material/link_off:")  # fmt: skip
            continue
        st.session_state[keys.of_shop(f"filter_{name.capitalize()}", shop_id)] = day


def _adopt(listed: Mapping[str, tuple[str, ...]], shop_id: str) -> None:
    """Filter as the address asks; what of it is not there is said, with what is."""
    for label, options in listed.items():
        asked = addresses.take(label.lower())
        if asked is None:
            continue
        st.session_state[keys.of_shop(f"filter_{label}", shop_id)] = [each for each in asked if each in options]
        for each in asked:
            if each not in options:
                st.warning(escape(_not_there(label, each[:80], options[:12])), icon=":material/link_off:")


def _not_there(label: str, asked: str, options: Sequence[str]) -> str:
    """What an address asks for in vain; what there is stands as an address has to name it."""
    if not options:
        return _(
            "{filter}: the address asks for '{asked}', which is not there. There is: nothing to choose from.",
            filter=_(label), asked=asked,
        )  # fmt: skip
    return _(
        "{filter}: the address asks for '{asked}', which is not there. There is: {options}.",
        filter=_(label), asked=asked, options=", ".join(options),
    )  # fmt: skip


def table() -> None:
    """Newest first; a row opens its review."""
    kept = loading.of_shop()
    if kept is None or not kept.sessions:
        nothing_yet()
        return
    wanted = filters(kept.sessions, kept.shop_id)
    newest = kept.sessions[::-1]
    places = [place for place, each in enumerate(newest) if wanted(each)]
    shown = [newest[place] for place in places]
    marks = kept.reader.marks(kept.shop_id)
    st.caption(ngettext(
        "{shown} of {count} LIVEs. Select a row to open its review.",
        "{shown} of {count} LIVEs. Select a row to open its review.",
        len(newest), shown=len(shown), count=len(newest),
    ))  # fmt: skip
    every = once.of(kept, rows_of)
    frame = every.iloc[places] if len(places) < len(every) else every
    empty = [each for each in ("Start", "Title", "Host", "Weakest") if not frame[each].any()]
    if len(set(frame["GMV is"]) - {""}) < 2:
        empty.append("GMV is")
    frame = frame.drop(columns=empty)  # another frame, to which columns are added
    currencies = {each.currency for each in shown if each.currency}
    frame[N_("Looked at")] = [each.id in marks and marks[each.id].reviewed_at is not None for each in shown]
    frame[N_("Note")] = [(marks[each.id].note if each.id in marks else None) or "" for each in shown]
    config: dict[str, Any] = {
        "Day": st.column_config.DateColumn(_("Day"), format=formats.day_of_a_column()),
        "Against usual": st.column_config.Column(_("Against usual"), help=_(AGAINST)),
        "GMV": st.column_config.Column(_gmv_title(currencies)),
        "Looked at": st.column_config.CheckboxColumn(_("Looked at")),
    }
    shown_rows = written(frame, _columns(kept).values(), config)
    metrics = {each.short for each in _columns(kept).values()}
    config = titles(name for name in frame.columns if name not in metrics) | config
    event = st.dataframe(
        shown_rows, hide_index=True, key=keys.of_shop("history_table", kept.shop_id), on_select="rerun",
        selection_mode=("single-row", "single-cell"), column_config=config, height=520,
        alt=_("LIVEs of this shop, newest first"), placeholder="",
    )  # fmt: skip
    chosen = picked(event)
    if chosen is not None:
        open_review(shown[chosen])


def _gmv_title(currencies: set[str]) -> str:
    if len(currencies) != 1:
        return _("GMV")
    return _("GMV, {currency}", currency=next(iter(currencies)))


def picked(event: Any) -> int | None:
    """The row that was ticked, or of which a cell was clicked."""
    rows = [*event["selection"]["rows"], *(row for row, _column in event["selection"].get("cells", ()))]
    return rows[0] if rows else None


def latest_judged(kept: Saved) -> Judged:
    """The latest LIVEs by id, each with its change against usual and what was weakest."""
    found = kept.over_time(JUDGED)
    factors = [name for name, metric in kept.knowledge.metrics.items() if metric.role == "factor"]
    made = {}
    for place, session in enumerate(found.sessions):
        below = {name: found.points[name][place] for name in found.below(place, factors)}
        worst = min(below, key=lambda name: below[name].gap or 0.0, default=None)
        usual, gmv = usual_gmv(found, session, place), session.counts["gmv"]
        change = None if gmv is None or not usual else round((gmv / usual - 1) * 100)
        made[session.id] = (change, None if worst is None else (worst, below[worst].value))
    return made


def weakest_words(judged: Judged, session: Session, metrics: Mapping[str, Metric]) -> str:
    """`CTR 7.8%`; empty where nothing was below usual, or it is not known."""
    _change_of, worst = judged.get(session.id, (None, None))
    if worst is None:
        return ""
    metric = metrics[worst[0]]
    return f"{metric.short} {formats.value_short(worst[1], metric.shown_as, session.currency)}"


def host_row(judged: Judged, session: Session, metrics: Mapping[str, Metric]) -> dict[str, object]:
    """A LIVE in a short table."""
    return {
        N_("LIVE"): sentences.when(session),
        N_("Against usual"): judged.get(session.id, (None, None))[0],
        N_("Weakest"): weakest_words(judged, session, metrics),
        N_("GMV"): formats.money_short(session.counts["gmv"], session.currency)
        if session.counts["gmv"] is not None
        else "",
        N_("Title"): session.title or "",
    }


def written(frame: pd.DataFrame, metrics: Iterable[Metric], config: dict[str, Any]) -> pd.DataFrame | Styler:
    """The table with its numbers as the shop's market writes them; they still sort as numbers.

    A long history keeps the browser's own way, put into `config`: to write each of its cells takes seconds.
    """
    shares = [each.short for each in metrics if each.shown_as == "percent"]
    numbers = [each for each in frame.select_dtypes("number").columns if each not in shares]
    if len(frame) > MOST_WRITTEN:
        config |= {each: st.column_config.NumberColumn(format="%.2f%%") for each in shares}
        config["Against usual"] = st.column_config.NumberColumn(_("Against usual"), format="%+d%%", help=_(AGAINST))
        for each in numbers:
            config.setdefault(each, st.column_config.NumberColumn(_(each), format="localized"))
        return frame
    ways: dict[Any, Any] = {**dict.fromkeys(numbers, _whole), **dict.fromkeys(shares, _share), "Against usual": _change}
    return frame.style.format(ways, na_rep="")


def _whole(value: float) -> str:
    return formats.count(round(value))


def _share(value: float) -> str:
    return formats.percent(value / 100)


def _change(value: float) -> str:
    return formats.change(value / 100)


def rows_of(kept: Saved) -> pd.DataFrame:
    """Every LIVE of the shop as a row of the table, newest first; percents as numbers up to 100.

    The time of day stands apart from the day: of some LIVEs the day alone is known.
    """
    wanted, judged = _columns(kept), once.of(kept, latest_judged)
    rows = []
    for each in reversed(kept.sessions):
        values = compute(each, wanted)
        row: dict[str, object] = {
            N_("Day"): each.start and each.start.date(),
            N_("Start"): f"{each.timed_start:%H:%M}" if each.timed_start else "",
            N_("GMV"): each.counts["gmv"],
            N_("GMV is"): _kind(each.gmv_kind),
            N_("Against usual"): judged.get(each.id, (None, None))[0],
            N_("Weakest"): weakest_words(judged, each, kept.knowledge.metrics),
            N_("Minutes"): each.duration_minutes,
            N_("Title"): each.title or "",
            N_("Host"): each.host or "",
            N_("Impressions"): each.counts["impressions"],
            N_("Views"): each.counts["views"],
        }
        for name, metric in wanted.items():
            value = values[name].value
            row[metric.short] = None if value is None else value * 100 if metric.shown_as == "percent" else value
        rows.append(row)
    return pd.DataFrame(rows)


def _kind(kind: str | None) -> str:
    """`direct`, `attributed`; empty where it is not known."""
    if kind == "direct":
        return pgettext("kind of GMV", "direct")
    return pgettext("kind of GMV", "attributed") if kind == "attributed" else kind or ""


def _columns(kept: Saved) -> dict[str, Metric]:
    metrics = kept.knowledge.metrics
    return {name: metrics[name] for name in TABLE_METRICS if name in metrics}


def open_review(session: Session) -> None:
    """Leave for the review page with this LIVE chosen."""
    state.hold(())
    state.choose_live(session.id)
    shell.leave_for("review.py")


def judged(kept: Saved, wanted: Filter, last: int) -> OverTime:
    """The last LIVEs that pass the filter, each judged by all that preceded it."""
    found = kept.over_time(last if wanted == Filter() else last * 3)
    places = [place for place, each in enumerate(found.sessions) if wanted(each)][-last:]
    return OverTime(
        tuple(found.sessions[place] for place in places),
        {name: tuple(points[place] for place in places) for name, points in found.points.items()},
    )


def trends() -> None:
    """Control charts: a metric LIVE by LIVE in its usual band."""
    kept = loading.of_shop()
    if kept is None:
        return
    metrics = kept.knowledge.metrics
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = st.multiselect(
            _("Metrics"), list(metrics), default=["err", "ctr", "ctor", "gmv_per_hour"], key="trend_metrics",
            format_func=lambda name: metrics[name].label, width=520,
        )  # fmt: skip
        last = st.segmented_control(_("LIVEs"), SHOWN, default=SHOWN[1], required=True, key="trend_last")
        asked = filters(kept.sessions, kept.shop_id), last or SHOWN[1]
    found = once.of(kept, judged, *asked)
    if not found.sessions:
        st.info(_("No LIVE passes this filter."), icon=":material/filter_list_off:")
        return
    by_host = len({each.host for each in found.sessions if each.host}) > 1 and st.toggle(
        _("Colour by host"), key=keys.of_shop("trend_hosts", kept.shop_id)
    )
    said = _(
        "The grey band is the usual range as it was known before each LIVE. Triangles lie outside it. A click on a "
        "point opens its review."
    )
    if asked[0].words:
        every = _("The band is made of all LIVEs, also of those that the filter leaves out.")
        said = f"{said} {every}"
    st.caption(said)
    for name in names:
        st.markdown(f"**{metrics[name].label}**")
        chart = drawing_of(kept, _control_chart, *asked, name, by_host)
        if chart is None:
            st.caption(_("Not known from these exports."))
            continue
        if history.mixed_gmv(found, metrics[name]):
            st.caption(_(":material/call_split: GMV is direct in some of these LIVEs and attributed in others."))
        low = sum(point.verdict == "below" for point in found.points[name])
        event = draw_to_select(
            chart, f"control_{name}",
            ngettext("{metric} over {count} LIVEs; {low} below the usual range",
                     "{metric} over {count} LIVEs; {low} below the usual range",
                     len(found.sessions), metric=metrics[name].label, count=len(found.sessions), low=low),
            history.PICK,
        )  # fmt: skip
        clicked = [each.get("id") for each in (event.get("selection") or {}).get(history.PICK) or ()]
        hit = next((each for each in found.sessions if each.id in clicked), None)
        if hit is not None:
            open_review(hit)


def _control_chart(kept: Saved, wanted: Filter, last: int, name: str, by_host: bool) -> Chart | None:
    return history.control_chart(once.of(kept, judged, wanted, last), kept.knowledge.metrics[name], name, by_host)


def heat_map() -> None:
    """All factor metrics by LIVE: a repeat offender is a row of the same colour."""
    kept = loading.of_shop()
    if kept is None:
        return
    metrics = kept.knowledge.metrics
    asked = filters(kept.sessions, kept.shop_id), SHOWN[1]
    found = once.of(kept, judged, *asked)
    if not found.sessions:
        st.info(_("No LIVE passes this filter."), icon=":material/filter_list_off:")
        return
    names = _coloured(found, metrics)
    worst = max(names, key=lambda name: sum(point.verdict == "below" for point in found.points[name]))
    times = sum(point.verdict == "below" for point in found.points[worst])
    name = sentences.lowered(metrics[worst].label)
    many = len(found.sessions)
    line = ngettext(
        "Most often below its usual: {metric}, in {times} of {count} LIVEs.",
        "Most often below its usual: {metric}, in {times} of {count} LIVEs.",
        many, metric=name, times=times, count=many,
    )  # fmt: skip
    st.markdown(line if times else _("No metric fell below its usual in these LIVEs."))
    chart = drawing_of(kept, _heat_map, *asked)
    if chart:
        draw(chart, "heat_map", line)
    first, latest = sentences.day(found.sessions[0].start), sentences.day(found.sessions[-1].start)
    st.caption(_("From {first} to {last}.", first=first, last=latest))


def _heat_map(kept: Saved, wanted: Filter, last: int) -> Chart:
    found, metrics = once.of(kept, judged, wanted, last), kept.knowledge.metrics
    return history.heat_map(found, metrics, _coloured(found, metrics))


def _coloured(found: OverTime, metrics: Mapping[str, Metric]) -> list[str]:
    """The metrics that are known in one of the LIVEs, without those that only explain others."""
    return [
        name
        for name, metric in metrics.items()
        if metric.role in ("factor", "outcome") and any(point.value is not None for point in found.points[name])
    ]
