"""For trainers: who learns here, what is assigned, who passed what, and where they fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from zlib import crc32

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.knowledge.load import Knowledge
from playbook.language import N_, _, ngettext, pgettext
from playbook.report.forms.certificate import certificate_html
from playbook.report.pdf import as_pdf
from playbook.report.words import naming
from playbook.spreadsheet import harmless
from playbook.store.access import Role
from playbook.store.people import MOST_OF_A_QUOTA, QUOTA_KINDS
from playbook.store.records import Assignment, LearningResult, Shop, Trainee
from playbook.store.store import Store
from playbook.training import walk as walks
from playbook.training.asked import done, handed_in, still_open
from playbook.training.failing import Passed, failing, last_seen, passed
from playbook.ui.frame import asking, keys, rights, shop, signin, trainee
from playbook.ui.frame.escape import escape

from . import drill, hosting


def show(knowledge: Knowledge) -> None:
    opened = shop.store()
    if opened is None:
        st.info(_("People cannot be kept while there is no store; the message in the sidebar says why."))
        return
    owner = shop.current()
    everybody = trainee.trainees()
    if not everybody:
        st.markdown(_("Nobody learns here yet. Add a name to keep progress, and to assign lessons."))
    _add(opened, owner.id if owner else None)
    if owner is None or not everybody:
        return
    results, asked = opened.results(owner.id), opened.assignments(owner.id)
    frame = overview(everybody, results, asked, knowledge)
    st.dataframe(
        frame,
        hide_index=True,
        key=keys.of_shop("people_table", owner.id),
        alt=_("Each trainee with lessons passed and weak points"),
    )
    st.download_button(
        _("Results as CSV"), lambda: results_csv(everybody, results, knowledge, owner.name),
        naming.file_name("training_results", "csv", owner.name, None, shop.today()), "text/csv",
        key="people_csv", icon=":material/table:", on_click="ignore",
    )  # fmt: skip
    _failing(owner.id, everybody, results, knowledge)
    _certificates(everybody, results, owner, knowledge)
    hosting.show(everybody, results, owner, knowledge)
    _everywhere(opened, knowledge)
    _assign(opened, owner.id, everybody, knowledge)
    _assigned(opened, owner.id, everybody, results, asked, knowledge)
    _change(opened, owner.id, everybody)
    _who_signs_in(opened, owner.id, everybody)


def _add(opened: Store, shop_id: str | None) -> None:
    form = keys.of_shop("add_trainee", shop_id)
    with st.form(form, clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Name of a trainee"), key=keys.of_shop("new_trainee", shop_id), max_chars=60, width=260)
        wanted = st.form_submit_button(
            _("Add"), icon=":material/person_add:", key=keys.of_shop("add_trainee_button", shop_id)
        )
    if wanted and shop.attempt(lambda: _added(opened, shop_id, name or "")):
        st.rerun()


def _added(opened: Store, shop_id: str | None, name: str) -> None:
    owner = shop_id or shop.first(opened).id
    made = opened.add_trainee(owner, name)
    if trainee.current() is None and len(opened.trainees(owner)) == 1:
        trainee.choose(made.id)


def overview(
    everybody: Sequence[Trainee], results: Sequence[LearningResult], asked: Sequence[Assignment], knowledge: Knowledge
) -> pd.DataFrame:
    """One row a trainee: lessons passed, drills right, practice LIVEs, what is open, and what failed most."""
    rows = []
    for each in everybody:
        own = [result for result in results if result.trainee_id == each.id]
        passed = {(result.kind, result.item) for result in own if result.passed}
        drilled = [result for result in own if result.kind == "drill"]
        open_ones = still_open([one for one in asked if one.trainee_id == each.id], own)
        late = sum(one.due is not None and one.due < shop.today() for one in open_ones)
        right, many = sum(("lesson", name) in passed for name in knowledge.lessons), len(knowledge.lessons)
        drills_right = sum(result.passed for result in drilled)
        waiting = _("{open} ({late} late)", open=len(open_ones), late=late) if late else f"{len(open_ones)}"
        rows.append(
            {
                pgettext("of a person", "Name"): each.name,
                _("Lessons passed"): _("{done} of {all}", done=right, all=many),
                _("Drills right"): _("{done} of {all}", done=drills_right, all=len(drilled)) if drilled else "–",
                _("Practice LIVEs passed"): str(sum(one[0] == "practice" for one in passed)),
                _("Assigned, open"): waiting,
                _("Fails most in"): weak_point(own, knowledge),
                _("Last seen"): seen_words(own, each.id),
            }
        )
    return pd.DataFrame(rows)


def seen_words(own: Sequence[LearningResult], trainee_id: str) -> str:
    """The day on which something was last handed in; `–` when nothing was."""
    last = last_seen(own, trainee_id)
    day = shop.local(last).date() if last else None
    return formats.day_and_year(day) if day else "–"


def _failing(
    shop_id: str, everybody: Sequence[Trainee], results: Sequence[LearningResult], knowledge: Knowledge
) -> None:
    """Which questions go wrong, with the last wrong answer."""
    names = {each.id: each.name for each in everybody}
    found = failing([each for each in results if each.trainee_id in names])[:30]
    if not found:
        return
    rows = [
        {
            pgettext("in which lesson", "In"): item_label(each.kind, each.item, knowledge),
            _("Question"): each.ask,
            pgettext("how often", "Wrong"): each.times,
            _("People"): each.people,
            _("Last wrong answer"): _answer(each.answer, knowledge),
            pgettext("the right answer", "Right"): _answer(each.right, knowledge),
        }
        for each in found
    ]
    with st.expander(_("Questions that go wrong"), icon=":material/help_center:"):
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            key=keys.of_shop("failing_table", shop_id),
            alt=_("Questions answered wrong"),
        )


def _answer(text: str, knowledge: Knowledge) -> str:
    return knowledge.strategies[text].title if text in knowledge.strategies else text or "–"


CERTIFIED = {
    "walk": N_("Final walk"), "lesson": N_("Lessons"), "practice": N_("Practice LIVEs"),
    "craft": N_("Spoken exercises"), "drill": N_("Drills"),
}  # fmt: skip
#: What a quota may be of.
QUOTAS = {kind: CERTIFIED[kind] for kind in QUOTA_KINDS}


def certificate(who: Trainee, results: Sequence[LearningResult], owner: Shop, knowledge: Knowledge, today: date) -> str:
    """What a trainee passed, as a page to print."""
    own = passed([each for each in results if each.trainee_id == who.id])
    with formats.written_for(owner.currency):  # a file is made outside the visit, which has its shop's market
        parts = [
            (_(title), [(item_label(kind, each.item, knowledge), _passed_on(each, owner))
                        for each in own if each.kind == kind])
            for kind, title in CERTIFIED.items()
        ]  # fmt: skip
        return certificate_html(who.name, owner.name, parts, today)


def _passed_on(each: Passed, owner: Shop) -> str:
    day, best = formats.day_and_year(owner.wall_clock(each.at)), f"{each.best:.0%}"
    return _("{day}, best {score}", day=day, score=best)


def _day(at: datetime) -> str:
    return formats.day_and_year(shop.local(at))


def _certificates(
    everybody: Sequence[Trainee], results: Sequence[LearningResult], owner: Shop, knowledge: Knowledge
) -> None:
    known = {each.id: each for each in everybody if any(one.passed for one in results if one.trainee_id == each.id)}
    if not known:
        return
    today = shop.today()  # outside the visit, where a file is made, no shop is known
    with (
        st.expander(_("Certificate to print"), icon=":material/workspace_premium:"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        who = st.selectbox(
            pgettext("for whom a certificate is", "For"),
            list(known),
            format_func=lambda each: known[each].name,
            key=keys.of_shop("certificate_for", owner.id),
            width=260,
        )
        st.download_button(
            _("Download"), lambda: certificate(known[who], results, owner, knowledge, today),
            naming.file_name("certificate", "html", owner.name),
            "text/html",
            key=keys.of_shop("certificate", owner.id), icon=":material/print:", on_click="ignore",
            help=_("Opens in a browser, prints on one page."),
        )  # fmt: skip
        st.download_button(
            _("PDF"), lambda: as_pdf(certificate(known[who], results, owner, knowledge, today)),
            naming.file_name("certificate", "pdf", owner.name), "application/pdf",
            key=keys.of_shop("certificate_pdf", owner.id), icon=":material/picture_as_pdf:", on_click="ignore",
        )  # fmt: skip


def _everywhere(opened: Store, knowledge: Knowledge) -> None:
    """People of every shop that the person may coach, on one table."""
    shops = [each for each in opened.shops() if rights.may(Role.coach, each.id)]
    if len(shops) < 2:
        return
    many = len(shops)
    with st.expander(ngettext("People of {n} shop", "People of all {n} shops", many, n=many), icon=":material/groups:"):
        frames = []
        for each in shops:
            frame = overview(opened.trainees(each.id), opened.results(each.id), opened.assignments(each.id), knowledge)
            if len(frame):
                frame.insert(0, _("Shop"), each.name)
                frames.append(frame)
        if frames:
            st.dataframe(pd.concat(frames), hide_index=True, key="people_everywhere", alt=_("Trainees of all shops"))
        else:
            st.caption(_("Nobody learns in any of them yet."))


def weak_point(own: Sequence[LearningResult], knowledge: Knowledge) -> str:
    """What went wrong most often, a lesson by its title; `–` when nothing did."""
    failed = Counter((each.kind, each.item) for each in own if not each.passed)
    if not failed:
        return "–"
    (kind, item), times = failed.most_common(1)[0]
    what = item_label(kind, item, knowledge)
    return ngettext("{what} ({n} time)", "{what} ({n} times)", times, what=what, n=times)


def item_label(kind: str, item: str, knowledge: Knowledge) -> str:
    if kind == "lesson" and item in knowledge.lessons:
        return knowledge.lessons[item].title
    if kind == "drill":
        topic = drill.topic_label(item, knowledge)
        return _("Drill: {topic}", topic=topic)
    if kind == "craft" and item in knowledge.craft:
        return _("Host: {exercise}", exercise=knowledge.craft[item].title)
    if kind == "practice" and item in knowledge.practice:
        return _("Practice LIVE: {title}", title=knowledge.practice[item].title)
    if kind == "walk":
        return _("Final walk: two LIVEs in a row read right")
    if kind == "quota":
        return _(QUOTAS[item]) if item in QUOTAS else item
    return item.replace("_", " ")


def results_csv(
    everybody: Sequence[Trainee], results: Sequence[LearningResult], knowledge: Knowledge, of_shop: str
) -> str:
    """One row a result, oldest first; text that a spreadsheet would run is made harmless. Times are in UTC."""
    names = {each.id: each.name for each in everybody}
    rows = [
        {
            "shop": harmless(of_shop),
            "name": harmless(names[each.trainee_id]),
            "kind": each.kind,
            "item": harmless(item_label(each.kind, each.item, knowledge)),
            "at_utc": f"{each.at:%Y-%m-%d %H:%M}",
            "score": f"{each.score:.2f}",
            "passed": "yes" if each.passed else "no",
        }
        for each in results
    ]
    columns = ["shop", "name", "kind", "item", "at_utc", "score", "passed"]
    return "\ufeff" + pd.DataFrame(rows, columns=columns).to_csv(index=False, lineterminator="\r\n")


BUNDLES = {"new": N_("First steps"), "growing": N_("Growing"), "seasoned": N_("Seasoned")}
#: The level of practice LIVEs that goes with each level of the course.
PLAYED = {"new": "first", "growing": "middle", "seasoned": "hard"}


def bundle(level: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    """The lessons of a level and the first practice LIVE of its level, as (kind, item)."""
    lessons = [("lesson", name) for name, each in knowledge.lessons.items() if each.level == level]
    played = [("practice", name) for name, each in knowledge.practice.items() if each.level == PLAYED[level]]
    return [*lessons, *played[:1]]


def _assign(opened: Store, shop_id: str, everybody: Sequence[Trainee], knowledge: Knowledge) -> None:
    names = {each.id: each.name for each in everybody}
    things = [("lesson", name) for name in knowledge.lessons] + [("practice", name) for name in knowledge.practice]
    things.append(("walk", walks.ITEM))
    with (
        st.expander(_("Assign lessons and practice LIVEs"), icon=":material/assignment_add:"),
        st.form(keys.of_shop("assign", shop_id), border=False),
    ):
        who = st.multiselect(
            pgettext("to whom something is assigned", "To"),
            list(names),
            format_func=lambda each: names[each],
            key=keys.of_shop("assign_to", shop_id),
        )
        bundles = st.multiselect(
            _("Bundles"), list(BUNDLES), key=keys.of_shop("assign_bundles", shop_id),
            format_func=lambda each: _(BUNDLES[each]),
            help=_("A whole level of the course with a practice LIVE of that level."),
        )  # fmt: skip
        what = st.multiselect(
            _("Lessons and practice LIVEs"), things, key=keys.of_shop("assign_what", shop_id),
            format_func=lambda each: item_label(each[0], each[1], knowledge),
        )  # fmt: skip
        st.markdown(_("How many of these are to be handed in by then, right or wrong; 0 asks for none"))
        with st.container(horizontal=True):
            many = {
                kind: st.number_input(_(label), 0, MOST_OF_A_QUOTA, 0, width=170,
                                      key=keys.of_shop(f"assign_many_{kind}", shop_id))
                for kind, label in QUOTAS.items()
            }  # fmt: skip
        day = shop.today() + timedelta(days=7)
        due = st.date_input(
            pgettext("until which day", "By"),
            value=day,
            format=formats.typed_day(),
            key=keys.of_shop("assign_due", shop_id),
            width=200,
        )
        wanted = st.form_submit_button(_("Assign"), type="primary", key=keys.of_shop("assign_button", shop_id))
    if wanted:
        what = list(dict.fromkeys([*what, *(one for each in bundles for one in bundle(each, knowledge))]))
        wanted_many = [(kind, int(number)) for kind, number in many.items() if number]
        if not (who and (what or wanted_many)):
            st.warning(_("Choose at least one name, and a bundle, a lesson, a practice LIVE or a quota."))
        elif shop.attempt(lambda: _assign_all(opened, who, what, wanted_many, due)):
            st.rerun()


def _assign_all(
    opened: Store, who: Sequence[str], what: Sequence[tuple[str, str]], many: Sequence[tuple[str, int]], due: date
) -> None:
    for one in who:
        for kind, item in what:
            opened.assign(one, kind, item, due)
        for kind, number in many:
            opened.assign(one, "quota", kind, due, number)


def _assigned(
    opened: Store, shop_id: str, everybody: Sequence[Trainee], results: Sequence[LearningResult],
    asked: Sequence[Assignment], knowledge: Knowledge,
) -> None:  # fmt: skip
    """What is asked for, with its state; each can be taken back."""
    if not asked:
        return
    names = {each.id: each.name for each in everybody}
    with st.container(key="assigned"):
        st.markdown(_("**Assigned**"))
        for each in asked:
            late = each.due is not None and each.due < shop.today()
            word = ("done" if each.kind == "quota" else "passed") if done(each, results) else "late" if late else "open"
            colour = {"passed": "green", "done": "green", "late": "orange", "open": "gray"}[word]
            with st.container(horizontal=True, vertical_alignment="center"):
                name = names[each.trainee_id]
                st.markdown(escape(_asked_for(each, name, handed_in(each, results), knowledge)))
                st.badge(_(STANDS[word]), color=colour)  # type: ignore[arg-type]
                asking.remove(
                    _("Take back"), _("Take back from {name}", name=name), keys.of_shop(f"unassign_{each.id}", shop_id),
                    partial(opened.unassign, each.id), _("Taken back"), icon=":material/undo:",
                )  # fmt: skip


STANDS = {"done": N_("done"), "passed": N_("passed"), "late": N_("late"), "open": N_("open")}


def _asked_for(each: Assignment, name: str, done: int, knowledge: Knowledge) -> str:
    """`Rani: Reading a LIVE, by 3 Dec 2026`; of a quota how far it is, too."""
    what = item_label(each.kind, each.item, knowledge)
    day = formats.day_and_year(each.due) if each.due else ""
    if each.kind == "quota" and day:
        return _(
            "{name}: {what}, {done} of {asked}, by {day}", name=name, what=what, done=done, asked=each.many, day=day
        )
    if each.kind == "quota":
        return _("{name}: {what}, {done} of {asked}", name=name, what=what, done=done, asked=each.many)
    if day:
        return _("{name}: {what}, by {day}", name=name, what=what, day=day)
    return f"{name}: {what}"


def _who_signs_in(opened: Store, shop_id: str, everybody: Sequence[Trainee]) -> None:
    """A name from before people signed in becomes the trainee of one of them; only owners see who there is."""
    if not signin.wanted() or not rights.may(Role.owner, shop_id):
        return
    names = {each.id: each.name for each in everybody}
    people = {each.person.id: each.person.email for each in opened.team.members(shop_id)}
    with (
        st.expander(_("Who is who"), icon=":material/badge:"),
        st.form(keys.of_shop("who_is_who", shop_id), border=False),
    ):
        st.caption(_("A name that was here before people signed in: say whose it is, and the results come together."))
        who = st.selectbox(
            _("Trainee"), list(names), format_func=names.__getitem__, key=keys.of_shop("who_is", shop_id)
        )
        person = st.selectbox(_("Signs in as"), list(people), format_func=people.__getitem__,
                              key=keys.of_shop("who_person", shop_id))  # fmt: skip
        wanted = st.form_submit_button(_("They are one person"), key=keys.of_shop("who_join", shop_id))
        if wanted and who and person and shop.attempt(lambda: opened.link_trainee(who, person)):
            st.rerun()


def _change(opened: Store, shop_id: str, everybody: Sequence[Trainee]) -> None:
    """A trainee whom somebody renamed meanwhile is drawn anew, so the box's key carries the name it is filled with."""
    names = {each.id: each.name for each in everybody}
    with st.expander(_("Rename or remove"), icon=":material/manage_accounts:"):
        box = keys.of_shop("change_who", shop_id)
        who = st.selectbox(_("Trainee"), list(names), format_func=lambda each: names[each], key=box, width=260)
        seen = names[who]
        box = keys.of_shop(f"rename_{who}_{crc32(seen.encode())}", shop_id)
        name = st.text_input(_("New name"), value=seen, key=box, max_chars=60, width=260)
        if st.button(_("Rename"), key=keys.of_shop("rename_button", shop_id)) and shop.attempt(
            lambda: opened.rename_trainee(who, name or "", seen=seen)
        ):
            st.rerun()
        sure = st.checkbox(
            escape(_("Remove {name} with all results, for good", name=seen)), key=keys.of_shop(f"sure_{who}", shop_id)
        )
        if st.button(_("Remove"), key=keys.of_shop("remove_button", shop_id), disabled=not sure) and shop.attempt(
            lambda: opened.remove_trainee(who)
        ):
            st.rerun()
