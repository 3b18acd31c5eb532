"""`playbook weekly --all`: the week of every shop."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from playbook import formats
from playbook.language import _, ngettext

from .words import say, until_asked

if TYPE_CHECKING:
    from playbook.report.forms.calendar import Entry
    from playbook.store import Shop, Store


def calendar(options: argparse.Namespace, store: Store) -> int:
    """The weekly look, drawn LIVEs and to-dos of a shop as a calendar file."""
    from pathlib import Path

    from playbook.past import shop_of
    from playbook.plans.kept import open_plan
    from playbook.report.forms.calendar import Entry, as_calendar
    from playbook.report.words import naming, plans

    shop = shop_of(store, options.shop)
    now = store.clock()
    clock = shop.wall_clock(now)
    due = clock.date() if shop.looked_at is None else shop.wall_clock(shop.looked_at + timedelta(days=7)).date()
    entries = [Entry(_("weekly look"), max(due, clock.date()), every=7)]
    plan = open_plan(store, shop.id)
    if plan is not None and plan.draw is not None:
        for start, on in plan.draw.coming(max(clock, plan.draw.begins())):
            note = f"{plan.title}. {plans.when_done(plan)}." if on else _("As usual, so that the two can be compared.")
            entries.append(Entry(_("LIVE with the change") if on else _("LIVE without the change"), start, 120.0, note))
    entries += [
        Entry(_("to do: {text}", text=each.text), each.due, note=_("For {name}", name=each.owner) if each.owner else "")
        for each in store.comments(shop.id)
        if each.to_do and each.due is not None and each.done_at is None
    ]
    entries += appeals(store, shop, clock)
    path = options.out or Path(naming.file_name("calendar", "ics", shop.name, None, clock.date()))
    path.write_text(as_calendar(shop.name, entries, now), encoding="utf-8", newline="")
    many = len(entries)
    print(ngettext("{file}: {count} entry.", "{file}: {count} entries.", many, file=path, count=many))
    return 0


def appeals(store: Store, shop: Shop, clock: datetime) -> list[Entry]:
    """Until when an appeal is possible, for each type of violation in the logs of LIVEs that are recent enough.

    Counted from the LIVE, where the shop's market has a time that is known: a notice may come later, never earlier.
    """
    from playbook import userdata
    from playbook.knowledge.load import load
    from playbook.knowledge.markets import holds_in
    from playbook.report.forms.calendar import Entry

    rules = [
        each for each in load(userdata.own_playbook(shop.playbook_folder)).violations.repeats
        if holds_in(each.market, shop.market)
    ]  # fmt: skip
    days = max((each.appeal_days for each in rules), default=-1)
    found = {}
    for live in store.sessions(shop.id):
        if live.start is None:
            continue
        last = live.start.date() + timedelta(days=days)
        if last < clock.date():
            continue
        for event in store.session(shop.id, live.id).events:
            if event.type == "violation":
                about = _("LIVE of {day}", day=formats.day_and_year(live.start))
                about += f": {event.detail}" if event.detail else ""
                found[last, about] = Entry(_("last day to appeal a violation"), last, note=about)
    return list(found.values())


def weekly(options: argparse.Namespace, store: Store) -> int:
    """Which three need somebody, and what changed in each; it counts as nobody's weekly look."""
    from playbook import userdata
    from playbook.desk import glance, needs
    from playbook.knowledge.load import load
    from playbook.report.forms import desk as forms

    lines = store.glanced()
    if not lines:
        say(_("There are no shops yet. Make one: python -m playbook import FILE --shop NAME --create"))
        return 0
    now = store.clock()
    until = until_asked(options, now.astimezone().replace(tzinfo=None))
    if until is None:
        return 2
    found = glance.glances(store, lines, userdata.own_playbook)
    asked = [needs.need(each, found.get(each.shop.id), now) for each in lines]
    ordered = needs.by_need(asked)
    if options.format == "json":
        print(json.dumps(forms.weekly_values(ordered, until), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        made = forms.weekly_html if options.format == "html" else forms.weekly_text
        sys.stdout.write(made(ordered, until, load().metrics))
    return 0
