"""What was found in a transcript: search, planned lines, asks, words around a moment, words that need care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.diagnosis.findings import EventEffect
from playbook.knowledge.load import Knowledge
from playbook.language import _, ngettext
from playbook.model.session import Event, Session
from playbook.model.transcript import Line, Transcript
from playbook.pipeline import Review
from playbook.report.charts import review as charts
from playbook.report.words import said as words
from playbook.said.asks import ASKS, AskStretch, asked, by_ten_minutes
from playbook.said.moments import SpokenStretch, moments
from playbook.said.planned import LineSaid, PlannedLine, around_sayings, language_of, lines_of, lines_said
from playbook.said.pressing import Pressing, pressing
from playbook.said.speech import Speech
from playbook.ui.frame import keys, once
from playbook.ui.frame.drawing import Drawing, draw, drawing
from playbook.ui.frame.escape import escape

from . import own_line, trend

#: Lines shown of a search, and of a moment before the rest is folded away.
_MOST = 30
#: Own lines that are looked for at once, and how long they may be.
_MOST_TYPED, _LONGEST_TYPED = 40, 4_000


@dataclass(frozen=True)
class FoundWords:
    """All that does not depend on what is typed on the page."""

    speech: Speech
    language: str
    lines: tuple[LineSaid, ...]
    asks: dict[str, tuple[float, ...]]
    moments: tuple[SpokenStretch, ...]
    pressing: tuple[Pressing, ...]


def in_short(session: Session, knowledge: Knowledge, spoken: Transcript) -> list[tuple[str, str]]:
    """Of a LIVE beside another one: which planned lines were said, and how often viewers were asked."""
    strategies = [each for each in knowledge.strategies.values() if each.status != "retired"]
    speech = Speech(spoken.on_live())
    language = language_of(speech, strategies)
    said = [each for each in lines_said(speech, lines_of(strategies, language)) if each.sayings]
    times = "; ".join(f"{words.times([one.minute for one in each.sayings])} {each.line.text}" for each in said)
    asks = [
        words.asks_line(kind, len(asked(speech, kind, language, strategies)), session.duration_minutes)
        for kind in ASKS
    ]  # fmt: skip
    return [(_("Planned lines said"), times or _("none")), (_("Asks"), "; ".join(asks))]


def found_in(review: Review, spoken: Transcript) -> FoundWords:
    strategies = [each for each in review.knowledge.strategies.values() if each.status != "retired"]
    speech = Speech(spoken.on_live())
    language = language_of(speech, strategies)
    return FoundWords(
        speech,
        language,
        tuple(lines_said(speech, lines_of(strategies, language))),
        {kind: asked(speech, kind, language, strategies) for kind in ASKS},
        tuple(moments(speech.lines, review.session, review.diagnosis.dips, review.diagnosis.rounds)),
        tuple(pressing(speech, language, strategies)),
    )


def show(review: Review, spoken: Transcript, shop_id: str) -> None:
    found = once.of(review, found_in, spoken)
    hits = search(review, found, shop_id)
    planned(review, found, shop_id)
    asks(review, found)
    read = around(review, found, shop_id)
    care(found)
    own_line.offer(review, hits or read, found.language, shop_id)


def search(review: Review, found: FoundWords, shop_id: str) -> tuple[Line, ...]:
    """The lines with the words that were typed, as many as are shown."""
    wanted = st.text_input(
        _("Search what was said"), key=keys.of_live("said_search", shop_id, review.session.id), max_chars=100,
        icon=":material/search:",
    )  # fmt: skip
    if not wanted:
        return ()
    hits = found.speech.search(wanted)
    many = len(hits)
    st.caption(
        ngettext("{count} line has these words.", "{count} lines have these words.", many, count=formats.count(many))
    )
    lines = tuple(found.speech.lines[at] for at in hits[:_MOST])
    _said(lines, "said_hits")
    return lines


def _said(lines: Sequence[Line], key: str) -> None:
    with st.container(key=key):
        st.markdown("\n".join(f"- {escape(words.spoken(each))}" for each in lines))


def planned(review: Review, found: FoundWords, shop_id: str) -> None:
    """Each planned line: said or not, which a phone shows first, when, as it was heard; then on the curve."""
    st.header(_("Was it said?"), anchor=False)
    box = keys.of_live("said_own", shop_id, review.session.id)
    typed = st.text_area(
        _("Lines from your run sheet, one a row"), key=box, height=90, max_chars=_LONGEST_TYPED,
        help=_("They are looked for beside the lines of the strategies, in these or nearly these words."),
    )  # fmt: skip
    own = tuple(dict.fromkeys(row.strip() for row in (typed or "").splitlines() if row.strip()))[:_MOST_TYPED]
    rows = [*lines_said(found.speech, [PlannedLine(each) for each in own]), *found.lines]
    said = [each for each in rows if each.sayings]
    st.markdown(
        escape(
            _(
                "{said} of {all} lines were said, in these or nearly these words.",
                said=formats.count(len(said)), all=formats.count(len(rows)),
            )
        )
    )  # fmt: skip
    frame = pd.DataFrame([_row(review, each) for each in sorted(rows, key=lambda each: not each.sayings)])
    if len(frame):
        st.dataframe(frame, hide_index=True, key="said_lines", alt=_("Planned lines: said or not, and when"))
    if said and review.session.trend is not None:
        _on_the_curve(review, tuple(said))
        after(review, tuple(said))


def _row(review: Review, each: LineSaid) -> dict[str, object]:
    strategy = review.knowledge.strategies.get(each.line.strategy or "")
    return {
        _("Said"): words.said_count(len(each.sayings)),
        _("Line"): each.line.text,
        _("When"): words.times([one.minute for one in each.sayings]),
        _("As it was heard"): each.sayings[0].words if each.sayings else "",
        _("From"): strategy.title if strategy else _("your run sheet"),
    }


def _on_the_curve(review: Review, said: tuple[LineSaid, ...]) -> None:
    panels = once.of(review, _panels, said)
    for index, panel in enumerate(panels):
        draw(panel, f"said_curve_{index}", _("Minute by minute, with the planned lines where they were said"))


def _panels(review: Review, said: tuple[LineSaid, ...]) -> list[Drawing]:
    drawn, session = once.of(review, trend.columns), review.session
    name = next((each for each in trend.CHOICES if each in drawn and drawn[each].notna().any()), None)
    shown = [(review.knowledge.metrics[name], name)] if name else []
    spoken = [Event("script", one.minute, detail=each.line.text[:30]) for each in said for one in each.sayings]
    inside = [each for each in spoken if 0 <= each.minute <= float(drawn["minute"].max())]
    made = charts.trend(drawn, session.trend_step or 1.0, inside, review.diagnosis.dips, shown, session.currency)
    return [drawing(each) for each in made]


def after(review: Review, said: tuple[LineSaid, ...]) -> None:
    """Ten minutes after each saying against ten before, with its rank among ordinary moments."""
    effects = once.of(review, _effects, said)
    if not effects:
        return
    with st.expander(_("Ten minutes after each against ten before"), icon=":material/compare:", key="said_after"):
        st.caption(
            _(
                "Counts beside times. Whatever else was done in these minutes is in them too: the rank says at how "
                "many ordinary moments of this LIVE the change is larger."
            )
        )
        metrics = review.knowledge.metrics
        rows = [
            {
                _("At"): formats.clock(each.minute),
                _("Line"): each.detail or "",
                _("Metric"): metrics[each.metric].short,
                _("Change"): formats.change(each.change),
                _("Larger at"): _(
                    "{many} of {moments} moments", many=each.larger_than, moments=each.moments
                ) if each.larger_than is not None else "–",
            }
            for each in effects
        ]  # fmt: skip
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="said_effects", alt=_("Changes after each saying"))


def _effects(review: Review, said: tuple[LineSaid, ...]) -> tuple[EventEffect, ...]:
    return around_sayings(review.session, said, review.knowledge.metrics)


def asks(review: Review, found: FoundWords) -> None:
    st.header(_("How often viewers were asked"), anchor=False)
    metrics, session = review.knowledge.metrics, review.session
    for kind, minutes in found.asks.items():
        st.markdown(f"- {escape(words.asks_line(kind, len(minutes), session.duration_minutes))}")
    stretches = {kind: by_ten_minutes(each, kind, session, metrics) for kind, each in found.asks.items()}
    rows = [_ask_row(review, at, stretches) for at in range(len(stretches["follow"]))]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, key="said_asks", alt=_("Asks in each ten minutes, beside the rates")
    )


def _ask_row(review: Review, at: int, stretches: dict[str, tuple[AskStretch, ...]]) -> dict[str, object]:
    row: dict[str, object] = {_("From"): formats.clock(stretches["follow"][at].minute)}
    for kind, every in stretches.items():
        metric = review.knowledge.metrics.get(ASKS[kind])
        row[_("Asked {what}", what=_(words.ASK_WORDS[kind]))] = every[at].asks
        row[metric.short if metric else ASKS[kind]] = words.value(metric, every[at].value, review.session.currency)
    return row


def around(review: Review, found: FoundWords, shop_id: str) -> tuple[Line, ...]:
    """The words of a dip, of the minutes before the best ones, or of a pitch, beside that product's numbers."""
    if not found.moments:
        return ()
    st.header(_("Words around a moment"), anchor=False)
    chosen = st.selectbox(
        _("Moment"), range(len(found.moments)), key=keys.of_live("said_moment", shop_id, review.session.id),
        format_func=lambda at: words.moment_name(found.moments[at], review),
    )  # fmt: skip
    moment = found.moments[chosen or 0]
    st.caption(escape(words.moment_range(moment)))
    if moment.kind == "round":
        _numbers(review, moment)
    if moment.lines:
        _said(moment.lines[:_MOST], "said_around")
        if len(moment.lines) > _MOST:
            with st.expander(_("The rest of it")):
                _said(moment.lines[_MOST:], "said_around_rest")
    else:
        st.caption(_("Nobody spoke in these minutes, as far as the file says."))
    return moment.lines[:_MOST]


def _numbers(review: Review, moment: SpokenStretch) -> None:
    """What the round came to."""
    each = next((one for one in review.diagnosis.rounds if one.minute == moment.first), None)
    if each is None:
        return
    counts = review.knowledge.counts
    known = [(counts["product_clicks"].label, each.clicks), (counts["sku_orders"].label, each.orders)]
    shown = [f"{label} {formats.count(value)}" for label, value in known if value is not None]
    if each.ctor is not None:
        shown.append(f"{review.knowledge.metrics['ctor'].short} {formats.percent(each.ctor)}")
    if shown:
        st.markdown(escape(" · ".join(shown)))


def care(found: FoundWords) -> None:
    """Words that press, with what a strategy says must be true before they are spoken."""
    if not found.pressing:
        return
    st.header(_("Words that must be true"), anchor=False)
    st.caption(_("Each may be said only where it is true. Check it against stock, price and the end of the offer."))
    with st.container(key="said_care"):
        for each in found.pressing[:_MOST]:
            known = _("True before it is said: {what}", what="; ".join(each.true_first)) if each.true_first else _(
                "No strategy with this line says what must be true."
            )  # fmt: skip
            st.markdown(f"- {escape(words.pressing_line(each))} {escape(known)}")
            st.caption(escape(each.words))
