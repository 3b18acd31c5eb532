"""Next week's LIVEs as the last weeks went, to change, with what each may bring; a file for the hosts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.diagnosis.baseline.ahead import LiveAhead
from playbook.diagnosis.baseline.next_week import MOST, Planned, forecast, usual_week
from playbook.language import N_, _
from playbook.report.words import ahead as ahead_words
from playbook.report.words import naming
from playbook.spreadsheet import csv_text, harmless
from playbook.store.records import Shop
from playbook.ui.frame import edits, keys, once
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import Saved
from playbook.ui.frame.titles import titles


def show(kept: Saved, owner: Shop) -> None:
    """Nothing is worked out before somebody asks."""
    if not st.toggle(_("Plan the next seven days"), key=keys.of_shop("plan_week", owner.id)):
        return
    now = owner.wall_clock(datetime.now(UTC)).replace(tzinfo=None)
    usual = usual_week(kept.sessions, now)
    if not usual:
        st.caption(_("No LIVE of the last four weeks says when this shop goes on air."))
        return
    st.caption(_("Days and hours that came back in the last four weeks. Change, add or delete rows."))
    base = pd.DataFrame([_row(each) for each in usual])
    key = keys.of_shop(f"week_rows_{now:%Y%m%d}", owner.id)
    base = edits.rows(key, edits.steady(base, key))
    st.data_editor(
        base, num_rows="dynamic", hide_index=True, key=key, alt=_("LIVEs of the next seven days"), placeholder="",
        column_config=titles(base) | {
            "Day": st.column_config.DateColumn(_("Day"), format="ddd D MMM", required=True),
            "Start": st.column_config.TimeColumn(_("Start"), format="HH:mm", required=True),
            "Hours": st.column_config.NumberColumn(_("Hours"), min_value=0.5, max_value=24.0, step=0.5),
        },
    )  # fmt: skip
    edits.keep(key)
    lives = planned(edits.edited(base, st.session_state.get(key)))
    if not lives:
        return
    found = once.of(kept, _forecast, *lives)
    currency = kept.sessions[-1].currency or owner.currency
    frame = pd.DataFrame([outlook_row(each, currency) for each in found])
    st.dataframe(
        frame, hide_index=True, column_config=titles(frame),
        key=keys.of_shop("week_outlook", owner.id), alt=_("What each of them may bring"),
    )  # fmt: skip
    middles = [each.outlooks["gmv"].usual for each in found if "gmv" in each.outlooks]
    known = [each for each in middles if each is not None]
    if known and len(known) == len(found):
        total = formats.money_short(sum(known), currency)
        st.markdown(
            escape(
                _("Together about {money} GMV. 95 of 100 such LIVEs lie within the range of their row.", money=total)
            )
        )
    st.download_button(
        _("Schedule for the hosts"), lambda: as_csv(found, currency),
        naming.file_name("schedule", "csv", owner.name, None, now.date()), "text/csv",
        key=keys.of_shop("week_csv", owner.id), icon=":material/calendar_month:", on_click="ignore",
    )  # fmt: skip


def planned(frame: pd.DataFrame) -> tuple[LiveAhead, ...]:
    """The rows that say a day and a time, earliest first."""
    made = []
    for row in frame.to_dict("records"):
        day, start = _day(row["Day"]), _time(row["Start"])
        if day is None or start is None:
            continue
        hours = row.get("Hours")
        host = row.get("Host")
        made.append(LiveAhead(
            datetime.combine(day, start), float(hours) if hours and hours == hours else 2.0,
            host.strip() if isinstance(host, str) and host.strip() else None,
        ))  # fmt: skip
    return tuple(sorted(made, key=lambda each: each.start)[:MOST])


def outlook_row(each: Planned, currency: str | None) -> dict[str, str]:
    """A LIVE with the ranges of what it may bring."""
    row = {N_("LIVE"): ahead_words.which(each.live)}
    for name, title in (("gmv", N_("GMV, about")), ("orders", N_("Orders, about"))):
        found = each.outlooks.get(name)
        if found is None or found.usual is None:
            row[title] = _("cannot tell")
            continue
        usual, low, high = (_said(value, name, currency) for value in (found.usual, found.low, found.high))
        row[title] = _("{value} ({low} to {high})", value=usual, low=low, high=high)
    return row


def _said(value: float | None, name: str, currency: str | None) -> str:
    if value is None:
        return _("not known")
    return formats.money_short(value, currency) if name == "gmv" else formats.count(round(value))


def as_csv(found: Sequence[Planned], currency: str | None) -> str:
    """One row a LIVE; the columns `start` and `host` are those that a schedule is read by."""
    rows = [["start", "hours", "host", "expected"]]
    for each in found:
        row = outlook_row(each, currency)
        expected = _("GMV {gmv}, orders {orders}", gmv=row["GMV, about"], orders=row["Orders, about"])
        rows.append([f"{each.live.start:%Y-%m-%d %H:%M}", f"{each.live.hours:g}", harmless(each.live.host or ""),
                     harmless(expected)])  # fmt: skip
    return csv_text(rows, mark=True)


def _row(each: LiveAhead) -> dict[str, Any]:
    return {N_("Day"): each.start.date(), N_("Start"): each.start.time(), N_("Hours"): each.hours,
            N_("Host"): each.host or ""}  # fmt: skip


def _day(value: object) -> Any:
    """A day as the table has it: a date, or text of one that was edited."""
    if isinstance(value, str):
        return datetime.fromisoformat(value[:10]).date()
    return None if value is None or value is pd.NaT else value


def _time(value: object) -> time | None:
    if isinstance(value, str):
        return time.fromisoformat(value.split(".")[0])
    return value if isinstance(value, time) else None


def _forecast(kept: Saved, *lives: LiveAhead) -> list[Planned]:
    return forecast(lives, kept.sessions, kept.knowledge.metrics)
