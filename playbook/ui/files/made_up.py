"""What stands in the sample shop: LIVEs with all parts, a change that was tried, a shelf, a trainee, one on air."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from playbook.imports import built_in_profiles
from playbook.imports.reading import read_files
from playbook.knowledge.load import load
from playbook.language import N_, _
from playbook.model.running import TotalsRow
from playbook.model.session import Session, Slice
from playbook.places import SAMPLES
from playbook.plans import kept as kept_plans
from playbook.plans.plan import opened as open_plan
from playbook.plans.plan import plan_for
from playbook.store.records import ShopBenchmark
from playbook.store.store import Store

NAME, MARKET, ZONE = N_("Sample shop"), "Indonesia", "Asia/Jakarta"
SAMPLE = "fewer_came_in"
#: The change was made before the last so many LIVEs, and done in all of them.
TRIED_IN = 5
#: Shares of views by channel and audience, usually; followers were fewer in the last LIVE.
CHANNELS = {"for_you": 0.72, "following": 0.14, "search": 0.06, "video": 0.05, "inbox": 0.03}
AUDIENCES = {"existing": 0.24, "none": 0.70, "new": 0.06}
#: What somebody noted so far of the LIVE on air: minutes, and counts since its start.
ON_AIR = ((15, 2_900, 210, 31, 18), (30, 6_100, 455, 66, 37), (45, 9_400, 690, 98, 55))


def fill(store: Store) -> str:
    """Fill an empty store with the sample shop; its id. Days are of the last weeks, whatever today is."""
    now = datetime.now(UTC)
    lives = recent(list(_read()), now)
    shop = store.create_shop(_(NAME), timezone=ZONE, currency="IDR", market=MARKET)
    store.apply(store.plan_import(shop.id, lives))
    _plan(store, shop.id, lives)
    store.set_note(shop.id, lives[-1].id, _("Started ten minutes late; the billboard was up only at the end."))
    store.set_benchmarks(shop.id, [ShopBenchmark("ctr", 0.14, _("made up for this sample"), f"{now:%Y-%m-%d}")])
    store.put_on_shelf(shop.id, "follow_giveaway_task", "kept")
    store.put_on_shelf(shop.id, "flash_sale_volume", "not_for_us")
    trainee = store.add_trainee(shop.id, _("Made-up Mira"))
    store.record_result(trainee.id, "lesson", next(iter(load().lessons)), 1.0, True)
    _on_air(store, shop.id, now)
    return shop.id


def recent(lives: Sequence[Session], now: datetime) -> list[Session]:
    """The LIVEs moved by whole weeks, so that the last of them was in the last seven days; with shares of channels."""
    starts = [each.start for each in lives if each.start is not None]
    weeks = (now.replace(tzinfo=None) - max(starts) - timedelta(days=1)).days // 7
    moved = [_moved(each, timedelta(weeks=weeks)) for each in lives]
    return [
        *(_shares(each, 0.14 + 0.01 * (at % 3 - 1)) for at, each in enumerate(moved[:-1])),
        _shares(moved[-1], 0.05),
    ]


def _read() -> tuple[Session, ...]:
    files = [(each.name, each.read_bytes()) for each in sorted((SAMPLES / SAMPLE).iterdir())]
    return tuple(read_files(files, dict(built_in_profiles())).sessions)


def _moved(live: Session, by: timedelta) -> Session:
    exported = None if live.exported_at is None else live.exported_at + by
    return replace(live, start=None if live.start is None else live.start + by, exported_at=exported)


def _shares(live: Session, following: float) -> Session:
    rest = (1 - following) / (1 - CHANNELS["following"])
    shares = {name: following if name == "following" else share * rest for name, share in CHANNELS.items()}
    return replace(
        live,
        channels=tuple(Slice(name, {}, {"views": share}) for name, share in shares.items()),
        followers=tuple(Slice(name, {}, {"views": share}) for name, share in AUDIENCES.items()),
    )


def _plan(store: Store, shop_id: str, lives: Sequence[Session]) -> None:
    """A change that was chosen some LIVEs ago and done in each since."""
    knowledge, before, since = load(), lives[:-TRIED_IN], lives[-TRIED_IN:]
    start = before[-1].start
    assert start is not None
    made = plan_for(
        knowledge.strategies["follow_spoken_prompt"], before, knowledge.metrics,
        (start + timedelta(hours=12)).replace(tzinfo=UTC),
    )  # fmt: skip
    chosen = open_plan(made, [])
    kept_plans.save(store, shop_id, chosen)
    for each in since[:-1]:  # whether it was done in the last one is asked on its review
        store.answer_plan(shop_id, chosen.id, each.id, True)


def _on_air(store: Store, shop_id: str, now: datetime) -> None:
    title = _("Made-up LIVE on air")
    live = store.running.start(shop_id, at=now - timedelta(minutes=50), title=title, currency="IDR")
    for minute, impressions, views, clicks, comments in ON_AIR:
        counts = {"impressions": impressions, "views": views, "product_clicks": clicks, "comments": comments}
        row = TotalsRow(live.start + timedelta(minutes=minute), {name: float(each) for name, each in counts.items()})
        store.running.note(live.id, row)
