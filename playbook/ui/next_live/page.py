"""The next LIVE, top to bottom: verdicts on open plans, the one change to choose, run sheet and briefs, routines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import streamlit as st

from playbook import formats
from playbook.during.marks import UsualMark, usual_marks
from playbook.knowledge.load import Knowledge
from playbook.language import _, pgettext
from playbook.model.session import Session
from playbook.pipeline import Review
from playbook.plans import kept as kept_plans
from playbook.plans.briefs import briefs
from playbook.plans.kept import Kept
from playbook.plans.outcomes import seen_in_events
from playbook.plans.plan import (
    AT_MOST,
    Plan,
    TooManyPlans,
    candidates,
    mixed_up,
    opened,
    plan_for,
    with_draw,
)
from playbook.report.forms.briefs import briefs_html, briefs_markdown
from playbook.report.forms.run_sheet import USUAL_MINUTES, SheetHead, looks, run_sheet, run_sheet_html
from playbook.report.pdf import as_pdf
from playbook.report.words import naming, plans, sentences
from playbook.store.access import Role
from playbook.store.records import Shop
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, once, rights, shell, shop
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import Saved
from playbook.ui.strategies import card as strategy_view
from playbook.ui.strategies import page

from . import ahead

VERDICT_LOOK = {
    "worked": ("green", ":material/check_circle:"),
    "no_sign": ("gray", ":material/do_not_disturb_on:"),
    "cannot_tell": ("orange", ":material/hourglass_top:"),
    "not_done": ("gray", ":material/cancel:"),
}


def show() -> None:
    saved, owner = loading.of_shop(), shop.current()
    store = shop.store()
    if saved is None or owner is None or store is None or not saved.sessions:
        st.info(_("A plan needs a saved LIVE. Upload an export on the review page first."), icon=":material/flag:")
        shell.link("review.py", _("Go to the review page"), icon=":material/arrow_forward:")
        return
    sessions, knowledge, kept = saved.sessions, saved.knowledge, saved.judged_plans
    open_plans = [each for each in kept if each.plan.status == "open"]
    for each in open_plans:
        with st.container(border=True, key="plan_card" if each is open_plans[0] else f"plan_{each.plan.id}"):
            card(store, owner, each, sessions, knowledge)
    ahead.show(store, saved, owner)
    choose(store, saved, owner)
    sheets(saved.latest(), open_plans[0].plan if open_plans else None, sessions)
    earlier(kept, knowledge)
    routines(knowledge)


def who_and_when(plan: Plan) -> str:
    return f"{_(plans.FOR.get(plan.owner, plan.owner))} · {plans.when_done(plan)}"


def card(store: Store, owner: Shop, kept: Kept, sessions: Sequence[Session], knowledge: Knowledge) -> None:
    """An open plan: what, when, who, the words; what the LIVEs since say; one question a LIVE."""
    plan = kept.plan
    st.markdown(f":material/flag: **{escape(plan.title)}**")
    hoped = _("hoped: {change}", change=plans.hoped(plan, knowledge))
    st.caption(escape(f"{who_and_when(plan)} · {hoped}"))
    drawn(plan)
    st.markdown("\n".join(f"{index:d}. {escape(step)}" for index, step in enumerate(plan.steps, 1)))
    if plan.truth_required:
        st.warning("\n".join(f"- {escape(each)}" for each in plan.truth_required), title=_("Only when this is true"),
                   icon=":material/verified:")  # fmt: skip
    lines = [line for language, line in plan.words if language == "en"]
    for line in lines[:2]:
        st.code(line, language=None, wrap_lines=True)
    st.caption(escape(f"{plans.effort(plan, knowledge)} {plans.stop_rule(plan)}"))
    if rights.may(Role.host, owner.id):
        asked(store, owner, kept, sessions, knowledge)
    if kept.outcome:
        tint, icon = VERDICT_LOOK[kept.outcome.verdict]
        words = plans.outcome_sentence(kept.outcome, knowledge, owner.currency)
        with st.container(key=f"verdict_{plan.id}"):
            st.markdown(f":{tint}[{icon} {escape(words)}]")
    if rights.may(Role.coach, owner.id):
        ending(store, owner, kept)


def ending(store: Store, owner: Shop, kept: Kept) -> None:
    """Close a plan with what was found, or drop it."""
    plan = kept.plan
    with st.container(horizontal=True):
        if (
            kept.outcome
            and kept.outcome.verdict in kept_plans.FINAL
            and st.button(_("Close with this verdict"), key=keys.of_shop(f"close_{plan.id}", owner.id), type="primary")
            and shop.attempt(lambda: kept_plans.close(store, owner.id, kept), _("Kept as evidence"))
        ):
            st.rerun()
        if st.button(
            _("Drop this plan"), key=keys.of_shop(f"drop_{plan.id}", owner.id), type="tertiary"
        ) and shop.attempt(lambda: kept_plans.close(store, owner.id, kept, dropped=True), _("Dropped")):
            st.rerun()


def drawn(plan: Plan) -> None:
    """What was drawn for the LIVEs to come: the next one first."""
    now = shop.local(datetime.now(UTC)).replace(tzinfo=None)
    following = plans.drawn_next(plan, now)
    if following is None:
        return
    with st.container(key=f"drawn_{plan.id}"):
        st.markdown(f":material/casino: **{escape(following)}**")
        with st.expander(_("The coming seven days")):
            st.markdown("\n".join(f"- {escape(each)}" for each in plans.drawn_week(plan, now)))
            st.caption(_("A LIVE at another hour counts as the usual start that is nearest to it."))


def asked(store: Store, owner: Shop, kept: Kept, sessions: Sequence[Session], knowledge: Knowledge) -> None:
    """Whether it was done, asked once for each LIVE since."""
    for session in kept_plans.to_ask(kept, sessions)[-5:]:
        with st.container(horizontal=True, vertical_alignment="center"):
            logged = _logged(store, owner, kept, session, knowledge)
            asks = [_("Was it done on {when}?", when=sentences.when(session)), plans.drawn_then(kept.plan, session)]
            if logged:
                asks.append(_("The log of that LIVE shows it."))
            st.markdown(escape(" ".join(filter(None, asks))))
            for label, done in ((_("Yes"), True), (_("No"), False)):
                st.button(
                    label, key=keys.of_live(f"done_{kept.plan.id}_{done}", owner.id, session.id), on_click=notices.act,
                    args=(partial(store.answer_plan, owner.id, kept.plan.id, session.id, done, seen=None),),
                )  # fmt: skip


def _logged(store: Store, owner: Shop, kept: Kept, session: Session, knowledge: Knowledge) -> bool:
    """Whether the events of a LIVE hold what the plan asks for: a hint, the person still answers."""
    strategy = knowledge.strategies.get(kept.plan.strategy)
    return strategy is not None and bool(seen_in_events(strategy, store.session(owner.id, session.id)))


def offers(saved: Saved) -> tuple[Plan, ...]:
    """What the advice of the latest LIVE comes to as plans."""
    lives = [each for each in saved.sessions if each.start is not None]
    review = saved.latest()
    return candidates(review.recommendations, lives, review.knowledge.metrics, datetime.now(UTC), alternate=True)


def choose(store: Store, saved: Saved, owner: Shop) -> None:
    """At most three candidates, one to choose."""
    open_plans = [each.plan for each in saved.judged_plans if each.plan.status == "open"]
    if len(open_plans) >= AT_MOST:
        return
    may = rights.may(Role.coach, owner.id)
    review, offered = saved.latest(), once.of(saved, offers)
    offered = tuple(each for each in offered if not any(mixed_up(each, other) for other in open_plans))
    if open_plans and not offered:
        return
    title = _("Another change, on another number") if open_plans else _("Choose the one change")
    st.header(title, anchor=False)
    if not offered:
        st.markdown(escape(sentences.no_advice(review)))
        if may:
            st.markdown(_("Or make a strategy of your own choice the change: open it and press *Make this my change*."))
        shell.link("strategies.py", _("Browse the strategies"), icon=":material/menu_book:")
        return
    why = _(
        "One change a LIVE: with two at once nobody can tell which of them moved the number. Which LIVEs have it is "
        "drawn, about every second one, evenly over weekdays, hours and hosts, so that a growing shop or a better hour "
        "cannot look like the change."
    )
    st.caption(why if may else " ".join([why, _("A coach of the shop chooses.")]))
    with st.grid({1: 1, 2: 2}.get(len(offered), 3), min_column_width=250):
        for plan in offered:
            with st.container(border=True, height="stretch", key=f"candidate_{plan.strategy}"):
                st.markdown(f"**{escape(plan.title)}**")
                st.caption(escape(who_and_when(plan)))
                st.markdown(_("**First step:** {step}", step=escape(plan.steps[0])))
                st.markdown(escape(_("Hoped: {change}.", change=plans.hoped(plan, review.knowledge))))
                st.caption(escape(plans.effort(plan, review.knowledge)))
                tried = saved.evidence.get(plan.strategy)
                if tried:
                    st.markdown(escape(plans.evidence_sentence(tried, review.knowledge)))
                if may:
                    buttons(store, saved, owner, plan, open_plans)
                strategy_view.open_link(review.knowledge.strategies[plan.strategy])


def buttons(store: Store, saved: Saved, owner: Shop, plan: Plan, open_plans: list[Plan]) -> None:
    """The two ways in which a candidate is chosen."""
    if st.button(_("Choose for drawn LIVEs"), key=keys.of_shop(f"choose_{plan.strategy}", owner.id), type="primary"):
        take(store, saved, owner, plan, open_plans)
    if st.button(
        _("Choose for every LIVE"),
        key=keys.of_shop(f"every_{plan.strategy}", owner.id),
        type="tertiary",
        help=_("Simpler to keep. Growth, a season or a better hour can then look like the change."),
    ):
        take(store, saved, owner, in_every_live(saved, plan), open_plans)


def in_every_live(saved: Saved, plan: Plan) -> Plan:
    """The same change without a draw: made in every LIVE."""
    lives = [each for each in saved.sessions if each.start is not None]
    strategy = saved.knowledge.strategies[plan.strategy]
    return plan_for(strategy, lives, saved.knowledge.metrics, datetime.now(UTC))


def take(store: Store, saved: Saved, owner: Shop, plan: Plan, open_plans: list[Plan]) -> None:
    now = datetime.now(UTC)
    if plan.alternate:
        plan = with_draw(plan, saved.sessions, shop.local(now).replace(tzinfo=None))
    try:
        chosen = opened(replace(plan, created_at=now), open_plans)
    except TooManyPlans as error:
        st.error(escape(str(error)), icon=":material/error:")
        return
    if shop.attempt(lambda: kept_plans.save(store, owner.id, chosen, saved.judged_plans), _("Written down")):
        st.rerun()


def sheets(review: Review, plan: Plan | None, sessions: Sequence[Session]) -> None:
    """The run sheet, and a brief for each role: to print, or as text for a chat."""
    st.header(_("To print and to send"), anchor=False)
    lengths = [each.duration_minutes for each in sessions[-5:] if each.duration_minutes]
    minutes = sorted(lengths)[len(lengths) // 2] if lengths else None
    after, whose = review.session, shop.name()
    heading = _("{live} · for the LIVE after it", live=naming.about(after, whose))
    start = next_start(sessions)

    def name(kind: str, ending: str) -> str:
        return naming.file_name(kind, ending, whose, after)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(_("Next LIVE"), value=start.date() if start else None, format=formats.typed_day(),
                            key=keys.of_shop("sheet_day", _here()))  # fmt: skip
        at = st.time_input(
            pgettext("when the next LIVE begins", "At"),
            value=start.time() if start else None,
            key=keys.of_shop("sheet_at", _here()),
        )
        hosts = st.text_input(
            _("Hosts"), value=after.host or "", key=keys.of_shop("sheet_hosts", _here()), max_chars=80
        )
    begins = datetime.combine(day, at) if isinstance(day, date) and at else None
    products = in_order(after)
    kept = loading.of_shop()  # what is made at the click is made outside the visit, which knows no shop there

    def sheet() -> str:
        head = SheetHead(whose, hosts or "", tuple(products), usual_by_then(kept, review, minutes), after.currency)
        return run_sheet_html(run_sheet(review.knowledge, plan, minutes, begins), review.knowledge, head)

    def both() -> str:
        return briefs_html(briefs(review.recommendations, review.knowledge, plan), heading)

    def sheet_name(ending: str) -> str:
        day = begins.date() if begins else None
        return naming.file_name("run_sheet", ending, whose, None, day) if day else name("run_sheet", ending)

    with st.container(horizontal=True):
        st.download_button(
            _("Run sheet"), sheet, sheet_name("html"), "text/html", key="run_sheet", icon=":material/print:",
            on_click="ignore", help=_("One page: clock times, hosts, products in order, the usual at each look."),
        )  # fmt: skip
        st.download_button(
            _("Run sheet as PDF"), lambda: as_pdf(sheet()), sheet_name("pdf"), "application/pdf", key="run_sheet_pdf",
            icon=":material/picture_as_pdf:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            _("Briefs for host and operations"), both, name("briefs", "html"), "text/html", key="briefs",
            icon=":material/group:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            _("Briefs as PDF"), lambda: as_pdf(both()), name("briefs", "pdf"), "application/pdf", key="briefs_pdf",
            icon=":material/picture_as_pdf:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            _("Briefs for a chat"),
            lambda: briefs_markdown(briefs(review.recommendations, review.knowledge, plan), heading),
            name("briefs", "md"), "text/markdown", key="briefs_chat", icon=":material/chat:", on_click="ignore",
            help=_("The same as short text."),
        )  # fmt: skip


def next_start(sessions: Sequence[Session]) -> datetime | None:
    """Tomorrow at the hour at which most of the latest LIVEs began."""
    hours = [each.start.time().replace(second=0) for each in sessions[-10:] if each.start and not each.day_alone]
    if not hours:
        return None
    at = max(set(hours), key=lambda each: (hours.count(each), each))
    return datetime.combine(shop.today() + timedelta(days=1), at)


def in_order(session: Session) -> list[str]:
    """The products of the last LIVE as its list has them, those that sold most first."""
    ranked = sorted(session.products, key=lambda each: -(each.counts.get("gmv") or 0.0))
    return [each.name for each in ranked[:12] if each.name]


def usual_by_then(kept: Saved | None, review: Review, minutes: float | None) -> tuple[UsualMark, ...]:
    """What LIVEs of this shop had by each look at the numbers; read when the sheet is asked for."""
    if kept is None:
        return ()
    past = kept.reader.history(kept.shop_id, None, limit=15, trends=True)
    metrics = review.knowledge.metrics
    return tuple(usual_marks(past, metrics, ("err", "ctr", "orders", "gmv"), looks(minutes or USUAL_MINUTES)[:12]))


def _here() -> str | None:
    owner = shop.current()
    return owner.id if owner else None


def earlier(kept: list[Kept], knowledge: Knowledge) -> None:
    """Plans with their verdicts, newest first."""
    closed = [each for each in reversed(kept) if each.plan.status == "judged" and each.outcome]
    if not closed:
        return
    st.header(_("Tried before"), anchor=False)
    for each in closed:
        assert each.outcome
        tint, icon = VERDICT_LOOK[each.outcome.verdict]
        words = plans.outcome_sentence(each.outcome, knowledge)
        st.markdown(f"- **{escape(each.plan.title)}** :{tint}[{icon} {escape(words)}]")
        if each.plan.strategy in knowledge.strategies:
            strategy_view.line(knowledge.strategies[each.plan.strategy])


def routines(knowledge: Knowledge) -> None:
    with st.expander(_("Routines as checklists"), icon=":material/checklist:"):
        page.routines(knowledge)
