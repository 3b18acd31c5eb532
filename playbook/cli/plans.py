"""The one change in a terminal: choose it before the LIVE, say whether it was done, read the verdict."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from playbook.language import _
from playbook.past import shop_of

from .store import command_of
from .words import say

if TYPE_CHECKING:
    from playbook.knowledge.load import Knowledge
    from playbook.model.session import Session
    from playbook.plans.kept import Kept
    from playbook.store import Shop, Store


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `plan` and `outcomes` to the commands."""
    plan = command_of(commands, "plan", "changes to choose from for the next LIVE", _plan)
    plan.add_argument("--shop", required=True, metavar="NAME")
    plan.add_argument("--choose", metavar="STRATEGY", help="write this one down as the plan")
    plan.add_argument("--every-live", action="store_true", help="do it in every LIVE instead of those that are drawn")
    outcomes = command_of(commands, "outcomes", "what the LIVEs since say of each plan", _outcomes)
    outcomes.add_argument("--shop", required=True, metavar="NAME")
    outcomes.add_argument("--plan", metavar="ID", help="the plan that --done or --not-done is about")
    outcomes.add_argument("--done", metavar="LIVE", help="it was carried out in this LIVE")
    outcomes.add_argument("--not-done", metavar="LIVE", help="it was not carried out in this LIVE")


def _plan(options: argparse.Namespace, store: Store) -> int:
    from playbook.pipeline import review
    from playbook.plans.kept import save
    from playbook.plans.plan import TooManyPlans, candidates, opened, with_draw
    from playbook.report.words import plans
    from playbook.store import StoreError

    shop, sessions, knowledge, kept = _of(options, store)
    from playbook.imports import pick

    latest = store.session(shop.id, pick(sessions, "latest").id)
    found = review(latest, store.history(shop.id, latest.start), knowledge, accepted=store.accepted_levels(shop.id))
    lives = [each for each in sessions if each.start is not None]
    now = datetime.now(UTC)
    drawn = not options.every_live
    offered = candidates(found.recommendations, lives, knowledge.metrics, now, alternate=drawn)
    if options.choose:
        chosen = next((each for each in offered if each.strategy == options.choose), None)
        if chosen is None:
            there = ", ".join(each.strategy for each in offered) or _("none")
            raise StoreError(
                _("'{name}' is not among the changes to choose from: {known}.", name=options.choose, known=there)
            )
        clock = shop.wall_clock(now).replace(tzinfo=None)
        if drawn:
            chosen = with_draw(chosen, lives, clock)
        try:
            save(store, shop.id, opened(chosen, [each.plan for each in kept]))
        except TooManyPlans as error:
            raise StoreError(str(error)) from None
        say(_("Written down as {id}: {title}", id=chosen.id, title=chosen.title))
        for line in plans.drawn_week(chosen, clock):
            print(line)
        return 0
    for each in offered:
        print(f"{each.strategy}: {each.title}")
        print(f"  {each.owner}, {plans.when_done(each)}; hoped: {plans.hoped(each, knowledge)}")
        print(f"  {plans.effort(each, knowledge)}")
    say(_("Choose one with --choose STRATEGY.") if offered else _("Nothing was weak enough to call for a change."))
    return 0


def _outcomes(options: argparse.Namespace, store: Store) -> int:
    from playbook.report.words import plans
    from playbook.store import StoreError

    shop, _lives, _knowledge, kept = _of(options, store)
    for live, done in ((options.done, True), (options.not_done, False)):
        if live is None:
            continue
        if options.plan not in {each.plan.id for each in kept}:
            there = ", ".join(each.plan.id for each in kept) or _("none")
            raise StoreError(_("Name the plan with --plan ID. There are: {known}.", known=there))
        store.answer_plan(shop.id, options.plan, store.session(shop.id, live).id, done)
    shop, _lives, knowledge, kept = _of(options, store)
    for each in kept:
        words = plans.outcome_sentence(each.outcome, knowledge, shop.currency) if each.outcome else _("dropped")
        print(f"{each.plan.id}  {each.plan.title} ({each.plan.status})")
        print(f"  {words}")
    if not kept:
        say(_("{shop} has no plan yet. See: plan --shop NAME.", shop=shop.name))
    return 0


def _of(options: argparse.Namespace, store: Store) -> tuple[Shop, list[Session], Knowledge, list[Kept]]:
    from playbook import userdata
    from playbook.knowledge.load import load
    from playbook.plans.kept import kept_plans
    from playbook.store import StoreError

    shop = shop_of(store, options.shop)
    sessions = store.sessions(shop.id)
    if not sessions:
        raise StoreError(_("{shop} has no LIVEs yet. Import an export first.", shop=shop.name))
    knowledge = load(userdata.own_playbook(shop.playbook_folder))
    return shop, sessions, knowledge, kept_plans(store, shop.id, sessions, knowledge.metrics)
