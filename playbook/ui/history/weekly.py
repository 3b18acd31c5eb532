"""The weekly look: seven days against the weeks before, what fell, what keeps falling, what was not looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from playbook import formats, remarks
from playbook.diagnosis.baseline.ahead import LiveAhead, Outlook, ahead, usual_next
from playbook.diagnosis.baseline.compare import Change
from playbook.diagnosis.over_lives.weekly import DAYS, Weekly, weekly
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _, ngettext, pgettext
from playbook.model.session import Session
from playbook.report.charts import week as week_charts
from playbook.report.charts.review import Chart
from playbook.report.forms.tables import DIMENSIONS
from playbook.report.words import ahead as ahead_words
from playbook.report.words import sentences
from playbook.report.words import weekly as weekly_text
from playbook.store.records import Shop
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, once, shop
from playbook.ui.frame.drawing import draw, drawing_of
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import Saved
from playbook.ui.frame.titles import titles

from . import lives, next_week

#: The last day, when each LIVE was looked at, and when the last look was.
Asked = tuple[date, tuple[tuple[str, datetime], ...], datetime | None]


def show() -> None:
    kept, owner, opened = loading.of_shop(), shop.current(), shop.store()
    if kept is None or owner is None or opened is None:
        return
    sessions = kept.sessions
    reviewed = tuple((name, owner.wall_clock(at)) for name, at in opened.reviewed(owner.id).items())
    last_look = owner.wall_clock(owner.looked_at) if owner.looked_at else None
    asked = (until_when(owner, sessions), reviewed, last_look)
    look = once.of(kept, look_of, *asked)
    with st.container(key="weekly"):
        opening(opened, owner, look)
        picture(kept, look, asked)
        totals(look)
        to_come(kept, owner)
        next_week.show(kept, owner)
        weaknesses(look)
        deeper(kept, owner, look)
        with st.expander(_("Every metric of the week"), icon=":material/table:"):
            changes(once.of(kept, tables, asked, "week"), "week")
        if look.last_live:
            with st.expander(_("The account since its last LIVE"), icon=":material/last_page:"):
                st.caption(escape(_("{live} against the LIVEs before it.", live=sentences.when(look.last_live))))
                changes(once.of(kept, tables, asked, "last"), "last")
        for note in look.notes:
            st.caption(escape(remarks.sentence(note)))


def look_of(kept: Saved, until: date, reviewed: tuple[tuple[str, datetime], ...], last_look: datetime | None) -> Weekly:
    """The week up to a day, with what was looked at when."""
    return weekly(
        kept.sessions, kept.knowledge.metrics, until=datetime.combine(until, time.max), reviewed=dict(reviewed),
        last_look=last_look,
    )  # fmt: skip


def until_when(owner: Shop, sessions: Sequence[Session]) -> date:
    """Today; where the last seven days had no LIVE, the day of the latest one."""
    today = owner.wall_clock(datetime.now(UTC)).date()
    days = [each.start.date() for each in sessions if each.start and each.start.date() <= today]
    latest = max(days, default=today)
    default = today if today - latest < timedelta(days=DAYS) else latest
    picked = st.date_input(
        _("Seven days up to"),
        value=default,
        max_value=today,
        format=formats.typed_day(),
        key=keys.of_shop("weekly_until", owner.id),
        width=200,
    )
    return picked if isinstance(picked, date) else default


def opening(opened: Store, owner: Shop, look: Weekly) -> None:
    """What the week was, in a sentence; and whether a look is due."""
    st.header(weekly_text.week_headline(look, loading.knowledge().metrics), anchor=False)
    if look.due:
        days = look.days_since_look
        if days is None:
            said = _("There was no look yet; one every seven days keeps small falls small.")
        else:
            ago = f"{days:d}"
            said = ngettext(
                "The last look was {days} days ago; one every seven days keeps small falls small.",
                "The last look was {days} days ago; one every seven days keeps small falls small.",
                days, days=ago,
            )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/event_upcoming: {said}")
            st.button(
                _("I have looked"), key=keys.of_shop("mark_looked", owner.id), on_click=notices.act,
                args=(partial(opened.mark_looked, owner.id),),
            )  # fmt: skip


def totals(look: Weekly) -> None:
    """LIVEs, hours and GMV of the week beside an average week."""
    before = look.mean_week
    money = _("Attributed GMV") if look.gmv_kind == "attributed" else _("GMV")
    with st.grid(3, min_column_width=200):
        st.metric(
            _("LIVEs"), f"{look.week.lives:g}", border=True, delta_description=_mean(before.lives if before else None)
        )
        hours = look.week.hours
        st.metric(_("Hours on air"), formats.decimal(hours) if hours is not None else "–", border=True,
                  delta_description=_mean(before.hours if before else None))  # fmt: skip
        gmv = look.week.gmv
        usual = formats.money_short(before.gmv, look.currency) if before and before.gmv is not None else None
        st.metric(money, formats.money_short(gmv, look.currency) if gmv is not None else "–", border=True,
                  delta_description=_("average week: {value}", value=usual) if usual else None)  # fmt: skip


def to_come(kept: Saved, owner: Shop) -> None:
    """What the next LIVE may bring, with the way to set a target against it."""
    planned = usual_next(kept.sessions, owner.wall_clock(datetime.now(UTC)).replace(tzinfo=None))
    if planned is None:
        return
    currency = kept.sessions[-1].currency or owner.currency
    said = ahead_words.short_line(planned, once.of(kept, outlook, planned), kept.knowledge.metrics, currency)
    if said:
        with st.container(key="to_come"):
            st.markdown(
                _(":material/event_upcoming: **The next LIVE, 95 of 100 like it.** {ranges}", ranges=escape(said))
            )


def outlook(kept: Saved, live: LiveAhead) -> dict[str, Outlook]:
    return ahead(live, kept.sessions, kept.knowledge.metrics)


def _mean(value: float | None) -> str | None:
    return None if value is None else _("average week: {value}", value=formats.decimal(value))


def weaknesses(look: Weekly) -> None:
    metrics = loading.knowledge().metrics
    if look.repeats:
        st.markdown(_("**Repeat offenders**"))
        for repeat in look.repeats:
            label = metrics[repeat.metric].label
            st.markdown(f"- :red[:material/repeat: **{label}**] {weekly_text.how_often(repeat)}")
    if look.deviations:
        st.markdown(_("**Outside the usual**"))
        for each in look.deviations:
            metric = metrics[each.metric]
            value = formats.value(each.value, metric.shown_as, look.currency)
            usual = formats.value_range(each.low, each.high, metric.shown_as, look.currency)
            icon = ":material/trending_down:" if each.verdict == "below" else ":material/trending_up:"
            tint = "red" if each.verdict == "below" else "green"
            said = _(
                "{day}: {metric} {value}, usual {range}",
                day=sentences.day(each.start), metric=sentences.lowered(metric.label), value=escape(value),
                range=escape(usual),
            )  # fmt: skip
            st.markdown(f"- :{tint}[{icon}] {said}")


def picture(kept: Saved, look: Weekly, asked: Asked) -> None:
    """The week's LIVEs on the weeks before, and each metric in its band: looked at before it is read."""
    made = drawing_of(kept, _lives, *asked)
    if made is not None:
        many = len(look.sessions)
        alt = ngettext("GMV by LIVE; {count} LIVE in this week", "GMV by LIVE; {count} LIVEs in this week", many,
                       count=formats.count(many))  # fmt: skip
        draw(made, "week_lives", alt)
    bands = drawing_of(kept, _bands, *asked)
    if bands is not None:
        metrics = kept.knowledge.metrics
        low = [metrics[each.metric].short for each in look.changes if each.verdict == "below"]
        named = ", ".join(low) or pgettext("metrics below usual", "none")
        draw(bands, "week_bands", _("Each metric of the week in its usual range; below: {metrics}", metrics=named))


def _lives(kept: Saved, *asked: Any) -> Chart | None:
    look = once.of(kept, look_of, *asked)
    return week_charts.lives_chart(kept.sessions, look.since, look.until)


def _bands(kept: Saved, *asked: Any) -> Chart | None:
    look = once.of(kept, look_of, *asked)
    return week_charts.bands_chart(look.changes, kept.knowledge.metrics, look.currency)


def why_deeper(judged: lives.Judged, session: Session, metrics: Mapping[str, Metric]) -> str:
    """`GMV 41% less than usual; weak: CTR 6.1%`: what makes it worth a look, beside its length."""
    change, _worst = judged.get(session.id, (None, None))
    parts = []
    if change is not None:
        part = f"{abs(change)}%"
        less = change < 0
        parts.append(_("GMV {part} less than usual", part=part) if less else _("GMV {part} more than usual", part=part))
    weak = lives.weakest_words(judged, session, metrics)
    if weak:
        parts.append(_("weak: {metric}", metric=weak))
    return "; ".join(parts) or _("an hour or more on air")


def deeper(kept: Saved, owner: Shop, look: Weekly) -> None:
    """Long LIVEs whose review nobody opened, each with what makes it worth it."""
    if not look.deeper:
        return
    st.markdown(_("**Worth a deeper look, not opened yet**"))
    by_id = {each.id: each for each in kept.sessions}
    judged = once.of(kept, lives.latest_judged)
    for each in look.deeper[:8]:
        with st.container(horizontal=True, vertical_alignment="center"):
            session = by_id[each.session_id]
            reason = why_deeper(judged, session, kept.knowledge.metrics)
            st.markdown(escape(f"{sentences.when(session)}: {reason}"))
            if st.button(_("Open the review"), key=keys.of_live("deeper", owner.id, each.session_id), type="tertiary"):
                lives.open_review(by_id[each.session_id])


def changes(found: Mapping[str, pd.DataFrame], key: str) -> None:
    """Recent against earlier, metric by metric, in the three dimensions."""
    for dimension, rows in found.items():
        named = sentences.dimension(dimension)
        st.markdown(f"**{escape(named)}**")
        st.dataframe(
            rows, hide_index=True, key=f"weekly_{key}_{dimension}", column_config=titles(rows),
            alt=_("{dimension} metrics against the weeks before", dimension=named),
        )  # fmt: skip


def tables(kept: Saved, asked: Asked, which: Literal["week", "last"]) -> dict[str, pd.DataFrame]:
    """A table for each dimension: the week, or the last LIVE, against what was before."""
    look, metrics = once.of(kept, look_of, *asked), kept.knowledge.metrics
    found = look.changes if which == "week" else look.since_last
    made = {}
    for dimension in DIMENSIONS:
        inside = [each for each in found if metrics[each.metric].dimension == dimension]
        if inside:
            rows = pd.DataFrame([_row(each, metrics[each.metric], look.currency) for each in inside])
            made[dimension] = rows if rows["Why"].any() else rows.drop(columns="Why")
    return made


def _row(change: Change, metric: Metric, currency: str | None) -> dict[str, str]:
    """The verdict stands beside the name, where a phone still shows it."""
    known = change.low is not None and change.high is not None
    return {
        N_("Metric"): metric.label,
        N_("Verdict"): sentences.verdict(change.verdict),
        N_("Now"): _value(change.recent, metric, currency),
        N_("To be expected"): formats.value_range(change.low, change.high, metric.shown_as, currency) if known else "–",
        N_("Before"): _value(change.earlier, metric, currency),
        N_("Change"): formats.change(change.change) if change.change is not None else "–",
        N_("Why"): change.reason or "",
    }


def _value(number: float | None, metric: Metric, currency: str | None) -> str:
    return "–" if number is None else formats.value(number, metric.shown_as, currency)
